// SPDX-License-Identifier: GPL-3.0-or-later
// CertificateProbe: asks a host for its TLS certificate and says nothing to it, so that a person can compare its
// fingerprint before a code is told.
//
// Thread: that of its event loop.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace facelatch::network {

struct ProbedDoor {
    QString host;   ///< the one that answered
    QByteArray pin; ///< of its certificate, 32 bytes
};

class CertificateProbe {
public:
    using Reply = std::function<void(const core::Result<ProbedDoor>&)>;

    /// One host after the other, `timeout` each; the first that answers counts. Errors: OutOfService when none does,
    /// with the last one's reason. The reply comes later, once, and never after the probe is gone.
    CertificateProbe(const QStringList& hosts, std::uint16_t port, Reply reply,
                     std::chrono::milliseconds timeout = std::chrono::milliseconds(10'000));
    ~CertificateProbe();
    CertificateProbe(const CertificateProbe&) = delete;
    CertificateProbe& operator=(const CertificateProbe&) = delete;

private:
    class Private;
    std::unique_ptr<Private> m_p;
};

} // namespace facelatch::network
