// SPDX-License-Identifier: GPL-3.0-or-later
// Prompts, candidates, the best of them, the trial.
#include "core/enrolment_guide.h"

#include "core/embedding.h"

#include <algorithm>
#include <cmath>

namespace facelatch::core {

namespace {

/// What a picture may count for, all parts together about 3.
constexpr float goodSharpness = 120, goodWidth = 200, middleGrey = 128;
/// Pictures of one person that are more alike than this teach little; below it they are as good as any.
constexpr float alike = 0.6F;
/// Scores above the threshold: good and excellent recognition.
constexpr float goodLead = 0.10F, excellentLead = 0.22F;
/// The trial wants a face of at most this share of the straight picture's height.
constexpr float backedOff = 0.85F;

std::size_t index(FaceView view) {
    return static_cast<std::size_t>(view);
}

} // namespace

EnrolmentGuide::EnrolmentGuide(const EnrolmentRules& rules, MonoTime now)
    : m_rules(rules), m_now(now), m_lastFrame(now), m_lastStep(now) {}

void EnrolmentGuide::ready(MonoTime now) {
    if (m_view.phase == EnrolPhase::Starting)
        startOver(now);
}

void EnrolmentGuide::startOver(MonoTime now) {
    m_view = {};
    m_view.phase = EnrolPhase::Taking;
    m_view.hint = EnrolHint::NoFace;
    m_taken = {};
    m_resembled = 0;
    m_spoofSince.reset();
    m_usable = milliseconds{0};
    m_now = m_lastFrame = m_lastStep = now;
    endHold();
}

void EnrolmentGuide::isAnotherPerson(MonoTime now) {
    if (m_view.stop != EnrolStop::AlreadyEnrolled || !m_view.someoneElse)
        return;
    m_toldApart.push_back(m_view.someoneElse->person);
    startOver(now);
}

void EnrolmentGuide::stop(EnrolStop why, std::string detail) {
    auto someoneElse = std::move(m_view.someoneElse);
    m_view = {};
    m_view.phase = EnrolPhase::Stopped;
    m_view.stop = why;
    m_view.someoneElse = std::move(someoneElse);
    m_view.detail = std::move(detail);
    m_taken = {};
    endHold();
}

void EnrolmentGuide::endHold() {
    m_holdSince.reset();
    m_lastCandidate.reset();
    m_candidates.clear();
    m_view.progress = 0;
}

void EnrolmentGuide::tick(MonoTime now) {
    m_now = std::max(m_now, now);
    if (m_view.phase == EnrolPhase::Stopped || m_view.phase == EnrolPhase::Starting)
        return;
    if (m_now - m_lastFrame > m_rules.cameraSilent)
        stop(EnrolStop::CameraLost);
    else if (m_now - m_lastStep > m_rules.patience)
        stop(EnrolStop::TimedOut);
}

bool EnrolmentGuide::see(const EnrolSight& sight) {
    const auto passed = std::chrono::duration_cast<milliseconds>(sight.at - m_lastFrame);
    m_now = std::max(m_now, sight.at);
    m_lastFrame = m_now;
    if (m_view.phase == EnrolPhase::Stopped || m_view.phase == EnrolPhase::Starting)
        return false;
    m_view.frameWidth = sight.width;
    m_view.frameHeight = sight.height;
    m_view.face.reset();
    m_view.others.clear();
    for (const EnrolFace& face : sight.faces)
        if (&face == &sight.faces.front())
            m_view.face = face.box;
        else
            m_view.others.push_back(face.box);
    if (m_view.phase != EnrolPhase::Taking && m_view.phase != EnrolPhase::Testing)
        return false;
    m_view.hint = obstacle(sight);
    if (m_view.phase == EnrolPhase::Stopped)
        return false;
    if (m_view.hint != EnrolHint::None) {
        if (m_view.phase == EnrolPhase::Taking)
            endHold();
        return false;
    }
    m_face = sight.faces.front();
    return m_view.phase == EnrolPhase::Taking ? lookTaking(m_face, m_now, passed) : lookTesting(m_face, m_now);
}

/// What keeps this frame from being used at all.
EnrolHint EnrolmentGuide::obstacle(const EnrolSight& sight) {
    if (sight.faces.empty())
        return EnrolHint::NoFace;
    const EnrolFace& face = sight.faces.front();
    for (std::size_t i = 1; i < sight.faces.size(); ++i)
        if (sight.faces[i].box.area() >= m_rules.secondFaceShare * face.box.area())
            return EnrolHint::OneAtATime;
    noteSpoof(face, sight.at);
    if (m_view.phase == EnrolPhase::Stopped)
        return EnrolHint::None;
    if (face.liveness == LivenessVerdict::Spoof)
        return EnrolHint::LivingFace;
    if (const EnrolHint poor = poorQuality(face, sight); poor != EnrolHint::None)
        return poor;
    // The verdict comes by itself while somebody looks straight and holds still.
    return face.liveness == LivenessVerdict::Pending ? EnrolHint::HoldStill : EnrolHint::None;
}

/// A check that cannot run counts as failed; a face that turns out to be a picture takes back what it gave.
void EnrolmentGuide::noteSpoof(const EnrolFace& face, MonoTime now) {
    if (face.liveness == LivenessVerdict::Unavailable)
        return stop(EnrolStop::Unavailable, "the liveness check is missing");
    if (face.liveness != LivenessVerdict::Spoof) {
        if (face.liveness != LivenessVerdict::Pending)
            m_spoofSince.reset();
        return;
    }
    if (!m_spoofSince)
        m_spoofSince = now;
    bool lost = false;
    for (std::size_t i = 0; i < faceViews; ++i)
        if (m_taken[i] && m_taken[i]->face.track == face.track) {
            drop(i);
            lost = true;
        }
    if (lost)
        next();
    if (now - *m_spoofSince >= m_rules.spoofFor)
        stop(EnrolStop::NotAlive);
}

EnrolHint EnrolmentGuide::poorQuality(const EnrolFace& face, const EnrolSight& sight) const {
    switch (face.quality) {
    case Quality::Good:
        break;
    case Quality::TooSmall:
        return EnrolHint::Closer;
    case Quality::TooBlurred:
        return EnrolHint::HoldStill;
    case Quality::TooDark:
        return EnrolHint::MoreLight;
    case Quality::TooBright:
        return EnrolHint::LessLight;
    case Quality::TurnedAway:
        return EnrolHint::LookStraight;
    case Quality::CutOff:
        return EnrolHint::Centre;
    }
    return face.box.height > m_rules.tooNear * static_cast<float>(sight.height) ? EnrolHint::StepBack : EnrolHint::None;
}

bool EnrolmentGuide::insists() const {
    return m_view.current == FaceView::Straight || m_usable < m_rules.insists;
}

/// What is missing for the view that is asked for; None when the face shows it.
EnrolHint EnrolmentGuide::viewHint(const EnrolFace& face) const {
    const float yaw = face.yawDegrees;
    if (!(std::abs(yaw) <= m_rules.mostYaw))
        return EnrolHint::LookStraight;
    if (!insists())
        return EnrolHint::None;
    const bool straight = std::abs(yaw) <= m_rules.straightYaw;
    const auto& first = m_taken[index(FaceView::Straight)];
    switch (m_view.current) {
    case FaceView::Straight:
        return straight ? EnrolHint::None : EnrolHint::LookStraight;
    case FaceView::Left:
        return yaw >= m_rules.leastYaw ? EnrolHint::None : EnrolHint::LookLeft;
    case FaceView::Right:
        return yaw <= -m_rules.leastYaw ? EnrolHint::None : EnrolHint::LookRight;
    case FaceView::Up: {
        const float before = first ? first->face.pitchDegrees : 0;
        return face.pitchDegrees - before >= m_rules.leastPitch ? EnrolHint::None : EnrolHint::LookUp;
    }
    case FaceView::Smile: {
        const float before = first ? first->face.mouth : 0;
        return straight && face.mouth >= m_rules.smile * before ? EnrolHint::None : EnrolHint::Smile;
    }
    }
    return EnrolHint::None;
}

bool EnrolmentGuide::lookTaking(const EnrolFace& face, MonoTime now, milliseconds passed) {
    m_usable += std::clamp(passed, milliseconds{0}, milliseconds{500});
    m_view.hint = viewHint(face);
    if (m_view.hint != EnrolHint::None) {
        endHold();
        return false;
    }
    m_view.hint = EnrolHint::HoldStill;
    if (!m_holdSince)
        m_holdSince = now;
    const bool wanted = !m_lastCandidate || now - *m_lastCandidate >= m_rules.candidateEvery;
    if (wanted)
        m_lastCandidate = now;
    return wanted;
}

bool EnrolmentGuide::lookTesting(const EnrolFace& face, MonoTime now) {
    if (!m_testSince)
        m_testSince = now;
    const auto& first = m_taken[index(FaceView::Straight)];
    const bool near = first && face.box.height > backedOff * first->face.box.height;
    if (near && now - *m_testSince < m_rules.stepsBack) {
        m_view.hint = EnrolHint::StepBack;
        return false;
    }
    m_view.hint = EnrolHint::HoldStill;
    return true;
}

void EnrolmentGuide::offer(const EnrolCandidate& candidate) {
    if (candidate.embedding.empty())
        return;
    if (m_view.phase == EnrolPhase::Taking)
        offerTaking(candidate);
    else if (m_view.phase == EnrolPhase::Testing)
        offerTesting(candidate);
}

/// Counts frames in a row on which the face is somebody enrolled.
bool EnrolmentGuide::resembles(const EnrolCandidate& candidate) {
    const bool obstacle =
        candidate.someoneElse && candidate.someoneElse->score >= m_rules.threshold &&
        std::find(m_toldApart.begin(), m_toldApart.end(), candidate.someoneElse->person) == m_toldApart.end();
    m_resembled = obstacle ? m_resembled + 1 : 0;
    if (m_resembled >= 2) {
        m_view.someoneElse = candidate.someoneElse;
        stop(EnrolStop::AlreadyEnrolled);
    }
    return obstacle;
}

void EnrolmentGuide::offerTaking(const EnrolCandidate& candidate) {
    if (resembles(candidate))
        return;
    const auto mean = meanBut(index(m_view.current));
    if (mean && likeness(*mean, candidate.embedding) < m_rules.samePerson) {
        endHold();
        m_view.hint = EnrolHint::AnotherPerson;
        return;
    }
    Candidate next{candidate.picture, candidate.embedding, m_face, 0};
    next.merit = merit(next);
    m_candidates.push_back(std::move(next));
    m_view.progress = static_cast<float>(m_candidates.size()) / static_cast<float>(m_rules.candidates);
    const bool enough = m_candidates.size() >= static_cast<std::size_t>(m_rules.candidates);
    if (enough || (m_holdSince && m_now - *m_holdSince >= m_rules.holds))
        takeBest();
}

/// Sharp, large, evenly lit, and unlike the pictures that are there already.
float EnrolmentGuide::merit(const Candidate& candidate) const {
    const EnrolFace& face = candidate.face;
    float merit = std::min(1.0F, face.sharpness / goodSharpness);
    merit += std::min(1.0F, face.box.width / goodWidth) / 2;
    merit += (1 - std::min(1.0F, std::abs(face.brightness - middleGrey) / middleGrey)) / 2;
    float nearest = alike;
    for (const auto& taken : m_taken)
        if (taken)
            nearest = std::max(nearest, likeness(taken->embedding, candidate.embedding));
    return merit - (nearest - alike) * 2;
}

void EnrolmentGuide::takeBest() {
    const auto best = std::max_element(m_candidates.begin(), m_candidates.end(),
                                       [](const Candidate& a, const Candidate& b) { return a.merit < b.merit; });
    m_view.pictures[index(m_view.current)] = best->picture;
    m_taken[index(m_view.current)] = std::move(*best);
    m_lastStep = m_now;
    next();
}

void EnrolmentGuide::drop(std::size_t view) {
    m_taken[view].reset();
    m_view.pictures[view].reset();
}

/// The next picture that is missing, or the review.
void EnrolmentGuide::next() {
    endHold();
    m_usable = milliseconds{0};
    do {
        for (std::size_t i = 0; i < faceViews; ++i)
            if (!m_taken[i]) {
                m_view.phase = EnrolPhase::Taking;
                m_view.current = static_cast<FaceView>(i);
                return;
            }
    } while (dropStray());
    m_view.phase = EnrolPhase::Review;
    m_view.hint = EnrolHint::None;
}

/// The worst of the five goes when it is not like the others.
bool EnrolmentGuide::dropStray() {
    std::size_t worst = 0;
    float lowest = 2;
    for (std::size_t i = 0; i < faceViews; ++i) {
        const auto mean = meanBut(i);
        const float score = mean ? likeness(*mean, m_taken[i]->embedding) : 1;
        if (score < lowest) {
            lowest = score;
            worst = i;
        }
    }
    if (!(lowest < m_rules.samePerson))
        return false;
    drop(worst);
    return true;
}

std::optional<std::vector<float>> EnrolmentGuide::meanBut(std::size_t except) const {
    std::vector<std::span<const float>> others;
    for (std::size_t i = 0; i < faceViews; ++i)
        if (i != except && m_taken[i])
            others.emplace_back(m_taken[i]->embedding);
    return unitMean(others);
}

void EnrolmentGuide::retake(FaceView view, MonoTime now) {
    const bool shown = m_view.phase == EnrolPhase::Review || m_view.phase == EnrolPhase::Tested ||
                       m_view.phase == EnrolPhase::Taking || m_view.phase == EnrolPhase::Testing;
    if (!shown || !m_taken[index(view)])
        return;
    drop(index(view));
    m_view.score = ScoreWord::None;
    m_now = m_lastStep = std::max(m_now, now);
    next();
}

void EnrolmentGuide::beginTest(MonoTime now) {
    const bool complete = m_view.phase == EnrolPhase::Review || m_view.phase == EnrolPhase::Tested;
    if (!complete || m_view.taken() < faceViews)
        return;
    m_view.phase = EnrolPhase::Testing;
    m_view.hint = EnrolHint::StepBack;
    m_view.progress = 0;
    m_view.score = ScoreWord::None;
    m_testScores.clear();
    m_testSince.reset();
    m_confused = false;
    m_now = m_lastStep = std::max(m_now, now);
}

void EnrolmentGuide::offerTesting(const EnrolCandidate& candidate) {
    const auto mean = meanBut(faceViews);
    const float score = mean ? likeness(*mean, candidate.embedding) : -1;
    m_testScores.push_back(score);
    if (candidate.someoneElse && score - candidate.someoneElse->score < m_rules.margin)
        m_confused = true;
    m_view.progress = static_cast<float>(m_testScores.size()) / static_cast<float>(m_rules.testFrames);
    if (m_testScores.size() < static_cast<std::size_t>(m_rules.testFrames))
        return;
    // The weakest frame counts: the door wants several that agree.
    const float lead = *std::min_element(m_testScores.begin(), m_testScores.end()) - m_rules.threshold;
    m_view.score = !(lead >= 0)            ? ScoreWord::NotRecognised
                   : m_confused            ? ScoreWord::Weak
                   : lead >= excellentLead ? ScoreWord::Excellent
                   : lead >= goodLead      ? ScoreWord::Good
                                           : ScoreWord::Weak;
    m_view.phase = EnrolPhase::Tested;
    m_view.hint = EnrolHint::None;
    m_lastStep = m_now;
}

std::vector<std::uint64_t> EnrolmentGuide::wanted() const {
    std::vector<std::uint64_t> numbers;
    for (const auto& taken : m_taken)
        if (taken)
            numbers.push_back(taken->picture);
    for (const Candidate& candidate : m_candidates)
        numbers.push_back(candidate.picture);
    return numbers;
}

} // namespace facelatch::core
