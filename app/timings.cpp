// SPDX-License-Identifier: GPL-3.0-or-later
// Writing the lines.
#include "app/timings.h"

#include "app/clock.h"
#include "ui/viewfinder.h"

#include <QEvent>
#include <QTimer>

#include <cstdio>

namespace facelatch::app {

namespace {

constexpr int countsEveryMs = 500;

void tell(const char* what, long long number) {
    std::fprintf(stderr, "facelatch: timing %s %lld\n", what, number);
}

void tell(const char* what, core::MonoTime at) {
    const std::chrono::nanoseconds since = at.time_since_epoch();
    tell(what, static_cast<long long>(since.count()));
}

} // namespace

Timings::Timings(QObject* viewfinder) {
    if (viewfinder == nullptr)
        return;
    viewfinder->installEventFilter(this);
    connect(&m_counts, &QTimer::timeout, viewfinder, [picture = qobject_cast<ui::Viewfinder*>(viewfinder)] {
        tell("frames_shown", static_cast<long long>(picture->framesShown()));
        tell("frames_missed", static_cast<long long>(picture->framesMissed()));
    });
    m_counts.start(countsEveryMs);
}

void Timings::captured(const core::Frame& frame) {
    if (frame.origin == core::FrameOrigin::Camera || frame.origin == core::FrameOrigin::Network)
        return; // a camera's frames all differ
    if (frame.image.data() == m_before.data())
        return;
    m_before = frame.image;
    tell("scene", frame.capturedAt);
}

void Timings::released(core::MonoTime at) {
    tell("released", at);
}

bool Timings::eventFilter(QObject* watched, QEvent* event) {
    const auto* viewfinder = qobject_cast<ui::Viewfinder*>(watched);
    if (event->type() == QEvent::Paint && viewfinder != nullptr && viewfinder->hasPicture()) {
        watched->removeEventFilter(this);
        QTimer::singleShot(0, this, [] { tell("first_picture", now().mono); }); // the painting itself comes after this
    }
    return QObject::eventFilter(watched, event);
}

} // namespace facelatch::app
