// SPDX-License-Identifier: GPL-3.0-or-later
// Building the searchable snapshot.
#include "core/gallery.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace facelatch::core {

namespace {

/// The length of `values`, or 0 when it cannot be normalised.
float usableLength(std::span<const float> values) {
    const float squares = std::inner_product(values.begin(), values.end(), values.begin(), 0.0F);
    const float length = std::sqrt(squares);
    return std::isfinite(length) && length > 1e-6F ? length : 0.0F;
}

} // namespace

std::shared_ptr<const Gallery> Gallery::build(std::vector<Person> people, std::span<const FaceTemplate> templates,
                                              std::string modelId, int dimension) {
    auto gallery = std::make_shared<Gallery>();
    gallery->m_modelId = std::move(modelId);
    gallery->m_dimension = std::max(0, dimension);
    gallery->m_people = std::move(people);
    std::sort(gallery->m_people.begin(), gallery->m_people.end(),
              [](const Person& a, const Person& b) { return a.id < b.id; });

    const auto width = static_cast<std::size_t>(gallery->m_dimension);
    std::vector<float> sums(gallery->m_people.size() * width, 0.0F);
    std::vector<int> counts(gallery->m_people.size(), 0);
    for (const FaceTemplate& item : templates) {
        const Person* person = gallery->find(item.person);
        const float length = item.values.size() == width ? usableLength(item.values) : 0.0F;
        if (item.modelId != gallery->m_modelId || person == nullptr || length == 0.0F) {
            ++gallery->m_leftOut;
            continue;
        }
        const auto index = static_cast<std::size_t>(person - gallery->m_people.data());
        for (std::size_t i = 0; i < width; ++i)
            sums[index * width + i] += item.values[i] / length;
        ++counts[index];
    }
    for (std::size_t index = 0; index < counts.size(); ++index) {
        const std::span<const float> sum(sums.data() + index * width, width);
        const float length = counts[index] > 0 ? usableLength(sum) : 0.0F;
        if (length == 0.0F)
            continue;
        gallery->m_rowPerson.push_back(index);
        for (const float value : sum)
            gallery->m_matrix.push_back(value / length);
    }
    return gallery;
}

const Person* Gallery::find(const PersonId& id) const {
    const auto found =
        std::lower_bound(m_people.begin(), m_people.end(), id,
                         [](const Person& person, const PersonId& wanted) { return person.id < wanted; });
    return found != m_people.end() && found->id == id ? &*found : nullptr;
}

} // namespace facelatch::core
