// SPDX-License-Identifier: GPL-3.0-or-later
// The cards of the system's page, made from the answers of system.info and system.check.
#pragma once

#include "ui/fact_card.h"

#include <QJsonObject>
#include <QLocale>

#include <vector>

namespace facelatch::ui {

/// Without a parent: the caller's. What the answer leaves out is left out. Gui thread.
std::vector<FactCard*> systemCards(const QJsonObject& info, const QLocale& locale);
/// One card a check that is not fine, the worst first; then those that are, in one.
std::vector<FactCard*> doctorCards(const QJsonObject& found);

} // namespace facelatch::ui
