// SPDX-License-Identifier: GPL-3.0-or-later
// DoorScene: faces before a door, played in frames of made-up time through AccessController and DoorMachine.
#pragma once

#include "core/access_controller.h"
#include "core/door_machine.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace facelatch::testing {

using core::milliseconds;
using namespace std::chrono_literals;

/// A living, well visible face that nobody is compared with yet. Faces of different tracks stand side by side.
inline core::FaceObservation face(core::TrackId track, float width = 120) {
    core::FaceObservation face;
    face.track = track;
    face.box = {400 * static_cast<float>(track), 100, width, 1.25F * width};
    face.confidence = 0.9F;
    face.liveness = {core::LivenessVerdict::Live, 7, 5};
    face.embedded = true;
    return face;
}

inline core::FaceObservation known(core::TrackId track, core::PersonId who, float width = 120) {
    core::FaceObservation seen = face(track, width);
    seen.match = core::Match{who, 0.7F, std::nullopt, -1};
    return seen;
}

/// Somebody else, compared with the gallery: the best person found there is far off.
inline core::FaceObservation stranger(core::TrackId track, float width = 120) {
    core::FaceObservation seen = face(track, width);
    seen.match = core::Match{core::PersonId{}, 0.1F, std::nullopt, -1};
    return seen;
}

/// `seen`, changed by `edit`.
template<typename Edit>
core::FaceObservation with(core::FaceObservation seen, Edit edit) {
    edit(seen);
    return seen;
}
inline core::FaceObservation withLiveness(core::FaceObservation seen, core::LivenessVerdict verdict) {
    seen.liveness.verdict = verdict;
    return seen;
}
inline core::FaceObservation withQuality(core::FaceObservation seen, core::Quality quality) {
    seen.quality = quality;
    return seen;
}

class DoorScene {
public:
    using Faces = std::vector<core::FaceObservation>;
    struct Logged {
        milliseconds at{}; ///< since the scene began
        core::Decision decision;
        const core::Event& event() const { return decision.event; }
    };

    explicit DoorScene(core::AccessRules accessRules = {}, core::DoorTimes times = {})
        : rules(accessRules),
          machine(times),
          controller(
              "door-1", accessRules, [this](core::WallTime time) { return newUuid(time); },
              [](core::WallTime) { return core::LocalTime{}; }) {}
    DoorScene(const DoorScene&) = delete;
    DoorScene& operator=(const DoorScene&) = delete;

    const core::AccessRules rules;
    core::Now now{core::MonoTime{} + 1000s, core::WallTime{1'800'000'000'000ms}};
    milliseconds period{100}; ///< between frames
    milliseconds age{50};     ///< of a frame when it is decided on
    core::FrameOrigin origin = core::FrameOrigin::Camera;
    bool lockWorks = true;
    /// Sees every decision before the lock does.
    std::function<void(const core::Decision&)> decided = [](const core::Decision&) {};
    std::uint64_t frameNumber = 0;

    std::map<core::PersonId, core::Person> people;
    std::map<core::PersonId, core::PinVerifier> pins;
    core::FaultList faults;
    core::DoorMachine machine;
    core::AccessController controller;
    std::vector<Logged> log; ///< every decision, after the lock has moved or not

    core::Uuid7 newUuid(core::WallTime time) {
        std::array<std::uint8_t, 10> random{};
        ++m_uuids;
        for (std::size_t i = 0; i < 6; ++i)
            random[9 - i] = static_cast<std::uint8_t>(m_uuids >> (8 * i));
        return core::makeUuid7(time, random);
    }

    core::PersonId enrol(std::string name, const std::function<void(core::Person&)>& edit = {}) {
        core::Person person;
        person.id = {newUuid(now.wall)};
        person.name = std::move(name);
        person.cardId = "CARD";
        if (edit)
            edit(person);
        people[person.id] = person;
        publish();
        return person.id;
    }
    /// What stands for a PIN.
    static core::PinVerifier verifierOf(int pin) {
        core::PinVerifier verifier{};
        for (std::size_t i = 0; i < 4; ++i)
            verifier[i] = static_cast<std::uint8_t>(pin >> (8 * i));
        return verifier;
    }
    void givePin(core::PersonId who, int pin) {
        pins[who] = verifierOf(pin);
        publishPins();
    }
    void publishPins() { controller.setPins(core::PinBook::build({pins.begin(), pins.end()})); }
    /// The visitor opens the pad; whether it is open now.
    bool openPad() {
        carryOut(controller.askPin(now));
        return view().screen == core::Screen::Pin;
    }
    /// The PIN is typed into whatever pad is open, and its verifier arrives after so long.
    void enterPin(int pin, milliseconds computing = milliseconds{0}) {
        const std::uint64_t request = view().pinRequest;
        controller.pinSubmitted(request, now);
        pass(computing);
        carryOut(controller.pinEntered(request, verifierOf(pin), now));
    }

    /// The gallery of `people` as they are now.
    void publish() {
        std::vector<core::Person> all;
        for (const auto& [id, person] : people)
            all.push_back(person);
        controller.setGallery(core::Gallery::build(std::move(all), {}, "model", 4));
    }
    void raise(core::FaultCode code) {
        faults.raise({code, "made up"});
        controller.setOutOfService(faults.stopsTheDoor());
    }
    void clear(core::FaultCode code) {
        faults.clear(code);
        controller.setOutOfService(faults.stopsTheDoor());
    }

    void pass(milliseconds time) {
        now.mono += time;
        now.wall += time;
    }
    void tick() {
        carryOut(controller.tick(now));
        machine.tick(now.mono);
    }
    core::Observation observation(Faces faces) {
        core::Observation seen;
        seen.frameNumber = ++frameNumber;
        seen.capturedAt = now.mono - age;
        seen.origin = origin;
        seen.width = 640;
        seen.height = 480;
        seen.modelId = "model";
        seen.faces = std::move(faces);
        return seen;
    }
    void show(const core::Observation& seen) {
        tick();
        carryOut(controller.observe(seen, now));
    }
    /// What the controller answered to a PIN, say.
    void carryOut(std::vector<core::Decision> decisions) {
        for (core::Decision& decision : decisions)
            carryOut(std::move(decision));
    }
    void show(Faces faces) { show(observation(std::move(faces))); }
    /// Frames of the same faces, one a period, from now on; time stands after the last period.
    void play(milliseconds duration, const Faces& faces) {
        play(duration, [&](milliseconds) { return faces; });
    }
    /// The faces as a function of the time since the first of these frames.
    template<typename FacesAt>
    requires std::invocable<FacesAt, milliseconds>
    void play(milliseconds duration, FacesAt facesAt) {
        for (milliseconds at{}; at < duration; at += period) {
            show(facesAt(at));
            pass(period);
        }
    }
    /// Nobody there.
    void empty(milliseconds duration) { play(duration, Faces{}); }

    core::VisitorView view() const { return controller.view(now.mono, machine.deadline(), faults); }
    milliseconds time() const { return std::chrono::duration_cast<milliseconds>(now.mono - m_begin); }

    long releases() const {
        return std::count_if(log.begin(), log.end(), [](const Logged& entry) { return entry.decision.releases; });
    }
    /// The latest event; there must be one.
    const core::Event& last() const { return log.back().event(); }
    /// Those of one outcome or reason.
    std::vector<Logged> events(core::Outcome outcome) const {
        return select([&](const core::Event& event) { return event.outcome == outcome; });
    }
    std::vector<Logged> events(core::Reason reason) const {
        return select([&](const core::Event& event) { return event.reason == reason; });
    }

private:
    template<typename Wanted>
    std::vector<Logged> select(Wanted wanted) const {
        std::vector<Logged> found;
        std::copy_if(log.begin(), log.end(), std::back_inserter(found),
                     [&](const Logged& entry) { return wanted(entry.event()); });
        return found;
    }
    void carryOut(core::Decision decision) {
        decided(decision);
        if (machine.onDecision(decision, now.mono) && !lockWorks) {
            machine.lockFailed();
            decision = controller.withdrawn(std::move(decision), now);
        }
        log.push_back({time(), std::move(decision)});
    }

    std::uint64_t m_uuids = 0;
    const core::MonoTime m_begin = now.mono;
};

} // namespace facelatch::testing
