// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads from servers that behave and from servers that do not.
#include "network/download.h"

#include "tests/network/tiny_server.h"

#include <QCryptographicHash>

#include <gmock/gmock.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

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
        wanted.sha256 = sumOf(body);
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
    wanted.sha256 = "abc";
    const auto sum = download(wanted, sumOfFile);
    ASSERT_FALSE(sum);
    EXPECT_EQ(sum.error().kind, core::ErrorKind::Usage);
}

} // namespace
