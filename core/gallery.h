// SPDX-License-Identifier: GPL-3.0-or-later
// Gallery: an immutable snapshot of everybody enrolled, swapped whole and searched without a lock.
#pragma once

#include "core/person.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace facelatch::core {

/// One row a person: the normalised mean of the person's templates of one model. Measured on LFW, the mean of three
/// enrolled pictures halves the error of single ones. People without a template of that model have no row.
class Gallery {
public:
    Gallery() = default;
    /// Templates that are of another model, of the wrong length, not finite or zero are left out and counted.
    static std::shared_ptr<const Gallery> build(std::vector<Person> people, std::span<const FaceTemplate> templates,
                                                std::string modelId, int dimension);

    const std::string& modelId() const { return m_modelId; }
    int dimension() const { return m_dimension; }
    int rows() const { return static_cast<int>(m_rowPerson.size()); }
    /// rows() x dimension() floats, row-major, each row of length 1.
    const std::vector<float>& matrix() const { return m_matrix; }
    /// The person of a row. row in [0, rows()).
    const Person& personOfRow(int row) const { return m_people[m_rowPerson[static_cast<std::size_t>(row)]]; }
    /// nullptr when nobody has that id.
    const Person* find(const PersonId& id) const;
    const std::vector<Person>& people() const { return m_people; }
    int leftOut() const { return m_leftOut; }

private:
    std::string m_modelId;
    int m_dimension = 0;
    int m_leftOut = 0;
    std::vector<Person> m_people; ///< ordered by id
    std::vector<std::size_t> m_rowPerson;
    std::vector<float> m_matrix;
};

} // namespace facelatch::core
