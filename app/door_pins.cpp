// SPDX-License-Identifier: GPL-3.0-or-later
// Passing PINs on.
#include "app/door_pins.h"

#include "app/secret_text.h"

#include <cstdio>
#include <optional>
#include <string>

namespace facelatch::app {

DoorPins::DoorPins(ui::KioskWindow& window, WorkerThread<PinWorker>& pins, ToDoor toDoor)
    : m_pins(pins), m_toDoor(std::move(toDoor)) {
    QObject::connect(&window, &ui::KioskWindow::pinWanted, &window,
                     [this] { m_toDoor([](DoorWorker& door) { door.askPin(); }); });
    QObject::connect(&window, &ui::KioskWindow::pinCancelled, &window,
                     [this] { m_toDoor([](DoorWorker& door) { door.cancelPin(); }); });
    window.onPin([this](std::uint64_t request, const core::Digits& digits) { enter(request, digits); });
}

/// The door is told at once that a PIN is on its way: its verifier takes a tenth of a second and more.
void DoorPins::enter(std::uint64_t request, const core::Digits& digits) {
    std::string text(digits.text());
    const SecretText pin(text);
    m_toDoor([request](DoorWorker& door) { door.pinSubmitted(request); });
    m_pins.post([toDoor = m_toDoor, request, pin](const PinWorker& worker) {
        const auto verifier = worker.verifier(pin, core::PinPurpose::Person);
        if (!verifier)
            std::fprintf(stderr, "facelatch: %s\n", verifier.error().text().c_str());
        toDoor([request, given = verifier ? std::optional(*verifier) : std::nullopt](DoorWorker& door) {
            door.pinEntered(request, given);
        });
    });
}

} // namespace facelatch::app
