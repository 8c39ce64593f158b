// SPDX-License-Identifier: GPL-3.0-or-later
// Embedder: an aligned face to a vector of length 1; which network, its manifest row says.
#pragma once

#include "core/image.h"
#include "core/result.h"
#include "recognition/inference.h"
#include "recognition/model_store.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace facelatch::recognition {

/// `values` scaled to length 1; nothing when that cannot be done (not finite, or zero).
std::optional<std::vector<float>> normalised(std::span<const float> values);

/// Cosine similarity of two vectors of length 1: their dot product. -1 for vectors of different sizes.
float cosine(std::span<const float> a, std::span<const float> b);

/// One thread at a time.
class Embedder {
public:
    /// Errors: those of ModelStore::load(); a row that is no embedder or not compared by cosine.
    static core::Result<std::unique_ptr<Embedder>> create(const ModelStore& store, std::string_view id);

    const std::string& modelId() const { return m_network->row().id; }
    int dimension() const { return m_network->row().outputs; }
    /// `aligned`: alignFace(). Length 1. Errors: an empty picture, a failing network, a vector without length.
    core::Result<std::vector<float>> embed(const core::Image& aligned);

private:
    explicit Embedder(std::unique_ptr<Inference> network) : m_network(std::move(network)) {}
    std::unique_ptr<Inference> m_network;
};

} // namespace facelatch::recognition
