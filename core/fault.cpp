// SPDX-License-Identifier: GPL-3.0-or-later
// Which faults stop the door, and the list of those that stand.
#include "core/fault.h"

#include <algorithm>

namespace facelatch::core {

bool stopsTheDoor(FaultCode code) {
    return code != FaultCode::LogNotWritable && code != FaultCode::PicturesNotWritten && code != FaultCode::DiskFull &&
           code != FaultCode::PushOff && code != FaultCode::CertificateEnds;
}

std::string_view faultCodeText(FaultCode code) {
    switch (code) {
    case FaultCode::NoCamera:
        return "no_camera";
    case FaultCode::NoDetector:
        return "no_detector";
    case FaultCode::NoEmbedder:
        return "no_embedder";
    case FaultCode::NoLiveness:
        return "no_liveness";
    case FaultCode::NoLock:
        return "no_lock";
    case FaultCode::ReplayOnRealLock:
        return "replay_on_real_lock";
    case FaultCode::SourceMayNotOpen:
        return "source_may_not_open";
    case FaultCode::LogNotWritable:
        return "log_not_writable";
    case FaultCode::DataUnreadable:
        return "data_unreadable";
    case FaultCode::PicturesNotWritten:
        return "pictures_not_written";
    case FaultCode::DiskFull:
        return "disk_full";
    case FaultCode::PushOff:
        return "push_off";
    case FaultCode::CertificateEnds:
        return "certificate_ends";
    }
    return {};
}

bool FaultList::raise(Fault fault) {
    const auto found = std::find_if(m_faults.begin(), m_faults.end(),
                                    [&](const Fault& standing) { return standing.code == fault.code; });
    if (found == m_faults.end()) {
        m_faults.push_back(std::move(fault));
        return true;
    }
    if (*found == fault)
        return false;
    *found = std::move(fault);
    return true;
}

bool FaultList::clear(FaultCode code) {
    return std::erase_if(m_faults, [code](const Fault& fault) { return fault.code == code; }) > 0;
}

bool FaultList::has(FaultCode code) const {
    return std::any_of(m_faults.begin(), m_faults.end(), [code](const Fault& fault) { return fault.code == code; });
}

bool FaultList::stopsTheDoor() const {
    return std::any_of(m_faults.begin(), m_faults.end(),
                       [](const Fault& fault) { return core::stopsTheDoor(fault.code); });
}

} // namespace facelatch::core
