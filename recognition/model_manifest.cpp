// SPDX-License-Identifier: GPL-3.0-or-later
// Reading manifest tables into rows, and finding what cannot be right in them.
#include "recognition/model_manifest.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace facelatch::recognition {

namespace {

/// Takes typed values out of one table and remembers the first thing that was wrong.
class TableReader {
public:
    explicit TableReader(const ManifestTable& table) : m_table(table) {}

    template<typename T>
    void take(const char* key, T& target, const char* type, bool needed = false) {
        const ManifestValue* value = fetch(key, needed);
        if (value == nullptr)
            return;
        if (const T* typed = std::get_if<T>(value))
            target = *typed;
        else
            complain(std::string("'") + key + "' must be " + type);
    }
    void takeNumber(const char* key, float& target) {
        const ManifestValue* value = fetch(key, false);
        if (value == nullptr)
            return;
        if (const auto* real = std::get_if<double>(value))
            target = static_cast<float>(*real);
        else if (const auto* whole = std::get_if<std::int64_t>(value))
            target = static_cast<float>(*whole);
        else
            complain(std::string("'") + key + "' must be a number");
    }
    void takeSmall(const char* key, int& target) {
        std::int64_t value = target;
        take(key, value, "a whole number");
        if (value < 0 || value > 1'000'000)
            complain(std::string("'") + key + "' must be from 0 to 1000000");
        else
            target = static_cast<int>(value);
    }
    template<typename E>
    void takeWord(const char* key, E& target, std::initializer_list<std::pair<const char*, E>> words, bool needed) {
        std::string word;
        take(key, word, "a word in quotes", needed);
        if (word.empty())
            return;
        std::string allowed;
        for (const auto& [text, meaning] : words) {
            if (word == text) {
                target = meaning;
                return;
            }
            allowed += (allowed.empty() ? "" : ", ") + std::string(text);
        }
        complain(std::string("'") + key + "' is '" + word + "', allowed are: " + allowed);
    }
    /// The first complaint, or a key nobody asked for.
    std::optional<std::string> complaint() const {
        if (m_complaint)
            return m_complaint;
        for (const auto& entry : m_table)
            if (!m_known.contains(entry.first))
                return "unknown key '" + entry.first + "'";
        return {};
    }
    void complain(std::string text) {
        if (!m_complaint)
            m_complaint = std::move(text);
    }

private:
    const ManifestValue* fetch(const char* key, bool needed) {
        m_known.insert(key);
        const auto found = m_table.find(key);
        if (found != m_table.end())
            return &found->second;
        if (needed)
            complain(std::string("key '") + key + "' is missing");
        return nullptr;
    }

    const ManifestTable& m_table;
    std::set<std::string> m_known;
    std::optional<std::string> m_complaint;
};

void readContents(TableReader& reader, ModelRow& row) {
    std::vector<std::string> hashes;
    std::vector<std::int64_t> sizes;
    reader.take("sha256", hashes, "an array of texts", true);
    reader.take("bytes", sizes, "an array of whole numbers", true);
    if (hashes.size() != sizes.size())
        reader.complain("'sha256' and 'bytes' must have the same number of entries");
    for (std::size_t i = 0; i < std::min(hashes.size(), sizes.size()); ++i)
        row.accepted.push_back({hashes[i], sizes[i] > 0 ? static_cast<std::uint64_t>(sizes[i]) : 0});
    std::int64_t packedBytes = 0;
    reader.take("packing", row.packing, "a text");
    reader.take("packed_sha256", row.packed.sha256, "a text");
    reader.take("packed_bytes", packedBytes, "a whole number");
    row.packed.bytes = packedBytes > 0 ? static_cast<std::uint64_t>(packedBytes) : 0;
}

void readInputAndOutput(TableReader& reader, ModelRow& row) {
    reader.takeSmall("input_width", row.inputWidth);
    reader.takeSmall("input_height", row.inputHeight);
    reader.takeNumber("mean", row.mean);
    reader.takeNumber("scale", row.scale);
    reader.takeWord("channels", row.channels, {{"bgr", ChannelOrder::Bgr}, {"rgb", ChannelOrder::Rgb}}, false);
    reader.takeWord("crop", row.crop,
                    {{"whole", CropKind::Whole},
                     {"aligned112", CropKind::Aligned112},
                     {"square_reflect", CropKind::SquareReflect},
                     {"box_resize", CropKind::BoxResize}},
                    false);
    reader.takeNumber("crop_scale", row.cropScale);
    reader.takeSmall("outputs", row.outputs);
    reader.takeSmall("live_index", row.liveIndex);
    reader.takeWord("metric", row.metric, {{"cosine", Metric::Cosine}, {"euclidean", Metric::Euclidean}}, false);
    reader.takeNumber("threshold", row.threshold);
    reader.takeNumber("margin", row.margin);
}

core::Result<ModelRow> readRow(const ManifestTable& table, std::size_t number) {
    ModelRow row;
    TableReader reader(table);
    reader.take("id", row.id, "a text", true);
    reader.take("file", row.file, "a text", true);
    reader.take("urls", row.urls, "an array of texts");
    readContents(reader, row);
    reader.take("package", row.package, "a text");
    reader.take("licence", row.licence, "a text", true);
    reader.take("source", row.source, "a text");
    reader.take("required", row.required, "true or false");
    reader.takeWord("kind", row.kind,
                    {{"detector", ModelKind::Detector},
                     {"embedder", ModelKind::Embedder},
                     {"liveness", ModelKind::Liveness},
                     {"landmarks", ModelKind::Landmarks}},
                    true);
    reader.takeWord("format", row.format, {{"onnx", ModelFormat::Onnx}, {"dlib", ModelFormat::Dlib}}, true);
    readInputAndOutput(reader, row);
    if (const auto complaint = reader.complaint())
        return core::fail("the model manifest cannot be used: " + *complaint,
                          "model " + std::to_string(number) + (row.id.empty() ? "" : ", id " + row.id));
    return row;
}

bool isSha256(const std::string& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void checkRow(const ModelRow& row, std::vector<std::string>& problems) {
    const auto wrong = [&](bool condition, const char* text) {
        if (condition)
            problems.push_back("model '" + row.id + "': " + text);
    };
    wrong(row.id.empty(), "it has no id");
    wrong(row.file.empty() || row.file.find('/') != std::string::npos || row.file.front() == '.',
          "file must be a plain file name");
    wrong(row.accepted.empty(), "no content is accepted");
    for (const ModelContent& content : row.accepted)
        wrong(!isSha256(content.sha256) || content.bytes == 0,
              "a sha256 must be 64 lower-case hexadecimal digits and have its bytes");
    wrong(!row.packing.empty() && (row.packing != "bz2" || !isSha256(row.packed.sha256) || row.packed.bytes == 0),
          "packing must be bz2 and come with packed_sha256 and packed_bytes");
    for (const std::string& url : row.urls)
        wrong(!url.starts_with("https://"), "a url must begin with https://");
    wrong(row.inputWidth <= 0 || row.inputHeight <= 0 || row.inputWidth > 4096 || row.inputHeight > 4096,
          "input_width and input_height must be from 1 to 4096");
    wrong(!std::isfinite(row.mean) || !std::isfinite(row.scale) || row.scale == 0, "scale must not be 0");
    wrong(row.kind == ModelKind::Detector && (row.inputWidth % 32 != 0 || row.inputHeight % 32 != 0),
          "a detector's input must be a multiple of 32");
    wrong(row.kind != ModelKind::Detector && row.outputs <= 0, "outputs must be above 0");
    wrong(row.kind == ModelKind::Liveness && (row.outputs < 2 || row.liveIndex >= row.outputs),
          "live_index must be one of the outputs");
    wrong(row.kind == ModelKind::Liveness && row.crop != CropKind::SquareReflect && row.crop != CropKind::BoxResize,
          "a liveness model's crop must be square_reflect or box_resize");
    wrong(row.kind == ModelKind::Embedder && row.format == ModelFormat::Onnx &&
              (row.crop != CropKind::Aligned112 || row.inputWidth != 112 || row.inputHeight != 112),
          "an ONNX embedder takes the aligned112 crop at 112 x 112");
    wrong(!(row.cropScale >= 1 && row.cropScale <= 8), "crop_scale must be from 1 to 8");
    wrong(!std::isfinite(row.threshold) || !(row.margin >= 0 && row.margin < 1), "margin must be from 0 to 1");
}

} // namespace

const ModelRow* ModelManifest::find(std::string_view id) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const ModelRow& row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

std::vector<std::string> ModelManifest::problems() const {
    std::vector<std::string> problems;
    std::set<std::string> ids;
    for (const ModelRow& row : m_rows) {
        checkRow(row, problems);
        if (!ids.insert(row.id).second)
            problems.push_back("model '" + row.id + "': the id is there twice");
    }
    return problems;
}

core::Result<ModelManifest> manifestFromTables(const std::vector<ManifestTable>& tables) {
    std::vector<ModelRow> rows;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        auto row = readRow(tables[i], i + 1);
        if (!row)
            return row.error();
        rows.push_back(std::move(*row));
    }
    ModelManifest manifest(std::move(rows));
    if (const auto problems = manifest.problems(); !problems.empty())
        return core::fail("the model manifest cannot be used: " + problems.front());
    return manifest;
}

} // namespace facelatch::recognition
