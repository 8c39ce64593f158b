// SPDX-License-Identifier: GPL-3.0-or-later
// The camera's loop.
#include "app/capture_worker.h"

#include "app/clock.h"

#include <cstdio>

namespace facelatch::app {

namespace {

constexpr core::milliseconds patience{100};

} // namespace

CaptureWorker::CaptureWorker(CaptureContext context) : m_context(std::move(context)) {
    m_context.turn.put(now().mono);
    auto source = m_context.makeSource(m_context.camera);
    if (!source) {
        m_context.raise({core::FaultCode::NoCamera, source.error().text()});
        m_context.turn.put(core::MonoTime::max()); // there is no loop to watch
        return;
    }
    m_source = *std::move(source);
    connect(&m_timer, &QTimer::timeout, this, [this] { step(); });
    m_timer.start(0);
}

void CaptureWorker::cameBack() {
    if (m_open && m_seen)
        m_context.clear(core::FaultCode::NoCamera);
}

void CaptureWorker::step() {
    const core::MonoTime at = now().mono;
    m_context.turn.put(at);
    if (!m_open) {
        if (!m_backoff.due(at)) {
            m_timer.start(patience);
            return;
        }
        m_timer.start(0);
        if (const auto started = m_source->start(); !started) {
            lost(started.error());
            return;
        }
        m_open = true;
        m_seen = false;
    }
    auto frame = m_source->next(patience);
    for (const core::Error& complaint : m_source->takeComplaints())
        std::fprintf(stderr, "facelatch: %s\n", complaint.text().c_str());
    if (!frame) {
        lost(frame.error());
        return;
    }
    if (!*frame)
        return;
    if (m_context.captured)
        m_context.captured(**frame);
    m_context.frames.put(**std::move(frame));
    if (!m_seen) {
        m_seen = true;
        std::fprintf(stderr, "facelatch: watching %s\n", m_source->describe().c_str());
        m_backoff.succeeded();
        m_context.clear(core::FaultCode::NoCamera);
    }
}

void CaptureWorker::lost(const core::Error& error) {
    m_open = false;
    m_backoff.failed(now().mono);
    m_context.raise({core::FaultCode::NoCamera, error.text()});
}

} // namespace facelatch::app
