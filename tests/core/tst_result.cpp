// SPDX-License-Identifier: GPL-3.0-or-later
// Result, Error and exit codes.
#include "core/result.h"

#include <gtest/gtest.h>

#include <memory>

using namespace facelatch::core;

namespace {

TEST(Result, holdsAValueOrAnError) {
    Result<std::string> good = std::string("yes");
    ASSERT_TRUE(good);
    EXPECT_EQ(*good, "yes");
    EXPECT_EQ(good->size(), 3U);
    good->append("!");
    EXPECT_EQ(good.value(), "yes!");

    const Result<std::string> bad = fail("no");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().what, "no");
    EXPECT_EQ(bad.error().kind, ErrorKind::Failed);
}

TEST(Result, movesItsValueOut) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> taken = *std::move(result);
    EXPECT_EQ(*taken, 7);
}

TEST(Result, statusIsDoneOrAnError) {
    EXPECT_TRUE(Status(Done{}));
    EXPECT_FALSE(Status(fail("no")));
}

TEST(Result, anErrorsTextSaysWhatWhereAndWhatToDo) {
    EXPECT_EQ(fail("It failed").text(), "It failed");
    EXPECT_EQ(fail("It failed", "file:3").text(), "It failed (file:3)");
    EXPECT_EQ(fail("It failed", "", "Try again").text(), "It failed. Try again");
    EXPECT_EQ(fail("It failed", "file:3", "Try again").text(), "It failed (file:3). Try again");
}

TEST(Result, exitCodesAreThoseOfAllPrograms) {
    EXPECT_EQ(exitCode(ErrorKind::Failed), 1);
    EXPECT_EQ(exitCode(ErrorKind::NotFound), 1);
    EXPECT_EQ(exitCode(ErrorKind::Refused), 1);
    EXPECT_EQ(exitCode(ErrorKind::Conflict), 1);
    EXPECT_EQ(exitCode(ErrorKind::Usage), 2);
    EXPECT_EQ(exitCode(ErrorKind::OutOfService), 3);
    EXPECT_EQ(exitCode(ErrorKind::NewerVersion), 4);
    EXPECT_EQ(exitCode(ErrorKind::AlreadyRunning), 5);
}

} // namespace
