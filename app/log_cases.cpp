// SPDX-License-Identifier: GPL-3.0-or-later
// The log, as commands with JSON arguments and answers.
#include "app/access_cases.h"
#include "app/use_cases.h"
#include "storage/event_json.h"
#include "storage/log_reader.h"

#include <QDate>
#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;
using storage::LogReader;

QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Midnight of this machine's zone, or what comes first where there is none.
core::WallTime beginOf(QDate day) {
    return core::WallTime(core::milliseconds(day.startOfDay().toMSecsSinceEpoch()));
}
QDate dayOf(core::WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).date();
}

template<typename T>
core::Status readCode(const QJsonObject& args, QStringView key, std::optional<T> (*parse)(std::string_view),
                      const char* allowed, std::optional<T>& out) {
    const std::string code = textOf(args, key);
    if (code.empty())
        return core::Done{};
    out = parse(code);
    if (out)
        return core::Done{};
    return Error{ErrorKind::Usage, "'" + code + "' is no " + key.toString().toStdString(), {}, allowed};
}

Result<storage::EventFilter> filterFrom(const QJsonObject& args) {
    storage::EventFilter filter;
    if (args.contains(u"since"))
        filter.since = core::WallTime(core::milliseconds(args.value(u"since").toInteger()));
    if (args.contains(u"until"))
        filter.until = core::WallTime(core::milliseconds(args.value(u"until").toInteger()));
    if (const QString text = args.value(u"day").toString(); !text.isEmpty()) {
        const QDate day = QDate::fromString(text, Qt::ISODate);
        if (!day.isValid())
            return Error{ErrorKind::Usage, "'" + text.toStdString() + "' is no day", {}, "Write 2026-11-21"};
        filter.since = beginOf(day);
        filter.until = beginOf(day.addDays(1));
    }
    if (const std::string person = textOf(args, u"person"); !person.empty()) {
        if (const auto id = core::Uuid7::parse(person))
            filter.person = core::PersonId{*id};
        else
            filter.personName = person;
    }
    if (auto read = readCode(args, u"outcome", core::outcomeFromCode, "Allowed: granted, denied", filter.outcome);
        !read)
        return read.error();
    if (auto read =
            readCode(args, u"reason", core::reasonFromCode, "See the codes of: facelatch-ctl log list", filter.reason);
        !read)
        return read.error();
    return filter;
}

int limitFrom(const QJsonObject& args) {
    return std::clamp(args.value(u"limit").toInt(100), 1, LogReader::maxPage);
}

Result<QJsonObject> listLog(LogReader& reader, const QJsonObject& args) {
    const auto filter = filterFrom(args);
    if (!filter)
        return filter.error();
    storage::PageCursor cursor;
    if (args.contains(u"before"))
        cursor.beforeSeq = args.value(u"before").toInteger();
    const auto page = reader.page(*filter, cursor, limitFrom(args));
    if (!page)
        return page.error();
    QJsonArray events;
    for (const core::CommittedEvent& event : *page)
        events.append(storage::toJson(event));
    return QJsonObject{{QStringLiteral("events"), events}};
}

Result<QJsonObject> verifyLog(LogReader& reader) {
    const auto report = reader.verify();
    if (!report)
        return report.error();
    return QJsonObject{{QStringLiteral("intact"), report->intact},
                       {QStringLiteral("events"), static_cast<qint64>(report->events)},
                       {QStringLiteral("erased"), static_cast<qint64>(report->erased)},
                       {QStringLiteral("pictures"), static_cast<qint64>(report->pictures)},
                       {QStringLiteral("first_broken"), static_cast<qint64>(report->firstBrokenSeq.value_or(0))},
                       {QStringLiteral("why"), QString::fromStdString(report->why)}};
}

QJsonObject toJson(const storage::VisitLine& line) {
    const core::Event& shown = line.shown.event;
    return {{QStringLiteral("key"), static_cast<qint64>(line.key)},
            {QStringLiteral("visit"), string(shown.visit.text())},
            {QStringLiteral("time"), static_cast<qint64>(line.first.event.time.time_since_epoch().count())},
            {QStringLiteral("local"), string(line.first.event.local)},
            {QStringLiteral("outcome"), string(core::outcomeCode(shown.outcome))},
            {QStringLiteral("reason"), string(core::reasonRow(shown.reason).code)},
            {QStringLiteral("person"), string(shown.personName)},
            {QStringLiteral("note"), string(shown.note)},
            {QStringLiteral("events"), static_cast<qint64>(line.events)},
            {QStringLiteral("snapshot"), string(line.snapshot)}};
}

Result<QJsonObject> listVisits(LogReader& reader, const QJsonObject& args) {
    const auto filter = filterFrom(args);
    if (!filter)
        return filter.error();
    std::optional<std::int64_t> below;
    if (args.value(u"below").isDouble())
        below = args.value(u"below").toInteger();
    const auto page = reader.visits(*filter, below, limitFrom(args));
    if (!page)
        return page.error();
    QJsonArray visits;
    for (const storage::VisitLine& line : page->visits)
        visits.append(toJson(line));
    return QJsonObject{
        {QStringLiteral("visits"), visits},
        {QStringLiteral("below"), page->below ? QJsonValue(static_cast<qint64>(*page->below)) : QJsonValue()}};
}

Result<QJsonObject> showVisit(LogReader& reader, const QJsonObject& args) {
    const auto visit = core::Uuid7::parse(textOf(args, u"visit"));
    if (!visit)
        return Error{ErrorKind::Usage, "The visit of the request cannot be read", {}, {}};
    storage::EventFilter filter;
    filter.visit = *visit;
    const auto total = reader.count(filter);
    if (!total)
        return total.error();
    const auto page =
        reader.page(filter, {.afterSeq = args.value(u"after").toInteger(), .beforeSeq = {}}, limitFrom(args));
    if (!page)
        return page.error();
    QJsonArray events;
    for (const core::CommittedEvent& event : *page)
        events.append(storage::toJson(event));
    return QJsonObject{{QStringLiteral("events"), events}, {QStringLiteral("total"), static_cast<qint64>(*total)}};
}

Result<QJsonObject> listDays(LogReader& reader, const QJsonObject& args) {
    const QDate month = QDate::fromString(args.value(u"month").toString() + QStringLiteral("-01"), Qt::ISODate);
    if (!month.isValid())
        return Error{ErrorKind::Usage, "The month of the request cannot be read", {}, "Write 2026-11"};
    QJsonArray days;
    for (int day = 1; day <= month.daysInMonth(); ++day) {
        const QDate date = month.addDays(day - 1);
        const auto any = reader.anyBetween(beginOf(date), beginOf(date.addDays(1)));
        if (!any)
            return any.error();
        if (*any)
            days.append(day);
    }
    const auto span = reader.span();
    if (!span)
        return span.error();
    const auto dayText = [](core::WallTime time) { return QJsonValue(dayOf(time).toString(Qt::ISODate)); };
    return QJsonObject{{QStringLiteral("days"), days},
                       {QStringLiteral("first"), *span ? dayText((*span)->first) : QJsonValue()},
                       {QStringLiteral("last"), *span ? dayText((*span)->second) : QJsonValue()}};
}

Result<QJsonObject> listPeople(LogReader& reader) {
    const auto people = reader.people();
    if (!people)
        return people.error();
    QJsonArray list;
    for (const storage::LogPerson& person : *people)
        list.append(QJsonObject{{QStringLiteral("id"), string(person.id.value.text())},
                                {QStringLiteral("name"), string(person.name)}});
    return QJsonObject{{QStringLiteral("people"), list}};
}

} // namespace

bool isLogCommand(const QString& command) {
    return command.startsWith(u"log.") && command != u"log.picture"; // that one needs the store's keys
}

Result<QJsonObject> runLogCommand(LogReader& reader, const QString& command, const QJsonObject& args) {
    if (command == u"log.list")
        return listLog(reader, args);
    if (command == u"log.visits")
        return listVisits(reader, args);
    if (command == u"log.visit")
        return showVisit(reader, args);
    if (command == u"log.days")
        return listDays(reader, args);
    if (command == u"log.people")
        return listPeople(reader);
    if (command == u"log.verify")
        return verifyLog(reader);
    return unknownCommand(command);
}

} // namespace facelatch::app
