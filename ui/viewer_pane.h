// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerPane: the timeline with its filters, and what it says while it is empty.
#pragma once

#include "ui/feedback.h"
#include "ui/viewer_filters.h"
#include "ui/viewer_list.h"
#include "ui/viewer_window.h"

class QStackedLayout;

namespace facelatch::ui {

/// Gui thread.
class ViewerPane : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit ViewerPane(const ViewerContext& context, QWidget* parent = nullptr);
    /// Empty: all doors together.
    void setDoor(const QString& door);
    /// The visit becomes current as soon as it is among the rows; filters that hide it go.
    void choose(const QString& door, const core::Uuid7& visit);
    ViewerFilters& filters() { return *m_filters; }
    ViewerList& list() { return *m_list; }
    /// Times anew.
    void tick();
    void restyle(const Style& style) override;

Q_SIGNALS:
    void chosen(const std::optional<facelatch::ui::ViewerVisit>& visit);
    void activated();
    void exportAsked();

private:
    void showState();
    void lookFor();

    ViewerContext m_context;
    QString m_door;
    ViewerTimeline m_model;
    std::optional<std::pair<QString, core::Uuid7>> m_sought;
    QBoxLayout* m_column;
    ViewerFilters* m_filters;
    BusyLine* m_busy;
    QWidget* m_body;
    QStackedLayout* m_stack;
    ViewerList* m_list;
    EmptyState* m_empty;
};

} // namespace facelatch::ui
