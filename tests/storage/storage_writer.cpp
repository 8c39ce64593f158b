// SPDX-License-Identifier: GPL-3.0-or-later
// The process tst_kill kills: appends events with pictures as fast as it can and says what was decided and
// acknowledged.
//
// storage_writer FOLDER PICTURES [EVENT...]: first appends the given events again (their outcome is unknown to the
// parent), then new ones for ever. Lines: "decided <event>", "committed <log id> <seq> <event>", "failed <why>".
#include "temp_store.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::test;

namespace {

/// One write() a line, so that none is cut by a kill.
void say(const std::string& line) {
    const std::string whole = line + '\n';
    if (::write(STDOUT_FILENO, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size()))
        ::_exit(1);
}

[[noreturn]] void giveUp(const core::Error& error, int code) {
    say("failed " + error.text());
    std::exit(code);
}

void append(storage::Store& store, const core::Event& event, const Bytes& picture) {
    say("decided " + event.id.text());
    const auto committed = store.append(event, picture);
    if (!committed)
        giveUp(committed.error(), 1);
    say("committed " + committed->logId + ' ' + std::to_string(committed->seq) + ' ' + event.id.text());
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    if (argc < 3)
        return 2;
    auto folder = storage::DataFolder::claim(argv[1]);
    if (!folder)
        giveUp(folder.error(), core::exitCode(folder.error().kind));
    auto options = testOptions();
    options.snapshotsMaxBytes = 60'000; // pictures are dropped all the time, too
    auto store = storage::Store::open(*folder, options);
    if (!store)
        giveUp(store.error(), 1);
    for (const std::string& note : (*store)->report().notes)
        say("note " + note);
    const bool pictures = std::string_view(argv[2]) == "yes";
    for (int i = 3; i < argc; ++i) {
        core::Event event = refusedStranger();
        event.id = *core::Uuid7::parse(argv[i]);
        append(**store, event, pictures ? jpeg() : Bytes());
    }
    const core::Person alice = somebody("Alice", "D8E2F1G3");
    for (std::int64_t i = 0;; ++i)
        append(**store, i % 2 ? refusedStranger(i) : grantedTo(alice, i), pictures ? jpeg() : Bytes());
}
