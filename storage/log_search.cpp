// SPDX-License-Identifier: GPL-3.0-or-later
// The log by words and by the door's own days.
#include "storage/log_reader.h"
#include "storage/log_terms.h"
#include "storage/sql_connection.h"

#include <QStringList>

#include <cstdio>

namespace facelatch::storage {

using core::Result;

namespace {

/// More names than that are no search; SQLite's own limit of values in a statement is far above.
constexpr std::size_t mostNames = 500;
constexpr int monthsOfYear = 12;

/// Without capitals and accents.
QString folded(const QString& text) {
    QString plain;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD))
        if (c.category() != QChar::Mark_NonSpacing)
            plain += c;
    return plain.toUpper(); // "ß" becomes "SS"
}

QString marks(std::size_t count) {
    QStringList list;
    list.fill(QStringLiteral("?"), static_cast<qsizetype>(count));
    return list.join(QLatin1Char(','));
}

std::string monthStart(int year, int month) {
    char text[16]; // NOLINT(modernize-avoid-c-arrays): snprintf
    std::snprintf(text, sizeof text, "%04d-%02d", year, month);
    return text;
}

} // namespace

std::vector<SqlTerm> wordTerms(const EventFilter& filter, const QString& e) {
    std::vector<SqlTerm> terms;
    if (filter.localDay)
        terms.push_back(
            {QStringLiteral("substr(%1.local, 1, %2) = ?").arg(e).arg(core::isoDateLength), {text(*filter.localDay)}});
    if (!filter.words)
        return terms;
    SqlTerm any;
    QStringList either;
    if (!filter.words->names.empty()) {
        either << QStringLiteral("EXISTS(SELECT 1 FROM event_personal w WHERE w.seq = %1.seq AND +w.name IN (%2))")
                      .arg(e, marks(filter.words->names.size()));
        for (const std::string& name : filter.words->names)
            any.values << text(name);
    }
    if (!filter.words->reasons.empty()) {
        either << QStringLiteral("+%1.reason IN (%2)").arg(e, marks(filter.words->reasons.size()));
        for (const core::Reason reason : filter.words->reasons) {
            const auto code = core::reasonRow(reason).code;
            any.values << QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size()));
        }
    }
    any.sql = either.isEmpty() ? QStringLiteral("0")
                               : QLatin1Char('(') + either.join(QLatin1String(" OR ")) + QLatin1Char(')');
    terms.push_back(any);
    return terms;
}

Result<std::vector<std::string>> LogReader::namesWith(const std::string& wanted) {
    const QString needle = folded(text(wanted));
    // From one name to the next by the index, not over their events.
    auto rows =
        m_db->run(QStringLiteral("WITH RECURSIVE known(name) AS (SELECT min(name) FROM event_personal UNION ALL "
                                 "SELECT (SELECT min(name) FROM event_personal WHERE name > known.name) FROM known "
                                 "WHERE known.name IS NOT NULL) SELECT name FROM known WHERE name IS NOT NULL"));
    if (!rows)
        return rows.error();
    std::vector<std::string> names;
    while (names.size() < mostNames && rows->next())
        if (const QString name = rows->value(0).toString(); folded(name).contains(needle))
            names.push_back(name.toStdString());
    if (auto ended = m_db->check(*rows); !ended)
        return ended.error();
    return names;
}

Result<LocalDays> LogReader::localDays(int year, int month) {
    const bool last = month == monthsOfYear;
    auto rows =
        m_db->run(QStringLiteral("SELECT DISTINCT CAST(substr(local, 9, 2) AS INTEGER) FROM event "
                                 "WHERE local >= ? AND local < ? ORDER BY 1"),
                  {text(monthStart(year, month)), text(monthStart(last ? year + 1 : year, last ? 1 : month + 1))});
    if (!rows)
        return rows.error();
    LocalDays found;
    while (rows->next())
        found.days.push_back(rows->value(0).toInt());
    if (auto ended = m_db->check(*rows); !ended)
        return ended.error();
    for (auto [order, day] : {std::pair("ASC", &found.first), std::pair("DESC", &found.latest)}) {
        const auto local =
            m_db->value(QStringLiteral("SELECT local FROM event ORDER BY time %1 LIMIT 1").arg(QLatin1String(order)));
        if (!local)
            return local.error();
        *day = local->toString().left(core::isoDateLength).toStdString();
    }
    return found;
}

} // namespace facelatch::storage
