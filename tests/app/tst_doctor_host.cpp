// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel's files say of heat, supply, route and time zone; made files in a made root. And live facts travel.
#include "app/doctor.h"
#include "app/doctor_host.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace facelatch::app {
namespace {

namespace fs = std::filesystem;

class DoctorHost : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "facelatch-host-XXXXXX").string();
        m_root = ::mkdtemp(pattern.data());
    }
    void TearDown() override { fs::remove_all(m_root); }
    void write(const std::string& path, const std::string& content) {
        fs::create_directories((m_root / path).parent_path());
        std::ofstream(m_root / path) << content;
    }
    core::HostFacts host() { return hostFacts(m_root.string()); }
    core::ClockFacts clock(const std::string& variable = {}) { return clockFacts({}, variable, m_root.string()); }

    fs::path m_root;
};

TEST_F(DoctorHost, aMachineThatTellsNothing) {
    const auto facts = host();
    EXPECT_FALSE(facts.hottest);
    EXPECT_FALSE(facts.throttled);
    EXPECT_FALSE(facts.lowVoltage);
    EXPECT_TRUE(facts.defaultRoute.empty());
    EXPECT_TRUE(clock().zone.empty());
}

TEST_F(DoctorHost, theHottestSensorCounts) {
    write("sys/class/thermal/thermal_zone0/temp", "48200\n");
    write("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
    write("sys/class/hwmon/hwmon1/name", "rp1_adc\n");
    write("sys/class/hwmon/hwmon1/temp1_input", "53100\n");
    write("sys/class/hwmon/hwmon1/temp1_crit", "110000\n");
    write("sys/class/hwmon/hwmon2/name", "broken\n");
    write("sys/class/hwmon/hwmon2/temp1_input", "not a number\n");
    write("sys/class/hwmon/hwmon2/temp2_input", "-128000\n");
    const auto facts = host();
    ASSERT_TRUE(facts.hottest);
    EXPECT_DOUBLE_EQ(*facts.hottest, 53.1);
    EXPECT_EQ(facts.sensor, "rp1_adc");
}

TEST_F(DoctorHost, underVoltage) {
    write("sys/devices/platform/soc/soc:firmware/get_throttled", "50005\n"); // hexadecimal
    EXPECT_EQ(host().throttled, std::optional<std::uint32_t>(0x50005));
    write("sys/class/hwmon/hwmon3/name", "rpi_volt\n");
    write("sys/class/hwmon/hwmon3/in0_lcrit_alarm", "1\n");
    EXPECT_EQ(host().lowVoltage, std::optional(true));
    write("sys/class/hwmon/hwmon3/in0_lcrit_alarm", "0\n");
    EXPECT_EQ(host().lowVoltage, std::optional(false));
}

TEST_F(DoctorHost, theWayOut) {
    write("proc/net/route", "Iface\tDestination\tGateway\neth0\t0001A8C0\t00000000\nwlan0\t00000000\t0101A8C0\n");
    EXPECT_EQ(host().defaultRoute, "wlan0");
    write("proc/net/route", "Iface\tDestination\tGateway\neth0\t0001A8C0\t00000000\n");
    EXPECT_EQ(host().defaultRoute, "");
    const std::string none(32, '0');
    write("proc/net/ipv6_route", none + " 00 " + none + " 00 " + none + " ffffffff 1 0 200200 lo\n" + none + " 00 " +
                                     none + " 00 fe80000000000000 00000400 1 0 3 eth1\n");
    EXPECT_EQ(host().defaultRoute, "eth1");
}

TEST_F(DoctorHost, theTimeZone) {
    fs::create_directories(m_root / "etc");
    fs::create_symlink("/usr/share/zoneinfo/Europe/Paris", m_root / "etc/localtime");
    EXPECT_EQ(clock().zone, "Europe/Paris");
    EXPECT_FALSE(clock().utc);
    EXPECT_EQ(clock(":America/Lima").zone, "America/Lima");
    fs::remove(m_root / "etc/localtime");
    fs::create_symlink("../usr/share/zoneinfo/Etc/UTC", m_root / "etc/localtime");
    EXPECT_TRUE(clock().utc);
    fs::remove(m_root / "etc/localtime");
    write("etc/localtime", "a copy");
    write("etc/timezone", "Asia/Tokyo\n");
    EXPECT_EQ(clock().zone, "Asia/Tokyo");
}

TEST(DoctorJson, liveFactsTravelWhole) {
    LiveFacts facts;
    facts.door = {
        core::DoorState::Running, {}, {{"no_lock", "gone", true}, {"log", "full", false}}, {{"vision", true}}, 4};
    facts.camera.looked = true;
    facts.camera.source = "camera";
    facts.camera.error = "lost";
    facts.camera.remedy = "plug it in";
    facts.camera.origin = core::FrameOrigin::Replay;
    facts.camera.width = 640;
    facts.camera.height = 480;
    facts.camera.askedPerSecond = 30;
    facts.camera.perSecond = 14.9;
    facts.camera.newestAge = core::milliseconds(41);
    facts.camera.brightness = 101.5;
    facts.camera.sharpness = 77;
    facts.camera.realLock = true;
    facts.lock = core::LockFacts{};
    facts.lock.looked = facts.lock.connected = true;
    facts.lock.kind = "lockd";
    facts.lock.description = "lock daemon";
    facts.lock.state = "pulse";
    facts.lock.left = core::milliseconds(900);
    facts.lock.strike = core::milliseconds(4000);
    facts.log = core::LogFacts{};
    facts.log->open = facts.log->ballastFreed = facts.log->rebuilt = true;
    facts.log->waiting = 3;
    facts.log->lost = 2;
    facts.log->picturesNotWritten = 9;
    facts.log->picturesDropped = 8;
    facts.log->error = "full";
    facts.log->pictureError = "read-only";
    facts.log->notes = {"one", "two"};
    const LiveFacts back = liveFactsFrom(toJson(facts));
    EXPECT_EQ(toJson(back), toJson(facts));
    core::DoctorFacts before, after;
    before.door = facts.door, before.camera = facts.camera, before.lock = facts.lock, before.log = facts.log;
    after.door = back.door, after.camera = back.camera, after.lock = back.lock, after.log = back.log;
    const auto a = core::examine(before), b = core::examine(after);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        EXPECT_EQ(a[i].seen, b[i].seen);
}

TEST(DoctorJson, whatIsNotSaidWasNotLookedAt) {
    const LiveFacts facts = liveFactsFrom({});
    EXPECT_FALSE(facts.camera.looked);
    EXPECT_FALSE(facts.lock.looked);
    EXPECT_FALSE(facts.log);
}

} // namespace
} // namespace facelatch::app
