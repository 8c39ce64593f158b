// SPDX-License-Identifier: GPL-3.0-or-later
// Pairing, listing, forgetting, opening.
#include "app/viewer_commands.h"

#include "app/complain.h"
#include "app/viewer_book.h"
#include "app/viewer_events.h"
#include "app/viewer_pairing.h"
#include "app/viewer_wire.h"
#include "network/control_socket.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>
#include <optional>

namespace facelatch::app {

using core::Error;
using core::ErrorKind;
using network::PushClient;

namespace {

constexpr std::chrono::milliseconds askRunning{5000};
/// Until a door that takes the connection must have done what was asked.
constexpr std::chrono::seconds actWithin{20};

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// Ends the event loop with that code.
void endWith(int code) {
    QCoreApplication::exit(code);
}

void limitTime(const ViewerOptions& options) {
    if (options.exitAfter > 0)
        QTimer::singleShot(
            std::chrono::milliseconds(static_cast<qint64>(options.exitAfter * 1000)), QCoreApplication::instance(), [] {
                endWith(complain(viewerName,
                                 {ErrorKind::OutOfService, "the door did not answer in the time given", {}, {}}));
            });
}

int pair(const ViewerPlaces& places, const ViewerOptions& options) {
    ViewerPairing pairing;
    const auto refused = [](ui::Trouble trouble) { endWith(complain(viewerName, troubleError(trouble, {}))); };
    const auto paired = [&](ui::Trouble trouble, const std::optional<PairedDoor>& door) {
        if (!door) {
            refused(trouble);
            return;
        }
        const auto kept = keepPaired(places, *door);
        if (!kept) {
            endWith(complain(viewerName, kept.error()));
            return;
        }
        const auto role = core::roleCode(kept->role);
        std::printf("Paired with %s as %.*s. Its id here is %s\n", qPrintable(kept->shownName()),
                    static_cast<int>(role.size()), role.data(), qPrintable(kept->id));
        endWith(0);
    };
    ui::PairRequest request;
    request.link = text(options.pairLink);
    request.name = text(options.name);
    pairing.begin(request, [&](ui::Trouble trouble, const ui::PairCheck&) {
        if (trouble != ui::Trouble::None)
            refused(trouble);
        else
            pairing.finish(paired);
    });
    limitTime(options);
    const int code = QCoreApplication::exec();
    if (code == 0)
        tellRunningViewer(places);
    return code;
}

int list(const ViewerBook& book) {
    if (book.doors.empty())
        std::printf("No door is paired. Open \"Pair a viewer\" at the door, then: facelatch-viewer --pair LINK\n");
    for (const BookDoor& door : book.doors) {
        const auto role = core::roleCode(door.role);
        std::printf("%s  %-24s %-10.*s %s:%d\n", qPrintable(door.id), qPrintable(door.shownName()),
                    static_cast<int>(role.size()), role.data(), qPrintable(door.hosts.value(0)), door.port);
    }
    return 0;
}

int forget(const ViewerPlaces& places, const BookDoor& door) {
    const auto forgotten = forgetPaired(places, door.id);
    tellRunningViewer(places);
    if (!forgotten)
        return complain(viewerName, forgotten.error());
    std::printf("%s is forgotten here. At the door it is still in the list of viewers until it is revoked there.\n",
                qPrintable(door.shownName()));
    return 0;
}

/// Once online: the action, and its answer.
int act(const ViewerPlaces& places, const BookDoor& door, const QString& action, const ViewerOptions& options) {
    auto key = network::Ed25519Key::load(places.key(door.id).toStdString());
    if (!key)
        return complain(viewerName, key.error());
    PushClient client(door.pushDoor(), *key);
    const auto fail = [](const Error& error) { endWith(complain(viewerName, error)); };
    bool asked = false;
    QObject::connect(&client, &PushClient::stateChanged, &client,
                     [&](PushClient::State state, PushClient::Trouble trouble) {
                         if (state == PushClient::State::Stopped || state == PushClient::State::Waiting)
                             fail(troubleError(troubleOf(trouble), door.shownName()));
                         if (state != PushClient::State::Online || std::exchange(asked, true))
                             return;
                         client.act(action, text(options.reason),
                                    [&fail](const core::Result<QJsonObject>& answer, const QByteArray&) {
                                        if (!answer) {
                                            fail(answer.error());
                                            return;
                                        }
                                        std::printf("Done.\n");
                                        endWith(0);
                                    });
                     });
    limitTime(options);
    QTimer::singleShot(actWithin, &client, [&] { fail(troubleError(ui::Trouble::NoAnswer, door.shownName())); });
    client.start(door.viewer);
    return QCoreApplication::exec();
}

} // namespace

void tellRunningViewer(const ViewerPlaces& places) {
    static_cast<void>(network::controlRequest(
        places.socket().toStdString(), network::makeControlRequest(QStringLiteral("viewer.reload")), askRunning));
}

int runViewerCommand(const ViewerPlaces& places, const ViewerOptions& options) {
    if (auto made = makePlaces(places); !made)
        return complain(viewerName, made.error());
    const auto book = BookFile(places.book()).load();
    if (!book)
        return complain(viewerName, book.error());
    if (!options.pairLink.empty())
        return pair(places, options);
    if (options.list)
        return list(*book);
    if (options.events)
        return printEvents(places, *book, options);
    const std::string& named = !options.forgetDoor.empty()   ? options.forgetDoor
                               : !options.unlockDoor.empty() ? options.unlockDoor
                                                             : options.door;
    const auto door = book->named(text(named));
    if (!door)
        return complain(viewerName, door.error());
    if (!options.forgetDoor.empty())
        return forget(places, *door);
    if (!options.unlockDoor.empty())
        return act(places, *door, QStringLiteral("unlock"), options);
    return act(places, *door, QStringLiteral("lockdown_") + text(options.lockdown), options);
}

} // namespace facelatch::app
