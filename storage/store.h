// SPDX-License-Identifier: GPL-3.0-or-later
// Store: the one writer of people, templates, events and pictures.
//
// Thread: open, use and destroy it on one thread (SQLite's connection lives there); a QCoreApplication must exist, as
// Qt's SQL drivers need one. Calls block on the disk. Readers use LogReader (storage/log_reader.h) on their own
// threads. Durability: WAL with synchronous=FULL; a call that returned success survives a kill and a power cut. Errors:
// a full disk, a read-only or vanished folder, a locked database or an I/O error come back as Error; the store stays
// usable, reopens its connection by itself and works again when the cause is gone.
#pragma once

#include "core/access_policy.h"
#include "core/decision.h"
#include "core/door_mode.h"
#include "core/person.h"
#include "core/result.h"
#include "core/time.h"
#include "storage/audit.h"
#include "storage/data_folder.h"
#include "storage/pin_hash.h"
#include "storage/secrets.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::storage {

struct EventRow;
class SnapshotFiles;
class SqlConnection;

/// snapshots.keep of the settings.
enum class KeepSnapshots {
    Local,         ///< until snapshots.max_mb is reached
    UntilUploaded, ///< until dropSnapshot() says that the backend has it
    Never          ///< no picture is written
};

struct StoreOptions {
    /// When it is opened: stamps backups and what is kept aside.
    core::WallTime now{};
    /// Where systemd put the credentials; see loadDeviceKey().
    std::string credentialsDirectory = credentialsDirectoryFromEnvironment();
    KeepSnapshots keepSnapshots = KeepSnapshots::Local;
    /// snapshots.max_mb in bytes; the oldest pictures go first. The rows stay.
    std::int64_t snapshotsMaxBytes = std::int64_t{2000} * 1000 * 1000;
    /// Size of the ballast file (see data_files.h); 0 for none.
    std::int64_t ballastBytes = std::int64_t{32} * 1024 * 1024;
    /// A database up to this size is checked page by page at each opening; a larger one when damage was met or asked
    /// for.
    std::int64_t fullCheckMaxBytes = std::int64_t{128} * 1024 * 1024;
    bool forceFullCheck = false;
    /// How long to wait for another program's lock on the database.
    core::milliseconds busyTimeout{2000};
};

/// What happened while opening, for the log, the banner and doctor.
struct OpenReport {
    bool created = false;  ///< there was no database
    int migratedFrom = 0;  ///< schema version found when it was older; 0 when it was not
    std::string backup;    ///< the copy made before migrating; empty when none was needed
    bool salvaged = false; ///< the database was damaged and has been rebuilt
    std::string keptAside; ///< the damaged file
    std::string damage;    ///< what was wrong with it
    std::int64_t salvagedEvents = 0, salvagedPeople = 0, salvagedTemplates = 0;
    std::int64_t lostRows = 0; ///< rows that were seen and could not be read or did not fit their hash
    bool newLogId = false; ///< an existing log got a new id: salvaged, or older than what was acknowledged (restored)
    std::vector<std::string> notes; ///< all of that in plain sentences, in order
};

struct StoreHealth {
    bool writable = true;                ///< the last write succeeded
    std::string lastError;               ///< of the last failed write; empty when it succeeded
    bool ballastFreed = false;           ///< the disk is full: the reserve has been given up and is not yet back
    std::int64_t snapshotBytes = 0;      ///< pictures on the disk
    std::int64_t picturesNotWritten = 0; ///< since opening: events logged without their picture (disk trouble)
    std::string lastPictureError;        ///< why the latest of those was not
    std::int64_t picturesDropped = 0;    ///< since opening: deleted to keep within the limit or to make space for rows
};

struct StoredTemplates {
    std::vector<core::FaceTemplate> templates;
    /// People with a template that did not decrypt (damage, or moved by hand). They match nothing.
    std::vector<core::PersonId> unreadable;
};

/// What stays readable of somebody in the log after removal.
enum class Names {
    Keep, ///< past events keep the name, card and person as they were
    Erase ///< they go; the chain still verifies
};

struct Removal {
    std::int64_t templates = 0;
    std::int64_t pictures = 0; ///< snapshots of that person's events: unreadable without the person's key, and deleted
    std::int64_t events = 0;   ///< events whose personal fields were erased
    /// Older copies (backups before a migration, databases kept aside) that may still hold the person; the owner
    /// decides.
    std::vector<std::string> olderCopies;
};

struct SetupState {
    bool hasAdmin = false;
    int minutesLeft = 0;
};

class Store {
public:
    /// Opens or creates the database in a claimed folder, which must outlive the store. Errors: NewerVersion (the file
    /// is left as it is), Failed for a missing or wrong device key, a failed migration (the old file stays in use by
    /// the old version), no space, no right to write.
    static core::Result<std::unique_ptr<Store>> open(const DataFolder& folder, const StoreOptions& options);
    /// For a folder that cannot be written (a disk that went read-only, or is full): people, templates and pictures can
    /// be read, whatever writes fails. Errors as open(), and where the newest changes would be missed.
    static core::Result<std::unique_ptr<Store>> openReadOnly(const DataFolder& folder, const StoreOptions& options);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    const OpenReport& report() const { return m_report; }
    const std::string& logId() const { return m_logId; }
    const StoreHealth& health() const { return m_health; }
    /// Opened by openReadOnly().
    bool readOnly() const { return m_readOnly; }

    // People.
    /// Everybody, by name.
    core::Result<std::vector<core::Person>> people();
    /// nullopt when there is no such person.
    core::Result<std::optional<core::Person>> person(const core::PersonId& id);
    /// Exactly that name; several people may share one.
    core::Result<std::vector<core::Person>> findByName(const std::string& name);
    core::Result<std::optional<core::Person>> findByCard(const std::string& cardId);
    /// The person with card, groups, consent, PIN, templates and portrait (encoded JPEG, may be empty), or nothing at
    /// all. Validity, status and uses are as given, too. Templates of another person are refused. Errors (Usage): name
    /// not UTF-8, empty, longer than 200 characters or with control characters; id, card or PIN taken; a group that
    /// does not exist; a template that is empty or not finite.
    core::Status addPerson(const core::Person& person, const std::vector<core::FaceTemplate>& templates,
                           const Bytes& portraitJpeg = {}, const std::string& by = {},
                           const std::optional<core::PinVerifier>& pin = {});
    /// These templates and this portrait in the place of all that the person had of those templates' models; an empty
    /// portrait leaves the old one. All of it or nothing, with an audit entry. Errors (Usage): as addPerson(), and no
    /// template at all; NotFound.
    core::Status replaceFaces(const core::PersonId& id, const std::vector<core::FaceTemplate>& templates,
                              const Bytes& portraitJpeg, const ChangeBy& by);
    /// Deletes person, card, portrait, templates and the person's key. Somebody removed before can still be erased from
    /// the log. NotFound when there is no such person, nor anything to erase.
    core::Result<Removal> removePerson(const core::PersonId& id, Names names, core::WallTime now,
                                       const std::string& by = {});
    /// All of it or nothing. NotFound: no such person; Usage: a group that does not exist, a name or notes that are no
    /// text, a card or PIN of somebody else; Conflict: another revision than expected.
    core::Status changePerson(const core::PersonId& id, const PersonChange& change, const ChangeBy& by);
    /// Everybody's PINs, for the door.
    core::Result<std::shared_ptr<const core::PinBook>> pinBook();
    /// Makes verifiers of PINs with the key of this device; for the thread that does so.
    std::shared_ptr<const PinHasher> pinHasher() const { return m_pinHasher; }
    /// Decrypted; empty when there are none.
    core::Result<std::string> notes(const core::PersonId& id);
    /// Everybody's templates of one model, decrypted; of all models when `modelId` is empty.
    core::Result<StoredTemplates> templates(const std::string& modelId);
    /// The portrait given at enrolment; empty when there is none.
    core::Result<Bytes> portrait(const core::PersonId& id);

    // Access rules. Each change is a transaction with its audit entry. Errors: Usage for a name or date that is taken,
    // a name that is none (200 characters; a group's has no comma), a part that others still refer to; NotFound.
    core::Result<core::AccessConfig> access();
    core::Status addGroup(const core::Group& group, const ChangeBy& by);
    core::Status renameGroup(const core::GroupId& id, const std::string& name, const ChangeBy& by);
    /// Its members stay; refused while a rule names it.
    core::Status removeGroup(const core::GroupId& id, const ChangeBy& by);
    /// New, or in the place of the one with the same id.
    core::Status putSchedule(const core::Schedule& schedule, const ChangeBy& by);
    /// Refused while a rule names it.
    core::Status removeSchedule(const core::ScheduleId& id, const ChangeBy& by);
    core::Status addHoliday(const core::Holiday& holiday, const ChangeBy& by);
    core::Status removeHoliday(const core::HolidayId& id, const ChangeBy& by);
    core::Status addRule(const core::AccessRule& rule, const ChangeBy& by);
    core::Status removeRule(const core::RuleId& id, const ChangeBy& by);

    // Principals: admins at the screen, paired viewers. Each change is a transaction with its audit entry ("admin.add",
    // "viewer.revoke" ...). Errors: Usage for a name, PIN or key that another one of the kind has, for a name that is
    // none, and for a viewer's key that is not 32 bytes; NotFound; Refused for what would leave no admin at the screen
    // with the role admin, whoever else there is: viewers cannot administer.
    /// By name; those that were revoked, too.
    core::Result<std::vector<core::Principal>> principals();
    /// A viewer whose key a revoked one had takes that one's place.
    core::Status addPrincipal(const core::Principal& principal, const ChangeBy& by);
    core::Status changePrincipal(const core::PrincipalId& id, const PrincipalChange& change, const ChangeBy& by);
    core::Status removePrincipal(const core::PrincipalId& id, const ChangeBy& by);
    /// For good; it stays, so that it can be told so. Its name is free again. Once more does nothing.
    core::Status revokePrincipal(const core::PrincipalId& id, const ChangeBy& by);
    /// Kept at most once a minute for each principal, and not at all for those that are revoked or gone: cheap enough
    /// for each login and each answer to a ping.
    core::Status noteSeen(const core::PrincipalId& id, core::WallTime when);
    /// Signing in, with its audit entry and what has become of the lockout "admin".
    core::Status noteSignIn(const core::Principal& principal, const core::Lockout::Row& lockout, core::WallTime when);
    core::Status noteRefusedSignIn(const core::Lockout::Row& lockout, core::WallTime when);

    // The mode of a door.
    /// Normal where nobody ever changed it. Locked down, too, where what was kept of a lockdown is damaged.
    core::Result<core::DoorModeState> doorMode(const core::DoorId& door);
    /// With an audit entry: who, why.
    core::Status putDoorMode(const core::DoorId& door, const core::DoorModeState& state);

    // Lockouts, by name: "admin", "person:<id>", "door:<id>".
    core::Result<std::map<std::string, core::Lockout::Row>> lockouts();
    /// One without failures is removed.
    core::Status putLockout(const std::string& name, const core::Lockout::Row& row);

    // Set-up: open for so many minutes of the program's running, until there is an admin. Counting them in the database
    // needs no clock, which such a device may not have yet.
    static constexpr int setupMinutes = 30;
    core::Result<SetupState> setup();
    /// Counts one minute before it is used.
    core::Status takeSetupMinute();
    /// Refused when there is an admin.
    core::Status reopenSetup(const ChangeBy& by);
    /// The first admin, if `alongside` succeeds, which is called in the transaction. Refused when there is one.
    core::Status finishSetup(const core::Principal& admin, const ChangeBy& by,
                             const std::function<core::Status()>& alongside);

    // Audit: who changed what. Rows are immutable and chained by hashes, as events are.
    /// Newest first, those before the number `before` (0: from the newest), at most `limit`.
    core::Result<std::vector<AuditEntry>> audit(std::int64_t before, int limit);
    core::Result<AuditCheck> verifyAudit();
    /// An action that changes nothing here, such as a test of the lock or a setting.
    core::Status noteAction(const AuditNote& note, const ChangeBy& by);

    // Events.
    /// Commits an event. Its picture (encoded JPEG, may be empty) is encrypted and on the disk before the row that
    /// names it; a picture that cannot be written is left out and counted, the event is not. Appending the same event
    /// id again, as after an unknown outcome, gives the row that is there and adds none. Sequence numbers are 1, 2, 3
    /// ... in the order of the calls that succeeded.
    core::Result<core::CommittedEvent> append(const core::Event& event, const Bytes& jpeg = {});
    /// The decrypted JPEG. NotFound when it was dropped, erased, or never there.
    core::Result<Bytes> snapshot(const std::string& name);
    /// The backend has this picture: deleted when snapshots.keep is until_uploaded, else nothing happens.
    core::Status snapshotUploaded(const std::string& name, core::WallTime now);
    /// Changes what is kept, from now on (the settings changed).
    void setSnapshotPolicy(KeepSnapshots keep, std::int64_t maxBytes);

    // Care.
    /// Moves the write-ahead log into the database and, when there is room again, restores the ballast. Call it when
    /// idle.
    core::Status checkpoint();
    /// Whole-file check by SQLite; minutes on a large database and a slow card. Failure names what is wrong.
    core::Status integrityCheck();
    /// Whether a picture could be written now: tries it with a small file that it removes again.
    core::Status tryPictures();

private:
    struct FileId {
        std::uint64_t device = 0, inode = 0; ///< both 0: no such file
        bool operator==(const FileId&) const = default;
    };
    struct Picture {
        std::int64_t seq, bytes;
        std::string name;
    };
    enum class Access { Read, Write };

    Store(const DataFolder& folder, StoreOptions options, const SecretKey& deviceKey);

    static core::Result<std::unique_ptr<Store>> openOnce(const DataFolder& folder, const StoreOptions& options);

    // store.cpp: the connection, and what every call does around its work
    template<typename Work>
    auto guarded(Access access, Work work) -> decltype(work());
    core::Status ready(Access access);
    core::Status reconnect(Access access);
    core::Status adopt(core::Result<std::unique_ptr<SqlConnection>> db, bool readsOnly);
    void noteFailure(Access access, const core::Error& error);
    core::Status prepareFiles();
    core::Status checkSeen();
    static FileId fileId(const std::string& path);
    void leaveVanishedLog();

    // store_people.cpp
    core::Status insertPerson(const core::Person& person, const std::vector<core::FaceTemplate>& templates,
                              const Bytes& portraitJpeg, const std::string& by,
                              const std::optional<core::PinVerifier>& pin);
    core::Status putFaces(const core::Person& person, const std::vector<core::FaceTemplate>& templates,
                          const Bytes& portraitJpeg, const ChangeBy& by);
    core::Result<SecretKey> personKey(const core::PersonId& id);
    core::Result<SecretKey> unwrap(const core::PersonId& id, ByteView wrapped) const;

    // store_removal.cpp
    core::Result<Removal> deletePerson(const core::PersonId& id, Names names, const ChangeBy& by);

    // store_access.cpp, store_rights.cpp, store_audit.cpp
    core::Status changing(const std::function<core::Status()>& work);
    core::Status applyChange(const core::PersonId& id, const PersonChange& change, core::WallTime when);
    core::Status putCredentials(const core::PersonId& id, const PersonChange& change, core::WallTime when);
    core::Status putMembership(const core::PersonId& id, const std::vector<core::GroupId>& groups);
    core::Result<std::string> notesOf(const core::PersonId& id);
    /// Inside the transaction of what it notes.
    core::Status noteAudit(const ChangeBy& by, const AuditNote& note);

    // store_principals.cpp
    core::Status insertPrincipal(const core::Principal& principal, const ChangeBy& by);
    core::Status writeLockout(const std::string& name, const core::Lockout::Row& row);

    // store_events.cpp
    core::Status countUse(const EventRow& row);
    core::Result<core::CommittedEvent> appendOnce(const core::Event& event, const Bytes& jpeg);
    core::Result<std::optional<core::CommittedEvent>> committed(const core::Uuid7& id);
    std::int64_t writePicture(EventRow& row, const Bytes& jpeg);
    core::Status commitRow(EventRow& row, std::int64_t pictureBytes);

    // store_space.cpp: pictures' limits, the ballast, a full disk
    core::Result<std::vector<Picture>> keptPictures(std::int64_t upToBytes);
    core::Status markRemoved(const std::vector<Picture>& pictures, core::WallTime when);
    void deleteFiles(const std::vector<Picture>& pictures);
    core::Status markInOne(const std::vector<Picture>& pictures);
    void tellOfGivenUp();
    std::int64_t dropOldest(std::int64_t bytes);
    void enforceLimit();
    bool makeRoom();
    void restoreBallast();

    const DataFolder& m_folder;
    StoreOptions m_options;
    SecretKey m_wrappingKey; ///< wraps the people's keys
    SecretKey m_pictureKey;  ///< pictures of unknown faces
    std::shared_ptr<const PinHasher> m_pinHasher;
    std::string m_keyFingerprint;
    std::unique_ptr<SqlConnection> m_db;
    std::unique_ptr<SnapshotFiles> m_snapshots;
    OpenReport m_report;
    StoreHealth m_health;
    std::string m_logId;
    std::int64_t m_lastSeq = 0;                         ///< newest acknowledged
    std::map<core::PrincipalId, core::WallTime> m_seen; ///< as kept by noteSeen()
    core::WallTime m_latest{};                          ///< latest time seen: stamps what is dropped
    FileId m_file, m_wal;                               ///< those in use: the database and its write-ahead log
    std::vector<Picture> m_givenUp;                     ///< deleted, and their rows do not know yet
    bool m_readOnly = false;                            ///< for good
    bool m_readsOnly = false;                           ///< m_db is, for now: the disk refuses writes
};

} // namespace facelatch::storage
