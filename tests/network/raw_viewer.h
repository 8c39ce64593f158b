// SPDX-License-Identifier: GPL-3.0-or-later
// A peer of a push server that sends what it likes: bytes over TLS, and WebSocket frames made by hand.
#pragma once

#include "push_stage.h"

#include <QJsonDocument>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QtEndian>

namespace facelatch::testing {

struct RawFrame {
    int opcode = 1;
    QByteArray payload;
    bool fin = true, masked = true;
    int reserved = 0;     ///< the three bits, as a number
    int lengthBytes = -1; ///< 0, 2 or 8 whatever the payload is; -1: as it should be

    QByteArray bytes() const {
        QByteArray all;
        all += static_cast<char>((fin ? 0x80 : 0) | (reserved << 4) | opcode);
        const auto size = static_cast<quint64>(payload.size());
        const int length = lengthBytes >= 0 ? lengthBytes : size < 126 ? 0 : size <= 0xffff ? 2 : 8;
        const int first = length == 0 ? static_cast<int>(size) : length == 2 ? 126 : 127;
        all += static_cast<char>((masked ? 0x80 : 0) | first);
        QByteArray big(8, Qt::Uninitialized);
        qToBigEndian(size, big.data());
        all += big.right(length);
        if (!masked)
            return all + payload;
        const QByteArray mask("\x12\x34\x56\x78", 4);
        all += mask;
        for (qsizetype i = 0; i < payload.size(); ++i)
            all += static_cast<char>(payload[i] ^ mask[i % 4]);
        return all;
    }
};
inline QByteArray textFrame(const QByteArray& text) {
    return RawFrame{1, text}.bytes();
}

class RawViewer {
public:
    explicit RawViewer(std::uint16_t port, const QHostAddress& own = QHostAddress(QHostAddress::LocalHost)) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setSslConfiguration(tls);
        QObject::connect(&socket, &QSslSocket::readyRead, &socket, [this] {
            if (!deaf)
                received += socket.readAll();
        });
        socket.bind(own);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
    }

    static QByteArray upgrade(const QByteArray& path = "/push", const QByteArray& more = {}) {
        return "GET " + path + " HTTP/1.1\r\nHost: door\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + more + "\r\n";
    }
    /// Up to the door's hello. False when it does not come.
    bool greet() {
        if (!QTest::qWaitFor([&] { return socket.isEncrypted(); }, patience))
            return false;
        socket.write(upgrade());
        return QTest::qWaitFor([&] { return messages().size() == 1; }, patience);
    }
    bool logIn(const Known& known) {
        if (!greet())
            return false;
        socket.write(textFrame(login(known)));
        return QTest::qWaitFor([&] { return said("welcome"); }, patience);
    }
    /// A right login for this connection.
    QByteArray login(const Known& known) const { return login(known, messages().at(0)); }
    static QByteArray login(const Known& known, const QJsonObject& hello) {
        const auto nonce = network::strictBytes(hello.value(u"nonce").toString(), network::pushNonceBytes);
        const auto signature =
            known.key.sign(network::pushLoginText(hello.value(u"door").toString(), *nonce, identity().pin));
        return network::toText(network::LoginMessage{known.id, *signature}).toUtf8();
    }
    bool ends() {
        return QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, patience);
    }
    bool said(const char* t) const {
        const auto all = messages();
        return std::ranges::any_of(all, [&](const QJsonObject& m) { return m.value(u"t") == QLatin1String(t); });
    }

    /// The status of the answer to the handshake; 0: none.
    int status() const { return received.startsWith("HTTP/1.1 ") ? received.mid(9, 3).toInt() : 0; }
    std::vector<QJsonObject> messages() const {
        std::vector<QJsonObject> all;
        for (const auto& [opcode, payload] : frames())
            if (opcode == 1)
                all.push_back(QJsonDocument::fromJson(payload).object());
        return all;
    }
    /// 0: no close frame came.
    int closeCode() const {
        for (const auto& [opcode, payload] : frames())
            if (opcode == 8 && payload.size() >= 2)
                return qFromBigEndian<quint16>(payload.constData());
        return 0;
    }
    /// What came behind the answer to the handshake, while it is whole.
    std::vector<std::pair<int, QByteArray>> frames() const {
        qsizetype end = 0;
        return framesUpTo(end);
    }
    /// The same, and they are gone from what was received.
    std::vector<std::pair<int, QByteArray>> takeFrames() {
        qsizetype end = 0;
        auto all = framesUpTo(end);
        if (!all.empty())
            received = "\r\n\r\n" + received.mid(end);
        return all;
    }

    QSslSocket socket;
    QByteArray received;
    bool deaf = false;

private:
    std::vector<std::pair<int, QByteArray>> framesUpTo(qsizetype& end) const {
        std::vector<std::pair<int, QByteArray>> all;
        const auto head = received.indexOf("\r\n\r\n");
        end = head < 0 ? received.size() : head + 4;
        while (end + 2 <= received.size()) {
            const int opcode = received[end] & 0x0f;
            qsizetype size = received[end + 1] & 0x7f;
            qsizetype front = 2;
            if (size == 126) {
                front = 4;
                size = end + front <= received.size() ? qFromBigEndian<quint16>(received.constData() + end + 2) : 0;
            } else if (size == 127) {
                front = 10;
                size = end + front <= received.size()
                           ? static_cast<qsizetype>(qFromBigEndian<quint64>(received.constData() + end + 2))
                           : 0;
            }
            if (end + front + size > received.size())
                break;
            all.emplace_back(opcode, received.mid(end + front, size));
            end += front + size;
        }
        return all;
    }
};

} // namespace facelatch::testing
