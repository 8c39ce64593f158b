// SPDX-License-Identifier: GPL-3.0-or-later
// The table of reasons.
#include "core/reasons.h"

#include <algorithm>
#include <array>

namespace facelatch::core {

namespace {

using enum Outcome;

constexpr std::array rows{
    ReasonRow{Reason::Face, Granted, "face", "Face recognised", "Visage reconnu"},
    ReasonRow{Reason::FacePin, Granted, "face_pin", "Face and PIN", "Visage et code"},
    ReasonRow{Reason::FaceCard, Granted, "face_card", "Face and card", "Visage et badge"},
    ReasonRow{Reason::CardPin, Granted, "card_pin", "Card and PIN", "Badge et code"},
    ReasonRow{Reason::Pin, Granted, "pin", "PIN", "Code"},
    ReasonRow{Reason::RemoteUnlock, Granted, "remote_unlock", "Opened from afar", "Ouverture à distance"},
    ReasonRow{Reason::ExitButton, Granted, "exit_button", "Exit button", "Bouton de sortie"},
    ReasonRow{Reason::ScheduledUnlock, Granted, "scheduled_unlock", "Open by schedule", "Ouverture programmée"},
    ReasonRow{Reason::Duress, Granted, "duress", "Opened under duress", "Ouverture sous contrainte"},
    ReasonRow{Reason::UnknownPerson, Denied, "unknown_person", "Face not recognised", "Visage non reconnu"},
    ReasonRow{Reason::BelowThreshold, Denied, "below_threshold", "Not similar enough to an enrolled person",
              "Ressemblance insuffisante avec une personne enregistrée"},
    ReasonRow{Reason::Ambiguous, Denied, "ambiguous", "Too similar to two enrolled people",
              "Ressemblance avec deux personnes enregistrées"},
    ReasonRow{Reason::LivenessFailed, Denied, "liveness_failed", "Not shown to be a living person",
              "Présence réelle non confirmée"},
    ReasonRow{Reason::OutOfSchedule, Denied, "out_of_schedule", "Outside the permitted hours",
              "En dehors des heures autorisées"},
    ReasonRow{Reason::Expired, Denied, "expired", "Access has expired or not begun",
              "Accès expiré ou pas encore valable"},
    ReasonRow{Reason::Suspended, Denied, "suspended", "Access is suspended", "Accès suspendu"},
    ReasonRow{Reason::WrongPin, Denied, "wrong_pin", "Wrong PIN", "Code erroné"},
    ReasonRow{Reason::UnknownCard, Denied, "unknown_card", "Unknown card", "Badge inconnu"},
    ReasonRow{Reason::Lockout, Denied, "lockout", "Too many failed attempts", "Trop de tentatives échouées"},
    ReasonRow{Reason::AntiPassback, Denied, "anti_passback", "Entered a short while ago", "Déjà entré récemment"},
    ReasonRow{Reason::LockedDown, Denied, "locked_down", "The door is locked down", "La porte est verrouillée"},
    ReasonRow{Reason::SecondFactorTimeout, Denied, "second_factor_timeout", "Second factor not given in time",
              "Second facteur non présenté à temps"},
    ReasonRow{Reason::StaleFrame, Denied, "stale_frame", "The picture was too old", "Image trop ancienne"},
    ReasonRow{Reason::OutOfService, Denied, "out_of_service", "The door is out of service", "Porte hors service"},
    ReasonRow{Reason::NotClaimant, Denied, "not_claimant", "Another person was nearer",
              "Une autre personne était plus proche"},
    ReasonRow{Reason::NotPermitted, Denied, "not_permitted", "Not permitted at this door",
              "Accès non autorisé à cette porte"},
    ReasonRow{Reason::UsedUp, Denied, "used_up", "All permitted entries are used up",
              "Toutes les entrées autorisées ont été utilisées"},
    ReasonRow{Reason::FactorUnavailable, Denied, "factor_unavailable",
              "A second factor is asked for that this door cannot take",
              "Second facteur demandé, que cette porte ne peut pas lire"},
    ReasonRow{Reason::ClockUnknown, Denied, "clock_unknown", "The door does not know what time it is",
              "La porte ne connaît pas l'heure"},
    ReasonRow{Reason::RemoteRefused, Denied, "remote_refused", "Request from afar refused",
              "Demande à distance refusée"},
};

} // namespace

std::span<const ReasonRow> reasonRows() {
    return rows;
}

const ReasonRow& reasonRow(Reason reason) {
    return rows[static_cast<std::size_t>(reason)];
}

std::optional<Reason> reasonFromCode(std::string_view code) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [code](const ReasonRow& row) { return row.code == code; });
    return found == rows.end() ? std::nullopt : std::optional(found->reason);
}

std::string_view outcomeCode(Outcome outcome) {
    return outcome == Granted ? "granted" : "denied";
}

std::optional<Outcome> outcomeFromCode(std::string_view code) {
    if (code == "granted")
        return Granted;
    if (code == "denied")
        return Denied;
    return std::nullopt;
}

} // namespace facelatch::core
