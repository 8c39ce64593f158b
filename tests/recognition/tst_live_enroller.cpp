// SPDX-License-Identifier: GPL-3.0-or-later
// The guided enrolment on real faces: who is taken, who is recognised as enrolled, and that a picture of one is not.
#include "pipeline_faces.h"

#include "core/embedding.h"
#include "recognition/head_pose.h"
#include "recognition/live_enroller.h"

using namespace facelatch;
using namespace facelatch::recognition;
using namespace std::chrono_literals;

namespace {

class LiveEnrolment : public tests::PipelineFaces {
protected:
    void begin(const PipelineSettings& settings = {}) {
        auto enroller = LiveEnroller::create(settings, m_store);
        ASSERT_TRUE(enroller) << enroller.error().text();
        m_live = std::move(*enroller);
        core::EnrolmentRules rules;
        rules.insists = 1000ms; // photographs do not turn their heads
        m_guide = std::make_unique<core::EnrolmentGuide>(rules, m_now);
        m_guide->ready(m_now);
    }
    void showLive(const core::Image& image, int frames) {
        for (int i = 0; i < frames && m_guide->view().phase != core::EnrolPhase::Stopped; ++i) {
            m_now += 100ms;
            m_live->look({image, m_now, ++m_number, core::FrameOrigin::Test}, *m_guide, m_gallery, m_person);
            m_guide->tick(m_now);
        }
    }
    const core::EnrolmentView& view() const { return m_guide->view(); }

    std::unique_ptr<LiveEnroller> m_live;
    std::unique_ptr<core::EnrolmentGuide> m_guide;
    core::Gallery m_gallery;
    std::optional<core::PersonId> m_person;
};

TEST_F(LiveEnrolment, fivePicturesOfOnePersonAndTheTrial) {
    begin();
    for (const std::size_t number : {4U, 0U, 1U, 2U, 3U, 5U, 4U, 0U})
        showLive(face("Jiang_Zemin", number), 25);
    ASSERT_EQ(core::code(view().phase), core::code(core::EnrolPhase::Review)) << core::code(view().hint);
    std::vector<std::span<const float>> embeddings;
    for (const auto& number : view().pictures) {
        const EnrolmentOutcome* picture = m_live->picture(*number);
        ASSERT_NE(picture, nullptr);
        EXPECT_FALSE(picture->thumbnail.empty());
        EXPECT_EQ(picture->faceTemplate.modelId, m_live->modelId());
        embeddings.emplace_back(picture->faceTemplate.values);
    }
    EXPECT_LT(core::likeness(embeddings[0], embeddings[1]), 0.99F) << "not the same picture five times";
    m_guide->beginTest(m_now);
    showLive(face("Jiang_Zemin", 5), 50);
    EXPECT_EQ(core::code(view().phase), core::code(core::EnrolPhase::Tested)) << core::code(view().hint);
    EXPECT_NE(core::code(view().score), core::code(core::ScoreWord::NotRecognised));
    EXPECT_EQ(m_live->picture(9999), nullptr);
}

TEST_F(LiveEnrolment, whoIsEnrolledAlreadyIsToldApart) {
    const core::PersonId enrolled = enrol({face("Jiang_Zemin", 2), face("Jiang_Zemin", 5)});
    m_gallery = *core::Gallery::build(m_people, m_templates, m_enroller->modelId(), m_enroller->dimension());
    begin();
    showLive(face("Jiang_Zemin", 4), 40);
    EXPECT_EQ(core::code(view().stop), core::code(core::EnrolStop::AlreadyEnrolled));
    ASSERT_TRUE(view().someoneElse);
    EXPECT_EQ(view().someoneElse->person, enrolled);

    m_person = enrolled; // the same person's own new pictures
    begin();
    showLive(face("Jiang_Zemin", 4), 40);
    EXPECT_GT(view().taken(), 0U);
}

TEST_F(LiveEnrolment, aPictureHeldToTheCameraIsRefused) {
    begin();
    showLive(sample("image_F2.jpg"), 120);
    EXPECT_EQ(core::code(view().stop), core::code(core::EnrolStop::NotAlive)) << core::code(view().hint);
    begin();
    showLive(sample("image_F1.jpg"), 120); // turned away, too
    EXPECT_EQ(view().taken(), 0U);
}

TEST_F(LiveEnrolment, unlessLivenessIsOff) {
    PipelineSettings settings;
    settings.liveness.enabled = false;
    begin(settings);
    showLive(sample("image_F2.jpg"), 120);
    EXPECT_GT(view().taken(), 0U) << core::code(view().hint);
}

TEST_F(LiveEnrolment, aMissingNetworkIsNamed) {
    const ModelStore empty(*tests::shippedManifest(), {}, tests::sha256Of);
    const auto enroller = LiveEnroller::create({}, empty);
    ASSERT_FALSE(enroller);
    EXPECT_EQ(enroller.error().kind, core::ErrorKind::OutOfService);
}

TEST(HeadPose, theNoseTellsUpFromDown) {
    const auto face = [](float nose, float mouth) {
        return core::Landmarks{{{100, 100}, {140, 100}, {120, 100 + nose}, {120 - mouth, 147}, {120 + mouth, 147}}};
    };
    EXPECT_NEAR(pitchFromPoints(face(23.3F, 17)), 0, 1);
    EXPECT_GT(pitchFromPoints(face(17, 17)), 10);
    EXPECT_LT(pitchFromPoints(face(30, 17)), -10);
    EXPECT_FLOAT_EQ(mouthWidth(face(23, 17)), 0.85F);
    core::Landmarks leaning = face(23.3F, 17);
    for (core::PointF& point : leaning)
        point = {point.x * 0.9F - point.y * 0.436F, point.x * 0.436F + point.y * 0.9F};
    EXPECT_NEAR(pitchFromPoints(leaning), pitchFromPoints(face(23.3F, 17)), 0.5);
    EXPECT_EQ(pitchFromPoints({}), 0);
    EXPECT_EQ(mouthWidth({}), 0);
}

} // namespace
