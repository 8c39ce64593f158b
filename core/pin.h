// SPDX-License-Identifier: GPL-3.0-or-later
// PINs: which are allowed, what is compared in their place, whose they are, and how long wrong ones lock. Pure; any
// thread.
//
// A PIN itself lives only as long as its verifier is computed (storage/pin_hash.h); everything here but the rules of
// length and choice knows verifiers alone.
#pragma once

#include "core/person.h"
#include "core/result.h"
#include "core/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace facelatch::core {

/// What a PIN is for. PINs are unique within their purpose.
enum class PinPurpose {
    Person, ///< at the door
    Admin   ///< at the admin's screens
};
inline constexpr std::size_t mostPinDigits = 8;
/// 4 for a person, 6 for an admin.
std::size_t leastPinDigits(PinPurpose purpose);

enum class PinFlaw { NotDigits, TooShort, TooLong, Obvious };
/// Why this PIN cannot be chosen, or nothing.
std::optional<PinFlaw> pinFlaw(std::string_view pin, PinPurpose purpose);
/// The same as an Error (Usage) that never repeats the PIN.
Status checkPin(std::string_view pin, PinPurpose purpose);
/// What somebody who guesses tries first: the same digits or block over and over, runs and rows, a pattern on the
/// keypad, a year 19xx or 20xx alone or with a day and month, the most common choices. `pin` consists of digits.
bool isObvious(std::string_view pin);

/// A keyed hash of a PIN (storage/pin_hash.h): the same PIN gives the same verifier on the same device.
using PinVerifier = std::array<std::uint8_t, 32>;

/// Whose PIN a verifier is: an immutable snapshot, swapped whole as Gallery is.
class PinBook {
public:
    using Entry = std::pair<PersonId, PinVerifier>;

    PinBook() = default;
    /// A verifier of two people fits nobody, neither do two verifiers of one person: storage allows neither.
    static std::shared_ptr<const PinBook> build(const std::vector<Entry>& entries);

    /// Nothing when nobody has that PIN.
    std::optional<PersonId> personOf(const PinVerifier& verifier) const;
    bool hasPin(const PersonId& person) const;
    /// Whether it is that person's.
    bool fits(const PersonId& person, const PinVerifier& verifier) const;
    std::size_t size() const { return m_byPerson.size(); }

private:
    std::vector<Entry> m_byPerson;                              ///< ordered by person
    std::vector<std::pair<PinVerifier, PersonId>> m_byVerifier; ///< ordered by verifier
};

/// Temporary refusal after wrong tries: the first four cost nothing, the fifth locks for 30 s, and each further one for
/// twice as long as the one before, up to 15 min. A right one begins anew; a lock that ends forgets nothing.
///
/// While the program runs, a lock ends by the monotonic clock, so that setting the clock changes nothing. Over a
/// restart it is kept by the wall clock, and no jump of that makes it longer than it was when it began.
class Lockout {
public:
    static constexpr int freeTries = 4;
    static constexpr milliseconds firstLock{30'000};
    static constexpr milliseconds longestLock{15 * 60'000};

    /// What is written to the disk.
    struct Row {
        int failures = 0;
        WallTime until{}; ///< without meaning while `failures` has not locked
        bool operator==(const Row&) const = default;
    };

    Lockout() = default;
    /// As it was when `row` was written, seen at `now`. Numbers that cannot be count as locked.
    static Lockout restored(const Row& row, Now now);
    Row row(Now now) const;

    /// A wrong try. While locked, nothing is to be tried: then it changes nothing.
    void failed(Now now);
    /// A right one.
    void succeeded() { *this = {}; }
    /// 0 when not locked; never over longestLock.
    milliseconds remaining(MonoTime now) const;
    bool locked(MonoTime now) const { return remaining(now).count() > 0; }
    int failures() const { return m_failures; }

private:
    int m_failures = 0;
    std::optional<MonoTime> m_until;
};

/// How long the lock lasts that this many wrong tries bring; 0 for those that are free.
milliseconds lockLength(int failures);

} // namespace facelatch::core
