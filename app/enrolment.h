// SPDX-License-Identifier: GPL-3.0-or-later
// Enrolment from photographs, as facelatch-ctl and the demo door do it.
#pragma once

#include "core/person.h"
#include "core/result.h"
#include "recognition/enroller.h"

#include <QJsonObject>

#include <filesystem>
#include <string>
#include <vector>

namespace facelatch::app {

/// One file, undecoded; without bytes when it cannot be read (the enroller then refuses it).
recognition::EnrolmentPicture readPhotograph(const std::filesystem::path& file);
/// Every file of a folder, in name order, undecoded. Errors: no folder, no file in it, or more than 50.
core::Result<std::vector<recognition::EnrolmentPicture>> readPhotographs(const std::string& folder);

struct Enrolment {
    std::vector<core::FaceTemplate> templates;
    std::vector<std::uint8_t> portraitJpeg; ///< the first accepted face; may be empty
};
/// The accepted ones.
Enrolment gathered(const std::vector<recognition::EnrolmentOutcome>& outcomes);

/// The arguments of the command person.add.
QJsonObject personAddArguments(const std::string& name, const std::string& card, const Enrolment& enrolment);

} // namespace facelatch::app
