// SPDX-License-Identifier: GPL-3.0-or-later
// The settings that the set-up writes: with its admin, or not at all.
#include "app/settings_file.h"
#include "app/setup_settings.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

using namespace facelatch;

namespace {

struct SetupSettings : ::testing::Test {
    QTemporaryDir dir;
    const QJsonObject choice{{QStringLiteral("language"), QStringLiteral("fr")},
                             {QStringLiteral("door_name"), QStringLiteral("Atelier \"Nord\"")},
                             {QStringLiteral("wiring"), QStringLiteral("fail_safe")},
                             {QStringLiteral("admin_name"), QStringLiteral("Ada")}};

    QString file() const { return dir.filePath(QStringLiteral("settings.local.toml")); }
    core::Result<QJsonObject> run(const QJsonObject& chosen, const app::SettingsCommit& commit) const {
        return app::commitWithSettings(dir.path().toStdString(), chosen, commit);
    }
    QByteArray content() const {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("no file");
    }
};

core::Result<QJsonObject> commits(const std::function<core::Status()>& alongside) {
    const auto done = alongside();
    return done ? core::Result<QJsonObject>(QJsonObject()) : core::Result<QJsonObject>(done.error());
}
core::Result<QJsonObject> diskFull(const std::function<core::Status()>& alongside) {
    EXPECT_TRUE(alongside());
    return core::fail("the database is full");
}
core::Result<QJsonObject> refuses(const std::function<core::Status()>&) {
    return core::fail("there is an admin");
}

} // namespace

TEST_F(SetupSettings, areWrittenWithTheAdmin) {
    const auto done = run(choice, commits);
    ASSERT_TRUE(done) << done.error().text();
    core::Settings settings;
    const auto read = app::readSettingsFile(file().toStdString(), core::SettingOrigin::Local, settings);
    EXPECT_TRUE(read.errors.empty());
    EXPECT_EQ(settings.text("door.language"), "fr");
    EXPECT_EQ(settings.text("door.name"), "Atelier \"Nord\"");
    EXPECT_EQ(settings.text("lock.wiring"), "fail_safe");
    EXPECT_FALSE(content().contains("Ada"));
}

TEST_F(SetupSettings, areAsTheyWereWhenTheAdminIsNot) {
    EXPECT_FALSE(run(choice, diskFull));
    EXPECT_EQ(content(), "no file");
    const QByteArray before = "[door]\nname = \"Before\"\n";
    QFile out(file());
    ASSERT_TRUE(out.open(QIODevice::WriteOnly) && out.write(before) == before.size());
    out.close();
    EXPECT_FALSE(run(choice, diskFull));
    EXPECT_EQ(content(), before);
    EXPECT_FALSE(run(choice, refuses));
    EXPECT_EQ(content(), before);
}

TEST_F(SetupSettings, thatCannotBeMakeNoAdmin) {
    QJsonObject wrong = choice;
    wrong.insert(QStringLiteral("wiring"), QStringLiteral("fail_open"));
    bool made = false;
    const auto refused = run(wrong, [&](const std::function<core::Status()>& alongside) {
        const auto done = alongside();
        made = bool(done);
        return done ? core::Result<QJsonObject>(QJsonObject()) : core::Result<QJsonObject>(done.error());
    });
    EXPECT_FALSE(refused);
    EXPECT_FALSE(made);
    EXPECT_EQ(content(), "no file");
}
