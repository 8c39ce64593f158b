// SPDX-License-Identifier: GPL-3.0-or-later
// A desktop of its own for a test: a private D-Bus with or without a notification service on it.
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <vector>

namespace facelatch::testing {

/// dbus-daemon, killed with this object.
class PrivateBus {
public:
    PrivateBus() {
        m_process.start(QStringLiteral("dbus-daemon"),
                        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (m_process.waitForStarted() && m_process.waitForReadyRead())
            m_address = QString::fromUtf8(m_process.readLine()).trimmed();
    }
    ~PrivateBus() {
        m_process.kill();
        m_process.waitForFinished();
    }
    /// Empty where dbus-daemon is not installed.
    const QString& address() const { return m_address; }
    QDBusConnection connect(const QString& name) const { return QDBusConnection::connectToBus(m_address, name); }

private:
    QProcess m_process;
    QString m_address;
};

struct Notified {
    uint id = 0, replaces = 0;
    QString title, text;
    QStringList actions;
    QVariantMap hints;
};

/// org.freedesktop.Notifications as a desktop has it.
class NoticeDesktop : public QDBusVirtualObject {
public:
    explicit NoticeDesktop(const QDBusConnection& bus) : m_bus(bus) {
        m_bus.registerVirtualObject(QStringLiteral("/org/freedesktop/Notifications"), this);
        m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    ~NoticeDesktop() override {
        m_bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
        m_bus.unregisterObject(QStringLiteral("/org/freedesktop/Notifications"));
    }

    std::vector<Notified> notified;
    std::vector<uint> closed;
    bool refuses = false;

    /// Somebody clicks.
    void open(uint id) {
        QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/Notifications"),
                                                         QStringLiteral("org.freedesktop.Notifications"),
                                                         QStringLiteral("ActionInvoked"));
        signal << id << QStringLiteral("default");
        m_bus.send(signal);
    }

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override {
        const QList<QVariant> args = message.arguments();
        if (message.member() == u"GetCapabilities") {
            bus.send(message.createReply(
                QStringList{QStringLiteral("body"), QStringLiteral("body-markup"), QStringLiteral("actions")}));
        } else if (message.member() == u"Notify" && refuses) {
            bus.send(message.createErrorReply(QDBusError::LimitsExceeded, QStringLiteral("too many")));
        } else if (message.member() == u"Notify") {
            Notified one;
            one.replaces = args.value(1).toUInt();
            one.id = one.replaces != 0 ? one.replaces : ++m_last;
            one.title = args.value(3).toString();
            one.text = args.value(4).toString();
            one.actions = args.value(5).toStringList();
            one.hints = qdbus_cast<QVariantMap>(args.value(6));
            notified.push_back(one);
            bus.send(message.createReply(one.id));
        } else if (message.member() == u"CloseNotification") {
            closed.push_back(args.value(0).toUInt());
            bus.send(message.createReply());
        } else {
            return false;
        }
        return true;
    }

private:
    QDBusConnection m_bus;
    uint m_last = 0;
};

} // namespace facelatch::testing
