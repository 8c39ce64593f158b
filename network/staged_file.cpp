// SPDX-License-Identifier: GPL-3.0-or-later
// Putting downloaded files in their places: each at once, several all or none.
#include "network/download.h"
#include "network/part_file.h"

#include <system_error>

namespace facelatch::network {

namespace fs = std::filesystem;

namespace {

/// What stood at a target before, under another name until all is done.
struct Before {
    fs::path target, kept; ///< `kept` is empty where there was nothing
};

fs::path keptName(const fs::path& target) {
    fs::path kept = target;
    kept += ".before";
    return kept;
}

/// A second name for the old file: the target is never missing meanwhile.
core::Result<Before> keep(const fs::path& target) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(target, error)))
        return Before{target, {}};
    const fs::path kept = keptName(target);
    fs::remove(kept, error); // left by an earlier try that was killed
    fs::create_hard_link(target, kept, error);
    if (error) // a file system without hard links
        fs::copy_file(target, kept, error);
    if (error)
        return core::fail("the old file cannot be kept aside: " + error.message(), kept.string(),
                          "Check that this user may write there, and the free space");
    return Before{target, kept};
}

void putBack(const std::vector<Before>& placed) {
    std::error_code ignored;
    for (const Before& before : placed) {
        if (before.kept.empty())
            fs::remove(before.target, ignored);
        else
            fs::rename(before.kept, before.target, ignored);
    }
}

} // namespace

StagedFile::StagedFile(fs::path target, PartFile part, Downloaded facts)
    : m_target(std::move(target)), m_part(std::make_unique<PartFile>(std::move(part))), m_facts(facts) {}
StagedFile::~StagedFile() = default;
StagedFile::StagedFile(StagedFile&&) noexcept = default;
StagedFile& StagedFile::operator=(StagedFile&&) noexcept = default;

fs::path StagedFile::path() const {
    return m_part->path();
}

core::Status StagedFile::place() {
    return m_part->moveTo(m_target);
}

void StagedFile::discard() {
    m_part->remove();
}

core::Status placeAll(std::vector<StagedFile>& files) {
    std::vector<Before> done;
    core::Status failed = core::Done{};
    for (StagedFile& file : files) {
        auto before = keep(file.target());
        if (before)
            done.push_back(*before);
        failed = before ? file.place() : core::Status(before.error());
        if (!failed)
            break;
    }
    if (!failed) {
        putBack(done);
        return failed;
    }
    std::error_code ignored;
    for (const Before& before : done)
        if (!before.kept.empty())
            fs::remove(before.kept, ignored);
    return core::Done{};
}

} // namespace facelatch::network
