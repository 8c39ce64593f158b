// SPDX-License-Identifier: GPL-3.0-or-later
// Rings.
#include "app/viewer_rings.h"

#include "app/viewer_wire.h"

#include <QTimer>

#include <algorithm>

namespace facelatch::app {

namespace {
/// A door that rings without end fills no memory.
constexpr std::size_t mostRings = 20;
} // namespace

const ui::ViewerRing* ViewerRings::find(const QString& ring) const {
    const auto found = std::ranges::find(m_rings, ring, &ui::ViewerRing::id);
    return found == m_rings.end() ? nullptr : &*found;
}

ui::ViewerRing* ViewerRings::findOurs(const QString& ring) {
    const auto found = std::ranges::find(m_rings, ring, &ui::ViewerRing::id);
    return found == m_rings.end() ? nullptr : &*found;
}

void ViewerRings::began(const QString& door, const QJsonObject& ring, core::WallTime now) {
    const QString id = ring.value(u"id").toString();
    if (id.isEmpty() || findOurs(id)) // told again after a lost connection
        return;
    ui::ViewerRing one;
    one.id = id;
    one.door = door;
    one.time = timeOf(ring.value(u"time").toString()).value_or(now);
    m_rings.insert(m_rings.begin(), one);
    if (m_rings.size() > mostRings)
        m_rings.pop_back();
    Q_EMIT changed();
    Q_EMIT rings(one);
}

void ViewerRings::pictureCame(const QString& ring, const QImage& picture) {
    ui::ViewerRing* const one = findOurs(ring);
    if (!one || picture.isNull())
        return;
    one->picture = picture;
    const ui::ViewerRing copy = *one;
    Q_EMIT changed();
    Q_EMIT rings(copy);
}

void ViewerRings::answered(const QString& ring) {
    if (findOurs(ring))
        m_answered.push_back(ring);
}

void ViewerRings::ended(const QJsonObject& over_) {
    const QString id = over_.value(u"id").toString();
    ui::ViewerRing* const one = findOurs(id);
    if (!one || one->over)
        return;
    one->over = true;
    one->answeredBy = over_.value(u"answered_by").toString();
    one->byMe = !one->answeredBy.isEmpty() && over_.value(u"by_you").toBool(std::ranges::count(m_answered, id) > 0);
    std::erase(m_answered, id);
    QTimer::singleShot(stays, this, [this, id] { dismiss(id); });
    Q_EMIT changed();
    Q_EMIT over(id);
}

void ViewerRings::dismiss(const QString& ring) {
    if (std::erase_if(m_rings, [&ring](const ui::ViewerRing& one) { return one.id == ring; }) > 0) {
        Q_EMIT changed();
        Q_EMIT over(ring);
    }
}

void ViewerRings::forgetDoor(const QString& door) {
    if (std::erase_if(m_rings, [&door](const ui::ViewerRing& one) { return one.door == door; }) > 0)
        Q_EMIT changed();
}

} // namespace facelatch::app
