// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of the log screen.
#include "ui/log_words.h"

#include "core/schedule.h"

namespace facelatch::ui {

QString LogWords::outcome(core::Outcome outcome) {
    return outcome == core::Outcome::Granted ? tr("Let in") : tr("Refused", "a visit");
}

QString LogWords::unknown() {
    return tr("Unknown", "a person the door does not know");
}

QString LogWords::likeness(core::Likeness likeness) {
    switch (likeness) {
    case core::Likeness::Unmeasured:
        return {};
    case core::Likeness::Unlike:
        return tr("Like nobody who is enrolled");
    case core::Likeness::JustBelow:
        return tr("Just below the threshold");
    case core::Likeness::Enough:
        return tr("Recognised");
    case core::Likeness::Clear:
        return tr("Clearly recognised");
    }
    return {};
}

QString LogWords::liveness(core::LivenessVerdict verdict) {
    switch (verdict) {
    case core::LivenessVerdict::Live:
        return tr("A living face");
    case core::LivenessVerdict::Spoof:
        return tr("Looked like a picture or a mask");
    case core::LivenessVerdict::Pending:
        return tr("Too short to tell a living face");
    case core::LivenessVerdict::Unavailable:
        return tr("Whether the face was alive could not be checked");
    case core::LivenessVerdict::Off:
        return tr("Not checked whether the face was alive");
    }
    return {};
}

QString LogWords::source(core::DecisionSource source) {
    switch (source) {
    case core::DecisionSource::Face:
        return tr("By face");
    case core::DecisionSource::Pin:
        return tr("By PIN");
    case core::DecisionSource::Card:
        return tr("By card");
    case core::DecisionSource::ExitButton:
        return tr("By the exit button");
    case core::DecisionSource::Remote:
        return tr("From afar");
    }
    return {};
}

QString LogWords::dayHeading(QDate day, QDate today, const QLocale& locale) {
    if (day == today)
        return tr("Today");
    if (day == today.addDays(-1))
        return tr("Yesterday");
    QString text = locale.toString(day, QStringLiteral("dddd d MMMM yyyy"));
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString LogWords::when(core::WallTime time, const QString& local, core::WallTime now, QDate today) {
    if (!local.startsWith(today.toString(Qt::ISODate)) || time > now)
        return local.mid(core::isoTimeStart, QStringLiteral("07:48").size());
    const qint64 minutes = std::chrono::floor<std::chrono::minutes>(now - time).count();
    if (minutes < 1)
        return tr("Now");
    return minutes < core::minutesOfHour ? tr("%1 min ago").arg(minutes)
                                         : tr("%1 h ago").arg(minutes / core::minutesOfHour);
}

QString LogWords::clockOf(const QString& local) {
    return local.mid(core::isoTimeStart, core::isoTimeEnd - core::isoTimeStart);
}

QString LogWords::events(qint64 count) {
    return count == 1 ? tr("1 entry") : tr("%L1 entries").arg(count);
}

} // namespace facelatch::ui
