// SPDX-License-Identifier: GPL-3.0-or-later
// The table of reasons is complete and its codes never change.
#include "core/reasons.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <utility>

using namespace facelatch::core;

namespace {

/// As written into logs and sent to backends and scripts. Add lines; never change one.
constexpr std::array pinned{
    std::pair{Reason::Face, "face"},
    std::pair{Reason::FacePin, "face_pin"},
    std::pair{Reason::FaceCard, "face_card"},
    std::pair{Reason::CardPin, "card_pin"},
    std::pair{Reason::Pin, "pin"},
    std::pair{Reason::RemoteUnlock, "remote_unlock"},
    std::pair{Reason::ExitButton, "exit_button"},
    std::pair{Reason::ScheduledUnlock, "scheduled_unlock"},
    std::pair{Reason::Duress, "duress"},
    std::pair{Reason::UnknownPerson, "unknown_person"},
    std::pair{Reason::BelowThreshold, "below_threshold"},
    std::pair{Reason::Ambiguous, "ambiguous"},
    std::pair{Reason::LivenessFailed, "liveness_failed"},
    std::pair{Reason::OutOfSchedule, "out_of_schedule"},
    std::pair{Reason::Expired, "expired"},
    std::pair{Reason::Suspended, "suspended"},
    std::pair{Reason::WrongPin, "wrong_pin"},
    std::pair{Reason::UnknownCard, "unknown_card"},
    std::pair{Reason::Lockout, "lockout"},
    std::pair{Reason::AntiPassback, "anti_passback"},
    std::pair{Reason::LockedDown, "locked_down"},
    std::pair{Reason::SecondFactorTimeout, "second_factor_timeout"},
    std::pair{Reason::StaleFrame, "stale_frame"},
    std::pair{Reason::OutOfService, "out_of_service"},
    std::pair{Reason::NotClaimant, "not_claimant"},
    std::pair{Reason::NotPermitted, "not_permitted"},
    std::pair{Reason::UsedUp, "used_up"},
    std::pair{Reason::FactorUnavailable, "factor_unavailable"},
    std::pair{Reason::ClockUnknown, "clock_unknown"},
    std::pair{Reason::RemoteRefused, "remote_refused"},
};

TEST(Reasons, codesArePinned) {
    ASSERT_EQ(reasonRows().size(), pinned.size()) << "a new reason is to be added here";
    for (std::size_t i = 0; i < pinned.size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(pinned[i].first), i) << "in the order of the enum";
        EXPECT_EQ(reasonRows()[i].reason, pinned[i].first);
        EXPECT_EQ(reasonRow(pinned[i].first).code, pinned[i].second);
        EXPECT_EQ(reasonFromCode(pinned[i].second), pinned[i].first);
    }
}

TEST(Reasons, codesAndTextsAreUniqueAndThere) {
    std::set<std::string_view> codes, english, french;
    for (const ReasonRow& row : reasonRows()) {
        EXPECT_TRUE(codes.insert(row.code).second) << row.code;
        EXPECT_TRUE(english.insert(row.english).second) << row.english;
        EXPECT_TRUE(french.insert(row.french).second) << row.french;
        EXPECT_FALSE(row.english.empty());
        EXPECT_FALSE(row.french.empty());
        EXPECT_EQ(row.code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos) << row.code;
    }
}

TEST(Reasons, whatGrantsAndWhatDenies) {
    for (const ReasonRow& row : reasonRows())
        EXPECT_EQ(row.outcome, row.reason <= Reason::Duress ? Outcome::Granted : Outcome::Denied) << row.code;
}

TEST(Reasons, theOlderBackendsWordsForAnUnknownFace) {
    EXPECT_EQ(reasonRow(Reason::UnknownPerson).french, "Visage non reconnu");
}

TEST(Reasons, otherCodesAreNone) {
    for (const std::string_view code : {"", "Face", "face ", "unknown", "facE"})
        EXPECT_FALSE(reasonFromCode(code)) << code;
}

TEST(Reasons, outcomes) {
    EXPECT_EQ(outcomeCode(Outcome::Granted), "granted");
    EXPECT_EQ(outcomeCode(Outcome::Denied), "denied");
    EXPECT_EQ(outcomeFromCode("granted"), Outcome::Granted);
    EXPECT_EQ(outcomeFromCode("denied"), Outcome::Denied);
    EXPECT_FALSE(outcomeFromCode("Granted"));
    EXPECT_FALSE(outcomeFromCode(""));
}

} // namespace
