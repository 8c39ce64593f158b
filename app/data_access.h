// SPDX-License-Identifier: GPL-3.0-or-later
// DataAccess: facelatch-ctl's way to a door's data, through the running kiosk or, when none runs, directly.
#pragma once

#include "app/command_line.h"
#include "core/gallery.h"
#include "core/result.h"
#include "storage/backup.h"

#include <QJsonObject>
#include <QString>

#include <memory>

namespace facelatch::app {

class DataAccess {
public:
    explicit DataAccess(const LoadedSettings& loaded);
    ~DataAccess();

    /// One command of use_cases.h. The data folder is claimed at the first call that finds no kiosk, and kept.
    core::Result<QJsonObject> call(const QString& command, const QJsonObject& args = {});

    /// One of backup_cases.h that may take minutes; through the kiosk its progress is asked for until it is done. Data
    /// restored without a kiosk are in use when this returns.
    core::Result<QJsonObject> callLong(const QString& command, const QJsonObject& args,
                                       const storage::BackupProgress& progress);

private:
    struct Local;
    core::Status openLocal();
    core::Result<QJsonObject> callLocally(const QString& command, const QJsonObject& args,
                                          const storage::BackupProgress& progress = {});

    const LoadedSettings& m_loaded;
    std::unique_ptr<Local> m_local;
};

/// The file of the kiosk's control socket in a data folder.
std::string controlSocketPath(const std::string& dataFolder);

/// Everybody enrolled with templates of one model, ready to search.
core::Result<std::shared_ptr<const core::Gallery>> fetchGallery(DataAccess& data, const std::string& modelId,
                                                                int dimension);

} // namespace facelatch::app
