// SPDX-License-Identifier: GPL-3.0-or-later
// Video files through decodebin.
#include "hardware/video_reader.h"

namespace facelatch::hardware {

using core::fail;
using core::Result;
using core::Status;

Status VideoReader::open(int width, int height, int framesPerSecond) {
    std::error_code error;
    if (const auto size = std::filesystem::file_size(m_file, error); error || size == 0)
        return fail(error ? "the file cannot be read: " + error.message() : "the file is empty (0 bytes)",
                    m_file.string());
    if (auto ready = initGstreamer(); !ready)
        return ready;
    if (GstElement* source = m_pictures.add("filesrc"))
        g_object_set(source, "location", m_file.c_str(), nullptr);
    if (GstElement* decode =
            m_pictures.add("decodebin")) { // only what becomes pictures is decoded: no sound, no subtitles
        const CapsPtr caps(gst_caps_from_string("video/x-raw(ANY)"));
        g_object_set(decode, "caps", caps.get(), "expose-all-streams", FALSE, nullptr);
    }
    m_pictures.add("queue");
    if (GstElement* flip = m_pictures.add("videoflip"))
        gst_util_set_object_arg(G_OBJECT(flip), "video-direction", "auto"); // as the phone that filmed was held
    m_pictures.addSink({width, height, framesPerSecond, false});
    return m_pictures.play();
}

Result<VideoReader::Step> VideoReader::next(core::milliseconds patience) {
    if (const SamplePtr sample = m_pictures.pull(patience))
        return Step{State::Frame, GstPictures::imageOf(sample.get(), m_memory)};
    if (core::Error error; m_pictures.takeError(error)) {
        error.kind = core::ErrorKind::Failed;
        error.what = "this is no picture and no video that can be shown: " + error.what;
        error.remedy = "Check the file; more formats come with: sudo apt install gstreamer1.0-libav";
        return error;
    }
    if (m_pictures.ended())
        return Step{State::End, {}};
    return Step{};
}

} // namespace facelatch::hardware
