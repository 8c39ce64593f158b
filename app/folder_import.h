// SPDX-License-Identifier: GPL-3.0-or-later
// FolderImport: many people enrolled from photographs, one folder a person, with a report of what was refused and why.
#pragma once

#include "app/face_folders.h"
#include "app/storage_worker.h"
#include "core/gallery.h"
#include "recognition/enroller.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace facelatch::app {

class FolderImport;

struct ImportContext {
    recognition::PipelineSettings settings;
    recognition::ModelStore models;
    std::function<std::shared_ptr<const core::Gallery>()> gallery;
    std::function<void(QString command, QJsonObject args, CommandReply reply)> runInStorage;
    /// Queues work into the thread of the import; dropped when the import is gone.
    std::function<void(std::function<void(FolderImport&)>)> post;
    std::string by; ///< for the audit
};

/// One thread. Works one person at a time, by work that it posts to itself: questions are answered in between.
class FolderImport {
public:
    /// A folder of folders; begins at once. Errors: it cannot be read, holds no folder with pictures, or more than
    /// 2000; a network is missing.
    static core::Result<std::unique_ptr<FolderImport>> create(ImportContext context, const std::string& folder);

    bool running() const { return m_running; }
    /// {running, cancelled, folder, done, total, current, added, refused, people: [{name, outcome, id, accepted,
    /// pictures: [{file, refusal, text}], why}]}: `people` are those worked on so far; outcome is "added", "refused" or
    /// "failed"; only refused pictures are listed.
    QJsonObject state() const;
    /// Ends after the person who is being worked on; whoever was added stays.
    void cancel();

private:
    FolderImport(ImportContext context, std::string folder, std::vector<PersonFolder> people,
                 std::unique_ptr<recognition::Enroller> enroller);
    void next();
    void add(const PersonFolder& person, const std::vector<recognition::EnrolmentOutcome>& outcomes);
    void note(QJsonObject person, const char* outcome, const std::string& why);
    bool addedBefore(const std::vector<recognition::EnrolmentOutcome>& outcomes, std::string& name) const;

    struct Added {
        std::string name;
        std::vector<float> face; ///< mean, of length 1
    };

    ImportContext m_context;
    std::string m_folder;
    std::vector<PersonFolder> m_people;
    std::unique_ptr<recognition::Enroller> m_enroller; ///< null when all is done
    std::vector<Added> m_added;                        ///< by this import: the gallery may not know them yet
    QJsonArray m_report;
    std::size_t m_next = 0;
    int m_refused = 0;
    bool m_running = true, m_cancelled = false;
};

} // namespace facelatch::app
