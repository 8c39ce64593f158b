// SPDX-License-Identifier: GPL-3.0-or-later
// Liveness: whether a face lives, one picture at a time, and the mean over the newest frames of a track.
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/observation.h"
#include "core/result.h"
#include "recognition/inference.h"
#include "recognition/model_store.h"
#include "recognition/settings.h"

#include <deque>
#include <memory>
#include <span>
#include <string_view>

namespace facelatch::recognition {

/// Log-odds of "live": its logit minus the log of the sum of the others' exponentials. With two logits that is their
/// difference. Limited to +-10, so that one wild frame does not outweigh the others. Not a number: -10.
float liveLogOdds(std::span<const float> logits, int liveIndex);

/// The passive check of one picture. One thread at a time.
class LivenessModel {
public:
    /// Errors: those of ModelStore::load(); a row of another kind.
    static core::Result<std::unique_ptr<LivenessModel>> create(const ModelStore& store, std::string_view id);

    /// Log-odds of live; above the threshold is live. Errors: a face outside the picture, a failing network.
    core::Result<float> score(const core::Image& picture, const core::RectF& box);

private:
    explicit LivenessModel(std::unique_ptr<Inference> network) : m_network(std::move(network)) {}
    std::unique_ptr<Inference> m_network;
};

/// The opinion on one track. Never sticks: it is the mean of the newest `window` scores, so that a picture held up
/// later turns Live into Spoof.
class LivenessAverage {
public:
    void add(float score, const LivenessSettings& settings);
    /// Pending below minFrames; then Live above the threshold, Spoof otherwise.
    core::Liveness verdict(const LivenessSettings& settings) const;
    int frames() const { return static_cast<int>(m_scores.size()); }

private:
    std::deque<float> m_scores;
};

} // namespace facelatch::recognition
