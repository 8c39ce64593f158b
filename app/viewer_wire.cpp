// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the protocol's values.
#include "app/viewer_wire.h"

#include "storage/event_json.h"

#include <QDateTime>

namespace facelatch::app {

using core::Error;
using core::ErrorKind;
using network::PushClient;
using ui::Trouble;

namespace {
constexpr qsizetype mostFaults = 64;
constexpr qsizetype longestName = 200;
} // namespace

ui::Connection connectionOf(PushClient::State state) {
    switch (state) {
    case PushClient::State::Off:
    case PushClient::State::Connecting:
    case PushClient::State::LoggingIn:
        return ui::Connection::Connecting;
    case PushClient::State::Online:
        return ui::Connection::Online;
    case PushClient::State::Waiting:
        return ui::Connection::Waiting;
    case PushClient::State::Stopped:
        return ui::Connection::Stopped;
    }
    return ui::Connection::Connecting;
}

Trouble troubleOf(PushClient::Trouble trouble) {
    switch (trouble) {
    case PushClient::Trouble::None:
        return Trouble::None;
    case PushClient::Trouble::NotReached:
        return Trouble::NotReached;
    case PushClient::Trouble::NoAnswer:
        return Trouble::NoAnswer;
    case PushClient::Trouble::Closed:
        return Trouble::Closed;
    case PushClient::Trouble::DoorEnds:
        return Trouble::DoorEnds;
    case PushClient::Trouble::TooMany:
        return Trouble::TooMany;
    case PushClient::Trouble::CertificateChanged:
        return Trouble::CertificateChanged;
    case PushClient::Trouble::NotThatDoor:
        return Trouble::NotThatDoor;
    case PushClient::Trouble::Unknown:
        return Trouble::Unknown;
    case PushClient::Trouble::Revoked:
        return Trouble::Revoked;
    case PushClient::Trouble::Expired:
        return Trouble::Expired;
    case PushClient::Trouble::BadSignature:
        return Trouble::BadSignature;
    case PushClient::Trouble::WrongCode:
        return Trouble::WrongCode;
    case PushClient::Trouble::NoPairing:
        return Trouble::NoPairing;
    case PushClient::Trouble::NotThisProtocol:
        return Trouble::NotThisProtocol;
    }
    return Trouble::Closed;
}

Error troubleError(Trouble trouble, const QString& door) {
    const auto error = [&door](ErrorKind kind, const char* what, const char* remedy) {
        return Error{kind, what, door.toStdString(), remedy};
    };
    switch (trouble) {
    case Trouble::None:
    case Trouble::Closed:
        return error(ErrorKind::OutOfService, "the connection to the door was lost", "Try again");
    case Trouble::NotReached:
        return error(ErrorKind::OutOfService, "the door is not reached",
                     "Check that it is on and that both are in the same network");
    case Trouble::NoAnswer:
        return error(ErrorKind::OutOfService, "the door does not answer", "Try again; restart the door if it stays so");
    case Trouble::DoorEnds:
        return error(ErrorKind::OutOfService, "the door is being switched off or restarted", "Try again in a minute");
    case Trouble::TooMany:
        return error(ErrorKind::OutOfService, "the door has too many connections", "Try again in a minute");
    case Trouble::DoorOutOfService:
        return error(ErrorKind::OutOfService, "the door is out of service", "Look at its screen");
    case Trouble::CertificateChanged:
        return error(ErrorKind::Refused, "the door's certificate is not the one it was paired with: nothing was sent",
                     "If nobody changed it, somebody may be listening; else forget the door and pair it again");
    case Trouble::NotThatDoor:
        return error(ErrorKind::Refused, "another door answers there", "Pair that one, or mend the address");
    case Trouble::Unknown:
        return error(ErrorKind::Refused, "the door does not know this viewer", "Pair it again at the door");
    case Trouble::Revoked:
        return error(ErrorKind::Refused, "this viewer's access was taken away at the door",
                     "Ask whoever looks after it");
    case Trouble::Expired:
        return error(ErrorKind::Refused, "this viewer's access has ended", "Ask whoever looks after the door");
    case Trouble::BadSignature:
        return error(ErrorKind::Refused, "the door did not accept this viewer's key", "Pair it again at the door");
    case Trouble::WrongCode:
        return error(ErrorKind::Refused, "the code is wrong, was used before, or is older than 5 minutes",
                     "Open \"Pair a viewer\" at the door again");
    case Trouble::NoPairing:
        return error(ErrorKind::Refused, "no pairing is open at the door", "Open \"Pair a viewer\" at the door first");
    case Trouble::NotThisProtocol:
        return error(ErrorKind::Failed, "what answers there does not speak this version of Facelatch's protocol",
                     "Check the address; bring door and viewer to the same version");
    case Trouble::BadLink:
        return error(ErrorKind::Usage, "this is no pairing link", "Copy all of it: it begins with facelatch://pair");
    case Trouble::BadCode:
        return error(ErrorKind::Usage, "this is no pairing code", "It has eight letters and digits, such as ABCD-EFGH");
    }
    return error(ErrorKind::Failed, "the door refused", "");
}

std::optional<core::WallTime> timeOf(const QString& text) {
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    return core::WallTime(core::milliseconds(time.toMSecsSinceEpoch()));
}

void readState(const QJsonObject& state, ui::ViewerDoor& door) {
    if (const QString name = state.value(u"name").toString(); !name.isEmpty())
        door.name = name.left(longestName);
    door.lockedDown = state.value(u"mode").toString() == u"locked_down";
    door.lockedDownBy = door.lockedDown ? state.value(u"mode_by").toString().left(longestName) : QString();
    door.released = state.value(u"released").toBool();
    door.simulated = state.value(u"simulated").toBool();
    door.faults.clear();
    for (const auto& value : state.value(u"faults").toArray()) {
        if (static_cast<qsizetype>(door.faults.size()) >= mostFaults)
            break;
        const QJsonObject fault = value.toObject();
        door.faults.push_back({fault.value(u"code").toString(), fault.value(u"stops").toBool(),
                               timeOf(fault.value(u"since").toString()).value_or(core::WallTime{})});
    }
}

core::Result<std::vector<core::CommittedEvent>> eventsOf(const QJsonArray& events) {
    std::vector<core::CommittedEvent> read;
    read.reserve(static_cast<std::size_t>(events.size()));
    for (const auto& value : events) {
        auto event = storage::eventFromJson(value.toObject());
        if (!event)
            return event.error();
        read.push_back(*std::move(event));
    }
    return read;
}

} // namespace facelatch::app
