// SPDX-License-Identifier: GPL-3.0-or-later
// What a viewer tells its owner about, how, and when it keeps quiet. Pure but for the words; gui thread.
#pragma once

#include "core/decision.h"
#include "ui/viewer_port.h"

#include <QImage>
#include <QLocale>
#include <QString>
#include <QTime>

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace facelatch::app {

/// One thing to tell.
struct Notice {
    ui::NoticeKind kind = ui::NoticeKind::Refused;
    QString key;  ///< another one with the same key takes its place
    QString door; ///< ours
    QString title, text;
    std::optional<core::Uuid7> visit; ///< what to show when it is opened; nothing: the door
    QString snapshot;                 ///< its picture, to be asked for
    QImage picture;
};

/// Whether this is to be told in this way at this time of day. In quiet hours there is no sound, and nothing but alarms
/// on the desktop.
bool tellsOnDesktop(const ui::ViewerSettings& settings, ui::NoticeKind kind, QTime time);
bool tellsBySound(const ui::ViewerSettings& settings, ui::NoticeKind kind, QTime time);

/// Decides what is news: a visit is told once for each outcome, however many events it has; what was missed, together.
class NoticeRules {
public:
    explicit NoticeRules(QLocale locale) : m_locale(std::move(locale)) {}
    void setLocale(const QLocale& locale) { m_locale = locale; }
    /// A new event, with or without a number.
    std::optional<Notice> event(const ui::ViewerDoor& door, const core::CommittedEvent& event);
    /// An event of the time without a connection; `last`: all of them are known now.
    std::optional<Notice> missed(const ui::ViewerDoor& door, const core::CommittedEvent& event, bool last);
    /// Faults that were not there before.
    std::vector<Notice> faults(const ui::ViewerDoor& door);
    std::optional<Notice> ring(const ui::ViewerDoor& door, const ui::ViewerRing& ring);
    static QString keyOfRing(const QString& ring);
    void forget(const QString& door);

private:
    struct Told {
        std::deque<std::pair<core::Uuid7, core::Outcome>> visits; ///< the newest at the end
        std::set<std::pair<QString, qint64>> faults;
        std::set<core::Uuid7> missedRefused;
    };
    bool firstOf(const QString& door, const core::Event& event);
    QLocale m_locale;
    std::map<QString, Told> m_told;
};

} // namespace facelatch::app
