// SPDX-License-Identifier: GPL-3.0-or-later
// The log by visits, by days and by people.
#include "storage/event_schema.h"
#include "storage/log_reader.h"
#include "storage/log_terms.h"
#include "storage/sql_connection.h"

#include <algorithm>

namespace facelatch::storage {

using core::CommittedEvent;
using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

/// Rows walked at a time, and how often in one call. An index on what is asked for meets few others.
constexpr std::int64_t rowsAtATime = 20'000, selectiveRows = 200'000;
constexpr int stretches = 4;

using Range = std::pair<std::int64_t, std::int64_t>; ///< from, up to and without

qint64 ms(core::WallTime time) {
    return time.time_since_epoch().count();
}
QString codeText(std::string_view code) {
    return QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size()));
}
bool isPersonal(const EventFilter& filter) {
    return filter.person || filter.personName;
}

struct Terms {
    QString sql;
    QVariantList values;
    void add(const QString& term) { sql += QStringLiteral(" AND ") + term; }
    void add(const QString& term, const QVariant& value) {
        add(term);
        values << value;
    }
};

/// What the filter wants of an event; `e` and `p` are what its tables are called. `drives`: an index on these terms is
/// to be used; a unary + keeps SQLite, which has no statistics here, from any other.
Terms termsOf(const EventFilter& filter, const QString& e, const QString& p, bool drives) {
    const QString plus = drives ? QString() : QStringLiteral("+");
    Terms terms;
    if (filter.since)
        terms.add(QStringLiteral("+%1.time >= ?").arg(e), ms(*filter.since));
    if (filter.until)
        terms.add(QStringLiteral("+%1.time < ?").arg(e), ms(*filter.until));
    if (filter.person)
        terms.add(QStringLiteral("%1%2.person = ?").arg(plus, p), idBlob(filter.person->value));
    if (filter.personName)
        terms.add(QStringLiteral("%1%2.name = ?").arg(filter.person ? QStringLiteral("+") : plus, p),
                  text(*filter.personName));
    if (filter.reason)
        terms.add(QStringLiteral("%1%2.reason = ?").arg(isPersonal(filter) ? QStringLiteral("+") : plus, e),
                  codeText(core::reasonRow(*filter.reason).code));
    if (filter.outcome)
        terms.add(QStringLiteral("%1.outcome = ?").arg(e), codeText(core::outcomeCode(*filter.outcome)));
    if (filter.visit)
        terms.add(QStringLiteral("+%1.visit = ?").arg(e), idBlob(*filter.visit));
    for (const SqlTerm& term : wordTerms(filter, e)) {
        terms.add(term.sql);
        terms.values << term.values;
    }
    return terms;
}

/// First events of visits, as far as the filter finds them, in a range of numbers; its two ends come as values first.
Terms headsOf(const EventFilter& filter) {
    const bool personal = isPersonal(filter);
    const QString from =
        personal ? QStringLiteral("event_personal p CROSS JOIN event e ON e.seq = p.seq") : QStringLiteral("event e");
    const QString earlier =
        personal ? QStringLiteral("event f INDEXED BY event_visit CROSS JOIN event_personal g ON g.seq = f.seq")
                 : QStringLiteral("event f INDEXED BY event_visit");
    const QString seq = personal ? QStringLiteral("p.seq") : QStringLiteral("e.seq");
    Terms outer = termsOf(filter, QStringLiteral("e"), QStringLiteral("p"), true);
    const Terms inner = termsOf(filter, QStringLiteral("f"), QStringLiteral("g"), false);
    outer.add(QStringLiteral("NOT EXISTS(SELECT 1 FROM %1 WHERE f.visit = e.visit AND f.seq < e.seq%2)")
                  .arg(earlier, inner.sql));
    outer.values << inner.values;
    if (filter.outcome == core::Outcome::Denied)
        outer.add(QStringLiteral("NOT EXISTS(SELECT 1 FROM event h INDEXED BY event_visit "
                                 "WHERE h.visit = e.visit AND h.outcome = 'granted')"));
    outer.sql = QStringLiteral("SELECT %1, e.visit FROM %2 WHERE %1 >= ? AND %1 < ?%3 ORDER BY %1 DESC LIMIT ")
                    .arg(seq, from, outer.sql);
    return outer;
}

/// Numbers between which all events of a time lie. The clock may have jumped, so that others lie there, too.
Result<Range> rangeOf(SqlConnection& db, const EventFilter& filter) {
    Terms time;
    if (filter.since)
        time.add(QStringLiteral("time >= ?"), ms(*filter.since));
    if (filter.until)
        time.add(QStringLiteral("time < ?"), ms(*filter.until));
    const QString from =
        time.sql.isEmpty() ? QStringLiteral("event") : QStringLiteral("event INDEXED BY event_time WHERE 1") + time.sql;
    // Without a time each end is one look; both in one question would be a walk.
    auto rows = time.sql.isEmpty()
                    ? db.run(QStringLiteral("SELECT (SELECT min(seq) FROM event), (SELECT max(seq) FROM event)"))
                    : db.run(QStringLiteral("SELECT min(seq), max(seq) FROM ") + from, time.values);
    if (!rows)
        return rows.error();
    if (!rows->next() || rows->value(0).isNull()) {
        if (auto ended = db.check(*rows); !ended)
            return ended.error();
        return Range{0, 0};
    }
    return Range{rows->value(0).toLongLong(), rows->value(1).toLongLong() + 1};
}

struct Head {
    std::int64_t seq;
    core::Uuid7 visit;
};

core::Status addHeads(SqlConnection& db, const Terms& heads, Range range, std::size_t limit, std::vector<Head>& found) {
    QVariantList values{static_cast<qint64>(range.first), static_cast<qint64>(range.second)};
    values << heads.values;
    auto rows = db.run(heads.sql + QString::number(limit - found.size()), values);
    if (!rows)
        return rows.error();
    while (rows->next())
        if (const auto visit = idFromBlob(rows->value(1).toByteArray()))
            found.push_back({rows->value(0).toLongLong(), *visit});
    return db.check(*rows);
}

} // namespace

Result<VisitPage> LogReader::visits(const EventFilter& filter, std::optional<std::int64_t> belowKey, int limit) {
    if (limit < 1 || limit > maxPage)
        return Error{ErrorKind::Usage,
                     "a page has 1 to " + std::to_string(maxPage) + " visits, not " + std::to_string(limit), "", ""};
    const auto range = rangeOf(*m_db, filter);
    if (!range)
        return range.error();
    const Terms heads = headsOf(filter);
    const std::int64_t rows = isPersonal(filter) || filter.reason ? selectiveRows : rowsAtATime;
    const auto wanted = static_cast<std::size_t>(limit);
    std::vector<Head> found;
    std::int64_t below = belowKey ? std::min(*belowKey, range->second) : range->second;
    for (int i = 0; i < stretches && found.size() < wanted && below > range->first; ++i) {
        const std::int64_t from = std::max(range->first, below - rows);
        if (auto added = addHeads(*m_db, heads, {from, below}, wanted, found); !added)
            return added.error();
        below = found.size() < wanted ? from : found.back().seq;
    }
    VisitPage page;
    for (const Head& head : found) {
        auto line = lineOf(head.seq, head.visit);
        if (!line)
            return line.error();
        page.visits.push_back(*std::move(line));
    }
    if (below > range->first)
        page.below = below;
    return page;
}

Result<CommittedEvent> LogReader::oneOfVisit(const core::Uuid7& visit, const QString& rest) {
    QString from = eventJoin();
    from.replace(QStringLiteral("event e "), QStringLiteral("event e INDEXED BY event_visit "));
    auto rows =
        m_db->run(QStringLiteral("SELECT %1 FROM %2 WHERE e.visit = ? %3 LIMIT 1").arg(eventColumns(), from, rest),
                  {idBlob(visit)});
    if (!rows)
        return rows.error();
    if (!rows->next()) {
        if (auto ended = m_db->check(*rows); !ended)
            return ended.error();
        return CommittedEvent{};
    }
    auto row = readEventRow(*rows);
    if (!row)
        return row.error();
    row->committed.logId = m_logId;
    return std::move(row->committed);
}

Result<VisitLine> LogReader::lineOf(std::int64_t key, const core::Uuid7& visit) {
    VisitLine line;
    line.key = key;
    const auto first = bySeq(key);
    if (!first)
        return first.error();
    line.first = first->value_or(CommittedEvent{});
    auto shown = oneOfVisit(visit, QStringLiteral("AND e.outcome = 'granted' ORDER BY e.seq"));
    if (shown && shown->seq == 0)
        shown = oneOfVisit(visit, QStringLiteral("ORDER BY e.seq DESC"));
    if (!shown)
        return shown.error();
    line.shown = *std::move(shown);
    line.snapshot = line.shown.snapshot;
    if (line.snapshot.empty()) {
        const auto pictured = oneOfVisit(visit, QStringLiteral("AND s.seq IS NOT NULL AND s.removed IS NULL "
                                                               "ORDER BY e.seq DESC"));
        if (!pictured)
            return pictured.error();
        line.snapshot = pictured->snapshot;
    }
    const auto events = m_db->value(QStringLiteral("SELECT count(*) FROM event INDEXED BY event_visit WHERE visit = ?"),
                                    {idBlob(visit)});
    if (!events)
        return events.error();
    line.events = events->toLongLong();
    return line;
}

Result<std::vector<std::string>> LogReader::planOfVisits(const EventFilter& filter) {
    const Terms heads = headsOf(filter);
    QVariantList values{0, 0};
    values << heads.values;
    auto rows = m_db->run(QStringLiteral("EXPLAIN QUERY PLAN ") + heads.sql + QStringLiteral("1"), values);
    if (!rows)
        return rows.error();
    std::vector<std::string> lines;
    while (rows->next())
        lines.push_back(rows->value(3).toString().toStdString());
    if (auto ended = m_db->check(*rows); !ended)
        return ended.error();
    return lines;
}

Result<bool> LogReader::anyBetween(core::WallTime since, core::WallTime until) {
    const auto any = m_db->value(
        QStringLiteral("SELECT EXISTS(SELECT 1 FROM event INDEXED BY event_time WHERE time >= ? AND time < ?)"),
        {ms(since), ms(until)});
    if (!any)
        return any.error();
    return any->toBool();
}

Result<std::optional<std::pair<core::WallTime, core::WallTime>>> LogReader::span() {
    auto rows = m_db->run(QStringLiteral("SELECT (SELECT min(time) FROM event), (SELECT max(time) FROM event)"));
    if (!rows)
        return rows.error();
    std::optional<std::pair<core::WallTime, core::WallTime>> span;
    if (rows->next() && !rows->value(0).isNull())
        span = {core::WallTime(core::milliseconds(rows->value(0).toLongLong())),
                core::WallTime(core::milliseconds(rows->value(1).toLongLong()))};
    if (auto ended = m_db->check(*rows); !ended)
        return ended.error();
    return span;
}

Result<std::vector<LogPerson>> LogReader::people() {
    // From one person to the next by the index, not over their events.
    auto rows = m_db->run(
        QStringLiteral("WITH RECURSIVE known(person) AS (SELECT min(person) FROM event_personal UNION ALL "
                       "SELECT (SELECT min(person) FROM event_personal WHERE person > known.person) FROM known "
                       "WHERE known.person IS NOT NULL) "
                       "SELECT person, (SELECT p.name FROM event_personal p WHERE p.person = known.person ORDER BY "
                       "p.seq DESC LIMIT 1) "
                       "FROM known WHERE person IS NOT NULL"));
    if (!rows)
        return rows.error();
    std::vector<LogPerson> people;
    while (rows->next())
        if (const auto id = idFromBlob(rows->value(0).toByteArray()))
            people.push_back({core::PersonId{*id}, rows->value(1).toString().toStdString()});
    if (auto ended = m_db->check(*rows); !ended)
        return ended.error();
    std::sort(people.begin(), people.end(), [](const LogPerson& a, const LogPerson& b) { return a.name < b.name; });
    return people;
}

} // namespace facelatch::storage
