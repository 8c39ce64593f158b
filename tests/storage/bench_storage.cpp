// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of the store: sustained appends on this disk, pages and counts among many rows, verification, opening.
// bench_storage [ROWS] [FOLDER]: 1,000,000 rows in the temporary folder by default. Not part of the tests: minutes.
#include "temp_store.h"

#include "storage/log_fill.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace facelatch;
using namespace facelatch::test;

namespace {

void stop(const core::Error& error) {
    std::fprintf(stderr, "%s\n", error.text().c_str());
    std::exit(1);
}

template<typename T>
T need(core::Result<T> result) {
    if (!result)
        stop(result.error());
    return std::move(*result);
}

double milliseconds(const QElapsedTimer& clock) {
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// The median of ten runs.
template<typename Work>
void measure(const char* what, Work work) {
    std::vector<double> runs;
    for (int i = 0; i < 10; ++i) {
        QElapsedTimer clock;
        clock.start();
        work();
        runs.push_back(milliseconds(clock));
    }
    std::sort(runs.begin(), runs.end());
    std::printf("%-52s %9.2f ms (worst %.2f)\n", what, runs[5], runs[9]);
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const int rows = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    TempStore store(testOptions(), argc > 2 ? QString::fromUtf8(argv[2]) : QString());
    (void)need(store.open());
    std::vector<core::Person> people;
    for (int i = 0; i < 200; ++i)
        people.push_back(somebody("Person " + std::to_string(i)));
    for (const bool picture : {false, true}) {
        const Bytes bytes = picture ? jpeg(60'000) : Bytes();
        std::vector<double> each;
        QElapsedTimer all, one;
        all.start();
        while (milliseconds(all) < 10'000) {
            const core::Event event = grantedTo(people[each.size() % people.size()]);
            one.start();
            (void)need(store->append(event, bytes));
            each.push_back(milliseconds(one));
        }
        std::sort(each.begin(), each.end());
        std::printf("append%-46s %9.0f events/s (median %.2f ms, 99 %% %.2f ms, worst %.2f ms)\n",
                    picture ? " with a picture of 60 kB" : "",
                    static_cast<double>(each.size()) / (milliseconds(all) / 1000), each[each.size() / 2],
                    each[each.size() * 99 / 100], each.back());
    }
    store.close();
    QElapsedTimer clock;
    clock.start();
    need(storage::fillLog(store.folder(), rows, [&](std::int64_t i) {
        return i % 5 ? grantedTo(people[static_cast<std::size_t>(i) % people.size()], i * 1000)
                     : refusedStranger(i * 1000);
    }));
    std::printf("%d rows filled in after %.0f s, %.0f bytes a row\n", rows, milliseconds(clock) / 1000,
                static_cast<double>(QFileInfo(QString::fromStdString(store.database())).size()) / rows);
    for (const bool full : {false, true}) {
        store.options().forceFullCheck = full;
        clock.start();
        (void)need(store.open());
        std::printf("%-52s %9.0f ms\n", full ? "open with a check of every page" : "open", milliseconds(clock));
    }
    const auto reader = need(store.reader());
    const auto page = [&](const storage::EventFilter& filter, const storage::PageCursor& cursor = {}) {
        return need(reader->page(filter, cursor, 100)).size();
    };
    const std::int64_t middle = rows / 2;
    storage::EventFilter person, name, denied, rare, since, until, window;
    person.person = people[7].id;
    name.personName = "Nobody";
    denied.outcome = core::Outcome::Denied;
    rare.reason = core::Reason::Lockout;
    since.since = at((rows - 60) * 1000LL);
    until.until = at(middle * 1000);
    window.since = at(middle * 1000);
    window.until = at((middle + 3600) * 1000);
    measure("first page of 100", [&] { page({}); });
    measure("page of 100 from the middle", [&] { page({}, {.afterSeq = {}, .beforeSeq = middle}); });
    measure("first page of one person", [&] { page(person); });
    measure("nobody of that name", [&] { page(name); });
    measure("first page of refusals", [&] { page(denied); });
    measure("a reason that never was", [&] { page(rare); });
    measure("the last minute", [&] { page(since); });
    measure("an hour in the middle", [&] { page(window); });
    measure("before the middle in time", [&] { page(until); });
    measure("count of all", [&] { (void)need(reader->count({})); });
    measure("count of one person", [&] { (void)need(reader->count(person)); });
    measure("count of refusals", [&] { (void)need(reader->count(denied)); });
    measure("append beside it", [&] { (void)need(store->append(refusedStranger())); });
    clock.start();
    const auto verified = need(reader->verify());
    std::printf("%-52s %9.0f ms, %s\n", "verify", milliseconds(clock),
                verified.intact ? "intact" : verified.why.c_str());
    return 0;
}
