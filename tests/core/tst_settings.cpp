// SPDX-License-Identifier: GPL-3.0-or-later
// The table of settings, its validation, its layers and the template made from it.
#include "core/settings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace facelatch::core;

namespace {

bool acceptsText(const SettingRow& row, std::string_view text) {
    Settings settings;
    return static_cast<bool>(settings.setText(row.key, text, SettingOrigin::Owner, "here"));
}
bool accepts(const SettingRow& row, const SettingValue& value) {
    Settings settings;
    return static_cast<bool>(settings.set(row.key, value, SettingOrigin::Owner, "here"));
}

TEST(SettingRows, keysAreUniqueAndSorted) {
    std::set<std::string_view> keys, sections;
    std::string_view section;
    for (const SettingRow& row : settingRows()) {
        EXPECT_TRUE(keys.insert(row.key).second) << row.key;
        const auto dot = row.key.find('.');
        ASSERT_NE(dot, std::string_view::npos) << row.key;
        EXPECT_EQ(row.key.find('.', dot + 1), std::string_view::npos) << row.key;
        EXPECT_EQ(row.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_."), std::string_view::npos) << row.key;
        if (row.key.substr(0, dot) != section) {
            section = row.key.substr(0, dot);
            EXPECT_TRUE(sections.insert(section).second) << "the rows of [" << section << "] do not stand together";
        }
        EXPECT_EQ(settingRow(row.key), &row);
        EXPECT_FALSE(row.meaning.empty()) << row.key;
        EXPECT_EQ(row.meaning.find('\n'), std::string_view::npos) << row.key;
        EXPECT_EQ(row.defaultValue.find_first_of("\"\\\n"), std::string_view::npos) << row.key;
        EXPECT_EQ(row.type == SettingType::Choice, !row.choices.empty()) << row.key;
    }
    EXPECT_EQ(settingRow("door"), nullptr);
    EXPECT_EQ(settingRow(""), nullptr);
}

TEST(SettingRows, everyDefaultIsValidAndReadsBack) {
    const Settings settings;
    for (const SettingRow& row : settingRows()) {
        EXPECT_TRUE(acceptsText(row, row.defaultValue)) << row.key;
        EXPECT_EQ(settings.valueText(row.key), row.defaultValue);
        EXPECT_EQ(settings.origin(row.key), SettingOrigin::Default);
        EXPECT_TRUE(settings.where(row.key).empty());
    }
}

TEST(SettingRows, numbersAreLimited) {
    for (const SettingRow& row : settingRows()) {
        if (row.type != SettingType::Int && row.type != SettingType::Real)
            continue;
        SCOPED_TRACE(row.key);
        EXPECT_LT(row.min, row.max);
        const double step = row.type == SettingType::Int ? 1 : 1e-6;
        if (row.type == SettingType::Int) {
            EXPECT_TRUE(accepts(row, static_cast<std::int64_t>(row.min)));
            EXPECT_TRUE(accepts(row, static_cast<std::int64_t>(row.max)));
            EXPECT_FALSE(accepts(row, static_cast<std::int64_t>(row.min) - 1));
            EXPECT_FALSE(accepts(row, static_cast<std::int64_t>(row.max) + 1));
            EXPECT_FALSE(accepts(row, row.min)) << "a whole number is asked for";
        } else {
            EXPECT_TRUE(accepts(row, row.min));
            EXPECT_TRUE(accepts(row, row.max));
            EXPECT_FALSE(accepts(row, row.min - step));
            EXPECT_FALSE(accepts(row, row.max + step));
        }
        for (const double wrong : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                                   -std::numeric_limits<double>::infinity(), 1e300})
            EXPECT_FALSE(accepts(row, wrong));
        EXPECT_FALSE(accepts(row, std::numeric_limits<std::int64_t>::max()));
        EXPECT_FALSE(accepts(row, std::numeric_limits<std::int64_t>::min()));
        EXPECT_FALSE(accepts(row, true));
        for (const std::string_view text :
             {"", " ", "nan", "inf", "-inf", "1e999", "0x10", "1,5", "one", "5 ", "+5", "99999999999999999999"})
            EXPECT_FALSE(acceptsText(row, text)) << text;
    }
}

TEST(SettingRows, choicesFlagsAndTexts) {
    for (const SettingRow& row : settingRows()) {
        SCOPED_TRACE(row.key);
        if (row.type == SettingType::Choice) {
            std::stringstream list{std::string(row.choices)};
            int known = 0;
            for (std::string one; std::getline(list, one, '|'); ++known)
                EXPECT_TRUE(acceptsText(row, one)) << one;
            EXPECT_GE(known, 2);
            for (const std::string_view wrong :
                 {std::string_view(), std::string_view("|"), std::string_view("nonsense"), row.choices})
                EXPECT_FALSE(acceptsText(row, wrong)) << wrong;
            EXPECT_FALSE(accepts(row, true));
        } else if (row.type == SettingType::Bool) {
            EXPECT_TRUE(acceptsText(row, "true"));
            EXPECT_TRUE(accepts(row, false));
            for (const std::string_view wrong : {"", "True", "yes", "1", "truefalse"})
                EXPECT_FALSE(acceptsText(row, wrong)) << wrong;
            EXPECT_FALSE(accepts(row, std::int64_t{1}));
        } else if (row.type == SettingType::Text) {
            EXPECT_TRUE(acceptsText(row, std::string(1000, 'x')));
            EXPECT_FALSE(acceptsText(row, std::string(1001, 'x')));
            EXPECT_TRUE(acceptsText(row, "true")) << "from a command line everything is a text";
            EXPECT_FALSE(accepts(row, std::int64_t{1}));
        } else if (row.type == SettingType::TimeOfDay) {
            for (const std::string_view right : {"00:00", "07:30", "23:59"})
                EXPECT_TRUE(acceptsText(row, right)) << right;
            for (const std::string_view wrong : {"", "24:00", "07:60", "7:30", "07.30", "07:30:00", "seven", " 07:30"})
                EXPECT_FALSE(acceptsText(row, wrong)) << wrong;
            EXPECT_FALSE(accepts(row, std::int64_t{7}));
        }
    }
}

TEST(Settings, aWrongTimeOfDayIsRefusedInPlainWords) {
    Settings settings;
    const Status set = settings.setText("screen.day_from", "25:00", SettingOrigin::Owner, "settings.toml:9");
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().text(), "The value of 'screen.day_from' cannot be used (settings.toml:9). Allowed is a time "
                                  "of day in quotes, from 00:00 to 23:59, such as 07:30");
    EXPECT_EQ(settings.text("screen.day_from"), "07:00");
}

TEST(Settings, aWholeNumberIsANumber) {
    Settings settings;
    ASSERT_TRUE(settings.set("liveness.threshold", std::int64_t{3}, SettingOrigin::Owner, ""));
    EXPECT_EQ(settings.real("liveness.threshold"), 3);
    ASSERT_TRUE(settings.setText("recognition.margin", "0.06", SettingOrigin::Owner, ""));
    EXPECT_EQ(settings.real("recognition.margin"), 0.06);
}

TEST(Settings, theStrongerOriginWinsInWhateverOrder) {
    using enum SettingOrigin;
    const std::vector<std::pair<SettingOrigin, std::int64_t>> layers{{Owner, 5000}, {Local, 6000}, {CommandLine, 7000}};
    std::vector<int> order{0, 1, 2};
    do {
        Settings settings;
        EXPECT_EQ(settings.integer("lock.strike_time_ms"), 4000);
        int strongest = -1;
        for (const int index : order) {
            const auto& [origin, value] = layers[static_cast<std::size_t>(index)];
            ASSERT_TRUE(settings.set("lock.strike_time_ms", value, origin, originText(origin)));
            strongest = std::max(strongest, index);
            EXPECT_EQ(settings.integer("lock.strike_time_ms"), layers[static_cast<std::size_t>(strongest)].second);
            EXPECT_EQ(settings.origin("lock.strike_time_ms"), layers[static_cast<std::size_t>(strongest)].first);
            EXPECT_EQ(settings.where("lock.strike_time_ms"),
                      originText(layers[static_cast<std::size_t>(strongest)].first));
        }
    } while (std::next_permutation(order.begin(), order.end()));

    Settings settings;
    ASSERT_TRUE(settings.set("lock.strike_time_ms", std::int64_t{5000}, Owner, "a:1"));
    ASSERT_TRUE(settings.set("lock.strike_time_ms", std::int64_t{6000}, Owner, "a:2"));
    EXPECT_EQ(settings.integer("lock.strike_time_ms"), 6000) << "of one origin the later wins";
    EXPECT_EQ(originText(Default), "default");
    EXPECT_EQ(originText(Owner), "settings.toml");
    EXPECT_EQ(originText(Local), "settings.local.toml");
    EXPECT_EQ(originText(CommandLine), "command line");
}

TEST(Settings, aWrongValueNamesWhereKeyAndTheAllowedAndChangesNothing) {
    Settings settings;
    ASSERT_TRUE(settings.set("camera.fps", std::int64_t{15}, SettingOrigin::Owner, "a.toml:3"));
    const Status status = settings.set("camera.fps", std::int64_t{61}, SettingOrigin::Local, "b.toml:7");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::Usage);
    const std::string text = status.error().text();
    EXPECT_NE(text.find("b.toml:7"), std::string::npos) << text;
    EXPECT_NE(text.find("camera.fps"), std::string::npos) << text;
    EXPECT_NE(text.find("a whole number from 1 to 60"), std::string::npos) << text;
    EXPECT_EQ(settings.integer("camera.fps"), 15);
    EXPECT_EQ(settings.where("camera.fps"), "a.toml:3");

    // Also where a stronger origin hides it: the file is wrong all the same.
    ASSERT_TRUE(settings.set("camera.fps", std::int64_t{20}, SettingOrigin::CommandLine, "--set"));
    EXPECT_FALSE(settings.set("camera.fps", std::int64_t{0}, SettingOrigin::Owner, "a.toml:3"));
}

TEST(Settings, allowedValuesInWords) {
    EXPECT_EQ(allowedValues(*settingRow("camera.mirror")), "true or false");
    EXPECT_EQ(allowedValues(*settingRow("recognition.threshold")), "a number from 0 to 0.99");
    EXPECT_EQ(allowedValues(*settingRow("snapshots.max_mb")), "a whole number from 1 to 100000");
    EXPECT_EQ(allowedValues(*settingRow("liveness.policy")), "one of: off, passive");
    EXPECT_EQ(allowedValues(*settingRow("door.name")), "a text in quotes, at most 1000 bytes");
}

TEST(Settings, anUnknownKeySuggestsTheNearest) {
    EXPECT_EQ(nearestKey("recognition.treshold"), "recognition.threshold");
    EXPECT_EQ(nearestKey("recognition.Threshold"), "recognition.threshold");
    EXPECT_EQ(nearestKey("strike_time_ms"), "lock.strike_time_ms");
    EXPECT_EQ(nearestKey("lock.strike_time"), "lock.strike_time_ms");
    EXPECT_EQ(nearestKey("camera.mirrored"), "camera.mirror");
    for (const std::string_view word : {"", "x", "foo", "zzz", "mqtt.broker", "completely.different"})
        EXPECT_EQ(nearestKey(word), "") << word;

    Settings settings;
    const Status near = settings.setText("lock.strike_tim_ms", "5", SettingOrigin::Owner, "a.toml:9");
    ASSERT_FALSE(near);
    EXPECT_EQ(near.error().text(),
              "Unknown setting 'lock.strike_tim_ms' (a.toml:9). Did you mean 'lock.strike_time_ms'?");
    const Status far = settings.setText("foo", "5", SettingOrigin::Owner, "a.toml:9");
    EXPECT_NE(far.error().remedy.find("settings show"), std::string::npos);
    EXPECT_EQ(far.error().kind, ErrorKind::Usage);
}

TEST(Settings, valuesAsTextReadBackExactly) {
    Settings settings;
    for (const double value : {0.0, 0.45, 0.1 + 0.2, 1.0 / 3, 1e-300, 0.5}) {
        ASSERT_TRUE(settings.set("recognition.margin", value, SettingOrigin::Owner, ""));
        Settings again;
        ASSERT_TRUE(
            again.setText("recognition.margin", settings.valueText("recognition.margin"), SettingOrigin::Owner, ""));
        EXPECT_EQ(again.real("recognition.margin"), value);
    }
    EXPECT_EQ(settings.valueText("camera.mirror"), "true");
    EXPECT_EQ(settings.valueText("camera.width"), "640");
    EXPECT_EQ(settings.valueText("door.name"), "Front door");
    ASSERT_TRUE(settings.set("liveness.threshold", -2.5, SettingOrigin::Owner, ""));
    EXPECT_EQ(settings.valueText("liveness.threshold"), "-2.5");
}

TEST(SettingsTemplate, showsEveryKeyInItsSectionSwitchedOff) {
    std::stringstream lines(settingsTemplate());
    std::string line, section, comments;
    std::set<std::string> sections, keys;
    const Settings defaults;
    while (std::getline(lines, line)) {
        if (line.empty() || line.starts_with("# ")) {
            comments += line;
        } else if (line.front() == '[') {
            section = line.substr(1, line.size() - 2);
            EXPECT_TRUE(sections.insert(section).second) << "TOML allows each table once";
        } else {
            ASSERT_EQ(line.front(), '#') << line;
            const auto equals = line.find(" = ");
            ASSERT_NE(equals, std::string::npos) << line;
            const std::string key = section + "." + line.substr(1, equals - 1);
            const SettingRow* row = settingRow(key);
            ASSERT_NE(row, nullptr) << key;
            keys.insert(key);
            std::string value = line.substr(equals + 3);
            const bool quoted = row->type == SettingType::Text || row->type == SettingType::Choice ||
                                row->type == SettingType::TimeOfDay;
            ASSERT_EQ(quoted, value.size() >= 2 && value.front() == '"' && value.back() == '"') << line;
            if (quoted)
                value = value.substr(1, value.size() - 2);
            EXPECT_EQ(value, defaults.valueText(key));
            EXPECT_NE(comments.find(std::string(row->meaning)), std::string::npos) << key;
            EXPECT_NE(comments.find(allowedValues(*row)), std::string::npos) << key;
            comments.clear();
        }
    }
    EXPECT_EQ(keys.size(), settingRows().size());
}

TEST(Settings, secretsAreNotShown) {
    Settings settings;
    EXPECT_EQ(settings.shownText("camera.password"), "");
    ASSERT_TRUE(settings.setText("camera.password", "sesame", SettingOrigin::Owner, "here"));
    EXPECT_EQ(settings.text("camera.password"), "sesame");
    EXPECT_EQ(settings.shownText("camera.password"), "(set)");
    ASSERT_TRUE(settings.setText("camera.address", "rtsp://door:sesame@cam.lan/live", SettingOrigin::Owner, "here"));
    EXPECT_EQ(settings.shownText("camera.address"), "rtsp://...@cam.lan/live");
    EXPECT_EQ(settings.shownText("door.name"), "Front door");
    EXPECT_EQ(settings.shownText("camera.fps"), "30");
    for (const SettingRow& row : settingRows())
        EXPECT_TRUE(row.secret || row.key.find("password") == std::string_view::npos) << row.key;
}

TEST(WithoutPasswords, cutsWhatAddressesHide) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", ""},
        {"Front door = ours", "Front door = ours"},
        {"password=sesame", "password=sesame"}, // no address
        {"rtsp://cam.lan:554/live", "rtsp://cam.lan:554/live"},
        {"rtsp://cam/live?channel=1&subtype=0", "rtsp://cam/live?channel=1&subtype=0"},
        {"rtsp://u:p@ss@cam/live", "rtsp://...@cam/live"},
        {"rtsp://u:p/a@cam/live", "rtsp://...@cam/live"},
        {"rtsp://cam/user=admin&Password=sesame&channel=1", "rtsp://cam/user=admin&Password=...&channel=1"},
        {"http://cam/v?PWD=a;passwd=b&x=1&token=c", "http://cam/v?PWD=...;passwd=...&x=1&token=..."},
        {"http://cam/v?pass=", "http://cam/v?pass=..."},
        {"http://@", "http://...@"},
        {"://=", "://="},
    };
    for (const auto& [text, shown] : cases)
        EXPECT_EQ(withoutPasswords(text), shown);
}

} // namespace
