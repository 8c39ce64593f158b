// SPDX-License-Identifier: GPL-3.0-or-later
// The table of forms: named, reviewed chains of elements. Settings are values of their properties and nothing else.
#include "hardware/cameras.h"

#include <array>
#include <charconv>
#include <string_view>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::FrameOrigin;
using core::Result;

namespace {

constexpr unsigned latencyMs = 100; // for packets that overtake each other
const std::vector<std::string> webSchemes{"http", "https"};

struct Port {
    std::string group; ///< multicast; empty: whatever is sent to this machine
    int number = 0;
};

/// "5004" or "239.1.2.3:5004".
Port portOf(const std::string& address) {
    const auto colon = address.rfind(':');
    Port port;
    if (colon != std::string::npos)
        port.group = address.substr(0, colon);
    const std::string_view digits = std::string_view(address).substr(colon == std::string::npos ? 0 : colon + 1);
    const char* end = digits.data() + digits.size();
    const auto [at, error] = std::from_chars(digits.data(), end, port.number);
    if (error != std::errc{} || at != end || port.number > 65535)
        port.number = 0;
    return port;
}

bool isWeb(const std::string& address) {
    return !hostOf(address, webSchemes).empty();
}
bool isPort(const std::string& address) {
    const Port port = portOf(address);
    return port.number > 0 && port.group.find_first_not_of("0123456789.") == std::string::npos;
}
bool isPath(const std::string& address) {
    return address.starts_with('/');
}

void filter(GstPictures& pictures, GstCaps* made) {
    const CapsPtr caps(made);
    if (GstElement* element = pictures.add("capsfilter"))
        g_object_set(element, "caps", caps.get(), nullptr);
}

/// A picture after the other as JPEG in one endless answer. They carry no time.
void addHttpMjpeg(GstPictures& pictures, const CameraSettings& settings) {
    if (GstElement* source = pictures.add("souphttpsrc")) {
        g_object_set(source, "location", settings.address.c_str(), "is-live", TRUE, "do-timestamp", TRUE, "timeout", 3U,
                     "retries", 0, "automatic-redirect", FALSE, nullptr);
        if (!settings.user.empty())
            g_object_set(source, "user-id", settings.user.c_str(), "user-pw", settings.password.c_str(), nullptr);
    }
    pictures.add("multipartdemux");
    pictures.add("jpegdec");
}

/// H.264 in RTP packets that somebody sends to this machine's UDP port.
void addRtpH264(GstPictures& pictures, const CameraSettings& settings) {
    const Port port = portOf(settings.address);
    if (GstElement* source = pictures.add("udpsrc")) {
        const CapsPtr caps(gst_caps_new_simple("application/x-rtp", "media", G_TYPE_STRING, "video", "clock-rate",
                                               G_TYPE_INT, 90000, "encoding-name", G_TYPE_STRING, "H264", nullptr));
        g_object_set(source, "port", port.number, "caps", caps.get(), nullptr);
        if (!port.group.empty())
            g_object_set(source, "address", port.group.c_str(), nullptr);
    }
    if (GstElement* order = pictures.add("rtpjitterbuffer")) {
        g_object_set(order, "latency", latencyMs, nullptr);
        gst_util_set_object_arg(G_OBJECT(order), "mode", "none");
        pictures.dateBySender(order);
    }
    pictures.add("rtph264depay");
    pictures.add("avdec_h264");
}

/// A USB camera that gives nothing but H.264.
void addV4l2H264(GstPictures& pictures, const CameraSettings& settings) {
    if (GstElement* source = pictures.add("v4l2src"))
        g_object_set(source, "device", settings.address.c_str(), nullptr);
    filter(pictures, gst_caps_new_simple("video/x-h264", "width", G_TYPE_INT, settings.width, "height", G_TYPE_INT,
                                         settings.height, nullptr));
    pictures.add("avdec_h264");
}

/// Raw BGR pictures that another program of this machine puts into shared memory (shmsink). They carry no time.
void addSharedMemory(GstPictures& pictures, const CameraSettings& settings) {
    if (GstElement* source = pictures.add("shmsrc"))
        g_object_set(source, "socket-path", settings.address.c_str(), "is-live", TRUE, "do-timestamp", TRUE, nullptr);
    filter(pictures,
           gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "BGR", "width", G_TYPE_INT, settings.width,
                               "height", G_TYPE_INT, settings.height, "framerate", GST_TYPE_FRACTION,
                               settings.framesPerSecond, 1, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, nullptr));
}

struct Form {
    std::string_view name;
    std::string_view address; ///< what it has to be
    bool (*isAddress)(const std::string&);
    FrameOrigin origin;
    void (*add)(GstPictures&, const CameraSettings&);
};

constexpr std::array forms{
    Form{"http-mjpeg", "http://HOST:PORT/PATH, without a user name and password", isWeb, FrameOrigin::Undated,
         addHttpMjpeg},
    Form{"rtp-h264", "a UDP port such as 5004, or GROUP:PORT for multicast", isPort, FrameOrigin::Network, addRtpH264},
    Form{"v4l2-h264", "a device file such as /dev/v4l/by-id/...", isPath, FrameOrigin::Camera, addV4l2H264},
    Form{"shared-memory", "the path of shmsink's socket", isPath, FrameOrigin::Undated, addSharedMemory},
};

const Form* findForm(const std::string& name) {
    for (const Form& form : forms)
        if (form.name == name)
            return &form;
    return nullptr;
}

} // namespace

std::vector<std::string> cameraForms() {
    std::vector<std::string> names;
    for (const Form& form : forms)
        names.emplace_back(form.name);
    return names;
}

FrameOrigin formOrigin(const std::string& name) {
    const Form* form = findForm(name);
    return form != nullptr ? form->origin : FrameOrigin::Undated;
}

core::Status checkForm(const CameraSettings& settings) {
    const Form* form = findForm(settings.form);
    if (form == nullptr) {
        std::string names;
        for (const Form& known : forms)
            names += (names.empty() ? "" : ", ") + std::string(known.name);
        return Error{ErrorKind::Usage, "there is no form '" + settings.form + "'", "camera.form",
                     "There are: " + names};
    }
    if (!form->isAddress(settings.address))
        return Error{ErrorKind::Usage, "the address does not suit the form " + settings.form, "camera.address",
                     "It must be " + std::string(form->address)};
    return core::Done{};
}

Result<OpenedCamera> openFormCamera(const CameraSettings& settings) {
    const Form* form = findForm(settings.form);
    if (auto checked = checkForm(settings); !checked)
        return checked.error();
    OpenedCamera camera;
    const std::string host = hostOf(settings.address, webSchemes);
    camera.description = "camera " + settings.form + " " + (host.empty() ? settings.address : host);
    camera.pictures = std::make_unique<GstPictures>(camera.description);
    form->add(*camera.pictures, settings);
    return camera;
}

} // namespace facelatch::hardware
