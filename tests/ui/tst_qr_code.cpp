// SPDX-License-Identifier: GPL-3.0-or-later
// The QR code as a reader sees it: finder patterns, a light zone around, whole modules, in both themes.
#include "ui/qr_code.h"

#include <QApplication>
#include <QImage>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

QImage drawn(QrCode& code, Theme theme, QSize window) {
    code.restyle(styleFor(window, theme, false));
    QImage picture(code.size(), QImage::Format_RGB32);
    code.render(&picture);
    return picture;
}

bool isLight(const QImage& picture, int x, int y) {
    return qGray(picture.pixel(x, y)) > 127;
}

/// Whether a finder pattern (7 x 7: dark, light, dark 3 x 3) stands with its corner there.
bool isFinder(const QrCode& code, int left, int top) {
    for (int y = 0; y < 7; ++y)
        for (int x = 0; x < 7; ++x) {
            const bool edge = x == 0 || y == 0 || x == 6 || y == 6;
            const bool middle = x > 1 && y > 1 && x < 5 && y < 5;
            if (code.isDark(left + x, top + y) != (edge || middle))
                return false;
        }
    return true;
}

} // namespace

class TstQrCode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsAQrCode() {
        QrCode code;
        code.setText(QStringLiteral("facelatch://pair?v=1&host=door.local"));
        const int side = code.modules();
        QVERIFY(side >= 21 && (side - 17) % 4 == 0); // version 1 is 21, each further one 4 more
        QVERIFY(isFinder(code, 0, 0));
        QVERIFY(isFinder(code, side - 7, 0));
        QVERIFY(isFinder(code, 0, side - 7));
        QVERIFY(!isFinder(code, side - 7, side - 7));
    }

    void anotherTextIsAnotherCode() {
        QrCode one, other;
        one.setText(QStringLiteral("7K3M-X2QA"));
        other.setText(QStringLiteral("7K3M-X2QB"));
        QCOMPARE(one.modules(), other.modules());
        int different = 0;
        for (int y = 0; y < one.modules(); ++y)
            for (int x = 0; x < one.modules(); ++x)
                different += one.isDark(x, y) != other.isDark(x, y) ? 1 : 0;
        QVERIFY(different > 0);
    }

    void itIsDarkOnLightInEveryTheme_data() {
        QTest::addColumn<int>("theme");
        QTest::addColumn<QSize>("window");
        for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280), QSize(640, 480)}) {
            QTest::addRow("dark %dx%d", size.width(), size.height()) << static_cast<int>(Theme::Dark) << size;
            QTest::addRow("light %dx%d", size.width(), size.height()) << static_cast<int>(Theme::Light) << size;
        }
    }
    void itIsDarkOnLightInEveryTheme() {
        QFETCH(int, theme);
        QFETCH(QSize, window);
        QrCode code;
        code.setText(QString(190, QLatin1Char('a')));
        const QImage picture = drawn(code, static_cast<Theme>(theme), window);
        QVERIFY(picture.width() >= 200 && picture.width() == picture.height());
        const int module = picture.width() / (code.modules() + 8);
        const int edge = (picture.width() - code.modules() * module) / 2;
        QVERIFY(module >= 3);
        QVERIFY(edge >= 4 * module);
        for (int i = 0; i < picture.width(); ++i)
            for (int j = 0; j < 4 * module; ++j)
                QVERIFY(isLight(picture, i, j) && isLight(picture, j, i) &&
                        isLight(picture, i, picture.height() - 1 - j) && isLight(picture, picture.width() - 1 - j, i));
        for (int y = 0; y < code.modules() * module; ++y)
            for (int x = 0; x < code.modules() * module; ++x)
                if (isLight(picture, edge + x, edge + y) == code.isDark(x / module, y / module))
                    QFAIL("a module is drawn wrongly");
    }

    void whatCannotBeShownIsEmpty() {
        QrCode code;
        code.setText(QString(5000, QLatin1Char('a')));
        QCOMPARE(code.modules(), 0);
        code.setText(QStringLiteral("a"));
        QVERIFY(code.modules() > 0);
        code.setText({});
        QCOMPARE(code.modules(), 0);
        const QImage picture = drawn(code, Theme::Dark, {800, 480});
        QVERIFY(isLight(picture, picture.width() / 2, picture.height() / 2));
    }
};

QTEST_MAIN(TstQrCode)
#include "tst_qr_code.moc"
