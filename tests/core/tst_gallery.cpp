// SPDX-License-Identifier: GPL-3.0-or-later
// Which templates become rows, and what the rows hold.
#include "core/gallery.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <span>

using namespace facelatch::core;

namespace {

Person person(std::uint8_t id, std::string name = "Somebody") {
    Person made;
    made.id.value.bytes[15] = id;
    made.name = std::move(name);
    return made;
}
FaceTemplate faceTemplate(std::uint8_t owner, std::vector<float> values, std::string model = "net") {
    FaceTemplate made;
    made.person = person(owner).id;
    made.modelId = std::move(model);
    made.values = std::move(values);
    return made;
}
std::vector<float> row(const Gallery& gallery, int index) {
    const std::span<const float> matrix(gallery.matrix());
    const auto width = static_cast<std::size_t>(gallery.dimension());
    const auto values = matrix.subspan(static_cast<std::size_t>(index) * width, width);
    return {values.begin(), values.end()};
}

TEST(Gallery, emptyOnesAreFine) {
    const Gallery none;
    EXPECT_EQ(none.rows(), 0);
    EXPECT_EQ(none.find(person(1).id), nullptr);
    const auto built = Gallery::build({}, {}, "net", 2);
    EXPECT_EQ(built->rows(), 0);
    EXPECT_EQ(built->dimension(), 2);
    EXPECT_EQ(built->modelId(), "net");
    EXPECT_TRUE(built->matrix().empty());
    EXPECT_EQ(built->leftOut(), 0);
}

TEST(Gallery, aRowIsTheNormalisedMeanOfNormalisedTemplates) {
    const std::vector templates{faceTemplate(1, {3, 0}), faceTemplate(1, {0, 0.5F}), faceTemplate(2, {0, -8})};
    const auto gallery = Gallery::build({person(2), person(1)}, templates, "net", 2);
    ASSERT_EQ(gallery->rows(), 2);
    ASSERT_EQ(gallery->matrix().size(), 4U);
    EXPECT_EQ(gallery->personOfRow(0).id, person(1).id);
    EXPECT_EQ(gallery->personOfRow(1).id, person(2).id);
    EXPECT_NEAR(row(*gallery, 0)[0], std::sqrt(0.5F), 1e-6) << "each picture weighs the same, however long its vector";
    EXPECT_NEAR(row(*gallery, 0)[1], std::sqrt(0.5F), 1e-6);
    EXPECT_NEAR(row(*gallery, 1)[1], -1, 1e-6);
    EXPECT_EQ(gallery->leftOut(), 0);
}

TEST(Gallery, leavesUnusableTemplatesOutAndCountsThem) {
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    const std::vector templates{
        faceTemplate(1, {1, 0}),
        faceTemplate(1, {0, 0}),
        faceTemplate(1, {nan, 1}),
        faceTemplate(1, {infinity, 0}),
        faceTemplate(1, {1e30F, 1e30F}), // its length overflows
        faceTemplate(1, {1e-30F, 0}),    // and this one's vanishes
        faceTemplate(1, {0, 1}, "another net"),
        faceTemplate(1, {0, 1, 0}),
        faceTemplate(1, {1}),
        faceTemplate(1, {}),
        faceTemplate(9, {0, 1}), // nobody's
    };
    const auto gallery = Gallery::build({person(1)}, templates, "net", 2);
    EXPECT_EQ(gallery->leftOut(), 10);
    ASSERT_EQ(gallery->rows(), 1);
    EXPECT_EQ(row(*gallery, 0), (std::vector<float>{1, 0}));
}

TEST(Gallery, whoHasNoUsableTemplateIsKnownButHasNoRow) {
    const std::vector templates{faceTemplate(1, {1, 0}), faceTemplate(1, {-1, 0}), faceTemplate(3, {0, 1})};
    const auto gallery = Gallery::build({person(1), person(2), person(3)}, templates, "net", 2);
    ASSERT_EQ(gallery->rows(), 1) << "the mean of opposite vectors points nowhere";
    EXPECT_EQ(gallery->personOfRow(0).id, person(3).id);
    EXPECT_EQ(gallery->people().size(), 3U);
    EXPECT_NE(gallery->find(person(2).id), nullptr);
}

TEST(Gallery, findsByIdAmongMany) {
    std::vector<Person> people;
    std::vector<FaceTemplate> templates;
    for (int id = 250; id > 0; id -= 2) {
        people.push_back(person(static_cast<std::uint8_t>(id), "P" + std::to_string(id)));
        templates.push_back(faceTemplate(static_cast<std::uint8_t>(id), {1, static_cast<float>(id)}));
    }
    const auto gallery = Gallery::build(people, templates, "net", 2);
    EXPECT_EQ(gallery->rows(), 125);
    for (int id = 0; id < 252; ++id) {
        const Person* found = gallery->find(person(static_cast<std::uint8_t>(id)).id);
        ASSERT_EQ(found != nullptr, id != 0 && id % 2 == 0) << id;
        if (found != nullptr) {
            EXPECT_EQ(found->name, "P" + std::to_string(id));
        }
    }
    for (int index = 0; index < gallery->rows(); ++index) {
        const std::vector<float> values = row(*gallery, index);
        EXPECT_NEAR(std::inner_product(values.begin(), values.end(), values.begin(), 0.0F), 1, 1e-5);
        EXPECT_EQ(gallery->personOfRow(index).name, "P" + std::to_string(2 * (index + 1)));
    }
}

TEST(Gallery, aSenselessDimensionHoldsNobody) {
    for (const int dimension : {0, -1}) {
        const auto gallery = Gallery::build({person(1)}, std::vector{faceTemplate(1, {})}, "net", dimension);
        EXPECT_EQ(gallery->rows(), 0);
        EXPECT_EQ(gallery->dimension(), 0);
        EXPECT_EQ(gallery->leftOut(), 1);
    }
}

} // namespace
