// SPDX-License-Identifier: GPL-3.0-or-later
// The daemon as a process: whatever happens to it or to its client, the line goes to rest, and in time.
#include "lockd_lab.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace facelatch::lockd {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

void report(const std::string& what, double ms, double limit) {
    std::printf("[ FIGURES  ] %s: %.1f ms (limit %.0f ms)\n", what.c_str(), ms, limit);
    testing::Test::RecordProperty(what, std::to_string(ms));
}

/// The line rests within `limit` ms of `since`, measured by its own record.
void expectRest(const DaemonLab& lab, const std::string& after, double limit, Clock::time_point since) {
    const auto took = lab.restWithin(Ms(static_cast<int>(limit) + 2000), since);
    ASSERT_TRUE(took) << "not at rest after " << after << "\n" << lab.log();
    report("rest after " + after, *took, limit);
    EXPECT_LE(*took, limit) << after;
}

/// Releases the lock and keeps beating like a kiosk's door thread, until it is killed.
std::unique_ptr<Process> kiosk(const DaemonLab& lab, const std::string& command) {
    auto process = std::make_unique<Process>([&lab, command] {
        const auto client = lab.greeted();
        while (client->send(command + "\nBEAT\n"))
            std::this_thread::sleep_for(Ms(20));
        return 0;
    });
    if (!eventually(Ms(3000), [&lab] { return lab.active(); }))
        throw std::runtime_error("the kiosk did not release the lock");
    return process;
}

TEST(LockdProcess, requestsTheLineInactiveBeforeItServes) {
    DaemonLab lab;
    std::ofstream(lab.path("line")) << "1 1\n"; // left active by whoever came before
    const int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    ASSERT_GE(inotify_add_watch(watch, lab.path(".").c_str(), IN_MODIFY | IN_CREATE), 0);
    lab.start();
    const auto moves = lab.moves();
    ASSERT_EQ(moves.size(), 2U);
    EXPECT_FALSE(moves[1].active);
    std::string order; // of what happened in the folder
    alignas(inotify_event) char buffer[4096];
    const auto size = read(watch, buffer, sizeof buffer);
    for (ssize_t at = 0; at < size;) {
        const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
        order += std::string(event->name) + " ";
        at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    }
    close(watch);
    ASSERT_NE(order.find("lockd.sock "), std::string::npos) << order;
    EXPECT_LT(order.find("line "), order.find("lockd.sock ")) << order;
}

TEST(LockdProcess, saysWhatItAllows) {
    DaemonLab lab("max_pulse_ms = 1500\nmin_off_ms = 100\n");
    lab.start();
    EXPECT_EQ(lab.greeted()->ask("STATE"), "STATE rest 0");
    Client client(lab.socket());
    EXPECT_EQ(client.ask("HELLO 1"), "OK HELLO 1 max_pulse_ms=1500 min_off_ms=100 hold=0 line=rest fake=1 inputs=-");
}

TEST(LockdProcess, aPulseEndsByItsOwnTimer) {
    DaemonLab lab;
    lab.start();
    const auto client = lab.released(300);
    EXPECT_THAT(client->ask("STATE"), StartsWith("STATE pulse "));
    EXPECT_EQ(client->line(), "STATE rest 0");
    const auto moves = lab.moves();
    ASSERT_EQ(moves.size(), 3U);
    const double length = std::chrono::duration<double, std::milli>(moves[2].at - moves[1].at).count();
    report("a pulse of 300 ms", length, 350);
    EXPECT_GE(length, 299);
    EXPECT_LE(length, 350);
}

TEST(LockdProcess, refusesWhatItsConfigurationDoesNotAllow) {
    DaemonLab lab("max_pulse_ms = 500\nmin_off_ms = 400\n");
    lab.start();
    const auto client = lab.greeted();
    EXPECT_THAT(client->ask("PULSE 100"), StartsWith("ERR too_soon ")); // the daemon has only just started
    EXPECT_THAT(client->ask("PULSE 0"), StartsWith("ERR range "));
    EXPECT_THAT(client->ask("PULSE 501"), StartsWith("ERR range "));
    EXPECT_THAT(client->ask("PULSE 99999999999999999999"), StartsWith("ERR range "));
    EXPECT_THAT(client->ask("HOLD on"), StartsWith("ERR hold_forbidden "));
    EXPECT_EQ(client->ask("HOLD off"), "OK HOLD off");
    EXPECT_EQ(client->ask("STATE"), "STATE rest 0");
    EXPECT_EQ(lab.moves().size(), 1U);
}

TEST(LockdProcess, aHoldLastsAsLongAsBeatsComeAndTwoSecondsMore) {
    DaemonLab lab("max_pulse_ms = 200\nmin_off_ms = 100\nhold_allowed = true\n");
    lab.start();
    const auto client = lab.greeted();
    ASSERT_TRUE(eventually(Ms(2000), [&] { return client->ask("HOLD on").rfind("OK HOLD on", 0) == 0; }));
    auto lastBeat = Clock::now();
    for (int beat = 0; beat < 8; ++beat) {
        std::this_thread::sleep_for(Ms(300));
        lastBeat = Clock::now();
        ASSERT_EQ(client->ask("BEAT"), "OK BEAT");
    }
    EXPECT_TRUE(lab.active());
    EXPECT_THAT(client->ask("STATE"), StartsWith("STATE hold "));
    expectRest(lab, "the last BEAT of a hold", 2500, lastBeat);
    EXPECT_THAT(client->rest(), StartsWith("ERR late "));
}

TEST(LockdProcess, holdOffRestsAtOnce) {
    DaemonLab lab("min_off_ms = 100\nhold_allowed = true\n");
    lab.start();
    const auto client = lab.greeted();
    ASSERT_TRUE(eventually(Ms(2000), [&] { return client->ask("HOLD on").rfind("OK HOLD on", 0) == 0; }));
    const auto asked = Clock::now();
    EXPECT_EQ(client->ask("HOLD off"), "OK HOLD off");
    expectRest(lab, "HOLD off", 200, asked);
}

TEST(LockdProcess, restsWhenItsClientIsKilled) {
    DaemonLab lab("max_pulse_ms = 60000\nmin_off_ms = 100\n");
    lab.start();
    const auto client = kiosk(lab, "PULSE 60000");
    const auto killed = Clock::now();
    client->signal(SIGKILL);
    expectRest(lab, "kill -9 of the client", 200, killed);
}

TEST(LockdProcess, restsWhenItsClientIsFrozen) {
    DaemonLab lab("max_pulse_ms = 60000\nmin_off_ms = 100\n");
    lab.start();
    const auto client = kiosk(lab, "PULSE 60000");
    const auto frozen = Clock::now();
    client->signal(SIGSTOP);
    expectRest(lab, "SIGSTOP of the client", 2500, frozen);
}

TEST(LockdProcess, endlessReleasesNeverPassTheMaximum) {
    DaemonLab lab("max_pulse_ms = 700\nmin_off_ms = 150\n");
    lab.start();
    const auto client = lab.greeted();
    const auto end = Clock::now() + Ms(6000);
    while (Clock::now() < end) {
        client->ask("BEAT"); // the answer may be an unasked STATE; one line in, one line out
        ASSERT_NE(client->ask("PULSE 700"), "") << lab.log();
    }
    const auto moves = lab.moves();
    double longest = 0, shortest = 1e9;
    for (std::size_t i = 2; i < moves.size(); ++i) {
        const double length = std::chrono::duration<double, std::milli>(moves[i].at - moves[i - 1].at).count();
        (moves[i].active ? shortest : longest) =
            moves[i].active ? std::min(shortest, length) : std::max(longest, length);
    }
    ASSERT_GE(moves.size(), 10U);
    report("longest release (maximum 700 ms)", longest, 750);
    report("shortest rest (minimum 150 ms)", shortest, 150);
    EXPECT_LE(longest, 750);
    EXPECT_GE(shortest, 149.5);
}

TEST(LockdProcess, recoversFromTheDeathOfItsWorker) {
    DaemonLab lab;
    lab.start();
    const auto client = lab.released();
    const pid_t worker = lab.worker();
    const auto killed = Clock::now();
    kill(worker, SIGKILL);
    expectRest(lab, "kill -9 of the worker", 200, killed);
    EXPECT_EQ(client->rest(), "");
    ASSERT_TRUE(eventually(Ms(3000), [&] { return lab.serves(); })) << lab.log();
    EXPECT_NE(lab.worker(), worker);
    EXPECT_THAT(lab.log(), HasSubstr("died of signal 9"));
}

TEST(LockdProcess, recoversAgainAndAgain) {
    DaemonLab lab;
    lab.start();
    for (int round = 1; round <= 4; ++round) {
        const auto client = lab.released();
        const auto killed = Clock::now();
        kill(lab.worker(), SIGKILL);
        expectRest(lab, "kill -9 of the worker, round " + std::to_string(round), 200, killed);
        ASSERT_TRUE(eventually(Ms(6000), [&] { return lab.serves(); })) << lab.log();
    }
}

TEST(LockdProcess, recoversFromAFrozenWorker) {
    DaemonLab lab("max_pulse_ms = 60000\nmin_off_ms = 100\n");
    lab.start();
    const auto client = lab.released(60000);
    const auto frozen = Clock::now();
    kill(lab.worker(), SIGSTOP);
    expectRest(lab, "SIGSTOP of the worker", 2000, frozen);
    EXPECT_TRUE(eventually(Ms(3000), [&] { return lab.serves(); })) << lab.log();
}

TEST(LockdProcess, theWorkerRestsAndEndsWithItsGuard) {
    DaemonLab lab;
    lab.start();
    const auto client = lab.released();
    const pid_t worker = lab.worker();
    const auto killed = Clock::now();
    lab.daemon().signal(SIGKILL);
    expectRest(lab, "kill -9 of the guard", 200, killed);
    EXPECT_THAT(client->rest(), StartsWith("ERR stopped "));
    lab.daemon().wait(Ms(1000));
    const std::string proc = "/proc/" + std::to_string(worker) + "/stat";
    EXPECT_TRUE(eventually(Ms(2000), [&] {
        std::ifstream stat(proc);
        std::string pid, name, state;
        return !(stat >> pid >> name >> state) || state == "Z"; // whoever inherits it may be slow to collect it
    }));
    lab.start(); // and nothing it left keeps the next one from starting
}

TEST(LockdProcess, restsOnEveryBadMessage) {
    struct Case {
        std::string bytes;
        const char* said;
    };
    const Case cases[] = {
        {"OPEN\n", "ERR bad "},
        {"\n", "ERR bad "},
        {" BEAT\n", "ERR bad "},
        {"BEAT \n", "ERR bad "},
        {"BEAT\r\n", "ERR bad "},
        {"beat\n", "ERR bad "},
        {"HELLO 1\n", "ERR bad "}, // a second time
        {"HELLO 2\n", "ERR bad "},
        {"PULSE\n", "ERR bad "},
        {"PULSE \n", "ERR bad "},
        {"PULSE -1\n", "ERR bad "},
        {"PULSE +1\n", "ERR bad "},
        {"PULSE 1.5\n", "ERR bad "},
        {"PULSE 0x10\n", "ERR bad "},
        {"PULSE 100 \n", "ERR bad "},
        {"PULSE  100\n", "ERR bad "},
        {"PULSE 100 100\n", "ERR bad "},
        {"PULSE 1e2\n", "ERR bad "},
        {"PULSE NaN\n", "ERR bad "},
        {"HOLD\n", "ERR bad "},
        {"HOLD maybe\n", "ERR bad "},
        {"HOLD ON\n", "ERR bad "},
        {"STATE 1\n", "ERR bad "},
        {std::string("BEAT\0\n", 6), "ERR bad "},
        {"\x80\xff\xfe\n", "ERR bad "},
        {"GET / HTTP/1.1\r\n\r\n", "ERR bad "},
        {std::string(64, 'A') + "\n", "ERR bad line of over 64 bytes"},
        {std::string(4096, 'A'), "ERR bad line of over 64 bytes"},
        {std::string(200, '\0'), "ERR bad line of over 64 bytes"},
    };
    DaemonLab lab;
    lab.start();
    double slowest = 0;
    for (const auto& [bytes, said] : cases) {
        const auto client = lab.released();
        const auto sent = Clock::now();
        client->send(bytes);
        EXPECT_THAT(client->rest(), StartsWith(said)) << bytes;
        const auto took = lab.restWithin(Ms(3000), sent);
        ASSERT_TRUE(took) << bytes;
        slowest = std::max(slowest, *took);
    }
    report("rest after a bad message, slowest of " + std::to_string(std::size(cases)), slowest, 200);
    EXPECT_LE(slowest, 200);
}

TEST(LockdProcess, aFirstLineThatIsNotHelloEndsTheConnection) {
    struct Case {
        std::string bytes;
        const char* said;
    };
    const Case cases[] = {{"PULSE 100\n", "ERR bad "},     {"BEAT\n", "ERR bad "},
                          {"HELLO\n", "ERR bad "},         {"HELLO 2\n", "ERR version 1 "},
                          {"HELLO x\n", "ERR version 1 "}, {"HELLO 1 \n", "ERR version 1 "}};
    DaemonLab lab;
    lab.start();
    for (const auto& [bytes, said] : cases) {
        Client client(lab.socket());
        client.send(bytes);
        EXPECT_THAT(client.rest(), StartsWith(said)) << bytes;
    }
    EXPECT_EQ(lab.moves().size(), 1U);
}

TEST(LockdProcess, aClientThatSaysNothingIsClosed) {
    DaemonLab lab;
    lab.start();
    Client client(lab.socket());
    EXPECT_THAT(client.rest(Ms(3000)), StartsWith("ERR late "));
}

TEST(LockdProcess, anEndOfFileRests) {
    DaemonLab lab("max_pulse_ms = 60000\nmin_off_ms = 100\n");
    lab.start();
    auto client = lab.released(60000);
    auto gone = Clock::now();
    client.reset();
    expectRest(lab, "end-of-file", 200, gone);

    client = lab.released(60000);
    gone = Clock::now();
    shutdown(client->fd(), SHUT_WR);
    expectRest(lab, "end-of-file of one side", 200, gone);

    client = lab.released(60000);
    gone = Clock::now();
    client->send("BEA");
    client.reset();
    expectRest(lab, "half a line and end-of-file", 200, gone);
}

TEST(LockdProcess, halfALineIsNoBeat) {
    DaemonLab lab("max_pulse_ms = 60000\nmin_off_ms = 100\n");
    lab.start();
    const auto client = lab.released(60000);
    const auto beaten = Clock::now();
    ASSERT_EQ(client->ask("BEAT"), "OK BEAT");
    client->send("BEAT");
    expectRest(lab, "half a BEAT and silence", 2500, beaten);
}

TEST(LockdProcess, aClientThatHasGoneIsNotObeyed) {
    DaemonLab lab;
    lab.start();
    ASSERT_TRUE(eventually(Ms(2000), [&] { return lab.greeted()->ask("PULSE 1").rfind("OK", 0) == 0; }));
    ASSERT_TRUE(lab.restWithin(Ms(1000), Clock::now()));
    const auto before = lab.moves().size();
    std::this_thread::sleep_for(Ms(150)); // min_off_ms: a release would be allowed now
    kill(lab.worker(), SIGSTOP);
    Client(lab.socket()).send("HELLO 1\nPULSE 1000\n");
    kill(lab.worker(), SIGCONT);
    ASSERT_EQ(lab.greeted()->ask("STATE"), "STATE rest 0");
    EXPECT_EQ(lab.moves().size(), before);
}

TEST(LockdProcess, aClientThatDoesNotReadIsClosed) {
    DaemonLab lab("max_pulse_ms = 60000\nmin_off_ms = 100\n");
    lab.start();
    const auto client = lab.released(60000);
    fcntl(client->fd(), F_SETFL, O_NONBLOCK);
    const auto end = Clock::now() + Ms(20000);
    while (lab.active() && Clock::now() < end) {
        std::string flood;
        for (int i = 0; i < 2000; ++i)
            flood += "BEAT\nSTATE\n";
        client->send(flood);
    }
    EXPECT_FALSE(lab.active());
    EXPECT_THAT(lab.log(), HasSubstr("slow "));
}

TEST(LockdProcess, aSignalRestsAndEndsIt) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        DaemonLab lab;
        lab.start();
        const auto client = lab.released();
        const auto sent = Clock::now();
        lab.daemon().signal(signal);
        expectRest(lab, "signal " + std::to_string(signal), 200, sent);
        EXPECT_EQ(lab.daemon().wait(Ms(2000)), 0);
        EXPECT_THAT(client->rest(), StartsWith("ERR stopped "));
        EXPECT_FALSE(std::filesystem::exists(lab.socket()));
    }
}

TEST(LockdProcess, aSecondClientIsTurnedAwayAndChangesNothing) {
    DaemonLab lab;
    lab.start();
    const auto client = lab.released();
    Client second(lab.socket());
    EXPECT_THAT(second.rest(), StartsWith("ERR busy "));
    EXPECT_THAT(client->ask("STATE"), StartsWith("STATE pulse "));
    EXPECT_TRUE(lab.active());
}

TEST(LockdProcess, onlyAllowedUsersAreServed) {
    if (geteuid() != 0)
        GTEST_SKIP() << "being another user needs root";
    for (const std::string user : {"", "client_user = nobody\n"}) {
        DaemonLab lab("min_off_ms = 100\n" + user);
        lab.start();
        ASSERT_EQ(chmod(lab.path(".").c_str(), 0755), 0);
        Process stranger([&lab] {
            if (setuid(65534) != 0)
                return 9;
            Client client(lab.socket());
            const std::string answer = client.ask("HELLO 1");
            return answer.rfind("OK HELLO", 0) == 0 ? 1 : answer.rfind("ERR denied ", 0) == 0 ? 2 : 3;
        });
        EXPECT_EQ(stranger.wait(Ms(3000)), user.empty() ? 2 : 1);
    }
}

TEST(LockdProcess, aLineThatReadsBackWronglyRests) {
    DaemonLab lab("max_pulse_ms = 60000\nmin_off_ms = 100\n");
    lab.start();
    // Something else moves the line: first it becomes active at rest, then inactive during a release.
    auto since = Clock::now();
    std::ofstream(lab.path("line"), std::ios::app) << since.time_since_epoch().count() << " 1\n";
    expectRest(lab, "a line that became active by itself", 500, since);
    const auto client = lab.released(60000);
    since = Clock::now();
    std::ofstream(lab.path("line"), std::ios::app) << since.time_since_epoch().count() << " 0\n";
    EXPECT_THAT(client->rest(), StartsWith("ERR fault "));
    EXPECT_FALSE(lab.active());
    EXPECT_THAT(lab.log(), HasSubstr("check its wiring"));
}

TEST(LockdProcess, passesEdgesOfItsInputsOn) {
    DaemonLab lab("dps = 3\nrex = 4 active_low\n");
    lab.start();
    const std::string fifo = lab.path("line.dps");
    const auto client = lab.greeted();
    std::ofstream(fifo) << "1\n";
    EXPECT_THAT(client->line(), StartsWith("EDGE dps rising "));
    std::ofstream(fifo) << "0";
    const std::string edge = client->line();
    EXPECT_THAT(edge, StartsWith("EDGE dps falling "));
    const auto ns = std::stoll(edge.substr(17));
    EXPECT_LT(std::chrono::abs(Clock::now().time_since_epoch() - std::chrono::nanoseconds(ns)), Ms(2000));
    std::ofstream(lab.path("line.rex")) << "1";
    EXPECT_THAT(client->line(), StartsWith("EDGE rex rising "));
    lab.daemon().signal(SIGCONT);
    client->send("x\n");
    client->rest();
    Client next(lab.socket());
    EXPECT_THAT(next.ask("HELLO 1"), HasSubstr(" inputs=dps:0,rex:1"));
}

TEST(LockdProcess, aSecondInstanceEndsWithFive) {
    DaemonLab lab;
    lab.start();
    const auto client = lab.released();
    Process second(lab.commandLine(), lab.path("second.log"));
    EXPECT_EQ(second.wait(Ms(2000)), 5);
    EXPECT_TRUE(lab.active());
    EXPECT_THAT(client->ask("STATE"), StartsWith("STATE pulse "));
}

TEST(LockdProcess, aLineInUseIsOutOfService) {
    DaemonLab lab;
    const int line = open(lab.path("line").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    ASSERT_EQ(flock(line, LOCK_EX), 0);
    Process daemon(lab.commandLine(), lab.path("log"));
    EXPECT_EQ(daemon.wait(Ms(2000)), 3);
    EXPECT_THAT(lab.log(), HasSubstr("another program uses it"));
    close(line);
}

TEST(LockdProcess, aSocketThatCannotBeMadeIsOutOfService) {
    DaemonLab lab;
    std::ofstream(lab.socket()) << "somebody's file";
    Process daemon(lab.commandLine(), lab.path("log"));
    EXPECT_EQ(daemon.wait(Ms(2000)), 3);
    EXPECT_THAT(lab.log(), HasSubstr("cannot serve " + lab.socket()));
    EXPECT_EQ(std::filesystem::file_size(lab.socket()), 15U);
}

TEST(LockdProcess, restOnlyPutsTheLineAtRest) {
    DaemonLab lab;
    std::ofstream(lab.path("line")) << "1 1\n";
    auto command = lab.commandLine();
    command.emplace_back("--rest");
    Process daemon(command, lab.path("log"));
    EXPECT_EQ(daemon.wait(Ms(2000)), 0) << lab.log();
    EXPECT_FALSE(lab.active());
    EXPECT_FALSE(std::filesystem::exists(lab.socket()));
}

TEST(LockdProcess, badOptionsAndConfigurationsAreSaid) {
    DaemonLab lab;
    const auto exitOf = [&lab](std::vector<std::string> more) {
        more.insert(more.begin(), {LOCKD_SHIPPED});
        return Process(more, lab.path("log")).wait(Ms(2000));
    };
    EXPECT_EQ(exitOf({"--help"}), 0);
    EXPECT_EQ(exitOf({"--version"}), 0);
    EXPECT_EQ(exitOf({"--fake"}), 2);
    EXPECT_EQ(exitOf({"--conf"}), 2);
    EXPECT_EQ(exitOf({"--conf", lab.path("none")}), 1);
    EXPECT_THAT(lab.log(), HasSubstr("Copy the example lockd.conf there"));
    std::ofstream(lab.path("bad")) << "chip = a\nline = b\nmax_pulse_ms = forever\n";
    chmod(lab.path("bad").c_str(), 0600);
    EXPECT_EQ(exitOf({"--conf", lab.path("bad")}), 2);
    EXPECT_THAT(lab.log(), HasSubstr("bad:3). Allowed, once: 100 to 60000"));
    std::ofstream(lab.path("nochip")) << "socket = " << lab.socket() << "\nchip = no-such-chip\nline = b\n";
    chmod(lab.path("nochip").c_str(), 0600);
    EXPECT_EQ(exitOf({"--conf", lab.path("nochip")}), 3);
    EXPECT_THAT(lab.log(), HasSubstr("no GPIO chip is labelled no-such-chip"));
}

TEST(LockdProcess, tellsSystemdThatItIsReadyAndAlive) {
    DaemonLab lab;
    const int notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{AF_UNIX, {}};
    lab.path("notify").copy(address.sun_path, sizeof address.sun_path);
    ASSERT_EQ(bind(notify, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const timeval limit{3, 0};
    setsockopt(notify, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    lab.start({{"NOTIFY_SOCKET", lab.path("notify")}});
    const auto next = [notify] {
        char text[64] = "";
        return std::string(text, static_cast<std::size_t>(std::max<ssize_t>(recv(notify, text, sizeof text, 0), 0)));
    };
    EXPECT_EQ(next(), "READY=1");
    EXPECT_EQ(next(), "WATCHDOG=1");
    close(notify);
}

TEST(LockdProcess, theShippedDaemonHoldsNoFakeLine) {
    const auto bytesOf = [](const char* program) {
        std::ifstream file(program, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const std::string shipped = bytesOf(LOCKD_SHIPPED), fake = bytesOf(LOCKD_FAKE);
    EXPECT_NE(fake.find("--line-file"), std::string::npos);
    EXPECT_EQ(shipped.find("--line-file"), std::string::npos);
    EXPECT_EQ(shipped.find("FakeLines"), std::string::npos);
    EXPECT_NE(shipped.find("libgpiod.so"), std::string::npos);
    EXPECT_EQ(fake.find("libgpiod.so"), std::string::npos);
}

} // namespace
} // namespace facelatch::lockd
