// SPDX-License-Identifier: GPL-3.0-or-later
// A person's own data as one ZIP file, for the person (GDPR, articles 15 and 20).
//
// Thread: any but a store's; it reads through connections of its own and may take minutes. A QCoreApplication must
// exist. In the file: person.json, templates.json (the numbers of the face templates, which are the person's),
// events.json and events.csv, portrait.jpg, pictures/, and READ_ME.txt in English and French. It is not encrypted: it
// is to be read by somebody without Facelatch.
#pragma once

#include "core/person.h"
#include "core/result.h"
#include "core/time.h"
#include "storage/backup.h"

#include <cstdint>
#include <string>

namespace facelatch::storage {

struct ExportOrder {
    std::string dataFolder;
    std::string credentialsDirectory; ///< see loadDeviceKey()
    core::PersonId person;
    std::string about;  ///< a JSON object: name, card, rights, groups, notes, consent
    std::string folder; ///< where the file is to be
    core::WallTime now{};
};

struct Exported {
    std::string file;
    std::int64_t templates = 0, events = 0, pictures = 0;
};

/// Written beside its name and renamed when it is whole. The person's name is in the file's only as far as it is
/// letters and digits, and in no name inside of it. Errors: NotFound, no such person or folder.
core::Result<Exported> exportPerson(const ExportOrder& order, const BackupProgress& progress = {});

/// A name as part of a file name that every file system takes: ASCII letters, digits and dashes, at most 40.
std::string fileNamePart(const std::string& name);

} // namespace facelatch::storage
