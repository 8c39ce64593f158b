// SPDX-License-Identifier: GPL-3.0-or-later
// InstallerView: names, scores, thresholds and times for whoever sets a door up. Only with screen.installer_overlay.
#pragma once

#include "core/gallery.h"
#include "core/match_rule.h"
#include "core/observation.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::core {

/// What does not change while the door runs.
struct InstallerFacts {
    MatchRule match;
    bool livenessRequired = true;
    float livenessThreshold = 0;
    std::vector<std::string> models; ///< ids, in the order of their stages
};

struct InspectedFace {
    FaceObservation face;
    std::string best, second; ///< names; empty where there is nobody, or nobody any more
};

struct InstallerView {
    InstallerFacts facts;
    std::vector<InspectedFace> faces;    ///< of the newest frame that was looked at
    int frameWidth = 0, frameHeight = 0; ///< of that frame, pixels
    std::optional<StageTimes> times;     ///< as each stage last ran; nothing when they are not measured
    milliseconds frameAge{0};            ///< from its capture to the decision on it
    double cameraRate = 0, lookedAt = 0; ///< frames a second over the last two seconds
    std::uint64_t skipped = 0;           ///< frames that nobody looked at, since the start
};

/// Follows the observations. Used by the door thread only; holds no clock.
class InstallerWatch {
public:
    explicit InstallerWatch(InstallerFacts facts) : m_facts(std::move(facts)) {}
    void setGallery(std::shared_ptr<const Gallery> gallery);
    /// In frame order; `now` on the same clock as capturedAt.
    void observe(const Observation& observation, MonoTime now);
    /// Null before the first observation.
    std::shared_ptr<const InstallerView> view() const { return m_view; }

private:
    struct Seen {
        std::uint64_t number;
        MonoTime capturedAt;
    };
    struct Measured {
        std::chrono::microseconds time{0};
        MonoTime at{};
    };
    static std::chrono::microseconds held(Measured& last, std::chrono::microseconds newest, MonoTime now);
    std::string nameOf(const std::optional<PersonId>& person) const;

    InstallerFacts m_facts;
    std::shared_ptr<const Gallery> m_gallery = std::make_shared<Gallery>();
    std::deque<Seen> m_seen; ///< the last two seconds
    std::uint64_t m_skipped = 0;
    Measured m_detect, m_embed, m_liveness; ///< as they last ran: most frames need not all of them
    std::shared_ptr<const InstallerView> m_view;
};

} // namespace facelatch::core
