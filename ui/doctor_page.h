// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor's page at the door: opened by a long press, one row a check, gone by itself.
#pragma once

#include "core/doctor.h"
#include "core/time.h"
#include "ui/panel.h"

#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

class QScrollArea;

namespace facelatch::ui {

/// screen.service_page of the settings.
enum class ServicePage { Off, OutOfService, Always };

/// A child that covers the door's window and watches its presses: holding the headline of the out-of-service screen,
/// or (Always) the door's name on the resting screen, for three seconds opens it. It leaves by its back button, after a
/// minute without a touch, and when the door opens for somebody. It shows plain words: no paths, people or numbers
/// of the facts. Gui thread; nothing in it waits.
class DoctorPage : public QWidget, public Styled {
    Q_OBJECT
public:
    using Clock = std::function<core::MonoTime()>;

    /// `window` is the KioskWindow; texts are those of the language installed when it is made.
    DoctorPage(QWidget& window, ServicePage when, Clock clock);

    /// The answer to wanted(): one row a check, the worst line of each.
    void showLines(const std::vector<core::CheckLine>& lines);
    /// Opens it without the press; for pictures of the screens.
    void open();
    void leave();
    /// Looks at the time: the press and the leaving. Called by its own timer, too.
    void tick();

    void restyle(const Style& style) override;

Q_SIGNALS:
    /// It has been opened: somebody should look at the door, and showLines().
    void wanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    bool opensAt(QPoint inWindow) const;
    void makeRows();
    QWidget* makeRow(const core::CheckLine& line, QWidget* parent) const;

    QWidget& m_window;
    const ServicePage m_when;
    Clock m_clock;
    Style m_style;
    std::vector<core::CheckLine> m_lines; ///< one a check
    std::optional<core::MonoTime> m_pressed;
    QPoint m_pressedAt;
    core::MonoTime m_touched{};
    QWidget* m_back;
    TextBlock* m_heading;
    QBoxLayout* m_head;
    QBoxLayout* m_column;
    QScrollArea* m_scroll;
    QTimer m_timer;
};

} // namespace facelatch::ui
