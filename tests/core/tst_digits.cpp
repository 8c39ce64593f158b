// SPDX-License-Identifier: GPL-3.0-or-later
// A number that is typed: never longer than its room, never anything but digits, wiped.
#include "core/digits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>

using facelatch::core::Digits;

namespace {

TEST(Digits, keepsDigitsOnlyAndNotTooMany) {
    Digits digits;
    EXPECT_TRUE(digits.empty());
    for (const char wrong : {'a', ' ', '/', ':', '\0', '-'})
        EXPECT_FALSE(digits.push(wrong)) << wrong;
    for (const char digit : {'0', '9', '3', '4', '5', '6', '7', '8'})
        EXPECT_TRUE(digits.push(digit));
    EXPECT_FALSE(digits.push('1'));
    EXPECT_EQ(digits.text(), "09345678");
}

TEST(Digits, theLastOneGoesFirst) {
    Digits digits;
    digits.pop();
    EXPECT_TRUE(digits.empty());
    digits.push('1');
    digits.push('2');
    digits.pop();
    EXPECT_EQ(digits.text(), "1");
    digits.push('3');
    EXPECT_EQ(digits.text(), "13");
}

TEST(Digits, nothingIsLeftOfIt) {
    alignas(Digits) std::byte memory[sizeof(Digits)] = {};
    auto* digits = new (memory) Digits;
    for (const char digit : {'4', '7', '1', '1'})
        digits->push(digit);
    Digits copy = *digits;
    EXPECT_EQ(copy.text(), "4711");
    copy.wipe();
    EXPECT_TRUE(copy.empty());
    EXPECT_EQ(digits->text(), "4711") << "a copy of its own";
    digits->~Digits();
    const auto* bytes = static_cast<const volatile std::byte*>(memory);
    EXPECT_TRUE(std::all_of(bytes, bytes + sizeof memory, [](std::byte byte) { return byte == std::byte{0}; }));
}

} // namespace
