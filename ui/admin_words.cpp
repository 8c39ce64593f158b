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

} // namespace facelatch::ui
