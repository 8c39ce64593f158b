// SPDX-License-Identifier: GPL-3.0-or-later
// A moving test pattern as a live source, which can end or stall on purpose.
#include "hardware/live_source.h"

namespace facelatch::hardware {

using core::Result;

namespace {

/// Drops every buffer after as many as `data` points to; the last unref of the pad frees the counter.
GstPadProbeReturn dropAfter(GstPad*, GstPadProbeInfo*, gpointer data) {
    int& left = *static_cast<int*>(data);
    if (left == 0)
        return GST_PAD_PROBE_DROP;
    --left;
    return GST_PAD_PROBE_OK;
}

class TestSource final : public LiveSource {
public:
    using LiveSource::LiveSource;
    core::FrameOrigin origin() const override { return core::FrameOrigin::Test; }
    std::string describe() const override {
        return "test pattern, " + std::to_string(settings().width) + "x" + std::to_string(settings().height) + ", " +
               std::to_string(settings().framesPerSecond) + " a second";
    }

private:
    bool watchesForFrozen() const override { return false; }

    Result<std::unique_ptr<GstPictures>> open() override {
        if (auto ready = initGstreamer(); !ready)
            return ready.error();
        auto pictures = std::make_unique<GstPictures>(describe());
        if (GstElement* source = pictures->add("videotestsrc")) {
            gst_util_set_object_arg(G_OBJECT(source), "pattern", "ball");
            g_object_set(source, "is-live", TRUE, nullptr);
            if (settings().testEndsAfter > 0)
                g_object_set(source, "num-buffers", settings().testEndsAfter, nullptr);
            if (settings().testStallsAfter > 0) {
                GstPad* pad = gst_element_get_static_pad(source, "src");
                gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, dropAfter, new int(settings().testStallsAfter),
                                  [](gpointer counter) { delete static_cast<int*>(counter); });
                gst_object_unref(pad);
            }
        }
        if (GstElement* rate = pictures->add("capsfilter")) {
            const CapsPtr caps(gst_caps_new_simple("video/x-raw", "width", G_TYPE_INT, settings().width, "height",
                                                   G_TYPE_INT, settings().height, "framerate", GST_TYPE_FRACTION,
                                                   settings().framesPerSecond, 1, nullptr));
            g_object_set(rate, "caps", caps.get(), nullptr);
        }
        return pictures;
    }
};

} // namespace

std::unique_ptr<FrameSource> makeTestSource(const CameraSettings& settings) {
    return std::make_unique<TestSource>(settings);
}

} // namespace facelatch::hardware
