// SPDX-License-Identifier: GPL-3.0-or-later
// Person, FaceTemplate: who is enrolled, and what their faces are compared with.
#pragma once

#include "core/time.h"
#include "core/uuid7.h"

#include <optional>
#include <string>
#include <vector>

namespace facelatch::core {

struct PersonId {
    Uuid7 value;
    auto operator<=>(const PersonId&) const = default; // NOLINT(modernize-use-nullptr): misread by clang-tidy 14
};

struct GroupId {
    Uuid7 value;
    auto operator<=>(const GroupId&) const = default; // NOLINT(modernize-use-nullptr): misread by clang-tidy 14
};

enum class PersonStatus { Active, Suspended };

/// How many visits a person may be let in for.
struct UseLimit {
    int allowed = 0;
    int taken = 0; ///< a grant counts once a visit
    int round = 0; ///< another number whenever `allowed` is set anew, and `taken` begins at 0
    bool operator==(const UseLimit&) const = default;
};

/// That somebody agreed to being recognised.
struct Consent {
    std::string text;    ///< version of the text that was agreed to
    WallTime time{};     ///< when
    std::string witness; ///< who saw it
    bool operator==(const Consent&) const = default;
};

struct Person {
    PersonId id;
    std::string name;   ///< UTF-8, 1 to 200 characters
    std::string cardId; ///< such as "D8E2F1G3"; empty when there is none
    PersonStatus status = PersonStatus::Active;
    std::optional<WallTime> validFrom;  ///< inclusive
    std::optional<WallTime> validUntil; ///< exclusive
    std::optional<UseLimit> uses;       ///< any number without it
    std::vector<GroupId> groups;        ///< in order of id
    std::string language;               ///< of the greeting: "en", "fr", or empty for the door's
    WallTime created{};
    std::optional<Consent> consent;
    bool hasPin = false;
    int revision = 0; ///< another number after each change by an admin; entering changes nothing
};

/// One stored embedding. It matches only embeddings of the same model.
struct FaceTemplate {
    Uuid7 id;
    PersonId person;
    std::string modelId;       ///< the manifest's id of the embedder that made it
    std::vector<float> values; ///< L2-normalised where the model's metric is cosine
    WallTime created{};
};

} // namespace facelatch::core
