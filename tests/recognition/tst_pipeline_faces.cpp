// SPDX-License-Identifier: GPL-3.0-or-later
// The whole pipeline on real faces replayed as a camera: how soon it knows somebody, who is alive, and that no face
// takes over another one's track.
#include "made_pictures.h"
#include "pipeline_faces.h"
#include "recognition/identifier.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace facelatch::tests {
namespace {

using namespace recognition;
using namespace std::chrono_literals;
using core::LivenessVerdict;

TEST_F(PipelineFaces, knowsALivingPersonAfterFiveFrames) {
    const auto who = enrol({sample("image_T1.jpg")});
    for (const auto interval : {33ms, 200ms}) { // a fast machine and a slow one
        m_pipeline->reset();
        const auto start = m_now;
        int agreeing = 0, frames = 0;
        core::FaceObservation seen;
        do {
            seen = faceOf(sample("image_T1.jpg"), interval);
            ++frames;
            agreeing += seen.embedded && seen.match && seen.match->person == who && seen.match->score > 0.47F ? 1 : 0;
        } while ((agreeing < 3 || seen.liveness.verdict != LivenessVerdict::Live) && frames < 30);
        EXPECT_EQ(frames, 5) << "at one frame in " << interval.count() << " ms";
        EXPECT_LE(m_now - start, 1s);
        EXPECT_EQ(agreeing, 5);
        EXPECT_EQ(seen.quality, core::Quality::Good);
    }
}

TEST_F(PipelineFaces, findsLifeHoweverSeldomItLooks) {
    enrol({sample("image_T1.jpg")});
    core::FaceObservation seen;
    for (int frames = 1; frames <= 8; ++frames) {
        seen = faceOf(sample("image_T1.jpg"), 500ms); // a machine that is busy with something else
        EXPECT_EQ(seen.liveness.frames, frames);
    }
    EXPECT_EQ(seen.liveness.verdict, LivenessVerdict::Live);
}

TEST_F(PipelineFaces, keepsACurrentOpinionWithFewerEmbeddings) {
    enrol({sample("image_T1.jpg")});
    std::vector<core::MonoTime> embedded;
    std::set<core::TrackId> tracks;
    for (int i = 0; i < 100; ++i) {
        const auto seen = faceOf(sample("image_T1.jpg"));
        tracks.insert(seen.track);
        if (seen.embedded)
            embedded.push_back(m_now);
        EXPECT_EQ(seen.liveness.frames, std::min<int>(static_cast<int>(embedded.size()), LivenessSettings().window))
            << "a frame that was not compared must not count as living";
        EXPECT_TRUE(seen.match) << "the opinion is shown between embeddings too";
    }
    EXPECT_EQ(tracks.size(), 1U);
    EXPECT_LE(embedded.size(), 25U); // 5 at once, then about 5 a second for 3.1 s
    for (std::size_t i = 3; i < embedded.size(); ++i)
        EXPECT_LT(embedded[i] - embedded[i - 3], 1s) << "three that agree must fit into a second at any time";
}

TEST_F(PipelineFaces, callsNoPresentedPictureAlive) {
    for (const char* name : {"image_F1.jpg", "image_F2.jpg"}) {
        const core::Image attack = sample(name);
        const auto victim = enrol({attack}); // the attacker shows the very picture that was enrolled
        m_pipeline->reset();
        LivenessVerdict last = LivenessVerdict::Pending;
        for (int i = 0; i < 20; ++i) {
            const auto seen = faceOf(attack);
            EXPECT_NE(seen.liveness.verdict, LivenessVerdict::Live) << name;
            last = seen.liveness.verdict;
            EXPECT_TRUE(!seen.embedded || seen.match->person == victim);
        }
        std::printf("[ FIGURES  ] %s: %s\n", name, last == LivenessVerdict::Spoof ? "spoof" : "pending (turned away)");
    }
}

TEST_F(PipelineFaces, singlePicturesAreIdentifiedWithTheirLiveness) {
    const auto who = enrol({sample("image_T1.jpg")});
    const auto gallery = core::Gallery::build(m_people, m_templates, m_enroller->modelId(), m_enroller->dimension());
    auto identifier = Identifier::create({}, m_store);
    ASSERT_TRUE(identifier);
    for (const auto& [name, verdict] : {std::pair{"image_T1.jpg", LivenessVerdict::Live},
                                        {"image_F1.jpg", LivenessVerdict::Spoof},
                                        {"image_F2.jpg", LivenessVerdict::Spoof}}) {
        const auto faces = (*identifier)->identify(sample(name), *gallery);
        ASSERT_TRUE(faces);
        ASSERT_EQ(faces->size(), 1U);
        EXPECT_EQ(faces->front().liveness.verdict, verdict) << name;
        EXPECT_EQ(faces->front().liveness.frames, 1);
        EXPECT_TRUE(faces->front().embedded);
        EXPECT_EQ(faces->front().match->score > 0.47F, verdict == LivenessVerdict::Live);
        EXPECT_EQ(faces->front().match->person, who); // the only one there is
    }
    const auto nobody = (*identifier)->identify(plain(300, 200, {99, 99, 99}), *gallery);
    ASSERT_TRUE(nobody);
    EXPECT_TRUE(nobody->empty());
    EXPECT_FALSE((*identifier)->identify({}, *gallery));
}

TEST_F(PipelineFaces, givesASwappedFaceItsOwnTrackAndLiveness) {
    // Aligned pictures show each face in the same place: by its box alone nobody could tell them apart.
    const core::Image first = face("Bill_Gates", 0), second = face("Jennifer_Aniston", 0);
    const auto one = enrol({first}), two = enrol({second});
    for (int frames : {1, 3, 5, 9, 20}) {
        m_pipeline->reset();
        std::set<core::TrackId> firstTracks;
        for (int i = 0; i < frames; ++i)
            firstTracks.insert(faceOf(first).track);
        bool told = false;
        for (int i = 0; i < 12; ++i) {
            const auto seen = faceOf(second);
            if (seen.embedded) {
                EXPECT_EQ(seen.match->person, two);
                EXPECT_FALSE(firstTracks.contains(seen.track)) << "after " << frames << " frames";
                EXPECT_LE(seen.liveness.frames, i + 1) << "liveness was handed over";
                told = true;
            } else if (!told) {
                EXPECT_TRUE(!seen.match || seen.match->person == one);
            }
        }
        EXPECT_TRUE(told);
    }
}

TEST_F(PipelineFaces, startsAnewAfterAGap) {
    enrol({sample("image_T1.jpg")});
    const auto before = faceOf(sample("image_T1.jpg")).track;
    const core::Image empty = plain(480, 640, {90, 90, 90});
    for (int i = 0; i < 30; ++i)
        EXPECT_TRUE(show(empty).faces.empty());
    const auto after = faceOf(sample("image_T1.jpg"));
    EXPECT_GT(after.track, before);
    EXPECT_EQ(after.liveness.frames, 1);
}

TEST_F(PipelineFaces, leavesASmallFaceAlone) {
    enrol({sample("image_T1.jpg")});
    const core::Image small = scaledDown(sample("image_T1.jpg"), 150);
    const core::Image far = painted(640, 480, [&](int x, int y) {
        return x < small.width() && y < small.height() ? colourOf(small, x, y) : Colour{100, 100, 100};
    });
    for (int i = 0; i < 8; ++i) {
        const auto seen = faceOf(far);
        EXPECT_EQ(seen.quality, core::Quality::TooSmall);
        EXPECT_FALSE(seen.embedded);
        EXPECT_EQ(seen.liveness.verdict, LivenessVerdict::Pending);
    }
}

TEST_F(PipelineFaces, saysOffOrUnavailableInsteadOfLive) {
    PipelineSettings settings;
    settings.liveness.enabled = false;
    start(settings);
    enrol({sample("image_T1.jpg")});
    for (int i = 0; i < 8; ++i)
        EXPECT_EQ(faceOf(sample("image_T1.jpg")).liveness.verdict, LivenessVerdict::Off);
}

TEST_F(PipelineFaces, refusesTemplatesOfAnotherModel) {
    enrol({sample("image_T1.jpg")});
    for (core::FaceTemplate& item : m_templates)
        item.modelId = "another-net";
    const auto status = m_pipeline->setGallery(core::Gallery::build(m_people, m_templates, "another-net", 128));
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().text().find("another-net"), std::string::npos);
    const auto seen = faceOf(sample("image_T1.jpg"));
    EXPECT_TRUE(seen.embedded);
    EXPECT_FALSE(seen.match);
}

TEST_F(PipelineFaces, forgetsPeopleWithTheGallery) {
    enrol({sample("image_T1.jpg")});
    EXPECT_TRUE(faceOf(sample("image_T1.jpg")).match);
    EXPECT_TRUE(m_pipeline->setGallery(nullptr));
    const auto seen = faceOf(sample("image_T1.jpg"));
    EXPECT_TRUE(seen.embedded);
    EXPECT_FALSE(seen.match);
    const auto later = faceOf(sample("image_T1.jpg"));
    EXPECT_FALSE(later.match);
}

TEST_F(PipelineFaces, ordersFacesBySizeWithTracksOfTheirOwn) {
    const core::Image large = face("Bill_Gates", 0), small = scaledDown(face("Jennifer_Aniston", 0), 200);
    const core::Image both = painted(520, 260, [&](int x, int y) {
        if (x < small.width() && y < small.height())
            return colourOf(small, x, y);
        if (x >= 260 && x < 510 && y < 250)
            return colourOf(large, x - 260, y);
        return Colour{100, 100, 100};
    });
    std::vector<core::TrackId> before;
    for (int i = 0; i < 6; ++i) {
        const auto seen = show(both);
        ASSERT_EQ(seen.faces.size(), 2U);
        EXPECT_GT(seen.faces[0].box.area(), seen.faces[1].box.area());
        EXPECT_GT(seen.faces[0].box.x, 260);
        const std::vector<core::TrackId> tracks{seen.faces[0].track, seen.faces[1].track};
        EXPECT_TRUE(before.empty() || before == tracks);
        before = tracks;
    }
}

} // namespace
} // namespace facelatch::tests
