// SPDX-License-Identifier: GPL-3.0-or-later
// AvahiLab: a D-Bus and an Avahi daemon of a test's own, on the loopback interface, with a /run of their own.
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace facelatch::testing {

class AvahiLab {
public:
    /// Points DBUS_SYSTEM_BUS_ADDRESS of this process to the lab's bus, which does not run yet. libdbus looks at it
    /// only once: make the lab before anybody speaks to a bus.
    AvahiLab();
    ~AvahiLab();

    /// Each returns what keeps it from running here; empty when it runs.
    QString startBus();
    QString startAvahi();
    void stopBus() { stop(m_bus); }
    void stopAvahi() { stop(m_avahi); }

private:
    static QString start(QProcess& process, const QString& program, const QStringList& arguments,
                         const QByteArray& ready);
    static void stop(QProcess& process);
    QString write(const QString& name, const QByteArray& text) const;

    QTemporaryDir m_folder;
    QProcess m_bus, m_avahi;
};

} // namespace facelatch::testing
