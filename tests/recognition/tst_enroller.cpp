// SPDX-License-Identifier: GPL-3.0-or-later
// What the Enroller takes, and every reason for which it refuses, on pictures made from dlib's photographs.
#include "made_pictures.h"
#include "real_data.h"
#include "recognition/embedder.h"
#include "recognition/enroller.h"
#include "recognition/pictures.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;
using testing::HasSubstr;

core::Image darker(const core::Image& image, double factor, int lift = 0) {
    return painted(image.width(), image.height(), [&](int x, int y) {
        Colour colour = colourOf(image, x, y);
        for (std::uint8_t& level : colour)
            level = static_cast<std::uint8_t>(std::clamp(static_cast<int>(level * factor) + lift, 0, 255));
        return colour;
    });
}

/// Nearest-neighbour enlargement, then a mean over neighbours: the same size as before `scaledDown`, without detail.
core::Image blurred(const core::Image& image, int longestSide) {
    const core::Image small = scaledDown(image, longestSide);
    const double step = static_cast<double>(small.width()) / image.width();
    const auto at = [&](double x, double y, std::size_t channel) {
        const int x0 = std::clamp(static_cast<int>(x), 0, small.width() - 2),
                  y0 = std::clamp(static_cast<int>(y), 0, small.height() - 2);
        const double fx = std::clamp(x - x0, 0.0, 1.0), fy = std::clamp(y - y0, 0.0, 1.0);
        const auto level = [&](int dx, int dy) {
            return static_cast<double>(colourOf(small, x0 + dx, y0 + dy)[channel]);
        };
        return (1 - fy) * ((1 - fx) * level(0, 0) + fx * level(1, 0)) +
               fy * ((1 - fx) * level(0, 1) + fx * level(1, 1));
    };
    return painted(image.width(), image.height(), [&](int x, int y) {
        Colour colour;
        for (std::size_t c = 0; c < 3; ++c)
            colour[c] = static_cast<std::uint8_t>(at(x * step, y * step, c));
        return colour;
    });
}

/// Both pictures on a grey canvas, the second to the right of the first.
core::Image sideBySide(const core::Image& a, const core::Image& b) {
    return painted(a.width() + b.width(), std::max(a.height(), b.height()), [&](int x, int y) {
        const core::Image& part = x < a.width() ? a : b;
        const int px = x < a.width() ? x : x - a.width();
        return y < part.height() ? colourOf(part, px, y) : Colour{128, 128, 128};
    });
}

class EnrollerTest : public testing::Test {
protected:
    void SetUp() override {
        const ModelStore store = shippedStore();
        const std::string missing = missingModels(store, {"yunet-2023mar", "mobilefacenet-paddlex"});
        if (!missing.empty())
            GTEST_SKIP() << missing;
        m_johns = dlibJohns();
        if (m_johns.size() < 5)
            GTEST_SKIP() << "dlib's example photographs are not installed (package libdlib19.1 or newer)";
        auto enroller = Enroller::create({}, {}, store);
        ASSERT_TRUE(enroller) << enroller.error().text();
        m_enroller = std::move(*enroller);
    }

    core::Image photo(std::size_t person, std::size_t number) const {
        return *readPicture(std::next(m_johns.begin(), static_cast<std::ptrdiff_t>(person))->second[number]);
    }
    EnrolmentOutcome enrolled(const core::Image& image, const core::Gallery& gallery = {}) {
        const EnrolmentPicture picture{"a picture", {}, image};
        return m_enroller->enrol({&picture, 1}, gallery).front();
    }
    std::vector<EnrolmentOutcome> enrolledAll(const std::vector<core::Image>& images, const core::Gallery& gallery = {},
                                              std::optional<core::PersonId> person = {}) {
        std::vector<EnrolmentPicture> pictures;
        for (const core::Image& image : images)
            pictures.push_back({"picture " + std::to_string(pictures.size() + 1), {}, image});
        return m_enroller->enrol(pictures, gallery, person);
    }
    static core::Person alice() {
        core::Person person;
        person.id.value.bytes[15] = 1;
        person.name = "Alice";
        return person;
    }
    std::shared_ptr<const core::Gallery> galleryOfAlice(std::size_t number) {
        std::vector<core::FaceTemplate> templates;
        for (auto& outcome : enrolledAll({photo(number, 0), photo(number, 1), photo(number, 2)})) {
            EXPECT_FALSE(outcome.refusal) << outcome.text;
            outcome.faceTemplate.person = alice().id;
            templates.push_back(outcome.faceTemplate);
        }
        return core::Gallery::build({alice()}, templates, m_enroller->modelId(), m_enroller->dimension());
    }
    void expectRefused(const EnrolmentOutcome& outcome, Refusal refusal) {
        ASSERT_TRUE(outcome.refusal) << "accepted instead of " << code(refusal);
        EXPECT_EQ(code(*outcome.refusal), code(refusal)) << outcome.text;
        EXPECT_FALSE(outcome.text.empty());
        EXPECT_TRUE(outcome.faceTemplate.values.empty());
        EXPECT_TRUE(outcome.thumbnail.empty());
    }

    Pictures m_johns;
    std::unique_ptr<Enroller> m_enroller;
};

TEST_F(EnrollerTest, takesAGoodPicture) {
    const auto outcome = enrolled(photo(0, 0));
    ASSERT_FALSE(outcome.refusal) << outcome.text;
    EXPECT_EQ(outcome.name, "a picture");
    EXPECT_EQ(outcome.faceTemplate.modelId, "mobilefacenet-paddlex");
    EXPECT_EQ(outcome.faceTemplate.values.size(), 128U);
    EXPECT_NEAR(cosine(outcome.faceTemplate.values, outcome.faceTemplate.values), 1, 1e-4);
    EXPECT_EQ(outcome.aligned.width(), 112);
    EXPECT_FALSE(outcome.thumbnail.empty());
    EXPECT_LE(std::max(outcome.thumbnail.width(), outcome.thumbnail.height()), 160);
    EXPECT_GT(outcome.box.width, 60);
}

TEST_F(EnrollerTest, takesUndecodedBytes) {
    const EnrolmentPicture picture{"face.jpg", *encodeJpeg(photo(0, 0), 95), {}};
    EXPECT_FALSE(m_enroller->enrol({&picture, 1}, {}).front().refusal);
}

TEST_F(EnrollerTest, refusesWhatIsNoPicture) {
    const EnrolmentPicture pictures[] = {
        {"empty.jpg", {}, {}}, {"text.jpg", {'h', 'i'}, {}}, {"huge.jpg", jpegHeaderOnly(65535, 65535), {}}};
    const auto outcomes = m_enroller->enrol(pictures, {});
    ASSERT_EQ(outcomes.size(), 3U);
    for (const auto& outcome : outcomes)
        expectRefused(outcome, Refusal::NotAPicture);
    EXPECT_THAT(outcomes[0].text, HasSubstr("0 bytes"));
    EXPECT_THAT(outcomes[2].text, HasSubstr("65535"));
}

TEST_F(EnrollerTest, refusesAPictureWithoutAFace) {
    expectRefused(enrolled(plain(400, 300, {120, 110, 100})), Refusal::NoFace);
}

TEST_F(EnrollerTest, refusesSeveralFaces) {
    expectRefused(enrolled(sideBySide(photo(0, 0), photo(1, 0))), Refusal::SeveralFaces);
    // Somebody small in the background does not matter.
    const auto outcome = enrolled(sideBySide(photo(0, 0), scaledDown(photo(1, 0), 70)));
    EXPECT_FALSE(outcome.refusal) << outcome.text;
}

TEST_F(EnrollerTest, refusesASmallFace) {
    const core::Image tiny = scaledDown(photo(0, 0), 60);
    expectRefused(enrolled(sideBySide(tiny, plain(240, 200, {128, 128, 128}))), Refusal::TooSmall);
}

TEST_F(EnrollerTest, refusesABlurredFace) {
    expectRefused(enrolled(blurred(photo(0, 0), 22)), Refusal::TooBlurred);
}

TEST_F(EnrollerTest, refusesBadLight) {
    expectRefused(enrolled(darker(photo(0, 0), 0.25)), Refusal::TooDark);
    expectRefused(enrolled(darker(photo(0, 0), 0.4, 190)), Refusal::TooBright);
}

TEST_F(EnrollerTest, refusesAFaceThatIsCutOff) {
    const core::Image whole = photo(0, 0);
    expectRefused(enrolled(crop(whole, {50, 0, 100, 150})), Refusal::CutOff); // the right third of the face is gone
}

TEST_F(EnrollerTest, refusesAFaceThatBelongsToSomeoneElseAndNamesThem) {
    const auto gallery = galleryOfAlice(0);
    const auto outcome = enrolled(photo(0, 5), *gallery);
    expectRefused(outcome, Refusal::BelongsToSomeoneElse);
    EXPECT_THAT(outcome.text, HasSubstr("Alice"));
    EXPECT_EQ(outcome.someoneElse, alice().id);
    EXPECT_GT(outcome.score, 0.45F);
    EXPECT_FALSE(enrolled(photo(1, 0), *gallery).refusal); // somebody new
}

TEST_F(EnrollerTest, takesMorePicturesOfThePersonThemselves) {
    const auto gallery = galleryOfAlice(0);
    for (const auto& outcome : enrolledAll({photo(0, 4), photo(0, 5)}, *gallery, alice().id))
        EXPECT_FALSE(outcome.refusal) << outcome.text;
    for (const auto& outcome : enrolledAll({photo(1, 4), photo(1, 5)}, *gallery, alice().id))
        expectRefused(outcome, Refusal::DoesNotMatchOthers);
}

TEST_F(EnrollerTest, refusesTheOneThatDoesNotMatchTheOthers) {
    const auto outcomes = enrolledAll({photo(0, 0), photo(1, 0), photo(0, 1), photo(0, 2)});
    ASSERT_EQ(outcomes.size(), 4U);
    EXPECT_FALSE(outcomes[0].refusal);
    expectRefused(outcomes[1], Refusal::DoesNotMatchOthers);
    EXPECT_FALSE(outcomes[2].refusal);
    EXPECT_FALSE(outcomes[3].refusal);
    const auto two = enrolledAll({photo(0, 0), photo(1, 0)}); // nobody can tell which: the first stays
    EXPECT_FALSE(two[0].refusal);
    expectRefused(two[1], Refusal::DoesNotMatchOthers);
}

TEST_F(EnrollerTest, ignoresAGalleryOfAnotherModel) {
    std::vector<core::FaceTemplate> templates{{}};
    templates[0].person = alice().id;
    templates[0].modelId = "another-net";
    templates[0].values = enrolled(photo(0, 0)).faceTemplate.values;
    const auto gallery = core::Gallery::build({alice()}, templates, "another-net", 128);
    EXPECT_FALSE(enrolled(photo(0, 1), *gallery).refusal);
}

TEST(Refusals, haveCodes) {
    EXPECT_EQ(code(Refusal::NotAPicture), "not_a_picture");
    EXPECT_EQ(code(Refusal::BelongsToSomeoneElse), "belongs_to_someone_else");
    EXPECT_EQ(code(Refusal::Failed), "failed");
}

} // namespace
} // namespace facelatch::tests
