// SPDX-License-Identifier: GPL-3.0-or-later
// Making the threads and connecting them.
#include "app/kiosk.h"

#include "app/clock.h"
#include "app/model_files.h"
#include "app/rules.h"

#include <QCoreApplication>

#include <cstdio>

namespace facelatch::app {

namespace {

constexpr core::milliseconds pollEvery{33};

ui::KioskConfig windowConfig(const KioskOptions& options) {
    const core::Settings& settings = options.loaded.settings;
    ui::KioskConfig config;
    config.doorName = QString::fromStdString(settings.text("door.name"));
    config.helpContact = QString::fromStdString(settings.text("door.help_contact"));
    config.locale = options.locale;
    config.mirrored = settings.flag("camera.mirror");
    config.reduceMotion = settings.flag("screen.reduce_motion");
    config.showCursor = settings.flag("screen.show_cursor");
    if (options.demo)
        config.banners.insert(ui::Banner::Demo);
    else if (!realLock(settings))
        config.banners.insert(ui::Banner::SimulatedLock);
    if (settings.text("liveness.policy") == "off")
        config.banners.insert(ui::Banner::LivenessOff);
    return config;
}

} // namespace

Kiosk::Kiosk(KioskOptions options) : m_window(windowConfig(options), m_frames, now) {
    const core::Settings& settings = options.loaded.settings;
    const recognition::ModelRow* embedder = options.models.manifest().find(settings.text("recognition.embedder"));
    if (options.printEvents)
        m_printer = std::make_unique<WorkerThread<EventPrinter>>(QStringLiteral("events"),
                                                                 [] { return std::make_unique<EventPrinter>(); });
    startStorage(options, embedder);
    startDoor(settings, embedder);
    startVision(options);
    startCapture(options);
    m_storage->post([](StorageWorker& storage) { storage.open(); }); // now that there is a door to tell
    const std::string folder = options.loaded.dataFolder;
    m_control = std::make_unique<WorkerThread<ControlWorker>>(QStringLiteral("control"), [this, folder] {
        return std::make_unique<ControlWorker>(
            ControlContext{folder, [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
                               m_storage->post([=](StorageWorker& storage) { storage.run(command, args, reply); });
                           }});
    });
    connect(&m_poll, &QTimer::timeout, this, [this] { updateScreen(); });
    m_poll.start(pollEvery);
}

Kiosk::~Kiosk() {
    m_control->stop();
    if (m_capture)
        m_capture->stop();
    m_frames.close();
    m_vision->stop();
    m_door->stop();
    m_storage->stop();
    if (m_printer)
        m_printer->stop();
}

void Kiosk::updateScreen() {
    const core::VisitorView view = m_view.get();
    m_window.setView(view);
    if (m_screen == view.screen)
        return;
    m_screen = view.screen;
    // What is told is the page that stands on the screen, not the one that was asked for.
    for (const char* page : {"idlePage", "lookingPage", "grantedPage", "refusedPage", "outOfServicePage"}) {
        const auto* widget = m_window.findChild<QWidget*>(QLatin1String(page));
        if (widget != nullptr && widget->isVisible())
            std::fprintf(stderr, "facelatch: the screen shows %s\n", page);
    }
}

void Kiosk::raise(core::Fault fault) {
    m_door->post([fault = std::move(fault)](DoorWorker& door) { door.raise(fault); });
}

void Kiosk::clear(core::FaultCode code) {
    m_door->post([code](DoorWorker& door) { door.clear(code); });
}

void Kiosk::startStorage(KioskOptions& options, const recognition::ModelRow* embedder) {
    auto context = std::make_shared<StorageContext>();
    context->dataFolder = options.loaded.dataFolder;
    context->folder = std::move(options.folder);
    context->settings = options.loaded.settings;
    context->modelId = embedder != nullptr ? embedder->id : std::string();
    context->dimension = embedder != nullptr ? embedder->outputs : 0;
    context->committed = [this](const core::CommittedEvent& event) {
        if (m_printer)
            m_printer->post([event](EventPrinter& printer) { printer.print(event); });
    };
    context->gallery = [this](const std::shared_ptr<const core::Gallery>& gallery) {
        m_door->post([gallery](DoorWorker& door) { door.setGallery(gallery); });
        m_vision->post([gallery](VisionWorker& vision) { vision.setGallery(gallery); });
    };
    context->raise = [this](core::Fault fault) { raise(std::move(fault)); };
    context->clear = [this](core::FaultCode code) { clear(code); };
    context->refused = [](const core::Error& error) {
        const int code = complain("facelatch", error);
        QMetaObject::invokeMethod(QCoreApplication::instance(), [code] { QCoreApplication::exit(code); });
    };
    m_storage = std::make_unique<WorkerThread<StorageWorker>>(
        QStringLiteral("storage"), [context] { return std::make_unique<StorageWorker>(std::move(*context)); });
}

void Kiosk::startDoor(const core::Settings& settings, const recognition::ModelRow* embedder) {
    m_door = std::make_unique<WorkerThread<DoorWorker>>(QStringLiteral("door"), [&, this] {
        return std::make_unique<DoorWorker>(DoorContext{
            settings.text("door.id"), accessRules(settings, embedder), doorTimes(settings),
            hardware::makeDoorLock(lockSettings(settings)), m_observations, m_view,
            [this](core::Decision decision) {
                m_storage->post([decision = std::move(decision)](StorageWorker& storage) { storage.append(decision); });
            },
            installerFacts(settings, embedder)});
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
        return std::make_unique<CaptureWorker>(CaptureContext{*options.camera, m_frames,
                                                              [this](core::Fault fault) { raise(std::move(fault)); },
                                                              [this](core::FaultCode code) { clear(code); }});
    });
}

} // namespace facelatch::app
