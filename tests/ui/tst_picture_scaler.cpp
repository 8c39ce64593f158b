// SPDX-License-Identifier: GPL-3.0-or-later
// From the camera's pixels to the screen's in one pass: places, colours, borders, and no memory a frame.
#include "ui/picture_scaler.h"

#include <QTest>

#include <memory>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

/// Blue rises to the right, green downwards, red is constant; `padding` bytes behind each row.
core::Image gradient(int width, int height, int padding = 0) {
    const int stride = width * 3 + padding;
    const std::shared_ptr<std::uint8_t[]> bytes(new std::uint8_t[static_cast<std::size_t>(stride * height)]);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            std::uint8_t* pixel = bytes.get() + y * stride + x * 3;
            pixel[0] = static_cast<std::uint8_t>(x * 255 / std::max(1, width - 1));
            pixel[1] = static_cast<std::uint8_t>(y * 255 / std::max(1, height - 1));
            pixel[2] = 40;
        }
    return {width, height, stride, core::PixelFormat::Bgr8, {bytes, bytes.get()}};
}

QImage screen(int width, int height) {
    QImage target(width, height, QImage::Format_RGB32);
    target.fill(Qt::magenta);
    return target;
}

bool near(QRgb a, QRgb b, int by = 2) {
    return qAbs(qRed(a) - qRed(b)) <= by && qAbs(qGreen(a) - qGreen(b)) <= by && qAbs(qBlue(a) - qBlue(b)) <= by;
}

} // namespace

class TstPictureScaler : public QObject {
    Q_OBJECT

    PictureScaler m_scaler;

private Q_SLOTS:
    void copiesAPictureOfTheSameSize() {
        const core::Image source = gradient(64, 48, 5);
        QImage target = screen(64, 48);
        m_scaler.scale(source, {0, 0, 64, 48}, {}, target);
        for (int y = 0; y < 48; ++y)
            for (int x = 0; x < 64; ++x)
                QCOMPARE(target.pixel(x, y), qRgb(40, y * 255 / 47, x * 255 / 63));
    }

    void isBilinearAndKeepsPlaces() {
        const core::Image source = gradient(64, 48);
        for (const QSize size : {QSize(200, 150), QSize(30, 20), QSize(64, 200)}) {
            QImage target = screen(size.width(), size.height());
            m_scaler.scale(source, QRectF(QPointF(), QSizeF(size)), {}, target);
            for (int y = 0; y < size.height(); ++y)
                for (int x = 0; x < size.width(); ++x) {
                    const double sx = std::clamp((x + 0.5) * 64 / size.width() - 0.5, 0.0, 63.0);
                    const double sy = std::clamp((y + 0.5) * 48 / size.height() - 0.5, 0.0, 47.0);
                    const QRgb wanted = qRgb(40, static_cast<int>(sy * 255 / 47), static_cast<int>(sx * 255 / 63));
                    QVERIFY2(near(target.pixel(x, y), wanted), qPrintable(QStringLiteral("%1 %2").arg(x).arg(y)));
                }
        }
    }

    void mirrors() {
        const core::Image source = gradient(64, 48);
        QImage straight = screen(150, 90), mirrored = screen(150, 90);
        m_scaler.scale(source, {0, 0, 150, 90}, {}, straight);
        m_scaler.scale(source, {0, 0, 150, 90}, {.mirrored = true}, mirrored);
        const QImage expected = straight.mirrored(true, false);
        for (int y = 0; y < 90; ++y)
            for (int x = 0; x < 150; ++x)
                QVERIFY(near(mirrored.pixel(x, y), expected.pixel(x, y)));
    }

    void fillsWhatThePictureDoesNotReach() {
        QImage target = screen(100, 100);
        m_scaler.scale(gradient(64, 48), {20, 30, 50, 40}, {.ground = qRgb(1, 2, 3)}, target);
        QCOMPARE(target.pixel(19, 50), qRgb(1, 2, 3));
        QCOMPARE(target.pixel(70, 50), qRgb(1, 2, 3));
        QCOMPARE(target.pixel(50, 29), qRgb(1, 2, 3));
        QCOMPARE(target.pixel(50, 70), qRgb(1, 2, 3));
        QCOMPARE(qRed(target.pixel(20, 30)), 40);
        QCOMPARE(qRed(target.pixel(69, 69)), 40);
    }

    void showsAPartOfALargerPicture() {
        QImage target = screen(100, 100);
        m_scaler.scale(gradient(256, 256), {-78, -78, 256, 256}, {}, target);
        QVERIFY(near(target.pixel(0, 0), qRgb(40, 78, 78)));
        QVERIFY(near(target.pixel(99, 99), qRgb(40, 177, 177)));
        m_scaler.scale(gradient(64, 48), {500, 500, 64, 48}, {.ground = qRgb(9, 9, 9)}, target);
        QCOMPARE(target.pixel(50, 50), qRgb(9, 9, 9)); // nothing of it is in view
    }

    void dims() {
        const core::Image source = gradient(64, 48);
        QImage half = screen(64, 48), gone = screen(64, 48);
        m_scaler.scale(source, {0, 0, 64, 48}, {.ground = qRgb(100, 100, 100), .dimmed = 0.5}, half);
        QVERIFY(near(half.pixel(0, 0), qRgb(70, 50, 50)));
        m_scaler.scale(source, {0, 0, 64, 48}, {.ground = qRgb(100, 100, 100), .dimmed = 1}, gone);
        QCOMPARE(gone.pixel(63, 47), qRgb(100, 100, 100));
    }

    void takesGreyAndTinyPictures() {
        const std::shared_ptr<std::uint8_t[]> bytes(new std::uint8_t[2]{77, 0});
        const core::Image grey(1, 1, 1, core::PixelFormat::Gray8, {bytes, bytes.get()});
        QImage target = screen(40, 30);
        m_scaler.scale(grey, {0, 0, 40, 30}, {.mirrored = true}, target);
        QCOMPARE(target.pixel(0, 0), qRgb(77, 77, 77));
        QCOMPARE(target.pixel(39, 29), qRgb(77, 77, 77));
        m_scaler.scale(gradient(1, 48), {0, 0, 40, 30}, {}, target);
        QCOMPARE(qBlue(target.pixel(20, 15)), 0);
        m_scaler.scale(gradient(64, 1), {0, 0, 40, 30}, {}, target);
        QCOMPARE(qGreen(target.pixel(20, 29)), 0);
    }

    void hasOnlyGroundWithoutAPicture() {
        QImage target = screen(40, 30);
        m_scaler.scale({}, {0, 0, 40, 30}, {.ground = qRgb(5, 6, 7)}, target);
        QCOMPARE(target.pixel(20, 20), qRgb(5, 6, 7));
        target.fill(Qt::magenta);
        m_scaler.scale(gradient(4, 4), {}, {.ground = qRgb(5, 6, 7)}, target);
        QCOMPARE(target.pixel(20, 20), qRgb(5, 6, 7));
    }
};

QTEST_MAIN(TstPictureScaler)
#include "tst_picture_scaler.moc"
