// SPDX-License-Identifier: GPL-3.0-or-later
// The push protocol's messages as values, for the door and for the viewer (network/PROTOCOL.md). Pure; any thread.
//
// Errors of parsing: kind Failed for what is not this protocol at all (close code 1002), kind Usage for a message of it
// that is wrong (4400). They name members, never what stands in them.
#pragma once

#include "core/result.h"
#include "core/uuid7.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <variant>

namespace facelatch::network {

inline constexpr int pushVersion = 1;
inline constexpr char pushPath[] = "/push";
inline constexpr int pushNonceBytes = 32, pushPinBytes = 32, pushKeyBytes = 32, pushSignatureBytes = 64;
inline constexpr int pushNewestMost = 1000;
inline constexpr int pushWidthMost = 1280, pushFpsMost = 15;
inline constexpr int pushNameMost = 80, pushReasonMost = 200, pushDoorMost = 100;
/// What a viewer takes from a door in one message.
inline constexpr std::size_t pushDoorMessageBytes = std::size_t{8} << 20;
/// A picture's header before its bytes.
inline constexpr std::size_t pushHeaderBytes = std::size_t{4} << 20;

enum PushClose : int {
    PushNotThisProtocol = 1002,
    PushTooLong = 1009,
    PushNotUnderstood = 4400,
    PushNotLoggedIn = 4401,
    PushRevoked = 4403,
    PushTooLate = 4408,
    PushTooMuch = 4429,
    PushDoorEnds = 4503
};

// What is signed. Nonces and pins stand in it as in the messages, in base64url.
QByteArray pushLoginText(const QString& door, const QByteArray& nonce, const QByteArray& pin);
/// `code` without its dash, in capitals.
QByteArray pushPairText(const QString& door, const QByteArray& nonce, const QByteArray& pin, const QString& code);
QByteArray pushActText(const QString& action, const QString& door, const QByteArray& nonce, const QString& reason);

// From a viewer.
struct LoginMessage {
    core::Uuid7 viewer;
    QByteArray signature;
};
struct PairMessage {
    QString code; ///< without its dash, in capitals
    QString name;
    QByteArray key, signature;
};
struct PushFollow {
    std::optional<QString> logId;
    std::int64_t after = 0;
    std::optional<int> newest; ///< in the place of after
    bool operator==(const PushFollow&) const = default;
};
struct SeenMessage {
    QString logId;
    std::int64_t seq = 0;
};
struct LiveMessage {
    bool on = false;
    int width = 640, fps = 10;
};
struct FrameSeenMessage {
    std::int64_t n = 0;
};
struct AskMessage {
    std::int64_t id = 0;
    QString command;
    QJsonObject args;
};
struct NonceMessage {
    std::int64_t id = 0;
};
struct ActMessage {
    std::int64_t id = 0;
    QString action;
    QByteArray nonce;
    QString reason;
    QByteArray signature;
};
struct RingAnswerMessage {
    core::Uuid7 id;
};
using ViewerMessage = std::variant<LoginMessage, PairMessage, PushFollow, SeenMessage, LiveMessage, FrameSeenMessage,
                                   AskMessage, NonceMessage, ActMessage, RingAnswerMessage>;

core::Result<ViewerMessage> parseViewerMessage(const QString& text, std::size_t mostBytes);
QString toText(const ViewerMessage& message);

// From a door.
struct DoorHello {
    QString door;
    QByteArray nonce;
};
struct DoorPaired {
    QString viewer, role, name;
};
struct DoorWelcome {
    QJsonObject welcome;
};
/// The viewer's role or name was changed.
struct DoorRights {
    QString role, name;
    QJsonArray may;
};
struct DoorRefused {
    QString code, text;
};
struct PushEvents {
    QString logId;
    QJsonArray events; ///< oldest first
    std::int64_t lastSeq = 0;
    bool restart = false; ///< the log asked for is not this one; these are from its beginning
};
struct DoorProvisional {
    QJsonObject event;
};
struct DoorState {
    QJsonObject state;
};
struct DoorAnswer {
    std::int64_t id = 0;
    core::Result<QJsonObject> result = QJsonObject();
};
struct DoorRing {
    QJsonObject ring;
};
struct DoorRingOver {
    QJsonObject over;
};
using DoorMessage = std::variant<DoorHello, DoorPaired, DoorWelcome, DoorRights, DoorRefused, PushEvents,
                                 DoorProvisional, DoorState, DoorAnswer, DoorRing, DoorRingOver>;

core::Result<DoorMessage> parseDoorMessage(const QString& text);
QString toText(const DoorMessage& message);

/// A binary message: 4 bytes length of the header (big endian), the header, the picture.
struct PushPicture {
    QJsonObject header;
    QByteArray picture;
};
QByteArray toBinary(const PushPicture& picture);
/// Of a frame, a ring's picture, or an answer; of a frame `n` is there, of an answer `id` and an object `result`.
core::Result<PushPicture> parsePicture(const QByteArray& message);

/// The number of an event; 0 when it has none.
std::int64_t seqOf(const QJsonObject& event);
/// An object on one line.
QString compactText(const QJsonObject& object);

} // namespace facelatch::network
