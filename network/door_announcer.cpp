// SPDX-License-Identifier: GPL-3.0-or-later
// Announcing a door through Avahi.
#include "network/avahi_session.h"

#include <avahi-client/client.h>
#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/strlst.h>

#include <utility>

namespace facelatch::network {

namespace {

constexpr auto serviceType = "_facelatch._tcp";
constexpr qsizetype mostServiceName = 63; ///< RFC 6763, 4.1.1

struct Records {
    explicit Records(const QList<QByteArray>& records) {
        for (const QByteArray& record : records)
            list = avahi_string_list_add_arbitrary(list, reinterpret_cast<const std::uint8_t*>(record.constData()),
                                                   static_cast<std::size_t>(record.size()));
    }
    ~Records() { avahi_string_list_free(list); }
    Records(const Records&) = delete;
    Records& operator=(const Records&) = delete;
    AvahiStringList* list = nullptr;
};

/// "Front door" -> "Front door #2" -> "Front door #3".
QByteArray nextName(const QByteArray& name) {
    char* next = avahi_alternative_service_name(name.constData());
    QByteArray out(next);
    avahi_free(next);
    return out;
}

} // namespace

class DoorAnnouncer::Private {
public:
    Private(DoorAnnouncer* owner, std::chrono::milliseconds retry)
        : m_owner(owner),
          m_session(retry, {[this](AvahiClient* client) { publish(client); }, [this] { retract(); },
                            [this] { m_group = nullptr; }, [this] { sessionChanged(); }}) {}

    void announce(const DoorNotice& notice) {
        if (m_session.state() != DiscoveryState::Off && notice == m_notice)
            return;
        m_notice = notice;
        m_name = cutUtf8(notice.name, mostServiceName);
        if (m_session.state() == DiscoveryState::Off)
            m_session.start();
        else if (AvahiClient* client = m_session.client();
                 client && avahi_client_get_state(client) == AVAHI_CLIENT_S_RUNNING)
            publish(client);
    }
    void withdraw() { m_session.stop(); }
    const AvahiSession& session() const { return m_session; }
    QString service() const { return m_session.state() == DiscoveryState::On ? QString::fromUtf8(m_name) : QString(); }

private:
    void publish(AvahiClient* client) {
        if (!m_group)
            m_group = avahi_entry_group_new(
                client,
                [](AvahiEntryGroup* group, AvahiEntryGroupState state, void* self) {
                    static_cast<Private*>(self)->groupSays(group, state);
                },
                this);
        if (!m_group) {
            fail(client);
            return;
        }
        avahi_entry_group_reset(m_group);
        const Records records(noticeRecords(m_notice));
        int error = AVAHI_ERR_COLLISION;
        for (int tries = 0; error == AVAHI_ERR_COLLISION && tries < 100; ++tries) {
            error = avahi_entry_group_add_service_strlst(m_group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC,
                                                         AvahiPublishFlags{}, m_name.constData(), serviceType, nullptr,
                                                         nullptr, m_notice.port, records.list);
            if (error == AVAHI_ERR_COLLISION) // with another one of this machine
                m_name = nextName(m_name);
        }
        if (error != AVAHI_OK || avahi_entry_group_commit(m_group) != AVAHI_OK)
            fail(client);
    }

    void groupSays(AvahiEntryGroup* group, AvahiEntryGroupState state) {
        AvahiClient* client = avahi_entry_group_get_client(group);
        if (state == AVAHI_ENTRY_GROUP_ESTABLISHED) {
            m_session.succeeded();
            Q_EMIT m_owner->changed();                     // the name may be another one
        } else if (state == AVAHI_ENTRY_GROUP_COLLISION) { // with another machine's
            m_name = nextName(m_name);
            publish(client);
        } else if (state == AVAHI_ENTRY_GROUP_FAILURE) {
            fail(client);
        }
    }

    void fail(AvahiClient* client) { m_session.failed(QString::fromUtf8(avahi_strerror(avahi_client_errno(client)))); }
    void retract() {
        if (m_group)
            avahi_entry_group_reset(m_group);
    }
    void sessionChanged() { Q_EMIT m_owner->changed(); }

    DoorAnnouncer* m_owner;
    DoorNotice m_notice;
    QByteArray m_name;                  ///< the one that is tried, or has been taken
    AvahiEntryGroup* m_group = nullptr; ///< the client's
    AvahiSession m_session;
};

DoorAnnouncer::DoorAnnouncer(std::chrono::milliseconds retry, QObject* parent)
    : QObject(parent), m_p(std::make_unique<Private>(this, retry)) {}
DoorAnnouncer::~DoorAnnouncer() = default;
void DoorAnnouncer::announce(const DoorNotice& notice) {
    m_p->announce(notice);
}
void DoorAnnouncer::withdraw() {
    m_p->withdraw();
}
DiscoveryState DoorAnnouncer::state() const {
    return m_p->session().state();
}
QString DoorAnnouncer::service() const {
    return m_p->service();
}
QString DoorAnnouncer::trouble() const {
    return m_p->session().trouble();
}

} // namespace facelatch::network
