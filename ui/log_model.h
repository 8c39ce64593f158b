// SPDX-License-Identifier: GPL-3.0-or-later
// LogModel: the rows of the log's list, read a page at a time as they are needed.
#pragma once

#include "core/reasons.h"
#include "core/time.h"
#include "ui/admin_port.h"

#include <QDate>
#include <QJsonObject>
#include <QObject>

#include <deque>
#include <optional>

namespace facelatch::ui {

struct LogRow {
    enum class Kind { Day, Visit, Change };
    Kind kind = Kind::Day;
    QDate day;
    qint64 key = 0; ///< of a visit: log.visits; of a change: its number
    core::WallTime time{};
    QString local; ///< as the door's clock showed it
    // of a visit
    QString visit, name, snapshot;
    core::Outcome outcome = core::Outcome::Denied;
    core::Reason reason = core::Reason::UnknownPerson;
    qint64 events = 0;
    // of a change
    QString who, action, subject, before, after;
};

/// Newest first, a row for each day before its entries. One page is asked for at a time, when the list comes near its
/// end; nothing here waits. Gui thread.
class LogModel : public QObject {
    Q_OBJECT
public:
    explicit LogModel(AdminPort& port, QObject* parent = nullptr);

    /// Visits, by the filters of log.visits.
    void showVisits(const QJsonObject& filter);
    /// The audit.
    void showChanges();
    /// There may be something new on top, or something came of a visit.
    void refresh();
    /// The list shows rows up to this one.
    void reached(int row);

    int size() const { return static_cast<int>(m_rows.size()); }
    const LogRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    bool changes() const { return m_changes; }
    bool isBusy() const { return m_asking; }
    /// Everything there is has been read.
    bool isComplete() const { return m_complete; }
    const std::optional<core::Error>& error() const { return m_error; }

Q_SIGNALS:
    /// Other rows altogether.
    void replaced();
    /// Rows were added at the end, or changed.
    void updated();
    /// So many rows were put on top, after the first `below` rows that stay where they are.
    void grewOnTop(int rows);
    /// isBusy(), isComplete() or error() changed.
    void stateChanged();

private:
    void reload();
    void askNext();
    void take(const core::Result<QJsonObject>& answer, bool top);
    void append(LogRow row);
    void mergeTop(std::deque<LogRow> page);
    std::deque<LogRow> rowsOf(const QJsonObject& answer);

    AdminPort& m_port;
    QJsonObject m_filter;
    bool m_changes = false;
    std::deque<LogRow> m_rows;
    std::optional<qint64> m_below; ///< where the next page goes on
    bool m_complete = false;
    bool m_asking = false;
    bool m_stale = false; ///< the top is to be read once the answer that is awaited came
    int m_round = 0;      ///< answers to an earlier filter are not taken
    int m_reached = 0;
    std::optional<core::Error> m_error;
};

} // namespace facelatch::ui
