// SPDX-License-Identifier: GPL-3.0-or-later
// What the windows ask: the log, pictures, the door itself, pairing.
#include "app/viewer_desk.h"

#include "app/viewer_picture.h"

#include <algorithm>

namespace facelatch::app {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

constexpr int noticeSide = 256;

Error notConnected() {
    return {ErrorKind::OutOfService, "the door is not connected", {}, "It is tried again by itself"};
}

} // namespace

VisitSearch ViewerDesk::searchFor(const ui::VisitQuery& query) const {
    return {query, reasonsLike(query.text, m_options.locale)};
}

void ViewerDesk::visits(const ui::VisitQuery& query, const QByteArray& below, int limit, QObject* asker,
                        Reply<ui::VisitPage> reply) {
    ask<ui::VisitPage>(
        asker,
        [search = searchFor(query), below, limit](ViewerCache& cache) { return cache.visits(search, below, limit); },
        std::move(reply));
}

void ViewerDesk::people(const QStringList& doors, QObject* asker, Reply<QStringList> reply) {
    ask<QStringList>(
        asker, [doors](ViewerCache& cache) { return cache.people(doors); }, std::move(reply));
}

void ViewerDesk::days(const QStringList& doors, QDate month, QObject* asker, Reply<ui::VisitDays> reply) {
    ask<ui::VisitDays>(
        asker, [doors, month](ViewerCache& cache) { return cache.days(doors, month); }, std::move(reply));
}

void ViewerDesk::exportCsv(const ui::VisitQuery& query, const QString& file, QObject* asker, Reply<qint64> reply) {
    ask<qint64>(
        asker, [search = searchFor(query), file](ViewerCache& cache) { return cache.exportCsv(search, file); },
        std::move(reply));
}

void ViewerDesk::visitEvents(const QString& door, const core::Uuid7& visit, QObject* asker,
                             Reply<ui::VisitEvents> reply) {
    const auto fromCache = [this, door, visit, guard = QPointer<QObject>(asker), reply = std::move(reply)] {
        if (!guard)
            return;
        Threshold known;
        if (const auto told = m_thresholds.find(door); told != m_thresholds.end())
            known = told->second;
        ask<ui::VisitEvents>(
            guard,
            [door, visit, known](ViewerCache& cache) {
                auto events = cache.visitEvents(door, visit);
                if (events) {
                    events->threshold = known.value;
                    events->modelId = known.modelId;
                }
                return events;
            },
            reply);
    };
    ViewerLink* const one = link(door);
    if (!one || one->view().connection != ui::Connection::Online || m_thresholds.contains(door)) {
        fromCache();
        return;
    }
    const QJsonObject args{{QStringLiteral("visit"), QString::fromStdString(visit.text())},
                           {QStringLiteral("limit"), 1}};
    one->ask(QStringLiteral("log.visit"), args,
             [desk = QPointer(this), door, fromCache](const Result<QJsonObject>& answer, const QByteArray&) {
                 if (!desk)
                     return;
                 if (answer && answer->value(u"threshold").isDouble())
                     desk->m_thresholds[door] = {answer->value(u"model").toString().toStdString(),
                                                 static_cast<float>(answer->value(u"threshold").toDouble())};
                 fromCache();
             });
}

void ViewerDesk::picture(const QString& door, const QString& snapshot, int side, QObject* asker, Reply<QImage> reply) {
    ask<QImage>(
        asker,
        [door, snapshot, side](ViewerCache& cache) { return Result<QImage>(cache.picture(door, snapshot, side)); },
        [this, door, snapshot, side, guard = QPointer<QObject>(asker),
         reply = std::move(reply)](const Result<QImage>& kept) {
            if (!kept->isNull())
                reply(kept);
            else
                fetchPicture(door, snapshot, side, guard, reply);
        });
}

void ViewerDesk::fetchPicture(const QString& door, const QString& snapshot, int side, const QPointer<QObject>& asker,
                              const Reply<QImage>& reply) {
    ViewerLink* const one = link(door);
    if (!one || one->view().connection != ui::Connection::Online) {
        inGui<QImage>(asker, reply, notConnected());
        return;
    }
    const int asked = ViewerCache::askedSide(side);
    one->askPicture(
        snapshot, asked,
        [desk = QPointer(this), door, snapshot, side, asked, asker, reply](const Result<QJsonObject>& answer,
                                                                           const QByteArray& jpeg) {
            if (!desk)
                return;
            if (!answer) {
                desk->inGui<QImage>(asker, reply, answer.error());
                return;
            }
            desk->ask<QImage>(
                asker, [=](ViewerCache& cache) { return cache.keepPicture(door, snapshot, asked, jpeg, side); }, reply);
        });
}

void ViewerDesk::pictureOf(const Notice& notice, const std::function<void(const QImage&)>& reply) {
    if (!notice.snapshot.isEmpty())
        picture(notice.door, notice.snapshot, noticeSide, this, [reply](const Result<QImage>& picture) {
            if (picture)
                reply(*picture);
        });
}

void ViewerDesk::setLive(const QString& door, bool on) {
    if (ViewerLink* const one = link(door))
        one->setLive(on);
}

void ViewerDesk::liveCame(const QString& door, const QJsonObject& header, const QByteArray& jpeg) {
    m_nextLive = Live{door, header, jpeg};
    decodeLive();
}

void ViewerDesk::decodeLive() {
    if (m_decoding || !m_nextLive)
        return;
    m_decoding = true;
    m_frames.post([this, live = *std::exchange(m_nextLive, std::nullopt)](FrameDecoder&) {
        const QImage picture = pictureFrom(live.jpeg, liveSide);
        QMetaObject::invokeMethod(
            this,
            [this, live, picture] {
                m_decoding = false;
                if (!picture.isNull())
                    Q_EMIT frame(live.door, picture, liveFaces(live.header));
                decodeLive();
            },
            Qt::QueuedConnection);
    });
}

void ViewerDesk::act(const QString& door, const QString& action, const QString& reason, QObject* asker,
                     Reply<core::Done> reply) {
    const QPointer<QObject> guard(asker);
    ViewerLink* const one = link(door);
    if (!one || one->view().connection != ui::Connection::Online) {
        inGui<core::Done>(guard, reply, notConnected());
        return;
    }
    one->act(
        action, reason,
        [desk = QPointer(this), guard, reply = std::move(reply)](const Result<QJsonObject>& answer, const QByteArray&) {
            if (desk)
                desk->inGui<core::Done>(guard, reply, answer ? core::Status(core::Done{}) : answer.error());
        });
}

void ViewerDesk::openDoor(const QString& door, const QString& reason, QObject* asker, Reply<core::Done> reply) {
    act(door, QStringLiteral("unlock"), reason, asker, std::move(reply));
}

void ViewerDesk::setLockdown(const QString& door, bool on, const QString& reason, QObject* asker,
                             Reply<core::Done> reply) {
    act(door, on ? QStringLiteral("lockdown_on") : QStringLiteral("lockdown_off"), reason, asker, std::move(reply));
}

void ViewerDesk::answerRing(const QString& ring) {
    const ui::ViewerRing* const one = m_rings.find(ring);
    if (ViewerLink* const door = one ? link(one->door) : nullptr) {
        m_rings.answered(ring);
        door->answerRing(ring);
    }
}

void ViewerDesk::beginPairing(const ui::PairRequest& request, QObject* asker, PairReply<ui::PairCheck> reply) {
    m_pairing = std::make_unique<ViewerPairing>();
    m_pairing->begin(request, [guard = QPointer<QObject>(asker), reply = std::move(reply)](ui::Trouble trouble,
                                                                                           const ui::PairCheck& check) {
        if (guard && reply)
            reply(trouble, check);
    });
}

void ViewerDesk::finishPairing(QObject* asker, PairReply<QString> reply) {
    const auto answer = [guard = QPointer<QObject>(asker), reply = std::move(reply)](ui::Trouble trouble,
                                                                                     const QString& id) {
        if (guard && reply)
            reply(trouble, id);
    };
    if (!m_pairing) {
        QMetaObject::invokeMethod(
            this, [answer] { answer(ui::Trouble::NoPairing, {}); }, Qt::QueuedConnection);
        return;
    }
    m_pairing->finish([this, answer](ui::Trouble trouble, const std::optional<PairedDoor>& paired) {
        if (!paired) {
            answer(trouble, {});
            return;
        }
        const auto kept = keepPaired(m_options.places, *paired);
        if (!kept) {
            qWarning("facelatch-viewer: %s", kept.error().text().c_str());
            answer(ui::Trouble::Closed, {});
            return;
        }
        reload();
        answer(ui::Trouble::None, kept->id);
    });
}

void ViewerDesk::cancelPairing() {
    m_pairing.reset();
}

std::vector<ui::FoundDoor> ViewerDesk::foundDoors() const {
    std::vector<ui::FoundDoor> all;
    for (const network::FoundDoor& door : m_nearby.doors()) {
        const bool paired = std::ranges::any_of(m_book.doors, [&door](const BookDoor& known) {
            return known.door == door.door && known.pin.startsWith(door.pinStart);
        });
        all.push_back({door.door, door.name, door.hosts.value(0), door.port, paired});
    }
    return all;
}

} // namespace facelatch::app
