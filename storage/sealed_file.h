// SPDX-License-Identifier: GPL-3.0-or-later
// SealedFile: a stream of bytes in a file that opens with a passphrase alone. Inside of the storage module only.
//
// Header, 64 bytes, little-endian: "FLBACKUP", format (4), passes (4), memory in bytes (8), salt (16), stream header
// (24). Then chunks of libsodium's secretstream (XChaCha20-Poly1305), 65536 bytes each but the last, which alone
// carries the final tag; each is bound to the header. The key is Argon2id 1.3 of the passphrase with the header's salt,
// passes and memory. What the header asks for is bounded before any of it is spent.
#pragma once

#include "core/result.h"
#include "storage/backup.h"
#include "storage/durable_file.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace facelatch::storage {

inline constexpr std::uint32_t sealedFormat = 1;
inline constexpr std::size_t sealedHeaderSize = 64;

struct SealedHeader {
    std::uint32_t format = sealedFormat;
    PassphraseCost cost;
    std::array<std::uint8_t, 16> salt{};
    std::array<std::uint8_t, 24> stream{};
};

Bytes encodeHeader(const SealedHeader& header);
/// Errors: Failed for bytes that are no header or ask for more than 256 MiB or 8 passes; NewerVersion. `where` is for
/// them.
core::Result<SealedHeader> decodeHeader(ByteView bytes, const std::string& where);

class SealedWriter {
public:
    /// Creates `path` (0600), which must not exist. Blocks for the key: about a second.
    static core::Result<SealedWriter> create(const std::string& path, const std::string& passphrase,
                                             const PassphraseCost& cost);
    SealedWriter(SealedWriter&&) noexcept;
    ~SealedWriter();

    core::Status write(ByteView data);
    /// The final chunk; on the disk when this returns.
    core::Status finish();

private:
    struct State;
    explicit SealedWriter(std::unique_ptr<State> state);
    core::Status push(bool last);
    std::unique_ptr<State> m_state;
};

class SealedReader {
public:
    /// Blocks for the key. Errors: as decodeHeader(); Failed where the first chunk does not open.
    static core::Result<SealedReader> open(const std::string& path, const std::string& passphrase);
    SealedReader(SealedReader&&) noexcept;
    ~SealedReader();

    /// Fills `out` or fails: the file was cut off, a bit was changed, or there is no more in it.
    core::Status read(std::span<std::uint8_t> out);
    /// All was read, the final tag stands where the file ends.
    core::Status finish();
    /// Bytes of the file consumed so far, and all of them.
    std::int64_t position() const;
    std::int64_t size() const;

private:
    struct State;
    explicit SealedReader(std::unique_ptr<State> state);
    core::Status pull();
    std::unique_ptr<State> m_state;
};

} // namespace facelatch::storage
