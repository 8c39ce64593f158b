// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerWindow: the window of facelatch-viewer: doors, timeline, detail.
#pragma once

#include "ui/sheet.h"
#include "ui/viewer_port.h"

#include <QLocale>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

namespace facelatch::ui {

struct ViewerContext {
    ViewerPort& port;
    std::function<core::WallTime()> clock;
    QLocale locale;                  ///< of the language that is installed
    std::optional<Theme> theme = {}; ///< nothing: the desktop's, judged by its palette
    bool motion = true;
};

/// Gui thread. To be shown by whoever makes it; closing it hides it and says so by closed().
class ViewerWindow : public QWidget, public SheetHost {
    Q_OBJECT
public:
    explicit ViewerWindow(const ViewerContext& context, QWidget* parent = nullptr);
    ~ViewerWindow() override;

    /// Geometry, panes and the door that is shown; restoreState() takes nothing from bytes it does not know.
    QByteArray saveState() const;
    void restoreState(const QByteArray& state);
    /// Brings the visit of that event before the eyes: the window is shown and raised. For notifications.
    void showVisit(const QString& door, const core::Uuid7& visit);
    /// Likewise the door alone.
    void showDoor(const QString& door);
    /// The pairing, with a link already pasted if there is one.
    void openPairing(const QString& link = {});
    void openSettings();

    const Style& hostStyle() const override;

Q_SIGNALS:
    /// The user closed it: into the tray, or the end, as the application has it.
    void closed();
    void quitAsked();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> m_p;
};

} // namespace facelatch::ui
