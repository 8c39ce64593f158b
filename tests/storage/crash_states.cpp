// SPDX-License-Identifier: GPL-3.0-or-later
// The store after a power cut: records what it writes while a door lives, makes thousands of disks that a power cut
// could leave behind, and opens each.
//
// storage_crash_states [--states N] [--seed N] [--forget files|folders]: prints what it found and its figures; exit
// code 1 when an acknowledged event is missing, a person is there by half, or a store does not open. Every fifth state
// loses power once more while it recovers. --forget: a disk that acknowledges syncs of files, or of folders, and does
// not do them; it must be found out.
#include "crash_model.h"
#include "temp_store.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <unordered_set>

using namespace facelatch;
using namespace facelatch::test;

namespace {

/// What the program had been told when a note was made.
struct Said {
    enum class What { EventBegins, EventIsIn, PersonBegins, PersonIsIn, RemovalBegins, PersonIsGone } what;
    core::Event event;
    std::int64_t seq = 0;
    std::string snapshot;
    core::PersonId person;
    std::size_t templates = 0;
};

/// What must hold after a crash: collected from the notes before it.
struct Expected {
    std::vector<Said> events;            ///< acknowledged, in order
    std::optional<core::Event> inFlight; ///< begun, not acknowledged
    struct Presence {
        bool surely = false, perhaps = false; ///< neither: surely absent
        std::size_t templates = 0;
    };
    std::map<core::PersonId, Presence> people;

    void apply(const Said& said) {
        switch (said.what) {
        case Said::What::EventBegins:
            inFlight = said.event;
            break;
        case Said::What::EventIsIn:
            inFlight.reset();
            events.push_back(said);
            break;
        case Said::What::PersonBegins:
            people[said.person] = {false, true, said.templates};
            break;
        case Said::What::PersonIsIn:
            people[said.person] = {true, false, said.templates};
            break;
        case Said::What::RemovalBegins:
            people[said.person] = {false, true, said.templates};
            break;
        case Said::What::PersonIsGone:
            people[said.person] = {};
            break;
        }
    }
};

[[noreturn]] void giveUp(const std::string& why) {
    std::printf("FAIL crash states: %s\n", why.c_str());
    std::exit(1);
}

/// A door's life, told as it goes.
class Life {
public:
    Life(const std::string& folder, storage::StoreOptions options, std::vector<Said>& said)
        : m_options(std::move(options)), m_said(said), m_folder(claim(folder)) {}

    void open() {
        m_store.reset();
        auto opened = storage::Store::open(m_folder, m_options);
        if (!opened)
            giveUp("the recorded store does not open: " + opened.error().text());
        m_store = *std::move(opened);
    }
    void close() { m_store.reset(); }
    void append(core::Event event, const Bytes& picture) {
        say({Said::What::EventBegins, event, 0, {}, {}, 0});
        const auto done = m_store->append(event, picture);
        if (!done)
            giveUp("the recorded store does not append: " + done.error().text());
        say({Said::What::EventIsIn, std::move(event), done->seq, done->snapshot, {}, 0});
    }
    void enrol(const core::Person& person, std::size_t templates) {
        std::vector<core::FaceTemplate> made;
        for (std::size_t i = 0; i < templates; ++i)
            made.push_back(templateOf(person, 0.1F * static_cast<float>(i + 1)));
        say({Said::What::PersonBegins, {}, 0, {}, person.id, templates});
        if (const auto done = m_store->addPerson(person, made, jpeg(2000)); !done)
            giveUp("the recorded store does not enrol: " + done.error().text());
        say({Said::What::PersonIsIn, {}, 0, {}, person.id, templates});
    }
    void remove(const core::Person& person, std::size_t templates) {
        say({Said::What::RemovalBegins, {}, 0, {}, person.id, templates});
        if (const auto done = m_store->removePerson(person.id, storage::Names::Erase, at(1)); !done)
            giveUp("the recorded store does not remove: " + done.error().text());
        say({Said::What::PersonIsGone, {}, 0, {}, person.id, 0});
    }
    void checkpoint() {
        if (const auto done = m_store->checkpoint(); !done)
            giveUp("the recorded store does not move its log: " + done.error().text());
    }

private:
    static storage::DataFolder claim(const std::string& folder) {
        auto claimed = storage::DataFolder::claim(folder);
        if (!claimed)
            giveUp(claimed.error().text());
        return *std::move(claimed);
    }
    void say(Said said) {
        m_said.push_back(std::move(said));
        note(static_cast<std::int64_t>(m_said.size()) - 1);
    }

    storage::StoreOptions m_options;
    std::vector<Said>& m_said;
    storage::DataFolder m_folder;
    std::unique_ptr<storage::Store> m_store;
};

storage::StoreOptions lifeOptions() {
    auto options = testOptions();
    options.snapshotsMaxBytes = 4 * 3200; // the fifth picture drops the first
    return options;
}

/// First start, people, pictures and their limit, an erasure, a second start.
void fullLife(Life& life) {
    const core::Person alice = somebody("Alice", "D8E2F1G3"), bob = somebody("Bob");
    std::int64_t ms = 0;
    const auto visit = [&](const core::Person* person, bool picture) {
        ++ms;
        life.append(person ? grantedTo(*person, ms) : refusedStranger(ms), picture ? jpeg() : Bytes());
    };
    life.open();
    life.enrol(alice, 2);
    for (int i = 0; i < 3; ++i)
        visit(i == 1 ? nullptr : &alice, true);
    life.checkpoint();
    life.enrol(bob, 3);
    for (int i = 0; i < 5; ++i)
        visit(i % 2 ? &bob : nullptr, i != 2);
    life.remove(alice, 2);
    for (int i = 0; i < 3; ++i)
        visit(&bob, i == 0);
    life.open();
    visit(nullptr, true);
    visit(&bob, false);
    life.close();
}

/// So many events that SQLite moves its write-ahead log into the database by itself and begins to write over it.
void longLife(Life& life) {
    life.open();
    for (std::int64_t i = 0; i < 260; ++i)
        life.append(refusedStranger(i), {});
    life.close();
}

struct Recording {
    DiskState base;
    std::map<std::string, int> numbers;
    std::vector<DiskStep> steps;
    std::vector<Said> said;
};

class Trial {
public:
    Trial() : m_dir(fastFolder() + QStringLiteral("/facelatch-crash-XXXXXX")) {}

    /// `forget` are the syncs that the disk does not carry out.
    Recording record(void (*live)(Life&), std::optional<DiskStep::Kind> forget) {
        Recording recording;
        const std::string folder = fresh("life");
        recording.numbers = startRecording(folder);
        Life life(folder, lifeOptions(), recording.said);
        live(life);
        recording.steps = stopRecording();
        std::erase_if(recording.steps, [&](const DiskStep& step) { return step.kind == forget; });
        return recording;
    }

    /// Lays the disk out, opens it, and looks. `again`: what recovery writes is recorded there, and one more event.
    /// Returns what is wrong.
    std::string look(const DiskState& disk, const Expected& expected, Recording* again = nullptr) {
        const std::string folder = (m_dir.path() + QStringLiteral("/disk")).toStdString();
        layOut(disk, folder);
        if (again)
            again->numbers = startRecording(folder);
        std::string wrong = lookInto(folder, expected, again);
        if (again)
            again->steps = stopRecording();
        return wrong;
    }

private:
    std::string fresh(const char* name) const {
        const QString folder = m_dir.path() + QLatin1Char('/') + QLatin1String(name);
        QDir(folder).removeRecursively();
        QDir().mkpath(folder);
        return folder.toStdString();
    }
    static std::string lookInto(const std::string& path, const Expected& expected, Recording* again);
    static std::string lookAtEvents(storage::Store& store, const std::string& path, const Expected& expected);
    static std::string lookAtPeople(storage::Store& store, const Expected& expected);

    QTemporaryDir m_dir;
};

std::string Trial::lookInto(const std::string& path, const Expected& expected, Recording* again) {
    auto folder = storage::DataFolder::claim(path);
    if (!folder)
        return "the folder cannot be claimed: " + folder.error().text();
    auto opened = storage::Store::open(*folder, lifeOptions());
    if (!opened)
        return "CORRUPT, it does not open: " + opened.error().text();
    storage::Store& store = **opened;
    if (store.report().salvaged)
        return "CORRUPT, it had to be rebuilt: " + store.report().damage;
    if (store.report().newLogId || (!expected.events.empty() && store.report().created))
        return "LOST: the log began anew";
    for (const auto& wrong : {lookAtEvents(store, path, expected), lookAtPeople(store, expected)})
        if (!wrong.empty())
            return wrong;
    // What was in flight is sent again, as the kiosk does, and has one number.
    core::Event next = expected.inFlight.value_or(refusedStranger(9999));
    if (again) {
        again->said.push_back({Said::What::EventBegins, next, 0, {}, {}, 0});
        note(0);
    }
    const auto appended = store.append(next, jpeg());
    if (!appended)
        return "it cannot be written: " + appended.error().text();
    if (appended->seq != static_cast<std::int64_t>(expected.events.size()) + 1)
        return "the next event is number " + std::to_string(appended->seq);
    if (again) {
        again->said.push_back({Said::What::EventIsIn, std::move(next), appended->seq, appended->snapshot, {}, 0});
        note(1);
    }
    return {};
}

std::string Trial::lookAtEvents(storage::Store& store, const std::string& path, const Expected& expected) {
    auto reader = storage::LogReader::open(path);
    if (!reader)
        return "the log cannot be read: " + reader.error().text();
    const auto verified = (*reader)->verify();
    if (!verified || !verified->intact)
        return "CORRUPT, the chain is broken: " + (verified ? verified->why : verified.error().text());
    const auto acknowledged = static_cast<std::int64_t>(expected.events.size());
    if (verified->events < acknowledged)
        return "LOST: " + std::to_string(verified->events) + " of " + std::to_string(acknowledged) + " events";
    if (verified->events > acknowledged + (expected.inFlight ? 1 : 0))
        return "there are events that nobody asked for";
    // The oldest and the newest by their ids; those between are in the chain.
    for (const std::size_t i : {std::size_t{0}, expected.events.size() / 2, expected.events.size() - 1}) {
        if (i >= expected.events.size())
            continue;
        const auto found = (*reader)->byId(expected.events[i].event.id);
        if (!found || !*found || (*found)->seq != expected.events[i].seq)
            return "LOST: event " + std::to_string(expected.events[i].seq) + " has another id or number";
        if (!(*found)->snapshot.empty())
            if (const auto picture = store.snapshot((*found)->snapshot); !picture || *picture != jpeg())
                return "CORRUPT, the picture of event " + std::to_string(expected.events[i].seq) + " is not whole";
    }
    return {};
}

std::string Trial::lookAtPeople(storage::Store& store, const Expected& expected) {
    const auto people = store.people();
    const auto stored = people ? store.templates({}) : core::Result<storage::StoredTemplates>(people.error());
    if (!stored)
        return "CORRUPT, the people cannot be read: " + stored.error().text();
    if (!stored->unreadable.empty())
        return "CORRUPT, a template cannot be read";
    std::map<core::PersonId, std::size_t> there;
    for (const core::Person& person : *people)
        there[person.id] = 0;
    for (const core::FaceTemplate& one : stored->templates)
        ++there[one.person];
    for (const auto& [id, presence] : expected.people) {
        const auto found = there.find(id);
        if (presence.surely && found == there.end())
            return "LOST: a person";
        if (!presence.surely && !presence.perhaps && found != there.end())
            return "an erased person is back";
        if (found == there.end())
            continue;
        if (found->second != presence.templates)
            return "a person has " + std::to_string(found->second) + " of " + std::to_string(presence.templates) +
                   " templates";
        if (const auto portrait = store.portrait(id); !portrait || *portrait != jpeg(2000))
            return "CORRUPT, a portrait cannot be read";
        there.erase(found);
    }
    return there.empty() ? std::string() : "there are people that nobody enrolled";
}

struct Figures {
    std::int64_t states = 0, recoveries = 0;
    std::unordered_set<std::size_t> distinct;
};

std::size_t fingerprint(const DiskState& disk, std::size_t step) {
    std::size_t hash = step;
    for (const auto& [path, content] : disk.files)
        hash = hash * 1'000'003 + std::hash<std::string>()(path) * 31 + std::hash<std::string>()(content);
    return hash;
}

Unsynced kindOf(std::int64_t state, std::mt19937& random) {
    constexpr std::array kinds{Unsynced::Dropped, Unsynced::Kept, Unsynced::Cut, Unsynced::Mixed};
    // The first two are one state each, so most go to the others.
    return state % 8 < 2 ? kinds[static_cast<std::size_t>(state % 8)] : kinds[2 + random() % 2];
}

std::string describe(std::size_t moment, const Recording& recording, const CrashModel& model, Unsynced kind) {
    return "power cut after step " + std::to_string(moment) + " of " + std::to_string(recording.steps.size()) + " (" +
           std::to_string(model.unsynced()) + " unsynced, kind " + std::to_string(static_cast<int>(kind)) + ")";
}

/// Applies the steps from `done` to `moment`.
void advance(const Recording& recording, std::size_t& done, std::size_t moment, CrashModel& model, Expected& expected) {
    for (; done < moment; ++done) {
        const DiskStep& step = recording.steps[done];
        model.apply(step);
        if (step.kind == DiskStep::Kind::Note)
            expected.apply(recording.said[static_cast<std::size_t>(step.at)]);
    }
}

/// The power fails once more, somewhere in what the recovery of `again.base` wrote.
std::string tryRecovery(Trial& trial, const Recording& again, Expected expected, std::mt19937& random,
                        Figures& figures) {
    CrashModel model(again.base, again.numbers);
    const std::size_t moment = random() % (again.steps.size() + 1);
    std::size_t done = 0;
    advance(again, done, moment, model, expected);
    const Unsynced kind = kindOf(static_cast<std::int64_t>(random() % 8), random);
    const DiskState disk = model.crash(kind, random);
    ++figures.states;
    ++figures.recoveries;
    figures.distinct.insert(fingerprint(disk, moment));
    const std::string wrong = trial.look(disk, expected);
    return wrong.empty() ? wrong : "while recovering, " + describe(moment, again, model, kind) + ": " + wrong;
}

/// So many states spread over the recording; returns what is wrong with the first bad one.
std::string tryStates(Trial& trial, const Recording& recording, std::int64_t count, std::mt19937& random,
                      Figures& figures) {
    // In their order, so that the recording is walked once.
    std::vector<std::size_t> moments(static_cast<std::size_t>(count) * 5 / 6);
    for (std::size_t& moment : moments)
        moment = random() % (recording.steps.size() + 1);
    std::sort(moments.begin(), moments.end());
    CrashModel model(recording.base, recording.numbers);
    Expected expected;
    std::size_t done = 0;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        advance(recording, done, moments[i], model, expected);
        const Unsynced kind = kindOf(static_cast<std::int64_t>(i), random);
        Recording again;
        again.base = model.crash(kind, random);
        ++figures.states;
        figures.distinct.insert(fingerprint(again.base, moments[i]));
        const bool twice = i % 5 == 0;
        std::string wrong = trial.look(again.base, expected, twice ? &again : nullptr);
        if (!wrong.empty())
            return describe(moments[i], recording, model, kind) + ": " + wrong;
        if (twice)
            wrong = tryRecovery(trial, again, expected, random, figures);
        if (!wrong.empty())
            return describe(moments[i], recording, model, kind) + ", then " + wrong;
    }
    return {};
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    std::int64_t states = 400;
    unsigned seed = std::random_device{}();
    std::optional<DiskStep::Kind> forget;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::string_view(argv[i]) == "--states")
            states = std::atoll(argv[i + 1]);
        else if (std::string_view(argv[i]) == "--seed")
            seed = static_cast<unsigned>(std::atoll(argv[i + 1]));
        else if (std::string_view(argv[i]) == "--forget")
            forget = std::string_view(argv[i + 1]) == "files" ? DiskStep::Kind::SyncFile : DiskStep::Kind::SyncFolder;
        else
            return std::fprintf(stderr, "Usage: %s [--states N] [--seed N] [--forget files|folders]\n", argv[0]), 2;
    }
    std::printf("seed %u\n", seed);
    std::mt19937 random(seed);
    QElapsedTimer time;
    time.start();
    Trial trial;
    Figures figures;
    std::size_t steps = 0, acknowledged = 0;
    for (void (*const live)(Life&) : {fullLife, longLife}) {
        const Recording recording = trial.record(live, forget);
        steps += recording.steps.size();
        acknowledged +=
            static_cast<std::size_t>(std::count_if(recording.said.begin(), recording.said.end(), [](const Said& said) {
                return said.what == Said::What::EventIsIn;
            }));
        const std::string wrong = tryStates(trial, recording, states / 2, random, figures);
        if (!wrong.empty() && !forget)
            giveUp(wrong);
        if (!wrong.empty())
            return std::printf("PASS a disk that forgets syncs is found out: %s\n", wrong.c_str()), 0;
    }
    if (forget)
        giveUp("a disk that forgets syncs was not found out");
    std::printf(
        "[ FIGURES  ] crash states: %lld disks after a power cut (%zu of them different, %lld while recovering from "
        "one), from %zu recorded steps with %zu acknowledged events: 0 corrupt, 0 lost; %lld s\n",
        static_cast<long long>(figures.states), figures.distinct.size(), static_cast<long long>(figures.recoveries),
        steps, acknowledged, static_cast<long long>(time.elapsed() / 1000));
    std::puts("PASS crash states");
    return 0;
}
