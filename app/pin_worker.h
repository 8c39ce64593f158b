// SPDX-License-Identifier: GPL-3.0-or-later
// PinWorker: the pins thread. Computes verifiers, a tenth of a second and 64 MiB each, where nobody waits for it.
#pragma once

#include "app/secret_text.h"
#include "core/pin.h"
#include "core/result.h"
#include "storage/pin_hash.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <memory>

namespace facelatch::app {

/// Lives, and is called, in the pins thread only. Until the door's data is open there is no key, and everything fails.
class PinWorker {
public:
    void setHasher(std::shared_ptr<const storage::PinHasher> hasher) { m_hasher = std::move(hasher); }

    /// Of what somebody typed: not checked for choice, only for length.
    core::Result<core::PinVerifier> verifier(const SecretText& pin, core::PinPurpose purpose) const;
    /// A command with its pin exchanged for the verifier; see withVerifier().
    core::Result<QJsonObject> seal(const QString& command, const QJsonObject& args) const;

private:
    std::shared_ptr<const storage::PinHasher> m_hasher;
};

} // namespace facelatch::app
