// SPDX-License-Identifier: GPL-3.0-or-later
// Doors nearby.
#include "app/viewer_nearby.h"

namespace facelatch::app {

using network::DoorBrowser;

void ViewerNearby::search(bool on) {
    if (on == (m_thread != nullptr))
        return;
    if (!on) {
        m_thread.reset();
        show({});
        return;
    }
    m_thread = std::make_unique<WorkerThread<DoorBrowser>>(QStringLiteral("nearby"), [this] {
        auto browser = std::make_unique<DoorBrowser>();
        DoorBrowser* const seen = browser.get();
        const auto told = [this, seen] {
            QMetaObject::invokeMethod(
                this,
                [this, doors = seen->doors()] {
                    if (m_thread)
                        show(doors);
                },
                Qt::QueuedConnection);
        };
        QObject::connect(seen, &DoorBrowser::found, seen, told);
        QObject::connect(seen, &DoorBrowser::lost, seen, told);
        browser->start();
        return browser;
    });
}

void ViewerNearby::show(const QList<network::FoundDoor>& doors) {
    if (doors == m_doors)
        return;
    m_doors = doors;
    Q_EMIT changed();
}

} // namespace facelatch::app
