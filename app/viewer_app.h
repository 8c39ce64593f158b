// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerApp: facelatch-viewer with a window: desk, window, notifications, sounds and the panel's icon together.
//
// Gui thread.
#pragma once

#include "app/viewer_desk.h"
#include "app/viewer_notifier.h"
#include "app/viewer_tray.h"
#include "app/worker_thread.h"
#include "network/control_socket.h"
#include "ui/sounds.h"
#include "ui/viewer_window.h"

#include <QLocale>
#include <QObject>

#include <memory>

namespace facelatch::app {

class ViewerApp : public QObject {
    Q_OBJECT
public:
    /// `hidden`: no window until it is asked for, where there is a panel's icon to ask.
    ViewerApp(const ViewerPlaces& places, ViewerBook book, bool hidden);
    ~ViewerApp() override;

    /// Answers other starts of the program on the same folder. Errors: AlreadyRunning.
    core::Status listen(const ViewerPlaces& places);
    ViewerDesk& desk() { return m_desk; }
    ui::ViewerWindow& window() { return *m_window; }

private:
    void makeWindow();
    void showWindow();
    void closed();
    void quit();
    void tell(const Notice& notice);
    void open(const Notice& notice);
    void otherwise(const Notice& notice);
    void settingsChanged();
    void updateTray();

    QString m_language; ///< that is installed
    QLocale m_locale;
    ViewerDesk m_desk;
    WorkerThread<ui::Sounds> m_sounds;
    ViewerTray m_tray;
    ViewerNotifier m_notifier;
    bool m_saidNowhere = false;
    std::unique_ptr<ui::ViewerWindow> m_window;
    std::unique_ptr<network::ControlServer> m_server;
};

/// The language of the settings installed, its locale.
QLocale installLanguage(const QString& language);

} // namespace facelatch::app
