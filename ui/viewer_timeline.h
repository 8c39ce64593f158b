// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerTimeline: the rows of the timeline, of one door or of several, read a page at a time.
#pragma once

#include "ui/viewer_port.h"

#include <deque>

namespace facelatch::ui {

struct TimelineRow {
    QDate day;
    std::optional<ViewerVisit> visit; ///< nothing: the heading of the day
};

/// Newest first, a row for each day before its visits. One page is asked for at a time, when the list comes near its
/// end; nothing here waits. Gui thread.
class ViewerTimeline : public QObject {
    Q_OBJECT
public:
    explicit ViewerTimeline(ViewerPort& port, QObject* parent = nullptr);

    void show(const VisitQuery& query);
    const VisitQuery& query() const { return m_query; }
    /// There may be something new, or something came of a visit.
    void refresh();
    /// The list shows rows up to this one.
    void reached(int row);

    int size() const { return static_cast<int>(m_rows.size()); }
    const TimelineRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// -1: not among what has been read.
    int rowOf(const QString& door, const core::Uuid7& visit) const;
    bool isBusy() const { return m_asking; }
    /// Everything there is has been read.
    bool isComplete() const { return m_complete; }
    const std::optional<core::Error>& error() const { return m_error; }

Q_SIGNALS:
    /// Other rows altogether.
    void replaced();
    /// Rows were added at the end, or changed.
    void updated();
    /// The rows on top changed: there are so many more now (or fewer) before those that stayed.
    void grewOnTop(int rows);
    /// isBusy(), isComplete() or error() changed.
    void stateChanged();

private:
    void reload();
    void ask(bool top);
    void take(const core::Result<VisitPage>& answer, bool top);
    void mergeTop(const VisitPage& page);

    ViewerPort& m_port;
    VisitQuery m_query;
    std::deque<TimelineRow> m_rows;
    QByteArray m_below;
    bool m_complete = false, m_asking = false;
    bool m_stale = false; ///< the top is to be read once the answer that is awaited came
    int m_round = 0;      ///< answers to an earlier query are not taken
    int m_reached = 0;
    std::optional<core::Error> m_error;
};

} // namespace facelatch::ui
