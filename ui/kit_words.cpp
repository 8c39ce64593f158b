// SPDX-License-Identifier: GPL-3.0-or-later
// The shared words.
#include "ui/kit_words.h"

namespace facelatch::ui {

QString KitWords::back() {
    return tr("Back");
}

QString KitWords::next() {
    return tr("Next");
}

QString KitWords::cancel() {
    return tr("Cancel");
}

QString KitWords::close() {
    return tr("Close", "a button");
}

QString KitWords::ok() {
    return tr("Done");
}

QString KitWords::undo() {
    return tr("Undo");
}

QString KitWords::clear() {
    return tr("Empty the field");
}

QString KitWords::search() {
    return tr("Search");
}

QString KitWords::backspace() {
    return tr("Delete the last digit");
}

QString KitWords::less() {
    return tr("Less");
}

QString KitWords::more() {
    return tr("More");
}

QString KitWords::busy() {
    return tr("One moment …");
}

QString KitWords::range(const QString& from, const QString& to, const QString& unit) {
    return unit.isEmpty() ? tr("From %1 to %2").arg(from, to) : tr("From %1 to %2 %3").arg(from, to, unit);
}

QString KitWords::errorKind(core::ErrorKind kind) {
    switch (kind) {
    case core::ErrorKind::Usage:
        return tr("This cannot be taken as it is.");
    case core::ErrorKind::OutOfService:
        return tr("Something that is needed for this is missing.");
    case core::ErrorKind::NewerVersion:
        return tr("This was written by a newer version.");
    case core::ErrorKind::AlreadyRunning:
        return tr("Something else is using it now.");
    case core::ErrorKind::NotFound:
        return tr("It is no longer there.");
    case core::ErrorKind::Failed:
        break;
    default: // kinds without a sentence of their own
        break;
    }
    return tr("That did not work.");
}

QString KitWords::error(const core::Error& error) {
    return errorKind(error.kind) + QLatin1Char(' ') + QString::fromStdString(error.text());
}

} // namespace facelatch::ui
