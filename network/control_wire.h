// SPDX-License-Identifier: GPL-3.0-or-later
// The control socket's lines as values, for its server and its client.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace facelatch::network {

inline constexpr int controlVersion = 1;

/// One line with its '\n'.
QByteArray controlAnswerLine(const core::Result<QJsonObject>& result);
QByteArray controlRequestLine(const QJsonObject& request);

/// The request in a line without '\n'; an error (kind Usage) when it is no request of this version.
core::Result<QJsonObject> parseControlRequest(const QByteArray& line);
/// The "result" in an answer's line without '\n', or the error it carries.
core::Result<QJsonObject> parseControlAnswer(const QByteArray& line);

} // namespace facelatch::network
