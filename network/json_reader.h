// SPDX-License-Identifier: GPL-3.0-or-later
// Strict reading of JSON that comes from strangers: one object, nothing twice, and its members by type and size. Pure;
// any thread.
#pragma once

#include "core/result.h"
#include "core/uuid7.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>

namespace facelatch::network {

/// How deep objects and arrays may stand in each other.
inline constexpr int jsonDepth = 32;
/// Whole numbers beyond it are no longer exact in JSON (IEEE 754 double).
inline constexpr std::int64_t jsonMost = std::int64_t{1} << 53;

/// The object in a text. Errors (Failed): longer than `mostBytes`, no JSON (RFC 8259), no object, deeper than
/// jsonDepth, a member that stands twice, numbers beyond a double.
core::Result<QJsonObject> strictObject(const QByteArray& text, std::size_t mostBytes);

/// Base64url without padding, exactly `size` bytes, written in the one canonical way; nothing otherwise.
std::optional<QByteArray> strictBytes(const QString& text, qsizetype size);
QString base64Url(const QByteArray& bytes);

/// Reads members of an object; the first that is missing or wrong is the fault, and what is read then means nothing.
class JsonReader {
public:
    explicit JsonReader(const QJsonObject& object) : m_object(object) {}

    /// Sound UTF-16 of so many characters, none of them a control character.
    QString text(const char* name, qsizetype least, qsizetype most);
    std::int64_t whole(const char* name, std::int64_t least, std::int64_t most = jsonMost);
    QByteArray bytes(const char* name, qsizetype size);
    core::Uuid7 uuid(const char* name);
    bool flag(const char* name);
    QJsonObject object(const char* name);
    QJsonArray array(const char* name, qsizetype most);
    const QJsonObject& all() const { return m_object; }
    bool has(const char* name) const;
    /// There, and null.
    bool isNull(const char* name) const;

    void fail(const char* name, const char* what);
    /// Kind Usage; names the member, never what stands in it.
    const std::optional<core::Error>& fault() const { return m_fault; }

private:
    const QJsonObject& m_object;
    std::optional<core::Error> m_fault;
};

} // namespace facelatch::network
