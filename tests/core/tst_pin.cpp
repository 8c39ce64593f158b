// SPDX-License-Identifier: GPL-3.0-or-later
// Which PINs may be chosen, whose one is, and how long wrong ones lock.
#include "core/pin.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{1'800'000'000'000ms};

Now at(milliseconds sinceStart, WallTime wall = noon) {
    return {MonoTime{} + 1h + sinceStart, wall + sinceStart};
}

PersonId person(std::uint8_t number) {
    PersonId id;
    id.value.bytes[15] = number;
    return id;
}
PinVerifier verifier(std::uint8_t number) {
    PinVerifier bytes{};
    bytes[31] = number;
    return bytes;
}

TEST(PinChoice, lengthsDependOnThePurpose) {
    struct Row {
        std::string_view pin;
        std::optional<PinFlaw> person, admin;
    };
    for (const Row& row :
         {Row{"", PinFlaw::TooShort, PinFlaw::TooShort}, Row{"481", PinFlaw::TooShort, PinFlaw::TooShort},
          Row{"4817", std::nullopt, PinFlaw::TooShort}, Row{"48172", std::nullopt, PinFlaw::TooShort},
          Row{"481726", std::nullopt, std::nullopt}, Row{"48172639", std::nullopt, std::nullopt},
          Row{"481726395", PinFlaw::TooLong, PinFlaw::TooLong}, Row{"48a726", PinFlaw::NotDigits, PinFlaw::NotDigits},
          Row{"4817 26", PinFlaw::NotDigits, PinFlaw::NotDigits}, Row{"-48172", PinFlaw::NotDigits, PinFlaw::NotDigits},
          Row{"٤٨١٧", PinFlaw::NotDigits, PinFlaw::NotDigits}}) {
        EXPECT_EQ(pinFlaw(row.pin, PinPurpose::Person), row.person) << row.pin;
        EXPECT_EQ(pinFlaw(row.pin, PinPurpose::Admin), row.admin) << row.pin;
    }
}

TEST(PinChoice, theObviousOnesAreRefused) {
    for (const std::string_view pin :
         {"0000",     "1111",     "9999",     "1212",     "4848",     "1234",     "4321",     "7890",     "0987",
          "8901",     "2468",     "1357",     "9753",     "1984",     "2026",     "1900",     "2099",     "2580",
          "1122",     "1221",     "12345",    "98765",    "55555",    "123456",   "654321",   "890123",   "000000",
          "121212",   "123123",   "112233",   "332211",   "123321",   "789456",   "147258",   "159753",   "111112",
          "700070",   "011984",   "198407",   "122001",   "1234567",  "12345678", "87654321", "11223344", "12344321",
          "12121212", "01011990", "19900101", "12312026", "31122026", "14725836"})
        EXPECT_TRUE(isObvious(pin)) << pin;
}

TEST(PinChoice, othersAreNot) {
    for (const std::string_view pin : {"4817", "9502", "1899", "2100", "1243", "48172", "481726", "193847", "501984",
                                       "1984731", "48172639", "99019841", "13132057"})
        EXPECT_FALSE(isObvious(pin)) << pin;
}

TEST(PinChoice, theListLeavesEnoughToChooseFrom) {
    int obvious = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::string digits = std::to_string(10'000 + i).substr(1);
        obvious += isObvious(digits) ? 1 : 0;
    }
    EXPECT_GT(obvious, 300);
    EXPECT_LT(obvious, 600);
}

TEST(PinChoice, anErrorNeverRepeatsThePin) {
    for (const std::string pin : {"481", "1234", "481726395", "48a7"}) {
        const Status checked = checkPin(pin, PinPurpose::Person);
        ASSERT_FALSE(checked) << pin;
        EXPECT_EQ(checked.error().kind, ErrorKind::Usage);
        EXPECT_EQ(checked.error().text().find(pin), std::string::npos) << checked.error().text();
    }
    EXPECT_TRUE(checkPin("481726", PinPurpose::Admin));
}

TEST(PinBook, knowsWhoseAVerifierIs) {
    const auto book = PinBook::build({{person(2), verifier(9)}, {person(1), verifier(7)}});
    EXPECT_EQ(book->size(), 2U);
    EXPECT_EQ(book->personOf(verifier(7)), person(1));
    EXPECT_EQ(book->personOf(verifier(9)), person(2));
    EXPECT_EQ(book->personOf(verifier(8)), std::nullopt);
    EXPECT_TRUE(book->hasPin(person(1)));
    EXPECT_FALSE(book->hasPin(person(3)));
    EXPECT_TRUE(book->fits(person(1), verifier(7)));
    EXPECT_FALSE(book->fits(person(1), verifier(9))) << "it is somebody else's";
    EXPECT_FALSE(book->fits(person(3), verifier(7)));
    EXPECT_FALSE(PinBook().personOf(PinVerifier{}));
}

TEST(PinBook, whatIsThereTwiceFitsNobody) {
    const auto book = PinBook::build({{person(1), verifier(7)},
                                      {person(2), verifier(7)},
                                      {person(3), verifier(8)},
                                      {person(3), verifier(9)},
                                      {person(4), verifier(9)},
                                      {person(5), verifier(5)}});
    EXPECT_EQ(book->personOf(verifier(7)), std::nullopt);
    EXPECT_EQ(book->personOf(verifier(8)), std::nullopt);
    EXPECT_EQ(book->personOf(verifier(9)), std::nullopt);
    EXPECT_FALSE(book->hasPin(person(4)));
    EXPECT_EQ(book->size(), 1U);
    EXPECT_EQ(book->personOf(verifier(5)), person(5));
}

TEST(Lockout, theFifthWrongTryLocksAndEachFurtherOneTwiceAsLong) {
    const std::array<milliseconds, 12> lengths{0s, 0s, 0s, 0s, 30s, 60s, 120s, 240s, 480s, 900s, 900s, 900s};
    Lockout lockout;
    milliseconds time{0};
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        lockout.failed(at(time));
        EXPECT_EQ(lockout.failures(), static_cast<int>(i + 1));
        EXPECT_EQ(lockout.remaining(at(time).mono), lengths[i]) << i;
        EXPECT_EQ(lockout.locked(at(time).mono), lengths[i] > 0s) << i;
        EXPECT_EQ(lockLength(static_cast<int>(i + 1)), lengths[i]);
        time += lengths[i];
        EXPECT_FALSE(lockout.locked(at(time).mono)) << "it ends by itself";
    }
    lockout.succeeded();
    lockout.failed(at(time));
    EXPECT_EQ(lockout.failures(), 1);
    EXPECT_FALSE(lockout.locked(at(time).mono));
}

TEST(Lockout, triesWhileLockedChangeNothing) {
    Lockout lockout;
    for (int i = 0; i < 20; ++i)
        lockout.failed(at(0s));
    EXPECT_EQ(lockout.failures(), 5);
    EXPECT_EQ(lockout.remaining(at(10s).mono), 20s);
}

TEST(Lockout, setClocksChangeNothingWhileTheProgramRuns) {
    for (const auto jump : {-10 * 365 * 24h, 10 * 365 * 24h}) {
        Lockout lockout;
        for (int i = 0; i < 5; ++i)
            lockout.failed(at(0s));
        const Now later{at(10s).mono, noon + jump};
        EXPECT_EQ(lockout.remaining(later.mono), 20s);
        EXPECT_EQ(Lockout::restored(lockout.row(later), later).remaining(later.mono), 20s);
    }
}

TEST(Lockout, survivesARestart) {
    Lockout before;
    for (int i = 0; i < 5; ++i)
        before.failed(at(0s));
    const Lockout::Row row = before.row(at(0s));
    // Another boot: the monotonic clock began anew.
    const Lockout after = Lockout::restored(row, {MonoTime{} + 5s, noon + 12s});
    EXPECT_EQ(after.failures(), 5);
    EXPECT_EQ(after.remaining(MonoTime{} + 5s), 18s);
    Lockout over = Lockout::restored(row, {MonoTime{} + 5s, noon + 40s});
    EXPECT_FALSE(over.locked(MonoTime{} + 5s));
    over.failed({MonoTime{} + 6s, noon + 41s});
    EXPECT_EQ(over.remaining(MonoTime{} + 6s), 60s) << "a restart begins nothing anew";
    const Lockout none = Lockout::restored(Lockout().row(at(0s)), at(0s));
    EXPECT_EQ(none.failures(), 0);
    EXPECT_FALSE(none.locked(at(0s).mono));
}

TEST(Lockout, aClockSetBackOverARestartLocksNoLongerThanTheLockItself) {
    Lockout before;
    for (int i = 0; i < 6; ++i) {
        before.failed(at(0s));
        before = Lockout::restored({before.failures(), noon}, at(0s));
    }
    before.failed(at(0s));
    ASSERT_EQ(before.failures(), 7);
    const Lockout::Row row = before.row(at(0s));
    const Now battery{MonoTime{} + 1s, WallTime{} + 1s}; // a device without a battery begins in 1970
    EXPECT_EQ(Lockout::restored(row, battery).remaining(battery.mono), 120s);
    EXPECT_EQ(Lockout::restored(row, battery).remaining(battery.mono + 121s), 0s);
}

TEST(Lockout, rowsThatCannotBeAreLockedAndEndInFifteenMinutes) {
    const Now now = at(0s);
    for (const Lockout::Row& row :
         {Lockout::Row{-1, WallTime::max()}, Lockout::Row{std::numeric_limits<int>::max(), WallTime::max()},
          Lockout::Row{std::numeric_limits<int>::min(), noon + 1h}}) {
        Lockout lockout = Lockout::restored(row, now);
        EXPECT_EQ(lockout.remaining(now.mono), 900s);
        EXPECT_FALSE(lockout.locked(now.mono + 900s));
        lockout.failed(at(900s));
        EXPECT_EQ(lockout.remaining(at(900s).mono), 900s);
    }
    EXPECT_FALSE(Lockout::restored({3, WallTime::max()}, now).locked(now.mono)) << "three tries lock nothing";
    EXPECT_FALSE(Lockout::restored({9, WallTime::min()}, now).locked(now.mono));
}

} // namespace
