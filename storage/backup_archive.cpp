// SPDX-License-Identifier: GPL-3.0-or-later
// Entries, the manifest, and the folders in which the work is done.
#include "storage/backup_archive.h"

#include "storage/data_files.h"
#include "storage/sql_connection.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <unistd.h>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

namespace {

constexpr std::size_t pieceSize = std::size_t{1} << 18;
constexpr std::size_t longestName = 200;
constexpr std::int64_t largestEntry = std::int64_t{1} << 40;

core::Error notUnderstood() {
    return core::fail("the backup is not understood: an entry in it is not one of ours", "",
                      "Use another copy of it; nothing was changed");
}

bool goOn(const std::function<bool(std::int64_t)>& each, std::size_t bytes) {
    return !each || each(static_cast<std::int64_t>(bytes));
}

} // namespace

core::Error givenUp(const char* what) {
    return core::fail(std::string(what) + " was given up", "", "Nothing was changed");
}

Status ArchiveWriter::begin(const std::string& name, std::int64_t size) {
    Bytes head{1, static_cast<std::uint8_t>(name.size()), static_cast<std::uint8_t>(name.size() >> 8)};
    head.insert(head.end(), name.begin(), name.end());
    for (int i = 0; i < 8; ++i)
        head.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(size) >> (8 * i)));
    return m_out.write(head);
}

Status ArchiveWriter::add(const std::string& name, ByteView content) {
    if (auto begun = begin(name, static_cast<std::int64_t>(content.size())); !begun)
        return begun;
    return m_out.write(content);
}

Status ArchiveWriter::addFile(const std::string& name, const std::string& path,
                              const std::function<bool(std::int64_t)>& each) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::int64_t left = fd ? fileSize(path) : -1;
    if (left < 0)
        return systemError("could not be read", path, errno);
    if (auto begun = begin(name, left); !begun)
        return begun;
    Bytes piece(pieceSize);
    while (left > 0) {
        const ssize_t n =
            ::read(fd.get(), piece.data(), static_cast<std::size_t>(std::min<std::int64_t>(left, pieceSize)));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return systemError("could not be read", path, n == 0 ? EIO : errno);
        if (auto written = m_out.write(ByteView(piece).first(static_cast<std::size_t>(n))); !written)
            return written;
        if (!goOn(each, static_cast<std::size_t>(n)))
            return givenUp("the backup");
        left -= n;
    }
    return Done{};
}

Status ArchiveWriter::end() {
    return m_out.write(Bytes{0});
}

Result<std::optional<ArchiveEntry>> ArchiveReader::next() {
    if (auto skipped = skip({}); !skipped)
        return skipped.error();
    std::array<std::uint8_t, 1> kind{};
    if (auto done = m_in.read(kind); !done)
        return done.error();
    if (kind[0] == 0)
        return std::optional<ArchiveEntry>();
    std::array<std::uint8_t, 2> length{};
    if (auto done = m_in.read(length); !done)
        return done.error();
    const std::size_t characters = static_cast<std::size_t>(length[0]) | static_cast<std::size_t>(length[1]) << 8;
    if (kind[0] != 1 || characters == 0 || characters > longestName)
        return notUnderstood();
    Bytes name(characters);
    std::array<std::uint8_t, 8> size{};
    if (auto done = m_in.read(name); !done)
        return done.error();
    if (auto done = m_in.read(size); !done)
        return done.error();
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < size.size(); ++i)
        bytes |= static_cast<std::uint64_t>(size[i]) << (8 * i);
    if (bytes > static_cast<std::uint64_t>(largestEntry))
        return notUnderstood();
    m_left = static_cast<std::int64_t>(bytes);
    return std::optional(ArchiveEntry{std::string(name.begin(), name.end()), m_left});
}

Result<Bytes> ArchiveReader::content(std::int64_t limit) {
    if (m_left > limit)
        return notUnderstood();
    Bytes out(static_cast<std::size_t>(m_left));
    if (auto done = m_in.read(out); !done)
        return done.error();
    m_left = 0;
    return out;
}

Status ArchiveReader::toFile(const std::string& path, const std::function<bool(std::int64_t)>& each) {
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd)
        return systemError("could not be created", path, errno);
    Bytes piece(pieceSize);
    while (m_left > 0) {
        const auto n = static_cast<std::size_t>(std::min<std::int64_t>(m_left, pieceSize));
        if (auto done = m_in.read(std::span(piece).first(n)); !done)
            return done;
        m_left -= static_cast<std::int64_t>(n);
        for (std::size_t at = 0; at < n;) {
            const ssize_t written = ::write(fd.get(), piece.data() + at, n - at);
            if (written < 0 && errno != EINTR)
                return systemError("could not be written", path, errno);
            at += written > 0 ? static_cast<std::size_t>(written) : 0;
        }
        if (!goOn(each, n))
            return givenUp("the restore");
    }
    return Done{};
}

Status ArchiveReader::skip(const std::function<bool(std::int64_t)>& each) {
    Bytes piece(static_cast<std::size_t>(std::min<std::int64_t>(m_left, pieceSize)));
    while (m_left > 0) {
        const auto n = static_cast<std::size_t>(std::min<std::int64_t>(m_left, pieceSize));
        if (auto done = m_in.read(std::span(piece).first(n)); !done)
            return done;
        m_left -= static_cast<std::int64_t>(n);
        if (!goOn(each, n))
            return givenUp("the check of the backup");
    }
    return Done{};
}

bool isPictureName(const std::string& name) {
    return !name.empty() && name.size() <= 120 && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_' || c == '.';
           });
}

Bytes manifestJson(const BackupSummary& summary, const std::string& key) {
    const QJsonObject object{
        {QStringLiteral("created"), static_cast<qint64>(summary.created.time_since_epoch().count())},
        {QStringLiteral("program"), QString::fromStdString(summary.program)},
        {QStringLiteral("door"), QString::fromStdString(summary.door)},
        {QStringLiteral("schema"), summary.schema},
        {QStringLiteral("settings"), summary.parts.settings},
        {QStringLiteral("log"), summary.parts.log},
        {QStringLiteral("with_pictures"), summary.parts.pictures},
        {QStringLiteral("people"), static_cast<qint64>(summary.people)},
        {QStringLiteral("templates"), static_cast<qint64>(summary.templates)},
        {QStringLiteral("principals"), static_cast<qint64>(summary.principals)},
        {QStringLiteral("events"), static_cast<qint64>(summary.events)},
        {QStringLiteral("pictures"), static_cast<qint64>(summary.pictures)},
        {QStringLiteral("database_bytes"), static_cast<qint64>(summary.databaseBytes)},
        {QStringLiteral("picture_bytes"), static_cast<qint64>(summary.pictureBytes)},
        {QStringLiteral("key"), QString::fromStdString(key)}};
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return {json.begin(), json.end()};
}

Result<BackupSummary> summaryFromJson(ByteView json, std::string& key) {
    const QJsonDocument document = QJsonDocument::fromJson(
        QByteArray(reinterpret_cast<const char*>(json.data()), static_cast<qsizetype>(json.size())));
    const QJsonObject object = document.object();
    const auto number = [&object](QStringView name) { return object.value(name).toInteger(-1); };
    BackupSummary summary;
    summary.created = core::WallTime(core::milliseconds(number(u"created")));
    summary.program = object.value(u"program").toString().toStdString();
    summary.door = object.value(u"door").toString().toStdString();
    summary.schema = object.value(u"schema").toInt();
    summary.parts = {object.value(u"settings").toBool(), object.value(u"log").toBool(),
                     object.value(u"with_pictures").toBool()};
    summary.people = number(u"people");
    summary.templates = number(u"templates");
    summary.principals = number(u"principals");
    summary.events = number(u"events");
    summary.pictures = number(u"pictures");
    summary.databaseBytes = number(u"database_bytes");
    summary.pictureBytes = number(u"picture_bytes");
    key = object.value(u"key").toString().toStdString();
    const bool whole = summary.schema > 0 && summary.people >= 0 && summary.templates >= 0 && summary.events >= 0 &&
                       summary.pictures >= 0 && summary.databaseBytes > 0 && summary.pictureBytes >= 0 && !key.empty();
    if (!whole)
        return notUnderstood();
    return summary;
}

void removeFolder(const std::string& path) {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

Result<UniqueFd> lockBackups(const std::string& dataFolder) {
    const std::string path = inFolder(dataFolder, backupLockFile);
    UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd)
        return systemError("the data folder cannot be written", dataFolder, errno);
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0)
        return core::fail("a backup is being written or restored already", dataFolder, "Wait until it is done");
    return fd;
}

void sweepBackupWork(const std::string& dataFolder) {
    const std::string backup = inFolder(dataFolder, backupWorkFolder),
                      restore = inFolder(dataFolder, restoreWorkFolder);
    if (!fileExists(backup) && !fileExists(restore))
        return;
    if (const auto lock = lockBackups(dataFolder); lock) {
        removeFolder(backup);
        removeFolder(restore);
    }
}

Status dropLog(SqlConnection& copy) {
    auto transaction = Transaction::begin(copy);
    if (!transaction)
        return transaction.error();
    std::vector<std::pair<QString, QString>> triggers;
    {
        auto rows = copy.run(QStringLiteral("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND "
                                            "tbl_name IN ('event', 'audit') ORDER BY rowid"));
        if (!rows)
            return rows.error();
        while (rows->next())
            triggers.emplace_back(rows->value(0).toString(), rows->value(1).toString());
        if (auto ended = copy.check(*rows); !ended)
            return ended;
    }
    QStringList statements;
    for (const auto& [name, sql] : triggers)
        statements << QStringLiteral("DROP TRIGGER \"%1\"").arg(QString(name).replace(u'"', QLatin1String("\"\"")));
    for (const char* table : {"snapshot", "event_personal", "event", "audit_person", "audit"})
        statements << QStringLiteral("DELETE FROM %1").arg(QLatin1String(table));
    for (const auto& [name, sql] : triggers)
        statements << sql;
    for (const QString& statement : statements)
        if (auto done = copy.run(statement); !done)
            return done.error();
    return transaction->commit();
}

} // namespace facelatch::storage
