// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences: short, polite, active, no blame, no jargon.
#include "ui/words.h"

#include "resources/translator.h"

namespace facelatch::ui {

QString Words::invitation() {
    return tr("Look at the camera to come in");
}

QString Words::doorState(bool released) {
    return released ? tr("Open", "state of the door, feminine in French")
                    : tr("Locked", "state of the door, feminine in French");
}

QString Words::hint(Help help) {
    switch (help.hint) {
    case core::Hint::Closer:
        return tr("Come a little closer");
    case core::Hint::StepBack:
        return tr("Take a small step back");
    case core::Hint::LookHere:
        return tr("Please look here");
    case core::Hint::MoreLight:
        return tr("A little more light, please");
    case core::Hint::OneAtATime:
        return tr("One person at a time");
    case core::Hint::HoldStill:
        return tr("Please hold still");
    case core::Hint::None:
        break;
    }
    switch (help.stage) {
    case Help::Stage::NoFace:
        return tr("Please look at the camera");
    case Help::Stage::Deciding:
        return tr("One moment, please");
    case Help::Stage::Decided:
        return tr("All done, thank you");
    }
    return {};
}

QString Words::welcome(const QString& name, const QString& language) {
    const bool own = language == QLatin1String("en") || language == QLatin1String("fr");
    if (name.isEmpty())
        return own ? resources::textIn(language, "Words", "Welcome", nullptr) : tr("Welcome");
    const QString text = own ? resources::textIn(language, "Words", "Welcome, %1", "%1 is the person's name")
                             : tr("Welcome, %1", "%1 is the person's name");
    return text.arg(name);
}

QString Words::doorIs(bool released) {
    return released ? tr("The door is open") : tr("The door is locked again");
}

QString Words::seconds(qint64 seconds) {
    return tr("%1\u00A0s", "seconds left").arg(seconds);
}

QString Words::refusal() {
    return tr("Sorry, I can’t open for you now");
}

QString Words::afterRefusal() {
    return tr("You can try again in a moment.");
}

QString Words::retryIn(std::chrono::seconds left) {
    if (left < std::chrono::minutes(2)) // from then on nobody counts seconds
        return tr("Please try again in %1\u00A0s", "%1 is seconds").arg(left.count());
    return tr("Please try again in %1\u00A0min", "%1 is minutes")
        .arg(std::chrono::ceil<std::chrono::minutes>(left).count());
}

QString Words::usePin() {
    return tr("Enter a PIN");
}

QString Words::pinHeading(bool second) {
    return second ? tr("And your PIN, please") : tr("Enter your PIN");
}

QString Words::pinAdvice(bool second, bool checking) {
    if (checking)
        return tr("One moment, please");
    return second ? tr("Please stay in front of the camera.") : tr("Then press the tick.");
}

QString Words::help(const QString& contact) {
    return tr("Help: %1", "%1 is whom to call").arg(contact);
}

QString Words::ring() {
    return tr("Ring", "on the button of the doorbell");
}

QString Words::ringTells(const Ring& ring) {
    switch (ring.stage) {
    case Ring::Stage::Ringing:
        return tr("Ringing …");
    case Ring::Stage::Answered:
        return ring.by.isEmpty() ? tr("Somebody answers") : tr("%1 answers", "%1 is who answers the bell").arg(ring.by);
    case Ring::Stage::Unanswered:
        return tr("Nobody answered");
    case Ring::Stage::None:
    case Ring::Stage::Ready:
        break;
    }
    return {};
}

QString Words::openedBy(const QString& who) {
    return tr("Opened by %1", "%1 is who opened the door from afar").arg(who);
}

QString Words::lockedDown() {
    return tr("The door is locked for now");
}

QString Words::duringLockdown(bool bell) {
    return bell ? tr("Please come back later, or ring.") : tr("Please come back later.");
}

QString Words::watched() {
    return tr("Somebody sees you through this camera");
}

QString Words::outOfService() {
    return tr("This door is out of service");
}

QString Words::whomToCall(const QString& contact) {
    return contact.isEmpty() ? tr("Please tell whoever looks after this door.")
                             : tr("Please contact: %1", "%1 is a name and a number").arg(contact);
}

QString Words::exitStillWorks() {
    return tr("The exit button still works.");
}

QString Words::faultWhat(core::FaultCode code) {
    switch (code) {
    case core::FaultCode::NoCamera:
        return tr("The camera gives no picture.");
    case core::FaultCode::NoDetector:
        return tr("Faces cannot be found in the picture.");
    case core::FaultCode::NoEmbedder:
        return tr("Faces cannot be recognised.");
    case core::FaultCode::NoLiveness:
        return tr("Real faces cannot be told from photographs.");
    case core::FaultCode::NoLock:
        return tr("The lock does not answer.");
    case core::FaultCode::ReplayOnRealLock:
        return tr("The pictures come from a recording.");
    case core::FaultCode::SourceMayNotOpen:
        return tr("This camera is not permitted.");
    case core::FaultCode::LogNotWritable:
        return tr("Visits cannot be saved.");
    case core::FaultCode::DataUnreadable:
        return tr("The list of people cannot be read.");
    case core::FaultCode::PicturesNotWritten:
        return tr("Pictures of visits cannot be saved.");
    case core::FaultCode::DiskFull:
        return tr("The storage of this device is full.");
    case core::FaultCode::PushOff:
        return tr("Viewers cannot reach this door.");
    case core::FaultCode::CertificateEnds:
        return tr("The certificate of this door is ending.");
    }
    return {};
}

QString Words::faultRemedy(core::FaultCode code) {
    switch (code) {
    case core::FaultCode::NoCamera:
        return tr("Check the cable behind the panel.");
    case core::FaultCode::NoDetector:
        return tr("The face detection has to be installed again.");
    case core::FaultCode::NoEmbedder:
        return tr("The face recognition has to be installed again.");
    case core::FaultCode::NoLiveness:
        return tr("The liveness check has to be installed again.");
    case core::FaultCode::NoLock:
        return tr("Check the power and the cable of the lock.");
    case core::FaultCode::ReplayOnRealLock:
        return tr("Only a live camera may open this lock.");
    case core::FaultCode::SourceMayNotOpen:
        return tr("See the camera settings.");
    case core::FaultCode::LogNotWritable:
    case core::FaultCode::DataUnreadable:
    case core::FaultCode::PicturesNotWritten:
    case core::FaultCode::DiskFull:
        return tr("Check the storage of this device.");
    case core::FaultCode::PushOff:
    case core::FaultCode::CertificateEnds:
        return tr("See the viewers in the settings.");
    }
    return {};
}

QString Words::faultNotice(core::FaultCode code) {
    switch (code) {
    case core::FaultCode::LogNotWritable:
        return tr("Visits cannot be saved now. The door works as usual.");
    case core::FaultCode::PicturesNotWritten:
        return tr("Pictures of visits cannot be saved now. The door works as usual.");
    default: // those that stop the door have their page, a full disk is the owner's affair
        return {};
    }
}

QString Words::banner(Banner banner) {
    switch (banner) {
    case Banner::Demo:
        return tr("DEMO – no real door");
    case Banner::SimulatedLock:
        return tr("Simulated lock – this door does not open");
    case Banner::LivenessOff:
        return tr("Liveness check is off");
    case Banner::Installer:
        return tr("Set-up view – names and scores are shown");
    }
    return {};
}

} // namespace facelatch::ui
