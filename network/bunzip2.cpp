// SPDX-License-Identifier: GPL-3.0-or-later
// libbz2's streaming interface.
#include "network/bunzip2.h"

#include <array>
#include <fstream>

#include <bzlib.h>

namespace facelatch::network {

namespace {

constexpr std::size_t pieceBytes = 1 << 16;

struct Unpacker {
    Unpacker() { ready = BZ2_bzDecompressInit(&stream, 0, 0) == BZ_OK; }
    ~Unpacker() {
        if (ready)
            BZ2_bzDecompressEnd(&stream);
    }
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
    bz_stream stream{};
    bool ready = false;
};

core::Error damaged(const std::filesystem::path& packed) {
    return core::fail("the packed file is damaged", packed.string(), "Delete it and try again");
}

} // namespace

core::Status bunzip2(const std::filesystem::path& packed, PartFile& part, std::uint64_t maxBytes) {
    std::ifstream file(packed, std::ios::binary);
    if (!file)
        return core::fail("the packed file cannot be read", packed.string(), "Check its permissions");
    Unpacker unpacker;
    if (!unpacker.ready)
        return core::fail("there is not enough memory to unpack the file", packed.string());
    std::array<char, pieceBytes> in;
    std::array<char, pieceBytes> out;
    bz_stream& stream = unpacker.stream;
    for (int state = BZ_OK; state != BZ_STREAM_END;) {
        if (stream.avail_in == 0) {
            file.read(in.data(), in.size());
            stream.next_in = in.data();
            stream.avail_in = static_cast<unsigned>(file.gcount());
            if (stream.avail_in == 0)
                return damaged(packed); // it ends before its end
        }
        stream.next_out = out.data();
        stream.avail_out = out.size();
        state = BZ2_bzDecompress(&stream);
        if (state != BZ_OK && state != BZ_STREAM_END)
            return damaged(packed);
        const std::size_t count = out.size() - stream.avail_out;
        if (part.size() + count > maxBytes)
            return core::fail("the packed file holds more than the " + std::to_string(maxBytes) + " bytes allowed",
                              packed.string());
        if (auto written = part.append({out.data(), count}); !written)
            return written;
    }
    return core::Done{};
}

} // namespace facelatch::network
