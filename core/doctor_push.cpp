// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of how viewers reach the door.
#include "core/doctor.h"

namespace facelatch::core {

CheckLine checkViewers(const PushFacts& facts) {
    if (!facts.looked)
        return notHereLine(Check::Viewers, "no door was asked");
    if (!facts.enabled)
        return okLine(Check::Viewers, "switched off (push.enabled)");
    if (!facts.error.empty())
        return {Check::Viewers, Finding::ViewersUnreachable, Health::Failed, facts.error, facts.remedy};
    if (!facts.listening)
        return okLine(Check::Viewers, "no viewer is paired: the port is closed");
    return okLine(Check::Viewers, facts.where + ", " + std::to_string(facts.viewers) + " paired, " +
                                      std::to_string(facts.online) + " connected");
}

CheckLine checkCertificate(const PushFacts& facts, const ClockFacts& clock) {
    static constexpr const char* renew = "facelatch-ctl tls renew --keep-key, which viewers do not notice";
    static constexpr const char* own = "Put a new certificate into the files of tls.certificate and tls.key, and start "
                                       "the door again";
    if (!facts.enabled)
        return notHereLine(Check::Certificate, "viewers are switched off");
    if (!facts.certificateError.empty())
        return {Check::Certificate, Finding::CertificateWrong, Health::Failed, facts.certificateError,
                facts.certificateRemedy.empty() ? own : facts.certificateRemedy};
    if (!facts.validUntil)
        return notHereLine(Check::Certificate, "none yet: it is made when the first viewer is paired");
    const std::string until = rfc3339Utc(*facts.validUntil).substr(0, isoDateLength);
    const char* remedy = facts.ownersOwn ? own : renew;
    if (clockKnown(clock.now) && *facts.validUntil <= clock.now)
        return {Check::Certificate, Finding::CertificateEnds, Health::Failed, "it ended on " + until, remedy};
    if (clockKnown(clock.now) && *facts.validUntil <= clock.now + certificateWarning)
        return {Check::Certificate, Finding::CertificateEnds, Health::Warning, "it ends on " + until, remedy};
    return okLine(Check::Certificate, "valid until " + until + (facts.ownersOwn ? ", the owner's own" : ""));
}

} // namespace facelatch::core
