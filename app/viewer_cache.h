// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerCache: what the viewer keeps of its doors, in a thread of its own: events, pictures, and what is asked of them.
#pragma once

#include "app/viewer_visits.h"
#include "core/result.h"
#include "storage/log_cache.h"
#include "storage/picture_cache.h"
#include "ui/viewer_port.h"

#include <QByteArray>
#include <QDate>
#include <QImage>
#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace facelatch::app {

struct CacheLimits {
    std::int64_t rows = 100'000;
    std::int64_t pictureBytes = std::int64_t{200} << 20; ///< of one door
};

/// How things stand with one door's copy.
struct CacheNews {
    std::optional<storage::CacheCursor> cursor;
    std::optional<core::CommittedEvent> last; ///< the newest event
    int refusedInARow = 0;                    ///< visits since the last one that was let in
    std::string told;                         ///< what its owner should know, such as a damaged copy set aside
};

/// Lives, and is called, in the cache thread only.
class ViewerCache {
public:
    explicit ViewerCache(CacheLimits limits = {}) : m_limits(limits) {}
    ~ViewerCache();

    /// Makes it where there is none.
    core::Result<CacheNews> open(const QString& door, const QString& folder);
    /// Closes it and takes all of it away, its folder included.
    void forget(const QString& door, const QString& folder);
    /// As LogCache::append(). After a damage it is made anew, and the error is a Conflict: follow anew.
    core::Result<CacheNews> append(const QString& door, const std::string& logId,
                                   const std::vector<core::CommittedEvent>& events);

    core::Result<CacheNews> news(const QString& door) const;

    core::Result<ui::VisitPage> visits(const VisitSearch& search, const QByteArray& below, int limit);
    core::Result<ui::VisitEvents> visitEvents(const QString& door, const core::Uuid7& visit);
    core::Result<QStringList> people(const QStringList& doors);
    core::Result<ui::VisitDays> days(const QStringList& doors, QDate month);
    core::Result<qint64> exportCsv(const VisitSearch& search, const QString& file);

    /// Null when it is not kept. `side` is the longer one's length.
    QImage picture(const QString& door, const QString& name, int side);
    /// Keeps what the door sent and decodes it. Error: it is no picture.
    core::Result<QImage> keepPicture(const QString& door, const QString& name, int askedSide, const QByteArray& jpeg,
                                     int side);
    /// What is asked of a door for a picture of that size: few sizes, so that each is asked once.
    static int askedSide(int side);

private:
    struct Kept {
        QString folder;
        std::unique_ptr<storage::LogCache> log;
        std::unique_ptr<storage::PictureCache> pictures;
    };
    struct Readers;
    core::Result<Readers> readersOf(const QStringList& doors) const;
    core::Result<CacheNews> newsOf(const Kept& kept) const;

    CacheLimits m_limits;
    std::map<QString, Kept> m_doors;
};

} // namespace facelatch::app
