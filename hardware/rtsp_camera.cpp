// SPDX-License-Identifier: GPL-3.0-or-later
// An RTSP camera, over TCP only; and what of an address may be told.
#include "hardware/cameras.h"

#include <algorithm>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

constexpr unsigned latencyMs = 100;            // rtspsrc's own default is 2000
constexpr guint64 longestAnswerUs = 3'000'000; // of the camera while it is asked

const std::vector<std::string> schemes{"rtsp", "rtsps"};

/// Only the first stream of pictures is set up; sound and the like stay where they are.
gboolean selectStream(GstElement* source, guint, GstCaps* caps, gpointer) {
    constexpr const char* chosen = "facelatch-has-video";
    const gchar* media = gst_structure_get_string(gst_caps_get_structure(caps, 0), "media");
    if (g_strcmp0(media, "video") != 0 || g_object_get_data(G_OBJECT(source), chosen) != nullptr)
        return FALSE;
    g_object_set_data(G_OBJECT(source), chosen, source);
    return TRUE;
}

void replaceAll(std::string& text, const std::string& secret) {
    if (secret.empty())
        return;
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
        text.replace(at, secret.size(), "...");
}

} // namespace

std::string hostOf(const std::string& url, const std::vector<std::string>& allowed) {
    const auto colon = url.find("://");
    if (colon == std::string::npos || std::ranges::find(allowed, url.substr(0, colon)) == allowed.end())
        return {};
    if (std::ranges::any_of(url, [](unsigned char c) { return c <= ' ' || c == 0x7f; }))
        return {};
    const auto begin = colon + 3;
    const std::string host = url.substr(begin, url.find_first_of("/?#", begin) - begin);
    return host.find('@') == std::string::npos ? host : std::string();
}

Error withoutSecrets(Error error, const CameraSettings& settings) {
    const auto begin = settings.address.find("://");
    const auto path = begin == std::string::npos ? begin : settings.address.find_first_of("/?#", begin + 3);
    for (std::string* text : {&error.what, &error.where, &error.remedy}) {
        if (path != std::string::npos && settings.address.size() - path > 1)
            replaceAll(*text, settings.address.substr(path));
        replaceAll(*text, settings.password);
    }
    return error;
}

core::Status checkRtsp(const CameraSettings& settings) {
    if (!hostOf(settings.address, schemes).empty())
        return core::Done{};
    return Error{ErrorKind::Usage, "the camera's address is no RTSP address, or holds a user name or password",
                 "camera.address",
                 "Write it as rtsp://HOST:PORT/PATH; name and password belong into camera.user and camera.password"};
}

Result<OpenedCamera> openRtspCamera(const CameraSettings& settings) {
    OpenedCamera camera;
    camera.description = "RTSP camera " + hostOf(settings.address, schemes);
    camera.pictures = std::make_unique<GstPictures>(camera.description);
    if (GstElement* source = camera.pictures->add("rtspsrc")) {
        g_object_set(source, "location", settings.address.c_str(), "latency", latencyMs, "tcp-timeout", longestAnswerUs,
                     nullptr);
        gst_util_set_object_arg(G_OBJECT(source), "protocols", "tcp");
        // The stamps of the camera and nothing else: see GstPictures::dateBySender().
        gst_util_set_object_arg(G_OBJECT(source), "buffer-mode", "none");
        if (!settings.user.empty())
            g_object_set(source, "user-id", settings.user.c_str(), "user-pw", settings.password.c_str(), nullptr);
        g_signal_connect(source, "select-stream", G_CALLBACK(selectStream), nullptr);
        camera.pictures->dateBySender(source);
    }
    if (GstElement* decode = camera.pictures->add("decodebin")) {
        const CapsPtr caps(gst_caps_from_string("video/x-raw(ANY)"));
        g_object_set(decode, "caps", caps.get(), nullptr);
    }
    return camera;
}

} // namespace facelatch::hardware
