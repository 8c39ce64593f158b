// SPDX-License-Identifier: GPL-3.0-or-later
// Picture to widget: what is shown where.
#include "ui/overlay_geometry.h"

#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

class TstOverlayGeometry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coversAScreenOfItsOwnShape() {
        QCOMPARE(pictureRect({640, 480}, {640, 480}, 0), QRectF(0, 0, 640, 480));
        QCOMPARE(pictureRect({640, 480}, {1280, 960}, 0), QRectF(0, 0, 1280, 960));
    }

    void cutsAboveAndBelowOnAWideScreen() {
        QCOMPARE(pictureRect({640, 480}, {800, 480}, 0), QRectF(0, -60, 800, 600));
    }

    void movesUpAwayFromWhatCoversItsFootButBaresNoEdge() {
        QCOMPARE(pictureRect({640, 480}, {800, 480}, 104), QRectF(0, -112, 800, 600));
        QCOMPARE(pictureRect({640, 480}, {800, 480}, 300), QRectF(0, -120, 800, 600));
        QCOMPARE(pictureRect({640, 480}, {640, 480}, 104), QRectF(0, 0, 640, 480));
    }

    void keepsMostOfThePictureOnANarrowScreen() {
        const QRectF shown = pictureRect({640, 480}, {720, 1280}, 0);
        QCOMPARE(shown.width(), 1200.0); // 720 / 1200 = leastVisibleShare
        QCOMPARE(shown.height(), 900.0);
        QCOMPARE(shown.center(), QPointF(360, 640));
        QVERIFY(720 / shown.width() >= leastVisibleShare - 1e-9);
    }

    void nothingInNothing() {
        QVERIFY(pictureRect({0, 0}, {800, 480}, 0).isEmpty());
        QVERIFY(pictureRect({640, 480}, {0, 0}, 0).isEmpty());
        QVERIFY(toWidget({1, 2, 3, 4}, {0, 0}, {0, 0, 800, 480}, false).isNull());
    }

    void mapsABoxPlainAndMirrored() {
        const QRectF shown(0, -60, 800, 600); // 1.25 pixels a pixel
        const core::RectF box{64, 96, 160, 192};
        QCOMPARE(toWidget(box, {640, 480}, shown, false), QRectF(80, 60, 200, 240));
        QCOMPARE(toWidget(box, {640, 480}, shown, true), QRectF(520, 60, 200, 240));
        // Mirrored twice is where it was.
        const core::RectF mirrored{640 - 64 - 160, 96, 160, 192};
        QCOMPARE(toWidget(mirrored, {640, 480}, shown, true), toWidget(box, {640, 480}, shown, false));
    }

    void ovalHoldsTheFace() {
        const QRectF face(100, 100, 120, 150);
        const QRectF oval = ovalAround(face);
        QVERIFY(oval.contains(face));
        QCOMPARE(oval.center().x(), face.center().x());
        QVERIFY(oval.center().y() < face.center().y()); // more room for hair than below the chin
    }

    void restingOvalStaysClearOfTheHelp_data() {
        QTest::addColumn<QSizeF>("widget");
        for (const QSizeF size : {QSizeF(800, 480), QSizeF(1280, 720), QSizeF(720, 1280), QSizeF(320, 240)})
            QTest::addRow("%gx%g", size.width(), size.height()) << size;
    }
    void restingOvalStaysClearOfTheHelp() {
        QFETCH(QSizeF, widget);
        const QRectF oval = restingOval(widget, 100);
        QVERIFY(QRectF(QPointF(0, 0), QSizeF(widget.width(), widget.height() - 100)).contains(oval));
        QCOMPARE(oval.center().x(), widget.width() / 2);
    }

    void glideIsIndependentOfTheFrameRate() {
        const double once = glide(0, 100, 90, 80);
        double thrice = 0;
        for (int i = 0; i < 3; ++i)
            thrice = glide(thrice, 100, 30, 80);
        QVERIFY(qAbs(once - thrice) < 1e-9);
        QVERIFY(once > 60 && once < 70); // 1 - exp(-90/80)
    }

    void glideArrivesExactlyAndNeverRunsBack() {
        const QRectF target(300, 100, 120, 150);
        QRectF at(0, 0, 10, 10);
        double left = 1e9;
        for (int i = 0; i < 60; ++i) {
            at = glide(at, target, 33, 80);
            QVERIFY(target.x() - at.x() <= left);
            left = target.x() - at.x();
        }
        QCOMPARE(at, target);
        QCOMPARE(glide(at, target, -5, 80), target); // a clock that stands still or runs back moves nothing away
        QCOMPARE(glide(7, 9, -5, 80), 7.0);
    }
};

QTEST_GUILESS_MAIN(TstOverlayGeometry)
#include "tst_overlay_geometry.moc"
