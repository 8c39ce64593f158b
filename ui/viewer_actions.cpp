// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a door from afar.
#include "ui/viewer_actions.h"

#include "ui/viewer_words.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

ViewerActions::ViewerActions(ViewerPort& port, QWidget* parent)
    : QWidget(parent),
      m_port(port),
      m_column(new QVBoxLayout(this)),
      m_top(new QHBoxLayout),
      m_holds(new QHBoxLayout),
      m_reason(new LineEdit(this)),
      m_look(new Button(Button::Kind::Plain, Icon::Camera, ViewerWords::tr("Live view"), this)),
      m_open(new HoldButton(Icon::LockOpen, ViewerWords::tr("Hold to open"), &Palette::accent, this)),
      m_lockdown(new HoldButton(Icon::Lock, ViewerWords::tr("Hold to lock down"), &Palette::alarm, this)),
      m_result(new TextBlock(
          {.fits = {{resources::fontSmall, resources::mostLines}}, .colour = &Palette::muted, .balanced = false},
          this)) {
    setObjectName(QStringLiteral("viewerActions"));
    m_reason->setObjectName(QStringLiteral("openReason"));
    m_reason->setMaxLength(resources::longestReason);
    m_reason->setPlaceholderText(ViewerWords::tr("Reason, such as a parcel"));
    m_reason->setAccessibleName(ViewerWords::tr("Reason for opening the door or locking it down"));
    m_look->setObjectName(QStringLiteral("liveButton"));
    m_look->setAccessibleDescription(ViewerWords::tr("Key F5"));
    m_open->setObjectName(QStringLiteral("openDoor"));
    m_open->setAccessibleDescription(ViewerWords::tr("Hold the mouse button or the space bar for one second"));
    m_lockdown->setObjectName(QStringLiteral("lockDown"));
    m_lockdown->setAccessibleDescription(m_open->accessibleDescription());
    m_result->setObjectName(QStringLiteral("actionResult"));
    for (QBoxLayout* each : {m_column, m_top, m_holds})
        each->setContentsMargins(0, 0, 0, 0);
    m_top->addWidget(m_look);
    m_top->addWidget(m_reason, 1);
    m_holds->addWidget(m_open, 1);
    m_holds->addWidget(m_lockdown, 1);
    m_column->addLayout(m_top);
    m_column->addLayout(m_holds);
    m_column->addWidget(m_result);
    m_forget.setSingleShot(true);
    m_forget.setInterval(resources::resultMs);
    connect(&m_forget, &QTimer::timeout, this, [this] {
        m_said.clear();
        showState();
    });
    connect(m_look, &QAbstractButton::clicked, this, &ViewerActions::liveAsked);
    connect(m_open, &HoldButton::held, this, [this] { act(false); });
    connect(m_lockdown, &HoldButton::held, this, [this] { act(true); });
    setDoor({});
}

void ViewerActions::setDoor(const std::optional<ViewerDoor>& door) {
    const bool other = door.has_value() != m_door.has_value() || (door && door->id != m_door->id);
    m_door = door;
    if (other) {
        m_said.clear();
        m_acting = false;
        m_reason->clear();
    }
    showState();
}

void ViewerActions::setLiveOn(bool on) {
    m_live = on;
    showState();
}

void ViewerActions::focusOpen() {
    (m_open->isEnabled() ? static_cast<QWidget*>(m_open) : m_reason)->setFocus(Qt::ShortcutFocusReason);
}

void ViewerActions::act(bool lockdown) {
    if (!m_door || m_acting)
        return;
    m_acting = true;
    m_failed = false;
    m_said = ViewerWords::tr("Asking the door …");
    m_forget.stop();
    showState();
    const QString door = m_door->id, reason = cleanName(m_reason->text());
    const bool on = !m_door->lockedDown;
    const QString done = !lockdown ? ViewerWords::tr("The door is open.")
                         : on      ? ViewerWords::tr("The door is locked down.")
                                   : ViewerWords::tr("The lockdown is over.");
    const auto reply = [this, door, done](const core::Result<core::Done>& result) {
        if (m_door && m_door->id == door)
            finish(result, done);
    };
    if (lockdown)
        m_port.setLockdown(door, on, reason, this, reply);
    else
        m_port.openDoor(door, reason, this, reply);
}

void ViewerActions::finish(const core::Result<core::Done>& result, const QString& done) {
    m_acting = false;
    m_failed = !result;
    m_said = result ? done : ViewerWords::actionError(result.error());
    if (result)
        m_reason->clear(); // it was for this time
    m_forget.start();
    showState();
}

void ViewerActions::showState() {
    const QString cannot = m_door ? ViewerWords::cannotAct(*m_door) : ViewerWords::tr("Choose a door.");
    const QString blind = m_door ? ViewerWords::cannotWatch(*m_door) : cannot;
    const bool able = cannot.isEmpty() && !m_acting;
    const bool lockedDown = m_door && m_door->lockedDown;
    m_open->setEnabled(able && !lockedDown);
    m_lockdown->setEnabled(able);
    m_reason->setEnabled(cannot.isEmpty());
    m_lockdown->setWords(lockedDown ? Icon::LockOpen : Icon::Lock,
                         lockedDown ? ViewerWords::tr("Hold to end lockdown") : ViewerWords::tr("Hold to lock down"));
    m_look->setText(m_live ? ViewerWords::tr("Stop") : ViewerWords::tr("Live view"));
    m_look->setEnabled(m_live || blind.isEmpty());
    const QString why = !cannot.isEmpty() ? cannot
                        : lockedDown      ? ViewerWords::tr("While the door is locked down it "
                                                                 "opens for nobody.")
                                          : blind;
    m_result->setText(m_said.isEmpty() ? why : m_said);
    m_result->setColour(m_said.isEmpty() || m_acting ? &Palette::muted
                        : m_failed                   ? &Palette::refused
                                                     : &Palette::granted);
    m_result->setVisible(!m_result->text().isEmpty());
}

void ViewerActions::restyle(const Style& style) {
    for (QBoxLayout* each : {m_column, m_top, m_holds})
        each->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
