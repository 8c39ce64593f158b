// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures a door sent: decoded with bounds, for a door is trusted with its picture and with nothing else.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QJsonObject>

#include "ui/viewer_port.h"

#include <vector>

namespace facelatch::app {

/// The longer side at most `side` pixels; null when it is no JPEG, or one of a size no camera has. Any thread.
QImage pictureFrom(const QByteArray& jpeg, int side);

/// `faces` of a live frame's header.
std::vector<ui::LiveFace> liveFaces(const QJsonObject& header);

} // namespace facelatch::app
