// SPDX-License-Identifier: GPL-3.0-or-later
// SqlConnection: one SQLite connection through Qt Sql, with our Errors. Inside of the storage module only.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <QByteArray>
#include <QList>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <memory>
#include <string>

namespace facelatch::storage {

/// SQLite's primary result codes that are acted on (https://www.sqlite.org/rescode.html).
namespace sqlite {
inline constexpr int busy = 5, locked = 6, readOnly = 8, ioError = 10, corrupt = 11, full = 13, cantOpen = 14;
inline constexpr int constraint = 19, notADatabase = 26;
} // namespace sqlite

/// Belongs to the thread that opened it. Every query given out must be gone before the connection is.
class SqlConnection {
public:
    enum class Mode {
        ReadWrite, ///< never creates the file
        ReadOnly,
        Immutable ///< a file nobody can change, such as on a read-only mount; the write-ahead log is not looked at
    };

    /// `failureCode` gets lastCode() of an opening that failed.
    static core::Result<std::unique_ptr<SqlConnection>>
    open(const std::string& file, Mode mode, core::milliseconds busyTimeout, int* failureCode = nullptr);
    ~SqlConnection();
    SqlConnection(const SqlConnection&) = delete;
    SqlConnection& operator=(const SqlConnection&) = delete;

    /// Runs one statement. The query is forward-only; a failure later, in next(), is asked for with check().
    core::Result<QSqlQuery> run(const QString& sql, const QVariantList& values = {});
    /// First column of the first row; an invalid QVariant when there is no row.
    core::Result<QVariant> value(const QString& sql, const QVariantList& values = {});
    /// Whether the rows read so far ended because they ended, and not by an error.
    core::Status check(const QSqlQuery& finished);

    /// Primary result code of the last failure of this connection, 0 when there was none.
    int lastCode() const { return m_lastCode; }
    void clearLastCode() { m_lastCode = 0; }
    const std::string& file() const { return m_file; }

private:
    friend class Transaction;
    SqlConnection(std::string file, QString name);
    core::Error failure(const class QSqlError& error);

    std::string m_file;
    QString m_name;
    int m_lastCode = 0;
};

/// Rolls back unless commit() succeeded.
class Transaction {
public:
    /// Takes the write lock at once, so that nothing fails half-way for want of it.
    static core::Result<Transaction> begin(SqlConnection& db);
    Transaction(Transaction&& other) noexcept : m_db(other.m_db) { other.m_db = nullptr; }
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    core::Status commit();

private:
    explicit Transaction(SqlConnection& db) : m_db(&db) {}
    SqlConnection* m_db;
};

/// The plain sentence and the remedy for a result code of SQLite.
core::Error sqliteError(int code, const std::string& sqliteText, const std::string& file);

/// The error for a database that a newer Facelatch wrote.
core::Error newerVersion(int found, int known, const std::string& file);

inline QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}
inline QByteArray blob(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)};
}

} // namespace facelatch::storage
