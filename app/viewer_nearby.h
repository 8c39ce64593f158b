// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerNearby: doors that announce themselves on this network.
//
// Gui thread; it is looked for in a thread of its own, for a daemon that hangs holds up whoever asks it.
#pragma once

#include "app/worker_thread.h"
#include "network/discovery.h"

#include <QObject>

#include <memory>

namespace facelatch::app {

class ViewerNearby : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void search(bool on);
    const QList<network::FoundDoor>& doors() const { return m_doors; }

Q_SIGNALS:
    void changed();

private:
    void show(const QList<network::FoundDoor>& doors);

    QList<network::FoundDoor> m_doors;
    std::unique_ptr<WorkerThread<network::DoorBrowser>> m_thread; ///< while it is searched
};

} // namespace facelatch::app
