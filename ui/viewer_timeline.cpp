// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of visits into rows.
#include "ui/viewer_timeline.h"

#include "resources/tokens.h"
#include "ui/viewer_words.h"

#include <algorithm>
#include <utility>

namespace facelatch::ui {

namespace {

QDate dayOf(const ViewerVisit& visit) {
    return QDate::fromString(utf8(visit.shown.event.local).left(core::isoDateLength), Qt::ISODate);
}

void append(std::deque<TimelineRow>& rows, const ViewerVisit& visit) {
    const QDate day = dayOf(visit);
    if (rows.empty() || rows.back().day != day)
        rows.push_back({day, {}});
    rows.push_back({day, visit});
}

} // namespace

ViewerTimeline::ViewerTimeline(ViewerPort& port, QObject* parent) : QObject(parent), m_port(port) {}

void ViewerTimeline::show(const VisitQuery& query) {
    m_query = query;
    reload();
}

void ViewerTimeline::reload() {
    ++m_round;
    m_rows.clear();
    m_below.clear();
    m_complete = m_asking = m_stale = false;
    m_reached = 0;
    m_error.reset();
    Q_EMIT replaced();
    ask(false);
}

void ViewerTimeline::refresh() {
    m_stale = true;
    if (m_asking)
        return; // after the answer that is awaited
    if (m_error) {
        reload();
        return;
    }
    m_stale = false;
    ask(true);
}

void ViewerTimeline::reached(int row) {
    m_reached = std::max(m_reached, row);
    if (!m_asking && !m_complete && !m_error && m_reached + resources::logRowsAhead >= size())
        ask(false);
}

void ViewerTimeline::ask(bool top) {
    m_asking = true;
    if (!top)
        Q_EMIT stateChanged();
    m_port.visits(m_query, top ? QByteArray() : m_below, resources::logPage, this,
                  [this, top, round = m_round](const core::Result<VisitPage>& answer) {
                      if (round == m_round)
                          take(answer, top);
                  });
}

void ViewerTimeline::take(const core::Result<VisitPage>& answer, bool top) {
    m_asking = false;
    if (!answer) {
        if (!top)
            m_error = answer.error(); // what stands there stays readable
        Q_EMIT stateChanged();
        return;
    }
    const int round = m_round;
    if (top) {
        mergeTop(*answer);
    } else {
        for (const ViewerVisit& visit : answer->visits)
            append(m_rows, visit);
        m_below = answer->below;
        m_complete = m_below.isEmpty();
        Q_EMIT updated();
    }
    if (round != m_round)
        return; // it was read anew
    Q_EMIT stateChanged();
    if (m_stale)
        refresh();
    else
        reached(m_reached); // a page may be short although there is more
}

/// The newest page in the place of what stood above its last row. A door that comes back may bring visits that belong
/// in between, so rows are not only added on top.
void ViewerTimeline::mergeTop(const VisitPage& page) {
    const int before = size();
    std::deque<TimelineRow> rows;
    for (const ViewerVisit& visit : page.visits)
        append(rows, visit);
    if (page.below.isEmpty()) {
        m_rows = std::move(rows);
        m_complete = true;
        m_below.clear();
        Q_EMIT grewOnTop(size() - before);
        return;
    }
    const int last = page.visits.empty() ? -1 : rowOf(page.visits.back().door, page.visits.back().shown.event.visit);
    if (last < 0) {
        reload(); // more is new than one page holds
        return;
    }
    const QDate day = rows.back().day;
    m_rows.erase(m_rows.begin(), m_rows.begin() + last + 1);
    if (!m_rows.empty() && !m_rows.front().visit && m_rows.front().day == day)
        m_rows.pop_front();
    m_rows.insert(m_rows.begin(), rows.begin(), rows.end());
    Q_EMIT grewOnTop(size() - before);
}

int ViewerTimeline::rowOf(const QString& door, const core::Uuid7& visit) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const TimelineRow& row) {
        return row.visit && row.visit->shown.event.visit == visit && row.visit->door == door;
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

} // namespace facelatch::ui
