// SPDX-License-Identifier: GPL-3.0-or-later
// Backups, exports and erasures as they are asked for: at a running door, and from the command line without one.
#include "app/backup_desk.h"
#include "app/clock.h"
#include "app/folder_list.h"
#include "app/use_cases.h"
#include "storage/log_reader.h"
#include "storage/store.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>
#include <optional>

using namespace facelatch;
using namespace facelatch::app;

namespace {

constexpr int deadlineMs = 120'000;
constexpr const char* passphrase = "correct horse battery staple";

core::Person somebody(const std::string& name) {
    core::Person person;
    person.id = {newUuid(now().wall)};
    person.name = name;
    person.created = now().wall;
    return person;
}

core::FaceTemplate templateOf(const core::Person& person) {
    core::FaceTemplate one;
    one.id = newUuid(now().wall);
    one.person = person.id;
    one.modelId = "sface";
    one.values.assign(128, 0.125F);
    return one;
}

core::Event visitOf(const core::Person& person) {
    core::Event event;
    event.id = event.visit = newUuid(now().wall);
    event.time = now().wall;
    event.local = "2026-11-21T14:30:00";
    event.door = "front";
    event.outcome = core::Outcome::Granted;
    event.reason = core::Reason::Face;
    event.person = person.id;
    event.personName = person.name;
    event.live = core::LivenessVerdict::Live;
    return event;
}

storage::StoreOptions options() {
    storage::StoreOptions options;
    options.now = now().wall;
    options.ballastBytes = 0;
    return options;
}

/// A store in a thread, as a door has it.
struct StoreThread {
    explicit StoreThread(const std::string& path)
        : folder(*storage::DataFolder::claim(path)), store(*storage::Store::open(folder, options())) {}
    storage::DataFolder folder;
    std::unique_ptr<storage::Store> store;
};

QByteArray everythingIn(const QString& folder) {
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

struct Ended {
    int code = -1;
    QByteArray out, err;
};

Ended ctl(const QString& data, const QStringList& arguments, const QByteArray& typed = {}) {
    QProcess program;
    program.start(QStringLiteral(FACELATCH_CTL), QStringList{QStringLiteral("--data"), data} + arguments);
    program.write(typed);
    program.closeWriteChannel();
    Ended ended;
    if (program.waitForFinished(deadlineMs) && program.exitStatus() == QProcess::NormalExit)
        ended.code = program.exitCode();
    ended.out = program.readAllStandardOutput();
    ended.err = program.readAllStandardError();
    return ended;
}

#define VERIFY_OK(result)                                                                                              \
    do {                                                                                                               \
        const auto& once = (result);                                                                                   \
        QVERIFY2(bool(once), once ? "" : once.error().text().c_str());                                                 \
    } while (false)

} // namespace

class TestBackupCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_stick = std::make_unique<QTemporaryDir>();
        m_data = std::make_unique<QTemporaryDir>();
        m_restarts = 0;
        m_store = std::make_unique<WorkerThread<StoreThread>>(QStringLiteral("storage"),
                                                              [this] { return std::make_unique<StoreThread>(path()); });
        BackupDeskContext context;
        context.cases.dataFolder = path();
        context.cases.door = "Workshop";
        context.cases.cost = {1, 8192};
        context.runInStorage = [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
            m_store->post([=](StoreThread& thread) { reply(runStoreCommand(*thread.store, command, args, now())); });
        };
        context.restart = [this] { ++m_restarts; };
        m_desk = std::make_unique<BackupDesk>(std::move(context));
    }
    void cleanup() {
        m_desk.reset();
        m_store.reset();
    }

    void theDoorLogsOnWhileABackupIsWritten() {
        const core::Person alice = add("Alice");
        for (int i = 0; i < 20; ++i)
            log(alice);
        const auto begun = ask(QStringLiteral("backup.write"), writing());
        VERIFY_OK(begun);
        QVERIFY(begun->value(u"started").toBool());
        log(alice); // answered while the backup is on its way, or just after it
        const QJsonObject state = finished();
        QVERIFY2(state.contains(QStringLiteral("result")), QJsonDocument(state).toJson().constData());
        const QJsonObject result = state.value(u"result").toObject();
        QVERIFY(QFile::exists(result.value(u"file").toString()));
        QVERIFY(result.value(u"events").toInteger() >= 20);
        QCOMPARE(state.value(u"command").toString(), QStringLiteral("backup.write"));
        const auto audit = ask(QStringLiteral("audit.list"), {});
        VERIFY_OK(audit);
        const QJsonObject noted = audit->value(u"entries").toArray().first().toObject();
        QCOMPARE(noted.value(u"action").toString(), QStringLiteral("backup.write"));
        QCOMPARE(noted.value(u"who").toString(), QStringLiteral("tester"));
        QVERIFY(!everythingIn(m_data->path()).contains(passphrase));

        VERIFY_OK(ask(QStringLiteral("backup.inspect"), reading(result.value(u"file").toString())));
        QCOMPARE(finished().value(u"result").toObject().value(u"people").toInteger(), 1);
        QJsonObject wrong = reading(result.value(u"file").toString());
        wrong.insert(QStringLiteral("passphrase"), QStringLiteral("something else entirely"));
        VERIFY_OK(ask(QStringLiteral("backup.inspect"), wrong));
        const QJsonObject refused = finished();
        QVERIFY(!refused.contains(QStringLiteral("result")));
        QVERIFY(refused.value(u"error").toObject().value(u"what").toString().contains(QStringLiteral("passphrase")));
        QCOMPARE(m_restarts.load(), 0);

        VERIFY_OK(ask(QStringLiteral("backup.restore"), reading(result.value(u"file").toString())));
        QVERIFY(finished().contains(QStringLiteral("result")));
        QTRY_COMPARE_WITH_TIMEOUT(m_restarts.load(), 1, deadlineMs);
        QVERIFY(storage::restoreIsReady(path()));
    }

    void onePassphraseHoweverItIsTyped() {
        add("Alice");
        QJsonObject composed = writing();
        composed.insert(QStringLiteral("passphrase"), QStringLiteral("caf\u00e9 cr\u00e8me br\u00fbl\u00e9e"));
        VERIFY_OK(ask(QStringLiteral("backup.write"), composed));
        QJsonObject decomposed = reading(finished().value(u"result").toObject().value(u"file").toString());
        decomposed.insert(QStringLiteral("passphrase"), QStringLiteral("cafe\u0301 cre\u0300me bru\u0302le\u0301e"));
        VERIFY_OK(ask(QStringLiteral("backup.inspect"), decomposed));
        QVERIFY(finished().contains(QStringLiteral("result")));
    }

    void anErasureLeavesNothingAndGivesAReceipt() {
        const core::Person alice = add("Alice Example"), bob = add("Bob");
        for (int i = 0; i < 3; ++i)
            log(alice);
        log(bob);
        const auto exported = ask(QStringLiteral("person.export"), personArgs(alice));
        VERIFY_OK(exported);
        QCOMPARE(exported->value(u"events").toInteger(), 3);
        QVERIFY(QFile::remove(exported->value(u"file").toString()));
        VERIFY_OK(ask(QStringLiteral("backup.write"), writing()));
        const QString backup = finished().value(u"result").toObject().value(u"file").toString();
        QVERIFY(!backup.isEmpty());
        QVERIFY(everythingIn(m_data->path()).contains("Alice Example"));

        const auto receipt = ask(QStringLiteral("person.erase"), personArgs(alice));
        VERIFY_OK(receipt);
        QCOMPARE(receipt->value(u"templates").toInteger(), 1);
        QCOMPARE(receipt->value(u"pictures").toInteger(), 3);
        QCOMPARE(receipt->value(u"events").toInteger(), 3);
        QCOMPARE(receipt->value(u"names").toString(), QStringLiteral("erase"));
        QVERIFY(receipt->value(u"log").toObject().value(u"intact").toBool());
        QVERIFY(receipt->value(u"audit").toObject().value(u"intact").toBool());
        const QJsonArray backups = receipt->value(u"backups").toArray();
        QCOMPARE(backups.size(), 1);
        QCOMPARE(backups.first().toObject().value(u"file").toString(), backup);
        QVERIFY(!everythingIn(m_data->path()).contains("Alice Example"));
        QFile saved(receipt->value(u"file").toString());
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const QByteArray text = saved.readAll();
        QCOMPARE(QString::fromUtf8(text), receipt->value(u"text").toString());
        for (const char* said :
             {"Alice Example", "Workshop", "3 pictures of visits", "name, card and identity in 3 past",
              "is whole: 4 events", "Attestation d\u2019effacement"})
            QVERIFY2(text.contains(said), said);
        QVERIFY(text.contains(backup.toUtf8()));
        QVERIFY(!ask(QStringLiteral("person.show"), {{QStringLiteral("who"), QStringLiteral("Alice Example")}}));
        VERIFY_OK(ask(QStringLiteral("person.show"), {{QStringLiteral("who"), QStringLiteral("Bob")}}));
    }

    void somebodyRemovedBeforeCanStillBeErased() {
        const core::Person alice = add("Alice Example");
        log(alice);
        const QString id = QString::fromStdString(alice.id.value.text());
        VERIFY_OK(ask(QStringLiteral("person.remove"), {{QStringLiteral("who"), id}}));
        QVERIFY(!ask(QStringLiteral("person.erase"), {{QStringLiteral("id"), QStringLiteral("Alice Example")}}));
        QVERIFY(everythingIn(m_data->path()).contains("Alice Example"));
        const auto receipt = ask(QStringLiteral("person.erase"), {{QStringLiteral("id"), id}});
        VERIFY_OK(receipt);
        QCOMPARE(receipt->value(u"name").toString(), QStringLiteral("Alice Example"));
        QCOMPARE(receipt->value(u"events").toInteger(), 1);
        QVERIFY(!everythingIn(m_data->path()).contains("Alice Example"));
        QVERIFY(!ask(QStringLiteral("person.erase"), {{QStringLiteral("id"), id}})); // nothing is left
    }

    void namesStayWhereThatIsAskedFor() {
        const core::Person alice = add("Alice");
        log(alice);
        QJsonObject args = personArgs(alice);
        args.insert(QStringLiteral("names"), QStringLiteral("keep"));
        args.insert(QStringLiteral("folder"), m_stick->filePath(QStringLiteral("gone")));
        const auto receipt = ask(QStringLiteral("person.erase"), args);
        VERIFY_OK(receipt);
        QCOMPARE(receipt->value(u"names").toString(), QStringLiteral("keep"));
        QVERIFY(receipt->value(u"text").toString().contains(QStringLiteral("1 past events keep the name")));
        // A receipt that cannot be saved is no reason to say that nothing was erased.
        QVERIFY(receipt->value(u"not_saved").toString().contains(QStringLiteral("are erased")));
        const auto reader = storage::LogReader::open(path());
        VERIFY_OK(reader);
        QCOMPARE((*(*reader)->bySeq(1))->event.personName, std::string("Alice"));
    }

    void endingGivesUpWhatRuns() {
        const core::Person alice = add("Alice");
        for (int i = 0; i < 50; ++i)
            log(alice);
        VERIFY_OK(ask(QStringLiteral("backup.write"), writing()));
        m_desk->stop(); // returns
        QVERIFY(QDir(m_stick->path()).entryList({QStringLiteral("*.part")}, QDir::Files).isEmpty());
    }

    void sticksAreListedSafely() {
        const QTemporaryDir root, outside;
        const QDir stick(root.filePath(QStringLiteral("stick")));
        QVERIFY(stick.mkpath(QStringLiteral("people/Alice")));
        for (const QString& name :
             {QStringLiteral("a.flbackup"), QStringLiteral("b\u202egpj.exe"), QStringLiteral("two\nlines")}) {
            QFile file(stick.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
        }
        QVERIFY(QFile::link(outside.path(), stick.filePath(QStringLiteral("out"))));
        const QStringList roots{root.path()};
        const auto places = listFolder({}, roots);
        VERIFY_OK(places);
        QCOMPARE(places->value(u"places").toArray().size(), 1);
        const QString path = places->value(u"places").toArray().first().toObject().value(u"path").toString();
        QCOMPARE(path, stick.path());

        const auto listed = listFolder({{QStringLiteral("path"), path}}, roots);
        VERIFY_OK(listed);
        QCOMPARE(listed->value(u"folders").toArray().size(), 1);
        const QJsonArray files = listed->value(u"files").toArray();
        QCOMPARE(files.size(), 3);
        QCOMPARE(files[1].toObject().value(u"name").toString(), QStringLiteral("b\ufffdgpj.exe"));
        QCOMPARE(files[2].toObject().value(u"name").toString(), QStringLiteral("two\ufffdlines"));
        QVERIFY(QFile::exists(files[2].toObject().value(u"path").toString()));
        QCOMPARE(listed->value(u"parent").toString(), root.path());
        for (const QString& wrong :
             {stick.filePath(QStringLiteral("out")), stick.filePath(QStringLiteral("../..")), QStringLiteral("/etc"),
              stick.filePath(QStringLiteral("a.flbackup")), stick.filePath(QStringLiteral("gone")),
              root.path() + QStringLiteral("x"), outside.path()})
            QVERIFY2(!listFolder({{QStringLiteral("path"), wrong}}, roots), qPrintable(wrong));

        for (int i = 0; i < 600; ++i) {
            QFile file(stick.filePath(QStringLiteral("people/%1.jpg").arg(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        const auto many = listFolder({{QStringLiteral("path"), stick.filePath(QStringLiteral("people"))}}, roots);
        VERIFY_OK(many);
        QCOMPARE(many->value(u"files").toArray().size(), 500);
        QVERIFY(many->value(u"more").toBool());
        QCOMPARE(shownName(QString(200, u'a')).size(), 81);
        QCOMPARE(shownName(QStringLiteral("\U0001F600 \u05e9\u05dc\u05d5\u05dd")),
                 QStringLiteral("\U0001F600 \u05e9\u05dc\u05d5\u05dd"));
    }

    void theCommandLineDoesTheSameWithoutADoor() {
        const core::Person alice = add("Alice");
        log(alice);
        cleanup(); // nobody owns the data now
        const QString data = m_data->path(), stick = m_stick->path();
        const auto typed = [](const char* text) { return QByteArray(text) + '\n'; };
        Ended ended = ctl(data, {QStringLiteral("backup"), QStringLiteral("write"), stick}, typed("short"));
        QCOMPARE(ended.code, 2);
        ended = ctl(data,
                    {QStringLiteral("backup"), QStringLiteral("write"), stick, QStringLiteral("--without"),
                     QStringLiteral("settings")},
                    typed(passphrase));
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY(ended.out.contains("1 with 1 face templates"));
        const QStringList files = QDir(stick).entryList({QStringLiteral("*.flbackup")}, QDir::Files);
        QCOMPARE(files.size(), 1);
        const QString file = m_stick->filePath(files.first());

        ended = ctl(data, {QStringLiteral("backup"), QStringLiteral("inspect"), file, QStringLiteral("--json")},
                    typed(passphrase));
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(QJsonDocument::fromJson(ended.out).object().value(u"people").toInteger(), 1);
        ended = ctl(data, {QStringLiteral("backup"), QStringLiteral("inspect"), file}, typed("another passphrase"));
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.contains("passphrase"), ended.err.constData());

        const QTemporaryDir other;
        const QString fresh = other.filePath(QStringLiteral("data"));
        ended = ctl(fresh, {QStringLiteral("backup"), QStringLiteral("restore"), file}, typed(passphrase));
        QCOMPARE(ended.code, 1); // nobody agreed
        ended = ctl(fresh, {QStringLiteral("backup"), QStringLiteral("restore"), file, QStringLiteral("--yes")},
                    typed(passphrase));
        QVERIFY2(ended.code == 0, ended.err.constData());
        ended = ctl(fresh, {QStringLiteral("person"), QStringLiteral("list")});
        QVERIFY2(ended.out.contains("Alice"), ended.out + ended.err);
        ended = ctl(fresh, {QStringLiteral("log"), QStringLiteral("verify")});
        QVERIFY2(ended.code == 0, ended.err.constData());

        ended = ctl(fresh, {QStringLiteral("person"), QStringLiteral("export"), QStringLiteral("Alice"), stick});
        QVERIFY2(ended.code == 0, ended.err.constData());
        QCOMPARE(QDir(stick).entryList({QStringLiteral("*.zip")}, QDir::Files).size(), 1);
        ended = ctl(fresh, {QStringLiteral("person"), QStringLiteral("erase"), QStringLiteral("Alice"),
                            QStringLiteral("--receipt"), stick});
        QCOMPARE(ended.code, 1); // nobody agreed
        ended = ctl(fresh, {QStringLiteral("person"), QStringLiteral("erase"), QStringLiteral("Alice"),
                            QStringLiteral("--receipt"), stick, QStringLiteral("--yes")});
        QVERIFY2(ended.code == 0, ended.err.constData());
        QVERIFY(ended.out.contains("Receipt of an erasure"));
        QCOMPARE(QDir(stick).entryList({QStringLiteral("facelatch-erasure-*.txt")}, QDir::Files).size(), 1);
        ended = ctl(fresh, {QStringLiteral("person"), QStringLiteral("list")});
        QVERIFY2(!ended.out.contains("Alice"), ended.out.constData());
    }

private:
    std::string path() const { return m_data->path().toStdString(); }
    QJsonObject writing() const {
        return {{QStringLiteral("folder"), m_stick->path()},
                {QStringLiteral("passphrase"), QLatin1String(passphrase)},
                {QStringLiteral("by"), QStringLiteral("tester")}};
    }
    static QJsonObject reading(const QString& file) {
        return {{QStringLiteral("file"), file}, {QStringLiteral("passphrase"), QLatin1String(passphrase)}};
    }
    QJsonObject personArgs(const core::Person& person) const {
        return {{QStringLiteral("id"), QString::fromStdString(person.id.value.text())},
                {QStringLiteral("folder"), m_stick->path()},
                {QStringLiteral("by"), QStringLiteral("tester")}};
    }
    core::Person add(const std::string& name) {
        core::Person person = somebody(name);
        in([&](storage::Store& store) { return bool(store.addPerson(person, {templateOf(person)}, {}, "tester")); });
        return person;
    }
    void log(const core::Person& person) {
        in([&](storage::Store& store) { return bool(store.append(visitOf(person), storage::Bytes(3000, 0x42))); });
    }
    template<typename Work>
    void in(Work work) {
        std::promise<bool> done;
        m_store->post([&](StoreThread& thread) { done.set_value(work(*thread.store)); });
        QVERIFY(done.get_future().get());
    }
    core::Result<QJsonObject> ask(const QString& command, const QJsonObject& args) {
        std::promise<core::Result<QJsonObject>> done;
        const CommandReply reply = [&done](const core::Result<QJsonObject>& answer) { done.set_value(answer); };
        if (BackupDesk::serves(command))
            m_desk->run(command, args, reply);
        else
            m_store->post([&](StoreThread& thread) { reply(runStoreCommand(*thread.store, command, args, now())); });
        return done.get_future().get();
    }
    /// The state of the job when it has ended.
    QJsonObject finished() {
        QJsonObject state;
        const auto ended = [&] {
            state = *ask(QStringLiteral("backup.state"), {});
            return !state.value(u"running").toBool();
        };
        return QTest::qWaitFor(ended, deadlineMs) ? state : QJsonObject();
    }

    std::unique_ptr<QTemporaryDir> m_stick, m_data;
    std::unique_ptr<WorkerThread<StoreThread>> m_store;
    std::unique_ptr<BackupDesk> m_desk;
    std::atomic<int> m_restarts = 0;
};

QTEST_GUILESS_MAIN(TestBackupCommands)
#include "tst_backup_commands.moc"
