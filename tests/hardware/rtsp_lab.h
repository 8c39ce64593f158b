// SPDX-License-Identifier: GPL-3.0-or-later
// The test's network camera as a process of its own, and a cable to it that can be held up.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <csignal>
#include <sys/types.h>

namespace facelatch::testing {

/// rtsp_camera running on a port of 127.0.0.1; ended with the test.
class RtspCamera {
public:
    explicit RtspCamera(std::vector<std::string> arguments, int port = 0);
    ~RtspCamera() { kill(); }
    RtspCamera(const RtspCamera&) = delete;
    RtspCamera& operator=(const RtspCamera&) = delete;

    int port() const { return m_port; } ///< 0: it did not start
    std::string url() const { return "rtsp://127.0.0.1:" + std::to_string(m_port) + "/live"; }
    void send(int signal) const { ::kill(m_process, signal); }
    void kill();

private:
    pid_t m_process = -1;
    int m_port = 0;
};

/// A TCP connection passed on, one client at a time, which can be held up: nothing is lost, all comes late.
class SlowCable {
public:
    explicit SlowCable(int to);
    ~SlowCable();
    SlowCable(const SlowCable&) = delete;
    SlowCable& operator=(const SlowCable&) = delete;

    int port() const { return m_port; }
    void hold(bool held) { m_held = held; }

private:
    void run();
    void pass(int client) const;

    int m_to, m_listener = -1, m_port = 0;
    std::atomic<bool> m_held = false, m_ended = false;
    std::thread m_thread;
};

} // namespace facelatch::testing
