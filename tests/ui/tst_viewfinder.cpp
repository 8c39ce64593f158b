// SPDX-License-Identifier: GPL-3.0-or-later
// The live picture: shared pixels, any size and format, the oval's glide.
#include "tests/ui/scenes.h"
#include "ui/frame_image.h"
#include "ui/viewfinder.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using core::milliseconds;

namespace {

core::Frame plainFrame(QSize size, QColor colour, std::uint64_t number) {
    QImage picture(size, QImage::Format_RGB32);
    picture.fill(colour);
    return test::coreFrame(picture, number);
}

core::VisitorView faceAt(core::RectF box, float progress) {
    core::VisitorView view;
    view.screen = core::Screen::Looking;
    view.claimant = box;
    view.progress = progress;
    view.frameWidth = 640;
    view.frameHeight = 480;
    return view;
}

bool near(QColor a, QColor b) {
    return qAbs(a.red() - b.red()) < 6 && qAbs(a.green() - b.green()) < 6 && qAbs(a.blue() - b.blue()) < 6;
}

} // namespace

class TstViewfinder : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    std::unique_ptr<Viewfinder> m_finder;
    core::MonoTime m_now{milliseconds(1000)};

    void tick(int ms = 33) {
        m_now += milliseconds(ms);
        m_finder->tick(m_now);
    }
    QColor pixel(int x, int y) { return m_finder->grab().toImage().pixelColor(x, y); }

private Q_SLOTS:
    void init() {
        m_frames.put({});
        m_finder = std::make_unique<Viewfinder>(m_frames, true);
        m_finder->resize(800, 480);
        m_finder->restyle(styleFor({800, 480}, Theme::Dark, true));
        m_finder->show();
        tick();
    }
    void cleanup() { m_finder.reset(); }

    void sharesThePixels() {
        const core::Image image = test::coreImage(test::paintedPerson({64, 48}));
        const auto owners = image.share().use_count();
        {
            QImage shown = asQImage(image);
            QCOMPARE(static_cast<const void*>(shown.constBits()), static_cast<const void*>(image.data()));
            QCOMPARE(shown.size(), QSize(64, 48));
            QCOMPARE(shown.format(), QImage::Format_BGR888);
            QVERIFY(image.share().use_count() > owners);
            const std::uint8_t before = *image.data();
            shown.setPixelColor(0, 0, Qt::black); // must not reach the shared pixels
            QCOMPARE(*image.data(), before);
        }
        QCOMPARE(image.share().use_count(), owners);
        QVERIFY(asQImage({}).isNull());
    }

    void keepsThePixelsAliveByItself() {
        QImage shown;
        {
            const core::Image image = test::coreImage(test::paintedPerson({64, 48}));
            shown = asQImage(image);
        }
        QVERIFY(shown.pixelColor(63, 47).isValid());
    }

    void showsGroundWithoutAFrame() {
        QVERIFY(!m_finder->hasPicture());
        QVERIFY(near(pixel(5, 5), QColor::fromRgb(resources::darkPalette.background)));
    }

    void showsTheColoursOfTheCamera() {
        m_frames.put(plainFrame({640, 480}, QColor(200, 90, 30), 1));
        tick();
        QVERIFY(near(pixel(5, 5), QColor(200, 90, 30)));
    }

    void showsGrayFrames() {
        constexpr std::size_t size = 330UL * 240; // a stride wider than the picture
        auto bytes = std::shared_ptr<std::uint8_t[]>(new std::uint8_t[size]);
        std::fill_n(bytes.get(), size, std::uint8_t{77});
        const core::Image gray(320, 240, 330, core::PixelFormat::Gray8, {bytes, bytes.get()});
        m_frames.put({gray, m_now, 1, core::FrameOrigin::Test});
        tick();
        QVERIFY(near(pixel(5, 5), QColor(77, 77, 77)));
    }

    void mirrors() {
        QImage halves(640, 480, QImage::Format_RGB32);
        halves.fill(QColor(250, 0, 0));
        for (int y = 0; y < 480; ++y)
            for (int x = 320; x < 640; ++x)
                halves.setPixelColor(x, y, QColor(0, 0, 250));
        m_frames.put(test::coreFrame(halves, 1));
        tick();
        QVERIFY(near(pixel(20, 20), QColor(0, 0, 250)));
        Viewfinder straight(m_frames, false);
        straight.resize(800, 480);
        straight.restyle({});
        straight.tick(m_now);
        QVERIFY(near(straight.grab().toImage().pixelColor(20, 20), QColor(250, 0, 0)));
    }

    void followsFramesThatChangeSize() {
        std::uint64_t number = 1;
        for (const QSize size : {QSize(640, 480), QSize(1280, 720), QSize(160, 120), QSize(1, 1), QSize(480, 640)}) {
            m_frames.put(plainFrame(size, QColor(10, 160, 40), number++));
            tick();
            QVERIFY(near(pixel(400, 20), QColor(10, 160, 40)));
        }
    }

    void survivesAnEmptyImage() {
        m_frames.put({core::Image(), m_now, 1, core::FrameOrigin::Test});
        tick();
        m_finder->setView(faceAt({1, 1, 2, 2}, 1));
        tick();
        m_finder->grab();
        QVERIFY(!m_finder->hasPicture());
    }

    void scalesAFrameOnceHoweverOftenItIsPainted() {
        m_frames.put(plainFrame({640, 480}, Qt::blue, 1));
        for (int i = 0; i < 10; ++i) {
            tick();
            m_finder->grab();
        }
        QCOMPARE(m_finder->framesShown(), 1);
    }

    void countsTheFramesItMissed() {
        for (const std::uint64_t number : {7U, 8U, 11U, 12U}) { // 9 and 10 came between two looks
            m_frames.put(plainFrame({640, 480}, Qt::blue, number));
            tick();
        }
        QCOMPARE(m_finder->framesShown(), 4);
        QCOMPARE(m_finder->framesMissed(), std::uint64_t{2});
        m_finder->hide(); // what comes while nothing is shown is not missed
        m_finder->show();
        m_frames.put(plainFrame({640, 480}, Qt::blue, 100));
        tick();
        QCOMPARE(m_finder->framesMissed(), std::uint64_t{2});
    }

    void rescalesTheLastFrameOnResize() {
        m_frames.put(plainFrame({640, 480}, QColor(90, 20, 200), 1));
        tick();
        for (const QSize size : {QSize(1280, 720), QSize(300, 900), QSize(640, 480)}) {
            m_finder->resize(size);
            QVERIFY(near(pixel(2, size.height() / 2), QColor(90, 20, 200)));
        }
        m_finder->resize(1, 1);
        m_finder->grab();
        m_finder->resize(800, 480);
        QVERIFY(near(pixel(5, 5), QColor(90, 20, 200)));
    }

    void ovalGlidesToTheFaceAndBack() {
        const QRectF rest = m_finder->oval();
        m_finder->setView(faceAt({400, 200, 80, 100}, 0.5F));
        tick();
        const QRectF moving = m_finder->oval();
        QVERIFY(moving != rest);
        for (int i = 0; i < 40; ++i)
            tick();
        const QRectF there = m_finder->oval();
        // Mirrored: the face at 440 of 640 stands at 200 of 640, 250 of 800.
        QCOMPARE(there.center().x(), 250.0);
        QVERIFY(moving.center().x() > there.center().x() && moving.center().x() < rest.center().x());
        QVERIFY(qAbs(m_finder->ring() - 0.5) < 0.01);
        m_finder->setView({});
        for (int i = 0; i < 40; ++i)
            tick();
        QCOMPARE(m_finder->oval(), rest);
        QVERIFY(m_finder->ring() < 0.01);
    }

    void jumpsWhenMotionIsReduced() {
        m_finder->restyle(styleFor({800, 480}, Theme::Dark, false));
        m_finder->setView(faceAt({400, 200, 80, 100}, 1));
        QCOMPARE(m_finder->oval().center().x(), 250.0);
        QCOMPARE(m_finder->ring(), 1.0);
    }

    void boundsWhatItIsTold() {
        m_finder->restyle(styleFor({800, 480}, Theme::Dark, false));
        m_finder->setView(faceAt({-500, -500, 5000, 5000}, 7));
        QCOMPARE(m_finder->ring(), 1.0);
        m_finder->grab();
        m_finder->setView(faceAt({100, 100, 0, 0}, -3));
        QCOMPARE(m_finder->ring(), 0.0);
        m_finder->grab();
    }

    void ringIsDrawnInTheAccentColour() {
        m_finder->restyle(styleFor({800, 480}, Theme::Dark, false));
        m_frames.put(plainFrame({640, 480}, Qt::black, 1));
        tick();
        m_finder->setView(faceAt({260, 160, 120, 150}, 0.5F));
        const QRectF oval = m_finder->oval();
        const QColor accent = QColor::fromRgb(resources::darkPalette.accent);
        const QPoint right(qRound(oval.right()), qRound(oval.center().y()));
        const QPoint left(qRound(oval.left()), qRound(oval.center().y()));
        QVERIFY(near(pixel(right.x(), right.y()), accent)); // clockwise from the top: the right half is full
        QVERIFY(!near(pixel(left.x(), left.y()), accent));
    }

    void dimsBehindAnAnswer() {
        m_frames.put(plainFrame({640, 480}, QColor(200, 200, 200), 1));
        tick();
        m_finder->setMode(Viewfinder::Mode::Behind);
        QVERIFY(pixel(5, 5).lightness() < 110);
        const QRectF before = m_finder->oval();
        m_finder->setView(faceAt({0, 0, 50, 50}, 1));
        tick();
        QCOMPARE(m_finder->oval(), before); // nothing is drawn, so nothing moves
    }

    void forgetsThePictureWhenHidden() {
        m_frames.put(plainFrame({640, 480}, Qt::blue, 1));
        tick();
        QVERIFY(m_finder->hasPicture());
        m_finder->hide();
        QVERIFY(!m_finder->hasPicture());
        m_finder->show();
        tick();
        QVERIFY(!m_finder->hasPicture()); // not the old one again
        m_frames.put(plainFrame({640, 480}, Qt::blue, 2));
        tick();
        QVERIFY(m_finder->hasPicture());
    }

    void isCheap() {
        m_finder->resize(1280, 720);
        m_finder->restyle(styleFor({1280, 720}, Theme::Dark, true));
        m_finder->setView(faceAt({260, 160, 120, 150}, 0.6F));
        const QImage person = test::paintedPerson({640, 480});
        constexpr int rounds = 60;
        std::vector<core::Frame> frames;
        for (std::uint64_t i = 1; i <= rounds; ++i)
            frames.push_back(test::coreFrame(person, i));
        QImage target(1280, 720, QImage::Format_RGB32);
        QElapsedTimer timer;
        timer.start();
        for (const core::Frame& frame : frames) {
            m_frames.put(frame);
            tick();
            m_finder->render(&target);
        }
        const double each = static_cast<double>(timer.nsecsElapsed()) / 1e6 / rounds;
        qInfo("one 640x480 frame on 1280x720, fetched, scaled and painted: %.2f ms", each);
        QCOMPARE(m_finder->framesShown(), rounds);
        QCOMPARE(m_finder->framesMissed(), std::uint64_t{0});
        QVERIFY2(each < 100, "even checked builds on slow machines are well below this");
    }
};

QTEST_MAIN(TstViewfinder)
#include "tst_viewfinder.moc"
