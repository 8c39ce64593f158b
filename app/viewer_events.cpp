// SPDX-License-Identifier: GPL-3.0-or-later
// Events on the standard output.
#include "app/viewer_events.h"

#include "app/complain.h"
#include "app/viewer_wire.h"
#include "network/push_client.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTimer>

#include <cstdio>
#include <memory>
#include <vector>

namespace facelatch::app {

using network::PushClient;

namespace {

/// One door's events, from where its log ends now, or after a number.
class EventLines : public QObject {
public:
    EventLines(const BookDoor& door, network::Ed25519Key key, std::optional<std::int64_t> after,
               std::function<void()> stopped)
        : m_stopped(std::move(stopped)), m_door(door), m_after(after), m_client(door.pushDoor(), std::move(key)) {
        connect(&m_client, &PushClient::welcomed, this, [this](const QJsonObject& welcome) { begin(welcome); });
        connect(&m_client, &PushClient::events, this,
                [this](const QString& logId, const QJsonArray& events) { print(logId, events); });
        connect(&m_client, &PushClient::provisional, this, [](const QJsonObject& event) { write(event); });
        connect(&m_client, &PushClient::stateChanged, this,
                [this](PushClient::State state, PushClient::Trouble trouble) { stateIs(state, trouble); });
        m_client.start(door.viewer);
    }
    bool stopped() const { return m_client.state() == PushClient::State::Stopped; }
    int code() const { return core::exitCode(troubleError(troubleOf(m_client.trouble()), {}).kind); }

private:
    void begin(const QJsonObject& welcome) {
        const QString log = welcome.value(u"log_id").toString();
        if (m_log == log)
            return; // the client goes on from what was seen
        if (m_log.isEmpty())
            m_seen = m_after.value_or(welcome.value(u"last_seq").toInteger());
        else
            m_seen = 0; // a restored log: all of it is news
        m_log = log;
        m_client.follow(m_log, m_seen);
    }
    void print(const QString& logId, const QJsonArray& events) {
        for (const auto& value : events) {
            const qint64 seq = value.toObject().value(u"seq").toInteger();
            if (logId != m_log || seq <= m_seen)
                continue;
            write(value.toObject());
            m_seen = seq;
        }
        if (!events.isEmpty())
            m_client.seen(logId, events.last().toObject().value(u"seq").toInteger());
    }
    static void write(const QJsonObject& event) {
        const QByteArray line = QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n';
        if (std::fputs(line.constData(), stdout) < 0 || std::fflush(stdout) != 0)
            QCoreApplication::exit(0); // nobody reads any more
    }
    void stateIs(PushClient::State state, PushClient::Trouble trouble) {
        const bool lost = state == PushClient::State::Stopped || state == PushClient::State::Waiting;
        if (lost && trouble != m_told)
            complain(viewerName, troubleError(troubleOf(trouble), m_door.shownName()));
        if (lost || state == PushClient::State::Online)
            m_told = trouble;
        if (state == PushClient::State::Stopped)
            m_stopped();
    }

    std::function<void()> m_stopped;
    BookDoor m_door;
    std::optional<std::int64_t> m_after;
    QString m_log;
    qint64 m_seen = 0;
    PushClient::Trouble m_told = PushClient::Trouble::None;
    PushClient m_client;
};

} // namespace

int printEvents(const ViewerPlaces& places, const ViewerBook& book, const ViewerOptions& options) {
    std::vector<BookDoor> doors = book.doors;
    if (!options.door.empty()) {
        const auto one = book.named(QString::fromStdString(options.door));
        if (!one)
            return complain(viewerName, one.error());
        doors = {*one};
    }
    if (doors.empty())
        return complain(
            viewerName,
            {core::ErrorKind::NotFound, "no door is paired", {}, "Pair one first: facelatch-viewer --pair LINK"});
    if (options.after && doors.size() > 1)
        return complain(viewerName, {core::ErrorKind::Usage,
                                     "--after is about one door, and several are paired",
                                     {},
                                     "Name one: facelatch-viewer --events DOOR --after SEQ"});
    std::vector<std::unique_ptr<EventLines>> all;
    const auto endIfAllStopped = [&all] {
        for (const auto& one : all)
            if (!one->stopped())
                return;
        QCoreApplication::exit(all.front()->code());
    };
    for (const BookDoor& door : doors) {
        auto key = network::Ed25519Key::load(places.key(door.id).toStdString());
        if (!key)
            return complain(viewerName, key.error());
        all.push_back(std::make_unique<EventLines>(door, *key, options.after, endIfAllStopped));
    }
    if (options.exitAfter > 0)
        QTimer::singleShot(std::chrono::milliseconds(static_cast<qint64>(options.exitAfter * 1000)),
                           QCoreApplication::instance(), &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace facelatch::app
