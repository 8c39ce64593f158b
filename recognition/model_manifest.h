// SPDX-License-Identifier: GPL-3.0-or-later
// ModelManifest: which network files exist, where they come from, and how each one is fed and read.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace facelatch::recognition {

enum class ModelKind { Detector, Embedder, Liveness, Landmarks };
enum class ModelFormat {
    Onnx, ///< run by cv::dnn
    Dlib  ///< dlib's own serialisation; listed and verified, loaded by the stages that know it
};
enum class ChannelOrder { Bgr, Rgb };
/// What part of the picture goes in. The scale of the row multiplies the face box's side for the last two.
enum class CropKind {
    Whole,         ///< the whole picture, padded right and bottom with black to multiples of 32
    Aligned112,    ///< five-point similarity warp to the 112x112 template
    SquareReflect, ///< a square of side max(w, h) * cropScale round the box's centre, reflected at the border
    BoxResize      ///< the box scaled about its centre, limited to the picture, resized without keeping its aspect
};
enum class Metric { Cosine, Euclidean };

/// One content a file may have. The mirror's export of a network may differ from upstream's.
struct ModelContent {
    std::string sha256; ///< 64 lower-case hexadecimal digits
    std::uint64_t bytes = 0;
};

/// One row of resources/models.toml. The keys of the file are the snake_case forms of these names.
struct ModelRow {
    std::string id;                     ///< templates carry it; never reused for another network
    std::string file;                   ///< name inside a model directory, without a path
    std::vector<std::string> urls;      ///< tried in order; empty: not downloadable
    std::vector<ModelContent> accepted; ///< keys `sha256` and `bytes`, two arrays of equal length
    std::string packing;                ///< how the file at `urls` is packed: "" not at all, or "bz2"
    ModelContent packed;                ///< of the packed download; keys `packed_sha256`, `packed_bytes`
    std::string package;                ///< Debian package that brings the file; empty when there is none
    std::string licence;                ///< SPDX name or plain words
    std::string source;                 ///< where the network comes from, for people
    bool required = false;              ///< the door is out of service without it (while it is the configured one)
    ModelKind kind = ModelKind::Embedder;
    ModelFormat format = ModelFormat::Onnx;
    int inputWidth = 0, inputHeight = 0; ///< pixels; for a detector: of the warm-up
    float mean = 0;                      ///< input = (pixel 0..255 - mean) * scale
    float scale = 1;
    ChannelOrder channels = ChannelOrder::Bgr; ///< key `channels`: "bgr" or "rgb"
    CropKind crop = CropKind::Whole;           ///< "whole", "aligned112", "square_reflect", "box_resize"
    float cropScale = 1;
    int outputs = 0;                ///< values of the output; 0: decoded by name (the detector)
    int liveIndex = 0;              ///< which logit says live (kind liveness)
    Metric metric = Metric::Cosine; ///< "cosine" or "euclidean"
    float threshold = 0;            ///< default: score to accept (embedder), mean log-odds (liveness)
    float margin = 0;               ///< default lead over the second-best person (embedder)
};

/// Every row, in file order. A value; any thread.
class ModelManifest {
public:
    ModelManifest() = default;
    explicit ModelManifest(std::vector<ModelRow> rows) : m_rows(std::move(rows)) {}

    const std::vector<ModelRow>& rows() const { return m_rows; }
    /// nullptr when there is no such row.
    const ModelRow* find(std::string_view id) const;
    /// One plain sentence for each thing that cannot be right (duplicate id, path in a file name, hash of a wrong
    /// length, no size, no input, ...), naming the row; empty when the manifest can be used.
    std::vector<std::string> problems() const;

private:
    std::vector<ModelRow> m_rows;
};

/// What a `[[model]]` table of the file holds, so that the one who parses TOML needs to know no key.
using ManifestValue =
    std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>, std::vector<std::int64_t>>;
using ManifestTable = std::map<std::string, ManifestValue>;

/// The rows of the tables, in order. Errors (Failed): an unknown key, a value of the wrong type or not among the
/// allowed words, a missing key, or one of problems(); `where` is the row ("model 3, id sface-2021dec").
core::Result<ModelManifest> manifestFromTables(const std::vector<ManifestTable>& tables);

} // namespace facelatch::recognition
