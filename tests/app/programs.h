// SPDX-License-Identifier: GPL-3.0-or-later
// The programs as a user runs them: started, listened to, killed.
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <optional>
#include <vector>

namespace facelatch::testing {

/// shared/models and shared/faces beside the checkout, or what the environment names instead; empty when not found.
QString modelsFolder();
QString facesFolder();

struct Ended {
    int code = -1;
    QString out;
    QString err;
};
/// Runs facelatch-ctl to its end.
Ended ctl(const QStringList& arguments, int timeoutMs = 120'000);

/// A program that goes on running; killed with this object. Collects what it prints.
class Running {
public:
    Running(const QString& program, const QStringList& arguments,
            const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment());
    ~Running();

    /// Waits until `condition` holds, looking each time something is printed and every 20 ms.
    bool waitFor(const std::function<bool()>& condition, int timeoutMs);
    bool waitForText(const QString& text, int timeoutMs);
    /// Waits for the end and returns the exit code, or nothing when it does not end.
    std::optional<int> waitForEnd(int timeoutMs);
    /// SIGTERM, and the exit code.
    std::optional<int> end();
    void signal(int number) const;
    qint64 pid() const { return m_process.processId(); }
    bool runs() const { return m_process.state() == QProcess::Running; }

    const QString& err() const { return m_err; }
    /// The JSON lines of --events so far, provisional ones included.
    std::vector<QJsonObject> events();
    /// The pages that the screen has shown, in order.
    QStringList screens();
    void read();

private:
    QProcess m_process;
    QByteArray m_out;
    QString m_err;
};

/// facelatch-lockd's test build with its record of the line: the level stays when the process dies, as on a Pi.
class FakeLockd {
public:
    explicit FakeLockd(const QTemporaryDir& folder);
    void start();
    void kill();

    struct Level {
        qint64 ns = 0; ///< CLOCK_MONOTONIC
        bool released = false;
    };
    /// Every change of the line since the first start, the request (at rest) included.
    std::vector<Level> levels() const;
    int releases() const;
    bool released() const;
    const QString& socket() const { return m_socket; }
    Running& process() { return *m_process; }

private:
    QString m_socket;
    QString m_conf;
    QString m_record;
    std::unique_ptr<Running> m_process;
};

/// CLOCK_MONOTONIC in nanoseconds.
qint64 monotonicNs();

} // namespace facelatch::testing
