// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerActions: what can be done at a door from afar: look, open, lock down.
#pragma once

#include "ui/button.h"
#include "ui/fields.h"
#include "ui/hold_button.h"
#include "ui/viewer_port.h"

#include <QTimer>

class QBoxLayout;

namespace facelatch::ui {

/// Gui thread.
class ViewerActions : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit ViewerActions(ViewerPort& port, QWidget* parent = nullptr);
    /// The door as it is now; nothing: none is chosen.
    void setDoor(const std::optional<ViewerDoor>& door);
    void setLiveOn(bool on);
    void focusOpen();
    void restyle(const Style& style) override;

Q_SIGNALS:
    void liveAsked();

private:
    void act(bool lockdown);
    void finish(const core::Result<core::Done>& result, const QString& done);
    void showState();

    ViewerPort& m_port;
    std::optional<ViewerDoor> m_door;
    bool m_live = false;
    QBoxLayout* m_column;
    QBoxLayout* m_top;
    QBoxLayout* m_holds;
    LineEdit* m_reason;
    Button* m_look;
    HoldButton* m_open;
    HoldButton* m_lockdown;
    TextBlock* m_result; ///< what came of it, else why nothing can be done
    QString m_said;
    bool m_failed = false, m_acting = false;
    QTimer m_forget;
};

} // namespace facelatch::ui
