// SPDX-License-Identifier: GPL-3.0-or-later
// A door without threads, camera or lock.
#include "app/bench_door.h"

#include "app/bench_scene.h"
#include "app/clock.h"
#include "app/model_files.h"
#include "app/rules.h"

namespace facelatch::app {

namespace {

constexpr std::chrono::nanoseconds framePeriod{static_cast<std::int64_t>(1'000'000'000 / BenchScene::framesPerSecond)};

} // namespace

core::Result<std::unique_ptr<BenchDoor>> BenchDoor::create(const core::Settings& settings,
                                                           const recognition::ModelStore& models,
                                                           std::shared_ptr<const core::Gallery> gallery) {
    auto pipeline = recognition::Pipeline::create(pipelineSettings(settings), models);
    if (!pipeline)
        return pipeline.error();
    if (!(*pipeline)->missing().empty())
        return (*pipeline)->missing().front().error;
    if (auto set = (*pipeline)->setGallery(gallery); !set)
        return set.error();
    core::AccessRules rules = accessRules(settings, models.manifest().find(settings.text("recognition.embedder")));
    rules.replayMayOpen = true; // there is no lock behind this door
    return std::unique_ptr<BenchDoor>(new BenchDoor(*std::move(pipeline), rules, std::move(gallery)));
}

BenchDoor::BenchDoor(std::unique_ptr<recognition::Pipeline> pipeline, core::AccessRules rules,
                     std::shared_ptr<const core::Gallery> gallery)
    : m_pipeline(std::move(pipeline)), m_rules(rules), m_gallery(std::move(gallery)), m_now(now()) {}

void BenchDoor::clear(const core::Image& empty) {
    m_pipeline->reset();
    m_controller = std::make_unique<core::AccessController>("bench", m_rules, newUuid, toLocal);
    m_controller->setGallery(m_gallery);
    for (int i = 0; i < static_cast<int>(BenchScene::framesPerSecond); ++i)
        look(empty);
}

BenchDoor::Seen BenchDoor::look(const core::Image& frame) {
    m_now.mono += framePeriod;
    m_now.wall += std::chrono::floor<core::milliseconds>(framePeriod);
    Seen seen;
    const core::Frame input{frame, m_now.mono, ++m_number, core::FrameOrigin::Test};
    seen.cost = costOf([&] { seen.observation = m_pipeline->process(input); });
    for (const core::Decision& decision : m_controller->observe(seen.observation, m_now))
        seen.released = seen.released || decision.releases;
    return seen;
}

} // namespace facelatch::app
