// SPDX-License-Identifier: GPL-3.0-or-later
// Enrolling at a real door by commands: replayed faces before the kiosk; and the worker by itself, with a disk that is
// full and nobody who asks.
#include "app/clock.h"
#include "app/data_access.h"
#include "app/enrol_worker.h"
#include "app/model_files.h"
#include "app/settings_file.h"
#include "app/worker_thread.h"
#include "network/control_socket.h"
#include "recognition/pictures.h"
#include "tests/app/programs.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>
#include <mutex>

using namespace facelatch;
using namespace facelatch::testing;

namespace {

constexpr int patience = 240'000; ///< loading networks and five views on a slow machine

QStringList picturesOf(const QString& person) {
    const QDir folder(facesFolder() + QStringLiteral("/people/") + person);
    QStringList files;
    for (const QString& file : folder.entryList(QDir::Files, QDir::Name))
        files << folder.filePath(file);
    return files;
}

} // namespace

class TestEnrolment : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void enrolledAtTheDoorAndThenRecognised();
    void aPictureHeldToTheCameraIsRefused();
    void theCameraIsLost();
    void manyPeopleFromAFolder();
    void aFullDiskKeepsThePicturesForAnotherTry();
    void nobodyAsksAnyMore();

private:
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    void show(const QStringList& pictures, int showMs, bool loop);
    void start();
    core::Result<QJsonObject> ask(const QString& command, const QJsonObject& args = {});
    /// Asks for the state until the phase is one of these, and returns the last answer.
    QJsonObject until(const QStringList& phases);
    std::vector<QJsonObject> committed();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Running> m_kiosk;
};

void TestEnrolment::initTestCase() {
    if (modelsFolder().isEmpty() || facesFolder().isEmpty())
        QSKIP(
            "shared/models or shared/faces not found beside the checkout (FACELATCH_MODELS_DIR, FACELATCH_FACES_DIR)");
}

void TestEnrolment::init() {
    m_kiosk.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(path("faces")));
}

void TestEnrolment::show(const QStringList& pictures, int showMs, bool loop) {
    for (int i = 0; i < pictures.size(); ++i)
        QVERIFY(QFile::copy(pictures[i], path("faces") + QStringLiteral("/%1.jpg").arg(i)));
    QFile settings(path("settings.toml"));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write(QStringLiteral("[door]\nid = \"test-door\"\nlanguage = \"en\"\n[lock]\nkind = \"simulated\"\n"
                                  "[camera]\nsource = \"replay\"\nreplay_path = \"%1\"\nreplay_show_ms = %2\n"
                                  "replay_pause_ms = 0\nreplay_loop = %3\nfps = 15\n"
                                  "[recognition]\nmodels_dir = \"%4\"\n[screen]\nwindow = \"800x480\"\n")
                       .arg(path("faces"))
                       .arg(showMs)
                       .arg(loop ? QStringLiteral("true") : QStringLiteral("false"))
                       .arg(modelsFolder())
                       .toUtf8());
}

void TestEnrolment::start() {
    m_kiosk =
        std::make_unique<Running>(QStringLiteral(FACELATCH_KIOSK),
                                  QStringList{QStringLiteral("--data"), path("data"), QStringLiteral("--settings"),
                                              path("settings.toml"), QStringLiteral("--events")});
    QVERIFY2(m_kiosk->waitFor([&] { return QFile::exists(path("data/control.sock")); }, patience),
             qPrintable(m_kiosk->err()));
    QVERIFY2(m_kiosk->waitFor([&] { return bool(ask(QStringLiteral("person.list"))); }, patience),
             qPrintable(m_kiosk->err()));
}

core::Result<QJsonObject> TestEnrolment::ask(const QString& command, const QJsonObject& args) {
    return network::controlRequest(app::controlSocketPath(path("data").toStdString()),
                                   network::makeControlRequest(command, args), std::chrono::minutes(2));
}

QJsonObject TestEnrolment::until(const QStringList& phases) {
    QJsonObject last;
    m_kiosk->waitFor(
        [&] {
            const auto state = ask(QStringLiteral("enrol.state"));
            last =
                state ? *state : QJsonObject{{QStringLiteral("phase"), QString::fromStdString(state.error().text())}};
            return phases.contains(last.value(u"phase").toString());
        },
        patience);
    return last;
}

std::vector<QJsonObject> TestEnrolment::committed() {
    std::vector<QJsonObject> events = m_kiosk->events();
    std::erase_if(events, [](const QJsonObject& event) { return event.value(u"provisional").toBool(); });
    return events;
}

void TestEnrolment::enrolledAtTheDoorAndThenRecognised() {
    const QStringList all = picturesOf(QStringLiteral("Jiang_Zemin"));
    show({all.at(4), all.at(0), all.at(2), all.at(3), all.at(5)}, 4000, true);
    start();
    const auto begun = ask(QStringLiteral("enrol.begin"), {{QStringLiteral("name"), QStringLiteral("Alice")}});
    QVERIFY2(begun, begun ? "" : begun.error().text().c_str());
    QVERIFY(!ask(QStringLiteral("enrol.begin"), {{QStringLiteral("name"), QStringLiteral("Bob")}})); // one at a time
    QJsonObject state = until({QStringLiteral("taking"), QStringLiteral("stopped")});
    QCOMPARE(state.value(u"phase").toString(), QStringLiteral("taking"));
    state = until({QStringLiteral("review"), QStringLiteral("stopped")});
    const std::size_t before = committed().size(); // what the door decided until then is written long ago
    QVERIFY2(state.value(u"phase") == QStringLiteral("review"),
             qPrintable(state.value(u"stop").toString() + state.value(u"hint").toString()));
    for (const auto& number : state.value(u"pictures").toArray()) {
        const auto picture = ask(QStringLiteral("enrol.picture"), {{QStringLiteral("number"), number}});
        QVERIFY(picture && picture->value(u"jpeg").toString().size() > 1000);
    }
    QVERIFY(ask(QStringLiteral("enrol.retake"), {{QStringLiteral("index"), 3}}));
    QCOMPARE(until({QStringLiteral("review"), QStringLiteral("stopped")}).value(u"phase").toString(),
             QStringLiteral("review"));
    QVERIFY(ask(QStringLiteral("enrol.test")));
    state = until({QStringLiteral("tested"), QStringLiteral("stopped")});
    QVERIFY2((QStringList{QStringLiteral("weak"), QStringLiteral("good"), QStringLiteral("excellent")}.contains(
                 state.value(u"score").toString())),
             qPrintable(state.value(u"score").toString()));
    QCOMPARE(committed().size(), before); // nobody was let in or refused meanwhile
    QCOMPARE(ask(QStringLiteral("person.list"))->value(u"people").toArray().size(), 0); // nothing before it is finished

    const auto finished = ask(QStringLiteral("enrol.finish"), {{QStringLiteral("card"), QStringLiteral("D8E2F1G3")}});
    QVERIFY2(finished, finished ? "" : finished.error().text().c_str());
    QCOMPARE(finished->value(u"name").toString(), QStringLiteral("Alice"));
    QVERIFY(finished->value(u"close").toArray().isEmpty());
    QCOMPARE(until({QStringLiteral("none")}).value(u"phase").toString(), QStringLiteral("none"));
    const auto shown = ask(QStringLiteral("person.show"), {{QStringLiteral("who"), QStringLiteral("Alice")}});
    QVERIFY(shown);
    QCOMPARE(shown->value(u"template_models").toArray().size(), 5);
    QVERIFY2(m_kiosk->waitFor(
                 [&] {
                     const auto events = committed();
                     return std::any_of(events.begin(), events.end(), [](const QJsonObject& event) {
                         return event.value(u"reason") == QStringLiteral("face") &&
                                event.value(u"person") == QStringLiteral("Alice");
                     });
                 },
                 patience),
             qPrintable(m_kiosk->err()));

    // The same face again, under another name.
    QVERIFY(ask(QStringLiteral("enrol.begin"), {{QStringLiteral("name"), QStringLiteral("Bob")}}));
    state = until({QStringLiteral("stopped"), QStringLiteral("review")});
    QCOMPARE(state.value(u"stop").toString(), QStringLiteral("already_enrolled"));
    QCOMPARE(state.value(u"someone_else").toObject().value(u"name").toString(), QStringLiteral("Alice"));
    QVERIFY(!ask(QStringLiteral("enrol.finish")));
    QVERIFY(ask(QStringLiteral("enrol.cancel")));
    QCOMPARE(ask(QStringLiteral("person.list"))->value(u"people").toArray().size(), 1);
    QVERIFY(ask(QStringLiteral("person.close"))->value(u"pairs").toArray().isEmpty());
}

void TestEnrolment::aPictureHeldToTheCameraIsRefused() {
    show({facesFolder() + QStringLiteral("/pad-samples/image_F2.jpg")}, 60'000, true);
    start();
    QVERIFY(ask(QStringLiteral("enrol.begin"), {{QStringLiteral("name"), QStringLiteral("Mallory")}}));
    const QJsonObject state = until({QStringLiteral("stopped"), QStringLiteral("review")});
    QCOMPARE(state.value(u"stop").toString(), QStringLiteral("not_alive"));
    QCOMPARE(state.value(u"taken").toInt(), 0);
    QVERIFY(!ask(QStringLiteral("enrol.finish")));
    QCOMPARE(ask(QStringLiteral("person.list"))->value(u"people").toArray().size(), 0);
}

void TestEnrolment::theCameraIsLost() {
    show({picturesOf(QStringLiteral("Jiang_Zemin")).at(4)}, 15'000, false);
    start();
    QVERIFY(ask(QStringLiteral("enrol.begin"), {{QStringLiteral("name"), QStringLiteral("Alice")}}));
    const QJsonObject state = until({QStringLiteral("stopped"), QStringLiteral("review")});
    QCOMPARE(state.value(u"stop").toString(), QStringLiteral("camera_lost"));
    QCOMPARE(state.value(u"taken").toInt(), 0);
    QVERIFY(!ask(QStringLiteral("enrol.finish")));
    QCOMPARE(ask(QStringLiteral("person.list"))->value(u"people").toArray().size(), 0);
}

void TestEnrolment::manyPeopleFromAFolder() {
    const auto put = [&](const char* person, const QString& file, const QString& as) {
        QVERIFY(QDir().mkpath(path("stick/") + QLatin1String(person)));
        QVERIFY(QFile::copy(file, path("stick/") + QLatin1String(person) + u'/' + as));
    };
    const QStringList jiang = picturesOf(QStringLiteral("Jiang_Zemin"));
    for (const int i : {0, 2, 4})
        put("Alice_A", jiang.at(i), QStringLiteral("%1.JPG").arg(i));
    put("Alice_again", jiang.at(5), QStringLiteral("a.jpeg"));
    put("Bill", picturesOf(QStringLiteral("Bill_Gates")).at(0), QStringLiteral("b.jpg"));
    QVERIFY(QDir().mkpath(path("stick/Nobody")));
    QFile broken(path("stick/Nobody/broken.png"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("no picture at all");
    broken.close();
    show({jiang.at(4)}, 4000, true);
    start();
    QVERIFY(!ask(QStringLiteral("enrol.folder.begin"), {{QStringLiteral("path"), path("nowhere")}}));
    QVERIFY(!ask(QStringLiteral("enrol.folder.begin"), {{QStringLiteral("path"), path("faces")}}));
    const auto begun = ask(QStringLiteral("enrol.folder.begin"), {{QStringLiteral("path"), path("stick")}});
    QVERIFY2(begun, begun ? "" : begun.error().text().c_str());
    QCOMPARE(begun->value(u"total").toInt(), 4);
    QJsonObject state;
    QVERIFY(m_kiosk->waitFor(
        [&] {
            const auto answer = ask(QStringLiteral("enrol.folder.state"));
            state = answer ? *answer : QJsonObject();
            return answer && !state.value(u"running").toBool();
        },
        patience));
    QCOMPARE(state.value(u"added").toInt(), 2);
    QCOMPARE(state.value(u"refused").toInt(), 2);
    QStringList outcomes;
    for (const auto& each : state.value(u"people").toArray())
        outcomes << each.toObject().value(u"name").toString() + u':' + each.toObject().value(u"outcome").toString();
    QCOMPARE(outcomes.join(u' '), QStringLiteral("Alice A:added Alice again:refused Bill:added Nobody:refused"));
    const QJsonObject nobody = state.value(u"people").toArray().at(3).toObject();
    QCOMPARE(nobody.value(u"pictures").toArray().at(0).toObject().value(u"refusal").toString(),
             QStringLiteral("not_a_picture"));
    QCOMPARE(ask(QStringLiteral("person.list"))->value(u"people").toArray().size(), 2);
}

namespace {

/// The worker in its thread, a camera that shows what the test puts before it, and a storage that answers as told.
class Studio {
public:
    explicit Studio(core::milliseconds lease = core::milliseconds{60'000}) {
        core::Settings settings;
        (void)app::applyAssignment("recognition.models_dir=" + modelsFolder().toStdString(), settings);
        app::EnrolContext context{
            app::pipelineSettings(settings),
            *app::openModels(settings, {}),
            {},
            frames,
            people,
            [this](bool rests) { doorRests = rests; },
            [this](const QString& command, const QJsonObject& args, const app::CommandReply& reply) {
                stored = command;
                templates = static_cast<int>(args.value(u"templates").toArray().size());
                reply(diskIsFull ? core::Result<QJsonObject>(core::fail("the disk is full"))
                                 : QJsonObject{{QStringLiteral("id"), QStringLiteral("1")}});
            },
            [this](std::function<void(app::EnrolWorker&)> work) { worker->post(std::move(work)); },
            lease};
        worker = std::make_unique<app::WorkerThread<app::EnrolWorker>>(
            QStringLiteral("enrolment"), [&] { return std::make_unique<app::EnrolWorker>(context); });
    }
    ~Studio() { worker->stop(); }

    core::Result<QJsonObject> ask(const QString& command, const QJsonObject& args = {}) {
        auto answer = std::make_shared<std::promise<core::Result<QJsonObject>>>();
        worker->post([=](app::EnrolWorker& enrolment) {
            enrolment.run(command, args,
                          [answer](const core::Result<QJsonObject>& result) { answer->set_value(result); });
        });
        return answer->get_future().get();
    }
    QString phase() {
        const auto state = ask(QStringLiteral("enrol.state"));
        return state ? state->value(u"phase").toString() : QString();
    }
    void show(const core::Image& picture) { frames.put({picture, app::now().mono, ++number, core::FrameOrigin::Test}); }

    core::LatestFrame frames;
    app::Latest<std::shared_ptr<const core::Gallery>> people;
    std::atomic<bool> doorRests = false, diskIsFull = false;
    QString stored; ///< written before the answer that the test waits for
    int templates = 0;
    std::uint64_t number = 0;
    std::unique_ptr<app::WorkerThread<app::EnrolWorker>> worker;
};

} // namespace

void TestEnrolment::aFullDiskKeepsThePicturesForAnotherTry() {
    Studio studio;
    const QStringList files = picturesOf(QStringLiteral("Jiang_Zemin"));
    std::vector<core::Image> pictures;
    for (const int i : {4, 0, 2, 3, 5})
        pictures.push_back(*recognition::readPicture(files.at(i).toStdString()));
    QVERIFY(studio.ask(QStringLiteral("enrol.begin"), {{QStringLiteral("name"), QStringLiteral("Alice")}}));
    QVERIFY(studio.doorRests);
    QVERIFY(!studio.ask(QStringLiteral("enrol.finish"))); // nothing is taken yet
    std::size_t shown = 0;
    QTRY_VERIFY_WITH_TIMEOUT((studio.show(pictures[shown++ / 40 % pictures.size()]), studio.phase() == u"review"),
                             patience);
    studio.diskIsFull = true;
    const auto refused = studio.ask(QStringLiteral("enrol.finish"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().what, std::string("the disk is full"));
    QCOMPARE(studio.phase(), QStringLiteral("review"));
    QVERIFY(studio.doorRests);
    studio.diskIsFull = false;
    QVERIFY(studio.ask(QStringLiteral("enrol.finish")));
    QCOMPARE(studio.stored, QStringLiteral("person.add"));
    QCOMPARE(studio.templates, 5);
    QVERIFY(!studio.doorRests);
    QCOMPARE(studio.phase(), QStringLiteral("none"));
}

void TestEnrolment::nobodyAsksAnyMore() {
    Studio studio(core::milliseconds{500});
    QVERIFY(studio.ask(QStringLiteral("enrol.begin"), {{QStringLiteral("name"), QStringLiteral("Alice")}}));
    QVERIFY(studio.doorRests);
    QTRY_VERIFY_WITH_TIMEOUT(!studio.doorRests, patience); // the door goes on by itself
    QCOMPARE(studio.phase(), QStringLiteral("none"));
    QVERIFY(!studio.ask(QStringLiteral("enrol.test")));
}

QTEST_GUILESS_MAIN(TestEnrolment)
#include "tst_enrolment.moc"
