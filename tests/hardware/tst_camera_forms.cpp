// SPDX-License-Identifier: GPL-3.0-or-later
// The forms: their table, and each that can be tried without a device.
#include "hardware/frame_source.h"

#include "tests/hardware/media_files.h"

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace facelatch::testing;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr auto generous = 40s;

CameraSettings form(const std::string& name, const std::string& address) {
    CameraSettings settings;
    settings.camera = CameraKind::Form;
    settings.form = name;
    settings.address = address;
    settings.width = 160;
    settings.height = 120;
    settings.framesPerSecond = 10;
    return settings;
}

/// A socket of 127.0.0.1 on a port that was free.
int boundSocket(int type, int& port) {
    const int made = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(made, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::getsockname(made, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port = ntohs(address.sin_port);
    return made;
}

/// An HTTP camera: JPEG pictures one after the other, in an answer without an end, for who logs in.
class HttpCamera {
public:
    explicit HttpCamera(bool login = false) : m_login(login), m_listener(boundSocket(SOCK_STREAM, m_port)) {
        for (const char* pattern : {"ball", "smpte", "circular", "gradient"}) {
            const auto file = m_folder / (std::string(pattern) + ".jpg");
            makeFile(std::string("videotestsrc num-buffers=1 pattern=") + pattern + sized(160, 120) + " ! jpegenc",
                     file);
            m_pictures.push_back(bytesOf(file));
        }
        ::listen(m_listener, 4);
        m_thread = std::thread([this] { run(); });
    }
    ~HttpCamera() {
        m_ended = true;
        m_thread.join();
        ::close(m_listener);
    }
    HttpCamera(const HttpCamera&) = delete;
    HttpCamera& operator=(const HttpCamera&) = delete;
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port) + "/video"; }
    void hangUp() { m_hungUp = true; }

private:
    static bool send(int to, const void* data, std::size_t size) {
        return ::send(to, data, size, MSG_NOSIGNAL) == static_cast<ssize_t>(size);
    }
    static bool send(int to, const std::string& text) { return send(to, text.data(), text.size()); }

    void run() {
        while (!m_ended) {
            pollfd waiting{m_listener, POLLIN, 0};
            if (::poll(&waiting, 1, 20) <= 0)
                continue;
            const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            answer(client);
            ::close(client);
        }
    }
    void answer(int client) {
        std::string request;
        std::array<char, 4096> bytes{};
        while (request.find("\r\n\r\n") == std::string::npos) {
            const ssize_t size = ::recv(client, bytes.data(), bytes.size(), 0);
            if (size <= 0)
                return;
            request.append(bytes.data(), static_cast<std::size_t>(size));
        }
        if (m_hungUp)
            return;
        // "door:sesame-42"
        if (m_login && request.find("Basic ZG9vcjpzZXNhbWUtNDI=") == std::string::npos) {
            send(client,
                 "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\nContent-Length: 0\r\n"
                 "Connection: close\r\n\r\n");
            return;
        }
        bool listening =
            send(client, "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=next\r\n\r\n");
        for (std::size_t i = 0; listening && !m_ended && !m_hungUp; ++i) {
            const auto& picture = m_pictures[i % m_pictures.size()];
            listening =
                send(client, "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(picture.size()) +
                                 "\r\n\r\n") &&
                send(client, picture.data(), picture.size()) && send(client, "\r\n");
            ::poll(nullptr, 0, 50); // the pace of a camera
        }
    }

    MediaFolder m_folder;
    std::vector<std::vector<std::uint8_t>> m_pictures;
    const bool m_login;
    int m_port = 0, m_listener;
    std::atomic<bool> m_ended = false, m_hungUp = false;
    std::thread m_thread;
};

/// A chain of elements that runs as long as this lives.
class Sender {
public:
    explicit Sender(const std::string& chain) : m_pipeline(gst_parse_launch(chain.c_str(), nullptr)) {
        gst_element_set_state(m_pipeline, GST_STATE_PLAYING);
    }
    ~Sender() {
        gst_element_set_state(m_pipeline, GST_STATE_NULL);
        gst_object_unref(m_pipeline);
    }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

private:
    GstElement* m_pipeline;
};

bool installed(const char* element) {
    gst_init(nullptr, nullptr);
    GstElementFactory* factory = gst_element_factory_find(element);
    if (factory != nullptr)
        gst_object_unref(factory);
    return factory != nullptr;
}

/// Opens it, again where needed, until a picture comes.
std::optional<core::Frame> firstPicture(FrameSource& source) {
    bool open = false;
    for (const auto deadline = steady_clock::now() + generous; steady_clock::now() < deadline;) {
        if (!open)
            open = bool(source.start());
        auto next = source.next(100ms);
        open = open && next;
        if (next && *next)
            return *std::move(next);
    }
    return std::nullopt;
}

core::Error lossOf(FrameSource& source) {
    if (const auto started = source.start(); !started)
        return started.error();
    for (const auto deadline = steady_clock::now() + generous; steady_clock::now() < deadline;)
        if (const auto next = source.next(100ms); !next)
            return next.error();
    return core::fail("it was not lost");
}

} // namespace

TEST(CameraForms, AreNamed) {
    EXPECT_THAT(cameraForms(), ElementsAre("http-mjpeg", "rtp-h264", "v4l2-h264", "shared-memory"));
    const auto unknown = makeFrameSource(form("fakesrc ! fakesink", "x"));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, core::ErrorKind::Usage);
    for (const std::string& name : cameraForms())
        EXPECT_THAT(unknown.error().remedy, HasSubstr(name));
}

TEST(CameraForms, TakeOnlyAddressesThatSuitThem) {
    for (const auto& [name, good] : {std::pair("http-mjpeg", "https://cam.lan/video"), std::pair("rtp-h264", "5004"),
                                     std::pair("rtp-h264", "239.1.2.3:5004"), std::pair("v4l2-h264", "/dev/video0"),
                                     std::pair("shared-memory", "/run/x")})
        EXPECT_TRUE(makeFrameSource(form(name, good))) << name << " " << good;
    for (const auto& [name, bad] :
         {std::pair("http-mjpeg", "http://door:sesame@cam.lan/"), std::pair("http-mjpeg", "file:///etc/passwd"),
          std::pair("rtp-h264", "0"), std::pair("rtp-h264", "70000"), std::pair("rtp-h264", "50x4"),
          std::pair("rtp-h264", "cam.lan:5004"), std::pair("v4l2-h264", ""), std::pair("shared-memory", "x ! y")}) {
        const auto source = makeFrameSource(form(name, bad));
        ASSERT_FALSE(source) << name << " " << bad;
        EXPECT_THAT(source.error().text(), Not(HasSubstr("sesame")));
        EXPECT_THAT(source.error().remedy, HasSubstr("It must be"));
    }
}

TEST(CameraForms, SayWhatTheirPicturesMayBeTrustedWith) {
    EXPECT_EQ(originOf(form("http-mjpeg", "http://cam.lan/")), core::FrameOrigin::Undated);
    EXPECT_EQ(originOf(form("shared-memory", "/run/x")), core::FrameOrigin::Undated);
    EXPECT_EQ(originOf(form("rtp-h264", "5004")), core::FrameOrigin::Network);
    EXPECT_EQ(originOf(form("v4l2-h264", "/dev/video0")), core::FrameOrigin::Camera);
    EXPECT_EQ(originOf(form("unknown", "")), core::FrameOrigin::Undated);
}

TEST(CameraForms, HttpMjpegGivesPicturesAndNoticesTheEnd) {
    HttpCamera camera;
    const auto source = std::move(*makeFrameSource(form("http-mjpeg", camera.url())));
    const auto frame = firstPicture(*source);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->image.width(), 160);
    EXPECT_EQ(frame->origin, core::FrameOrigin::Undated);
    camera.hangUp();
    const core::Error lost = lossOf(*source);
    EXPECT_EQ(lost.kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(lost.text(), Not(HasSubstr("/video")));
}

TEST(CameraForms, HttpMjpegLogsIn) {
    const HttpCamera camera(true);
    CameraSettings settings = form("http-mjpeg", camera.url());
    settings.user = "door";
    settings.password = "sesame-42";
    EXPECT_TRUE(firstPicture(**makeFrameSource(settings)));
    settings.password = "guessed-17";
    const core::Error refused = lossOf(**makeFrameSource(settings));
    EXPECT_THAT(refused.text(), HasSubstr("user name or the password"));
    EXPECT_THAT(refused.text(), Not(HasSubstr("guessed")));
}

TEST(CameraForms, RtpH264GivesDatedPictures) {
    if (!installed("x264enc"))
        GTEST_SKIP() << "no encoder to test with (apt-get install gstreamer1.0-plugins-ugly)";
    int port = 0;
    ::close(boundSocket(SOCK_DGRAM, port));
    const Sender sender("videotestsrc is-live=true pattern=ball ! video/x-raw,width=160,height=120,framerate=20/1 ! "
                        "x264enc tune=zerolatency key-int-max=10 ! rtph264pay config-interval=-1 ! "
                        "udpsink host=127.0.0.1 port=" +
                        std::to_string(port));
    const auto source = std::move(*makeFrameSource(form("rtp-h264", std::to_string(port))));
    const auto frame = firstPicture(*source);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->origin, core::FrameOrigin::Network);
    EXPECT_LE(frame->capturedAt, steady_clock::now());
    EXPECT_LT(steady_clock::now() - frame->capturedAt, 5s);
}

TEST(CameraForms, SharedMemoryGivesPictures) {
    const MediaFolder folder;
    const std::string socket = (folder / "pictures").string();
    const auto source = std::move(*makeFrameSource(form("shared-memory", socket)));
    if (!installed("shmsrc")) {
        const core::Error missing = lossOf(*source);
        EXPECT_THAT(missing.remedy, HasSubstr("gstreamer1.0-plugins-bad"));
        return;
    }
    const Sender sender("videotestsrc is-live=true pattern=ball ! video/x-raw,format=BGR,width=160,height=120,"
                        "framerate=10/1 ! shmsink wait-for-connection=false socket-path=" +
                        socket);
    const auto frame = firstPicture(*source);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->origin, core::FrameOrigin::Undated);
}

TEST(CameraForms, V4l2H264SaysThatTheDeviceIsNotThere) {
    const core::Error none = lossOf(**makeFrameSource(form("v4l2-h264", "/dev/video-of-nobody")));
    EXPECT_EQ(none.kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(none.text(), HasSubstr("/dev/video-of-nobody"));
}

TEST(CsiCamera, SaysThatThereIsNoneOrWhatToInstall) {
    CameraSettings settings;
    settings.camera = CameraKind::Csi;
    settings.device = "/base/camera-of-nobody";
    const core::Error none = lossOf(**makeFrameSource(settings));
    EXPECT_EQ(none.kind, core::ErrorKind::OutOfService);
    EXPECT_FALSE(none.remedy.empty());
    if (installed("libcamerasrc"))
        EXPECT_THAT(none.text(), HasSubstr("camera-of-nobody"));
    else
        EXPECT_THAT(none.remedy, HasSubstr("gstreamer1.0-libcamera"));
}
