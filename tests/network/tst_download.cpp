// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads from servers that behave and from servers that do not.
#include "network/download.h"

#include "tests/support/tiny_server.h"

#include <QCryptographicHash>

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

using namespace facelatch;
using namespace facelatch::network;
using facelatch::testing::TinyServer;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

std::string readFile(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void writeFile(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

std::string sumOf(const std::string& bytes) {
    return QCryptographicHash::hash(QByteArray::fromStdString(bytes), QCryptographicHash::Sha256).toHex().toStdString();
}

core::Result<std::string> sumOfFile(const fs::path& file) {
    return sumOf(readFile(file));
}

class Download : public ::testing::Test {
protected:
    Download() {
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
            ::unsetenv(name);
        std::string pattern = (fs::temp_directory_path() / "facelatch-download-XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~Download() override { fs::remove_all(m_folder); }

    fs::path target() const { return m_folder / "models" / "net.onnx"; }
    fs::path part() const { return m_folder / "models" / "net.onnx.part"; }
    DownloadRequest request(const std::string& url) const {
        DownloadRequest wanted;
        wanted.url = url;
        wanted.target = target();
        wanted.sha256 = {sumOf(body)};
        return wanted;
    }
    void expectNothingLeft() const {
        EXPECT_FALSE(fs::exists(target()));
        EXPECT_FALSE(fs::exists(part()));
    }

    const std::string body = [] {
        std::string text;
        for (int i = 0; i < 20000; ++i)
            text += "weights " + std::to_string(i) + "\n";
        return text;
    }();
    fs::path m_folder;
};

TEST_F(Download, PutsTheWholeFileInPlaceAndTellsItsProgress) {
    TinyServer server([&](const std::string&) { return TinyServer::ok(body); });
    std::uint64_t lastDone = 0, lastTotal = 0;
    const auto done =
        download(request(server.url("/net.onnx")), sumOfFile, [&](std::uint64_t now, std::uint64_t total) {
            lastDone = now;
            lastTotal = total;
            return true;
        });
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->from, Downloaded::From::Network);
    EXPECT_EQ(done->bytes, body.size());
    EXPECT_EQ(readFile(target()), body);
    EXPECT_FALSE(fs::exists(part()));
    EXPECT_EQ(lastDone, body.size());
    EXPECT_EQ(lastTotal, body.size());
}

TEST_F(Download, ReplacesAnOlderFileOnlyWhenTheNewOneIsRight) {
    writeFile(target(), "the old one");
    TinyServer wrong([&](const std::string&) { return TinyServer::ok("not it"); });
    EXPECT_FALSE(download(request(wrong.url("/net.onnx")), sumOfFile));
    EXPECT_EQ(readFile(target()), "the old one");
    TinyServer right([&](const std::string&) { return TinyServer::ok(body); });
    EXPECT_TRUE(download(request(right.url("/net.onnx")), sumOfFile));
    EXPECT_EQ(readFile(target()), body);
}

TEST_F(Download, RefusesAWrongSum) {
    TinyServer server([&](const std::string&) { return TinyServer::ok(body + "tampered"); });
    const auto done = download(request(server.url("/net.onnx")), sumOfFile);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, core::ErrorKind::Failed);
    EXPECT_THAT(done.error().text(), HasSubstr("another SHA-256"));
    EXPECT_THAT(done.error().text(), HasSubstr(sumOf(body)));
    expectNothingLeft();
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(Download, KeepsATruncatedPartAndResumesIt) {
    bool whole = false;
    TinyServer server([&](const std::string& head) {
        if (whole)
            return TinyServer::ranged(head, body);
        TinyServer::Answer half = TinyServer::ok(body);
        half.bytes.resize(half.bytes.size() - body.size() / 2);
        return half;
    });
    const auto broken = download(request(server.url("/net.onnx")), sumOfFile);
    ASSERT_FALSE(broken);
    EXPECT_THAT(broken.error().text(), HasSubstr("broke off"));
    EXPECT_FALSE(fs::exists(target()));
    const auto kept = fs::file_size(part());
    EXPECT_GT(kept, 0U);

    whole = true;
    const auto done = download(request(server.url("/net.onnx")), sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->resumedAt, kept);
    EXPECT_EQ(readFile(target()), body);
    EXPECT_THAT(server.requests().back(), HasSubstr("Range: bytes=" + std::to_string(kept) + "-"));
}

TEST_F(Download, BeginsAnewWhereTheServerKnowsNoRanges) {
    writeFile(part(), body.substr(0, 1000));
    TinyServer server([&](const std::string&) { return TinyServer::ok(body); });
    const auto done = download(request(server.url("/net.onnx")), sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->resumedAt, 0U);
    EXPECT_EQ(readFile(target()), body);
}

TEST_F(Download, TakesAPartThatWasAlreadyWhole) {
    writeFile(part(), body);
    TinyServer server([&](const std::string& head) { return TinyServer::ranged(head, body); });
    const auto done = download(request(server.url("/net.onnx")), sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(readFile(target()), body);
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(Download, DropsAPartOfAnotherVersion) {
    writeFile(part(), std::string(1000, 'x'));
    TinyServer server([&](const std::string& head) { return TinyServer::ranged(head, body); });
    const auto done = download(request(server.url("/net.onnx")), sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(readFile(target()), body);
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Download, FollowsRedirects) {
    TinyServer server([&](const std::string& head) {
        return head.starts_with("GET /old ") ? TinyServer::status("302 Found", "Location: /new\r\n")
                                             : TinyServer::ok(body);
    });
    const auto done = download(request(server.url("/old")), sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(readFile(target()), body);
}

TEST_F(Download, GivesUpOnRedirectsWithoutEnd) {
    TinyServer server([](const std::string&) { return TinyServer::status("302 Found", "Location: /again\r\n"); });
    const auto done = download(request(server.url("/again")), sumOfFile);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), HasSubstr("redirects more than 10 times"));
    expectNothingLeft();
}

TEST_F(Download, NeverFollowsARedirectToAFileOfThisMachine) {
    writeFile(m_folder / "secret", body);
    TinyServer server([&](const std::string&) {
        return TinyServer::status("302 Found", "Location: file://" + (m_folder / "secret").string() + "\r\n");
    });
    EXPECT_FALSE(download(request(server.url("/net.onnx")), sumOfFile));
    expectNothingLeft();
}

TEST_F(Download, SaysWhatTheServerRefused) {
    TinyServer missing([](const std::string&) { return TinyServer::status("404 Not Found"); });
    const auto notThere = download(request(missing.url("/net.onnx")), sumOfFile);
    ASSERT_FALSE(notThere);
    EXPECT_EQ(notThere.error().kind, core::ErrorKind::NotFound);
    EXPECT_THAT(notThere.error().text(), HasSubstr("not on the server"));
    EXPECT_THAT(notThere.error().where, HasSubstr("/net.onnx"));

    TinyServer busy([](const std::string&) { return TinyServer::status("503 Service Unavailable"); });
    const auto later = download(request(busy.url("/net.onnx")), sumOfFile);
    ASSERT_FALSE(later);
    EXPECT_THAT(later.error().text(), HasSubstr("Try again later"));

    TinyServer closed([](const std::string&) { return TinyServer::status("403 Forbidden"); });
    const auto login = download(request(closed.url("/net.onnx")), sumOfFile);
    ASSERT_FALSE(login);
    EXPECT_THAT(login.error().text(), HasSubstr("status 403"));
    expectNothingLeft();
}

TEST_F(Download, RefusesAWebPage) {
    TinyServer typed([](const std::string&) { return TinyServer::ok("please log in", "text/html; charset=utf-8"); });
    const auto first = download(request(typed.url("/net.onnx")), sumOfFile);
    ASSERT_FALSE(first);
    EXPECT_THAT(first.error().text(), HasSubstr("web page instead of the file"));
    TinyServer untyped([](const std::string&) { return TinyServer::ok("\n<!DOCTYPE HTML><p>log in"); });
    const auto second = download(request(untyped.url("/net.onnx")), sumOfFile);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().text(), HasSubstr("web page instead of the file"));
    expectNothingLeft();
}

TEST_F(Download, RefusesTooMuchBeforeAndWhileItArrives) {
    DownloadRequest wanted;
    TinyServer announced([&](const std::string&) { return TinyServer::ok(body); });
    wanted = request(announced.url("/net.onnx"));
    wanted.maxBytes = 1000;
    const auto before = download(wanted, sumOfFile);
    ASSERT_FALSE(before);
    EXPECT_THAT(before.error().text(), HasSubstr("larger than the 1000 bytes"));
    TinyServer endless([&](const std::string&) {
        return TinyServer::Answer{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body, false};
    });
    wanted.url = endless.url("/net.onnx");
    const auto during = download(wanted, sumOfFile);
    ASSERT_FALSE(during);
    EXPECT_THAT(during.error().text(), HasSubstr("larger than the 1000 bytes"));
    EXPECT_FALSE(fs::exists(target()));
}

TEST_F(Download, GivesUpOnAServerThatStalls) {
    TinyServer server([&](const std::string&) {
        TinyServer::Answer answer = TinyServer::ok(body);
        answer.bytes.resize(answer.bytes.size() - body.size() / 2);
        answer.stall = true;
        return answer;
    });
    DownloadRequest wanted = request(server.url("/net.onnx"));
    wanted.stallTimeout = std::chrono::seconds(1);
    const auto done = download(wanted, sumOfFile);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), HasSubstr("sends nothing any more"));
    EXPECT_GT(fs::file_size(part()), 0U);
}

TEST_F(Download, StopsWhenTheCallerHasEnough) {
    TinyServer server([&](const std::string&) {
        TinyServer::Answer answer = TinyServer::ok(body);
        answer.bytes.resize(answer.bytes.size() - 1);
        answer.stall = true;
        return answer;
    });
    const auto done =
        download(request(server.url("/net.onnx")), sumOfFile, [](std::uint64_t, std::uint64_t) { return false; });
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), HasSubstr("given up"));
    EXPECT_FALSE(fs::exists(target()));
}

TEST_F(Download, SaysWhenNobodyListensAndWhenTheNameIsUnknown) {
    std::string url;
    {
        TinyServer gone([](const std::string&) { return TinyServer::Answer{}; });
        url = gone.url("/net.onnx");
    }
    const auto refused = download(request(url), sumOfFile);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(), HasSubstr("cannot be reached"));
    const auto unknown = download(request("http://models.invalid/net.onnx"), sumOfFile);
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().text(), HasSubstr("name is not found"));
    expectNothingLeft();
}

TEST_F(Download, SaysWhenThereIsNoSecureConnection) {
    TinyServer server([](const std::string&) { return TinyServer::Answer{"HTTP/1.1 400 Bad Request\r\n\r\n", false}; });
    const auto done = download(request(server.secureUrl("/net.onnx")), sumOfFile);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), HasSubstr("no secure connection"));
    expectNothingLeft();
}

TEST_F(Download, RefusesACertificateThatNobodyVouchesFor) {
    const std::string key = (m_folder / "key.pem").string(), certificate = (m_folder / "certificate.pem").string();
    const std::string make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=127.0.0.1 "
        "-addext subjectAltName=IP:127.0.0.1 -keyout " +
        key + " -out " + certificate + " 2>/dev/null";
    if (std::system(make.c_str()) != 0)
        GTEST_SKIP() << "the openssl command is not installed";
    const std::string serve =
        "echo $$; exec openssl s_server -www -accept 127.0.0.1:0 -key " + key + " -cert " + certificate + " 2>&1";
    FILE* server = ::popen(serve.c_str(), "r");
    ASSERT_TRUE(server);
    std::array<char, 200> line{};
    const int pid = std::atoi(std::fgets(line.data(), line.size(), server));
    ASSERT_GT(pid, 1);
    std::string port;
    while (port.empty() && std::fgets(line.data(), line.size(), server))
        if (const std::string text = line.data(); text.starts_with("ACCEPT "))
            port = text.substr(text.rfind(':') + 1, text.find_last_not_of("\r\n ") - text.rfind(':'));
    const auto done = download(request("https://127.0.0.1:" + port + "/net.onnx"), sumOfFile);
    ::kill(pid, SIGTERM);
    ::pclose(server);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), HasSubstr("certificate is not trusted"));
    EXPECT_THAT(done.error().text(), HasSubstr("date and time"));
    expectNothingLeft();
}

TEST_F(Download, PrefersAMirrorWithTheRightFile) {
    DownloadRequest wanted = request("http://models.invalid/net.onnx");
    wanted.mirror = m_folder / "mirror";
    writeFile(wanted.mirror / "net.onnx", body);
    const auto done = download(wanted, sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->from, Downloaded::From::Mirror);
    EXPECT_EQ(readFile(target()), body);
    EXPECT_FALSE(fs::exists(part()));
}

TEST_F(Download, PassesOverAMirrorWithAWrongFileAndSaysSo) {
    TinyServer server([&](const std::string&) { return TinyServer::ok(body); });
    DownloadRequest wanted = request(server.url("/net.onnx"));
    wanted.mirror = m_folder / "mirror";
    writeFile(wanted.mirror / "net.onnx", "old version");
    const auto done = download(wanted, sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->from, Downloaded::From::Network);
    wanted.url = "http://models.invalid/net.onnx";
    const auto neither = download(wanted, sumOfFile);
    ASSERT_FALSE(neither);
    EXPECT_THAT(neither.error().text(), HasSubstr("mirror's file is not the right one"));
}

TEST_F(Download, TakesAnyAcceptedContent) {
    DownloadRequest wanted = request("");
    wanted.sha256 = {sumOf("another export"), sumOf(body), sumOf("a third")};
    TinyServer server([&](const std::string&) { return TinyServer::ok(body); });
    wanted.url = server.url("/net.onnx");
    ASSERT_TRUE(download(wanted, sumOfFile));
    EXPECT_EQ(readFile(target()), body);

    fs::remove(target());
    wanted.mirror = m_folder / "mirror";
    wanted.url.clear();
    writeFile(wanted.mirror / "net.onnx", "another export");
    const auto mirrored = download(wanted, sumOfFile);
    ASSERT_TRUE(mirrored) << mirrored.error().text();
    EXPECT_EQ(mirrored->from, Downloaded::From::Mirror);
    EXPECT_EQ(readFile(target()), "another export");

    TinyServer wrong([&](const std::string&) { return TinyServer::ok("a fourth"); });
    wanted.mirror.clear();
    wanted.url = wrong.url("/net.onnx");
    const auto refused = download(wanted, sumOfFile);
    ASSERT_FALSE(refused);
    for (const char* known : {"another export", "a third", "a fourth"}) // what was seen, and all that would do
        EXPECT_THAT(refused.error().text(), HasSubstr(sumOf(known)));
    EXPECT_EQ(readFile(target()), "another export");
    EXPECT_FALSE(fs::exists(part()));
}

TEST_F(Download, ResumesWithAnotherAcceptedContent) {
    writeFile(part(), body.substr(0, 5000)); // of the first export; the server has the second
    const std::string second(body.rbegin(), body.rend());
    TinyServer server([&](const std::string& head) { return TinyServer::ranged(head, second); });
    DownloadRequest wanted = request(server.url("/net.onnx"));
    wanted.sha256 = {sumOf(body), sumOf(second)};
    const auto done = download(wanted, sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(readFile(target()), second);
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Download, SaysThatTheMirrorHasNothing) {
    DownloadRequest wanted = request("");
    wanted.mirror = m_folder / "mirror";
    const auto done = download(wanted, sumOfFile);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, core::ErrorKind::NotFound);
    expectNothingLeft();
}

TEST_F(Download, GoesThroughTheProxyOfTheSetting) {
    TinyServer proxy([&](const std::string& head) {
        const bool right = head.starts_with("GET http://models.invalid/net.onnx ") &&
                           head.find("Proxy-Authorization: Basic aW5zdGFsbGVyOnNlY3JldC13b3Jk") != std::string::npos;
        return right ? TinyServer::ok(body) : TinyServer::status("400 Bad Request");
    });
    DownloadRequest wanted = request("http://models.invalid/net.onnx");
    wanted.proxy = "http://installer:secret-word@" + proxy.url("").substr(7);
    const auto done = download(wanted, sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(readFile(target()), body);
}

TEST_F(Download, GoesThroughTheProxyOfTheEnvironmentUnlessTold) {
    TinyServer server([&](const std::string&) { return TinyServer::ok("straight"); });
    TinyServer proxy([&](const std::string&) { return TinyServer::ok("by the proxy"); });
    DownloadRequest wanted = request(server.url("/net.onnx"));
    wanted.sha256.clear();
    ::setenv("http_proxy", proxy.url("").c_str(), 1);
    ::setenv("no_proxy", "", 1);
    ASSERT_TRUE(download(wanted, sumOfFile));
    EXPECT_EQ(readFile(target()), "by the proxy");
    wanted.proxy = "none";
    ASSERT_TRUE(download(wanted, sumOfFile));
    EXPECT_EQ(readFile(target()), "straight");
    wanted.proxy.clear();
    ::setenv("no_proxy", "127.0.0.1", 1);
    ASSERT_TRUE(download(wanted, sumOfFile));
    EXPECT_EQ(readFile(target()), "straight");
    ::unsetenv("http_proxy");
    ::unsetenv("no_proxy");
}

TEST_F(Download, NeverTellsAPassword) {
    TinyServer closed([](const std::string&) { return TinyServer::status("407 Proxy Authentication Required"); });
    std::string gone;
    {
        TinyServer server([](const std::string&) { return TinyServer::Answer{}; });
        gone = server.url("").substr(7);
    }
    struct Case {
        std::string url, proxy, says;
    };
    for (const Case& one :
         {Case{"http://models.invalid/n", "http://me:secret-word@" + closed.url("").substr(7), "407"},
          Case{"https://models.invalid/n", "http://me:secret-word@" + closed.url("").substr(7), "407"},
          Case{"http://models.invalid/n", "http://me:secret-word@" + gone, "cannot be reached"},
          Case{"http://models.invalid/n", "http://me:secret-word@proxy.invalid:1", "proxy's name"},
          Case{"http://models.invalid/n", "gopher://me:secret-word@127.0.0.1", "no address"},
          Case{"http://me:secret-word@" + gone + "/n", "", "cannot be reached"}}) {
        DownloadRequest wanted = request(one.url);
        wanted.proxy = one.proxy;
        const auto done = download(wanted, sumOfFile);
        ASSERT_FALSE(done);
        EXPECT_THAT(done.error().text(), HasSubstr(one.says));
        EXPECT_THAT(done.error().text(), ::testing::Not(HasSubstr("secret-word")));
        expectNothingLeft();
    }
}

TEST_F(Download, PlacesAllOrNone) {
    const fs::path first = m_folder / "models" / "a", second = m_folder / "models" / "b";
    const auto staged = [&](const fs::path& where, const std::string& text) {
        writeFile(m_folder / "source", text);
        DownloadRequest wanted = request("file://" + (m_folder / "source").string());
        wanted.target = where;
        wanted.sha256 = {sumOf(text)};
        auto file = stage(wanted, sumOfFile);
        EXPECT_TRUE(file);
        return *std::move(file);
    };
    writeFile(first, "old");
    std::vector<StagedFile> files;
    files.push_back(staged(first, "new a"));
    files.push_back(staged(second, "new b"));
    EXPECT_EQ(readFile(first), "old"); // staged is not placed
    EXPECT_FALSE(fs::exists(second));
    fs::create_directories(second / "in the way"); // now the second one cannot be placed
    EXPECT_FALSE(placeAll(files));
    EXPECT_EQ(readFile(first), "old");
    fs::remove_all(second);

    files.clear();
    files.push_back(staged(first, "new a"));
    files.push_back(staged(second, "new b"));
    ASSERT_TRUE(placeAll(files));
    EXPECT_EQ(readFile(first), "new a");
    EXPECT_EQ(readFile(second), "new b");
    std::vector<std::string> left;
    for (const auto& entry : fs::directory_iterator(m_folder / "models"))
        left.push_back(entry.path().filename().string());
    EXPECT_THAT(left, ::testing::UnorderedElementsAre("a", "b"));
}

TEST_F(Download, TwoAtOnceNeverHarmTheFile) {
    TinyServer server([&](const std::string& head) { return TinyServer::ranged(head, body); });
    const DownloadRequest wanted = request(server.url("/net.onnx"));
    std::atomic<int> wrong = 0;
    const auto again = [&] {
        for (int i = 0; i < 60; ++i) {
            const auto done = download(wanted, sumOfFile);
            if (!done && done.error().kind != core::ErrorKind::AlreadyRunning)
                ++wrong;
            if (fs::exists(target()) && readFile(target()) != body)
                ++wrong;
        }
    };
    std::thread other(again);
    again();
    other.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(readFile(target()), body);
}

TEST_F(Download, UnpacksBzip2WholeAndRightOnly) {
    // Of: printf 'face networks\n' | bzip2 | xxd -p
    const std::string packed =
        QByteArray::fromHex("425a68393141592653598c77f6ba0000035180001040002b099c802000221346d13c8201a0032245"
                            "837891cd1772453850908c77f6ba")
            .toStdString();
    const std::string text = "face networks\n";
    writeFile(m_folder / "net.bz2", packed);
    DownloadRequest plain = request("");
    plain.sha256 = {sumOf(text)};
    plain.maxBytes = text.size();
    auto unpacked = unpackBzip2(m_folder / "net.bz2", plain, sumOfFile);
    ASSERT_TRUE(unpacked) << unpacked.error().text();
    EXPECT_FALSE(fs::exists(target()));
    ASSERT_TRUE(unpacked->place());
    EXPECT_EQ(readFile(target()), text);
    fs::remove(target());

    plain.maxBytes = text.size() - 1;
    EXPECT_THAT(unpackBzip2(m_folder / "net.bz2", plain, sumOfFile).error().text(), HasSubstr("holds more than"));
    plain.maxBytes = text.size();
    plain.sha256 = {sumOf("else")};
    EXPECT_THAT(unpackBzip2(m_folder / "net.bz2", plain, sumOfFile).error().text(), HasSubstr("another SHA-256"));
    plain.sha256 = {sumOf(text)};
    for (const std::string& damaged :
         {packed.substr(0, packed.size() - 5), std::string("no bzip2 at all"), std::string()}) {
        writeFile(m_folder / "net.bz2", damaged);
        EXPECT_THAT(unpackBzip2(m_folder / "net.bz2", plain, sumOfFile).error().text(), HasSubstr("damaged"));
        expectNothingLeft();
    }
    EXPECT_FALSE(unpackBzip2(m_folder / "absent.bz2", plain, sumOfFile));
    expectNothingLeft();
}

TEST_F(Download, ReadsFileAddresses) {
    writeFile(m_folder / "here.onnx", body);
    const auto done = download(request("file://" + (m_folder / "here.onnx").string()), sumOfFile);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(readFile(target()), body);
    const auto missing = download(request("file://" + (m_folder / "absent").string()), sumOfFile);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, core::ErrorKind::NotFound);
}

TEST_F(Download, SaysThatTheDiskIsFull) {
    fs::create_directories(target().parent_path());
    fs::create_symlink("/dev/full", part());
    TinyServer server([&](const std::string&) { return TinyServer::ok(body); });
    const auto done = download(request(server.url("/net.onnx")), sumOfFile);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), HasSubstr("the disk is full"));
    EXPECT_FALSE(fs::exists(target()));
}

TEST_F(Download, SaysThatTheFolderCannotBeMade) {
    writeFile(m_folder / "models", "a file where the folder should be");
    const auto done = download(request("http://models.invalid/net.onnx"), sumOfFile);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), HasSubstr((m_folder / "models").string()));
}

TEST_F(Download, RefusesWhatIsNoAddressAndNoSum) {
    const auto scheme = download(request("gopher://127.0.0.1/net.onnx"), sumOfFile);
    ASSERT_FALSE(scheme);
    EXPECT_EQ(scheme.error().kind, core::ErrorKind::Usage);
    DownloadRequest wanted = request("http://127.0.0.1/net.onnx");
    wanted.sha256 = {"abc"};
    const auto sum = download(wanted, sumOfFile);
    ASSERT_FALSE(sum);
    EXPECT_EQ(sum.error().kind, core::ErrorKind::Usage);
}

} // namespace
