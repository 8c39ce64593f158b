// SPDX-License-Identifier: GPL-3.0-or-later
// Pairing.
#include "app/viewer_pairing.h"

#include "app/clock.h"
#include "app/viewer_wire.h"
#include "network/tls_identity.h"

#include <QDir>
#include <QSysInfo>

#include <algorithm>

namespace facelatch::app {

using network::PushClient;
using ui::Trouble;

namespace {

constexpr std::uint16_t usualPort = 8765;
constexpr int largestPort = 65'535;

/// Host and code as typed, or the link. `trouble` says what is wrong with them.
std::optional<network::PairingLink> linkOf(const ui::PairRequest& request, Trouble& trouble) {
    if (!request.link.trimmed().isEmpty()) {
        const auto link = network::parsePairingLink(request.link);
        trouble = Trouble::BadLink;
        return link ? std::optional(*link) : std::nullopt;
    }
    network::PairingLink link;
    const auto code = network::typedPairingCode(request.code);
    trouble = Trouble::BadCode;
    if (!code)
        return std::nullopt;
    link.code = *code;
    trouble = Trouble::NotReached;
    if (request.host.trimmed().isEmpty() || request.port < 0 || request.port > largestPort)
        return std::nullopt;
    link.hosts = {request.host.trimmed()};
    link.port = request.port == 0 ? usualPort : static_cast<std::uint16_t>(request.port);
    return link;
}

} // namespace

ViewerPairing::ViewerPairing(QObject* parent) : QObject(parent) {}

ViewerPairing::~ViewerPairing() {
    if (m_client)
        m_client->disconnect(this);
}

void ViewerPairing::begin(const ui::PairRequest& request, Checked reply) {
    m_checked = false;
    Trouble trouble = Trouble::None;
    const auto link = linkOf(request, trouble);
    if (!link) {
        QMetaObject::invokeMethod(
            this, [trouble, reply = std::move(reply)] { reply(trouble, {}); }, Qt::QueuedConnection);
        return;
    }
    m_link = *link;
    m_name = request.name.trimmed().isEmpty() ? thisComputer() : request.name.trimmed();
    m_probe = std::make_unique<network::CertificateProbe>(
        m_link.hosts, m_link.port,
        [this, reply = std::move(reply)](const core::Result<network::ProbedDoor>& probed) { check(probed, reply); });
}

void ViewerPairing::check(const core::Result<network::ProbedDoor>& probed, const Checked& reply) {
    if (!probed) {
        reply(Trouble::NotReached, {});
        return;
    }
    ui::PairCheck found;
    found.host = probed->host;
    found.fingerprint = QString::fromStdString(network::fingerprintText(probed->pin));
    found.sameAsLink = probed->pin == m_link.pin;
    if (!m_link.pin.isEmpty() && !found.sameAsLink) {
        reply(Trouble::CertificateChanged, found);
        return;
    }
    m_link.pin = probed->pin; // what the person agrees to is what the code is told to
    m_link.hosts.removeAll(probed->host);
    m_link.hosts.prepend(probed->host);
    m_checked = true;
    reply(Trouble::None, found);
}

void ViewerPairing::finish(Paired reply) {
    m_reply = std::move(reply);
    auto key = network::Ed25519Key::make();
    if (!std::exchange(m_checked, false) || !key) {
        QMetaObject::invokeMethod(
            this, [this] { end(Trouble::CertificateChanged); }, Qt::QueuedConnection);
        return;
    }
    m_key = *key;
    m_door = {};
    m_door.door = m_link.door;
    m_door.hosts = m_link.hosts;
    m_door.port = m_link.port;
    m_door.pin = m_link.pin;
    m_client = std::make_unique<PushClient>(m_door.pushDoor(), *key);
    connect(m_client.get(), &PushClient::stateChanged, this, [this](PushClient::State state, PushClient::Trouble why) {
        if (state == PushClient::State::Stopped || state == PushClient::State::Waiting)
            end(why == PushClient::Trouble::None ? Trouble::Closed : troubleOf(why));
    });
    connect(m_client.get(), &PushClient::paired, this, [this](const QString& viewer, const QString& role) {
        m_door.viewer = viewer;
        m_door.role = core::roleFromCode(role.toStdString()).value_or(core::Role::Viewer);
    });
    connect(m_client.get(), &PushClient::welcomed, this, [this](const QJsonObject& welcome) {
        const QJsonObject state = welcome.value(u"state").toObject();
        if (m_door.door.isEmpty())
            m_door.door = state.value(u"door").toString();
        m_door.name = state.value(u"name").toString();
        for (const auto& action : welcome.value(u"may").toArray())
            m_door.may << action.toString();
        m_door.lastOnline = now().wall;
        end(Trouble::None, PairedDoor{m_door, *m_key});
    });
    m_client->pair(m_link.code, m_name);
}

void ViewerPairing::end(Trouble trouble, const std::optional<PairedDoor>& paired) {
    if (m_client) {
        m_client->disconnect(this);
        m_client.release()->deleteLater(); // this may be one of its own signals
    }
    if (const Paired reply = std::exchange(m_reply, {}))
        reply(trouble, paired);
}

core::Result<BookDoor> keepPaired(const ViewerPlaces& places, PairedDoor paired) {
    const BookFile file(places.book());
    const auto before = file.load();
    if (!before)
        return before.error();
    BookDoor& door = paired.door;
    const auto same = std::ranges::find_if(
        before->doors, [&door](const BookDoor& known) { return known.pin == door.pin && known.door == door.door; });
    if (same != before->doors.end()) {
        door.id = same->id;
        door.ownName = same->ownName;
    } else {
        door.id = QString::fromStdString(newUuid(now().wall).text());
    }
    for (const QString& folder : {places.data + QStringLiteral("/doors"), places.doorFolder(door.id)})
        if (auto made = makePrivate(folder); !made)
            return made.error();
    if (auto saved = paired.key.save(places.key(door.id).toStdString()); !saved)
        return saved.error();
    const auto changed = file.change([&door](ViewerBook& book) {
        if (BookDoor* known = book.find(door.id))
            *known = door;
        else
            book.doors.push_back(door);
    });
    if (!changed)
        return changed.error();
    return door;
}

core::Status forgetPaired(const ViewerPlaces& places, const QString& id) {
    const auto changed = BookFile(places.book()).change([&id](ViewerBook& book) {
        std::erase_if(book.doors, [&id](const BookDoor& door) { return door.id == id; });
    });
    if (!changed)
        return changed.error();
    if (QDir folder(places.doorFolder(id)); !id.isEmpty() && folder.exists() && !folder.removeRecursively())
        return core::fail("the door is forgotten, but not all that was kept of it could be removed",
                          places.doorFolder(id).toStdString(), "Remove the folder by hand");
    return core::Done{};
}

QString thisComputer() {
    const QString name = QSysInfo::machineHostName().section(QLatin1Char('.'), 0, 0);
    return name.isEmpty() ? QStringLiteral("viewer") : name;
}

} // namespace facelatch::app
