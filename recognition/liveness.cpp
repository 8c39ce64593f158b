// SPDX-License-Identifier: GPL-3.0-or-later
// Logits to log-odds, log-odds to a verdict.
#include "recognition/liveness.h"

#include "recognition/face_crop.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/core.hpp>

namespace facelatch::recognition {

namespace {
constexpr float kMostCertain = 10;
} // namespace

float liveLogOdds(std::span<const float> logits, int liveIndex) {
    const auto live = static_cast<std::size_t>(liveIndex);
    if (live >= logits.size() || !std::all_of(logits.begin(), logits.end(), [](float v) { return std::isfinite(v); }))
        return -kMostCertain;
    const float top = *std::max_element(logits.begin(), logits.end());
    float others = 0;
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (i != live)
            others += std::exp(logits[i] - top);
    const float odds = logits[live] - top - std::log(std::max(others, 1e-30F));
    return std::clamp(odds, -kMostCertain, kMostCertain);
}

core::Result<std::unique_ptr<LivenessModel>> LivenessModel::create(const ModelStore& store, std::string_view id) {
    const ModelRow* row = store.manifest().find(id);
    if (row != nullptr && row->kind != ModelKind::Liveness)
        return core::Error{core::ErrorKind::Usage, "the model '" + row->id + "' is no liveness model", "liveness.model",
                           "Name a model of kind liveness of the manifest"};
    auto network = store.load(id);
    if (!network)
        return network.error();
    return std::unique_ptr<LivenessModel>(new LivenessModel(std::move(*network)));
}

core::Result<float> LivenessModel::score(const core::Image& picture, const core::RectF& box) {
    const cv::Mat face = faceCrop(picture, box, m_network->row());
    if (face.empty())
        return core::fail("the face lies outside the picture", m_network->row().id);
    const auto outputs = m_network->run(face);
    if (!outputs)
        return outputs.error();
    return liveLogOdds(outputs->front().values, m_network->row().liveIndex);
}

void LivenessAverage::add(float score, const LivenessSettings& settings) {
    m_scores.push_back(std::isfinite(score) ? score : -kMostCertain);
    while (m_scores.size() > static_cast<std::size_t>(std::max(1, settings.window)))
        m_scores.pop_front();
}

core::Liveness LivenessAverage::verdict(const LivenessSettings& settings) const {
    core::Liveness liveness;
    liveness.frames = frames();
    if (m_scores.empty())
        return liveness;
    liveness.score = std::accumulate(m_scores.begin(), m_scores.end(), 0.0F) / static_cast<float>(m_scores.size());
    if (liveness.frames >= settings.minFrames)
        liveness.verdict =
            liveness.score > settings.threshold ? core::LivenessVerdict::Live : core::LivenessVerdict::Spoof;
    return liveness;
}

} // namespace facelatch::recognition
