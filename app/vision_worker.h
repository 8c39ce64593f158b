// SPDX-License-Identifier: GPL-3.0-or-later
// VisionWorker: the vision thread. Takes the newest frame, looks at it, hands the observation to the door.
#pragma once

#include "core/fault.h"
#include "core/latest_frame.h"
#include "recognition/pipeline.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace facelatch::app {

struct VisionContext {
    recognition::PipelineSettings settings;
    recognition::ModelStore models;
    core::LatestFrame& frames;
    std::function<void(core::Observation)> observed; ///< called in the vision thread; must not block
    std::function<void(core::Fault)> raise;
    std::function<void(core::FaultCode)> clear;
    bool measure = false; ///< observations tell where their time went
};

/// Lives in the vision thread only.
class VisionWorker : public QObject {
    Q_OBJECT
public:
    explicit VisionWorker(VisionContext context);

    void setGallery(std::shared_ptr<const core::Gallery> gallery);
    /// While somebody is being enrolled the door sees nobody; afterwards everybody is seen for the first time.
    void rest(bool resting);
    /// Measures for a moment where the time of the pictures goes; answers then, in this thread.
    void tellTimes(std::function<void(std::vector<core::StageTimes>)> done);

private:
    void loadModels();
    void step();

    VisionContext m_context;
    std::unique_ptr<recognition::Pipeline> m_pipeline;
    std::shared_ptr<const core::Gallery> m_gallery;
    std::uint64_t m_seen = 0;
    bool m_resting = false;
    std::vector<std::function<void(std::vector<core::StageTimes>)>> m_timesWanted;
    std::vector<core::StageTimes> m_times;
    QTimer m_timer;
    QTimer m_retry; ///< while models are missing: they may have been installed meanwhile
};

} // namespace facelatch::app
