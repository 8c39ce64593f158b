// SPDX-License-Identifier: GPL-3.0-or-later
// Events to JSON and back.
#include "storage/event_json.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <charconv>
#include <cmath>
#include <limits>

namespace facelatch::storage {

using core::CommittedEvent;
using core::Event;
using core::Result;

namespace {

QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
QJsonValue stringOrNull(const std::string& utf8) {
    return utf8.empty() ? QJsonValue() : QJsonValue(string(utf8));
}

/// 0.7f is 0.699999988... as a double; written with the fewest digits that still are that float, it stays "0.7".
QJsonValue number(const std::optional<float>& value) {
    if (!value || !std::isfinite(*value))
        return QJsonValue();
    char text[48];
    const auto end = std::to_chars(text, text + sizeof text, *value).ptr;
    double shortest = 0;
    std::from_chars(text, end, shortest);
    return QJsonValue(shortest);
}

/// Reads members one by one and remembers the first that is wrong.
class Reader {
public:
    explicit Reader(const QJsonObject& object) : m_object(object) {}

    std::string text(const char* name) {
        const QJsonValue value = member(name);
        if (!value.isString())
            wrong(name, "text");
        return value.toString().toStdString();
    }
    std::string textOrNull(const char* name) { return member(name).isNull() ? std::string() : text(name); }
    std::optional<float> numberOrNull(const char* name) {
        const QJsonValue value = member(name);
        if (value.isNull())
            return std::nullopt;
        const double read = value.toDouble(std::numeric_limits<double>::quiet_NaN());
        if (!(std::abs(read) <= static_cast<double>(std::numeric_limits<float>::max())))
            wrong(name, "a number");
        return static_cast<float>(read);
    }
    core::Uuid7 id(const char* name) {
        const auto parsed = core::Uuid7::parse(text(name));
        if (!parsed)
            wrong(name, "a UUID");
        return parsed.value_or(core::Uuid7{});
    }
    template<typename T>
    T code(const char* name, std::optional<T> (*parse)(std::string_view)) {
        const auto parsed = parse(text(name));
        if (!parsed)
            wrong(name, "a code this version knows");
        return parsed.value_or(T{});
    }
    core::WallTime time(const char* name) {
        const QString written = string(text(name));
        const QDateTime read = QDateTime::fromString(written, Qt::ISODateWithMs);
        if (!read.isValid() || !written.endsWith(QLatin1Char('Z')))
            wrong(name, "a UTC time");
        return core::WallTime(core::milliseconds(read.toMSecsSinceEpoch()));
    }
    std::int64_t seq(const char* name, bool provisional) {
        const QJsonValue value = member(name);
        const qint64 read = value.isNull() ? 0 : value.toInteger(-1);
        if (read < 0 || (read == 0) != provisional)
            wrong(name, provisional ? "null while provisional" : "a positive number");
        return read;
    }
    bool flag(const char* name) {
        if (!member(name).isBool())
            wrong(name, "true or false");
        return member(name).toBool();
    }
    void wrong(const char* name, const char* wanted) {
        if (m_wrong.empty())
            m_wrong = std::string("\"") + name + "\" must be " + wanted;
    }
    const std::string& problem() const { return m_wrong; }

private:
    QJsonValue member(const char* name) {
        const auto found = m_object.constFind(QLatin1String(name));
        if (found != m_object.constEnd())
            return *found;
        wrong(name, "there");
        return QJsonValue();
    }
    const QJsonObject& m_object;
    std::string m_wrong;
};

core::Error unreadable(const std::string& why) {
    return core::fail("this is not an event: " + why);
}

} // namespace

QJsonObject toJson(const CommittedEvent& committed) {
    const Event& event = committed.event;
    QJsonObject object;
    const auto put = [&object](const char* name, const QJsonValue& value) {
        object.insert(QLatin1String(name), value);
    };
    put("v", eventJsonVersion);
    put("log_id", stringOrNull(committed.logId));
    put("seq", committed.seq > 0 ? QJsonValue(static_cast<qint64>(committed.seq)) : QJsonValue());
    put("id", string(event.id.text()));
    put("time", string(core::rfc3339Utc(event.time)));
    put("local", string(event.local));
    put("door", string(event.door));
    put("visit", string(event.visit.text()));
    put("outcome", string(core::outcomeCode(event.outcome)));
    put("reason", string(core::reasonRow(event.reason).code));
    put("person_id", event.person ? QJsonValue(string(event.person->value.text())) : QJsonValue());
    put("person", stringOrNull(event.personName));
    put("score", number(event.score));
    put("margin", number(event.margin));
    put("live", string(core::livenessCode(event.live)));
    put("model", stringOrNull(event.modelId));
    put("snapshot", stringOrNull(committed.snapshot));
    put("source", string(core::sourceCode(event.source)));
    if (!event.note.empty())
        put("note", string(event.note));
    put("provisional", committed.provisional);
    return object;
}

std::string toJsonLine(const CommittedEvent& event) {
    return QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact).toStdString();
}

Result<CommittedEvent> eventFromJson(const QJsonObject& object) {
    const int version = object.value(QLatin1String("v")).toInt();
    if (version != eventJsonVersion)
        return core::Error{version > eventJsonVersion ? core::ErrorKind::NewerVersion : core::ErrorKind::Failed,
                           "the event has format version " + std::to_string(version) + ", this program reads version " +
                               std::to_string(eventJsonVersion),
                           "", version > eventJsonVersion ? "Install a newer version of Facelatch here" : ""};
    Reader read(object);
    CommittedEvent committed;
    Event& event = committed.event;
    committed.provisional = read.flag("provisional");
    committed.logId = read.textOrNull("log_id");
    committed.seq = read.seq("seq", committed.provisional);
    event.id = read.id("id");
    event.time = read.time("time");
    event.local = read.text("local");
    event.door = read.text("door");
    event.visit = read.id("visit");
    event.outcome = read.code("outcome", &core::outcomeFromCode);
    event.reason = read.code("reason", &core::reasonFromCode);
    if (!object.value(QLatin1String("person_id")).isNull())
        event.person = core::PersonId{read.id("person_id")};
    event.personName = read.textOrNull("person");
    event.score = read.numberOrNull("score");
    event.margin = read.numberOrNull("margin");
    event.live = read.code("live", &core::livenessFromCode);
    event.modelId = read.textOrNull("model");
    committed.snapshot = read.textOrNull("snapshot");
    event.source = read.code("source", &core::sourceFromCode);
    if (object.contains(QLatin1String("note")))
        event.note = read.textOrNull("note");
    if (!read.problem().empty())
        return unreadable(read.problem());
    return committed;
}

Result<CommittedEvent> eventFromJsonLine(std::string_view line) {
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray(line.data(), static_cast<qsizetype>(line.size())), &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(error.errorString().toStdString());
    if (!document.isObject())
        return unreadable("it is no JSON object");
    return eventFromJson(document.object());
}

} // namespace facelatch::storage
