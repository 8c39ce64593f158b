// SPDX-License-Identifier: GPL-3.0-or-later
// ZIP by libzip, with sources that are functions.
#include "storage/zip_file.h"

#include "storage/durable_file.h"

#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <list>
#include <optional>
#include <sys/stat.h>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

namespace {

struct Feed {
    ZipContent content;
    std::optional<core::Error>& trouble; ///< of the whole file
    Bytes piece{};
    std::size_t used = 0;
    bool ended = false;
};

/// -1 when a piece could not be made.
zip_int64_t readFeed(Feed& feed, std::uint8_t* out, std::size_t room) {
    std::size_t given = 0;
    while (given < room && !feed.ended) {
        if (feed.used == feed.piece.size()) {
            auto piece = feed.content.next();
            if (!piece) {
                feed.trouble = piece.error();
                return -1;
            }
            feed.piece = *std::move(piece);
            feed.used = 0;
            feed.ended = feed.piece.empty();
            continue;
        }
        const std::size_t n = std::min(room - given, feed.piece.size() - feed.used);
        std::memcpy(out + given, feed.piece.data() + feed.used, n);
        feed.used += n;
        given += n;
    }
    return static_cast<zip_int64_t>(given);
}

zip_int64_t answer(void* state, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    Feed& feed = *static_cast<Feed*>(state);
    switch (command) {
    case ZIP_SOURCE_OPEN:
        feed.content.rewind();
        feed.piece.clear();
        feed.used = 0;
        feed.ended = false;
        return 0;
    case ZIP_SOURCE_READ:
        return readFeed(feed, static_cast<std::uint8_t*>(data), static_cast<std::size_t>(length));
    case ZIP_SOURCE_STAT:
        zip_stat_init(static_cast<zip_stat_t*>(data));
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR: {
        const int codes[2] = {ZIP_ER_INTERNAL, 0};
        if (length < sizeof codes)
            return -1;
        std::memcpy(data, codes, sizeof codes);
        return sizeof codes;
    }
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    default: // ZIP_SOURCE_CLOSE, ZIP_SOURCE_FREE: the feed is ours
        feed.piece.clear();
        return 0;
    }
}

} // namespace

ZipContent zipBytes(Bytes bytes) {
    auto given = std::make_shared<bool>(false);
    auto all = std::make_shared<const Bytes>(std::move(bytes));
    return {[given] { *given = false; },
            [given, all]() -> Result<Bytes> { return std::exchange(*given, true) ? Bytes() : *all; }};
}

struct ZipFile::State {
    std::string path;
    zip_t* zip = nullptr;
    std::list<Feed> feeds;
    std::optional<core::Error> trouble;
    ~State() {
        if (zip != nullptr)
            zip_discard(zip);
    }
    core::Error error(const char* what) {
        if (trouble)
            return *trouble;
        zip_error_t* const said = zip_get_error(zip);
        if (zip_error_system_type(said) == ZIP_ET_SYS)
            return systemError(what, path, zip_error_code_system(said));
        return core::fail(std::string(what) + ": " + zip_error_strerror(said), path);
    }
};

ZipFile::ZipFile(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ZipFile::ZipFile(ZipFile&&) noexcept = default;
ZipFile::~ZipFile() = default;

Result<ZipFile> ZipFile::create(const std::string& path) {
    auto state = std::make_unique<State>();
    state->path = path;
    int code = 0;
    state->zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_EXCL, &code);
    if (state->zip == nullptr)
        return systemError("the file could not be created", path, code == ZIP_ER_EXISTS ? EEXIST : errno);
    return ZipFile(std::move(state));
}

Status ZipFile::add(const std::string& name, ZipContent content, bool packed) {
    State& state = *m_state;
    state.feeds.push_back({std::move(content), state.trouble});
    zip_source_t* const source = zip_source_function(state.zip, answer, &state.feeds.back());
    if (source == nullptr)
        return state.error("the file could not be written");
    const zip_int64_t index = zip_file_add(state.zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return state.error("the file could not be written");
    }
    if (zip_set_file_compression(state.zip, static_cast<zip_uint64_t>(index), packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE,
                                 0) != 0)
        return state.error("the file could not be written");
    return Done{};
}

Status ZipFile::finish() {
    State& state = *m_state;
    if (zip_close(state.zip) != 0)
        return state.error("the file could not be written"); // discarded by the destructor
    state.zip = nullptr;
    if (::chmod(state.path.c_str(), 0600) != 0 && errno != EPERM && errno != ENOTSUP) // sticks have no rights
        return systemError("the file could not be written", state.path, errno);
    return syncFile(state.path);
}

} // namespace facelatch::storage
