// SPDX-License-Identifier: GPL-3.0-or-later
// Pages into rows.
#include "ui/log_model.h"

#include "resources/tokens.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>
#include <map>

namespace facelatch::ui {

namespace {

QDate dayOf(const QString& local) {
    return QDate::fromString(local.left(core::isoDateLength), Qt::ISODate);
}

LogRow visitRow(const QJsonObject& line) {
    LogRow row;
    row.kind = LogRow::Kind::Visit;
    row.key = line.value(u"key").toInteger();
    row.time = core::WallTime(core::milliseconds(line.value(u"time").toInteger()));
    row.local = line.value(u"local").toString();
    row.day = dayOf(row.local);
    row.visit = line.value(u"visit").toString();
    row.name = line.value(u"person").toString();
    row.snapshot = line.value(u"snapshot").toString();
    row.outcome = core::outcomeFromCode(line.value(u"outcome").toString().toStdString()).value_or(row.outcome);
    row.reason = core::reasonFromCode(line.value(u"reason").toString().toStdString()).value_or(row.reason);
    row.events = line.value(u"events").toInteger();
    return row;
}

LogRow changeRow(const QJsonObject& entry) {
    LogRow row;
    row.kind = LogRow::Kind::Change;
    row.key = entry.value(u"number").toInteger();
    row.local = entry.value(u"local").toString();
    row.day = dayOf(row.local);
    row.time = core::WallTime(core::milliseconds(
        QDateTime::fromString(entry.value(u"time").toString(), Qt::ISODateWithMs).toMSecsSinceEpoch()));
    row.who = entry.value(u"who").toString();
    row.action = entry.value(u"action").toString();
    const QString person = entry.value(u"person").toString();
    row.subject = person.isEmpty() ? entry.value(u"subject").toString() : person;
    row.before = entry.value(u"before").toString();
    row.after = entry.value(u"after").toString();
    return row;
}

LogRow dayRow(QDate day) {
    LogRow row;
    row.day = day;
    return row;
}

} // namespace

LogModel::LogModel(AdminPort& port, QObject* parent) : QObject(parent), m_port(port) {}

void LogModel::showVisits(const QJsonObject& filter) {
    m_changes = false;
    m_filter = filter;
    reload();
}

void LogModel::showChanges() {
    m_changes = true;
    m_filter = {};
    reload();
}

void LogModel::reload() {
    ++m_round;
    m_rows.clear();
    m_below.reset();
    m_complete = m_asking = m_stale = false;
    m_reached = 0;
    m_error.reset();
    Q_EMIT replaced();
    askNext();
}

void LogModel::refresh() {
    m_stale = true;
    if (m_asking)
        return; // after the answer that is awaited
    if (m_error || (m_rows.empty() && !m_complete)) {
        reload();
        return;
    }
    m_stale = false;
    m_asking = true;
    QJsonObject args = m_filter;
    args.insert(QStringLiteral("limit"), resources::logPage);
    m_port.ask(m_changes ? QStringLiteral("audit.list") : QStringLiteral("log.visits"), args, this,
               [this, round = m_round](const auto& answer) {
                   if (round == m_round)
                       take(answer, true);
               });
}

void LogModel::reached(int row) {
    m_reached = std::max(m_reached, row);
    if (!m_asking && !m_complete && !m_error && m_reached + resources::logRowsAhead >= size())
        askNext();
}

void LogModel::askNext() {
    m_asking = true;
    Q_EMIT stateChanged();
    QJsonObject args = m_filter;
    args.insert(QStringLiteral("limit"), resources::logPage);
    if (m_below)
        args.insert(m_changes ? QStringLiteral("before") : QStringLiteral("below"), *m_below);
    m_port.ask(m_changes ? QStringLiteral("audit.list") : QStringLiteral("log.visits"), args, this,
               [this, round = m_round](const auto& answer) {
                   if (round == m_round)
                       take(answer, false);
               });
}

std::deque<LogRow> LogModel::rowsOf(const QJsonObject& answer) {
    std::deque<LogRow> rows;
    for (const auto& each : answer.value(m_changes ? QStringLiteral("entries") : QStringLiteral("visits")).toArray())
        rows.push_back(m_changes ? changeRow(each.toObject()) : visitRow(each.toObject()));
    return rows;
}

void LogModel::take(const core::Result<QJsonObject>& answer, bool top) {
    m_asking = false;
    if (!answer) {
        if (!top)
            m_error = answer.error(); // what stands there stays readable
        Q_EMIT stateChanged();
        return;
    }
    std::deque<LogRow> page = rowsOf(*answer);
    if (top) {
        mergeTop(std::move(page));
    } else {
        if (m_changes) {
            m_complete = static_cast<int>(page.size()) < resources::logPage;
            if (!page.empty())
                m_below = page.back().key;
        } else {
            m_complete = !answer->value(u"below").isDouble();
            m_below = m_complete ? std::nullopt : std::optional(answer->value(u"below").toInteger());
        }
        for (LogRow& row : page)
            append(std::move(row));
        Q_EMIT updated();
    }
    Q_EMIT stateChanged();
    if (m_stale)
        refresh();
    else
        reached(m_reached); // a page may be short although there is more
}

void LogModel::append(LogRow row) {
    if (m_rows.empty() || m_rows.back().day != row.day)
        m_rows.push_back(dayRow(row.day));
    m_rows.push_back(std::move(row));
}

/// The newest page over what is there. What is new comes on top; a visit that goes on gets its new outcome in place.
void LogModel::mergeTop(std::deque<LogRow> page) {
    const auto isEntry = [](const LogRow& row) { return row.kind != LogRow::Kind::Day; };
    const auto first = std::find_if(m_rows.begin(), m_rows.end(), isEntry);
    if (first == m_rows.end()) {
        if (!page.empty())
            reload(); // the first of all
        return;
    }
    const qint64 newest = first->key;
    if (!page.empty() && page.back().key > newest) {
        reload(); // more is new than one page holds
        return;
    }
    std::map<qint64, LogRow*> known;
    for (LogRow& row : m_rows) {
        if (isEntry(row))
            known[row.key] = &row;
        if (static_cast<int>(known.size()) >= resources::logPage)
            break;
    }
    for (const LogRow& row : page)
        if (const auto found = known.find(row.key); found != known.end())
            *found->second = row;
    const int before = size();
    for (auto row = page.rbegin(); row != page.rend(); ++row) {
        if (row->key <= newest)
            continue;
        if (m_rows.front().day == row->day)
            m_rows.pop_front(); // put back on top
        m_rows.push_front(std::move(*row));
        m_rows.push_front(dayRow(m_rows.front().day));
    }
    if (size() > before)
        Q_EMIT grewOnTop(size() - before);
    Q_EMIT updated();
}

} // namespace facelatch::ui
