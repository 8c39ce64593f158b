// SPDX-License-Identifier: GPL-3.0-or-later
// Strict JSON on top of Qt's parser, which takes the last of two members of one name, and 1024 levels.
#include "network/json_reader.h"

#include <QJsonDocument>

#include <algorithm>
#include <limits>
#include <string>

namespace facelatch::network {

using core::Result;

namespace {

struct Outline {
    int depth = 0;
    qsizetype members = 0; ///< one colon outside of texts for each
};

/// How deep a text goes and how many members it names; of what is no JSON, anything.
Outline outlineOf(const QByteArray& text) {
    Outline outline;
    int depth = 0;
    bool quoted = false, escaped = false;
    for (const char c : text) {
        if (quoted) {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            outline.depth = std::max(outline.depth, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ':') {
            ++outline.members;
        }
    }
    return outline;
}

// The depth was looked at before: these end.
qsizetype membersOf(const QJsonValue& value) { // NOLINT(misc-no-recursion)
    qsizetype count = 0;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        count = object.size();
        for (const QJsonValue& member : object)
            count += membersOf(member);
    } else if (value.isArray()) {
        for (const QJsonValue& member : value.toArray())
            count += membersOf(member);
    }
    return count;
}

} // namespace

Result<QJsonObject> strictObject(const QByteArray& text, std::size_t mostBytes) {
    if (static_cast<std::size_t>(text.size()) > mostBytes)
        return core::fail("the message is longer than " + std::to_string(mostBytes) + " bytes");
    const Outline outline = outlineOf(text);
    if (outline.depth > jsonDepth)
        return core::fail("the message is deeper than " + std::to_string(jsonDepth) + " levels");
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(text, &parse);
    if (parse.error != QJsonParseError::NoError)
        return core::fail("the message is no JSON: " + parse.errorString().toStdString());
    if (!document.isObject())
        return core::fail("the message is no JSON object");
    const QJsonObject object = document.object();
    if (membersOf(object) != outline.members)
        return core::fail("a member stands twice in the message");
    return object;
}

std::optional<QByteArray> strictBytes(const QString& text, qsizetype size) {
    const QByteArray letters = text.toLatin1();
    auto bytes = QByteArray::fromBase64Encoding(letters, QByteArray::Base64UrlEncoding |
                                                             QByteArray::AbortOnBase64DecodingErrors);
    // The way back must give the same letters: no padding, no stray bits at the end, no letters beyond Latin-1.
    if (!bytes || bytes.decoded.size() != size || base64Url(bytes.decoded) != text)
        return std::nullopt;
    return std::move(bytes.decoded);
}

QString base64Url(const QByteArray& bytes) {
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

void JsonReader::fail(const char* name, const char* what) {
    if (!m_fault)
        m_fault = core::Error{core::ErrorKind::Usage, "\"" + std::string(name) + "\" " + what, name, {}};
}

bool JsonReader::has(const char* name) const {
    return m_object.contains(QLatin1String(name));
}

bool JsonReader::isNull(const char* name) const {
    return m_object.value(QLatin1String(name)).isNull();
}

QString JsonReader::text(const char* name, qsizetype least, qsizetype most) {
    const QJsonValue value = m_object.value(QLatin1String(name));
    const QString text = value.toString();
    if (!value.isString())
        fail(name, "is missing or no text");
    else if (text.size() < least || text.size() > most)
        fail(name, "is too short or too long");
    else if (!text.isValidUtf16() ||
             std::ranges::any_of(text, [](QChar c) { return c.category() == QChar::Other_Control; }))
        fail(name, "has a character that may not be in it");
    return text;
}

std::int64_t JsonReader::whole(const char* name, std::int64_t least, std::int64_t most) {
    const QJsonValue value = m_object.value(QLatin1String(name));
    constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min(); // for what is no whole number
    const std::int64_t number = value.isDouble() ? value.toInteger(none) : none;
    if (number < least || number > most)
        fail(name, "is missing, no whole number or out of range");
    return number;
}

QByteArray JsonReader::bytes(const char* name, qsizetype size) {
    auto bytes = strictBytes(m_object.value(QLatin1String(name)).toString(), size);
    if (!bytes)
        fail(name, "is missing or not so many bytes in base64url");
    return bytes.value_or(QByteArray());
}

core::Uuid7 JsonReader::uuid(const char* name) {
    const auto id = core::Uuid7::parse(m_object.value(QLatin1String(name)).toString().toStdString());
    if (!id)
        fail(name, "is missing or no UUID");
    return id.value_or(core::Uuid7());
}

bool JsonReader::flag(const char* name) {
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (!value.isBool())
        fail(name, "is missing or neither true nor false");
    return value.toBool();
}

QJsonObject JsonReader::object(const char* name) {
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (!value.isObject())
        fail(name, "is missing or no object");
    return value.toObject();
}

QJsonArray JsonReader::array(const char* name, qsizetype most) {
    const QJsonValue value = m_object.value(QLatin1String(name));
    if (!value.isArray() || value.toArray().size() > most)
        fail(name, "is missing, no list or too long");
    return value.toArray();
}

} // namespace facelatch::network
