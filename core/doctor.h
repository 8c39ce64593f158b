// SPDX-License-Identifier: GPL-3.0-or-later
// Doctor: from facts gathered about a door to one line a check - ok, or what is wrong and what to do.
//
// Pure functions: who gathers the facts, and where the lines are shown, is app's affair. Texts are English, for whoever
// looks after the door; the screen at the door has its own words for each Finding.
#pragma once

#include "core/frame.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace facelatch::core {

/// The worse comes later.
enum class Health {
    Ok,
    NotHere,     ///< cannot be looked at on this machine, or has nothing to say now
    Warning,     ///< works, and wants somebody's attention
    Failed,      ///< a part does not work; the door still decides
    OutOfService ///< with this the door opens for nobody
};

enum class Check {
    Settings,
    Door,
    Threads,
    Camera,
    Light,
    Sharpness,
    Models,
    KnownFace,
    Liveness,
    Lock,
    Storage,
    Space,
    Database,
    WriteAheadLog,
    Log,
    Pictures,
    Key,
    Clock,
    TimeSource,
    TimeZone,
    Temperature,
    Power,
    Viewers,
    Certificate,
    Network
};

/// What was found; each has its own words on the screen.
enum class Finding {
    Fine,
    Unknown, ///< with Health::NotHere

    SettingsWrong,
    SettingsOpenToOthers,
    DoorNotAsked,
    DoorSilent,
    DoorFault,
    ThreadSilent,
    CameraMissing,
    CameraLate,
    CameraSlow,
    CameraNotLive,
    CameraFromNetwork,
    TooDark,
    TooBright,
    Blurred,
    ModelMissing,
    ModelFails,
    ModelNotCompared,
    FaceNotFound,
    LivenessOff,
    LivenessMissing,
    LockSilent,
    LockBusy,
    LockNotReal,
    StrikeTooLong,
    FolderMissing,
    FolderNotOurs,
    FolderOpenToOthers,
    FolderNotWritable,
    SpaceLow,
    SpaceGone,
    DatabaseDamaged,
    DatabaseNewer,
    DatabaseUnread,
    WalLarge,
    LogWaits,
    LogLost,
    LogRebuilt,
    PicturesNotWritten,
    KeyMissing,
    KeyOpenToOthers,
    KeyWrong,
    ClockWrong,
    ClockNotSet,
    ZoneMissing,
    Hot,
    PowerLow,
    PowerWasLow,
    ViewersUnreachable,
    CertificateWrong,
    CertificateEnds,
    NoAddress
};

struct CheckLine {
    Check check = Check::Settings;
    Finding finding = Finding::Fine;
    Health health = Health::Ok;
    std::string seen;   ///< what was seen, one plain sentence without a full stop
    std::string remedy; ///< what to do; empty only when the line is Ok or NotHere
};

inline CheckLine okLine(Check check, std::string seen) {
    return {check, Finding::Fine, Health::Ok, std::move(seen), {}};
}
inline CheckLine notHereLine(Check check, std::string seen) {
    return {check, Finding::Unknown, Health::NotHere, std::move(seen), {}};
}

// What the checks look at. A default-made fact is "not looked at".

struct SettingsFacts {
    std::string file; ///< the owner's
    bool fileExists = false;
    std::vector<std::string> errors;
    std::vector<std::string> openToOthers; ///< files that others may write, or read although they hold a secret
};

enum class DoorState {
    NotRunning, ///< camera and lock were looked at directly
    Running,
    Silent,    ///< it runs and does not answer
    NotAllowed ///< this user may not ask it
};
struct StandingFault {
    std::string code, detail;
    bool stopsTheDoor = false;
};
struct SilentThread {
    std::string name;
    bool stopsTheDoor = false;
};
struct DoorFacts {
    DoorState state = DoorState::NotRunning;
    std::string detail; ///< why it was not asked
    std::vector<StandingFault> faults;
    std::vector<SilentThread> silent; ///< threads that did not answer in time
    int threads = 0;                  ///< that were asked
};

struct CameraFacts {
    bool looked = false;       ///< otherwise somebody else holds it, and `error` says who
    std::string source;        ///< for people
    std::string error, remedy; ///< it could not be opened, or was lost
    FrameOrigin origin = FrameOrigin::Camera;
    bool realLock = false;
    bool networkMayOpen = false;
    int width = 0, height = 0;
    double askedPerSecond = 0, perSecond = 0;
    std::optional<milliseconds> newestAge; ///< of the newest picture; nothing when there was none
    double brightness = 0;                 ///< mean grey value of the picture, 0..255
    double sharpness = 0;                  ///< variance of the Laplacian of the grey picture
};

struct ModelFacts {
    std::string id;
    std::string error, remedy; ///< missing, refused or not loadable
    std::string sha256;
    bool compared = false; ///< there are reference values for this file
    double deviation = 0;  ///< of its outputs on a made picture from the reference, relative, 0..1
};
/// A photograph with a face that is installed on this machine, not one of a person who is enrolled.
struct KnownFaceFacts {
    std::string picture; ///< empty: none is installed
    bool found = false, embedded = false;
    std::string error;
};
struct LivenessFacts {
    bool required = false;
    std::string modelError;
    int minFrames = 0;
};

struct LockFacts {
    bool looked = false;
    std::string kind;        ///< lock.kind
    std::string description; ///< for people
    bool connected = false, busy = false, testBuild = false;
    std::string error, remedy;
    std::string state;    ///< "rest", "pulse", "hold" as read back
    milliseconds left{0}; ///< of a release
    std::string inputs;   ///< "dps active, rex inactive"; empty when there are none or they are not known
    std::optional<milliseconds> longestPulse;
    milliseconds strike{0};
};

enum class Integrity { NotChecked, Whole, Damaged, Unreadable };
struct StorageFacts {
    std::string folder;
    bool exists = false;
    std::string notOurs;     ///< the owner's name when it is another user
    unsigned mode = 0;       ///< permission bits of the folder
    std::string notWritable; ///< why a file could not be written there; empty when it could
    bool full = false;       ///< ... for want of space
    std::int64_t freeBytes = -1, ballastBytes = -1, databaseBytes = -1, walBytes = -1;
    int schema = 0, knownSchema = 0;
    Integrity integrity = Integrity::NotChecked;
    std::string damage;
    std::optional<WallTime> newestEvent;
    enum class Key { NotNeededYet, File, Credential, Missing, NotOurs, WrongSize } key = Key::NotNeededYet;
    std::string keyPath;
    unsigned keyMode = 0;
    bool keyOpenToOthers = false;
};

/// What only the running door knows of its log.
struct LogFacts {
    bool open = false;
    std::string error; ///< of the last failed write; empty when it succeeded
    bool ballastFreed = false;
    std::int64_t waiting = 0, lost = 0; ///< events in memory; events that found no room there
    std::int64_t picturesNotWritten = 0, picturesDropped = 0;
    std::string pictureError;
    std::vector<std::string> notes; ///< of the opening
    bool rebuilt = false;           ///< the database was damaged and has been salvaged at the opening
};

struct ClockFacts {
    WallTime now{};
    std::optional<bool> synchronised; ///< nothing: the system does not say
    std::string zone;                 ///< empty: none is set
    bool utc = false;
};

struct HostFacts {
    std::optional<double> hottest; ///< degrees Celsius
    std::string sensor;
    std::optional<std::uint32_t> throttled; ///< the Raspberry Pi firmware's get_throttled
    std::optional<bool> lowVoltage;         ///< the alarm of rpi_volt
    std::vector<std::string> addresses;     ///< "eth0 192.168.1.7", without loopback
    std::string defaultRoute;               ///< name of the interface; empty when there is none
};

/// How viewers reach the door.
struct PushFacts {
    bool looked = false; ///< the door was asked; the certificate is looked at either way
    bool enabled = false;
    std::string error, remedy; ///< it should listen, and does not
    bool listening = false;
    std::string where; ///< address and port
    int viewers = 0, online = 0;
    std::string certificateError, certificateRemedy;
    std::optional<WallTime> validUntil; ///< nothing: there is none yet
    bool ownersOwn = false;
};

struct DoctorFacts {
    SettingsFacts settings;
    DoorFacts door;
    CameraFacts camera;
    std::vector<ModelFacts> models;
    KnownFaceFacts knownFace;
    LivenessFacts liveness;
    LockFacts lock;
    StorageFacts storage;
    std::optional<LogFacts> log; ///< only while a door runs
    ClockFacts clock;
    HostFacts host;
    PushFacts push;
};

// One function a check (checkModels: a line a model).
CheckLine checkSettings(const SettingsFacts& facts);
CheckLine checkDoor(const DoorFacts& facts);
CheckLine checkThreads(const DoorFacts& facts);
CheckLine checkCamera(const CameraFacts& facts);
CheckLine checkLight(const CameraFacts& facts);
CheckLine checkSharpness(const CameraFacts& facts);
std::vector<CheckLine> checkModels(const std::vector<ModelFacts>& facts);
CheckLine checkKnownFace(const KnownFaceFacts& facts);
CheckLine checkLiveness(const LivenessFacts& facts);
CheckLine checkLock(const LockFacts& facts);
CheckLine checkStorage(const StorageFacts& facts);
CheckLine checkSpace(const StorageFacts& facts, const std::optional<LogFacts>& log);
CheckLine checkDatabase(const StorageFacts& facts);
CheckLine checkWriteAheadLog(const StorageFacts& facts);
CheckLine checkLog(const std::optional<LogFacts>& facts);
CheckLine checkPictures(const std::optional<LogFacts>& facts);
CheckLine checkKey(const StorageFacts& facts);
CheckLine checkClock(const ClockFacts& facts, const StorageFacts& storage);
CheckLine checkTimeSource(const ClockFacts& facts);
CheckLine checkTimeZone(const ClockFacts& facts);
CheckLine checkTemperature(const HostFacts& facts);
CheckLine checkPower(const HostFacts& facts);
CheckLine checkViewers(const PushFacts& facts);
CheckLine checkCertificate(const PushFacts& facts, const ClockFacts& clock);
/// How long before its end a certificate is told of.
inline constexpr std::chrono::days certificateWarning{30};
CheckLine checkNetwork(const HostFacts& facts);

/// All of them, in the order of Check.
std::vector<CheckLine> examine(const DoctorFacts& facts);

/// Ok when there is no line.
Health worst(const std::vector<CheckLine>& lines);
/// By the worst line: 0 all ok, or warnings only (1 when `strict`); 1 something failed; 3 the door is, or would be, out
/// of service; 2 wrong settings, with which it does not start at all; 4 data of a newer version, with which neither.
int doctorExitCode(const std::vector<CheckLine>& lines, bool strict);

/// Stable codes such as "camera", "too_dark", "warning".
std::string_view checkCode(Check check);
std::string_view findingCode(Finding finding);
std::string_view healthCode(Health health);

} // namespace facelatch::core
