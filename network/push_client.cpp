// SPDX-License-Identifier: GPL-3.0-or-later
// Connecting to a door, and coming back to it.
#include "network/push_client.h"

#include "network/push_client_p.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace facelatch::network {

namespace {

constexpr std::chrono::milliseconds watchTime{500}; // for answers that do not come
constexpr int doublingsMost = 16;                   // the most is reached long before

bool stops(PushClient::Trouble trouble) {
    return trouble >= PushClient::Trouble::CertificateChanged;
}

std::chrono::milliseconds backoff(const PushTimes& times, int rounds) {
    const double chance = times.random ? times.random() : QRandomGenerator::global()->generateDouble();
    const double first = static_cast<double>(times.backoffFirst.count());
    const double most = static_cast<double>(times.backoffMost.count());
    const double limit = std::min(most, std::ldexp(first, std::min(rounds, doublingsMost)));
    return std::chrono::milliseconds(std::llround(limit * std::clamp(chance, 0.0, 1.0)));
}

} // namespace

PushClient::Private::Private(PushClient& client, PushDoor where, Ed25519Key ownKey, PushTimes limits)
    : q(client), door(std::move(where)), key(std::move(ownKey)), times(std::move(limits)) {
    wait.setSingleShot(true);
    QObject::connect(&wait, &QTimer::timeout, &q, [this] { connectNow(); });
    watch.setInterval(watchTime);
    QObject::connect(&watch, &QTimer::timeout, &q, [this] {
        const auto now = std::chrono::steady_clock::now();
        std::vector<Reply> late;
        for (auto place = asked.begin(); place != asked.end();)
            if (now > place->second.until) {
                late.push_back(std::move(place->second.reply));
                place = asked.erase(place);
            } else {
                ++place;
            }
        for (Reply& reply : late)
            failLater(std::move(reply), "the door did not answer in time");
    });
}

void PushClient::Private::begin() {
    dropLink();
    failAsks();
    hostIndex = 0;
    rounds = 0;
    connectNow();
}

void PushClient::Private::dropLink() {
    wait.stop();
    watch.stop();
    if (!link)
        return;
    link->disconnect(&q);
    link->close();
    link->deleteLater();
    link.clear();
}

void PushClient::Private::setState(State next, Trouble why) {
    if (state == next && trouble == why)
        return;
    state = next;
    trouble = why;
    Q_EMIT q.stateChanged(next, why);
}

void PushClient::Private::stop(State next, Trouble why) {
    dropLink();
    failAsks();
    setState(next, why);
}

void PushClient::Private::connectNow() {
    dropLink();
    if (door.hosts.isEmpty())
        return stop(State::Stopped, Trouble::NotReached);
    greeted = false;
    refusal = Trouble::None;
    hostName = door.hosts.at(hostIndex);
    link = new PushLink(hostName, door.port, door.pin, times, &q);
    QObject::connect(link, &PushLink::opened, &q, [this] { setState(State::LoggingIn, trouble); });
    QObject::connect(link, &PushLink::text, &q, [this](const QString& text) { hear(text); });
    QObject::connect(link, &PushLink::binary, &q, [this](const QByteArray& message) { hearPicture(message); });
    QObject::connect(link, &PushLink::ended, &q, [this](Trouble why) { ended(why); });
    setState(State::Connecting, trouble);
}

/// The connection is over, or never was: the next address, a pause, or the end.
void PushClient::Private::ended(Trouble why) {
    if (refusal != Trouble::None)
        why = refusal; // said before it closed
    const bool wasOnline = state == State::Online;
    dropLink();
    failAsks();
    if (stops(why))
        return setState(State::Stopped, why);
    if (!wasOnline) { // perhaps another address is the right one
        hostIndex = (hostIndex + 1) % static_cast<int>(door.hosts.size());
        if (hostIndex != 0) {
            trouble = why;
            return connectNow();
        }
    }
    if (pairing)
        return setState(State::Stopped, why);
    wait.start(backoff(times, rounds++));
    setState(State::Waiting, why);
}

void PushClient::Private::failLater(Reply reply, const char* what) {
    QMetaObject::invokeMethod(
        &q,
        [reply = std::move(reply), what] {
            reply(core::Error{core::ErrorKind::OutOfService, what, "door", "Try again when it is connected"}, {});
        },
        Qt::QueuedConnection);
}

void PushClient::Private::failAsks() {
    for (auto& [id, question] : std::exchange(asked, {}))
        failLater(std::move(question.reply), "the door is not connected");
}

std::int64_t PushClient::Private::remember(Reply reply) {
    asked[nextId] = {std::move(reply), std::chrono::steady_clock::now() + times.answer};
    return nextId++;
}

PushClient::PushClient(PushDoor door, Ed25519Key key, PushTimes times, QObject* parent)
    : QObject(parent), m_p(std::make_unique<Private>(*this, std::move(door), std::move(key), std::move(times))) {}

PushClient::~PushClient() = default;

void PushClient::start(const QString& viewer) {
    m_p->pairing = false;
    m_p->viewer = viewer;
    m_p->begin();
}

void PushClient::pair(const QString& code, const QString& name) {
    m_p->pairing = true;
    m_p->code = code;
    m_p->name = name;
    m_p->begin();
}

void PushClient::stop() {
    m_p->stop(State::Off, Trouble::None);
}

void PushClient::hurry() {
    if (m_p->state == State::Waiting)
        m_p->connectNow();
}

void PushClient::follow(const std::optional<QString>& logId, std::int64_t after) {
    m_p->cursor = Private::Cursor{logId, after};
    if (m_p->state == State::Online && !m_p->welcoming)
        m_p->sendFollow();
}

void PushClient::seen(const QString& logId, std::int64_t seq) {
    auto& cursor = m_p->cursor;
    if (!cursor || (cursor->logId && cursor->logId != logId && m_p->heard.logId != logId))
        return; // of a log that is of the past
    if (cursor->logId != logId)
        cursor = Private::Cursor{logId, seq};
    cursor->after = std::max(cursor->after, seq);
    m_p->sendSeen(seq);
}

PushClient::State PushClient::state() const {
    return m_p->state;
}
PushClient::Trouble PushClient::trouble() const {
    return m_p->trouble;
}
QString PushClient::host() const {
    return m_p->hostName;
}

void PushClient::ask(const QString& command, const QJsonObject& args, Reply reply) {
    if (m_p->state != State::Online)
        return m_p->failLater(std::move(reply), "the door is not connected");
    m_p->say(AskMessage{m_p->remember(std::move(reply)), command, args});
}

void PushClient::setLive(bool on, int width, int fps) {
    m_p->live = {on, std::clamp(width, 1, pushWidthMost), std::clamp(fps, 1, pushFpsMost)};
    if (m_p->state == State::Online && !m_p->welcoming)
        m_p->sendLive();
}

void PushClient::answerRing(const QString& ring) {
    const auto id = core::Uuid7::parse(ring.toStdString());
    if (m_p->state == State::Online && id)
        m_p->say(RingAnswerMessage{*id});
}

} // namespace facelatch::network
