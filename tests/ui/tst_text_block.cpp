// SPDX-License-Identifier: GPL-3.0-or-later
// Text that always fits, whatever it says.
#include "ui/text_block.h"

#include <QFontMetrics>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

const TextLook threeSizes{.fits = {{72, 1}, {44, 2}, {28, 3}}};

int widest(const FittedText& fitted) {
    int most = 0;
    for (const QString& line : fitted.lines)
        most = std::max(most, QFontMetrics(fitted.font).horizontalAdvance(line));
    return most;
}

} // namespace

class TstTextBlock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTheFirstSizeThatFits() {
        QCOMPARE(fitText(QStringLiteral("Hi"), threeSizes, {}, 600).font.pixelSize(), 72);
        const FittedText two = fitText(QStringLiteral("Welcome, Gloria Macapagal-Arroyo"), threeSizes, {}, 560);
        QCOMPARE(two.font.pixelSize(), 44);
        QCOMPARE(two.lines.size(), 2);
        QVERIFY(!two.elided);
    }

    void balancesItsLines() {
        TextLook look{.fits = {{28, 2}}};
        const QString text = QStringLiteral("Sorry, I can't open for you now");
        const int width = QFontMetrics(Style().font(28)).horizontalAdvance(text) - 8; // only the last word is too much
        const FittedText balanced = fitText(text, look, {}, width);
        QCOMPARE(balanced.lines.size(), 2);
        QVERIFY(balanced.lines.last().size() > 10);
        look.balanced = false;
        QCOMPARE(fitText(text, look, {}, width).lines.last(), QStringLiteral("now"));
    }

    void anyTextStaysInItsWidth_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("one word of 200") << QString(200, QLatin1Char('W'));
        QTest::newRow("many words") << QStringLiteral("de la Fuente ").repeated(16);
        QTest::newRow("markup") << QStringLiteral("<b>Bobby</b> &amp; <img src=x> Tables &").repeated(5);
        QTest::newRow("emoji") << QStringLiteral("\U0001F469\u200D\U0001F469\u200D\U0001F467\U0001F600").repeated(30);
        QTest::newRow("arabic")
            << QStringLiteral("\u0639\u0628\u062F \u0627\u0644\u0631\u062D\u0645\u0646 ").repeated(20);
        QTest::newRow("hebrew one word") << QString(200, QChar(0x05D0));
        QTest::newRow("combining") << QStringLiteral("e\u0301\u0302\u0303").repeated(50);
        QTest::newRow("lone surrogates") << QString(60, QChar(0xD83D));
        QTest::newRow("thai") << QStringLiteral("\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35").repeated(40);
    }
    void anyTextStaysInItsWidth() {
        QFETCH(QString, text);
        for (const int width : {576, 384, 120, 30, 1, 0}) {
            const FittedText fitted = fitText(text, threeSizes, {}, width);
            QVERIFY(fitted.lines.size() <= 3);
            if (width >= 120)
                QVERIFY2(widest(fitted) <= width, qPrintable(fitted.lines.join(QLatin1Char('|'))));
        }
        TextBlock block(threeSizes);
        block.setText(text);
        block.resize(300, block.heightForWidth(300));
        QVERIFY(block.height() < 3 * 72);
        block.grab();
    }

    void saysWhatItLeavesOut() {
        const FittedText fitted = fitText(QString(200, QLatin1Char('W')), threeSizes, {}, 384);
        QVERIFY(fitted.elided);
        QVERIFY(fitted.lines.last().endsWith(QChar(0x2026)));
        QVERIFY(!fitText(QStringLiteral("Alice"), threeSizes, {}, 384).elided);
    }

    void markupIsOnlyLetters() {
        TextBlock markup({.fits = {{28, 1}}});
        TextBlock plain({.fits = {{28, 1}}});
        markup.setText(QStringLiteral("<b>A&amp;B</b>"));
        plain.setText(QStringLiteral("A&B"));
        QVERIFY(markup.sizeHint().width() > 2 * plain.sizeHint().width());
        QCOMPARE(plain.fitted().lines, QStringList{QStringLiteral("A&B")});
    }

    void cleansNames_data() {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("clean");
        QTest::newRow("plain") << QStringLiteral("Alice") << QStringLiteral("Alice");
        QTest::newRow("lines") << QStringLiteral("Al\nice\r\n\t B\u2028C\u2029D") << QStringLiteral("Al ice B C D");
        QTest::newRow("direction") << QStringLiteral("A\u202Eecil\u202C\u2066x\u2069\u200F\u061C")
                                   << QStringLiteral("Aecilx");
        QTest::newRow("control") << QStringLiteral("A%1B").arg(QChar(7)) << QStringLiteral("A B");
        QTest::newRow("joined emoji") << QStringLiteral("\U0001F469\u200D\U0001F467")
                                      << QStringLiteral("\U0001F469\u200D\U0001F467");
        QTest::newRow("only space") << QStringLiteral("  \n ") << QString();
    }
    void cleansNames() {
        QFETCH(QString, raw);
        QTEST(cleanName(raw), "clean");
    }

    void followsTheStyle() {
        TextBlock block({.fits = {{28, 1}}});
        block.setText(QStringLiteral("Open"));
        const int small = block.sizeHint().height();
        Style style;
        style.scale = 2;
        block.restyle(style);
        QVERIFY(block.sizeHint().height() > small * 3 / 2);
    }
};

QTEST_MAIN(TstTextBlock)
#include "tst_text_block.moc"
