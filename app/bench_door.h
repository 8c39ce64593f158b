// SPDX-License-Identifier: GPL-3.0-or-later
// BenchDoor: recognition and the door's rules in this thread, fed with frames at the pace of a made-up clock.
#pragma once

#include "app/bench_stats.h"
#include "core/access_controller.h"
#include "core/settings.h"
#include "recognition/model_store.h"
#include "recognition/pipeline.h"

#include <memory>

namespace facelatch::app {

/// One thread. The clock goes on by a thirtieth of a second with each frame, however long the frame took.
class BenchDoor {
public:
    struct Seen {
        Cost cost;             ///< of recognition alone
        bool released = false; ///< the rules would have released the lock on this frame
        core::Observation observation;
    };

    /// Errors: those of Pipeline::create(); a model that is missing.
    static core::Result<std::unique_ptr<BenchDoor>> create(const core::Settings& settings,
                                                           const recognition::ModelStore& models,
                                                           std::shared_ptr<const core::Gallery> gallery);

    /// Nobody was there: forgets everything, and looks at `empty` for a second.
    void clear(const core::Image& empty);
    Seen look(const core::Image& frame);

private:
    BenchDoor(std::unique_ptr<recognition::Pipeline> pipeline, core::AccessRules rules,
              std::shared_ptr<const core::Gallery> gallery);

    std::unique_ptr<recognition::Pipeline> m_pipeline;
    core::AccessRules m_rules;
    std::shared_ptr<const core::Gallery> m_gallery;
    std::unique_ptr<core::AccessController> m_controller;
    core::Now m_now;
    std::uint64_t m_number = 0;
};

} // namespace facelatch::app
