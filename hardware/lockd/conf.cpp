// SPDX-License-Identifier: GPL-3.0-or-later
// lockd.conf: its keys, and the check of who may have written it.
#include "hardware/lockd/lockd.h"

#include <cerrno>
#include <cstring>
#include <regex>
#include <sstream>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::lockd {
namespace {

struct Key {
    const char *name, *pattern, *allowed;
    std::string value; ///< its default until the file sets it
    bool set = false;
};
constexpr const char* timePattern = "[1-9][0-9]{2,3}|[1-5][0-9]{4}|60000";
constexpr const char* inputPattern = "[^ ]+( active_low)?";

core::Error wrong(const std::string& what, const std::string& where, const std::string& remedy) {
    return {core::ErrorKind::Usage, what, where, remedy};
}

} // namespace

core::Result<Conf> parseConf(const std::string& text, const std::string& file) {
    Key keys[] = {{"socket", "/[^ ]{1,106}", "an absolute path, up to 107 bytes", "/run/facelatch-lockd/lockd.sock"},
                  {"chip", "[^ ]+", "the label of a chip, see gpiodetect", {}},
                  {"line", "[^ ]+", "the name or offset of a line, see gpioinfo", {}},
                  {"active_low", "true|false", "true or false", "false"},
                  {"hold_allowed", "true|false", "true or false", "false"},
                  {"max_pulse_ms", timePattern, "100 to 60000", "10000"},
                  {"min_off_ms", timePattern, "100 to 60000", "1000"},
                  {"client_user", "[^ ]+", "a user of this system", {}},
                  {"dps", inputPattern, "LINE or LINE active_low", {}},
                  {"rex", inputPattern, "LINE or LINE active_low", {}},
                  {"tamper", inputPattern, "LINE or LINE active_low", {}}};
    static const std::regex form(R"(\s*(?:([a-z_]+)\s*=\s*(?:([^#]*[^\s#])\s*)?)?(?:#[^\n]*)?)");
    std::istringstream lines(text);
    std::string names = "Write key = value. Keys:";
    for (const Key& key : keys)
        names += std::string(" ") + key.name;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        const std::string where = file + ":" + std::to_string(++number);
        std::smatch match;
        const bool readable = line.size() < 1000 && std::regex_match(line, match, form);
        const std::string name = readable ? match[1].str() : line.substr(0, 80), value = readable ? match[2].str() : "";
        if (name.empty())
            continue; // blank, or a comment
        const auto key = std::find_if(std::begin(keys), std::end(keys), [&](const Key& k) { return name == k.name; });
        if (key == std::end(keys))
            return wrong("there is no key \"" + name + "\"", where, names);
        if (std::exchange(key->set, true) || !std::regex_match(value, std::regex(key->pattern)) ||
            (name == "client_user" && getpwnam(value.c_str()) == nullptr))
            return wrong(name + " cannot be \"" + value + "\"", where, std::string("Allowed, once: ") + key->allowed);
        key->value = value;
    }
    const auto& [socket, chip, line, activeLow, hold, maxPulse, minOff, user, dps, rex, tamper] = keys;
    if (!chip.set || !line.set)
        return wrong("keys chip and line are needed", file, "gpioinfo lists chips and lines");
    Conf conf{socket.value,         chip.value, {{"lock", line.value, activeLow.value == "true"}}, {}, {},
              hold.value == "true", {}};
    conf.maxPulse = std::chrono::milliseconds(std::stoi(maxPulse.value));
    conf.minOff = std::chrono::milliseconds(std::stoi(minOff.value));
    if (const passwd* entry = user.set ? getpwnam(user.value.c_str()) : nullptr)
        conf.clientUid = entry->pw_uid;
    for (const Key& key : {dps, rex, tamper})
        if (const auto space = key.value.find(' '); key.set)
            conf.lines.push_back({key.name, key.value.substr(0, space), space != std::string::npos});
    return conf;
}

core::Result<Conf> loadConf(const std::string& file) {
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info {};
    std::string text(65536, '\0');
    const auto size = fstat(fd, &info) == 0 ? read(fd, text.data(), text.size()) : -1;
    const int error = errno;
    close(fd);
    if (size < 0)
        return core::fail(std::strerror(error), file, "Copy the example lockd.conf there, or give --conf FILE");
    if (!S_ISREG(info.st_mode) || (info.st_mode & 022) != 0 || (info.st_uid != 0 && info.st_uid != geteuid()))
        return core::fail("others than root may write it", file, "Run: chown root FILE && chmod 644 FILE");
    return parseConf(text.substr(0, static_cast<std::size_t>(size)), file);
}

} // namespace facelatch::lockd
