// SPDX-License-Identifier: GPL-3.0-or-later
// BenchKiosk: the real kiosk beside facelatch-ctl, without a display, with throw-away data, replayed pictures as its
// camera and a simulated lock; and what it says and takes.
#pragma once

#include "app/bench_faces.h"
#include "app/command_line.h"
#include "core/result.h"
#include "core/time.h"

#include <QProcess>
#include <QTemporaryDir>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace facelatch::app {

struct BenchKioskPlan {
    std::vector<core::Image> pictures;    ///< shown one after the other, from the start, in a loop
    core::milliseconds show{0}, pause{0}; ///< each; and the empty scene after each
    bool liveness = true;
    const BenchFaces* enrolled = nullptr; ///< may be null: nobody
};

/// One thread. The process ends with this object.
class BenchKiosk {
public:
    struct Timing {
        std::string what;    ///< as in app/timings.h
        core::MonoTime at{}; ///< of counts: so many nanoseconds after its beginning
    };
    struct Memory {
        double residentMb = 0, peakMb = 0, proportionalMb = 0; ///< of 10^6 bytes
    };

    /// The recognition settings are the owner's, the rest is what measuring needs. Errors: the program is not there,
    /// no folder for its data.
    static core::Result<std::unique_ptr<BenchKiosk>> start(const LoadedSettings& loaded, const BenchKioskPlan& plan);
    ~BenchKiosk();

    /// Looks whenever the kiosk says something. Errors (with what it said last): not within `patience`, it ended.
    core::Status waitFor(const std::function<bool()>& condition, core::milliseconds patience);
    /// Just before the process was started.
    core::MonoTime startedAt() const { return m_startedAt; }
    const std::vector<Timing>& timings() const { return m_timings; }
    bool said(const char* what) const;
    /// The latest count of that name; 0 when there was none.
    double count(const char* what) const;
    core::Result<Memory> memory() const;
    /// Processor time so far by the name of the thread, and of all of them under "".
    core::Result<std::map<std::string, double>> processorMs() const;

private:
    BenchKiosk() = default;
    core::Status prepare(const LoadedSettings& loaded, const BenchKioskPlan& plan);
    core::Status enrol(const BenchFaces& faces, const core::Settings& settings) const;
    void read();
    std::string file(const char* name) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_unread;
    std::string m_lastLine;
    core::MonoTime m_startedAt{};
    std::vector<Timing> m_timings;
};

/// What visits of enrolled people to a kiosk came to.
struct VisitsRun {
    std::vector<double> releaseMs;            ///< of each visit; infinity where the lock was not released
    int missed = 0;                           ///< those
    BenchKiosk::Memory memory;                ///< after them
    double framesShown = 0, framesMissed = 0; ///< by the screen, over all of them
};
core::Result<VisitsRun> runVisits(const LoadedSettings& loaded, const BenchFaces& faces, bool liveness, int visits);

} // namespace facelatch::app
