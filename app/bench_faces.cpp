// SPDX-License-Identifier: GPL-3.0-or-later
// Enrolling some people and trying their other photographs at a door.
#include "app/bench_faces.h"

#include "app/bench_door.h"
#include "app/bench_run.h"
#include "app/bench_scene.h"
#include "app/clock.h"
#include "app/face_folders.h"
#include "app/model_files.h"
#include "app/places.h"
#include "recognition/enroller.h"
#include "recognition/pictures.h"

#include <algorithm>

namespace facelatch::app {

namespace {

constexpr std::size_t enrolledPictures = 3;
constexpr std::size_t mostPeople = 4;
constexpr std::size_t mostVisitors = 4;
constexpr int patienceFrames = 30; // a second

core::Error noFaces(const std::string& folder) {
    return core::fail("There are no photographs of faces to measure with", folder,
                      "Install dlib's example photographs with: sudo apt-get install libdlib19.1 (on newer Debian the "
                      "package libdlib that brings examples/johns), or name a folder with one folder of four and more "
                      "photographs a person: --faces DIR");
}

/// The person, and the photographs that were not enrolled.
struct Candidate {
    BenchFaces::Known known;
    std::vector<std::filesystem::path> others;
};

Candidate enrol(const PersonFolder& person, recognition::Enroller& enroller) {
    std::vector<recognition::EnrolmentPicture> pictures;
    for (const auto& file : person.files)
        pictures.push_back(readPhotograph(file));
    std::vector<recognition::EnrolmentOutcome> chosen;
    Candidate out{{person.name, {}}, {}};
    auto outcomes = enroller.enrol(pictures, core::Gallery());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].refusal)
            continue;
        if (chosen.size() < enrolledPictures)
            chosen.push_back(std::move(outcomes[i]));
        else
            out.others.push_back(person.files[i]);
    }
    out.known.enrolment = gathered(chosen);
    return out;
}

std::shared_ptr<const core::Gallery> galleryOf(const std::vector<Candidate>& candidates,
                                               const recognition::Enroller& by) {
    std::vector<core::Person> people;
    std::vector<core::FaceTemplate> templates;
    for (const Candidate& candidate : candidates) {
        core::Person person;
        person.id = {newUuid(now().wall)};
        person.name = candidate.known.name;
        for (core::FaceTemplate item : candidate.known.enrolment.templates) {
            item.person = person.id;
            templates.push_back(std::move(item));
        }
        people.push_back(std::move(person));
    }
    return core::Gallery::build(std::move(people), templates, by.modelId(), by.dimension());
}

bool letsIn(BenchDoor& door, const core::Image& photograph) {
    BenchScene scene(photograph);
    door.clear(scene.empty());
    for (int frame = 0; frame < patienceFrames; ++frame)
        if (door.look(scene.face()).released)
            return true;
    return false;
}

/// One photograph of each in turn, so that the visitors are of several people.
core::Status tryPhotographs(BenchFaces& faces, const std::vector<Candidate>& candidates, BenchDoor& plain,
                            BenchDoor* live) {
    for (std::size_t turn = 0; turn < mostVisitors; ++turn) {
        for (const Candidate& candidate : candidates) {
            if (turn >= candidate.others.size())
                continue;
            if (faces.visitors.size() >= mostVisitors &&
                (live == nullptr || faces.livingVisitors.size() >= mostVisitors))
                return core::Done{};
            const auto photograph = recognition::readPicture(candidate.others[turn].string());
            if (!photograph)
                return photograph.error();
            ++faces.looked;
            if (faces.visitors.size() < mostVisitors && letsIn(plain, *photograph))
                faces.visitors.push_back(*photograph);
            if (live != nullptr && faces.livingVisitors.size() < mostVisitors && letsIn(*live, *photograph))
                faces.livingVisitors.push_back(*photograph);
        }
    }
    return core::Done{};
}

} // namespace

core::Result<BenchFaces> findFaces(const std::string& folder, const core::Settings& settings,
                                   const recognition::ModelStore& models) {
    const std::string place = folder.empty() ? demoFaces().value_or(std::string()) : folder;
    std::vector<PersonFolder> people = peopleIn(place, enrolledPictures + 1);
    if (people.empty())
        return noFaces(folder);
    people.resize(std::min(people.size(), mostPeople));

    auto enroller = recognition::Enroller::create(pipelineSettings(settings), {}, models);
    if (!enroller)
        return enroller.error();
    BenchFaces faces;
    std::vector<Candidate> candidates;
    for (const PersonFolder& person : people)
        if (Candidate candidate = enrol(person, **enroller); !candidate.others.empty())
            candidates.push_back(std::move(candidate));
    faces.gallery = galleryOf(candidates, **enroller);
    enroller->reset();

    auto plain = BenchDoor::create(withLiveness(settings, false), models, faces.gallery);
    if (!plain)
        return plain.error();
    auto live = BenchDoor::create(withLiveness(settings, true), models, faces.gallery); // may lack its model
    if (auto tried = tryPhotographs(faces, candidates, **plain, live ? live->get() : nullptr); !tried)
        return tried.error();
    if (faces.visitors.empty())
        return noFaces(place);
    for (Candidate& candidate : candidates)
        faces.people.push_back(std::move(candidate.known));
    return faces;
}

} // namespace facelatch::app
