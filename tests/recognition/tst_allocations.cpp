// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame takes from the heap. Counted are calls of operator new, OpenCV's included; what its networks do is
// theirs, so the frames that are counted run none.
#include "made_pictures.h"
#include "pipeline_faces.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace {
std::atomic<int> g_allocations{0};

void* counted(std::size_t size) {
    ++g_allocations;
    if (void* memory = std::malloc(size > 0 ? size : 1))
        return memory;
    throw std::bad_alloc();
}
} // namespace

void* operator new(std::size_t size) {
    return counted(size);
}
void* operator new[](std::size_t size) {
    return counted(size);
}
// All of them: what one hands out may be given back to another.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++g_allocations;
    return std::malloc(size > 0 ? size : 1);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    ++g_allocations;
    return std::malloc(size > 0 ? size : 1);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace facelatch::tests {
namespace {

using namespace std::chrono_literals;

class Allocations : public PipelineFaces {
protected:
    /// The most that one of 30 frames took, after 30 others.
    int mostOf(const core::Image& picture) {
        int most = 0;
        for (int i = 0; i < 60; ++i) {
            const core::Frame frame{picture, m_now += 33ms, ++m_number, core::FrameOrigin::Test};
            const int before = g_allocations;
            const core::Observation seen = m_pipeline->process(frame);
            const int taken = g_allocations - before;
            if (i >= 30)
                most = std::max(most, taken);
        }
        return most;
    }
};

TEST_F(Allocations, areCounted) {
    const int before = g_allocations;
    delete new int(7);
    EXPECT_EQ(g_allocations, before + 1);
    EXPECT_GT(mostOf(sample("image_T1.jpg")), 100) << "a frame that is detected and embedded";
}

TEST_F(Allocations, anEmptySceneTakesHardlyAny) {
    recognition::PipelineSettings settings;
    settings.motion.peekEvery = 1h;
    settings.motion.staysOpen = 100ms;
    start(settings);
    const int most = mostOf(plain(640, 480, {90, 100, 110}));
    std::printf("[ FIGURES  ] allocations of a frame without a face: %d\n", most);
    EXPECT_LE(most, 8);
}

TEST_F(Allocations, aFollowedFaceTakesFew) {
    recognition::PipelineSettings settings;
    settings.follow.detectEvery = 1h;
    settings.economy.embedEvery = 1h;
    start(settings);
    const int most = mostOf(sample("image_T1.jpg"));
    std::printf("[ FIGURES  ] allocations of a frame with a followed face: %d\n", most);
    EXPECT_LE(most, 16);
}

} // namespace
} // namespace facelatch::tests
