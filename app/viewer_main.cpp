// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-viewer: doors seen from afar.
#include "app/complain.h"
#include "app/viewer_app.h"
#include "app/viewer_commands.h"
#include "app/viewer_options.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QTimer>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <sys/stat.h>

using namespace facelatch;

namespace {

volatile std::sig_atomic_t askedToEnd = 0;
void askToEnd(int) {
    askedToEnd = 1;
}

/// Ends the event loop, in order, when a signal asks for it.
void heedSignals(QTimer& look) {
    QObject::connect(&look, &QTimer::timeout, [] {
        if (askedToEnd != 0)
            QCoreApplication::quit();
    });
    look.start(100);
}

int runWindow(const app::ViewerPlaces& places, const app::ViewerOptions& options) {
    if (auto made = app::makePlaces(places); !made)
        return app::complain(app::viewerName, made.error());
    constexpr std::chrono::milliseconds answer{3000};
    const auto shown = network::controlRequest(places.socket().toStdString(),
                                               network::makeControlRequest(QStringLiteral("viewer.show")), answer);
    if (shown)
        return app::complain(
            app::viewerName,
            {core::ErrorKind::AlreadyRunning, "it runs already, its window is shown", places.data.toStdString(), {}});
    auto book = app::BookFile(places.book()).load();
    if (!book)
        return app::complain(app::viewerName, book.error());
    app::ViewerApp viewer(places, *std::move(book), options.hidden);
    if (auto listening = viewer.listen(places); !listening)
        return app::complain(app::viewerName, listening.error());
    if (options.exitAfter > 0)
        QTimer::singleShot(std::chrono::milliseconds(static_cast<qint64>(options.exitAfter * 1000)), &viewer,
                           &QCoreApplication::quit);
    return QApplication::exec();
}

template<typename Application>
int inQt(int argc, char** argv, const app::ViewerOptions& options) {
    Application application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // Qt takes the system's: files and JSON have points wherever the viewer runs
    QCoreApplication::setApplicationName(QStringLiteral("facelatch-viewer"));
    QTimer look;
    heedSignals(look);
    const app::ViewerPlaces places = app::viewerPlaces(options.dataFolder);
    if (options.withoutWindow())
        return app::runViewerCommand(places, options);
    return runWindow(places, options);
}

} // namespace

int main(int argc, char** argv) {
    app::ViewerOptions options;
    CLI::App program("Sees doors of Facelatch from afar: who came, who rings, and opens them.", app::viewerName);
    program.set_version_flag("--version", "facelatch-viewer " FACELATCH_VERSION);
    app::addViewerOptions(program, options);
    try {
        program.parse(argc, argv);
        if (!options.lockdown.empty() && options.door.empty())
            throw CLI::RequiredError("DOOR: --lockdown on|off DOOR");
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : core::exitCode(core::ErrorKind::Usage);
    }
    ::umask(0077); // nothing it makes is for others
    std::signal(SIGINT, askToEnd);
    std::signal(SIGTERM, askToEnd);
    std::signal(SIGPIPE, SIG_IGN); // a reader of the events that goes away is no crash
    if (options.withoutWindow())
        return inQt<QCoreApplication>(argc, argv, options);
    return inQt<QApplication>(argc, argv, options);
}
