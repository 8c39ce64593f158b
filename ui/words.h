// SPDX-License-Identifier: GPL-3.0-or-later
// Words: every sentence the door says to a visitor, in one place, in the language that is installed.
#pragma once

#include "core/visitor_view.h"
#include "ui/ring.h"

#include <QCoreApplication>
#include <QString>

#include <chrono>

namespace facelatch::ui {

/// What stays on the screen because people must know it.
enum class Banner {
    Demo,          ///< the demonstration, with replayed faces and no door
    SimulatedLock, ///< the settings name the simulated lock
    LivenessOff,   ///< the settings switch the liveness check off
    Installer,     ///< the settings switch the installer's overlay on
};

/// What the line of help is about: a hint or, without one, what happens now.
struct Help {
    enum class Stage { NoFace, Deciding, Decided };
    core::Hint hint = core::Hint::None;
    Stage stage = Stage::NoFace;
    bool operator==(const Help&) const = default;
};

/// Gui thread. Sources are English; resources/translations holds the others.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
public:
    static QString invitation();
    static QString doorState(bool released);
    /// One line of help.
    static QString hint(Help help);
    /// `name` may be empty. In the person's `language` ("en", "fr") or, where that is empty or unknown, the door's.
    static QString welcome(const QString& name, const QString& language = {});
    static QString doorIs(bool released);
    static QString seconds(qint64 seconds);
    static QString refusal();
    static QString afterRefusal();
    /// After too many wrong PINs.
    static QString retryIn(std::chrono::seconds left);
    /// On the button that opens the pad.
    static QString usePin();
    /// `second`: the face is known, the PIN is wanted as well.
    static QString pinHeading(bool second);
    static QString pinAdvice(bool second, bool checking);
    static QString help(const QString& contact);
    /// On the doorbell's button.
    static QString ring();
    /// What became of ringing; empty where there is nothing to tell.
    static QString ringTells(const Ring& ring);
    /// After a grant from afar.
    static QString openedBy(const QString& who);
    static QString lockedDown();
    /// `bell`: whether ringing is possible.
    static QString duringLockdown(bool bell);
    /// While somebody looks through the camera from afar.
    static QString watched();
    static QString outOfService();
    static QString whomToCall(const QString& contact);
    static QString exitStillWorks();
    static QString faultWhat(core::FaultCode code);
    static QString faultRemedy(core::FaultCode code);
    /// For a fault that does not stop the door: one short line, empty for the others.
    static QString faultNotice(core::FaultCode code);
    static QString banner(Banner banner);
};

} // namespace facelatch::ui
