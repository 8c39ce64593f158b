// SPDX-License-Identifier: GPL-3.0-or-later
// What a PushClient remembers. Of its own files only.
#pragma once

#include "network/push_client.h"
#include "network/push_link.h"
#include "network/push_wire.h"

#include <QPointer>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

namespace facelatch::network {

class PushClient::Private {
public:
    Private(PushClient& client, PushDoor where, Ed25519Key ownKey, PushTimes limits);
    ~Private() { dropLink(); }

    void begin();
    void stop(State next, Trouble why);
    void connectNow();
    void ended(Trouble why);
    void setState(State next, Trouble why);
    void dropLink();
    void failAsks();

    void hear(const QString& text);
    void hearPicture(const QByteArray& message);
    void take(const DoorHello& hello);
    void take(const DoorPaired& message);
    void take(const DoorWelcome& message);
    void take(const DoorRights& message);
    void take(const DoorRefused& message);
    void take(const PushEvents& batch);
    void take(const DoorProvisional& message);
    void take(const DoorState& message);
    void take(const DoorAnswer& message);
    void take(const DoorRing& message);
    void take(const DoorRingOver& message);

    void say(const ViewerMessage& message);
    void sendFollow();
    void sendSeen(std::int64_t seq);
    void sendLive();
    std::int64_t remember(Reply reply);
    void answered(std::int64_t id, const core::Result<QJsonObject>& result, const QByteArray& picture);
    void failLater(Reply reply, const char* what);

    PushClient& q;
    PushDoor door;
    Ed25519Key key;
    PushTimes times;
    QPointer<PushLink> link;
    QTimer wait, watch;

    State state = State::Off;
    Trouble trouble = Trouble::None;
    Trouble refusal = Trouble::None; ///< the door has said why before it closes
    QString viewer;
    bool pairing = false, greeted = false, welcoming = false;
    QString code, name;
    int hostIndex = 0, rounds = 0;
    QString hostName;
    QJsonObject welcome;

    struct Cursor {
        std::optional<QString> logId;
        std::int64_t after = 0;
    };
    std::optional<Cursor> cursor; ///< what is kept; nothing: nobody follows
    Cursor heard;                 ///< what this connection brought
    LiveMessage live;

    struct Asked {
        Reply reply;
        std::chrono::steady_clock::time_point until;
    };
    std::map<std::int64_t, Asked> asked;
    std::int64_t nextId = 1;
};

} // namespace facelatch::network
