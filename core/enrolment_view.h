// SPDX-License-Identifier: GPL-3.0-or-later
// EnrolmentView: everything the screen of a guided enrolment shows, as a value. The screen only draws it.
#pragma once

#include "core/geometry.h"
#include "core/person.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::core {

/// The five views of a face, in the order in which they are asked for. Left and right are the person's own.
enum class FaceView { Straight, Left, Right, Up, Smile };
inline constexpr std::size_t faceViews = 5;

enum class EnrolPhase {
    Starting, ///< the networks are being loaded
    Taking,   ///< the picture of `current` is wanted
    Review,   ///< five pictures wait for approval
    Testing,  ///< "step back and look again"
    Tested,   ///< `score` tells how well that went
    Stopped   ///< for the reason `stop`; no picture is kept
};

/// One at a time, the most useful one. The code is what enrol.state says.
enum class EnrolHint {
    None,
    NoFace,
    Closer,
    StepBack,
    Centre, ///< a part of the face lies outside the picture
    MoreLight,
    LessLight,
    HoldStill,
    OneAtATime,
    LookStraight,
    LookLeft,
    LookRight,
    LookUp,
    Smile,
    LivingFace,   ///< this looks like a picture of a face
    AnotherPerson ///< not whom the pictures so far show
};

enum class EnrolStop {
    None,
    AlreadyEnrolled, ///< as `someoneElse`
    NotAlive,        ///< what is shown stayed a picture of a face
    CameraLost,
    TimedOut,
    Unavailable ///< a network is missing, as `detail` says
};

enum class ScoreWord { None, NotRecognised, Weak, Good, Excellent };

/// "starting", "no_face", "already_enrolled", "excellent", "straight" ...
std::string_view code(FaceView view);
std::string_view code(EnrolPhase phase);
std::string_view code(EnrolHint hint);
std::string_view code(EnrolStop stop);
std::string_view code(ScoreWord word);
/// None (Starting) for what is no code.
EnrolPhase enrolPhaseFrom(std::string_view code);
EnrolHint enrolHintFrom(std::string_view code);
EnrolStop enrolStopFrom(std::string_view code);
ScoreWord scoreWordFrom(std::string_view code);

/// Somebody enrolled whom a face resembles.
struct Resemblance {
    PersonId person;
    std::string name;
    float score = -1; ///< cosine similarity to that person's row
};

struct EnrolmentView {
    EnrolPhase phase = EnrolPhase::Starting;
    EnrolHint hint = EnrolHint::None;
    EnrolStop stop = EnrolStop::None;
    std::optional<Resemblance> someoneElse; ///< with AlreadyEnrolled
    std::string detail;                     ///< with Unavailable, for the admin
    std::optional<RectF> face;              ///< whom it is about, in frame pixels; the oval follows it
    std::vector<RectF> others;
    int frameWidth = 0, frameHeight = 0;
    FaceView current = FaceView::Straight; ///< while Taking
    float progress = 0;                    ///< 0..1 of the picture that is being taken, or of the test
    std::array<std::optional<std::uint64_t>, faceViews> pictures; ///< numbers of those taken, in the order of FaceView
    ScoreWord score = ScoreWord::None;                            ///< with Tested

    std::size_t taken() const {
        std::size_t count = 0;
        for (const auto& picture : pictures)
            count += picture ? 1 : 0;
        return count;
    }
};

} // namespace facelatch::core
