// SPDX-License-Identifier: GPL-3.0-or-later
// Real faces against the shipped default threshold and margin, liveness off: dlib's five people, sixty people and 240
// strangers of Labeled Faces in the Wild. Once picture by picture, once through the whole pipeline.
#include "core/gallery.h"
#include "real_data.h"
#include "recognition/enroller.h"
#include "recognition/identifier.h"
#include "recognition/pictures.h"
#include "recognition/pipeline.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;

constexpr std::size_t kEnrolled = 3;

/// People of one set: three pictures of each enrolled, the others to be named.
struct Set {
    std::vector<core::Person> people;
    std::shared_ptr<const core::Gallery> gallery;
    std::vector<std::pair<core::PersonId, std::string>> probes; ///< who it is, file
    int refused = 0;                                            ///< pictures the enroller did not take
    int lacking = 0;                                            ///< people with fewer than three accepted pictures
};

/// What was seen over all probes.
struct Tally {
    int right = 0, wrong = 0, unnamed = 0;
    float lowestRight = 1;  ///< score of the weakest rightly named
    float lowestLead = 1;   ///< smallest lead of the right person over the second-best
    float highestOther = 0; ///< best score of anybody else
    void print(const char* what, std::size_t of, const ModelRow& row) const {
        std::printf(
            "[ FIGURES  ] %s: %d of %zu right, %d wrong, %d not named; weakest right %.3f, strongest other %.3f, "
            "threshold %.2f; smallest lead %.3f, margin %.2f\n",
            what, right, of, wrong, unnamed, static_cast<double>(lowestRight), static_cast<double>(highestOther),
            static_cast<double>(row.threshold), static_cast<double>(lowestLead), static_cast<double>(row.margin));
    }
};

/// People of the set who stand beside another on that one's picture, checked by eye: to name them is no mistake.
bool isKnownCompanion(const std::string& file, const std::string& name) {
    return file.ends_with("Pierce_Brosnan_0012.jpg") && name == "Halle_Berry";
}

class Accuracy : public testing::Test {
protected:
    static void SetUpTestSuite() { s_store = new ModelStore(shippedStore()); }
    static void TearDownTestSuite() { delete s_store; }

    void SetUp() override {
        const std::string missing = missingModels(*s_store, {"yunet-2023mar", "mobilefacenet-paddlex"});
        if (!missing.empty())
            GTEST_SKIP() << missing;
        m_settings.liveness.enabled = false;
        m_row = s_store->manifest().find(m_settings.embedder);
        auto enroller = Enroller::create(m_settings, {}, *s_store);
        ASSERT_TRUE(enroller) << enroller.error().text();
        m_enroller = std::move(*enroller);
        auto identifier = Identifier::create(m_settings, *s_store);
        ASSERT_TRUE(identifier) << identifier.error().text();
        m_identifier = std::move(*identifier);
    }

    /// The first three pictures by file name that pass the Enroller's own gates, as an admin would enrol them.
    Set enrol(const Pictures& pictures) {
        Set set;
        std::vector<core::FaceTemplate> templates;
        for (const auto& [name, files] : pictures) {
            core::Person person;
            person.id.value.bytes[15] = static_cast<std::uint8_t>(set.people.size() + 1);
            person.name = name;
            std::size_t taken = 0;
            for (const std::string& file : files) {
                auto image = readPicture(file);
                EXPECT_TRUE(image) << image.error().text();
                const EnrolmentPicture picture{file, {}, *image};
                auto outcome =
                    taken < kEnrolled ? std::optional(m_enroller->enrol({&picture, 1}, {}).front()) : std::nullopt;
                if (outcome && !outcome->refusal) {
                    outcome->faceTemplate.person = person.id;
                    templates.push_back(outcome->faceTemplate);
                    ++taken;
                    continue;
                }
                set.refused += outcome ? 1 : 0;
                set.probes.emplace_back(person.id, file);
            }
            set.lacking += taken < kEnrolled ? 1 : 0;
            set.people.push_back(person);
        }
        set.gallery = core::Gallery::build(set.people, templates, m_enroller->modelId(), m_enroller->dimension());
        return set;
    }

    bool accepted(const core::Match& match) const {
        return match.score >= m_row->threshold && (!match.second || match.score - match.secondScore >= m_row->margin);
    }

    /// Who is accepted on a picture: a name for any of its faces. `who` is the person it is of, null for a stranger's.
    std::vector<core::PersonId> named(const std::string& file, const core::Gallery& gallery, const core::PersonId* who,
                                      Tally& tally) {
        std::vector<core::PersonId> names;
        const auto image = readPicture(file);
        EXPECT_TRUE(image) << image.error().text();
        const auto faces = m_identifier->identify(*image, gallery);
        EXPECT_TRUE(faces) << faces.error().text();
        EXPECT_FALSE(faces->empty()) << file;
        for (const core::FaceObservation& face : *faces) {
            if (!face.match || isKnownCompanion(file, gallery.find(face.match->person)->name))
                continue;
            const bool own = who != nullptr && face.match->person == *who;
            if (accepted(*face.match)) {
                names.push_back(face.match->person);
                if (own && face.match->score < tally.lowestRight)
                    tally.lowestRight = face.match->score;
            }
            if (own)
                tally.lowestLead = std::min(tally.lowestLead, face.match->score - face.match->secondScore);
            tally.highestOther = std::max(tally.highestOther, own ? face.match->secondScore : face.match->score);
        }
        return names;
    }

    Tally identifyAll(const Set& set) {
        Tally tally;
        for (const auto& [who, file] : set.probes) {
            const auto names = named(file, *set.gallery, &who, tally);
            const auto isWho = [&, id = who](const core::PersonId& name) { return name == id; };
            const bool foreign = !std::all_of(names.begin(), names.end(), isWho);
            tally.right += !names.empty() && !foreign ? 1 : 0;
            tally.wrong += foreign ? 1 : 0;
            tally.unnamed += names.empty() ? 1 : 0;
            if (foreign || names.empty())
                std::printf("[          ] %s %s\n", foreign ? "wrongly named:" : "not named:", file.c_str());
        }
        return tally;
    }

    PipelineSettings m_settings;
    std::unique_ptr<Enroller> m_enroller;
    std::unique_ptr<Identifier> m_identifier;
    const ModelRow* m_row = nullptr;
    static ModelStore* s_store;
};

ModelStore* Accuracy::s_store = nullptr;

TEST_F(Accuracy, namesAllOtherPicturesOfDlibsFivePeople) {
    const Pictures johns = dlibJohns();
    if (johns.empty())
        GTEST_SKIP() << "dlib's example photographs are not installed (package libdlib19.1 or newer)";
    const Set set = enrol(johns);
    EXPECT_EQ(set.people.size(), 5U);
    EXPECT_EQ(set.lacking, 0);
    ASSERT_EQ(set.probes.size(), 40U);
    const Tally tally = identifyAll(set);
    tally.print("dlib's five people", set.probes.size(), *m_row);
    EXPECT_EQ(tally.right, 40);
    EXPECT_EQ(tally.wrong, 0);
}

/// The people a door would agree on: three embedded frames of one track that name the same person.
std::vector<core::PersonId> agreedOn(Pipeline& pipeline, const core::Image& image, core::MonoTime& now,
                                     const std::function<bool(const core::Match&)>& accepted) {
    std::map<std::pair<core::TrackId, core::PersonId>, int> votes;
    std::vector<core::PersonId> people;
    pipeline.reset();
    for (std::uint64_t number = 1; number <= 3; ++number) {
        now += std::chrono::milliseconds(33);
        for (const auto& face : pipeline.process({image, now, number, core::FrameOrigin::Test}).faces)
            if (face.embedded && face.match && accepted(*face.match) && ++votes[{face.track, face.match->person}] == 3)
                people.push_back(face.match->person);
    }
    return people;
}

TEST_F(Accuracy, namesThemThroughTheWholePipeline) {
    const auto faces = facesDirectory();
    if (!faces)
        GTEST_SKIP() << "no face pictures: set FACELATCH_FACES_DIR, or put them at ../shared/faces";
    const Set set = enrol(peopleIn(*faces + "/people"));
    auto pipeline = Pipeline::create(m_settings, *s_store);
    ASSERT_TRUE(pipeline);
    ASSERT_TRUE((*pipeline)->setGallery(set.gallery));
    const auto accepts = [this](const core::Match& match) { return accepted(match); };
    core::MonoTime now{};
    int right = 0, wrong = 0, strangers = 0;
    for (const auto& [who, file] : set.probes) {
        const auto people = agreedOn(**pipeline, *readPicture(file), now, accepts);
        const bool own = std::find(people.begin(), people.end(), who) != people.end();
        const bool foreign = std::any_of(people.begin(), people.end(), [&, id = who](const core::PersonId& person) {
            return person != id && !isKnownCompanion(file, set.gallery->find(person)->name);
        });
        right += own && !foreign ? 1 : 0;
        wrong += foreign ? 1 : 0;
    }
    for (const std::string& file : picturesIn(*faces + "/strangers"))
        strangers += agreedOn(**pipeline, *readPicture(file), now, accepts).empty() ? 0 : 1;
    std::printf(
        "[ FIGURES  ] through the pipeline, quality gate included: %d of %zu right, %d wrong, %d strangers accepted\n",
        right, set.probes.size(), wrong, strangers);
    EXPECT_GE(right, 177);
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(strangers, 0);
}

TEST_F(Accuracy, namesSixtyPeopleAndNoStranger) {
    const auto faces = facesDirectory();
    if (!faces)
        GTEST_SKIP() << "no face pictures: set FACELATCH_FACES_DIR, or put them at ../shared/faces";
    const Set set = enrol(peopleIn(*faces + "/people"));
    std::printf("[ FIGURES  ] enrolment: %d pictures refused on the way to 3 of each, %d people lack some\n",
                set.refused, set.lacking);
    EXPECT_EQ(set.people.size(), 60U);
    EXPECT_EQ(set.lacking, 0);
    ASSERT_EQ(set.probes.size(), 180U);
    const Tally tally = identifyAll(set);
    tally.print("sixty people", set.probes.size(), *m_row);
    EXPECT_GE(tally.right, 177);
    EXPECT_EQ(tally.wrong, 0);

    Tally strangers;
    const auto files = picturesIn(*faces + "/strangers");
    ASSERT_EQ(files.size(), 240U);
    for (const std::string& file : files)
        strangers.wrong += named(file, *set.gallery, nullptr, strangers).empty() ? 0 : 1;
    std::printf("[ FIGURES  ] strangers: %d of %zu accepted; strongest %.3f, threshold %.2f\n", strangers.wrong,
                files.size(), static_cast<double>(strangers.highestOther), static_cast<double>(m_row->threshold));
    EXPECT_EQ(strangers.wrong, 0);
}

} // namespace
} // namespace facelatch::tests
