// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands of backup_cases.h share. For those files only.
#pragma once

#include "app/access_cases.h"
#include "app/backup_cases.h"

namespace facelatch::app {

/// A command of backup_cases.h with all it was given.
struct BackupAsked {
    const BackupCases& cases;
    const QJsonObject& args;
    core::WallTime now;
    const storage::BackupProgress& progress;
    std::string text(QStringView key) const { return textOf(args, key); }
    /// The same text from every keyboard, however it composes its letters.
    std::string passphrase() const {
        return args.value(u"passphrase").toString().normalized(QString::NormalizationForm_C).toStdString();
    }
    /// In the audit, for something that changed nothing in the store; `person` is an id.
    void note(const char* action, const QJsonObject& after, const QString& person = {}) const;
};

core::Result<QJsonObject> exportPersonData(const BackupAsked& asked);
core::Result<QJsonObject> erasePersonData(const BackupAsked& asked);

} // namespace facelatch::app
