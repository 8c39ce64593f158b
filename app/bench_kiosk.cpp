// SPDX-License-Identifier: GPL-3.0-or-later
// Preparing, starting and reading the kiosk.
#include "app/bench_kiosk.h"

#include "app/bench_scene.h"
#include "app/clock.h"
#include "app/rules.h"
#include "app/use_cases.h"
#include "recognition/pictures.h"
#include "storage/store.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include <unistd.h>

namespace facelatch::app {

namespace {

constexpr core::milliseconds startPatience{30'000};

/// The owner's way of recognising; lock, camera and screen are the bench's.
QStringList settingsFor(const LoadedSettings& loaded, const BenchKioskPlan& plan, const std::string& faces) {
    std::vector<std::string> assignments;
    for (const core::SettingRow& row : core::settingRows())
        if (row.key.starts_with("recognition."))
            assignments.push_back(std::string(row.key) + '=' + loaded.settings.valueText(row.key));
    if (loaded.settings.text("recognition.models_dir").empty())
        assignments.push_back("recognition.models_dir=" + loaded.dataFolder + "/models");
    for (const char* key : {"liveness.min_frames", "liveness.threshold"})
        assignments.push_back(std::string(key) + '=' + loaded.settings.valueText(key));
    assignments.push_back(std::string("liveness.policy=") + (plan.liveness ? "passive" : "off"));
    assignments.push_back("camera.replay_path=" + faces);
    assignments.push_back("camera.replay_show_ms=" + std::to_string(plan.show.count()));
    assignments.push_back("camera.replay_pause_ms=" + std::to_string(plan.pause.count()));
    for (const char* fixed : {"lock.kind=simulated", "lock.strike_time_ms=500", "camera.source=replay", "camera.fps=30",
                              "camera.width=640", "camera.height=480", "visit.cool_down_ms=0", "screen.window=800x480"})
        assignments.emplace_back(fixed);
    QStringList arguments;
    for (const std::string& assignment : assignments)
        arguments << QStringLiteral("--set") << QString::fromStdString(assignment);
    return arguments;
}

/// The number after `key` in a file of /proc with lines such as "VmRSS:   1234 kB", in megabytes.
std::optional<double> megabytesIn(const std::string& path, const std::string& key) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(key))
            return std::stod("0" + line.substr(line.find_first_of("0123456789"))) * 1024 / 1e6;
    return std::nullopt;
}

/// Name and processor time of a /proc/.../stat: the name stands in brackets and may hold anything.
std::optional<std::pair<std::string, double>> readStat(const std::string& path) {
    std::ifstream file(path);
    std::string all;
    std::getline(file, all);
    const auto open = all.find('('), close = all.rfind(')');
    if (open == std::string::npos || close == std::string::npos)
        return std::nullopt;
    std::istringstream rest(all.substr(close + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) // utime and stime are the fields 14 and 15 (proc(5))
        rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    const double tickMs = 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
    return std::pair(all.substr(open + 1, close - open - 1), (user + system) * tickMs);
}

} // namespace

BenchKiosk::~BenchKiosk() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(10'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

std::string BenchKiosk::file(const char* name) const {
    return m_folder.filePath(QString::fromUtf8(name)).toStdString();
}

core::Status BenchKiosk::enrol(const BenchFaces& faces, const core::Settings& settings) const {
    auto folder = storage::DataFolder::claim(file("data"));
    if (!folder)
        return folder.error();
    const auto store = storage::Store::open(*folder, storeOptions(settings, now().wall));
    if (!store)
        return store.error();
    for (const BenchFaces::Known& known : faces.people)
        if (auto added = runStoreCommand(**store, QStringLiteral("person.add"),
                                         personAddArguments(known.name, {}, known.enrolment), now());
            !added)
            return added.error();
    return core::Done{};
}

core::Status BenchKiosk::prepare(const LoadedSettings& loaded, const BenchKioskPlan& plan) {
    if (!m_folder.isValid() || !QDir(m_folder.path()).mkpath(QStringLiteral("faces")))
        return core::fail("No folder for throw-away data can be made", m_folder.errorString().toStdString(),
                          "Free space in the temporary folder");
    for (std::size_t i = 0; i < plan.pictures.size(); ++i) {
        const auto jpeg = recognition::encodeJpeg(plan.pictures[i], 95);
        if (!jpeg)
            return jpeg.error();
        std::ofstream picture(file("faces") + '/' + std::to_string(i) + ".jpg", std::ios::binary);
        picture.write(reinterpret_cast<const char*>(jpeg->data()), static_cast<std::streamsize>(jpeg->size()));
        if (!picture.flush())
            return core::fail("A picture to replay cannot be written", file("faces"),
                              "Free space in the temporary folder");
    }
    if (QFile settings(QString::fromStdString(file("settings.toml"))); !settings.open(QIODevice::WriteOnly))
        return core::fail("A settings file cannot be written", file("settings.toml"));
    return plan.enrolled != nullptr ? enrol(*plan.enrolled, loaded.settings) : core::Status(core::Done{});
}

core::Result<std::unique_ptr<BenchKiosk>> BenchKiosk::start(const LoadedSettings& loaded, const BenchKioskPlan& plan) {
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/facelatch");
    if (!QFileInfo(program).isExecutable())
        return core::fail("The kiosk's program is not there", program.toStdString(),
                          "Install or build facelatch beside facelatch-ctl");
    auto kiosk = std::unique_ptr<BenchKiosk>(new BenchKiosk);
    if (auto prepared = kiosk->prepare(loaded, plan); !prepared)
        return prepared.error();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    kiosk->m_process.setProcessEnvironment(environment);
    kiosk->m_process.setStandardOutputFile(QProcess::nullDevice());
    kiosk->m_startedAt = now().mono;
    kiosk->m_process.start(program,
                           QStringList{QStringLiteral("--timings"), QStringLiteral("--data"),
                                       QString::fromStdString(kiosk->file("data")), QStringLiteral("--settings"),
                                       QString::fromStdString(kiosk->file("settings.toml"))} +
                               settingsFor(loaded, plan, kiosk->file("faces")));
    if (!kiosk->m_process.waitForStarted())
        return core::fail("The kiosk cannot be started: " + kiosk->m_process.errorString().toStdString(),
                          program.toStdString());
    return kiosk;
}

void BenchKiosk::read() {
    m_unread += m_process.readAllStandardError();
    for (qsizetype end = m_unread.indexOf('\n'); end >= 0; end = m_unread.indexOf('\n')) {
        const std::string line = m_unread.left(end).toStdString();
        m_unread.remove(0, end + 1);
        std::istringstream words(line);
        std::string program, mark, what;
        std::int64_t ns = 0;
        if (words >> program >> mark >> what >> ns && mark == "timing")
            m_timings.push_back({what, core::MonoTime(std::chrono::nanoseconds(ns))});
        else
            m_lastLine = line;
    }
}

core::Status BenchKiosk::waitFor(const std::function<bool()>& condition, core::milliseconds patience) {
    const core::MonoTime until = now().mono + patience;
    for (;;) {
        read();
        if (condition())
            return core::Done{};
        const bool ended = m_process.state() == QProcess::NotRunning;
        if (ended || now().mono >= until)
            return core::fail(ended ? "The kiosk ended" : "The kiosk did not come so far in time",
                              "it said last: " + m_lastLine);
        m_process.waitForReadyRead(50);
    }
}

bool BenchKiosk::said(const char* what) const {
    return std::any_of(m_timings.begin(), m_timings.end(), [&](const Timing& timing) { return timing.what == what; });
}

double BenchKiosk::count(const char* what) const {
    const auto last =
        std::find_if(m_timings.rbegin(), m_timings.rend(), [&](const Timing& timing) { return timing.what == what; });
    return last == m_timings.rend() ? 0 : static_cast<double>(last->at.time_since_epoch().count());
}

core::Result<BenchKiosk::Memory> BenchKiosk::memory() const {
    const std::string process = "/proc/" + std::to_string(m_process.processId());
    const auto resident = megabytesIn(process + "/status", "VmRSS:"), peak = megabytesIn(process + "/status", "VmHWM:");
    const auto proportional = megabytesIn(process + "/smaps_rollup", "Pss:");
    if (!resident || !peak || !proportional)
        return core::fail("The kiosk's memory cannot be read", process);
    return Memory{*resident, *peak, *proportional};
}

core::Result<std::map<std::string, double>> BenchKiosk::processorMs() const {
    const QString process = QStringLiteral("/proc/%1").arg(m_process.processId());
    std::map<std::string, double> times;
    const QDir tasks(process + QStringLiteral("/task"));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (const auto thread = readStat(tasks.filePath(task + QStringLiteral("/stat")).toStdString()))
            times[thread->first] += thread->second;
    const auto whole = readStat((process + QStringLiteral("/stat")).toStdString());
    if (!whole || times.empty())
        return core::fail("The kiosk's processor time cannot be read", process.toStdString());
    times[{}] = whole->second; // threads that have ended included
    return times;
}

namespace {

/// The visits after the first `from` timings: a face and an empty scene in turns, a face standing there before them.
VisitsRun visitsIn(const std::vector<BenchKiosk::Timing>& timings, std::size_t from, std::size_t most) {
    VisitsRun run;
    core::MonoTime came{};
    bool face = true, waiting = false; // whether the face that stands there still waits for its release
    for (std::size_t i = from; i < timings.size() && run.releaseMs.size() < most; ++i) {
        const auto& [what, at] = timings[i];
        if (what == "released" && waiting) {
            run.releaseMs.push_back(std::chrono::duration<double, std::milli>(at - came).count());
            waiting = false;
        } else if (what == "scene") {
            face = !face;
            if (face && waiting) {
                run.releaseMs.push_back(std::numeric_limits<double>::infinity());
                ++run.missed;
            }
            if (face) {
                came = at;
                waiting = true;
            }
        }
    }
    return run;
}

} // namespace

core::Result<VisitsRun> runVisits(const LoadedSettings& loaded, const BenchFaces& faces, bool liveness, int visits) {
    // The lock's release and its rest, and the second after which a face has left, are over before the next one comes.
    constexpr core::milliseconds show{900}, pause{1500};
    BenchKioskPlan plan{{}, show, pause, liveness, &faces};
    for (const core::Image& photograph : faces.visitorsFor(liveness))
        plan.pictures.push_back(BenchScene(photograph).face());
    if (plan.pictures.empty())
        return core::fail("None of the photographs tried passes the liveness check", {},
                          "Name other photographs with --faces DIR");
    auto kiosk = BenchKiosk::start(loaded, plan);
    if (!kiosk)
        return kiosk.error();
    const auto& timings = (*kiosk)->timings();
    // Until the models are loaded nobody is let in: what counts begins after the first release.
    if (auto ready = (*kiosk)->waitFor([&] { return (*kiosk)->said("released"); }, startPatience); !ready)
        return ready.error();
    const std::size_t from = timings.size();
    const double shown = (*kiosk)->count("frames_shown"), missed = (*kiosk)->count("frames_missed");
    const auto scenes = [&] {
        return std::count_if(timings.begin() + static_cast<std::ptrdiff_t>(from), timings.end(),
                             [](const auto& timing) { return timing.what == "scene"; });
    };
    // One scene ends the visit that stands, each visit is two, and the face of the one after them ends the last pause.
    const auto wanted = 2 + 2 * visits;
    const auto patience = startPatience + visits * 2 * (show + pause);
    if (auto seen = (*kiosk)->waitFor([&] { return scenes() >= wanted; }, patience); !seen)
        return seen.error();
    VisitsRun run = visitsIn(timings, from, static_cast<std::size_t>(visits));
    const auto memory = (*kiosk)->memory();
    if (!memory)
        return memory.error();
    run.memory = *memory;
    run.framesShown = (*kiosk)->count("frames_shown") - shown;
    run.framesMissed = (*kiosk)->count("frames_missed") - missed;
    return run;
}

} // namespace facelatch::app
