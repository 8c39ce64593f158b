// SPDX-License-Identifier: GPL-3.0-or-later
// Ring: what has become of the doorbell, as the screen shows it.
#pragma once

#include <QString>

namespace facelatch::ui {

/// Values of the gui thread.
struct Ring {
    enum class Stage {
        None,      ///< this door has no bell: no button
        Ready,     ///< the button
        Ringing,   ///< pressed, and nobody answered yet
        Answered,  ///< by somebody; told for a while, then the button is there again
        Unanswered ///< likewise
    };
    Stage stage = Stage::None;
    QString by; ///< Answered: the viewer's name; may be empty

    bool operator==(const Ring&) const = default;
    bool offersButton() const { return stage == Stage::Ready; }
    /// Whether there is something to tell in words.
    bool tells() const { return stage != Stage::None && stage != Stage::Ready; }
};

} // namespace facelatch::ui
