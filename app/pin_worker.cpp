// SPDX-License-Identifier: GPL-3.0-or-later
// PINs to verifiers.
#include "app/pin_worker.h"

#include "app/pin_cases.h"

namespace facelatch::app {

namespace {

core::Error notOpen() {
    return {core::ErrorKind::OutOfService,
            "No PIN can be checked: the door's data is not open",
            {},
            "See what the door says about it"};
}

} // namespace

core::Result<core::PinVerifier> PinWorker::verifier(const SecretText& pin, core::PinPurpose purpose) const {
    if (!m_hasher)
        return notOpen();
    if (pin.view().empty() || pin.view().size() > core::mostPinDigits)
        return core::PinVerifier{}; // what no hash ever gives: it fits nobody
    return m_hasher->verifier(pin.view(), purpose);
}

core::Result<QJsonObject> PinWorker::seal(const QString& command, const QJsonObject& args) const {
    if (!m_hasher)
        return notOpen();
    return withVerifier(*m_hasher, command, args);
}

} // namespace facelatch::app
