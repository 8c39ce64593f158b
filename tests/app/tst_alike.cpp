// SPDX-License-Identifier: GPL-3.0-or-later
// Face and PIN for people who look alike: stricter, and never at another time than before; new pictures of somebody.
#include "app/clock.h"
#include "app/rules.h"
#include "app/use_cases.h"
#include "storage/store.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace facelatch;

namespace {

QString str(const char* text) {
    return QString::fromUtf8(text);
}

class Alike : public ::testing::Test {
protected:
    void SetUp() override {
        auto folder = storage::DataFolder::claim(m_data.path().toStdString());
        ASSERT_TRUE(folder) << folder.error().text();
        m_folder.emplace(*std::move(folder));
        auto store = storage::Store::open(*m_folder, app::storeOptions({}, app::now().wall));
        ASSERT_TRUE(store) << store.error().text();
        m_store = *std::move(store);
        for (const char* name : {"Ann", "Eve", "Bob"})
            ASSERT_TRUE(run("person.add", {{str("name"), str(name)}, {str("templates"), QJsonArray{face(0.6F)}}}));
    }
    static void SetUpTestSuite() {
        static int argc = 1;
        static char name[] = "test";
        static char* argv[] = {name, nullptr};
        if (QCoreApplication::instance() == nullptr)
            new QCoreApplication(argc, argv); // lives as long as the process: Qt's drivers want one
    }
    static QJsonObject face(float first) {
        core::FaceTemplate item;
        item.modelId = "net";
        item.values = {first, 0.8F};
        return app::toJson(item);
    }
    core::Result<QJsonObject> run(const char* command, const QJsonObject& args) {
        return app::runStoreCommand(*m_store, QLatin1String(command), args, app::now());
    }
    void rules() {
        for (const char* group : {"Staff", "Guests"})
            ASSERT_TRUE(run("group.add", {{str("name"), str(group)}}));
        ASSERT_TRUE(run("schedule.add", {{str("name"), str("Week")}, {str("periods"), str("Mon-Fri 07:00-19:00")}}));
        ASSERT_TRUE(run("schedule.add", {{str("name"), str("Night")}, {str("periods"), str("daily 22:00-06:00")}}));
        const auto rule = [&](const char* group, const char* schedule, const char* mode) {
            return run("rule.add",
                       {{str("group"), str(group)}, {str("schedule"), str(schedule)}, {str("mode"), str(mode)}});
        };
        ASSERT_TRUE(rule("Staff", "Week", "face"));
        ASSERT_TRUE(rule("Staff", "Night", "face_pin"));
        ASSERT_TRUE(rule("Guests", "Night", "card_pin"));
        ASSERT_TRUE(
            run("group.members", {{str("group"), str("Staff")}, {str("add"), QJsonArray{str("Ann"), str("Bob")}}}));
        ASSERT_TRUE(run("group.members", {{str("group"), str("Guests")}, {str("add"), QJsonArray{str("Eve")}}}));
    }
    QString groupsOf(const char* name) {
        QStringList groups;
        for (const auto& group : run("person.show", {{str("who"), str(name)}})->value(u"groups").toArray())
            groups << group.toString();
        return groups.join(u',');
    }

    QTemporaryDir m_data;
    std::optional<storage::DataFolder> m_folder;
    std::unique_ptr<storage::Store> m_store;
};

const QJsonObject annAndEve{{str("ids"), QJsonArray{str("Ann"), str("Eve")}}};

} // namespace

TEST_F(Alike, WithoutRulesItSaysWhatIsMissing) {
    const auto done = run("person.face_and_pin", annAndEve);
    ASSERT_FALSE(done);
    EXPECT_FALSE(done.error().remedy.empty());
    EXPECT_EQ(run("group.list", {})->value(u"groups").toArray().size(), 0);
}

TEST_F(Alike, TheyMoveBesideTheirGroups) {
    rules();
    const auto done = run("person.face_and_pin", annAndEve);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(groupsOf("Ann"), str("Staff (face and PIN)"));
    EXPECT_EQ(groupsOf("Eve"), str("Guests")) << "never let in by the face alone";
    EXPECT_EQ(groupsOf("Bob"), str("Staff"));
    EXPECT_EQ(done->value(u"without_pin").toArray().size(), 2);
    QStringList rules;
    for (const auto& each : run("rule.list", {})->value(u"rules").toArray()) {
        const QJsonObject rule = each.toObject();
        if (rule.value(u"group").toString().contains(u"PIN"))
            rules << rule.value(u"schedule").toString() + u' ' + rule.value(u"mode").toString();
    }
    rules.sort();
    EXPECT_EQ(rules.join(u','), str("Night face_pin,Week face_pin"));
    EXPECT_TRUE(m_store->verifyAudit()->intact);
}

TEST_F(Alike, AskedTwiceNothingIsDoubled) {
    rules();
    ASSERT_TRUE(run("person.face_and_pin", annAndEve));
    const auto before = run("rule.list", {})->value(u"rules").toArray().size();
    ASSERT_TRUE(run("person.face_and_pin", annAndEve));
    const QJsonObject bob{{str("ids"), QJsonArray{str("Bob")}}};
    ASSERT_TRUE(run("person.face_and_pin", bob));
    EXPECT_EQ(run("rule.list", {})->value(u"rules").toArray().size(), before);
    EXPECT_EQ(groupsOf("Bob"), str("Staff (face and PIN)"));
    EXPECT_FALSE(run("person.face_and_pin", {{str("ids"), QJsonArray{str("Nobody")}}}));
}

TEST_F(Alike, NewPicturesTakeTheOldOnesPlace) {
    const QJsonObject args{{str("who"), str("Ann")}, {str("templates"), QJsonArray{face(0.1F), face(0.2F)}}};
    ASSERT_TRUE(run("person.faces", args));
    EXPECT_EQ(run("person.show", {{str("who"), str("Ann")}})->value(u"template_models").toArray().size(), 2);
    EXPECT_FALSE(run("person.faces", {{str("who"), str("Ann")}}));
    EXPECT_FALSE(run("person.faces", {{str("who"), str("Nobody")}, {str("templates"), QJsonArray{face(0.1F)}}}));
    EXPECT_EQ(run("person.show", {{str("who"), str("Ann")}})->value(u"template_models").toArray().size(), 2);
}
