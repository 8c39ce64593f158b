// SPDX-License-Identifier: GPL-3.0-or-later
// A USB camera through V4L2.
#include "hardware/cameras.h"
#include "hardware/devices.h"
#include "hardware/v4l2.h"
#include "hardware/v4l2_controls.h"

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

Error noCamera(const CameraScan& scan) {
    Error error{ErrorKind::OutOfService,
                "no camera found",
                {},
                "Plug in a USB camera; a Raspberry Pi's camera needs: sudo apt install gstreamer1.0-libcamera"};
    for (const std::string& rejected : scan.rejected)
        error.where += (error.where.empty() ? "" : "; ") + rejected;
    return error;
}

/// What the configured device is, or the first one there is.
Result<CameraInfo> findCamera(const std::string& wanted) {
    if (wanted.empty()) {
        CameraScan scan = scanCameras();
        if (scan.cameras.empty())
            return noCamera(scan);
        return std::move(scan.cameras.front());
    }
    const auto device = queryDevice(wanted);
    if (!device) {
        Error error = device.error();
        for (const CameraInfo& camera : listCameras())
            error.remedy +=
                (error.remedy.empty() ? "There is: " : "; there is: ") + camera.path + " (" + camera.name + ")";
        if (error.remedy.empty())
            error.remedy = "Plug the camera in, or name another one; no camera is connected now";
        return error;
    }
    if (!device->captures)
        return Error{ErrorKind::OutOfService, "this is no usable camera: " + device->reason, wanted,
                     "Name another device"};
    return CameraInfo{wanted, device->card};
}

CapsPtr capsOf(const CaptureChoice& choice) {
    CapsPtr caps(gst_caps_new_simple(choice.jpeg ? "image/jpeg" : "video/x-raw", "width", G_TYPE_INT, choice.width,
                                     "height", G_TYPE_INT, choice.height, nullptr));
    if (!choice.jpeg)
        gst_caps_set_simple(caps.get(), "format", G_TYPE_STRING, choice.rawFormat.c_str(), nullptr);
    if (choice.rate)
        gst_caps_set_simple(caps.get(), "framerate", GST_TYPE_FRACTION, static_cast<int>(choice.rate->numerator),
                            static_cast<int>(choice.rate->denominator), nullptr);
    return caps;
}

std::string shape(int width, int height) {
    return std::to_string(width) + "x" + std::to_string(height);
}

Error noFormat(CaptureCoding wanted, const std::string& where) {
    Error error{ErrorKind::OutOfService, "the camera offers no picture format that can be read here", where,
                "Use another camera; v4l2-ctl --list-formats-ext shows what it offers"};
    if (wanted != CaptureCoding::Any) {
        error.what = std::string("the camera offers no ") + (wanted == CaptureCoding::Mjpeg ? "MJPEG" : "raw") +
                     " pictures that can be read here";
        error.remedy = "Set camera.format to auto";
    }
    return error;
}

/// What of size and rate the camera does not have.
void complainOf(const CaptureChoice& choice, const CameraSettings& settings, OpenedCamera& camera) {
    std::string differs;
    if (choice.width != settings.width || choice.height != settings.height)
        differs = shape(settings.width, settings.height) + " pixels; it is fitted in";
    if (choice.rate && choice.rate->perSecond() < settings.framesPerSecond - 0.5)
        differs +=
            (differs.empty() ? "" : " and no ") + std::to_string(settings.framesPerSecond) + " pictures a second";
    if (!differs.empty())
        camera.complaints.push_back(
            {ErrorKind::Failed, "the camera has no " + differs, camera.description,
             "Choose what it has for camera.width, camera.height and camera.fps: v4l2-ctl --list-formats-ext"});
}

} // namespace

Result<OpenedCamera> openUsbCamera(const CameraSettings& settings) {
    const auto device = findCamera(settings.device);
    if (!device)
        return device.error();
    OpenedCamera camera;
    camera.description = "USB camera " + device->name + " (" + device->path + ")";
    const auto formats = captureFormats(device->path, settings.width, settings.height, settings.framesPerSecond);
    if (!formats)
        return formats.error();
    const auto choice =
        chooseFormat(*formats, settings.width, settings.height, settings.framesPerSecond, settings.coding);
    if (!choice)
        return noFormat(settings.coding, camera.description);
    camera.description +=
        ", " + shape(choice->width, choice->height) + (choice->jpeg ? " JPEG" : " " + choice->rawFormat);
    complainOf(*choice, settings, camera);
    for (Error& complaint : setControls(device->path, settings.controls))
        camera.complaints.push_back(std::move(complaint));
    camera.pictures = std::make_unique<GstPictures>(camera.description);
    if (GstElement* source = camera.pictures->add("v4l2src"))
        g_object_set(source, "device", device->path.c_str(), nullptr);
    if (GstElement* filter = camera.pictures->add("capsfilter"))
        g_object_set(filter, "caps", capsOf(*choice).get(), nullptr);
    if (choice->jpeg)
        camera.pictures->add("jpegdec");
    return camera;
}

} // namespace facelatch::hardware
