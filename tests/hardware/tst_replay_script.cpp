// SPDX-License-Identifier: GPL-3.0-or-later
// Files and folders as replay scripts.
#include "hardware/replay_script.h"

#include <gmock/gmock.h>

#include <fstream>

#include <unistd.h>

using namespace facelatch::hardware;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

class ReplayFolder : public ::testing::Test {
protected:
    ReplayFolder() {
        std::string pattern = (fs::temp_directory_path() / "facelatch-script-XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~ReplayFolder() override { fs::remove_all(m_folder); }

    void touch(const fs::path& name) const {
        fs::create_directories((m_folder / name).parent_path());
        std::ofstream(m_folder / name) << "x";
    }
    std::vector<std::string> names(const ReplayGroup& group) const {
        std::vector<std::string> names;
        for (const auto& file : group.files)
            names.push_back(fs::relative(file, m_folder).string());
        return names;
    }

    fs::path m_folder;
    const ReplayTimes m_times{700ms, 50ms, 900ms};
};

} // namespace

TEST(NaturalLess, ComparesNumbersAsNumbers) {
    EXPECT_TRUE(naturalLess("face2.jpg", "face10.jpg"));
    EXPECT_FALSE(naturalLess("face10.jpg", "face2.jpg"));
    EXPECT_TRUE(naturalLess("a", "b"));
    EXPECT_TRUE(naturalLess("face", "face1"));
    EXPECT_TRUE(naturalLess("a1b2", "a1b10"));
    EXPECT_TRUE(naturalLess("1", "99999999999999999999999999"));
    EXPECT_FALSE(naturalLess("same7", "same7"));
    EXPECT_NE(naturalLess("01", "1"), naturalLess("1", "01")) << "different names have an order";
    EXPECT_FALSE(naturalLess("", ""));
}

TEST_F(ReplayFolder, TakesAFileByItself) {
    touch("film.xyz");
    const auto script = replayScriptFrom(m_folder / "film.xyz", m_times, false);
    ASSERT_TRUE(script);
    EXPECT_FALSE(script->looped);
    ASSERT_EQ(script->groups.size(), 1U);
    EXPECT_THAT(names(script->groups[0]), ElementsAre("film.xyz"));
}

TEST_F(ReplayFolder, TakesPicturesInNaturalOrderAndSubFoldersAsGroups) {
    for (const char* name :
         {"10.jpg", "9.PNG", "notes.txt", ".hidden.jpg", "Zoe/b.jpeg", "Zoe/a.mp4", "Ann/1.jpg", "empty/x.txt"})
        touch(name);
    fs::create_symlink(m_folder / "nowhere.jpg", m_folder / "dangling.jpg");
    const auto script = replayScriptFrom(m_folder, m_times, true);
    ASSERT_TRUE(script) << script.error().text();
    EXPECT_TRUE(script->looped);
    ASSERT_EQ(script->groups.size(), 3U);
    EXPECT_THAT(names(script->groups[0]), ElementsAre("9.PNG", "10.jpg"));
    EXPECT_THAT(names(script->groups[1]), ElementsAre("Ann/1.jpg"));
    EXPECT_THAT(names(script->groups[2]), ElementsAre("Zoe/a.mp4", "Zoe/b.jpeg"));
    EXPECT_EQ(script->groups[2].show, 700ms);
    EXPECT_EQ(script->groups[2].pauseBetween, 50ms);
    EXPECT_EQ(script->groups[2].pauseAfter, 900ms);
}

TEST_F(ReplayFolder, SaysThatAFolderIsEmpty) {
    touch("notes.txt");
    const auto script = replayScriptFrom(m_folder, m_times, true);
    ASSERT_FALSE(script);
    EXPECT_THAT(script.error().text(), HasSubstr("holds no picture and no video (" + m_folder.string()));
}

TEST_F(ReplayFolder, SaysThatThereIsNothing) {
    const auto script = replayScriptFrom(m_folder / "absent", m_times, true);
    ASSERT_FALSE(script);
    EXPECT_EQ(script.error().kind, facelatch::core::ErrorKind::NotFound);
}
