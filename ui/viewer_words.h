// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer's windows say.
#pragma once

#include "ui/choices.h"
#include "ui/viewer_port.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

namespace facelatch::ui {

/// Gui thread. Names go through cleanName() and are shown as plain text.
struct ViewerWords {
    Q_DECLARE_TR_FUNCTIONS(ViewerWords)
public:
    static QString name(const ViewerDoor& door);
    /// "14:02" of today, "20 Nov, 14:02" else; by this computer's clock.
    static QString moment(core::WallTime time, core::WallTime now, const QLocale& locale);
    /// How a door is reached: "Online", "Door is off since 14:02", "Certificate changed".
    static QString connection(const ViewerDoor& door, core::WallTime now, const QLocale& locale);
    static Tone connectionTone(const ViewerDoor& door);
    /// What that means and what to do; empty while all is well.
    static QString connectionHelp(const ViewerDoor& door);
    /// "Locked", "Open", "Locked down".
    static QString state(const ViewerDoor& door);
    static QString lastVisit(const ViewerDoor& door, core::WallTime now, const QLocale& locale);
    static QString role(core::Role role);
    static QString fault(const QString& code);
    /// Why the door cannot be opened or locked down from here; empty when it can.
    static QString cannotAct(const ViewerDoor& door);
    static QString cannotWatch(const ViewerDoor& door);
    /// Why the door did not do it.
    static QString actionError(const core::Error& error);
    static QString pairTrouble(Trouble trouble);
    static QString notice(NoticeKind kind);
    static QString ring(const ViewerDoor& door);
    static QString ringOver(const ViewerRing& ring);
};

/// The door of that id; nothing when it is gone.
std::optional<ViewerDoor> doorById(const ViewerPort& port, const QString& id);
/// Whoever stood there: the name of the event, or "Unknown".
QString visitName(const core::CommittedEvent& event);
QString utf8(std::string_view text);

} // namespace facelatch::ui
