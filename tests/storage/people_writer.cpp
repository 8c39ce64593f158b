// SPDX-License-Identifier: GPL-3.0-or-later
// The process tst_faces kills: enrols one person after the other and says so.
//
// people_writer FOLDER. Lines: "begins <person>", "added <person>".
#include "temp_store.h"

#include <QCoreApplication>

#include <cstdio>
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

int complain(const core::Error& error) {
    std::fprintf(stderr, "%s\n", error.text().c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    if (argc != 2)
        return 2;
    auto folder = storage::DataFolder::claim(argv[1]);
    if (!folder)
        return complain(folder.error());
    const auto store = storage::Store::open(*folder, testOptions());
    if (!store)
        return complain(store.error());
    for (;;) {
        core::Person person = somebody("Somebody");
        person.consent = core::Consent{"1", at(0), "Anna"};
        std::vector<core::FaceTemplate> templates;
        for (int i = 0; i < 5; ++i)
            templates.push_back(templateOf(person, static_cast<float>(i)));
        say("begins " + person.id.value.text());
        if (const auto added = (*store)->addPerson(person, templates, jpeg(4000), "Anna"); !added)
            return complain(added.error());
        say("added " + person.id.value.text());
    }
}
