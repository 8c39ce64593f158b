// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor's words at the door: plain, without paths, people or secrets, in the language that is installed.
#pragma once

#include "core/doctor.h"

#include <QCoreApplication>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct DoctorWords {
    Q_DECLARE_TR_FUNCTIONS(DoctorWords)
public:
    static QString heading();
    static QString working();
    static QString check(core::Check check);
    static QString finding(core::Finding finding);
};

} // namespace facelatch::ui
