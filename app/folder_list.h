// SPDX-License-Identifier: GPL-3.0-or-later
// Sticks and folders to choose from at the door's screen. Blocks on the disks: a thread of its own.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace facelatch::app {

/// Where sticks are mounted.
QStringList stickRoots();

/// folder.list {} -> {places: [{path, name, free, total, writable}]}: what is mounted below the roots, and folders
/// there.
/// folder.list {path} -> {path, name, parent, writable, free, folders: [{path, name}], files: [{path, name, size,
/// modified}], more}: at most 500 of each, by name; `more` when there are others. Links are left out and never followed
/// out of the roots. `name` is for showing: without characters that hide or turn text. Errors: NotFound for what is no
/// folder below a root.
core::Result<QJsonObject> listFolder(const QJsonObject& args, const QStringList& roots = stickRoots());

/// A file name as it may be shown: control and direction characters replaced, at most 80 characters.
QString shownName(const QString& name);

} // namespace facelatch::app
