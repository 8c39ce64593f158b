// SPDX-License-Identifier: GPL-3.0-or-later
// Status and validity of a person.
#include "core/access_policy.h"

#include <gtest/gtest.h>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{1'800'000'000'000ms};

TEST(AccessPolicy, anActivePersonWithoutLimitsMayEnterAtAnyTime) {
    const Person person;
    for (const WallTime time : {WallTime{}, noon, WallTime::min(), WallTime::max()})
        EXPECT_EQ(refusal(person, time), std::nullopt);
}

TEST(AccessPolicy, aSuspendedPersonMayNot) {
    Person person;
    person.status = PersonStatus::Suspended;
    EXPECT_EQ(refusal(person, noon), Reason::Suspended);
    person.validUntil = noon - 1h;
    EXPECT_EQ(refusal(person, noon), Reason::Suspended);
}

TEST(AccessPolicy, validityIncludesItsBeginAndExcludesItsEnd) {
    Person person;
    person.validFrom = noon;
    person.validUntil = noon + 1h;
    EXPECT_EQ(refusal(person, noon - 1ms), Reason::Expired);
    EXPECT_EQ(refusal(person, noon), std::nullopt);
    EXPECT_EQ(refusal(person, noon + 1h - 1ms), std::nullopt);
    EXPECT_EQ(refusal(person, noon + 1h), Reason::Expired);
}

TEST(AccessPolicy, aValidityThatEndsBeforeItBeginsLetsNobodyIn) {
    Person person;
    person.validFrom = noon + 1h;
    person.validUntil = noon - 1h;
    for (const WallTime time : {noon - 2h, noon, noon + 2h})
        EXPECT_EQ(refusal(person, time), Reason::Expired);
}

} // namespace
