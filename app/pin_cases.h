// SPDX-License-Identifier: GPL-3.0-or-later
// PINs in commands: a `pin` is exchanged for its verifier before a command reaches the store.
#pragma once

#include "core/pin.h"
#include "core/result.h"
#include "storage/pin_hash.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace facelatch::app {

/// Whether a `pin` is to be set, which takes a while to compute.
bool carriesPin(const QJsonObject& args);
/// `args` with pin_verifier instead of a pin that may be chosen. Commands that begin with "admin." or "setup." are
/// about an admin's PIN, all others about a person's. Errors: Usage for a PIN that may not be chosen. Takes a tenth of
/// a second.
core::Result<QJsonObject> withVerifier(const storage::PinHasher& hasher, const QString& command,
                                       const QJsonObject& args);
/// A verifier comes from withVerifier() only: what a caller put there goes.
QJsonObject withoutVerifier(QJsonObject args);

/// What the arguments say about a PIN: nothing, none from now on (`pin` is null), or this one.
std::optional<std::optional<core::PinVerifier>> pinIn(const QJsonObject& args);

} // namespace facelatch::app
