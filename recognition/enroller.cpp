// SPDX-License-Identifier: GPL-3.0-or-later
// Each picture on its own first, then all of them against each other and against everybody enrolled.
#include "recognition/enroller.h"

#include "recognition/face_tools.h"
#include "recognition/matcher.h"
#include "recognition/pictures.h"

#include <algorithm>
#include <iterator>

namespace facelatch::recognition {

namespace {

constexpr int kThumbnailSide = 160;

struct Words {
    Refusal refusal;
    std::string_view code;
    const char* text;
};

constexpr Words kWords[] = {
    {Refusal::NotAPicture, "not_a_picture", "This is not a picture that can be read."},
    {Refusal::NoFace, "no_face", "No face was found. Use a picture that shows the face from the front."},
    {Refusal::SeveralFaces, "several_faces", "There are several faces. Use a picture that shows this person alone."},
    {Refusal::TooSmall, "too_small", "The face is too small. Use a larger picture, or one taken from nearer."},
    {Refusal::TooBlurred, "too_blurred", "The face is blurred. Use a sharper picture."},
    {Refusal::TooDark, "too_dark", "The face is too dark. Use a picture with more light on the face."},
    {Refusal::TooBright, "too_bright", "The face is too bright. Use a picture with less light on the face."},
    {Refusal::TurnedAway, "turned_away", "The face is turned away. Use a picture that shows it from the front."},
    {Refusal::CutOff, "cut_off", "The face is cut off at the edge. Use a picture that shows all of it."},
    {Refusal::BelongsToSomeoneElse, "belongs_to_someone_else", "This face is enrolled already, as "},
    {Refusal::DoesNotMatchOthers, "does_not_match_others",
     "This is not the person the other pictures show. Remove the wrong picture."},
    {Refusal::Failed, "failed", "The face could not be measured."},
};

const Words& wordsOf(Refusal refusal) {
    return *std::find_if(std::begin(kWords), std::end(kWords), [&](const Words& w) { return w.refusal == refusal; });
}

void refuse(EnrolmentOutcome& outcome, Refusal refusal, const std::string& more = {}) {
    outcome.refusal = refusal;
    outcome.text = wordsOf(refusal).text + more;
    outcome.faceTemplate = {};
    outcome.thumbnail = {};
    outcome.aligned = {};
}

std::optional<Refusal> refusalFor(core::Quality quality) {
    switch (quality) {
    case core::Quality::Good:
        return {};
    case core::Quality::TooSmall:
        return Refusal::TooSmall;
    case core::Quality::TooBlurred:
        return Refusal::TooBlurred;
    case core::Quality::TooDark:
        return Refusal::TooDark;
    case core::Quality::TooBright:
        return Refusal::TooBright;
    case core::Quality::TurnedAway:
        return Refusal::TurnedAway;
    case core::Quality::CutOff:
        return Refusal::CutOff;
    }
    return Refusal::Failed;
}

/// Score of pictures[index] against the mean of the other accepted ones; 1 when it is the only one.
float scoreAmongOthers(const std::vector<EnrolmentOutcome>& pictures, std::size_t index) {
    std::vector<float> sum(pictures[index].faceTemplate.values.size(), 0.0F);
    bool any = false;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        if (i == index || pictures[i].refusal)
            continue;
        any = true;
        for (std::size_t k = 0; k < sum.size(); ++k)
            sum[k] += pictures[i].faceTemplate.values[k];
    }
    const auto mean = normalised(sum);
    if (!any)
        return 1;
    return mean ? cosine(*mean, pictures[index].faceTemplate.values) : -1;
}

/// Takes the least fitting picture out until all that are left show one person. Of two that differ the later goes.
void refuseStrays(std::vector<EnrolmentOutcome>& pictures, float samePersonScore) {
    for (;;) {
        std::optional<std::size_t> worst;
        float lowest = samePersonScore;
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            const float score = pictures[i].refusal ? 1 : scoreAmongOthers(pictures, i);
            if (score < samePersonScore && score <= lowest) {
                lowest = score;
                worst = i;
            }
        }
        if (!worst)
            return;
        refuse(pictures[*worst], Refusal::DoesNotMatchOthers);
        pictures[*worst].score = lowest;
    }
}

/// The row of one person, if they have one.
std::span<const float> rowOf(const core::Gallery& gallery, const core::PersonId& person) {
    const auto width = static_cast<std::size_t>(gallery.dimension());
    for (int row = 0; row < gallery.rows(); ++row)
        if (gallery.personOfRow(row).id == person)
            return std::span(gallery.matrix()).subspan(static_cast<std::size_t>(row) * width, width);
    return {};
}

} // namespace

std::string_view code(Refusal refusal) {
    return wordsOf(refusal).code;
}

struct Enroller::Parts {
    EnrolmentSettings settings;
    FaceTools tools;

    EnrolmentOutcome examine(const EnrolmentPicture& picture);
    void examineFace(const core::Image& image, EnrolmentOutcome& outcome);
    void compareWithEnrolled(const core::Gallery& gallery, const std::optional<core::PersonId>& person,
                             EnrolmentOutcome& outcome) const;
};

Enroller::Enroller(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Enroller::~Enroller() = default;

core::Result<std::unique_ptr<Enroller>> Enroller::create(const PipelineSettings& settings,
                                                         const EnrolmentSettings& enrolment, const ModelStore& store) {
    PipelineSettings withoutLiveness = settings; // photographs are pictures of pictures by nature
    withoutLiveness.liveness.enabled = false;
    auto tools = loadFaceTools(withoutLiveness, store);
    if (!tools)
        return tools.error();
    if (tools->noDetector)
        return *tools->noDetector;
    if (tools->noEmbedder)
        return *tools->noEmbedder;
    return std::unique_ptr<Enroller>(new Enroller(std::make_unique<Parts>(Parts{enrolment, std::move(*tools)})));
}

const std::string& Enroller::modelId() const {
    return m_parts->tools.embedder->modelId();
}

int Enroller::dimension() const {
    return m_parts->tools.embedder->dimension();
}

EnrolmentOutcome Enroller::Parts::examine(const EnrolmentPicture& picture) {
    EnrolmentOutcome outcome;
    outcome.name = picture.name;
    core::Image image = picture.image;
    if (image.empty()) {
        auto decoded = decodePicture(picture.bytes, picture.name);
        if (!decoded) {
            refuse(outcome, Refusal::NotAPicture);
            outcome.text = decoded.error().what + ". " + decoded.error().remedy + ".";
            return outcome;
        }
        image = std::move(*decoded);
    }
    examineFace(image, outcome);
    return outcome;
}

void Enroller::Parts::examineFace(const core::Image& image, EnrolmentOutcome& outcome) {
    const auto faces = detectThoroughly(*tools.detector, image);
    if (!faces)
        return refuse(outcome, Refusal::Failed, " " + faces.error().what + ".");
    if (faces->empty())
        return refuse(outcome, Refusal::NoFace);
    const Detection& face = faces->front();
    outcome.box = face.box;
    if (faces->size() > 1 && (*faces)[1].box.area() >= settings.secondFaceShare * face.box.area())
        return refuse(outcome, Refusal::SeveralFaces);
    const core::Image aligned = alignedFace(*tools.detector, image, face);
    const QualityReport report = judgeQuality(face, aligned, image.width(), image.height(), settings.quality);
    outcome.sharpness = report.sharpness;
    outcome.brightness = report.brightness;
    outcome.yawDegrees = report.yawDegrees;
    if (const auto refusal = refusalFor(report.quality))
        return refuse(outcome, *refusal);
    auto embedding = tools.embedder->embed(aligned);
    if (!embedding)
        return refuse(outcome, Refusal::Failed, " " + embedding.error().what + ".");
    outcome.faceTemplate.modelId = tools.embedder->modelId();
    outcome.faceTemplate.values = std::move(*embedding);
    outcome.thumbnail = faceThumbnail(image, face.box, kThumbnailSide);
    outcome.aligned = aligned;
}

void Enroller::Parts::compareWithEnrolled(const core::Gallery& gallery, const std::optional<core::PersonId>& person,
                                          EnrolmentOutcome& outcome) const {
    if (outcome.refusal || gallery.modelId() != tools.embedder->modelId())
        return;
    const auto& values = outcome.faceTemplate.values;
    const auto match = bestMatch(gallery, values);
    if (!match)
        return;
    const bool own = person && match->person == *person;
    const std::optional<core::PersonId> other = own ? match->second : match->person;
    const float score = own ? match->secondScore : match->score;
    if (other && score >= settings.someoneElseScore) {
        const core::Person* enrolled = gallery.find(*other);
        refuse(outcome, Refusal::BelongsToSomeoneElse, (enrolled != nullptr ? enrolled->name : "somebody else") + ".");
        outcome.someoneElse = other;
        outcome.score = score;
        return;
    }
    if (!person)
        return;
    const auto row = rowOf(gallery, *person);
    if (!row.empty() && cosine(row, values) < settings.samePersonScore) {
        outcome.score = cosine(row, values);
        refuse(outcome, Refusal::DoesNotMatchOthers);
    }
}

std::vector<EnrolmentOutcome> Enroller::enrol(std::span<const EnrolmentPicture> pictures, const core::Gallery& gallery,
                                              std::optional<core::PersonId> person) {
    std::vector<EnrolmentOutcome> outcomes;
    for (const EnrolmentPicture& picture : pictures) {
        outcomes.push_back(m_parts->examine(picture));
        m_parts->compareWithEnrolled(gallery, person, outcomes.back());
    }
    refuseStrays(outcomes, m_parts->settings.samePersonScore);
    return outcomes;
}

} // namespace facelatch::recognition
