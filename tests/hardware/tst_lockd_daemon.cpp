// SPDX-License-Identifier: GPL-3.0-or-later
// The lock daemon's client against the daemon itself, which has a file for a line.
#include "hardware/lockd_client.h"

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

#ifndef LOCKD_FAKE
#define LOCKD_FAKE ""
#endif

namespace {

class LockdDaemon : public ::testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists(LOCKD_FAKE))
            GTEST_SKIP() << "facelatch-lockd-fake is not built in this configuration";
        std::string pattern = (fs::temp_directory_path() / "facelatch-daemon-XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
        std::ofstream(m_folder / "lockd.conf")
            << "socket = " << socket() << "\nchip = any\nline = any\nhold_allowed = true\n"
            << "min_off_ms = 100\nmax_pulse_ms = 5000\ndps = any\n";
        fs::permissions(m_folder / "lockd.conf", fs::perms::owner_read | fs::perms::owner_write);
        startDaemon();
    }
    void TearDown() override {
        stopDaemon(SIGTERM);
        if (!m_folder.empty())
            fs::remove_all(m_folder);
    }

    std::string socket() const { return (m_folder / "lockd.sock").string(); }
    fs::path line() const { return m_folder / "line"; }

    void startDaemon() {
        const std::string conf = (m_folder / "lockd.conf").string(), file = line().string();
        m_daemon = ::fork();
        if (m_daemon == 0) {
            ::execl(LOCKD_FAKE, LOCKD_FAKE, "--conf", conf.c_str(), "--line-file", file.c_str(), nullptr);
            ::_exit(127);
        }
    }
    void stopDaemon(int signal) {
        if (m_daemon <= 0)
            return;
        ::kill(m_daemon, signal);
        ::waitpid(m_daemon, nullptr, 0);
        m_daemon = 0;
    }
    /// The level that the daemon last wrote to its line.
    char level() const {
        std::ifstream stream(line());
        const std::string records{std::istreambuf_iterator<char>(stream), {}};
        return records.size() < 2 ? '?' : records[records.size() - 2];
    }
    /// Runs the door thread's loop until `done`, 10 s at most. Beats as the door thread does.
    template<typename F>
    bool runUntil(LockdClient& lock, F done) {
        const auto deadline = steady_clock::now() + 10s;
        while (!done() && steady_clock::now() < deadline) {
            const auto begun = steady_clock::now();
            lock.beat(begun);
            std::ranges::move(lock.poll(begun), std::back_inserter(m_changes));
            EXPECT_LT(steady_clock::now() - begun, 600ms);
            std::this_thread::sleep_for(5ms); // the pace of the loop, not a wait for something
        }
        return done();
    }
    bool connect(LockdClient& lock) {
        return runUntil(lock, [&] { return lock.state(steady_clock::now()).connected; });
    }
    /// Past the rest that the daemon keeps after its start and between two releases.
    bool pulse(LockdClient& lock, core::milliseconds duration) {
        return runUntil(lock, [&] { return bool(lock.pulse(duration, steady_clock::now())); });
    }

    fs::path m_folder;
    pid_t m_daemon = 0;
    std::vector<InputChange> m_changes;
};

} // namespace

TEST_F(LockdDaemon, ReleasesAndRelocksByItself) {
    LockdClient lock(socket(), true);
    ASSERT_TRUE(connect(lock)) << lock.state(steady_clock::now()).detail;
    EXPECT_FALSE(lock.real());
    EXPECT_EQ(level(), '0');
    ASSERT_TRUE(pulse(lock, 300ms));
    EXPECT_EQ(level(), '1');
    EXPECT_TRUE(lock.state(steady_clock::now()).released);
    EXPECT_TRUE(runUntil(lock, [&] { return level() == '0'; }));
    EXPECT_TRUE(runUntil(lock, [&] { return !lock.state(steady_clock::now()).released; }));
}

TEST_F(LockdDaemon, RefusesMoreThanItsMaximumAndANewReleaseTooSoon) {
    LockdClient lock(socket(), true);
    ASSERT_TRUE(connect(lock));
    const auto tooLong = lock.pulse(5001ms, steady_clock::now());
    ASSERT_FALSE(tooLong);
    EXPECT_THAT(tooLong.error().text(), HasSubstr("1 to 5000"));
    EXPECT_TRUE(lock.state(steady_clock::now()).connected);
    ASSERT_TRUE(pulse(lock, 50ms));
    ASSERT_TRUE(runUntil(lock, [&] { return !lock.state(steady_clock::now()).released; }));
    const auto tooSoon = lock.pulse(50ms, steady_clock::now());
    if (!tooSoon) { // on a machine so busy that 100 ms have gone by, it is granted rightly
        EXPECT_EQ(tooSoon.error().kind, core::ErrorKind::Failed);
    }
    EXPECT_TRUE(pulse(lock, 50ms));
}

TEST_F(LockdDaemon, HoldsForLongerThanALeaseAndEndsAtOnce) {
    LockdClient lock(socket(), true);
    ASSERT_TRUE(connect(lock));
    ASSERT_TRUE(runUntil(lock, [&] { return bool(lock.hold(true, steady_clock::now())); }));
    const auto begun = steady_clock::now();
    EXPECT_TRUE(runUntil(lock, [&] { return steady_clock::now() - begun > 2500ms; }));
    EXPECT_EQ(level(), '1');
    EXPECT_TRUE(lock.state(steady_clock::now()).held);
    ASSERT_TRUE(lock.hold(false, steady_clock::now()));
    EXPECT_EQ(level(), '0');
}

TEST_F(LockdDaemon, GoesToRestWhenTheClientGoes) {
    {
        LockdClient lock(socket(), true);
        ASSERT_TRUE(connect(lock));
        ASSERT_TRUE(pulse(lock, 5s));
        EXPECT_EQ(level(), '1');
    }
    LockdClient next(socket(), true);
    EXPECT_TRUE(runUntil(next, [&] { return level() == '0'; }));
}

TEST_F(LockdDaemon, RestsWhenToldAndGoesOnServing) {
    LockdClient lock(socket(), true);
    ASSERT_TRUE(connect(lock)) << lock.state(steady_clock::now()).detail;
    ASSERT_TRUE(pulse(lock, 5000ms));
    EXPECT_EQ(level(), '1');
    const auto rested = lock.rest(steady_clock::now());
    ASSERT_TRUE(rested) << rested.error().text();
    EXPECT_EQ(level(), '0') << "it answered the new connection after it had rested the line";
    EXPECT_TRUE(lock.state(steady_clock::now()).connected);
    EXPECT_FALSE(lock.state(steady_clock::now()).released);
    EXPECT_TRUE(pulse(lock, 100ms));
}

TEST_F(LockdDaemon, LeavesALateClientAndTakesItBack) {
    LockdClient lock(socket(), true);
    ASSERT_TRUE(connect(lock));
    ASSERT_TRUE(pulse(lock, 5s));
    const auto deadline = steady_clock::now() + 5s; // the door thread hangs: nobody calls beat()
    while (level() == '1' && steady_clock::now() < deadline)
        std::this_thread::sleep_for(10ms);
    EXPECT_EQ(level(), '0');
    EXPECT_TRUE(runUntil(lock, [&] { return lock.state(steady_clock::now()).connected; }));
    EXPECT_TRUE(pulse(lock, 100ms));
}

TEST_F(LockdDaemon, ComesBackAfterTheDaemonWasStopped) {
    LockdClient lock(socket(), true);
    ASSERT_TRUE(connect(lock));
    stopDaemon(SIGTERM);
    EXPECT_TRUE(runUntil(lock, [&] { return !lock.state(steady_clock::now()).connected; }));
    EXPECT_FALSE(lock.pulse(1s, steady_clock::now()));
    EXPECT_FALSE(lock.state(steady_clock::now()).detail.empty());
    startDaemon();
    EXPECT_TRUE(connect(lock));
    EXPECT_TRUE(pulse(lock, 100ms));
}

TEST_F(LockdDaemon, HandsOutTheDoorContact) {
    LockdClient lock(socket(), true);
    ASSERT_TRUE(connect(lock));
    ASSERT_TRUE(runUntil(lock, [&] { return !m_changes.empty(); }));
    EXPECT_EQ(m_changes.front().input, "dps");
    EXPECT_TRUE(m_changes.front().initial);
    const auto before = steady_clock::now();
    std::ofstream(line().string() + ".dps") << '1' << std::flush;
    ASSERT_TRUE(runUntil(lock, [&] { return m_changes.size() >= 2; }));
    EXPECT_TRUE(m_changes.back().active);
    EXPECT_FALSE(m_changes.back().initial);
    EXPECT_GE(m_changes.back().at, before) << "the time of the edge is on the clock of the door";
    EXPECT_LE(m_changes.back().at, steady_clock::now());
}

TEST_F(LockdDaemon, IsRefusedByARealDoorAndServesOneClientOnly) {
    LockdClient first(socket(), true);
    ASSERT_TRUE(connect(first));
    LockdClient second(socket(), true);
    const auto busy = second.connect(steady_clock::now());
    ASSERT_FALSE(busy);
    EXPECT_THAT(busy.error().text(), HasSubstr("Stop the other program"));
    EXPECT_TRUE(first.state(steady_clock::now()).connected);
    EXPECT_TRUE(pulse(first, 50ms));
}

TEST_F(LockdDaemon, IsNoLockForARealDoor) {
    LockdClient tolerant(socket(), true);
    ASSERT_TRUE(connect(tolerant)); // so that the daemon is known to run
    stopDaemon(SIGTERM);
    startDaemon();
    LockdClient strict(socket(), false);
    ASSERT_TRUE(runUntil(strict, [&] {
        return strict.state(steady_clock::now()).detail.find("test build") != std::string::npos;
    })) << strict.state(steady_clock::now()).detail;
    EXPECT_FALSE(strict.state(steady_clock::now()).connected);
}
