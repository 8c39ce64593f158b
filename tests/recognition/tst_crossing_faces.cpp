// SPDX-License-Identifier: GPL-3.0-or-later
// Two real faces that cross, one that is hidden for a moment, a clip that is cut: whoever is known stays known, and
// nothing that was found out about one face is ever said of another.
#include "made_pictures.h"
#include "pipeline_faces.h"

#include <algorithm>
#include <map>
#include <set>

namespace facelatch::tests {
namespace {

using namespace recognition;
using namespace std::chrono_literals;
using core::LivenessVerdict;

/// A head cut out of a picture, moving over the view.
struct Head {
    core::Image picture;
    core::PersonId person;
    core::RectF part; ///< of the picture
    float zoom = 1;
    core::PointF at;  ///< of the part's corner, in the view
    core::RectF face; ///< in the view where the head stands at (0, 0)

    bool covers(int x, int y) const {
        return static_cast<float>(x) >= at.x && static_cast<float>(x) < at.x + part.width * zoom &&
               static_cast<float>(y) >= at.y && static_cast<float>(y) < at.y + part.height * zoom;
    }
    Colour colour(int x, int y) const {
        return colourOf(picture, static_cast<int>(part.x + (static_cast<float>(x) - at.x) / zoom),
                        static_cast<int>(part.y + (static_cast<float>(y) - at.y) / zoom));
    }
    core::RectF faceNow() const { return {face.x + at.x, face.y + at.y, face.width, face.height}; }
};

/// The heads before a wall, the first one in front.
core::Image scene(const std::vector<const Head*>& heads) {
    return painted(640, 400, [&](int x, int y) {
        for (const Head* head : heads)
            if (head->covers(x, y))
                return head->colour(x, y);
        const auto level = static_cast<std::uint8_t>(90 + (x / 40 + y / 40) % 2 * 20);
        return Colour{level, level, static_cast<std::uint8_t>(level + 10)};
    });
}

class CrossingFaces : public PipelineFaces {
protected:
    Head head(const core::Image& picture, const core::RectF& part, float zoom) {
        Head made{picture, enrol({picture}), part, zoom, {200, 60}, {}};
        m_pipeline->reset();
        const auto seen = faceOf(scene({&made}));
        made.face = {seen.box.x - made.at.x, seen.box.y - made.at.y, seen.box.width, seen.box.height};
        EXPECT_TRUE(seen.match && seen.match->person == made.person);
        m_pipeline->reset();
        return made;
    }
    Head person(const char* name) { return head(face(name, 0), {55, 40, 140, 175}, 1.4F); }

    /// The next frame, with everything that is said of each face held against whose face it is.
    core::Observation look(const std::vector<const Head*>& heads) {
        core::Observation seen = show(scene(heads));
        for (const core::FaceObservation& one : seen.faces) {
            const auto owner = std::max_element(heads.begin(), heads.end(), [&](const Head* a, const Head* b) {
                return core::overlap(a->faceNow(), one.box) < core::overlap(b->faceNow(), one.box);
            });
            if (core::overlap((*owner)->faceNow(), one.box) < 0.5F)
                continue; // half a face, nobody's
            const core::PersonId who = (*owner)->person;
            m_compared[{one.track, who}] += one.embedded ? 1 : 0;
            if (one.match && one.match->score >= 0.47F) {
                EXPECT_EQ(one.match->person, who) << "frame " << seen.frameNumber << ", track " << one.track;
            }
            EXPECT_LE(one.liveness.frames, (m_compared[{one.track, who}]))
                << "frame " << seen.frameNumber << ": life of another face on track " << one.track;
        }
        return seen;
    }
    /// The track of a head in the last frame; 0: it is not seen.
    static core::TrackId trackOf(const core::Observation& seen, const Head& head) {
        for (const core::FaceObservation& one : seen.faces)
            if (core::overlap(one.box, head.faceNow()) > 0.5F)
                return one.track;
        return 0;
    }

    std::map<std::pair<core::TrackId, core::PersonId>, int> m_compared; ///< embedded frames
};

TEST_F(CrossingFaces, keepTheirTracksAndTheirVerdicts) {
    Head front = person("Bill_Gates"), behind = person("Jennifer_Aniston");
    for (const float step : {6.0F, 12.0F, 20.0F}) {
        m_pipeline->reset();
        m_compared.clear();
        core::TrackId before[2] = {}, after[2] = {};
        std::set<core::TrackId> tracks;
        for (float walked = -50; walked <= 390; walked += step) {
            front.at = {20 + std::clamp(walked, 0.0F, 400.0F), 60};
            behind.at = {420 - std::clamp(walked, 0.0F, 400.0F), 40};
            const auto seen = look({&front, &behind});
            if (walked < 60)
                before[0] = trackOf(seen, front), before[1] = trackOf(seen, behind);
            after[0] = trackOf(seen, front), after[1] = trackOf(seen, behind);
        }
        for (int i = 0; i < 10; ++i) {
            const auto seen = look({&front, &behind});
            after[0] = trackOf(seen, front), after[1] = trackOf(seen, behind);
        }
        EXPECT_NE(before[0], 0U);
        EXPECT_NE(before[1], 0U);
        EXPECT_EQ(after[0], before[0]) << step << " pixels a frame";
        EXPECT_EQ(after[1], before[1]) << step << " pixels a frame";
    }
}

TEST_F(CrossingFaces, aPresentedPictureGetsNoLifeFromTheLivingBesideIt) {
    Head living = head(sample("image_T1.jpg"), {60, 100, 360, 480}, 0.45F);
    Head presented = head(sample("image_F2.jpg"), {60, 100, 360, 480}, 0.45F);
    for (const bool livingInFront : {true, false}) {
        m_pipeline->reset();
        m_compared.clear();
        for (float walked = -60; walked <= 440; walked += 10) {
            living.at = {20 + std::clamp(walked, 0.0F, 400.0F), 60};
            presented.at = {420 - std::clamp(walked, 0.0F, 400.0F), 60};
            const auto seen = livingInFront ? look({&living, &presented}) : look({&presented, &living});
            for (const core::FaceObservation& one : seen.faces) {
                if (one.track == trackOf(seen, presented)) {
                    EXPECT_NE(one.liveness.verdict, LivenessVerdict::Live) << "frame " << seen.frameNumber;
                }
            }
        }
    }
}

TEST_F(CrossingFaces, aHiddenFaceComesBackUnderItsTrackButIsAskedAgain) {
    Head one = person("Bill_Gates");
    core::FaceObservation before;
    for (int i = 0; i < 16; ++i)
        before = look({&one}).faces.at(0);
    EXPECT_EQ(before.liveness.frames, 5 + 1); // five at once, and one more 0.28 s later
    for (int i = 0; i < 12; ++i)              // 0.4 s
        EXPECT_TRUE(look({}).faces.empty());
    const auto back = look({&one}).faces.at(0);
    EXPECT_EQ(back.track, before.track);
    EXPECT_TRUE(back.embedded);
    EXPECT_EQ(back.liveness.frames, 1);
    EXPECT_EQ(back.liveness.verdict, LivenessVerdict::Pending);
    const auto next = look({&one}).faces.at(0);
    EXPECT_TRUE(next.embedded) << "whoever comes back is compared eagerly";
}

TEST_F(CrossingFaces, anotherFaceAfterAMomentIsSomebodyElse) {
    Head one = person("Bill_Gates"), two = person("Jennifer_Aniston");
    core::FaceObservation before;
    for (int i = 0; i < 12; ++i)
        before = look({&one}).faces.at(0);
    for (const int hidden : {0, 1, 3, 12}) {
        for (int i = 0; i < hidden; ++i)
            look({});
        const auto other = look({&two}).faces.at(0);
        EXPECT_NE(other.track, before.track) << "after " << hidden << " frames";
        EXPECT_TRUE(other.embedded);
        EXPECT_EQ(other.liveness.frames, 1);
        for (int i = 0; i < hidden; ++i)
            look({});
        const auto again = look({&one}).faces.at(0);
        EXPECT_EQ(again.track, before.track) << "after " << hidden << " frames";
        EXPECT_EQ(again.liveness.frames, 1);
    }
}

TEST_F(CrossingFaces, aCutBreaksTracksAndVerdicts) {
    const core::Image first = face("Bill_Gates", 0), second = face("Jennifer_Aniston", 0);
    enrol({first});
    enrol({second});
    core::FaceObservation before;
    for (int i = 0; i < 10; ++i)
        before = faceOf(first);
    EXPECT_NE(before.liveness.verdict, LivenessVerdict::Pending);
    const auto other = faceOf(second);
    EXPECT_NE(other.track, before.track);
    EXPECT_EQ(other.liveness.frames, 1);
    // Another picture of the first person: the same face in another place and light.
    const auto again = faceOf(face("Bill_Gates", 2));
    EXPECT_NE(again.track, other.track);
    EXPECT_EQ(again.liveness.frames, 1);
    EXPECT_EQ(again.liveness.verdict, LivenessVerdict::Pending);
}

TEST_F(CrossingFaces, aFollowedFaceMovesWithoutBeingCompared) {
    PipelineSettings settings;
    settings.follow.detectEvery = 10s; // nothing but doubt makes it look
    start(settings);
    Head one = person("Bill_Gates"), two = person("Jennifer_Aniston");
    m_compared.clear();
    one.at = {20, 60};
    core::TrackId track = 0;
    int embedded = 0;
    for (int i = 0; i < 30; ++i) {
        one.at.x += 2;
        const auto seen = look({&one}).faces.at(0);
        EXPECT_GT(core::overlap(seen.box, one.faceNow()), 0.8F) << "frame " << i;
        EXPECT_TRUE(track == 0 || seen.track == track);
        track = seen.track;
        embedded += seen.embedded ? 1 : 0;
    }
    EXPECT_LE(embedded, 5 + 4);
    two.at = {420, 60};
    EXPECT_EQ(look({&one, &two}).faces.size(), 1U) << "no detection was due";
    one.at.x -= 60; // further than it is followed
    EXPECT_EQ(look({&one, &two}).faces.size(), 2U);
}

TEST_F(CrossingFaces, aNewcomerIsSeenSoon) {
    Head one = person("Bill_Gates"), two = person("Jennifer_Aniston");
    m_pipeline->reset();
    one.at = {20, 60};
    two.at = {420, 60};
    for (int i = 0; i < 20; ++i)
        look({&one});
    const auto appeared = m_now;
    while (look({&one, &two}).faces.size() < 2 && m_now - appeared < 1s) {
    }
    EXPECT_LE(m_now - appeared, 170ms); // a detection in 130 ms, rounded up to a frame
}

} // namespace
} // namespace facelatch::tests
