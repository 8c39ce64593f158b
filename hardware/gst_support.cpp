// SPDX-License-Identifier: GPL-3.0-or-later
// One chain of GStreamer elements that ends in Bgr8 pictures.
#include "hardware/gst_support.h"

#include <gst/video/video.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::MonoTime;
using core::Status;

namespace {

// capturedAt comes from GStreamer's system clock, ages from std::chrono: both must be CLOCK_MONOTONIC in nanoseconds.
static_assert(std::is_same_v<MonoTime::duration, std::chrono::nanoseconds>);

/// Which Debian package holds an element.
std::string packageOf(std::string_view element) {
    static const std::map<std::string_view, std::string> packages{
        {"v4l2src", "gstreamer1.0-plugins-good"},
        {"jpegdec", "gstreamer1.0-plugins-good"},
        {"pngdec", "gstreamer1.0-plugins-good"},
        {"videoflip", "gstreamer1.0-plugins-good"},
        {"rtspsrc", "gstreamer1.0-plugins-good"},
        {"udpsrc", "gstreamer1.0-plugins-good"},
        {"rtpjitterbuffer", "gstreamer1.0-plugins-good"},
        {"rtph264depay", "gstreamer1.0-plugins-good"},
        {"souphttpsrc", "gstreamer1.0-plugins-good"},
        {"multipartdemux", "gstreamer1.0-plugins-good"},
        {"avdec_h264", "gstreamer1.0-libav"},
        {"libcamerasrc", "gstreamer1.0-libcamera"},
        {"shmsrc", "gstreamer1.0-plugins-bad"},
    };
    const auto it = packages.find(element);
    return it == packages.end() ? "gstreamer1.0-plugins-base" : it->second;
}

/// Whether the element's outgoing pads appear only while it runs (decodebin, rtspsrc, demultiplexers).
bool hasLatePads(GstElement* element) {
    for (GList* item = gst_element_class_get_pad_template_list(GST_ELEMENT_GET_CLASS(element)); item != nullptr;
         item = item->next) {
        auto* pad = GST_PAD_TEMPLATE(item->data);
        if (GST_PAD_TEMPLATE_DIRECTION(pad) == GST_PAD_SRC && GST_PAD_TEMPLATE_PRESENCE(pad) == GST_PAD_SOMETIMES)
            return true;
    }
    return false;
}

std::chrono::nanoseconds stampOf(GstBuffer* buffer) {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(GST_BUFFER_PTS(buffer)));
}

} // namespace

Status initGstreamer() {
    GError* error = nullptr;
    if (gst_init_check(nullptr, nullptr, &error)) // idempotent and thread-safe
        return core::Done{};
    Error result{ErrorKind::OutOfService,
                 std::string("GStreamer does not start: ") + (error ? error->message : "?"),
                 {},
                 "Reinstall libgstreamer1.0-0"};
    g_clear_error(&error);
    return result;
}

GstPictures::~GstPictures() {
    if (!m_pipeline)
        return;
    gst_element_set_state(m_pipeline, GST_STATE_NULL);
    gst_object_unref(m_pipeline);
}

GstElement* GstPictures::add(const char* element) {
    if (!m_pipeline) {
        m_pipeline = gst_pipeline_new(nullptr);
        gst_object_ref_sink(m_pipeline);
    }
    GstElement* made = gst_element_factory_make(element, nullptr);
    if (!made) {
        if (m_missing.empty())
            m_missing = element;
        return nullptr;
    }
    gst_bin_add(GST_BIN(m_pipeline), made);
    m_chain.push_back(made);
    return made;
}

void GstPictures::addSink(const Wanted& wanted) {
    if (GstElement* scale = add("videoconvertscale"))
        gst_util_set_object_arg(G_OBJECT(scale), "method", "bilinear2"); // averages when it makes pictures much smaller
    const CapsPtr caps(gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "BGR", "width", G_TYPE_INT,
                                           wanted.width, "height", G_TYPE_INT, wanted.height, "pixel-aspect-ratio",
                                           GST_TYPE_FRACTION, 1, 1, nullptr));
    if (wanted.framesPerSecond > 0) {
        add("videorate");
        gst_caps_set_simple(caps.get(), "framerate", GST_TYPE_FRACTION, wanted.framesPerSecond, 1, nullptr);
    }
    m_appsink = add("appsink");
    if (m_appsink)
        g_object_set(m_appsink, "caps", caps.get(), "sync", FALSE, "max-buffers", wanted.dropOld ? 1U : 2U, "drop",
                     wanted.dropOld ? TRUE : FALSE, nullptr);
}

void GstPictures::dateBySender(GstElement* element) {
    m_sender = element;
    if (GstPad* pad = element != nullptr ? gst_element_get_static_pad(element, "src") : nullptr) {
        watchArrivals(pad);
        gst_object_unref(pad);
    }
}

void GstPictures::watchArrivals(GstPad* pad) {
    gst_pad_add_probe(pad, GstPadProbeType(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST), noteArrival,
                      this, nullptr);
}

GstPadProbeReturn GstPictures::noteArrival(GstPad*, GstPadProbeInfo* info, gpointer self) {
    GstBuffer* buffer = nullptr;
    if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
        buffer = GST_PAD_PROBE_INFO_BUFFER(info);
    else if (GstBufferList* list = GST_PAD_PROBE_INFO_BUFFER_LIST(info); gst_buffer_list_length(list) > 0)
        buffer = gst_buffer_list_get(list, gst_buffer_list_length(list) - 1);
    if (buffer != nullptr && GST_BUFFER_PTS_IS_VALID(buffer)) {
        auto* pictures = static_cast<GstPictures*>(self);
        const std::lock_guard lock(pictures->m_arrivalMutex);
        pictures->m_arrivals.arrived(stampOf(buffer), std::chrono::steady_clock::now());
    }
    return GST_PAD_PROBE_OK;
}

/// A pad that appears late is linked to the element that waits for it. In a thread of the pipeline, which the
/// destructor ends before anything of `self` goes; the chain does not change any more then.
void GstPictures::addLatePad(GstElement* element, GstPad* pad, gpointer self) {
    auto* pictures = static_cast<GstPictures*>(self);
    const auto next = std::next(std::ranges::find(pictures->m_chain, element));
    GstPad* sink = gst_element_get_static_pad(*next, "sink");
    if (!gst_pad_is_linked(sink) && gst_pad_link(pad, sink) == GST_PAD_LINK_OK && element == pictures->m_sender)
        pictures->watchArrivals(pad); // a pad of another kind than video does not link, and is not wanted
    gst_object_unref(sink);
}

Status GstPictures::linkAll() {
    for (std::size_t i = 0; i + 1 < m_chain.size(); ++i) {
        if (hasLatePads(m_chain[i]))
            g_signal_connect(m_chain[i], "pad-added", G_CALLBACK(addLatePad), this);
        else if (!gst_element_link(m_chain[i], m_chain[i + 1]))
            return Error{ErrorKind::OutOfService, "the picture pipeline cannot be linked", m_where,
                         "Update the GStreamer packages: they do not fit each other"};
    }
    return core::Done{};
}

Status GstPictures::play() {
    if (!m_missing.empty())
        return Error{ErrorKind::OutOfService, "the GStreamer element " + m_missing + " is not installed", m_where,
                     "Install it: sudo apt install " + packageOf(m_missing)};
    if (auto linked = linkAll(); !linked)
        return linked;
    GstClock* clock = gst_system_clock_obtain(); // CLOCK_MONOTONIC; never the clock of a sound card or a network
    gst_pipeline_use_clock(GST_PIPELINE(m_pipeline), clock);
    gst_object_unref(clock);
    if (gst_element_set_state(m_pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
        return errorNow("it cannot be opened");
    return core::Done{};
}

SamplePtr GstPictures::pull(core::milliseconds patience) {
    const auto wait = static_cast<GstClockTime>(std::max<std::int64_t>(patience.count(), 0)) * GST_MSECOND;
    return SamplePtr(gst_app_sink_try_pull_sample(GST_APP_SINK(m_appsink), wait));
}

bool GstPictures::ended() const {
    return gst_app_sink_is_eos(GST_APP_SINK(m_appsink)) != FALSE;
}

bool GstPictures::takeError(Error& error) {
    GstBus* bus = gst_element_get_bus(m_pipeline);
    const MessagePtr message(gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR));
    gst_object_unref(bus);
    if (!message)
        return false;
    GError* reason = nullptr;
    gst_message_parse_error(message.get(), &reason, nullptr);
    error = {ErrorKind::OutOfService, reason ? reason->message : "the picture pipeline failed", m_where, {}};
    g_clear_error(&reason);
    return true;
}

Error GstPictures::errorNow(const std::string& fallback) {
    Error error{ErrorKind::OutOfService, fallback, m_where, {}};
    takeError(error);
    return error;
}

MonoTime GstPictures::timeOf(GstSample* sample) const {
    GstBuffer* buffer = gst_sample_get_buffer(sample);
    const GstClockTime stamp = GST_BUFFER_PTS(buffer);
    if (m_sender != nullptr) {
        const std::lock_guard lock(m_arrivalMutex);
        const auto taken = m_arrivals.taken(stampOf(buffer), std::chrono::steady_clock::now());
        return GST_CLOCK_TIME_IS_VALID(stamp) ? taken.value_or(MonoTime{}) : MonoTime{};
    }
    const GstClockTime running = gst_segment_to_running_time(gst_sample_get_segment(sample), GST_FORMAT_TIME, stamp);
    const GstClockTime base = gst_element_get_base_time(m_pipeline);
    if (!GST_CLOCK_TIME_IS_VALID(running) || !GST_CLOCK_TIME_IS_VALID(base))
        return MonoTime{};
    return MonoTime(std::chrono::nanoseconds(static_cast<std::int64_t>(base + running)));
}

core::Image GstPictures::imageOf(GstSample* sample, PictureMemory& memory, PictureMemory::Turn turn) {
    GstVideoInfo info;
    GstVideoFrame frame;
    if (!gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) ||
        !gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ))
        return {};
    const auto* from = static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
    const auto stride = static_cast<std::ptrdiff_t>(GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0));
    core::Image image = memory.copy(from, stride, GST_VIDEO_FRAME_WIDTH(&frame), GST_VIDEO_FRAME_HEIGHT(&frame), turn);
    gst_video_frame_unmap(&frame);
    return image;
}

} // namespace facelatch::hardware
