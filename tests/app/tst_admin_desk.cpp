// SPDX-License-Identifier: GPL-3.0-or-later
// The desk behind the admin's screens: who may what, sessions and their end, wrong PINs, set-up, the test of the lock.
#include "app/admin_cases.h"
#include "app/admin_desk.h"
#include "app/clock.h"
#include "app/command_rights.h"
#include "app/pin_cases.h"
#include "app/rules.h"
#include "app/use_cases.h"
#include "core/settings.h"
#include "tests/support/source_dir.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <sys/wait.h>
#include <unistd.h>

using namespace facelatch;
using core::ErrorKind;

namespace {

constexpr int patience = 60'000;
const QString adaPin = QStringLiteral("481726"), bobPin = QStringLiteral("905318"), wrongPin = QStringLiteral("731946");

/// A desk with a real store, all in one thread: what would go to another one comes from the event loop.
struct Office {
    explicit Office(const QString& path, core::milliseconds idle = core::milliseconds(3'600'000),
                    core::milliseconds minute = core::milliseconds(3'600'000))
        : folder(*storage::DataFolder::claim(path.toStdString())),
          store(*storage::Store::open(folder, app::storeOptions({}, app::now().wall))) {
        pins.setHasher(store->pinHasher());
        app::AdminDeskContext context;
        context.door = "door-1";
        context.withStore = [this](const auto& work) {
            later([this, work] {
                if (closed)
                    work(core::Error{ErrorKind::OutOfService, "the data is not open", {}, {}});
                else
                    work(store.get());
            });
        };
        context.inPins = [this](const auto& work) { later([this, work] { work(pins); }); };
        context.run = [this](const QString& command, const QJsonObject& args, const app::CommandReply& reply) {
            later([=, this] {
                ran.push_back({command, args});
                const auto sealed = app::carriesPin(args) ? pins.seal(command, args) : core::Result<QJsonObject>(args);
                reply(sealed ? app::runStoreCommand(*store, command, *sealed, clock()) : sealed);
                if (const QString what = app::whatChanges(command); !what.isEmpty())
                    desk->tell(what);
            });
        };
        context.testLock = [this](core::MonoTime notAfter, const std::function<void(core::Status)>& done) {
            later([=, this] {
                ++releases;
                lastNotAfter = notAfter;
                done(core::Done{});
            });
        };
        context.withSettings = [this](const QJsonObject& choice, const app::SettingsCommit& commit) {
            return commit([&] {
                written = choice;
                return settingsFail ? core::Status(core::fail("the disk is full")) : core::Status(core::Done{});
            });
        };
        context.now = [this] { return clock(); };
        context.idleEnd = idle;
        context.setupMinute = minute;
        desk = std::make_unique<app::AdminDesk>(std::move(context));
        desk->dataOpened();
        desk->dataOpened(); // as when a door starts: twice, and one minute of the set-up
    }

    template<typename Work>
    void later(Work work) {
        QMetaObject::invokeMethod(&loop, std::move(work), Qt::QueuedConnection);
    }
    core::Now clock() const { return {app::now().mono + ahead, app::now().wall + ahead}; }

    core::Result<QJsonObject> ask(const char* command, const QJsonObject& args = {}) {
        std::optional<core::Result<QJsonObject>> answer;
        desk->ask(QLatin1String(command), args, &asker, [&](const core::Result<QJsonObject>& said) { answer = said; });
        const bool early = answer.has_value();
        if (early || !QTest::qWaitFor([&] { return answer.has_value(); }, patience))
            return core::fail(early ? "the answer came from within ask()" : "no answer came");
        return *answer;
    }
    core::Result<QJsonObject> signIn(const QString& pin) {
        return ask("session.sign_in", {{QStringLiteral("pin"), pin}});
    }
    QJsonObject state() {
        const auto answer = ask("session.state");
        return answer ? *answer : QJsonObject();
    }
    core::Status addAdmin(const QString& name, const QString& pin, const char* role) {
        const auto args = app::withVerifier(*store->pinHasher(), QStringLiteral("admin.add"),
                                            {{QStringLiteral("name"), name},
                                             {QStringLiteral("role"), QLatin1String(role)},
                                             {QStringLiteral("pin"), pin}});
        const auto added = args ? app::runStoreCommand(*store, QStringLiteral("admin.add"), *args, clock())
                                : core::Result<QJsonObject>(args.error());
        desk->tell(QStringLiteral("admins"));
        return added ? core::Status(core::Done{}) : core::Status(added.error());
    }
    storage::AuditEntry newest() {
        const auto audit = store->audit(0, 1);
        return audit && !audit->empty() ? audit->front() : storage::AuditEntry{};
    }

    storage::DataFolder folder;
    std::unique_ptr<storage::Store> store;
    app::PinWorker pins;
    QObject loop, asker;
    std::vector<std::pair<QString, QJsonObject>> ran;
    QJsonObject written;
    bool settingsFail = false, closed = false;
    int releases = 0;
    core::MonoTime lastNotAfter{};
    core::milliseconds ahead{0};
    std::unique_ptr<app::AdminDesk> desk;
};

QString kindOf(const core::Result<QJsonObject>& answer) {
    if (answer)
        return QStringLiteral("granted");
    return answer.error().kind == ErrorKind::Refused ? QStringLiteral("refused")
                                                     : QString::fromStdString(answer.error().text());
}

} // namespace

class TestAdminDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTableOfKindRoleAndCommandIsPinned();
    void everyCommandOfTheScreensHasARow();
    void signedInWithTheRolesRights();
    void nobodyAsksWithoutSigningIn();
    void changesAreAuditedByName();
    void wrongPinsLockAndARestartGivesNoTryBack();
    void aKillGivesNoTryBack();
    void theSessionEndsByItself();
    void touchesAndPresenceKeepTheSession();
    void theSessionEndsWhenTheAdminIsRemoved();
    void setUpMakesTheFirstAdminOrNothing();
    void setUpClosesAndIsReopened();
    void theLockIsTestedByAdminsAndInSetUp();
    void withoutDataNobodySignsIn();
    void aGoneAskerHearsNothing();
    void thePinNeverReachesAHandler();

private:
    QTemporaryDir m_dir;
    QString fresh() {
        const QString path = m_dir.filePath(QString::number(++m_number));
        QDir().mkpath(path);
        return path;
    }
    int m_number = 0;
};

// Letters of the roles that may, o operator and a admin, of the kind admin; the other kinds never sign in here, and
// what they may by the same actions stands in tst_principal.
void TestAdminDesk::theTableOfKindRoleAndCommandIsPinned() {
    const std::map<std::string, std::string> pinned{
        {"person.list", "oa"},
        {"person.show", "oa"},
        {"person.portrait", "oa"},
        {"person.close", "oa"},
        {"person.add", "oa"},
        {"person.set", "a"},
        {"person.remove", "a"},
        {"person.erase", "a"},
        {"person.export", "a"},
        {"person.face_and_pin", "a"},
        {"enrol.", "oa"},
        {"folder.list", "oa"},
        {"log.", "oa"},
        {"audit.list", "a"},
        {"audit.verify", "a"},
        {"group.list", "oa"},
        {"group.add", "a"},
        {"group.set", "a"},
        {"group.members", "a"},
        {"group.remove", "a"},
        {"schedule.list", "oa"},
        {"schedule.show", "oa"},
        {"schedule.add", "a"},
        {"schedule.set", "a"},
        {"schedule.remove", "a"},
        {"holiday.list", "oa"},
        {"holiday.add", "a"},
        {"holiday.remove", "a"},
        {"rule.list", "oa"},
        {"rule.add", "a"},
        {"rule.remove", "a"},
        {"access.preview", "oa"},
        {"settings.", "a"},
        {"system.", "a"},
        {"sound.", "a"},
        {"storage.health", "a"},
        {"lock.test", "a"},
        {"door.state", "oa"},
        {"backup.", "a"},
        {"admin.", "a"},
        {"viewer.", "a"},
        {"tls.", "a"},
    };
    QCOMPARE(app::commandRights().size(), pinned.size());
    for (const app::CommandRight& row : app::commandRights()) {
        const auto expected = pinned.find(row.command);
        QVERIFY2(expected != pinned.end(), row.command);
        core::Principal admin;
        admin.kind = core::PrincipalKind::Admin;
        for (const core::Role role : core::roles()) {
            admin.role = role;
            const bool may = core::mayDo(admin, row.action, "door-1", app::now().wall);
            // Log and state and nothing else are open to the role viewer, which no admin can be given.
            const std::string_view name(row.command);
            const bool wanted = role == core::Role::Viewer
                                    ? name == "log." || name == "door.state"
                                    : expected->second.find(core::roleCode(role)[0]) != std::string::npos;
            QVERIFY2(may == wanted, row.command);
        }
    }
}

/// What a screen asks for and the table does not know is refused to everybody: this finds it before an admin does.
void TestAdminDesk::everyCommandOfTheScreensHasARow() {
    static const QRegularExpression command(
        QStringLiteral("\"((?:session|setup|lock|admin|person|enrol|folder|log|"
                       "audit|group|schedule|holiday|rule|access|settings|system|"
                       "sound|backup|storage|viewer|tls|door)\\.[a-z_.]*[a-z_])\""));
    const QSet<QString> own{QStringLiteral("session.state"), QStringLiteral("session.sign_in"),
                            QStringLiteral("session.sign_out"), QStringLiteral("session.touch"),
                            QStringLiteral("setup.finish")};
    int found = 0;
    QDirIterator files(QStringLiteral(FACELATCH_SOURCE_DIR "/ui"), {QStringLiteral("*.cpp")}, QDir::Files);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.fileName().endsWith(QStringLiteral("/audit_words.cpp")))
            continue; // names of what was done, by facelatch-ctl as well
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto matches = command.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const QString name = matches.next().captured(1);
            // Settings have keys that look alike, and are no commands.
            if (core::settingRow(name.toStdString()) != nullptr || name.startsWith(u"session.refused"))
                continue;
            ++found;
            QVERIFY2(own.contains(name) || app::actionAtScreen(name),
                     qPrintable(name + QStringLiteral(" of ") + file.fileName()));
        }
    }
    qInfo("%d commands in the screens", found);
    QVERIFY(!app::actionOf(QStringLiteral("door.open")));
    for (const char* fromAfar : {"door.unlock", "door.lockdown"}) {
        QVERIFY2(!app::actionOf(QLatin1String(fromAfar)), "a viewer's question must not move the door");
        QVERIFY(app::actionAtScreen(QLatin1String(fromAfar)));
    }
    QVERIFY(!app::actionOf(QStringLiteral("person.templates")));
    QVERIFY(!app::actionOf(QStringLiteral("log")));
    QVERIFY(!app::actionOf(QStringLiteral("")));
}

void TestAdminDesk::signedInWithTheRolesRights() {
    Office office(fresh());
    QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
    QVERIFY(office.addAdmin(QStringLiteral("Bob"), bobPin, "operator"));
    QCOMPARE(office.state().value(u"setup").toString(), QStringLiteral("done"));
    QCOMPARE(office.state().value(u"signed_in").toBool(true), false);

    const auto bob = office.signIn(bobPin);
    QVERIFY2(bob, bob ? "" : bob.error().text().c_str());
    QCOMPARE(bob->value(u"name").toString(), QStringLiteral("Bob"));
    QCOMPARE(bob->value(u"role").toString(), QStringLiteral("operator"));
    QVERIFY(bob->value(u"may").toArray().contains(QStringLiteral("enrol_person")));
    QVERIFY(!bob->value(u"may").toArray().contains(QStringLiteral("change_person")));
    QCOMPARE(office.state().value(u"name").toString(), QStringLiteral("Bob"));
    QCOMPARE(kindOf(office.ask("person.list")), QStringLiteral("granted"));
    for (const char* command : {"admin.list", "person.set", "rule.add", "settings.set", "backup.write", "lock.test"})
        QCOMPARE(kindOf(office.ask(command)), QStringLiteral("refused"));
    QCOMPARE(office.ran.size(), std::size_t{1});

    QVERIFY(office.ask("session.sign_out"));
    QCOMPARE(office.state().value(u"signed_in").toBool(true), false);
    QVERIFY(office.signIn(adaPin));
    QCOMPARE(kindOf(office.ask("admin.list")), QStringLiteral("granted"));
    const auto unknown = office.ask("door.open");
    QVERIFY(!unknown && unknown.error().kind == ErrorKind::Usage);
}

void TestAdminDesk::nobodyAsksWithoutSigningIn() {
    Office office(fresh());
    QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
    for (const app::CommandRight& row : app::commandRights()) {
        std::string command = row.command;
        if (command.back() == '.')
            command += "list";
        QCOMPARE(kindOf(office.ask(command.c_str())), QStringLiteral("refused"));
    }
    QVERIFY(office.ran.empty());
}

void TestAdminDesk::changesAreAuditedByName() {
    Office office(fresh());
    QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
    QVERIFY(office.signIn(adaPin));
    QCOMPARE(QString::fromStdString(office.newest().by.who), QStringLiteral("Ada"));
    QSignalSpy changed(office.desk.get(), &ui::AdminPort::changed);
    // Whoever asks cannot say who asks.
    QVERIFY(office.ask("group.add", {{QStringLiteral("name"), QStringLiteral("Staff")},
                                     {QStringLiteral("by"), QStringLiteral("somebody else")}}));
    QCOMPARE(QString::fromStdString(office.newest().by.who), QStringLiteral("Ada"));
    QCOMPARE(QString::fromStdString(office.newest().note.action), QStringLiteral("group.add"));
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), patience);
    QCOMPARE(changed.front().front().toString(), QStringLiteral("access"));
}

void TestAdminDesk::wrongPinsLockAndARestartGivesNoTryBack() {
    const QString path = fresh();
    core::milliseconds ahead{0};
    {
        Office office(path);
        QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
        for (int i = 1; i <= 5; ++i) {
            QCOMPARE(kindOf(office.signIn(wrongPin)), QStringLiteral("refused"));
            QCOMPARE(office.state().value(u"failures").toInt(), i);
        }
        const int locked = office.state().value(u"locked_for_s").toInt();
        QVERIFY2(locked > 0 && locked <= 30, qPrintable(QString::number(locked)));
        QCOMPARE(kindOf(office.signIn(adaPin)), QStringLiteral("refused"));
        QCOMPARE(office.state().value(u"failures").toInt(), 5);
        QCOMPARE(QString::fromStdString(office.newest().note.action), QStringLiteral("session.refused"));
        QCOMPARE(QString::fromStdString(office.newest().by.who), QStringLiteral("somebody at the screen"));
    }
    for (const int seconds : {60, 120, 240, 480, 900, 900}) {
        Office office(path); // started anew
        office.ahead = ahead;
        QVERIFY(office.state().value(u"locked_for_s").toInt() > 0);
        QCOMPARE(kindOf(office.signIn(adaPin)), QStringLiteral("refused"));
        ahead += core::milliseconds(900'000);
        office.ahead = ahead;
        QCOMPARE(office.state().value(u"locked_for_s").toInt(), 0);
        QCOMPARE(kindOf(office.signIn(wrongPin)), QStringLiteral("refused"));
        const int locked = office.state().value(u"locked_for_s").toInt();
        QVERIFY2(locked > seconds - 30 && locked <= seconds, qPrintable(QString::number(locked)));
    }
    Office office(path);
    office.ahead = ahead + core::milliseconds(900'000);
    QVERIFY(office.signIn(adaPin));
    QCOMPARE(office.state().value(u"failures").toInt(), 0);
    QVERIFY(office.store->lockouts()->empty());
}

/// Killed the moment it has answered: what it answered is on the disk.
void TestAdminDesk::aKillGivesNoTryBack() {
    const QString path = fresh();
    { Office office(path); }
    for (int round = 1; round <= 5; ++round) {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            auto folder = storage::DataFolder::claim(path.toStdString());
            auto store = folder ? storage::Store::open(*folder, app::storeOptions({}, app::now().wall))
                                : core::Result<std::unique_ptr<storage::Store>>(folder.error());
            char said = 'x';
            if (store) {
                app::SignIn signIn("door-1");
                const auto tried = signIn.attempt(**store, core::PinVerifier{1}, app::now());
                said = !tried && tried.error().kind == ErrorKind::Refused ? 'r' : 'x';
            }
            if (::write(ends[1], &said, 1) == 1)
                ::kill(::getpid(), SIGKILL);
            ::_exit(1);
        }
        char said = 0;
        QCOMPARE(::read(ends[0], &said, 1), ssize_t{1});
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(said, 'r');
        ::close(ends[0]);
        ::close(ends[1]);
        Office office(path);
        QCOMPARE(office.state().value(u"failures").toInt(), round);
        QCOMPARE(office.state().value(u"locked_for_s").toInt() > 0, round == 5);
    }
}

void TestAdminDesk::theSessionEndsByItself() {
    Office office(fresh(), core::milliseconds(50));
    QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
    QSignalSpy out(office.desk.get(), &ui::AdminPort::signedOut);
    QVERIFY(office.signIn(adaPin));
    QTRY_COMPARE_WITH_TIMEOUT(out.size(), 1, patience);
    QCOMPARE(kindOf(office.ask("person.list")), QStringLiteral("refused"));
}

void TestAdminDesk::touchesAndPresenceKeepTheSession() {
    Office office(fresh());
    QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
    auto* idle = office.desk->findChild<QTimer*>(QStringLiteral("idleEnd"));
    QVERIFY(idle != nullptr);
    QCOMPARE(app::AdminDeskContext().idleEnd, core::milliseconds(60'000));
    const auto restartedBy = [&](const auto& work) {
        idle->stop();
        work();
        return idle->isActive();
    };
    const auto press = [&] {
        QEvent event(QEvent::MouseButtonPress);
        QCoreApplication::sendEvent(&office.asker, &event);
    };
    QVERIFY2(!restartedBy(press), "nobody is signed in");
    QVERIFY(office.signIn(adaPin));
    QVERIFY(idle->isActive() && idle->isSingleShot());
    QVERIFY(restartedBy(press));
    QVERIFY(restartedBy([&] { (void)office.ask("session.touch"); }));
    QVERIFY(restartedBy([&] { (void)office.ask("enrol.state"); }));
    QVERIFY2(!restartedBy([&] { (void)office.ask("person.list"); }), "a page that reads is nobody's presence");
    QVERIFY2(!restartedBy([&] { (void)office.ask("session.state"); }), "nor one that looks whether it may");
    QVERIFY(office.ask("session.sign_out"));
    QVERIFY(!restartedBy(press));
    QVERIFY(!restartedBy([&] { (void)office.ask("session.touch"); }));
}

void TestAdminDesk::theSessionEndsWhenTheAdminIsRemoved() {
    Office office(fresh());
    QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
    QVERIFY(office.addAdmin(QStringLiteral("Bob"), bobPin, "admin"));
    QVERIFY(office.signIn(bobPin));
    QSignalSpy out(office.desk.get(), &ui::AdminPort::signedOut);
    // Made an operator meanwhile, by facelatch-ctl: stays, with less.
    QVERIFY(app::runStoreCommand(
        *office.store, QStringLiteral("admin.set"),
        {{QStringLiteral("id"), QStringLiteral("Bob")}, {QStringLiteral("role"), QStringLiteral("operator")}},
        office.clock()));
    office.desk->tell(QStringLiteral("admins"));
    QTRY_COMPARE_WITH_TIMEOUT(office.state().value(u"role").toString(), QStringLiteral("operator"), patience);
    QCOMPARE(kindOf(office.ask("settings.set")), QStringLiteral("refused"));
    QVERIFY(app::runStoreCommand(*office.store, QStringLiteral("admin.remove"),
                                 {{QStringLiteral("id"), QStringLiteral("Bob")}}, office.clock()));
    office.desk->tell(QStringLiteral("admins"));
    QTRY_COMPARE_WITH_TIMEOUT(out.size(), 1, patience);
    QCOMPARE(kindOf(office.ask("person.list")), QStringLiteral("refused"));
    QCOMPARE(kindOf(office.signIn(bobPin)), QStringLiteral("refused"));
}

void TestAdminDesk::setUpMakesTheFirstAdminOrNothing() {
    Office office(fresh());
    QCOMPARE(office.state().value(u"setup").toString(), QStringLiteral("open"));
    QCOMPARE(office.store->setup()->minutesLeft, 29);
    const auto finish = [&](const QString& name, const QString& pin) {
        return office.ask("setup.finish", {{QStringLiteral("language"), QStringLiteral("fr")},
                                           {QStringLiteral("admin_name"), name},
                                           {QStringLiteral("pin"), pin},
                                           {QStringLiteral("door_name"), QStringLiteral("Atelier")},
                                           {QStringLiteral("wiring"), QStringLiteral("fail_safe")}});
    };
    for (const char* bad : {"123456", "48172", "abcdef", ""}) {
        const auto refused = finish(QStringLiteral("Ada"), QLatin1String(bad));
        QVERIFY(!refused && refused.error().kind == ErrorKind::Usage);
    }
    QVERIFY(!finish(QString(), adaPin));
    office.settingsFail = true;
    QVERIFY(!finish(QStringLiteral("Ada"), adaPin));
    QVERIFY(office.store->principals()->empty());
    QCOMPARE(office.state().value(u"setup").toString(), QStringLiteral("open"));
    office.settingsFail = false;
    const auto done = finish(QStringLiteral("Ada"), adaPin);
    QVERIFY2(done, done ? "" : done.error().text().c_str());
    QCOMPARE(office.written.value(u"door_name").toString(), QStringLiteral("Atelier"));
    QVERIFY(!office.written.contains(u"pin"));
    QTRY_COMPARE_WITH_TIMEOUT(office.state().value(u"setup").toString(), QStringLiteral("done"), patience);
    QCOMPARE(kindOf(finish(QStringLiteral("Eve"), bobPin)), QStringLiteral("refused"));
    QCOMPARE(office.store->principals()->size(), std::size_t{1});
    QVERIFY(office.signIn(adaPin));
    QVERIFY(!office.store->changePrincipal(office.store->principals()->front().id, {{}, core::Role::Operator, {}}, {}));
}

void TestAdminDesk::setUpClosesAndIsReopened() {
    const QString path = fresh();
    {
        Office office(path, core::milliseconds(60'000), core::milliseconds(1));
        QTRY_COMPARE_WITH_TIMEOUT(office.state().value(u"setup").toString(), QStringLiteral("closed"), patience);
        QCOMPARE(office.store->setup()->minutesLeft, 0);
        const auto late = office.ask(
            "setup.finish", {{QStringLiteral("admin_name"), QStringLiteral("Ada")}, {QStringLiteral("pin"), adaPin}});
        QCOMPARE(kindOf(late), QStringLiteral("refused"));
        QVERIFY2(late.error().text().find("facelatch-ctl setup reopen") != std::string::npos, "it says how");
        QCOMPARE(kindOf(office.ask("lock.test")), QStringLiteral("refused"));
        QCOMPARE(office.releases, 0);
    }
    Office office(path);
    QCOMPARE(office.state().value(u"setup").toString(), QStringLiteral("closed"));
    QVERIFY(app::runStoreCommand(*office.store, QStringLiteral("setup.reopen"),
                                 {{QStringLiteral("by"), QStringLiteral("ctl")}}, office.clock()));
    office.desk->tell(QStringLiteral("admins"));
    QTRY_COMPARE_WITH_TIMEOUT(office.state().value(u"setup").toString(), QStringLiteral("open"), patience);
    QCOMPARE(office.store->setup()->minutesLeft, 29);
}

void TestAdminDesk::theLockIsTestedByAdminsAndInSetUp() {
    Office office(fresh());
    QCOMPARE(office.state().value(u"setup").toString(), QStringLiteral("open"));
    QVERIFY(office.ask("lock.test"));
    QCOMPARE(office.releases, 1);
    QCOMPARE(QString::fromStdString(office.newest().note.action), QStringLiteral("lock.test"));
    QCOMPARE(QString::fromStdString(office.newest().by.who), QStringLiteral("set-up at the screen"));
    QVERIFY(office.lastNotAfter <= office.clock().mono + core::milliseconds(2000));
    QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
    QTRY_COMPARE_WITH_TIMEOUT(office.state().value(u"setup").toString(), QStringLiteral("done"), patience);
    QCOMPARE(kindOf(office.ask("lock.test")), QStringLiteral("refused"));
    QVERIFY(office.signIn(adaPin));
    QVERIFY(office.ask("lock.test"));
    QCOMPARE(office.releases, 2);
    QCOMPARE(QString::fromStdString(office.newest().by.who), QStringLiteral("Ada"));
    office.closed = true; // what cannot be audited does not happen
    QVERIFY(!office.ask("lock.test"));
    QCOMPARE(office.releases, 2);
}

void TestAdminDesk::withoutDataNobodySignsIn() {
    Office office(fresh());
    QVERIFY(office.addAdmin(QStringLiteral("Ada"), adaPin, "admin"));
    office.closed = true;
    const auto tried = office.signIn(adaPin);
    QVERIFY(!tried && tried.error().kind == ErrorKind::OutOfService);
    office.closed = false;
    QVERIFY(office.signIn(adaPin));
    office.pins.setHasher(nullptr);
    QVERIFY(office.signIn(adaPin).error().kind == ErrorKind::OutOfService);
    // With the key of another device no PIN fits.
    office.pins.setHasher(std::make_shared<const storage::PinHasher>(storage::SecretKey::random()));
    QVERIFY(office.ask("session.sign_out"));
    QCOMPARE(kindOf(office.signIn(adaPin)), QStringLiteral("refused"));
}

void TestAdminDesk::aGoneAskerHearsNothing() {
    Office office(fresh());
    bool heard = false;
    {
        QObject gone;
        office.desk->ask(QStringLiteral("session.state"), {}, &gone,
                         [&](const core::Result<QJsonObject>&) { heard = true; });
    }
    QVERIFY(!office.state().isEmpty());
    QVERIFY(!heard);
}

void TestAdminDesk::thePinNeverReachesAHandler() {
    app::WorkerThread<app::PinWorker> pins(QStringLiteral("pins"), [] { return std::make_unique<app::PinWorker>(); });
    const auto hasher = std::make_shared<const storage::PinHasher>(storage::SecretKey::random());
    pins.post([hasher](app::PinWorker& worker) { worker.setHasher(hasher); });
    std::mutex mutex;
    std::vector<std::pair<QString, QJsonObject>> seen;
    const auto handler = [&](const QString& name) {
        return [&, name](const QString& command, const QJsonObject& args, const app::CommandReply& reply) {
            const std::lock_guard lock(mutex);
            seen.emplace_back(name + u' ' + command, args);
            reply(QJsonObject());
        };
    };
    app::CommandRouter router(pins, handler(QStringLiteral("storage")));
    router.serve(QStringLiteral("enrol."), handler(QStringLiteral("enrolment")));
    router.serve(QStringLiteral("enrol.folder."), handler(QStringLiteral("folders")));
    router.serve(QStringLiteral("person.close"), handler(QStringLiteral("enrolment")));
    std::atomic<int> replies = 0;
    std::atomic<int> errors = 0;
    const app::CommandReply reply = [&](const core::Result<QJsonObject>& answer) {
        errors += answer ? 0 : 1;
        ++replies;
    };
    const QJsonObject pin{{QStringLiteral("pin"), QStringLiteral("4817")}};
    const QJsonObject forged{{QStringLiteral("pin_verifier"), QString(64, u'a')}};
    router.run(QStringLiteral("person.list"), {}, reply);
    router.run(QStringLiteral("enrol.finish"), pin, reply);
    router.run(QStringLiteral("enrol.folder.begin"), {}, reply);
    router.run(QStringLiteral("person.close"), {}, reply);
    router.run(QStringLiteral("person.set"), forged, reply);
    router.run(QStringLiteral("person.set"), {{QStringLiteral("pin"), QJsonValue()}}, reply);
    router.run(QStringLiteral("person.set"), {{QStringLiteral("pin"), QStringLiteral("1234")}}, reply);
    router.run(QStringLiteral("admin.add"), pin, reply); // too short for an admin
    QTRY_COMPARE_WITH_TIMEOUT(replies.load(), 8, patience);
    QCOMPARE(errors.load(), 2);
    const std::lock_guard lock(mutex);
    QSet<QString> names;
    for (const auto& [name, args] : seen) {
        names.insert(name);
        QVERIFY(!args.value(u"pin").isString());
        QVERIFY(args.value(u"pin_verifier").toString() != QString(64, u'a'));
    }
    QCOMPARE(names, (QSet<QString>{QStringLiteral("storage person.list"), QStringLiteral("enrolment enrol.finish"),
                                   QStringLiteral("folders enrol.folder.begin"),
                                   QStringLiteral("enrolment person.close"), QStringLiteral("storage person.set")}));
}

QTEST_GUILESS_MAIN(TestAdminDesk)
#include "tst_admin_desk.moc"
