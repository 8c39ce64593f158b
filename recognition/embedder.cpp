// SPDX-License-Identifier: GPL-3.0-or-later
// Running the embedder's network and normalising what it says.
#include "recognition/embedder.h"

#include "recognition/mat.h"

#include <cmath>
#include <numeric>
#include <opencv2/core.hpp>

namespace facelatch::recognition {

std::optional<std::vector<float>> normalised(std::span<const float> values) {
    const float length = std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0F));
    if (!std::isfinite(length) || !(length > 1e-6F))
        return std::nullopt;
    std::vector<float> unit(values.begin(), values.end());
    for (float& value : unit)
        value /= length;
    return unit;
}

float cosine(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size())
        return -1;
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F);
}

core::Result<std::unique_ptr<Embedder>> Embedder::create(const ModelStore& store, std::string_view id) {
    const ModelRow* row = store.manifest().find(id);
    if (row != nullptr && (row->kind != ModelKind::Embedder || row->metric != Metric::Cosine))
        return core::Error{core::ErrorKind::Usage, "the model '" + row->id + "' cannot be the door's embedder",
                           "recognition.embedder", "Name an embedder of the manifest that is compared by cosine"};
    auto network = store.load(id);
    if (!network)
        return network.error();
    return std::unique_ptr<Embedder>(new Embedder(std::move(*network)));
}

core::Result<std::vector<float>> Embedder::embed(const core::Image& aligned) {
    if (aligned.width() != m_network->row().inputWidth || aligned.height() != m_network->row().inputHeight)
        return core::fail("the face was not aligned to the embedder's size", m_network->row().id);
    const auto outputs = m_network->run(bgrOf(aligned));
    if (!outputs)
        return outputs.error();
    auto unit = normalised(outputs->front().values);
    if (!unit)
        return core::fail("the embedder gave a vector without a length", m_network->row().id);
    return std::move(*unit);
}

} // namespace facelatch::recognition
