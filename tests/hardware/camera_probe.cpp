// SPDX-License-Identifier: GPL-3.0-or-later
// Runs in the virtual machine of run_camera_vivid.sh: the USB camera source on the kernel's own test camera.
#include "hardware/devices.h"
#include "hardware/frame_source.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using Next = core::Result<std::optional<core::Frame>>;

namespace {

constexpr const char* driver = "/sys/bus/platform/drivers/vivid/";
bool allGood = true;

void check(bool good, const std::string& text) {
    std::printf("CAMERA %s %s\n", good ? "ok" : "FAILED", text.c_str());
    std::fflush(stdout);
    allGood = allGood && good;
}

double ms(steady_clock::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

/// Sets one of the test camera's controls by its name.
bool setControl(const char* name, int value) {
    const int fd = ::open("/dev/video0", O_RDWR | O_CLOEXEC);
    v4l2_queryctrl query{};
    query.id = V4L2_CTRL_FLAG_NEXT_CTRL;
    bool done = false;
    for (; !done && ::ioctl(fd, VIDIOC_QUERYCTRL, &query) == 0; query.id |= V4L2_CTRL_FLAG_NEXT_CTRL)
        if (std::strcmp(reinterpret_cast<const char*>(query.name), name) == 0) {
            v4l2_control control{query.id, value};
            done = ::ioctl(fd, VIDIOC_S_CTRL, &control) == 0;
        }
    ::close(fd);
    return done;
}

int gainOfCamera() {
    const int fd = ::open("/dev/video0", O_RDWR | O_CLOEXEC);
    v4l2_control control{V4L2_CID_GAIN, 0};
    const bool read = ::ioctl(fd, VIDIOC_G_CTRL, &control) == 0;
    ::close(fd);
    return read ? control.value : -1;
}

/// What a camera has is set, what it lacks is said, and neither keeps its pictures away.
void checkControls(CameraSettings settings) {
    settings.controls = {5000, 77, 3};
    settings.coding = CaptureCoding::Raw;
    const auto source = std::move(*makeFrameSource(settings));
    const bool pictures = source->start() && source->next(10s);
    std::string complaints;
    for (const core::Error& complaint : source->takeComplaints())
        complaints += complaint.what + "; ";
    check(pictures && gainOfCamera() == 77 && complaints.find("gain") == std::string::npos &&
              complaints.find("exposure") != std::string::npos && complaints.find("focus") != std::string::npos,
          "gain is set to " + std::to_string(gainOfCamera()) + ", and: " + complaints);
    settings.controls = {0, 5000, -1};
    const auto second = std::move(*makeFrameSource(settings));
    const auto begun = second->start(); // in use or not: the controls are another matter
    const auto refused = second->takeComplaints();
    check(!refused.empty() && refused[0].text().find("0 to 255") != std::string::npos,
          refused.empty() ? (begun ? "a gain of 5000" : begun.error().text()) : refused[0].text());
}

/// Reads on until the source is lost; the error and how long it took.
std::pair<std::string, double> untilLost(FrameSource& source) {
    const auto begun = steady_clock::now();
    while (steady_clock::now() - begun < 20s)
        if (const Next next = source.next(200ms); !next)
            return {next.error().text(), ms(steady_clock::now() - begun)};
    return {"nothing noticed", 1e9};
}

bool startsWithin(FrameSource& source, steady_clock::duration time) {
    const auto deadline = steady_clock::now() + time;
    do {
        if (source.start()) {
            const Next next = source.next(10s);
            return next && *next;
        }
    } while (steady_clock::now() < deadline);
    return false;
}

void checkFrames(FrameSource& source) {
    std::vector<double> ages, gaps;
    core::MonoTime last{};
    while (ages.size() < 30) {
        const Next next = source.next(10s);
        if (!next || !*next) {
            check(false, next ? "no frame for 10 s" : next.error().text());
            return;
        }
        const core::Frame& frame = **next;
        ages.push_back(ms(steady_clock::now() - frame.capturedAt));
        if (last != core::MonoTime{})
            gaps.push_back(ms(frame.capturedAt - last));
        last = frame.capturedAt;
        if (frame.image.width() != 640 || frame.image.height() != 480 || frame.origin != core::FrameOrigin::Camera)
            check(false, "a frame of the wrong kind");
    }
    std::ranges::sort(ages);
    std::ranges::sort(gaps);
    check(ages.front() >= 0 && ages[15] < 500, "age of a frame: median " + std::to_string(ages[15]) + " ms");
    check(gaps.front() > 0, "time between frames: median " + std::to_string(gaps[14]) + " ms");
}

} // namespace

int main() {
    const CameraScan scan = scanCameras();
    check(scan.cameras.size() == 1 && !scan.rejected.empty(), "one of the device's nodes is a camera");
    CameraSettings settings;
    settings.framesPerSecond = 10;
    checkControls(settings);
    const auto source = std::move(*makeFrameSource(settings));
    const bool started = startsWithin(*source, 1s);
    check(started, source->describe());
    checkFrames(*source);

    const auto second = std::move(*makeFrameSource(settings));
    const auto begun = second->start();
    const std::string inUse = begun ? untilLost(*second).first : begun.error().text();
    check(inUse.find("busy") != std::string::npos, "a second user: " + inUse);

    check(setControl("OSD Text Mode", 2), "the test camera shows a still picture");
    const auto [frozen, afterFrozen] = untilLost(*source);
    check(frozen.find("same picture") != std::string::npos && afterFrozen < 5000,
          frozen + ", after " + std::to_string(afterFrozen) + " ms");
    check(setControl("OSD Text Mode", 0) && startsWithin(*source, 1s), "it moves again and is opened again");

    std::ofstream(std::string(driver) + "unbind") << "vivid.0";
    const auto [gone, afterGone] = untilLost(*source);
    check(afterGone < 3000, gone + ", after " + std::to_string(afterGone) + " ms");
    const auto none = source->start();
    check(!none, none ? "a camera that is gone opens" : none.error().text());
    std::ofstream(std::string(driver) + "bind") << "vivid.0";
    check(startsWithin(*source, 20s), "plugged in again and opened again");
    std::printf("CAMERA verdict: %s\n", allGood ? "passed" : "failed");
    return allGood ? 0 : 1;
}
