// SPDX-License-Identifier: GPL-3.0-or-later
// lockd.conf: what is taken, and how each mistake is said.
#include "hardware/lockd/lockd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::lockd {
namespace {

using core::ErrorKind;
using testing::HasSubstr;

TEST(LockdConf, theShortestFileGetsTheDefaults) {
    const auto conf = parseConf("chip = pinctrl-rp1\nline = GPIO17\n", "lockd.conf");
    ASSERT_TRUE(conf) << conf.error().text();
    EXPECT_EQ(conf->socket, "/run/facelatch-lockd/lockd.sock");
    EXPECT_EQ(conf->chip, "pinctrl-rp1");
    ASSERT_EQ(conf->lines.size(), 1U);
    EXPECT_EQ(conf->lines[0].line, "GPIO17");
    EXPECT_FALSE(conf->lines[0].activeLow);
    EXPECT_EQ(conf->maxPulse.count(), 10000);
    EXPECT_EQ(conf->minOff.count(), 1000);
    EXPECT_FALSE(conf->holdAllowed);
    EXPECT_FALSE(conf->clientUid);
}

TEST(LockdConf, everyKeyIsRead) {
    const auto conf = parseConf("# the door\n"
                                "  socket=/tmp/x.sock # here\r\n"
                                "\n"
                                "chip\t=\tgpio-sim.0\n"
                                "line = 17\n"
                                "active_low = true\n"
                                "max_pulse_ms = 60000\n"
                                "min_off_ms = 100\n"
                                "hold_allowed = true\n"
                                "client_user = root\n"
                                "tamper = 5 active_low\n"
                                "dps = GPIO23\n"
                                "rex = 24 active_low", // no end of line
                                "lockd.conf");
    ASSERT_TRUE(conf) << conf.error().text();
    EXPECT_EQ(conf->socket, "/tmp/x.sock");
    EXPECT_EQ(conf->chip, "gpio-sim.0");
    EXPECT_TRUE(conf->lines[0].activeLow);
    EXPECT_EQ(conf->maxPulse.count(), 60000);
    EXPECT_EQ(conf->minOff.count(), 100);
    EXPECT_TRUE(conf->holdAllowed);
    EXPECT_EQ(conf->clientUid, 0U);
    ASSERT_EQ(conf->lines.size(), 4U);
    EXPECT_EQ(conf->lines[1].name + conf->lines[2].name + conf->lines[3].name, "dpsrextamper");
    EXPECT_EQ(conf->lines[3].line, "5");
    EXPECT_FALSE(conf->lines[1].activeLow);
    EXPECT_TRUE(conf->lines[2].activeLow && conf->lines[3].activeLow);
}

struct Mistake {
    const char* text;
    const char* said; ///< stands in the message
};

TEST(LockdConf, eachMistakeNamesFileLineKeyAndWhatIsAllowed) {
    const std::string good = "chip = a\nline = b\n"; // a mistake then stands in line 3
    const Mistake mistakes[] = {
        {"speed = 3\n",
         "Keys: socket chip line active_low hold_allowed max_pulse_ms min_off_ms client_user dps rex tamper"},
        {"speed = 3\n", "no key \"speed\""},
        {"active_low\n", "active_low cannot be \"\""},
        {"active_low =\n", "active_low cannot be \"\""},
        {"= true\n", "no key \"= true\""},
        {"active_low = yes\n", "Allowed, once: true or false"},
        {"active_low = True\n", "active_low cannot be \"True\""},
        {"active_low = true false\n", "active_low cannot be"},
        {"hold_allowed = 1\n", "true or false"},
        {"max_pulse_ms = 0\n", "100 to 60000"},
        {"max_pulse_ms = 99\n", "100 to 60000"},
        {"max_pulse_ms = 60001\n", "100 to 60000"},
        {"max_pulse_ms = 1000000000000000000000\n", "100 to 60000"},
        {"max_pulse_ms = -500\n", "100 to 60000"},
        {"max_pulse_ms = 5e3\n", "100 to 60000"},
        {"max_pulse_ms = 0x1000\n", "100 to 60000"},
        {"max_pulse_ms = 5000 ms\n", "100 to 60000"},
        {"min_off_ms = 1s\n", "min_off_ms cannot be \"1s\""},
        {"socket = lockd.sock\n", "absolute path"},
        {"socket = /a b\n", "absolute path"},
        {"client_user = no-such-user-here\n", "a user of this system"},
        {"dps = 3 active_high\n", "LINE or LINE active_low"},
        {"rex = 3  active_low\n", "LINE or LINE active_low"},
        {"chip = c\n", "Allowed, once"},
        {"chip : c\n", "no key \"chip : c\""},
    };
    for (const auto& [text, said] : mistakes) {
        const auto conf = parseConf(good + text, "/etc/lockd.conf");
        ASSERT_FALSE(conf) << text;
        EXPECT_EQ(conf.error().kind, ErrorKind::Usage) << text;
        EXPECT_THAT(conf.error().text(), HasSubstr("/etc/lockd.conf:3")) << text;
        EXPECT_THAT(conf.error().text(), HasSubstr(said)) << text;
    }
    for (const char* text : {"", "chip = a\n", "line = b\n", "# chip = a\nline = b\n"}) {
        const auto conf = parseConf(text, "lockd.conf");
        ASSERT_FALSE(conf) << text;
        EXPECT_THAT(conf.error().text(), HasSubstr("chip and line are needed"));
    }
}

TEST(LockdConf, garbageIsRefused) {
    EXPECT_FALSE(parseConf(std::string(100000, 'a'), "lockd.conf"));
    EXPECT_FALSE(parseConf(std::string(100000, ' ') + "=", "lockd.conf"));
    EXPECT_FALSE(parseConf(std::string("\x7f\x45\x4c\x46\0\0\0", 7), "lockd.conf"));
    EXPECT_FALSE(parseConf("chip = a\nline = b\nsocket = /" + std::string(107, 'x') + "\n", "lockd.conf"));
    EXPECT_TRUE(parseConf("chip = a\nline = b\nsocket = /" + std::string(106, 'x') + "\n", "lockd.conf"));
}

class LockdConfFile : public testing::Test {
protected:
    LockdConfFile() {
        char name[] = "/tmp/facelatch-conf-XXXXXX";
        m_folder = mkdtemp(name);
        m_file = m_folder + "/lockd.conf";
        std::ofstream(m_file) << "chip = a\nline = b\n";
        chmod(m_file.c_str(), 0644);
    }
    ~LockdConfFile() override {
        unlink(m_file.c_str());
        rmdir(m_folder.c_str());
    }
    std::string m_folder, m_file;
};

TEST_F(LockdConfFile, itsOwnersFileIsTaken) {
    const auto conf = loadConf(m_file);
    EXPECT_TRUE(conf) << conf.error().text();
}

TEST_F(LockdConfFile, whatOthersMayWriteIsRefused) {
    for (const mode_t mode : {0664U, 0646U, 0666U}) {
        chmod(m_file.c_str(), mode);
        const auto conf = loadConf(m_file);
        ASSERT_FALSE(conf) << mode;
        EXPECT_EQ(conf.error().kind, ErrorKind::Failed);
        EXPECT_THAT(conf.error().text(), HasSubstr(m_file));
        EXPECT_THAT(conf.error().text(), HasSubstr("chmod 644"));
    }
}

TEST_F(LockdConfFile, whatAnotherUserOwnsIsRefused) {
    if (geteuid() != 0)
        GTEST_SKIP() << "giving a file to another user needs root";
    ASSERT_EQ(chown(m_file.c_str(), 65534, 65534), 0);
    EXPECT_FALSE(loadConf(m_file));
}

TEST_F(LockdConfFile, whatIsNoFileIsRefused) {
    EXPECT_FALSE(loadConf(m_folder));
    EXPECT_FALSE(loadConf("/dev/null"));
    const auto conf = loadConf(m_folder + "/none");
    ASSERT_FALSE(conf);
    EXPECT_THAT(conf.error().text(), HasSubstr("--conf FILE"));
}

} // namespace
} // namespace facelatch::lockd
