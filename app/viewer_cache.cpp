// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of logs and pictures.
#include "app/viewer_cache.h"

#include "app/viewer_picture.h"
#include "storage/event_csv.h"

#include <QDir>
#include <QLocale>
#include <QSaveFile>

#include <algorithm>
#include <set>

namespace facelatch::app {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

/// Sizes that are asked of a door.
constexpr std::array askedSides{160, 480, 1280};
/// Visits looked at for those refused in a row; more are told as so many.
constexpr int rowLooked = 20;
constexpr int visitEventsMost = 1000;

QString pictureKey(const QString& name, int side) {
    return name + QLatin1Char('@') + QString::number(side);
}

} // namespace

struct ViewerCache::Readers {
    std::vector<std::unique_ptr<storage::LogReader>> open;
    std::vector<ReadableLog> logs;
};

ViewerCache::~ViewerCache() = default;

Result<CacheNews> ViewerCache::open(const QString& door, const QString& folder) {
    m_doors.erase(door);
    storage::CacheReport report;
    auto log = storage::LogCache::open(folder.toStdString(), {m_limits.rows}, report);
    if (!log)
        return log.error();
    Kept& kept = m_doors[door];
    kept.folder = folder;
    kept.log = *std::move(log);
    kept.pictures = std::make_unique<storage::PictureCache>((folder + QStringLiteral("/pictures")).toStdString(),
                                                            m_limits.pictureBytes);
    auto news = newsOf(kept);
    if (news && !report.setAside.empty())
        news->told =
            "the copy of a door's log was damaged and is made anew; the damaged one lies in " + report.setAside;
    return news;
}

void ViewerCache::forget(const QString& door, const QString& folder) {
    m_doors.erase(door);
    QDir(folder).removeRecursively();
}

Result<CacheNews> ViewerCache::news(const QString& door) const {
    const auto found = m_doors.find(door);
    if (found == m_doors.end())
        return Error{ErrorKind::NotFound, "nothing is kept of this door", door.toStdString(), {}};
    return newsOf(found->second);
}

Result<CacheNews> ViewerCache::append(const QString& door, const std::string& logId,
                                      const std::vector<core::CommittedEvent>& events) {
    const auto found = m_doors.find(door);
    if (found == m_doors.end())
        return Error{ErrorKind::NotFound, "nothing is kept of this door", door.toStdString(), {}};
    const auto appended = found->second.log->append(logId, events);
    if (appended)
        return newsOf(found->second);
    if (!found->second.log->damaged())
        return appended.error();
    const auto anew = open(door, QString(found->second.folder));
    return anew ? Error{ErrorKind::Conflict, anew->told, {}, {}} : anew.error();
}

Result<CacheNews> ViewerCache::newsOf(const Kept& kept) const {
    CacheNews news;
    news.cursor = kept.log->cursor();
    const auto reader = kept.log->reader();
    if (!reader)
        return reader.error();
    auto newest = (*reader)->page({}, {}, 1);
    if (!newest)
        return newest.error();
    if (!newest->empty())
        news.last = std::move(newest->front());
    const auto visits = (*reader)->visits({}, std::nullopt, rowLooked);
    if (!visits)
        return visits.error();
    for (const storage::VisitLine& line : visits->visits) {
        if (line.shown.event.outcome == core::Outcome::Granted)
            break;
        ++news.refusedInARow;
    }
    return news;
}

Result<ViewerCache::Readers> ViewerCache::readersOf(const QStringList& doors) const {
    Readers readers;
    for (const auto& [door, kept] : m_doors) {
        if (!doors.isEmpty() && !doors.contains(door))
            continue;
        auto reader = kept.log->reader();
        if (!reader)
            return reader.error();
        readers.logs.push_back({door, reader->get()});
        readers.open.push_back(*std::move(reader));
    }
    return readers;
}

Result<ui::VisitPage> ViewerCache::visits(const VisitSearch& search, const QByteArray& below, int limit) {
    const auto readers = readersOf(search.query.doors);
    if (!readers)
        return readers.error();
    return visitPage(readers->logs, search, below, limit);
}

Result<ui::VisitEvents> ViewerCache::visitEvents(const QString& door, const core::Uuid7& visit) {
    const auto readers = readersOf({door});
    if (!readers)
        return readers.error();
    if (readers->logs.empty())
        return Error{ErrorKind::NotFound, "nothing is kept of this door", {}, {}};
    storage::EventFilter filter;
    filter.visit = visit;
    auto events = readers->logs.front().reader->page(filter, {.afterSeq = 0, .beforeSeq = {}}, visitEventsMost);
    if (!events)
        return events.error();
    ui::VisitEvents found;
    found.events = *std::move(events);
    return found;
}

Result<QStringList> ViewerCache::people(const QStringList& doors) {
    const auto readers = readersOf(doors);
    if (!readers)
        return readers.error();
    std::set<std::string> names;
    for (const ReadableLog& log : readers->logs) {
        const auto named = log.reader->namesWith({});
        if (!named)
            return named.error();
        names.insert(named->begin(), named->end());
    }
    QStringList list;
    for (const std::string& name : names)
        list << QString::fromStdString(name);
    std::ranges::sort(list, [](const QString& a, const QString& b) { return a.localeAwareCompare(b) < 0; });
    return list;
}

Result<ui::VisitDays> ViewerCache::days(const QStringList& doors, QDate month) {
    const auto readers = readersOf(doors);
    if (!readers)
        return readers.error();
    ui::VisitDays days;
    for (const ReadableLog& log : readers->logs) {
        const auto found = log.reader->localDays(month.year(), month.month());
        if (!found)
            return found.error();
        days.days.unite(QSet<int>(found->days.begin(), found->days.end()));
        const QDate first = QDate::fromString(QString::fromStdString(found->first), Qt::ISODate);
        const QDate latest = QDate::fromString(QString::fromStdString(found->latest), Qt::ISODate);
        if (first.isValid() && (!days.first.isValid() || first < days.first))
            days.first = first;
        if (latest.isValid() && (!days.latest.isValid() || latest > days.latest))
            days.latest = latest;
    }
    return days;
}

Result<qint64> ViewerCache::exportCsv(const VisitSearch& search, const QString& file) {
    const auto readers = readersOf(search.query.doors);
    if (!readers)
        return readers.error();
    const auto failed = [&file](const QSaveFile& out) {
        return core::fail("the file cannot be written: " + out.errorString().toStdString(), file.toStdString(),
                          "Choose another folder, or free space there");
    };
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return failed(out);
    out.write(QByteArray::fromStdString(storage::csvLine(storage::eventCsvColumns())));
    qint64 rows = 0;
    const auto walked = eachEvent(readers->logs, search, [&](const core::CommittedEvent& event) {
        ++rows;
        return out.write(QByteArray::fromStdString(storage::csvLine(storage::eventCsvFields(event)))) > 0;
    });
    if (!walked)
        return walked.error();
    return out.commit() ? Result<qint64>(rows) : failed(out);
}

int ViewerCache::askedSide(int side) {
    const auto enough = std::ranges::find_if(askedSides, [side](int asked) { return asked >= side; });
    return enough == askedSides.end() ? askedSides.back() : *enough;
}

QImage ViewerCache::picture(const QString& door, const QString& name, int side) {
    const auto found = m_doors.find(door);
    if (found == m_doors.end())
        return {};
    for (const int asked : askedSides) {
        if (asked < askedSide(side))
            continue;
        if (const QByteArray jpeg = found->second.pictures->find(pictureKey(name, asked)); !jpeg.isEmpty())
            return pictureFrom(jpeg, side);
    }
    return {};
}

Result<QImage> ViewerCache::keepPicture(const QString& door, const QString& name, int askedSide, const QByteArray& jpeg,
                                        int side) {
    QImage picture = pictureFrom(jpeg, side);
    if (picture.isNull())
        return core::fail("the door sent no picture");
    if (const auto found = m_doors.find(door); found != m_doors.end())
        if (const auto kept = found->second.pictures->keep(pictureKey(name, askedSide), jpeg); !kept)
            qWarning("facelatch-viewer: %s", kept.error().text().c_str()); // it is shown all the same
    return picture;
}

} // namespace facelatch::app
