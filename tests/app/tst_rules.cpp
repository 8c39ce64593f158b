// SPDX-License-Identifier: GPL-3.0-or-later
// What the owner's settings of the camera mean.
#include "app/rules.h"

#include <gmock/gmock.h>

using namespace facelatch;
using namespace facelatch::app;
using hardware::CameraKind;
using ::testing::HasSubstr;

namespace {

core::Settings with(std::initializer_list<std::pair<const char*, const char*>> values) {
    core::Settings settings;
    for (const auto& [key, value] : values)
        EXPECT_TRUE(settings.setText(key, value, core::SettingOrigin::Owner, "here")) << key;
    return settings;
}

std::optional<core::FaultCode> faultOf(std::initializer_list<std::pair<const char*, const char*>> values) {
    const core::Settings settings = with(values);
    const auto camera = cameraSettings(settings);
    EXPECT_TRUE(camera);
    const auto fault = sourceFault(settings, *camera);
    return fault ? std::optional(fault->code) : std::nullopt;
}

} // namespace

TEST(CameraSettings, TakeEverySettingOver) {
    const auto camera = cameraSettings(with({{"camera.kind", "rtsp"},
                                             {"camera.address", "rtsp://cam.lan/1"},
                                             {"camera.user", "door"},
                                             {"camera.password", "sesame"},
                                             {"camera.device", "/dev/video3"},
                                             {"camera.format", "mjpeg"},
                                             {"camera.rotation", "270"},
                                             {"camera.exposure", "8000"},
                                             {"camera.gain", "2.5"},
                                             {"camera.focus", "0"},
                                             {"camera.form", "rtp-h264"},
                                             {"camera.width", "1280"},
                                             {"camera.height", "720"},
                                             {"camera.fps", "25"}}));
    ASSERT_TRUE(camera);
    EXPECT_EQ(camera->kind, hardware::SourceKind::Camera);
    EXPECT_EQ(camera->camera, CameraKind::Rtsp);
    EXPECT_EQ(camera->address, "rtsp://cam.lan/1");
    EXPECT_EQ(camera->user, "door");
    EXPECT_EQ(camera->password, "sesame");
    EXPECT_EQ(camera->device, "/dev/video3");
    EXPECT_EQ(camera->coding, hardware::CaptureCoding::Mjpeg);
    EXPECT_EQ(camera->rotation, 270);
    EXPECT_EQ(camera->controls.exposureUs, 8000);
    EXPECT_EQ(camera->controls.gain, 2.5);
    EXPECT_EQ(camera->controls.focus, 0);
    EXPECT_EQ(camera->form, "rtp-h264");
    EXPECT_EQ(camera->width, 1280);
    EXPECT_EQ(camera->height, 720);
    EXPECT_EQ(camera->framesPerSecond, 25);
}

TEST(CameraSettings, LeaveACameraAloneByDefault) {
    const auto camera = cameraSettings(core::Settings());
    ASSERT_TRUE(camera);
    EXPECT_EQ(camera->camera, CameraKind::Auto);
    EXPECT_EQ(camera->coding, hardware::CaptureCoding::Any);
    EXPECT_EQ(camera->rotation, 0);
    EXPECT_EQ(camera->controls.exposureUs, 0);
    EXPECT_EQ(camera->controls.gain, 0);
    EXPECT_LT(camera->controls.focus, 0);
    for (const auto& [text, kind] : {std::pair("auto", CameraKind::Auto), std::pair("usb", CameraKind::Usb),
                                     std::pair("csi", CameraKind::Csi), std::pair("form", CameraKind::Form)})
        EXPECT_EQ(cameraSettings(with({{"camera.kind", text}}))->camera, kind);
    EXPECT_EQ(cameraSettings(with({{"camera.format", "raw"}}))->coding, hardware::CaptureCoding::Raw);
}

TEST(CameraSettings, TheTableOfSettingsKnowsTheForms) {
    std::string choices = "none";
    for (const std::string& form : hardware::cameraForms())
        choices += "|" + form;
    EXPECT_EQ(core::settingRow("camera.form")->choices, choices);
}

TEST(SourceFault, OnlyWhatMayOpenThisDoorLeavesItInService) {
    using core::FaultCode;
    EXPECT_EQ(faultOf({}), std::nullopt);
    EXPECT_EQ(faultOf({{"camera.source", "test"}}), FaultCode::ReplayOnRealLock);
    EXPECT_EQ(faultOf({{"camera.source", "test"}, {"lock.kind", "simulated"}}), std::nullopt);
    EXPECT_EQ(faultOf({{"camera.kind", "csi"}}), std::nullopt);
    EXPECT_EQ(faultOf({{"camera.kind", "rtsp"}}), FaultCode::SourceMayNotOpen);
    EXPECT_EQ(faultOf({{"camera.kind", "rtsp"}, {"lock.kind", "simulated"}}), FaultCode::SourceMayNotOpen);
    EXPECT_EQ(faultOf({{"camera.kind", "rtsp"}, {"camera.network_may_open", "true"}}), std::nullopt);
    EXPECT_EQ(faultOf({{"camera.source", "test"}, {"camera.kind", "rtsp"}, {"lock.kind", "simulated"}}), std::nullopt)
        << "the kind is of the camera only";
    EXPECT_EQ(faultOf({{"camera.kind", "form"}, {"camera.form", "v4l2-h264"}}), std::nullopt);
    EXPECT_EQ(faultOf({{"camera.kind", "form"}, {"camera.form", "rtp-h264"}}), FaultCode::SourceMayNotOpen);
    EXPECT_EQ(faultOf({{"camera.kind", "form"}, {"camera.form", "http-mjpeg"}, {"camera.network_may_open", "true"}}),
              FaultCode::SourceMayNotOpen)
        << "its pictures have no time";
    EXPECT_EQ(faultOf({{"camera.kind", "form"}, {"camera.form", "http-mjpeg"}, {"lock.kind", "simulated"}}),
              std::nullopt);
}

TEST(SourceFault, RulesFollowTheSettings) {
    EXPECT_FALSE(accessRules(core::Settings(), nullptr).networkMayOpen);
    EXPECT_TRUE(accessRules(with({{"camera.network_may_open", "true"}}), nullptr).networkMayOpen);
    EXPECT_FALSE(accessRules(with({{"camera.network_may_open", "true"}}), nullptr).replayMayOpen);
    const core::Settings settings = with({{"camera.kind", "rtsp"}, {"camera.password", "sesame"}});
    EXPECT_THAT(sourceFault(settings, *cameraSettings(settings))->detail, HasSubstr("camera.network_may_open"));
}
