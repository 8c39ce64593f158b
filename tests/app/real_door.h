// SPDX-License-Identifier: GPL-3.0-or-later
// RealDoor: the kiosk as a process, replayed faces, the lock daemon's test build, and switches for disk and clock.
#pragma once

#include "tests/app/fault_switches.h"
#include "tests/app/programs.h"

#include <memory>

namespace facelatch::testing {

class RealDoor {
public:
    static constexpr int strikeMs = 1500;

    /// `data` is the data folder; one of its own when empty.
    explicit RealDoor(const QString& data = {});
    ~RealDoor();

    /// Why there can be no such door here; empty when there can.
    static QString missing();
    /// A known and an unknown face in turn, without end.
    bool prepare();
    bool enrolAlice();
    std::unique_ptr<Running> start() const;
    Ended ctl(const QStringList& words) const;

    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    const QString& data() const { return m_data; }
    FakeLockd& lockd() { return *m_lockd; }
    FaultSwitches& switches() { return *m_switches; }
    void fail(int error, int places);
    void slowDown(int syncMs, int places);
    void mend();

    /// Events with a number, as printed so far.
    static std::vector<QJsonObject> committed(Running& kiosk);
    static std::vector<QJsonObject> provisional(Running& kiosk);
    static int granted(const std::vector<QJsonObject>& events);
    /// What is wrong with the log: each event that a kiosk acknowledged is in it under its number, and the chain holds.
    QString wrongWithLog(const std::vector<QJsonObject>& acknowledged) const;

private:
    QStringList arguments() const {
        return {QStringLiteral("--data"), m_data, QStringLiteral("--settings"), path("settings.toml")};
    }
    QTemporaryDir m_folder;
    QString m_data;
    std::unique_ptr<FakeLockd> m_lockd;
    FaultSwitches* m_switches = nullptr;
};

/// A disk of its own (tmpfs) for the data folder.
class OwnDisk {
public:
    explicit OwnDisk(int megabytes);
    ~OwnDisk();
    /// Empty when it is there.
    const QString& whyNot() const { return m_whyNot; }
    QString path() const { return m_folder.path(); }
    bool makeReadOnly(bool readOnly);
    bool fill();
    bool empty();

private:
    QString filler() const { return m_folder.filePath(QStringLiteral("filler")); }
    QTemporaryDir m_folder;
    QString m_whyNot;
    int m_megabytes;
};

} // namespace facelatch::testing
