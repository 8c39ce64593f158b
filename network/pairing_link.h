// SPDX-License-Identifier: GPL-3.0-or-later
// What a door shows and a viewer takes to pair with it: the link behind the QR code, and its short code. Pure; any
// thread.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace facelatch::network {

struct PairingLink {
    QStringList hosts; ///< names or addresses, one to eight; the first that answers counts
    std::uint16_t port = 0;
    QString door;   ///< its id
    QByteArray pin; ///< of its certificate, 32 bytes
    QString code;   ///< 8 letters of Crockford's base 32

    bool operator==(const PairingLink&) const = default;
};

/// "facelatch://pair?v=1&host=...", as network/PROTOCOL.md says.
QString pairingLinkText(const PairingLink& link);
/// Blanks and line ends around it do not matter, nor does the order of its parts; parts that are not known are ignored.
/// Errors name the part that is missing, twice there or wrong: Usage; NewerVersion for a link of another version.
core::Result<PairingLink> parsePairingLink(const QString& text);

/// 5 random bytes as 8 letters; empty for any other number of bytes.
QString pairingCode(const QByteArray& random);
/// What somebody typed, as the code it means: in capitals, without dashes and blanks, O read as 0, I and L as 1.
/// Nothing when that is no code.
std::optional<QString> typedPairingCode(const QString& typed);
/// "ABCD-EFGH".
QString shownPairingCode(const QString& code);

} // namespace facelatch::network
