// SPDX-License-Identifier: GPL-3.0-or-later
// What is shared by the figures, made when first asked for.
#include "app/bench_run.h"

#include "app/bench_scene.h"
#include "app/model_files.h"
#include "recognition/reference_way.h"

#include <algorithm>
#include <fstream>

namespace facelatch::app {

namespace {

/// Looked at once: which library answers when dlib asks for a matrix product.
void findBlas(OriginalCost& cost) {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const auto slash = line.find('/');
        const std::string file = slash == std::string::npos ? std::string() : line.substr(slash);
        const auto name = file.rfind('/') == std::string::npos ? file : file.substr(file.rfind('/') + 1);
        if (name.starts_with("libblas.so") || name.starts_with("libopenblas") || name.starts_with("libblis"))
            cost.blas = file;
    }
    cost.blasIsSlow = cost.blas.find("/blas/libblas.so") != std::string::npos;
}

core::Result<OriginalCost> measureOriginal(const recognition::ModelStore& models, const BenchFaces& faces, int rounds) {
    const recognition::ModelStatus file = models.check("dlib-68");
    OriginalCost cost;
    cost.landmarks = file.state == recognition::ModelState::Good;
    auto way = recognition::ReferenceWay::create(cost.landmarks ? file.path : std::string());
    if (!way)
        return way.error();
    BenchScene scene(faces.visitors.front());
    int seen = 0;
    for (int round = -2; round < rounds; ++round) { // the first two warm up
        const core::Image frame = scene.face();
        core::Result<std::vector<core::RectF>> found = std::vector<core::RectF>{};
        core::Status aligned = core::Done{};
        core::Result<std::vector<float>> embedded = std::vector<float>{};
        const Cost detect = costOf([&] { found = (*way)->detect(frame); });
        if (!found)
            return found.error();
        if (found->empty())
            continue; // the original would have stopped here: a frame without its other stages does not count
        const Cost align = costOf([&] { aligned = (*way)->align(frame, found->front()); });
        const Cost embed = costOf([&] { embedded = (*way)->embed(); });
        if (!aligned || !embedded)
            return aligned ? embedded.error() : aligned.error();
        ++seen;
        if (round < 0)
            continue;
        cost.detect.add(detect);
        cost.align.add(align);
        cost.embed.add(embed);
        Cost whole = detect;
        whole += align;
        cost.whole.add(whole += embed);
    }
    if (seen == 0 || cost.whole.wallMs.empty())
        return core::fail("dlib's frontal detector sees no face on the frames, so that the original way cannot be "
                          "measured",
                          {}, "Name other photographs with --faces DIR");
    findBlas(cost);
    return cost;
}

} // namespace

core::Settings withLiveness(const core::Settings& settings, bool liveness) {
    core::Settings changed = settings;
    if (const auto set =
            changed.setText("liveness.policy", liveness ? "passive" : "off", core::SettingOrigin::CommandLine, "bench");
        !set)
        return settings;
    return changed;
}

BenchRun::BenchRun(const LoadedSettings& loaded, BenchOptions options)
    : m_loaded(loaded), m_options(std::move(options)) {}
BenchRun::~BenchRun() = default;

int BenchRun::rounds(int normal, int quick) const {
    if (m_options.rounds > 0)
        return m_options.rounds;
    return m_options.quick ? quick : normal;
}

const core::Result<recognition::ModelStore>& BenchRun::models() {
    if (!m_models)
        m_models = openModels(m_loaded.settings, m_loaded.dataFolder);
    return *m_models;
}

core::Status BenchRun::needModels(bool liveness) {
    const auto& store = models();
    if (!store)
        return store.error();
    for (const std::string& id : neededModels(withLiveness(m_loaded.settings, liveness)))
        if (const auto status = store->check(id); status.state != recognition::ModelState::Good)
            return status.error ? *status.error : core::fail("The model is not there", id);
    return core::Done{};
}

const core::Result<BenchFaces>& BenchRun::faces() {
    if (!m_faces) {
        const auto models = needModels(false);
        m_faces = models ? findFaces(m_options.faces, m_loaded.settings, *m_models.value())
                         : core::Result<BenchFaces>(models.error());
    }
    return *m_faces;
}

const core::Result<OriginalCost>& BenchRun::original() {
    if (!m_original)
        m_original = faces() ? measureOriginal(*m_models.value(), *faces(), rounds(40, 5))
                             : core::Result<OriginalCost>(faces().error());
    return *m_original;
}

const core::Result<VisitsRun>& BenchRun::visits(bool liveness) {
    if (const auto found = m_visits.find(liveness); found != m_visits.end())
        return found->second;
    const auto run = [&]() -> core::Result<VisitsRun> {
        if (auto models = needModels(liveness); !models)
            return models.error();
        if (!faces())
            return faces().error();
        return runVisits(m_loaded, *faces(), liveness, rounds(30, 4));
    };
    return m_visits.emplace(liveness, run()).first->second;
}

} // namespace facelatch::app
