// SPDX-License-Identifier: GPL-3.0-or-later
// The look at the lock daemon: what it reports, that it asks nothing else, and every way a peer can be wrong.
#include "fake_lockd.h"
#include "hardware/lockd_probe.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include <unistd.h>

namespace facelatch::testing {
namespace {

namespace fs = std::filesystem;
using core::ErrorKind;
using hardware::probeLockd;

class LockdProbe : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "facelatch-probe-XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    void TearDown() override { fs::remove_all(m_folder); }
    std::string socket() const { return (m_folder / "lockd.sock").string(); }

    fs::path m_folder;
};

TEST_F(LockdProbe, tellsWhatTheDaemonSaysAndAsksNothingElse) {
    std::mutex mutex;
    std::vector<std::string> heard;
    FakeLockd daemon(socket(), [&](const std::string& line) -> std::optional<std::string> {
        const std::lock_guard lock(mutex);
        heard.push_back(line);
        if (line == "STATE")
            return "EDGE rex rising 1234\nSTATE pulse 1700\n"; // an edge in between is no answer
        return FakeLockd::honest(line);
    });
    const auto report = probeLockd(socket());
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_FALSE(report->busy);
    EXPECT_FALSE(report->testBuild);
    EXPECT_EQ(report->longestPulse, core::milliseconds(10'000));
    EXPECT_EQ(report->state, "pulse");
    EXPECT_EQ(report->left, core::milliseconds(1700));
    EXPECT_EQ(report->inputs, (std::vector<std::pair<std::string, bool>>{{"dps", true}, {"rex", false}}));
    const std::lock_guard lock(mutex);
    EXPECT_EQ(heard, (std::vector<std::string>{"HELLO 1", "STATE"}));
}

TEST_F(LockdProbe, aBusyDaemonIsAnAnswer) {
    FakeLockd daemon(socket(), [](const std::string&) { return "ERR busy another client controls the lock\n"; });
    const auto report = probeLockd(socket());
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_TRUE(report->busy);
}

TEST_F(LockdProbe, noDaemonIsOutOfService) {
    const auto report = probeLockd(socket());
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, ErrorKind::OutOfService);
    EXPECT_NE(report.error().text().find("does not run"), std::string::npos);
    EXPECT_FALSE(report.error().remedy.empty());
    EXPECT_FALSE(probeLockd(std::string(200, 'x')));
}

struct Wrong {
    const char* name;
    const char* hello;
    const char* state;
    const char* says;
};

class WrongPeer : public LockdProbe, public ::testing::WithParamInterface<Wrong> {};

TEST_P(WrongPeer, isOutOfService) {
    const Wrong& wrong = GetParam();
    FakeLockd daemon(socket(), [&](const std::string& line) -> std::optional<std::string> {
        const std::string answer = line == "STATE" ? wrong.state : wrong.hello;
        return answer.empty() ? std::nullopt : std::optional(answer);
    });
    const auto report = probeLockd(socket());
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, ErrorKind::OutOfService);
    EXPECT_NE(report.error().text().find(wrong.says), std::string::npos) << report.error().text();
}

INSTANTIATE_TEST_SUITE_P(
    LockdProbe, WrongPeer,
    ::testing::Values(Wrong{"denied", "ERR denied this user may not\n", "", "this user may not"},
                      Wrong{"version", "ERR version 2 is spoken here\n", "", "same version"},
                      Wrong{"web_server", "HTTP/1.1 400 Bad Request\n", "", "not the lock daemon"},
                      Wrong{"hangs_up", "", "", "hung up"}, Wrong{"no_state", FakeLockd::hello, "", "hung up"},
                      Wrong{"state_refused", FakeLockd::hello, "ERR late no BEAT\n", "refused: no BEAT"},
                      Wrong{"no_longest_pulse", "OK HELLO 1 fake=0 inputs=-\n", "", "not the lock daemon"},
                      Wrong{"odd_inputs", "OK HELLO 1 max_pulse_ms=10 fake=0 inputs=dps\n", "", "not the lock daemon"},
                      Wrong{"another_answer", "OK BEAT\n", "", "not the lock daemon"}),
    [](const auto& one) { return one.param.name; });

TEST_F(LockdProbe, aSilentDaemonIsNotWaitedForLong) {
    FakeLockd daemon(socket(), [](const std::string&) { return std::string(); });
    const auto report = probeLockd(socket());
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().text().find("does not answer"), std::string::npos) << report.error().text();
}

} // namespace
} // namespace facelatch::testing
