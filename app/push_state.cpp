// SPDX-License-Identifier: GPL-3.0-or-later
// From what the screen shows to what viewers are told.
#include "app/push_state.h"

#include "app/rules.h"

#include <QJsonArray>

namespace facelatch::app {

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString screenCode(core::Screen screen) {
    switch (screen) {
    case core::Screen::Idle:
        return QStringLiteral("idle");
    case core::Screen::Looking:
        return QStringLiteral("looking");
    case core::Screen::Granted:
        return QStringLiteral("granted");
    case core::Screen::Refused:
        return QStringLiteral("refused");
    case core::Screen::OutOfService:
        return QStringLiteral("out_of_service");
    case core::Screen::Pin:
        return QStringLiteral("pin");
    case core::Screen::SecondFactor:
        return QStringLiteral("second_factor");
    }
    return {};
}

} // namespace

PushState::PushState(const core::Settings& settings, core::WallTime began)
    : m_door(text(settings.text("door.id"))),
      m_name(text(settings.text("door.name"))),
      m_simulated(!realLock(settings)),
      m_began(began) {}

std::optional<QJsonObject> PushState::changed(const core::VisitorView& view, core::WallTime now) {
    std::map<core::FaultCode, core::WallTime> standing;
    QJsonArray faults;
    for (const core::Fault& fault : view.faults) {
        const auto known = m_faults.find(fault.code);
        const core::WallTime since = known == m_faults.end() ? now : known->second;
        standing.emplace(fault.code, since);
        // Its detail names files and devices: that is for the admin at the door.
        faults.append(QJsonObject{{QStringLiteral("code"), text(core::faultCodeText(fault.code))},
                                  {QStringLiteral("stops"), core::stopsTheDoor(fault.code)},
                                  {QStringLiteral("since"), text(core::rfc3339Utc(since))}});
    }
    m_faults = std::move(standing);
    const core::WallTime since = m_mode.since == core::WallTime{} ? m_began : m_mode.since;
    QJsonObject state{{QStringLiteral("door"), m_door},
                      {QStringLiteral("name"), m_name},
                      {QStringLiteral("mode"), text(core::doorModeCode(m_mode.mode))},
                      {QStringLiteral("mode_by"), text(m_mode.by)},
                      {QStringLiteral("released"), view.doorReleased},
                      {QStringLiteral("screen"), screenCode(view.screen)},
                      {QStringLiteral("simulated"), m_simulated},
                      {QStringLiteral("since"), text(core::rfc3339Utc(since))},
                      {QStringLiteral("faults"), faults}};
    if (state == m_last)
        return std::nullopt;
    m_last = state;
    return state;
}

} // namespace facelatch::app
