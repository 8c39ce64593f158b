// SPDX-License-Identifier: GPL-3.0-or-later
// The lock daemon's lines.
#include "hardware/lockd_wire.h"

#include <gmock/gmock.h>

using namespace facelatch::hardware;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Pair;

TEST(LockdWire, ReadsTheLinesOfTheProtocol) {
    const auto hello =
        parseLockdLine("OK HELLO 1 max_pulse_ms=10000 hold=0 line=rest fake=0 inputs=dps:1,rex:0 later=x");
    ASSERT_TRUE(hello);
    EXPECT_EQ(hello->command, "HELLO");
    EXPECT_EQ(hello->fields.at("inputs"), "dps:1,rex:0");
    EXPECT_EQ(hello->fields.at("later"), "x");
    EXPECT_EQ(parseLockdLine("OK PULSE 3000")->time, 3000ms);
    EXPECT_EQ(parseLockdLine("OK HOLD on 2000")->code, "on");
    EXPECT_EQ(parseLockdLine("OK HOLD off")->code, "off");
    EXPECT_EQ(parseLockdLine("OK BEAT")->command, "BEAT");
    const auto state = parseLockdLine("STATE pulse 120");
    ASSERT_TRUE(state);
    EXPECT_EQ(state->kind, LockdLine::Kind::State);
    EXPECT_EQ(state->code, "pulse");
    EXPECT_EQ(state->time, 120ms);
    const auto edge = parseLockdLine("EDGE dps falling 81234567890");
    ASSERT_TRUE(edge);
    EXPECT_EQ(edge->input, "dps");
    EXPECT_FALSE(edge->active);
    EXPECT_EQ(edge->at.time_since_epoch(), 81234567890ns);
    const auto refusal = parseLockdLine("ERR range 20000 ms is outside 1 to 10000 ms");
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind, LockdLine::Kind::Refusal);
    EXPECT_EQ(refusal->code, "range");
    EXPECT_EQ(refusal->text, "20000 ms is outside 1 to 10000 ms");
}

TEST(LockdWire, RefusesEverythingElse) {
    for (const char* line : {"",
                             " ",
                             "OK",
                             "OK ",
                             "OK NONSENSE",
                             "OK PULSE",
                             "OK PULSE x",
                             "OK PULSE -1",
                             "OK PULSE 1 2",
                             "OK PULSE 99999999999999999999",
                             "OK  PULSE 1",
                             "OK HELLO",
                             "OK HELLO 2 fake=0",
                             "OK HELLO 1 word",
                             "OK HOLD on",
                             "OK HOLD maybe 1",
                             "STATE",
                             "STATE open 3",
                             "STATE rest",
                             "EDGE dps up 3",
                             "EDGE dps rising",
                             "ERR ",
                             "HTTP/1.1 200 OK",
                             "ok beat"})
        EXPECT_FALSE(parseLockdLine(line)) << line;
}

TEST(LockdWire, ReadsInputs) {
    EXPECT_THAT(*parseInputs("dps:1,rex:0"), ElementsAre(Pair("dps", true), Pair("rex", false)));
    EXPECT_TRUE(parseInputs("-")->empty());
    EXPECT_TRUE(parseInputs("")->empty());
    for (const char* text : {"dps", "dps:", "dps:2", ":1", "dps:1,", ",dps:1", "dps:1 rex:0"})
        EXPECT_FALSE(parseInputs(text)) << text;
}
