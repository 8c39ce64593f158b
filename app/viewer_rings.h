// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerRings: who rings, at which door, and what came of it.
//
// Gui thread.
#pragma once

#include "ui/viewer_port.h"

#include <QJsonObject>
#include <QObject>

#include <chrono>
#include <vector>

namespace facelatch::app {

class ViewerRings : public QObject {
    Q_OBJECT
public:
    /// How long one stays after it is over.
    static constexpr std::chrono::minutes stays{2};

    using QObject::QObject;

    /// Newest first.
    const std::vector<ui::ViewerRing>& all() const { return m_rings; }
    const ui::ViewerRing* find(const QString& ring) const;

    void began(const QString& door, const QJsonObject& ring, core::WallTime now);
    void pictureCame(const QString& ring, const QImage& picture);
    /// This viewer said that it answers.
    void answered(const QString& ring);
    /// `me`: what this viewer is called at that door.
    void ended(const QJsonObject& over);
    void dismiss(const QString& ring);
    void forgetDoor(const QString& door);

Q_SIGNALS:
    void changed();
    /// It rings now, or its picture came.
    void rings(const facelatch::ui::ViewerRing& ring);
    void over(const QString& ring);

private:
    ui::ViewerRing* findOurs(const QString& ring);

    std::vector<ui::ViewerRing> m_rings;
    std::vector<QString> m_answered; ///< by this viewer, whether the door took it or not
};

} // namespace facelatch::app
