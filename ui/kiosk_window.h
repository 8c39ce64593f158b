// SPDX-License-Identifier: GPL-3.0-or-later
// KioskWindow: the screen at the door.
#pragma once

#include "core/digits.h"
#include "core/latest_frame.h"
#include "core/visitor_view.h"
#include "ui/ring.h"
#include "ui/style.h"
#include "ui/words.h"

#include <QLocale>
#include <QTimer>
#include <QWidget>

#include <array>
#include <functional>
#include <set>

namespace facelatch::ui {

class BannerBar;
class Button;
class CrossFade;
class InstallerOverlay;
class Page;
class PinPage;
class WatchedSign;
class Viewfinder;

/// What the settings say about the screen. Names from outside are shown as plain text, whatever they hold.
struct KioskConfig {
    QString doorName;
    QString helpContact; ///< whom to call; may be empty
    QLocale locale;      ///< of times and dates: what resources::installTranslator() returned
    std::set<Banner> banners;
    bool mirrored = true;
    bool reduceMotion = false;
    bool showCursor = false;
    bool adminEntry = false;   ///< holding the clock asks for the admin's screens
    bool adminButton = false;  ///< so does a small lock in a corner
    bool shuffledPad = false;  ///< the digits of the number pad stand in another order each time
    Theme theme = Theme::Dark; ///< to begin with
};

/// Draws the visitor's view and the live picture; decides nothing and reacts to no key but those of a pad. The way to
/// the admin's screens is in plain sight, and small. Gui thread only; nothing in it waits. Any size: it is laid out for
/// 800x480 and scaled, landscape or portrait. The texts are those of the language installed when it is made.
class KioskWindow : public QWidget {
    Q_OBJECT
public:
    using Clock = std::function<core::Now()>;

    /// `frames` must outlive the window; it is polled while faces are shown. `clock` is asked in the gui thread; its
    /// monotonic time is the one of VisitorView::until.
    KioskWindow(const KioskConfig& config, core::LatestFrame& frames, Clock clock, QWidget* parent = nullptr);

    /// Shows or takes away one of the lasting banners.
    void setBanner(Banner banner, bool shown);
    /// Other colours from now on, whatever is shown; nothing happens where they are the same.
    void setTheme(Theme theme);
    /// What the doorbell does, from now on. What became of ringing is told for a while, then the button is there again.
    void setRing(const Ring& ring);
    /// A sign that somebody looks through the camera from afar.
    void setWatched(bool watched);
    /// Who takes the PINs that visitors type.
    void onPin(std::function<void(std::uint64_t request, const core::Digits& digits)> entered);

public Q_SLOTS:
    /// What to show from now on. Cheap enough for every frame that recognition looks at.
    void setView(const facelatch::core::VisitorView& view);

Q_SIGNALS:
    /// Somebody asks for the admin's screens.
    void adminWanted();
    /// The visitor asks for the number pad, closes it, presses one of its keys.
    void pinWanted();
    void pinCancelled();
    void keyPressed();
    /// The visitor pressed the doorbell.
    void ringPressed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    /// In the order of core::Screen; the two pads are one page.
    using Pages = std::array<Page*, static_cast<std::size_t>(core::Screen::SecondFactor) + 1>;
    Pages makePages();
    void tick();
    void changeScreen(core::Screen screen);
    void fade();
    void restyle();
    void arrange();
    void showNotices();
    void makeEntry();
    /// What is shown of a view: in a lockdown nobody is asked to look at the camera, or told off.
    static core::Screen shown(const core::VisitorView& view);
    Page& page(core::Screen screen) const { return *m_pages[static_cast<std::size_t>(screen)]; }

    KioskConfig m_config;
    Clock m_clock;
    core::VisitorView m_view;
    core::Screen m_screen = core::Screen::Idle; ///< shown(m_view)
    std::set<Banner> m_banners;
    Viewfinder* m_viewfinder;
    InstallerOverlay* m_installer;
    PinPage* m_pinPage;
    Pages m_pages;
    WatchedSign* m_watched;
    BannerBar* m_bannerBar;
    Button* m_entry = nullptr; ///< where the settings want it
    CrossFade* m_fade;
    QTimer m_timer;
    QTimer m_press;    ///< of the clock
    QTimer m_ringTold; ///< how long what became of ringing is told
};

} // namespace facelatch::ui
