// SPDX-License-Identifier: GPL-3.0-or-later
// A day, chosen without a keyboard.
#pragma once

#include <QDate>
#include <QLocale>
#include <QString>

#include <functional>
#include <optional>

class QWidget;

namespace facelatch::ui {

/// A sheet with day, month and year; `chosen` is told a day that exists, or nothing for "no limit". Not called when the
/// sheet is left.
void pickDay(QWidget* from, const QString& title, QDate shown, const QLocale& locale,
             std::function<void(std::optional<QDate>)> chosen);

} // namespace facelatch::ui
