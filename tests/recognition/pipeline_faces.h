// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineFaces: a pipeline with its models, people enrolled into it, and pictures shown to it as a camera would.
#pragma once

#include "real_data.h"
#include "recognition/enroller.h"
#include "recognition/pictures.h"
#include "recognition/pipeline.h"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace facelatch::tests {

/// Skips where models or face pictures are missing.
class PipelineFaces : public testing::Test {
protected:
    void SetUp() override {
        const std::string missing =
            missingModels(m_store, {"yunet-2023mar", "mobilefacenet-paddlex", "antispoof-minifasnet-se"});
        if (!missing.empty())
            GTEST_SKIP() << missing;
        const auto faces = facesDirectory();
        if (!faces)
            GTEST_SKIP() << "no face pictures: set FACELATCH_FACES_DIR, or put them at ../shared/faces";
        m_faces = *faces;
        start({});
        auto enroller = recognition::Enroller::create({}, {}, m_store);
        ASSERT_TRUE(enroller) << enroller.error().text();
        m_enroller = std::move(*enroller);
    }
    void start(const recognition::PipelineSettings& settings) {
        auto pipeline = recognition::Pipeline::create(settings, m_store);
        ASSERT_TRUE(pipeline) << pipeline.error().text();
        EXPECT_TRUE((*pipeline)->missing().empty());
        m_pipeline = std::move(*pipeline);
    }
    core::Image sample(const char* name) const { return *recognition::readPicture(m_faces + "/pad-samples/" + name); }
    core::Image face(const char* person, std::size_t number) const {
        return *recognition::readPicture(picturesIn(m_faces + "/people/" + person).at(number));
    }
    /// One person enrolled from one picture, whatever it shows.
    core::PersonId enrol(const std::vector<core::Image>& images) {
        core::Person person;
        person.id.value.bytes[15] = static_cast<std::uint8_t>(m_people.size() + 1);
        person.name = "Person " + std::to_string(m_people.size() + 1);
        m_people.push_back(person);
        recognition::EnrolmentSettings lenient;
        lenient.quality = {0, 0, 0, 255, 90, 1};
        auto enroller = recognition::Enroller::create({}, lenient, m_store);
        EXPECT_TRUE(enroller);
        for (const core::Image& image : images) {
            const recognition::EnrolmentPicture picture{"picture", {}, image};
            auto outcome = (*enroller)->enrol({&picture, 1}, {}).front();
            EXPECT_FALSE(outcome.refusal) << outcome.text;
            outcome.faceTemplate.person = person.id;
            m_templates.push_back(outcome.faceTemplate);
        }
        const auto status = m_pipeline->setGallery(
            core::Gallery::build(m_people, m_templates, m_enroller->modelId(), m_enroller->dimension()));
        EXPECT_TRUE(status);
        return person.id;
    }
    core::Observation show(const core::Image& image, std::chrono::milliseconds after = std::chrono::milliseconds(33)) {
        m_now += after;
        return m_pipeline->process({image, m_now, ++m_number, core::FrameOrigin::Test});
    }
    /// The only face of the next frame.
    core::FaceObservation faceOf(const core::Image& image,
                                 std::chrono::milliseconds after = std::chrono::milliseconds(33)) {
        const auto seen = show(image, after);
        EXPECT_EQ(seen.faces.size(), 1U);
        return seen.faces.empty() ? core::FaceObservation{} : seen.faces.front();
    }

    recognition::ModelStore m_store = shippedStore();
    std::string m_faces;
    std::unique_ptr<recognition::Pipeline> m_pipeline;
    std::unique_ptr<recognition::Enroller> m_enroller;
    std::vector<core::Person> m_people;
    std::vector<core::FaceTemplate> m_templates;
    core::MonoTime m_now{};
    std::uint64_t m_number = 0;
};

} // namespace facelatch::tests
