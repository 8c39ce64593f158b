// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever happens in whatever order: what must never be, and that nobody is locked out for good.
#include "tests/core/access_oracle.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <random>
#include <string>

using namespace facelatch::core;
using namespace facelatch::testing;

namespace {

class Chance {
public:
    explicit Chance(unsigned seed) : m_engine(seed) {}
    bool in(int of) { return below(of) == 0; }
    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_engine); }
    float real(float from, float to) { return std::uniform_real_distribution<float>(from, to)(m_engine); }
    template<typename T>
    T of(std::initializer_list<T> values) {
        return *(values.begin() + below(static_cast<int>(values.size())));
    }

private:
    std::mt19937 m_engine;
};

AccessRules randomRules(Chance& chance) {
    AccessRules rules;
    rules.agreeingFrames = chance.of({1, 2, 3, 3, 3, 5});
    rules.agreeWithin = chance.of({300ms, 1000ms, 1000ms, 2000ms});
    rules.maxFrameAge = chance.of({100ms, 500ms, 500ms, 900ms});
    rules.livenessRequired = !chance.in(5);
    rules.networkMayOpen = chance.in(3);
    rules.replayMayOpen = chance.in(3);
    rules.decideWithin = chance.of({500ms, 2500ms});
    rules.refusedFor = chance.of({500ms, 3000ms});
    rules.coolDown = chance.of({0ms, 1000ms, 5000ms, 5000ms, 30000ms});
    rules.eventInterval = chance.of({200ms, 1000ms, 1000ms, 3000ms});
    rules.takes.pin = !chance.in(3);
    rules.pinAlone = chance.in(2);
    rules.secondFactorWithin = chance.of({2000ms, 15000ms});
    rules.pinCheckedWithin = chance.of({500ms, 5000ms});
    rules.lookBackWithin = chance.of({1000ms, 5000ms});
    rules.faceStays = chance.of({500ms, 2000ms});
    return rules;
}

/// A door on a street of few people, many tricks and little order.
class Street {
public:
    Street(unsigned seed, Chance chance)
        : scene(randomRules(chance), {chance.of({500ms, 4000ms}), chance.of({1000ms, 12000ms})}),
          oracle(scene),
          m_chance(chance),
          m_seed(seed) {
        for (const char* name : {"Alice", "Bob", "Carol", "Dave"})
            m_everybody.push_back(scene.enrol(name, [this](Person& person) { person.groups = {m_group}; }));
        oracle.gallerySwapped();
        for (int i = 0; i < 4; ++i)
            m_faces.push_back(newcomer());
        scene.decided = [this](const Decision& decision) {
            oracle.check(decision);
            m_asked.push_back(decision);
        };
    }

    void step() {
        scene.pass(m_chance.of({0ms, 0ms, 10ms, 30ms, 60ms, 100ms, 100ms, 250ms}));
        if (m_chance.in(100))
            scene.pass(m_chance.of({700ms, 2000ms, 10000ms}));
        if (m_chance.in(50))
            scene.now.wall += std::chrono::hours(24 * 365) * (m_chance.below(21) - 10);
        if (m_chance.in(60))
            changePeople();
        if (m_chance.in(40))
            changeFaults();
        if (m_chance.in(200))
            changeAccess();
        if (m_chance.in(scene.view().pinRequest != 0 ? 10 : 40))
            usePad();
        if (m_chance.in(10))
            scene.tick();
        else
            frame();
        settle();
    }

    /// Whatever was before: a person with every right, alone before a door in order, gets in.
    void expectSomebodyGetsIn() {
        for (const FaultCode code : {FaultCode::NoLock, FaultCode::NoCamera, FaultCode::LogNotWritable})
            scene.clear(code);
        scene.lockWorks = true;
        oracle.access = {};
        publishAccess();
        scene.empty(60s);
        m_asked.clear();
        m_settled = scene.log.size();
        const PersonId eve = scene.enrol("Eve");
        oracle.gallerySwapped();
        const long before = scene.releases();
        scene.decided = [](const Decision&) {};
        scene.age = 10ms;
        scene.origin = FrameOrigin::Camera;
        scene.period = 50ms;
        scene.play(scene.period * scene.rules.agreeingFrames, {known(++m_lastTrack, eve)});
        EXPECT_EQ(scene.releases(), before + 1) << "nobody gets in any more";
    }

    DoorScene scene;
    AccessOracle oracle;

private:
    FaceObservation newcomer() {
        FaceObservation seen = face(++m_lastTrack, m_chance.real(60, 200));
        change(seen);
        return seen;
    }
    void change(FaceObservation& seen) {
        seen.quality = m_chance.in(8) ? Quality::TooBlurred : Quality::Good;
        seen.embedded = !m_chance.in(8);
        seen.liveness.verdict = m_chance.in(3) ? m_chance.of({LivenessVerdict::Pending, LivenessVerdict::Spoof,
                                                              LivenessVerdict::Unavailable, LivenessVerdict::Off})
                                               : LivenessVerdict::Live;
        seen.match.reset();
        if (!m_chance.in(10))
            seen.match = randomMatch();
    }
    Match randomMatch() {
        Match match{m_everybody[static_cast<std::size_t>(m_chance.below(4))], m_chance.real(0.3F, 0.9F), {}, -1};
        if (m_chance.in(6))
            match.score = 0.1F;
        if (m_chance.in(60))
            match.score =
                m_chance.of({std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()});
        if (m_chance.in(2)) {
            match.second = PersonId{};
            match.secondScore = match.score - m_chance.real(0, 0.3F);
        }
        return match;
    }

    void frame() {
        for (FaceObservation& seen : m_faces) {
            const float size = m_chance.real(0.95F, 1.05F);
            seen.box.width = std::clamp(seen.box.width * size, 40.0F, 300.0F);
            seen.box.height = 1.25F * seen.box.width;
            if (m_chance.in(30))
                change(seen);
            if (m_chance.in(80))
                seen = newcomer(); // somebody else
            if (m_chance.in(80))
                seen.track = ++m_lastTrack; // the tracker lost it
        }
        if (m_chance.in(150))
            std::swap(m_faces[0].track, m_faces[1].track);
        if (m_chance.in(200))
            m_crowd = m_chance.below(5);
        DoorScene::Faces seen;
        for (int i = 0; i < m_crowd; ++i)
            if (!m_chance.in(10))
                seen.push_back(m_faces[static_cast<std::size_t>(i)]);
        if (!seen.empty() && m_chance.in(100))
            seen.push_back(seen.front());

        scene.age = milliseconds(m_chance.in(15) ? m_chance.below(1200) - 100 : m_chance.below(80));
        scene.origin =
            m_chance.in(15)
                ? m_chance.of({FrameOrigin::Network, FrameOrigin::Undated, FrameOrigin::Replay, FrameOrigin::Test})
                : FrameOrigin::Camera;
        Observation observation = scene.observation(std::move(seen));
        if (m_chance.in(60) && observation.frameNumber > 3)
            observation.frameNumber -= static_cast<std::uint64_t>(m_chance.below(3));
        oracle.observe(observation);
        scene.show(observation);
    }

    /// The pad, by fingers of every intention.
    void usePad() {
        const std::uint64_t request = m_chance.in(10) ? scene.view().pinRequest - 1 : scene.view().pinRequest;
        if (m_chance.in(6))
            return scene.carryOut(scene.controller.cancelPin(scene.now));
        if (m_chance.in(3))
            return scene.carryOut(scene.controller.askPin(scene.now));
        if (m_chance.in(3))
            return scene.controller.pinSubmitted(request, scene.now);
        std::optional<PinVerifier> verifier;
        if (!m_chance.in(8))
            verifier = scene.verifierOf(m_chance.below(6));
        // The right one of whoever is asked, now and then: guessing would take all day.
        if (m_chance.in(2) && scene.view().claimant)
            for (const FaceObservation& seen : m_faces)
                if (seen.box == scene.view().claimant && seen.match && scene.pins.contains(seen.match->person))
                    verifier = scene.pins.at(seen.match->person);
        if (request == scene.view().pinRequest && request != 0)
            oracle.presentPin(verifier);
        scene.carryOut(scene.controller.pinEntered(request, verifier, scene.now));
    }

    /// Everybody is in one group; rules of any mode come and go.
    void changeAccess() {
        oracle.access = {};
        if (!m_chance.in(3)) {
            oracle.access.groups = {{m_group, "All"}};
            oracle.access.schedules.push_back({{scene.newUuid(scene.now.wall)}, "always", *parseWeek("always"), false});
            for (int i = m_chance.below(2); i >= 0; --i)
                oracle.access.rules.push_back({{scene.newUuid(scene.now.wall)},
                                               m_group,
                                               m_chance.in(4) ? "another-door" : "",
                                               oracle.access.schedules[0].id,
                                               m_chance.of({AuthMode::Face, AuthMode::FaceOrPin, AuthMode::FacePin,
                                                            AuthMode::FacePin, AuthMode::FaceCard})});
        }
        publishAccess();
        for (int i = 0; i < 4; ++i) { // PINs 0 to 3, of whoever has one
            const PersonId who = m_everybody[static_cast<std::size_t>(i)];
            m_chance.in(5) ? static_cast<void>(scene.pins.erase(who)) : scene.givePin(who, i);
        }
        scene.publishPins();
    }
    void publishAccess() { scene.controller.setAccess(std::make_shared<const AccessConfig>(oracle.access)); }

    void changePeople() {
        const PersonId who = m_everybody[static_cast<std::size_t>(m_chance.below(4))];
        if (m_chance.in(4)) {
            scene.people.erase(who);
        } else {
            Person& person = scene.people[who];
            person.id = who;
            person.groups = {m_group};
            person.name = "Person " + who.value.text();
            person.status = m_chance.in(4) ? PersonStatus::Suspended : PersonStatus::Active;
            person.validFrom.reset();
            person.validUntil.reset();
            if (m_chance.in(4))
                person.validUntil = scene.now.wall + m_chance.of({-1000ms, 1000ms, 100000ms});
        }
        oracle.gallerySwapped();
        scene.publish();
    }
    void changeFaults() {
        scene.clear(FaultCode::NoLock);
        scene.clear(FaultCode::LogNotWritable);
        if (m_chance.in(4))
            scene.raise(m_chance.of({FaultCode::NoLock, FaultCode::LogNotWritable}));
        scene.lockWorks = !m_chance.in(4);
    }

    /// After each step: what was logged, what the door does, what the screen says.
    void settle() {
        ASSERT_EQ(m_asked.size(), scene.log.size() - m_settled);
        for (const Decision& asked : m_asked)
            oracle.note(asked, scene.log[m_settled++].decision);
        m_asked.clear();
        const VisitorView view = scene.view();
        EXPECT_EQ(view.doorReleased, scene.machine.released(scene.now.mono));
        EXPECT_EQ(view.screen == Screen::Granted, view.doorReleased);
        if (!view.name.empty()) {
            EXPECT_TRUE(view.doorReleased) << "a name without a release";
            EXPECT_TRUE(oracle.names.contains(view.name));
        }
        if (view.screen == Screen::Pin || view.screen == Screen::SecondFactor) {
            EXPECT_TRUE(scene.rules.takes.pin);
            EXPECT_NE(view.pinRequest, 0U);
            EXPECT_LE(view.until - scene.now.mono, scene.rules.secondFactorWithin + scene.rules.pinCheckedWithin);
        }
        EXPECT_GE(view.progress, 0);
        EXPECT_LE(view.progress, 1);
    }

    Chance m_chance;
    unsigned m_seed;
    const GroupId m_group{scene.newUuid(scene.now.wall)};
    std::vector<PersonId> m_everybody;
    std::vector<FaceObservation> m_faces;
    int m_crowd = 2;
    TrackId m_lastTrack = 0;
    std::vector<Decision> m_asked;
    std::size_t m_settled = 0;
};

struct Totals {
    int releases = 0, withdrawn = 0, rejoined = 0;
    std::set<Reason> reasons;
};

void walk(unsigned seed, int steps, Totals& totals) {
    Street street(seed, Chance(seed));
    for (int step = 0; step < steps; ++step) {
        SCOPED_TRACE("step " + std::to_string(step));
        street.step();
        if (::testing::Test::HasFailure())
            return;
    }
    street.expectSomebodyGetsIn();
    totals.releases += street.oracle.releases;
    totals.withdrawn += street.oracle.withdrawn;
    totals.rejoined += street.oracle.rejoined;
    totals.reasons.insert(street.oracle.reasons.begin(), street.oracle.reasons.end());
}

/// FACELATCH_SEED=7 plays that seed alone; FACELATCH_SEEDS=1000 plays so many.
TEST(AccessProperties, holdInAnyOrderOfInputs) {
    const char* only = std::getenv("FACELATCH_SEED");
    const char* many = std::getenv("FACELATCH_SEEDS");
    const unsigned first = only != nullptr ? static_cast<unsigned>(std::stoul(only)) : 1;
    const unsigned count = only != nullptr ? 1 : many != nullptr ? static_cast<unsigned>(std::stoul(many)) : 300;
    Totals totals;
    for (unsigned seed = first; seed < first + count; ++seed) {
        SCOPED_TRACE("again with FACELATCH_SEED=" + std::to_string(seed));
        walk(seed, 3000, totals);
        if (HasFailure())
            return;
    }
    std::printf("%u seeds: %d releases, %d withdrawn, %d rejoined\n", count, totals.releases, totals.withdrawn,
                totals.rejoined);
    if (only != nullptr || many != nullptr)
        return;
    // The street must be busy enough to mean anything.
    EXPECT_GT(totals.releases, 1000);
    EXPECT_GT(totals.withdrawn, 50);
    EXPECT_GT(totals.rejoined, 50);
    for (const Reason reason :
         {Reason::Face, Reason::UnknownPerson, Reason::BelowThreshold, Reason::Ambiguous, Reason::LivenessFailed,
          Reason::Expired, Reason::Suspended, Reason::StaleFrame, Reason::OutOfService, Reason::NotClaimant,
          Reason::Pin, Reason::FacePin, Reason::WrongPin, Reason::Lockout, Reason::SecondFactorTimeout,
          Reason::FactorUnavailable})
        EXPECT_TRUE(totals.reasons.contains(reason)) << reasonRow(reason).code;
}

} // namespace
