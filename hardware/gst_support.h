// SPDX-License-Identifier: GPL-3.0-or-later
// Owning GStreamer's objects and reading its complaints. Only for the .cpp files of this module.
#pragma once

#include "core/image.h"
#include "core/result.h"
#include "core/time.h"
#include "hardware/delay_watch.h"
#include "hardware/picture_memory.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace facelatch::hardware {

struct GstUnref {
    void operator()(gpointer object) const { gst_object_unref(object); }
    void operator()(GstSample* sample) const { gst_sample_unref(sample); }
    void operator()(GstMessage* message) const { gst_message_unref(message); }
    void operator()(GstCaps* caps) const { gst_caps_unref(caps); }
};
using SamplePtr = std::unique_ptr<GstSample, GstUnref>;
using MessagePtr = std::unique_ptr<GstMessage, GstUnref>;
using CapsPtr = std::unique_ptr<GstCaps, GstUnref>;

/// Initialises GStreamer once for the process. Error OutOfService when it cannot be.
core::Status initGstreamer();

/// A pipeline that ends in an appsink which delivers Bgr8 pictures of one size. Stopped and freed by its destructor.
class GstPictures {
public:
    struct Wanted {
        int width = 0, height = 0;
        int framesPerSecond = 0; ///< 0: as they come
        bool dropOld = false;    ///< live: keep only the newest; otherwise the pipeline waits for its reader
    };

    /// `where` names the device or file in errors.
    explicit GstPictures(std::string where) : m_where(std::move(where)) {}
    ~GstPictures();
    GstPictures(const GstPictures&) = delete;
    GstPictures& operator=(const GstPictures&) = delete;

    /// Adds an element to the chain; null when it is not installed, which play() then tells. The pipeline owns it.
    GstElement* add(const char* element);
    /// Adds the conversion to Bgr8 of the wanted size (black borders, no stretching) and the appsink.
    void addSink(const Wanted& wanted);
    /// The pictures are dated by the stamps of those who send them, as they leave `element`, and not by this machine's
    /// clock (see DelayWatch). Their stamps must not be changed further down the chain.
    void dateBySender(GstElement* element);
    /// Links neighbours of the chain; the elements after one with pads that come later are linked when they do.
    /// Then plays. Error OutOfService with the reason.
    core::Status play();

    /// The next sample; null on time-out, error and end.
    SamplePtr pull(core::milliseconds patience);
    bool ended() const;
    /// An error the pipeline has reported; its kind is OutOfService.
    bool takeError(core::Error& error);
    /// When the sample was taken, on the monotonic clock; the epoch when that is not known (yet).
    core::MonoTime timeOf(GstSample* sample) const;
    /// The pixels, copied once. Empty when they cannot be read.
    static core::Image imageOf(GstSample* sample, PictureMemory& memory,
                               PictureMemory::Turn turn = PictureMemory::Turn::None);

private:
    static GstPadProbeReturn noteArrival(GstPad* pad, GstPadProbeInfo* info, gpointer self);
    static void addLatePad(GstElement* element, GstPad* pad, gpointer self);
    void watchArrivals(GstPad* pad);
    core::Status linkAll();
    core::Error errorNow(const std::string& fallback);

    std::string m_where;
    std::string m_missing; ///< the first element that is not installed
    GstElement* m_pipeline = nullptr;
    GstElement* m_appsink = nullptr;
    std::vector<GstElement*> m_chain;  ///< owned by m_pipeline
    GstElement* m_sender = nullptr;    ///< of dateBySender()
    mutable std::mutex m_arrivalMutex; ///< a pipeline notes arrivals in a thread of its own
    DelayWatch m_arrivals;             ///< under m_arrivalMutex
};

} // namespace facelatch::hardware
