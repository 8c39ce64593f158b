// SPDX-License-Identifier: GPL-3.0-or-later
// Layout, order and text of UUIDv7.
#include "core/uuid7.h"

#include <gtest/gtest.h>

#include <limits>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

constexpr std::array<std::uint8_t, 10> ones{255, 255, 255, 255, 255, 255, 255, 255, 255, 255};

TEST(Uuid7, theExampleOfRfc9562AppendixA6) {
    // 2022-02-22 19:22:22 UTC; rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F
    const std::array<std::uint8_t, 10> random{0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F};
    const Uuid7 id = makeUuid7(WallTime{0x017F22E279B0ms}, random);
    EXPECT_EQ(id.text(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    EXPECT_EQ(Uuid7::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"), id);
}

TEST(Uuid7, versionAndVariantStandWhateverIsRandom) {
    for (const auto& random : {std::array<std::uint8_t, 10>{}, ones}) {
        const std::string text = makeUuid7(WallTime{1ms}, random).text();
        EXPECT_EQ(text[14], '7');
        EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos) << text;
    }
    EXPECT_EQ(makeUuid7(WallTime{}, ones).text(), "00000000-0000-7fff-bfff-ffffffffffff");
    EXPECT_FALSE(makeUuid7(WallTime{}, {}).isNull());
    EXPECT_TRUE(Uuid7{}.isNull());
}

TEST(Uuid7, ordersByTime) {
    Uuid7 before = makeUuid7(WallTime{-1ms}, {});
    EXPECT_EQ(before, makeUuid7(WallTime{}, {})) << "a clock before 1970 does not sort behind all others";
    for (const auto ms : {1LL, 255LL, 256LL, 65536LL, 1'700'000'000'000LL, 1'800'000'000'000LL, (1LL << 48) - 1}) {
        const Uuid7 early = makeUuid7(WallTime{milliseconds(ms)}, {});
        const Uuid7 late = makeUuid7(WallTime{milliseconds(ms)}, ones);
        EXPECT_LT(before, early);
        EXPECT_LT(early, late);
        EXPECT_LT(before.text(), early.text()) << "as text too";
        before = late;
    }
}

TEST(Uuid7, textReadsBack) {
    for (int i = 0; i < 1000; ++i) {
        std::array<std::uint8_t, 10> random{};
        for (std::size_t k = 0; k < random.size(); ++k)
            random[k] = static_cast<std::uint8_t>(i * 31 + static_cast<int>(k) * 17);
        const Uuid7 id = makeUuid7(WallTime{milliseconds(1'700'000'000'000 + i)}, random);
        EXPECT_EQ(id.text().size(), 36U);
        EXPECT_EQ(Uuid7::parse(id.text()), id);
    }
    EXPECT_EQ(Uuid7::parse(Uuid7{}.text()), Uuid7{});
}

TEST(Uuid7, refusesWhatIsNoUuid) {
    const std::string good = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
    ASSERT_TRUE(Uuid7::parse(good));
    for (std::size_t i = 0; i < good.size(); ++i)
        for (const char wrong : {'g', ' ', '\0', '/', ':', '@', '`', '-', '0', '\xff'}) {
            const bool hyphen = good[i] == '-';
            if (hyphen ? wrong == '-' : wrong == '0')
                continue;
            std::string text = good;
            text[i] = wrong;
            EXPECT_FALSE(Uuid7::parse(text)) << text;
        }
    for (const std::string& text :
         {std::string(), good.substr(1), good + "0", "{" + good + "}", std::string("017f22e279b07cc398c4dc0c0c07398f"),
          std::string("017f22e-279b0-7cc3-98c4-dc0c0c07398f")})
        EXPECT_FALSE(Uuid7::parse(text)) << text;
}

} // namespace
