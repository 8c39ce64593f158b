// SPDX-License-Identifier: GPL-3.0-or-later
// Looking a data folder over.
#include "storage/data_checkup.h"

#include "storage/data_files.h"
#include "storage/durable_file.h"
#include "storage/event_schema.h"
#include "storage/log_reader.h"
#include "storage/secrets.h"
#include "storage/sql_connection.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::storage {

namespace {

constexpr core::milliseconds busyTimeout{2000};

std::string userName(uid_t uid) {
    const passwd* entry = ::getpwuid(uid);
    return entry ? entry->pw_name : "#" + std::to_string(uid);
}

/// Writes and flushes a page, as the database would. Root gives the file away no more than it leaves it there.
void tryToWrite(const std::string& folder, DataCheckup& out) {
    const std::string probe = inFolder(folder, ".doctor-probe");
    ::unlink(probe.c_str()); // of a doctor that was killed
    const UniqueFd fd(::open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    int failure = fd ? 0 : errno;
    if (fd) {
        constexpr std::array<char, 4096> page{};
        const ssize_t written = ::write(fd.get(), page.data(), page.size());
        if (written != static_cast<ssize_t>(page.size()))
            failure = written < 0 ? errno : ENOSPC;
        else if (::fsync(fd.get()) != 0)
            failure = errno;
        ::unlink(probe.c_str());
    }
    if (failure == 0)
        return;
    out.full = failure == ENOSPC || failure == EDQUOT;
    out.readOnly = failure == EROFS;
    const core::Error error = systemError("a file cannot be written", folder, failure);
    out.writeError = error.what;
}

void lookAtKey(const std::string& folder, const std::string& credentialsDirectory, DataCheckup& out) {
    const std::string credential =
        credentialsDirectory.empty() ? std::string() : inFolder(credentialsDirectory, credentialName);
    const bool inCredentials = !credential.empty() && fileExists(credential);
    out.keyPath = inCredentials ? credential : inFolder(folder, deviceKeyFile);
    struct stat status {};
    if (::stat(out.keyPath.c_str(), &status) != 0) {
        out.key = out.databaseBytes >= 0 ? KeyState::Missing : KeyState::NotNeededYet;
        return;
    }
    out.keyMode = status.st_mode & 07777U;
    // systemd lets the service's user in by an access list, which shows as a group right.
    out.keyOpenToOthers = (status.st_mode & (inCredentials ? 007U : 077U)) != 0;
    if (::access(out.keyPath.c_str(), R_OK) != 0)
        out.key = KeyState::NotReadable;
    else if (status.st_size != static_cast<off_t>(SecretKey::size))
        out.key = KeyState::WrongSize;
    else
        out.key = inCredentials ? KeyState::InCredentials : KeyState::InFile;
}

/// The first complaint of SQLite's walk through every page; empty when there is none.
core::Result<std::string> quickCheck(SqlConnection& db) {
    const auto answer = db.value(QStringLiteral("PRAGMA quick_check(1)"));
    if (!answer)
        return answer.error();
    const std::string words = answer->toString().toStdString();
    return words == "ok" ? std::string() : words;
}

bool meansDamage(int code) {
    return code == sqlite::corrupt || code == sqlite::notADatabase;
}

void lookAtDatabase(const std::string& folder, const CheckupOptions& options, DataCheckup& out) {
    const std::string file = inFolder(folder, databaseFile);
    int code = 0;
    const auto unusable = [&](const core::Error& error) {
        out.database = meansDamage(code) ? DatabaseState::Damaged : DatabaseState::Unreadable;
        out.damage = error.what;
    };
    auto db = SqlConnection::open(file, SqlConnection::Mode::ReadOnly, busyTimeout, &code);
    if (!db && out.readOnly) // the write-ahead log cannot be used there, nor can anybody change the file meanwhile
        db = SqlConnection::open(file, SqlConnection::Mode::Immutable, busyTimeout, &code);
    if (!db)
        return unusable(db.error());
    const auto version = (*db)->value(QStringLiteral("PRAGMA user_version"));
    if (!version) {
        code = (*db)->lastCode();
        return unusable(version.error());
    }
    out.schema = version->toInt();
    out.database = DatabaseState::NotChecked;
    if (options.integrityMaxBytes >= 0 && out.databaseBytes > options.integrityMaxBytes)
        return;
    const auto complaint = quickCheck(**db);
    if (!complaint) {
        code = (*db)->lastCode();
        return unusable(complaint.error());
    }
    out.database = complaint->empty() ? DatabaseState::Whole : DatabaseState::Damaged;
    out.damage = *complaint;
}

void lookAtNewestEvent(const std::string& folder, DataCheckup& out) {
    const auto reader = LogReader::open(folder);
    if (!reader)
        return; // said by the database's own check
    const auto newest = (*reader)->page({}, {}, 1);
    if (newest && !newest->empty())
        out.newestEvent = newest->front().event.time;
}

} // namespace

DataCheckup checkUp(const std::string& folder, const CheckupOptions& options) {
    DataCheckup out;
    out.knownSchema = schemaVersion;
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return out;
    out.exists = true;
    out.mode = status.st_mode & 07777U;
    out.freeBytes = freeBytes(folder);
    if (status.st_uid != ::geteuid() && ::geteuid() != 0) {
        out.foreignOwner = userName(status.st_uid);
        return out;
    }
    tryToWrite(folder, out);
    out.ballastBytes = fileSize(inFolder(folder, ballastFile));
    out.databaseBytes = fileSize(inFolder(folder, databaseFile));
    out.walBytes = fileSize(inFolder(folder, databaseFile) + "-wal");
    lookAtKey(folder, options.credentialsDirectory, out);
    if (out.databaseBytes < 0)
        return out;
    lookAtDatabase(folder, options, out);
    if (out.database == DatabaseState::Whole || out.database == DatabaseState::NotChecked)
        lookAtNewestEvent(folder, out);
    return out;
}

} // namespace facelatch::storage
