// SPDX-License-Identifier: GPL-3.0-or-later
// settings.local.toml: what is written is read again, what was there stays, and nothing is half done.
#include "app/local_settings.h"
#include "app/settings_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/stat.h>

using namespace facelatch;
using core::SettingOrigin;
using core::SettingValue;
using testing::HasSubstr;
using testing::Not;

namespace {

class LocalSettings : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "localXXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }

    std::string path() const { return app::localSettingsPath(m_folder); }
    void write(const std::string& text) const { std::ofstream(path()) << text; }
    std::string content() const {
        std::ostringstream out;
        out << std::ifstream(path()).rdbuf();
        return out.str();
    }
    core::Settings read() const {
        core::Settings settings;
        const auto done = app::readSettingsFile(path(), SettingOrigin::Local, settings);
        for (const core::Error& error : done.errors)
            ADD_FAILURE() << error.text();
        return settings;
    }
    core::Status change(const std::string& key, std::optional<SettingValue> value) const {
        return app::changeLocalSettings(m_folder, {{key, std::move(value)}});
    }

    std::string m_folder;
};

TEST_F(LocalSettings, EveryKindIsWrittenAndReadAgain) {
    const app::SettingChanges changes{
        {"door.name", SettingValue(std::string("L’atelier \"2\"\\ \n<b>"))},
        {"recognition.margin", SettingValue(0.07)},
        {"recognition.threshold", SettingValue(std::int64_t{0})}, // a whole number for a real setting
        {"lock.strike_time_ms", SettingValue(std::int64_t{5000})},
        {"camera.mirror", SettingValue(false)},
        {"screen.theme", SettingValue(std::string("light"))},
        {"screen.day_from", SettingValue(std::string("06:15"))},
    };
    ASSERT_TRUE(app::changeLocalSettings(m_folder, changes));
    const core::Settings settings = read();
    EXPECT_EQ(settings.text("door.name"), "L’atelier \"2\"\\ \n<b>");
    EXPECT_DOUBLE_EQ(settings.real("recognition.margin"), 0.07);
    EXPECT_DOUBLE_EQ(settings.real("recognition.threshold"), 0);
    EXPECT_EQ(settings.integer("lock.strike_time_ms"), 5000);
    EXPECT_FALSE(settings.flag("camera.mirror"));
    EXPECT_EQ(settings.text("screen.theme"), "light");
    EXPECT_EQ(settings.text("screen.day_from"), "06:15");
    for (const auto& [key, value] : changes)
        EXPECT_EQ(settings.origin(key), SettingOrigin::Local) << key;
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(LocalSettings, OtherKeysStayAndNothingIsLeftBehind) {
    write("[door]\nname = \"Atelier\"\nid = \"d7\"\n[camera]\nfps = 25\n[from_a_newer_version]\nkey = [1, 2]\n");
    ASSERT_TRUE(change("door.name", SettingValue(std::string("Werkstatt"))));
    core::Settings settings;
    static_cast<void>(app::readSettingsFile(path(), SettingOrigin::Local, settings));
    EXPECT_EQ(settings.text("door.name"), "Werkstatt");
    EXPECT_EQ(settings.text("door.id"), "d7");
    EXPECT_EQ(settings.integer("camera.fps"), 25);
    EXPECT_THAT(content(), HasSubstr("from_a_newer_version"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(m_folder), {}), 1);
}

TEST_F(LocalSettings, NothingTakesAKeyAway) {
    write("door.name = \"Atelier\"\n\"camera.fps\" = 25\n[lock]\nstrike_time_ms = 2000\nwiring = \"fail_safe\"\n");
    ASSERT_TRUE(change("lock.strike_time_ms", std::nullopt));
    ASSERT_TRUE(change("door.name", std::nullopt));
    ASSERT_TRUE(change("camera.fps", std::nullopt));
    ASSERT_TRUE(change("screen.theme", std::nullopt)); // was never set
    const core::Settings settings = read();
    EXPECT_EQ(settings.origin("lock.strike_time_ms"), SettingOrigin::Default);
    EXPECT_EQ(settings.origin("door.name"), SettingOrigin::Default);
    EXPECT_EQ(settings.origin("camera.fps"), SettingOrigin::Default);
    EXPECT_EQ(settings.text("lock.wiring"), "fail_safe");
    EXPECT_THAT(content(), Not(HasSubstr("[door]")));
}

TEST_F(LocalSettings, AQuotedKeyIsNotWrittenTwice) {
    write("\"camera.fps\" = 25\n");
    ASSERT_TRUE(change("camera.fps", SettingValue(std::int64_t{20})));
    EXPECT_EQ(read().integer("camera.fps"), 20);
    EXPECT_THAT(content(), Not(HasSubstr("25")));
}

TEST_F(LocalSettings, AWrongValueAmongRightOnesChangesNothing) {
    write("[door]\nname = \"Atelier\"\n");
    const std::string before = content();
    const auto refused = app::changeLocalSettings(m_folder, {{"door.name", SettingValue(std::string("Neu"))},
                                                             {"lock.strike_time_ms", SettingValue(std::int64_t{1})}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ErrorKind::Usage);
    EXPECT_THAT(refused.error().text(), HasSubstr("from 500 to 30000"));
    EXPECT_FALSE(change("door.nmae", SettingValue(std::string("Neu"))));
    EXPECT_FALSE(change("door.nmae", std::nullopt));
    EXPECT_FALSE(change("camera.fps", SettingValue(std::string("many"))));
    EXPECT_EQ(content(), before);
}

TEST_F(LocalSettings, AFileThatCannotBeUnderstoodIsLeftAlone) {
    write("[door\nname = ");
    const std::string before = content();
    const auto refused = change("camera.fps", SettingValue(std::int64_t{20}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ErrorKind::Failed);
    EXPECT_EQ(content(), before);
}

TEST_F(LocalSettings, AFolderThatIsGoneIsAnError) {
    std::filesystem::remove_all(m_folder);
    EXPECT_FALSE(change("camera.fps", SettingValue(std::int64_t{20})));
}

} // namespace
