// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch: the screen, the camera and the lock of one door.
#include "app/demo.h"
#include "app/kiosk.h"
#include "app/model_files.h"
#include "app/restart.h"
#include "app/rules.h"
#include "app/service_watch.h"
#include "hardware/devices.h"
#include "resources/translator.h"
#include "storage/backup.h"
#include "ui/keyboard_panel.h"

#include <CLI/CLI.hpp>

#include <QApplication>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>

using namespace facelatch;

namespace {

constexpr const char* programName = "facelatch";

volatile std::sig_atomic_t askedToEnd = 0;
void askToEnd(int) {
    askedToEnd = 1;
}

struct Options {
    app::CommonOptions common;
    bool demo = false;
    bool tryOut = false;
    bool events = false;
    bool timings = false;
    std::string demoFaces;
    double exitAfter = 0;
};

/// What a try-out starts, in its order: the configured door, a door with the camera that is there, the demonstration.
core::Status chooseForTryOut(Options& options, app::LoadedSettings& loaded) {
    if (loaded.ownerFileExists)
        return core::Done{};
    if (hardware::listCameras().empty()) {
        options.demo = true;
        return core::Done{};
    }
    return loaded.settings.setText("lock.kind", "simulated", core::SettingOrigin::CommandLine, "--try-out");
}

void show(ui::KioskWindow& window, const std::string& size) {
    const auto cross = size.find('x');
    if (cross == std::string::npos) {
        window.showFullScreen();
        return;
    }
    window.resize(std::stoi(size.substr(0, cross)), std::stoi(size.substr(cross + 1)));
    window.show();
}

int run(QApplication& application, Options& options) {
    app::LoadedSettings loaded = app::loadSettings(options.common);
    for (const core::Error& error : loaded.errors)
        app::complain(programName, error);
    if (!loaded.errors.empty())
        return core::exitCode(core::ErrorKind::Usage);
    if (options.tryOut)
        if (const auto chosen = chooseForTryOut(options, loaded); !chosen)
            return app::complain(programName, chosen.error());

    std::unique_ptr<app::Demo> demo;
    std::optional<storage::DataFolder> folder;
    if (options.demo) {
        std::fprintf(stderr, "facelatch: preparing the demo door: no real lock, liveness off, data thrown away\n");
        auto prepared = app::prepareDemo(loaded, options.demoFaces);
        if (!prepared)
            return app::complain(programName, prepared.error());
        demo = *std::move(prepared);
        folder = std::move(demo->folder);
        std::fprintf(stderr, "facelatch: %d people are enrolled, %d strangers come by; the admin's PIN is %s\n",
                     demo->known, demo->strangers, app::demoAdminPin);
    } else {
        auto claimed = storage::DataFolder::claim(loaded.dataFolder);
        if (claimed)
            folder.emplace(*std::move(claimed));
        // Restored settings are read as if they had always been there. What fails here is told with the store.
        if (folder && storage::restoreIsReady(loaded.dataFolder)) {
            if (const auto aside = storage::finishRestore(*folder); aside) {
                std::fprintf(stderr, "facelatch: a backup was restored. What was there is kept in %s\n",
                             aside->c_str());
                folder.reset();
                return run(application, options);
            }
        } else if (!claimed && claimed.error().kind == core::ErrorKind::AlreadyRunning)
            return app::complain(programName, claimed.error());
    }

    auto models = app::openModels(loaded.settings, loaded.dataFolder);
    if (!models)
        return app::complain(programName, models.error());
    const QLocale locale =
        resources::installTranslator(application, QString::fromStdString(loaded.settings.text("door.language")));
    auto camera = demo ? core::Result<hardware::CameraSettings>(demo->camera) : app::cameraSettings(loaded.settings);
    app::Kiosk kiosk({loaded, std::move(folder), std::move(camera), *std::move(models), locale, options.demo,
                      options.events, options.timings});
    show(kiosk.window(), loaded.settings.text("screen.window"));
    const app::ServiceWatch watch([&kiosk](app::ServiceWatch::Home home) { kiosk.askRound(std::move(home)); });

    QTimer end;
    QObject::connect(&end, &QTimer::timeout, &application, [] {
        if (askedToEnd != 0)
            QCoreApplication::quit();
    });
    end.start(100);
    if (options.exitAfter > 0)
        QTimer::singleShot(std::chrono::milliseconds(static_cast<qint64>(options.exitAfter * 1000)), &application,
                           &QCoreApplication::quit);
    return QApplication::exec();
}

int inQt(int argc, char** argv, Options& options) {
    ui::KeyboardPanel::prepare(); // an input method is chosen when the application is made
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // Qt takes the system's: files and JSON have points wherever the door stands
    QApplication::setApplicationName(QStringLiteral("facelatch"));
    return run(application, options);
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App program("The Facelatch door: recognises faces and releases the lock.", programName);
    program.set_version_flag("--version", "facelatch " FACELATCH_VERSION);
    app::addCommonOptions(program, options.common);
    auto* demo =
        program.add_flag("--demo", options.demo, "The demo door: replayed faces, no real lock, throw-away data");
    program.add_option("--demo-faces", options.demoFaces, "Folder with one folder of photographs a person")
        ->type_name("DIR")
        ->needs(demo);
    program.add_flag("--try-out", options.tryOut,
                     "Without settings: a simulated lock when there is a camera, else the demo door");
    program.add_flag("--events", options.events, "Each event as a JSON line on the standard output");
    program.add_flag(
        "--timings", options.timings,
        "When pictures changed and the lock was released, on the standard error (for facelatch-ctl bench)");
    program.add_option("--exit-after", options.exitAfter, "Ends after so long")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.0, 1e7));
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : core::exitCode(core::ErrorKind::Usage);
    }
    std::signal(SIGINT, askToEnd);
    std::signal(SIGTERM, askToEnd);
    std::signal(SIGPIPE, SIG_IGN);                  // a reader of the events that goes away must not end the door
    ::setenv("LIBCAMERA_LOG_LEVELS", "*:ERROR", 0); // else it tells its version at each look for cameras
    const app::CommandLine commandLine(argc, argv); // before Qt takes its own away
    const int code = inQt(argc, argv, options);
    return code == app::restartCode ? commandLine.startAgain() : code;
}
