// SPDX-License-Identifier: GPL-3.0-or-later
// Rings and answers.
#include "app/doorbell.h"

#include <chrono>

namespace facelatch::app {

namespace {

using Stage = BellState::Stage;

QString stageCode(Stage stage) {
    switch (stage) {
    case Stage::None:
        return QStringLiteral("none");
    case Stage::Ready:
        return QStringLiteral("ready");
    case Stage::Ringing:
        return QStringLiteral("ringing");
    case Stage::Answered:
        return QStringLiteral("answered");
    case Stage::Unanswered:
        return QStringLiteral("unanswered");
    }
    return {};
}

} // namespace

void Doorbell::setThere(bool there) {
    if (there && m_state.stage == Stage::None)
        m_state = {Stage::Ready, {}};
    // One that rings goes on to its end: it is told and logged.
    if (!there && m_state.stage != Stage::Ringing)
        m_state = {};
}

bool Doorbell::press(const core::Uuid7& ring, core::MonoTime now) {
    if (m_state.stage == Stage::None || ringing() || (m_pressed && now - *m_pressed < again))
        return false;
    m_pressed = now;
    m_ring = ring;
    m_state = {Stage::Ringing, {}};
    return true;
}

bool Doorbell::answer(const core::Uuid7& ring, const QString& by) {
    if (!ringing() || ring != m_ring)
        return false;
    m_state = {Stage::Answered, by};
    return true;
}

bool Doorbell::over(core::MonoTime now) {
    if (!ringing() || now - *m_pressed < m_lasts)
        return false;
    m_state = {Stage::Unanswered, {}};
    return true;
}

QJsonObject Doorbell::json(core::MonoTime now) const {
    const auto left =
        ringing() ? std::chrono::ceil<std::chrono::seconds>(*m_pressed + m_lasts - now) : std::chrono::seconds(0);
    return {{QStringLiteral("state"), stageCode(m_state.stage)},
            {QStringLiteral("by"), m_state.by},
            {QStringLiteral("left_s"), static_cast<qint64>(left.count())}};
}

} // namespace facelatch::app
