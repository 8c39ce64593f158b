// SPDX-License-Identifier: GPL-3.0-or-later
// Scores beside their thresholds, times beside their stages.
#include "ui/installer_words.h"

#include "ui/text_block.h"

#include <chrono>
#include <cmath>

namespace facelatch::ui {

namespace {

QString two(float value, const QLocale& locale) {
    return locale.toString(static_cast<double>(value), 'f', 2);
}

QString one(double value, const QLocale& locale) {
    return locale.toString(value, 'f', 1);
}

/// "0.61 ≥ 0.47": the sign tells whether it is enough.
QString compared(float value, float wanted, bool enough, const QLocale& locale) {
    return QStringLiteral("%1 %2 %3")
        .arg(two(value, locale), enough ? QStringLiteral("\u2265") : QStringLiteral("<"), two(wanted, locale));
}

QString nameOr(const std::string& name, const QString& nobody) {
    const QString clean = cleanName(QString::fromStdString(name));
    return clean.isEmpty() ? nobody : clean;
}

QString took(std::chrono::microseconds time, const QLocale& locale) {
    const std::chrono::duration<double, std::milli> ms = time;
    return time.count() > 0 ? one(ms.count(), locale) : QStringLiteral("\u2013");
}

} // namespace

QString InstallerWords::match(const core::InspectedFace& face, const core::InstallerFacts& facts,
                              const QLocale& locale) {
    if (!face.face.match)
        return face.face.embedded ? tr("nobody is enrolled") : tr("not compared");
    const float score = face.face.match->score;
    return nameOr(face.best, tr("removed person")) + QLatin1Char(' ') +
           compared(score, facts.match.threshold, score >= facts.match.threshold, locale);
}

QString InstallerWords::second(const core::InspectedFace& face, const QLocale& locale) {
    return tr("then %1 %2", "second-best person, score")
        .arg(nameOr(face.second, tr("removed person")), two(face.face.match->secondScore, locale));
}

QString InstallerWords::lead(const core::Match& match, const core::InstallerFacts& facts, const QLocale& locale) {
    const float ahead = match.score - match.secondScore;
    return tr("lead %1").arg(compared(ahead, facts.match.margin, ahead >= facts.match.margin, locale));
}

QString InstallerWords::liveness(const core::Liveness& liveness, const core::InstallerFacts& facts,
                                 const QLocale& locale) {
    if (liveness.verdict == core::LivenessVerdict::Off)
        return tr("liveness off");
    if (liveness.verdict == core::LivenessVerdict::Unavailable)
        return tr("liveness cannot run");
    if (liveness.frames == 0)
        return tr("liveness not checked yet");
    const bool live = liveness.score > facts.livenessThreshold;
    const QString score = compared(liveness.score, facts.livenessThreshold, live, locale);
    return (liveness.verdict == core::LivenessVerdict::Pending
                ? tr("liveness so far %1 (%2)", "score, number of frames")
                : tr("liveness %1 (%2)", "score, number of frames"))
        .arg(score, locale.toString(liveness.frames));
}

QString InstallerWords::quality(core::Quality quality) {
    switch (quality) {
    case core::Quality::Good:
        return tr("good view");
    case core::Quality::TooSmall:
        return tr("too small");
    case core::Quality::TooBlurred:
        return tr("too blurred");
    case core::Quality::TooDark:
        return tr("too dark");
    case core::Quality::TooBright:
        return tr("too bright");
    case core::Quality::TurnedAway:
        return tr("turned away");
    case core::Quality::CutOff:
        return tr("cut off");
    }
    return {};
}

QStringList InstallerWords::face(const core::InspectedFace& face, const core::InstallerFacts& facts,
                                 const QLocale& locale) {
    const core::FaceObservation& seen = face.face;
    const auto whole = [&](float value) { return locale.toString(std::lround(value)); };
    QStringList lines{match(face, facts, locale)};
    if (seen.match && seen.match->second)
        lines << second(face, locale) << lead(*seen.match, facts, locale);
    if (seen.match || seen.liveness.frames > 0)
        lines << liveness(seen.liveness, facts, locale);
    lines << tr("%1 \u00D7 %2 px, %3", "width, height, quality of the face")
                 .arg(whole(seen.box.width), whole(seen.box.height), quality(seen.quality));
    if (seen.sharpness > 0)
        lines << tr("sharp %1, light %2, turned %3\u00B0", "quality values of the face")
                     .arg(whole(seen.sharpness), whole(seen.brightness), whole(seen.yawDegrees));
    return lines;
}

QStringList InstallerWords::door(const core::InstallerView& view, const QLocale& locale) {
    QStringList lines{tr("camera %1/s, looked at %2/s", "frames a second")
                          .arg(one(view.cameraRate, locale), one(view.lookedAt, locale)),
                      tr("age %1 ms, skipped %2", "of the frame; frames not looked at")
                          .arg(locale.toString(static_cast<qlonglong>(view.frameAge.count())),
                               locale.toString(static_cast<qulonglong>(view.skipped)))};
    if (view.times)
        lines << tr("detect %1, embed %2 ms", "times of the stages")
                     .arg(took(view.times->detect, locale), took(view.times->embed, locale))
              << tr("liveness %1, frame %2 ms", "times of the stages")
                     .arg(took(view.times->liveness, locale), took(view.times->whole, locale));
    lines << tr("threshold %1, margin %2")
                 .arg(two(view.facts.match.threshold, locale), two(view.facts.match.margin, locale));
    if (view.facts.livenessRequired)
        lines << tr("alive above %1", "threshold of the liveness score").arg(two(view.facts.livenessThreshold, locale));
    for (const std::string& model : view.facts.models)
        lines << QString::fromStdString(model);
    return lines;
}

} // namespace facelatch::ui
