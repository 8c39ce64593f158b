// SPDX-License-Identifier: GPL-3.0-or-later
// EnrolmentGuide: leads somebody through five pictures of their face and a trial. Facts in, prompts out; the pictures
// themselves are kept by whoever feeds it, under the numbers it names.
#pragma once

#include "core/enrolment_view.h"
#include "core/observation.h"
#include "core/time.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace facelatch::core {

/// Angles from the five landmarks are good to some ten degrees, so the views are wide and apart from each other.
struct EnrolmentRules {
    float straightYaw = 12;        ///< at most so much to either side
    float leastYaw = 13;           ///< of the views to a side
    float mostYaw = 34;            ///< of any picture: the liveness check wants faces that are nearly frontal
    float leastPitch = 8;          ///< of "up", above that of the straight picture
    float smile = 1.08F;           ///< width of the mouth against the straight picture
    float secondFaceShare = 0.15F; ///< another face of at least this share of the largest one's area stops the taking
    float tooNear = 0.85F;         ///< share of the picture's height
    int candidates = 4;            ///< looked at for one picture; the best of them is kept
    milliseconds candidateEvery{120};
    milliseconds holds{1500}; ///< after so long one candidate is enough
    /// A view that a person cannot take is not insisted on: after so long before
    /// the camera, any good picture will do.
    milliseconds insists{8000};
    milliseconds spoofFor{5000};     ///< what stays a picture of a face for so long ends the enrolment
    milliseconds cameraSilent{3000}; ///< without a frame: the camera is lost
    milliseconds patience{120'000};  ///< without a new picture, an answer or a touch
    milliseconds stepsBack{3000};    ///< the trial does not wait longer for the face to get smaller
    int testFrames = 3;
    float samePerson = 0.40F; ///< score a picture needs against the mean of those taken
    float threshold = 0.45F;  ///< the door's: resembling somebody enrolled, and the trial's words
    float margin = 0.05F;
};

/// One face as recognition saw it.
struct EnrolFace {
    TrackId track = 0;
    RectF box;
    Quality quality = Quality::Good;
    float sharpness = 0, brightness = 0; ///< as in FaceObservation
    float yawDegrees = 0;                ///< positive: turned to the image's right, the person's own left
    float pitchDegrees = 0;              ///< positive: up
    float mouth = 0;                     ///< its width by the distance of the eyes
    LivenessVerdict liveness = LivenessVerdict::Pending;
};

/// One frame.
struct EnrolSight {
    MonoTime at{};
    int width = 0, height = 0;
    std::vector<EnrolFace> faces; ///< largest first
};

/// What was computed from a frame that was asked for.
struct EnrolCandidate {
    std::uint64_t picture = 0;              ///< the caller's number of it, never 0 and never used twice
    std::vector<float> embedding;           ///< of length 1; empty: the face could not be used after all
    std::optional<Resemblance> someoneElse; ///< the most alike of everybody else enrolled, whatever the score
};

/// One thread; time is an argument and must not go back.
class EnrolmentGuide {
public:
    explicit EnrolmentGuide(const EnrolmentRules& rules, MonoTime now);

    /// The networks are loaded.
    void ready(MonoTime now);
    /// True: this frame is wanted as a candidate; answer with offer() before the next see().
    bool see(const EnrolSight& sight);
    void offer(const EnrolCandidate& candidate);
    /// To be called several times a second also without frames.
    void tick(MonoTime now);

    /// One of the five is taken again; the others stay. Nothing happens while nothing was taken.
    void retake(FaceView view, MonoTime now);
    /// The pictures are approved: the trial. Nothing happens unless all five are there.
    void beginTest(MonoTime now);
    /// The admin says that this is not the person of AlreadyEnrolled: from the beginning, and that resemblance is no
    /// obstacle any more.
    void isAnotherPerson(MonoTime now);
    /// From the beginning, after anything.
    void startOver(MonoTime now);
    void stop(EnrolStop why, std::string detail = {});

    const EnrolmentView& view() const { return m_view; }
    /// Pictures that are still of use: those taken, and candidates. All others may be thrown away.
    std::vector<std::uint64_t> wanted() const;
    /// People whose resemblance is no obstacle.
    const std::vector<PersonId>& toldApart() const { return m_toldApart; }

private:
    struct Candidate {
        std::uint64_t picture = 0;
        std::vector<float> embedding;
        EnrolFace face;
        float merit = 0;
    };

    EnrolHint obstacle(const EnrolSight& sight);
    EnrolHint poorQuality(const EnrolFace& face, const EnrolSight& sight) const;
    void noteSpoof(const EnrolFace& face, MonoTime now);
    EnrolHint viewHint(const EnrolFace& face) const;
    bool insists() const;
    bool lookTaking(const EnrolFace& face, MonoTime now, milliseconds passed);
    bool lookTesting(const EnrolFace& face, MonoTime now);
    void offerTaking(const EnrolCandidate& candidate);
    void offerTesting(const EnrolCandidate& candidate);
    bool resembles(const EnrolCandidate& candidate);
    float merit(const Candidate& candidate) const;
    void takeBest();
    void next();
    void drop(std::size_t view);
    bool dropStray();
    void endHold();
    /// Of length 1; nothing when there are no other pictures.
    std::optional<std::vector<float>> meanBut(std::size_t except) const;

    EnrolmentRules m_rules;
    EnrolmentView m_view;
    MonoTime m_now{}, m_lastFrame{}, m_lastStep{};
    std::array<std::optional<Candidate>, faceViews> m_taken;
    std::vector<Candidate> m_candidates;
    EnrolFace m_face; ///< of the frame that was asked for
    std::optional<MonoTime> m_holdSince, m_lastCandidate, m_spoofSince, m_testSince;
    milliseconds m_usable{0}; ///< how long a usable face has been there for the current view
    int m_resembled = 0;
    std::vector<float> m_testScores;
    bool m_confused = false; ///< the trial came too near to somebody else
    std::vector<PersonId> m_toldApart;
};

} // namespace facelatch::core
