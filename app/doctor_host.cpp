// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the kernel's files.
#include "app/doctor_host.h"

#include "app/clock.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <sys/timex.h>

namespace facelatch::app {

namespace fs = std::filesystem;

namespace {

/// The first line; empty when the file cannot be read.
std::string firstLine(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::optional<long> wholeNumber(const std::string& text, int base = 10) {
    long value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return failure == std::errc() && end != text.data() ? std::optional(value) : std::nullopt;
}

std::vector<fs::path> entries(const fs::path& folder, const std::string& prefix) {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
        if (entry.path().filename().string().starts_with(prefix))
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

/// Sensors that are not there read as absurd values.
void considerHeat(const fs::path& file, const std::string& name, core::HostFacts& out) {
    const auto thousandths = wholeNumber(firstLine(file));
    if (!thousandths || *thousandths <= -50'000 || *thousandths >= 150'000)
        return;
    const double degrees = static_cast<double>(*thousandths) / 1000;
    if (!out.hottest || degrees > *out.hottest) {
        out.hottest = degrees;
        out.sensor = name.empty() ? file.parent_path().filename().string() : name;
    }
}

void lookAtSensors(const fs::path& root, core::HostFacts& out) {
    for (const fs::path& zone : entries(root / "sys/class/thermal", "thermal_zone"))
        considerHeat(zone / "temp", firstLine(zone / "type"), out);
    for (const fs::path& chip : entries(root / "sys/class/hwmon", "hwmon")) {
        const std::string name = firstLine(chip / "name");
        for (const fs::path& file : entries(chip, "temp"))
            if (file.filename().string().ends_with("_input"))
                considerHeat(file, name, out);
        if (name == "rpi_volt")
            if (const auto alarm = wholeNumber(firstLine(chip / "in0_lcrit_alarm")))
                out.lowVoltage = *alarm != 0;
    }
    if (const auto bits = wholeNumber(firstLine(root / "sys/devices/platform/soc/soc:firmware/get_throttled"), 16))
        out.throttled = static_cast<std::uint32_t>(*bits);
}

std::string defaultRoute(const fs::path& root) {
    std::ifstream table(root / "proc/net/route");
    std::string line;
    while (std::getline(table, line)) {
        std::istringstream words(line);
        std::string interface, destination;
        if (words >> interface >> destination && destination == "00000000")
            return interface;
    }
    // IPv6: destination, its prefix, source, its prefix, next hop, metric, references, uses, flags, interface.
    std::ifstream table6(root / "proc/net/ipv6_route");
    while (std::getline(table6, line)) {
        std::istringstream words(line);
        std::array<std::string, 10> column;
        for (std::string& word : column)
            words >> word;
        if (column[0] == std::string(32, '0') && column[1] == "00" && column[9] != "lo")
            return column[9];
    }
    return {};
}

std::vector<std::string> addresses() {
    std::vector<std::string> found;
    ifaddrs* list = nullptr;
    if (::getifaddrs(&list) != 0)
        return found;
    for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
        if (one->ifa_addr == nullptr || (one->ifa_flags & IFF_LOOPBACK) != 0 || (one->ifa_flags & IFF_UP) == 0)
            continue;
        std::array<char, INET6_ADDRSTRLEN> text{};
        const int family = one->ifa_addr->sa_family;
        const void* address = nullptr;
        if (family == AF_INET)
            address = &reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr;
        else if (family == AF_INET6)
            address = &reinterpret_cast<const sockaddr_in6*>(one->ifa_addr)->sin6_addr;
        if (address != nullptr && ::inet_ntop(family, address, text.data(), text.size()) != nullptr)
            found.push_back(std::string(one->ifa_name) + " " + text.data());
    }
    ::freeifaddrs(list);
    return found;
}

} // namespace

core::HostFacts hostFacts(const std::string& root) {
    core::HostFacts out;
    const fs::path base = root.empty() ? fs::path("/") : fs::path(root);
    lookAtSensors(base, out);
    out.defaultRoute = defaultRoute(base);
    if (root.empty())
        out.addresses = addresses();
    return out;
}

core::ClockFacts clockFacts(core::WallTime now, const std::string& zoneVariable, const std::string& root) {
    core::ClockFacts out;
    out.now = now;
    timex state{};
    const int answer = ::adjtimex(&state); // modes 0: asks, changes nothing
    if (answer >= 0)
        out.synchronised = answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
    const fs::path etc = (root.empty() ? fs::path("/") : fs::path(root)) / "etc";
    out.zone = zoneVariable.starts_with(':') ? zoneVariable.substr(1) : zoneVariable;
    if (out.zone.empty()) {
        std::error_code failure;
        const std::string target = fs::read_symlink(etc / "localtime", failure).string();
        const auto at = target.find("zoneinfo/");
        if (at != std::string::npos)
            out.zone = target.substr(at + 9);
        else if (fs::exists(etc / "localtime", failure))
            out.zone = firstLine(etc / "timezone").empty() ? "set" : firstLine(etc / "timezone");
    }
    const auto slash = out.zone.rfind('/');
    const std::string name = slash == std::string::npos ? out.zone : out.zone.substr(slash + 1);
    out.utc = name == "UTC" || name == "UCT" || name == "Universal" || name == "Zulu" || name == "GMT";
    return out;
}

core::ClockFacts clockFactsHere() {
    const char* zone = std::getenv("TZ");
    return clockFacts(now().wall, zone != nullptr ? zone : "");
}

} // namespace facelatch::app
