// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's sentences about doors.
#include "ui/viewer_words.h"

#include "core/fault.h"
#include "ui/log_words.h"
#include "ui/text_block.h"
#include "ui/words.h"

#include <QDateTime>

namespace facelatch::ui {

QString utf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString visitName(const core::CommittedEvent& event) {
    const QString name = cleanName(utf8(event.event.personName));
    return name.isEmpty() ? LogWords::unknown() : name;
}

std::optional<ViewerDoor> doorById(const ViewerPort& port, const QString& id) {
    for (ViewerDoor& door : port.doors())
        if (door.id == id)
            return std::move(door);
    return {};
}

QString ViewerWords::name(const ViewerDoor& door) {
    const QString clean = cleanName(door.name);
    return clean.isEmpty() ? tr("A door without a name") : clean;
}

QString ViewerWords::moment(core::WallTime time, core::WallTime now, const QLocale& locale) {
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    const QDateTime today = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count());
    if (then.date() == today.date())
        return then.toString(QStringLiteral("HH:mm"));
    const bool sameYear = then.date().year() == today.date().year();
    return locale.toString(then, sameYear ? QStringLiteral("d MMM, HH:mm") : QStringLiteral("d MMM yyyy, HH:mm"));
}

QString ViewerWords::connection(const ViewerDoor& door, core::WallTime now, const QLocale& locale) {
    if (door.connection == Connection::Online)
        return door.behind > 0 ? tr("Catching up: %L1 to come").arg(door.behind) : tr("Online");
    const QString since = door.since ? moment(*door.since, now, locale) : QString();
    switch (door.trouble) {
    case Trouble::CertificateChanged:
        return tr("Certificate changed");
    case Trouble::NotThatDoor:
        return tr("Another door answers there");
    case Trouble::Unknown:
        return tr("The door does not know this viewer");
    case Trouble::Revoked:
        return tr("Paired, but revoked");
    case Trouble::Expired:
        return tr("The pairing has expired");
    case Trouble::BadSignature:
        return tr("The door refuses this viewer's key");
    case Trouble::NotThisProtocol:
        return tr("The door speaks another version");
    case Trouble::DoorEnds:
        return since.isEmpty() ? tr("Door is off") : tr("Door is off since %1").arg(since);
    case Trouble::DoorOutOfService:
        return tr("The door is out of service");
    case Trouble::TooMany:
        return tr("Too many viewers are connected");
    case Trouble::NotReached:
    case Trouble::NoAnswer:
    case Trouble::Closed:
        return since.isEmpty() ? tr("Not reached yet") : tr("Not reached since %1").arg(since);
    case Trouble::None:
    case Trouble::WrongCode:
    case Trouble::NoPairing:
    case Trouble::BadLink:
    case Trouble::BadCode:
        break;
    }
    return tr("Connecting …");
}

Tone ViewerWords::connectionTone(const ViewerDoor& door) {
    if (door.connection == Connection::Online)
        return Tone::Good;
    if (door.trouble == Trouble::CertificateChanged || door.trouble == Trouble::NotThatDoor)
        return Tone::Alarm;
    return door.trouble == Trouble::None ? Tone::Neutral : Tone::Attention;
}

QString ViewerWords::connectionHelp(const ViewerDoor& door) {
    if (door.connection == Connection::Online)
        return {};
    switch (door.trouble) {
    case Trouble::CertificateChanged:
        return tr("The door shows another certificate than when it was paired. Somebody may stand between you and the "
                  "door. Nothing is sent to it. If the certificate was renewed on purpose, forget the door and pair it "
                  "again beside it.");
    case Trouble::NotThatDoor:
        return tr("At this address another door answers now. Forget it and pair it again if that is right.");
    case Trouble::Unknown:
    case Trouble::Revoked:
        return tr("An admin of the door has removed this viewer. To see it again, pair it again at the door.");
    case Trouble::Expired:
        return tr("The pairing was for a limited time. Pair it again at the door.");
    case Trouble::BadSignature:
        return tr("The key kept here does not fit the door. Forget the door and pair it again.");
    case Trouble::NotThisProtocol:
        return tr("Door and viewer are of different versions. Update the older one.");
    case Trouble::TooMany:
        return tr("The door takes no more connections. It is tried again.");
    default:
        return tr("It is tried again by itself. Check that the door has power and both are on the network.");
    }
}

QString ViewerWords::state(const ViewerDoor& door) {
    if (door.lockedDown)
        return door.lockedDownBy.isEmpty() ? tr("Locked down")
                                           : tr("Locked down by %1").arg(cleanName(door.lockedDownBy));
    return Words::doorState(door.released);
}

QString ViewerWords::lastVisit(const ViewerDoor& door, core::WallTime now, const QLocale& locale) {
    if (!door.last)
        return tr("No visits yet");
    return tr("%1 · %2 · %3", "a time, let in or refused, a name")
        .arg(moment(door.last->event.time, now, locale), LogWords::outcome(door.last->event.outcome),
             visitName(*door.last)); // what is elided on a narrow card is the name, not the time
}

QString ViewerWords::role(core::Role role) {
    switch (role) {
    case core::Role::Viewer:
        return tr("May watch");
    case core::Role::Operator:
        return tr("May watch and open");
    case core::Role::Admin:
        return tr("May do everything");
    }
    return {};
}

QString ViewerWords::fault(const QString& code) {
    for (int each = 0; each <= static_cast<int>(core::FaultCode::DiskFull); ++each)
        if (code == utf8(core::faultCodeText(static_cast<core::FaultCode>(each))))
            return Words::faultWhat(static_cast<core::FaultCode>(each));
    return tr("The door reports a fault: %1").arg(cleanName(code));
}

QString ViewerWords::cannotAct(const ViewerDoor& door) {
    if (door.connection != Connection::Online)
        return tr("The door is not connected.");
    if (!door.may.contains(QStringLiteral("unlock_door")))
        return tr("This viewer may watch, not open. An admin can change that at the door.");
    return {};
}

QString ViewerWords::cannotWatch(const ViewerDoor& door) {
    if (door.connection != Connection::Online)
        return tr("The door is not connected.");
    if (!door.may.contains(QStringLiteral("view_live")))
        return tr("This viewer may not look through the camera.");
    return {};
}

QString ViewerWords::actionError(const core::Error& error) {
    const QString code = utf8(error.where);
    if (code == u"late")
        return tr("It took too long to reach the door, so it was not done. Try again.");
    if (code == u"too_many")
        return tr("Too often within a minute. Wait a little.");
    if (code == u"role")
        return tr("This viewer may not do that.");
    if (code == u"revoked")
        return tr("This viewer's pairing was revoked.");
    if (code == u"locked_down")
        return tr("The door is locked down.");
    if (code == u"out_of_service")
        return tr("The door is out of service.");
    if (code == u"replayed" || code == u"other_door" || code == u"bad_signature")
        return tr("The door refused this viewer's signature.");
    if (error.kind == core::ErrorKind::OutOfService)
        return tr("The door could not be reached. Whether it opened is not known.");
    return tr("The door refused: %1").arg(cleanName(utf8(error.text())));
}

QString ViewerWords::pairTrouble(Trouble trouble) {
    switch (trouble) {
    case Trouble::BadLink:
        return tr("This is no pairing link. Copy the whole line that begins with facelatch://");
    case Trouble::BadCode:
        return tr("A code has eight letters and digits, such as ABCD-EFGH.");
    case Trouble::WrongCode:
        return tr("The code is wrong, was used already, or its 5 minutes are over. Ask for a new one at the door.");
    case Trouble::NoPairing:
        return tr("No pairing is open at the door. Choose \"Pair a viewer\" there first.");
    case Trouble::NotReached:
        return tr("Nobody answers at this address. Check that the door is on and on the same network.");
    case Trouble::NoAnswer:
    case Trouble::Closed:
    case Trouble::DoorEnds:
        return tr("The door broke off. Try again.");
    case Trouble::CertificateChanged:
        return tr("What answers there is not the door of the link: its certificate differs. Nothing was sent to it.");
    case Trouble::NotThatDoor:
        return tr("Another door answers at this address.");
    case Trouble::TooMany:
        return tr("The door takes no more connections now. Try again in a minute.");
    case Trouble::DoorOutOfService:
        return tr("The door is out of service and pairs nobody now.");
    case Trouble::NotThisProtocol:
        return tr("Door and viewer are of different versions. Update the older one.");
    default:
        return tr("The door refused the pairing.");
    }
}

QString ViewerWords::notice(NoticeKind kind) {
    switch (kind) {
    case NoticeKind::Refused:
        return tr("Refused visits");
    case NoticeKind::Alarm:
        return tr("Alarms");
    case NoticeKind::Doorbell:
        return tr("Doorbell");
    case NoticeKind::Granted:
        return tr("Visits that are let in");
    }
    return {};
}

QString ViewerWords::ring(const ViewerDoor& door) {
    return tr("Somebody rings at %1").arg(name(door));
}

QString ViewerWords::ringOver(const ViewerRing& ring) {
    if (ring.byMe)
        return tr("You answered");
    return ring.answeredBy.isEmpty() ? tr("Nobody answered") : tr("%1 answered").arg(cleanName(ring.answeredBy));
}

} // namespace facelatch::ui
