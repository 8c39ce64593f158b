// SPDX-License-Identifier: GPL-3.0-or-later
// The Raspberry Pi's cameras through libcamera.
#include "hardware/cameras.h"

#include <algorithm>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

/// Cameras that the device tree describes hang on the board itself; the others that libcamera lists are USB cameras.
bool onTheBoard(const std::string& name) {
    return name.starts_with("/base/");
}

bool has(GstElement* element, const char* property) {
    return g_object_class_find_property(G_OBJECT_GET_CLASS(element), property) != nullptr;
}

/// Newer versions of libcamera's element have the controls as properties, Debian 12's has none.
void setControl(GstElement* source, const char* property, double value, const char* automatic, const char* manual,
                OpenedCamera& camera) {
    if (!has(source, property)) {
        camera.complaints.push_back({ErrorKind::Failed, std::string("this version of libcamera cannot set ") + property,
                                     camera.description, "A newer gstreamer1.0-libcamera can; it goes on by itself"});
        return;
    }
    gst_util_set_object_arg(G_OBJECT(source), property, std::to_string(value).c_str());
    if (automatic != nullptr && has(source, automatic))
        gst_util_set_object_arg(G_OBJECT(source), automatic, manual);
}

void setControls(GstElement* source, const CameraControls& controls, OpenedCamera& camera) {
    if (controls.exposureUs > 0)
        setControl(source, "exposure-time", controls.exposureUs,
                   has(source, "exposure-time-mode") ? "exposure-time-mode" : "ae-enable",
                   has(source, "exposure-time-mode") ? "manual" : "false", camera);
    if (controls.gain > 0)
        setControl(source, "analogue-gain", controls.gain, "analogue-gain-mode", "manual", camera);
    if (controls.focus >= 0)
        setControl(source, "lens-position", controls.focus, "af-mode", "manual", camera);
}

} // namespace

std::vector<std::string> libcameraNames() {
    std::vector<std::string> names;
    if (!initGstreamer())
        return names;
    GstDeviceProvider* provider = gst_device_provider_factory_get_by_name("libcameraprovider");
    if (provider == nullptr)
        return names;
    GList* devices = gst_device_provider_get_devices(provider);
    for (GList* item = devices; item != nullptr; item = item->next) {
        gchar* name = gst_device_get_display_name(GST_DEVICE(item->data));
        names.emplace_back(name);
        g_free(name);
    }
    g_list_free_full(devices, gst_object_unref);
    gst_object_unref(provider);
    std::ranges::stable_partition(names, onTheBoard);
    return names;
}

Result<OpenedCamera> openCsiCamera(const CameraSettings& settings) {
    OpenedCamera camera;
    camera.description = "Pi camera";
    camera.pictures = std::make_unique<GstPictures>(camera.description);
    GstElement* source = camera.pictures->add("libcamerasrc");
    if (source == nullptr)
        return camera; // play() says which package is missing
    const std::vector<std::string> names = libcameraNames();
    const auto found = settings.device.empty() ? names.begin() : std::ranges::find(names, settings.device);
    if (found == names.end()) {
        Error error{ErrorKind::OutOfService, "libcamera finds no such camera", settings.device, {}};
        for (const std::string& name : names)
            error.remedy += (error.remedy.empty() ? "There is: " : "; there is: ") + name;
        if (names.empty())
            error.remedy = "Check the ribbon cable at both ends, with the power off, and camera_auto_detect in "
                           "/boot/firmware/config.txt";
        return error;
    }
    camera.description = "Pi camera " + *found;
    g_object_set(source, "camera-name", found->c_str(), nullptr);
    setControls(source, settings.controls, camera);
    if (GstElement* filter = camera.pictures->add("capsfilter")) {
        const CapsPtr caps(gst_caps_new_simple("video/x-raw", "width", G_TYPE_INT, settings.width, "height", G_TYPE_INT,
                                               settings.height, "framerate", GST_TYPE_FRACTION,
                                               settings.framesPerSecond, 1, nullptr));
        g_object_set(filter, "caps", caps.get(), nullptr);
    }
    // libcamera's streaming thread must not wait for a conversion: its buffers are few.
    if (GstElement* queue = camera.pictures->add("queue")) {
        g_object_set(queue, "max-size-buffers", 1U, "max-size-bytes", 0U, "max-size-time", guint64{0}, nullptr);
        gst_util_set_object_arg(G_OBJECT(queue), "leaky", "downstream");
    }
    return camera;
}

} // namespace facelatch::hardware
