// SPDX-License-Identifier: GPL-3.0-or-later
// LiveEnroller: the frames of a camera, looked at for a guided enrolment.
#pragma once

#include "core/enrolment_guide.h"
#include "core/frame.h"
#include "core/gallery.h"
#include "recognition/enroller.h"
#include "recognition/model_store.h"
#include "recognition/pipeline.h"
#include "recognition/settings.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace facelatch::recognition {

/// Has networks of its own: they are loaded by create() and freed with the object, so a door pays for them only while
/// somebody is being enrolled. One thread at a time; no clock.
class LiveEnroller {
public:
    /// Errors (OutOfService): a network is missing, that of liveness too unless it is switched off by the settings.
    static core::Result<std::unique_ptr<LiveEnroller>> create(const PipelineSettings& settings,
                                                              const ModelStore& store);

    const std::string& modelId() const { return m_enroller->modelId(); }

    /// Shows the guide what is to be seen, and computes what it asks for. `person`: who is enrolled, when they have an
    /// entry already; then their own row is nobody else's.
    void look(const core::Frame& frame, core::EnrolmentGuide& guide, const core::Gallery& gallery,
              const std::optional<core::PersonId>& person);
    /// One that the guide still wants; nullptr for others.
    const EnrolmentOutcome* picture(std::uint64_t number) const;

private:
    LiveEnroller(std::unique_ptr<Pipeline> pipeline, std::unique_ptr<Enroller> enroller)
        : m_pipeline(std::move(pipeline)), m_enroller(std::move(enroller)) {}
    void examine(const core::Frame& frame, core::EnrolmentGuide& guide, const core::Gallery& gallery,
                 const std::optional<core::PersonId>& person);

    std::unique_ptr<Pipeline> m_pipeline; ///< tracks, quality, liveness
    std::unique_ptr<Enroller> m_enroller; ///< templates
    std::map<std::uint64_t, EnrolmentOutcome> m_pictures;
    std::uint64_t m_lastPicture = 0;
};

/// The most alike of everybody but `except` and those told apart already; nothing when there is nobody else.
std::optional<core::Resemblance> nearestOther(const core::Gallery& gallery, const std::vector<float>& embedding,
                                              const std::optional<core::PersonId>& except,
                                              const std::vector<core::PersonId>& toldApart);

} // namespace facelatch::recognition
