// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped lock daemon on the kernel's simulated GPIO chips, as root of the machine that
// tests/hardware/run_gpio_sim.sh starts. Usage: gpio_sim_probe LOCKD. Prints "PASS name" or "FAIL name why" for each
// case, and what it measured.
#include "lockd_lab.h"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <linux/gpio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::lockd {
namespace {

const char* program = nullptr;
std::string figures; ///< of the running case

/// The door did right but not in time: an emulated machine on a busy host stalls, so the case may try again.
struct TooLate : std::runtime_error {
    using std::runtime_error::runtime_error;
};
constexpr int attempts = 3;

void require(bool condition, const std::string& what) {
    if (!condition)
        throw std::runtime_error(what);
}

void put(const std::string& file, const std::string& text) {
    std::ofstream stream(file);
    stream << text << std::flush;
    require(stream.good(), "cannot write " + file);
}

std::string get(const std::string& file) {
    std::string text;
    std::getline(std::ifstream(file), text);
    return text;
}

/// A gpio-sim chip of 32 lines, GPIO0 to GPIO31; made once and kept.
class SimChip {
public:
    SimChip(const std::string& name, const std::string& label) {
        const std::string config = "/sys/kernel/config/gpio-sim/" + name, bank = config + "/bank0";
        std::filesystem::create_directories(bank);
        put(bank + "/num_lines", "32");
        put(bank + "/label", label);
        for (int line = 0; line < 32; ++line) {
            const std::string folder = bank + "/line" + std::to_string(line);
            std::filesystem::create_directory(folder);
            put(folder + "/name", "GPIO" + std::to_string(line));
        }
        put(config + "/live", "1");
        m_device = get(bank + "/chip_name");
        m_folder = "/sys/devices/platform/" + get(config + "/dev_name") + "/" + m_device;
    }

    const std::string& device() const { return m_device; }
    bool level(int line) const { return get(attribute(line, "value")) == "1"; }
    /// What an unused line shows, and an input.
    void pull(int line, bool up) const { put(attribute(line, "pull"), up ? "pull-up" : "pull-down"); }

private:
    std::string attribute(int line, const std::string& name) const {
        return m_folder + "/sim_gpio" + std::to_string(line) + "/" + name;
    }
    std::string m_device, m_folder;
};

std::unique_ptr<SimChip> decoy, door;

/// The daemon with a configuration of its own, ended by the destructor.
class Lockd {
public:
    explicit Lockd(const std::string& settings, const std::string& name = "lockd") : m_name("/tmp/" + name) {
        std::remove(log().c_str());
        put(m_name + ".conf", "socket = " + socket() + "\nmin_off_ms = 100\nmax_pulse_ms = 30000\n" + settings);
        chmod((m_name + ".conf").c_str(), 0600);
        m_process = std::make_unique<Process>(std::vector<std::string>{program, "--conf", m_name + ".conf"}, log());
    }
    Lockd(const Lockd&) = delete;
    Lockd& operator=(const Lockd&) = delete;
    ~Lockd() {
        m_process->signal(SIGTERM);
        m_process->wait(Ms(3000));
    }

    std::string log() const { return m_name + ".log"; }
    std::string socket() const { return m_name + ".sock"; }
    Process& process() const { return *m_process; }
    pid_t worker() const {
        const std::string pid = std::to_string(m_process->pid());
        return std::stoi(get("/proc/" + pid + "/task/" + pid + "/children"));
    }

    /// Asks until it serves and the client before is forgotten; `hello` gets the answer.
    std::unique_ptr<Client> client(std::string* hello = nullptr) const {
        std::unique_ptr<Client> client;
        eventually(Ms(10000), [&] {
            try {
                client = std::make_unique<Client>(socket());
                const std::string answer = client->ask("HELLO 1");
                if (hello)
                    *hello = answer;
                return answer.rfind("OK HELLO", 0) == 0;
            } catch (const std::runtime_error&) {
                client.reset();
                return false;
            }
        });
        require(client != nullptr, "does not serve: " + get(log()));
        return client;
    }

    std::unique_ptr<Client> released(int ms = 30000) const {
        auto result = client();
        require(
            eventually(Ms(5000), [&] { return result->ask("PULSE " + std::to_string(ms)).rfind("OK PULSE", 0) == 0; }),
            "no release: " + get(log()));
        return result;
    }

    /// Its exit code, when it ends by itself.
    int exitCode() const { return m_process->wait(Ms(10000)).value_or(-1); }

private:
    std::string m_name;
    std::unique_ptr<Process> m_process;
};

/// Waits for the level of the lock's line and notes how long it took since `since`.
void expectLevel(int line, bool level, const std::string& what, int limitMs, Clock::time_point since) {
    const bool seen = eventually(Ms(limitMs + 3000), [&] { return door->level(line) == level; });
    const auto took = std::chrono::duration<double, std::milli>(Clock::now() - since).count();
    char text[32];
    std::snprintf(text, sizeof text, "%.0f ms", took);
    require(seen, "the line never came to " + std::to_string(level) + " after " + what);
    figures += (figures.empty() ? "" : ", ") + what + " " + text;
    if (took > limitMs)
        throw TooLate(what + " took " + text);
}

const std::string lock = "chip = pinctrl-rp1\nline = GPIO17\n";

void inactiveAtRequest() {
    door->pull(17, true); // as a line looks that nobody drives, or that a killed program left active
    require(door->level(17), "the simulated line does not follow its pull");
    const Lockd lockd(lock);
    lockd.client();
    require(!door->level(17), "the line is active after the request");
    require(!decoy->level(17), "the other chip's line was touched");
}

void releasesByName() {
    const Lockd lockd(lock);
    const auto client = lockd.released();
    require(door->level(17), "the line is not active during a pulse");
    require(client->ask("STATE").rfind("STATE pulse ", 0) == 0, "STATE does not say pulse");
}

void releasesByOffset() {
    const Lockd lockd("chip = pinctrl-rp1\nline = 18\n");
    const auto client = lockd.released();
    require(door->level(18), "line 18 is not active during a pulse");
    require(!door->level(19), "line 19 was touched");
}

void restsByItsOwnTimer() {
    const Lockd lockd(lock);
    const auto client = lockd.released(500);
    const auto released = Clock::now();
    require(client->line() == "STATE rest 0", "no word of the rest");
    expectLevel(17, false, "a pulse of 500 ms:", 700, released);
    require(Clock::now() - released > Ms(400), "the pulse was too short");
}

void findsTheChipByLabel() {
    require(door->device() != "gpiochip0", "the test means the second chip");
    Lockd lockd("chip = pinctrl-bcm2712\nline = GPIO17\n");
    require(lockd.exitCode() == 3, "a missing label is not out of service");
    require(get(lockd.log()).find("pinctrl-rp1") != std::string::npos, "the labels there are not named");
    Lockd second("chip = pinctrl-rp1\nline = GPIO99\n");
    require(second.exitCode() == 3, "a missing line is not out of service");
    require(get(second.log()).find("lock line GPIO99") != std::string::npos, "the missing line is not named");
}

void activeLow() {
    const Lockd lockd(lock + "active_low = true\n");
    const auto client = lockd.client();
    require(door->level(17), "an active-low line is not high at rest");
    require(eventually(Ms(3000), [&] { return client->ask("PULSE 300").rfind("OK PULSE", 0) == 0; }), "no release");
    require(!door->level(17), "an active-low line is not low during a pulse");
    expectLevel(17, true, "back to rest:", 1000, Clock::now());
}

void aBusyLineIsRefused() {
    const Lockd first(lock);
    const auto client = first.released();
    Lockd second(lock, "second");
    require(second.exitCode() == 3, "a second consumer does not end with 3");
    require(get(second.log()).find("busy") != std::string::npos, "it does not say busy: " + get(second.log()));
    require(door->level(17), "the second consumer disturbed the first");
}

void aLineInUseByOthersIsRefused() {
    const int chip = open(("/dev/" + door->device()).c_str(), O_RDWR | O_CLOEXEC);
    gpiohandle_request request{};
    request.lineoffsets[0] = 17;
    request.flags = GPIOHANDLE_REQUEST_INPUT;
    request.lines = 1;
    require(ioctl(chip, GPIO_GET_LINEHANDLE_IOCTL, &request) == 0, "the test cannot take the line");
    Lockd lockd(lock);
    const int code = lockd.exitCode();
    close(request.fd);
    close(chip);
    require(code == 3, "a line in use does not end with 3");
}

std::unique_ptr<Process> beatingClient(const Lockd& lockd) {
    lockd.client(); // serves now, and so has taken the line, which was high before
    require(!door->level(17), "the line is active before the release");
    auto client = std::make_unique<Process>([&lockd] {
        const auto connection = lockd.released();
        while (connection->send("BEAT\n"))
            std::this_thread::sleep_for(Ms(100));
        return 0;
    });
    require(eventually(Ms(10000), [] { return door->level(17); }), "the client did not release the lock");
    return client;
}

void restsWhenTheClientIsKilled() {
    const Lockd lockd(lock);
    const auto client = beatingClient(lockd);
    const auto killed = Clock::now();
    client->signal(SIGKILL);
    expectLevel(17, false, "rest after kill -9 of the client:", 200, killed);
}

void restsWhenTheClientIsFrozen() {
    const Lockd lockd(lock);
    const auto client = beatingClient(lockd);
    const auto frozen = Clock::now();
    client->signal(SIGSTOP);
    expectLevel(17, false, "rest after SIGSTOP of the client:", 2500, frozen);
}

/// gpio-sim lets a line fall back to its pull when its owner dies; the pull-up makes that the worst case: active. So
/// what brings it to rest is the guard's own request, as on a Pi, whose kernel leaves the level.
void restsWhenTheWorkerIsKilled() {
    const Lockd lockd(lock);
    const auto client = lockd.released();
    const pid_t worker = lockd.worker();
    const auto killed = Clock::now();
    kill(worker, SIGKILL);
    expectLevel(17, false, "rest after kill -9 of the worker:", 200, killed);
    require(lockd.client()->ask("STATE") == "STATE rest 0", "the new worker is not at rest");
    require(!door->level(17), "the line is not at rest under the new worker");
    require(lockd.worker() != worker, "there is no new worker");
}

void restsWhenTheGuardIsKilled() {
    const Lockd lockd(lock);
    const auto client = lockd.released();
    door->pull(17, false); // nobody requests the line after this; the worker's own setting is watched
    const auto killed = Clock::now();
    lockd.process().signal(SIGKILL);
    require(client->rest(Ms(3000)).rfind("ERR stopped ", 0) == 0, "the worker did not end in order");
    expectLevel(17, false, "rest after kill -9 of the guard:", 200, killed);
    door->pull(17, true);
}

void reportsEdgesInOrder() {
    door->pull(22, false);
    door->pull(23, true);
    const Lockd lockd(lock + "dps = GPIO22\nrex = 23 active_low\n");
    std::string hello;
    const auto client = lockd.client(&hello);
    require(hello.find(" inputs=dps:0,rex:0") != std::string::npos, "wrong levels: " + hello);
    std::uint64_t last = 0;
    for (const auto& [line, up, said] :
         {std::tuple(22, true, "EDGE dps rising "), std::tuple(23, false, "EDGE rex rising "),
          std::tuple(22, false, "EDGE dps falling "), std::tuple(23, true, "EDGE rex falling ")}) {
        const auto moved = Clock::now();
        door->pull(line, up);
        const std::string edge = client->line();
        require(edge.rfind(said, 0) == 0, std::string(said) + "expected, not: " + edge);
        const std::uint64_t ns = std::stoull(edge.substr(edge.rfind(' ') + 1));
        require(ns > last, "the edges' times are not in order");
        last = ns;
        const auto delay = std::chrono::nanoseconds(ns) - moved.time_since_epoch();
        require(std::chrono::abs(delay) < Ms(500), "the edge's time is not of the monotonic clock");
    }
}

void restOption() {
    door->pull(17, true);
    put("/tmp/rest.conf", lock);
    chmod("/tmp/rest.conf", 0600);
    Process rest({program, "--conf", "/tmp/rest.conf", "--rest"}, "/tmp/rest.log");
    require(rest.wait(Ms(5000)) == 0, "--rest fails: " + get("/tmp/rest.log"));
}

/// Why the case failed; empty when it passed.
std::string failure(void (*body)()) {
    for (int attempt = 1;; ++attempt) {
        figures.clear();
        try {
            body();
            return {};
        } catch (const TooLate& error) {
            if (attempt == attempts)
                return error.what();
        } catch (const std::exception& error) {
            return error.what();
        }
    }
}

int run() {
    decoy = std::make_unique<SimChip>("decoy", "gpio-brcmstb");
    door = std::make_unique<SimChip>("door", "pinctrl-rp1");
    struct Case {
        const char* name;
        void (*run)();
    };
    const Case cases[] = {{"inactive_at_request", inactiveAtRequest},
                          {"release_line_by_name", releasesByName},
                          {"release_line_by_offset", releasesByOffset},
                          {"own_timer", restsByItsOwnTimer},
                          {"chip_by_label", findsTheChipByLabel},
                          {"active_low", activeLow},
                          {"busy_for_a_second_daemon", aBusyLineIsRefused},
                          {"busy_with_another_program", aLineInUseByOthersIsRefused},
                          {"client_killed", restsWhenTheClientIsKilled},
                          {"client_frozen", restsWhenTheClientIsFrozen},
                          {"worker_killed", restsWhenTheWorkerIsKilled},
                          {"guard_killed", restsWhenTheGuardIsKilled},
                          {"edges", reportsEdgesInOrder},
                          {"rest_option", restOption}};
    int failed = 0;
    for (const auto& [name, body] : cases) {
        const std::string why = failure(body);
        std::printf(why.empty() ? "PASS %s\n" : "FAIL %s %s\n", name, why.c_str());
        failed += why.empty() ? 0 : 1;
        if (!figures.empty())
            std::printf("[ FIGURES  ] %s\n", figures.c_str());
        std::fflush(stdout);
    }
    std::printf("PROBE ENDED\n");
    return failed == 0 ? 0 : 1;
}

} // namespace
} // namespace facelatch::lockd

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("Usage: gpio_sim_probe LOCKD\n", stderr);
        return 2;
    }
    facelatch::lockd::program = argv[1];
    return facelatch::lockd::run();
}
