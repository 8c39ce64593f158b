// SPDX-License-Identifier: GPL-3.0-or-later
// What admins ask about viewers and the certificate, at the screen and by facelatch-ctl.
#include "app/access_cases.h"
#include "app/ctl.h"
#include "app/door_identity.h"
#include "app/push_worker.h"
#include "app/viewer_cases.h"
#include "network/pairing_link.h"

#include <QJsonArray>
#include <QRandomGenerator>

#include <algorithm>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

QByteArray randomBytes(int count) {
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes.append(static_cast<char>(QRandomGenerator::system()->generate()));
    return bytes;
}

/// Where every address of the machine is listened at, IPv4 comes in IPv6's clothes.
QString shownAddress(const QJsonObject& connection) {
    QString address = connection.value(u"address").toString();
    return address.startsWith(u"::ffff:") && address.contains(u'.') ? address.sliced(7) : address;
}

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

void PushWorker::run(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    const core::MonoTime at = m_context.now().mono;
    if (command == u"viewer.list" || command == u"viewer.set" || command == u"viewer.revoke")
        inStore(command, args, reply);
    else if (command == u"viewer.pair")
        openPairing(args, reply);
    else if (command == u"viewer.pairing")
        reply(m_pairing.state(at));
    else if (command == u"viewer.pair_cancel") {
        cancelPairing();
        reply(m_pairing.state(at));
    } else if (command == u"tls.show") {
        const auto identity = doorIdentity(m_context.settings, m_context.dataFolder, IfNoIdentity::Fail, {});
        reply(identity ? Result<QJsonObject>(identityJson(*identity)) : Result<QJsonObject>(identity.error()));
    } else if (command == u"tls.renew")
        renew(args, reply);
    else if (command == u"ring.press")
        press(reply);
    else if (command == u"ring.state")
        reply(m_bell.json(at));
    else
        reply(unknownCommand(command));
}

void PushWorker::openPairing(const QJsonObject& args, const CommandReply& reply) {
    const auto role = core::roleFromCode(textOf(args, u"role"));
    if (!role) {
        reply(Error{ErrorKind::Usage,
                    "'" + textOf(args, u"role") + "' is no role of a viewer",
                    {},
                    "Allowed: viewer (sees, reads), operator (opens as well), admin"});
        return;
    }
    if (!enabled() || !m_viewers) {
        reply(enabled() ? Error{ErrorKind::OutOfService, "The door's data is not open", m_context.dataFolder,
                                "See what the kiosk says about it"}
                        : Error{ErrorKind::Refused, "Viewers are switched off", "push.enabled",
                                "Set push.enabled to true, and start the door again"});
        return;
    }
    const QString name = args.value(u"name").toString();
    const QString code = network::pairingCode(randomBytes(5));
    m_pairing.open({code, *role, name.isEmpty() ? std::string() : shownName(name), textOf(args, u"by")},
                   m_context.now().mono);
    m_tryAgain = {};
    decideListening();
    if (!m_server) {
        m_pairing.cancel();
        reply(m_trouble.value_or(core::fail("The door does not listen")));
        return;
    }
    const network::PairingLink link{doorHosts(m_context.settings), m_server->port(), text(m_door), m_identity->pin,
                                    code};
    m_context.changed(QStringLiteral("pairing"));
    reply(QJsonObject{{QStringLiteral("link"), network::pairingLinkText(link)},
                      {QStringLiteral("code"), network::shownPairingCode(code)},
                      {QStringLiteral("fingerprint"), text(network::fingerprintText(m_identity->pin))},
                      {QStringLiteral("hosts"), QJsonArray::fromStringList(link.hosts)},
                      {QStringLiteral("port"), link.port},
                      {QStringLiteral("expires_in_s"),
                       static_cast<qint64>(std::chrono::duration_cast<std::chrono::seconds>(Pairing::lasts).count())}});
}

void PushWorker::cancelPairing() {
    if (!m_pairing.isOpen(m_context.now().mono))
        return;
    m_pairing.cancel();
    m_context.changed(QStringLiteral("pairing"));
    decideListening();
}

void PushWorker::adminLeft() {
    if (!m_pairing.asked().by.starts_with(ctlName))
        cancelPairing();
}

QJsonObject PushWorker::withOnline(QJsonObject list) const {
    QJsonArray viewers;
    for (const auto& each : list.value(u"viewers").toArray()) {
        QJsonObject line = each.toObject();
        const auto online = m_online.find(line.value(u"id").toString());
        line.insert(QStringLiteral("online"), online != m_online.end());
        line.insert(QStringLiteral("address"),
                    online != m_online.end() ? QJsonValue(shownAddress(online->second)) : QJsonValue());
        viewers.append(line);
    }
    list.insert(QStringLiteral("viewers"), viewers);
    return list;
}

void PushWorker::inStore(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    m_context.withStore(
        [command, args, reply, now = m_context.now(), inPush = m_context.inPush](const Result<storage::Store*>& store) {
            auto answer = store ? runViewerCommand(**store, command, args, now).value_or(unknownCommand(command))
                                : Result<QJsonObject>(store.error());
            const auto viewers = answer ? viewersOf(**store) : Result<Viewers>(answer.error());
            inPush([=](PushWorker& self) {
                // Whoever was revoked is gone before anybody is told so.
                if (viewers && command != u"viewer.list")
                    self.take(*viewers);
                reply(answer && command == u"viewer.list" ? Result<QJsonObject>(self.withOnline(*answer)) : answer);
            });
        });
}

void PushWorker::renew(const QJsonObject& args, const CommandReply& reply) {
    const core::Now at = m_context.now();
    const RenewKey key = args.value(u"keep_key").toBool() ? RenewKey::Keep : RenewKey::Another;
    if (const auto may = mayRenew(m_context.settings); !may) {
        reply(may.error());
        return;
    }
    m_context.withStore([by = storage::ChangeBy{textOf(args, u"by"), at.wall}, key, reply,
                         inPush = m_context.inPush](const Result<storage::Store*>& store) {
        const core::Status noted =
            store ? (*store)->noteAction({"tls.renew", {}, {}, {}, {}, {}}, by) : core::Status(store.error());
        if (!noted) {
            reply(noted.error());
            return;
        }
        inPush([key, reply](PushWorker& self) { reply(self.renewed(key)); });
    });
}

Result<QJsonObject> PushWorker::renewed(RenewKey key) {
    const auto identity = renewIdentity(m_context.settings, m_context.dataFolder, key, m_context.now().wall);
    if (!identity)
        return identity.error();
    m_identity = *identity;
    m_tryAgain = m_lookAgain = {};
    if (key == RenewKey::Another) {
        // Those connected see at once what they would see with the next connection.
        m_server.reset();
        m_online.clear();
        cancelPairing();
    } else if (m_server)
        m_server->setIdentity(*identity);
    decideListening();
    watchCertificate();
    QJsonObject out = identityJson(*identity);
    out.insert(QStringLiteral("viewers"), key == RenewKey::Another ? static_cast<int>(whoMay().size()) : 0);
    m_context.changed(QStringLiteral("viewers"));
    return out;
}

} // namespace facelatch::app
