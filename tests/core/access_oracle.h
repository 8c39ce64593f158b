// SPDX-License-Identifier: GPL-3.0-or-later
// AccessOracle: recomputes from the bare observations what a decision must hold, without asking the controller.
#pragma once

#include "tests/support/door_scene.h"

#include "core/access_policy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace facelatch::testing {

class AccessOracle {
public:
    explicit AccessOracle(const DoorScene& scene) : m_scene(scene), m_rules(scene.rules) {}

    int releases = 0, withdrawn = 0, rejoined = 0;
    std::set<core::Reason> reasons;

    void gallerySwapped() { m_evidence.clear(); }
    core::AccessConfig access; ///< the rules in force

    /// Before the controller sees it: a PIN that is entered for the request that is open.
    void presentPin(const std::optional<core::PinVerifier>& verifier) {
        m_pin.reset();
        for (const auto& [person, pin] : m_scene.pins)
            if (verifier == pin)
                m_pin = Presented{person, m_scene.now.mono};
    }

    /// Before the controller sees it: which of its faces count, and for whom.
    void observe(const core::Observation& seen) {
        m_current.clear();
        if (seen.frameNumber <= m_lastFrame)
            return;
        m_lastFrame = seen.frameNumber;
        for (const core::FaceObservation& face : seen.faces)
            m_current[face.track] = face;
        m_observation = seen;
        if (!fit())
            return;
        for (const auto& [track, face] : m_current) {
            std::vector<Evidence>& evidence = m_evidence[track];
            if (face.quality != core::Quality::Good || !face.embedded ||
                (!evidence.empty() && seen.capturedAt <= evidence.back().capturedAt))
                continue;
            evidence.push_back({seen.capturedAt, named(face), nearer(face)});
            if (const auto person = evidence.back().person)
                m_everNamed[track].insert(*person);
        }
    }

    /// A decision of the controller on the last observation.
    void check(const core::Decision& decision) {
        const core::Event& event = decision.event;
        EXPECT_TRUE(m_events.insert(event.id).second) << "an event id used twice";
        EXPECT_EQ(core::reasonRow(event.reason).outcome, event.outcome);
        EXPECT_EQ(event.personName.empty(), !event.person);
        if (event.person) {
            EXPECT_TRUE(m_scene.people.contains(*event.person));
        }
        if (decision.releases)
            checkRelease(decision);
    }

    /// What became of it once the lock had moved or not.
    void note(const core::Decision& asked, const core::Decision& done) {
        const core::MonoTime now = m_scene.now.mono;
        const core::Event& event = done.event;
        reasons.insert(event.reason);
        if (asked.releases) {
            m_releasedPeople.insert(*asked.event.person);
            ++(done.releases ? releases : withdrawn);
        }
        if (done.releases) {
            EXPECT_TRUE(m_grantedVisits.emplace(event.visit, *event.person).second) << "two releases in one visit";
            const auto [at, isFirst] = m_lastRelease.try_emplace(*event.person, now);
            EXPECT_TRUE(isFirst || now - at->second >= m_rules.coolDown) << "a release within the cool-down";
            at->second = now;
            names.insert(event.personName);
        } else if (event.outcome == core::Outcome::Granted) {
            const auto granted = m_grantedVisits.find(event.visit);
            ASSERT_TRUE(granted != m_grantedVisits.end()) << "logged as granted without a release";
            EXPECT_EQ(event.person, granted->second);
            rejoined += asked.face.x != m_visitFace[event.visit];
        }
        notePace(done, asked.releases && !done.releases, now);
        if (done.releases)
            m_visitFace[event.visit] = done.face.x;
    }

    std::set<std::string> names; ///< of those a release was for

private:
    struct Presented {
        core::PersonId person;
        core::MonoTime at;
    };
    struct Evidence {
        core::MonoTime capturedAt;
        std::optional<core::PersonId> person;
        std::vector<core::TrackId> nearer; ///< faces of that frame that were clearly larger
    };
    struct Pace {
        core::MonoTime at;
        core::Outcome outcome;
    };

    bool fit() const {
        const auto age = m_scene.now.mono - m_observation.capturedAt;
        const bool origin =
            m_observation.origin == core::FrameOrigin::Camera ||
            (m_observation.origin == core::FrameOrigin::Network ? m_rules.networkMayOpen : m_rules.replayMayOpen);
        return origin && age >= 0ms && age < m_rules.maxFrameAge;
    }
    std::optional<core::PersonId> named(const core::FaceObservation& face) const {
        const auto& match = face.match;
        if (!match || !std::isfinite(match->score) || match->score < m_rules.match.threshold)
            return std::nullopt;
        if (match->second &&
            !(std::isfinite(match->secondScore) && match->score - match->secondScore >= m_rules.match.margin))
            return std::nullopt;
        return m_scene.people.contains(match->person) ? std::optional(match->person) : std::nullopt;
    }
    std::vector<core::TrackId> nearer(const core::FaceObservation& face) const {
        std::vector<core::TrackId> found;
        for (const auto& [track, other] : m_current)
            if (other.box.area() > 1.2501F * face.box.area())
                found.push_back(track);
        return found;
    }
    /// Granted faces do not hold the claim; only who was named as a person let in can be one.
    bool mayHaveBeenGranted(core::TrackId track) const {
        const auto found = m_everNamed.find(track);
        return found != m_everNamed.end() &&
               std::any_of(found->second.begin(), found->second.end(),
                           [&](const core::PersonId& person) { return m_releasedPeople.contains(person); });
    }

    void checkRelease(const core::Decision& decision) {
        const core::Event& event = decision.event;
        EXPECT_EQ(event.outcome, core::Outcome::Granted);
        EXPECT_FALSE(m_scene.faults.stopsTheDoor());
        ASSERT_TRUE(event.person);
        const auto person = m_scene.people.find(*event.person);
        ASSERT_TRUE(person != m_scene.people.end());
        EXPECT_FALSE(core::refusal(person->second, m_scene.now.wall));
        const core::Factors presented{event.reason != core::Reason::Pin, event.reason != core::Reason::Face, false};
        checkPolicy(person->second, presented);
        if (presented.pin)
            checkPin(event);
        if (presented.face)
            checkFace(decision);
    }

    void checkPolicy(const core::Person& person, core::Factors presented) {
        const core::Permission permission =
            core::mayEnter(access, person, {"door-1", m_rules.takes, m_rules.pinAlone}, {m_scene.now.wall, {}});
        EXPECT_TRUE(std::any_of(permission.modes.begin(), permission.modes.end(), [&](core::AuthMode mode) {
            return core::satisfies(presented, mode);
        })) << "no rule is content with that";
    }

    void checkPin(const core::Event& event) {
        EXPECT_TRUE(m_rules.takes.pin);
        EXPECT_EQ(event.source, core::DecisionSource::Pin);
        ASSERT_TRUE(m_pin) << "released without a PIN that fits";
        EXPECT_EQ(m_pin->person, event.person) << "released with somebody else's PIN";
        EXPECT_LE(m_scene.now.mono - m_pin->at, event.reason == core::Reason::Pin ? 0ms : m_rules.lookBackWithin);
        if (m_scene.pins.contains(*event.person))
            m_pin.reset(); // it is good for one release
        else
            ADD_FAILURE() << "a PIN that is taken away";
    }

    void checkFace(const core::Decision& decision) {
        const core::Event& event = decision.event;
        EXPECT_TRUE(fit()) << "released on a frame that is stale, of the future or of an origin that may not open";
        const auto found = std::find_if(m_current.begin(), m_current.end(),
                                        [&](const auto& item) { return item.second.box == decision.face; });
        ASSERT_TRUE(found != m_current.end());
        const auto& [track, face] = *found;
        if (m_rules.livenessRequired) {
            EXPECT_EQ(face.liveness.verdict, core::LivenessVerdict::Live);
        }
        const std::vector<Evidence>& evidence = m_evidence[track];
        const int needed = m_rules.agreeingFrames;
        ASSERT_GE(std::ssize(evidence), needed);
        EXPECT_LT(m_scene.now.mono - evidence.back().capturedAt, m_rules.maxFrameAge);
        for (auto at = evidence.end() - needed; at != evidence.end(); ++at) {
            EXPECT_EQ(at->person, event.person);
            EXPECT_LE(m_scene.now.mono - at->capturedAt, m_rules.agreeWithin);
            for (const core::TrackId other : at->nearer)
                EXPECT_TRUE(mayHaveBeenGranted(other)) << "somebody else was nearer and still to be decided";
        }
    }

    void notePace(const core::Decision& done, bool isWithdrawn, core::MonoTime now) {
        const auto [at, isFirst] = m_pace.try_emplace(done.event.visit, Pace{now, done.event.outcome});
        // A grant that was withdrawn is logged at once, whatever was before.
        const bool changed = isWithdrawn || (!isFirst && at->second.outcome != done.event.outcome);
        EXPECT_EQ(done.wantsSnapshot, isFirst || changed);
        if (done.event.source == core::DecisionSource::Face) { // each PIN is an event
            EXPECT_TRUE(isFirst || changed || now - at->second.at >= m_rules.eventInterval) << "events too close";
        }
        at->second = {now, done.event.outcome};
    }

    const DoorScene& m_scene;
    const core::AccessRules& m_rules;
    core::Observation m_observation;
    std::uint64_t m_lastFrame = 0;
    std::map<core::TrackId, core::FaceObservation> m_current;
    std::map<core::TrackId, std::vector<Evidence>> m_evidence;
    std::map<core::TrackId, std::set<core::PersonId>> m_everNamed;
    std::set<core::PersonId> m_releasedPeople;
    std::optional<Presented> m_pin; ///< the latest one that was somebody's, until it was used
    std::map<core::Uuid7, core::PersonId> m_grantedVisits;
    std::map<core::Uuid7, float> m_visitFace;
    std::map<core::PersonId, core::MonoTime> m_lastRelease;
    std::map<core::Uuid7, Pace> m_pace;
    std::set<core::Uuid7> m_events;
};

} // namespace facelatch::testing
