// SPDX-License-Identifier: GPL-3.0-or-later
// One door's connection.
#include "app/viewer_door.h"

#include "app/clock.h"
#include "app/viewer_wire.h"

#include <QTimer>

#include <algorithm>
#include <chrono>

namespace facelatch::app {

using network::PushClient;

namespace {

constexpr std::size_t picturesAtOnce = 2;
constexpr std::size_t picturesWaiting = 200;
/// Until a disk that took no events is tried again.
constexpr std::chrono::seconds keepAgainAfter{10};
constexpr int liveWidth = 640, liveRate = 10;

} // namespace

ViewerLink::ViewerLink(BookDoor door, network::Ed25519Key key, const network::PushTimes& times, QObject* parent)
    : QObject(parent), m_book(std::move(door)), m_client(m_book.pushDoor(), std::move(key), times) {
    m_view.id = m_book.id;
    m_view.name = m_book.shownName();
    m_view.host = m_book.hosts.value(0);
    m_view.role = m_book.role;
    m_view.may = QSet<QString>(m_book.may.begin(), m_book.may.end());
    m_view.since = m_book.lastOnline;
    listen();
}

ViewerLink::~ViewerLink() {
    m_client.disconnect(this); // its own end is no news
}

void ViewerLink::listen() {
    connect(&m_client, &PushClient::stateChanged, this, &ViewerLink::connectionChanged);
    connect(&m_client, &PushClient::welcomed, this, &ViewerLink::welcomed);
    connect(&m_client, &PushClient::doorState, this, &ViewerLink::stateCame);
    connect(&m_client, &PushClient::events, this,
            [this](const QString& logId, const QJsonArray& list, std::int64_t lastSeq) {
                eventsCame(logId, list, lastSeq);
            });
    connect(&m_client, &PushClient::provisional, this, [this](const QJsonObject& object) {
        if (const auto event = eventsOf({object}); event)
            Q_EMIT provisional(event->front());
    });
    connect(&m_client, &PushClient::frame, this, &ViewerLink::frame);
    connect(&m_client, &PushClient::ring, this, &ViewerLink::ring);
    connect(&m_client, &PushClient::ringPicture, this, &ViewerLink::ringPicture);
    connect(&m_client, &PushClient::ringOver, this, &ViewerLink::ringOver);
}

void ViewerLink::start(const CacheNews& kept) {
    m_view.last = kept.last;
    m_view.refusedInARow = kept.refusedInARow;
    if (kept.cursor)
        m_newestLog = QString::fromStdString(kept.cursor->logId);
    followFrom(kept.cursor);
    m_client.start(m_book.viewer);
    Q_EMIT changed();
}

void ViewerLink::followFrom(const std::optional<storage::CacheCursor>& cursor) {
    if (cursor)
        m_client.follow(QString::fromStdString(cursor->logId), cursor->seq);
    else
        m_client.follow(std::nullopt, 0);
}

void ViewerLink::startWithout() {
    followFrom(std::nullopt);
    m_client.start(m_book.viewer);
}

void ViewerLink::reconnect() {
    if (m_client.state() == PushClient::State::Stopped) {
        if (m_client.trouble() != PushClient::Trouble::CertificateChanged)
            m_client.start(m_book.viewer);
    } else {
        m_client.hurry();
    }
}

void ViewerLink::rename(const QString& ownName) {
    m_book.ownName = ownName.trimmed();
    m_view.name = m_book.shownName();
    Q_EMIT bookChanged();
    Q_EMIT changed();
}

void ViewerLink::connectionChanged(PushClient::State state, PushClient::Trouble trouble) {
    const bool wasOnline = m_view.connection == ui::Connection::Online;
    m_view.connection = connectionOf(state);
    m_view.trouble = troubleOf(trouble);
    const bool online = m_view.connection == ui::Connection::Online;
    if (wasOnline && !online) {
        m_view.since = now().wall;
        m_view.released = false;
        m_view.behind = 0;
        m_book.lastOnline = m_view.since;
        Q_EMIT bookChanged();
    }
    if (!online)
        m_greeted = false;
    Q_EMIT changed();
}

void ViewerLink::welcomed(const QJsonObject& welcome) {
    if (!std::exchange(m_greeted, true)) { // it comes again when somebody changes this viewer's rights
        m_lastSeq = welcome.value(u"last_seq").toInteger();
        m_welcomeSeq = m_lastSeq;
        m_keptLog = m_newestLog;
        stateCame(welcome.value(u"state").toObject());
    }
    m_book.role = core::roleFromCode(welcome.value(u"role").toString().toStdString()).value_or(core::Role::Viewer);
    m_book.may.clear();
    for (const auto& action : welcome.value(u"may").toArray())
        m_book.may << action.toString();
    if (const QString host = m_client.host(); !host.isEmpty() && m_book.hosts.contains(host)) {
        m_book.hosts.removeAll(host);
        m_book.hosts.prepend(host); // the next start begins with it
        m_view.host = host;
    }
    m_book.lastOnline = now().wall;
    m_view.role = m_book.role;
    m_view.may = QSet<QString>(m_book.may.begin(), m_book.may.end());
    Q_EMIT bookChanged();
    Q_EMIT changed();
}

void ViewerLink::stateCame(const QJsonObject& state) {
    const auto before = m_view.faults;
    const QString ownName = m_book.ownName, doorsName = m_book.name;
    m_view.name = doorsName;
    readState(state, m_view);
    m_book.name = m_view.name;
    m_view.name = m_book.shownName();
    if (m_book.name != doorsName)
        Q_EMIT bookChanged();
    Q_EMIT changed();
    Q_EMIT faultsChanged(before);
}

void ViewerLink::eventsCame(const QString& logId, const QJsonArray& list, qint64 lastSeq) {
    const auto read = eventsOf(list);
    if (!read) {
        qWarning("facelatch-viewer: %s: %s", qPrintable(m_view.name), read.error().text().c_str());
        return; // not acknowledged: the door stops, and another connection begins from what is kept
    }
    m_lastSeq = std::max(lastSeq, read->empty() ? 0 : qint64{read->back().seq});
    Q_EMIT events(logId, *read);
}

ViewerLink::Age ViewerLink::ageOf(const core::CommittedEvent& event) const {
    if (event.seq > m_welcomeSeq)
        return Age::New;
    return event.logId == m_keptLog.toStdString() ? Age::Missed : Age::Old;
}

void ViewerLink::kept(const CacheNews& news) {
    m_view.last = news.last;
    m_view.refusedInARow = news.refusedInARow;
    if (news.cursor) {
        m_view.behind = std::max<qint64>(m_lastSeq - news.cursor->seq, 0);
        m_newestLog = QString::fromStdString(news.cursor->logId);
        m_client.seen(m_newestLog, news.cursor->seq);
    }
    Q_EMIT changed();
}

void ViewerLink::notKept(const std::optional<storage::CacheCursor>& cursor, bool atOnce) {
    if (atOnce)
        followFrom(cursor);
    else
        QTimer::singleShot(keepAgainAfter, this, [this, cursor] { followFrom(cursor); });
}

void ViewerLink::ask(const QString& command, const QJsonObject& args, Reply reply) {
    m_client.ask(command, args, std::move(reply));
}

void ViewerLink::askPicture(const QString& name, int side, Reply reply) {
    const auto same = [&](const PictureAsked& asked) { return asked.name == name && asked.side == side; };
    if (const auto asked = std::ranges::find_if(m_asked, same); asked != m_asked.end()) {
        asked->replies.push_back(std::move(reply));
        return;
    }
    PictureAsked wanted{name, side, {}};
    if (const auto waiting = std::ranges::find_if(m_waiting, same); waiting != m_waiting.end()) {
        wanted = std::move(*waiting);
        m_waiting.erase(waiting);
    }
    wanted.replies.push_back(std::move(reply));
    m_waiting.push_front(std::move(wanted)); // what is asked for last is what is looked at now
    if (m_waiting.size() > picturesWaiting) {
        for (const Reply& given : m_waiting.back().replies)
            given(core::Error{core::ErrorKind::OutOfService, "too many pictures are waiting", {}, {}}, {});
        m_waiting.pop_back();
    }
    askNextPicture();
}

void ViewerLink::askNextPicture() {
    if (m_client.state() != PushClient::State::Online) {
        for (auto waiting = std::exchange(m_waiting, {}); const PictureAsked& asked : waiting)
            for (const Reply& reply : asked.replies)
                reply(core::Error{core::ErrorKind::OutOfService, "the door is not connected", {}, {}}, {});
        return;
    }
    while (m_asked.size() < picturesAtOnce && !m_waiting.empty()) {
        m_asked.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
        const QString name = m_asked.back().name;
        const int side = m_asked.back().side;
        ask(QStringLiteral("log.picture"), {{QStringLiteral("name"), name}, {QStringLiteral("side"), side}},
            [this, name, side](const core::Result<QJsonObject>& answer, const QByteArray& picture) {
                const auto asked = std::ranges::find_if(
                    m_asked, [&](const PictureAsked& one) { return one.name == name && one.side == side; });
                if (asked == m_asked.end())
                    return;
                const auto replies = std::move(asked->replies);
                m_asked.erase(asked);
                for (const Reply& reply : replies)
                    reply(answer, picture);
                askNextPicture();
            });
    }
}

void ViewerLink::act(const QString& action, const QString& reason, Reply reply) {
    m_client.act(action, reason, std::move(reply));
}

void ViewerLink::setLive(bool on) {
    m_client.setLive(on, liveWidth, liveRate);
}

void ViewerLink::answerRing(const QString& ring) {
    m_client.answerRing(ring);
}

} // namespace facelatch::app
