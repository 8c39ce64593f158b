// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads by the manifest's addresses.
#include "app/model_install.h"

#include "network/download.h"
#include "storage/secrets.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

namespace facelatch::app {

namespace fs = std::filesystem;

namespace {

using network::StagedFile;
using recognition::ModelRow;

core::Result<std::string> sha256OfFile(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return core::fail("The file cannot be read", path.string(), "Check its permissions");
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    return storage::sha256Hex(bytes);
}

bool isAddress(const std::string& mirror) {
    return mirror.starts_with("http://") || mirror.starts_with("https://");
}

std::string below(std::string address, const std::string& file) {
    return address + (address.ends_with('/') ? "" : "/") + file;
}

/// What every file of the plan has in common; `accepted` are the contents that will do.
network::DownloadRequest requestFor(const InstallPlan& plan, const std::string& file,
                                    const std::vector<recognition::ModelContent>& accepted) {
    network::DownloadRequest request;
    request.target = fs::path(plan.folder) / file;
    request.maxBytes = 0;
    for (const recognition::ModelContent& content : accepted) {
        request.sha256.push_back(content.sha256);
        request.maxBytes = std::max(request.maxBytes, content.bytes);
    }
    if (!isAddress(plan.mirror))
        request.mirror = plan.mirror;
    request.proxy = plan.proxy;
    return request;
}

/// The first address that gives an accepted content; where none does, what went wrong at each.
core::Result<StagedFile> stageFrom(network::DownloadRequest request, std::vector<std::string> urls,
                                   const InstallPlan& plan, const std::string& id) {
    const auto progress = [&](std::uint64_t done, std::uint64_t total) {
        if (plan.progress)
            plan.progress(id, done, total);
        return true;
    };
    if (isAddress(plan.mirror))
        urls.insert(urls.begin(), below(plan.mirror, request.target.filename().string()));
    if (urls.empty())
        urls.emplace_back(); // the mirror's folder alone
    std::optional<core::Error> error;
    for (const std::string& url : urls) {
        request.url = url;
        auto staged = network::stage(request, sha256OfFile, progress);
        if (staged)
            return staged;
        core::Error next = staged.error();
        if (error) // the last one's remedy, and what each said
            next.what = error->what + " (" + error->where + "); then " + next.what;
        error = std::move(next);
        if (error->kind == core::ErrorKind::AlreadyRunning || error->kind == core::ErrorKind::Usage)
            break;
    }
    return *error;
}

core::Result<StagedFile> stagePacked(const ModelRow& row, const InstallPlan& plan) {
    const network::DownloadRequest plain = requestFor(plan, row.file, row.accepted);
    if (!plain.mirror.empty()) {
        auto unpackedThere = network::stage(plain, sha256OfFile);
        if (unpackedThere || unpackedThere.error().kind == core::ErrorKind::AlreadyRunning)
            return unpackedThere;
    }
    auto packed = stageFrom(requestFor(plan, row.file + "." + row.packing, {row.packed}), row.urls, plan, row.id);
    if (!packed)
        return packed;
    auto unpacked = network::unpackBzip2(packed->path(), plain, sha256OfFile);
    if (unpacked)
        packed->discard();
    return unpacked;
}

core::Result<StagedFile> stageModel(const ModelRow& row, const InstallPlan& plan) {
    if (row.urls.empty() && plan.mirror.empty())
        return core::fail("The model '" + row.id + "' cannot be downloaded", row.source,
                          row.package.empty() ? "Fetch the file from its source and put it into " + plan.folder
                                              : "Install the package " + row.package);
    if (row.packing == "bz2")
        return stagePacked(row, plan);
    return stageFrom(requestFor(plan, row.file, row.accepted), row.urls, plan, row.id);
}

/// A wrong file in a folder that is searched first would be refused for ever, whatever is installed behind it.
std::optional<core::Error> hiddenBy(const recognition::ModelStore& store, const recognition::ModelStatus& status,
                                    const std::string& folder) {
    if (status.path.empty())
        return std::nullopt;
    const fs::path wrong = fs::path(status.path).parent_path().lexically_normal();
    for (const std::string& searched : store.searchDirectories()) {
        const fs::path directory = (fs::path(searched) / "").lexically_normal().parent_path();
        if (directory == (fs::path(folder) / "").lexically_normal().parent_path())
            return std::nullopt;
        if (directory == wrong)
            return core::fail("The model '" + status.id + "' would not be found behind a wrong file that comes first",
                              status.path, "Delete that file, or install over it with --to " + wrong.string());
    }
    return std::nullopt;
}

core::Status haveRoom(const std::vector<const ModelRow*>& rows, const std::string& folder) {
    std::uint64_t needed = 0;
    for (const ModelRow* row : rows) {
        std::uint64_t most = 0;
        for (const recognition::ModelContent& content : row->accepted)
            most = std::max(most, content.bytes);
        std::error_code none;
        const auto part = fs::file_size(fs::path(folder) / (row->file + ".part"), none);
        needed += most + row->packed.bytes - (none ? 0 : std::min<std::uint64_t>(most, part));
    }
    std::error_code error;
    fs::path existing = fs::absolute(folder, error);
    while (!existing.empty() && !fs::exists(existing, error) && existing != existing.parent_path())
        existing = existing.parent_path();
    const fs::space_info space = fs::space(existing, error);
    if (error || space.capacity == 0 || space.available >= needed) // a file system without a size tells by itself
        return core::Done{};
    return core::fail("There is not enough room: " + std::to_string(needed / 1000) + " kB are needed, " +
                          std::to_string(space.available / 1000) + " kB are free",
                      folder, "Free some space, or install elsewhere with --to");
}

} // namespace

core::Result<std::vector<InstalledModel>> installModels(const recognition::ModelStore& store, const InstallPlan& plan) {
    std::vector<InstalledModel> models;
    std::vector<const ModelRow*> missing;
    for (const std::string& id : plan.ids) {
        const ModelRow* row = store.manifest().find(id);
        if (row == nullptr)
            return core::Error{core::ErrorKind::Usage,
                               "There is no model '" + id + "'",
                               {},
                               "See the ids with: facelatch-ctl models list"};
        const bool named = std::any_of(models.begin(), models.end(), [&](const auto& model) { return model.id == id; });
        if (named)
            continue;
        const recognition::ModelStatus status = store.check(id);
        models.push_back({id, InstalledModel::How::WasThere, status.path, 0, 0});
        if (status.state == recognition::ModelState::Good)
            continue;
        if (const auto hidden = hiddenBy(store, status, plan.folder))
            return *hidden;
        models.back().path.clear();
        missing.push_back(row);
    }
    if (const auto room = haveRoom(missing, plan.folder); !room)
        return room.error();
    std::vector<StagedFile> staged;
    for (const ModelRow* row : missing) {
        auto file = stageModel(*row, plan);
        if (!file)
            return file.error();
        staged.push_back(*std::move(file));
    }
    if (const auto placed = network::placeAll(staged); !placed)
        return placed.error();
    auto file = staged.begin();
    for (InstalledModel& model : models) {
        if (!model.path.empty())
            continue;
        const network::Downloaded& facts = file->facts();
        model.how = facts.from == network::Downloaded::From::Mirror ? InstalledModel::How::Copied
                                                                    : InstalledModel::How::Downloaded;
        model.path = file->target().string();
        model.bytes = facts.bytes;
        model.resumedAt = facts.resumedAt;
        ++file;
    }
    return models;
}

} // namespace facelatch::app
