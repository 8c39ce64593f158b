// SPDX-License-Identifier: GPL-3.0-or-later
// Running the lab's daemons.
#include "avahi_lab.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>

#include <unistd.h>

namespace facelatch::testing {

namespace {

constexpr int patience = 30'000; // ms

QString programNamed(const QString& name) {
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QStandardPaths::findExecutable(name, {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin"),
                                                                   QStringLiteral("/usr/bin")})
                           : found;
}

} // namespace

AvahiLab::AvahiLab() {
    const QString bus = m_folder.filePath(QStringLiteral("bus"));
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + bus.toUtf8());
    write(QStringLiteral("bus.conf"),
          "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
          " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
          "<busconfig><type>custom</type><listen>unix:path=" +
              bus.toUtf8() +
              "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow user=\"*\"/><allow own=\"*\"/>"
              "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/></policy></busconfig>\n");
    write(QStringLiteral("avahi.conf"), "[server]\nhost-name=facelatch-test-" + QByteArray::number(::getpid()) +
                                            "\nuse-ipv4=yes\nuse-ipv6=no\nallow-interfaces=lo\nenable-dbus=yes\n"
                                            "[publish]\npublish-workstation=no\npublish-hinfo=no\n");
}

AvahiLab::~AvahiLab() {
    stopAvahi();
    stopBus();
}

QString AvahiLab::startBus() {
    return start(m_bus, QStringLiteral("dbus-daemon"),
                 {QStringLiteral("--nofork"), QStringLiteral("--nopidfile"), QStringLiteral("--print-address"),
                  QStringLiteral("--config-file=") + m_folder.filePath(QStringLiteral("bus.conf"))},
                 "unix:path");
}

QString AvahiLab::startAvahi() {
    const QString avahi = programNamed(QStringLiteral("avahi-daemon"));
    if (avahi.isEmpty())
        return QStringLiteral("avahi-daemon is not installed");
    // Its PID file's place is compiled in.
    QStringList arguments{QStringLiteral("--mount")};
    if (::geteuid() != 0)
        arguments << QStringLiteral("--map-current-user") << QStringLiteral("--keep-caps");
    arguments << QStringLiteral("sh") << QStringLiteral("-c")
              << QStringLiteral("mount -t tmpfs tmpfs /run && mkdir /run/avahi-daemon && exec \"$@\"")
              << QStringLiteral("sh") << avahi << QStringLiteral("--no-drop-root") << QStringLiteral("--no-chroot")
              << QStringLiteral("--no-rlimits") << QStringLiteral("--file")
              << m_folder.filePath(QStringLiteral("avahi.conf"));
    return start(m_avahi, QStringLiteral("unshare"), arguments, "startup complete");
}

QString AvahiLab::start(QProcess& process, const QString& program, const QStringList& arguments,
                        const QByteArray& ready) {
    const QString path = programNamed(program);
    if (path.isEmpty())
        return program + QStringLiteral(" is not installed");
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(path, arguments);
    QByteArray said;
    QElapsedTimer waited;
    waited.start();
    while (!said.contains(ready)) {
        if (process.state() == QProcess::NotRunning || waited.hasExpired(patience))
            return program + QStringLiteral(" does not run here: ") + QString::fromUtf8(said.simplified().right(300));
        process.waitForReadyRead(100);
        said += process.readAll();
    }
    return {};
}

void AvahiLab::stop(QProcess& process) {
    if (process.state() == QProcess::NotRunning)
        return;
    process.kill();
    process.waitForFinished(patience);
}

QString AvahiLab::write(const QString& name, const QByteArray& text) const {
    QFile file(m_folder.filePath(name));
    if (!file.open(QFile::WriteOnly) || file.write(text) != text.size())
        qFatal("the lab's folder cannot be written");
    return file.fileName();
}

} // namespace facelatch::testing
