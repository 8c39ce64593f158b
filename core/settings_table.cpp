// SPDX-License-Identifier: GPL-3.0-or-later
// The table of settings: the one place that knows keys, types, defaults, ranges and meanings.
#include "core/settings.h"

#include <array>

namespace facelatch::core {

namespace {

using enum SettingType;

constexpr SettingRow choice(std::string_view key, std::string_view value, std::string_view choices,
                            std::string_view meaning) {
    return {key, Choice, value, 0, 0, choices, {}, meaning};
}
constexpr SettingRow text(std::string_view key, std::string_view value, std::string_view meaning) {
    return {key, Text, value, 0, 0, {}, {}, meaning};
}
constexpr SettingRow timeOfDay(std::string_view key, std::string_view value, std::string_view meaning) {
    return {key, TimeOfDay, value, 0, 0, {}, {}, meaning};
}
constexpr SettingRow secret(std::string_view key, std::string_view meaning) {
    return {
        .key = key, .type = Text, .defaultValue = {}, .choices = {}, .unit = {}, .meaning = meaning, .secret = true};
}
constexpr SettingRow flag(std::string_view key, std::string_view value, std::string_view meaning) {
    return {key, Bool, value, 0, 0, {}, {}, meaning};
}
constexpr SettingRow whole(std::string_view key, std::string_view value, double min, double max, std::string_view unit,
                           std::string_view meaning) {
    return {key, Int, value, min, max, {}, unit, meaning};
}
constexpr SettingRow real(std::string_view key, std::string_view value, double min, double max, std::string_view unit,
                          std::string_view meaning) {
    return {key, Real, value, min, max, {}, unit, meaning};
}

constexpr std::array rows{
    text("door.id", "door-1", "Short name of this door in the log and towards other systems."),
    text("door.name", "Front door", "Name shown on the screen at the door."),
    choice("door.language", "auto", "auto|en|fr", "Language at the door. auto follows the system's."),
    text("door.help_contact", "", "Whom to call when the door is out of service, such as a name and a number."),
    flag(
        "door.pin", "false",
        "Whether this door takes PINs: as a second factor, or alone, as the access rules say (face+PIN, face or PIN)."),
    flag("door.pin_alone", "false",
         "Whether a PIN alone opens while there is no access rule. As soon as there is one, the rules alone say so."),
    whole("door.second_factor_s", "15", 5, 60, "s",
          "Time to enter a PIN once it is asked for. The face must still be there, and agree once more."),
    flag("door.doorbell", "true",
         "A bell on the resting screen, which rings at all viewers. It is there while a viewer is paired."),
    whole("door.ring_s", "30", 10, 120, "s", "How long it rings before nobody has answered."),

    choice("lock.kind", "lockd", "lockd|lockd_test|simulated",
           "lockd drives the real lock through facelatch-lockd. simulated opens nothing, lockd_test speaks with the "
           "daemon's "
           "test build; both say so on the screen."),
    text("lock.socket", "/run/facelatch-lockd/lockd.sock", "Where facelatch-lockd listens."),
    whole("lock.strike_time_ms", "4000", 500, 30000, "ms", "Strike time: how long the lock is released by a grant."),
    choice("lock.wiring", "fail_secure", "fail_secure|fail_safe",
           "fail_secure stays locked without power (strike), fail_safe opens (maglock). Changes texts, never the "
           "polarity."),

    choice("camera.source", "camera", "camera|replay|test",
           "camera is a live camera (see kind). replay plays a video file or a folder of pictures; test shows a test "
           "picture. Neither replay nor test opens a real lock."),
    choice("camera.kind", "auto", "auto|usb|csi|rtsp|form",
           "auto takes the first USB camera, else the Raspberry Pi's own (csi, through libcamera). rtsp is a network "
           "camera; form is one of the other ways (see form)."),
    text("camera.device", "",
         "usb: device file such as /dev/video0, best one of /dev/v4l/by-id. csi: libcamera's name of the camera. Empty "
         "takes the first camera."),
    choice("camera.format", "auto", "auto|mjpeg|raw", "How pictures leave a USB camera. auto takes the best it has."),
    text("camera.address", "",
         "rtsp: rtsp://HOST:PORT/PATH, without name and password. form: what the form needs, see "
         "facelatch-settings(5)."),
    text("camera.user", "", "User name at a network camera."),
    secret("camera.password", "Password at a network camera. It is never shown or logged."),
    choice("camera.form", "none", "none|http-mjpeg|rtp-h264|v4l2-h264|shared-memory",
           "Which of the other ways the kind form takes. Pictures of http-mjpeg and shared-memory carry no time and "
           "never open a real lock."),
    flag("camera.network_may_open", "false",
         "Whether pictures that come over a network may open the door. Whoever gets between camera and door can then "
         "open it."),
    whole("camera.width", "640", 160, 1920, "px", "Width of the picture asked from the camera."),
    whole("camera.height", "480", 120, 1080, "px", "Height of the picture asked from the camera."),
    whole("camera.fps", "30", 1, 60, "1/s", "Pictures a second asked from the camera."),
    text("camera.replay_path", "", "Video file or folder of pictures for the source replay."),
    whole("camera.replay_show_ms", "4000", 50, 60000, "ms",
          "How long the source replay shows each picture of a folder."),
    whole("camera.replay_pause_ms", "1500", 0, 60000, "ms", "Empty view between two pictures of a folder."),
    flag("camera.replay_loop", "true", "Whether the source replay begins again at its end."),
    choice("camera.rotation", "0", "0|90|180|270",
           "How far the picture is turned clockwise, for a camera that hangs on its side or head. Not for replay."),
    flag("camera.mirror", "true",
         "Shows the picture mirrored, as people know themselves. Recognition is not affected."),
    whole("camera.exposure", "0", 0, 1000000, "us", "Exposure time where the camera has that setting. 0 is automatic."),
    real("camera.gain", "0", 0, 1000, "",
         "Gain where the camera has that setting: the driver's number (usb) or a factor (csi). 0 is automatic."),
    real("camera.focus", "-1", -1, 10000, "",
         "Focus where the camera has that setting: the driver's number (usb) or dioptres, 0 being far (csi). -1 is "
         "automatic."),

    text("recognition.models_dir", "",
         "Folder of the model files. Empty looks in the data folder and the system folders."),
    choice("recognition.detector", "yunet-2023mar", "yunet-2023mar|dlib-hog",
           "Face detector. dlib-hog needs no model file but only shows faces: recognition needs the other's points."),
    text("recognition.embedder", "mobilefacenet-paddlex", "Model id of the face recognition network."),
    real("recognition.threshold", "0", 0, 0.99, "",
         "Least similarity to count as the same person. 0 takes the value measured for the model."),
    real("recognition.margin", "0", 0, 0.5, "",
         "How far the best person must be ahead of the second-best. 0 takes the value measured for the model."),
    whole("recognition.agreeing_frames", "3", 1, 10, "frames",
          "Frames of one face that must agree on the same person."),
    whole("recognition.agree_within_ms", "1000", 200, 5000, "ms", "Time within which those frames must lie."),
    whole("recognition.max_frame_age_ms", "500", 100, 2000, "ms", "Older pictures never open the door."),
    whole("recognition.min_face_px", "72", 32, 400, "px", "Least width of a face that is recognised."),
    whole("recognition.detect_every_ms", "130", 0, 1000, "ms",
          "How often the whole picture is searched while a face is followed. 0 searches every picture."),
    whole("recognition.threads", "2", 1, 8, "", "Processor threads for the networks."),

    choice("liveness.policy", "passive", "off|passive",
           "passive requires that the face looks alive before the door opens. off is said on the screen."),
    whole("liveness.min_frames", "5", 3, 30, "frames", "Frames of one face over which the liveness score is averaged."),
    real("liveness.threshold", "0", -10, 10, "", "Least mean liveness score (logit difference) that counts as alive."),

    whole("visit.decide_within_ms", "2500", 500, 20000, "ms",
          "A face in good view that could not be recognised for so long is refused."),
    whole("visit.cool_down_ms", "5000", 0, 60000, "ms",
          "After a grant the same person does not release the lock again for so long."),
    whole("visit.refused_screen_ms", "3000", 500, 30000, "ms",
          "How long the screen shows a refusal before it looks again."),
    whole("visit.event_interval_ms", "1000", 200, 60000, "ms", "A face that stays in view makes one event in so long."),

    choice("snapshots.keep", "local", "local|until_uploaded|never",
           "Pictures of visits: kept on this device, deleted once uploaded, or never written."),
    whole("snapshots.max_mb", "500", 1, 100000, "MB", "Room for pictures of visits; the oldest go first."),
    choice("snapshots.picture", "frame", "frame|face", "Whole picture of the camera, or only the face."),
    flag("privacy.erase_names", "true",
         "Erasing a person also takes name, card and identity out of past events; else only faces, pictures and keys "
         "go. That somebody came by, and when, stays either way."),

    choice("screen.window", "fullscreen", "fullscreen|800x480|1280x720|720x1280", "Size of the window at the door."),
    choice(
        "screen.theme", "dark", "dark|light|schedule",
        "Colours of the screen. schedule shows the light ones by day and the dark ones by night, switching by itself."),
    timeOfDay("screen.day_from", "07:00", "When the day of screen.theme = schedule begins, in local time."),
    timeOfDay("screen.day_until", "20:00",
              "When that day ends. It may lie after midnight, but not at the same time as the beginning."),
    whole("screen.brightness", "100", 10, 100, "%",
          "Brightness of the screen. Where no backlight can be set, the picture is darkened instead."),
    whole("screen.dim_after_s", "120", 0, 3600, "s",
          "After so long without anybody before the door its resting screen becomes a dark clock; a face or a touch "
          "wakes it. 0 is never."),
    whole("screen.off_after_s", "0", 0, 3600, "s",
          "After so long without anybody before the door the screen goes dark. 0 is never."),
    flag("screen.reduce_motion", "false", "No animations."),
    flag(
        "screen.shuffled_pad", "false",
        "Puts the digits of the number pad in another order each time, so that neither fingers nor smears tell a PIN."),
    choice(
        "screen.service_page", "out_of_service", "off|out_of_service|always",
        "When holding a finger on the screen for three seconds (on the headline of an out-of-service door, or on the "
        "door's name) shows what is wrong and what to do."),
    flag("screen.admin_button", "true",
         "Shows a small key in the corner of the screen, which asks for the admin's PIN. Holding the clock for two "
         "seconds asks for it, too."),
    flag("screen.show_cursor", "false", "Shows the mouse pointer, for set-up with a mouse."),
    flag("screen.installer_overlay", "false",
         "Shows names, scores, thresholds and times on the live picture, to whoever stands before it. Only while "
         "setting "
         "a door up; the screen says that it is on."),

    whole("sound.volume", "60", 0, 100, "",
          "How loud the door's sounds are, where the system has PipeWire or PulseAudio. 0 is silence."),
    flag("sound.keys", "false", "A click with each key of the number pad."),
    flag("sound.night_silence", "false", "No sounds at night."),
    timeOfDay("sound.night_from", "22:00", "When that night begins, in local time."),
    timeOfDay("sound.night_until", "07:00", "When it ends, usually the next morning."),

    flag("push.enabled", "true",
         "Lets paired viewers see this door from afar. The port is open only while a viewer is paired, or being "
         "paired."),
    flag("push.announce", "true",
         "Tells the local network by multicast DNS that there is a door, with its name, so that viewers find it. Only "
         "while the port is open, and where Avahi runs."),
    text("push.address", "", "Address of this machine at which viewers reach the door. Empty is every one."),
    whole("push.port", "8765", 1, 65535, "", "Port at which viewers reach the door."),
    whole("push.connections", "600", 1, 2000, "", "Connections of viewers at one time."),
    whole("push.per_address", "16", 1, 2000, "", "Connections from one address at one time."),
    flag("push.live", "true",
         "Whether viewers may look through the camera. The screen at the door says while one does."),

    text("tls.certificate", "",
         "File with your own certificate and its chain (PEM), in the place of the one that the door makes for itself."),
    text("tls.key", "", "File with the private key of that certificate (PEM), readable by the door's user alone."),

    secret(
        "network.proxy",
        "Proxy for downloads, such as http://proxy.lan:3128 or http://name:password@proxy.lan:3128. Empty takes the "
        "environment's (https_proxy, http_proxy, no_proxy); none uses no proxy at all. It is never shown or logged."),
};

} // namespace

std::span<const SettingRow> settingRows() {
    return rows;
}

} // namespace facelatch::core
