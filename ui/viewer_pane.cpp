// SPDX-License-Identifier: GPL-3.0-or-later
// The middle of the window.
#include "ui/viewer_pane.h"

#include "ui/kit_words.h"
#include "ui/log_words.h"
#include "ui/viewer_words.h"

#include <QBoxLayout>
#include <QStackedLayout>

namespace facelatch::ui {

ViewerPane::ViewerPane(const ViewerContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_model(context.port),
      m_column(new QVBoxLayout(this)),
      m_filters(new ViewerFilters(context.port, context.clock, context.locale, this)),
      m_busy(new BusyLine(this)),
      m_body(new QWidget(this)),
      m_stack(new QStackedLayout(m_body)),
      m_list(new ViewerList(m_model, {context.port, context.clock, context.locale}, this)),
      m_empty(new EmptyState(Icon::Log, {}, {}, this)) {
    setObjectName(QStringLiteral("viewerPane"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    m_column->addWidget(m_filters);
    m_column->addWidget(m_busy);
    m_column->addWidget(m_body, 1);
    connect(m_filters, &ViewerFilters::changed, this, [this] { m_model.show(m_filters->query()); });
    connect(m_filters, &ViewerFilters::exportAsked, this, &ViewerPane::exportAsked);
    connect(m_list, &ViewerList::currentChanged, this,
            [this](int row) { Q_EMIT chosen(row < 0 ? std::nullopt : m_model.at(row).visit); });
    connect(m_list, &ViewerList::activated, this, &ViewerPane::activated);
    connect(&m_model, &ViewerTimeline::replaced, this, &ViewerPane::showState);
    connect(&m_model, &ViewerTimeline::stateChanged, this, [this] {
        showState();
        lookFor();
    });
    connect(&context.port, &ViewerPort::visitsChanged, this, [this](const QString& door) {
        if (m_door.isEmpty() || door == m_door)
            m_model.refresh();
    });
}

void ViewerPane::setDoor(const QString& door) {
    m_door = door;
    m_list->setShowsDoor(door.isEmpty());
    m_filters->setDoors(door.isEmpty() ? QStringList() : QStringList{door});
}

void ViewerPane::choose(const QString& door, const core::Uuid7& visit) {
    m_sought = {door, visit};
    m_filters->clear();
    if (!m_door.isEmpty() && m_door != door)
        setDoor(door);
    lookFor();
    if (m_sought)
        m_model.refresh(); // it may be newer than what was read
}

void ViewerPane::lookFor() {
    if (!m_sought)
        return;
    const int row = m_model.rowOf(m_sought->first, m_sought->second);
    if (row < 0)
        return;
    m_sought.reset();
    m_list->setCurrent(row);
    m_list->setFocus(Qt::OtherFocusReason);
}

void ViewerPane::showState() {
    m_busy->setBusy(m_model.isBusy() && m_model.size() == 0);
    const bool waits = m_model.size() == 0 && !m_model.isComplete() && !m_model.error();
    m_stack->setCurrentIndex(m_model.size() > 0 || waits ? 0 : 1);
    if (m_model.error())
        m_empty->setTexts(ViewerWords::tr("What is kept here cannot be read"), KitWords::error(*m_model.error()));
    else if (m_filters->isFiltered())
        m_empty->setTexts(LogWords::tr("Nothing found"),
                          ViewerWords::tr("No visit fits the search and the choices above. Esc takes them back."));
    else
        m_empty->setTexts(LogWords::tr("No visits yet"),
                          ViewerWords::tr("Whoever stands before the door appears here within half a second."));
}

void ViewerPane::tick() {
    m_list->viewport()->update();
}

void ViewerPane::restyle(const Style& style) {
    m_column->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
