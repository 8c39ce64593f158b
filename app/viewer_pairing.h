// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerPairing: from a link or a typed code to a paired door.
//
// Gui thread, or that of a program without a window.
#pragma once

#include "app/viewer_book.h"
#include "network/certificate_probe.h"
#include "network/ed25519.h"
#include "network/pairing_link.h"
#include "network/push_client.h"
#include "ui/viewer_port.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace facelatch::app {

/// A door that has just been paired; nothing of it is on the disk yet.
struct PairedDoor {
    BookDoor door; ///< without an id
    network::Ed25519Key key;
};

class ViewerPairing : public QObject {
    Q_OBJECT
public:
    using Checked = std::function<void(ui::Trouble, const ui::PairCheck&)>;
    using Paired = std::function<void(ui::Trouble, const std::optional<PairedDoor>&)>;

    explicit ViewerPairing(QObject* parent = nullptr);
    ~ViewerPairing() override;

    /// Looks who answers; nothing is told to it. A link that names another certificate is CertificateChanged, and
    /// finish() then does nothing but say so again.
    void begin(const ui::PairRequest& request, Checked reply);
    /// Makes a key and tells the code. Once after each begin().
    void finish(Paired reply);

private:
    void check(const core::Result<network::ProbedDoor>& probed, const Checked& reply);
    void end(ui::Trouble trouble, const std::optional<PairedDoor>& paired = {});

    network::PairingLink m_link; ///< its pin is that of the certificate that answered
    QString m_name;
    bool m_checked = false;
    Paired m_reply;
    BookDoor m_door;
    std::optional<network::Ed25519Key> m_key;
    std::unique_ptr<network::CertificateProbe> m_probe;
    std::unique_ptr<network::PushClient> m_client;
};

/// Key and book on the disk, the key first. A door that was paired before keeps its id and what is kept of its log.
core::Result<BookDoor> keepPaired(const ViewerPlaces& places, PairedDoor paired);
/// Out of the book, and its folder gone.
core::Status forgetPaired(const ViewerPlaces& places, const QString& id);

/// This computer's name, such as "office".
QString thisComputer();

} // namespace facelatch::app
