// SPDX-License-Identifier: GPL-3.0-or-later
// The command lines: exit codes, people, log, models, settings, identify, a second instance, bad input.
#include "tests/app/programs.h"
#include "tests/support/tiny_server.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>

using namespace facelatch::testing;

class TestPrograms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void helpNeedsNoDisplay();
    void wrongCommandLinesAreUsage_data();
    void wrongCommandLinesAreUsage();
    void settingsTellWhereTheyComeFrom();
    void settingsMistakesStopBothPrograms();
    void missingModelsAreSaid();
    void wrongModelFileIsRefused();
    void modelsInstallFromAMirror();
    void killedInstallGoesOn();
    void kioskWithoutModelsIsOutOfService();
    void peopleAreEnrolledShownAndRemoved();
    void accessIsRuledFromTheCommandLine();
    void badPhotographsAreRefusedWithTheirReasons();
    void identifyAnswersInItsFormat();
    void secondInstanceIsRefused();
    void ctlSpeaksWithARunningKiosk();
    void newerDataIsLeftAlone();
    void unwritableDataFolder();
    void replayOnARealLockIsOutOfService();
    void networkCameraNeedsPermission();
    void passwordsAreNotShown();
    void demoDoorRuns();

private:
    QString data() const { return m_folder->filePath(QStringLiteral("data")); }
    /// --data, and the models of shared/ however the tests were started.
    QStringList common() const {
        return {QStringLiteral("--data"),     data(),
                QStringLiteral("--settings"), m_settings,
                QStringLiteral("--set"),      QStringLiteral("recognition.models_dir=") + modelsFolder()};
    }
    Ended run(const QStringList& arguments) const { return ctl(common() + arguments); }
    Ended enrol(const QString& name, const QString& person) const {
        return run({QStringLiteral("person"), QStringLiteral("add"), name, QStringLiteral("--photos"),
                    facesFolder() + QStringLiteral("/people/") + person});
    }
    void write(const QString& path, const QByteArray& content) const {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    bool haveFaces() const { return !modelsFolder().isEmpty() && !facesFolder().isEmpty(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_settings;
};

#define NEEDS_FACES()                                                                                                  \
    if (!haveFaces())                                                                                                  \
    QSKIP("shared/models or shared/faces not found beside the checkout (FACELATCH_MODELS_DIR, FACELATCH_FACES_DIR)")

void TestPrograms::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = m_folder->filePath(QStringLiteral("settings.toml"));
    write(m_settings, "[lock]\nkind = \"simulated\"\n[screen]\nwindow = \"800x480\"\n");
}

void TestPrograms::helpNeedsNoDisplay() {
    for (const char* program : {FACELATCH_KIOSK, FACELATCH_CTL}) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* variable : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"})
            environment.remove(QLatin1String(variable));
        process.setProcessEnvironment(environment);
        process.start(QLatin1String(program), {QStringLiteral("--help")});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(process.readAllStandardOutput().contains("--data"));
    }
}

void TestPrograms::wrongCommandLinesAreUsage_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{QStringLiteral("fly")};
    QTest::newRow("half a command") << QStringList{QStringLiteral("person")};
    QTest::newRow("missing name") << QStringList{QStringLiteral("person"), QStringLiteral("add")};
    QTest::newRow("unknown option") << QStringList{QStringLiteral("log"), QStringLiteral("list"),
                                                   QStringLiteral("--all")};
    QTest::newRow("limit of zero") << QStringList{QStringLiteral("log"), QStringLiteral("list"),
                                                  QStringLiteral("--limit"), QStringLiteral("0")};
    QTest::newRow("wrong time") << QStringList{QStringLiteral("log"), QStringLiteral("list"), QStringLiteral("--since"),
                                               QStringLiteral("yesterday")};
    QTest::newRow("wrong outcome") << QStringList{QStringLiteral("log"), QStringLiteral("list"),
                                                  QStringLiteral("--outcome"), QStringLiteral("maybe")};
    QTest::newRow("unknown setting") << QStringList{QStringLiteral("--set"), QStringLiteral("door.colour=red"),
                                                    QStringLiteral("log"), QStringLiteral("list")};
}

void TestPrograms::wrongCommandLinesAreUsage() {
    QFETCH(QStringList, arguments);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY(!ended.err.isEmpty() || !ended.out.isEmpty());
}

void TestPrograms::settingsTellWhereTheyComeFrom() {
    QDir().mkpath(data());
    write(data() + QStringLiteral("/settings.local.toml"), "[door]\nname = \"Local\"\n");
    const Ended shown = run({QStringLiteral("settings"), QStringLiteral("show")});
    QCOMPARE(shown.code, 0);
    QVERIFY2(shown.out.contains(QStringLiteral("settings.toml:2")), qPrintable(shown.out));
    QVERIFY(shown.out.contains(QStringLiteral("settings.local.toml:2")));
    QVERIFY(shown.out.contains(QStringLiteral("# --set")));
    QVERIFY(shown.out.contains(QStringLiteral("# default")));
    const Ended defaults = run({QStringLiteral("settings"), QStringLiteral("defaults")});
    write(m_settings, defaults.out.toUtf8());
    QCOMPARE(run({QStringLiteral("settings"), QStringLiteral("check")}).code, 0);
}

void TestPrograms::settingsMistakesStopBothPrograms() {
    write(m_settings, "[lock]\nkind = \"open\"\n");
    const QString expected = m_settings + QStringLiteral(":2");
    for (const QStringList& command : {QStringList{QStringLiteral("settings"), QStringLiteral("check")},
                                       QStringList{QStringLiteral("log"), QStringLiteral("list")}}) {
        const Ended ended = run(command);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains(expected) && ended.err.contains(QStringLiteral("lock.kind")) &&
                     ended.err.contains(QStringLiteral("simulated")),
                 qPrintable(ended.err));
    }
    Running kiosk(QStringLiteral(FACELATCH_KIOSK), common());
    QCOMPARE(kiosk.waitForEnd(60'000), std::optional(2));
    QVERIFY(kiosk.err().contains(expected));
}

void TestPrograms::missingModelsAreSaid() {
    const Ended ended =
        ctl({QStringLiteral("--data"), data(), QStringLiteral("--settings"), m_settings, QStringLiteral("identify"),
             QStringLiteral("--set"), QStringLiteral("recognition.embedder=sface-2021dec"), QStringLiteral("x.jpg")});
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.err.contains(QStringLiteral("models install")), qPrintable(ended.err));
}

void TestPrograms::wrongModelFileIsRefused() {
    const QString models = m_folder->filePath(QStringLiteral("models"));
    QDir().mkpath(models);
    write(models + QStringLiteral("/face_detection_yunet_2023mar.onnx"), QByteArray(232589, 'x'));
    write(models + QStringLiteral("/mobilefacenet_paddlex.onnx"), "cut off");
    const Ended ended =
        ctl({QStringLiteral("--data"), data(), QStringLiteral("--settings"), m_settings, QStringLiteral("--set"),
             QStringLiteral("recognition.models_dir=") + models, QStringLiteral("models"), QStringLiteral("verify")});
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.out.contains(QStringLiteral("wrong hash")));
    QVERIFY(ended.out.contains(QStringLiteral("truncated")));
    QVERIFY2(ended.err.contains(models), qPrintable(ended.err));
}

void TestPrograms::modelsInstallFromAMirror() {
    NEEDS_FACES();
    const QString to = m_folder->filePath(QStringLiteral("installed"));
    const QStringList settings{QStringLiteral("--data"), data(), QStringLiteral("--settings"), m_settings};
    // The store would find the mirror beside the checkout by itself, so one that is nowhere else shows the refusal.
    const Ended refused = ctl(settings + QStringList{QStringLiteral("models"), QStringLiteral("install"),
                                                     QStringLiteral("--to"), to, QStringLiteral("dlib-68")});
    QCOMPARE(refused.code == 0 || refused.err.contains(QStringLiteral("libdlib-data")), true);
    const Ended there =
        ctl(settings + QStringList{QStringLiteral("models"), QStringLiteral("install"), QStringLiteral("--mirror"),
                                   modelsFolder(), QStringLiteral("--to"), to});
    QVERIFY2(there.code == 0, qPrintable(there.err));
    QCOMPARE(
        ctl(settings + QStringList{QStringLiteral("models"), QStringLiteral("install"), QStringLiteral("none")}).code,
        2);
}

void TestPrograms::killedInstallGoesOn() {
    NEEDS_FACES();
    // A copy outside of the checkout finds no models beside it, as after an installation.
    const QString program = m_folder->filePath(QStringLiteral("facelatch-ctl"));
    QVERIFY(QFile::copy(QStringLiteral(FACELATCH_CTL), program));
    const auto contentOf = [](const QString& name) {
        QFile file(modelsFolder() + QLatin1Char('/') + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    };
    const std::string detector = contentOf(QStringLiteral("face_detection_yunet_2023mar.onnx"));
    const std::string embedder = contentOf(QStringLiteral("mobilefacenet_paddlex.onnx"));
    QVERIFY(!detector.empty() && !embedder.empty());
    std::atomic<bool> stalls = true;
    TinyServer server([&](const std::string& head) {
        if (head.starts_with("GET /face_detection_yunet_2023mar.onnx "))
            return TinyServer::ranged(head, detector);
        TinyServer::Answer answer = TinyServer::ranged(head, embedder);
        if (stalls) {
            answer.bytes.resize(answer.bytes.size() / 2);
            answer.stall = true;
        }
        return answer;
    });
    const QStringList install{QStringLiteral("--data"),        data(),
                              QStringLiteral("--settings"),    m_settings,
                              QStringLiteral("--set"),         QStringLiteral("network.proxy=none"),
                              QStringLiteral("models"),        QStringLiteral("install"),
                              QStringLiteral("--mirror"),      QString::fromStdString(server.url("")),
                              QStringLiteral("yunet-2023mar"), QStringLiteral("mobilefacenet-paddlex")};
    const QDir models(data() + QStringLiteral("/models"));
    const QString part = models.filePath(QStringLiteral("mobilefacenet_paddlex.onnx.part"));
    {
        Running killed(program, install);
        const auto half = static_cast<qint64>(embedder.size() / 2) - 1000; // the answer's head is a part of its half
        QVERIFY2(killed.waitFor([&] { return QFileInfo(part).size() >= half; }, 60'000), qPrintable(killed.err()));
        killed.signal(SIGKILL);
        killed.waitForEnd(60'000);
    }
    QVERIFY(!models.exists(QStringLiteral("face_detection_yunet_2023mar.onnx"))); // all or none
    QVERIFY(QFileInfo::exists(part));
    stalls = false;
    Running resumed(program, install + QStringList{QStringLiteral("--json")});
    QCOMPARE(resumed.waitForEnd(60'000), std::optional(0));
    const auto requests = server.requests();
    QVERIFY(requests.back().starts_with("GET /mobilefacenet_paddlex.onnx "));
    QVERIFY(requests.back().find("Range: bytes=") != std::string::npos);
    QCOMPARE(models.entryList(QDir::Files, QDir::Name),
             (QStringList{QStringLiteral("face_detection_yunet_2023mar.onnx"),
                          QStringLiteral("mobilefacenet_paddlex.onnx")}));
    QFile placed(models.filePath(QStringLiteral("mobilefacenet_paddlex.onnx")));
    QVERIFY(placed.open(QIODevice::ReadOnly));
    QVERIFY(placed.readAll().toStdString() == embedder);
}

void TestPrograms::kioskWithoutModelsIsOutOfService() {
    const QString empty = m_folder->filePath(QStringLiteral("empty"));
    QDir().mkpath(empty);
    write(empty + QStringLiteral("/face_detection_yunet_2023mar.onnx"), "not a network");
    Running kiosk(QStringLiteral(FACELATCH_KIOSK),
                  {QStringLiteral("--data"), data(), QStringLiteral("--settings"), m_settings, QStringLiteral("--set"),
                   QStringLiteral("camera.source=test"), QStringLiteral("--set"),
                   QStringLiteral("recognition.models_dir=") + empty});
    QVERIFY2(kiosk.waitForText(QStringLiteral("no_detector"), 60'000), qPrintable(kiosk.err()));
    QVERIFY(kiosk.waitFor([&] { return kiosk.screens().contains(QStringLiteral("outOfService")); }, 60'000));
    QCOMPARE(kiosk.end(), std::optional(0));
}

void TestPrograms::peopleAreEnrolledShownAndRemoved() {
    NEEDS_FACES();
    const QString name = QStringLiteral("Zoë <b>O'Neil</b> 🙂");
    const Ended added = enrol(name, QStringLiteral("Jiang_Zemin"));
    QVERIFY2(added.code == 0, qPrintable(added.out + added.err));
    QVERIFY(run({QStringLiteral("person"), QStringLiteral("list")}).out.contains(name));
    const Ended shown = run({QStringLiteral("person"), QStringLiteral("show"), name});
    QVERIFY(shown.out.contains(QStringLiteral("mobilefacenet-paddlex")));

    const Ended again = enrol(name, QStringLiteral("Bill_Gates"));
    QCOMPARE(again.code, 1);
    const Ended somebodyElses = enrol(QStringLiteral("Impostor"), QStringLiteral("Jiang_Zemin"));
    QCOMPARE(somebodyElses.code, 1);
    QVERIFY2(somebodyElses.out.contains(name), qPrintable(somebodyElses.out)); // says whose face it is

    const Ended removed = run({QStringLiteral("person"), QStringLiteral("remove"), name});
    QCOMPARE(removed.code, 0);
    QVERIFY(!run({QStringLiteral("person"), QStringLiteral("list")}).out.contains(name));
    QCOMPARE(run({QStringLiteral("person"), QStringLiteral("remove"), name}).code, 1);
    QCOMPARE(run({QStringLiteral("log"), QStringLiteral("verify")}).code, 0);
}

void TestPrograms::accessIsRuledFromTheCommandLine() {
    const auto words = [](const char* text) {
        QStringList all;
        for (const QString& word : QString::fromUtf8(text).split(u'|'))
            all << word;
        return all;
    };
    const auto done = [&](const char* text, const char* expected) {
        const Ended ended = run(words(text));
        return ended.code == 0 && ended.out.contains(QString::fromUtf8(expected))
                   ? QString()
                   : QLatin1String(text) + ended.out + ended.err;
    };
    const auto refused = [&](const char* text, int code, const char* expected) {
        const Ended ended = run(words(text));
        return ended.code == code && ended.err.contains(QString::fromUtf8(expected))
                   ? QString()
                   : QLatin1String(text) + QString::number(ended.code) + ended.out + ended.err;
    };
    for (const auto& [command, expected] : std::initializer_list<std::pair<const char*, const char*>>{
             {"group|list", "There is no group"},
             {"group|add|Staff", "Added the group Staff"},
             {"schedule|add|Day|mon-fri 7:00-19:00, Sat 9:00-12:00", "Mon-Fri 07:00-19:00, Sat 09:00-12:00"},
             {"schedule|add|Guards|always|--through-holidays", "also on holidays"},
             {"holiday|add|Christmas|12-25", "every year"},
             {"holiday|add|Christmas Eve|2026-12-24|--periods|09:00-12:00", "09:00-12:00"},
             {"rule|list", "There is no access rule"},
             {"rule|add|Staff|Guards|--mode|face+pin", "lets nobody in"},
             {"rule|remove|Staff|Guards", "No access rule is left"},
             {"rule|add|Staff|Day|--door|door-1", "Staff at door door-1, Day: face"},
             {"rule|list|--json", "\"mode\":\"face\""},
             {"schedule|list|--json", "\"through_holidays\":true"},
             {"holiday|remove|12-25", "Removed the holiday Christmas"},
             {"access|preview", "Nobody is enrolled"},
             {"access|preview|--json", "\"restricted\":true"},
             {"audit|list", "schedule.add     Day"},
             {"audit|list|--json|--limit|1", "\"action\":\"holiday.remove\""},
             {"audit|verify", "The audit is intact: 9 entries."},
         }) {
        const QString failure = done(command, expected);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }
    const QString shown = done("schedule|show|Guards", "now       inside");
    QVERIFY2(shown.isEmpty(), qPrintable(shown));
    QVERIFY(run(words("audit|list")).out.contains(QStringLiteral("facelatch-ctl, user ")));
    struct Wrong {
        const char* command;
        int code;
        const char* expected;
    };
    for (const Wrong& wrong :
         {Wrong{"schedule|add|Odd|Mon 25:00-26:00", 2, "'25:00-26:00' is no period of a day"},
          Wrong{"schedule|add|Odd|Mun 7:00-8:00", 2, "Mon-Fri 07:00-19:00, Sat 09:00-12:00"},
          Wrong{"schedule|add|DAY|always", 2, "already"}, Wrong{"schedule|remove|Day", 2, "used by 1 access rules"},
          Wrong{"group|remove|Staff", 2, "used by 1 access rules"},
          Wrong{"group|members|Staff|--add|Nobody", 1, "Nobody is enrolled as 'Nobody'"},
          Wrong{"holiday|add|Odd|30-02", 2, "is no date"},
          Wrong{"rule|add|Nobody|Day", 1, "There is no group 'Nobody'"},
          Wrong{"rule|add|Staff|Guards|--mode|iris", 2, "is no authentication mode"},
          Wrong{"access|preview|--at|soon", 2, "'soon' is not understood"},
          Wrong{"person|set|Nobody|--suspend", 1, "Nobody is enrolled"},
          Wrong{"person|set|Nobody", 2, "Nothing is to be changed"},
          Wrong{"person|set|Nobody|--uses|many", 2, "'many' is not understood"},
          Wrong{"person|set|Nobody|--valid-until|soon", 2, "the whole day"},
          Wrong{"person|set|Nobody|--suspend|--activate", 2, "exclude each other"}}) {
        const QString failure = refused(wrong.command, wrong.code, wrong.expected);
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
    }
    QVERIFY(run(words("audit|verify")).out.contains(QStringLiteral("9 entries")));
}

void TestPrograms::badPhotographsAreRefusedWithTheirReasons() {
    NEEDS_FACES();
    const QString photos = m_folder->filePath(QStringLiteral("photos"));
    QDir().mkpath(photos);
    write(photos + QStringLiteral("/a_empty.jpg"), {});
    write(photos + QStringLiteral("/b_text.jpg"), "this is no picture");
    QByteArray huge =
        QByteArray::fromHex("ffd8ffc0001108ffffffff03012200021101031101"); // a frame header of 65535x65535
    write(photos + QStringLiteral("/c_huge.jpg"), huge);
    const QStringList add{QStringLiteral("person"), QStringLiteral("add"), QStringLiteral("Nobody"),
                          QStringLiteral("--photos"), photos};
    const Ended refused = run(add);
    QCOMPARE(refused.code, 1);
    QCOMPARE(refused.out.count(QStringLiteral("refused")), 3);
    QVERIFY(run({QStringLiteral("person"), QStringLiteral("list")}).out.contains(QStringLiteral("Nobody is enrolled")));

    const QDir person(facesFolder() + QStringLiteral("/people/Jiang_Zemin"));
    QVERIFY(QFile::copy(person.filePath(person.entryList(QDir::Files).at(4)), photos + QStringLiteral("/d_good.jpg")));
    const Ended mixed = run(add);
    QVERIFY2(mixed.code == 0, qPrintable(mixed.out + mixed.err)); // the good one is enough, and the others are said
    QCOMPARE(mixed.out.count(QStringLiteral("refused")), 3);
    QCOMPARE(run({QStringLiteral("person"), QStringLiteral("add"), QStringLiteral("X"), QStringLiteral("--photos"),
                  photos + QStringLiteral("/none")})
                 .code,
             1);
}

void TestPrograms::identifyAnswersInItsFormat() {
    NEEDS_FACES();
    QCOMPARE(enrol(QStringLiteral("Jiang"), QStringLiteral("Jiang_Zemin")).code, 0);
    const QDir person(facesFolder() + QStringLiteral("/people/Jiang_Zemin"));
    const QString picture = person.filePath(person.entryList(QDir::Files).last());
    const Ended ended = run({QStringLiteral("identify"), QStringLiteral("--json"), picture, m_settings});
    QCOMPARE(ended.code, 1); // settings.toml is no picture, which does not keep the other from being answered
    QVERIFY(ended.err.contains(m_settings));
    const QJsonArray answer = QJsonDocument::fromJson(ended.out.toUtf8()).array();
    QCOMPARE(answer.size(), 1);
    const QJsonObject face = answer.first().toObject().value(u"faces").toArray().first().toObject();
    QCOMPARE(face.value(u"box").toArray().size(), 4);
    QCOMPARE(face.value(u"person").toString(), QStringLiteral("Jiang"));
    QVERIFY(face.value(u"score").toDouble() > 0.5);
    for (const char* key : {"second", "second_score", "live", "decision", "reason"})
        QVERIFY2(face.contains(QLatin1String(key)), key);
}

void TestPrograms::secondInstanceIsRefused() {
    Running first(QStringLiteral(FACELATCH_KIOSK),
                  common() + QStringList{QStringLiteral("--set"), QStringLiteral("camera.source=test")});
    QVERIFY(first.waitForText(QStringLiteral("the screen shows"), 60'000));
    Running second(QStringLiteral(FACELATCH_KIOSK), common());
    QCOMPARE(second.waitForEnd(60'000), std::optional(5));
    QVERIFY2(second.err().contains(QString::number(first.pid())), qPrintable(second.err()));
    QVERIFY(first.runs());
    QCOMPARE(first.end(), std::optional(0));
}

void TestPrograms::ctlSpeaksWithARunningKiosk() {
    NEEDS_FACES();
    Running kiosk(QStringLiteral(FACELATCH_KIOSK),
                  common() + QStringList{QStringLiteral("--set"), QStringLiteral("camera.source=test")});
    QVERIFY(kiosk.waitForText(QStringLiteral("the screen shows"), 60'000));
    Ended listed;
    QVERIFY(kiosk.waitFor(
        [&] { // from outside: nothing tells when its socket is there
            listed = run({QStringLiteral("person"), QStringLiteral("list")});
            return listed.code == 0;
        },
        60'000));
    const Ended added = enrol(QStringLiteral("Bill"), QStringLiteral("Bill_Gates"));
    QVERIFY2(added.code == 0, qPrintable(added.out + added.err));
    QVERIFY(run({QStringLiteral("person"), QStringLiteral("list")}).out.contains(QStringLiteral("Bill")));
    QCOMPARE(run({QStringLiteral("log"), QStringLiteral("verify")}).code, 0);
    QCOMPARE(run({QStringLiteral("person"), QStringLiteral("show"), QStringLiteral("Nobody")}).code, 1);
    QCOMPARE(kiosk.end(), std::optional(0));
    QVERIFY(
        run({QStringLiteral("person"), QStringLiteral("list")}).out.contains(QStringLiteral("Bill"))); // and without it
}

void TestPrograms::newerDataIsLeftAlone() {
    QCOMPARE(run({QStringLiteral("person"), QStringLiteral("list")}).code, 0);
    QString database;
    for (const QFileInfo& file : QDir(data()).entryInfoList(QDir::Files))
        if (QFile head(file.filePath()); head.open(QIODevice::ReadOnly) && head.read(15) == "SQLite format 3")
            database = file.filePath();
    QVERIFY(!database.isEmpty());
    QFile file(database);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(60); // user_version of the database header, big endian
    file.write(QByteArray::fromHex("0000270f"));
    file.close();
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    file.close();
    const Ended ended = run({QStringLiteral("person"), QStringLiteral("list")});
    QCOMPARE(ended.code, 4);
    Running kiosk(QStringLiteral(FACELATCH_KIOSK), common());
    QCOMPARE(kiosk.waitForEnd(60'000), std::optional(4));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), before);
}

void TestPrograms::unwritableDataFolder() {
    write(data(), "a file where the folder should be");
    const Ended ended = run({QStringLiteral("person"), QStringLiteral("list")});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains(data()), qPrintable(ended.err));
    Running kiosk(QStringLiteral(FACELATCH_KIOSK),
                  common() + QStringList{QStringLiteral("--set"), QStringLiteral("camera.source=test")});
    QVERIFY(kiosk.waitFor([&] { return kiosk.screens().contains(QStringLiteral("outOfService")); }, 60'000));
    QVERIFY(kiosk.err().contains(QStringLiteral("data_unreadable")));
    QVERIFY(QFile::remove(data())); // mended: the door comes back by itself
    QVERIFY2(kiosk.waitForText(QStringLiteral("data_unreadable is over"), 60'000), qPrintable(kiosk.err()));
    QCOMPARE(kiosk.end(), std::optional(0));
}

void TestPrograms::replayOnARealLockIsOutOfService() {
    Running kiosk(QStringLiteral(FACELATCH_KIOSK),
                  common() +
                      QStringList{QStringLiteral("--set"), QStringLiteral("camera.source=test"),
                                  QStringLiteral("--set"), QStringLiteral("lock.kind=lockd"), QStringLiteral("--set"),
                                  QStringLiteral("lock.socket=") + m_folder->filePath(QStringLiteral("none.sock"))});
    QVERIFY(kiosk.waitForText(QStringLiteral("replay_on_real_lock"), 60'000));
    QVERIFY(kiosk.waitForText(QStringLiteral("no_lock"), 60'000)); // and it never simulates by itself
    QVERIFY(kiosk.waitFor([&] { return kiosk.screens().contains(QStringLiteral("outOfService")); }, 60'000));
    QCOMPARE(kiosk.end(), std::optional(0));
}

void TestPrograms::networkCameraNeedsPermission() {
    const auto start = [&](const char* mayOpen) {
        QStringList arguments = common();
        for (const char* setting : {"camera.kind=rtsp", "camera.address=rtsp://127.0.0.1:9/live", "camera.user=door",
                                    "camera.password=sesame-42", mayOpen})
            arguments << QStringLiteral("--set") << QLatin1String(setting);
        return std::make_unique<Running>(QStringLiteral(FACELATCH_KIOSK), arguments);
    };
    auto kiosk = start("camera.network_may_open=false");
    QVERIFY2(kiosk->waitForText(QStringLiteral("source_may_not_open"), 60'000), qPrintable(kiosk->err()));
    QVERIFY(kiosk->waitFor([&] { return kiosk->screens().contains(QStringLiteral("outOfService")); }, 60'000));
    QVERIFY2(kiosk->waitForText(QStringLiteral("no_camera"), 60'000), qPrintable(kiosk->err())); // nobody is on port 9
    QCOMPARE(kiosk->end(), std::optional(0));
    QVERIFY(!kiosk->err().contains(QStringLiteral("sesame")));
    kiosk = start("camera.network_may_open=true");
    QVERIFY2(kiosk->waitForText(QStringLiteral("no_camera"), 60'000), qPrintable(kiosk->err()));
    QCOMPARE(kiosk->end(), std::optional(0));
    QVERIFY(!kiosk->err().contains(QStringLiteral("source_may_not_open")));
}

void TestPrograms::passwordsAreNotShown() {
    QStringList arguments = common();
    for (const char* setting : {"camera.password=sesame-42", "camera.address=rtsp://door:opensesame@cam.lan/live"})
        arguments << QStringLiteral("--set") << QLatin1String(setting);
    const Ended shown = ctl(arguments + QStringList{QStringLiteral("settings"), QStringLiteral("show")});
    QCOMPARE(shown.code, 0);
    QVERIFY2(!(shown.out + shown.err).contains(QStringLiteral("sesame")), qPrintable(shown.out));
    QVERIFY(shown.out.contains(QStringLiteral("(set)")));
    QVERIFY(shown.out.contains(QStringLiteral("rtsp://...@cam.lan/live")));
    write(m_settings, "[camera]\npassword = \"sesame-42\"\n");
    const QStringList question{QStringLiteral("settings"), QStringLiteral("check")};
    QVERIFY(QFile::setPermissions(m_settings, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const Ended readable = run(question);
    QVERIFY2(readable.out.contains(QStringLiteral("chmod o-r")), qPrintable(readable.out));
    QVERIFY(!readable.out.contains(QStringLiteral("sesame")));
    QVERIFY(QFile::setPermissions(m_settings, QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(!run(question).out.contains(QStringLiteral("chmod")));
}

void TestPrograms::demoDoorRuns() {
    NEEDS_FACES();
    Running demo(QStringLiteral(FACELATCH_KIOSK),
                 {QStringLiteral("--demo"), QStringLiteral("--demo-faces"), facesFolder() + QStringLiteral("/people"),
                  QStringLiteral("--events"), QStringLiteral("--set"),
                  QStringLiteral("recognition.models_dir=") + modelsFolder(), QStringLiteral("--exit-after"),
                  QStringLiteral("240")});
    const auto saw = [&](const char* outcome) {
        for (const QJsonObject& event : demo.events())
            if (event.value(u"outcome").toString() == QLatin1String(outcome))
                return true;
        return false;
    };
    QVERIFY2(demo.waitFor([&] { return saw("granted") && saw("denied"); }, 60'000), qPrintable(demo.err()));
    QVERIFY(demo.waitFor(
        [&] {
            return demo.screens().contains(QStringLiteral("granted")) &&
                   demo.screens().contains(QStringLiteral("refused"));
        },
        60'000));
    QCOMPARE(demo.end(), std::optional(0));

    Running none(QStringLiteral(FACELATCH_KIOSK),
                 {QStringLiteral("--demo"), QStringLiteral("--demo-faces"), m_folder->path()});
    QCOMPARE(none.waitForEnd(60'000), std::optional(1));
    QVERIFY(none.err().contains(QStringLiteral("one folder a person")));
}

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
