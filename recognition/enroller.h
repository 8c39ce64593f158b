// SPDX-License-Identifier: GPL-3.0-or-later
// Enroller: photographs of one person become face templates, or are refused with a reason each.
#pragma once

#include "core/gallery.h"
#include "core/geometry.h"
#include "core/image.h"
#include "core/person.h"
#include "core/result.h"
#include "recognition/model_store.h"
#include "recognition/settings.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::recognition {

enum class Refusal {
    NotAPicture,
    NoFace,
    SeveralFaces,
    TooSmall,
    TooBlurred,
    TooDark,
    TooBright,
    TurnedAway,
    CutOff,
    BelongsToSomeoneElse,
    DoesNotMatchOthers, ///< not the person the other pictures show
    Failed,             ///< the network failed on it
};
/// Stable code for scripts and translation: "not_a_picture", "no_face", "several_faces", ...
std::string_view code(Refusal refusal);

struct EnrolmentSettings {
    /// Stricter than the door's in sharpness and pose, since everything later is compared with these pictures.
    QualityLimits quality{.minFacePx = 64, .minSharpness = 20, .maxYawDegrees = 40};
    /// A second face of at least this share of the largest one's area makes the picture ambiguous.
    float secondFaceShare = 0.6F;
    /// A score this high against another person's row means that the face is already theirs.
    float someoneElseScore = 0.45F;
    /// Score a picture needs against the mean of the person's other pictures.
    float samePersonScore = 0.30F;
};

/// One photograph: either undecoded bytes or an image (a frame of the camera); the image wins when there is one.
struct EnrolmentPicture {
    std::string name; ///< for messages: a file name, "picture 3"
    std::vector<std::uint8_t> bytes;
    core::Image image;
};

struct EnrolmentOutcome {
    std::string name;
    std::optional<Refusal> refusal; ///< empty: accepted
    std::string text;               ///< why it was refused, in plain English, with what to do
    /// Accepted: modelId and normalised values are set; id, person and created are the caller's to fill in.
    core::FaceTemplate faceTemplate;
    core::Image thumbnail; ///< accepted: the face, at most 160 pixels, for display
    core::Image aligned;   ///< accepted: the 112x112 face the template was made from
    core::RectF box;       ///< of the face that was looked at, in pixels of the decoded picture
    float sharpness = 0, brightness = 0, yawDegrees = 0;
    std::optional<core::PersonId> someoneElse; ///< with BelongsToSomeoneElse
    float score = 0; ///< with BelongsToSomeoneElse or DoesNotMatchOthers: the score that decided
};

/// One thread at a time; its own networks, so it may live beside a Pipeline in another thread.
class Enroller {
public:
    /// Errors (OutOfService): the detector or the embedder cannot be loaded; enrolment does without neither.
    static core::Result<std::unique_ptr<Enroller>> create(const PipelineSettings& settings,
                                                          const EnrolmentSettings& enrolment, const ModelStore& store);
    ~Enroller();

    /// The embedder's; what Gallery::build() wants.
    const std::string& modelId() const;
    int dimension() const;

    /// One outcome a picture, in order. `gallery` is everybody enrolled so far; `person` the one who is enrolled when
    /// they have an entry already (their own row never counts as someone else, and new pictures must match it).
    std::vector<EnrolmentOutcome> enrol(std::span<const EnrolmentPicture> pictures, const core::Gallery& gallery,
                                        std::optional<core::PersonId> person = {});

private:
    struct Parts;
    explicit Enroller(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace facelatch::recognition
