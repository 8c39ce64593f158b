// SPDX-License-Identifier: GPL-3.0-or-later
// Opening from afar and locking down: what is refused and why, by tables; and never an unlock that the rules forbid, by
// random sequences against an oracle that knows nothing of the code.
#include "core/remote_door.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <set>
#include <vector>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{1'800'000'000'000ms};
constexpr MonoTime begin = MonoTime{} + 1000s;
const RemoteDoorState open{false, DoorMode::Normal};

Now at(milliseconds since) {
    return {begin + since, noon + since};
}

RemoteNonce nonceOf(unsigned number) {
    RemoteNonce nonce{};
    for (std::size_t i = 0; i < 4; ++i)
        nonce[i] = static_cast<std::uint8_t>(number >> (8 * i));
    nonce[31] = 1;
    return nonce;
}

Principal principal(unsigned number, Role role = Role::Operator, PrincipalKind kind = PrincipalKind::Viewer) {
    Principal someone;
    someone.id.value.bytes[15] = static_cast<std::uint8_t>(number);
    someone.kind = kind;
    someone.role = role;
    someone.name = "Office";
    return someone;
}

/// Good in every way at `since`, for a nonce issued a second before.
struct Ask {
    RemoteDoor door{"door-1"};
    RemoteRequest request{principal(1), RemoteAction::Unlock, "door-1", nonceOf(1), "parcel", begin, true};
    RemoteDoorState state = open;
    Now now = at(0ms);

    Ask() { EXPECT_TRUE(door.issue(request.principal.id, request.nonce, begin - 1s)); }
    std::optional<RemoteRefusal> judge() { return door.judge(request, state, now).refusal; }
};

TEST(RemoteDoor, whatIsRefusedAndWhy) {
    struct Row {
        const char* what;
        std::function<void(Ask&)> edit;
        std::optional<RemoteRefusal> refusal;
    };
    const std::vector<Row> rows{
        {"all is well", [](Ask&) {}, {}},
        {"an operator's lockdown", [](Ask& ask) { ask.request.action = RemoteAction::LockdownOn; }, {}},
        {"executed after 2 s", [](Ask& ask) { ask.now = at(2000ms); }, {}},
        {"executed a moment later", [](Ask& ask) { ask.now = at(2001ms); }, RemoteRefusal::Late},
        {"received after it is judged", [](Ask& ask) { ask.request.receivedAt = begin + 1ms; }, RemoteRefusal::Late},
        {"just before the nonce ends",
         [](Ask& ask) {
             ask.now = at(8999ms);
             ask.request.receivedAt = ask.now.mono;
         },
         {}},
        {"when the nonce ends",
         [](Ask& ask) {
             ask.now = at(9000ms);
             ask.request.receivedAt = ask.now.mono;
         },
         RemoteRefusal::Late},
        {"long after", [](Ask& ask) { ask.now = at(1h); }, RemoteRefusal::Replayed},
        {"a nonce nobody issued", [](Ask& ask) { ask.request.nonce = nonceOf(2); }, RemoteRefusal::Replayed},
        {"no nonce", [](Ask& ask) { ask.request.nonce = {}; }, RemoteRefusal::Replayed},
        {"somebody else's nonce", [](Ask& ask) { ask.request.principal = principal(2); }, RemoteRefusal::Replayed},
        {"signed for another door", [](Ask& ask) { ask.request.door = "door-2"; }, RemoteRefusal::OtherDoor},
        {"has no business here", [](Ask& ask) { ask.request.principal.doors = {"door-2"}; }, RemoteRefusal::OtherDoor},
        {"a signature that does not fit", [](Ask& ask) { ask.request.signatureValid = false; },
         RemoteRefusal::BadSignature},
        {"a viewer's role", [](Ask& ask) { ask.request.principal.role = Role::Viewer; }, RemoteRefusal::Role},
        {"a viewer's role locks nothing down",
         [](Ask& ask) {
             ask.request.principal.role = Role::Viewer;
             ask.request.action = RemoteAction::LockdownOn;
         },
         RemoteRefusal::Role},
        {"revoked", [](Ask& ask) { ask.request.principal.revoked = noon + 1h; }, RemoteRefusal::Revoked},
        {"expired", [](Ask& ask) { ask.request.principal.expires = noon; }, RemoteRefusal::Revoked},
        {"expires, and nobody knows the time",
         [](Ask& ask) {
             ask.request.principal.expires = noon + 24h;
             ask.now.wall = WallTime{};
         },
         RemoteRefusal::OutOfService},
        {"locked down", [](Ask& ask) { ask.state.mode = DoorMode::LockedDown; }, RemoteRefusal::LockedDown},
        {"locked down once more",
         [](Ask& ask) {
             ask.state.mode = DoorMode::LockedDown;
             ask.request.action = RemoteAction::LockdownOn;
         },
         {}},
        {"a lockdown is lifted",
         [](Ask& ask) {
             ask.state.mode = DoorMode::LockedDown;
             ask.request.action = RemoteAction::LockdownOff;
         },
         {}},
        {"a fault stops the door", [](Ask& ask) { ask.state.outOfService = true; }, RemoteRefusal::OutOfService},
        {"a fault stops no lockdown",
         [](Ask& ask) {
             ask.state.outOfService = true;
             ask.request.action = RemoteAction::LockdownOn;
         },
         {}},
        {"the mode is not known", [](Ask& ask) { ask.state.mode.reset(); }, RemoteRefusal::OutOfService},
        {"the mode is not known, so it is not changed",
         [](Ask& ask) {
             ask.state.mode.reset();
             ask.request.action = RemoteAction::LockdownOff;
         },
         RemoteRefusal::OutOfService},
    };
    for (const Row& row : rows) {
        Ask ask;
        row.edit(ask);
        EXPECT_EQ(ask.judge(), row.refusal) << row.what;
        ask.state = open;
        const auto again = ask.judge();
        EXPECT_TRUE(again.has_value()) << row.what << ": a request is good once at most";
    }
}

TEST(RemoteDoor, kindRoleAndActionArePinned) {
    // One letter a role that may: v viewer, o operator, a admin; columns admin, viewer, api_token, integration.
    struct Row {
        RemoteAction action;
        std::array<std::string_view, 4> may;
    };
    const std::array rows{Row{RemoteAction::Unlock, {"oa", "oa", "oa", "oa"}},
                          Row{RemoteAction::LockdownOn, {"oa", "oa", "oa", "oa"}},
                          Row{RemoteAction::LockdownOff, {"oa", "oa", "oa", "oa"}}};
    for (const Row& row : rows)
        for (const PrincipalKind kind : principalKinds())
            for (const Role role : roles()) {
                Ask ask;
                ask.request.principal = principal(1, role, kind);
                ask.request.action = row.action;
                const bool may = row.may[static_cast<std::size_t>(kind)].find(roleCode(role)[0]) != std::string::npos;
                EXPECT_EQ(ask.judge(), may ? std::nullopt : std::optional(RemoteRefusal::Role))
                    << principalKindCode(kind) << ' ' << roleCode(role) << ' ' << remoteActionCode(row.action);
            }
}

TEST(RemoteDoor, codesAreThoseOfTheProtocol) {
    const std::array<std::pair<RemoteRefusal, std::string_view>, 9> pinned{{
        {RemoteRefusal::Late, "late"},
        {RemoteRefusal::Replayed, "replayed"},
        {RemoteRefusal::OtherDoor, "other_door"},
        {RemoteRefusal::BadSignature, "bad_signature"},
        {RemoteRefusal::Role, "role"},
        {RemoteRefusal::Revoked, "revoked"},
        {RemoteRefusal::TooMany, "too_many"},
        {RemoteRefusal::LockedDown, "locked_down"},
        {RemoteRefusal::OutOfService, "out_of_service"},
    }};
    for (const auto& [refusal, code] : pinned) {
        EXPECT_EQ(remoteRefusalCode(refusal), code);
        EXPECT_FALSE(remoteRefusalText(refusal).empty());
        EXPECT_EQ(reasonRow(logReason(refusal)).outcome, Outcome::Denied) << code;
    }
    for (const RemoteAction action : {RemoteAction::Unlock, RemoteAction::LockdownOn, RemoteAction::LockdownOff})
        EXPECT_EQ(remoteActionFromCode(remoteActionCode(action)), action);
    EXPECT_FALSE(remoteActionFromCode("open"));
    EXPECT_EQ(remoteActionCode(RemoteAction::LockdownOff), "lockdown_off");
}

TEST(RemoteDoor, aRefusedRequestUsesItsNonceUp) {
    Ask ask;
    ask.request.signatureValid = false;
    EXPECT_EQ(ask.judge(), RemoteRefusal::BadSignature);
    ask.request.signatureValid = true;
    EXPECT_EQ(ask.judge(), RemoteRefusal::Replayed);
}

TEST(RemoteDoor, nobodyUsesUpAnothersNonce) {
    Ask ask;
    RemoteRequest thief = ask.request;
    thief.principal = principal(2);
    EXPECT_EQ(ask.door.judge(thief, open, at(0ms)).refusal, RemoteRefusal::Replayed);
    EXPECT_EQ(ask.judge(), std::nullopt);
}

TEST(RemoteDoor, noncesAreBoundedForEachAndNobodyPushesOutAnothers) {
    Ask ask;
    const PrincipalId greedy = principal(2).id;
    for (unsigned i = 0; i < 1000; ++i)
        EXPECT_TRUE(ask.door.issue(greedy, nonceOf(100 + i), begin));
    EXPECT_EQ(ask.judge(), std::nullopt);
    RemoteRequest request = ask.request;
    request.principal = principal(2);
    request.nonce = nonceOf(1095);
    EXPECT_EQ(ask.door.judge(request, open, at(0ms)).refusal, RemoteRefusal::Replayed) << "the fifth last";
    request.nonce = nonceOf(1096);
    EXPECT_EQ(ask.door.judge(request, open, at(0ms)).refusal, std::nullopt) << "the fourth last";
}

TEST(RemoteDoor, brokenRandomnessIssuesNothing) {
    Ask ask;
    EXPECT_FALSE(ask.door.issue(principal(2).id, ask.request.nonce, begin));
    EXPECT_FALSE(ask.door.issue(principal(1).id, RemoteNonce{}, begin));
    EXPECT_EQ(ask.judge(), std::nullopt);
}

TEST(RemoteDoor, sixAMinuteOfEachAndALockdownIsCountedByItself) {
    RemoteDoor door{"door-1"};
    unsigned number = 0;
    const auto ask = [&](milliseconds since, RemoteAction action = RemoteAction::Unlock, unsigned who = 1) {
        RemoteRequest request{principal(who), action, "door-1", nonceOf(++number), {}, at(since).mono, true};
        EXPECT_TRUE(door.issue(request.principal.id, request.nonce, at(since).mono));
        return door.judge(request, open, at(since));
    };
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(ask(i * 1s).refusal, std::nullopt) << i;
    EXPECT_EQ(ask(10s).refusal, RemoteRefusal::TooMany);
    EXPECT_EQ(ask(10s, RemoteAction::LockdownOn).refusal, std::nullopt);
    EXPECT_EQ(ask(10s, RemoteAction::Unlock, 2).refusal, std::nullopt) << "somebody else";
    EXPECT_EQ(ask(59'999ms).refusal, RemoteRefusal::TooMany);
    EXPECT_EQ(ask(60'000ms).refusal, std::nullopt) << "those refused as too many do not count";
    EXPECT_EQ(ask(60'000ms).refusal, RemoteRefusal::TooMany);
}

TEST(RemoteDoor, whoSendsWithoutEndFillsNoLog) {
    Ask ask;
    ask.request.signatureValid = false;
    int told = 0;
    for (int i = 0; i < 600; ++i) {
        const RemoteVerdict verdict = ask.door.judge(ask.request, open, at(i * 100ms - 30s));
        EXPECT_TRUE(verdict.refusal);
        told += verdict.tell ? 1 : 0;
    }
    EXPECT_GE(told, 60);
    EXPECT_LE(told, 67) << "six, and one a second";
}

TEST(RemoteDoor, reasonsAreShortAndOnOneLine) {
    EXPECT_EQ(shownReason("parcel"), "parcel");
    EXPECT_EQ(shownReason("a\nb\x1b[31mc\x7f"), "ab[31mc");
    EXPECT_EQ(shownReason(std::string(500, 'x')).size(), longestReason);
    std::string accents;
    for (int i = 0; i < 300; ++i)
        accents += "é";
    EXPECT_EQ(shownReason(accents), accents.substr(0, 2 * longestReason));
}

/// What the rules say, from what was issued and asked alone.
class Oracle {
public:
    /// Only the newest four of each that are outstanding count.
    void issued(const PrincipalId& who, const RemoteNonce& nonce, MonoTime now) {
        std::vector<Issued*> outstanding;
        for (Issued& one : m_issued)
            if (one.who == who && !one.used && now - one.when < 20s)
                outstanding.push_back(&one);
        if (outstanding.size() >= 4)
            outstanding.front()->used = true;
        m_issued.push_back({nonce, who, now, false});
    }
    /// Whether it may be carried out.
    bool allows(const RemoteRequest& request, const RemoteDoorState& state, Now now) {
        bool fresh = false;
        for (Issued& one : m_issued)
            if (one.nonce == request.nonce && one.who == request.principal.id) {
                fresh = !one.used && now.mono - one.when < 10s;
                one.used = true;
            }
        auto& times = m_attempts[{request.principal.id, request.action == RemoteAction::Unlock}];
        const auto recent =
            std::count_if(times.begin(), times.end(), [&](MonoTime time) { return now.mono - time < 60s; });
        if (recent >= 6)
            return false;
        times.push_back(now.mono);
        const bool unlock = request.action == RemoteAction::Unlock;
        return fresh && request.signatureValid && request.door == "door-1" && state.mode &&
               now.mono - request.receivedAt <= 2s && request.receivedAt <= now.mono &&
               request.principal.role != Role::Viewer && !request.principal.revoked &&
               (!unlock || (!state.outOfService && state.mode == DoorMode::Normal));
    }

private:
    struct Issued {
        RemoteNonce nonce;
        PrincipalId who;
        MonoTime when;
        bool used;
    };
    std::vector<Issued> m_issued;
    std::map<std::pair<PrincipalId, bool>, std::vector<MonoTime>> m_attempts;
};

class RemoteDoorSequences : public ::testing::TestWithParam<unsigned> {};

TEST_P(RemoteDoorSequences, neverAnUnlockThatTheRulesForbidAndNeverOneLess) {
    std::mt19937 random(GetParam());
    const auto chance = [&](int percent) { return std::uniform_int_distribution(0, 99)(random) < percent; };
    const auto upTo = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
    RemoteDoor door{"door-1"};
    Oracle oracle;
    std::vector<std::pair<RemoteNonce, unsigned>> known; ///< and whose
    milliseconds since{0};
    unsigned nonces = 0;
    int granted = 0, refused = 0;
    for (int step = 0; step < 4000; ++step) {
        since += milliseconds(chance(5) ? upTo(30'000) : upTo(2500));
        if (known.empty() || chance(55)) {
            const auto who = static_cast<unsigned>(1 + upTo(4));
            known.emplace_back(nonceOf(++nonces), who);
            EXPECT_TRUE(door.issue(principal(who).id, known.back().first, at(since).mono));
            oracle.issued(principal(who).id, known.back().first, at(since).mono);
            continue;
        }
        const auto back = static_cast<std::size_t>(chance(85) ? upTo(3) : upTo(40));
        const auto& [nonce, owner] = known[known.size() - 1 - std::min(back, known.size() - 1)];
        RemoteRequest request{principal(chance(95) ? owner : static_cast<unsigned>(1 + upTo(4))),
                              chance(80)   ? RemoteAction::Unlock
                              : chance(50) ? RemoteAction::LockdownOn
                                           : RemoteAction::LockdownOff,
                              chance(97) ? "door-1" : "door-2",
                              chance(97) ? nonce : nonceOf(1'000'000 + nonces),
                              "x",
                              at(since).mono - milliseconds(chance(90) ? upTo(1000) : upTo(4000)),
                              chance(97)};
        if (chance(5))
            request.principal.role = Role::Viewer;
        if (chance(3))
            request.principal.revoked = noon;
        RemoteDoorState state = open;
        if (chance(5))
            state.mode = DoorMode::LockedDown;
        if (chance(3))
            state.mode.reset();
        state.outOfService = chance(3);
        const bool allowed = oracle.allows(request, state, at(since));
        const auto refusal = door.judge(request, state, at(since)).refusal;
        ASSERT_EQ(!refusal, allowed) << "step " << step << ": " << (refusal ? remoteRefusalCode(*refusal) : "granted");
        ++(refusal ? refused : granted);
    }
    EXPECT_GT(granted, 100);
    EXPECT_GT(refused, 100);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RemoteDoorSequences, ::testing::Range(1U, 21U));

} // namespace
