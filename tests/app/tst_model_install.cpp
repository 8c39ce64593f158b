// SPDX-License-Identifier: GPL-3.0-or-later
// Installing models from servers and mirrors that behave and that do not: all or none.
#include "app/model_install.h"
#include "app/progress_line.h"
#include "network/download.h"
#include "storage/secrets.h"
#include "tests/support/tiny_server.h"

#include <gmock/gmock.h>

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace facelatch;
using namespace facelatch::app;
using facelatch::testing::TinyServer;
using ::testing::ElementsAre;
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

std::string sumOf(const std::string& text) {
    return storage::sha256Hex(std::vector<std::uint8_t>(text.begin(), text.end()));
}

recognition::ModelContent contentOf(const std::string& text) {
    return {sumOf(text), text.size()};
}

class ModelInstall : public ::testing::Test {
protected:
    ModelInstall() {
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
            ::unsetenv(name);
        std::string pattern = (fs::temp_directory_path() / "facelatch-install-XXXXXX").string();
        root = ::mkdtemp(pattern.data());
        folder = root / "models";
        for (int i = 0; i < 3000; ++i) {
            first += "first " + std::to_string(i) + "\n";
            second += "second " + std::to_string(i) + "\n";
        }
    }
    ~ModelInstall() override { fs::remove_all(root); }

    recognition::ModelRow row(const std::string& id, const std::vector<std::string>& contents,
                              const std::vector<std::string>& urls) const {
        recognition::ModelRow row;
        row.id = id;
        row.file = id + ".onnx";
        row.urls = urls;
        for (const std::string& content : contents)
            row.accepted.push_back(contentOf(content));
        return row;
    }
    recognition::ModelStore store(std::vector<recognition::ModelRow> rows) const {
        return {recognition::ModelManifest(std::move(rows)), {folder.string()}, storage::sha256Hex};
    }
    InstallPlan plan(const std::vector<std::string>& ids) const { return {ids, folder.string(), {}, "none", {}}; }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }

    fs::path root, folder;
    std::string first, second;
};

TEST_F(ModelInstall, InstallsAllThatWereAskedFor) {
    TinyServer server([&](const std::string& head) {
        return TinyServer::ranged(head, head.starts_with("GET /a ") ? first : second);
    });
    const auto models = store({row("a", {first}, {server.url("/a")}), row("b", {second}, {server.url("/b")})});
    std::string told;
    InstallPlan both = plan({"a", "b", "a"});
    both.progress = [&](const std::string& id, std::uint64_t done, std::uint64_t total) {
        if (done == total)
            told += id;
    };
    const auto done = installModels(models, both);
    ASSERT_TRUE(done) << done.error().text();
    ASSERT_EQ(done->size(), 2U);
    EXPECT_EQ((*done)[0].how, InstalledModel::How::Downloaded);
    EXPECT_EQ((*done)[1].path, (folder / "b.onnx").string());
    EXPECT_EQ(readFile(folder / "a.onnx"), first);
    EXPECT_EQ(readFile(folder / "b.onnx"), second);
    EXPECT_THAT(told, HasSubstr("a"));
    EXPECT_THAT(told, HasSubstr("b"));
    const auto again = installModels(models, both);
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)[0].how, InstalledModel::How::WasThere);
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(ModelInstall, OneWrongFileLeavesEverythingAsItWas) {
    std::string served = "not the second";
    TinyServer server([&](const std::string& head) {
        return TinyServer::ranged(head, head.starts_with("GET /a ") ? first : served);
    });
    const auto models = store({row("a", {first}, {server.url("/a")}), row("b", {second}, {server.url("/b")})});
    writeFile(folder / "a.onnx", "an older version");
    const auto refused = installModels(models, plan({"a", "b"}));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(), HasSubstr("expected"));
    EXPECT_THAT(refused.error().text(), HasSubstr(sumOf(second)));
    EXPECT_THAT(refused.error().text(), HasSubstr(sumOf(served)));
    EXPECT_EQ(readFile(folder / "a.onnx"), "an older version");
    EXPECT_THAT(files(), ElementsAre("a.onnx", "a.onnx.part")); // what was right is kept for the next try

    served = second;
    const auto done = installModels(models, plan({"a", "b"}));
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ((*done)[0].resumedAt, first.size()); // not fetched a second time
    EXPECT_EQ(readFile(folder / "a.onnx"), first);
    EXPECT_THAT(files(), ElementsAre("a.onnx", "b.onnx"));
}

TEST_F(ModelInstall, TriesTheNextAddressAndTellsOfAll) {
    TinyServer gone([](const std::string&) { return TinyServer::status("404 Not Found"); });
    TinyServer other([&](const std::string&) { return TinyServer::ok(second); });
    const auto models = store({row("a", {first, second}, {gone.url("/a"), other.url("/a")}),
                               row("b", {first}, {gone.url("/b"), other.url("/b")})});
    const auto done = installModels(models, plan({"a"}));
    ASSERT_TRUE(done) << done.error().text(); // any content that the manifest accepts
    EXPECT_EQ(readFile(folder / "a.onnx"), second);
    const auto refused = installModels(models, plan({"b"}));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(), HasSubstr(gone.url("/b")));
    EXPECT_THAT(refused.error().text(), HasSubstr(other.url("/b")));
}

TEST_F(ModelInstall, TakesFromAMirrorFirst) {
    TinyServer server([&](const std::string&) { return TinyServer::ok(first); });
    const auto models = store({row("a", {first, second}, {server.url("/a")}), row("b", {second}, {})});
    InstallPlan mirrored = plan({"a", "b"});
    mirrored.mirror = (root / "mirror").string();
    writeFile(root / "mirror" / "a.onnx", second); // another export than the server's, accepted too
    const auto missing = installModels(models, mirrored);
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().text(), HasSubstr("mirror"));
    EXPECT_FALSE(fs::exists(folder / "a.onnx"));
    writeFile(root / "mirror" / "b.onnx", second);
    const auto done = installModels(models, mirrored);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ((*done)[0].how, InstalledModel::How::Copied);
    EXPECT_EQ(readFile(folder / "a.onnx"), second);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(ModelInstall, TakesFromAnAddressAsMirror) {
    TinyServer server([&](const std::string& head) {
        return head.starts_with("GET /faces/a.onnx ") ? TinyServer::ok(first) : TinyServer::status("404 Not Found");
    });
    InstallPlan mirrored = plan({"a"});
    mirrored.mirror = server.url("/faces/");
    const auto done = installModels(store({row("a", {first}, {})}), mirrored);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(readFile(folder / "a.onnx"), first);
}

TEST_F(ModelInstall, UnpacksWhatComesPacked) {
    const std::string packed =
        QByteArray::fromHex("425a6839314159265359f0ea0726001b57d180001040002b099c80200090201a000a55034323212a"
                            "ba095580955d04aac04aaf025560255642557812abe0955a0955a095590955f04aafc5dc914e1424"
                            "3c3a81c980")
            .toStdString();
    std::string plain;
    for (int i = 0; i < 2000; ++i)
        plain += "face networks\n";
    TinyServer server([&](const std::string& head) { return TinyServer::ranged(head, packed); });
    recognition::ModelRow dlib = row("d", {plain}, {server.url("/d.bz2")});
    dlib.packing = "bz2";
    dlib.packed = contentOf(packed);
    const auto done = installModels(store({dlib}), plan({"d"}));
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(readFile(folder / "d.onnx"), plain);
    EXPECT_THAT(files(), ElementsAre("d.onnx"));

    fs::remove(folder / "d.onnx");
    dlib.accepted = {contentOf("what nobody packs")};
    EXPECT_FALSE(installModels(store({dlib}), plan({"d"})));
    EXPECT_FALSE(fs::exists(folder / "d.onnx"));

    dlib.accepted = {contentOf(plain)};
    InstallPlan mirrored = plan({"d"});
    mirrored.mirror = (root / "mirror").string();
    writeFile(root / "mirror" / "d.onnx", plain); // a mirror may have it unpacked
    const auto before = server.requests().size();
    ASSERT_TRUE(installModels(store({dlib}), mirrored));
    EXPECT_EQ(readFile(folder / "d.onnx"), plain);
    EXPECT_EQ(server.requests().size(), before);
}

TEST_F(ModelInstall, RefusesWhatCannotBeDone) {
    const auto models = store({row("a", {first}, {"http://models.invalid/a"}), row("none", {first}, {})});
    EXPECT_EQ(installModels(models, plan({"a", "unknown"})).error().kind, core::ErrorKind::Usage);
    EXPECT_THAT(installModels(models, plan({"none"})).error().text(), HasSubstr("cannot be downloaded"));
    InstallPlan unwritable = plan({"a"});
    unwritable.folder = "/proc/facelatch-models"; // where not even root may write
    EXPECT_THAT(installModels(models, unwritable).error().text(), HasSubstr("cannot be made"));
    recognition::ModelRow huge = row("a", {first}, {"http://models.invalid/a"});
    huge.accepted[0].bytes = std::uint64_t{1} << 60;
    const auto full = installModels(store({huge}), plan({"a"}));
    ASSERT_FALSE(full);
    EXPECT_THAT(full.error().text(), HasSubstr("not enough room"));
    EXPECT_FALSE(fs::exists(folder));
}

TEST_F(ModelInstall, TwoInstallsDoNotMix) {
    TinyServer server([&](const std::string&) { return TinyServer::ok(first); });
    network::DownloadRequest request;
    request.url = server.url("/a");
    request.target = folder / "a.onnx";
    const auto other = network::stage(request, {});
    ASSERT_TRUE(other);
    const auto models = store({row("a", {first}, {server.url("/a"), server.url("/again")})});
    const auto busy = installModels(models, plan({"a"}));
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().kind, core::ErrorKind::AlreadyRunning);
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(ModelInstall, SaysThatAWrongFileWouldHideIt) {
    TinyServer server([&](const std::string&) { return TinyServer::ok(first); });
    writeFile(root / "before" / "a.onnx", "an older version");
    const recognition::ModelStore models(recognition::ModelManifest({row("a", {first}, {server.url("/a")})}),
                                         {(root / "before").string(), folder.string()}, storage::sha256Hex);
    const auto hidden = installModels(models, plan({"a"}));
    ASSERT_FALSE(hidden);
    EXPECT_THAT(hidden.error().text(), HasSubstr((root / "before" / "a.onnx").string()));
    InstallPlan over = plan({"a"});
    over.folder = (root / "before").string();
    ASSERT_TRUE(installModels(models, over));
    EXPECT_EQ(models.check("a").state, recognition::ModelState::Good);
}

std::string shown(bool terminal, const std::vector<std::array<std::uint64_t, 2>>& steps) {
    std::string text;
    core::MonoTime now{std::chrono::seconds(1)};
    {
        ProgressLine line("net", terminal, [&](std::string_view piece) { text += piece; });
        for (const auto& [done, total] : steps)
            line.show(done, total, now += std::chrono::seconds(1));
    }
    return text;
}

TEST(ProgressLine, IsABarOnATerminal) {
    const std::string text = shown(true, {{0, 40'000'000}, {10'000'000, 40'000'000}, {40'000'000, 40'000'000}});
    EXPECT_THAT(text, HasSubstr("\rnet [.............................."
                                "] 0 %"));
    EXPECT_THAT(text, HasSubstr("\rnet [#######.......................] 25 %  10.0 of 40.0 MB  10.0 MB/s"));
    EXPECT_THAT(text, HasSubstr("[##############################] 100 %"));
    EXPECT_EQ(text.back(), '\n');
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_THAT(shown(true, {{5'000'000, 0}}), HasSubstr("net  5.0 MB")); // nobody knows how much there is
}

TEST(ProgressLine, IsAFewPlainLinesElsewhere) {
    std::vector<std::array<std::uint64_t, 2>> steps;
    for (std::uint64_t i = 0; i <= 100; ++i)
        steps.push_back({i * 400'000, 40'000'000});
    EXPECT_EQ(shown(false, steps), "net: 10.0 of 40.0 MB\nnet: 20.0 of 40.0 MB\nnet: 30.0 of 40.0 MB\n"
                                   "net: 40.0 of 40.0 MB\n");
}

} // namespace
