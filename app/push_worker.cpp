// SPDX-License-Identifier: GPL-3.0-or-later
// When the door listens, and what viewers are told without asking.
#include "app/push_worker.h"

#include "app/door_identity.h"
#include "app/push_asks.h"
#include "storage/event_json.h"

#include <QJsonArray>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace facelatch::app {

namespace {

/// The state, a pairing and a ring are looked at so often.
constexpr core::milliseconds tickEvery{100};
/// A port that is taken, or files that cannot be read, may get well by themselves.
constexpr core::milliseconds tryEvery{10'000};
constexpr core::milliseconds lookEvery{3'600'000};

network::PushLimits limitsOf(const core::Settings& settings, network::PushLimits limits) {
    limits.connections = static_cast<int>(settings.integer("push.connections"));
    limits.ofAddress = static_cast<int>(settings.integer("push.per_address"));
    return limits;
}

} // namespace

PushWorker::PushWorker(PushContext context)
    : m_context(std::move(context)),
      m_door(m_context.settings.text("door.id")),
      m_state(m_context.settings, m_context.now().wall),
      m_bell(std::chrono::seconds(m_context.settings.integer("door.ring_s"))) {
    m_context.limits = limitsOf(m_context.settings, m_context.limits);
    connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
    m_timer.start(tickEvery);
}

PushWorker::~PushWorker() = default;

void PushWorker::dataOpened() {
    refresh();
    noteWaiting();
}

std::optional<std::uint16_t> PushWorker::port() const {
    return m_server ? std::optional(m_server->port()) : std::nullopt;
}

bool PushWorker::anyViewer() const {
    return m_viewers &&
           std::any_of(m_viewers->begin(), m_viewers->end(), [](const core::Principal& each) { return !each.revoked; });
}

const core::Principal* PushWorker::viewer(const core::PrincipalId& id) const {
    if (!m_viewers)
        return nullptr;
    const auto found =
        std::find_if(m_viewers->begin(), m_viewers->end(), [&](const core::Principal& each) { return each.id == id; });
    return found == m_viewers->end() ? nullptr : &*found;
}

std::vector<network::PushViewer> PushWorker::whoMay() const {
    std::vector<network::PushViewer> list;
    const core::WallTime at = m_context.now().wall;
    for (const core::Principal& each : m_viewers.value_or(Viewers()))
        if (core::mayDo(each, core::Action::ViewLive, m_door, at))
            list.push_back(pushViewer(each, m_door, at, m_context.settings.flag("push.live")));
    return list;
}

network::PushHost PushWorker::host() {
    network::PushHost host;
    host.login = [this](const network::PushLogin& asked, const auto& reply) { login(asked, reply); };
    host.pair = [this](const network::PushPairing& asked, const auto& reply) { pair(asked, reply); };
    host.events = [this](const network::PushFollow& follow, int limit, const auto& reply) {
        m_context.events(follow, limit, m_logId, reply);
    };
    host.ask = [this](const network::PushViewer& who, const QString& command, const QJsonObject& args,
                      const auto& reply) { ask(who, command, args, reply); };
    host.nonce = [this](const core::PrincipalId& who, const network::PushReply<QJsonObject>& reply) {
        m_context.nonce(who, [reply](const core::RemoteNonce& nonce) {
            const QByteArray bytes(reinterpret_cast<const char*>(nonce.data()), static_cast<qsizetype>(nonce.size()));
            reply(QJsonObject{
                {QStringLiteral("nonce"),
                 QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))},
                {QStringLiteral("lasts_ms"), static_cast<qint64>(core::RemoteRules().nonceLives.count())}});
        });
    };
    host.act = [this](const network::PushAct& asked, const auto& reply) { act(asked, reply); };
    host.ringAnswered = [this](const network::PushViewer& by, const core::Uuid7& ring) { answered(by, ring); };
    host.liveWanted = [this](int width, int fps) {
        const bool allowed = m_context.settings.flag("push.live");
        m_context.live(allowed ? width : 0, allowed ? fps : 0);
        m_context.watched(allowed && fps > 0);
    };
    host.connected = [this](const QJsonArray& viewers) {
        m_online.clear();
        for (const auto& each : viewers)
            m_online.insert_or_assign(each.toObject().value(u"viewer").toString(), each.toObject());
        m_context.changed(QStringLiteral("viewers"));
    };
    return host;
}

void PushWorker::decideListening() {
    const core::MonoTime at = m_context.now().mono;
    if (!enabled() || !(anyViewer() || m_pairing.isOpen(at) || m_pairing.busy() || (m_server && at < m_lingers))) {
        if (std::exchange(m_server, nullptr)) {
            m_online.clear();
            m_context.live(0, 0);
            m_context.watched(false);
            m_context.announce(std::nullopt);
        }
        if (std::exchange(m_trouble, std::nullopt))
            m_context.clear(core::FaultCode::PushOff);
    } else if (!m_server && at >= m_tryAgain)
        listen();
    m_bell.setThere(m_context.settings.flag("door.doorbell") && enabled() && anyViewer());
    tellBell();
}

void PushWorker::listen() {
    const core::Now at = m_context.now();
    m_tryAgain = at.mono + tryEvery;
    const auto identity = doorIdentity(m_context.settings, m_context.dataFolder, IfNoIdentity::Make, at.wall);
    if (!identity) {
        trouble(identity.error());
        return;
    }
    m_identity = *identity;
    auto server = network::PushServer::listen(*identity, m_door, m_context.settings.text("push.address"),
                                              m_context.port, host(), m_context.limits);
    if (!server) {
        trouble(server.error());
        return;
    }
    m_server = *std::move(server);
    if (std::exchange(m_trouble, std::nullopt))
        m_context.clear(core::FaultCode::PushOff);
    std::fprintf(stderr, "facelatch: viewers reach this door at port %u\n", static_cast<unsigned>(m_server->port()));
    m_server->setState(m_state.changed(m_context.view.get(), at.wall).value_or(m_state.last()));
    m_server->setViewers(whoMay());
    if (m_context.settings.flag("push.announce"))
        m_context.announce(network::DoorNotice{QString::fromStdString(m_context.settings.text("door.name")),
                                               QString::fromStdString(m_door), m_server->port(), m_identity->pin});
    knowLog();
    m_lookAgain = at.mono;
    watchCertificate();
}

void PushWorker::trouble(const core::Error& error) {
    const bool told = m_trouble && m_trouble->text() == error.text();
    m_trouble = error;
    if (!told)
        m_context.raise({core::FaultCode::PushOff, error.text()});
}

/// The server greets with where the log stands; from the next event on it knows by itself.
void PushWorker::knowLog() {
    m_context.events({.logId = {}, .after = 0, .newest = 0}, 1, m_logId,
                     [inPush = m_context.inPush](const core::Result<network::PushEvents>& events) {
                         if (events)
                             inPush([events = *events](PushWorker& self) {
                                 if (self.m_server && (self.m_logId.isEmpty() || self.m_logId == events.logId))
                                     self.m_server->committed(events.logId, events.lastSeq);
                             });
                     });
}

void PushWorker::watchCertificate() {
    const core::Now at = m_context.now();
    if (!m_identity || at.mono < m_lookAgain)
        return;
    m_lookAgain = at.mono + lookEvery;
    const bool ends = core::clockKnown(at.wall) && m_identity->notAfter <= at.wall + core::certificateWarning;
    if (ends)
        m_context.raise({core::FaultCode::CertificateEnds,
                         "the certificate ends on " +
                             core::rfc3339Utc(m_identity->notAfter).substr(0, core::isoDateLength) +
                             (m_identity->ownersOwn ? ". Put a new one into the files of tls.certificate and tls.key"
                                                    : ". Renew it: facelatch-ctl tls renew --keep-key")});
    else if (m_ending)
        m_context.clear(core::FaultCode::CertificateEnds);
    m_ending = ends;
}

void PushWorker::tick() {
    const core::Now at = m_context.now();
    decideListening(); // a pairing ends by time, a port may be free by now
    if (m_bell.over(at.mono))
        ringOver();
    if (!m_notes.empty() && at.mono >= m_noteAgain)
        noteWaiting();
    watchCertificate();
    const auto state = m_state.changed(m_context.view.get(), at.wall);
    if (state && m_server)
        m_server->setState(*state);
}

void PushWorker::committed(const core::CommittedEvent& event) {
    if (!event.provisional)
        m_logId = QString::fromStdString(event.logId);
    if (!m_server)
        return;
    if (event.provisional)
        m_server->provisional(storage::toJson(event));
    else
        m_server->committed(m_logId, event.seq);
}

void PushWorker::frame(const QJsonObject& header, const QByteArray& jpeg) {
    if (m_server)
        m_server->frame(header, jpeg);
}

core::PushFacts PushWorker::facts() const {
    core::PushFacts facts;
    facts.looked = true;
    facts.enabled = enabled();
    facts.listening = m_server != nullptr;
    const std::string& address = m_context.settings.text("push.address");
    if (m_server)
        facts.where = (address.empty() ? "*" : address) + ":" + std::to_string(m_server->port());
    if (m_trouble) {
        facts.error = core::Error{m_trouble->kind, m_trouble->what, m_trouble->where, {}}.text();
        facts.remedy =
            m_trouble->remedy.empty() ? "See push.port, push.address and tls.* of the settings" : m_trouble->remedy;
    }
    facts.viewers = static_cast<int>(whoMay().size());
    facts.online = static_cast<int>(m_online.size());
    return facts;
}

} // namespace facelatch::app
