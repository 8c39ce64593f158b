// SPDX-License-Identifier: GPL-3.0-or-later
// BenchFaces: people for facelatch-ctl bench, enrolled, and photographs of theirs that the door lets in.
#pragma once

#include "app/enrolment.h"
#include "core/gallery.h"
#include "core/settings.h"
#include "recognition/model_store.h"

#include <memory>
#include <string>
#include <vector>

namespace facelatch::app {

struct BenchFaces {
    struct Known {
        std::string name;
        Enrolment enrolment;
    };
    std::vector<Known> people;
    std::shared_ptr<const core::Gallery> gallery; ///< of them
    /// Photographs, none of them enrolled, of faces that the door's rules let in without and with the liveness check.
    /// What cannot be recognised at all has no time until it is.
    std::vector<core::Image> visitors, livingVisitors;
    int looked = 0; ///< photographs tried

    const std::vector<core::Image>& visitorsFor(bool liveness) const { return liveness ? livingVisitors : visitors; }
};

/// From `folder` (one folder of photographs a person), or where the demo door finds its own when that is empty. Takes
/// some seconds. Errors: no photographs, a missing model, nobody that can be enrolled and let in.
core::Result<BenchFaces> findFaces(const std::string& folder, const core::Settings& settings,
                                   const recognition::ModelStore& models);

} // namespace facelatch::app
