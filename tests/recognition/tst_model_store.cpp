// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and refusing model files: every wrong file is said plainly and never loaded.
#include "real_data.h"
#include "recognition/inference.h"
#include "recognition/model_store.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;
using testing::HasSubstr;
namespace fs = std::filesystem;

const std::string kContent = "not a network, but the bytes the manifest names";

class ModelStoreTest : public testing::Test {
protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        m_root = fs::path(testing::TempDir()) / (std::string("facelatch-models-") + info->name());
        fs::remove_all(m_root);
        fs::create_directories(m_root / "first");
        fs::create_directories(m_root / "second");
    }
    void TearDown() override { fs::remove_all(m_root); }

    void write(const char* directory, const std::string& content) const {
        std::ofstream(m_root / directory / "net.onnx", std::ios::binary) << content;
    }
    static std::string hashOf(const std::string& text) {
        return sha256Of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    static ModelRow row() {
        ModelRow row;
        row.id = "net";
        row.file = "net.onnx";
        row.licence = "MIT";
        row.accepted = {{hashOf(kContent), kContent.size()}};
        row.inputWidth = row.inputHeight = 112;
        row.crop = CropKind::Aligned112;
        row.outputs = 128;
        return row;
    }
    ModelStore store(const ModelRow& wanted = row()) const {
        return {ModelManifest({wanted}), {(m_root / "first").string(), (m_root / "second").string()}, sha256Of};
    }

    fs::path m_root;
};

TEST_F(ModelStoreTest, saysWhereItSearchedAndWhatToDoAboutAMissingFile) {
    const auto status = store().check("net");
    EXPECT_EQ(status.state, ModelState::Missing);
    ASSERT_TRUE(status.error);
    EXPECT_EQ(status.error->kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(status.error->text(), HasSubstr("net.onnx was not found"));
    EXPECT_THAT(status.error->text(), HasSubstr((m_root / "first").string()));
    EXPECT_THAT(status.error->text(), HasSubstr((m_root / "second").string()));
    EXPECT_THAT(status.error->text(), HasSubstr("copy the file")); // no url, no package
    ModelRow downloadable = row();
    downloadable.urls = {"https://example.org/net.onnx"};
    EXPECT_THAT(store(downloadable).check("net").error->remedy, HasSubstr("facelatch-ctl models install"));
    ModelRow packaged = row();
    packaged.package = "libnet-data";
    EXPECT_THAT(store(packaged).check("net").error->remedy, HasSubstr("apt install libnet-data"));
}

TEST_F(ModelStoreTest, readsTheRightFile) {
    write("second", kContent);
    const auto bytes = store().read("net");
    ASSERT_TRUE(bytes) << bytes.error().text();
    EXPECT_EQ(std::string(bytes->begin(), bytes->end()), kContent);
    EXPECT_EQ(store().check("net").path, (m_root / "second" / "net.onnx").string());
}

TEST_F(ModelStoreTest, acceptsAnyOfTheNamedContents) {
    write("first", kContent + "!");
    ModelRow either = row();
    either.accepted.push_back({hashOf(kContent + "!"), kContent.size() + 1});
    EXPECT_EQ(store(either).check("net").state, ModelState::Good);
}

TEST_F(ModelStoreTest, refusesAWrongHashEvenWhenAnotherDirectoryHasTheRightFile) {
    std::string other = kContent;
    other[0] = 'N';
    write("first", other);
    write("second", kContent);
    const auto status = store().check("net");
    EXPECT_EQ(status.state, ModelState::WrongHash);
    EXPECT_THAT(status.error->text(), HasSubstr(hashOf(kContent)));
    EXPECT_THAT(status.error->text(), HasSubstr(hashOf(other)));
    EXPECT_THAT(status.error->text(), HasSubstr((m_root / "first" / "net.onnx").string()));
    EXPECT_THAT(status.error->text(), HasSubstr("refused"));
    EXPECT_FALSE(store().read("net"));
    EXPECT_FALSE(store().load("net"));
}

TEST_F(ModelStoreTest, tellsATruncatedFileFromAWrongOne) {
    write("first", kContent.substr(0, 20));
    const auto status = store().check("net");
    EXPECT_EQ(status.state, ModelState::Truncated);
    EXPECT_THAT(status.error->text(), HasSubstr("truncated: 20 of " + std::to_string(kContent.size())));
    write("first", "");
    EXPECT_EQ(store().check("net").state, ModelState::Truncated);
    write("first", kContent + " and more");
    EXPECT_EQ(store().check("net").state, ModelState::WrongHash);
    fs::remove(m_root / "first" / "net.onnx");
    fs::create_directory(m_root / "first" / "net.onnx");
    EXPECT_NE(store().check("net").state, ModelState::Good);
}

TEST_F(ModelStoreTest, refusesBytesThatAreNoNetwork) {
    write("first", kContent); // the hash is right, so only loading can tell
    const auto network = store().load("net");
    ASSERT_FALSE(network);
    EXPECT_EQ(network.error().kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(network.error().text(), HasSubstr("cannot be used"));
    const auto statuses = store().verify();
    ASSERT_EQ(statuses.size(), 1U);
    EXPECT_EQ(statuses.front().state, ModelState::NotLoadable);
    EXPECT_EQ(stateText(statuses.front().state), "not loadable");
}

TEST_F(ModelStoreTest, knowsOnlyItsManifest) {
    const auto bytes = store().read("other");
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().kind, core::ErrorKind::NotFound);
    EXPECT_TRUE(store().check("other").error);
}

TEST_F(ModelStoreTest, doesNotRunOtherFormats) {
    write("first", kContent);
    ModelRow dlib = row();
    dlib.format = ModelFormat::Dlib;
    EXPECT_TRUE(store(dlib).read("net"));
    EXPECT_FALSE(store(dlib).load("net"));
    EXPECT_EQ(store(dlib).verify().front().state, ModelState::Good);
}

} // namespace
} // namespace facelatch::tests
