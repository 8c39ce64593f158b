// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerLink: one paired door: its connection, how it is, and the questions on their way to it.
//
// Gui thread.
#pragma once

#include "app/viewer_book.h"
#include "app/viewer_cache.h"
#include "network/push_client.h"
#include "ui/viewer_port.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace facelatch::app {

class ViewerLink : public QObject {
    Q_OBJECT
public:
    using Reply = network::PushClient::Reply;

    ViewerLink(BookDoor door, network::Ed25519Key key, const network::PushTimes& times, QObject* parent = nullptr);
    ~ViewerLink() override;

    const BookDoor& book() const { return m_book; }
    const ui::ViewerDoor& view() const { return m_view; }

    enum class Age {
        New,    ///< happened since the connection began
        Missed, ///< while there was none
        Old     ///< of before anything was kept, or of another log: nobody waited for it
    };
    Age ageOf(const core::CommittedEvent& event) const;
    /// Whether this is the last one that was missed.
    bool endsMissed(const core::CommittedEvent& event) const { return event.seq == m_welcomeSeq; }

    /// Connects, and follows from what is kept.
    void start(const CacheNews& kept);
    /// The copy of the log could not be opened: connects all the same, and shows what is new.
    void startWithout();
    /// Another try now; a changed certificate stays a stop.
    void reconnect();
    void rename(const QString& ownName);
    /// A batch of events() is in the copy: the door may send on.
    void kept(const CacheNews& news);
    /// It is not, and the door is to send again from what is: at once, or in a while.
    void notKept(const std::optional<storage::CacheCursor>& cursor, bool atOnce);

    /// The newest question goes first, two at a time: the door takes four, and some are for people who wait.
    void askPicture(const QString& name, int side, Reply reply);
    void ask(const QString& command, const QJsonObject& args, Reply reply);
    void act(const QString& action, const QString& reason, Reply reply);
    void setLive(bool on);
    void answerRing(const QString& ring);

Q_SIGNALS:
    void changed();
    /// What of the book is to be written: name, role, rights, hosts, last online.
    void bookChanged();
    /// To be kept, then kept() or notKept().
    void events(const QString& logId, const std::vector<facelatch::core::CommittedEvent>& events);
    void provisional(const facelatch::core::CommittedEvent& event);
    void faultsChanged(const std::vector<facelatch::ui::ViewerFault>& before);
    void frame(const QJsonObject& header, const QByteArray& jpeg);
    void ring(const QJsonObject& ring);
    void ringPicture(const QString& ring, const QByteArray& jpeg);
    void ringOver(const QJsonObject& over);

private:
    void listen();
    void followFrom(const std::optional<storage::CacheCursor>& cursor);
    void connectionChanged(network::PushClient::State state, network::PushClient::Trouble trouble);
    void welcomed(const QJsonObject& welcome);
    void stateCame(const QJsonObject& state);
    void eventsCame(const QString& logId, const QJsonArray& events, qint64 lastSeq);
    void askNextPicture();

    struct PictureAsked {
        QString name;
        int side;
        std::vector<Reply> replies;
    };

    BookDoor m_book;
    ui::ViewerDoor m_view;
    qint64 m_lastSeq = 0;               ///< of the door's log
    qint64 m_welcomeSeq = 0;            ///< what the log ended with when this connection began
    QString m_keptLog;                  ///< whose events were kept when it began; empty: none
    QString m_newestLog;                ///< whose events are kept now
    bool m_greeted = false;             ///< by this connection
    std::deque<PictureAsked> m_waiting; ///< newest first
    std::vector<PictureAsked> m_asked;
    network::PushClient m_client; ///< last: the answers that its end gives meet all of the above
};

} // namespace facelatch::app
