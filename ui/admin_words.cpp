// SPDX-License-Identifier: GPL-3.0-or-later
// The frame's words.
#include "ui/admin_words.h"

namespace facelatch::ui {

QString AdminWords::section(Section section) {
    switch (section) {
    case Section::People:
        return tr("People");
    case Section::Access:
        return tr("Access", "who may enter when");
    case Section::Log:
        return tr("Log");
    case Section::Settings:
        return tr("Settings");
    case Section::System:
        return tr("System");
    }
    return {};
}

QString AdminWords::leave() {
    return tr("Leave");
}

QString AdminWords::nothingAllowed() {
    return tr("There is nothing here for you");
}

QString AdminWords::leavingIn(int seconds) {
    return tr("Leaving in %1\u00A0s. Touch the screen to stay.").arg(seconds);
}

QString AdminWords::administration() {
    return tr("Administration");
}

QString AdminWords::yourPin() {
    return tr("Please enter your PIN.");
}

QString AdminWords::wrongPin() {
    return tr("That PIN is not known here.");
}

QString AdminWords::tryAgainIn(qint64 seconds) {
    constexpr int minute = resources::secondsPerMinute;
    return tr("Too many wrong PINs. Try again in %1.", "%1 is a time such as 0:30")
        .arg(QStringLiteral("%1:%2")
                 .arg(seconds / minute)
                 .arg(seconds % minute, 2, resources::decimalBase, QLatin1Char('0')));
}

QString AdminWords::setUpClosed() {
    return tr("Set-up is closed");
}

QString AdminWords::howToReopen() {
    return tr("It was open for 30 minutes after the first start. To open it again, run this on the device: "
              "facelatch-ctl setup reopen");
}

} // namespace facelatch::ui
