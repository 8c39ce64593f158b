// SPDX-License-Identifier: GPL-3.0-or-later
// A USB camera through V4L2.
#include "hardware/devices.h"
#include "hardware/live_source.h"
#include "hardware/v4l2.h"

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

Error noCamera(const CameraScan& scan) {
    Error error{ErrorKind::OutOfService, "no camera found", {}, "Plug in a USB camera"};
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

class UsbCamera final : public LiveSource {
public:
    using LiveSource::LiveSource;
    core::FrameOrigin origin() const override { return core::FrameOrigin::Camera; }
    std::string describe() const override { return m_description; }

private:
    bool watchesForFrozen() const override { return true; }
    Result<std::unique_ptr<GstPictures>> open() override;
    Error explain(Error error) const override;

    std::string m_description = "USB camera";
};

Result<std::unique_ptr<GstPictures>> UsbCamera::open() {
    const auto camera = findCamera(settings().device);
    if (!camera)
        return camera.error();
    m_description = "USB camera " + camera->name + " (" + camera->path + ")";
    const auto formats = captureFormats(camera->path, settings().width, settings().height);
    if (!formats)
        return formats.error();
    const auto choice = chooseFormat(*formats, settings().width, settings().height, settings().framesPerSecond);
    if (!choice)
        return Error{ErrorKind::OutOfService, "the camera offers no picture format that can be read here",
                     m_description, "Use another camera; v4l2-ctl --list-formats-ext shows what it offers"};
    m_description += ", " + std::to_string(choice->width) + "x" + std::to_string(choice->height) +
                     (choice->jpeg ? " JPEG" : " " + choice->rawFormat);
    if (auto ready = initGstreamer(); !ready)
        return ready.error();
    auto pictures = std::make_unique<GstPictures>(m_description);
    if (GstElement* source = pictures->add("v4l2src"))
        g_object_set(source, "device", camera->path.c_str(), nullptr);
    if (GstElement* filter = pictures->add("capsfilter"))
        g_object_set(filter, "caps", capsOf(*choice).get(), nullptr);
    if (choice->jpeg)
        pictures->add("jpegdec");
    return pictures;
}

Error UsbCamera::explain(Error error) const {
    error.what = "the camera gives no pictures: " + error.what;
    if (error.remedy.empty())
        error.remedy = "Check that it is plugged in and that no other program uses it; it is opened again by itself";
    return error;
}

} // namespace

std::unique_ptr<FrameSource> makeUsbCamera(const CameraSettings& settings) {
    return std::make_unique<UsbCamera>(settings);
}

} // namespace facelatch::hardware
