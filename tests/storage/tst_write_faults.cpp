// SPDX-License-Identifier: GPL-3.0-or-later
// Every write of every operation fails once, or from then on, or is the last thing the process does.
#include "faults.h"
#include "temp_store.h"

#include <QtTest>

#include <cerrno>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::test;

namespace {

/// An operation has fewer writes than this; reaching it means that the fault never came.
constexpr int manyWrites = 1000;

struct Trouble {
    int error;
    Fault fault;
    const char* name;
};

constexpr Trouble troubles[] = {{ENOSPC, Fault::Once, "ENOSPC once"},
                                {ENOSPC, Fault::FromThenOn, "ENOSPC from then on"},
                                {EIO, Fault::Once, "EIO once"},
                                {EIO, Fault::FromThenOn, "EIO from then on"},
                                {EROFS, Fault::FromThenOn, "EROFS from then on"}};

QByteArray label(const Trouble& trouble, int nth) {
    return QByteArray(trouble.name) + " at write " + QByteArray::number(nth);
}

} // namespace

#define VERIFY_AT(condition, at) QVERIFY2(condition, (at).constData())
#define VERIFY_OK_AT(result, at)                                                                                       \
    do {                                                                                                               \
        const auto& once = (result);                                                                                   \
        QVERIFY2(bool(once), once ? "" : ((at) + ": " + facelatch::test::why(once.error())).constData());              \
    } while (false)

class TestWriteFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void appendingHeals() {
        for (const Trouble& trouble : troubles) {
            int failures = 0, nth = 1;
            for (bool reached = true; reached; ++nth) {
                QVERIFY(nth < manyWrites);
                const QByteArray at = label(trouble, nth);
                TempStore store(testOptions(), fastFolder());
                VERIFY_OK_AT(store.open(), at);
                const core::Person alice = somebody("Alice");
                VERIFY_OK_AT(store->addPerson(alice, {templateOf(alice, 0.5F)}), at);
                VERIFY_OK_AT(store->append(refusedStranger(0), jpeg()), at);
                const core::Event event = grantedTo(alice, 1), next = refusedStranger(2);
                armFault(store.path(), nth, trouble.error, trouble.fault);
                const auto first = store->append(event, jpeg());
                reached = disarmFault() >= nth;
                if (!first) {
                    ++failures;
                    VERIFY_AT(!first.error().what.empty() && !first.error().remedy.empty(), at);
                    VERIFY_AT(!store->health().writable && !store->health().lastError.empty(), at);
                }
                const auto again = store->append(event, jpeg());
                VERIFY_OK_AT(again, at);
                VERIFY_AT(again->seq == 2, at);
                if (first)
                    VERIFY_AT(again->snapshot == first->snapshot, at);
                VERIFY_AT(store->health().writable && store->health().lastError.empty(), at);
                const auto later = store->append(next, jpeg());
                VERIFY_OK_AT(later, at);
                VERIFY_AT(later->seq == 3 && !later->snapshot.empty(), at);
                check(store, {2, 3}, {event.id, next.id}, at);
                VERIFY_OK_AT(store.open(), at);
                VERIFY_AT(store->report().notes.empty(), at);
                check(store, {2, 3}, {event.id, next.id}, at);
                if (QTest::currentTestFailed())
                    return;
            }
            qInfo("%s: %d places, %d of them failed the append", trouble.name, nth - 2, failures);
            QVERIFY(nth > 5);
            QVERIFY(failures > 0);
        }
    }

    void enrollingAndRemovingAreWholeOrNot() {
        for (const Trouble& trouble : troubles) {
            for (const bool adding : {true, false}) {
                int nth = 1;
                for (bool reached = true; reached; ++nth) {
                    QVERIFY(nth < manyWrites);
                    const QByteArray at = label(trouble, nth) + (adding ? " of adding" : " of removing");
                    TempStore store(testOptions(), fastFolder());
                    VERIFY_OK_AT(store.open(), at);
                    const core::Person alice = somebody("Alice", "D8E2F1G3"), bob = somebody("Bob");
                    VERIFY_OK_AT(store->addPerson(alice, {templateOf(alice, 0.5F)}), at);
                    VERIFY_OK_AT(store->append(grantedTo(alice), jpeg()), at);
                    const std::vector<core::FaceTemplate> templates{templateOf(bob, 0.1F), templateOf(bob, 0.2F)};
                    armFault(store.path(), nth, trouble.error, trouble.fault);
                    const bool done = adding ? bool(store->addPerson(bob, templates, jpeg()))
                                             : bool(store->removePerson(alice.id, storage::Names::Erase, at2(5)));
                    reached = disarmFault() >= nth;
                    for (int round = 0; round < 2; ++round) {
                        const auto people = store->people();
                        VERIFY_OK_AT(people, at);
                        const auto stored = store->templates("");
                        VERIFY_OK_AT(stored, at);
                        VERIFY_AT(stored->unreadable.empty(), at);
                        // After an unknown outcome either is right, a half never is.
                        const bool isDone = adding ? people->size() == 2 : people->empty();
                        const std::size_t whole = adding ? (isDone ? 3 : 1) : (isDone ? 0 : 1);
                        VERIFY_AT(stored->templates.size() == whole, at);
                        VERIFY_AT(!done || isDone, at);
                        const auto verified = store.verify();
                        VERIFY_OK_AT(verified, at);
                        VERIFY_AT(verified->intact, at + ": " + QByteArray::fromStdString(verified->why));
                        VERIFY_OK_AT(store.open(), at);
                    }
                    if (QTest::currentTestFailed())
                        return;
                }
                QVERIFY(nth > 3);
            }
        }
    }

    void openingFailsOrWorksAndNeverLoses() {
        for (const Trouble& trouble : troubles) {
            for (const bool fresh : {true, false}) {
                int nth = 1;
                for (bool reached = true; reached; ++nth) {
                    QVERIFY(nth < manyWrites);
                    const QByteArray at = label(trouble, nth) + (fresh ? " of a first start" : " of a start");
                    TempStore store(testOptions(), fastFolder());
                    if (!fresh) {
                        VERIFY_OK_AT(store.open(), at);
                        VERIFY_OK_AT(store->append(refusedStranger(), jpeg()), at);
                        store.close();
                    }
                    armFault(store.path(), nth, trouble.error, trouble.fault);
                    const auto opened = store.open();
                    store.close();
                    reached = disarmFault() >= nth;
                    if (!opened)
                        VERIFY_AT(!opened.error().what.empty(), at);
                    VERIFY_OK_AT(store.open(), at);
                    VERIFY_AT(!store->report().salvaged && !store->report().newLogId, at);
                    VERIFY_AT(store->report().notes.empty(), at);
                    const auto committed = store->append(refusedStranger(1), jpeg());
                    VERIFY_OK_AT(committed, at);
                    VERIFY_AT(committed->seq == (fresh ? 1 : 2), at);
                    check(store, {committed->seq}, {committed->event.id}, at);
                    if (QTest::currentTestFailed())
                        return;
                }
                QVERIFY(nth > 3 || !fresh);
            }
        }
    }

    /// The process is killed at its nth write: while creating, enrolling, writing a picture, committing, dropping
    /// pictures, removing a person, and closing.
    void aKillAtEveryWriteLosesNothing() {
        int nth = 1;
        bool killed = true;
        for (; killed; ++nth) {
            QVERIFY(nth < manyWrites);
            auto options = testOptions();
            options.snapshotsMaxBytes = 2 * 3200;
            TempStore store(options, fastFolder());
            const QByteArray at = "killed at write " + QByteArray::number(nth);
            std::vector<core::Event> events;
            const core::Person alice = somebody("Alice"), bob = somebody("Bob");
            for (int i = 0; i < 5; ++i)
                events.push_back(i % 2 ? grantedTo(alice, i) : refusedStranger(i));
            int pipe[2];
            QCOMPARE(::pipe(pipe), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(pipe[0]);
                armFault(store.path(), nth, EIO, Fault::Kill);
                work(store, alice, bob, events, pipe[1]);
                ::_exit(0);
            }
            ::close(pipe[1]);
            std::size_t acknowledged = 0;
            char byte = 0;
            while (::read(pipe[0], &byte, 1) == 1)
                ++acknowledged;
            ::close(pipe[0]);
            int status = 0;
            ::waitpid(child, &status, 0);
            killed = WIFSIGNALED(status);
            VERIFY_AT(killed || WEXITSTATUS(status) == 0, at);

            VERIFY_OK_AT(store.open(), at);
            VERIFY_AT(!store->report().salvaged && !store->report().newLogId && store->report().notes.empty(), at);
            const auto verified = store.verify();
            VERIFY_OK_AT(verified, at);
            VERIFY_AT(verified->intact, at + ": " + QByteArray::fromStdString(verified->why));
            VERIFY_AT(verified->events >= static_cast<std::int64_t>(acknowledged), at);
            VERIFY_AT(verified->events <= static_cast<std::int64_t>(acknowledged) + 1, at);
            const auto people = store->people();
            VERIFY_OK_AT(people, at);
            const auto stored = store->templates("");
            VERIFY_OK_AT(stored, at);
            VERIFY_AT(stored->templates.size() == 2 * people->size() && stored->unreadable.empty(), at);
            // Those that were not acknowledged are sent again; each is there once, in order.
            for (std::size_t i = 0; i < events.size(); ++i) {
                const auto committed = store->append(events[i], jpeg());
                VERIFY_OK_AT(committed, at);
                VERIFY_AT(committed->seq == static_cast<std::int64_t>(i + 1), at);
            }
        }
        qInfo("killed at each of %d writes", nth - 2);
        QVERIFY(nth > 50);
    }

private:
    static core::WallTime at2(std::int64_t ms) { return facelatch::test::at(ms); }

    /// Writes one byte to `out` after each acknowledged event.
    static void work(TempStore& store, const core::Person& alice, const core::Person& bob,
                     const std::vector<core::Event>& events, int out) {
        if (!store.open() || !store->addPerson(alice, {templateOf(alice, 0.5F), templateOf(alice, 0.6F)}) ||
            !store->addPerson(bob, {templateOf(bob, 0.7F), templateOf(bob, 0.8F)}))
            ::_exit(2);
        for (const core::Event& event : events) {
            if (!store->append(event, jpeg()))
                ::_exit(3);
            if (::write(out, "+", 1) != 1)
                ::_exit(4);
        }
        if (!store->checkpoint() || !store->removePerson(bob.id, storage::Names::Erase, at2(9)))
            ::_exit(5);
        store.close();
    }

    static void check(TempStore& store, const std::vector<std::int64_t>& seqs, const std::vector<core::Uuid7>& ids,
                      const QByteArray& at) {
        const auto reader = store.reader();
        VERIFY_OK_AT(reader, at);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const auto found = (*reader)->byId(ids[i]);
            VERIFY_OK_AT(found, at);
            VERIFY_AT(found->has_value() && (*found)->seq == seqs[i], at);
            if (!(*found)->snapshot.empty()) {
                const auto picture = store->snapshot((*found)->snapshot);
                VERIFY_OK_AT(picture, at);
                VERIFY_AT(*picture == jpeg(), at);
            }
        }
        VERIFY_AT(*(*reader)->lastSeq() == seqs.back(), at);
        const auto verified = (*reader)->verify();
        VERIFY_OK_AT(verified, at);
        VERIFY_AT(verified->intact, at + ": " + QByteArray::fromStdString(verified->why));
    }
};

QTEST_GUILESS_MAIN(TestWriteFaults)
#include "tst_write_faults.moc"
