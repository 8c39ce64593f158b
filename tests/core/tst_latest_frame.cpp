// SPDX-License-Identifier: GPL-3.0-or-later
// One slot, newest wins: alone, and between a producer and two readers.
#include "core/latest_frame.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

/// Waits end by an event of the test, never by this.
constexpr milliseconds patience = 30s;

/// Pixels that tell the frame's number, so that a torn frame shows.
Frame frame(std::uint64_t number) {
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(64, static_cast<std::uint8_t>(number));
    const std::shared_ptr<const std::uint8_t> bytes(pixels, pixels->data());
    return {Image(8, 8, 8, PixelFormat::Gray8, bytes), MonoTime{} + milliseconds(number), number, FrameOrigin::Camera};
}

void expectWhole(const Frame& seen) {
    ASSERT_EQ(seen.capturedAt, MonoTime{} + milliseconds(seen.number));
    for (int i = 0; i < 64; ++i)
        ASSERT_EQ(seen.image.data()[i], static_cast<std::uint8_t>(seen.number));
}

TEST(LatestFrame, isEmptyAtFirst) {
    LatestFrame slot;
    EXPECT_FALSE(slot.newerThan(0));
    EXPECT_FALSE(slot.waitNewerThan(0, 0ms));
    EXPECT_EQ(slot.skipped(), 0U);
}

TEST(LatestFrame, theNewestWins) {
    LatestFrame slot;
    slot.put(frame(1));
    slot.put(frame(2));
    slot.put(frame(3));
    EXPECT_EQ(slot.newerThan(0).value().number, 3U);
    EXPECT_EQ(slot.newerThan(2).value().number, 3U);
    EXPECT_FALSE(slot.newerThan(3));
    EXPECT_EQ(slot.newerThan(0).value().number, 3U) << "looking takes nothing away";
    EXPECT_EQ(slot.waitNewerThan(0, patience).value().number, 3U);
    EXPECT_FALSE(slot.waitNewerThan(3, 1ms)) << "nothing newer on time";
}

TEST(LatestFrame, countsWhatNobodyFetched) {
    LatestFrame slot;
    slot.put(frame(1)); // replaced unseen
    slot.put(frame(2));
    EXPECT_EQ(slot.skipped(), 1U);
    EXPECT_TRUE(slot.waitNewerThan(0, patience));
    slot.put(frame(3));
    EXPECT_EQ(slot.skipped(), 1U) << "2 was fetched";
    EXPECT_TRUE(slot.newerThan(0));
    slot.put(frame(4));
    EXPECT_EQ(slot.skipped(), 2U) << "the viewfinder's look at 3 does not count";
}

TEST(LatestFrame, handsOutTheSamePixels) {
    LatestFrame slot;
    const Frame put = frame(1);
    slot.put(put);
    EXPECT_EQ(slot.newerThan(0).value().image.data(), put.image.data());
}

TEST(LatestFrame, aReplacedFrameIsReleased) {
    LatestFrame slot;
    Frame first = frame(1);
    const std::weak_ptr<const std::uint8_t> pixels = first.image.share();
    slot.put(std::move(first));
    EXPECT_FALSE(pixels.expired());
    slot.put(frame(2));
    EXPECT_TRUE(pixels.expired());
}

TEST(LatestFrame, putWakesAWaitingReader) {
    LatestFrame slot;
    auto waiting = std::async(std::launch::async, [&] { return slot.waitNewerThan(0, patience); });
    slot.put(frame(1));
    const auto seen = waiting.get();
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->number, 1U);
}

TEST(LatestFrame, closeWakesAllWaitingReadersForGood) {
    LatestFrame slot;
    slot.put(frame(5));
    std::array<std::future<std::optional<Frame>>, 3> waiting;
    for (auto& reader : waiting)
        reader = std::async(std::launch::async, [&] { return slot.waitNewerThan(5, patience); });
    const auto closed = std::chrono::steady_clock::now();
    slot.close();
    for (auto& reader : waiting)
        EXPECT_FALSE(reader.get());
    slot.put(frame(6));
    EXPECT_FALSE(slot.waitNewerThan(6, patience)) << "and nobody waits any more";
    EXPECT_FALSE(slot.waitNewerThan(5, patience)) << "nor is handed anything";
    EXPECT_LT(std::chrono::steady_clock::now() - closed, patience / 2);
}

TEST(LatestFrame, aProducerAtFullSpeedAndTwoReaders) {
    constexpr std::uint64_t last = 20'000;
    LatestFrame slot;
    std::atomic<std::uint64_t> fetched = 0;
    const auto read = [&] { // as the vision thread
        std::uint64_t seen = 0;
        while (seen < last) {
            const auto next = slot.waitNewerThan(seen, patience);
            ASSERT_TRUE(next);
            ASSERT_GT(next->number, seen);
            expectWhole(*next);
            seen = next->number;
            ++fetched;
        }
    };
    const auto poll = [&] { // as the viewfinder
        std::uint64_t seen = 0;
        while (seen < last)
            if (const auto next = slot.newerThan(seen)) {
                ASSERT_GT(next->number, seen);
                expectWhole(*next);
                seen = next->number;
            } else {
                std::this_thread::yield();
            }
    };
    {
        const std::jthread reader(read), viewfinder(poll);
        for (std::uint64_t number = 1; number <= last; ++number)
            slot.put(frame(number));
    }
    EXPECT_EQ(fetched + slot.skipped(), last) << "each frame was either fetched or counted as skipped";
}

} // namespace
