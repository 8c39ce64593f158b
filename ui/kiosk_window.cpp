// SPDX-License-Identifier: GPL-3.0-or-later
// Which page is shown, over which picture.
#include "ui/kiosk_window.h"

#include "ui/admin_words.h"
#include "ui/banner_bar.h"
#include "ui/button.h"
#include "ui/cross_fade.h"
#include "ui/granted_page.h"
#include "ui/idle_page.h"
#include "ui/installer_overlay.h"
#include "ui/looking_page.h"
#include "ui/out_of_service_page.h"
#include "ui/pin_page.h"
#include "ui/refused_page.h"
#include "ui/viewfinder.h"
#include "ui/watched_sign.h"

#include <QMouseEvent>

namespace facelatch::ui {

using core::Screen;

namespace {

bool showsPicture(Screen screen) {
    return screen == Screen::Looking || screen == Screen::Granted || screen == Screen::Refused;
}

} // namespace

KioskWindow::KioskWindow(const KioskConfig& config, core::LatestFrame& frames, Clock clock, QWidget* parent)
    : QWidget(parent),
      m_config(config),
      m_clock(std::move(clock)),
      m_banners(config.banners),
      m_viewfinder(new Viewfinder(frames, config.mirrored, this)),
      m_installer(new InstallerOverlay(config.locale, config.mirrored, this)),
      m_pinPage(new PinPage(config.shuffledPad, this)),
      m_pages(makePages()),
      m_watched(new WatchedSign(this)),
      m_bannerBar(new BannerBar(this)),
      m_fade(new CrossFade(this)) {
    setObjectName(QStringLiteral("kiosk"));
    setWindowTitle(QStringLiteral("Facelatch"));
    setAutoFillBackground(true);
    if (!config.showCursor)
        setCursor(Qt::BlankCursor);
    m_viewfinder->setObjectName(QStringLiteral("viewfinder"));
    m_viewfinder->hide();
    if (config.adminButton)
        makeEntry();
    m_press.setSingleShot(true);
    connect(&m_press, &QTimer::timeout, this, &KioskWindow::adminWanted);
    m_ringTold.setSingleShot(true);
    connect(&m_ringTold, &QTimer::timeout, this, [this] { setRing({Ring::Stage::Ready, {}}); });
    for (Page* each : m_pages)
        each->setVisible(each == &page(m_screen));
    page(m_screen).present(m_view, m_clock());
    showNotices();
    connect(m_pinPage, &PinPage::cancelled, this, &KioskWindow::pinCancelled);
    connect(m_pinPage, &PinPage::touched, this, &KioskWindow::keyPressed);
    connect(&m_timer, &QTimer::timeout, this, &KioskWindow::tick);
    m_timer.start(resources::clockPeriodMs);
    resize(resources::referenceWidth, resources::referenceHeight);
}

void KioskWindow::makeEntry() {
    m_entry = new Button(Button::Kind::Faint, Icon::Key, AdminWords::administration(), this);
    m_entry->setObjectName(QStringLiteral("adminEntry"));
    m_entry->setIconOnly(true);
    m_entry->setTall(true);
    m_entry->setFocusPolicy(Qt::NoFocus); // the door reacts to no key
    connect(m_entry, &QAbstractButton::clicked, this, &KioskWindow::adminWanted);
}

KioskWindow::Pages KioskWindow::makePages() {
    auto* idle = new IdlePage(m_config.doorName, m_config.locale, this);
    auto* refused = new RefusedPage(m_config.helpContact, this);
    connect(idle, &IdlePage::pinWanted, this, &KioskWindow::pinWanted);
    connect(refused, &RefusedPage::pinWanted, this, &KioskWindow::pinWanted);
    connect(idle, &IdlePage::ringPressed, this, &KioskWindow::ringPressed);
    connect(refused, &RefusedPage::ringPressed, this, &KioskWindow::ringPressed);
    return {idle,
            new LookingPage(this),
            new GrantedPage(this),
            refused,
            new OutOfServicePage(m_config.helpContact, this),
            m_pinPage,
            m_pinPage};
}

void KioskWindow::onPin(std::function<void(std::uint64_t request, const core::Digits& digits)> entered) {
    m_pinPage->onEntered(std::move(entered));
}

void KioskWindow::setBanner(Banner banner, bool shown) {
    if (shown ? m_banners.insert(banner).second : m_banners.erase(banner) > 0)
        showNotices();
}

void KioskWindow::setRing(const Ring& ring) {
    for (Page* each : m_pages)
        each->setRing({ring.stage, cleanName(ring.by)});
    if (ring.tells() && ring.stage != Ring::Stage::Ringing)
        m_ringTold.start(resources::ringToldMs);
    else
        m_ringTold.stop();
}

void KioskWindow::setWatched(bool watched) {
    m_watched->setVisible(watched);
    arrange();
}

void KioskWindow::setTheme(Theme theme) {
    if (theme == m_config.theme)
        return;
    fade();
    m_config.theme = theme;
    restyle();
}

/// Takes the look as it is now, so it comes before the change.
void KioskWindow::fade() {
    if (isVisible() && !m_config.reduceMotion)
        m_fade->start(resources::fadeMs);
}

Screen KioskWindow::shown(const core::VisitorView& view) {
    const bool answers = view.screen == Screen::Granted || view.screen == Screen::OutOfService;
    return view.lockedDown && !answers ? Screen::Idle : view.screen;
}

void KioskWindow::setView(const core::VisitorView& view) {
    const Screen screen = shown(view);
    const bool changes = screen != m_screen;
    const bool noticesChange = changes || view.faults != m_view.faults;
    if (changes || view.lockedDown != m_view.lockedDown)
        fade();
    m_view = view;
    m_screen = screen;
    page(screen).present(view, m_clock());
    m_viewfinder->setView(view);
    m_installer->setView(view);
    if (changes)
        changeScreen(screen);
    if (noticesChange)
        showNotices();
}

void KioskWindow::changeScreen(Screen screen) {
    m_viewfinder->setMode(screen == Screen::Looking ? Viewfinder::Mode::Follow : Viewfinder::Mode::Behind);
    m_viewfinder->setVisible(showsPicture(screen));
    for (Page* each : m_pages)
        each->setVisible(each == &page(screen));
    if (m_entry != nullptr)
        // Then the band, or the pad, takes the whole width.
        m_entry->setVisible(screen != Screen::Granted && screen != Screen::Pin && screen != Screen::SecondFactor);
    m_timer.start(showsPicture(screen) ? resources::lookPeriodMs : resources::clockPeriodMs);
    tick();
}

void KioskWindow::tick() {
    const core::Now now = m_clock();
    if (m_viewfinder->isVisibleTo(this))
        m_viewfinder->tick(now.mono);
    page(m_screen).tick(now);
}

void KioskWindow::showNotices() {
    QStringList texts;
    for (const Banner banner : m_banners)
        texts << Words::banner(banner);
    if (m_screen != Screen::OutOfService)
        for (const core::Fault& fault : m_view.faults)
            if (const QString notice = Words::faultNotice(fault.code); !notice.isEmpty())
                texts << notice;
    m_bannerBar->setTexts(texts);
    arrange();
}

void KioskWindow::resizeEvent(QResizeEvent*) {
    m_fade->stop(); // the old look has the old size
    restyle();
}

void KioskWindow::restyle() {
    const Style style = styleFor(size(), m_config.theme, !m_config.reduceMotion);
    QPalette colours = palette();
    colours.setColor(QPalette::Window, style.colour(&resources::Palette::background));
    setPalette(colours);
    restyleAll(*this, style);
    arrange();
}

/// Presses come here when no widget wants them: the clock does not.
void KioskWindow::mousePressEvent(QMouseEvent* event) {
    const auto* clock = findChild<QWidget*>(QStringLiteral("clock"));
    if (m_config.adminEntry && clock->isVisible() &&
        clock->rect().contains(clock->mapFrom(this, event->position().toPoint())))
        m_press.start(resources::entryPressMs);
}

void KioskWindow::mouseReleaseEvent(QMouseEvent*) {
    m_press.stop();
}

/// The picture fills the window; the pages leave the banner's strip free.
void KioskWindow::arrange() {
    const int bar = m_bannerBar->heightFor(width());
    m_viewfinder->setGeometry(rect());
    m_installer->setGeometry(rect());
    m_bannerBar->setGeometry(0, 0, width(), bar);
    m_watched->adjustSize();
    m_watched->move(0, bar);
    const int below = m_watched->isHidden() ? bar : bar + m_watched->height();
    m_installer->setTop(below);
    // Only a list of faults fills the height: the other pages leave that corner free, and nothing is to move.
    for (Page* each : m_pages) {
        const int top = each == &page(Screen::OutOfService) ? below : bar;
        each->setGeometry(0, top, width(), height() - top);
    }
    if (m_entry == nullptr)
        return;
    m_entry->adjustSize();
    m_entry->move(width() - m_entry->width(), bar);
}

} // namespace facelatch::ui
