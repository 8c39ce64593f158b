// SPDX-License-Identifier: GPL-3.0-or-later
// The panel's icon.
#include "app/viewer_tray.h"

#include "resources/tokens.h"
#include "ui/icon.h"
#include "ui/notice_words.h"

#include <QAction>

#include <algorithm>

namespace facelatch::app {

using ui::NoticeWords;

namespace {

constexpr std::array iconSizes{16, 22, 24, 32, 48, 64};

bool needsAttention(const ui::ViewerDoor& door) {
    return door.connection == ui::Connection::Stopped || !door.faults.empty() || door.lockedDown;
}

} // namespace

QIcon viewerIcon(bool attention) {
    QIcon icon;
    ui::Style style;
    for (const int size : iconSizes)
        icon.addPixmap(
            ui::iconPixmap(attention ? ui::Icon::Warning : ui::Icon::Lock, size,
                           style.colour(attention ? &resources::Palette::alarm : &resources::Palette::accent), 1));
    return icon;
}

ViewerTray::ViewerTray(QObject* parent)
    : QObject(parent),
      m_show(m_menu.addAction(QString())),
      m_quit(m_menu.addAction(QString())),
      m_icon(viewerIcon(false)) {
    connect(m_show, &QAction::triggered, this, &ViewerTray::showAsked);
    connect(m_quit, &QAction::triggered, this, &ViewerTray::quitAsked);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason != QSystemTrayIcon::Context)
            Q_EMIT showAsked();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, [this] {
        if (m_last)
            Q_EMIT opened(Notice(*m_last));
    });
    m_icon.setContextMenu(&m_menu);
    retranslate();
    m_icon.show();
}

bool ViewerTray::there() const {
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void ViewerTray::retranslate() {
    m_show->setText(NoticeWords::trayShow());
    m_quit->setText(NoticeWords::trayQuit());
    setDoors(m_doors);
}

void ViewerTray::setDoors(const std::vector<ui::ViewerDoor>& doors) {
    m_doors = doors;
    const auto online = std::ranges::count(doors, ui::Connection::Online, &ui::ViewerDoor::connection);
    m_icon.setIcon(viewerIcon(std::ranges::any_of(doors, needsAttention)));
    m_icon.setToolTip(QStringLiteral("Facelatch\n") +
                      NoticeWords::trayState(static_cast<int>(online), static_cast<int>(doors.size())));
}

bool ViewerTray::tell(const Notice& notice) {
    if (!there() || !QSystemTrayIcon::supportsMessages())
        return false;
    m_last = notice;
    const auto kind = notice.kind == ui::NoticeKind::Alarm ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information;
    if (notice.picture.isNull())
        m_icon.showMessage(notice.title, notice.text, kind);
    else
        m_icon.showMessage(notice.title, notice.text, QIcon(QPixmap::fromImage(notice.picture)));
    return true;
}

} // namespace facelatch::app
