// SPDX-License-Identifier: GPL-3.0-or-later
// BenchRun: one run of facelatch-ctl bench, with what its figures share: models, faces, the original's cost, kiosks.
#pragma once

#include "app/bench_faces.h"
#include "app/bench_kiosk.h"
#include "app/bench_stats.h"
#include "app/command_line.h"

#include <map>
#include <optional>
#include <string>

namespace facelatch::app {

struct BenchOptions {
    int rounds = 0;     ///< 0: each figure's own number
    bool quick = false; ///< short, to try it out
    std::string faces;  ///< folder with one folder of photographs a person; empty: as the demo door
    std::string folder; ///< where the log's figures write; empty: a temporary folder on a disk
};

/// What one frame costs the original way, by its parts.
struct OriginalCost {
    Costs detect, align, embed, whole;
    bool landmarks = false;
    std::string blas;        ///< the library that does its matrix products
    bool blasIsSlow = false; ///< it is the plain reference implementation
};

/// Everything is made when first asked for and kept. One thread.
class BenchRun {
public:
    BenchRun(const LoadedSettings& loaded, BenchOptions options);
    ~BenchRun();

    const LoadedSettings& loaded() const { return m_loaded; }
    const BenchOptions& options() const { return m_options; }
    /// What was asked for, else the quick or the normal number.
    int rounds(int normal, int quick) const;

    /// Errors: a model that is needed is not there.
    core::Status needModels(bool liveness);
    const core::Result<recognition::ModelStore>& models();
    /// Errors: no photographs, or none that can be used.
    const core::Result<BenchFaces>& faces();
    const core::Result<OriginalCost>& original();
    /// A kiosk that has had visits. Errors: it could not be started, or went wrong.
    const core::Result<VisitsRun>& visits(bool liveness);

private:
    const LoadedSettings& m_loaded;
    BenchOptions m_options;
    std::optional<core::Result<recognition::ModelStore>> m_models;
    std::optional<core::Result<BenchFaces>> m_faces;
    std::optional<core::Result<OriginalCost>> m_original;
    std::map<bool, core::Result<VisitsRun>> m_visits;
};

/// The settings with liveness off or passive.
core::Settings withLiveness(const core::Settings& settings, bool liveness);

} // namespace facelatch::app
