// SPDX-License-Identifier: GPL-3.0-or-later
// A 64x48 grid of grey means, and how many of them moved.
#include "recognition/motion_gate.h"

#include "recognition/mat.h"

#include <cmath>
#include <cstdlib>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

const cv::Size kGrid(64, 48);

void gridOf(const core::Image& picture, std::vector<std::uint8_t>& out) {
    out.resize(static_cast<std::size_t>(kGrid.area()));
    cv::Mat grid(kGrid, CV_8U, out.data());
    const cv::Mat view = viewOf(picture);
    if (view.channels() == 1) {
        cv::resize(view, grid, kGrid, 0, 0, cv::INTER_AREA);
        return;
    }
    cv::Mat cells;
    cv::resize(view, cells, kGrid, 0, 0, cv::INTER_AREA);
    cv::cvtColor(cells, grid, cv::COLOR_BGR2GRAY);
}

/// Share of the cells that changed by at least `levels`.
float changedShare(const std::vector<std::uint8_t>& before, const std::vector<std::uint8_t>& now, int levels) {
    std::size_t moved = 0;
    for (std::size_t i = 0; i < now.size(); ++i)
        moved += std::abs(before[i] - now[i]) >= levels ? 1U : 0U;
    return static_cast<float>(moved) / static_cast<float>(now.size());
}

/// How much alike two grids are whatever their light, -1..1; 0 where one of them is even.
double correlation(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
    double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = a[i], y = b[i];
        sumA += x, sumB += y, squaresA += x * x, squaresB += y * y, products += x * y;
    }
    const auto n = static_cast<double>(a.size());
    const double spreads = (n * squaresA - sumA * sumA) * (n * squaresB - sumB * sumB);
    return spreads > 0 ? (n * products - sumA * sumB) / std::sqrt(spreads) : 0;
}

} // namespace

MotionGate::Opinion MotionGate::examine(const core::Image& picture, core::MonoTime capturedAt) {
    if (picture.empty())
        return {false, false, false};
    m_before.swap(m_cells);
    gridOf(picture, m_cells);
    Opinion opinion;
    const bool first = m_before.size() != m_cells.size();
    const float share = first ? 1 : changedShare(m_before, m_cells, m_settings.levelChange);
    opinion.motion = share >= m_settings.changedShare;
    opinion.cut = !first && share >= m_settings.cutShare && correlation(m_before, m_cells) < m_settings.cutLikeness;
    if (opinion.motion)
        m_lastMotion = capturedAt;
    const bool lately = m_lastMotion && capturedAt - *m_lastMotion <= m_settings.staysOpen;
    const auto every = lately ? m_settings.lookEvery : m_settings.peekEvery;
    opinion.look = !m_settings.enabled || first || opinion.cut || !m_lastLook || capturedAt - *m_lastLook >= every;
    if (opinion.look)
        m_lastLook = capturedAt;
    return opinion;
}

void MotionGate::reset() {
    m_cells.clear();
    m_before.clear();
    m_lastMotion.reset();
    m_lastLook.reset();
}

} // namespace facelatch::recognition
