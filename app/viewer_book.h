// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerBook: the doors a viewer is paired with, and its settings, in one file.
#pragma once

#include "app/viewer_places.h"
#include "core/principal.h"
#include "core/result.h"
#include "core/time.h"
#include "network/push_client.h"
#include "ui/viewer_port.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace facelatch::app {

/// Its key stands in a file of its own (ViewerPlaces::key).
struct BookDoor {
    QString id;      ///< ours, for as long as the door is paired, also anew
    QString door;    ///< the door's own id; two doors may have the same
    QString name;    ///< as the door calls itself
    QString ownName; ///< what the owner of this viewer calls it; empty: its own name
    QStringList hosts;
    std::uint16_t port = 0;
    QByteArray pin;
    QString viewer; ///< what the door knows this viewer by
    core::Role role = core::Role::Viewer;
    QStringList may;
    std::optional<core::WallTime> lastOnline;

    const QString& shownName() const { return ownName.isEmpty() ? name : ownName; }
    network::PushDoor pushDoor() const { return {hosts, port, door, pin}; }
};

struct ViewerBook {
    std::vector<BookDoor> doors;
    ui::ViewerSettings settings;
    QByteArray window; ///< where it was

    BookDoor* find(const QString& id);
    const BookDoor* find(const QString& id) const;
    /// By its id, its name or the door's own id, as typed. Errors: NotFound; Usage where several fit.
    core::Result<BookDoor> named(const QString& text) const;
};

/// Any thread, one at a time. Others may change the file meanwhile: each change reads it anew, under a lock.
class BookFile {
public:
    explicit BookFile(QString path) : m_path(std::move(path)) {}
    /// An empty one where there is none. Errors: NewerVersion; Failed for a damaged one, which is left as it is.
    core::Result<ViewerBook> load() const;
    /// The book as it is now, after the change; mode 0600, whole or not at all.
    core::Result<ViewerBook> change(const std::function<void(ViewerBook&)>& edit) const;

private:
    core::Status save(const ViewerBook& book) const;
    QString m_path;
};

} // namespace facelatch::app
