// SPDX-License-Identifier: GPL-3.0-or-later
// The local socket by which facelatch-ctl talks to the kiosk that owns the data folder.
//
// Wire: one JSON object a line, UTF-8. Request {"v":1,"command":"...","args":{...}}; answer
// {"v":1,"ok":true,"result":{...}} or {"v":1,"ok":false,"error":{"kind","what","where","remedy"}}. Answers come in the
// order of the requests.
#pragma once

#include "core/result.h"

#include <QJsonObject>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>

#include <sys/types.h>

namespace facelatch::network {

struct ControlLimits {
    std::size_t requestBytes = std::size_t{4} << 20; ///< templates travel here as base64
    std::size_t answerBytes = std::size_t{64} << 20; ///< a longer answer is replaced by an error
    int clients = 16;
    std::chrono::milliseconds requestTimeout{
        10'000};                                     ///< to send the whole line, once begun; also idle time of a client
    std::chrono::milliseconds answerTimeout{60'000}; ///< for the handler to reply; then an error is answered
};

/// Calling it answers the request; only the first call counts. May be called later, from any thread, and after the
/// client or the server is gone (then nothing happens).
using ControlReply = std::function<void(core::Result<QJsonObject>)>;
/// The whole request, its "v" and "command" already checked. Must not block: it runs in the server's thread.
using ControlHandler = std::function<void(QJsonObject request, ControlReply reply)>;

/// Needs the event loop of the thread that makes it and must be destroyed there. The socket file has mode 0600; peers
/// other than the same user or root are closed unheard (SO_PEERCRED). A request that is no JSON object, too long, or
/// without "command" is answered with an error and the connection closed.
class ControlServer {
public:
    /// Listens at `socket`, replacing a socket file that nobody answers on. Errors: AlreadyRunning (somebody does),
    /// Failed (path too long, folder missing or not writable).
    static core::Result<std::unique_ptr<ControlServer>>
    listen(const std::filesystem::path& socket, ControlHandler handler, const ControlLimits& limits = {});
    /// Closes every connection and removes the socket file.
    ~ControlServer();
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

private:
    class Private;
    explicit ControlServer(std::unique_ptr<Private> p);
    std::unique_ptr<Private> m_p;
};

/// Whether a peer with this uid may speak to a server that runs as `own`.
bool mayControl(uid_t peer, uid_t own);

/// Sends one command and waits for its answer; needs no event loop. Any thread. The answer's "result", or its error.
/// Errors of its own: NotFound (no kiosk runs on this folder), OutOfService (it does not answer in time, or hung up),
/// Failed (not permitted, request too long, answer not understood).
core::Result<QJsonObject> controlRequest(const std::filesystem::path& socket, const QJsonObject& request,
                                         std::chrono::milliseconds timeout);

/// {"v":1,"command":command,"args":args}
QJsonObject makeControlRequest(const QString& command, const QJsonObject& args = {});

} // namespace facelatch::network
