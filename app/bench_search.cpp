// SPDX-License-Identifier: GPL-3.0-or-later
// Searching large galleries of made-up people.
#include "app/bench_figure.h"
#include "app/bench_run.h"
#include "app/clock.h"
#include "core/gallery.h"
#include "recognition/matcher.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>

namespace facelatch::app {

namespace {

constexpr int dimension = 128; // of the default embedder

std::vector<float> randomFace(std::mt19937& random) {
    std::normal_distribution<float> normal;
    std::vector<float> face(dimension);
    float squares = 0;
    for (float& value : face) {
        value = normal(random);
        squares += value * value;
    }
    for (float& value : face)
        value /= std::sqrt(squares);
    return face;
}

std::shared_ptr<const core::Gallery> galleryOf(int rows, std::mt19937& random) {
    std::vector<core::Person> people(static_cast<std::size_t>(rows));
    std::vector<core::FaceTemplate> templates(people.size());
    const core::WallTime made = now().wall;
    for (std::size_t i = 0; i < people.size(); ++i) {
        people[i].id = {core::makeUuid7(
            made, {0, 0, 0, 0, 0, 0, 0, std::uint8_t(i >> 16U), std::uint8_t(i >> 8U), std::uint8_t(i)})};
        templates[i].person = people[i].id;
        templates[i].values = randomFace(random);
    }
    return core::Gallery::build(std::move(people), templates, {}, dimension);
}

struct Search {
    Costs search, copy;
    int wrong = 0; ///< searches that did not find the face they were given
};

Search search(int rows, int rounds) {
    std::mt19937 random(7); // the same people in each run
    const auto gallery = galleryOf(rows, random);
    const std::vector<float>& matrix = gallery->matrix();
    std::vector<float> copy(matrix.size());
    Search out;
    for (int round = -2; round < rounds; ++round) { // the first two warm up
        const auto row = static_cast<std::size_t>(random()) % static_cast<std::size_t>(gallery->rows());
        const std::span<const float> face(matrix.data() + row * dimension, dimension);
        std::optional<core::Match> match;
        const Cost searched = costOf([&] { match = recognition::bestMatch(*gallery, face); });
        const Cost copied = costOf([&] { std::memcpy(copy.data(), matrix.data(), matrix.size() * sizeof(float)); });
        if (!match || !(match->person == gallery->personOfRow(static_cast<int>(row)).id))
            ++out.wrong;
        if (round < 0)
            continue;
        out.search.add(searched);
        out.copy.add(copied);
    }
    if (copy != matrix) // and so that no compiler takes the copies away
        ++out.wrong;
    return out;
}

Measured result(const Search& found) {
    if (found.wrong > 0)
        return notMeasured(std::to_string(found.wrong) + " searches found somebody else: the matcher is broken");
    Measured measured;
    measured.spread = spreadOf(found.search.wallMs);
    measured.cpu = spreadOf(found.search.cpuMs);
    return measured;
}

} // namespace

Measured measureSmallSearch(BenchRun& run) {
    Measured measured = result(search(10'000, run.rounds(500, 50)));
    if (measured.spread)
        measured.judged = measured.spread->p95;
    return measured;
}

Measured measureLargeSearch(BenchRun& run) {
    const Search found = search(100'000, run.rounds(100, 10));
    Measured measured = result(found);
    if (!measured.spread)
        return measured;
    const double copy = spreadOf(found.copy.wallMs).median;
    measured.judged = copy > 0 ? measured.spread->median / copy : 0;
    char note[80];
    std::snprintf(note, sizeof note, "Copying them: %.2f ms; searching is %.2f times that", copy, *measured.judged);
    measured.notes.emplace_back(note);
    return measured;
}

} // namespace facelatch::app
