// SPDX-License-Identifier: GPL-3.0-or-later
// An enrolment's state as JSON: what the commands enrol.* answer and the screen reads.
#pragma once

#include "core/close_pairs.h"
#include "core/enrolment_view.h"
#include "core/gallery.h"
#include "core/image.h"
#include "core/result.h"

#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace facelatch::app {

/// {phase, hint, stop, current, progress, taken, score, detail, frame: {width, height}, face: [x, y, width, height] or
/// null, others: [[...]], pictures: [number or null, five of them], someone_else: {id, name} or null}.
QJsonObject toJson(const core::EnrolmentView& view);

/// {pairs: [{first: {id, name}, second: {id, name}, score}]}. People who have no row any more are left out.
QJsonObject toJson(const std::vector<core::ClosePair>& pairs, const core::Gallery& gallery);

/// {jpeg: base64}. Errors: an empty picture.
core::Result<QJsonObject> pictureJson(const core::Image& image);

} // namespace facelatch::app
