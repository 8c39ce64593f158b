// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite connections through Qt Sql, and what SQLite's result codes mean to a reader.
#include "storage/sql_connection.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUrl>

#include <atomic>

namespace facelatch::storage {

using core::Error;
using core::fail;
using core::Result;
using core::Status;

namespace {

/// A path as SQLite's URI form wants it: everything but unreserved characters and '/' percent-encoded.
QString uri(const std::string& file, const char* parameters) {
    const QByteArray path = QUrl::toPercentEncoding(text(file), "/");
    return QStringLiteral("file:") + QString::fromLatin1(path) + QLatin1Char('?') + QLatin1String(parameters);
}

QString connectionName() {
    static std::atomic<unsigned> counter{0};
    return QStringLiteral("facelatch-%1").arg(++counter);
}

} // namespace

Error sqliteError(int code, const std::string& sqliteText, const std::string& file) {
    switch (code & 0xff) {
    case sqlite::busy:
    case sqlite::locked:
        return fail("the database is locked by another program", file,
                    "Close the program that has it open (a database browser, a backup); it goes on by itself then");
    case sqlite::readOnly:
        return fail("the database cannot be written, its folder is read-only", file,
                    "Remount the disk read-write (mount -o remount,rw) and look for disk errors in dmesg");
    case sqlite::ioError:
        return fail("the disk reports an error: " + sqliteText, file,
                    "Look for disk errors in dmesg; a worn SD card must be replaced");
    case sqlite::corrupt:
    case sqlite::notADatabase:
        return fail("the database is damaged: " + sqliteText, file,
                    "Restart Facelatch: it keeps the damaged file aside and rebuilds what can be read");
    case sqlite::full:
        return fail("the disk is full", file, "Free space on it; it goes on by itself then");
    case sqlite::cantOpen:
        return fail("the database cannot be opened", file,
                    "Check that the folder exists and belongs to the user Facelatch runs as");
    default:
        return fail("the database refused a statement: " + sqliteText, file);
    }
}

Error newerVersion(int found, int known, const std::string& file) {
    return {core::ErrorKind::NewerVersion,
            "the database was written by a newer version of Facelatch (schema " + std::to_string(found) +
                ", this program knows up to " + std::to_string(known) + ")",
            file,
            "Install that version or a newer one, or give another folder with --data; the file was left as it is"};
}

SqlConnection::SqlConnection(std::string file, QString name) : m_file(std::move(file)), m_name(std::move(name)) {}

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const std::string& file, Mode mode,
                                                           core::milliseconds busyTimeout, int* failureCode) {
    Q_ASSERT_X(QCoreApplication::instance(), "SqlConnection::open", "Qt's SQL drivers need a QCoreApplication");
    std::unique_ptr<SqlConnection> connection(new SqlConnection(file, connectionName()));
    QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection->m_name);
    if (!db.isValid())
        return core::Error{core::ErrorKind::OutOfService, "Qt's SQLite driver is not installed", "",
                           "Install it: sudo apt install libqt6sql6-sqlite"};
    const char* parameters = mode == Mode::ReadWrite  ? "mode=rw"
                             : mode == Mode::ReadOnly ? "mode=ro"
                                                      : "mode=ro&immutable=1";
    QString options = QStringLiteral("QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeout.count());
    if (mode != Mode::ReadWrite)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    db.setConnectOptions(options);
    db.setDatabaseName(uri(file, parameters));
    const auto failed = [&](Error error) {
        if (failureCode)
            *failureCode = connection->lastCode();
        return error;
    };
    if (!db.open())
        return failed(connection->failure(db.lastError()));
    // SQLite opens lazily: this is the first look at the file.
    for (const char* pragma : {"PRAGMA trusted_schema=OFF", "PRAGMA cell_size_check=ON", "PRAGMA temp_store=MEMORY",
                               "SELECT count(*) FROM sqlite_schema"}) {
        if (auto done = connection->value(QLatin1String(pragma)); !done)
            return failed(done.error());
    }
    return connection;
}

SqlConnection::~SqlConnection() {
    {
        QSqlDatabase db = QSqlDatabase::database(m_name, false);
        db.close();
    }
    QSqlDatabase::removeDatabase(m_name);
}

Error SqlConnection::failure(const QSqlError& error) {
    m_lastCode = error.nativeErrorCode().toInt() & 0xff;
    const QString said = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    return sqliteError(m_lastCode, said.toStdString(), m_file);
}

Result<QSqlQuery> SqlConnection::run(const QString& sql, const QVariantList& values) {
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return failure(query.lastError());
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return failure(query.lastError());
    return query;
}

Result<QVariant> SqlConnection::value(const QString& sql, const QVariantList& values) {
    auto query = run(sql, values);
    if (!query)
        return query.error();
    if (query->next())
        return query->value(0);
    if (auto ended = check(*query); !ended)
        return ended.error();
    return QVariant();
}

Status SqlConnection::check(const QSqlQuery& finished) {
    if (finished.lastError().isValid())
        return failure(finished.lastError());
    return core::Done{};
}

Result<Transaction> Transaction::begin(SqlConnection& db) {
    if (auto begun = db.run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun.error();
    return Transaction(db);
}

Transaction::~Transaction() {
    if (!m_db)
        return;
    // After some failures SQLite has rolled back by itself and this one fails: the first failure is the one that
    // counts.
    const int code = m_db->m_lastCode;
    (void)m_db->run(QStringLiteral("ROLLBACK"));
    m_db->m_lastCode = code;
}

Status Transaction::commit() {
    if (auto done = m_db->run(QStringLiteral("COMMIT")); !done)
        return done.error();
    m_db = nullptr;
    return core::Done{};
}

} // namespace facelatch::storage
