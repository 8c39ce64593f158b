// SPDX-License-Identifier: GPL-3.0-or-later
// The event log: writing it on this machine's disk, and reading a long one.
#include "app/bench_figure.h"
#include "app/bench_run.h"
#include "app/clock.h"
#include "storage/log_fill.h"
#include "storage/log_reader.h"
#include "storage/store.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>

#include <sys/vfs.h>

namespace facelatch::app {

namespace {

constexpr std::int64_t manyRows = 1'000'000, quickRows = 20'000;
/// What a row takes, indices included, with as much again while it is written; a tenth for the unforeseen.
constexpr double bytesPerRow = 1800;
constexpr std::size_t pictureBytes = 60'000;
constexpr std::size_t eventsOfAVisit = 5; // its first has a picture
constexpr int people = 200;

/// Throw-away data on a disk: what is in memory says nothing about a log.
class LogFolder {
public:
    explicit LogFolder(const std::string& asked)
        : m_dir((asked.empty() ? QStringLiteral("/var/tmp") : QString::fromStdString(asked)) +
                QStringLiteral("/facelatch-bench-XXXXXX")) {}

    core::Result<storage::DataFolder> claim() const {
        if (!m_dir.isValid())
            return core::fail("No folder for throw-away data can be made: " + m_dir.errorString().toStdString(),
                              m_dir.path().toStdString(), "Name another with --folder DIR");
        return storage::DataFolder::claim(m_dir.path().toStdString());
    }
    /// Errors: the folder is in memory, or too full for so many bytes.
    core::Status fits(double bytes) const {
        struct statfs disk {};
        const std::string path = m_dir.path().toStdString();
        constexpr long tmpfs = 0x01021994; // linux/magic.h
        if (statfs(path.c_str(), &disk) != 0)
            return core::fail("The folder's disk cannot be asked", path, "Name another with --folder DIR");
        if (disk.f_type == tmpfs)
            return core::fail("The folder is in memory, which no log is", path,
                              "Name one on the disk with --folder DIR");
        if (static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_bsize) < bytes)
            return core::fail("There is too little space for a long log", path,
                              "Name another folder with --folder DIR; 2 GB are needed for a moment");
        return core::Done{};
    }
    QString path() const { return m_dir.path(); }

private:
    QTemporaryDir m_dir;
};

storage::StoreOptions options() {
    storage::StoreOptions out;
    out.now = now().wall;
    out.credentialsDirectory.clear();
    out.ballastBytes = 0;
    return out;
}

std::vector<core::Person> somePeople() {
    std::vector<core::Person> out(people);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].id = {newUuid(now().wall)};
        out[i].name = "Person " + std::to_string(i);
        out[i].cardId = "CARD" + std::to_string(i);
    }
    return out;
}

/// A second after the other, every fifth a stranger.
core::Event eventAt(const std::vector<core::Person>& known, core::WallTime first, std::int64_t number) {
    core::Event event;
    event.time = first + std::chrono::seconds(number);
    event.id = newUuid(event.time);
    event.visit = newUuid(event.time);
    event.door = "bench";
    event.local = "2026-01-01T00:00:00"; // one zone's clock is as long as another's
    event.score = 0.1F;
    event.live = core::LivenessVerdict::Live;
    event.modelId = "mobilefacenet-paddlex";
    if (number % 5 == 0)
        return event;
    const core::Person& person = known[static_cast<std::size_t>(number) % known.size()];
    event.outcome = core::Outcome::Granted;
    event.reason = core::Reason::Face;
    event.person = person.id;
    event.personName = person.name;
    event.cardId = person.cardId;
    event.score = 0.7F;
    event.margin = 0.3F;
    return event;
}

Measured failed(const core::Error& error) {
    return notMeasured(error.text());
}

struct Page {
    storage::EventFilter filter;
    storage::PageCursor cursor;
};

std::vector<Page> pagesOf(std::int64_t rows, core::WallTime first, const core::Person& person) {
    const core::WallTime middle = first + std::chrono::seconds(rows / 2);
    std::vector<Page> pages(5);
    pages[1].cursor.beforeSeq = rows / 2;
    pages[2].filter.outcome = core::Outcome::Denied;
    pages[3].filter.person = person.id;
    pages[4].filter.since = middle;
    pages[4].filter.until = middle + std::chrono::hours(1);
    return pages;
}

} // namespace

Measured measureLogAppend(BenchRun& run) {
    const LogFolder place(run.options().folder);
    const auto folder = place.claim();
    if (!folder)
        return failed(folder.error());
    constexpr double mostBytes = 2e9;
    if (auto fits = place.fits(mostBytes); !fits)
        return failed(fits.error());
    const auto store = storage::Store::open(*folder, options());
    if (!store)
        return failed(store.error());
    const auto known = somePeople();
    const storage::Bytes picture(pictureBytes, 0x42);
    const core::milliseconds span = core::milliseconds(1000) * run.rounds(10, 2);
    Costs costs;
    core::Status appended = core::Done{};
    const core::MonoTime from = now().mono;
    for (std::int64_t number = 1; now().mono - from < span; number += number % 5 == 4 ? 2 : 1) { // grants only
        const core::Event event = eventAt(known, now().wall, number);
        costs.add(costOf([&] {
            const bool pictured = costs.wallMs.size() % eventsOfAVisit == 0;
            if (const auto committed = (*store)->append(event, pictured ? picture : storage::Bytes()); !committed)
                appended = committed.error();
        }));
        if (!appended)
            return failed(appended.error());
    }
    const double seconds = std::chrono::duration<double>(now().mono - from).count();
    Measured measured;
    measured.spread = spreadOf(costs.wallMs);
    measured.cpu = spreadOf(costs.cpuMs);
    measured.judged = static_cast<double>(costs.wallMs.size()) / seconds;
    char note[80];
    std::snprintf(note, sizeof note, "%.0f events a second for %.1f s, in ", *measured.judged, seconds);
    measured.notes.push_back(note + QFileInfo(place.path()).path().toStdString());
    return measured;
}

Measured measureLogPage(BenchRun& run) {
    const LogFolder place(run.options().folder);
    const auto folder = place.claim();
    if (!folder)
        return failed(folder.error());
    const std::int64_t rows = run.options().quick ? quickRows : manyRows;
    if (auto fits = place.fits(static_cast<double>(rows) * bytesPerRow); !fits)
        return failed(fits.error());
    if (const auto store = storage::Store::open(*folder, options()); !store) // makes the database, and is closed again
        return failed(store.error());
    const auto known = somePeople();
    const core::WallTime first = now().wall - std::chrono::seconds(rows);
    core::Status filled = core::Done{};
    const Cost filling = costOf(
        [&] { filled = storage::fillLog(*folder, rows, [&](std::int64_t i) { return eventAt(known, first, i); }); });
    if (!filled)
        return failed(filled.error());
    const auto reader = storage::LogReader::open(folder->path());
    if (!reader)
        return failed(reader.error());
    const auto pages = pagesOf(rows, first, known[7]);
    constexpr int perPage = 100;
    std::vector<double> times, cpu;
    for (int round = 0; round < run.rounds(20, 3); ++round) {
        for (const Page& page : pages) {
            core::Result<std::vector<core::CommittedEvent>> events = std::vector<core::CommittedEvent>{};
            const Cost cost = costOf([&] { events = (*reader)->page(page.filter, page.cursor, perPage); });
            if (!events)
                return failed(events.error());
            if (events->size() != perPage)
                return notMeasured("A page has " + std::to_string(events->size()) + " events instead of 100");
            times.push_back(cost.wallMs);
            cpu.push_back(cost.cpuMs);
        }
    }
    Measured measured;
    measured.spread = spreadOf(times);
    measured.cpu = spreadOf(cpu);
    char note[120];
    std::snprintf(note, sizeof note, "%lld rows, written in %.0f s; the slowest page took %.1f ms",
                  static_cast<long long>(rows), filling.wallMs / 1000, *std::max_element(times.begin(), times.end()));
    measured.notes.emplace_back(note);
    if (rows == manyRows)
        measured.judged = measured.spread->p95;
    else
        measured.notes.emplace_back("Not judged: a quick run has no million rows");
    return measured;
}

} // namespace facelatch::app
