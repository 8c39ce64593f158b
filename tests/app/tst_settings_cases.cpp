// SPDX-License-Identifier: GPL-3.0-or-later
// settings.list and settings.set: what is told, what is taken, what is refused, and what the audit says.
#include "app/clock.h"
#include "app/local_settings.h"
#include "app/rules.h"
#include "app/settings_cases.h"
#include "app/settings_file.h"
#include "app/system_info.h"
#include "storage/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QTemporaryDir>

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace facelatch;
using testing::HasSubstr;
using testing::Not;

namespace {

class SettingsCases : public ::testing::Test {
protected:
    void SetUp() override {
        m_running.dataFolder = m_data.path().toStdString() + "/data";
        m_running.settingsFile = m_data.path().toStdString() + "/settings.toml";
        std::filesystem::create_directories(m_running.dataFolder);
        auto folder = storage::DataFolder::claim(m_running.dataFolder);
        ASSERT_TRUE(folder) << folder.error().text();
        m_folder.emplace(*std::move(folder));
        auto store = storage::Store::open(*m_folder, app::storeOptions({}, app::now().wall));
        ASSERT_TRUE(store) << store.error().text();
        m_store = *std::move(store);
    }
    /// The door starts: its settings are read.
    void start(const std::string& owner, const std::vector<std::string>& assignments = {}) {
        std::ofstream(m_running.settingsFile) << owner;
        app::CommonOptions options{m_running.dataFolder, m_running.settingsFile, assignments};
        m_running = app::loadSettings(options);
        for (const core::Error& error : m_running.errors)
            ADD_FAILURE() << error.text();
    }
    core::Result<QJsonObject> set(const char* key, const QJsonValue& value) {
        return app::runSettingsCommand(m_running, *m_store, QStringLiteral("settings.set"),
                                       {{QStringLiteral("key"), QLatin1String(key)},
                                        {QStringLiteral("value"), value},
                                        {QStringLiteral("by"), QStringLiteral("Zoé")}},
                                       app::now());
    }
    QJsonObject list() {
        const auto done = app::runSettingsCommand(m_running, *m_store, QStringLiteral("settings.list"), {}, app::now());
        EXPECT_TRUE(done) << done.error().text();
        return done ? *done : QJsonObject();
    }
    QJsonObject row(const char* key) {
        for (const auto& group : list().value(u"groups").toArray())
            for (const auto& each : group.toObject().value(u"rows").toArray())
                if (each.toObject().value(u"key").toString() == QLatin1String(key))
                    return each.toObject();
        ADD_FAILURE() << key;
        return {};
    }
    std::vector<storage::AuditEntry> audit() { return *m_store->audit(0, 100); }

    static void SetUpTestSuite() {
        static int argc = 1;
        static char name[] = "test";
        static char* argv[] = {name, nullptr};
        if (QCoreApplication::instance() == nullptr)
            new QCoreApplication(argc, argv);
    }

    QTemporaryDir m_data;
    app::LoadedSettings m_running;
    std::optional<storage::DataFolder> m_folder;
    std::unique_ptr<storage::Store> m_store;
};

TEST_F(SettingsCases, TheListIsTheTable) {
    start("");
    std::vector<std::string> keys;
    for (const auto& group : list().value(u"groups").toArray()) {
        EXPECT_FALSE(group.toObject().value(u"name").toString().isEmpty());
        for (const auto& each : group.toObject().value(u"rows").toArray())
            keys.push_back(each.toObject().value(u"key").toString().toStdString());
    }
    std::vector<std::string> table;
    for (const core::SettingRow& each : core::settingRows())
        table.emplace_back(each.key);
    EXPECT_EQ(keys, table);
    const QJsonObject time = row("lock.strike_time_ms");
    EXPECT_EQ(time.value(u"type").toString(), QStringLiteral("int"));
    EXPECT_EQ(time.value(u"value").toInt(), 4000);
    EXPECT_EQ(time.value(u"min").toInt(), 500);
    EXPECT_EQ(time.value(u"origin").toString(), QStringLiteral("default"));
    EXPECT_FALSE(list().value(u"restart_needed").toBool());
    EXPECT_EQ(list().value(u"recognition").toObject().value(u"model").toString(),
              QStringLiteral("mobilefacenet-paddlex"));
}

TEST_F(SettingsCases, AChangeIsWrittenWaitsAndIsAudited) {
    start("[lock]\nstrike_time_ms = 3000\n");
    const auto done = set("lock.strike_time_ms", 5000);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_TRUE(done->value(u"restart_needed").toBool());
    EXPECT_TRUE(done->value(u"waits").toBool());
    EXPECT_EQ(row("lock.strike_time_ms").value(u"origin").toString(), QStringLiteral("settings.local.toml"));
    ASSERT_EQ(audit().size(), 1U);
    const storage::AuditEntry entry = audit().front();
    EXPECT_EQ(entry.by.who, "Zoé");
    EXPECT_EQ(entry.note.action, "settings.set");
    EXPECT_EQ(entry.note.subject, "lock.strike_time_ms");
    EXPECT_THAT(entry.note.before, HasSubstr("3000"));
    EXPECT_THAT(entry.note.after, HasSubstr("5000"));
    // Back to what the owner's file says: nothing waits any more.
    const auto reset = set("lock.strike_time_ms", QJsonValue());
    ASSERT_TRUE(reset) << reset.error().text();
    EXPECT_EQ(reset->value(u"value").toInt(), 3000);
    EXPECT_FALSE(reset->value(u"restart_needed").toBool());
    EXPECT_EQ(audit().size(), 2U);
    ASSERT_TRUE(set("lock.strike_time_ms", QJsonValue())); // the same again is no change
    EXPECT_EQ(audit().size(), 2U);
}

TEST_F(SettingsCases, WhatTheTableRefusesChangesNothing) {
    start("");
    struct Row {
        const char* key;
        QJsonValue value;
        const char* said;
    };
    const Row rows[] = {
        {"lock.strike_time_ms", 499, "from 500 to 30000"},
        {"lock.strike_time_ms", 4000.5, "a whole number"},
        {"lock.strike_time_ms", QStringLiteral("4000"), "a whole number"},
        {"lock.strike_time_ms", QJsonArray{4000}, "a whole number"},
        {"recognition.threshold", 1.5, "from 0 to 0.99"},
        {"camera.mirror", QStringLiteral("true"), "true or false"},
        {"screen.theme", QStringLiteral("pink"), "dark"},
        {"screen.day_from", QStringLiteral("25:00"), "07:30"},
        {"door.name", 7, "a text"},
        {"door.name", QJsonObject{}, "a text"},
        {"door.name", QString(1001, QLatin1Char('x')), "1000"},
        {"door.nmae", QStringLiteral("x"), "door.name"},
    };
    for (const Row& each : rows) {
        const auto refused = set(each.key, each.value);
        ASSERT_FALSE(refused) << each.key;
        EXPECT_EQ(refused.error().kind, core::ErrorKind::Usage) << each.key;
        EXPECT_THAT(refused.error().text(), HasSubstr(each.said));
    }
    EXPECT_FALSE(std::filesystem::exists(app::localSettingsPath(m_running.dataFolder)));
    EXPECT_TRUE(audit().empty());
}

TEST_F(SettingsCases, WhatWouldKeepTheDoorFromStartingIsRefused) {
    start("[screen]\ntheme = \"schedule\"\n");
    const auto refused = set("screen.day_until", QStringLiteral("07:00"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ErrorKind::Usage);
    EXPECT_FALSE(set("network.proxy", QStringLiteral("not a proxy")));
    EXPECT_TRUE(set("screen.day_until", QStringLiteral("21:00")));
}

TEST_F(SettingsCases, TheCommandLineWinsAndSaysSo) {
    start("", {"door.name=Given"});
    const auto refused = set("door.name", QStringLiteral("Other"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ErrorKind::Refused);
    EXPECT_TRUE(row("door.name").value(u"fixed").toBool());
    EXPECT_EQ(row("door.name").value(u"value").toString(), QStringLiteral("Given"));
    EXPECT_FALSE(list().value(u"restart_needed").toBool());
}

TEST_F(SettingsCases, SecretsAreNeverTold) {
    start("[camera]\npassword = \"geheim1\"\n");
    ASSERT_TRUE(set("camera.password", QStringLiteral("geheim2")));
    ASSERT_TRUE(set("camera.address", QStringLiteral("rtsp://me:geheim3@camera/live")));
    const QJsonObject secret = row("camera.password"), address = row("camera.address");
    EXPECT_TRUE(secret.value(u"value").isNull());
    EXPECT_TRUE(secret.value(u"set").toBool());
    EXPECT_TRUE(address.value(u"value").isNull());
    EXPECT_EQ(address.value(u"shown").toString(), QStringLiteral("rtsp://...@camera/live"));
    for (const storage::AuditEntry& entry : audit()) {
        EXPECT_THAT(entry.note.before, Not(HasSubstr("geheim")));
        EXPECT_THAT(entry.note.after, Not(HasSubstr("geheim")));
    }
    // It was taken over all the same.
    core::Settings local;
    static_cast<void>(
        app::readSettingsFile(app::localSettingsPath(m_running.dataFolder), core::SettingOrigin::Local, local));
    EXPECT_EQ(local.text("camera.password"), "geheim2");
}

TEST_F(SettingsCases, WithoutTheAuditNothingChanges) {
    start("");
    ASSERT_TRUE(set("door.name", QStringLiteral("Before")));
    m_store.reset();
    auto readOnly = storage::Store::openReadOnly(*m_folder, app::storeOptions({}, app::now().wall));
    ASSERT_TRUE(readOnly) << readOnly.error().text();
    m_store = *std::move(readOnly);
    EXPECT_FALSE(set("door.name", QStringLiteral("After")));
    EXPECT_EQ(row("door.name").value(u"value").toString(), QStringLiteral("Before"));
}

TEST(MeanTimes, AStageCountsWhereItRan) {
    using std::chrono::microseconds;
    const auto none = app::meanTimes({});
    EXPECT_EQ(none.frames, 0);
    EXPECT_FALSE(none.embedMs);
    const auto some = app::meanTimes({{microseconds(10'000), microseconds(0), microseconds(0), microseconds(12'000)},
                                      {microseconds(0), microseconds(20'000), microseconds(0), microseconds(22'000)},
                                      {microseconds(14'000), microseconds(0), microseconds(0), microseconds(14'000)}});
    EXPECT_EQ(some.frames, 3);
    EXPECT_DOUBLE_EQ(*some.detectMs, 12);
    EXPECT_DOUBLE_EQ(*some.embedMs, 20);
    EXPECT_FALSE(some.livenessMs);
    EXPECT_DOUBLE_EQ(some.wholeMs, 16);
}

TEST_F(SettingsCases, TheSystemIsTold) {
    start("");
    const QJsonObject info = app::systemInfo(m_running, {}, {});
    EXPECT_GT(info.value(u"storage").toObject().value(u"free").toDouble(), 0);
    EXPECT_EQ(info.value(u"storage").toObject().value(u"events").toInt(-1), 0);
    QStringList names;
    for (const auto& version : info.value(u"versions").toArray()) {
        names << version.toObject().value(u"name").toString();
        EXPECT_FALSE(version.toObject().value(u"version").toString().isEmpty());
    }
    for (const char* name : {"Facelatch", "Qt", "OpenCV", "dlib", "SQLite"})
        EXPECT_TRUE(names.contains(QLatin1String(name))) << name;
    const QJsonArray models = info.value(u"models").toArray();
    ASSERT_FALSE(models.isEmpty());
    for (const auto& model : models) {
        EXPECT_FALSE(model.toObject().value(u"licence").toString().isEmpty());
        EXPECT_EQ(model.toObject().value(u"good").toBool(), model.toObject().value(u"sha256").toString().size() == 64);
    }
}

} // namespace
