// SPDX-License-Identifier: GPL-3.0-or-later
// A track is never handed from one face to another; in doubt there is a new one.
#include "recognition/tracker.h"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

namespace facelatch::tests {
namespace {

using namespace recognition;
using namespace std::chrono_literals;

core::RectF box(float x, float y = 100, float side = 100) {
    return {x, y, side, side};
}

class TrackerTest : public testing::Test {
protected:
    std::vector<core::TrackId> see(const std::vector<core::RectF>& boxes) {
        m_now += 33ms;
        return m_tracker.update(boxes, m_now);
    }
    Tracker m_tracker{TrackerSettings{}};
    core::MonoTime m_now{};
};

TEST_F(TrackerTest, keepsAFaceThatMovesAndGrows) {
    const auto first = see({box(100)}).front();
    for (int i = 1; i < 60; ++i)
        EXPECT_EQ(see({box(100 + 8.0F * static_cast<float>(i), 100, 100 + static_cast<float>(i))}).front(), first);
}

TEST_F(TrackerTest, bridgesAShortGapOnly) {
    const auto first = see({box(100)}).front();
    for (int i = 0; i < 15; ++i)
        see({});
    EXPECT_EQ(see({box(105)}).front(), first); // 0.53 s
    for (int i = 0; i < 20; ++i)
        see({});
    const auto second = see({box(105)}).front(); // 0.7 s
    EXPECT_NE(second, first);
    EXPECT_GT(second, first);
}

TEST_F(TrackerTest, startsAnewAfterAJumpOrAChangeOfSize) {
    const auto first = see({box(100)}).front();
    const auto jumped = see({box(190)}).front();
    EXPECT_NE(jumped, first);
    const auto grown = see({box(160, 70, 170)}).front();
    EXPECT_NE(grown, jumped);
    EXPECT_NE(grown, first);
}

TEST_F(TrackerTest, endsATrackThatTwoFacesCouldContinue) {
    const auto first = see({box(100)}).front();
    const auto two = see({box(70), box(130)});
    EXPECT_NE(two[0], first);
    EXPECT_NE(two[1], first);
    const auto alive = m_tracker.alive();
    EXPECT_EQ(std::count(alive.begin(), alive.end(), first), 0) << "it could come back as somebody";
}

TEST_F(TrackerTest, endsTracksThatOneFaceCouldContinue) {
    const auto two = see({box(60), box(140)});
    const auto merged = see({box(100)}).front();
    EXPECT_NE(merged, two[0]);
    EXPECT_NE(merged, two[1]);
    EXPECT_EQ(m_tracker.alive().size(), 1U);
}

TEST_F(TrackerTest, aHiddenFaceDoesNotLendItsTrackToTheOneInFront) {
    const auto two = see({box(100), box(300)});
    see({box(110)}); // the second one is hidden behind ...
    core::TrackId front = two[0];
    for (float x = 130; x <= 320; x += 20) // ... the first, which walks through its place
        front = see({box(x)}).front();
    EXPECT_NE(front, two[1]);
}

TEST_F(TrackerTest, aSideFaceDoesNotBreakATrack) {
    const auto two = see({box(100), box(180)}); // their boxes touch a little
    for (int i = 0; i < 30; ++i) {
        const auto again = see({box(100 + static_cast<float>(i % 3)), box(181)});
        EXPECT_EQ(again[0], two[0]);
        EXPECT_EQ(again[1], two[1]);
    }
}

/// Two faces cross at many speeds and distances, with trembling boxes: no id is ever seen on both.
TEST_F(TrackerTest, crossingFacesNeverTradeTracks) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> tremble(-4, 4), height(0, 60), speed(4, 40);
    for (int round = 0; round < 500; ++round) {
        const float step = speed(random), apart = height(random);
        std::map<core::TrackId, std::set<int>> owners;
        for (float walked = 0; walked <= 500; walked += step) {
            const auto ids = see({box(walked + tremble(random), 100 + tremble(random)),
                                  box(500 - walked + tremble(random), 100 + apart + tremble(random))});
            owners[ids[0]].insert(0);
            owners[ids[1]].insert(1);
        }
        for (const auto& [id, faces] : owners)
            ASSERT_EQ(faces.size(), 1U) << "track " << id << ", " << step << " pixels a frame, " << apart << " apart";
        m_now += 2s;
    }
}

TEST_F(TrackerTest, neverUsesAnIdTwice) {
    std::set<core::TrackId> seen;
    for (int i = 0; i < 50; ++i) {
        EXPECT_TRUE(seen.insert(see({box(100)}).front()).second);
        if (i % 2 == 0)
            m_tracker.reset();
        m_now += 2s;
    }
    const auto last = see({box(100)}).front();
    const auto replaced = m_tracker.replace(last);
    EXPECT_GT(replaced, last);
    EXPECT_EQ(see({box(101)}).front(), replaced);
    EXPECT_GT(m_tracker.replace(99999), replaced); // even of a track that is gone
}

TEST_F(TrackerTest, goesOnFromWhereAFaceWasFollowedTo) {
    const auto first = see({box(100)}).front();
    for (float x = 110; x <= 300; x += 10) // too far for one step
        m_tracker.move(first, box(x), m_now += 33ms);
    EXPECT_EQ(see({box(305)}).front(), first);
    m_tracker.move(999, box(0), m_now); // of nobody
    EXPECT_EQ(m_tracker.alive().size(), 1U);
}

TEST_F(TrackerTest, givesAnEndedTrackBackOnlyOnce) {
    const auto two = see({box(60), box(140)});
    const auto merged = see({box(100)}).front(); // ends both
    EXPECT_FALSE(m_tracker.resume(merged, 0));
    EXPECT_FALSE(m_tracker.resume(merged, merged + 5)) << "never given";
    EXPECT_FALSE(m_tracker.resume(merged + 5, two[0])) << "no such track";
    EXPECT_TRUE(m_tracker.resume(merged, two[0]));
    const auto again = see({box(101), box(400)});
    EXPECT_EQ(again[0], two[0]);
    EXPECT_FALSE(m_tracker.resume(again[1], two[0])) << "it is alive";
    EXPECT_TRUE(m_tracker.resume(again[1], two[1]));
    EXPECT_GT(m_tracker.replace(two[1]), again[1]) << "new ids are new";
}

TEST_F(TrackerTest, survivesStrangeBoxes) {
    const float nan = std::nanf("");
    for (int i = 0; i < 3; ++i) {
        const auto ids = see({{nan, nan, nan, nan}, {0, 0, 0, 0}, {-5, -5, -1, 3}, box(100), box(100)});
        EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size());
    }
}

} // namespace
} // namespace facelatch::tests
