// SPDX-License-Identifier: GPL-3.0-or-later
// What the set-up says.
#include "ui/setup_words.h"

#include "ui/setup_wizard.h"

namespace facelatch::ui {

QString SetupWords::title(int step) {
    switch (static_cast<SetupWizard::Step>(step)) {
    case SetupWizard::Step::Language:
        return QStringLiteral("Language · Langue"); // whoever reads it does not know the language yet
    case SetupWizard::Step::Pin:
        return tr("Your PIN");
    case SetupWizard::Step::Names:
        return tr("Names");
    case SetupWizard::Step::Wiring:
        return tr("The lock");
    case SetupWizard::Step::Camera:
        return tr("The camera");
    case SetupWizard::Step::Lock:
        return tr("Test of the lock");
    case SetupWizard::Step::Clock:
        return tr("Time");
    case SetupWizard::Step::Summary:
        return tr("All set?");
    }
    return {};
}

QString SetupWords::progress(int step, int steps) {
    return tr("%1 of %2", "a step of the set-up").arg(step).arg(steps);
}

QString SetupWords::yes() {
    return tr("Yes");
}

QString SetupWords::no() {
    return tr("No");
}

QString SetupWords::finish() {
    return tr("Finish the set-up");
}

QString SetupWords::choosePin() {
    return tr("Choose a PIN of 6 to 8 digits. It opens these screens to whoever knows it. There is no other one: "
              "nobody can tell you a forgotten PIN.");
}

QString SetupWords::repeatPin() {
    return tr("Once more, please.");
}

QString SetupWords::pinsDiffer() {
    return tr("The two were not the same. Please choose again.");
}

QString SetupWords::pinFlaw(core::PinFlaw flaw) {
    switch (flaw) {
    case core::PinFlaw::Obvious:
        return tr("Whoever guesses would try this one first. Please choose another.");
    case core::PinFlaw::TooShort:
        return tr("At least 6 digits, please.");
    case core::PinFlaw::TooLong:
        return tr("At most 8 digits, please.");
    case core::PinFlaw::NotDigits:
        break;
    }
    return tr("Digits only, please.");
}

QString SetupWords::doorName() {
    return tr("Name of this door");
}

QString SetupWords::doorNameHelp() {
    return tr("As it stands on the screen, such as “Workshop”.");
}

QString SetupWords::adminName() {
    return tr("Your name");
}

QString SetupWords::adminNameHelp() {
    return tr("It stands beside what you change.");
}

QString SetupWords::wiring(const QString& code) {
    return code == QLatin1String("fail_safe") ? tr("Opens without power (fail-safe)")
                                              : tr("Stays locked without power (fail-secure)");
}

QString SetupWords::wiringSentence(const QString& code) {
    return code == QLatin1String("fail_safe")
               ? tr("Magnetic locks. A power cut opens the door, as fire rules often ask for.")
               : tr("Most electric strikes. A power cut keeps the door locked; people inside leave by the handle.");
}

QString SetupWords::cameraText() {
    return tr("Stand where visitors will stand.");
}

QString SetupWords::isThisYou() {
    return tr("Is this you?");
}

QString SetupWords::cameraAdvice() {
    return tr("Check the camera’s cable, turn the camera to where people stand, and see that there is light from the "
              "front. You can go on and come back later.");
}

QString SetupWords::lockText() {
    return tr("The lock will open for a few seconds and lock again. Stand so that you see the door.");
}

QString SetupWords::testLock() {
    return tr("Test the lock now");
}

QString SetupWords::didItOpen() {
    return tr("Did it open and lock again?");
}

QString SetupWords::lockAdvice() {
    return tr("Check the power and the cable of the lock. If it opens at rest and locks by the test, its contacts are "
              "the wrong way round. You can test again, or go on and come back later.");
}

QString SetupWords::clockText(const QString& zone) {
    return tr("Time zone: %1", "%1 is its name").arg(zone);
}

QString SetupWords::isTheTimeRight() {
    return tr("Is the time right?");
}

QString SetupWords::clockAdvice() {
    return tr("Opening hours go by this clock. Connect the device to a network, or set it on the device: "
              "timedatectl set-timezone, timedatectl set-time. You can go on and come back later.");
}

QString SetupWords::summaryText() {
    return tr("Nothing is saved before you finish.");
}

QString SetupWords::languageName(const QString& code) {
    return code == QLatin1String("fr") ? QStringLiteral("Français") : QStringLiteral("English");
}

QString SetupWords::language() {
    return tr("Language");
}

QString SetupWords::lockType() {
    return tr("Type of lock");
}

} // namespace facelatch::ui
