// SPDX-License-Identifier: GPL-3.0-or-later
// Doorbell: one ring at a time, answered once or not at all.
#pragma once

#include "core/time.h"
#include "core/uuid7.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace facelatch::app {

/// What the door's screen shows of it.
struct BellState {
    enum class Stage {
        None, ///< no bell: switched off, or nobody to hear it
        Ready,
        Ringing,
        Answered,
        Unanswered
    };
    Stage stage = Stage::None;
    QString by; ///< Answered: the viewer's name
    bool operator==(const BellState&) const = default;
};

/// One thread. Holds no clock: time is an argument.
class Doorbell {
public:
    /// After one ring is over the next one waits at least so long from its beginning.
    static constexpr core::milliseconds again{5000};

    explicit Doorbell(core::milliseconds lasts) : m_lasts(lasts) {}

    /// Whether there is a bell at all. Without it a ring is over, unanswered.
    void setThere(bool there);
    /// False, and nothing rings, while it rings, too soon after the last one, or without a bell.
    bool press(const core::Uuid7& ring, core::MonoTime now);
    /// True for the first answer to the ring that is on.
    bool answer(const core::Uuid7& ring, const QString& by);
    /// True once, when nobody has answered in time.
    bool over(core::MonoTime now);

    bool ringing() const { return m_state.stage == BellState::Stage::Ringing; }
    const core::Uuid7& ring() const { return m_ring; }
    const BellState& state() const { return m_state; }
    /// {state: "none" | "ready" | "ringing" | "answered" | "unanswered", by, left_s}.
    QJsonObject json(core::MonoTime now) const;

private:
    core::milliseconds m_lasts;
    BellState m_state;
    core::Uuid7 m_ring;
    std::optional<core::MonoTime> m_pressed;
};

} // namespace facelatch::app
