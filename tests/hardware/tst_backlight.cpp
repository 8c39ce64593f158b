// SPDX-License-Identifier: GPL-3.0-or-later
// The backlight in a folder that looks like the kernel's.
#include "hardware/backlight.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using facelatch::hardware::Backlight;

namespace {

class BacklightFolder : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "backlightXXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        m_root = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(m_root); }
    std::string add(const std::string& name, const std::string& most) const {
        const std::string folder = m_root + "/sys/class/backlight/" + name;
        std::filesystem::create_directories(folder);
        std::ofstream(folder + "/max_brightness") << most << '\n';
        std::ofstream(folder + "/brightness") << "0\n";
        return folder;
    }
    static std::string value(const std::string& folder) {
        std::string text;
        std::ifstream(folder + "/brightness") >> text;
        return text;
    }

    std::string m_root;
};

TEST_F(BacklightFolder, NoneIsNothing) {
    EXPECT_FALSE(Backlight::find(m_root));
    std::filesystem::create_directories(m_root + "/sys/class/backlight");
    EXPECT_FALSE(Backlight::find(m_root));
}

TEST_F(BacklightFolder, OneThatSaysNothingSensibleIsPassedOver) {
    add("a_broken", "none");
    add("b_zero", "0");
    add("c_good", "255");
    const auto found = Backlight::find(m_root);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->name(), "c_good");
}

TEST_F(BacklightFolder, PercentBecomesTheKernelsNumber) {
    const std::string folder = add("panel", "31");
    auto light = Backlight::find(m_root);
    ASSERT_TRUE(light);
    for (const auto& [percent, written] : {std::pair{100, "31"}, std::pair{50, "15"}, std::pair{1, "1"},
                                           std::pair{0, "0"}, std::pair{250, "31"}, std::pair{-5, "0"}}) {
        EXPECT_TRUE(light->set(percent));
        EXPECT_EQ(value(folder), written) << percent;
    }
}

TEST_F(BacklightFolder, OneThatWentIsTold) {
    add("panel", "31");
    auto light = Backlight::find(m_root);
    ASSERT_TRUE(light);
    std::filesystem::remove_all(m_root);
    EXPECT_FALSE(light->set(50));
}

} // namespace
