// SPDX-License-Identifier: GPL-3.0-or-later
// All checks, the worst of them, and the names.
#include "core/doctor.h"

#include <algorithm>
#include <array>

namespace facelatch::core {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Check::Network) + 1> checkCodes{
    "settings",   "door",     "threads",     "camera",  "light",       "sharpness", "models",
    "known_face", "liveness", "lock",        "storage", "space",       "database",  "wal",
    "log",        "pictures", "key",         "clock",   "time_source", "time_zone", "temperature",
    "power",      "viewers",  "certificate", "network"};

constexpr std::array<std::string_view, static_cast<std::size_t>(Finding::NoAddress) + 1> findingCodes{
    "fine",
    "unknown",
    "settings_wrong",
    "settings_open_to_others",
    "door_not_asked",
    "door_silent",
    "door_fault",
    "thread_silent",
    "camera_missing",
    "camera_late",
    "camera_slow",
    "camera_not_live",
    "camera_from_network",
    "too_dark",
    "too_bright",
    "blurred",
    "model_missing",
    "model_fails",
    "model_not_compared",
    "face_not_found",
    "liveness_off",
    "liveness_missing",
    "lock_silent",
    "lock_busy",
    "lock_not_real",
    "strike_too_long",
    "folder_missing",
    "folder_not_ours",
    "folder_open_to_others",
    "folder_not_writable",
    "space_low",
    "space_gone",
    "database_damaged",
    "database_newer",
    "database_unread",
    "wal_large",
    "log_waits",
    "log_lost",
    "log_rebuilt",
    "pictures_not_written",
    "key_missing",
    "key_open_to_others",
    "key_wrong",
    "clock_wrong",
    "clock_not_set",
    "zone_missing",
    "hot",
    "power_low",
    "power_was_low",
    "viewers_unreachable",
    "certificate_wrong",
    "certificate_ends",
    "no_address"};

constexpr std::array<std::string_view, static_cast<std::size_t>(Health::OutOfService) + 1> healthCodes{
    "ok", "not_here", "warning", "failed", "out_of_service"};

static_assert(!checkCodes.back().empty() && !findingCodes.back().empty() && !healthCodes.back().empty());

} // namespace

std::string_view checkCode(Check check) {
    return checkCodes[static_cast<std::size_t>(check)];
}
std::string_view findingCode(Finding finding) {
    return findingCodes[static_cast<std::size_t>(finding)];
}
std::string_view healthCode(Health health) {
    return healthCodes[static_cast<std::size_t>(health)];
}

std::vector<CheckLine> examine(const DoctorFacts& facts) {
    std::vector<CheckLine> lines{checkSettings(facts.settings), checkDoor(facts.door),    checkThreads(facts.door),
                                 checkCamera(facts.camera),     checkLight(facts.camera), checkSharpness(facts.camera)};
    for (CheckLine& line : checkModels(facts.models))
        lines.push_back(std::move(line));
    for (CheckLine& line :
         std::array{checkKnownFace(facts.knownFace), checkLiveness(facts.liveness), checkLock(facts.lock),
                    checkStorage(facts.storage), checkSpace(facts.storage, facts.log), checkDatabase(facts.storage),
                    checkWriteAheadLog(facts.storage), checkLog(facts.log), checkPictures(facts.log),
                    checkKey(facts.storage), checkClock(facts.clock, facts.storage), checkTimeSource(facts.clock),
                    checkTimeZone(facts.clock), checkTemperature(facts.host), checkPower(facts.host),
                    checkViewers(facts.push), checkCertificate(facts.push, facts.clock), checkNetwork(facts.host)})
        lines.push_back(std::move(line));
    return lines;
}

Health worst(const std::vector<CheckLine>& lines) {
    Health health = Health::Ok;
    for (const CheckLine& line : lines)
        health = std::max(health, line.health);
    return health;
}

int doctorExitCode(const std::vector<CheckLine>& lines, bool strict) {
    const auto has = [&](Finding finding) {
        return std::any_of(lines.begin(), lines.end(), [&](const CheckLine& line) { return line.finding == finding; });
    };
    if (has(Finding::SettingsWrong))
        return 2;
    if (has(Finding::DatabaseNewer))
        return 4;
    switch (worst(lines)) {
    case Health::OutOfService:
        return 3;
    case Health::Failed:
        return 1;
    case Health::Warning:
        return strict ? 1 : 0;
    case Health::NotHere:
    case Health::Ok:
        break;
    }
    return 0;
}

} // namespace facelatch::core
