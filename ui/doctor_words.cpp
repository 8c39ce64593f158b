// SPDX-License-Identifier: GPL-3.0-or-later
// What each check is called, and what each finding means to somebody who stands before the door.
#include "ui/doctor_words.h"

namespace facelatch::ui {

using core::Check;
using core::Finding;

QString DoctorWords::heading() {
    return tr("How this door is");
}

QString DoctorWords::working() {
    return tr("Looking at everything, a few seconds …");
}

QString DoctorWords::check(Check check) {
    switch (check) {
    case Check::Settings:
        return tr("Settings");
    case Check::Door:
        return tr("This door");
    case Check::Threads:
        return tr("Parts of the program");
    case Check::Camera:
        return tr("Camera");
    case Check::Light:
        return tr("Light");
    case Check::Sharpness:
        return tr("Sharpness");
    case Check::Models:
        return tr("Face recognition");
    case Check::KnownFace:
        return tr("Test face");
    case Check::Liveness:
        return tr("Liveness check");
    case Check::Lock:
        return tr("Lock");
    case Check::Storage:
        return tr("Storage");
    case Check::Space:
        return tr("Free space");
    case Check::Database:
        return tr("Database");
    case Check::WriteAheadLog:
        return tr("Write buffer");
    case Check::Log:
        return tr("Log of visits");
    case Check::Pictures:
        return tr("Pictures of visits");
    case Check::Key:
        return tr("Device key");
    case Check::Clock:
        return tr("Clock");
    case Check::TimeSource:
        return tr("Time server");
    case Check::TimeZone:
        return tr("Time zone");
    case Check::Temperature:
        return tr("Temperature");
    case Check::Power:
        return tr("Power supply");
    case Check::Viewers:
        return tr("Viewers");
    case Check::Certificate:
        return tr("Certificate");
    case Check::Network:
        return tr("Network");
    }
    return {};
}

QString DoctorWords::finding(Finding finding) {
    switch (finding) {
    case Finding::Fine:
        return tr("In order");
    case Finding::Unknown:
        return tr("Cannot be looked at here");
    case Finding::SettingsWrong:
        return tr("A setting is wrong. Mend it and start again.");
    case Finding::SettingsOpenToOthers:
        return tr("Other users can change or read the settings. Take that right away.");
    case Finding::DoorNotAsked:
    case Finding::DoorSilent:
        return tr("The program does not answer. Restart it.");
    case Finding::DoorFault:
        return tr("Something is missing, see below.");
    case Finding::ThreadSilent:
        return tr("A part is busy or hangs. Restart if it stays so.");
    case Finding::CameraMissing:
        return tr("No picture. Check the cable behind the panel.");
    case Finding::CameraLate:
        return tr("The picture stands still. Unplug the camera and plug it in again.");
    case Finding::CameraSlow:
        return tr("Too few pictures a second. More light helps.");
    case Finding::CameraNotLive:
        return tr("These pictures never open a real lock. Choose a live camera.");
    case Finding::CameraFromNetwork:
        return tr("The pictures come over a network. Keep that network apart.");
    case Finding::TooDark:
        return tr("Too dark. More light from the front; is the lens covered?");
    case Finding::TooBright:
        return tr("Too bright. Turn the camera away from the light.");
    case Finding::Blurred:
        return tr("Blurred. Clean the lens and set its focus.");
    case Finding::ModelMissing:
        return tr("A file is missing or wrong. Install it again.");
    case Finding::ModelFails:
        return tr("It computes wrongly on this device. Install the libraries again.");
    case Finding::ModelNotCompared:
        return tr("Not compared on this device. Try it with people you know.");
    case Finding::FaceNotFound:
        return tr("The face of the test is not found. Install the recognition again.");
    case Finding::LivenessOff:
        return tr("Switched off: a photograph can open this door. Switch it on.");
    case Finding::LivenessMissing:
        return tr("It cannot run. Install it again.");
    case Finding::LockSilent:
        return tr("It does not answer. Check its power, its cable and its service.");
    case Finding::LockBusy:
        return tr("Another program controls it. End that program.");
    case Finding::LockNotReal:
        return tr("No real lock is driven. Set it up for a door in use.");
    case Finding::StrikeTooLong:
        return tr("It refuses to open for so long. Shorten the opening time.");
    case Finding::FolderMissing:
        return tr("There is no data yet.");
    case Finding::FolderNotOurs:
        return tr("The data belongs to another user. Start as that user.");
    case Finding::FolderOpenToOthers:
        return tr("Other users can read the data. Take that right away.");
    case Finding::FolderNotWritable:
        return tr("Nothing can be written. Check the card or disk.");
    case Finding::SpaceLow:
        return tr("Little space is left. Free some, or keep fewer pictures.");
    case Finding::SpaceGone:
        return tr("The card or disk is full. Free some space.");
    case Finding::DatabaseDamaged:
        return tr("Damaged. Copy the data, restart, then renew the card or disk.");
    case Finding::DatabaseNewer:
        return tr("Written by a newer version. Install that one.");
    case Finding::DatabaseUnread:
        return tr("It cannot be read. Check the card or disk.");
    case Finding::WalLarge:
        return tr("It is not being emptied. Restart the door.");
    case Finding::LogWaits:
        return tr("Visits wait in memory. Mend the storage, leave the door on.");
    case Finding::LogLost:
        return tr("Visits were lost. Mend the storage.");
    case Finding::LogRebuilt:
        return tr("The damaged database was rebuilt. Renew the card or disk.");
    case Finding::PicturesNotWritten:
        return tr("Some visits have no picture. Mend the storage.");
    case Finding::KeyMissing:
        return tr("It is missing. Put it back from your copy.");
    case Finding::KeyOpenToOthers:
        return tr("Other users can read it. Take that right away.");
    case Finding::KeyWrong:
        return tr("It cannot be used. Put the right one back.");
    case Finding::ClockWrong:
        return tr("The time is wrong. Set the clock.");
    case Finding::ClockNotSet:
        return tr("It follows no time server. Look at the time now and then.");
    case Finding::ZoneMissing:
        return tr("None is set. Choose yours.");
    case Finding::Hot:
        return tr("Too hot. Give the device air.");
    case Finding::PowerLow:
    case Finding::PowerWasLow:
        return tr("Too weak. Use the supply made for this device.");
    case Finding::ViewersUnreachable:
        return tr("They cannot reach this door. See the settings.");
    case Finding::CertificateWrong:
        return tr("It cannot be used. Put the right files there.");
    case Finding::CertificateEnds:
        return tr("It is ending. Renew it on this device.");
    case Finding::NoAddress:
        return tr("No address. The door works without one.");
    }
    return {};
}

} // namespace facelatch::ui
