// SPDX-License-Identifier: GPL-3.0-or-later
// The door's mode, from the data and back.
#include "app/storage_worker.h"

#include <cstdio>

namespace facelatch::app {

bool StorageWorker::loadMode() {
    if (!m_context.mode || m_knowsMode)
        return true; // from then on the door knows better
    auto mode = m_store->doorMode(m_context.settings.text("door.id"));
    if (!mode) {
        m_context.raise({core::FaultCode::DataUnreadable, mode.error().text()});
        m_retry.start();
        return false;
    }
    m_knowsMode = true;
    if (mode->mode == core::DoorMode::LockedDown)
        std::fprintf(stderr, "facelatch: the door is locked down%s%s\n", mode->by.empty() ? "" : ", by ",
                     mode->by.c_str());
    m_context.mode(*std::move(mode));
    return true;
}

void StorageWorker::keepMode(const core::DoorModeState& mode, const std::function<void(core::Status)>& kept) {
    m_modes.push_back(mode);
    const auto written = writeModes();
    if (!written)
        std::fprintf(stderr, "facelatch: %s\n", written.error().text().c_str());
    if (written || !kept) {
        if (kept)
            kept(written);
        return;
    }
    core::Error error = written.error();
    error.what = "It holds at the door, but a restart would end it, for it could not be written: " + error.what;
    error.where.clear(); // which else is the code of a refusal
    kept(error);
}

core::Status StorageWorker::writeModes() {
    while (!m_modes.empty()) {
        const auto written = m_store ? m_store->putDoorMode(m_context.settings.text("door.id"), m_modes.front())
                                     : core::Status(core::fail("The door's data is not open", m_context.dataFolder));
        if (!written) {
            m_retry.start();
            return written;
        }
        m_modes.erase(m_modes.begin());
    }
    return core::Done{};
}

} // namespace facelatch::app
