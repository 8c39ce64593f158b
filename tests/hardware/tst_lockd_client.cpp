// SPDX-License-Identifier: GPL-3.0-or-later
// The lock daemon's client against peers that are honest, slow, dead, wrong or somebody else.
#include "hardware/lockd_client.h"

#include "tests/hardware/fake_lockd.h"

#include <gmock/gmock.h>

#include <random>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace std::chrono_literals;
using facelatch::testing::FakeLockd;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

namespace {

constexpr auto limit =
    600ms; // 150 ms of waiting for an answer, and a busy machine; without a limit it would be for ever

class LockdClientTest : public ::testing::Test {
protected:
    LockdClientTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "facelatch-lockd-XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~LockdClientTest() override { std::filesystem::remove_all(m_folder); }

    std::filesystem::path path() const { return m_folder / "lockd.sock"; }
    LockdClient client(bool acceptTestBuild = false) const { return {path().string(), acceptTestBuild}; }
    static core::MonoTime now() { return steady_clock::now(); }
    /// Calls f and fails when it takes longer than the limit allows.
    template<typename F>
    static auto quickly(F f) {
        const auto begun = steady_clock::now();
        auto result = f();
        EXPECT_LT(steady_clock::now() - begun, limit);
        return result;
    }
    /// poll() until `enough`, 5 s at most: what the daemon says on its own takes its time to arrive.
    template<typename F>
    static bool pollUntil(LockdClient& lock, std::vector<InputChange>& changes, F enough) {
        const auto deadline = steady_clock::now() + 5s;
        while (!enough() && steady_clock::now() < deadline) {
            std::ranges::move(lock.poll(now()), std::back_inserter(changes));
            std::this_thread::yield();
        }
        return enough();
    }

    std::filesystem::path m_folder;
};

FakeLockd::Handler silentAfterHello() {
    return [](const std::string& line) { return line == "HELLO 1" ? FakeLockd::hello : std::string(); };
}
FakeLockd::Handler answering(const std::string& command, const std::string& answer) {
    return [=](const std::string& line) { return line == command ? answer : FakeLockd::honest(line); };
}

} // namespace

TEST_F(LockdClientTest, ConnectsReleasesAndTellsTheState) {
    FakeLockd daemon(path());
    auto lock = client();
    EXPECT_FALSE(lock.state(now()).connected);
    ASSERT_TRUE(lock.connect(now()));
    EXPECT_TRUE(lock.real());
    const auto t = now();
    ASSERT_TRUE(lock.pulse(3s, t));
    EXPECT_TRUE(lock.state(t).connected);
    EXPECT_TRUE(lock.state(t + 2999ms).released);
    EXPECT_FALSE(lock.state(t).held);
    EXPECT_EQ(lock.state(t + 1s).remaining, 2s);
    EXPECT_FALSE(lock.state(t + 3s).released);
    EXPECT_THAT(daemon.received(), ::testing::ElementsAre("HELLO 1", "PULSE 3000"));
}

TEST_F(LockdClientTest, BelievesTheDaemonAboutTheTimeThatRemains) {
    FakeLockd daemon(path(), answering("PULSE 5000", "OK PULSE 700\n"));
    auto lock = client();
    ASSERT_TRUE(lock.connect(now()));
    const auto t = now();
    ASSERT_TRUE(lock.pulse(5s, t));
    EXPECT_EQ(lock.state(t).remaining, 700ms);
    daemon.say("STATE rest 0\n");
    std::vector<InputChange> changes;
    EXPECT_TRUE(pollUntil(lock, changes, [&] { return !lock.state(t).released; }));
}

TEST_F(LockdClientTest, HoldsByItsBeats) {
    FakeLockd daemon(path());
    auto lock = client();
    ASSERT_TRUE(lock.connect(now()));
    const auto t = now();
    ASSERT_TRUE(lock.hold(true, t));
    EXPECT_TRUE(lock.state(t).held);
    EXPECT_FALSE(lock.state(t + 2100ms).held);
    lock.beat(t + 500ms);
    const auto deadline = steady_clock::now() + 5s;
    while (!lock.state(t + 2100ms).held && steady_clock::now() < deadline)
        (void)lock.poll(t + 500ms);
    EXPECT_TRUE(lock.state(t + 2100ms).held) << "the lease goes on from the beat";
    ASSERT_TRUE(lock.hold(false, t + 1s));
    EXPECT_FALSE(lock.state(t + 1s).released);
}

TEST_F(LockdClientTest, BeatsNoMoreOftenThanNeeded) {
    FakeLockd daemon(path());
    auto lock = client();
    const auto t = now();
    ASSERT_TRUE(lock.connect(t));
    for (auto after = 0ms; after <= 2000ms; after += 50ms) {
        lock.beat(t + after);
        (void)lock.poll(t + after);
        daemon.waitFor("BEAT", static_cast<int>(after / 400ms)); // so that no answer is owed for long
    }
    EXPECT_EQ(daemon.count("BEAT"), 5);
    EXPECT_TRUE(lock.state(t + 2s).connected);
}

TEST_F(LockdClientTest, HandsOutInputs) {
    FakeLockd daemon(path());
    auto lock = client();
    ASSERT_TRUE(lock.connect(now()));
    auto changes = lock.poll(now());
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].input, "dps");
    EXPECT_TRUE(changes[0].active);
    EXPECT_TRUE(changes[0].initial);
    EXPECT_FALSE(changes[1].active);
    daemon.say("EDGE rex rising 1000000000\nEDGE rex fal");
    daemon.say("ling 1500000000\n"); // a line may come in pieces
    changes.clear();
    ASSERT_TRUE(pollUntil(lock, changes, [&] { return changes.size() >= 2; }));
    EXPECT_EQ(changes[0].input, "rex");
    EXPECT_TRUE(changes[0].active);
    EXPECT_FALSE(changes[0].initial);
    EXPECT_EQ(changes[0].at.time_since_epoch(), 1s);
    EXPECT_FALSE(changes[1].active);
    EXPECT_TRUE(lock.poll(now()).empty());
}

TEST_F(LockdClientTest, KeepsAnswersApartFromWhatIsSaidBetween) {
    FakeLockd daemon(path(), answering("PULSE 100", "STATE rest 0\nEDGE dps falling 5\nOK PULSE 100\n"));
    auto lock = client();
    ASSERT_TRUE(lock.connect(now()));
    const auto t = now();
    lock.beat(t + 450ms); // its answer comes before the pulse's
    ASSERT_TRUE(lock.pulse(100ms, t + 450ms));
    EXPECT_TRUE(lock.state(t + 500ms).released);
    EXPECT_EQ(lock.poll(t + 500ms).size(), 3U);
}

TEST_F(LockdClientTest, TellsRefusalsAndStaysConnected) {
    FakeLockd daemon(path(), [](const std::string& line) -> std::optional<std::string> {
        if (line == "PULSE 20000")
            return "ERR range 20000 ms is outside 1 to 10000 ms\n";
        if (line == "HOLD on")
            return "ERR hold_forbidden hold_allowed is not set in lockd.conf\n";
        return FakeLockd::honest(line);
    });
    auto lock = client();
    ASSERT_TRUE(lock.connect(now()));
    const auto range = lock.pulse(20s, now());
    ASSERT_FALSE(range);
    EXPECT_EQ(range.error().kind, core::ErrorKind::Failed);
    EXPECT_THAT(range.error().text(), HasSubstr("outside 1 to 10000 ms"));
    const auto hold = lock.hold(true, now());
    ASSERT_FALSE(hold);
    EXPECT_THAT(hold.error().text(), HasSubstr("hold_allowed"));
    EXPECT_FALSE(lock.state(now()).released);
    EXPECT_TRUE(lock.pulse(1s, now()));
    EXPECT_FALSE(lock.pulse(0s, now()));
}

TEST_F(LockdClientTest, SaysThatNoDaemonRuns) {
    auto lock = client();
    const auto refused = quickly([&] { return lock.connect(now()); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(refused.error().text(), HasSubstr("does not run"));
    EXPECT_THAT(refused.error().text(), HasSubstr("systemctl start facelatch-lockd"));
    EXPECT_FALSE(lock.pulse(1s, now()));
    EXPECT_FALSE(lock.hold(true, now()));
    EXPECT_THAT(lock.state(now()).detail, HasSubstr("does not run"));
}

TEST_F(LockdClientTest, ComesBackByItselfAfterTheDaemonWasGone) {
    auto lock = client();
    auto t = now();
    {
        FakeLockd daemon(path());
        ASSERT_TRUE(lock.connect(t));
        ASSERT_TRUE(lock.pulse(5s, t));
    }
    EXPECT_TRUE(lock.poll(t).size() == 2); // the levels from the connect; and the end-of-file is seen
    EXPECT_FALSE(lock.state(t).connected);
    EXPECT_FALSE(lock.state(t).released) << "a daemon that is gone has put the lock at rest";
    EXPECT_THAT(lock.state(t).detail, HasSubstr("gone"));
    EXPECT_FALSE(lock.pulse(1s, t));
    lock.beat(t); // tries at once, and fails
    EXPECT_FALSE(lock.state(t).connected);
    FakeLockd again(path());
    lock.beat(t + 100ms); // not yet due
    EXPECT_TRUE(again.received().empty());
    lock.beat(t + 300ms);
    EXPECT_TRUE(lock.state(t + 300ms).connected);
    EXPECT_EQ(lock.poll(t + 300ms).size(), 2U) << "the levels come anew";
    EXPECT_TRUE(lock.pulse(1s, t + 400ms));
}

TEST_F(LockdClientTest, NeverWaitsLongForADaemonThatDoesNotAnswer) {
    FakeLockd daemon(path(), silentAfterHello());
    auto lock = client();
    ASSERT_TRUE(lock.connect(now()));
    const auto refused = quickly([&] { return lock.pulse(3s, now()); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(refused.error().text(), HasSubstr("does not answer"));
    EXPECT_FALSE(lock.state(now()).connected);
    EXPECT_TRUE(daemon.waitForHangUp()) << "hanging up puts the lock at rest: a late answer releases nothing";
}

TEST_F(LockdClientTest, NeverWaitsLongForAnAnswerToHello) {
    FakeLockd daemon(path(), [](const std::string&) { return std::string(); });
    auto lock = client();
    EXPECT_FALSE(quickly([&] { return lock.connect(now()); }));
    auto t = now();
    for (int i = 0; i < 5; ++i, t += 5s)
        quickly([&] {
            lock.beat(t);
            return 0;
        });
    EXPECT_FALSE(lock.state(t).connected);
}

TEST_F(LockdClientTest, LosesADaemonThatStopsAnsweringBeats) {
    FakeLockd daemon(path(), silentAfterHello());
    auto lock = client();
    const auto t = now();
    ASSERT_TRUE(lock.connect(t));
    for (auto after = 500ms; after <= 1500ms; after += 500ms)
        lock.beat(t + after);
    EXPECT_TRUE(lock.state(t + 1500ms).connected) << "an answer may take a second";
    lock.beat(t + 1600ms);
    EXPECT_FALSE(lock.state(t + 1600ms).connected);
    EXPECT_THAT(lock.state(t + 1600ms).detail, HasSubstr("does not answer"));
}

TEST_F(LockdClientTest, NeverWaitsLongForADaemonThatAcceptsNobody) {
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path().native().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listener, 0), 0);
    std::vector<std::unique_ptr<LockdClient>> clients; // the first wait in the queue, the last find it full
    for (int i = 0; i < 4; ++i) {
        clients.push_back(std::make_unique<LockdClient>(path().string(), false));
        EXPECT_FALSE(quickly([&] { return clients.back()->connect(now()); }));
        EXPECT_FALSE(clients.back()->state(now()).detail.empty());
    }
    ::close(listener);
}

TEST_F(LockdClientTest, NeverStaysLongWithADaemonThatTalksWithoutEnd) {
    std::string flood;
    for (int i = 0; i < 20000; ++i)
        flood += "EDGE rex rising 1\nEDGE rex falling 2\n";
    FakeLockd daemon(path(), answering("PULSE 1000", flood));
    auto lock = client();
    ASSERT_TRUE(lock.connect(now()));
    EXPECT_FALSE(quickly([&] { return lock.pulse(1s, now()); }));
    EXPECT_LE(lock.poll(now()).size(), 1024U);
}

TEST_F(LockdClientTest, RefusesATestBuildUnlessAskedFor) {
    const std::string hello = "OK HELLO 1 max_pulse_ms=10000 min_off_ms=1000 hold=0 line=rest fake=1 inputs=-\n";
    FakeLockd daemon(path(), answering("HELLO 1", hello));
    auto strict = client();
    const auto refused = strict.connect(now());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(refused.error().text(), HasSubstr("test build"));
    EXPECT_FALSE(strict.pulse(1s, now()));
    auto tolerant = client(true);
    ASSERT_TRUE(tolerant.connect(now()));
    EXPECT_FALSE(tolerant.real());
    EXPECT_TRUE(tolerant.pulse(1s, now()));
}

TEST_F(LockdClientTest, TellsWhyItWasTurnedAway) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"ERR busy another client controls the lock\n", "Stop the other"},
        {"ERR denied\n", "client_user"},
        {"ERR version this is version 2\n", "same version"},
        {"ERR late no BEAT\n", "by itself"}};
    for (const auto& [answer, advice] : cases) {
        FakeLockd daemon(path(), answering("HELLO 1", answer));
        auto lock = client();
        const auto refused = lock.connect(now());
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, core::ErrorKind::OutOfService);
        EXPECT_THAT(refused.error().text(), HasSubstr(advice));
        EXPECT_FALSE(lock.state(now()).connected);
    }
}

TEST_F(LockdClientTest, LosesTheConnectionOnALateBeatAndSaysSo) {
    FakeLockd daemon(path());
    auto lock = client();
    ASSERT_TRUE(lock.connect(now()));
    daemon.say("ERR late no BEAT for 2 s\n");
    std::vector<InputChange> changes;
    EXPECT_TRUE(pollUntil(lock, changes, [&] { return !lock.state(now()).connected; }));
    EXPECT_THAT(lock.state(now()).detail, HasSubstr("no BEAT for 2 s"));
}

TEST_F(LockdClientTest, RefusesPeersThatAreSomethingElse) {
    for (const std::string answer : {"HTTP/1.1 400 Bad Request\r\n\r\n", "OK HELLO 1\n", "OK BEAT\n", "\n",
                                     "OK HELLO 1 fake=0 inputs=bad\n", "OK HELLO 1 fake=2 inputs=-\n"}) {
        FakeLockd daemon(path(), answering("HELLO 1", answer));
        auto lock = client();
        const auto refused = quickly([&] { return lock.connect(now()); });
        ASSERT_FALSE(refused) << answer;
        EXPECT_THAT(refused.error().text(), HasSubstr("not the lock daemon"));
    }
    FakeLockd endless(path(), answering("HELLO 1", std::string(100'000, 'x')));
    auto lock = client();
    EXPECT_FALSE(quickly([&] { return lock.connect(now()); }));
}

TEST_F(LockdClientTest, SurvivesNoise) {
    std::mt19937 random(11);
    for (int round = 0; round < 50; ++round) {
        FakeLockd daemon(path(), [&random](const std::string& line) {
            std::string answer = *FakeLockd::honest(line);
            if (line != "HELLO 1")
                for (int i = 0; i < 3; ++i)
                    answer[random() % answer.size()] = static_cast<char>(random());
            return answer;
        });
        auto lock = client();
        ASSERT_TRUE(lock.connect(now()));
        (void)quickly([&] { return lock.pulse(1s, now()); });
        (void)lock.poll(now());
    }
}

TEST_F(LockdClientTest, SaysThatTheSocketPathIsTooLong) {
    LockdClient lock("/run/" + std::string(200, 'x'), false);
    const auto refused = lock.connect(now());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(), HasSubstr("too long"));
    lock.beat(now() + 10s);
    EXPECT_THAT(lock.state(now()).detail, HasSubstr("too long"));
}

TEST(MakeDoorLock, NeverSimulatesByItself) {
    const auto lock = makeDoorLock({LockKind::Lockd, "/run/facelatch-of-nobody/lockd.sock", false});
    EXPECT_TRUE(lock->real());
    EXPECT_FALSE(lock->connect(steady_clock::now()));
    EXPECT_FALSE(lock->pulse(1s, steady_clock::now()));
    EXPECT_FALSE(lock->state(steady_clock::now()).connected);
}
