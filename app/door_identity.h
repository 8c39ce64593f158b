// SPDX-License-Identifier: GPL-3.0-or-later
// The certificate by which viewers know this door: the owner's own, or one that the door makes in its data folder.
#pragma once

#include "core/doctor.h"
#include "core/result.h"
#include "core/settings.h"
#include "core/time.h"
#include "network/tls_identity.h"

#include <QJsonObject>
#include <QStringList>

#include <string>

namespace facelatch::app {

enum class IfNoIdentity { Fail, Make };

/// Of the files of tls.certificate and tls.key where they are set, else of the data folder. One that has ended is
/// given all the same: viewers know the door by its key. Errors: NotFound when there is none and none is made; Usage
/// when only one of the two settings is set; Failed for files that cannot be used. Any thread.
core::Result<network::TlsIdentity> doorIdentity(const core::Settings& settings, const std::string& folder,
                                                IfNoIdentity none, core::WallTime now);
enum class RenewKey {
    Keep,   ///< a later end and the names of now: viewers do not notice
    Another ///< each viewer has to be paired anew
};
/// Refused where the owner's own is in use: the door does not replace it.
core::Status mayRenew(const core::Settings& settings);
/// Another one in the place of the data folder's. Refused where the owner's own is in use.
core::Result<network::TlsIdentity> renewIdentity(const core::Settings& settings, const std::string& folder,
                                                 RenewKey key, core::WallTime now);

/// {fingerprint, names, valid_from, valid_until, own}.
QJsonObject identityJson(const network::TlsIdentity& identity);
/// The part of the facts that the settings and files say.
core::PushFacts certificateFacts(const core::Settings& settings, const std::string& folder);
/// Where a viewer may try to reach this door, what is likeliest first: push.address, or this machine's names and
/// addresses.
QStringList doorHosts(const core::Settings& settings);

} // namespace facelatch::app
