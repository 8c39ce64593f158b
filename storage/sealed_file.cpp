// SPDX-License-Identifier: GPL-3.0-or-later
// The sealed stream with libsodium.
#include "storage/sealed_file.h"

#include <sodium.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::storage {

using core::Done;
using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

namespace {

constexpr std::string_view magic = "FLBACKUP";
constexpr std::size_t chunkSize = 65536, tagSize = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t plainSize = chunkSize - tagSize;
constexpr std::uint32_t mostPasses = 8;
constexpr std::uint64_t mostMemory = std::uint64_t{256} << 20;

static_assert(sizeof(SealedHeader::salt) == crypto_pwhash_SALTBYTES);
static_assert(sizeof(SealedHeader::stream) == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
static_assert(SecretKey::size == crypto_secretstream_xchacha20poly1305_KEYBYTES);

template<typename T>
void put(Bytes& out, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

template<typename T>
T take(ByteView bytes, std::size_t at) {
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value |= static_cast<T>(static_cast<T>(bytes[at + i]) << (8 * i));
    return value;
}

Result<SecretKey> keyOf(const std::string& passphrase, const SealedHeader& header, const std::string& where) {
    std::array<std::uint8_t, SecretKey::size> bytes{};
    if (crypto_pwhash(bytes.data(), bytes.size(), passphrase.data(), passphrase.size(), header.salt.data(),
                      header.cost.passes, static_cast<std::size_t>(header.cost.memory),
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return core::fail("there is not enough free memory to make the key of the passphrase", where,
                          "Close other programs on this device and try again");
    SecretKey key = SecretKey::fromBytes(bytes);
    wipe(std::span(bytes));
    return key;
}

/// As many bytes as there are, up to the whole span; or -1 with errno.
ssize_t readUpTo(int fd, std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t n = ::read(fd, out.data() + done, out.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        done += static_cast<std::size_t>(n);
    }
    return static_cast<ssize_t>(done);
}

Error foreign(const std::string& where) {
    return core::fail("it is not a backup of Facelatch", where, "Choose a file whose name ends in .flbackup");
}

Error damaged(const std::string& where) {
    return core::fail("the backup is damaged: its content does not fit its seal", where,
                      "Use another copy of it; nothing was changed");
}

Error cutOff(const std::string& where) {
    return core::fail("the backup is cut off, or damaged at its end", where,
                      "Copy it again, or use another one; nothing was changed");
}

} // namespace

Bytes encodeHeader(const SealedHeader& header) {
    Bytes out(magic.begin(), magic.end());
    put(out, header.format);
    put(out, header.cost.passes);
    put(out, header.cost.memory);
    out.insert(out.end(), header.salt.begin(), header.salt.end());
    out.insert(out.end(), header.stream.begin(), header.stream.end());
    return out;
}

Result<SealedHeader> decodeHeader(ByteView bytes, const std::string& where) {
    if (bytes.size() < magic.size() + 4 || !std::equal(magic.begin(), magic.end(), bytes.begin()))
        return foreign(where);
    SealedHeader header;
    header.format = take<std::uint32_t>(bytes, magic.size());
    if (header.format > sealedFormat)
        return Error{ErrorKind::NewerVersion,
                     "the backup was written by a newer version of Facelatch (format " + std::to_string(header.format) +
                         ", this program knows up to " + std::to_string(sealedFormat) + ")",
                     where, "Install that version or a newer one; nothing was changed"};
    if (header.format == 0)
        return foreign(where);
    if (bytes.size() < sealedHeaderSize)
        return cutOff(where);
    header.cost.passes = take<std::uint32_t>(bytes, 12);
    header.cost.memory = take<std::uint64_t>(bytes, 16);
    const bool sane = header.cost.passes >= crypto_pwhash_argon2id_OPSLIMIT_MIN && header.cost.passes <= mostPasses &&
                      header.cost.memory >= crypto_pwhash_argon2id_MEMLIMIT_MIN && header.cost.memory <= mostMemory;
    if (!sane)
        return core::fail("the backup's header asks for more than any backup of Facelatch does", where,
                          "Do not trust this file; nothing was changed");
    std::copy_n(bytes.begin() + 24, header.salt.size(), header.salt.begin());
    std::copy_n(bytes.begin() + 40, header.stream.size(), header.stream.begin());
    return header;
}

// --- writing

struct SealedWriter::State {
    UniqueFd fd;
    std::string path;
    Bytes header;
    Bytes waiting;
    crypto_secretstream_xchacha20poly1305_state stream{};
    ~State() {
        sodium_memzero(&stream, sizeof stream);
        wipe(std::span(waiting));
    }
};

SealedWriter::SealedWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
SealedWriter::SealedWriter(SealedWriter&&) noexcept = default;
SealedWriter::~SealedWriter() = default;

namespace {

Status writeAll(int fd, ByteView data, const std::string& path) {
    std::size_t done = 0;
    while (done < data.size()) {
        const ssize_t n = ::write(fd, data.data() + done, data.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EFBIG)
            return core::fail("the file is too large for this stick's file system", path,
                              "Leave the pictures out, or use a stick formatted as exFAT or ext4");
        if (n < 0)
            return systemError("the backup could not be written", path, errno);
        done += static_cast<std::size_t>(n);
    }
    return Done{};
}

} // namespace

Result<SealedWriter> SealedWriter::create(const std::string& path, const std::string& passphrase,
                                          const PassphraseCost& cost) {
    auto state = std::make_unique<State>();
    state->path = path;
    SealedHeader header;
    header.cost = cost;
    fillRandom(header.salt); // also wakes libsodium
    auto key = keyOf(passphrase, header, path);
    if (!key)
        return key.error();
    crypto_secretstream_xchacha20poly1305_init_push(&state->stream, header.stream.data(), key->bytes().data());
    state->header = encodeHeader(header);
    state->fd = UniqueFd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!state->fd)
        return systemError("the backup could not be created", path, errno);
    if (auto written = writeAll(state->fd.get(), state->header, path); !written)
        return written.error();
    state->waiting.reserve(plainSize);
    return SealedWriter(std::move(state));
}

Status SealedWriter::push(bool last) {
    State& state = *m_state;
    Bytes sealed(state.waiting.size() + tagSize);
    crypto_secretstream_xchacha20poly1305_push(&state.stream, sealed.data(), nullptr, state.waiting.data(),
                                               state.waiting.size(), state.header.data(), state.header.size(),
                                               last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                    : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    state.waiting.clear();
    return writeAll(state.fd.get(), sealed, state.path);
}

Status SealedWriter::write(ByteView data) {
    Bytes& waiting = m_state->waiting;
    while (!data.empty()) {
        if (waiting.size() == plainSize)
            if (auto pushed = push(false); !pushed)
                return pushed;
        const std::size_t n = std::min(data.size(), plainSize - waiting.size());
        waiting.insert(waiting.end(), data.begin(), data.begin() + static_cast<std::ptrdiff_t>(n));
        data = data.subspan(n);
    }
    return Done{};
}

Status SealedWriter::finish() {
    if (auto pushed = push(true); !pushed)
        return pushed;
    if (::fsync(m_state->fd.get()) != 0)
        return systemError("the backup could not be written", m_state->path, errno);
    // What is read next is to come from the stick, not from memory.
    (void)::posix_fadvise(m_state->fd.get(), 0, 0, POSIX_FADV_DONTNEED);
    if (::close(m_state->fd.release()) != 0)
        return systemError("the backup could not be written", m_state->path, errno);
    return Done{};
}

// --- reading

struct SealedReader::State {
    UniqueFd fd;
    std::string path;
    Bytes header;
    Bytes plain; ///< of the current chunk
    std::size_t used = 0;
    std::int64_t position = 0, size = 0;
    bool last = false;
    crypto_secretstream_xchacha20poly1305_state stream{};
    ~State() {
        sodium_memzero(&stream, sizeof stream);
        wipe(std::span(plain));
    }
};

SealedReader::SealedReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
SealedReader::SealedReader(SealedReader&&) noexcept = default;
SealedReader::~SealedReader() = default;
std::int64_t SealedReader::position() const {
    return m_state->position;
}
std::int64_t SealedReader::size() const {
    return m_state->size;
}

Result<SealedReader> SealedReader::open(const std::string& path, const std::string& passphrase) {
    auto state = std::make_unique<State>();
    state->path = path;
    // O_NONBLOCK: a fifo of that name must not hold us.
    state->fd = UniqueFd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!state->fd || ::fstat(state->fd.get(), &status) != 0)
        return systemError("the backup cannot be read", path, errno);
    if (!S_ISREG(status.st_mode))
        return foreign(path);
    state->size = static_cast<std::int64_t>(status.st_size);
    state->header.resize(sealedHeaderSize);
    const ssize_t n = readUpTo(state->fd.get(), state->header);
    if (n < 0)
        return systemError("the backup cannot be read", path, errno);
    state->header.resize(static_cast<std::size_t>(n));
    const auto header = decodeHeader(state->header, path);
    if (!header)
        return header.error();
    state->position = n;
    SecretKey::random(); // wakes libsodium
    auto key = keyOf(passphrase, *header, path);
    if (!key)
        return key.error();
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state->stream, header->stream.data(), key->bytes().data()) !=
        0)
        return damaged(path);
    SealedReader reader(std::move(state));
    const bool cut = reader.size() <= static_cast<std::int64_t>(sealedHeaderSize + tagSize);
    if (auto first = reader.pull(); !first) {
        if (cut)
            return cutOff(path);
        if (first.error().what == damaged(path).what)
            return core::fail("the passphrase does not open this backup, or its beginning is damaged", path,
                              "Type the passphrase it was made with; nothing was changed");
        return first.error();
    }
    return reader;
}

Status SealedReader::pull() {
    State& state = *m_state;
    if (state.last)
        return damaged(state.path); // more is asked for than there is
    Bytes sealed(chunkSize);
    const ssize_t n = readUpTo(state.fd.get(), sealed);
    if (n < 0)
        return systemError("the backup cannot be read", state.path, errno);
    if (n == 0)
        return cutOff(state.path);
    sealed.resize(static_cast<std::size_t>(n));
    state.position += n;
    const bool whole = sealed.size() == chunkSize;
    if (sealed.size() < tagSize)
        return cutOff(state.path);
    state.plain.resize(sealed.size() - tagSize);
    state.used = 0;
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&state.stream, state.plain.data(), nullptr, &tag, sealed.data(),
                                                   sealed.size(), state.header.data(), state.header.size()) != 0) {
        state.plain.clear();
        // A chunk that was cut cannot be told from a changed one, but for its length.
        return whole ? damaged(state.path) : cutOff(state.path);
    }
    state.last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return Done{};
}

Status SealedReader::read(std::span<std::uint8_t> out) {
    State& state = *m_state;
    while (!out.empty()) {
        if (state.used == state.plain.size()) {
            if (auto next = pull(); !next)
                return next;
            continue;
        }
        const std::size_t n = std::min(out.size(), state.plain.size() - state.used);
        std::memcpy(out.data(), state.plain.data() + state.used, n);
        state.used += n;
        out = out.subspan(n);
    }
    return Done{};
}

Status SealedReader::finish() {
    State& state = *m_state;
    if (state.used == state.plain.size() && !state.last)
        if (auto next = pull(); !next)
            return next;
    if (state.used != state.plain.size() || !state.last)
        return damaged(state.path);
    std::array<std::uint8_t, 1> more{};
    if (readUpTo(state.fd.get(), more) != 0)
        return damaged(state.path);
    return Done{};
}

} // namespace facelatch::storage
