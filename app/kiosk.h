// SPDX-License-Identifier: GPL-3.0-or-later
// Kiosk: the composition of a door. Owns all threads and the four connections out of a decision.
#pragma once

#include "app/admin_desk.h"
#include "app/admin_screens.h"
#include "app/backup_desk.h"
#include "app/capture_worker.h"
#include "app/command_line.h"
#include "app/command_router.h"
#include "app/control_worker.h"
#include "app/doctor_worker.h"
#include "app/door_pins.h"
#include "app/door_sounds.h"
#include "app/door_worker.h"
#include "app/enrol_worker.h"
#include "app/event_printer.h"
#include "app/inbox.h"
#include "app/live_worker.h"
#include "app/log_worker.h"
#include "app/push_reader.h"
#include "app/push_worker.h"
#include "app/storage_worker.h"
#include "app/timings.h"
#include "app/vision_worker.h"
#include "app/worker_thread.h"
#include "core/latest_frame.h"
#include "ui/doctor_page.h"
#include "ui/kiosk_window.h"
#include "ui/rest_screen.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace facelatch::app {

struct KioskOptions {
    LoadedSettings loaded;
    std::optional<storage::DataFolder> folder; ///< claimed already; else the storage thread goes on trying
    core::Result<hardware::CameraSettings> camera;
    recognition::ModelStore models;
    QLocale locale;
    bool demo = false;
    bool printEvents = false;
    bool printTimings = false;
    FrameSourceMaker makeSource = hardware::makeFrameSource;
};

/// Gui thread. The destructor ends the threads in the order in which work flows, so that what was decided is committed.
class Kiosk : public QObject {
    Q_OBJECT
public:
    explicit Kiosk(KioskOptions options);
    ~Kiosk() override;

    ui::KioskWindow& window() { return m_window; }
    /// What the admin's screens ask.
    ui::AdminPort& port() { return *m_desk; }
    /// Sends a question through the door's and the vision's thread; `home` is called in the last one. Not the
    /// storage's: it may wait for a slow disk, with which the door goes on deciding, and a restart would lose the
    /// events that wait.
    void askRound(std::function<void()> home);

private:
    void startStorage(KioskOptions& options, const recognition::ModelRow* embedder);
    void startDoor(const core::Settings& settings, const recognition::ModelRow* embedder);
    void startVision(const KioskOptions& options);
    void startCapture(const KioskOptions& options);
    void startAdmin(const KioskOptions& options);
    void startDoctor(const KioskOptions& options);
    void startEnrolment(const KioskOptions& options, const recognition::ModelRow* embedder);
    void startLog(const KioskOptions& options, const recognition::ModelRow* embedder);
    void startRest(const KioskOptions& options);
    void startPush(const KioskOptions& options);
    PushContext pushContext(const KioskOptions& options);
    void stopPush();
    void showBell(const BellState& bell);
    void updateScreen();
    void watchStorage();
    void watchCamera();
    void announce(const core::CommittedEvent& event);
    void raise(core::Fault fault);
    void clear(core::FaultCode code);

    core::LatestFrame m_frames;
    Latest<core::VisitorView> m_view;
    Inbox<core::Observation> m_observations{8};
    WaitingEvents m_waiting;
    std::atomic<bool> m_peopleKnown = false; ///< storage has given out a gallery
    Latest<std::shared_ptr<const core::Gallery>> m_people;
    core::MonoTime m_since;
    Latest<core::MonoTime> m_cameraTurn;
    bool m_logHangs = false, m_openingHangs = false, m_cameraHangs = false;
    ui::KioskWindow m_window;
    ui::DoctorPage m_doctorPage;
    ui::RestScreen* m_rest = nullptr; ///< the window's
    bool m_examining = false;         ///< its answer is on the way
    std::optional<core::Screen> m_screen;
    QTimer m_themeClock;
    std::atomic<bool> m_ending{false};
    QTimer m_poll; ///< the screen asks for its view, as it does for its frames: nothing is queued per frame

    WorkerThread<PinWorker> m_pins{QStringLiteral("pins"), [] { return std::make_unique<PinWorker>(); }};
    DoorSounds m_sounds;
    DoorPins m_doorPins{m_window, m_pins,
                        [this](std::function<void(DoorWorker&)> work) { m_door->post(std::move(work)); }};
    CommandRouter m_commands; ///< serve() here what another thread answers
    std::unique_ptr<AdminDesk> m_desk;
    std::unique_ptr<AdminScreens> m_admin;
    std::unique_ptr<Timings> m_timings; ///< only when asked for
    std::unique_ptr<WorkerThread<EventPrinter>> m_printer;
    std::unique_ptr<WorkerThread<StorageWorker>> m_storage;
    std::unique_ptr<BackupDesk> m_backups;
    std::unique_ptr<WorkerThread<DoorWorker>> m_door;
    std::unique_ptr<WorkerThread<VisionWorker>> m_vision;
    std::unique_ptr<WorkerThread<CaptureWorker>> m_capture;
    std::unique_ptr<LogThread> m_log;
    std::unique_ptr<WorkerThread<ControlWorker>> m_control;
    std::unique_ptr<WorkerThread<DoctorWorker>> m_doctor;
    std::unique_ptr<WorkerThread<EnrolWorker>> m_enrolment;
    std::atomic<bool> m_frameWaits{false}; ///< a picture for viewers is on its way to the push thread
    std::unique_ptr<WorkerThread<PushReader>> m_pushLog;
    std::unique_ptr<WorkerThread<LiveWorker>> m_live;
    std::unique_ptr<WorkerThread<network::DoorAnnouncer>> m_announcer;
    std::unique_ptr<WorkerThread<PushWorker>> m_push;
};

} // namespace facelatch::app
