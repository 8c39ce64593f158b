// SPDX-License-Identifier: GPL-3.0-or-later
// Who comes back is known by comparing, and earns everything else anew.
#include "recognition/face_memory.h"

#include <array>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;
using namespace std::chrono_literals;

const std::vector<float> kAda{1, 0, 0}, kBob{0, 1, 0};
const std::vector<float> kNearlyAda{0.8F, 0, 0.6F};

class FaceMemoryTest : public testing::Test {
protected:
    void see(core::TrackId track, const std::vector<float>& embedding, core::MonoTime at) {
        Face& face = m_memory[track];
        face.remember(embedding);
        face.liveness.add(5, {});
        face.seenAt = at;
    }
    FaceMemory m_memory;
    core::MonoTime m_start{10s};
    std::vector<float> m_mean;
};

TEST_F(FaceMemoryTest, knowsWhoLeftByTheirFace) {
    see(1, kAda, m_start);
    see(2, kBob, m_start);
    EXPECT_FALSE(m_memory.returning(kAda, 0.5F, m_mean)) << "nobody has left";
    m_memory.keepOnly({});
    EXPECT_FALSE(m_memory.returning({0, 0, 1}, 0.5F, m_mean));
    EXPECT_EQ(m_memory.returning(kNearlyAda, 0.5F, m_mean), 1U);
    EXPECT_EQ(m_mean, kAda);
    EXPECT_FALSE(m_memory.returning(kNearlyAda, 0.5F, m_mean)) << "only one can be her";
    EXPECT_EQ(m_memory.returning(kBob, 0.5F, m_mean), 2U);
}

TEST_F(FaceMemoryTest, keepsNothingButTheFaceOfWhoLeft) {
    see(1, kAda, m_start);
    m_memory.leave(1);
    EXPECT_EQ(m_memory.find(1), nullptr);
    EXPECT_EQ(m_memory[1].liveness.frames(), 0);
    EXPECT_TRUE(m_memory[1].mean.empty());
}

TEST_F(FaceMemoryTest, forgetsAfterAWhile) {
    see(1, kAda, m_start);
    m_memory.leave(1);
    m_memory.forgetLeft(m_start);
    EXPECT_EQ(m_memory.returning(kAda, 0.5F, m_mean), 1U);
    see(1, kAda, m_start);
    m_memory.leave(1);
    m_memory.forgetLeft(m_start + 1ms);
    EXPECT_FALSE(m_memory.returning(kAda, 0.5F, m_mean));
}

TEST_F(FaceMemoryTest, movesWhatIsKnownToAnotherTrack) {
    see(3, kNearlyAda, m_start);
    m_memory.rename(3, 1, kAda);
    EXPECT_EQ(m_memory.find(3), nullptr);
    ASSERT_NE(m_memory.find(1), nullptr);
    EXPECT_EQ(m_memory.find(1)->mean, kAda);
    EXPECT_EQ(m_memory.find(1)->liveness.frames(), 1);
    m_memory.rename(7, 8, kAda); // of nobody
    EXPECT_EQ(m_memory.find(8), nullptr);
}

TEST_F(FaceMemoryTest, keepsThoseInViewAndForgetsNobodysFace) {
    see(1, kAda, m_start);
    see(2, kBob, m_start);
    m_memory[3].seenAt = m_start; // never compared
    const std::array<core::TrackId, 1> alive{1};
    m_memory.keepOnly(alive);
    EXPECT_NE(m_memory.find(1), nullptr);
    EXPECT_EQ(m_memory.find(2), nullptr);
    EXPECT_EQ(m_memory.find(3), nullptr);
    EXPECT_FALSE(m_memory.returning(kAda, 0.5F, m_mean));
    m_memory.clear();
    EXPECT_FALSE(m_memory.returning(kBob, 0.5F, m_mean));
}

} // namespace
} // namespace facelatch::tests
