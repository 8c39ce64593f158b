// SPDX-License-Identifier: GPL-3.0-or-later
// Finding doors through Avahi.
#include "network/avahi_session.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-common/address.h>
#include <avahi-common/error.h>
#include <avahi-common/strlst.h>

#include <QHostAddress>

#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace facelatch::network {

namespace {

constexpr auto serviceType = "_facelatch._tcp";
constexpr std::size_t mostSightings = 400; ///< whoever floods the network with doors does not fill our memory

/// The same door is seen on each interface, by IPv4 and by IPv6.
struct Sighting {
    int interface = 0, protocol = 0;
    QByteArray service, domain;
    auto operator<=>(const Sighting& other) const {
        return std::tie(service, domain, interface, protocol) <=>
               std::tie(other.service, other.domain, other.interface, other.protocol);
    }
    bool operator==(const Sighting&) const = default;
};

struct Seen {
    AvahiServiceResolver* resolver = nullptr; ///< the client's
    std::optional<FoundDoor> door;            ///< once resolved
};

QList<QByteArray> recordsOf(AvahiStringList* list) {
    QList<QByteArray> records;
    for (; list; list = avahi_string_list_get_next(list))
        records.prepend(QByteArray(reinterpret_cast<const char*>(avahi_string_list_get_text(list)),
                                   static_cast<qsizetype>(avahi_string_list_get_size(list))));
    return records;
}

QString textOf(const AvahiAddress& address) {
    char text[AVAHI_ADDRESS_STR_MAX] = {};
    avahi_address_snprint(text, sizeof text, &address);
    return QString::fromLatin1(text);
}

} // namespace

class DoorBrowser::Private {
public:
    Private(DoorBrowser* owner, std::chrono::milliseconds retry)
        : m_owner(owner),
          m_session(retry, {[this](AvahiClient* client) { browse(client); }, [] {}, [this] { forget(); },
                            [this] { Q_EMIT m_owner->stateChanged(m_session.state()); }}) {
        m_again.setSingleShot(true);
        QObject::connect(&m_again, &QTimer::timeout, &m_session, [this] { resolveAgain(); });
    }

    AvahiSession& session() { return m_session; }
    const std::map<QString, FoundDoor>& doors() const { return m_doors; }

private:
    void browse(AvahiClient* client) {
        if (m_browser) // it only paused
            return;
        m_browser = avahi_service_browser_new(
            client, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, serviceType, nullptr, AvahiLookupFlags{},
            [](AvahiServiceBrowser*, AvahiIfIndex interface, AvahiProtocol protocol, AvahiBrowserEvent event,
               const char* name, const char*, const char* domain, AvahiLookupResultFlags, void* self) {
                static_cast<Private*>(self)->browserSays(event, {interface, protocol, name, domain});
            },
            this);
        if (m_browser)
            m_session.succeeded();
        else
            m_session.failed(QString::fromUtf8(avahi_strerror(avahi_client_errno(client))));
    }

    void browserSays(AvahiBrowserEvent event, const Sighting& sighting) {
        if (event == AVAHI_BROWSER_NEW)
            resolve(sighting);
        else if (event == AVAHI_BROWSER_REMOVE)
            remove(sighting);
        else if (event == AVAHI_BROWSER_FAILURE)
            m_session.failed(QString::fromUtf8(avahi_strerror(avahi_client_errno(m_session.client()))));
    }

    void resolve(const Sighting& sighting) {
        if (m_seen.size() + m_unresolved.size() >= mostSightings || m_seen.contains(sighting))
            return;
        // Kept until the door is lost: it goes on telling what changes.
        AvahiServiceResolver* resolver = avahi_service_resolver_new(
            m_session.client(), sighting.interface, sighting.protocol, sighting.service.constData(), serviceType,
            sighting.domain.constData(), AVAHI_PROTO_UNSPEC, AvahiLookupFlags{},
            [](AvahiServiceResolver*, AvahiIfIndex interface, AvahiProtocol protocol, AvahiResolverEvent event,
               const char* name, const char*, const char* domain, const char* host, const AvahiAddress* address,
               std::uint16_t port, AvahiStringList* records, AvahiLookupResultFlags, void* self) {
                const Sighting which{interface, protocol, name, domain};
                if (event == AVAHI_RESOLVER_FOUND)
                    static_cast<Private*>(self)->resolved(which, host, address, port, records);
                else
                    static_cast<Private*>(self)->unresolved(which);
            },
            this);
        if (resolver)
            m_seen[sighting].resolver = resolver;
    }

    void resolved(const Sighting& sighting, const char* host, const AvahiAddress* address, std::uint16_t port,
                  AvahiStringList* records) {
        const auto seen = m_seen.find(sighting);
        if (seen == m_seen.end())
            return;
        auto door = doorFromRecords(recordsOf(records));
        if (door && port > 0) {
            door->service = QString::fromUtf8(sighting.service);
            door->port = port;
            // A link-local IPv6 address is good only together with an interface's name.
            if (const QString text = textOf(*address);
                address->proto == AVAHI_PROTO_INET || !QHostAddress(text).isLinkLocal())
                door->hosts << text;
            door->hosts << QString::fromUtf8(host);
            seen->second.door = *door;
        } else {
            seen->second.door.reset();
        }
        tell(sighting.service);
    }

    /// It was announced and does not answer: asked again after a while.
    void unresolved(const Sighting& sighting) {
        remove(sighting);
        m_unresolved.push_back(sighting);
        m_again.start(discoveryRetry);
    }
    void resolveAgain() {
        for (const Sighting& sighting : std::exchange(m_unresolved, {}))
            resolve(sighting);
    }

    void remove(const Sighting& sighting) {
        std::erase(m_unresolved, sighting);
        const auto seen = m_seen.find(sighting);
        if (seen == m_seen.end())
            return;
        avahi_service_resolver_free(seen->second.resolver);
        m_seen.erase(seen);
        tell(sighting.service);
    }

    /// Puts together what was seen of one door, and tells what changed.
    void tell(const QByteArray& service) {
        const QString name = QString::fromUtf8(service);
        std::optional<FoundDoor> whole;
        QStringList four, six, hosts;
        for (const auto& [sighting, seen] : m_seen) {
            if (sighting.service != service || !seen.door)
                continue;
            if (!whole)
                whole = seen.door;
            for (const QString& host : seen.door->hosts) {
                QStringList& kind = host.contains(u':') ? six : QHostAddress(host).isNull() ? hosts : four;
                if (!kind.contains(host))
                    kind << host;
            }
        }
        const auto known = m_doors.find(name);
        if (!whole) {
            if (known != m_doors.end()) {
                m_doors.erase(known);
                Q_EMIT m_owner->lost(name);
            }
            return;
        }
        whole->hosts = four + six + hosts;
        if (known != m_doors.end() && known->second == *whole)
            return;
        m_doors.insert_or_assign(name, *whole);
        Q_EMIT m_owner->found(*whole);
    }

    /// With the client everything made with it goes.
    void forget() {
        m_browser = nullptr;
        m_unresolved.clear();
        m_seen.clear();
        const auto gone = std::exchange(m_doors, {});
        for (const auto& [service, door] : gone)
            Q_EMIT m_owner->lost(service);
    }

    DoorBrowser* m_owner;
    AvahiServiceBrowser* m_browser = nullptr; ///< the client's
    std::map<Sighting, Seen> m_seen;
    std::vector<Sighting> m_unresolved;
    QTimer m_again;
    std::map<QString, FoundDoor> m_doors; ///< as they were told
    AvahiSession m_session;
};

DoorBrowser::DoorBrowser(std::chrono::milliseconds retry, QObject* parent)
    : QObject(parent), m_p(std::make_unique<Private>(this, retry)) {}
DoorBrowser::~DoorBrowser() {
    blockSignals(true); // nobody hears of losing doors by losing the browser
}
void DoorBrowser::start() {
    m_p->session().start();
}
void DoorBrowser::stop() {
    m_p->session().stop();
}
DiscoveryState DoorBrowser::state() const {
    return m_p->session().state();
}
QString DoorBrowser::trouble() const {
    return m_p->session().trouble();
}
QList<FoundDoor> DoorBrowser::doors() const {
    QList<FoundDoor> doors;
    for (const auto& [service, door] : m_p->doors())
        doors << door;
    return doors;
}

} // namespace facelatch::network
