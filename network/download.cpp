// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads through libcurl.
#include "network/download.h"

#include "core/settings.h"
#include "network/bunzip2.h"
#include "network/part_file.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <mutex>
#include <string_view>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;
using core::fail;
using core::Result;
using core::Status;
using core::withoutPasswords;

namespace {

constexpr std::chrono::milliseconds progressSpacing{100};
constexpr long mostRedirects = 10;
constexpr std::string_view noProxy = "none";

struct CurlFree {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
using Curl = std::unique_ptr<CURL, CurlFree>;

/// What the callbacks of one transfer share.
struct Transfer {
    CURL* curl = nullptr;
    const DownloadRequest* request = nullptr;
    const DownloadProgress* progress = nullptr;
    PartFile* part = nullptr;
    std::uint64_t resumedAt = 0;
    std::chrono::steady_clock::time_point lastProgress{}, lastByte = std::chrono::steady_clock::now();
    bool begun = false, cancelled = false, stalled = false, tooLarge = false, webPage = false;
    Status written = core::Done{};
};

bool startsLikeHtml(std::string_view bytes) {
    const auto begin = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
    std::string text(bytes.substr(begin, 14));
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text.starts_with("<!doctype html") || text.starts_with("<html");
}

/// Login pages of a network and error pages with status 200 come as HTML; no file of ours is.
bool isWebPage(const Transfer& transfer, std::string_view bytes) {
    const char* type = nullptr;
    curl_easy_getinfo(transfer.curl, CURLINFO_CONTENT_TYPE, &type);
    return (type && std::string_view(type).starts_with("text/html")) ||
           (transfer.resumedAt == 0 && startsLikeHtml(bytes));
}

std::size_t onBytes(char* data, std::size_t, std::size_t count, void* context) {
    Transfer& transfer = *static_cast<Transfer*>(context);
    const std::string_view bytes(data, count);
    transfer.lastByte = std::chrono::steady_clock::now();
    if (!transfer.begun) {
        transfer.begun = true;
        transfer.webPage = isWebPage(transfer, bytes);
    }
    transfer.tooLarge = transfer.part->size() + count > transfer.request->maxBytes;
    if (transfer.webPage || transfer.tooLarge)
        return CURL_WRITEFUNC_ERROR;
    transfer.written = transfer.part->append(bytes);
    return transfer.written ? count : CURL_WRITEFUNC_ERROR;
}

int onProgress(void* context, curl_off_t total, curl_off_t done, curl_off_t, curl_off_t) {
    Transfer& transfer = *static_cast<Transfer*>(context);
    const auto now = std::chrono::steady_clock::now();
    // libcurl calls at least once a second; its own low-speed limit averages over 5 s and comes late.
    transfer.stalled = now - transfer.lastByte > transfer.request->stallTimeout;
    if (transfer.stalled)
        return 1;
    if (!*transfer.progress || now - transfer.lastProgress < progressSpacing)
        return 0;
    transfer.lastProgress = now;
    const auto all = total > 0 ? static_cast<std::uint64_t>(total) + transfer.resumedAt : 0;
    transfer.cancelled = !(*transfer.progress)(static_cast<std::uint64_t>(done) + transfer.resumedAt, all);
    return transfer.cancelled ? 1 : 0;
}

Error proxyError(const std::string& what, const std::string& url) {
    return fail(what, url, "Check the setting network.proxy, or the variables https_proxy, http_proxy and no_proxy");
}

Error httpError(long status, const std::string& url) {
    const std::string what = "the server refused with status " + std::to_string(status);
    if (status == 404 || status == 410)
        return {ErrorKind::NotFound, "the file is not on the server (status " + std::to_string(status) + ")", url,
                "Check the address in the manifest"};
    if (status == 407)
        return proxyError("the proxy wants a user name and a password (status 407)", url);
    if (status == 401 || status == 403)
        return fail(what, url, "Check that the address needs no login, and the proxy settings");
    if (status == 429 || status >= 500)
        return fail(what, url, "Try again later");
    return fail(what, url);
}

/// libcurl's result in words that say what to do.
Error transferError(const Transfer& transfer, CURLcode code, const char* details) {
    const std::string url = withoutPasswords(transfer.request->url);
    const std::string detail = *details ? details : curl_easy_strerror(code);
    if (!transfer.written)
        return transfer.written.error();
    if (transfer.cancelled)
        return fail("the download was given up", url);
    if (transfer.stalled)
        return fail("the server sends nothing any more", url,
                    "Check the network connection and try again: it goes on where it stopped");
    if (transfer.tooLarge || code == CURLE_FILESIZE_EXCEEDED)
        return fail("the file is larger than the " + std::to_string(transfer.request->maxBytes) + " bytes allowed", url,
                    "Check the address in the manifest");
    if (transfer.webPage)
        return fail("the server sent a web page instead of the file", url,
                    "Open the address in a browser: the network may ask for a login first");
    long status = 0;
    curl_easy_getinfo(transfer.curl, CURLINFO_HTTP_CONNECTCODE, &status);
    if (status == 407)
        return httpError(status, url);
    if (status >= 400)
        return proxyError("the proxy refused the connection with status " + std::to_string(status), url);
    switch (code) {
    case CURLE_HTTP_RETURNED_ERROR:
        curl_easy_getinfo(transfer.curl, CURLINFO_RESPONSE_CODE, &status);
        return httpError(status, url);
    case CURLE_COULDNT_RESOLVE_PROXY:
        return proxyError("the proxy's name is not found: " + detail, url);
    case CURLE_PROXY:
        return proxyError("the proxy does not let it through: " + detail, url);
    case CURLE_COULDNT_RESOLVE_HOST:
        return fail("the server's name is not found: " + detail, url,
                    "Check the network connection and the name server");
    case CURLE_COULDNT_CONNECT:
        return fail("the server cannot be reached: " + detail, url, "Check the network connection and the proxy");
    case CURLE_OPERATION_TIMEDOUT:
        return fail("the server does not answer: " + detail, url, "Check the network connection");
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return fail("the connection broke off: " + detail, url, "Try again: it goes on where it stopped");
    case CURLE_SSL_CONNECT_ERROR:
        return fail("no secure connection to the server: " + detail, url,
                    "Check the address; something on the way may not let https through");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
        return fail("the server's certificate is not trusted: " + detail, url,
                    "Check this machine's date and time, and that ca-certificates is installed");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return {ErrorKind::Usage, "this address cannot be downloaded: " + detail, url,
                "Use https://, http:// or file://"};
    case CURLE_FILE_COULDNT_READ_FILE:
        return {ErrorKind::NotFound, "there is no such file", url, "Check the address in the manifest"};
    case CURLE_TOO_MANY_REDIRECTS:
        return fail("the server redirects more than 10 times", url, "Check the address in the manifest");
    default:
        return fail("the download failed: " + detail, url);
    }
}

void setOptions(CURL* curl, Transfer& transfer, char* errorText) {
    const DownloadRequest& request = *transfer.request;
    const bool secure = request.url.starts_with("https:");
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    if (!request.proxy.empty()) // an empty proxy switches the environment's off
        curl_easy_setopt(curl, CURLOPT_PROXY, request.proxy == noProxy ? "" : request.proxy.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http,file");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "https,http");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, mostRedirects);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); // any thread may download
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "facelatch/" FACELATCH_VERSION);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.count()));
    curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(transfer.resumedAt));
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.maxBytes - transfer.resumedAt));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onBytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, errorText);
}

enum class Fetched { Whole, CannotResume };

/// One transfer into the part, from its present size on.
Result<Fetched> fetch(const DownloadRequest& request, const DownloadProgress& progress, PartFile& part) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const Curl curl(curl_easy_init());
    if (!curl)
        return fail("libcurl does not start", withoutPasswords(request.url));
    std::array<char, CURL_ERROR_SIZE> errorText{};
    Transfer transfer;
    transfer.curl = curl.get();
    transfer.request = &request;
    transfer.progress = &progress;
    transfer.part = &part;
    transfer.resumedAt = part.size();
    setOptions(curl.get(), transfer, errorText.data());
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_OK) {
        if (progress)
            progress(part.size(), part.size());
        return Fetched::Whole;
    }
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    const bool rangeRefused = code == CURLE_RANGE_ERROR || code == CURLE_BAD_DOWNLOAD_RESUME || status == 416;
    if (transfer.resumedAt > 0 && rangeRefused)
        return Fetched::CannotResume;
    return transferError(transfer, code, errorText.data());
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

Status checkSum(const DownloadRequest& request, const FileSha256& sha256Of, const std::filesystem::path& file) {
    if (request.sha256.empty())
        return core::Done{};
    auto sum = sha256Of(file);
    if (!sum)
        return sum.error();
    std::string accepted;
    for (const std::string& wanted : request.sha256) {
        if (lower(*sum) == lower(wanted))
            return core::Done{};
        accepted += (accepted.empty() ? "" : " or ") + lower(wanted);
    }
    return fail("the file has another SHA-256 than expected: " + *sum + " instead of " + accepted, file.string());
}

/// The mirror's file, or nothing when there is none that is right; `note` says what is wrong with it.
Result<bool> takeFromMirror(const DownloadRequest& request, const FileSha256& sha256Of, PartFile& part,
                            std::string& note) {
    const std::filesystem::path file = request.mirror / request.target.filename();
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error || request.mirror.empty())
        return false;
    if (auto right = checkSum(request, sha256Of, file); size > request.maxBytes || !right) {
        note = "The mirror's file is not the right one either: " + file.string();
        return false;
    }
    if (auto copied = part.copyFrom(file); !copied)
        return copied.error();
    return true;
}

bool isSum(const std::string& text) {
    return text.size() == 64 && std::ranges::all_of(text, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

Status checkRequest(const DownloadRequest& request, const FileSha256& sha256Of) {
    const bool sums = request.sha256.empty() || (sha256Of && std::ranges::all_of(request.sha256, isSum));
    if (!sums)
        return Error{
            ErrorKind::Usage, "the expected SHA-256 is not 64 hexadecimal digits", withoutPasswords(request.url), {}};
    if (request.target.filename().empty())
        return Error{ErrorKind::Usage, "the download has no target file", withoutPasswords(request.url), {}};
    if (!isProxy(request.proxy)) // not repeated: it may hold a password
        return Error{ErrorKind::Usage, "the proxy is no address", "network.proxy",
                     "Write it as http://HOST:PORT, https://HOST:PORT or socks5h://HOST:PORT"};
    std::error_code error;
    if (std::filesystem::is_directory(request.target, error))
        return fail("there is a folder where the file should be", request.target.string(), "Take it away");
    return core::Done{};
}

/// Fills the part from the network; begins anew once when what was left from before does not fit.
Status fillPart(const DownloadRequest& request, const FileSha256& sha256Of, const DownloadProgress& progress,
                PartFile& part, Downloaded& result) {
    if (part.size() >= request.maxBytes) { // as much as there can be: whole already, or of no use
        result.resumedAt = part.size();
        if (!request.sha256.empty() && part.size() == request.maxBytes && checkSum(request, sha256Of, part.path()))
            return core::Done{};
        if (auto cleared = part.clear(); !cleared)
            return cleared;
    }
    for (;;) {
        result.resumedAt = part.size();
        const auto fetched = fetch(request, progress, part);
        if (!fetched) {
            if (result.resumedAt == 0 && part.size() == 0)
                part.remove();
            return fetched.error();
        }
        // A server that refuses the range may do so because nothing is missing any more: the sum tells.
        const bool judged = *fetched == Fetched::Whole || !request.sha256.empty();
        const Status right = judged ? checkSum(request, sha256Of, part.path()) : Status(fail("not resumable"));
        if (right)
            return core::Done{};
        if (result.resumedAt == 0) {
            part.remove();
            return fail(right.error().what, withoutPasswords(request.url),
                        "The server's file has changed or was damaged on the way; nothing was kept");
        }
        if (auto cleared = part.clear(); !cleared)
            return cleared;
    }
}

/// From the mirror, else from the network.
Status fill(const DownloadRequest& request, const FileSha256& sha256Of, const DownloadProgress& progress,
            PartFile& part, Downloaded& result) {
    std::string mirrorNote;
    auto mirrored = takeFromMirror(request, sha256Of, part, mirrorNote);
    if (!mirrored)
        return mirrored.error();
    Status filled = core::Done{};
    if (*mirrored)
        result.from = Downloaded::From::Mirror;
    else if (request.url.empty())
        filled = Error{ErrorKind::NotFound,
                       "the mirror does not have the file",
                       (request.mirror / request.target.filename()).string(),
                       {}};
    else
        filled = fillPart(request, sha256Of, progress, part, result);
    if (filled)
        return part.flush();
    if (part.size() == 0)
        part.remove();
    Error error = filled.error();
    error.remedy += (error.remedy.empty() || mirrorNote.empty() ? "" : ". ") + mirrorNote;
    return error;
}

} // namespace

bool isProxy(const std::string& text) {
    constexpr std::array schemes{"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
    const auto end = text.find("://");
    const bool address = end != std::string::npos && text.size() > end + 3 &&
                         text.find_first_of(" \t\r\n") == std::string::npos &&
                         std::ranges::find(schemes, lower(text.substr(0, end))) != schemes.end();
    return text.empty() || text == noProxy || address;
}

Result<StagedFile> stage(const DownloadRequest& request, const FileSha256& sha256Of, const DownloadProgress& progress) {
    if (auto checked = checkRequest(request, sha256Of); !checked)
        return checked.error();
    auto part = PartFile::open(request.target);
    if (!part)
        return part.error();
    Downloaded result;
    if (auto filled = fill(request, sha256Of, progress, *part, result); !filled)
        return filled.error();
    result.bytes = part->size();
    return StagedFile(request.target, *std::move(part), result);
}

Result<StagedFile> unpackBzip2(const std::filesystem::path& packed, const DownloadRequest& unpacked,
                               const FileSha256& sha256Of) {
    if (auto checked = checkRequest(unpacked, sha256Of); !checked)
        return checked.error();
    auto part = PartFile::open(unpacked.target);
    if (!part)
        return part.error();
    Status done = part->clear();
    if (done)
        done = bunzip2(packed, *part, unpacked.maxBytes);
    if (done)
        done = checkSum(unpacked, sha256Of, part->path());
    if (done)
        done = part->flush();
    if (!done) {
        part->remove();
        return done.error();
    }
    const Downloaded result{Downloaded::From::Network, part->size(), 0};
    return StagedFile(unpacked.target, *std::move(part), result);
}

Result<Downloaded> download(const DownloadRequest& request, const FileSha256& sha256Of,
                            const DownloadProgress& progress) {
    auto staged = stage(request, sha256Of, progress);
    if (!staged)
        return staged.error();
    if (auto placed = staged->place(); !placed)
        return placed.error();
    return staged->facts();
}

} // namespace facelatch::network
