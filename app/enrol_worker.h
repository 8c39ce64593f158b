// SPDX-License-Identifier: GPL-3.0-or-later
// EnrolWorker: the enrolment thread. Leads one person through the camera, or reads folders of photographs; what comes
// of it is one command to the storage thread.
#pragma once

#include "app/folder_import.h"
#include "app/inbox.h"
#include "app/storage_worker.h"
#include "core/enrolment_guide.h"
#include "core/latest_frame.h"
#include "core/match_rule.h"
#include "recognition/live_enroller.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace facelatch::app {

class EnrolWorker;

struct EnrolContext {
    recognition::PipelineSettings settings;
    recognition::ModelStore models;
    core::MatchRule rule;
    core::LatestFrame& frames;
    Latest<std::shared_ptr<const core::Gallery>>& gallery; ///< everybody enrolled; null until storage has read them
    /// Recognition for the door rests while somebody is enrolled: nobody is let in or refused meanwhile.
    std::function<void(bool)> doorRests;
    std::function<void(QString command, QJsonObject args, CommandReply reply)> runInStorage;
    /// Queues work into this thread; dropped when it has ended.
    std::function<void(std::function<void(EnrolWorker&)>)> post;
    core::milliseconds lease{20'000};
};

/// Lives, and is called, in the enrolment thread only. Commands, all with JSON objects:
/// enrol.begin {name} or {who: id or name of somebody enrolled} -> state; enrol.state -> state (toJson() of
/// enrol_json.h; {phase: "none"} without an enrolment); enrol.picture {number} -> {jpeg}; enrol.retake {index};
/// enrol.test; enrol.another (AlreadyEnrolled is a mistake); enrol.again (after it stopped);
/// enrol.finish {what person.add takes} -> the person and close: [{id, name, score}]: who is hardly told apart from
/// them; enrol.cancel. enrol.folder.begin {path}, enrol.folder.state, enrol.folder.cancel: see folder_import.h.
/// person.close -> pairs of people who are hardly told apart.
///
/// Whoever begins an enrolment has to go on asking for its state: unasked for 20 s it ends, and the door goes on.
class EnrolWorker : public QObject {
    Q_OBJECT
public:
    explicit EnrolWorker(EnrolContext context);
    ~EnrolWorker() override;

    void run(const QString& command, const QJsonObject& args, const CommandReply& reply);

private:
    struct Session {
        core::EnrolmentGuide guide;
        std::string name;                     ///< of somebody new
        std::optional<core::PersonId> person; ///< who has an entry already
        core::MonoTime asked{};
        std::uint64_t seen = 0;
        bool saving = false;
        std::unique_ptr<recognition::LiveEnroller> live; ///< null while it is loaded
    };

    core::Result<QJsonObject> answer(const QString& command, const QJsonObject& args);
    core::Result<QJsonObject> begin(const QJsonObject& args);
    core::Result<QJsonObject> inSession(const QString& command, const QJsonObject& args);
    core::Result<QJsonObject> picture(const QJsonObject& args) const;
    core::Result<QJsonObject> folder(const QString& command, const QJsonObject& args);
    void finish(const QJsonObject& args, const CommandReply& reply);
    void saved(const core::Result<QJsonObject>& result, const CommandReply& reply);
    core::Result<QJsonObject> templatesOf(const Session& session) const;
    QJsonArray closeTo(const Session& session) const;
    void goOnWith(const std::function<void(FolderImport&)>& work);
    void load();
    void step();
    void end();
    std::shared_ptr<const core::Gallery> gallery() const;

    EnrolContext m_context;
    std::optional<Session> m_session;
    std::unique_ptr<FolderImport> m_import;
    QTimer m_timer;
};

} // namespace facelatch::app
