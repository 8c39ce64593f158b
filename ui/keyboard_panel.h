// SPDX-License-Identifier: GPL-3.0-or-later
// KeyboardPanel: Qt Virtual Keyboard at the foot of the admin's screens, for machines without keys.
#pragma once

#include "ui/style.h"

#include <QVariantMap>
#include <QWidget>

class QQuickWidget;

namespace facelatch::ui {

/// One InputPanel in one QQuickWidget, made when a text field is first touched: nothing of it is loaded before. It
/// comes and goes with the focus of fields inside its window. Where the module is not installed it stays away, and says
/// so once on the standard error; a keyboard with real keys works in any case. Gui thread.
class KeyboardPanel : public QWidget, public Styled {
    Q_OBJECT
public:
    /// Before the QApplication is made: chooses the input method and the renderer, unless the environment already did.
    static void prepare();

    /// `language` is "en" or "fr": the layout to begin with; the other one is a key away.
    explicit KeyboardPanel(const QString& language, QWidget* parent = nullptr);
    ~KeyboardPanel() override;

    bool isOpen() const { return m_open; }
    bool isLoaded() const { return m_view != nullptr; }
    /// What it takes when it is open.
    int wantedHeight() const;
    void restyle(const Style& style) override;

Q_SIGNALS:
    /// It came or went; whoever lays it out makes room.
    void openChanged(bool open);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void follow(QWidget* focus);
    bool load();
    void update();
    QVariantMap dress() const;

    QString m_language;
    Style m_style;
    QQuickWidget* m_view = nullptr;
    bool m_failed = false;
    bool m_open = false;
};

} // namespace facelatch::ui
