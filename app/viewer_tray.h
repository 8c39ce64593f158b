// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerTray: the viewer's icon in the desktop's panel, where there is one.
//
// Gui thread.
#pragma once

#include "app/viewer_notices.h"
#include "ui/viewer_port.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

#include <memory>
#include <optional>
#include <vector>

namespace facelatch::app {

class ViewerTray : public QObject {
    Q_OBJECT
public:
    explicit ViewerTray(QObject* parent = nullptr);

    /// Whether a closed window can be had back from it.
    bool there() const;
    /// The texts anew, after the language changed.
    void retranslate();
    void setDoors(const std::vector<ui::ViewerDoor>& doors);
    /// Whether it could be shown.
    bool tell(const Notice& notice);

Q_SIGNALS:
    void showAsked();
    void quitAsked();
    /// The message that was told last.
    void opened(const facelatch::app::Notice& notice);

private:
    QMenu m_menu;
    QAction* m_show;
    QAction* m_quit;
    QSystemTrayIcon m_icon;
    std::vector<ui::ViewerDoor> m_doors;
    std::optional<Notice> m_last;
};

/// The program's icon.
QIcon viewerIcon(bool attention);

} // namespace facelatch::app
