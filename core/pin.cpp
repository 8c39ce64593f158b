// SPDX-License-Identifier: GPL-3.0-or-later
// Choice of PINs, whose they are, and the lock after wrong ones.
#include "core/pin.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>

namespace facelatch::core {

namespace {

bool allDigits(std::string_view pin) {
    return std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int digit(char c) {
    return c - '0';
}

/// "1111", "1212", "123123": a shorter block over and over.
bool repeatsABlock(std::string_view pin) {
    for (std::size_t block = 1; 2 * block <= pin.size(); ++block) {
        if (pin.size() % block != 0)
            continue;
        bool same = true;
        for (std::size_t i = block; i < pin.size(); ++i)
            same = same && pin[i] == pin[i - block];
        if (same)
            return true;
    }
    return false;
}

/// "1234", "8901", "9876", "2468": each digit the one before plus a step of one or two, up or down, 9 followed by 0.
bool isRun(std::string_view pin) {
    if (pin.size() < 2)
        return true;
    const int step = (digit(pin[1]) - digit(pin[0]) + 10) % 10;
    if (step != 1 && step != 9 && step != 2 && step != 8)
        return false;
    for (std::size_t i = 1; i < pin.size(); ++i)
        if ((digit(pin[i]) - digit(pin[i - 1]) + 10) % 10 != step)
            return false;
    return true;
}

/// "112233", "11223344": a run with each digit twice. "123321": a run and back.
bool isRunInDisguise(std::string_view pin) {
    if (pin.size() < 4 || pin.size() % 2 != 0)
        return false;
    const std::string_view half = pin.substr(0, pin.size() / 2);
    std::string everySecond;
    bool pairs = true, mirrored = true;
    for (std::size_t i = 0; i < pin.size(); ++i) {
        if (i % 2 == 0)
            everySecond += pin[i];
        else
            pairs = pairs && pin[i] == pin[i - 1];
        mirrored = mirrored && pin[i] == pin[pin.size() - 1 - i];
    }
    return (pairs && isRun(everySecond)) || (mirrored && isRun(half));
}

/// With six digits or more, two different ones are too few.
bool hasFewDigits(std::string_view pin) {
    return pin.size() >= 6 && std::set<char>(pin.begin(), pin.end()).size() < 3;
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits)
        value = 10 * value + digit(c);
    return value;
}

bool isYear(std::string_view four) {
    return number(four) >= 1900 && number(four) <= 2099;
}
bool isDayAndMonth(std::string_view four) {
    const int first = number(four.substr(0, 2)), second = number(four.substr(2));
    const auto fits = [](int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; };
    return fits(first, second) || fits(second, first);
}

/// A year alone, or before or behind a month, or a day and a month.
bool isDate(std::string_view pin) {
    if (pin.size() < 4 || pin.size() % 2 != 0)
        return false;
    const std::size_t rest = pin.size() - 4;
    for (const auto& [year, other] :
         {std::pair{pin.substr(0, 4), pin.substr(4)}, std::pair{pin.substr(rest), pin.substr(0, rest)}}) {
        if (!isYear(year))
            continue;
        if (other.empty() || (other.size() == 4 && isDayAndMonth(other)))
            return true;
        if (other.size() == 2 && number(other) >= 1 && number(other) <= 12)
            return true;
    }
    return false;
}

// What remains of the commonest choices in published leaks when the rules above are through: shapes on the keypad, and
// what a word or a film left behind.
constexpr std::array<std::string_view, 46> common{
    "0007",   "0070",   "0852",   "1004",   "1122",     "1230",    "1236",   "1245",   "1313",   "1397",
    "1478",   "2112",   "2233",   "2580",   "2589",     "3141",    "3690",   "4200",   "4321",   "5150",
    "5683",   "7410",   "7890",   "7896",   "8520",     "9630",    "9871",   "12369",  "14789",  "25800",
    "78963",  "123654", "147258", "147852", "147896",   "159357",  "159753", "258369", "321654", "456123",
    "520131", "789456", "963852", "987456", "14725836", "78945612"};

} // namespace

std::size_t leastPinDigits(PinPurpose purpose) {
    return purpose == PinPurpose::Admin ? 6 : 4;
}

bool isObvious(std::string_view pin) {
    return repeatsABlock(pin) || isRun(pin) || isRunInDisguise(pin) || hasFewDigits(pin) || isDate(pin) ||
           std::find(common.begin(), common.end(), pin) != common.end();
}

std::optional<PinFlaw> pinFlaw(std::string_view pin, PinPurpose purpose) {
    if (!allDigits(pin))
        return PinFlaw::NotDigits;
    if (pin.size() < leastPinDigits(purpose))
        return PinFlaw::TooShort;
    if (pin.size() > mostPinDigits)
        return PinFlaw::TooLong;
    if (isObvious(pin))
        return PinFlaw::Obvious;
    return std::nullopt;
}

Status checkPin(std::string_view pin, PinPurpose purpose) {
    const auto flaw = pinFlaw(pin, purpose);
    if (!flaw)
        return Done{};
    const std::string length =
        std::to_string(leastPinDigits(purpose)) + " to " + std::to_string(mostPinDigits) + " digits";
    switch (*flaw) {
    case PinFlaw::NotDigits:
        return Error{ErrorKind::Usage, "a PIN consists of digits only", {}, "Choose " + length};
    case PinFlaw::TooShort:
        return Error{ErrorKind::Usage, "the PIN is too short", {}, "Choose " + length};
    case PinFlaw::TooLong:
        return Error{ErrorKind::Usage, "the PIN is too long", {}, "Choose " + length};
    case PinFlaw::Obvious:
        break;
    }
    return Error{ErrorKind::Usage,
                 "the PIN is easily guessed",
                 {},
                 "Choose one without rows, repetitions and years, such as digits drawn at random"};
}

std::shared_ptr<const PinBook> PinBook::build(const std::vector<Entry>& entries) {
    std::map<PersonId, int> ofPerson;
    std::map<PinVerifier, int> ofVerifier;
    for (const auto& [person, verifier] : entries) {
        ++ofPerson[person];
        ++ofVerifier[verifier];
    }
    auto book = std::make_shared<PinBook>();
    for (const auto& [person, verifier] : entries)
        if (ofPerson[person] == 1 && ofVerifier[verifier] == 1) {
            book->m_byPerson.emplace_back(person, verifier);
            book->m_byVerifier.emplace_back(verifier, person);
        }
    std::sort(book->m_byPerson.begin(), book->m_byPerson.end());
    std::sort(book->m_byVerifier.begin(), book->m_byVerifier.end());
    return book;
}

// What is compared are outputs of a hash keyed with a secret of the device: how long a comparison takes tells nothing
// about a PIN to somebody who cannot compute them.
std::optional<PersonId> PinBook::personOf(const PinVerifier& verifier) const {
    const auto found =
        std::lower_bound(m_byVerifier.begin(), m_byVerifier.end(), verifier,
                         [](const auto& entry, const PinVerifier& wanted) { return entry.first < wanted; });
    if (found == m_byVerifier.end() || found->first != verifier)
        return std::nullopt;
    return found->second;
}

bool PinBook::hasPin(const PersonId& person) const {
    const auto found =
        std::lower_bound(m_byPerson.begin(), m_byPerson.end(), person,
                         [](const Entry& entry, const PersonId& wanted) { return entry.first < wanted; });
    return found != m_byPerson.end() && found->first == person;
}

bool PinBook::fits(const PersonId& person, const PinVerifier& verifier) const {
    return personOf(verifier) == person;
}

milliseconds lockLength(int failures) {
    if (failures <= Lockout::freeTries)
        return milliseconds{0};
    milliseconds length = Lockout::firstLock;
    for (int i = Lockout::freeTries + 1; i < failures && length < Lockout::longestLock; ++i)
        length *= 2;
    return std::min(length, Lockout::longestLock);
}

Lockout Lockout::restored(const Row& row, Now now) {
    Lockout lockout;
    // A negative count is damage: as if there had been very many.
    lockout.m_failures = row.failures >= 0 ? row.failures : std::numeric_limits<int>::max() / 2;
    const milliseconds length = lockLength(lockout.m_failures);
    // Compared before it is subtracted: an `until` made of noise must not overflow.
    if (length.count() > 0 && row.until > now.wall)
        lockout.m_until = now.mono + (row.until >= now.wall + length ? length : row.until - now.wall);
    return lockout;
}

Lockout::Row Lockout::row(Now now) const {
    return {m_failures, now.wall + remaining(now.mono)};
}

void Lockout::failed(Now now) {
    if (locked(now.mono))
        return;
    if (m_failures < std::numeric_limits<int>::max() / 2)
        ++m_failures;
    if (const milliseconds length = lockLength(m_failures); length.count() > 0)
        m_until = now.mono + length;
}

milliseconds Lockout::remaining(MonoTime now) const {
    if (!m_until || now >= *m_until)
        return milliseconds{0};
    // Rounded up: what is left of a lock is never 0.
    return std::min(std::chrono::ceil<milliseconds>(*m_until - now), longestLock);
}

} // namespace facelatch::core
