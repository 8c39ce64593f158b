// SPDX-License-Identifier: GPL-3.0-or-later
// The networks themselves against known answers: a wrong channel order, mean or crop would show here.
#include "real_data.h"
#include "recognition/alignment.h"
#include "recognition/embedder.h"
#include "recognition/inference.h"
#include "recognition/liveness.h"
#include "recognition/pictures.h"
#include "recognition/yunet_detector.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;

class Networks : public testing::Test {
protected:
    void SetUp() override {
        const std::string missing =
            missingModels(m_store, {"yunet-2023mar", "mobilefacenet-paddlex", "antispoof-minifasnet-se"});
        if (!missing.empty())
            GTEST_SKIP() << missing;
        auto first = m_store.load("yunet-2023mar"), second = m_store.load("yunet-2023mar");
        ASSERT_TRUE(first && second);
        m_detector = std::make_unique<YunetDetector>(std::move(*first), std::move(*second), YunetSettings());
    }
    Detection largestFace(const core::Image& picture) {
        auto faces = m_detector->detect(picture);
        EXPECT_TRUE(faces && !faces->empty());
        return *std::max_element(faces->begin(), faces->end(),
                                 [](const Detection& a, const Detection& b) { return a.box.area() < b.box.area(); });
    }
    core::Image sample(const char* name) {
        const auto faces = facesDirectory();
        const auto picture = faces ? readPicture(*faces + "/pad-samples/" + name) : core::fail("no face pictures");
        return picture ? *picture : core::Image();
    }

    ModelStore m_store = shippedStore();
    std::unique_ptr<YunetDetector> m_detector;
};

TEST_F(Networks, loadAndPassTheirCheck) {
    for (const ModelStatus& status : m_store.verify()) {
        std::printf("[ FIGURES  ] %s: %s\n", status.id.c_str(), std::string(stateText(status.state)).c_str());
        EXPECT_TRUE(status.state == ModelState::Good || status.state == ModelState::Missing) << status.error->text();
    }
}

TEST_F(Networks, detectorFindsOneFaceOnEachOfDlibsPictures) {
    const Pictures johns = dlibJohns();
    if (johns.empty())
        GTEST_SKIP() << "dlib's example photographs are not installed (package libdlib19.1 or newer)";
    for (const auto& [name, files] : johns)
        for (const std::string& file : files) {
            const auto picture = readPicture(file);
            ASSERT_TRUE(picture);
            const auto faces = m_detector->detect(*picture);
            ASSERT_TRUE(faces);
            ASSERT_EQ(faces->size(), 1U) << file;
            const auto& [right, left, nose, mouthRight, mouthLeft] = *faces->front().landmarks;
            EXPECT_LT(right.x, left.x);
            EXPECT_LT(mouthRight.x, mouthLeft.x);
            EXPECT_LT(right.y, nose.y);
            EXPECT_LT(nose.y, mouthLeft.y);
        }
}

TEST_F(Networks, closerLookAgreesWithTheFirst) {
    const core::Image picture = sample("image_T1.jpg");
    if (picture.empty())
        GTEST_SKIP() << "no face pictures: set FACELATCH_FACES_DIR, or put them at ../shared/faces";
    const Detection face = largestFace(picture);
    const auto closer = m_detector->closerLook(picture, face);
    ASSERT_TRUE(closer);
    EXPECT_NE(*closer, *face.landmarks); // it did look
    for (std::size_t i = 0; i < closer->size(); ++i) {
        EXPECT_NEAR((*closer)[i].x, (*face.landmarks)[i].x, face.box.width * 0.06F);
        EXPECT_NEAR((*closer)[i].y, (*face.landmarks)[i].y, face.box.width * 0.06F);
    }
    Detection nowhere = face;
    nowhere.box = {5000, 5000, 100, 100};
    EXPECT_FALSE(m_detector->closerLook(picture, nowhere));
}

TEST_F(Networks, detectorScalesBackToThePicture) {
    const core::Image picture = sample("image_T1.jpg");
    if (picture.empty())
        GTEST_SKIP() << "no face pictures: set FACELATCH_FACES_DIR, or put them at ../shared/faces";
    const core::RectF usual = largestFace(picture).box;
    const auto finer = m_detector->detectAt(picture, 640);
    ASSERT_TRUE(finer && !finer->empty());
    EXPECT_GT(core::overlap(usual, finer->front().box), 0.75F);
}

TEST_F(Networks, livenessKnowsTheThreeSamples) {
    auto model = LivenessModel::create(m_store, "antispoof-minifasnet-se");
    ASSERT_TRUE(model);
    // The authors' own pictures and the figures measured for them: T1 +7.5, F1 -8.5, F2 -8.1.
    for (const auto& [name, expected] :
         {std::pair{"image_T1.jpg", 7.5F}, {"image_F1.jpg", -8.5F}, {"image_F2.jpg", -8.1F}}) {
        const core::Image picture = sample(name);
        if (picture.empty())
            GTEST_SKIP() << "no face pictures: set FACELATCH_FACES_DIR, or put them at ../shared/faces";
        const auto score = (*model)->score(picture, largestFace(picture).box);
        ASSERT_TRUE(score);
        std::printf("[ FIGURES  ] liveness of %s: %+.2f\n", name, static_cast<double>(*score));
        EXPECT_NEAR(*score, expected, 0.3F);
    }
    EXPECT_FALSE((*model)->score(sample("image_T1.jpg"), {9000, 9000, 50, 50}));
}

TEST_F(Networks, secondOpinionOnLivenessAgrees) {
    if (const std::string missing = missingModels(m_store, {"minifasnet-v2-2.7", "minifasnet-v1se-4.0"});
        !missing.empty())
        GTEST_SKIP() << missing;
    auto nearer = LivenessModel::create(m_store, "minifasnet-v2-2.7");
    auto wider = LivenessModel::create(m_store, "minifasnet-v1se-4.0");
    ASSERT_TRUE(nearer && wider);
    const auto probability = [](float logOdds) { return 1 / (1 + std::exp(-logOdds)); };
    // Mean of the two: T1 1.000, F1 0.190, F2 0.002.
    for (const auto& [name, expected] :
         {std::pair{"image_T1.jpg", 1.0F}, {"image_F1.jpg", 0.19F}, {"image_F2.jpg", 0.002F}}) {
        const core::Image picture = sample(name);
        if (picture.empty())
            GTEST_SKIP() << "no face pictures: set FACELATCH_FACES_DIR, or put them at ../shared/faces";
        const core::RectF box = largestFace(picture).box;
        const float mean =
            (probability(*(*nearer)->score(picture, box)) + probability(*(*wider)->score(picture, box))) / 2;
        std::printf("[ FIGURES  ] second opinion on %s: %.3f\n", name, static_cast<double>(mean));
        EXPECT_NEAR(mean, expected, 0.05F);
    }
}

TEST_F(Networks, livenessOfOrdinaryPhotographs) {
    const auto faces = facesDirectory();
    if (!faces)
        GTEST_SKIP() << "no face pictures: set FACELATCH_FACES_DIR, or put them at ../shared/faces";
    auto model = LivenessModel::create(m_store, "antispoof-minifasnet-se");
    ASSERT_TRUE(model);
    int live = 0, pictures = 0;
    for (const auto& [name, files] : peopleIn(*faces + "/people")) {
        const auto picture = readPicture(files.front());
        ASSERT_TRUE(picture);
        const auto score = (*model)->score(*picture, largestFace(*picture).box);
        ASSERT_TRUE(score);
        ++pictures;
        live += *score > 0 ? 1 : 0;
    }
    std::printf("[ FIGURES  ] single photographs called live: %d of %d\n", live, pictures);
    EXPECT_GE(live, pictures * 9 / 10); // with the channels swapped it is clearly fewer
}

TEST_F(Networks, embeddingsTellPeopleApart) {
    const Pictures johns = dlibJohns();
    if (johns.empty())
        GTEST_SKIP() << "dlib's example photographs are not installed (package libdlib19.1 or newer)";
    auto embedder = Embedder::create(m_store, "mobilefacenet-paddlex");
    ASSERT_TRUE(embedder);
    EXPECT_EQ((*embedder)->dimension(), 128);
    EXPECT_FALSE((*embedder)->embed({}));
    std::map<std::string, std::vector<std::vector<float>>> embedded;
    for (const auto& [name, files] : johns)
        for (const std::string& file : files) {
            const core::Image picture = *readPicture(file);
            const auto landmarks = m_detector->closerLook(picture, largestFace(picture));
            auto vector = (*embedder)->embed(alignFace(picture, *landmarks));
            ASSERT_TRUE(vector);
            EXPECT_NEAR(cosine(*vector, *vector), 1, 1e-4);
            embedded[name].push_back(std::move(*vector));
        }
    float lowestSame = 1, highestOther = -1;
    for (const auto& [name, own] : embedded)
        for (const auto& [otherName, others] : embedded)
            for (const auto& a : own)
                for (const auto& b : others) {
                    const float score = cosine(a, b);
                    if (name == otherName)
                        lowestSame = std::min(lowestSame, score);
                    else
                        highestOther = std::max(highestOther, score);
                }
    std::printf("[ FIGURES  ] pairs of dlib's pictures: same person at least %.3f, others at most %.3f\n",
                static_cast<double>(lowestSame), static_cast<double>(highestOther));
    EXPECT_GT(lowestSame, highestOther);
}

} // namespace
} // namespace facelatch::tests
