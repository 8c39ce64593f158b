// SPDX-License-Identifier: GPL-3.0-or-later
// The camera as a live source, whichever kind it is.
#include "hardware/cameras.h"
#include "hardware/live_source.h"

namespace facelatch::hardware {

using core::Error;
using core::Result;

namespace {

class Camera final : public LiveSource {
public:
    explicit Camera(const CameraSettings& settings) : LiveSource(settings), m_origin(originOf(settings)) {}
    core::FrameOrigin origin() const override { return m_origin; }
    std::string describe() const override { return m_description; }

private:
    bool watchesForFrozen() const override { return true; }
    Result<std::unique_ptr<GstPictures>> open() override;
    Error explain(Error error) const override;
    Result<OpenedCamera> openKind() const;

    const core::FrameOrigin m_origin;
    std::string m_description = "camera";
};

Result<OpenedCamera> Camera::openKind() const {
    switch (settings().camera) {
    case CameraKind::Usb:
        return openUsbCamera(settings());
    case CameraKind::Csi:
        return openCsiCamera(settings());
    case CameraKind::Rtsp:
        return openRtspCamera(settings());
    case CameraKind::Form:
        return openFormCamera(settings());
    case CameraKind::Auto:
        break;
    }
    auto usb = openUsbCamera(settings());
    if (usb || !settings().device.empty() || libcameraNames().empty())
        return usb;
    return openCsiCamera(settings());
}

Result<std::unique_ptr<GstPictures>> Camera::open() {
    if (auto ready = initGstreamer(); !ready)
        return ready.error();
    auto opened = openKind();
    if (!opened)
        return withoutSecrets(opened.error(), settings());
    m_description = opened->description;
    for (Error& complaint : opened->complaints)
        complain(withoutSecrets(std::move(complaint), settings()));
    return std::move(opened->pictures);
}

Error Camera::explain(Error error) const {
    const bool network = m_origin != core::FrameOrigin::Camera;
    if (network && error.what.find("nauthorized") != std::string::npos) {
        error.what = "the camera refuses the user name or the password";
        error.remedy = "Check camera.user and camera.password";
        return withoutSecrets(std::move(error), settings());
    }
    if (network && error.what.find("o supported stream") != std::string::npos)
        return {error.kind, "the camera offers no pictures over RTSP with TCP", error.where,
                "Switch TCP (interleaved) and H.264, H.265 or MJPEG on in the camera"};
    if (error.remedy.empty()) {
        error.what = "the camera gives no pictures: " + error.what;
        error.remedy = network ? "Check its address, that it is switched on and that the network reaches it; "
                               : "Check that it is plugged in and that no other program uses it; ";
        error.remedy += "it is opened again by itself";
    }
    return withoutSecrets(std::move(error), settings());
}

} // namespace

core::FrameOrigin originOf(const CameraSettings& settings) {
    if (settings.kind == SourceKind::Replay)
        return core::FrameOrigin::Replay;
    if (settings.kind == SourceKind::Test)
        return core::FrameOrigin::Test;
    if (settings.camera == CameraKind::Rtsp)
        return core::FrameOrigin::Network;
    return settings.camera == CameraKind::Form ? formOrigin(settings.form) : core::FrameOrigin::Camera;
}

std::unique_ptr<FrameSource> makeCamera(const CameraSettings& settings) {
    return std::make_unique<Camera>(settings);
}

} // namespace facelatch::hardware
