// SPDX-License-Identifier: GPL-3.0-or-later
// Making the threads and connecting them.
#include "app/kiosk.h"

#include "app/clock.h"
#include "app/door_cases.h"
#include "app/model_files.h"
#include "app/rules.h"
#include "app/screen_rules.h"
#include "app/settings_desk.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace facelatch::app {

namespace {

constexpr core::milliseconds pollEvery{33};
/// The alarm stands within 5 s, and no healthy disk takes so long.
constexpr core::milliseconds diskPatience{2500};
/// A loop that waits a tenth of a second for a frame has not come round for so long: the camera's driver hangs.
constexpr core::milliseconds cameraPatience{2500};
constexpr core::milliseconds themeEvery{1000};

/// Viewers are the admin's affair, and a certificate may be ending for a month.
bool keepsAwake(const core::Fault& fault) {
    return fault.code != core::FaultCode::PushOff && fault.code != core::FaultCode::CertificateEnds;
}

} // namespace

Kiosk::Kiosk(KioskOptions options)
    : m_window(windowConfig(options.loaded.settings, options.locale, options.demo), m_frames, now),
      m_doctorPage(m_window, servicePage(options.loaded.settings), [] { return now().mono; }),
      m_sounds(soundRules(options.loaded.settings)),
      m_commands(m_pins, [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
          m_storage->post([=](StorageWorker& storage) { storage.run(command, args, reply); });
      }) {
    const core::Settings& settings = options.loaded.settings;
    const recognition::ModelRow* embedder = options.models.manifest().find(settings.text("recognition.embedder"));
    if (options.printEvents)
        m_printer = std::make_unique<WorkerThread<EventPrinter>>(QStringLiteral("events"),
                                                                 [] { return std::make_unique<EventPrinter>(); });
    if (options.printTimings)
        m_timings = std::make_unique<Timings>(m_window.findChild<QObject*>(QStringLiteral("viewfinder")));
    startStorage(options, embedder);
    m_backups = std::make_unique<BackupDesk>(backupContext(options.loaded, m_commands));
    m_backups->serve(m_commands);
    m_commands.serve(
        QStringLiteral("sound.test"), [this](const QString&, const QJsonObject&, const CommandReply& reply) {
            m_sounds.test([reply](bool playing, const QString& device) {
                reply(QJsonObject{{QStringLiteral("playing"), playing}, {QStringLiteral("device"), device}});
            });
        });
    serveSettings(m_commands, {options.loaded,
                               [this](std::function<void(StorageWorker&)> work) { m_storage->post(std::move(work)); },
                               [this](std::function<void(DoctorWorker&)> work) { m_doctor->post(std::move(work)); },
                               [this](const QString& what) { m_desk->tell(what); }});
    serveDoor(m_commands, settings.text("door.id"),
              [this](std::function<void(DoorWorker&)> work) { m_door->post(std::move(work)); });
    startDoor(settings, embedder);
    startVision(options);
    startCapture(options);
    startEnrolment(options, embedder);
    startAdmin(options);
    startPush(options);
    m_storage->post([](StorageWorker& storage) { storage.open(); }); // now that there is a door to tell
    m_desk->dataOpened();                                            // or not, which it learns then
    m_admin = std::make_unique<AdminScreens>(m_window, *m_desk, m_frames, settings, options.locale);
    startDoctor(options);
    startLog(options, embedder);
    startRest(options);
    connect(&m_doctorPage, &ui::DoctorPage::wanted, this, [this] {
        if (!std::exchange(m_examining, true))
            m_doctor->post([](DoctorWorker& doctor) { doctor.examine(); });
    });
    const std::string folder = options.loaded.dataFolder;
    m_control = std::make_unique<WorkerThread<ControlWorker>>(QStringLiteral("control"), [this, folder] {
        return std::make_unique<ControlWorker>(
            ControlContext{folder,
                           [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
                               m_commands.run(command, args, reply);
                           },
                           [this](const CommandReply& reply) {
                               m_doctor->post([reply](DoctorWorker& doctor) { doctor.tellLive(reply); });
                           }});
    });
    connect(&m_window, &ui::KioskWindow::keyPressed, this, [this] { m_sounds.keyPressed(toLocal(now().wall)); });
    m_since = now().mono;
    connect(&m_poll, &QTimer::timeout, this, [this] {
        updateScreen();
        watchStorage();
        watchCamera();
    });
    m_poll.start(pollEvery);
    if (settings.text("screen.theme") == "schedule") {
        connect(&m_themeClock, &QTimer::timeout, this,
                [this, settings] { m_window.setTheme(screenTheme(settings, toLocal(now().wall))); });
        m_themeClock.start(themeEvery);
    }
}

Kiosk::~Kiosk() {
    m_ending = true;
    m_control->stop();
    stopPush();
    m_doctor->stop();
    m_log->stop();
    m_pins.stop();
    m_backups->stop();
    m_enrolment->stop();
    if (m_capture)
        m_capture->stop();
    m_frames.close();
    m_vision->stop();
    m_door->stop();
    m_storage->stop();
    if (m_printer)
        m_printer->stop();
}

void Kiosk::askRound(std::function<void()> home) {
    m_door->post([this, home = std::move(home)](DoorWorker&) { m_vision->post([home](VisionWorker&) { home(); }); });
}

void Kiosk::updateScreen() {
    const core::VisitorView view = m_view.get();
    m_window.setView(view);
    m_admin->present(view);
    m_rest->setBusy(view.screen != core::Screen::Idle || std::ranges::any_of(view.faults, keepsAwake) ||
                    m_admin->isOpen());
    if (m_screen == view.screen)
        return;
    m_screen = view.screen;
    m_sounds.screenIs(view.screen, toLocal(now().wall));
    // What is told is the page that stands on the screen, not the one that was asked for.
    for (const char* page : {"idlePage", "lookingPage", "grantedPage", "refusedPage", "outOfServicePage", "pinPage"}) {
        const auto* widget = m_window.findChild<QWidget*>(QLatin1String(page));
        if (widget != nullptr && widget->isVisible())
            std::fprintf(stderr, "facelatch: the screen shows %s\n", page);
    }
}

/// A storage thread that waits for a disk which does not answer can say nothing itself.
void Kiosk::watchStorage() {
    const core::MonoTime at = now().mono;
    const auto overdue = m_waiting.overdue(at, diskPatience);
    for (const core::CommittedEvent& event : overdue)
        announce(event);
    const auto watch = [&](bool hangs, bool& told, core::Fault fault) {
        if (hangs && !told)
            raise(std::move(fault));
        if (!hangs && told)
            clear(fault.code);
        told = hangs;
    };
    static constexpr const char* silent = "the disk has not answered for some seconds. Look for disk errors in dmesg";
    watch(!overdue.empty() || (m_logHangs && m_waiting.size() > 0), m_logHangs,
          {core::FaultCode::LogNotWritable, silent});
    watch(!m_peopleKnown && at - m_since > diskPatience, m_openingHangs, {core::FaultCode::DataUnreadable, silent});
}

void Kiosk::watchCamera() {
    if (!m_capture)
        return;
    const bool hangs = now().mono - m_cameraTurn.get() > cameraPatience;
    if (hangs && !m_cameraHangs)
        raise(
            {core::FaultCode::NoCamera, "the camera's driver does not answer. Unplug the camera and plug it in again"});
    if (!hangs && m_cameraHangs)
        m_capture->post([](CaptureWorker& capture) { capture.cameBack(); });
    m_cameraHangs = hangs;
}

void Kiosk::announce(const core::CommittedEvent& event) {
    if (m_printer)
        m_printer->post([event](EventPrinter& printer) { printer.print(event); });
    m_push->post([event](PushWorker& push) { push.committed(event); });
}

void Kiosk::raise(core::Fault fault) {
    m_door->post([fault = std::move(fault)](DoorWorker& door) { door.raise(fault); });
}

void Kiosk::clear(core::FaultCode code) {
    m_door->post([code](DoorWorker& door) { door.clear(code); });
}

void Kiosk::startStorage(KioskOptions& options, const recognition::ModelRow* embedder) {
    const auto gallery = [this](const std::shared_ptr<const core::Gallery>& people) {
        m_peopleKnown = true;
        m_people.put(people);
        m_door->post([people](DoorWorker& door) { door.setGallery(people); });
        m_vision->post([people](VisionWorker& vision) { vision.setGallery(people); });
    };
    const auto access = [this](const std::shared_ptr<const core::AccessConfig>& rules) {
        m_door->post([rules](DoorWorker& door) { door.setAccess(rules); });
    };
    const auto refused = [](const core::Error& error) {
        const int code = complain("facelatch", error);
        QMetaObject::invokeMethod(QCoreApplication::instance(), [code] { QCoreApplication::exit(code); });
    };
    const auto committed = [this](const core::CommittedEvent& event) {
        announce(event);
        m_desk->tell(QStringLiteral("log"));
    };
    const std::shared_ptr<StorageContext> context(new StorageContext{
        options.loaded.dataFolder, std::move(options.folder), options.loaded.settings,
        embedder != nullptr ? embedder->id : std::string(), embedder != nullptr ? embedder->outputs : 0, m_waiting,
        committed, gallery, access, [this](core::Fault fault) { raise(std::move(fault)); },
        [this](core::FaultCode code) { clear(code); }, refused,
        [this](const std::shared_ptr<const storage::PinHasher>& hasher) {
            m_pins.post([hasher](PinWorker& pins) { pins.setHasher(hasher); });
            m_desk->dataOpened();
            m_push->post([](PushWorker& push) { push.dataOpened(); });
        },
        [this](const std::shared_ptr<const core::PinBook>& pins) {
            m_door->post([pins](DoorWorker& door) { door.setPins(pins); });
        },
        [this](const std::map<std::string, core::Lockout::Row>& lockouts) {
            m_door->post([lockouts](DoorWorker& door) { door.restoreLockouts(lockouts); });
        },
        [this](const QString& what) { m_desk->tell(what); },
        [this](const core::DoorModeState& mode) { m_door->post([mode](DoorWorker& door) { door.setMode(mode); }); }});
    m_storage = std::make_unique<WorkerThread<StorageWorker>>(
        QStringLiteral("storage"), [context] { return std::make_unique<StorageWorker>(std::move(*context)); });
}

void Kiosk::startDoor(const core::Settings& settings, const recognition::ModelRow* embedder) {
    m_door = std::make_unique<WorkerThread<DoorWorker>>(QStringLiteral("door"), [&, this] {
        return std::make_unique<DoorWorker>(DoorContext{
            settings.text("door.id"), accessRules(settings, embedder), doorTimes(settings),
            hardware::makeDoorLock(lockSettings(settings)), m_observations, m_view,
            [this](core::Decision decision) {
                if (m_timings && decision.releases)
                    Timings::released(now().mono);
                if (const auto lost = m_waiting.push(std::move(decision), now().mono); lost > 0)
                    std::fprintf(stderr, "facelatch: %llu events are lost: no room is left to keep them in memory\n",
                                 static_cast<unsigned long long>(lost));
                m_storage->post([](StorageWorker& storage) { storage.write(); });
            },
            installerFacts(settings, embedder),
            [this](const std::string& name, const core::Lockout::Row& row) {
                m_storage->post([name, row](StorageWorker& storage) { storage.keepLockout(name, row); });
            },
            [this](const core::DoorModeState& mode, const std::function<void(core::Status)>& kept) {
                m_storage->post([mode, kept](StorageWorker& storage) { storage.keepMode(mode, kept); });
            },
            [this](const core::DoorModeState& mode) {
                m_push->post([mode](PushWorker& push) { push.modeIs(mode); });
            }});
    });
}

void Kiosk::startVision(const KioskOptions& options) {
    m_vision = std::make_unique<WorkerThread<VisionWorker>>(QStringLiteral("vision"), [&, this] {
        return std::make_unique<VisionWorker>(VisionContext{
            pipelineSettings(options.loaded.settings), options.models, m_frames,
            [this](core::Observation observation) {
                if (m_observations.push(std::move(observation)))
                    m_door->post([](DoorWorker& door) { door.observe(); });
            },
            [this](core::Fault fault) { raise(std::move(fault)); }, [this](core::FaultCode code) { clear(code); },
            options.loaded.settings.flag("screen.installer_overlay")});
    });
}

void Kiosk::startCapture(const KioskOptions& options) {
    if (!options.camera) {
        raise({core::FaultCode::NoCamera, options.camera.error().text()});
        return;
    }
    if (auto fault = sourceFault(options.loaded.settings, *options.camera))
        raise(*std::move(fault));
    m_capture = std::make_unique<WorkerThread<CaptureWorker>>(QStringLiteral("capture"), [&, this] {
        return std::make_unique<CaptureWorker>(CaptureContext{
            *options.camera, m_frames, m_cameraTurn, [this](core::Fault fault) { raise(std::move(fault)); },
            [this](core::FaultCode code) { clear(code); }, options.makeSource,
            [this](const core::Frame& frame) {
                if (m_timings)
                    m_timings->captured(frame);
            }});
    });
}

} // namespace facelatch::app
