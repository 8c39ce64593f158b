// SPDX-License-Identifier: GPL-3.0-or-later
// Runs in the virtual machine of run_camera_loopback.sh: feeds photographs of faces into a loopback camera, watches it
// through the camera source, and lets it fall silent, hang, and be unplugged.
// Usage: loopback_probe MODULE PICTURE...
#include "hardware/devices.h"
#include "hardware/frame_source.h"
#include "hardware/still_picture.h"
#include "tests/hardware/shown_time.h"

#include <gst/gst.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <linux/videodev2.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr const char* stableId = "/dev/v4l/by-id/usb-Facelatch_Test_Camera-video-index0";
constexpr int width = testing::shownWidth, height = testing::shownHeight;
bool allGood = true;

void check(bool good, const std::string& text) {
    std::printf("CAMERA %s %s\n", good ? "ok" : "FAILED", text.c_str());
    std::fflush(stdout);
    allGood = allGood && good;
}

std::string seconds(steady_clock::duration time) {
    return std::to_string(std::chrono::duration<double>(time).count()).substr(0, 4) + " s";
}

bool run(std::vector<std::string> command) {
    std::vector<char*> arguments;
    for (std::string& word : command)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = 0;
    int status = -1;
    return ::posix_spawnp(&process, arguments[0], nullptr, nullptr, arguments.data(), environ) == 0 &&
           ::waitpid(process, &status, 0) == process && status == 0;
}

/// Plugs the camera in as /dev/videoN, with the link that udev would make.
bool plugIn(const std::string& module, int number) {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::create_directories(fs::path(stableId).parent_path(), error);
    fs::remove(stableId, error);
    fs::create_symlink("../../video" + std::to_string(number), stableId, error);
    return run({"busybox", "insmod", module, "exclusive_caps=1", "video_nr=" + std::to_string(number),
                "card_label=Test Camera"});
}
bool plugOut() {
    return run({"busybox", "rmmod", "v4l2loopback"});
}

struct Picture {
    core::Image image; ///< as the source should give it
    Bytes bytes;       ///< as the camera sends it
};

Picture rawPicture(const std::string& file) {
    const core::Image image = *decodeStill(file, width, height);
    return {image, Bytes(image.data(), image.data() + image.stride() * height)};
}

Picture jpegPicture(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {*decodeStill(file, width, height), {std::istreambuf_iterator<char>(stream), {}}};
}

/// The other side of the loopback: a thread that sends 10 pictures a second.
class Feeder {
public:
    Feeder(std::uint32_t fourcc, int w, int h, std::vector<Picture> pictures) : m_pictures(std::move(pictures)) {
        m_fd = ::open(stableId, O_RDWR | O_CLOEXEC);
        v4l2_format format{};
        format.type = V4L2_BUF_TYPE_VIDEO_OUTPUT;
        format.fmt.pix.width = static_cast<__u32>(w);
        format.fmt.pix.height = static_cast<__u32>(h);
        format.fmt.pix.pixelformat = fourcc;
        format.fmt.pix.field = V4L2_FIELD_NONE;
        v4l2_streamparm rate{};
        rate.type = V4L2_BUF_TYPE_VIDEO_OUTPUT;
        rate.parm.output.timeperframe = {1, 10};
        check(m_fd >= 0 && ::ioctl(m_fd, VIDIOC_S_FMT, &format) == 0 && ::ioctl(m_fd, VIDIOC_S_PARM, &rate) == 0,
              "the camera is fed with pictures of " + std::to_string(w) + "x" + std::to_string(h));
        m_marked = fourcc == V4L2_PIX_FMT_BGR24;
        send(0);
        m_thread = std::thread([this] { feed(); });
    }
    ~Feeder() {
        m_ended = true;
        m_thread.join();
        ::close(m_fd);
    }
    Feeder(const Feeder&) = delete;
    Feeder& operator=(const Feeder&) = delete;

    std::atomic<bool> silent = false, hangs = false;

private:
    void feed() {
        for (std::size_t count = 1; !m_ended; ++count) {
            std::this_thread::sleep_for(100ms); // the pace of a camera
            if (!silent)
                send(count);
        }
    }
    void send(std::size_t count) {
        if (!hangs)
            m_now = count / 5 % m_pictures.size();
        Bytes& bytes = m_pictures[m_now].bytes;
        if (m_marked && !hangs)
            mark(bytes);
        if (::write(m_fd, bytes.data(), bytes.size()) < 0)
            std::printf("writing: %s\n", std::strerror(errno));
    }
    /// The time into the top row, which is not compared.
    static void mark(Bytes& bytes) {
        Bytes grey(static_cast<std::size_t>(width) * testing::square);
        testing::drawTime(grey.data(), width, steady_clock::now());
        for (std::size_t i = 0; i < grey.size(); ++i)
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(3 * i), 3, grey[i]);
    }

    std::vector<Picture> m_pictures;
    int m_fd = -1;
    bool m_marked = false;
    std::size_t m_now = 0;
    std::atomic<bool> m_ended = false;
    std::thread m_thread;
};

bool sameBelow(const core::Image& a, const core::Image& b, int top) {
    if (a.width() != b.width() || a.height() != b.height())
        return false;
    for (int y = top; y < a.height(); ++y)
        if (std::memcmp(a.data() + y * a.stride(), b.data() + y * b.stride(), static_cast<std::size_t>(a.width()) * 3))
            return false;
    return true;
}

/// As the capture thread does it, until a picture comes.
bool opensWithin(FrameSource& source, steady_clock::duration time, std::string& lastError) {
    for (const auto deadline = steady_clock::now() + time; steady_clock::now() < deadline;) {
        if (const auto started = source.start(); !started) {
            lastError = started.error().text();
            std::this_thread::sleep_for(100ms);
            continue;
        }
        const auto next = source.next(10s);
        if (next && *next)
            return true;
        if (!next)
            lastError = next.error().text();
    }
    return false;
}

void checkLoss(FrameSource& source, const std::string& text, const std::string& what) {
    const auto begun = steady_clock::now();
    while (steady_clock::now() - begun < 30s)
        if (const auto next = source.next(100ms); !next) {
            const auto took = steady_clock::now() - begun;
            check(next.error().text().find(text) != std::string::npos && took < 4s,
                  what + " is noticed after " + seconds(took) + ": " + next.error().text());
            return;
        }
    check(false, what + " is not noticed");
}

/// Watches until every picture was seen, and how old the frames were against what they say.
void checkPictures(FrameSource& source, const std::vector<Picture>& pictures, int top) {
    std::vector<bool> seen(pictures.size());
    std::vector<double> ages;
    double worst = 0;
    int strange = 0;
    for (const auto deadline = steady_clock::now() + 60s; steady_clock::now() < deadline;) {
        const auto next = source.next(5s);
        if (!next || !*next) {
            check(false, next ? "no picture for 5 s" : next.error().text());
            return;
        }
        const core::Frame& frame = **next;
        const auto now = steady_clock::now();
        const auto same = [&](const Picture& sent) { return sameBelow(frame.image, sent.image, top); };
        const auto found = std::ranges::find_if(pictures, same);
        if (found == pictures.end())
            ++strange;
        else
            seen[static_cast<std::size_t>(found - pictures.begin())] = true;
        const double claimed = std::chrono::duration<double, std::milli>(now - frame.capturedAt).count();
        ages.push_back(claimed);
        if (const auto shown = testing::shownAge(frame.image, now); top > 0 && shown >= 0ms)
            worst = std::max(worst, double(shown.count()) - claimed);
        if (ages.size() > 20 && std::ranges::count(seen, false) == 0)
            break;
    }
    std::ranges::sort(ages);
    check(strange == 0 && std::ranges::count(seen, false) == 0,
          std::to_string(ages.size()) + " frames show the " + std::to_string(pictures.size()) +
              " photographs that were fed, and nothing else (" + std::to_string(strange) + " strange)");
    check(ages.front() >= 0 && worst < 500, "age of a frame: median " + std::to_string(ages[ages.size() / 2]) +
                                                " ms; younger than it is by " + std::to_string(worst) + " ms at most");
}

void checkRaw(const std::string& module, const std::vector<std::string>& files) {
    std::vector<Picture> pictures;
    for (const std::string& file : files)
        pictures.push_back(rawPicture(file));
    CameraSettings settings;
    settings.width = width;
    settings.height = height;
    settings.framesPerSecond = 10;
    const auto source = std::move(*makeFrameSource(settings));
    std::string error;
    auto feeder = std::make_unique<Feeder>(V4L2_PIX_FMT_BGR24, width, height, pictures);
    const bool opened = opensWithin(*source, 20s, error);
    check(opened, "opened: " + source->describe() + " " + error);
    check(source->describe().find(stableId) != std::string::npos, "it is found by its stable id");
    checkPictures(*source, pictures, testing::square);

    feeder->silent = true;
    checkLoss(*source, "no picture for 2 s", "silence");
    feeder->silent = false;
    check(opensWithin(*source, 20s, error), "it speaks again and is opened again");
    feeder->hangs = true;
    checkLoss(*source, "same picture", "a camera that hangs");
    feeder->hangs = false;
    check(opensWithin(*source, 20s, error), "it moves again and is opened again");

    feeder.reset();
    checkLoss(*source, "", "a camera whose pictures end");
    check(!source->start() || !source->next(10s), "it is not taken for a camera that works"); // closes the device too
    check(plugOut(), "it is unplugged");
    const auto none = source->start();
    check(!none, none ? "a camera that is gone opens" : none.error().text());
    check(plugIn(module, 5), "it is plugged in again, as another number");
    feeder = std::make_unique<Feeder>(V4L2_PIX_FMT_BGR24, width, height, pictures);
    const bool again = opensWithin(*source, 20s, error);
    check(again, "opened again: " + source->describe());
    checkPictures(*source, pictures, testing::square);
}

void checkJpeg(const std::string& file) {
    const Picture picture = jpegPicture(file);
    Picture other = picture; // a JPEG comment makes other bytes of the same picture
    const Bytes comment{0xff, 0xfe, 0, 4, 'h', 'i'};
    other.bytes.insert(other.bytes.begin() + 2, comment.begin(), comment.end());
    const Feeder feeder(V4L2_PIX_FMT_MJPEG, width, height, {picture, other});
    CameraSettings settings;
    settings.camera = CameraKind::Usb;
    settings.device = stableId;
    settings.width = width;
    settings.height = height;
    settings.framesPerSecond = 10;
    settings.coding = CaptureCoding::Raw;
    const auto none = (*makeFrameSource(settings))->start();
    check(!none && none.error().text().find("no raw pictures") != std::string::npos,
          none ? "raw pictures of a JPEG camera" : none.error().text());
    settings.coding = CaptureCoding::Mjpeg;
    settings.controls.exposureUs = 5000;
    settings.rotation = 90;
    const auto source = std::move(*makeFrameSource(settings));
    std::string error;
    const bool opened = opensWithin(*source, 20s, error);
    check(opened && source->describe().find("JPEG") != std::string::npos,
          "opened: " + source->describe() + " " + error);
    const auto complaints = source->takeComplaints();
    check(complaints.size() == 1 && complaints[0].text().find("exposure") != std::string::npos,
          complaints.empty() ? "no complaint of the exposure" : complaints[0].text());
    const auto next = source->next(10s);
    check(next && *next && (*next)->image.width() == height && (*next)->image.height() == width,
          "JPEG pictures, turned by 90 degrees");
}

/// Ten pictures in H.264, each complete in itself; none where there is no encoder.
std::vector<Picture> h264Pictures() {
    gst_init(nullptr, nullptr);
    GError* error = nullptr;
    GstElement* encoder =
        gst_parse_launch("videotestsrc num-buffers=10 pattern=ball ! video/x-raw,width=320,height=240,"
                         "framerate=10/1 ! x264enc tune=zerolatency key-int-max=1 ! video/x-h264,"
                         "stream-format=byte-stream,alignment=au,profile=baseline ! "
                         "multifilesink location=/tmp/picture%d.h264",
                         &error);
    if (error != nullptr)
        return {};
    gst_element_set_state(encoder, GST_STATE_PLAYING);
    GstBus* bus = gst_element_get_bus(encoder);
    gst_message_unref(
        gst_bus_timed_pop_filtered(bus, GST_CLOCK_TIME_NONE, GstMessageType(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
    gst_object_unref(bus);
    gst_element_set_state(encoder, GST_STATE_NULL);
    gst_object_unref(encoder);
    std::vector<Picture> pictures;
    for (int i = 0; i < 10; ++i) {
        std::ifstream stream("/tmp/picture" + std::to_string(i) + ".h264", std::ios::binary);
        pictures.push_back({{}, {std::istreambuf_iterator<char>(stream), {}}});
    }
    return pictures;
}

/// The form for cameras that give nothing but H.264.
void checkH264() {
    const std::vector<Picture> pictures = h264Pictures();
    if (pictures.empty()) {
        std::printf("CAMERA skipped the form v4l2-h264: no encoder (apt-get install gstreamer1.0-plugins-ugly)\n");
        return;
    }
    const Feeder feeder(V4L2_PIX_FMT_H264, width, height, pictures);
    CameraSettings settings;
    settings.camera = CameraKind::Form;
    settings.form = "v4l2-h264";
    settings.address = stableId;
    settings.width = width;
    settings.height = height;
    const auto source = std::move(*makeFrameSource(settings));
    std::string error;
    const bool opened = opensWithin(*source, 30s, error);
    const auto next = source->next(10s);
    check(opened && next && *next && (*next)->origin == core::FrameOrigin::Camera && (*next)->image.width() == width &&
              steady_clock::now() - (*next)->capturedAt < 2s,
          "pictures of " + source->describe() + " " + error);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4)
        return 2;
    const std::string module = argv[1];
    const std::vector<std::string> files(argv + 2, argv + argc);
    check(plugIn(module, 0), "a camera is plugged in");
    checkRaw(module, files);
    check(plugOut() && plugIn(module, 2), "another camera is plugged in");
    checkJpeg(files.front());
    check(plugOut() && plugIn(module, 3), "a third camera is plugged in");
    checkH264();
    std::printf("CAMERA verdict: %s\n", allGood ? "passed" : "failed");
    return allGood ? 0 : 1;
}
