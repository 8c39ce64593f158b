// SPDX-License-Identifier: GPL-3.0-or-later
// The whole kiosk in this process, with a camera that is lost, or whose driver hangs, whatever the screen shows.
#include "app/clock.h"
#include "app/kiosk.h"
#include "app/model_files.h"
#include "app/rules.h"
#include "storage/log_reader.h"
#include "tests/app/real_door.h"

#include <QImage>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <map>
#include <mutex>

using namespace facelatch;
using namespace facelatch::testing;

namespace {

constexpr int patience = 60'000;

enum class Scene { Nobody, Known, Stranger };
enum class Way { Works, Lost, Hangs };

core::Image picture(const QString& file) {
    QImage whole(640, 480, QImage::Format_BGR888);
    whole.fill(QColor(88, 88, 88));
    if (!file.isEmpty()) {
        const QImage face = QImage(file).scaledToHeight(480, Qt::SmoothTransformation).convertToFormat(whole.format());
        for (int y = 0; y < face.height(); ++y)
            std::memcpy(whole.scanLine(y) + 3 * ((640 - face.width()) / 2), face.constScanLine(y),
                        static_cast<std::size_t>(3 * face.width()));
    }
    const auto kept = std::make_shared<QImage>(std::move(whole));
    return {640, 480, kept->bytesPerLine(), core::PixelFormat::Bgr8,
            std::shared_ptr<const std::uint8_t>(kept, kept->constBits())};
}

/// What stands before the camera, and what becomes of it; set by the test.
struct Stage {
    std::mutex mutex;
    std::condition_variable changed;
    Scene scene = Scene::Nobody;
    Way way = Way::Works;
    bool stopped = false;
    std::map<Scene, core::Image> pictures;

    void set(Scene newScene, Way newWay) {
        {
            const std::lock_guard lock(mutex);
            scene = newScene;
            way = newWay;
        }
        changed.notify_all();
    }
};

class StageCamera final : public hardware::FrameSource {
public:
    explicit StageCamera(Stage& stage) : m_stage(stage) {}
    core::Status start() override {
        std::unique_lock lock(m_stage.mutex);
        waitWhileHanging(lock);
        if (m_stage.way == Way::Lost)
            return core::Error{core::ErrorKind::OutOfService, "the camera is gone", {}, {}};
        return core::Done{};
    }
    core::Result<std::optional<core::Frame>> next(core::milliseconds) override {
        std::unique_lock lock(m_stage.mutex);
        m_stage.changed.wait_for(lock, core::milliseconds(66), [this] { return m_stage.way != Way::Works; });
        waitWhileHanging(lock);
        if (m_stage.stopped)
            return std::optional<core::Frame>{};
        if (m_stage.way == Way::Lost)
            return core::Error{core::ErrorKind::OutOfService, "the camera is gone", {}, {}};
        return std::optional(core::Frame{m_stage.pictures.at(m_stage.scene), app::now().mono, ++m_number, origin()});
    }
    bool finished() const override { return false; }
    core::FrameOrigin origin() const override { return core::FrameOrigin::Replay; }
    std::string describe() const override { return "stage"; }
    std::vector<core::Error> takeComplaints() override { return {}; }
    void stop() override {}

private:
    /// As a driver that does not return from a read: nobody is told.
    void waitWhileHanging(std::unique_lock<std::mutex>& lock) {
        m_stage.changed.wait(lock, [this] { return m_stage.way != Way::Hangs || m_stage.stopped; });
    }
    Stage& m_stage;
    std::uint64_t m_number = 0;
};

} // namespace

class TestFaultsCamera : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (const QString missing = RealDoor::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }
    void itVanishesAndComesBack_data();
    void itVanishesAndComesBack();

private:
    static bool shows(app::Kiosk& kiosk, const char* page) {
        const auto* widget = kiosk.window().findChild<QWidget*>(QLatin1String(page));
        return widget != nullptr && widget->isVisible();
    }
    /// Granted events of that time and later; -1 when the log cannot be read.
    static std::int64_t grantsSince(const RealDoor& door, core::WallTime time) {
        const auto log = storage::LogReader::open(door.data().toStdString());
        storage::EventFilter filter;
        filter.outcome = core::Outcome::Granted;
        filter.since = time;
        const auto count = log ? (*log)->count(filter) : core::Result<std::int64_t>(log.error());
        return count ? *count : -1;
    }
};

void TestFaultsCamera::itVanishesAndComesBack_data() {
    QTest::addColumn<int>("scene");
    QTest::addColumn<QString>("page");
    for (const char* way : {"lost", "hanging"}) {
        const auto row = [&](const char* name, Scene scene, const char* page) {
            QTest::addRow("%s while %s", way, name) << static_cast<int>(scene) << QString::fromLatin1(page);
        };
        row("idle", Scene::Nobody, "idlePage");
        row("looking", Scene::Stranger, "lookingPage");
        row("refused", Scene::Stranger, "refusedPage");
        row("granted", Scene::Known, "grantedPage");
    }
}

void TestFaultsCamera::itVanishesAndComesBack() {
    QFETCH(int, scene);
    QFETCH(QString, page);
    const Way way = QByteArray(QTest::currentDataTag()).startsWith("lost") ? Way::Lost : Way::Hangs;
    const QByteArray wanted = page.toLatin1();
    RealDoor door;
    QVERIFY(door.prepare() && door.enrolAlice());
    Stage stage;
    stage.pictures = {{Scene::Nobody, picture({})},
                      {Scene::Known, picture(door.path("faces") + QStringLiteral("/0.jpg"))},
                      {Scene::Stranger, picture(door.path("faces") + QStringLiteral("/1.jpg"))}};
    app::LoadedSettings loaded =
        app::loadSettings({door.data().toStdString(), door.path("settings.toml").toStdString(), {}});
    QVERIFY(loaded.errors.empty());
    auto models = app::openModels(loaded.settings, loaded.dataFolder);
    QVERIFY(models);
    {
        app::KioskOptions options{loaded, std::nullopt, hardware::CameraSettings{}, *std::move(models), QLocale::c()};
        options.makeSource = [&](const hardware::CameraSettings&) {
            return core::Result<std::unique_ptr<hardware::FrameSource>>(std::make_unique<StageCamera>(stage));
        };
        app::Kiosk kiosk(std::move(options));
        kiosk.window().show();
        const auto goes = qScopeGuard([&] { // a kiosk whose driver hangs cannot end
            {
                const std::lock_guard lock(stage.mutex);
                stage.stopped = true;
            }
            stage.changed.notify_all();
        });
        for (int round = 0; round < 2; ++round) { // coming back, and going again
            stage.set(static_cast<Scene>(scene), Way::Works);
            QTRY_VERIFY_WITH_TIMEOUT(shows(kiosk, wanted.constData()), patience);
            if (static_cast<Scene>(scene) == Scene::Known)
                QTRY_VERIFY_WITH_TIMEOUT(door.lockd().released(), patience);
            stage.set(static_cast<Scene>(scene), way);
            const core::WallTime goneAt = app::now().wall;
            QElapsedTimer gone;
            gone.start();
            QTRY_VERIFY_WITH_TIMEOUT(shows(kiosk, "outOfServicePage"), patience);
            qInfo("out of service %.1f s after the camera went", static_cast<double>(gone.elapsed()) / 1000);
            // Whatever was under way is over: a release ends, and nothing is decided on what was seen before.
            QTRY_VERIFY_WITH_TIMEOUT(!door.lockd().released(), patience);
            const int releases = door.lockd().releases();
            QTest::qWait(2500); // a picture lives for half a second; the rest is for a machine that is busy
            QCOMPARE(door.lockd().releases(), releases);
            QCOMPARE(grantsSince(door, goneAt + core::milliseconds(2000)), std::int64_t{0});
            QVERIFY(shows(kiosk, "outOfServicePage"));
        }
        stage.set(Scene::Nobody, Way::Works);
        QTRY_VERIFY_WITH_TIMEOUT(shows(kiosk, "idlePage"), patience);
        const int releases = door.lockd().releases();
        stage.set(Scene::Known, Way::Works);
        QTRY_VERIFY_WITH_TIMEOUT(door.lockd().releases() > releases, patience);
    }
    // Every release ended at its time, at most three strike times when somebody was granted again meanwhile.
    qint64 since = 0;
    for (const FakeLockd::Level& level : door.lockd().levels()) {
        if (level.released && since == 0)
            since = level.ns;
        if (!level.released && since != 0) {
            QVERIFY(level.ns - since < (3 * RealDoor::strikeMs + 2000) * 1'000'000LL);
            since = 0;
        }
    }
    const QString wrong = door.wrongWithLog({});
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

QTEST_MAIN(TestFaultsCamera)
#include "tst_faults_camera.moc"
