// SPDX-License-Identifier: GPL-3.0-or-later
// FieldHash: SHA-256 over fields, as event_schema.h describes. Inside of the storage module only.
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>
#include <QtEndian>

#include <bit>
#include <cstdint>
#include <optional>

namespace facelatch::storage {

/// Feeds fields one by one so that no two different rows give the same bytes.
class FieldHash {
public:
    explicit FieldHash(const char* domain) : m_hash(QCryptographicHash::Sha256) { bytes(QByteArray(domain)); }

    void bytes(const QByteArray& field) {
        // A null array (SQL's NULL) and an empty one are two different values.
        m_hash.addData(field.isNull() ? QByteArray(1, '\0') : QByteArray(1, '\1'));
        raw(static_cast<std::uint64_t>(field.size()));
        m_hash.addData(field);
    }
    void string(const QString& field) { bytes(field.isNull() ? QByteArray() : notNull(field.toUtf8())); }
    void integer(std::int64_t field) { bytes(bigEndian(static_cast<std::uint64_t>(field))); }
    void number(const std::optional<float>& field) {
        bytes(field ? bigEndian(std::bit_cast<std::uint64_t>(static_cast<double>(*field))) : QByteArray());
    }
    QByteArray result() const { return m_hash.result(); }

private:
    static QByteArray notNull(const QByteArray& utf8) { return utf8.isNull() ? QByteArray("") : utf8; }
    static QByteArray bigEndian(std::uint64_t value) {
        QByteArray out(8, '\0');
        qToBigEndian(value, out.data());
        return out;
    }
    void raw(std::uint64_t value) { m_hash.addData(bigEndian(value)); }

    QCryptographicHash m_hash;
};

} // namespace facelatch::storage
