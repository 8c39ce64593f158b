// SPDX-License-Identifier: GPL-3.0-or-later
// A video file, frame by frame.
#pragma once

#include "core/image.h"
#include "core/result.h"
#include "core/time.h"
#include "hardware/gst_support.h"

#include <filesystem>
#include <optional>

namespace facelatch::hardware {

/// Reads as fast as asked, at the wanted rate (frames are repeated or dropped to reach it). One thread.
class VideoReader {
public:
    explicit VideoReader(std::filesystem::path file) : m_file(std::move(file)), m_pictures(m_file.string()) {}

    /// Opens the file; the size and rate are those of the frames that come. Errors name the file.
    core::Status open(int width, int height, int framesPerSecond);
    enum class State { Frame, Waiting, End };
    struct Step {
        State state = State::Waiting;
        core::Image image; ///< of a Frame
    };
    /// The next frame, or Waiting when it takes longer than `patience`. Errors: no video, damaged, missing decoder.
    core::Result<Step> next(core::milliseconds patience);

private:
    std::filesystem::path m_file;
    GstPictures m_pictures;
    PictureMemory m_memory;
};

} // namespace facelatch::hardware
