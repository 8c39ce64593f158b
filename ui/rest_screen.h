// SPDX-License-Identifier: GPL-3.0-or-later
// RestScreen: over the door's screen while nobody is there: a dark clock that moves, or nothing at all.
#pragma once

#include "core/screen_rest.h"
#include "ui/style.h"

#include <QLocale>
#include <QTimer>
#include <QWidget>

#include <functional>

namespace facelatch::ui {

/// A child that covers the window when it sleeps; the touch that wakes it does nothing else. It also darkens the
/// picture where there is no light to turn down. Gui thread.
class RestScreen : public QWidget, public Styled {
    Q_OBJECT
public:
    using Clock = std::function<core::Now()>;

    RestScreen(QWidget& window, core::RestTimes times, QLocale locale, Clock clock);

    /// Whether anything but the resting screen is shown, which wakes it and keeps it awake.
    void setBusy(bool busy);
    /// 0 to 100: how bright the picture is to look; 100 where the light itself is turned down.
    void setBrightness(int percent);
    core::Rest rest() const { return m_rest; }
    /// Looks at the time. Called by its own timer, too.
    void tick();
    void restyle(const Style& style) override;

Q_SIGNALS:
    void restChanged(facelatch::core::Rest rest);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void place();

    QWidget& m_window;
    core::ScreenRest m_sleep;
    QLocale m_locale;
    Clock m_clock;
    Style m_style;
    core::Rest m_rest = core::Rest::Awake;
    bool m_busy = false;
    int m_brightness = resources::fullBrightness;
    QString m_time; ///< as it stands there
    QTimer m_timer;
};

} // namespace facelatch::ui
