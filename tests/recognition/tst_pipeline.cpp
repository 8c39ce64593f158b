// SPDX-License-Identifier: GPL-3.0-or-later
// The pipeline without model files: it says what is missing, shows what it can, and opens nothing.
#include "made_pictures.h"
#include "real_data.h"
#include "recognition/enroller.h"
#include "recognition/identifier.h"
#include "recognition/pictures.h"
#include "recognition/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;
using namespace std::chrono_literals;
using testing::HasSubstr;

ModelStore emptyStore() {
    const auto manifest = shippedManifest();
    EXPECT_TRUE(manifest);
    return {*manifest, {testing::TempDir() + "facelatch-no-models"}, sha256Of};
}

core::Frame frameOf(core::Image image, core::MonoTime at, std::uint64_t number) {
    return {std::move(image), at, number, core::FrameOrigin::Test};
}

TEST(PipelineWithoutModels, saysWhatIsMissing) {
    const auto pipeline = Pipeline::create({}, emptyStore());
    ASSERT_TRUE(pipeline) << pipeline.error().text();
    const auto& missing = (*pipeline)->missing();
    ASSERT_EQ(missing.size(), 3U);
    EXPECT_EQ(missing[0].capability, Capability::Detection);
    EXPECT_EQ(missing[1].capability, Capability::Embedding);
    EXPECT_EQ(missing[2].capability, Capability::Liveness);
    for (const MissingCapability& item : missing) {
        EXPECT_EQ(item.error.kind, core::ErrorKind::OutOfService);
        EXPECT_THAT(item.error.text(), HasSubstr("facelatch-ctl models install"));
    }
}

TEST(PipelineWithoutModels, doesNotMissWhatIsSwitchedOff) {
    PipelineSettings settings;
    settings.liveness.enabled = false;
    settings.detector = "dlib-hog";
    const auto pipeline = Pipeline::create(settings, emptyStore());
    ASSERT_TRUE(pipeline);
    ASSERT_EQ((*pipeline)->missing().size(), 2U); // dlib's detector was asked for, but nobody can be recognised with it
    EXPECT_THAT((*pipeline)->missing()[0].error.text(), HasSubstr("yunet-2023mar"));
}

TEST(PipelineWithoutModels, showsFacesThatAreNeverEmbeddedNorAlive) {
    const Pictures johns = dlibJohns();
    if (johns.empty())
        GTEST_SKIP() << "dlib's example photographs are not installed (package libdlib19.1 or newer)";
    const auto image = readPicture(johns.begin()->second.front());
    ASSERT_TRUE(image);
    const auto pipeline = Pipeline::create({}, emptyStore());
    ASSERT_TRUE(pipeline);
    core::MonoTime now{};
    core::TrackId track = 0;
    for (std::uint64_t i = 1; i <= 5; ++i) {
        const auto seen = (*pipeline)->process(frameOf(*image, now += 33ms, i));
        ASSERT_EQ(seen.faces.size(), 1U);
        const core::FaceObservation& face = seen.faces.front();
        EXPECT_FALSE(face.embedded);
        EXPECT_FALSE(face.match);
        EXPECT_EQ(face.liveness.verdict, core::LivenessVerdict::Unavailable);
        EXPECT_EQ(face.landmarks, core::Landmarks{});
        EXPECT_TRUE(seen.modelId.empty());
        EXPECT_TRUE(i == 1 || face.track == track);
        track = face.track;
    }
}

TEST(PipelineWithoutModels, tellsTheTimeOfItsStagesOnlyWhenAsked) {
    const auto pipeline = Pipeline::create({}, emptyStore());
    ASSERT_TRUE(pipeline);
    const core::Image black = plain(640, 480, {0, 0, 0});
    const core::MonoTime at{};
    EXPECT_FALSE((*pipeline)->process(frameOf(black, at + 1s, 1)).times);
    core::MonoTime clock{};
    (*pipeline)->measure([&] { return clock += 1ms; }); // each look at the clock takes a millisecond
    const auto measured = (*pipeline)->process(frameOf(black, at + 2s, 2)).times;
    ASSERT_TRUE(measured);
    EXPECT_GE(measured->whole, 1ms);
    EXPECT_EQ(measured->embed, 0ms); // nobody was there
    EXPECT_EQ(measured->liveness, 0ms);
    EXPECT_LE(measured->detect, measured->whole);
    (*pipeline)->measure({});
    EXPECT_FALSE((*pipeline)->process(frameOf(black, at + 3s, 3)).times);
}

TEST(PipelineWithoutModels, refusesSettingsThatCannotBe) {
    const auto refused = [](const PipelineSettings& settings) {
        const auto pipeline = Pipeline::create(settings, emptyStore());
        return !pipeline && pipeline.error().kind == core::ErrorKind::Usage;
    };
    PipelineSettings settings;
    settings.detector = "no-such-net";
    EXPECT_TRUE(refused(settings));
    settings = {};
    settings.embedder = "yunet-2023mar";
    EXPECT_TRUE(refused(settings));
    settings = {};
    settings.embedder = "dlib_face_recognition_resnet_model_v1";
    EXPECT_TRUE(refused(settings));
    settings = {};
    settings.livenessModel = "mobilefacenet-paddlex";
    EXPECT_TRUE(refused(settings));
    settings.liveness.enabled = false;
    EXPECT_FALSE(refused(settings)); // what is off is not looked at
    settings = {};
    settings.detectLongestSide = 3;
    EXPECT_TRUE(refused(settings));
}

TEST(PipelineWithoutModels, answersEveryFrame) {
    const auto pipeline = Pipeline::create({}, emptyStore());
    ASSERT_TRUE(pipeline);
    const core::MonoTime now = core::MonoTime{} + 10s;
    const auto empty = (*pipeline)->process(frameOf({}, now, 1));
    EXPECT_TRUE(empty.faces.empty());
    EXPECT_EQ(empty.frameNumber, 1U);
    const core::Image black = plain(640, 480, {0, 0, 0});
    const auto first = (*pipeline)->process(frameOf(black, now, 2));
    EXPECT_TRUE(first.faces.empty());
    EXPECT_EQ(first.width, 640);
    EXPECT_EQ(first.image.data(), black.data()); // shared, not copied
    const auto second = (*pipeline)->process(frameOf(black, now + 33ms, 3));
    EXPECT_FALSE(second.motion);
    const auto late = (*pipeline)->process(frameOf(plain(640, 480, {255, 255, 255}), now - 1s, 4));
    EXPECT_FALSE(late.motion); // out of order: looked at by nobody
    EXPECT_TRUE((*pipeline)->process(frameOf(plain(1, 1, {1, 1, 1}), now + 66ms, 5)).faces.empty());
}

TEST(WithoutModels, nobodyIsEnrolledOrIdentified) {
    const auto enroller = Enroller::create({}, {}, emptyStore());
    ASSERT_FALSE(enroller);
    EXPECT_EQ(enroller.error().kind, core::ErrorKind::OutOfService);
    const auto identifier = Identifier::create({}, emptyStore());
    ASSERT_FALSE(identifier);
    EXPECT_EQ(identifier.error().kind, core::ErrorKind::OutOfService);
}

} // namespace
} // namespace facelatch::tests
