// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing, enrolling and scripting the people of the demo door.
#include "app/demo.h"

#include "app/clock.h"
#include "app/enrolment.h"
#include "app/face_folders.h"
#include "app/model_files.h"
#include "app/pin_cases.h"
#include "app/places.h"
#include "app/rules.h"
#include "app/settings_file.h"
#include "app/use_cases.h"
#include "hardware/replay_script.h"
#include "storage/store.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace facelatch::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t enrolledPictures = 3;
constexpr std::size_t mostKnown = 4;
constexpr std::size_t mostStrangers = 3;
/// Long enough for a refusal (2.5 s) and for reading the screen; the pause lets the visit end and the door relock.
constexpr core::milliseconds showEach{5000};
constexpr core::milliseconds pauseAfterEach{3000};

core::Error noFaces(const std::string& asked) {
    if (!asked.empty())
        return core::fail("There are no faces for the demo door", asked,
                          "Give a folder with one folder a person and at least four photographs in each");
    return core::fail(
        "There are no faces for the demo door", {},
        "Install dlib's example photographs with: sudo apt-get install libdlib19.1 (on newer Debian the "
        "package libdlib that brings examples/johns), or give a folder: facelatch --demo --demo-faces DIR");
}

core::Status enrol(PersonFolder& person, recognition::Enroller& enroller, storage::Store& store) {
    std::vector<recognition::EnrolmentPicture> pictures;
    for (const fs::path& file : person.files)
        pictures.push_back(readPhotograph(file));
    auto outcomes = enroller.enrol(pictures, core::Gallery());
    std::vector<recognition::EnrolmentOutcome> chosen;
    std::vector<fs::path> rest; // what was not enrolled is what comes to the door
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].refusal)
            continue;
        if (chosen.size() < enrolledPictures)
            chosen.push_back(std::move(outcomes[i]));
        else
            rest.push_back(person.files[i]);
    }
    if (chosen.size() < enrolledPictures || rest.empty())
        return core::fail("Too few usable photographs", person.name);
    const auto added = runStoreCommand(store, QStringLiteral("person.add"),
                                       personAddArguments(person.name, {}, gathered(chosen)), now());
    if (!added)
        return added.error();
    person.files = std::move(rest);
    return core::Done{};
}

core::Status addDemoAdmin(storage::Store& store) {
    const QString command = QStringLiteral("admin.add");
    const auto args = withVerifier(*store.pinHasher(), command,
                                   {{QStringLiteral("name"), QStringLiteral("Demo")},
                                    {QStringLiteral("by"), QStringLiteral("the demonstration")},
                                    {QStringLiteral("pin"), QLatin1String(demoAdminPin)}});
    const auto added = args ? runStoreCommand(store, command, *args, now()) : core::Result<QJsonObject>(args.error());
    return added ? core::Status(core::Done{}) : core::Status(added.error());
}

/// What a demonstration is, whatever the settings say. The models stay where the owner has them.
core::Status overrideSettings(LoadedSettings& loaded) {
    std::vector<std::string> assignments{"lock.kind=simulated", "liveness.policy=off"};
    if (loaded.settings.text("recognition.models_dir").empty())
        assignments.push_back("recognition.models_dir=" + loaded.dataFolder + "/models");
    if (loaded.settings.origin("door.name") == core::SettingOrigin::Default)
        assignments.emplace_back("door.name=Facelatch");
    for (const std::string& assignment : assignments)
        if (const auto set = applyAssignment(assignment, loaded.settings); !set)
            return set.error();
    return core::Done{};
}

hardware::ReplayScript scriptOf(const std::vector<PersonFolder>& known, const std::vector<PersonFolder>& strangers) {
    constexpr std::size_t rounds = 3;
    hardware::ReplayScript script;
    script.stillShare = 0.7F; // portraits would fill the picture as nobody at a door does
    const auto show = [&](const PersonFolder& person, std::size_t round) {
        script.groups.push_back({{person.files[round % person.files.size()]}, showEach, {}, pauseAfterEach});
    };
    std::size_t visits = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (const PersonFolder& person : known) {
            show(person, round);
            if (++visits % 2 == 1 && !strangers.empty())
                show(strangers[visits / 2 % strangers.size()], visits);
        }
    }
    return script;
}

} // namespace

core::Result<std::unique_ptr<Demo>> prepareDemo(LoadedSettings& loaded, const std::string& faces) {
    const std::string facesFolder = faces.empty() ? demoFaces().value_or(std::string()) : faces;
    std::vector<PersonFolder> people = peopleIn(facesFolder, enrolledPictures + 1);
    if (people.size() < 2)
        return noFaces(faces);
    auto demo = std::make_unique<Demo>();
    if (!demo->data.isValid())
        return core::fail("No folder for throw-away data can be made", demo->data.errorString().toStdString(),
                          "Free space in the temporary folder");
    if (const auto set = overrideSettings(loaded); !set)
        return set.error();
    loaded.dataFolder = demo->data.path().toStdString();

    const auto models = openModels(loaded.settings, loaded.dataFolder);
    if (!models)
        return models.error();
    const auto enroller = recognition::Enroller::create(pipelineSettings(loaded.settings), {}, *models);
    if (!enroller)
        return enroller.error();
    auto folder = storage::DataFolder::claim(loaded.dataFolder);
    if (!folder)
        return folder.error();
    demo->folder.emplace(*std::move(folder));
    const auto store = storage::Store::open(*demo->folder, storeOptions(loaded.settings, now().wall));
    if (!store)
        return store.error();

    std::vector<PersonFolder> known;
    std::vector<PersonFolder> strangers;
    const std::size_t wanted = std::min(mostKnown, people.size() - 1);
    for (PersonFolder& person : people) {
        if (known.size() < wanted && enrol(person, **enroller, **store))
            known.push_back(std::move(person));
        else if (strangers.size() < mostStrangers)
            strangers.push_back(std::move(person));
    }
    if (known.empty())
        return noFaces(facesFolder);
    if (const auto admin = addDemoAdmin(**store); !admin)
        return admin.error();
    demo->known = static_cast<int>(known.size());
    demo->strangers = static_cast<int>(strangers.size());
    demo->camera.kind = hardware::SourceKind::Replay;
    demo->camera.replay = scriptOf(known, strangers);
    return demo;
}

} // namespace facelatch::app
