// SPDX-License-Identifier: GPL-3.0-or-later
// Self-test: a network runs on a made picture without people, and its outputs are compared with pinned values.
//
// A right hash says that the file is right, not that this machine computes rightly with it: a broken build of OpenCV,
// or an instruction the processor does not do as it should, gives plausible numbers that recognise the wrong people.
#pragma once

#include "core/result.h"
#include "recognition/inference.h"

#include <optional>
#include <string_view>
#include <vector>

namespace facelatch::recognition {

/// Four sums of all outputs under fixed signs, divided by the square root of their number. The sums change with each
/// output, and tell one network from another.
std::vector<double> selfTestValues(const std::vector<Tensor>& outputs);

struct SelfTest {
    std::vector<double> values;      ///< as computed here
    std::optional<double> deviation; ///< from the pinned ones: largest difference, relative to the largest of them;
                                     ///< nothing when there are none for this file
};

/// One run on the made picture, of the row's input size. `sha256` is the file's. Errors: those of Inference::run().
core::Result<SelfTest> selfTest(Inference& network, std::string_view sha256);

} // namespace facelatch::recognition
