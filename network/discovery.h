// SPDX-License-Identifier: GPL-3.0-or-later
// Doors that make themselves known on the local network, and finding them: multicast DNS, through the Avahi daemon.
//
// What is told and found is a convenience and proves nothing: anybody on the network can say it. Pairing compares pins.
//
// Thread: that of its event loop, where the signals come from. Calls to the daemon are answered in some milliseconds by
// one that is well; by one that hangs only after 25 s, so neither the gui's nor the push server's thread is the place.
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace facelatch::network {

struct DoorNotice {
    QString name; ///< for people: "Front door"
    QString door; ///< its id
    std::uint16_t port = 0;
    QByteArray pin; ///< of its certificate; only the beginning is told

    bool operator==(const DoorNotice&) const = default;
};

struct FoundDoor {
    QString service;    ///< what it is called on this network; no two are called the same
    QString name, door; ///< as in its notice
    QStringList hosts;  ///< addresses first, then its host name
    std::uint16_t port = 0;
    QByteArray pinStart; ///< the first 8 bytes of its pin

    bool operator==(const FoundDoor&) const = default;
};

enum class DiscoveryState {
    Off,      ///< not asked for
    NoDaemon, ///< Avahi does not run here; goes on when it appears
    Starting,
    On
};

inline constexpr std::chrono::seconds discoveryRetry{30};

class DoorAnnouncer : public QObject {
    Q_OBJECT
public:
    /// `retry`: how often it is looked whether there is a D-Bus by now. A daemon that comes later is noticed at once.
    explicit DoorAnnouncer(std::chrono::milliseconds retry = discoveryRetry, QObject* parent = nullptr);
    /// Says goodbye.
    ~DoorAnnouncer() override;

    /// From now on; called again, the new notice takes the place of the old one.
    void announce(const DoorNotice& notice);
    void withdraw();

    DiscoveryState state() const;
    /// What the door is called on this network, once On: its name, or "Front door #2" where another one was first.
    QString service() const;
    /// What went wrong last, for a log; empty while all is well.
    QString trouble() const;

Q_SIGNALS:
    /// State, service or trouble.
    void changed();

private:
    class Private;
    std::unique_ptr<Private> m_p;
};

class DoorBrowser : public QObject {
    Q_OBJECT
public:
    explicit DoorBrowser(std::chrono::milliseconds retry = discoveryRetry, QObject* parent = nullptr);
    ~DoorBrowser() override;

    void start();
    /// All doors are lost.
    void stop();

    DiscoveryState state() const;
    QString trouble() const;
    /// By their service's name.
    QList<FoundDoor> doors() const;

Q_SIGNALS:
    void stateChanged(facelatch::network::DiscoveryState state);
    /// A new one, or one whose facts changed.
    void found(const facelatch::network::FoundDoor& door);
    void lost(const QString& service);

private:
    class Private;
    std::unique_ptr<Private> m_p;
};

/// The records of a notice: v, door, name and pin. Too long a name is cut.
QList<QByteArray> noticeRecords(const DoorNotice& notice);
/// Name, id and pin's start of a door; nothing for records of another version, or with a part missing or wrong.
std::optional<FoundDoor> doorFromRecords(const QList<QByteArray>& records);
/// `text` in at most `bytes` bytes of UTF-8, whole characters only.
QByteArray cutUtf8(const QString& text, qsizetype bytes);

} // namespace facelatch::network
