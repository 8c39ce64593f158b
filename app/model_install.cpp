// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads by the manifest's addresses.
#include "app/model_install.h"

#include "network/download.h"
#include "storage/secrets.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include <unistd.h>

namespace facelatch::app {

namespace {

core::Result<std::string> sha256OfFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return core::fail("The file cannot be read", path.string(), "Check its permissions");
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    return storage::sha256Hex(bytes);
}

network::DownloadProgress progressBar(const std::string& id) {
    if (isatty(STDERR_FILENO) == 0)
        return {};
    return [id](std::uint64_t done, std::uint64_t total) {
        constexpr std::uint64_t width = 30;
        const std::uint64_t filled = total > 0 ? std::min(width, done * width / total) : 0;
        std::fprintf(stderr, "\r%-26s [%-30s] %6.1f MB", id.c_str(),
                     std::string(static_cast<std::size_t>(filled), '#').c_str(), static_cast<double>(done) / 1e6);
        if (total > 0 && done >= total)
            std::fputc('\n', stderr);
        return true;
    };
}

} // namespace

core::Result<std::string> installModel(const recognition::ModelStore& store, const std::string& id,
                                       const std::string& folder, const std::string& mirror) {
    const recognition::ModelRow* row = store.manifest().find(id);
    if (row == nullptr)
        return core::Error{core::ErrorKind::Usage,
                           "There is no model '" + id + "'",
                           {},
                           "See the ids with: facelatch-ctl models list"};
    if (const recognition::ModelStatus status = store.check(id); status.state == recognition::ModelState::Good)
        return "there already: " + status.path;
    if (row->urls.empty() || !row->packing.empty())
        return core::fail("The model '" + id + "' cannot be downloaded by this version", row->source,
                          row->package.empty() ? "Fetch the file from its source, unpack it and put it into " + folder
                                               : "Install the package " + row->package);
    // Any of the accepted contents will do: the first address that gives one of them ends the search.
    core::Error last = core::fail("No address gave the model '" + id + "'");
    for (const std::string& url : row->urls) {
        for (const recognition::ModelContent& content : row->accepted) {
            network::DownloadRequest request;
            request.url = url;
            request.target = std::filesystem::path(folder) / row->file;
            request.sha256 = content.sha256;
            request.maxBytes = content.bytes;
            request.mirror = mirror;
            const auto done = network::download(request, sha256OfFile, progressBar(id));
            if (done)
                return (done->from == network::Downloaded::From::Mirror ? "copied to " : "downloaded to ") +
                       request.target.string();
            last = done.error();
        }
    }
    return last;
}

} // namespace facelatch::app
