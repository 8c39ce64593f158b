// SPDX-License-Identifier: GPL-3.0-or-later
// Visits of several doors as one list, newest first, from what is kept of their logs.
#pragma once

#include "core/reasons.h"
#include "core/result.h"
#include "storage/log_reader.h"
#include "ui/viewer_port.h"

#include <QByteArray>
#include <QLocale>
#include <QString>

#include <functional>
#include <vector>

namespace facelatch::app {

/// One door's log, open for reading.
struct ReadableLog {
    QString door;
    storage::LogReader* reader = nullptr;
};

/// A ui::VisitQuery without its words in a language: which reasons read like its text.
struct VisitSearch {
    ui::VisitQuery query;
    std::vector<core::Reason> reasons;
};

/// Reasons whose text, as the viewer reads it, has `text` in it.
std::vector<core::Reason> reasonsLike(const QString& text, const QLocale& locale);

/// Each log by its own order, all together by the time of a visit's beginning. `below` as the page before gave it.
core::Result<ui::VisitPage> visitPage(const std::vector<ReadableLog>& logs, const VisitSearch& search,
                                      const QByteArray& below, int limit);

/// Events that the search finds, of one log after the other, oldest first, until `each` says false.
core::Status eachEvent(const std::vector<ReadableLog>& logs, const VisitSearch& search,
                       const std::function<bool(const core::CommittedEvent&)>& each);

} // namespace facelatch::app
