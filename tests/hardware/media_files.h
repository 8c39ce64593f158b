// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and videos for the tests, made by GStreamer when they run.
#pragma once

#include <gst/gst.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <unistd.h>

namespace facelatch::testing {

/// Runs a chain of elements to its end and gives the last one the file's name.
inline void makeFile(const std::string& chain, const std::filesystem::path& file) {
    gst_init(nullptr, nullptr);
    std::filesystem::create_directories(file.parent_path());
    GError* error = nullptr;
    GstElement* pipeline = gst_parse_launch((chain + " ! filesink name=out").c_str(), &error);
    ASSERT_TRUE(pipeline) << error->message;
    GstElement* out = gst_bin_get_by_name(GST_BIN(pipeline), "out");
    g_object_set(out, "location", file.c_str(), nullptr);
    gst_object_unref(out);
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    GstBus* bus = gst_element_get_bus(pipeline);
    GstMessage* message =
        gst_bus_timed_pop_filtered(bus, 20 * GST_SECOND, GstMessageType(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    EXPECT_TRUE(message && GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS) << chain;
    if (message)
        gst_message_unref(message);
    gst_object_unref(bus);
    gst_element_set_state(pipeline, GST_STATE_NULL);
    gst_object_unref(pipeline);
}

inline std::string sized(int width, int height) {
    return " ! video/x-raw,width=" + std::to_string(width) + ",height=" + std::to_string(height);
}

/// A picture of one grey; PNG or JPEG by the file's suffix.
inline void makePicture(const std::filesystem::path& file, std::uint8_t grey, int width = 64, int height = 64) {
    const std::uint32_t colour = 0xff000000U | std::uint32_t{grey} << 16U | std::uint32_t{grey} << 8U | grey;
    makeFile("videotestsrc num-buffers=1 pattern=solid-color foreground-color=" + std::to_string(colour) +
                 sized(width, height) + ",format=RGB" + (file.extension() == ".png" ? " ! pngenc" : " ! jpegenc"),
             file);
}

/// A JPEG that is dark at its top and bright at its bottom, or the other way round.
inline void makeGradient(const std::filesystem::path& file, int width, int height) {
    makeFile("videotestsrc num-buffers=1 pattern=gradient" + sized(width, height) + " ! jpegenc", file);
}

/// A motion-JPEG video of a moving ball.
inline void makeVideo(const std::filesystem::path& file, int frames, int framesPerSecond) {
    makeFile("videotestsrc num-buffers=" + std::to_string(frames) + " pattern=ball" + sized(160, 120) +
                 ",framerate=" + std::to_string(framesPerSecond) + "/1 ! jpegenc ! avimux",
             file);
}

inline std::vector<std::uint8_t> bytesOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}
inline void writeBytes(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
}

/// A folder that goes with the test.
class MediaFolder {
public:
    MediaFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "facelatch-media-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~MediaFolder() { std::filesystem::remove_all(m_path); }
    MediaFolder(const MediaFolder&) = delete;
    MediaFolder& operator=(const MediaFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace facelatch::testing
