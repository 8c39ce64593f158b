// SPDX-License-Identifier: GPL-3.0-or-later
// The guided enrolment in made-up time: prompts, what is taken and what is not, and how it ends.
#include "core/close_pairs.h"
#include "core/embedding.h"
#include "core/enrolment_guide.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

PersonId personNumber(std::uint8_t number) {
    PersonId id;
    id.value.bytes[15] = number;
    return id;
}

/// Somebody who does as told, seen by a camera of ten pictures a second.
class Booth {
public:
    EnrolmentRules rules;
    MonoTime now = MonoTime{} + 1000s;
    EnrolmentGuide guide{rules, now};
    EnrolFace face = straightFace();
    std::vector<EnrolFace> others;
    std::vector<float> embedding{1, 0, 0};
    std::optional<Resemblance> someoneElse;
    std::uint64_t pictures = 0;

    Booth() { guide.ready(now); }

    static EnrolFace straightFace() {
        EnrolFace face;
        face.track = 1;
        face.box = {200, 100, 160, 200};
        face.sharpness = 80;
        face.brightness = 128;
        face.mouth = 0.8F;
        face.liveness = LivenessVerdict::Live;
        return face;
    }
    EnrolSight sight() const {
        EnrolSight sight{now, 640, 480, {face}};
        sight.faces.insert(sight.faces.end(), others.begin(), others.end());
        return sight;
    }
    void frame() {
        now += 100ms;
        if (guide.see(sight()))
            guide.offer({++pictures, embedding, someoneElse});
        guide.tick(now);
    }
    void frames(int count) {
        for (int i = 0; i < count; ++i)
            frame();
    }
    void nobody(milliseconds time) {
        for (const MonoTime end = now + time; now < end;) {
            now += 100ms;
            guide.see({now, 640, 480, {}});
            guide.tick(now);
        }
    }
    /// Does what the view asks for.
    void pose(FaceView view) {
        face = straightFace();
        switch (view) {
        case FaceView::Straight:
            break;
        case FaceView::Left:
            face.yawDegrees = 20;
            break;
        case FaceView::Right:
            face.yawDegrees = -20;
            break;
        case FaceView::Up:
            face.pitchDegrees = 12;
            break;
        case FaceView::Smile:
            face.mouth = 0.95F;
            break;
        }
    }
    void take() {
        const FaceView wanted = view().current;
        pose(wanted);
        for (int i = 0; i < 30 && view().phase == EnrolPhase::Taking && view().current == wanted; ++i)
            frame();
    }
    void takeAll() {
        for (int i = 0; i < 5; ++i)
            take();
    }
    const EnrolmentView& view() const { return guide.view(); }
};

TEST(EnrolmentGuide, waitsForTheNetworks) {
    EnrolmentGuide guide({}, MonoTime{} + 5s);
    EXPECT_EQ(guide.view().phase, EnrolPhase::Starting);
    EXPECT_FALSE(guide.see({MonoTime{} + 6s, 640, 480, {Booth::straightFace()}}));
    guide.tick(MonoTime{} + 60s);
    EXPECT_EQ(guide.view().phase, EnrolPhase::Starting) << "loading is not the camera's fault";
    guide.ready(MonoTime{} + 60s);
    EXPECT_EQ(guide.view().phase, EnrolPhase::Taking);
    EXPECT_TRUE(guide.see({MonoTime{} + 61s, 640, 480, {Booth::straightFace()}}));
}

TEST(EnrolmentGuide, fivePicturesInOrderThenTheReview) {
    Booth booth;
    for (std::size_t i = 0; i < faceViews; ++i) {
        EXPECT_EQ(booth.view().current, static_cast<FaceView>(i));
        booth.take();
        EXPECT_EQ(booth.view().taken(), i + 1);
    }
    EXPECT_EQ(booth.view().phase, EnrolPhase::Review);
    EXPECT_EQ(booth.guide.wanted().size(), faceViews);
    std::set<std::uint64_t> numbers;
    for (const auto& picture : booth.view().pictures)
        numbers.insert(*picture);
    EXPECT_EQ(numbers.size(), faceViews);
}

struct HintCase {
    const char* name;
    void (*edit)(Booth&);
    EnrolHint hint;
};

class EnrolmentHints : public testing::TestWithParam<HintCase> {};

TEST_P(EnrolmentHints, saysWhatIsMissingAndTakesNothing) {
    Booth booth;
    GetParam().edit(booth);
    booth.frames(30);
    EXPECT_EQ(code(booth.view().hint), code(GetParam().hint));
    EXPECT_EQ(booth.view().taken(), 0U);
    EXPECT_EQ(booth.pictures, 0U) << "nothing is even looked at";
    booth.face = Booth::straightFace();
    booth.others.clear();
    booth.frames(10);
    EXPECT_EQ(booth.view().taken(), 1U) << "and goes on once it is right";
}

INSTANTIATE_TEST_SUITE_P(
    All, EnrolmentHints,
    testing::Values(
        HintCase{"small", [](Booth& b) { b.face.quality = Quality::TooSmall; }, EnrolHint::Closer},
        HintCase{"blurred", [](Booth& b) { b.face.quality = Quality::TooBlurred; }, EnrolHint::HoldStill},
        HintCase{"dark", [](Booth& b) { b.face.quality = Quality::TooDark; }, EnrolHint::MoreLight},
        HintCase{"bright", [](Booth& b) { b.face.quality = Quality::TooBright; }, EnrolHint::LessLight},
        HintCase{"away", [](Booth& b) { b.face.quality = Quality::TurnedAway; }, EnrolHint::LookStraight},
        HintCase{"cut", [](Booth& b) { b.face.quality = Quality::CutOff; }, EnrolHint::Centre},
        HintCase{"near",
                 [](Booth& b) {
                     b.face.box = {100, 0, 330, 420};
                 },
                 EnrolHint::StepBack},
        HintCase{"turned", [](Booth& b) { b.face.yawDegrees = 20; }, EnrolHint::LookStraight},
        HintCase{"noNumber", [](Booth& b) { b.face.yawDegrees = NAN; }, EnrolHint::LookStraight},
        HintCase{"pending", [](Booth& b) { b.face.liveness = LivenessVerdict::Pending; }, EnrolHint::HoldStill},
        HintCase{"spoof", [](Booth& b) { b.face.liveness = LivenessVerdict::Spoof; }, EnrolHint::LivingFace},
        HintCase{"second",
                 [](Booth& b) {
                     b.others = {Booth::straightFace()};
                     b.others[0].box = {500, 100, 70, 80};
                 },
                 EnrolHint::OneAtATime}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(EnrolmentGuide, aFaceFarBehindDoesNotDisturb) {
    Booth booth;
    booth.others = {Booth::straightFace()};
    booth.others[0].box = {500, 100, 40, 50};
    booth.take();
    EXPECT_EQ(booth.view().taken(), 1U);
    EXPECT_EQ(booth.view().others.size(), 1U);
}

TEST(EnrolmentGuide, nobodyInView) {
    Booth booth;
    booth.nobody(1s);
    EXPECT_EQ(booth.view().hint, EnrolHint::NoFace);
    EXPECT_FALSE(booth.view().face);
}

TEST(EnrolmentGuide, eachViewAsksForItsPose) {
    constexpr std::array hints{EnrolHint::LookStraight, EnrolHint::LookLeft, EnrolHint::LookRight, EnrolHint::LookUp,
                               EnrolHint::Smile};
    Booth booth;
    for (std::size_t i = 0; i < faceViews; ++i) {
        booth.face = Booth::straightFace();
        if (i == 0)
            booth.face.yawDegrees = 30;
        booth.frames(5);
        EXPECT_EQ(code(booth.view().hint), code(hints[i]));
        EXPECT_EQ(booth.view().taken(), i);
        booth.take();
    }
    EXPECT_EQ(booth.view().phase, EnrolPhase::Review);
}

TEST(EnrolmentGuide, lookingTheOtherWayIsNotTheView) {
    Booth booth;
    booth.take();
    booth.face.yawDegrees = -20;
    booth.frames(20);
    EXPECT_EQ(booth.view().hint, EnrolHint::LookLeft);
    EXPECT_EQ(booth.view().taken(), 1U);
}

TEST(EnrolmentGuide, doesNotInsistOnAViewForEver) {
    Booth booth;
    booth.take();
    booth.face = Booth::straightFace(); // and never turns
    booth.frames(70);
    EXPECT_EQ(booth.view().taken(), 1U);
    booth.frames(500);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Review);
}

TEST(EnrolmentGuide, onTheStraightViewItInsists) {
    Booth booth;
    booth.face.yawDegrees = 20;
    booth.frames(600);
    EXPECT_EQ(booth.view().taken(), 0U);
}

TEST(EnrolmentGuide, theBestCandidateIsKept) {
    Booth booth;
    for (const float sharpness : {20.0F, 30.0F, 100.0F, 25.0F}) {
        booth.face.sharpness = sharpness;
        const std::uint64_t before = booth.pictures;
        while (booth.pictures == before)
            booth.frame();
    }
    ASSERT_EQ(booth.view().taken(), 1U);
    EXPECT_EQ(booth.view().pictures[0], 3U);
    EXPECT_EQ(booth.guide.wanted(), std::vector<std::uint64_t>{3}) << "the others are thrown away";
}

TEST(EnrolmentGuide, ofEqualPicturesTheMoreDifferentIsKept) {
    Booth booth;
    booth.take();
    booth.pose(FaceView::Left);
    const std::array<std::vector<float>, 4> embeddings{{{1, 0, 0}, {0.8F, 0.6F, 0}, {0.98F, 0.199F, 0}, {1, 0, 0}}};
    const std::uint64_t first = booth.pictures + 1;
    for (const auto& embedding : embeddings) {
        booth.embedding = embedding;
        const std::uint64_t before = booth.pictures;
        while (booth.pictures == before)
            booth.frame();
    }
    ASSERT_EQ(booth.view().taken(), 2U);
    EXPECT_EQ(booth.view().pictures[1], first + 1);
}

TEST(EnrolmentGuide, movingBeginsThePictureAnew) {
    Booth booth;
    booth.frames(3);
    EXPECT_GT(booth.view().progress, 0);
    booth.face.quality = Quality::TooBlurred;
    booth.frame();
    EXPECT_EQ(booth.view().progress, 0);
    EXPECT_TRUE(booth.guide.wanted().empty());
}

TEST(EnrolmentGuide, aFaceAlreadyEnrolledIsRefusedAndSaysWhose) {
    Booth booth;
    booth.someoneElse = Resemblance{personNumber(7), "Bob", 0.62F};
    booth.frames(20);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Stopped);
    EXPECT_EQ(booth.view().stop, EnrolStop::AlreadyEnrolled);
    ASSERT_TRUE(booth.view().someoneElse);
    EXPECT_EQ(booth.view().someoneElse->name, "Bob");
    EXPECT_EQ(booth.view().taken(), 0U);
    EXPECT_TRUE(booth.guide.wanted().empty());

    booth.guide.isAnotherPerson(booth.now); // a twin: the admin knows better
    EXPECT_EQ(booth.view().phase, EnrolPhase::Taking);
    EXPECT_FALSE(booth.view().someoneElse);
    booth.takeAll();
    EXPECT_EQ(booth.view().phase, EnrolPhase::Review);
    EXPECT_EQ(booth.guide.toldApart(), std::vector<PersonId>{personNumber(7)});
}

TEST(EnrolmentGuide, aFaintResemblanceIsNoObstacle) {
    Booth booth;
    booth.someoneElse = Resemblance{personNumber(7), "Bob", 0.44F};
    booth.takeAll();
    EXPECT_EQ(booth.view().phase, EnrolPhase::Review);
}

TEST(EnrolmentGuide, aPictureHeldUpIsRefused) {
    Booth booth;
    booth.face.liveness = LivenessVerdict::Spoof;
    booth.frames(52);
    EXPECT_EQ(booth.view().stop, EnrolStop::NotAlive);
    EXPECT_EQ(booth.pictures, 0U);
}

TEST(EnrolmentGuide, aFaceThatTurnsOutToBeAPictureTakesBackWhatItGave) {
    Booth booth;
    booth.take();
    booth.take();
    booth.face.liveness = LivenessVerdict::Spoof;
    booth.frame();
    EXPECT_EQ(booth.view().taken(), 0U);
    EXPECT_EQ(booth.view().current, FaceView::Straight);
}

TEST(EnrolmentGuide, anotherTracksPicturesStay) {
    Booth booth;
    booth.take();
    booth.face.track = 2;
    booth.face.liveness = LivenessVerdict::Spoof;
    booth.frame();
    EXPECT_EQ(booth.view().taken(), 1U);
    EXPECT_EQ(booth.view().hint, EnrolHint::LivingFace);
}

TEST(EnrolmentGuide, withoutTheLivenessNetworkNobodyIsEnrolled) {
    Booth booth;
    booth.face.liveness = LivenessVerdict::Unavailable;
    booth.frame();
    EXPECT_EQ(booth.view().stop, EnrolStop::Unavailable);
    EXPECT_FALSE(booth.view().detail.empty());
}

TEST(EnrolmentGuide, withLivenessSwitchedOffItGoes) {
    Booth booth;
    for (int i = 0; i < 5; ++i) {
        booth.pose(booth.view().current);
        booth.face.liveness = LivenessVerdict::Off;
        booth.frames(8);
    }
    EXPECT_EQ(booth.view().phase, EnrolPhase::Review);
}

TEST(EnrolmentGuide, anotherPersonInBetweenIsNotTaken) {
    Booth booth;
    booth.take();
    booth.pose(FaceView::Left);
    booth.embedding = {0, 1, 0};
    booth.frames(20);
    EXPECT_EQ(booth.view().hint, EnrolHint::AnotherPerson);
    EXPECT_EQ(booth.view().taken(), 1U);
    booth.embedding = {1, 0, 0};
    booth.frames(20);
    EXPECT_EQ(booth.view().taken(), 2U);
}

TEST(EnrolmentGuide, aPictureUnlikeTheOthersIsTakenAgain) {
    Booth booth;
    // Of the first two nobody can say which is the stray: the later ones decide.
    booth.embedding = {0.5F, 0.866F, 0};
    booth.take();
    booth.embedding = {1, 0, 0};
    booth.take();
    booth.embedding = {0.92F, -0.39F, 0};
    booth.take();
    booth.take();
    booth.take();
    EXPECT_EQ(booth.view().phase, EnrolPhase::Taking);
    EXPECT_EQ(booth.view().current, FaceView::Straight);
    booth.take();
    EXPECT_EQ(booth.view().phase, EnrolPhase::Review);
}

TEST(EnrolmentGuide, theCameraIsLost) {
    for (const int taken : {0, 2, 5}) {
        Booth booth;
        for (int i = 0; i < taken; ++i)
            booth.take();
        booth.guide.tick(booth.now + 3000ms);
        EXPECT_NE(booth.view().phase, EnrolPhase::Stopped);
        booth.guide.tick(booth.now + 3001ms);
        EXPECT_EQ(booth.view().stop, EnrolStop::CameraLost);
        EXPECT_EQ(booth.view().taken(), 0U);
        EXPECT_TRUE(booth.guide.wanted().empty());
    }
}

TEST(EnrolmentGuide, endsWhenNothingHappens) {
    Booth booth;
    booth.take();
    booth.nobody(119s);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Taking);
    booth.nobody(2s);
    EXPECT_EQ(booth.view().stop, EnrolStop::TimedOut);
}

TEST(EnrolmentGuide, onePictureIsTakenAgain) {
    Booth booth;
    booth.takeAll();
    const auto before = booth.view().pictures;
    booth.guide.retake(FaceView::Right, booth.now);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Taking);
    EXPECT_EQ(booth.view().current, FaceView::Right);
    EXPECT_EQ(booth.view().taken(), 4U);
    booth.take();
    EXPECT_EQ(booth.view().phase, EnrolPhase::Review);
    for (std::size_t i = 0; i < faceViews; ++i)
        EXPECT_EQ(booth.view().pictures[i] == before[i], i != 2);
}

struct ScoreCase {
    float cosine;
    std::optional<float> other;
    ScoreWord word;
};

class EnrolmentTrial : public testing::TestWithParam<ScoreCase> {};

TEST_P(EnrolmentTrial, tellsTheScoreInWords) {
    Booth booth;
    booth.takeAll();
    booth.guide.beginTest(booth.now);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Testing);
    booth.face = Booth::straightFace();
    booth.frames(5);
    EXPECT_EQ(booth.view().hint, EnrolHint::StepBack);
    booth.face.box = {250, 150, 100, 130};
    const float cosine = GetParam().cosine;
    booth.embedding = {cosine, std::sqrt(1 - cosine * cosine), 0};
    if (GetParam().other)
        booth.someoneElse = Resemblance{personNumber(9), "Bob", *GetParam().other};
    booth.frames(3);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Tested);
    EXPECT_EQ(code(booth.view().score), code(GetParam().word));
    EXPECT_EQ(booth.view().taken(), faceViews) << "what was taken stays until it is saved";
}

INSTANTIATE_TEST_SUITE_P(All, EnrolmentTrial,
                         testing::Values(ScoreCase{0.9F, {}, ScoreWord::Excellent},
                                         ScoreCase{0.6F, {}, ScoreWord::Good}, ScoreCase{0.5F, {}, ScoreWord::Weak},
                                         ScoreCase{0.4F, {}, ScoreWord::NotRecognised},
                                         ScoreCase{0.9F, 0.87F, ScoreWord::Weak},
                                         ScoreCase{0.9F, 0.5F, ScoreWord::Excellent}));

TEST(EnrolmentGuide, theTrialWaitsNoLongerThanThreeSecondsForAStepBack) {
    Booth booth;
    booth.takeAll();
    booth.guide.beginTest(booth.now);
    booth.face = Booth::straightFace();
    booth.frames(29);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Testing);
    booth.frames(5);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Tested);
    booth.guide.retake(FaceView::Up, booth.now);
    EXPECT_EQ(booth.view().score, ScoreWord::None);
}

TEST(EnrolmentGuide, noTrialBeforeTheFiveAreThere) {
    Booth booth;
    booth.take();
    booth.guide.beginTest(booth.now);
    EXPECT_EQ(booth.view().phase, EnrolPhase::Taking);
}

TEST(EnrolmentCodes, goThereAndBack) {
    for (int i = 0; i <= static_cast<int>(EnrolHint::AnotherPerson); ++i)
        EXPECT_EQ(enrolHintFrom(code(static_cast<EnrolHint>(i))), static_cast<EnrolHint>(i));
    for (int i = 0; i <= static_cast<int>(EnrolStop::Unavailable); ++i)
        EXPECT_EQ(enrolStopFrom(code(static_cast<EnrolStop>(i))), static_cast<EnrolStop>(i));
    for (int i = 0; i <= static_cast<int>(EnrolPhase::Stopped); ++i)
        EXPECT_EQ(enrolPhaseFrom(code(static_cast<EnrolPhase>(i))), static_cast<EnrolPhase>(i));
    for (int i = 0; i <= static_cast<int>(ScoreWord::Excellent); ++i)
        EXPECT_EQ(scoreWordFrom(code(static_cast<ScoreWord>(i))), static_cast<ScoreWord>(i));
    EXPECT_EQ(enrolHintFrom("?"), EnrolHint::None);
}

TEST(ClosePairs, thoseNearerThanTheMarginAllows) {
    std::vector<Person> people(4);
    std::vector<FaceTemplate> templates(3);
    const std::vector<std::vector<float>> rows{{1, 0, 0}, {0.5F, 0.866F, 0}, {0.45F, 0.88F, 0.15F}};
    for (std::size_t i = 0; i < people.size(); ++i)
        people[i].id = personNumber(static_cast<std::uint8_t>(i + 1));
    for (std::size_t i = 0; i < rows.size(); ++i) { // the fourth has no face
        templates[i].person = people[i].id;
        templates[i].modelId = "net";
        templates[i].values = rows[i];
    }
    const auto gallery = Gallery::build(people, templates, "net", 3);
    const auto pairs = closePairs(*gallery, 0.48F);
    ASSERT_EQ(pairs.size(), 2U);
    EXPECT_EQ(pairs[0].first, personNumber(2));
    EXPECT_EQ(pairs[0].second, personNumber(3));
    EXPECT_GT(pairs[0].score, 0.9F);
    EXPECT_EQ(pairs[1].second, personNumber(2));
    EXPECT_EQ(closePairs(*gallery, 0.48F, personNumber(1)).size(), 1U);
    EXPECT_TRUE(closePairs(*gallery, 0.48F, personNumber(4)).empty());
    EXPECT_TRUE(closePairs(Gallery(), 0.1F).empty());
}

TEST(Embedding, meansAreOfLengthOneOrNothing) {
    const std::vector<float> a{1, 0}, b{0, 1}, c{-1, 0}, longer{1, 0, 0};
    const auto mean = unitMean({a, b});
    ASSERT_TRUE(mean);
    EXPECT_NEAR(likeness(*mean, a), std::sqrt(0.5F), 1e-5F);
    EXPECT_FALSE(unitMean({}));
    EXPECT_FALSE(unitMean({a, c}));
    EXPECT_FALSE(unitMean({a, longer}));
    EXPECT_EQ(likeness(a, longer), -1);
}

} // namespace
