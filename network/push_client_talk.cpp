// SPDX-License-Identifier: GPL-3.0-or-later
// What a viewer and its door say to each other.
#include "network/json_reader.h"
#include "network/push_client_p.h"

#include <QJsonArray>

#include <array>
#include <utility>
#include <variant>

namespace facelatch::network {

using core::Result;

namespace {

constexpr int newestFirst = 200; // of a log nothing is known of

using Trouble = PushClient::Trouble;

/// Refusals that come to an end by themselves are no reason to stop.
Trouble troubleOf(const QString& code) {
    static constexpr std::array<std::pair<const char*, Trouble>, 6> table{{{"unknown", Trouble::Unknown},
                                                                           {"revoked", Trouble::Revoked},
                                                                           {"expired", Trouble::Expired},
                                                                           {"bad_signature", Trouble::BadSignature},
                                                                           {"wrong_code", Trouble::WrongCode},
                                                                           {"no_pairing", Trouble::NoPairing}}};
    for (const auto& [known, trouble] : table)
        if (code == QLatin1String(known))
            return trouble;
    return Trouble::Closed;
}

} // namespace

void PushClient::Private::say(const ViewerMessage& message) {
    if (link)
        link->send(toText(message));
}

void PushClient::Private::hear(const QString& text) {
    const auto message = parseDoorMessage(text);
    if (!message)
        return ended(Trouble::NotThisProtocol);
    const bool before = std::holds_alternative<DoorHello>(*message) || std::holds_alternative<DoorPaired>(*message) ||
                        std::holds_alternative<DoorWelcome>(*message) || std::holds_alternative<DoorRefused>(*message);
    if (before == (state == State::Online) || greeted == std::holds_alternative<DoorHello>(*message))
        return ended(Trouble::NotThisProtocol); // not its turn
    std::visit([this](const auto& m) { take(m); }, *message);
}

void PushClient::Private::take(const DoorHello& hello) {
    greeted = true;
    if (!door.door.isEmpty() && hello.door != door.door)
        return ended(Trouble::NotThatDoor);
    door.door = hello.door; // what is signed later is for this one
    const QByteArray text = pairing ? pushPairText(door.door, hello.nonce, door.pin, code)
                                    : pushLoginText(door.door, hello.nonce, door.pin);
    const auto signature = key.sign(text);
    const auto own = core::Uuid7::parse(viewer.toStdString());
    if (!signature || (!pairing && !own))
        return ended(Trouble::Unknown);
    if (pairing)
        say(PairMessage{code, name, key.publicKey(), *signature});
    else
        say(LoginMessage{*own, *signature});
}

void PushClient::Private::take(const DoorPaired& message) {
    if (!pairing)
        return ended(Trouble::NotThisProtocol);
    pairing = false;
    viewer = message.viewer;
    Q_EMIT q.paired(message.viewer, message.role, message.name);
}

void PushClient::Private::take(const DoorRefused& message) {
    refusal = troubleOf(message.code);
    ended(refusal);
}

void PushClient::Private::take(const DoorWelcome& message) {
    if (pairing)
        return ended(Trouble::NotThisProtocol);
    rounds = 0;
    welcome = message.welcome;
    link->loggedIn();
    watch.start();
    const QPointer<PushLink> same = link;
    welcoming = true; // what is asked for meanwhile is said once, below
    setState(State::Online, Trouble::None);
    if (link == same && link)
        Q_EMIT q.welcomed(welcome);
    welcoming = false;
    if (link != same || !link)
        return; // stopped by whoever heard of it
    if (cursor)
        sendFollow();
    if (live.on)
        sendLive();
}

void PushClient::Private::take(const DoorRights& message) {
    welcome.insert(QStringLiteral("role"), message.role);
    welcome.insert(QStringLiteral("name"), message.name);
    welcome.insert(QStringLiteral("may"), message.may);
    Q_EMIT q.welcomed(welcome);
}

void PushClient::Private::sendFollow() {
    heard = *cursor;
    if (cursor->logId)
        say(PushFollow{cursor->logId, cursor->after, std::nullopt});
    else
        say(PushFollow{std::nullopt, 0, newestFirst});
}

void PushClient::Private::sendSeen(std::int64_t seq) {
    if (state == State::Online && heard.logId)
        say(SeenMessage{*heard.logId, seq});
}

void PushClient::Private::sendLive() {
    say(live);
}

void PushClient::Private::take(const PushEvents& batch) {
    if (!cursor)
        return ended(Trouble::NotThisProtocol);
    const bool sameLog = heard.logId == batch.logId;
    const std::int64_t first = batch.events.isEmpty() ? 0 : seqOf(batch.events.first().toObject());
    if ((heard.logId && !sameLog && !batch.restart) ||
        (sameLog && !batch.restart && first != 0 && first <= heard.after))
        return ended(Trouble::NotThisProtocol); // another log unasked, or a repetition
    heard.logId = batch.logId;
    if (first != 0)
        heard.after = seqOf(batch.events.last().toObject());
    else if (batch.restart)
        heard.after = 0;
    // What was kept before this connection knew of it is not told twice.
    QJsonArray fresh;
    const std::int64_t kept = cursor->logId == batch.logId && !batch.restart ? cursor->after : 0;
    for (const QJsonValue& event : batch.events)
        if (seqOf(event.toObject()) > kept)
            fresh.append(event);
    if (fresh.isEmpty() && first != 0)
        return sendSeen(heard.after);
    Q_EMIT q.events(batch.logId, fresh, batch.lastSeq, batch.restart);
}

void PushClient::Private::take(const DoorProvisional& message) {
    Q_EMIT q.provisional(message.event);
}

void PushClient::Private::take(const DoorState& message) {
    Q_EMIT q.doorState(message.state);
}

void PushClient::Private::take(const DoorRing& message) {
    Q_EMIT q.ring(message.ring);
}

void PushClient::Private::take(const DoorRingOver& message) {
    Q_EMIT q.ringOver(message.over);
}

void PushClient::Private::take(const DoorAnswer& message) {
    answered(message.id, message.result, {});
}

void PushClient::Private::answered(std::int64_t id, const Result<QJsonObject>& result, const QByteArray& picture) {
    const auto place = asked.find(id);
    if (place == asked.end())
        return; // too late, it was answered with an error
    const Reply reply = std::move(place->second.reply);
    asked.erase(place);
    reply(result, picture);
}

void PushClient::Private::hearPicture(const QByteArray& message) {
    const auto picture = parsePicture(message);
    if (!picture || state != State::Online)
        return ended(Trouble::NotThisProtocol);
    const QJsonObject& header = picture->header;
    const QString t = header.value(QLatin1String("t")).toString();
    if (t == u"answer")
        return answered(header.value(QLatin1String("id")).toInteger(), header.value(QLatin1String("result")).toObject(),
                        picture->picture);
    if (t == u"ring_picture") {
        Q_EMIT q.ringPicture(header.value(QLatin1String("id")).toString(), picture->picture);
        return;
    }
    const QPointer<PushLink> same = link;
    if (live.on)
        Q_EMIT q.frame(header, picture->picture);
    if (link == same)
        say(FrameSeenMessage{header.value(QLatin1String("n")).toInteger()});
}

void PushClient::act(const QString& action, const QString& reason, Reply reply) {
    if (m_p->state != State::Online)
        return m_p->failLater(std::move(reply), "the door is not connected");
    const std::int64_t id =
        m_p->remember([this, action, reason, reply](const Result<QJsonObject>& answer, const QByteArray&) {
            if (!answer)
                return reply(answer, {});
            const auto nonce = strictBytes(answer->value(QLatin1String("nonce")).toString(), pushNonceBytes);
            if (!nonce)
                return reply(core::fail("the door's answer is not understood", "nonce"), {});
            const auto signature = m_p->key.sign(pushActText(action, m_p->door.door, *nonce, reason));
            if (!signature)
                return reply(signature.error(), {});
            m_p->say(ActMessage{m_p->remember(reply), action, *nonce, reason, *signature});
        });
    m_p->say(NonceMessage{id});
}

} // namespace facelatch::network
