// SPDX-License-Identifier: GPL-3.0-or-later
// The threads between the door and its viewers.
#include "app/clock.h"
#include "app/kiosk.h"

#include <array>

namespace facelatch::app {

namespace {

/// Of the picture that goes with a ring.
constexpr int ringWidth = 640;

} // namespace

PushContext Kiosk::pushContext(const KioskOptions& options) {
    const core::Settings& settings = options.loaded.settings;
    return {
        settings,
        options.loaded.dataFolder,
        static_cast<std::uint16_t>(settings.integer("push.port")),
        m_view,
        [this](const std::function<void(core::Result<storage::Store*>)>& work) {
            m_storage->post([work](StorageWorker& storage) { storage.with(work); });
        },
        [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
            m_commands.run(command, args, reply);
        },
        [this](const network::PushFollow& follow, int limit, const QString& logId,
               const network::PushReply<network::PushEvents>& reply) {
            m_pushLog->post([=](PushReader& log) { reply(log.events(follow, limit, logId)); });
        },
        [this](const core::PrincipalId& who, const std::function<void(core::RemoteNonce)>& done) {
            m_door->post([who, done](DoorWorker& door) { done(door.remoteNonce(who)); });
        },
        [this](const core::RemoteRequest& request, const std::function<void(core::Status)>& done) {
            m_door->post([request, done](DoorWorker& door) { door.act(request, done); });
        },
        [this](int width, int fps) { m_live->post([width, fps](LiveWorker& live) { live.want(width, fps); }); },
        [this](const std::function<void(QByteArray)>& done) {
            m_live->post([done](const LiveWorker& live) { done(live.picture(ringWidth)); });
        },
        [this](std::function<void(PushWorker&)> work) { m_push->post(std::move(work)); },
        [this](core::Fault fault) { raise(std::move(fault)); },
        [this](core::FaultCode code) { clear(code); },
        [this](const QString& what) { m_desk->tell(what); },
        [this](const BellState& bell) { QMetaObject::invokeMethod(this, [this, bell] { showBell(bell); }); },
        [this](bool watched) { QMetaObject::invokeMethod(this, [this, watched] { m_window.setWatched(watched); }); },
        [this](const std::optional<network::DoorNotice>& notice) {
            m_announcer->post([notice](network::DoorAnnouncer& announcer) {
                if (notice)
                    announcer.announce(*notice);
                else
                    announcer.withdraw();
            });
        },
        now};
}

void Kiosk::startPush(const KioskOptions& options) {
    const std::string folder = options.loaded.dataFolder;
    m_pushLog = std::make_unique<WorkerThread<PushReader>>(QStringLiteral("push-log"),
                                                           [folder] { return std::make_unique<PushReader>(folder); });
    m_announcer = std::make_unique<WorkerThread<network::DoorAnnouncer>>(
        QStringLiteral("announce"), [] { return std::make_unique<network::DoorAnnouncer>(); });
    m_live = std::make_unique<WorkerThread<LiveWorker>>(QStringLiteral("live"), [this] {
        return std::make_unique<LiveWorker>(LiveContext{m_frames, m_view,
                                                        [this](const QJsonObject& header, const QByteArray& jpeg) {
                                                            if (m_frameWaits.exchange(true))
                                                                return; // the network is slower than the camera
                                                            m_push->post([=, this](PushWorker& push) {
                                                                m_frameWaits = false;
                                                                push.frame(header, jpeg);
                                                            });
                                                        },
                                                        now});
    });
    const auto context = std::make_shared<PushContext>(pushContext(options));
    m_push = std::make_unique<WorkerThread<PushWorker>>(
        QStringLiteral("push"), [context] { return std::make_unique<PushWorker>(std::move(*context)); });
    for (const QString& prefix : {QStringLiteral("viewer."), QStringLiteral("tls."), QStringLiteral("ring.")})
        m_commands.serve(prefix, [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
            m_push->post([=](PushWorker& push) { push.run(command, args, reply); });
        });
    connect(&m_window, &ui::KioskWindow::ringPressed, this, [this] {
        m_push->post([](PushWorker& push) { push.run(QStringLiteral("ring.press"), {}, [](const auto&) {}); });
    });
    connect(m_desk.get(), &ui::AdminPort::signedOut, this,
            [this] { m_push->post([](PushWorker& push) { push.adminLeft(); }); });
}

void Kiosk::stopPush() {
    m_push->stop();
    m_announcer->stop();
    m_live->stop();
    m_pushLog->stop();
}

void Kiosk::showBell(const BellState& bell) {
    static constexpr std::array stages{ui::Ring::Stage::None, ui::Ring::Stage::Ready, ui::Ring::Stage::Ringing,
                                       ui::Ring::Stage::Answered, ui::Ring::Stage::Unanswered};
    m_window.setRing({stages[static_cast<std::size_t>(bell.stage)], bell.by});
}

} // namespace facelatch::app
