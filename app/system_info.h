// SPDX-License-Identifier: GPL-3.0-or-later
// What the system screen shows of a running door.
#pragma once

#include "app/command_line.h"
#include "app/doctor.h"
#include "core/observation.h"

#include <QJsonObject>

#include <optional>

namespace facelatch::app {

/// Of what recognition did for a moment: means over the pictures in which a stage ran.
struct RecognitionTimes {
    int frames = 0; ///< that were looked at
    std::optional<double> detectMs, embedMs, livenessMs;
    double wholeMs = 0;
};
RecognitionTimes meanTimes(const std::vector<core::StageTimes>& times);

/// system.info {} -> {camera: {source, width, height, rate, asked, age_ms, brightness, sharpness, exposure, gain,
/// error}, viewers: {enabled, listening, where, viewers, online, error, certificate: {fingerprint, names, valid_from,
/// valid_until, own}}, recognition: {model, detector, liveness, frames, detect_ms, embed_ms, liveness_ms, whole_ms},
/// models: [{id, kind, used, file, state, sha256, licence, source}], storage: {folder, free, database, pictures,
/// events, last_backup (0: never), last_backup_file}, versions: [{name, version}], network: {addresses, route},
/// temperature: {celsius, sensor}, tests: {lock, speaker, buzzer}}. What is not known is left out. Reads model files
/// and the log: a second or two, its own thread.
QJsonObject systemInfo(const LoadedSettings& loaded, const LiveFacts& live, const RecognitionTimes& times);

/// system.check {} -> {lines: [...], worst}: the doctor's.
QJsonObject checkJson(const std::vector<core::CheckLine>& lines);

} // namespace facelatch::app
