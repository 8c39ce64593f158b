// SPDX-License-Identifier: GPL-3.0-or-later
// News.
#include "app/viewer_notices.h"

#include "ui/notice_words.h"
#include "ui/viewer_words.h"

#include <algorithm>

namespace facelatch::app {

using core::Outcome;
using ui::NoticeKind;
using ui::NoticeWords;

namespace {

/// Visits that are remembered as told.
constexpr std::size_t rememberedVisits = 200;

const ui::NoticeWay& wayOf(const ui::ViewerSettings& settings, NoticeKind kind) {
    return settings
        .notices[static_cast<std::size_t>(std::ranges::find(ui::noticeKinds, kind) - ui::noticeKinds.begin())];
}

bool quietAt(const ui::ViewerSettings& settings, QTime time) {
    if (!settings.quiet || settings.quietFrom == settings.quietUntil)
        return false;
    const bool after = time >= settings.quietFrom, before = time < settings.quietUntil;
    return settings.quietFrom < settings.quietUntil ? after && before : after || before;
}

/// Somebody in the background of another's visit was not refused: nobody decided about them.
bool concernsNobody(const core::Event& event) {
    return event.reason == core::Reason::NotClaimant;
}

} // namespace

bool tellsOnDesktop(const ui::ViewerSettings& settings, NoticeKind kind, QTime time) {
    return wayOf(settings, kind).desktop && (kind == NoticeKind::Alarm || !quietAt(settings, time));
}

bool tellsBySound(const ui::ViewerSettings& settings, NoticeKind kind, QTime time) {
    return wayOf(settings, kind).sound && !quietAt(settings, time);
}

bool NoticeRules::firstOf(const QString& door, const core::Event& event) {
    auto& visits = m_told[door].visits;
    const std::pair told(event.visit, event.outcome);
    if (std::ranges::find(visits, told) != visits.end())
        return false;
    visits.push_back(told);
    if (visits.size() > rememberedVisits)
        visits.pop_front();
    return true;
}

std::optional<Notice> NoticeRules::event(const ui::ViewerDoor& door, const core::CommittedEvent& committed) {
    const core::Event& event = committed.event;
    if (concernsNobody(event) || !firstOf(door.id, event))
        return std::nullopt;
    const bool granted = event.outcome == Outcome::Granted;
    Notice notice;
    notice.kind = granted ? NoticeKind::Granted : NoticeKind::Refused;
    notice.key = QString::fromStdString(event.visit.text());
    notice.door = door.id;
    notice.title = NoticeWords::title(event, ui::ViewerWords::name(door));
    notice.text = NoticeWords::text(event, m_locale);
    notice.visit = event.visit;
    notice.snapshot = QString::fromStdString(committed.snapshot);
    return notice;
}

std::optional<Notice> NoticeRules::missed(const ui::ViewerDoor& door, const core::CommittedEvent& committed,
                                          bool last) {
    Told& told = m_told[door.id];
    const core::Event& event = committed.event;
    if (!concernsNobody(event)) {
        if (event.outcome == Outcome::Denied && firstOf(door.id, event))
            told.missedRefused.insert(event.visit);
        else if (event.outcome == Outcome::Granted)
            told.missedRefused.erase(event.visit);
    }
    const auto refused = static_cast<int>(told.missedRefused.size());
    if (!last || refused == 0)
        return std::nullopt;
    Notice notice;
    notice.key = QStringLiteral("missed/") + door.id;
    notice.door = door.id;
    notice.title = NoticeWords::missedTitle(refused, ui::ViewerWords::name(door));
    notice.text = NoticeWords::missedText();
    notice.visit = *told.missedRefused.rbegin();
    told.missedRefused.clear();
    return notice;
}

std::vector<Notice> NoticeRules::faults(const ui::ViewerDoor& door) {
    Told& told = m_told[door.id];
    std::set<std::pair<QString, qint64>> standing;
    std::vector<Notice> notices;
    for (const ui::ViewerFault& fault : door.faults) {
        const std::pair one(fault.code, qint64{fault.since.time_since_epoch().count()});
        standing.insert(one);
        if (told.faults.contains(one))
            continue;
        Notice notice;
        notice.kind = NoticeKind::Alarm;
        notice.key = QStringLiteral("fault/") + door.id + QLatin1Char('/') + fault.code;
        notice.door = door.id;
        notice.title = NoticeWords::faultTitle(fault.stops, ui::ViewerWords::name(door));
        notice.text = ui::ViewerWords::fault(fault.code);
        notices.push_back(std::move(notice));
    }
    told.faults = std::move(standing);
    return notices;
}

std::optional<Notice> NoticeRules::ring(const ui::ViewerDoor& door, const ui::ViewerRing& ring) {
    if (ring.over)
        return std::nullopt;
    Notice notice;
    notice.kind = NoticeKind::Doorbell;
    notice.key = keyOfRing(ring.id);
    notice.door = door.id;
    notice.title = NoticeWords::ringTitle(ui::ViewerWords::name(door));
    notice.text = NoticeWords::ringText();
    notice.picture = ring.picture;
    return notice;
}

QString NoticeRules::keyOfRing(const QString& ring) {
    return QStringLiteral("ring/") + ring;
}

void NoticeRules::forget(const QString& door) {
    m_told.erase(door);
}

} // namespace facelatch::app
