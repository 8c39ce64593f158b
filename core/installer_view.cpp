// SPDX-License-Identifier: GPL-3.0-or-later
// Observations to what the installer sees.
#include "core/installer_view.h"

namespace facelatch::core {

namespace {

constexpr milliseconds ratesOver{2000};
/// A stage that does not run on every frame keeps its last time on the screen for so long.
constexpr milliseconds heldFor{2000};

double perSecond(std::uint64_t count, MonoTime::duration time) {
    const std::chrono::duration<double> seconds = time;
    return seconds.count() > 0 ? static_cast<double>(count) / seconds.count() : 0;
}

} // namespace

void InstallerWatch::setGallery(std::shared_ptr<const Gallery> gallery) {
    if (gallery)
        m_gallery = std::move(gallery);
}

std::string InstallerWatch::nameOf(const std::optional<PersonId>& person) const {
    const Person* known = person ? m_gallery->find(*person) : nullptr;
    return known != nullptr ? known->name : std::string();
}

std::chrono::microseconds InstallerWatch::held(Measured& last, std::chrono::microseconds newest, MonoTime now) {
    if (newest.count() > 0)
        last = {newest, now};
    else if (now - last.at > heldFor)
        last = {};
    return last.time;
}

void InstallerWatch::observe(const Observation& observation, MonoTime now) {
    if (!m_seen.empty() && observation.frameNumber <= m_seen.back().number)
        return;
    if (!m_seen.empty())
        m_skipped += observation.frameNumber - m_seen.back().number - 1;
    m_seen.push_back({observation.frameNumber, observation.capturedAt});
    while (observation.capturedAt - m_seen.front().capturedAt > ratesOver)
        m_seen.pop_front();

    InstallerView view;
    view.facts = m_facts;
    for (const FaceObservation& face : observation.faces) {
        InspectedFace inspected{face, {}, {}};
        if (face.match) {
            inspected.best = nameOf(face.match->person);
            inspected.second = nameOf(face.match->second);
        }
        view.faces.push_back(std::move(inspected));
    }
    view.frameWidth = observation.width;
    view.frameHeight = observation.height;
    if (const auto& times = observation.times)
        view.times = {held(m_detect, times->detect, now), held(m_embed, times->embed, now),
                      held(m_liveness, times->liveness, now), times->whole};
    view.frameAge = std::chrono::duration_cast<milliseconds>(now - observation.capturedAt);
    const auto span = m_seen.back().capturedAt - m_seen.front().capturedAt;
    view.cameraRate = perSecond(m_seen.back().number - m_seen.front().number, span);
    view.lookedAt = perSecond(m_seen.size() - 1, span);
    view.skipped = m_skipped;
    m_view = std::make_shared<const InstallerView>(std::move(view));
}

} // namespace facelatch::core
