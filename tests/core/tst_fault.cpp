// SPDX-License-Identifier: GPL-3.0-or-later
// Which faults stop the door, and the list of those that stand.
#include "core/fault.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

using namespace facelatch::core;

namespace {

constexpr std::array all{FaultCode::NoCamera,           FaultCode::NoDetector,     FaultCode::NoEmbedder,
                         FaultCode::NoLiveness,         FaultCode::NoLock,         FaultCode::ReplayOnRealLock,
                         FaultCode::SourceMayNotOpen,   FaultCode::LogNotWritable, FaultCode::DataUnreadable,
                         FaultCode::PicturesNotWritten, FaultCode::DiskFull,       FaultCode::PushOff,
                         FaultCode::CertificateEnds};

TEST(Fault, codesAreStable) {
    EXPECT_EQ(faultCodeText(FaultCode::NoCamera), "no_camera");
    EXPECT_EQ(faultCodeText(FaultCode::NoDetector), "no_detector");
    EXPECT_EQ(faultCodeText(FaultCode::NoEmbedder), "no_embedder");
    EXPECT_EQ(faultCodeText(FaultCode::NoLiveness), "no_liveness");
    EXPECT_EQ(faultCodeText(FaultCode::NoLock), "no_lock");
    EXPECT_EQ(faultCodeText(FaultCode::ReplayOnRealLock), "replay_on_real_lock");
    EXPECT_EQ(faultCodeText(FaultCode::SourceMayNotOpen), "source_may_not_open");
    EXPECT_EQ(faultCodeText(FaultCode::LogNotWritable), "log_not_writable");
    EXPECT_EQ(faultCodeText(FaultCode::DataUnreadable), "data_unreadable");
    EXPECT_EQ(faultCodeText(FaultCode::PicturesNotWritten), "pictures_not_written");
    EXPECT_EQ(faultCodeText(FaultCode::DiskFull), "disk_full");
    EXPECT_EQ(faultCodeText(FaultCode::PushOff), "push_off");
    EXPECT_EQ(faultCodeText(FaultCode::CertificateEnds), "certificate_ends");
    std::set<std::string_view> codes;
    for (const FaultCode code : all)
        EXPECT_TRUE(codes.insert(faultCodeText(code)).second);
}

TEST(Fault, diskAndNetworkLeaveTheDoorWorking) {
    const std::set harmless{FaultCode::LogNotWritable, FaultCode::PicturesNotWritten, FaultCode::DiskFull,
                            FaultCode::PushOff, FaultCode::CertificateEnds};
    for (const FaultCode code : all)
        EXPECT_EQ(stopsTheDoor(code), !harmless.contains(code)) << faultCodeText(code);
}

TEST(Fault, eachStandsOnceAndTellsWhenItChanges) {
    FaultList faults;
    EXPECT_FALSE(faults.stopsTheDoor());
    EXPECT_FALSE(faults.clear(FaultCode::NoLock));
    EXPECT_TRUE(faults.raise({FaultCode::NoLock, "unplugged"}));
    EXPECT_FALSE(faults.raise({FaultCode::NoLock, "unplugged"})) << "nothing new";
    EXPECT_TRUE(faults.raise({FaultCode::NoLock, "no permission"})) << "another cause";
    ASSERT_EQ(faults.all().size(), 1U);
    EXPECT_EQ(faults.all()[0].detail, "no permission");
    EXPECT_TRUE(faults.has(FaultCode::NoLock));
    EXPECT_FALSE(faults.has(FaultCode::NoCamera));
    EXPECT_TRUE(faults.clear(FaultCode::NoLock));
    EXPECT_FALSE(faults.has(FaultCode::NoLock));
    EXPECT_TRUE(faults.all().empty());
}

TEST(Fault, theDoorStopsAsLongAsOneThatStopsItStands) {
    FaultList faults;
    faults.raise({FaultCode::LogNotWritable, {}});
    EXPECT_FALSE(faults.stopsTheDoor());
    faults.raise({FaultCode::NoCamera, {}});
    faults.raise({FaultCode::NoLock, {}});
    EXPECT_TRUE(faults.stopsTheDoor());
    faults.clear(FaultCode::NoCamera);
    EXPECT_TRUE(faults.stopsTheDoor());
    faults.clear(FaultCode::NoLock);
    EXPECT_FALSE(faults.stopsTheDoor());
}

} // namespace
