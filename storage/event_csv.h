// SPDX-License-Identifier: GPL-3.0-or-later
// Events as rows of a CSV file (RFC 4180, UTF-8, CRLF). Any thread.
#pragma once

#include "core/decision.h"

#include <string>
#include <vector>

namespace facelatch::storage {

/// The column names; eventCsvFields() gives as many values in this order.
std::vector<std::string> eventCsvColumns();
std::vector<std::string> eventCsvFields(const core::CommittedEvent& event);

/// One line with CRLF. Fields are quoted where RFC 4180 asks for it; text a spreadsheet would run as a formula
/// (starting with = + - @ tab or carriage return, unless it is a number) gets a leading apostrophe (OWASP, CSV
/// injection).
std::string csvLine(const std::vector<std::string>& fields);

} // namespace facelatch::storage
