// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens are readable (WCAG contrast), the only place of colours and sizes, and the icons are one family.
#include "resources/tokens.h"
#include "tests/support/source_dir.h"
#include "ui/icon.h"

#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace facelatch;

namespace {

/// WCAG 2.1, relative luminance: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
double luminance(resources::Rgb colour) {
    const auto linear = [](unsigned channel) {
        const double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear((colour >> 16) & 0xFF) + 0.7152 * linear((colour >> 8) & 0xFF) +
           0.0722 * linear(colour & 0xFF);
}

double contrast(resources::Rgb a, resources::Rgb b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QString read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

const QString sourceDir = QStringLiteral(FACELATCH_SOURCE_DIR);

/// Comments and string literals hold no sizes.
QString codeOnly(QString text) {
    static const QRegularExpression strings(QStringLiteral("\"(\\\\.|[^\"\\\\\n])*\""));
    static const QRegularExpression comments(QStringLiteral("//[^\n]*"));
    return text.replace(strings, QStringLiteral("\"\"")).remove(comments);
}

QStringList literalsIn(const QString& code) {
    QStringList found;
    static const QRegularExpression colours(QStringLiteral("0x[0-9A-Fa-f]{6,8}|QColor\\s*\\(\\s*\\d|qRgba?\\s*\\(|Qt::("
                                                           "black|white|red|green|blue|yellow|cyan|magenta|gray|"
                                                           "darkGray|lightGray|dark\\w+)\\b|setStyleSheet"));
    // 0, 1, 2 count things; the rest of the numbers that are no size are a circle's degrees.
    static const QRegularExpression numbers(QStringLiteral("(?<![\\w.\\-])(\\d+)(?![\\w.])"));
    static const QStringList allowed{QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"),
                                     QStringLiteral("90"), QStringLiteral("360")};
    for (auto match = colours.globalMatch(code); match.hasNext();)
        found << match.next().captured();
    for (auto match = numbers.globalMatch(code); match.hasNext();)
        if (const QString number = match.next().captured(1); !allowed.contains(number))
            found << number;
    return found;
}

} // namespace

class TstTokens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsTheContrastFormula() {
        QVERIFY(qAbs(contrast(0x000000, 0xFFFFFF) - 21) < 1e-9);
        QVERIFY(qAbs(contrast(0x777777, 0xFFFFFF) - 4.48) < 0.01); // the textbook's example of "just too little"
    }

    void pairsThatMeetAreReadable_data() {
        QTest::addColumn<unsigned>("front");
        QTest::addColumn<unsigned>("behind");
        for (const auto& [theme, p] :
             {std::pair("dark", resources::darkPalette), std::pair("light", resources::lightPalette)}) {
            for (const auto& [ground, behind] :
                 {std::pair("background", p.background), std::pair("surface", p.surface)}) {
                QTest::addRow("%s text on %s", theme, ground) << p.text << behind;
                QTest::addRow("%s muted on %s", theme, ground) << p.muted << behind;
                QTest::addRow("%s accent on %s", theme, ground) << p.accent << behind;
                QTest::addRow("%s granted on %s", theme, ground) << p.granted << behind;
                QTest::addRow("%s refused on %s", theme, ground) << p.refused << behind;
                QTest::addRow("%s alarm on %s", theme, ground) << p.alarm << behind;
            }
            QTest::addRow("%s onGranted on granted", theme) << p.onGranted << p.granted;
            QTest::addRow("%s onAccent on accent", theme) << p.onAccent << p.accent;
            QTest::addRow("%s onAlarm on alarm", theme) << p.onAlarm << p.alarm;
        }
    }
    void pairsThatMeetAreReadable() {
        QFETCH(unsigned, front);
        QFETCH(unsigned, behind);
        const double ratio = contrast(front, behind);
        QVERIFY2(ratio >= 5.5, qPrintable(QStringLiteral("%1:1").arg(ratio, 0, 'f', 2)));
    }

    void sizesKeepToTheGridAndTheScale() {
        using namespace resources;
        for (const int space : {spaceXs, spaceS, spaceM, spaceL, spaceXl})
            QCOMPARE(space % 8, 0);
        QVERIFY(touchTarget >= 64 && listRow >= 48);
        QVERIFY(fontSmall >= 16);
        QCOMPARE(corner, 12);
        QVERIFY(fadeMs >= 150 && fadeMs <= 250);
        QVERIFY(glideMs * 3 >= 150 && glideMs * 3 <= 250); // 95 % of the way
    }

    void theSearchFindsWhatItForbids() {
        QCOMPARE(literalsIn(QStringLiteral("setFixedHeight(48); QColor(1,2,3); x = Qt::red; c = 0xFF00AA;")).size(), 5);
        QVERIFY(literalsIn(codeOnly(QStringLiteral("a(0, 1); // 48\ns(\"72 px\");"))).isEmpty());
    }

    void noColourOrSizeStandsElsewhere() {
        QDirIterator files(sourceDir + QStringLiteral("/ui"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                           QDir::Files);
        int seen = 0;
        QStringList found;
        while (files.hasNext()) {
            const QString path = files.next();
            ++seen;
            // What belongs to the text is no size: code points of direction marks.
            static const QRegularExpression codePoints(QStringLiteral("0x(?:06|20)[0-9A-F]{2}\\b"));
            for (const QString& literal : literalsIn(codeOnly(read(path)).remove(codePoints)))
                found << files.fileName() + QStringLiteral(": ") + literal;
        }
        QVERIFY(seen > 20);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    void iconsAreOneFamily() {
        QDirIterator files(sourceDir + QStringLiteral("/resources/icons"), {QStringLiteral("*.svg")}, QDir::Files);
        QSet<QString> inFolder;
        while (files.hasNext()) {
            const QString svg = read(files.next());
            const QByteArray name = files.fileName().toUtf8();
            inFolder << files.fileName();
            QVERIFY2(svg.contains(QStringLiteral("viewBox=\"0 0 24 24\"")), name);
            QVERIFY2(svg.count(QStringLiteral("stroke-width=\"2\"")) == 1, name);
            QVERIFY2(svg.count(QStringLiteral("stroke-width")) == 1, name);
            QVERIFY2(svg.contains(QStringLiteral("stroke=\"currentColor\"")), name);
            QVERIFY2(!svg.contains(QLatin1Char('#')) && !svg.contains(QStringLiteral("rgb")), name);
            QVERIFY2(svg.contains(QStringLiteral("SPDX-License-Identifier")), name);
        }
        QSet<QString> used;
        for (const char* path : ui::iconPaths())
            used << QString::fromLatin1(path).section(QLatin1Char('/'), -1);
        QCOMPARE(used, inFolder); // none missing, none left over
    }

    void everyIconDraws() {
        for (std::size_t i = 0; i < ui::iconPaths().size(); ++i) {
            const QImage picture = ui::iconPixmap(static_cast<ui::Icon>(i), 48, QColor(250, 10, 20), 2).toImage();
            QCOMPARE(picture.size(), QSize(96, 96));
            int inked = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x)
                    if (const QColor c = picture.pixelColor(x, y); c.alpha() > 200) {
                        ++inked;
                        QVERIFY(c.red() > 240 && c.green() < 20);
                    }
            QVERIFY2(inked > 200, ui::iconPaths()[i]);
        }
    }
};

QTEST_MAIN(TstTokens)
#include "tst_tokens.moc"
