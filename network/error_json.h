// SPDX-License-Identifier: GPL-3.0-or-later
// An error as a JSON object {"kind","what","where","remedy"}, for the control socket and the push protocol. Any thread.
#pragma once

#include "core/result.h"

#include <QJsonObject>

namespace facelatch::network {

QJsonObject errorToJson(const core::Error& error);
/// A kind that is not known is Failed; what is missing is empty.
core::Error errorFromJson(const QJsonObject& object);

} // namespace facelatch::network
