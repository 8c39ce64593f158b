// SPDX-License-Identifier: GPL-3.0-or-later
// A 64x48 grid of grey means, and how many of them moved.
#include "recognition/motion_gate.h"

#include "recognition/mat.h"

#include <cstdlib>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

std::vector<std::uint8_t> gridOf(const core::Image& picture) {
    cv::Mat cells, grey;
    cv::resize(viewOf(picture), cells, cv::Size(64, 48), 0, 0, cv::INTER_AREA);
    grey = cells;
    if (cells.channels() == 3)
        cv::cvtColor(cells, grey, cv::COLOR_BGR2GRAY);
    return {grey.begin<std::uint8_t>(), grey.end<std::uint8_t>()};
}

} // namespace

bool MotionGate::changed(std::vector<std::uint8_t> cells) {
    m_cells.swap(cells);
    if (cells.size() != m_cells.size())
        return true; // the first picture
    std::size_t moved = 0;
    for (std::size_t i = 0; i < cells.size(); ++i)
        moved += std::abs(cells[i] - m_cells[i]) >= m_settings.levelChange ? 1U : 0U;
    return static_cast<float>(moved) >= m_settings.changedShare * static_cast<float>(cells.size());
}

MotionGate::Opinion MotionGate::examine(const core::Image& picture, core::MonoTime capturedAt) {
    if (picture.empty())
        return {false, false};
    Opinion opinion;
    opinion.motion = changed(gridOf(picture));
    if (opinion.motion)
        m_lastMotion = capturedAt;
    const bool lately = m_lastMotion && capturedAt - *m_lastMotion <= m_settings.staysOpen;
    const bool peek = !m_lastLook || capturedAt - *m_lastLook >= m_settings.peekEvery;
    opinion.look = !m_settings.enabled || lately || peek;
    if (opinion.look)
        m_lastLook = capturedAt;
    return opinion;
}

void MotionGate::reset() {
    m_cells.clear();
    m_lastMotion.reset();
    m_lastLook.reset();
}

} // namespace facelatch::recognition
