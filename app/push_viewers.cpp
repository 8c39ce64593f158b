// SPDX-License-Identifier: GPL-3.0-or-later
// Who the viewers are: logging in, pairing, asking.
#include "app/access_cases.h"
#include "app/clock.h"
#include "app/push_asks.h"
#include "app/push_worker.h"
#include "app/viewer_cases.h"
#include "network/ed25519.h"

#include <algorithm>
#include <utility>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Principal;
using core::Result;
using network::PushReply;
using network::PushViewer;

/// Long enough for a refusal to arrive before the port closes.
constexpr core::milliseconds linger{5000};

/// `code` is the protocol's.
Error refused(const char* code, const char* what) {
    return {ErrorKind::Refused, what, code, {}};
}
Error notNow() {
    return {ErrorKind::OutOfService, "The door's data is not open", "out_of_service", {}};
}

bool signedBy(const std::vector<std::uint8_t>& key, const QByteArray& text, const QByteArray& signature) {
    const QByteArray bytes(reinterpret_cast<const char*>(key.data()), static_cast<qsizetype>(key.size()));
    return network::ed25519Verifies(bytes, text, signature);
}

} // namespace

void PushWorker::refresh() {
    m_context.withStore([inPush = m_context.inPush](const Result<storage::Store*>& store) {
        auto viewers = store ? viewersOf(**store) : Result<Viewers>(store.error());
        if (viewers)
            inPush([viewers = *std::move(viewers)](PushWorker& self) { self.take(viewers); });
    });
}

void PushWorker::take(Viewers viewers) {
    m_viewers = std::move(viewers);
    if (m_server) {
        for (const Principal& each : *m_viewers)
            if (each.revoked && m_online.contains(QString::fromStdString(each.id.value.text()))) {
                m_server->revoke(each.id);
                m_lingers = m_context.now().mono + linger;
            }
        m_server->setViewers(whoMay());
    }
    m_tryAgain = {};
    decideListening();
    m_context.changed(QStringLiteral("viewers"));
}

void PushWorker::login(const network::PushLogin& login, const PushReply<PushViewer>& reply) {
    if (!m_viewers) {
        reply(notNow());
        return;
    }
    const core::Now at = m_context.now();
    const Principal* found = viewer({login.viewer});
    const auto obstacle =
        found != nullptr ? core::obstacle(*found, core::Action::ViewLive, m_door, at.wall) : std::nullopt;
    if (found == nullptr || obstacle == core::Obstacle::OtherDoor || obstacle == core::Obstacle::KindMayNot)
        reply(refused("unknown", "This door does not know this viewer"));
    else if (!signedBy(found->credential, login.signedText, login.signature) && !found->revoked)
        reply(refused("bad_signature", "The signature is not this viewer's"));
    else if (obstacle == core::Obstacle::Revoked)
        reply(refused("revoked", "This viewer was revoked"));
    else if (obstacle)
        reply(refused("expired", "This viewer's time is over"));
    else {
        m_context.withStore([id = found->id, at](const Result<storage::Store*>& store) {
            if (store)
                noteSeen(**store, id, at.wall);
        });
        for (Principal& each : *m_viewers)
            if (each.id == found->id)
                each.lastSeen = at.wall;
        reply(pushViewer(*found, m_door, at.wall, m_context.settings.flag("push.live")));
    }
}

void PushWorker::pair(const network::PushPairing& asked, const PushReply<PushViewer>& reply) {
    if (!m_viewers) {
        reply(notNow());
        return;
    }
    const core::Now at = m_context.now();
    const std::vector<std::uint8_t> key(asked.key.begin(), asked.key.end());
    const auto verdict = m_pairing.attempt(asked.code, signedBy(key, asked.signedText, asked.signature), at.mono);
    m_lingers = at.mono + linger;
    m_context.changed(QStringLiteral("pairing"));
    switch (verdict) {
    case Pairing::Verdict::NotOpen:
        reply(refused("no_pairing", "Nobody is to be paired now"));
        return;
    case Pairing::Verdict::Wrong:
        reply(refused("wrong_code", "The code is wrong"));
        return;
    case Pairing::Verdict::BadSignature:
        reply(refused("bad_signature", "The signature does not fit the key"));
        return;
    case Pairing::Verdict::Right:
        break;
    }
    Principal principal;
    principal.id = {newUuid(at.wall)};
    principal.kind = core::PrincipalKind::Viewer;
    principal.name = m_pairing.asked().name.empty() ? shownName(asked.name) : m_pairing.asked().name;
    principal.role = m_pairing.asked().role;
    principal.credential = key;
    principal.created = principal.lastSeen.emplace(at.wall);
    m_context.withStore([principal, at, by = m_pairing.asked().by, reply,
                         inPush = m_context.inPush](const Result<storage::Store*>& store) {
        auto kept = store ? keepViewer(**store, principal, {by, at.wall}) : Result<Principal>(store.error());
        inPush([kept = std::move(kept), at, reply](PushWorker& self) {
            if (!kept) {
                self.m_pairing.failed();
                reply(Error{kept.error().kind, kept.error().what, "out_of_service", kept.error().remedy});
            } else {
                self.m_pairing.paired(*kept);
                std::erase_if(*self.m_viewers, [&](const Principal& each) { return each.id == kept->id; });
                self.m_viewers->push_back(*kept);
                const PushViewer known =
                    pushViewer(*kept, self.m_door, at.wall, self.m_context.settings.flag("push.live"));
                if (self.m_server)
                    self.m_server->setViewers(self.whoMay());
                reply(known);
                self.m_context.changed(QStringLiteral("viewers"));
            }
            self.m_context.changed(QStringLiteral("pairing"));
            self.decideListening();
        });
    });
}

void PushWorker::ask(const PushViewer& who, const QString& command, const QJsonObject& args,
                     const PushReply<network::PushAnswer>& reply) {
    const Principal* now = viewer(who.principal.id);
    if (now == nullptr) {
        reply(refused("revoked", "This viewer was revoked"));
        return;
    }
    if (const auto may = viewerMayAsk(*now, command, m_door, m_context.now().wall); !may) {
        reply(may.error());
        return;
    }
    m_context.run(command, askedBy(*now, args),
                  [reply](const Result<QJsonObject>& answer) { reply(pushAnswer(answer)); });
}

void PushWorker::act(const network::PushAct& asked, const PushReply<QJsonObject>& reply) {
    const Principal* now = viewer(asked.viewer);
    const auto action = core::remoteActionFromCode(asked.action.toStdString());
    if (now == nullptr || !action) {
        reply(now == nullptr ? refused("revoked", "This viewer was revoked")
                             : Error{ErrorKind::Usage, "This action is not known", {}, {}});
        return;
    }
    core::RemoteRequest request;
    request.principal = *now;
    request.action = *action;
    request.door = m_door;
    if (static_cast<std::size_t>(asked.nonce.size()) == request.nonce.size())
        std::copy(asked.nonce.begin(), asked.nonce.end(), request.nonce.begin());
    request.reason = asked.reason.toStdString();
    request.receivedAt = asked.received;
    request.signatureValid = signedBy(now->credential, asked.signedText, asked.signature);
    m_context.act(request, [reply](const core::Status& done) {
        reply(done ? Result<QJsonObject>(QJsonObject()) : Result<QJsonObject>(done.error()));
    });
}

} // namespace facelatch::app
