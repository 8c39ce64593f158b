// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of a door to the settings', system's and admins' pages, for tests and screenshots.
#pragma once

#include <QJsonObject>

namespace facelatch::test {

/// settings.list of the table, all at their defaults but for two: one changed at the screen, one by the owner; one
/// given by --set.
QJsonObject settingsList();
/// The row of a key of settingsList().
QJsonObject settingRowAnswer(const QString& key);
QJsonObject systemInfoAnswer();
QJsonObject systemCheckAnswer();
/// Two admins, one of whom may do everything.
QJsonObject adminListAnswer();
/// One that is connected, one that was, one that never was, and one that is revoked.
QJsonObject viewerListAnswer();
/// Of viewer.pair: a link as long as they get.
QJsonObject viewerPairAnswer();

} // namespace facelatch::test
