// SPDX-License-Identifier: GPL-3.0-or-later
// One question to the running kiosk, asked without an event loop.
#include "network/control_socket.h"
#include "network/control_wire.h"
#include "network/unix_address.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;
using core::fail;
using core::Result;
using core::Status;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr qsizetype longestAnswer = qsizetype{64} << 20;

class Connection {
public:
    Connection(const std::filesystem::path& socket, milliseconds timeout)
        : m_where(socket.string()), m_deadline(steady_clock::now() + timeout) {}
    ~Connection() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Status open(const std::filesystem::path& socket) {
        const auto address = unixAddress(socket);
        if (!address)
            return address.error();
        m_fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (m_fd >= 0 && ::connect(m_fd, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0)
            return core::Done{};
        if (errno == ENOENT || errno == ECONNREFUSED)
            return Error{ErrorKind::NotFound, "no kiosk runs on this data folder", m_where, {}};
        if (errno == EACCES || errno == EPERM)
            return fail("this user may not talk to the kiosk", m_where, "Run it as the user of the kiosk, or as root");
        if (errno == EAGAIN)
            return noAnswer();
        return fail(std::string("the kiosk cannot be reached: ") + std::strerror(errno), m_where);
    }

    Status send(const QByteArray& bytes) {
        qsizetype sent = 0;
        while (sent < bytes.size()) {
            const auto count =
                ::send(m_fd, bytes.constData() + sent, static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
            if (count >= 0)
                sent += count;
            else if (errno == EPIPE || errno == ECONNRESET)
                return core::Done{}; // its reason may stand in what it wrote before it hung up
            else if (errno != EAGAIN && errno != EINTR)
                return fail(std::string("the request cannot be sent: ") + std::strerror(errno), m_where);
            else if (!wait(POLLOUT))
                return noAnswer();
        }
        return core::Done{};
    }

    Result<QByteArray> readLine() {
        QByteArray line;
        std::array<char, 1 << 16> buffer;
        for (;;) {
            const auto count = ::recv(m_fd, buffer.data(), buffer.size(), 0);
            if (count > 0) {
                line.append(buffer.data(), count);
                const void* end = std::memchr(buffer.data(), '\n', static_cast<std::size_t>(count));
                if (end)
                    return line.left(line.indexOf('\n', line.size() - count));
                if (line.size() > longestAnswer)
                    return fail("the kiosk's answer is too long", m_where);
            } else if (count == 0 || errno == ECONNRESET) {
                return Error{ErrorKind::OutOfService, "the kiosk hung up without an answer", m_where,
                             "Look at its log, then try again"};
            } else if (errno != EAGAIN && errno != EINTR) {
                return fail(std::string("the answer cannot be read: ") + std::strerror(errno), m_where);
            } else if (!wait(POLLIN)) {
                return noAnswer();
            }
        }
    }

private:
    /// False at the deadline.
    bool wait(short events) const {
        const auto left = std::chrono::ceil<milliseconds>(m_deadline - steady_clock::now()).count();
        pollfd waiting{m_fd, events, 0};
        return left > 0 && ::poll(&waiting, 1, static_cast<int>(left)) != 0;
    }
    Error noAnswer() const {
        return {ErrorKind::OutOfService, "the kiosk runs but does not answer", m_where,
                "Try again; if it stays so, restart it: sudo systemctl restart facelatch"};
    }

    const std::string m_where;
    const steady_clock::time_point m_deadline;
    int m_fd = -1;
};

} // namespace

Result<QJsonObject> controlRequest(const std::filesystem::path& socket, const QJsonObject& request,
                                   milliseconds timeout) {
    const QByteArray line = controlRequestLine(request);
    if (static_cast<std::size_t>(line.size()) > ControlLimits{}.requestBytes)
        return fail("the request is longer than the control socket takes (4 MiB)", socket.string(),
                    "Send less at once");
    Connection connection(socket, timeout);
    if (auto opened = connection.open(socket); !opened)
        return opened.error();
    if (auto sent = connection.send(line); !sent)
        return sent.error();
    const auto answer = connection.readLine();
    if (!answer)
        return answer.error();
    return parseControlAnswer(*answer);
}

} // namespace facelatch::network
