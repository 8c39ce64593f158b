// SPDX-License-Identifier: GPL-3.0-or-later
// AccessController: from observations of faces, and PINs, to decisions. The one place that says yes to a person.
#pragma once

#include "core/access_policy.h"
#include "core/decision.h"
#include "core/door_mode.h"
#include "core/factors.h"
#include "core/fault.h"
#include "core/gallery.h"
#include "core/match_rule.h"
#include "core/observation.h"
#include "core/visitor_view.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace facelatch::core {

struct AccessRules {
    MatchRule match;
    int agreeingFrames = 3;          ///< consecutive usable frames of one track that must name the same person ...
    milliseconds agreeWithin{1000};  ///< ... within this time
    milliseconds maxFrameAge{500};   ///< since capture; older frames are no evidence
    bool livenessRequired = true;    ///< off only by a setting; a check that could not run has failed
    bool networkMayOpen = false;     ///< frames that came over a network count, as far as their age is known
    bool replayMayOpen = false;      ///< replayed, test and undated frames count: only with a simulated lock
    milliseconds decideWithin{2500}; ///< a claimant in good view that was not granted by then is refused
    milliseconds refusedFor{3000};   ///< after a refusal the same face is not decided again for so long
    milliseconds coolDown{5000};     ///< after a grant the same person is not granted again for so long
    milliseconds eventInterval{1000};
    milliseconds trackGone{1000};           ///< a face not seen for so long has left
    Factors takes{true, false, false};      ///< what can be presented at this door
    bool pinAlone = false;                  ///< without any access rule a PIN alone will do as well as a face
    milliseconds secondFactorWithin{15000}; ///< a pad that is open closes, a second factor that is awaited is missing
    milliseconds pinCheckedWithin{5000};    ///< the verifier of a PIN must have been computed
    milliseconds lookBackWithin{5000};      ///< after a right PIN its face must have agreed again
    milliseconds faceStays{2000};           ///< whoever is asked for a PIN may be out of sight for so long at a time
};

/// Rules 1 to 3, 6 and 7 of the domain. Used by the door thread only; holds no clock and no lock: time is an argument,
/// and what a decision does to the door is DoorMachine's.
///
/// A grant by face needs, all at once: no fault that stops the door; this frame fresh and of an origin that may open;
/// the face is the claimant (the largest in view that still waits for a decision, and was so in every frame that
/// counts); the last `agreeingFrames` usable frames of its track, all fresh and within `agreeWithin`, name the same
/// person with threshold and margin; liveness passed on this track now; the policy lets the person in; the visit has
/// not been granted before; the person is not in cool-down.
///
/// Where the policy wants face and PIN, a face that has come so far is asked for the PIN. The request belongs to that
/// face: it ends when the face is out of sight for longer than `faceStays`, when its track ends, when another face
/// takes the claim, when its frames name somebody else or look dead, and after `secondFactorWithin`. A right PIN opens
/// nothing by itself: from then on the face has `lookBackWithin` to fulfil everything above once more, on the same
/// track and with evidence no older than `agreeWithin`. So "still there" means recognised again at the grant, while
/// somebody may look down on the keys in between. A PIN may also be given first, where the door takes PINs; where the
/// policy wants a face as well, that person's face must then be granted within `secondFactorWithin`.
///
/// A PIN alone opens where the policy says "face or PIN". Everything that the policy refuses is refused for PINs, too.
/// Wrong PINs lock out, see PinLockouts.
///
/// Every attempt is an event: a face that was usable in `agreeingFrames` frames and left before it was decided is
/// logged as refused when it has gone; a PIN that was entered, and one that was asked for and never came, have source
/// Pin. While a face goes on standing there its further events have source Face. A pad that was opened and left alone
/// is no attempt.
class AccessController {
public:
    AccessController(DoorId door, AccessRules rules, UuidSource uuids, ToLocalTime toLocal);

    /// People's names and rights. The observations' matches must come from the same or an earlier gallery; a person who
    /// is no longer in it is nobody.
    void setGallery(std::shared_ptr<const Gallery> gallery);
    /// The access rules, from the next decision on. Before the first call there are none.
    void setAccess(std::shared_ptr<const AccessConfig> access);
    /// Whose PINs are whose. Before the first call no PIN is taken.
    void setPins(std::shared_ptr<const PinBook> pins);
    /// To be restored before the first setPins(), and reported to whoever keeps them.
    PinLockouts& lockouts() { return m_lockouts; }
    /// Whether a fault stops the door: then nothing is granted, and recognised people are refused as out of service.
    void setOutOfService(bool outOfService) { m_outOfService = outOfService; }
    /// Locked down, nothing is granted, everything is refused as LockedDown, and no PIN is looked at; whoever was let
    /// in before has to be let in anew. Returns the events of that.
    std::vector<Decision> setMode(DoorMode mode, Now now);
    DoorMode mode() const { return m_mode; }

    /// Observations must come in frame order; one whose number is not above the last is ignored. Returns the events of
    /// the faces in it that are due, and of those that left since the last one.
    std::vector<Decision> observe(const Observation& observation, Now now);
    /// To be called several times a second also without observations: people leave, screens end. Returns the events of
    /// those who were asked for a PIN and did not give it.
    std::vector<Decision> tick(Now now);

    /// The visitor asks for the pad. Opens it, or says that the door is locked out.
    std::vector<Decision> askPin(Now now);
    /// The visitor closes the pad. What was handed over is looked at all the same.
    std::vector<Decision> cancelPin(Now now);
    /// A PIN was handed over for that request; its verifier follows.
    void pinSubmitted(std::uint64_t request, Now now);
    /// The verifier of the PIN for that request, or nothing when it could not be computed. At most one answer a request
    /// counts; late ones do nothing.
    std::vector<Decision> pinEntered(std::uint64_t request, const std::optional<PinVerifier>& verifier, Now now);

    /// The event of a request from afar, which somebody else has judged. With the picture of whoever stands there.
    Decision remote(Outcome outcome, Reason reason, const std::string& by, const std::string& note, Now now);
    /// The lock was released for a request from afar: what the screen says meanwhile.
    void openedFromAfar(const std::string& by, Now now);

    /// The lock did not move for a grant: the event that is to be logged instead. The visit counts as refused.
    Decision withdrawn(Decision granted, Now now, Reason reason = Reason::OutOfService);

    /// What the screen shows at `now`. `releasedUntil` is the door machine's deadline.
    VisitorView view(MonoTime now, std::optional<MonoTime> releasedUntil, const FaultList& faults) const;

private:
    struct Sample {
        MonoTime capturedAt;
        std::optional<PersonId> person;           ///< passed threshold and margin
        Reason shortfall = Reason::UnknownPerson; ///< why there is no person
    };
    using Samples = std::deque<Sample>;
    enum class State { Undecided, Granted, Denied };
    /// What the events of one face staying in view are logged under.
    struct Visit {
        Uuid7 id;
        std::optional<MonoTime> lastEvent;
        std::optional<Outcome> lastOutcome;
    };
    struct Track {
        Visit visit;
        FaceObservation face; ///< as last seen
        Image picture;        ///< of the frame it was last seen in
        std::uint64_t lastFrame = 0;
        MonoTime lastSeen{};
        MonoTime waitingSince{};              ///< seen first, or being looked at anew, since
        std::optional<MonoTime> watchedSince; ///< first usable frame since then
        int usableFrames = 0;                 ///< of this visit
        Samples samples;                      ///< evidence of the last agreeWithin
        Samples claims;                       ///< the part of it gathered as the claimant
        std::optional<Reason> unfit;          ///< why the last frame could be no evidence
        State state = State::Undecided;
        Reason reason = Reason::UnknownPerson;
        DecisionSource source = DecisionSource::Face; ///< of the next event
        std::optional<PersonId> person;
        MonoTime refusedUntil{}; ///< refused as the claimant: not decided again before
        bool rejoined = false;   ///< came back within the cool-down of an earlier grant
    };
    struct Grant {
        PersonId person;
        Visit visit;
        MonoTime at{};
        Reason reason = Reason::Face;
    };
    /// What a person with certain factors gets.
    struct Admission {
        enum class Kind { Granted, Denied, WantsPin, WantsFace };
        Kind kind = Kind::Denied;
        Reason reason = Reason::NotPermitted; ///< Granted, Denied
    };

    /// Uses counted here: those of the gallery are as old as the gallery, and the log may be behind.
    struct Tally {
        int round = 0, taken = 0;
    };

    std::optional<Reason> barred() const;
    Person withUses(Person person) const;
    Admission admission(const Person& person, Factors presented, Now now) const;
    Admission wanting(const Person& person, Factors presented, MonoTime now) const;
    std::optional<Reason> unfit(const Observation& observation, MonoTime now) const;
    void update(const Observation& observation, Now now);
    float claim(const Track& track) const;
    bool succeeds(const Track& next, const Track& current) const;
    void chooseClaimant(const Observation& observation, MonoTime now);
    void lookAnew(Track& track, MonoTime now) const;
    void addEvidence(Track& track, const Observation& observation, bool claimant, MonoTime now) const;
    Sample judged(const FaceObservation& face, MonoTime capturedAt) const;
    std::optional<PersonId> agreed(const Samples& samples, MonoTime now) const;
    bool alive(const Track& track) const;
    bool visitIsOver(const Track& track) const;
    bool anotherFace(const Track& track) const;
    void startOver(Track& track, Now now);
    bool decideClaimant(TrackId id, Track& track, Now now);
    bool decideProven(TrackId id, Track& track, const Person& person, Now now);
    const Grant* recentGrant(const PersonId& person) const;
    void noteGrant(const Person& person, const Visit& visit, Reason reason, MonoTime now);
    bool tryGrant(Track& track, const Person& person, Reason reason, Now now);
    bool overdue(const Track& track, MonoTime now) const;
    Reason shortfall(const Track& track, bool claimant, MonoTime now) const;
    void deny(Track& track, Reason reason, std::optional<PersonId> person) const;
    void refuseClaimant(Track& track, Reason reason, std::optional<PersonId> person, MonoTime now);
    void decideOther(Track& track, MonoTime now) const;
    void noteDeparture(Track& track, bool claimant);
    bool eventDue(TrackId id, const Track& track, MonoTime now) const;
    Decision eventOf(Visit& visit, Outcome outcome, Reason reason, const std::optional<PersonId>& person, Now now);
    Decision decision(Track& track, Now now, bool releases);

    // The PIN; see access_pin.cpp.
    bool asked(TrackId id) const { return m_request && m_request->track == id; }
    bool passed(TrackId id, const PersonId& person) const;
    void beginRequest(MonoTime now);
    void askFor(TrackId id, const PersonId& person, MonoTime now);
    std::optional<Reason> disturbed(const Track& track, const std::optional<PersonId>& agreedOn) const;
    void dropRequest(Track& track, Reason reason);
    void closePad(const PersonId& granted);
    void endRequest(Now now, std::vector<Decision>& decisions);
    bool offersPin() const;
    std::vector<Decision> pinOfFace(const std::optional<PinVerifier>& verifier, Now now);
    std::vector<Decision> pinWithoutFace(const std::optional<PinVerifier>& verifier, Now now);
    Decision pinDenied(Visit visit, Reason reason, const std::optional<PersonId>& person, Now now);
    Decision pinGranted(Visit visit, const Person& person, Now now);
    void showLockout(const PinLockouts::Who& who, MonoTime now);
    Hint hint(const Track& track) const;
    float progress(const Track& track, MonoTime now) const;

    DoorId m_door;
    AccessRules m_rules;
    UuidSource m_uuids;
    ToLocalTime m_toLocal;
    std::shared_ptr<const Gallery> m_gallery = std::make_shared<Gallery>();
    std::shared_ptr<const AccessConfig> m_access = std::make_shared<AccessConfig>();
    std::shared_ptr<const PinBook> m_pins; ///< null: not known yet
    PinLockouts m_lockouts;
    std::optional<PinRequest> m_request;
    std::uint64_t m_requests = 0;
    std::map<PersonId, Tally> m_tallies;
    bool m_outOfService = false;
    DoorMode m_mode = DoorMode::Normal;

    std::map<TrackId, Track> m_tracks;
    std::optional<TrackId> m_claimant;
    std::vector<Grant> m_grants;   ///< those still in cool-down
    std::vector<Track> m_departed; ///< faces that left before they were decided, for the next observe()
    std::uint64_t m_lastFrame = 0;
    int m_width = 0, m_height = 0;
    std::string m_modelId;
    std::string m_grantedName, m_grantedLanguage;
    std::string m_openedBy; ///< instead of a name: from afar
    MonoTime m_grantedAt{};
    MonoTime m_refusedUntil{};         ///< of the screen
    std::optional<MonoTime> m_retryAt; ///< which says so
};

} // namespace facelatch::core
