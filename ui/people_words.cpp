// SPDX-License-Identifier: GPL-3.0-or-later
// People, one by one.
#include "ui/people_words.h"

namespace facelatch::ui {

QString PeopleWords::title() {
    return tr("People");
}
QString PeopleWords::search() {
    return tr("Search by name, card or group");
}
QString PeopleWords::add() {
    return tr("Add somebody");
}
QString PeopleWords::import() {
    return tr("From photographs");
}
QString PeopleWords::nobodyYet() {
    return tr("Nobody is enrolled yet");
}
QString PeopleWords::nobodyYetHow() {
    return tr("Whoever may come in appears here. Add somebody with the camera, or many at once from photographs.");
}
QString PeopleWords::nobodyFound() {
    return tr("Nobody of that name");
}
QString PeopleWords::nobodyFoundHow() {
    return tr("Try fewer letters, a card or a group.");
}

QString PeopleWords::active() {
    return tr("Active");
}
QString PeopleWords::suspended() {
    return tr("Suspended");
}
QString PeopleWords::expired() {
    return tr("Expired");
}
QString PeopleWords::expires(const QString& day) {
    return tr("Until %1", "%1 is a day").arg(day);
}
QString PeopleWords::validFrom(const QString& day) {
    return tr("From %1", "%1 is a day").arg(day);
}
QString PeopleWords::withoutFace() {
    return tr("No face");
}

QString PeopleWords::name() {
    return tr("Name");
}
QString PeopleWords::nameNeeded() {
    return tr("Please give a name, of at most 200 letters");
}
QString PeopleWords::card() {
    return tr("Card number");
}
QString PeopleWords::notes() {
    return tr("Notes", "about a person");
}
QString PeopleWords::groups() {
    return tr("Groups", "of people");
}
QString PeopleWords::noGroups() {
    return tr("There are no groups yet. Make them under Access.");
}
QString PeopleWords::begins() {
    return tr("May come in from");
}
QString PeopleWords::ends() {
    return tr("Last day");
}
QString PeopleWords::noLimit() {
    return tr("No limit");
}
QString PeopleWords::day() {
    return tr("Day");
}
QString PeopleWords::month() {
    return tr("Month");
}
QString PeopleWords::year() {
    return tr("Year");
}
QString PeopleWords::useLimit() {
    return tr("Only a number of visits");
}
QString PeopleWords::greeting() {
    return tr("Language of the greeting");
}
QString PeopleWords::greetingOfDoor() {
    return tr("As the door");
}
QString PeopleWords::uses() {
    return tr("Visits");
}
QString PeopleWords::usesTaken(int taken) {
    return tr("Used so far: %1", "visits").arg(taken);
}
QString PeopleWords::pin() {
    return tr("PIN");
}
QString PeopleWords::pinSet() {
    return tr("A PIN is set");
}
QString PeopleWords::pinNone() {
    return tr("No PIN");
}
QString PeopleWords::choosePin() {
    return tr("Choose a PIN");
}
QString PeopleWords::removePin() {
    return tr("Remove the PIN");
}
QString PeopleWords::consent() {
    return tr("Consent");
}
QString PeopleWords::consentNone() {
    return tr("No consent is recorded");
}
QString PeopleWords::consentGiven(const QString& day, const QString& text, const QString& witness) {
    return tr("Given on %1 (text %2), witness: %3").arg(day, text, witness);
}
QString PeopleWords::consentAsk() {
    return tr("They agree now");
}
QString PeopleWords::consentWithdraw() {
    return tr("Withdraw");
}
QString PeopleWords::faces(int templates) {
    return templates == 0 ? tr("No face is enrolled") : tr("Pictures of the face: %1").arg(templates);
}
QString PeopleWords::newPictures() {
    return tr("New pictures");
}
QString PeopleWords::save() {
    return tr("Save");
}
QString PeopleWords::saved(const QString& name) {
    return tr("%1 is saved").arg(name);
}
QString PeopleWords::suspend() {
    return tr("Suspend");
}
QString PeopleWords::activate() {
    return tr("Let in again");
}
QString PeopleWords::suspendedNow(const QString& name) {
    return tr("%1 is not let in any more").arg(name);
}
QString PeopleWords::activeNow(const QString& name) {
    return tr("%1 is let in again").arg(name);
}
QString PeopleWords::remove() {
    return tr("Remove");
}
QString PeopleWords::removeQuestion(const QString& name, int templates) {
    return templates == 0 ? tr("Remove %1?").arg(name)
                          : tr("Remove %1 and their face templates (%2)?").arg(name, QString::number(templates));
}
QString PeopleWords::removeMeans() {
    return tr("Face, card and PIN are deleted for good. Past visits keep the name.");
}
QString PeopleWords::removed(const QString& name) {
    return tr("%1 is removed").arg(name);
}
QString PeopleWords::conflict() {
    return tr("Somebody else changed this meanwhile");
}
QString PeopleWords::conflictMeans(const QString& name) {
    return tr("%1 was changed while you were editing. Nothing of yours is saved yet.").arg(name);
}
QString PeopleWords::showTheirs() {
    return tr("Show the change");
}
QString PeopleWords::keepMine() {
    return tr("Save mine");
}
QString PeopleWords::giveUp() {
    return tr("Leave without saving?");
}
QString PeopleWords::giveUpMeans() {
    return tr("What you changed here is not saved.");
}
QString PeopleWords::discard() {
    return tr("Leave without saving", "a button");
}

QString PeopleWords::alike(const QString& first, const QString& second) {
    return tr("%1 and %2 look alike").arg(first, second);
}
QString PeopleWords::alikeMeans() {
    return tr("The door may take one for the other, or refuse both. Let each choose a PIN, and let them in by face and "
              "PIN only.");
}
QString PeopleWords::alikeDo() {
    return tr("Face and PIN for both");
}

QString PeopleWords::alikeDone() {
    return tr("From now on both come in by face and PIN");
}
QString PeopleWords::alikeFailed() {
    return tr("This cannot be done yet");
}
QString PeopleWords::faceAndPin() {
    return tr("face and PIN", "added to the name of a group");
}
QString PeopleWords::pinNeeded(const QString& names) {
    return tr("From now on by face and PIN. A PIN is still missing: %1").arg(names);
}

QString EnrolWords::title() {
    return tr("Add somebody");
}
QString EnrolWords::titleFor(const QString& name) {
    return tr("New pictures of %1").arg(name);
}
QString EnrolWords::who() {
    return tr("Who is it?");
}
QString EnrolWords::consentAsk() {
    return tr("Agrees to being recognised by the face");
}
QString EnrolWords::consentHelp(const QString& witness) {
    return tr("Ask, and show the text. It is kept with the time and your name, %1. Whoever does not agree comes in by "
              "PIN or card.")
        .arg(witness);
}
QString EnrolWords::begin() {
    return tr("Begin");
}
QString EnrolWords::withoutFace() {
    return tr("Without a face");
}
QString EnrolWords::starting() {
    return tr("One moment, the camera is being prepared");
}
QString EnrolWords::step(int number, core::FaceView of) {
    return tr("%1 of 5: %2", "%2 is what to do").arg(number).arg(view(of));
}
QString EnrolWords::view(core::FaceView view) {
    switch (view) {
    case core::FaceView::Straight:
        return tr("look straight ahead");
    case core::FaceView::Left:
        return tr("turn your head a little to the left");
    case core::FaceView::Right:
        return tr("turn your head a little to the right");
    case core::FaceView::Up:
        return tr("look up a little");
    case core::FaceView::Smile:
        return tr("look straight ahead and smile");
    }
    return {};
}
QString EnrolWords::hint(core::EnrolHint hint) {
    switch (hint) {
    case core::EnrolHint::None:
        return {};
    case core::EnrolHint::NoFace:
        return tr("Please look at the camera");
    case core::EnrolHint::Closer:
        return tr("Come a little closer");
    case core::EnrolHint::StepBack:
        return tr("Take a small step back");
    case core::EnrolHint::Centre:
        return tr("Move to the middle, please");
    case core::EnrolHint::MoreLight:
        return tr("A little more light, please");
    case core::EnrolHint::LessLight:
        return tr("A little less light, please");
    case core::EnrolHint::HoldStill:
        return tr("Please hold still");
    case core::EnrolHint::OneAtATime:
        return tr("One person at a time");
    case core::EnrolHint::LookStraight:
        return tr("Look straight ahead");
    case core::EnrolHint::LookLeft:
        return tr("Turn your head to the left");
    case core::EnrolHint::LookRight:
        return tr("Turn your head to the right");
    case core::EnrolHint::LookUp:
        return tr("Look up a little");
    case core::EnrolHint::Smile:
        return tr("Now a smile, please");
    case core::EnrolHint::LivingFace:
        return tr("A picture cannot be enrolled. Please come yourself");
    case core::EnrolHint::AnotherPerson:
        return tr("This is not the person of the first picture");
    }
    return {};
}
QString EnrolWords::review() {
    return tr("Are these good?");
}
QString EnrolWords::retake() {
    return tr("Again", "take this picture again");
}
QString EnrolWords::test() {
    return tr("Let’s try it");
}
QString EnrolWords::testing() {
    return tr("Step back and look again");
}
QString EnrolWords::score(core::ScoreWord score) {
    switch (score) {
    case core::ScoreWord::Excellent:
        return tr("Recognised: excellent");
    case core::ScoreWord::Good:
        return tr("Recognised: good");
    case core::ScoreWord::Weak:
        return tr("Recognised: weak");
    case core::ScoreWord::NotRecognised:
        return tr("Not recognised");
    case core::ScoreWord::None:
        break;
    }
    return {};
}
QString EnrolWords::scoreMeans(core::ScoreWord score) {
    switch (score) {
    case core::ScoreWord::Weak:
        return tr("The door will refuse now and then. Take some pictures again, with light from the front.");
    case core::ScoreWord::NotRecognised:
        return tr("The door would not open. Take the pictures again, where people stand at the door.");
    case core::ScoreWord::Excellent:
    case core::ScoreWord::Good:
    case core::ScoreWord::None:
        break;
    }
    return {};
}
QString EnrolWords::save() {
    return tr("Save");
}
QString EnrolWords::saving() {
    return tr("Saving …");
}
QString EnrolWords::stop(core::EnrolStop stop, const QString& name) {
    switch (stop) {
    case core::EnrolStop::AlreadyEnrolled:
        return tr("This face is enrolled already, as %1").arg(name);
    case core::EnrolStop::NotAlive:
        return tr("This looks like a picture of a face");
    case core::EnrolStop::CameraLost:
        return tr("The camera gives no picture");
    case core::EnrolStop::TimedOut:
        return tr("It took too long");
    case core::EnrolStop::Unavailable:
        return tr("Nobody can be enrolled now");
    case core::EnrolStop::None:
        break;
    }
    return {};
}
QString EnrolWords::stopDo(core::EnrolStop stop) {
    switch (stop) {
    case core::EnrolStop::AlreadyEnrolled:
        return tr("Nothing was saved. If this is somebody else who looks alike, go on; you will be told what to do.");
    case core::EnrolStop::NotAlive:
        return tr("Nothing was saved. Let the person stand before the camera, in even light.");
    case core::EnrolStop::CameraLost:
        return tr("Nothing was saved. Check the cable behind the panel, then begin again.");
    case core::EnrolStop::TimedOut:
        return tr("Nothing was saved. Begin again when the person is there.");
    case core::EnrolStop::Unavailable:
        return tr("A part of the recognition is missing. See System.");
    case core::EnrolStop::None:
        break;
    }
    return {};
}
QString EnrolWords::again() {
    return tr("Begin again");
}
QString EnrolWords::another() {
    return tr("This is somebody else");
}
QString EnrolWords::enrolled(const QString& name) {
    return tr("%1 is enrolled").arg(name);
}
QString EnrolWords::giveUp(const QString& name) {
    return tr("Stop enrolling %1?").arg(name);
}
QString EnrolWords::giveUpMeans() {
    return tr("The pictures taken so far are thrown away.");
}
QString EnrolWords::giveUpYes() {
    return tr("Stop", "a button");
}

QString ImportWords::title() {
    return tr("From photographs");
}
QString ImportWords::how() {
    return tr("Put one folder for each person on a USB stick, named after them, with 1 to 12 photographs. 3 to 5 good "
              "ones are enough.");
}
QString ImportWords::folder() {
    return tr("Folder");
}
QString ImportWords::read() {
    return tr("Read the photographs");
}
QString ImportWords::noStick() {
    return tr("No USB stick is plugged in");
}
QString ImportWords::lookAgain() {
    return tr("Look again");
}
QString ImportWords::progress(int done, int total) {
    return tr("%1 of %2 people").arg(done).arg(total);
}
QString ImportWords::cancelled(int added) {
    return tr("Stopped. People added: %1").arg(added);
}
QString ImportWords::finished(int added, int refused) {
    return tr("Done. Added: %1, not added: %2").arg(added).arg(refused);
}
QString ImportWords::added(int pictures) {
    return tr("Added, pictures: %1").arg(pictures);
}
QString ImportWords::refused() {
    return tr("Not added");
}
QString ImportWords::pictures(const QString& first, int more) {
    return more > 0 ? tr("%1 (and %2 more)").arg(first, QString::number(more)) : first;
}

} // namespace facelatch::ui
