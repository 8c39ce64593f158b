// SPDX-License-Identifier: GPL-3.0-or-later
// DoorPins: the way of a PIN from the screen to the door: typed in the gui's thread, made a verifier in the pins',
// judged in the door's.
#pragma once

#include "app/door_worker.h"
#include "app/pin_worker.h"
#include "app/worker_thread.h"
#include "core/digits.h"
#include "ui/kiosk_window.h"

#include <cstdint>
#include <functional>
#include <utility>

namespace facelatch::app {

/// Gui thread. `pins` is stopped before the door's thread is, and both before this ends.
class DoorPins {
public:
    using ToDoor = std::function<void(std::function<void(DoorWorker&)>)>;

    DoorPins(ui::KioskWindow& window, WorkerThread<PinWorker>& pins, ToDoor toDoor);

private:
    void enter(std::uint64_t request, const core::Digits& digits);

    WorkerThread<PinWorker>& m_pins;
    ToDoor m_toDoor;
};

} // namespace facelatch::app
