// SPDX-License-Identifier: GPL-3.0-or-later
// CutWire: the network between a viewer and its door, to be cut and mended. Works in the test's own event loop.
#pragma once

#include <QHostAddress>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace facelatch::testing {

class CutWire : public QObject {
public:
    explicit CutWire(quint16 door) : m_door(door) {
        connect(&m_server, &QTcpServer::newConnection, this, [this] { join(); });
        m_server.listen(QHostAddress::LocalHost);
        m_port = m_server.serverPort();
    }
    quint16 port() const { return m_port; }
    void cut() {
        m_server.close();
        for (const QPointer<QTcpSocket>& end : std::exchange(m_ends, {}))
            if (end)
                end->abort();
    }
    bool mend() { return m_server.listen(QHostAddress::LocalHost, m_port); }

private:
    void join() {
        while (QTcpSocket* here = m_server.nextPendingConnection()) {
            auto* there = new QTcpSocket(here);
            there->connectToHost(QHostAddress(QHostAddress::LocalHost), m_door);
            connect(here, &QTcpSocket::readyRead, there, [here, there] { there->write(here->readAll()); });
            connect(there, &QTcpSocket::connected, there, [here, there] { there->write(here->readAll()); });
            connect(there, &QTcpSocket::readyRead, here, [here, there] { here->write(there->readAll()); });
            connect(here, &QTcpSocket::disconnected, here, &QObject::deleteLater);
            connect(there, &QTcpSocket::disconnected, here, &QTcpSocket::disconnectFromHost);
            connect(there, &QTcpSocket::errorOccurred, here, &QTcpSocket::disconnectFromHost);
            m_ends << here << there;
        }
    }

    QTcpServer m_server;
    const quint16 m_door;
    quint16 m_port = 0;
    QList<QPointer<QTcpSocket>> m_ends;
};

} // namespace facelatch::testing
