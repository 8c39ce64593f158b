// SPDX-License-Identifier: GPL-3.0-or-later
// Encrypted pictures on the disk.
#include "storage/snapshot_files.h"

#include "storage/data_files.h"
#include "storage/durable_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <unistd.h>

namespace facelatch::storage {

using core::Result;

namespace {

constexpr std::array<std::uint8_t, 6> magic{'F', 'L', 'S', 'N', '1', 0};
constexpr std::size_t headSize = magic.size() + 16;

std::string context(const std::string& name, const core::Uuid7& person) {
    return "snapshot " + name + ' ' + person.text();
}

/// The files that no row names.
std::vector<std::string> strays(const std::string& folder, const std::set<std::string>& kept) {
    std::vector<std::string> names = filesIn(folder);
    const std::string_view suffix = snapshotSuffix;
    std::erase_if(names, [&](const std::string& file) {
        if (file.ends_with(givenUpSuffix))
            return true;
        return file.ends_with(suffix) && kept.contains(file.substr(0, file.size() - suffix.size()));
    });
    return names;
}

} // namespace

SnapshotFiles::SnapshotFiles(std::string folder)
    : m_root(std::move(folder)), m_folder(inFolder(m_root, snapshotFolder)) {}

std::string SnapshotFiles::path(const std::string& name) const {
    return snapshotPath(m_root, name);
}

Result<SnapshotFiles::Written> SnapshotFiles::write(const std::string& name, ByteView jpeg, const SecretKey& key,
                                                    const std::optional<core::PersonId>& person) {
    if (auto made = makePrivateFolder(m_folder); !made)
        return made.error();
    const core::Uuid7 owner = person ? person->value : core::Uuid7{};
    const Bytes sealed = encrypt(key, jpeg, context(name, owner));
    Bytes file(headSize + sealed.size());
    auto at = std::copy(magic.begin(), magic.end(), file.begin());
    at = std::copy(owner.bytes.begin(), owner.bytes.end(), at);
    std::copy(sealed.begin(), sealed.end(), at);
    if (auto written = writeFileDurably(path(name), file); !written)
        return written.error();
    return Written{storage::sha256Hex(file), static_cast<std::int64_t>(file.size())};
}

Result<Bytes> SnapshotFiles::read(const std::string& name, const SecretKey& storeKey, const KeyOf& keyOf) const {
    const auto file = readFile(path(name));
    if (!file)
        return file.error();
    if (file->size() < headSize || !std::equal(magic.begin(), magic.end(), file->begin()))
        return core::fail("it is not a picture of this log", path(name), "Run facelatch-ctl log verify");
    core::Uuid7 owner;
    std::copy_n(file->begin() + magic.size(), owner.bytes.size(), owner.bytes.begin());
    const ByteView sealed = ByteView(*file).subspan(headSize);
    Result<Bytes> jpeg = core::fail("the picture's key is gone");
    if (owner.isNull()) {
        jpeg = decrypt(storeKey, sealed, context(name, owner));
    } else {
        const auto key = keyOf(core::PersonId{owner});
        if (!key)
            return key.error();
        jpeg = decrypt(*key, sealed, context(name, owner));
    }
    if (jpeg)
        return jpeg;
    core::Error error = jpeg.error();
    error.where = path(name);
    return error;
}

bool SnapshotFiles::remove(const std::string& name) const {
    return removeFile(path(name));
}

bool SnapshotFiles::giveUp(const std::string& name) const {
    // Its new name first: a kill in between, or a disk too full for the name, must not leave a picture that does not
    // fit.
    const std::string file = path(name), aside = file + givenUpSuffix;
    if (std::rename(file.c_str(), aside.c_str()) != 0)
        return false;
    (void)::truncate(aside.c_str(), 0); // where even that fails, the room comes with forget()
    return true;
}

void SnapshotFiles::forget(const std::string& name) const {
    removeFile(path(name) + givenUpSuffix);
}

std::vector<std::string> SnapshotFiles::givenUp() const {
    const std::string suffix = std::string(snapshotSuffix) + givenUpSuffix;
    std::vector<std::string> names;
    for (const std::string& file : filesIn(m_folder))
        if (file.ends_with(suffix))
            names.push_back(file.substr(0, file.size() - suffix.size()));
    return names;
}

std::int64_t SnapshotFiles::sweep(const std::set<std::string>& kept) const {
    const auto leftovers = strays(m_folder, kept);
    return std::count_if(leftovers.begin(), leftovers.end(),
                         [this](const std::string& file) { return removeFile(inFolder(m_folder, file)); });
}

std::int64_t SnapshotFiles::setAside(const std::set<std::string>& kept, const std::string& stamp) const {
    const auto leftovers = strays(m_folder, kept);
    const std::string aside = inFolder(m_folder, "without-event-" + stamp);
    if (leftovers.empty() || !makePrivateFolder(aside))
        return 0;
    return std::count_if(leftovers.begin(), leftovers.end(), [&](const std::string& file) {
        return std::rename(inFolder(m_folder, file).c_str(), inFolder(aside, file).c_str()) == 0;
    });
}

} // namespace facelatch::storage
