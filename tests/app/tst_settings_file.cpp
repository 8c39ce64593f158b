// SPDX-License-Identifier: GPL-3.0-or-later
// settings.toml: layers, and what is said of every kind of mistake.
#include "app/rules.h"
#include "app/settings_file.h"
#include "tests/support/source_dir.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace facelatch;
using core::SettingOrigin;

namespace {

class SettingsFile : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "settingsXXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }

    std::string write(const std::string& text, const std::string& name = "settings.toml") {
        const std::string path = (m_folder / name).string();
        std::ofstream(path) << text;
        return path;
    }
    app::SettingsRead read(const std::string& text) {
        m_path = write(text);
        return app::readSettingsFile(m_path, SettingOrigin::Owner, m_settings);
    }

    std::filesystem::path m_folder;
    std::string m_path;
    core::Settings m_settings;
};

struct Mistake {
    const char* text;
    const char* line;
    const char* key;
    const char* allowed;
};

} // namespace

TEST_F(SettingsFile, TakesEveryTypeOver) {
    const auto result = read("[door]\nname = \"Atelier\"\n[recognition]\nmargin = 0.07\nagreeing_frames = 4\n"
                             "[camera]\nmirror = false\n[liveness]\npolicy = \"off\"\n");
    EXPECT_TRUE(result.exists);
    EXPECT_TRUE(result.errors.empty());
    EXPECT_EQ(m_settings.text("door.name"), "Atelier");
    EXPECT_DOUBLE_EQ(m_settings.real("recognition.margin"), 0.07);
    EXPECT_EQ(m_settings.integer("recognition.agreeing_frames"), 4);
    EXPECT_FALSE(m_settings.flag("camera.mirror"));
    EXPECT_EQ(m_settings.text("liveness.policy"), "off");
    EXPECT_EQ(m_settings.where("door.name"), m_path + ":2");
}

TEST_F(SettingsFile, NamesFileLineKeyAndWhatIsAllowed) {
    const Mistake mistakes[] = {
        {"[door]\nname = 5\n", ":2", "door.name", "a text in quotes"},
        {"\n\n[recognition]\nagreeing_frames = 99\n", ":4", "recognition.agreeing_frames", "from 1 to 10"},
        {"[recognition]\nmargin = \"wide\"\n", ":2", "recognition.margin", "from 0 to 0.5"},
        {"[recognition]\nmargin = nan\n", ":2", "recognition.margin", "from 0 to 0.5"},
        {"[liveness]\npolicy = \"maybe\"\n", ":2", "liveness.policy", "off, passive"},
        {"[camera]\nmirror = 1\n", ":2", "camera.mirror", "true or false"},
        {"[camera]\nfps = [30]\n", ":2", "camera.fps", "a whole number"},
        {"[lock]\nstrike_tme_ms = 4000\n", ":2", "lock.strike_tme_ms", "lock.strike_time_ms"},
        {"colour = 1979-05-27\n", ":1", "colour", "settings show"},
    };
    for (const Mistake& mistake : mistakes) {
        const auto result = read(mistake.text);
        ASSERT_EQ(result.errors.size(), 1U) << mistake.text;
        const core::Error& error = result.errors.front();
        EXPECT_EQ(error.kind, core::ErrorKind::Usage);
        EXPECT_EQ(error.where, m_path + mistake.line) << mistake.text;
        EXPECT_NE(error.text().find(mistake.key), std::string::npos) << error.text();
        EXPECT_NE(error.text().find(mistake.allowed), std::string::npos) << error.text();
    }
}

TEST_F(SettingsFile, OneMistakeDoesNotHideAnother) {
    const auto result = read("[door]\nname = 5\nid = \"side\"\n[camera]\nfps = 0\n");
    EXPECT_EQ(result.errors.size(), 2U);
    EXPECT_EQ(m_settings.text("door.id"), "side");
    EXPECT_EQ(m_settings.origin("camera.fps"), SettingOrigin::Default);
}

TEST_F(SettingsFile, BrokenTomlNamesItsLine) {
    const auto result = read("[door]\nname = \"open\nid = 3\n");
    ASSERT_EQ(result.errors.size(), 1U);
    EXPECT_EQ(result.errors.front().where, m_path + ":2");
}

TEST_F(SettingsFile, MissingFileIsNoError) {
    const auto result = app::readSettingsFile((m_folder / "none.toml").string(), SettingOrigin::Owner, m_settings);
    EXPECT_FALSE(result.exists);
    EXPECT_TRUE(result.errors.empty());
}

TEST_F(SettingsFile, AFolderInItsPlaceIsSaid) {
    const auto result = app::readSettingsFile(m_folder.string(), SettingOrigin::Owner, m_settings);
    EXPECT_EQ(result.errors.size(), 1U);
}

TEST_F(SettingsFile, LocalWinsOverOwnerAndTheCommandLineOverBoth) {
    const std::string local = write("[door]\nname = \"Local\"\nid = \"local\"\n", "settings.local.toml");
    app::readSettingsFile(local, SettingOrigin::Local, m_settings);
    read("[door]\nname = \"Owner\"\nlanguage = \"fr\"\n"); // read later, and yet weaker
    ASSERT_TRUE(app::applyAssignment("door.id=command", m_settings));
    EXPECT_EQ(m_settings.text("door.name"), "Local");
    EXPECT_EQ(m_settings.text("door.language"), "fr");
    EXPECT_EQ(m_settings.text("door.id"), "command");
}

TEST_F(SettingsFile, AssignmentsAreChecked) {
    EXPECT_TRUE(app::applyAssignment("door.name=a=b", m_settings));
    EXPECT_EQ(m_settings.text("door.name"), "a=b");
    EXPECT_TRUE(app::applyAssignment("door.help_contact=", m_settings));
    EXPECT_TRUE(app::applyAssignment("door.name=5", m_settings)); // a text, whatever it looks like
    for (const char* wrong : {"door.name", "=5", "", "camera.fps=fast", "camera.fps=1e9", "no.such=1"})
        EXPECT_FALSE(app::applyAssignment(wrong, m_settings)) << wrong;
}

TEST_F(SettingsFile, TheDayOfTheScreenNeedsALength) {
    read("[screen]\ntheme = \"schedule\"\nday_from = \"20:00\"\nday_until = \"20:00\"\n");
    const auto found = app::contradictions(m_settings);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, core::ErrorKind::Usage);
    EXPECT_NE(found[0].text().find(m_path + ":4"), std::string::npos) << found[0].text();
    EXPECT_NE(found[0].text().find("screen.day_from"), std::string::npos);
    ASSERT_TRUE(m_settings.setText("screen.theme", "dark", SettingOrigin::Local, ""));
    EXPECT_TRUE(app::contradictions(m_settings).empty()); // nobody asks for the day
}

TEST_F(SettingsFile, TheProxyIsAnAddressAndNeverShown) {
    for (const char* right : {"", "none", "http://proxy.lan:3128", "socks5h://127.0.0.1:9050"}) {
        ASSERT_TRUE(m_settings.setText("network.proxy", right, SettingOrigin::CommandLine, "--set"));
        EXPECT_TRUE(app::contradictions(m_settings).empty()) << right;
    }
    for (const char* wrong : {"me:secret-word@proxy.lan:3128", "ftp://me:secret-word@proxy.lan", "http://", "no"}) {
        ASSERT_TRUE(m_settings.setText("network.proxy", wrong, SettingOrigin::CommandLine, "--set"));
        const auto found = app::contradictions(m_settings);
        ASSERT_EQ(found.size(), 1U) << wrong;
        EXPECT_EQ(found[0].text().find("secret-word"), std::string::npos);
        EXPECT_EQ(m_settings.shownText("network.proxy"), "(set)");
    }
}

TEST_F(SettingsFile, TheScreenIsLightByDay) {
    const auto lightAt = [&](int hour) {
        core::LocalTime time;
        time.hour = hour;
        return app::lightScreen(m_settings, time);
    };
    EXPECT_FALSE(lightAt(12)); // dark by default
    read("[screen]\ntheme = \"light\"\n");
    EXPECT_TRUE(lightAt(0));
    read("[screen]\ntheme = \"schedule\"\n"); // from 07:00 to 20:00
    EXPECT_TRUE(lightAt(12));
    EXPECT_FALSE(lightAt(23));
    read("[screen]\ntheme = \"schedule\"\nday_from = \"16:00\"\nday_until = \"03:00\"\n");
    EXPECT_TRUE(lightAt(23));
    EXPECT_TRUE(lightAt(2));
    EXPECT_FALSE(lightAt(12));
}

TEST_F(SettingsFile, TheTemplateIsRightAndChangesNothing) {
    EXPECT_TRUE(read(core::settingsTemplate()).errors.empty());
    for (const core::SettingRow& row : core::settingRows())
        EXPECT_EQ(m_settings.origin(row.key), SettingOrigin::Default) << row.key;
}

TEST_F(SettingsFile, TheTemplateSwitchedOnIsRightToo) {
    std::string text = core::settingsTemplate();
    for (std::size_t at = text.find("\n#"); at != std::string::npos; at = text.find("\n#", at + 1))
        if (text.at(at + 2) != ' ')
            text.erase(at + 1, 1);
    const auto result = read(text);
    EXPECT_TRUE(result.errors.empty()) << result.errors.front().text();
    for (const core::SettingRow& row : core::settingRows())
        EXPECT_EQ(m_settings.origin(row.key), SettingOrigin::Owner) << row.key;
}

TEST_F(SettingsFile, TheExampleOfThePackageIsTheTemplate) {
    std::ifstream file(FACELATCH_SOURCE_DIR "/packaging/settings.toml");
    const std::string example{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(example, core::settingsTemplate())
        << "make it anew: facelatch-ctl settings defaults > packaging/settings.toml";
}
