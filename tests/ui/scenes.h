// SPDX-License-Identifier: GPL-3.0-or-later
// Scenes: every screen of the kiosk as a value, for the layout tests and the screenshots.
#pragma once

#include "core/doctor.h"
#include "core/latest_frame.h"
#include "ui/kiosk_window.h"

#include <QImage>
#include <QList>
#include <QSize>
#include <QString>

#include <memory>
#include <vector>

namespace facelatch::test {

struct Scene {
    QString name; ///< fit for a file name
    core::VisitorView view;
    std::set<ui::Banner> banners;
    bool longText = false; ///< shows text that cannot fit: an ellipsis is right
    ui::Ring ring = {};
    bool watched = false; ///< somebody looks through the camera
};

/// The moment at which all scenes play: Saturday 21 November 2026, 14:32 UTC.
core::Now sceneNow();
/// Every screen in every state a visitor can meet.
std::vector<Scene> scenes();

/// What the doctor of an unlucky door finds: a line a check, every kind of health.
std::vector<core::CheckLine> doctorLines();

/// A drawn person before a wall, with the face where the scenes have their boxes.
QImage paintedPerson(QSize size);
core::Image coreImage(const QImage& picture);
core::Frame coreFrame(const QImage& picture, std::uint64_t number);

/// Rows for a test's data: the columns "language" and "size", each language at 800x480, 1280x720, 720x1280 and `more`.
void languagesAndSizes(const QList<QSize>& more = {});

/// A config without motion, with names of ordinary length, in the language that is installed.
ui::KioskConfig sceneConfig(const QLocale& locale);
/// A shown window of that size with the scene in it and all layouts settled.
std::unique_ptr<ui::KioskWindow> playScene(const Scene& scene, const ui::KioskConfig& config, core::LatestFrame& frames,
                                           QSize size);

} // namespace facelatch::test
