// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of notifications.
#include "ui/notice_words.h"

#include "ui/access_words.h"
#include "ui/log_words.h"
#include "ui/text_block.h"

namespace facelatch::ui {

QString NoticeWords::title(const core::Event& event, const QString& door) {
    const QString name = cleanName(QString::fromStdString(event.personName));
    const QString who = name.isEmpty() ? LogWords::unknown() : name;
    return event.outcome == core::Outcome::Granted ? tr("%1 was let in: %2", "person, door").arg(who, door)
                                                   : tr("%1 was refused: %2", "person, door").arg(who, door);
}

QString NoticeWords::text(const core::Event& event, const QLocale& locale) {
    return tr("%1, %2", "reason, time")
        .arg(AccessWords::reason(event.reason, locale), LogWords::clockOf(QString::fromStdString(event.local)));
}

QString NoticeWords::missedTitle(int refused, const QString& door) {
    return refused == 1 ? tr("One visit was refused meanwhile: %1").arg(door)
                        : tr("%1 visits were refused meanwhile: %2").arg(refused).arg(door);
}

QString NoticeWords::missedText() {
    return tr("While there was no connection to the door");
}

QString NoticeWords::faultTitle(bool stops, const QString& door) {
    return stops ? tr("Out of service: %1").arg(door) : tr("Something is wrong: %1").arg(door);
}

QString NoticeWords::ringTitle(const QString& door) {
    return tr("Somebody rings: %1").arg(door);
}

QString NoticeWords::ringText() {
    return tr("Open this to see who it is");
}

QString NoticeWords::show() {
    return tr("Show");
}

QString NoticeWords::trayShow() {
    return tr("Show the doors");
}

QString NoticeWords::trayQuit() {
    return tr("Quit");
}

QString NoticeWords::trayState(int online, int doors) {
    return tr("%1 of %2 doors connected").arg(online).arg(doors);
}

} // namespace facelatch::ui
