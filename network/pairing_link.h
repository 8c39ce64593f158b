// SPDX-License-Identifier: GPL-3.0-or-later
// What a door shows and a viewer takes to pair: the link behind the QR code, and its short code. Pure; any thread.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace facelatch::network {

struct PairingLink {
    QStringList hosts; ///< at least one
    std::uint16_t port = 0;
    QString door;   ///< its id
    QByteArray pin; ///< 32 bytes
    QString code;   ///< 8 letters of Crockford's base 32
};

QString pairingLinkText(const PairingLink& link);
/// Errors (Usage) name what is missing or wrong. Blanks and line ends around it are let be.
core::Result<PairingLink> parsePairingLink(const QString& text);

/// 5 random bytes as 8 letters.
QString pairingCode(const QByteArray& random);
/// "abcd-efgh" as typed: in capitals, without dashes and blanks, O as 0, I and L as 1; nothing when it is no code.
std::optional<QString> typedPairingCode(const QString& typed);
/// "ABCD-EFGH".
QString shownPairingCode(const QString& code);

} // namespace facelatch::network
