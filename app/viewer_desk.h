// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerDesk: the doors a viewer is paired with, behind the windows' port: connections, copies of logs, pictures.
//
// Gui thread. What is read, written or decoded is another thread's work; nothing here waits.
#pragma once

#include "app/viewer_book.h"
#include "app/viewer_cache.h"
#include "app/viewer_door.h"
#include "app/viewer_nearby.h"
#include "app/viewer_notices.h"
#include "app/viewer_pairing.h"
#include "app/viewer_rings.h"
#include "app/worker_thread.h"
#include "ui/viewer_port.h"

#include <QLocale>
#include <QPointer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace facelatch::app {

struct ViewerDeskOptions {
    ViewerPlaces places;
    QLocale locale;
    network::PushTimes times = {};
    CacheLimits limits = {};
};

/// Of pictures that a window shows whole.
inline constexpr int ringSide = 1280, liveSide = 1280;

/// Its thread decodes live pictures, one at a time.
class FrameDecoder {};

class ViewerDesk : public ui::ViewerPort {
    Q_OBJECT
public:
    /// Connects to every door of the book.
    ViewerDesk(ViewerDeskOptions options, ViewerBook book);
    ~ViewerDesk() override;

    /// Another program changed the book: doors that came are connected, those that went are closed.
    void reload();
    /// Of words to come.
    void setLocale(const QLocale& locale);
    /// Keeps where the window is.
    void keepWindow(const QByteArray& state);
    const QByteArray& window() const { return m_book.window; }
    /// Of a notification, as picture().
    void pictureOf(const Notice& notice, const std::function<void(const QImage&)>& reply);

    std::vector<ui::ViewerDoor> doors() const override;
    void reconnect(const QString& door) override;
    void renameDoor(const QString& door, const QString& name) override;
    void forgetDoor(const QString& door) override;

    void visits(const ui::VisitQuery& query, const QByteArray& below, int limit, QObject* asker,
                Reply<ui::VisitPage> reply) override;
    void visitEvents(const QString& door, const core::Uuid7& visit, QObject* asker,
                     Reply<ui::VisitEvents> reply) override;
    void picture(const QString& door, const QString& snapshot, int side, QObject* asker, Reply<QImage> reply) override;
    void people(const QStringList& doors, QObject* asker, Reply<QStringList> reply) override;
    void days(const QStringList& doors, QDate month, QObject* asker, Reply<ui::VisitDays> reply) override;
    void exportCsv(const ui::VisitQuery& query, const QString& file, QObject* asker, Reply<qint64> reply) override;

    void setLive(const QString& door, bool on) override;
    void openDoor(const QString& door, const QString& reason, QObject* asker, Reply<core::Done> reply) override;
    void setLockdown(const QString& door, bool on, const QString& reason, QObject* asker,
                     Reply<core::Done> reply) override;

    std::vector<ui::ViewerRing> rings() const override { return m_rings.all(); }
    void answerRing(const QString& ring) override;
    void dismissRing(const QString& ring) override { m_rings.dismiss(ring); }

    void beginPairing(const ui::PairRequest& request, QObject* asker, PairReply<ui::PairCheck> reply) override;
    void finishPairing(QObject* asker, PairReply<QString> reply) override;
    void cancelPairing() override;
    void setSearching(bool on) override { m_nearby.search(on); }
    std::vector<ui::FoundDoor> foundDoors() const override;
    QString viewerName() const override { return thisComputer(); }

    ui::ViewerSettings settings() const override { return m_book.settings; }
    void setSettings(const ui::ViewerSettings& settings) override;

Q_SIGNALS:
    void notice(const facelatch::app::Notice& notice);
    /// What it told of is over.
    void noticeOver(const QString& key);

private:
    template<typename T>
    void ask(QObject* asker, std::function<core::Result<T>(ViewerCache&)> work, Reply<T> reply);
    template<typename T>
    void inGui(const QPointer<QObject>& asker, const Reply<T>& reply, const core::Result<T>& result);
    void act(const QString& door, const QString& action, const QString& reason, QObject* asker,
             Reply<core::Done> reply);
    VisitSearch searchFor(const ui::VisitQuery& query) const;

    ViewerLink* link(const QString& door) const;
    void addLink(const BookDoor& door);
    void listen(ViewerLink* link);
    void removeLink(const QString& door);
    void keepEvents(ViewerLink* link, const QString& logId, const std::vector<core::CommittedEvent>& events);
    void tell(ViewerLink* link, const std::vector<core::CommittedEvent>& events);
    void tell(const std::optional<Notice>& notice);
    void fetchPicture(const QString& door, const QString& snapshot, int side, const QPointer<QObject>& asker,
                      const Reply<QImage>& reply);
    void liveCame(const QString& door, const QJsonObject& header, const QByteArray& jpeg);
    void decodeLive();
    void changeBook(const std::function<void(ViewerBook&)>& edit);

    struct Live {
        QString door;
        QJsonObject header;
        QByteArray jpeg;
    };
    /// What log.visit said that scores are held against.
    struct Threshold {
        std::string modelId;
        std::optional<float> value;
    };

    ViewerDeskOptions m_options;
    ViewerBook m_book;
    NoticeRules m_rules;
    ViewerRings m_rings;
    ViewerNearby m_nearby;
    std::map<QString, std::optional<storage::CacheCursor>> m_cursors;
    std::map<QString, Threshold> m_thresholds;
    std::optional<Live> m_nextLive; ///< the newest; older ones are let go
    bool m_decoding = false;
    std::unique_ptr<ViewerPairing> m_pairing;
    WorkerThread<ViewerCache> m_cache;
    WorkerThread<FrameDecoder> m_frames;
    std::vector<std::unique_ptr<ViewerLink>> m_links; ///< last: they go first
};

template<typename T>
void ViewerDesk::inGui(const QPointer<QObject>& asker, const Reply<T>& reply, const core::Result<T>& result) {
    QMetaObject::invokeMethod(
        this,
        [asker, reply, result] {
            if (asker && reply)
                reply(result);
        },
        Qt::QueuedConnection);
}

template<typename T>
void ViewerDesk::ask(QObject* asker, std::function<core::Result<T>(ViewerCache&)> work, Reply<T> reply) {
    m_cache.post([this, guard = QPointer<QObject>(asker), work = std::move(work),
                  reply = std::move(reply)](ViewerCache& cache) { inGui<T>(guard, reply, work(cache)); });
}

} // namespace facelatch::app
