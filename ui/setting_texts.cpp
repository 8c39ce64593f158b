// SPDX-License-Identifier: GPL-3.0-or-later
// What the table of settings says, marked for translation; a test holds this list against the table.
#include "ui/setting_texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>

namespace facelatch::ui {

namespace {

struct Named {
    const char* key;
    const char* name;
};

constexpr std::array names{
    Named{"door.id", QT_TRANSLATE_NOOP("Settings", "Short name")},
    Named{"door.name", QT_TRANSLATE_NOOP("Settings", "Name of the door")},
    Named{"door.language", QT_TRANSLATE_NOOP("Settings", "Language")},
    Named{"door.help_contact", QT_TRANSLATE_NOOP("Settings", "Whom to call")},
    Named{"door.pin", QT_TRANSLATE_NOOP("Settings", "PIN at the door")},
    Named{"door.pin_alone", QT_TRANSLATE_NOOP("Settings", "PIN alone opens")},
    Named{"door.second_factor_s", QT_TRANSLATE_NOOP("Settings", "Time for the PIN")},
    Named{"door.doorbell", QT_TRANSLATE_NOOP("Settings", "Doorbell")},
    Named{"door.ring_s", QT_TRANSLATE_NOOP("Settings", "Ringing time")},
    Named{"lock.kind", QT_TRANSLATE_NOOP("Settings", "Kind of lock")},
    Named{"lock.socket", QT_TRANSLATE_NOOP("Settings", "Where the lock listens")},
    Named{"lock.strike_time_ms", QT_TRANSLATE_NOOP("Settings", "Strike time")},
    Named{"lock.wiring", QT_TRANSLATE_NOOP("Settings", "Without power")},
    Named{"camera.source", QT_TRANSLATE_NOOP("Settings", "Where pictures come from")},
    Named{"camera.kind", QT_TRANSLATE_NOOP("Settings", "Kind of camera")},
    Named{"camera.device", QT_TRANSLATE_NOOP("Settings", "Which camera")},
    Named{"camera.format", QT_TRANSLATE_NOOP("Settings", "Picture format")},
    Named{"camera.address", QT_TRANSLATE_NOOP("Settings", "Network address")},
    Named{"camera.user", QT_TRANSLATE_NOOP("Settings", "User name")},
    Named{"camera.password", QT_TRANSLATE_NOOP("Settings", "Password")},
    Named{"camera.form", QT_TRANSLATE_NOOP("Settings", "Other form")},
    Named{"camera.network_may_open", QT_TRANSLATE_NOOP("Settings", "Network pictures may open")},
    Named{"camera.width", QT_TRANSLATE_NOOP("Settings", "Picture width")},
    Named{"camera.height", QT_TRANSLATE_NOOP("Settings", "Picture height")},
    Named{"camera.fps", QT_TRANSLATE_NOOP("Settings", "Pictures a second")},
    Named{"camera.replay_path", QT_TRANSLATE_NOOP("Settings", "Recording")},
    Named{"camera.replay_show_ms", QT_TRANSLATE_NOOP("Settings", "Time of a picture")},
    Named{"camera.replay_pause_ms", QT_TRANSLATE_NOOP("Settings", "Pause between pictures")},
    Named{"camera.replay_loop", QT_TRANSLATE_NOOP("Settings", "Begin again at the end")},
    Named{"camera.rotation", QT_TRANSLATE_NOOP("Settings", "Turn the picture")},
    Named{"camera.mirror", QT_TRANSLATE_NOOP("Settings", "Mirror")},
    Named{"camera.exposure", QT_TRANSLATE_NOOP("Settings", "Exposure time")},
    Named{"camera.gain", QT_TRANSLATE_NOOP("Settings", "Gain")},
    Named{"camera.focus", QT_TRANSLATE_NOOP("Settings", "Focus")},
    Named{"recognition.models_dir", QT_TRANSLATE_NOOP("Settings", "Folder of the models")},
    Named{"recognition.detector", QT_TRANSLATE_NOOP("Settings", "Face detector")},
    Named{"recognition.embedder", QT_TRANSLATE_NOOP("Settings", "Recognition model")},
    Named{"recognition.threshold", QT_TRANSLATE_NOOP("Settings", "Security level")},
    Named{"recognition.margin", QT_TRANSLATE_NOOP("Settings", "Lead over the next person")},
    Named{"recognition.agreeing_frames", QT_TRANSLATE_NOOP("Settings", "Pictures that agree")},
    Named{"recognition.agree_within_ms", QT_TRANSLATE_NOOP("Settings", "Time to agree")},
    Named{"recognition.max_frame_age_ms", QT_TRANSLATE_NOOP("Settings", "Oldest picture")},
    Named{"recognition.min_face_px", QT_TRANSLATE_NOOP("Settings", "Smallest face")},
    Named{"recognition.detect_every_ms", QT_TRANSLATE_NOOP("Settings", "Search the whole picture")},
    Named{"recognition.threads", QT_TRANSLATE_NOOP("Settings", "Processor threads")},
    Named{"liveness.policy", QT_TRANSLATE_NOOP("Settings", "Liveness check")},
    Named{"liveness.min_frames", QT_TRANSLATE_NOOP("Settings", "Pictures for liveness")},
    Named{"liveness.threshold", QT_TRANSLATE_NOOP("Settings", "Liveness threshold")},
    Named{"visit.decide_within_ms", QT_TRANSLATE_NOOP("Settings", "Time to decide")},
    Named{"visit.cool_down_ms", QT_TRANSLATE_NOOP("Settings", "Pause after opening")},
    Named{"visit.refused_screen_ms", QT_TRANSLATE_NOOP("Settings", "How long a refusal is shown")},
    Named{"visit.event_interval_ms", QT_TRANSLATE_NOOP("Settings", "Time between events")},
    Named{"snapshots.keep", QT_TRANSLATE_NOOP("Settings", "Pictures of visits")},
    Named{"snapshots.max_mb", QT_TRANSLATE_NOOP("Settings", "Room for pictures")},
    Named{"snapshots.picture", QT_TRANSLATE_NOOP("Settings", "What a picture shows")},
    Named{"privacy.erase_names", QT_TRANSLATE_NOOP("Settings", "Erase names from the log")},
    Named{"screen.window", QT_TRANSLATE_NOOP("Settings", "Window")},
    Named{"screen.theme", QT_TRANSLATE_NOOP("Settings", "Colours")},
    Named{"screen.day_from", QT_TRANSLATE_NOOP("Settings", "Day begins")},
    Named{"screen.day_until", QT_TRANSLATE_NOOP("Settings", "Day ends")},
    Named{"screen.brightness", QT_TRANSLATE_NOOP("Settings", "Brightness")},
    Named{"screen.dim_after_s", QT_TRANSLATE_NOOP("Settings", "Clock after")},
    Named{"screen.off_after_s", QT_TRANSLATE_NOOP("Settings", "Dark after")},
    Named{"screen.reduce_motion", QT_TRANSLATE_NOOP("Settings", "Reduce motion")},
    Named{"screen.shuffled_pad", QT_TRANSLATE_NOOP("Settings", "Shuffled digits")},
    Named{"screen.service_page", QT_TRANSLATE_NOOP("Settings", "Page of the doctor")},
    Named{"screen.admin_button", QT_TRANSLATE_NOOP("Settings", "Key in the corner")},
    Named{"screen.show_cursor", QT_TRANSLATE_NOOP("Settings", "Mouse pointer")},
    Named{"screen.installer_overlay", QT_TRANSLATE_NOOP("Settings", "Installer’s overlay")},
    Named{"sound.volume", QT_TRANSLATE_NOOP("Settings", "Volume")},
    Named{"sound.keys", QT_TRANSLATE_NOOP("Settings", "Click of the keys")},
    Named{"sound.night_silence", QT_TRANSLATE_NOOP("Settings", "Silence at night")},
    Named{"sound.night_from", QT_TRANSLATE_NOOP("Settings", "Night begins")},
    Named{"sound.night_until", QT_TRANSLATE_NOOP("Settings", "Night ends")},
    Named{"push.enabled", QT_TRANSLATE_NOOP("Settings", "Viewers")},
    Named{"push.announce", QT_TRANSLATE_NOOP("Settings", "Found by viewers")},
    Named{"push.address", QT_TRANSLATE_NOOP("Settings", "Address for viewers")},
    Named{"push.port", QT_TRANSLATE_NOOP("Settings", "Port for viewers")},
    Named{"push.connections", QT_TRANSLATE_NOOP("Settings", "Connections at most")},
    Named{"push.per_address", QT_TRANSLATE_NOOP("Settings", "Connections of one address")},
    Named{"push.live", QT_TRANSLATE_NOOP("Settings", "Look through the camera")},
    Named{"tls.certificate", QT_TRANSLATE_NOOP("Settings", "Own certificate")},
    Named{"tls.key", QT_TRANSLATE_NOOP("Settings", "Key of the certificate")},
    Named{"network.proxy", QT_TRANSLATE_NOOP("Settings", "Proxy")},
};

/// The meanings, as they stand in the table.
constexpr std::array meanings{
    QT_TRANSLATE_NOOP("Settings", "Short name of this door in the log and towards other systems."),
    QT_TRANSLATE_NOOP("Settings", "Name shown on the screen at the door."),
    QT_TRANSLATE_NOOP("Settings", "Language at the door. auto follows the system's."),
    QT_TRANSLATE_NOOP("Settings", "Whom to call when the door is out of service, such as a name and a number."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Whether this door takes PINs: as a second factor, or alone, as the access rules say (face+PIN, face or PIN)."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Whether a PIN alone opens while there is no access rule. As soon as there is one, the rules alone say so."),
    QT_TRANSLATE_NOOP("Settings",
                      "Time to enter a PIN once it is asked for. The face must still be there, and agree once more."),
    QT_TRANSLATE_NOOP(
        "Settings", "A bell on the resting screen, which rings at all viewers. It is there while a viewer is paired."),
    QT_TRANSLATE_NOOP("Settings", "How long it rings before nobody has answered."),
    QT_TRANSLATE_NOOP("Settings", "lockd drives the real lock through facelatch-lockd. simulated opens nothing, "
                                  "lockd_test speaks with the daemon's test build; both say so on the screen."),
    QT_TRANSLATE_NOOP("Settings", "Where facelatch-lockd listens."),
    QT_TRANSLATE_NOOP("Settings", "Strike time: how long the lock is released by a grant."),
    QT_TRANSLATE_NOOP("Settings", "fail_secure stays locked without power (strike), fail_safe opens (maglock). Changes "
                                  "texts, never the polarity."),
    QT_TRANSLATE_NOOP("Settings", "camera is a live camera (see kind). replay plays a video file or a folder of "
                                  "pictures; test shows a test picture. Neither replay nor test opens a real lock."),
    QT_TRANSLATE_NOOP("Settings", "auto takes the first USB camera, else the Raspberry Pi's own (csi, through "
                                  "libcamera). rtsp is a network camera; form is one of the other ways (see form)."),
    QT_TRANSLATE_NOOP("Settings", "usb: device file such as /dev/video0, best one of /dev/v4l/by-id. csi: libcamera's "
                                  "name of the camera. Empty takes the first camera."),
    QT_TRANSLATE_NOOP("Settings", "How pictures leave a USB camera. auto takes the best it has."),
    QT_TRANSLATE_NOOP("Settings", "rtsp: rtsp://HOST:PORT/PATH, without name and password. form: what the form needs, "
                                  "see facelatch-settings(5)."),
    QT_TRANSLATE_NOOP("Settings", "User name at a network camera."),
    QT_TRANSLATE_NOOP("Settings", "Password at a network camera. It is never shown or logged."),
    QT_TRANSLATE_NOOP("Settings", "Which of the other ways the kind form takes. Pictures of http-mjpeg and "
                                  "shared-memory carry no time and never open a real lock."),
    QT_TRANSLATE_NOOP("Settings", "Whether pictures that come over a network may open the door. Whoever gets between "
                                  "camera and door can then open it."),
    QT_TRANSLATE_NOOP("Settings", "Width of the picture asked from the camera."),
    QT_TRANSLATE_NOOP("Settings", "Height of the picture asked from the camera."),
    QT_TRANSLATE_NOOP("Settings", "Pictures a second asked from the camera."),
    QT_TRANSLATE_NOOP("Settings", "Video file or folder of pictures for the source replay."),
    QT_TRANSLATE_NOOP("Settings", "How long the source replay shows each picture of a folder."),
    QT_TRANSLATE_NOOP("Settings", "Empty view between two pictures of a folder."),
    QT_TRANSLATE_NOOP("Settings", "Whether the source replay begins again at its end."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "How far the picture is turned clockwise, for a camera that hangs on its side or head. Not for replay."),
    QT_TRANSLATE_NOOP("Settings",
                      "Shows the picture mirrored, as people know themselves. Recognition is not affected."),
    QT_TRANSLATE_NOOP("Settings", "Exposure time where the camera has that setting. 0 is automatic."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Gain where the camera has that setting: the driver's number (usb) or a factor (csi). 0 is automatic."),
    QT_TRANSLATE_NOOP("Settings", "Focus where the camera has that setting: the driver's number (usb) or dioptres, 0 "
                                  "being far (csi). -1 is automatic."),
    QT_TRANSLATE_NOOP("Settings", "Folder of the model files. Empty looks in the data folder and the system folders."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Face detector. dlib-hog needs no model file but only shows faces: recognition needs the other's points."),
    QT_TRANSLATE_NOOP("Settings", "Model id of the face recognition network."),
    QT_TRANSLATE_NOOP("Settings",
                      "Least similarity to count as the same person. 0 takes the value measured for the model."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "How far the best person must be ahead of the second-best. 0 takes the value measured for the model."),
    QT_TRANSLATE_NOOP("Settings", "Frames of one face that must agree on the same person."),
    QT_TRANSLATE_NOOP("Settings", "Time within which those frames must lie."),
    QT_TRANSLATE_NOOP("Settings", "Older pictures never open the door."),
    QT_TRANSLATE_NOOP("Settings", "Least width of a face that is recognised."),
    QT_TRANSLATE_NOOP("Settings",
                      "How often the whole picture is searched while a face is followed. 0 searches every picture."),
    QT_TRANSLATE_NOOP("Settings", "Processor threads for the networks."),
    QT_TRANSLATE_NOOP("Settings",
                      "passive requires that the face looks alive before the door opens. off is said on the screen."),
    QT_TRANSLATE_NOOP("Settings", "Frames of one face over which the liveness score is averaged."),
    QT_TRANSLATE_NOOP("Settings", "Least mean liveness score (logit difference) that counts as alive."),
    QT_TRANSLATE_NOOP("Settings", "A face in good view that could not be recognised for so long is refused."),
    QT_TRANSLATE_NOOP("Settings", "After a grant the same person does not release the lock again for so long."),
    QT_TRANSLATE_NOOP("Settings", "How long the screen shows a refusal before it looks again."),
    QT_TRANSLATE_NOOP("Settings", "A face that stays in view makes one event in so long."),
    QT_TRANSLATE_NOOP("Settings", "Pictures of visits: kept on this device, deleted once uploaded, or never written."),
    QT_TRANSLATE_NOOP("Settings", "Room for pictures of visits; the oldest go first."),
    QT_TRANSLATE_NOOP("Settings", "Whole picture of the camera, or only the face."),
    QT_TRANSLATE_NOOP("Settings", "Erasing a person also takes name, card and identity out of past events; else only "
                                  "faces, pictures and keys go. That somebody came by, and when, stays either way."),
    QT_TRANSLATE_NOOP("Settings", "Size of the window at the door."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Colours of the screen. schedule shows the light ones by day and the dark ones by night, switching by itself."),
    QT_TRANSLATE_NOOP("Settings", "When the day of screen.theme = schedule begins, in local time."),
    QT_TRANSLATE_NOOP("Settings",
                      "When that day ends. It may lie after midnight, but not at the same time as the beginning."),
    QT_TRANSLATE_NOOP("Settings",
                      "Brightness of the screen. Where no backlight can be set, the picture is darkened instead."),
    QT_TRANSLATE_NOOP("Settings", "After so long without anybody before the door its resting screen becomes a dark "
                                  "clock; a face or a touch wakes it. 0 is never."),
    QT_TRANSLATE_NOOP("Settings", "After so long without anybody before the door the screen goes dark. 0 is never."),
    QT_TRANSLATE_NOOP("Settings", "No animations."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Puts the digits of the number pad in another order each time, so that neither fingers nor smears tell a PIN."),
    QT_TRANSLATE_NOOP("Settings", "When holding a finger on the screen for three seconds (on the headline of an "
                                  "out-of-service door, or on the door's name) shows what is wrong and what to do."),
    QT_TRANSLATE_NOOP("Settings", "Shows a small key in the corner of the screen, which asks for the admin's PIN. "
                                  "Holding the clock for two seconds asks for it, too."),
    QT_TRANSLATE_NOOP("Settings", "Shows the mouse pointer, for set-up with a mouse."),
    QT_TRANSLATE_NOOP("Settings", "Shows names, scores, thresholds and times on the live picture, to whoever stands "
                                  "before it. Only while setting a door up; the screen says that it is on."),
    QT_TRANSLATE_NOOP("Settings",
                      "How loud the door's sounds are, where the system has PipeWire or PulseAudio. 0 is silence."),
    QT_TRANSLATE_NOOP("Settings", "A click with each key of the number pad."),
    QT_TRANSLATE_NOOP("Settings", "No sounds at night."),
    QT_TRANSLATE_NOOP("Settings", "When that night begins, in local time."),
    QT_TRANSLATE_NOOP("Settings", "When it ends, usually the next morning."),
    QT_TRANSLATE_NOOP("Settings", "Lets paired viewers see this door from afar. The port is open only while a viewer "
                                  "is paired, or being paired."),
    QT_TRANSLATE_NOOP("Settings",
                      "Tells the local network by multicast DNS that there is a door, with its name, so that "
                      "viewers find it. Only while the port is open, and where Avahi runs."),
    QT_TRANSLATE_NOOP("Settings", "Address of this machine at which viewers reach the door. Empty is every one."),
    QT_TRANSLATE_NOOP("Settings", "Port at which viewers reach the door."),
    QT_TRANSLATE_NOOP("Settings", "Connections of viewers at one time."),
    QT_TRANSLATE_NOOP("Settings", "Connections from one address at one time."),
    QT_TRANSLATE_NOOP("Settings",
                      "Whether viewers may look through the camera. The screen at the door says while one does."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "File with your own certificate and its chain (PEM), in the place of the one that the door makes for itself."),
    QT_TRANSLATE_NOOP("Settings",
                      "File with the private key of that certificate (PEM), readable by the door's user alone."),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Proxy for downloads, such as http://proxy.lan:3128 or http://name:password@proxy.lan:3128. Empty takes the "
        "environment's (https_proxy, http_proxy, no_proxy); none uses no proxy at all. It is never shown or logged."),
};

constexpr std::array choices{
    Named{"auto", QT_TRANSLATE_NOOP("Settings", "Automatic")},
    Named{"en", QT_TRANSLATE_NOOP("Settings", "English")},
    Named{"fr", QT_TRANSLATE_NOOP("Settings", "Français")},
    Named{"lockd", QT_TRANSLATE_NOOP("Settings", "Real")},
    Named{"lockd_test", QT_TRANSLATE_NOOP("Settings", "Test")},
    Named{"simulated", QT_TRANSLATE_NOOP("Settings", "Simulated")},
    Named{"fail_secure", QT_TRANSLATE_NOOP("Settings", "Stays locked (strike)")},
    Named{"fail_safe", QT_TRANSLATE_NOOP("Settings", "Opens (maglock)")},
    Named{"camera", QT_TRANSLATE_NOOP("Settings", "Camera")},
    Named{"replay", QT_TRANSLATE_NOOP("Settings", "Recording")},
    Named{"test", QT_TRANSLATE_NOOP("Settings", "Test picture")},
    Named{"usb", QT_TRANSLATE_NOOP("Settings", "USB")},
    Named{"csi", QT_TRANSLATE_NOOP("Settings", "CSI")},
    Named{"rtsp", QT_TRANSLATE_NOOP("Settings", "RTSP")},
    Named{"form", QT_TRANSLATE_NOOP("Settings", "Other")},
    Named{"mjpeg", QT_TRANSLATE_NOOP("Settings", "MJPEG")},
    Named{"raw", QT_TRANSLATE_NOOP("Settings", "Raw")},
    Named{"none", QT_TRANSLATE_NOOP("Settings", "None")},
    Named{"off", QT_TRANSLATE_NOOP("Settings", "Off")},
    Named{"passive", QT_TRANSLATE_NOOP("Settings", "On")},
    Named{"local", QT_TRANSLATE_NOOP("Settings", "Keep here")},
    Named{"until_uploaded", QT_TRANSLATE_NOOP("Settings", "Until uploaded")},
    Named{"never", QT_TRANSLATE_NOOP("Settings", "Never")},
    Named{"frame", QT_TRANSLATE_NOOP("Settings", "Whole picture")},
    Named{"face", QT_TRANSLATE_NOOP("Settings", "Face")},
    Named{"fullscreen", QT_TRANSLATE_NOOP("Settings", "Whole screen")},
    Named{"dark", QT_TRANSLATE_NOOP("Settings", "Dark")},
    Named{"light", QT_TRANSLATE_NOOP("Settings", "Light")},
    Named{"schedule", QT_TRANSLATE_NOOP("Settings", "By the time of day")},
    Named{"out_of_service", QT_TRANSLATE_NOOP("Settings", "Out of service")},
    Named{"always", QT_TRANSLATE_NOOP("Settings", "Always")},
};

struct Group {
    const char* key;
    const char* name;
    const char* line;
};
constexpr std::array groups{
    Group{"door", QT_TRANSLATE_NOOP("Settings", "This door"),
          QT_TRANSLATE_NOOP("Settings", "Its name, its language, whom to call")},
    Group{"lock", QT_TRANSLATE_NOOP("Settings", "Lock"), QT_TRANSLATE_NOOP("Settings", "What opens, and for how long")},
    Group{"camera", QT_TRANSLATE_NOOP("Settings", "Camera"),
          QT_TRANSLATE_NOOP("Settings", "Where the pictures come from")},
    Group{"recognition", QT_TRANSLATE_NOOP("Settings", "Recognition"),
          QT_TRANSLATE_NOOP("Settings", "How sure the door must be")},
    Group{"liveness", QT_TRANSLATE_NOOP("Settings", "Liveness"),
          QT_TRANSLATE_NOOP("Settings", "Photographs and screens held to the camera")},
    Group{"visit", QT_TRANSLATE_NOOP("Settings", "Visits"),
          QT_TRANSLATE_NOOP("Settings", "How long the door waits and shows its answer")},
    Group{"snapshots", QT_TRANSLATE_NOOP("Settings", "Pictures"),
          QT_TRANSLATE_NOOP("Settings", "What is kept of a visit")},
    Group{"privacy", QT_TRANSLATE_NOOP("Settings", "Privacy"),
          QT_TRANSLATE_NOOP("Settings", "What stays of somebody who goes")},
    Group{"screen", QT_TRANSLATE_NOOP("Settings", "Screen"),
          QT_TRANSLATE_NOOP("Settings", "Colours, brightness, rest")},
    Group{"push", QT_TRANSLATE_NOOP("Settings", "Viewers"),
          QT_TRANSLATE_NOOP("Settings", "Who sees this door from afar")},
    Group{"tls", QT_TRANSLATE_NOOP("Settings", "Certificate"),
          QT_TRANSLATE_NOOP("Settings", "By what viewers know this door")},
    Group{"network", QT_TRANSLATE_NOOP("Settings", "Network"),
          QT_TRANSLATE_NOOP("Settings", "How this door reaches the network")},
    Group{"sound", QT_TRANSLATE_NOOP("Settings", "Sound"), QT_TRANSLATE_NOOP("Settings", "What the door lets hear")},
    Group{"admin", QT_TRANSLATE_NOOP("Settings", "Administration"),
          QT_TRANSLATE_NOOP("Settings", "Signing in at this screen")},
};

constexpr std::array units{Named{"frames", QT_TRANSLATE_NOOP("Settings", "frames")}};

QString translated(const char* text) {
    return QCoreApplication::translate("Settings", text);
}

template<typename Entries>
auto find(const Entries& entries, const QString& key) {
    return std::find_if(entries.begin(), entries.end(),
                        [&key](const auto& each) { return key == QLatin1String(each.key); });
}

} // namespace

QString SettingTexts::name(const QString& key) {
    const auto found = find(names, key);
    return found == names.end() ? key : translated(found->name);
}

QString SettingTexts::meaning(const QString& english) {
    return translated(english.toUtf8().constData());
}

QString SettingTexts::choice(const QString& code) {
    const auto found = find(choices, code);
    return found == choices.end() ? code : translated(found->name);
}

QString SettingTexts::unit(const QString& unit) {
    const auto found = find(units, unit);
    return found == units.end() ? unit : translated(found->name);
}

QString SettingTexts::group(const QString& section) {
    const auto found = find(groups, section);
    return found == groups.end() ? section : translated(found->name);
}

QString SettingTexts::groupLine(const QString& section) {
    const auto found = find(groups, section);
    return found == groups.end() ? QString() : translated(found->line);
}

bool SettingTexts::knowsName(const QString& key) {
    return find(names, key) != names.end();
}

bool SettingTexts::knowsMeaning(const QString& english) {
    return std::any_of(meanings.begin(), meanings.end(),
                       [&](const char* each) { return english == QString::fromUtf8(each); });
}

bool SettingTexts::knowsGroup(const QString& section) {
    return find(groups, section) != groups.end();
}

} // namespace facelatch::ui
