// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacking a bzip2 file, piece by piece.
#pragma once

#include "network/part_file.h"

namespace facelatch::network {

/// Appends what `packed` holds to `part`. Errors: the file cannot be read, is no bzip2 file or damaged, holds more than
/// `maxBytes`, or the part cannot be written.
core::Status bunzip2(const std::filesystem::path& packed, PartFile& part, std::uint64_t maxBytes);

} // namespace facelatch::network
