// SPDX-License-Identifier: GPL-3.0-or-later
// The enrolment thread among the others.
#include "app/kiosk.h"
#include "app/model_files.h"
#include "app/rules.h"

namespace facelatch::app {

void Kiosk::startEnrolment(const KioskOptions& options, const recognition::ModelRow* embedder) {
    const EnrolContext context{
        pipelineSettings(options.loaded.settings),
        options.models,
        matchRule(options.loaded.settings, embedder),
        m_frames,
        m_people,
        [this](bool resting) { m_vision->post([resting](VisionWorker& vision) { vision.rest(resting); }); },
        [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
            m_storage->post([=](StorageWorker& storage) { storage.run(command, args, reply); });
        },
        [this](std::function<void(EnrolWorker&)> work) { m_enrolment->post(std::move(work)); }};
    m_enrolment = std::make_unique<WorkerThread<EnrolWorker>>(
        QStringLiteral("enrolment"), [&context] { return std::make_unique<EnrolWorker>(context); });
    for (const QString& prefix : {QStringLiteral("enrol."), QStringLiteral("person.close")})
        m_commands.serve(prefix, [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
            m_enrolment->post([=](EnrolWorker& enrolment) { enrolment.run(command, args, reply); });
        });
}

} // namespace facelatch::app
