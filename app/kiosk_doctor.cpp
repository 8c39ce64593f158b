// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor thread among the others.
#include "app/kiosk.h"

namespace facelatch::app {

void Kiosk::startDoctor(const KioskOptions& options) {
    m_doctor = std::make_unique<WorkerThread<DoctorWorker>>(QStringLiteral("doctor"), [&, this] {
        return std::make_unique<DoctorWorker>(DoctorContext{
            options.loaded, m_frames, m_view,
            [this](const std::function<void()>& done) {
                if (m_capture)
                    m_capture->post([done](CaptureWorker&) { done(); });
                else
                    done(); // there is no camera to wait for, as the faults say
            },
            [this](const std::function<void()>& done) { m_vision->post([done](VisionWorker&) { done(); }); },
            [this](const std::function<void(core::LockFacts)>& done) {
                m_door->post([done](DoorWorker& door) { done(door.lockFacts()); });
            },
            [this](const std::function<void(core::LogFacts)>& done) {
                m_storage->post([done](StorageWorker& storage) { done(storage.logFacts()); });
            },
            [this](const std::function<void(core::PushFacts)>& done) {
                m_push->post([done](const PushWorker& push) { done(push.facts()); });
            },
            [this](const std::function<void(std::vector<core::StageTimes>)>& done) {
                m_vision->post([done](VisionWorker& vision) { vision.tellTimes(done); });
            },
            [this](const std::vector<core::CheckLine>& lines) {
                QMetaObject::invokeMethod(this, [this, lines] {
                    m_examining = false;
                    m_doctorPage.showLines(lines);
                });
            },
            [this] { return !m_ending.load(); }});
    });
}

} // namespace facelatch::app
