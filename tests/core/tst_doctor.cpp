// SPDX-License-Identifier: GPL-3.0-or-later
// Each check by a table: the same facts, one thing wrong at a time.
#include "core/doctor.h"

#include <cctype>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <set>

namespace facelatch::core {
namespace {

/// A door in use, with nothing wrong.
DoctorFacts wellFacts() {
    DoctorFacts facts;
    facts.settings = {"/etc/facelatch/settings.toml", true, {}, {}};
    facts.door = {DoorState::Running, {}, {}, {}, 4};
    facts.camera.looked = true;
    facts.camera.source = "camera";
    facts.camera.realLock = true;
    facts.camera.width = 640;
    facts.camera.height = 480;
    facts.camera.askedPerSecond = 30;
    facts.camera.perSecond = 29.9;
    facts.camera.newestAge = milliseconds(33);
    facts.camera.brightness = 120;
    facts.camera.sharpness = 300;
    facts.models = {{"net", {}, {}, "0123456789abcdef", true, 1e-6}};
    facts.knownFace = {"john/1.jpg", true, true, {}};
    facts.liveness = {true, {}, 5};
    facts.lock.looked = true;
    facts.lock.kind = "lockd";
    facts.lock.description = "lock daemon at /run/x";
    facts.lock.connected = true;
    facts.lock.state = "rest";
    facts.lock.strike = milliseconds(4000);
    facts.storage.folder = "/var/lib/facelatch";
    facts.storage.exists = true;
    facts.storage.mode = 0700;
    facts.storage.freeBytes = std::int64_t{10} << 30;
    facts.storage.ballastBytes = std::int64_t{32} << 20;
    facts.storage.databaseBytes = 1 << 20;
    facts.storage.walBytes = 0;
    facts.storage.schema = facts.storage.knownSchema = 1;
    facts.storage.integrity = Integrity::Whole;
    facts.storage.key = StorageFacts::Key::File;
    facts.storage.keyPath = "/var/lib/facelatch/device.key";
    facts.storage.keyMode = 0400;
    facts.log = LogFacts{};
    facts.log->open = true;
    facts.clock = {WallTime(std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}), true, "Europe/Paris", false};
    facts.push = {true, true, {}, {}, true, "*:8765", 2, 1, {}, {}, facts.clock.now + std::chrono::years(1), false};
    facts.host = {48.2, "cpu-thermal", 0U, false, {"eth0 192.168.1.7"}, "eth0"};
    return facts;
}

struct Case {
    const char* name;
    std::function<void(DoctorFacts&)> spoil;
    Check check;
    Health health;
    Finding finding;
    const char* seen; ///< must stand in the line
};

const std::vector<Case>& cases() {
    using enum Finding;
    using enum Health;
    using F = DoctorFacts&;
    static const std::vector<Case> all{
        {"wrong settings", [](F f) { f.settings.errors = {"a.toml:3: no"}; }, Check::Settings, OutOfService,
         SettingsWrong, "a.toml:3"},
        {"settings others may change", [](F f) { f.settings.openToOthers = {"a.toml"}; }, Check::Settings, Failed,
         SettingsOpenToOthers, "a.toml"},
        {"no settings file", [](F f) { f.settings.fileExists = false; }, Check::Settings, Ok, Fine, "default"},
        {"no door runs", [](F f) { f.door.state = DoorState::NotRunning; }, Check::Door, NotHere, Unknown, "no door"},
        {"the door is silent",
         [](F f) {
             f.door = {DoorState::Silent, "stopped", {}, {}, 0};
         },
         Check::Door, OutOfService, DoorSilent, "stopped"},
        {"not allowed to ask",
         [](F f) {
             f.door = {DoorState::NotAllowed, "uid", {}, {}, 0};
         },
         Check::Door, Warning, DoorNotAsked, "uid"},
        {"a fault that stops",
         [](F f) {
             f.door.faults = {{"no_lock", "gone", true}};
         },
         Check::Door, OutOfService, DoorFault, "no_lock (gone)"},
        {"a fault that does not",
         [](F f) {
             f.door.faults = {{"log_not_writable", "full", false}};
         },
         Check::Door, Failed, DoorFault, "log_not_writable"},
        {"the vision thread hangs",
         [](F f) {
             f.door.silent = {{"vision", true}};
         },
         Check::Threads, OutOfService, ThreadSilent, "vision"},
        {"the storage thread is busy",
         [](F f) {
             f.door.silent = {{"storage", false}};
         },
         Check::Threads, Warning, ThreadSilent, "storage"},
        {"threads without a door", [](F f) { f.door.state = DoorState::NotRunning; }, Check::Threads, NotHere, Unknown,
         ""},
        {"no camera", [](F f) { f.camera.error = "no camera found"; }, Check::Camera, OutOfService, CameraMissing,
         "no camera found"},
        {"no picture", [](F f) { f.camera.newestAge.reset(); }, Check::Camera, OutOfService, CameraMissing,
         "no picture"},
        {"a frozen camera", [](F f) { f.camera.newestAge = milliseconds(2600); }, Check::Camera, OutOfService,
         CameraLate, "2.6 s"},
        {"a slow camera", [](F f) { f.camera.perSecond = 15; }, Check::Camera, Warning, CameraSlow, "15.0"},
        {"a camera too slow", [](F f) { f.camera.perSecond = 3; }, Check::Camera, Failed, CameraSlow, "3.0"},
        {"slow as asked", [](F f) { f.camera.perSecond = f.camera.askedPerSecond = 2; }, Check::Camera, Ok, Fine, ""},
        {"a replay on a real lock", [](F f) { f.camera.origin = FrameOrigin::Replay; }, Check::Camera, OutOfService,
         CameraNotLive, "recorded"},
        {"a test picture on a real lock", [](F f) { f.camera.origin = FrameOrigin::Test; }, Check::Camera, OutOfService,
         CameraNotLive, "recorded"},
        {"a replay on no real lock",
         [](F f) {
             f.camera.origin = FrameOrigin::Replay;
             f.camera.realLock = false;
         },
         Check::Camera, Warning, CameraNotLive, "recorded"},
        {"the network may open",
         [](F f) {
             f.camera.origin = FrameOrigin::Network;
             f.camera.networkMayOpen = true;
         },
         Check::Camera, Warning, CameraFromNetwork, "open this door"},
        {"the network may not open", [](F f) { f.camera.origin = FrameOrigin::Network; }, Check::Camera, OutOfService,
         CameraFromNetwork, "network"},
        {"pictures without a time on a real lock", [](F f) { f.camera.origin = FrameOrigin::Undated; }, Check::Camera,
         OutOfService, CameraNotLive, "when they were taken"},
        {"pictures without a time on no real lock",
         [](F f) {
             f.camera.origin = FrameOrigin::Undated;
             f.camera.realLock = false;
         },
         Check::Camera, Warning, CameraNotLive, "when they were taken"},
        {"the camera is somebody else's", [](F f) { f.camera.looked = false; }, Check::Camera, NotHere, Unknown, ""},
        {"dark", [](F f) { f.camera.brightness = 39; }, Check::Light, Warning, TooDark, "39"},
        {"bright", [](F f) { f.camera.brightness = 216; }, Check::Light, Warning, TooBright, "216"},
        {"no light without a picture", [](F f) { f.camera.newestAge.reset(); }, Check::Light, NotHere, Unknown, ""},
        {"blurred", [](F f) { f.camera.sharpness = 14; }, Check::Sharpness, Warning, Blurred, "14"},
        {"no sharpness without a picture", [](F f) { f.camera.looked = false; }, Check::Sharpness, NotHere, Unknown,
         ""},
        {"a missing model", [](F f) { f.models[0].error = "missing"; }, Check::Models, OutOfService, ModelMissing,
         "net: missing"},
        {"a model that computes wrongly", [](F f) { f.models[0].deviation = 0.4; }, Check::Models, OutOfService,
         ModelFails, "40.0 %"},
        {"a model that computes nothing", [](F f) { f.models[0].deviation = std::nan(""); }, Check::Models,
         OutOfService, ModelFails, "net"},
        {"a model without references", [](F f) { f.models[0].compared = false; }, Check::Models, Warning,
         ModelNotCompared, "0123456789ab"},
        {"no model", [](F f) { f.models.clear(); }, Check::Models, OutOfService, ModelMissing, ""},
        {"no known face", [](F f) { f.knownFace.picture.clear(); }, Check::KnownFace, NotHere, Unknown, ""},
        {"a known face not found", [](F f) { f.knownFace.found = false; }, Check::KnownFace, Failed, FaceNotFound,
         "not found"},
        {"a known face not embedded", [](F f) { f.knownFace.embedded = false; }, Check::KnownFace, Failed, FaceNotFound,
         "cannot be compared"},
        {"liveness off", [](F f) { f.liveness.required = false; }, Check::Liveness, Warning, LivenessOff, "photograph"},
        {"no liveness model", [](F f) { f.liveness.modelError = "missing"; }, Check::Liveness, OutOfService,
         LivenessMissing, "missing"},
        {"a simulated lock", [](F f) { f.lock.kind = "simulated"; }, Check::Lock, Warning, LockNotReal, "simulated"},
        {"no lock",
         [](F f) {
             f.lock.connected = false;
             f.lock.error = "does not run";
         },
         Check::Lock, OutOfService, LockSilent, "does not run"},
        {"a busy lock",
         [](F f) {
             f.lock.connected = false;
             f.lock.busy = true;
             f.lock.error = "another program";
         },
         Check::Lock, OutOfService, LockBusy, "another program"},
        {"a test build", [](F f) { f.lock.testBuild = true; }, Check::Lock, Warning, LockNotReal, "test build"},
        {"a strike the daemon refuses", [](F f) { f.lock.longestPulse = milliseconds(3999); }, Check::Lock,
         OutOfService, StrikeTooLong, "3999"},
        {"a strike it just allows", [](F f) { f.lock.longestPulse = milliseconds(4000); }, Check::Lock, Ok, Fine,
         "at rest"},
        {"released now",
         [](F f) {
             f.lock.state = "pulse";
             f.lock.left = milliseconds(1200);
         },
         Check::Lock, Ok, Fine, "1200 ms"},
        {"the lock is somebody else's", [](F f) { f.lock.looked = false; }, Check::Lock, NotHere, Unknown, ""},
        {"no folder", [](F f) { f.storage.exists = false; }, Check::Storage, Warning, FolderMissing, "not there"},
        {"another's folder", [](F f) { f.storage.notOurs = "bob"; }, Check::Storage, OutOfService, FolderNotOurs,
         "bob"},
        {"a read-only folder", [](F f) { f.storage.notWritable = "read-only"; }, Check::Storage, Failed,
         FolderNotWritable, "read-only"},
        {"a full disk",
         [](F f) {
             f.storage.notWritable = "no space";
             f.storage.full = true;
         },
         Check::Storage, Failed, SpaceGone, "no space"},
        {"an open folder", [](F f) { f.storage.mode = 0750; }, Check::Storage, Failed, FolderOpenToOthers, "0750"},
        {"little space", [](F f) { f.storage.freeBytes = 100 << 20; }, Check::Space, Warning, SpaceLow, "104.9 MB"},
        {"no space", [](F f) { f.storage.freeBytes = 1000; }, Check::Space, Failed, SpaceGone, "0.0 MB"},
        {"the ballast was given up", [](F f) { f.log->ballastFreed = true; }, Check::Space, Warning, SpaceLow,
         "reserve"},
        {"no ballast and no door",
         [](F f) {
             f.log.reset();
             f.storage.ballastBytes = -1;
         },
         Check::Space, Warning, SpaceLow, "reserve"},
        {"unknown space", [](F f) { f.storage.freeBytes = -1; }, Check::Space, NotHere, Unknown, ""},
        {"no database", [](F f) { f.storage.databaseBytes = -1; }, Check::Database, NotHere, Unknown, ""},
        {"a newer database", [](F f) { f.storage.schema = 9; }, Check::Database, OutOfService, DatabaseNewer, "9"},
        {"a damaged database",
         [](F f) {
             f.storage.integrity = Integrity::Damaged;
             f.storage.damage = "page 3";
         },
         Check::Database, Failed, DatabaseDamaged, "page 3"},
        {"an unreadable database", [](F f) { f.storage.integrity = Integrity::Unreadable; }, Check::Database,
         OutOfService, DatabaseUnread, ""},
        {"an unchecked database", [](F f) { f.storage.integrity = Integrity::NotChecked; }, Check::Database, NotHere,
         Unknown, "too large"},
        {"a large write-ahead log", [](F f) { f.storage.walBytes = 65 << 20; }, Check::WriteAheadLog, Warning, WalLarge,
         "68.2 MB"},
        {"no log without a door", [](F f) { f.log.reset(); }, Check::Log, NotHere, Unknown, ""},
        {"events wait",
         [](F f) {
             f.log->waiting = 7;
             f.log->error = "disk full";
         },
         Check::Log, Failed, LogWaits, "7 events wait in memory: disk full"},
        {"the log is not open", [](F f) { f.log->open = false; }, Check::Log, Failed, LogWaits, "0 events"},
        {"events are lost", [](F f) { f.log->lost = 3; }, Check::Log, Failed, LogLost, "3 events are lost"},
        {"the log was rebuilt",
         [](F f) {
             f.log->rebuilt = true;
             f.log->notes = {"kept aside"};
         },
         Check::Log, Warning, LogRebuilt, "kept aside"},
        {"pictures not written",
         [](F f) {
             f.log->picturesNotWritten = 5;
             f.log->pictureError = "read-only";
         },
         Check::Pictures, Warning, PicturesNotWritten, "5 events were logged without their picture: read-only"},
        {"no pictures without a door", [](F f) { f.log.reset(); }, Check::Pictures, NotHere, Unknown, ""},
        {"pictures dropped", [](F f) { f.log->picturesDropped = 5; }, Check::Pictures, Ok, Fine, "5 old ones"},
        {"no key", [](F f) { f.storage.key = StorageFacts::Key::Missing; }, Check::Key, OutOfService, KeyMissing, ""},
        {"a key of another size", [](F f) { f.storage.key = StorageFacts::Key::WrongSize; }, Check::Key, OutOfService,
         KeyWrong, "32 bytes"},
        {"a key of another user", [](F f) { f.storage.key = StorageFacts::Key::NotOurs; }, Check::Key, OutOfService,
         KeyWrong, ""},
        {"an open key",
         [](F f) {
             f.storage.keyOpenToOthers = true;
             f.storage.keyMode = 0644;
         },
         Check::Key, OutOfService, KeyOpenToOthers, "0644"},
        {"a credential",
         [](F f) {
             f.storage.key = StorageFacts::Key::Credential;
             f.storage.keyMode = 0440;
         },
         Check::Key, Ok, Fine, "credential"},
        {"no key yet", [](F f) { f.storage.key = StorageFacts::Key::NotNeededYet; }, Check::Key, NotHere, Unknown, ""},
        {"a clock of 1970", [](F f) { f.clock.now = WallTime(milliseconds(5000)); }, Check::Clock, Failed, ClockWrong,
         "1970"},
        {"an event of tomorrow", [](F f) { f.storage.newestEvent = f.clock.now + std::chrono::hours(24); },
         Check::Clock, Failed, ClockWrong, "2026-11-22"},
        {"an event of just now", [](F f) { f.storage.newestEvent = f.clock.now + milliseconds(900); }, Check::Clock, Ok,
         Fine, ""},
        {"not synchronised", [](F f) { f.clock.synchronised = false; }, Check::TimeSource, Warning, ClockNotSet, ""},
        {"synchronisation unknown", [](F f) { f.clock.synchronised.reset(); }, Check::TimeSource, NotHere, Unknown, ""},
        {"no zone", [](F f) { f.clock.zone.clear(); }, Check::TimeZone, Warning, ZoneMissing, "UTC"},
        {"UTC",
         [](F f) {
             f.clock.zone = "Etc/UTC";
             f.clock.utc = true;
         },
         Check::TimeZone, Ok, Fine, "summer"},
        {"warm", [](F f) { f.host.hottest = 80; }, Check::Temperature, Warning, Hot, "80.0"},
        {"hot", [](F f) { f.host.hottest = 90.5; }, Check::Temperature, Failed, Hot, "90.5"},
        {"no sensor", [](F f) { f.host.hottest.reset(); }, Check::Temperature, NotHere, Unknown, ""},
        {"under-voltage now", [](F f) { f.host.throttled = 0x50005; }, Check::Power, Failed, PowerLow, "now"},
        {"the alarm of rpi_volt", [](F f) { f.host.lowVoltage = true; }, Check::Power, Failed, PowerLow, "now"},
        {"under-voltage before", [](F f) { f.host.throttled = 0x50000; }, Check::Power, Warning, PowerWasLow, "boot"},
        {"slowed by heat", [](F f) { f.host.throttled = 0x8; }, Check::Power, Warning, Hot, "heat"},
        {"no voltage sensor",
         [](F f) {
             f.host.throttled.reset();
             f.host.lowVoltage.reset();
         },
         Check::Power, NotHere, Unknown, ""},
        {"a port that is taken",
         [](F f) {
             f.push.error = "port 8765 is taken";
             f.push.remedy = "set push.port";
         },
         Check::Viewers, Failed, ViewersUnreachable, "8765"},
        {"viewers switched off", [](F f) { f.push.enabled = false; }, Check::Viewers, Ok, Fine, "push.enabled"},
        {"no viewers", [](F f) { f.push.listening = false; }, Check::Viewers, Ok, Fine, "closed"},
        {"no door asked for viewers", [](F f) { f.push.looked = false; }, Check::Viewers, NotHere, Unknown, ""},
        {"no certificate without viewers", [](F f) { f.push.enabled = false; }, Check::Certificate, NotHere, Unknown,
         ""},
        {"no certificate yet", [](F f) { f.push.validUntil.reset(); }, Check::Certificate, NotHere, Unknown, "none"},
        {"a broken certificate", [](F f) { f.push.certificateError = "no PEM"; }, Check::Certificate, Failed,
         CertificateWrong, "no PEM"},
        {"a certificate that ends soon", [](F f) { f.push.validUntil = f.clock.now + std::chrono::days(30); },
         Check::Certificate, Warning, CertificateEnds, "it ends on 2026-12-21"},
        {"a certificate that does not end soon", [](F f) { f.push.validUntil = f.clock.now + std::chrono::days(31); },
         Check::Certificate, Ok, Fine, "2026-12-22"},
        {"a certificate that ended", [](F f) { f.push.validUntil = f.clock.now; }, Check::Certificate, Failed,
         CertificateEnds, "it ended on 2026-11-21"},
        {"an owner's certificate", [](F f) { f.push.ownersOwn = true; }, Check::Certificate, Ok, Fine, "owner's own"},
        {"no network", [](F f) { f.host.addresses.clear(); }, Check::Network, Ok, Fine, "none is needed"},
        {"no way out", [](F f) { f.host.defaultRoute.clear(); }, Check::Network, Ok, Fine, "local only"},
        {"no address given",
         [](F f) {
             f.host.addresses = {"eth0 169.254.7.7", "eth0 fe80::1"};
         },
         Check::Network, Warning, NoAddress, "169.254.7.7"},
    };
    return all;
}

class DoctorCase : public testing::TestWithParam<Case> {};

TEST_P(DoctorCase, oneThingWrong) {
    const Case& wanted = GetParam();
    DoctorFacts facts = wellFacts();
    wanted.spoil(facts);
    int found = 0;
    for (const CheckLine& line : examine(facts)) {
        if (line.check != wanted.check)
            continue;
        ++found;
        EXPECT_EQ(healthCode(line.health), healthCode(wanted.health)) << line.seen;
        EXPECT_EQ(findingCode(line.finding), findingCode(wanted.finding)) << line.seen;
        EXPECT_NE(line.seen.find(wanted.seen), std::string::npos) << line.seen;
    }
    EXPECT_EQ(found, 1);
}

INSTANTIATE_TEST_SUITE_P(Doctor, DoctorCase, testing::ValuesIn(cases()), [](const auto& one) {
    std::string name = one.param.name;
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0)
            c = '_';
    return name;
});

TEST(Doctor, aDoorInUseHasNothingToMend) {
    const auto lines = examine(wellFacts());
    for (const CheckLine& line : lines) {
        EXPECT_EQ(line.health, Health::Ok) << checkCode(line.check) << ": " << line.seen;
        EXPECT_TRUE(line.remedy.empty());
    }
    EXPECT_EQ(worst(lines), Health::Ok);
    EXPECT_EQ(doctorExitCode(lines, true), 0);
    std::set<Check> checks;
    for (const CheckLine& line : lines)
        checks.insert(line.check);
    EXPECT_EQ(checks.size(), static_cast<std::size_t>(Check::Network) + 1);
}

/// Whatever is wrong comes with what to do; what is not wrong has nothing to do.
TEST(Doctor, everyWrongLineSaysWhatToDo) {
    std::set<Finding> seen;
    for (const Case& each : cases()) {
        DoctorFacts facts = wellFacts();
        each.spoil(facts);
        for (const CheckLine& line : examine(facts)) {
            seen.insert(line.finding);
            EXPECT_FALSE(line.seen.empty() && line.health != Health::NotHere) << each.name;
            EXPECT_EQ(line.remedy.empty(), line.health == Health::Ok || line.health == Health::NotHere) << line.seen;
            EXPECT_EQ(line.finding == Finding::Fine, line.health == Health::Ok) << line.seen;
            EXPECT_EQ(line.finding == Finding::Unknown, line.health == Health::NotHere) << line.seen;
        }
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(Finding::NoAddress) + 1) << "a finding that no case shows";
}

TEST(Doctor, theWorstLineDecidesTheExitCode) {
    const auto codeOf = [](const std::vector<Health>& healths, bool strict = false) {
        std::vector<CheckLine> lines;
        for (const Health health : healths)
            lines.push_back({Check::Camera, Finding::Fine, health, {}, {}});
        return doctorExitCode(lines, strict);
    };
    using enum Health;
    EXPECT_EQ(codeOf({}), 0);
    EXPECT_EQ(codeOf({Ok, NotHere}), 0);
    EXPECT_EQ(codeOf({Ok, Warning}), 0);
    EXPECT_EQ(codeOf({Ok, NotHere}, true), 0);
    EXPECT_EQ(codeOf({Ok, Warning}, true), 1);
    EXPECT_EQ(codeOf({Failed, Warning}), 1);
    EXPECT_EQ(codeOf({OutOfService, Failed, Warning}), 3);
    const CheckLine newer{Check::Database, Finding::DatabaseNewer, OutOfService, {}, {}};
    const CheckLine wrong{Check::Settings, Finding::SettingsWrong, OutOfService, {}, {}};
    EXPECT_EQ(doctorExitCode({newer}, false), 4);
    EXPECT_EQ(doctorExitCode({newer, wrong}, false), 2);
}

TEST(Doctor, codesAreDifferent) {
    std::set<std::string_view> checks, findings, healths;
    for (int i = 0; i <= static_cast<int>(Check::Network); ++i)
        checks.insert(checkCode(static_cast<Check>(i)));
    for (int i = 0; i <= static_cast<int>(Finding::NoAddress); ++i)
        findings.insert(findingCode(static_cast<Finding>(i)));
    for (int i = 0; i <= static_cast<int>(Health::OutOfService); ++i)
        healths.insert(healthCode(static_cast<Health>(i)));
    EXPECT_EQ(checks.size(), static_cast<std::size_t>(Check::Network) + 1);
    EXPECT_EQ(findings.size(), static_cast<std::size_t>(Finding::NoAddress) + 1);
    EXPECT_EQ(healths.size(), 5U);
    EXPECT_EQ(checkCode(Check::Network), "network");
    EXPECT_EQ(findingCode(Finding::NoAddress), "no_address");
}

} // namespace
} // namespace facelatch::core
