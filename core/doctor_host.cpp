// SPDX-License-Identifier: GPL-3.0-or-later
// The checks of what the door stands on: storage, log, key, clock, heat, power, network.
#include "core/doctor.h"

#include <array>
#include <cstdio>

namespace facelatch::core {

namespace {

/// Below this the log and its pictures may stop within hours; below a megabyte nothing can be written.
constexpr std::int64_t lowSpace = std::int64_t{200} << 20, noSpace = std::int64_t{1} << 20;
/// A healthy write-ahead log is emptied every minute and stays below 4 MiB.
constexpr std::int64_t largeWal = std::int64_t{64} << 20;
/// No clock was right before this version was written: 2025-01-01 UTC.
constexpr WallTime earliest{std::chrono::sys_days{std::chrono::year{2025} / 1 / 1}};
/// Clocks of visits may be this far ahead before that means anything.
constexpr milliseconds slack{60'000};
/// A Raspberry Pi slows down from 80 degrees on, and more from 85.
constexpr double warm = 80, hot = 90;
/// Bits of get_throttled (Raspberry Pi documentation, vcgencmd): now in the low half, since boot in the high half.
constexpr std::uint32_t lowNow = 0x1, slowedNow = 0xE, lowBefore = 0x10000;

std::string megabytes(std::int64_t bytes) {
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text.data();
}

std::string octal(unsigned mode) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04o", mode);
    return text.data();
}

} // namespace

CheckLine checkStorage(const StorageFacts& facts) {
    const std::string& folder = facts.folder;
    if (!facts.exists)
        return {Check::Storage, Finding::FolderMissing, Health::Warning, folder + " is not there yet",
                "The first start of the door makes it, or: facelatch-ctl person list"};
    if (!facts.notOurs.empty())
        return {Check::Storage, Finding::FolderNotOurs, Health::OutOfService,
                folder + " belongs to the user " + facts.notOurs,
                "Run it as that user: sudo -u " + facts.notOurs +
                    " facelatch-ctl doctor; or give another folder with --data"};
    if (!facts.notWritable.empty())
        return {Check::Storage, facts.full ? Finding::SpaceGone : Finding::FolderNotWritable, Health::Failed,
                folder + " cannot be written: " + facts.notWritable,
                facts.full ? "Free space on that disk; visits are kept in memory meanwhile"
                           : "Mount it writable, or give the door's user the right to write; visits are kept in memory "
                             "meanwhile"};
    if ((facts.mode & 077) != 0)
        return {Check::Storage, Finding::FolderOpenToOthers, Health::Failed,
                folder + " is open to other users (" + octal(facts.mode) + ")",
                "Close it: chmod 0700 '" + folder + "'"};
    return okLine(Check::Storage, folder + " can be written, by nobody else");
}

CheckLine checkSpace(const StorageFacts& facts, const std::optional<LogFacts>& log) {
    if (facts.freeBytes < 0)
        return notHereLine(Check::Space, "the free space cannot be told");
    const std::string seen = megabytes(facts.freeBytes) + " free";
    if (facts.freeBytes < noSpace)
        return {Check::Space, Finding::SpaceGone, Health::Failed, seen,
                "Free space on the disk of " + facts.folder + ", or lower snapshots.max_mb"};
    if (log && log->ballastFreed)
        return {Check::Space, Finding::SpaceLow, Health::Warning,
                seen + "; the disk was full, and the reserve that keeps the log going has been used up",
                "Free at least 64 MB: the reserve then comes back by itself; or lower snapshots.max_mb"};
    if (!log && facts.databaseBytes >= 0 && facts.ballastBytes < 0)
        return {Check::Space, Finding::SpaceLow, Health::Warning,
                seen + "; the reserve that keeps the log going on a full disk is not there",
                "Free at least 64 MB and start the door: the reserve then comes back by itself"};
    if (facts.freeBytes < lowSpace)
        return {Check::Space, Finding::SpaceLow, Health::Warning, seen,
                "Free space on the disk of " + facts.folder + ", or lower snapshots.max_mb"};
    return okLine(Check::Space, seen);
}

CheckLine checkDatabase(const StorageFacts& facts) {
    if (facts.databaseBytes < 0)
        return notHereLine(Check::Database, "there is no database yet");
    if (facts.schema > facts.knownSchema)
        return {Check::Database, Finding::DatabaseNewer, Health::OutOfService,
                "written by a newer version (" + std::to_string(facts.schema) + ", known is " +
                    std::to_string(facts.knownSchema) + ")",
                "Install that version; the data is left as it is"};
    switch (facts.integrity) {
    case Integrity::Damaged:
        return {Check::Database, Finding::DatabaseDamaged, Health::Failed, "damaged: " + facts.damage,
                "Copy the data folder away, then start the door again: it saves what can be read; then renew the card "
                "or disk"};
    case Integrity::Unreadable:
        return {Check::Database, Finding::DatabaseUnread, Health::OutOfService, "cannot be read: " + facts.damage,
                "Check the rights and the disk of " + facts.folder};
    case Integrity::NotChecked:
        return notHereLine(Check::Database,
                           megabytes(facts.databaseBytes) + ", too large to be checked here: run facelatch-ctl doctor");
    case Integrity::Whole:
        break;
    }
    return okLine(Check::Database,
                  megabytes(facts.databaseBytes) +
                      ", every page is whole (whether anybody changed the log: facelatch-ctl log verify)");
}

CheckLine checkWriteAheadLog(const StorageFacts& facts) {
    if (facts.databaseBytes < 0)
        return notHereLine(Check::WriteAheadLog, "there is no database yet");
    const std::string seen = "write-ahead log of " + megabytes(facts.walBytes < 0 ? 0 : facts.walBytes);
    if (facts.walBytes > largeWal)
        return {Check::WriteAheadLog, Finding::WalLarge, Health::Warning, seen + ": it is not being emptied",
                "End programs that keep the log open for long, and restart the door"};
    return okLine(Check::WriteAheadLog, seen);
}

CheckLine checkLog(const std::optional<LogFacts>& facts) {
    if (!facts)
        return notHereLine(Check::Log, "only a running door writes it");
    if (facts->lost > 0)
        return {Check::Log, Finding::LogLost, Health::Failed,
                std::to_string(facts->lost) + " events are lost: the log could not be written for too long",
                "Mend the storage (see above), then restart the door"};
    if (!facts->open || facts->waiting > 0 || !facts->error.empty())
        return {Check::Log, Finding::LogWaits, Health::Failed,
                std::to_string(facts->waiting) + " events wait in memory" +
                    (facts->error.empty() ? std::string() : ": " + facts->error),
                "Mend the storage (see above) and leave the door running: it writes them by itself"};
    if (facts->rebuilt) {
        std::string notes;
        for (const std::string& note : facts->notes)
            notes += (notes.empty() ? "" : "; ") + note;
        return {Check::Log, Finding::LogRebuilt, Health::Warning, "the damaged database was rebuilt: " + notes,
                "Look at the log for gaps, and renew the card or disk"};
    }
    return okLine(Check::Log, "every event is written");
}

CheckLine checkPictures(const std::optional<LogFacts>& facts) {
    if (!facts)
        return notHereLine(Check::Pictures, "only a running door writes them");
    if (facts->picturesNotWritten > 0)
        return {Check::Pictures, Finding::PicturesNotWritten, Health::Warning,
                std::to_string(facts->picturesNotWritten) +
                    " events were logged without their picture: " + facts->pictureError,
                "Free space, or mend the disk; the events themselves are in the log"};
    return okLine(Check::Pictures, facts->picturesDropped > 0 ? std::to_string(facts->picturesDropped) +
                                                                    " old ones were dropped to keep the limit"
                                                              : "all written");
}

CheckLine checkKey(const StorageFacts& facts) {
    using enum StorageFacts::Key;
    const auto wrong = [](Finding finding, std::string seen, std::string remedy) {
        return CheckLine{Check::Key, finding, Health::OutOfService, std::move(seen), std::move(remedy)};
    };
    switch (facts.key) {
    case NotNeededYet:
        return notHereLine(Check::Key, "there is no database, and no device key yet");
    case Missing:
        return wrong(Finding::KeyMissing, "the device key is missing: templates and pictures cannot be opened",
                     "Put " + facts.keyPath + " back from your copy");
    case NotOurs:
        return wrong(Finding::KeyWrong, facts.keyPath + " cannot be read by this user",
                     "Run doctor as the user of the door, or give it the file back with chown");
    case WrongSize:
        return wrong(Finding::KeyWrong, facts.keyPath + " is no device key: it has not 32 bytes",
                     "Put the right file back from your copy");
    case File:
    case Credential:
        break;
    }
    if (facts.keyOpenToOthers)
        return wrong(Finding::KeyOpenToOthers,
                     facts.keyPath + " may be read by other users (" + octal(facts.keyMode) + ")",
                     "Mend it: chmod 0400 '" + facts.keyPath + "'; whoever read it can open templates and pictures");
    return okLine(Check::Key, (facts.key == Credential ? "systemd credential " : "file ") + facts.keyPath +
                                  ", rights " + octal(facts.keyMode));
}

CheckLine checkClock(const ClockFacts& facts, const StorageFacts& storage) {
    const std::string now = rfc3339Utc(facts.now);
    if (facts.now < earliest)
        return {Check::Clock, Finding::ClockWrong, Health::Failed, now + " is before this version was made",
                "Set the clock: sudo timedatectl set-time ..., or connect it to a network; a Pi without a battery "
                "forgets the time"};
    if (storage.newestEvent && *storage.newestEvent > facts.now + slack)
        return {Check::Clock, Finding::ClockWrong, Health::Failed,
                now + ", but the log has an event of " + rfc3339Utc(*storage.newestEvent) +
                    ": the clock went back, or was ahead then",
                "Set the clock: sudo timedatectl set-time ...; the order of the log stays right, by its numbers"};
    return okLine(Check::Clock, now);
}

CheckLine checkTimeSource(const ClockFacts& facts) {
    if (!facts.synchronised)
        return notHereLine(Check::TimeSource, "the system does not say whether its clock is synchronised");
    if (!*facts.synchronised)
        return {Check::TimeSource, Finding::ClockNotSet, Health::Warning, "the clock follows no time server",
                "sudo timedatectl set-ntp true; without a network, look at the time now and then"};
    return okLine(Check::TimeSource, "the clock follows a time server");
}

CheckLine checkTimeZone(const ClockFacts& facts) {
    if (facts.zone.empty())
        return {Check::TimeZone, Finding::ZoneMissing, Health::Warning, "no time zone is set: the door shows UTC",
                "sudo timedatectl set-timezone Europe/Paris (or yours)"};
    return okLine(Check::TimeZone,
                  facts.zone +
                      (facts.utc ? " (no summer time; change it with timedatectl set-timezone)" : std::string()));
}

CheckLine checkTemperature(const HostFacts& facts) {
    if (!facts.hottest)
        return notHereLine(Check::Temperature, "this machine has no temperature sensor that can be read");
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", *facts.hottest);
    const std::string seen = std::string(text.data()) + " degrees Celsius (" + facts.sensor + ")";
    if (*facts.hottest >= warm)
        return {Check::Temperature, Finding::Hot, *facts.hottest >= hot ? Health::Failed : Health::Warning, seen,
                "Give it air or a fan: from 80 degrees on a Raspberry Pi slows down"};
    return okLine(Check::Temperature, seen);
}

CheckLine checkPower(const HostFacts& facts) {
    if (!facts.throttled && !facts.lowVoltage)
        return notHereLine(Check::Power, "this machine does not tell its supply voltage");
    const std::uint32_t bits = facts.throttled.value_or(0);
    if ((bits & lowNow) != 0 || facts.lowVoltage.value_or(false))
        return {Check::Power, Finding::PowerLow, Health::Failed, "under-voltage now",
                "Use the supply made for this board and a short cable; give the lock its own supply"};
    if ((bits & lowBefore) != 0)
        return {Check::Power, Finding::PowerWasLow, Health::Warning, "under-voltage since the last boot",
                "Use the supply made for this board and a short cable; give the lock its own supply"};
    if ((bits & slowedNow) != 0)
        return {Check::Power, Finding::Hot, Health::Warning, "the processor is slowed down by heat",
                "Give it air or a fan"};
    return okLine(Check::Power, "no under-voltage");
}

CheckLine checkNetwork(const HostFacts& facts) {
    if (facts.addresses.empty())
        return okLine(Check::Network, "none, and none is needed: all of it works on this device alone");
    std::string seen;
    bool usable = false;
    for (const std::string& address : facts.addresses) {
        seen += (seen.empty() ? "" : ", ") + address;
        usable =
            usable || (address.find(" 169.254.") == std::string::npos && address.find(" fe80:") == std::string::npos);
    }
    if (!usable)
        return {Check::Network, Finding::NoAddress, Health::Warning, seen + ": no address was given to it",
                "Check the router or cable if you want the network; the door works without"};
    return okLine(Check::Network, seen + (facts.defaultRoute.empty() ? "; local only, no way out"
                                                                     : "; way out by " + facts.defaultRoute));
}

} // namespace facelatch::core
