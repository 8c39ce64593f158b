// SPDX-License-Identifier: GPL-3.0-or-later
// The system and the admins in words.
#include "ui/system_words.h"

namespace facelatch::ui {

QString SystemWords::title() {
    return tr("System");
}

QString SystemWords::adminsLine() {
    return tr("Who may sign in at this screen");
}

QString SystemWords::backup() {
    return tr("Backup");
}

QString SystemWords::backupLine() {
    return tr("Onto a stick with a passphrase, and back");
}

QString SystemWords::check() {
    return tr("Look at everything");
}

QString SystemWords::checkLine() {
    return tr("What the doctor of this door finds, in some seconds");
}

QString SystemWords::checkAgain() {
    return tr("Look again");
}

QString SystemWords::restart() {
    return tr("Restart");
}

QString SystemWords::restartLine() {
    return tr("The door ends in order and starts again");
}

QString SystemWords::lockDown() {
    return tr("Lock down");
}

QString SystemWords::lockDownLine() {
    return tr("Nobody is let in until it is lifted");
}

QString SystemWords::lockDownQuestion() {
    return tr("Lock the door down?");
}

QString SystemWords::lockDownMeans() {
    return tr(
        "Nobody is let in, by face, PIN or from afar, until somebody lifts it. It stays after a restart. The exit "
        "button still works.");
}

QString SystemWords::reason() {
    return tr("Why, for the log (may be empty)");
}

QString SystemWords::isLockedDown() {
    return tr("Locked down");
}

QString SystemWords::lockedDownNow() {
    return tr("The door is locked down. Nobody is let in.");
}

QString SystemWords::liftLockdown() {
    return tr("Lift the lockdown");
}

QString SystemWords::liftQuestion() {
    return tr("Lift the lockdown?");
}

QString SystemWords::liftMeans() {
    return tr("People are let in again by the rules.");
}

QString SystemWords::liftedNow() {
    return tr("The lockdown is lifted");
}

QString SystemWords::tests() {
    return tr("Tests");
}

QString SystemWords::testLock() {
    return tr("Test the lock");
}

QString SystemWords::testSpeaker() {
    return tr("Test the speaker");
}

QString SystemWords::noBuzzer() {
    return tr("This door has no output for a buzzer: its lock daemon drives one line, the lock.");
}

QString SystemWords::lockTested() {
    return tr("The lock was released. It stands in the log.");
}

QString SystemWords::soundTested() {
    return tr("You should have heard a sound.");
}

QString SystemWords::watchTheDoor() {
    return tr("Release the lock now?");
}

QString SystemWords::watchDetail() {
    return tr("The door can then be opened for a moment. Somebody should stand beside it and watch.");
}

QString SystemWords::camera() {
    return tr("Camera");
}

QString SystemWords::recognition() {
    return tr("Recognition");
}

QString SystemWords::models() {
    return tr("Models");
}

QString SystemWords::storage() {
    return tr("Storage");
}

QString SystemWords::versions() {
    return tr("Versions");
}

QString SystemWords::network() {
    return tr("Network");
}

QString SystemWords::source() {
    return tr("Source");
}

QString SystemWords::picture() {
    return tr("Picture");
}

QString SystemWords::age() {
    return tr("Age of the newest picture");
}

QString SystemWords::light() {
    return tr("Brightness of the picture");
}

QString SystemWords::exposure() {
    return tr("Exposure time");
}

QString SystemWords::automatic() {
    return tr("automatic");
}

QString SystemWords::model() {
    return tr("Model");
}

QString SystemWords::detecting() {
    return tr("Finding faces");
}

QString SystemWords::embedding() {
    return tr("Recognising a face");
}

QString SystemWords::liveness() {
    return tr("Liveness");
}

QString SystemWords::wholePicture() {
    return tr("Whole picture");
}

QString SystemWords::nobodyLooked() {
    return tr("Nothing to recognise just now: stand before the camera and look again.");
}

QString SystemWords::notUsed() {
    return tr("not used");
}

QString SystemWords::folder() {
    return tr("Folder");
}

QString SystemWords::freeSpace() {
    return tr("Free");
}

QString SystemWords::database() {
    return tr("Database");
}

QString SystemWords::pictures() {
    return tr("Pictures");
}

QString SystemWords::events() {
    return tr("Events in the log");
}

QString SystemWords::lastBackup() {
    return tr("Last backup");
}

QString SystemWords::backupAt(const QString& when, const QString& file) {
    return file.isEmpty() ? when : tr("%1, to %2", "%1 is a date and time, %2 a file").arg(when, file);
}

QString SystemWords::noBackupYet() {
    return tr("Never: if this device is lost, so are people and rules. See Backup above.");
}

QString SystemWords::addresses() {
    return tr("Addresses");
}

QString SystemWords::noAddress() {
    return tr("none");
}

QString SystemWords::temperature() {
    return tr("Temperature");
}

QString SystemWords::rate(double perSecond, double asked, const QLocale& locale) {
    return tr("%1 a second, %2 asked for").arg(locale.toString(perSecond, 'f', 1), locale.toString(asked, 'f', 0));
}

QString SystemWords::licence(const QString& licence, const QString& source) {
    return tr("Licence %1. %2").arg(licence, source);
}

QString SystemWords::health(core::Health health) {
    switch (health) {
    case core::Health::Ok:
        return tr("Fine");
    case core::Health::NotHere:
        return tr("Not here");
    case core::Health::Warning:
        return tr("Attention");
    case core::Health::Failed:
        return tr("Does not work");
    case core::Health::OutOfService:
        break;
    }
    return tr("Out of service");
}

QString AdminsWords::title() {
    return tr("Admins");
}

QString AdminsWords::add() {
    return tr("Add an admin");
}

QString AdminsWords::neverSeen() {
    return tr("Never signed in");
}

QString AdminsWords::name() {
    return tr("Name");
}

QString AdminsWords::roleLabel() {
    return tr("Role");
}

QString AdminsWords::next() {
    return tr("Next: the PIN");
}

QString AdminsWords::save() {
    return tr("Save");
}

QString AdminsWords::changePin() {
    return tr("Change the PIN");
}

QString AdminsWords::remove() {
    return tr("Remove");
}

QString AdminsWords::removeDetail() {
    return tr("This name can no longer sign in. What was done under it stays in the log.");
}

QString AdminsWords::lastAdmin() {
    return tr("Somebody must stay who may do everything: the last one keeps that role and cannot be removed.");
}

QString AdminsWords::repeatPin() {
    return tr("The same again, to be sure");
}

QString AdminsWords::pinsDiffer() {
    return tr("The two were not the same. Please choose again.");
}

QString AdminsWords::saved() {
    return tr("Saved");
}

QString AdminsWords::role(const QString& code) {
    return code == u"admin" ? tr("Everything") : tr("Enrol and log");
}

QString AdminsWords::roleLine(const QString& code) {
    return code == u"admin" ? tr("May do everything, also change settings and admins.")
                            : tr("May enrol people and read the log, nothing else.");
}

QString AdminsWords::lastSeen(const QString& when) {
    return tr("Signed in %1").arg(when);
}

QString AdminsWords::removeQuestion(const QString& name) {
    return tr("Remove %1?").arg(name);
}

QString AdminsWords::choosePin(const QString& name) {
    return tr("A PIN of 6 to 8 digits for %1").arg(name);
}

QString AdminsWords::added(const QString& name) {
    return tr("%1 may sign in now").arg(name);
}

QString AdminsWords::pinChanged(const QString& name) {
    return tr("%1 has a new PIN").arg(name);
}

QString AdminsWords::removed(const QString& name) {
    return tr("%1 was removed").arg(name);
}

} // namespace facelatch::ui
