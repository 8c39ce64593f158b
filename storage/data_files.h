// SPDX-License-Identifier: GPL-3.0-or-later
// The names of the files in the data folder: the one place that knows them.
#pragma once

#include <string>

namespace facelatch::storage {

inline constexpr const char* databaseFile = "facelatch.db";
inline constexpr const char* lockFile = "facelatch.lock";
inline constexpr const char* deviceKeyFile = "device.key";
/// The newest acknowledged (log id, seq), outside of the database: tells a rolled-back or cut database from a whole
/// one.
inline constexpr const char* markFile = "log.mark";
/// Space held in reserve: on a full disk even DELETE fails, removing this file makes it work again.
inline constexpr const char* ballastFile = "ballast";
inline constexpr const char* snapshotFolder = "snapshots";
inline constexpr const char* backupFolder = "backups";
/// The key of data that were made on another device and restored here, sealed with this device's key.
inline constexpr const char* dataKeyFile = "data.key";
/// What the screens changed of the settings; the owner's file lies elsewhere.
inline constexpr const char* localSettingsFile = "settings.local.toml";
/// Locked by whoever writes or restores a backup; with these folders, in which the work is done.
inline constexpr const char* backupLockFile = "backup.lock";
inline constexpr const char* backupWorkFolder = "backup.tmp";
inline constexpr const char* restoreWorkFolder = "restore.tmp";
/// Whole and verified: the next opening puts it in place of what is there.
inline constexpr const char* restoreReadyFolder = "restore.ready";
/// In it: the name of the folder that keeps what was there.
inline constexpr const char* asideNameFile = "aside";
inline constexpr const char* asidePrefix = "before-restore-";
/// Present when a running store met damage: the next opening checks the whole file.
inline constexpr const char* suspectFile = "facelatch.db.suspect";
/// File name of the device key in $CREDENTIALS_DIRECTORY (systemd's LoadCredential=).
inline constexpr const char* credentialName = "facelatch-device-key";

/// Pictures are encrypted files: "<name>.enc" for the name an event has.
inline constexpr const char* snapshotSuffix = ".enc";
/// Added to that name, an empty file: the picture was given up for its room while not even its row could say so.
inline constexpr const char* givenUpSuffix = ".dropped";

inline std::string inFolder(const std::string& folder, const std::string& name) {
    return folder + '/' + name;
}

inline std::string snapshotPath(const std::string& folder, const std::string& name) {
    return folder + '/' + snapshotFolder + '/' + name + snapshotSuffix;
}

} // namespace facelatch::storage
