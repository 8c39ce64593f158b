// SPDX-License-Identifier: GPL-3.0-or-later
// Commands on people and the log: the answers, and that a refused one changes nothing.
#include "app/clock.h"
#include "app/pin_cases.h"
#include "app/rules.h"
#include "app/use_cases.h"
#include "storage/log_reader.h"
#include "storage/store.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <map>

using namespace facelatch;

namespace {

class UseCases : public ::testing::Test {
protected:
    void SetUp() override {
        auto folder = storage::DataFolder::claim(m_data.path().toStdString());
        ASSERT_TRUE(folder) << folder.error().text();
        m_folder.emplace(*std::move(folder));
        auto store = storage::Store::open(*m_folder, app::storeOptions({}, app::now().wall));
        ASSERT_TRUE(store) << store.error().text();
        m_store = *std::move(store);
    }

    core::Result<QJsonObject> run(const char* command, const QJsonObject& args = {}) {
        return app::runStoreCommand(*m_store, QLatin1String(command), args, app::now());
    }
    static QJsonObject person(const QString& name) {
        core::FaceTemplate item;
        item.modelId = "net";
        item.values = {0.6F, 0.8F};
        return {{QStringLiteral("name"), name}, {QStringLiteral("templates"), QJsonArray{app::toJson(item)}}};
    }
    qsizetype people() { return run("person.list")->value(u"people").toArray().size(); }

    static void SetUpTestSuite() {
        static int argc = 1;
        static char name[] = "test";
        static char* argv[] = {name, nullptr};
        if (QCoreApplication::instance() == nullptr)
            new QCoreApplication(argc, argv); // lives as long as the process: Qt's drivers want one
    }

    QTemporaryDir m_data;
    std::optional<storage::DataFolder> m_folder;
    std::unique_ptr<storage::Store> m_store;
};

} // namespace

TEST_F(UseCases, AddsListsShowsAndRemoves) {
    ASSERT_TRUE(run("person.add", person(QStringLiteral("Zoë Ünal"))));
    ASSERT_EQ(people(), 1);
    const auto shown = run("person.show", {{QStringLiteral("who"), QStringLiteral("Zoë Ünal")}});
    ASSERT_TRUE(shown) << shown.error().text();
    EXPECT_EQ(shown->value(u"template_models").toArray(), QJsonArray{QStringLiteral("net")});
    const auto removed = run("person.remove", {{QStringLiteral("who"), shown->value(u"id")}});
    ASSERT_TRUE(removed) << removed.error().text();
    EXPECT_EQ(removed->value(u"templates").toInt(), 1);
    EXPECT_EQ(people(), 0);
}

TEST_F(UseCases, TemplatesTravelUnchanged) {
    ASSERT_TRUE(run("person.add", person(QStringLiteral("Alice"))));
    const auto answer = run("person.templates", {{QStringLiteral("model"), QStringLiteral("net")}});
    ASSERT_TRUE(answer);
    const auto item = app::templateFromJson(answer->value(u"templates").toArray().first().toObject());
    const auto who = app::personFromJson(answer->value(u"people").toArray().first().toObject());
    ASSERT_TRUE(item);
    ASSERT_TRUE(who);
    EXPECT_EQ(item->person, who->id);
    EXPECT_EQ(item->values, (std::vector<float>{0.6F, 0.8F}));
}

TEST_F(UseCases, RefusedRequestsChangeNothing) {
    ASSERT_TRUE(run("person.add", person(QStringLiteral("Alice"))));
    EXPECT_FALSE(run("person.add", person(QStringLiteral("Alice")))) << "a second person of the same name";
    EXPECT_FALSE(run("person.add", person(QString())));
    EXPECT_FALSE(run("person.add", person(QString(201, u'x'))));
    QJsonObject broken = person(QStringLiteral("Bob"));
    broken.insert(QStringLiteral("templates"),
                  QJsonArray{QJsonObject{{QStringLiteral("model"), QStringLiteral("net")},
                                         {QStringLiteral("values"), QStringLiteral("AAA=")}}});
    EXPECT_FALSE(run("person.add", broken));
    EXPECT_FALSE(run("person.show", {{QStringLiteral("who"), QStringLiteral("Nobody")}}));
    EXPECT_FALSE(run("person.remove", {{QStringLiteral("who"), QStringLiteral("'; DROP TABLE person; --")}}));
    EXPECT_FALSE(run("person.fly"));
    EXPECT_EQ(people(), 1);
}

TEST_F(UseCases, LogIsFilteredPagedAndVerified) {
    for (int i = 0; i < 7; ++i) {
        core::Event event;
        event.id = app::newUuid(app::now().wall);
        event.visit = event.id;
        event.door = "door-1";
        event.time = core::WallTime(core::milliseconds(1000 + i));
        event.local = "1970-01-01T00:00:01";
        event.outcome = i % 2 == 0 ? core::Outcome::Granted : core::Outcome::Denied;
        event.reason = i % 2 == 0 ? core::Reason::Face : core::Reason::UnknownPerson;
        event.personName = i % 2 == 0 ? "Alice" : "";
        ASSERT_TRUE(m_store->append(event));
    }
    const auto reader = storage::LogReader::open(m_data.path().toStdString());
    ASSERT_TRUE(reader) << reader.error().text();
    const auto count = [&](const QJsonObject& args) {
        const auto page = app::runLogCommand(**reader, QStringLiteral("log.list"), args);
        return page ? page->value(u"events").toArray().size() : -1;
    };
    EXPECT_EQ(count({}), 7);
    EXPECT_EQ(count({{QStringLiteral("outcome"), QStringLiteral("denied")}}), 3);
    EXPECT_EQ(count({{QStringLiteral("outcome"), QStringLiteral("maybe")}}), -1);
    EXPECT_EQ(count({{QStringLiteral("person"), QStringLiteral("Alice")}}), 4);
    EXPECT_EQ(count({{QStringLiteral("since"), 1005}}), 2);
    EXPECT_EQ(count({{QStringLiteral("before"), 3}}), 2);
    EXPECT_EQ(count({{QStringLiteral("limit"), 5}}), 5);
    const auto verified = app::runLogCommand(**reader, QStringLiteral("log.verify"), {});
    ASSERT_TRUE(verified);
    EXPECT_TRUE(verified->value(u"intact").toBool());
    EXPECT_EQ(verified->value(u"events").toInteger(), 7);
    EXPECT_FALSE(app::runLogCommand(**reader, QStringLiteral("log.shred"), {}));
}

TEST_F(UseCases, TheLogByVisitsDaysAndPeople) {
    core::Person alice;
    alice.id = {app::newUuid(app::now().wall)};
    alice.name = "Alice";
    ASSERT_TRUE(m_store->addPerson(alice, {}));
    const auto append = [&](const QDateTime& when, const core::Uuid7& visit, bool granted, const storage::Bytes& jpeg) {
        core::Event event;
        event.time = core::WallTime(core::milliseconds(when.toMSecsSinceEpoch()));
        event.id = app::newUuid(event.time);
        event.visit = visit;
        event.local = when.toString(Qt::ISODate).toStdString();
        if (granted) {
            event.outcome = core::Outcome::Granted;
            event.reason = core::Reason::Face;
            event.person = alice.id;
            event.personName = alice.name;
        }
        ASSERT_TRUE(m_store->append(event, jpeg));
    };
    const core::Uuid7 early = app::newUuid(app::now().wall), late = app::newUuid(app::now().wall);
    const QDate first(2026, 11, 20), second(2026, 11, 21);
    append(QDateTime(first, {23, 59, 58}), early, false, {});
    append(QDateTime(first, {23, 59, 59}), early, true, {0xff, 0xd8, 0xff, 0xd9});
    append(QDateTime(second, {0, 0, 0}), late, false, {});
    const auto reader = storage::LogReader::open(m_folder->path());
    ASSERT_TRUE(reader) << reader.error().text();
    const auto ask = [&](const char* command, const QJsonObject& args) {
        return app::runLogCommand(**reader, QLatin1String(command), args);
    };
    const auto visits = [&](const QJsonObject& args) { return ask("log.visits", args)->value(u"visits").toArray(); };
    ASSERT_EQ(visits({}).size(), 2);
    const QJsonObject line = visits({{QStringLiteral("day"), QStringLiteral("2026-11-20")}}).first().toObject();
    EXPECT_EQ(line.value(u"visit").toString().toStdString(), early.text());
    EXPECT_EQ(line.value(u"outcome"), QStringLiteral("granted"));
    EXPECT_EQ(line.value(u"reason"), QStringLiteral("face"));
    EXPECT_EQ(line.value(u"person"), QStringLiteral("Alice"));
    EXPECT_EQ(line.value(u"events").toInt(), 2);
    EXPECT_EQ(line.value(u"local"), QStringLiteral("2026-11-20T23:59:58"));
    EXPECT_EQ(visits({{QStringLiteral("day"), QStringLiteral("2026-11-20")}}).size(), 1);
    EXPECT_EQ(visits({{QStringLiteral("reason"), QStringLiteral("unknown_person")}}).size(), 2);
    EXPECT_EQ(visits({{QStringLiteral("outcome"), QStringLiteral("denied")}}).size(), 1);
    EXPECT_EQ(visits({{QStringLiteral("person"), QStringLiteral("Alice")}}).size(), 1);
    const auto page = ask("log.visits", {{QStringLiteral("limit"), 1}});
    const auto rest =
        ask("log.visits", {{QStringLiteral("limit"), 9}, {QStringLiteral("below"), page->value(u"below")}});
    EXPECT_EQ(rest->value(u"visits").toArray(), QJsonArray{line});
    EXPECT_TRUE(rest->value(u"below").isNull());

    const auto shown =
        ask("log.visit", {{QStringLiteral("visit"), line.value(u"visit")}, {QStringLiteral("limit"), 1}});
    EXPECT_EQ(shown->value(u"total").toInt(), 2);
    EXPECT_EQ(shown->value(u"events").toArray().first().toObject().value(u"outcome"), QStringLiteral("denied"));
    const auto days = ask("log.days", {{QStringLiteral("month"), QStringLiteral("2026-11")}});
    EXPECT_EQ(days->value(u"days").toArray(), (QJsonArray{20, 21}));
    EXPECT_EQ(days->value(u"first"), QStringLiteral("2026-11-20"));
    EXPECT_EQ(days->value(u"last"), QStringLiteral("2026-11-21"));
    EXPECT_EQ(ask("log.people", {})->value(u"people").toArray().first().toObject().value(u"name"),
              QStringLiteral("Alice"));
    for (const auto& [command, args] : std::initializer_list<std::pair<const char*, QJsonObject>>{
             {"log.visits", {{QStringLiteral("day"), QStringLiteral("yesterday")}}},
             {"log.visits", {{QStringLiteral("reason"), QStringLiteral("' OR 1")}}},
             {"log.visit", {{QStringLiteral("visit"), QStringLiteral("1")}}},
             {"log.days", {{QStringLiteral("month"), QStringLiteral("2026-13")}}}})
        EXPECT_EQ(ask(command, args).error().kind, core::ErrorKind::Usage) << command;

    EXPECT_TRUE(app::isLogCommand(QStringLiteral("log.visits")));
    EXPECT_FALSE(app::isLogCommand(QStringLiteral("log.picture"))) << "only the store has the keys";
    const auto picture = run("log.picture", {{QStringLiteral("name"), line.value(u"snapshot")}});
    ASSERT_TRUE(picture) << picture.error().text();
    EXPECT_EQ(picture->value(u"jpeg"), QStringLiteral("/9j/2Q=="));
    EXPECT_EQ(run("log.picture", {{QStringLiteral("name"), QStringLiteral("../device.key")}}).error().kind,
              core::ErrorKind::NotFound);
}

TEST_F(UseCases, AccessIsSetUpPreviewedAndAudited) {
    const auto object = [](const QByteArray& fields) { // JSON with ' for "
        QJsonObject made = QJsonDocument::fromJson('{' + QByteArray(fields).replace('\'', '"') + '}').object();
        EXPECT_FALSE(made.isEmpty()) << fields.constData();
        made.insert(QStringLiteral("by"), QStringLiteral("the test"));
        return made;
    };
    const auto may = [&](const QByteArray& who, qint64 time) {
        const auto answer = run("access.preview", object("'door': 'door-1', 'time': " + QByteArray::number(time) +
                                                         ", 'who': '" + who + "'"));
        EXPECT_TRUE(answer) << answer.error().text();
        const QJsonObject row = answer->value(u"people").toArray().first().toObject();
        return row.value(u"may_enter").toBool() ? std::string("yes") : row.value(u"reason").toString().toStdString();
    };
    // Fridays and Sundays of 2026, at noon and at 22:00 of this machine's zone.
    const auto at = [](int day, int hour) {
        return QDateTime(QDate(2026, 11, day), QTime(hour, 0)).toMSecsSinceEpoch();
    };
    ASSERT_TRUE(run("person.add", person(QStringLiteral("Alice"))));
    ASSERT_TRUE(run("person.add", person(QStringLiteral("Bob"))));
    EXPECT_EQ(may("Alice", at(22, 22)), "yes") << "without any rule";

    ASSERT_TRUE(run("group.add", object("'name': 'Staff'")));
    ASSERT_TRUE(run("schedule.add", object("'name': 'Day', 'periods': 'Mon-Fri 07:00-19:00'")));
    const auto added = run("rule.add", object("'group': 'staff', 'schedule': 'day'"));
    ASSERT_TRUE(added) << added.error().text();
    EXPECT_EQ(added->value(u"without_any_rule").toInt(), 2);
    ASSERT_TRUE(run("person.set", object("'who': 'Alice', 'groups': ['Staff']")));
    EXPECT_EQ(may("Alice", at(20, 12)), "yes");
    EXPECT_EQ(may("Alice", at(20, 22)), "out_of_schedule");
    EXPECT_EQ(may("Alice", at(22, 12)), "out_of_schedule");
    EXPECT_EQ(may("Bob", at(20, 12)), "not_permitted");
    ASSERT_TRUE(run("group.members", object("'group': 'Staff', 'add': ['Bob']")));
    EXPECT_EQ(may("Bob", at(20, 12)), "yes");
    ASSERT_TRUE(run("person.set", object("'who': 'Bob', 'uses': 0, 'valid_until': " + QByteArray::number(at(21, 0)) +
                                         ", 'notes': 'x'")));
    EXPECT_EQ(may("Bob", at(20, 12)), "used_up");
    EXPECT_EQ(may("Bob", at(27, 12)), "expired");
    ASSERT_TRUE(run("holiday.add", object("'name': 'Closed', 'date': '2026-11-20'")));
    EXPECT_EQ(may("Alice", at(20, 12)), "out_of_schedule");
    ASSERT_TRUE(run("schedule.set", object("'name': 'Day', 'periods': 'always', 'through_holidays': true")));
    EXPECT_EQ(may("Alice", at(20, 22)), "yes");
    const auto shown = run("person.show", object("'who': 'Bob'"));
    EXPECT_EQ(shown->value(u"groups").toArray(), QJsonArray{QStringLiteral("Staff")});
    EXPECT_EQ(shown->value(u"notes").toString(), QStringLiteral("x"));
    EXPECT_EQ(shown->value(u"uses").toInt(-1), 0);
    EXPECT_TRUE(run("schedule.show", object("'name': 'day'"))->value(u"open_now").toBool());
    EXPECT_EQ(run("rule.list")->value(u"rules").toArray().size(), 1);
    EXPECT_EQ(run("holiday.list")->value(u"holidays").toArray().size(), 1);
    EXPECT_EQ(run("group.list")->value(u"groups").toArray().first().toObject().value(u"members").toInt(), 2);

    // Refused, and nothing noted.
    const auto audited = [&] { return run("audit.verify")->value(u"entries").toInteger(); };
    const qint64 before = audited();
    EXPECT_EQ(before, 10);
    EXPECT_FALSE(run("group.remove", object("'group': 'Staff'")));
    EXPECT_FALSE(run("group.add", object("'name': 'STAFF'")));
    EXPECT_FALSE(run("group.members", object("'group': 'Staff', 'remove': ['Bob', 'Nobody']")));
    EXPECT_FALSE(run("schedule.add", object("'name': 'Odd', 'periods': 'Mon 25:00-26:00'")));
    EXPECT_FALSE(run("schedule.set", object("'name': 'Unknown', 'periods': 'always'")));
    EXPECT_FALSE(run("holiday.add", object("'name': 'Odd', 'date': '2026-02-30'")));
    EXPECT_FALSE(run("holiday.remove", object("'date': '01-01'")));
    EXPECT_FALSE(run("rule.add", object("'group': 'Staff', 'schedule': 'Day', 'mode': 'iris'")));
    EXPECT_FALSE(run("rule.remove", object("'group': 'Staff', 'schedule': 'Day', 'door': 'door-9'")));
    EXPECT_FALSE(run("person.set", object("'who': 'Bob', 'groups': ['Nobody']")));
    EXPECT_FALSE(run("person.set", object("'who': 'Bob', 'valid_from': " + QByteArray::number(at(30, 0)))))
        << "it would end before it begins";
    EXPECT_FALSE(run("person.set", object("'who': 'Bob', 'status': 'gone'")));
    EXPECT_EQ(audited(), before);

    const auto removed = run("rule.remove", object("'group': 'Staff', 'schedule': 'Day'"));
    ASSERT_TRUE(removed) << removed.error().text();
    EXPECT_EQ(removed->value(u"rules").toInt(-1), 0);
    const QJsonObject newest =
        run("audit.list", {{QStringLiteral("limit"), 1}})->value(u"entries").toArray()[0].toObject();
    EXPECT_EQ(newest.value(u"action").toString(), QStringLiteral("rule.remove"));
    EXPECT_EQ(newest.value(u"who").toString(), QStringLiteral("the test"));
    EXPECT_TRUE(run("audit.verify")->value(u"intact").toBool());

    // Another name; members, hours and rules stay.
    ASSERT_TRUE(run("group.set", object("'group': 'staff', 'name': 'Team'")));
    EXPECT_EQ(run("person.show", object("'who': 'Bob'"))->value(u"groups").toArray(),
              QJsonArray{QStringLiteral("Team")});
    const auto renamed = run("schedule.set", object("'name': 'day', 'new_name': 'Daytime'"));
    ASSERT_TRUE(renamed) << renamed.error().text();
    EXPECT_EQ(renamed->value(u"periods").toString(), QStringLiteral("always"));
    EXPECT_TRUE(renamed->value(u"through_holidays").toBool());
    EXPECT_FALSE(run("schedule.show", object("'name': 'Day'")));
}

namespace {

/// As the router or facelatch-ctl does before a command reaches the store.
QJsonObject sealed(const storage::Store& store, const char* command, const QJsonObject& args) {
    const auto done = app::withVerifier(*store.pinHasher(), QLatin1String(command), args);
    return done ? *done : QJsonObject();
}

} // namespace

TEST_F(UseCases, AdminsAreAddedChangedAndRemovedButTheLast) {
    const auto add = [&](const QString& name, const QString& pin, const QString& role) {
        return run("admin.add", sealed(*m_store, "admin.add",
                                       {{QStringLiteral("name"), name},
                                        {QStringLiteral("pin"), pin},
                                        {QStringLiteral("role"), role},
                                        {QStringLiteral("by"), QStringLiteral("the test")}}));
    };
    EXPECT_TRUE(run("admin.list")->value(u"admins").toArray().isEmpty());
    EXPECT_EQ(run("setup.state")->value(u"setup").toString(), QStringLiteral("open"));
    ASSERT_TRUE(add(QStringLiteral("Ada"), QStringLiteral("481726"), QStringLiteral("admin")));
    ASSERT_TRUE(add(QStringLiteral("Bob"), QStringLiteral("905318"), QStringLiteral("operator")));
    EXPECT_FALSE(add(QStringLiteral("Eve"), QStringLiteral("481726"), QStringLiteral("admin"))) << "a PIN is one's own";
    EXPECT_FALSE(add(QStringLiteral("Eve"), QStringLiteral("123456"), QStringLiteral("admin"))) << "no verifier of it";
    EXPECT_FALSE(add(QStringLiteral("Eve"), QStringLiteral("731946"), QStringLiteral("viewer")));
    EXPECT_FALSE(add(QStringLiteral("Eve"), QStringLiteral("731946"), QStringLiteral("emperor")));
    EXPECT_FALSE(run("admin.add", {{QStringLiteral("name"), QStringLiteral("Eve")}})) << "without a PIN";
    EXPECT_EQ(run("setup.state")->value(u"setup").toString(), QStringLiteral("done"));
    EXPECT_EQ(run("setup.reopen").error().kind, core::ErrorKind::Refused);

    const auto listed = run("admin.list");
    ASSERT_TRUE(listed);
    const QJsonArray admins = listed->value(u"admins").toArray();
    ASSERT_EQ(admins.size(), 2);
    EXPECT_EQ(admins[1].toObject().value(u"role").toString(), QStringLiteral("operator"));
    EXPECT_TRUE(admins[0].toObject().value(u"last_seen").isNull());
    for (const auto& admin : admins)
        EXPECT_EQ(admin.toObject().keys().size(), 5) << "and nothing of a PIN";

    const QJsonObject ada{{QStringLiteral("id"), QStringLiteral("ada")}}; // names are compared as people write them
    EXPECT_EQ(run("admin.remove", ada).error().kind, core::ErrorKind::Refused);
    QJsonObject demoted = ada;
    demoted.insert(QStringLiteral("role"), QStringLiteral("operator"));
    EXPECT_EQ(run("admin.set", demoted).error().kind, core::ErrorKind::Refused);
    EXPECT_EQ(run("admin.set", ada).error().kind, core::ErrorKind::Usage) << "nothing is to be changed";
    EXPECT_EQ(run("admin.set", {{QStringLiteral("id"), QStringLiteral("Eve")}}).error().kind,
              core::ErrorKind::NotFound);
    const auto promoted = run("admin.set", {{QStringLiteral("id"), QStringLiteral("Bob")},
                                            {QStringLiteral("role"), QStringLiteral("admin")}});
    ASSERT_TRUE(promoted) << promoted.error().text();
    EXPECT_EQ(promoted->value(u"role").toString(), QStringLiteral("admin"));
    EXPECT_TRUE(run("admin.remove", ada));
    EXPECT_EQ(run("admin.list")->value(u"admins").toArray().size(), 1);
}

TEST_F(UseCases, APersonHasNamePinConsentAndARevision) {
    QJsonObject alice = person(QStringLiteral("Alice"));
    alice.insert(QStringLiteral("pin"), QStringLiteral("4817"));
    alice.insert(QStringLiteral("consent"), QJsonObject{{QStringLiteral("text"), QStringLiteral("2026-1")},
                                                        {QStringLiteral("witness"), QStringLiteral("Ada")}});
    const auto added = run("person.add", sealed(*m_store, "person.add", alice));
    ASSERT_TRUE(added) << added.error().text();
    EXPECT_TRUE(added->value(u"has_pin").toBool());
    ASSERT_TRUE(run("person.add", person(QStringLiteral("Bob"))));

    const QJsonObject who{{QStringLiteral("id"), added->value(u"id")}};
    auto shown = run("person.show", who);
    ASSERT_TRUE(shown) << shown.error().text();
    EXPECT_EQ(shown->value(u"revision").toInt(-1), 0);
    EXPECT_EQ(shown->value(u"consent").toObject().value(u"witness").toString(), QStringLiteral("Ada"));
    EXPECT_FALSE(shown->contains(u"pin") || shown->contains(u"pin_verifier"));
    EXPECT_TRUE(run("person.portrait", who)->contains(u"jpeg"));

    QJsonObject change = who;
    change.insert(QStringLiteral("revision"), 0);
    change.insert(QStringLiteral("name"), QStringLiteral("Alicia"));
    change.insert(QStringLiteral("pin"), QJsonValue());
    const auto changed = run("person.set", change);
    ASSERT_TRUE(changed) << changed.error().text();
    EXPECT_FALSE(changed->value(u"has_pin").toBool(true));
    EXPECT_EQ(changed->value(u"revision").toInt(), 1);

    change.insert(QStringLiteral("name"), QStringLiteral("Alina"));
    EXPECT_EQ(run("person.set", change).error().kind, core::ErrorKind::Conflict);
    EXPECT_EQ(run("person.show", who)->value(u"name").toString(), QStringLiteral("Alicia"));
    change.insert(QStringLiteral("revision"), 1);
    change.insert(QStringLiteral("name"), QStringLiteral("Bob"));
    EXPECT_EQ(run("person.set", change).error().kind, core::ErrorKind::Usage) << "somebody else's name";
    change = who;
    change.insert(QStringLiteral("consent"), QJsonValue());
    EXPECT_TRUE(run("person.set", change)->value(u"consent").isNull());
    change.insert(QStringLiteral("revision"), QStringLiteral("two"));
    EXPECT_EQ(run("person.set", change).error().kind, core::ErrorKind::Usage);
}

TEST_F(UseCases, WhatACommandChangesIsKnown) {
    for (const auto& [command, what] :
         std::map<QString, QString>{{QStringLiteral("admin.list"), {}},
                                    {QStringLiteral("person.list"), {}},
                                    {QStringLiteral("rule.list"), {}},
                                    {QStringLiteral("admin.add"), QStringLiteral("admins")},
                                    {QStringLiteral("setup.reopen"), QStringLiteral("admins")},
                                    {QStringLiteral("person.set"), QStringLiteral("people")},
                                    {QStringLiteral("rule.add"), QStringLiteral("access")}})
        EXPECT_EQ(app::whatChanges(command), what) << command.toStdString();
}
