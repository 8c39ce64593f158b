// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl person: add from photographs, list, show, remove.
#include "app/ctl.h"
#include "app/data_access.h"
#include "app/enrolment.h"
#include "app/model_files.h"
#include "app/use_cases.h"
#include "recognition/enroller.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>

#include <cstdio>
#include <memory>

namespace facelatch::app {

namespace {

struct AddOptions {
    std::string name;
    std::string photos;
    std::string card;
};

std::string textOf(const QJsonObject& object, const char* key) {
    return object.value(QLatin1String(key)).toString().toStdString();
}

int add(const LoadedSettings& loaded, const AddOptions& options) {
    const auto models = openModels(loaded.settings, loaded.dataFolder);
    if (!models)
        return complain(ctlName, models.error());
    const auto pictures = readPhotographs(options.photos);
    if (!pictures)
        return complain(ctlName, pictures.error());
    const auto enroller = recognition::Enroller::create(pipelineSettings(loaded.settings), {}, *models);
    if (!enroller)
        return complain(ctlName, enroller.error());
    DataAccess data(loaded);
    const auto gallery = fetchGallery(data, (*enroller)->modelId(), (*enroller)->dimension());
    if (!gallery)
        return complain(ctlName, gallery.error());

    const auto outcomes = (*enroller)->enrol(*pictures, **gallery);
    const Enrolment enrolment = gathered(outcomes);
    for (const recognition::EnrolmentOutcome& outcome : outcomes)
        std::printf("%-8s %s%s%s\n", outcome.refusal ? "refused" : "accepted", outcome.name.c_str(),
                    outcome.refusal ? ": " : "", outcome.text.c_str());
    if (enrolment.templates.empty())
        return complain(ctlName, core::fail("Nobody was enrolled: no photograph could be used", options.photos,
                                            "Take clear photographs of one face each, from the front"));
    const auto added =
        data.call(QStringLiteral("person.add"), personAddArguments(options.name, options.card, enrolment));
    if (!added)
        return complain(ctlName, added.error());
    std::printf("%s is enrolled with %zu of %zu photographs (%s).\n", options.name.c_str(), enrolment.templates.size(),
                outcomes.size(), textOf(*added, "id").c_str());
    return 0;
}

int list(const LoadedSettings& loaded) {
    DataAccess data(loaded);
    const auto answer = data.call(QStringLiteral("person.list"));
    if (!answer)
        return complain(ctlName, answer.error());
    const QJsonArray people = answer->value(u"people").toArray();
    if (people.isEmpty())
        std::printf("Nobody is enrolled. Enrol with: facelatch-ctl person add NAME --photos DIR\n");
    for (const auto& value : people) {
        const QJsonObject person = value.toObject();
        std::printf("%s  %-10s %2d templates  %-12s %s\n", textOf(person, "id").c_str(),
                    textOf(person, "status").c_str(), person.value(u"templates").toInt(),
                    textOf(person, "card").c_str(), textOf(person, "name").c_str());
    }
    return 0;
}

int show(const LoadedSettings& loaded, const std::string& who) {
    DataAccess data(loaded);
    const auto person =
        data.call(QStringLiteral("person.show"), {{QStringLiteral("who"), QString::fromStdString(who)}});
    if (!person)
        return complain(ctlName, person.error());
    std::printf("name       %s\nid         %s\nstatus     %s\ncard       %s\nenrolled   %s\n",
                textOf(*person, "name").c_str(), textOf(*person, "id").c_str(), textOf(*person, "status").c_str(),
                textOf(*person, "card").c_str(), textOf(*person, "created").c_str());
    std::printf("access     ");
    printRights(*person);
    if (const std::string notes = textOf(*person, "notes"); !notes.empty())
        std::printf("notes      %s\n", notes.c_str());
    const QJsonArray models = person->value(u"template_models").toArray();
    std::printf("templates  %d\n", static_cast<int>(models.size()));
    for (const auto& model : models)
        std::printf("           %s\n", model.toString().toUtf8().constData());
    return 0;
}

int remove(const LoadedSettings& loaded, const std::string& who, bool erase) {
    DataAccess data(loaded);
    const auto removed =
        data.call(QStringLiteral("person.remove"),
                  {{QStringLiteral("who"), QString::fromStdString(who)}, {QStringLiteral("erase"), erase}});
    if (!removed)
        return complain(ctlName, removed.error());
    std::printf("Removed %s, %d face templates and %d pictures.\n", textOf(*removed, "name").c_str(),
                removed->value(u"templates").toInt(), removed->value(u"pictures").toInt());
    for (const auto& copy : removed->value(u"older_copies").toArray())
        std::printf("An older copy may still hold them: %s\n", copy.toString().toUtf8().constData());
    return 0;
}

} // namespace

void addPersonCommands(CLI::App& program, CtlAction& action) {
    CLI::App* person = program.add_subcommand("person", "The people this door knows")->require_subcommand(1);

    auto options = std::make_shared<AddOptions>();
    CLI::App* addCommand = person->add_subcommand("add", "Enrols a person from photographs");
    addCommand->add_option("name", options->name, "Name as the door greets them")->required();
    addCommand->add_option("--photos", options->photos, "Folder of photographs of that person alone")
        ->type_name("DIR")
        ->required();
    addCommand->add_option("--card", options->card, "Card id, such as D8E2F1G3")->type_name("ID");
    addCommand->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return add(loaded, *options); }; });

    person->add_subcommand("list", "Everybody enrolled")->callback([&action] { action = list; });

    addPersonSetCommand(*person, action);
    addPersonDataCommands(*person, action);

    auto who = std::make_shared<std::string>();
    CLI::App* showCommand = person->add_subcommand("show", "One person");
    showCommand->add_option("who", *who, "Name or id")->required();
    showCommand->callback(
        [&action, who] { action = [who](const LoadedSettings& loaded) { return show(loaded, *who); }; });

    auto erase = std::make_shared<bool>(false);
    CLI::App* removeCommand = person->add_subcommand("remove", "Removes a person and their face templates");
    removeCommand->add_option("who", *who, "Name or id")->required();
    removeCommand->add_flag("--erase", *erase, "Also erases their name from past events");
    removeCommand->callback([&action, who, erase] {
        action = [who, erase](const LoadedSettings& loaded) { return remove(loaded, *who, *erase); };
    });
}

} // namespace facelatch::app
