// SPDX-License-Identifier: GPL-3.0-or-later
// What covers the door, and when it goes.
#include "ui/admin_screen.h"

#include "ui/admin_words.h"
#include "ui/feedback.h"
#include "ui/keyboard_panel.h"
#include "ui/kit_words.h"
#include "ui/setup_wizard.h"
#include "ui/sign_in_page.h"
#include "ui/visitor_strip.h"

#include <QApplication>
#include <QBoxLayout>
#include <QJsonArray>
#include <QPainter>

#include <utility>

namespace facelatch::ui {

using resources::Palette;

namespace {

QString text(const QJsonObject& object, const char* key) {
    return object.value(QLatin1String(key)).toString();
}

bool isTouch(QEvent::Type type) {
    return type == QEvent::MouseButtonPress || type == QEvent::MouseButtonRelease || type == QEvent::TouchBegin ||
           type == QEvent::TouchUpdate || type == QEvent::KeyPress || type == QEvent::Wheel;
}

} // namespace

AdminScreen::AdminScreen(QWidget& window, AdminScreenConfig config)
    : QWidget(&window),
      m_config(std::move(config)),
      m_context{m_config.port, m_config.frames, m_config.clock, m_config.locale, m_config.mirrored, {}, {}, {}},
      m_window(window),
      m_column(new QVBoxLayout(this)),
      m_strip(new VisitorStrip(this)),
      m_busy(new BusyLine(this)),
      m_keyboard(new KeyboardPanel(
          m_config.locale.language() == QLocale::French ? QStringLiteral("fr") : QStringLiteral("en"), this)),
      m_count(new Panel({.fill = &Palette::accent, .marginX = resources::spaceM}, this)),
      m_countText(new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}},
                                 .colour = &Palette::onAccent,
                                 .bold = true,
                                 .centred = true},
                                m_count)) {
    setObjectName(QStringLiteral("adminScreen"));
    m_count->setObjectName(QStringLiteral("leavingCount"));
    m_countText->setObjectName(QStringLiteral("leavingText"));
    m_count->box()->addWidget(m_countText, 1);
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_count->hide();
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_strip);
    m_column->addWidget(m_busy);
    m_column->addWidget(m_keyboard);
    hide();
    m_window.installEventFilter(this);
    connect(m_keyboard, &KeyboardPanel::openChanged, this, &AdminScreen::makeRoom);
    connect(&m_config.port, &AdminPort::signedOut, this, [this] {
        if (m_shell)
            leave();
    });
    connect(&m_timer, &QTimer::timeout, this, &AdminScreen::tick);
}

AdminScreen::~AdminScreen() = default;

void AdminScreen::enter() {
    if (isOpen())
        return;
    open();
    m_busy->setBusy(true);
    m_config.port.ask(QStringLiteral("session.state"), {}, this, [this](const auto& answer) {
        m_busy->setBusy(false);
        if (isOpen())
            decide(answer ? *answer : QJsonObject());
    });
}

void AdminScreen::offerSetUp() {
    m_config.port.ask(QStringLiteral("session.state"), {}, this, [this](const auto& answer) {
        if (!answer || text(*answer, "setup") != QLatin1String("open") || isOpen())
            return;
        open();
        decide(*answer);
    });
}

void AdminScreen::decide(const QJsonObject& state) {
    const QString setUp = text(state, "setup");
    if (setUp == QLatin1String("open")) {
        showSetUp(m_draft ? std::move(*m_draft) : SetupDraft{.doorName = m_config.doorName});
    } else if (setUp == QLatin1String("closed")) {
        auto* closed = new EmptyState(Icon::Lock, AdminWords::setUpClosed(), AdminWords::howToReopen());
        closed->setObjectName(QStringLiteral("setUpClosed"));
        closed->addAction(KitWords::back(), [this] { leave(); });
        show(closed);
    } else {
        showSignIn();
    }
}

void AdminScreen::open() {
    m_touched = m_config.clock().mono;
    setGeometry(m_window.rect());
    QWidget::show();
    raise();
    m_window.activateWindow(); // where no window manager does: without it no field has a keyboard
    qApp->installEventFilter(this);
    m_timer.start(resources::clockPeriodMs);
    m_strip->present({}, m_config.clock());
    Q_EMIT opened();
}

/// What was shown goes when the event is over: it may be what asks for it.
void AdminScreen::drop() {
    if (QWidget* gone = std::exchange(m_content, nullptr)) {
        setFocus(Qt::OtherFocusReason); // else it goes to whatever comes next, with a ring
        gone->hide();
        gone->deleteLater();
    }
}

/// Takes the place of what was shown.
void AdminScreen::show(QWidget* content) {
    drop();
    m_content = content;
    m_column->insertWidget(2, content, 1);
    if (auto* styled = dynamic_cast<Styled*>(content))
        styled->restyle(m_style);
    restyleAll(*content, m_style);
    content->show();
    place();
}

void AdminScreen::showSignIn() {
    m_signIn = new SignInPage(m_config.port, m_config.clock, m_config.shuffled, this);
    connect(m_signIn, &SignInPage::leaves, this, &AdminScreen::leave);
    connect(m_signIn, &SignInPage::signedIn, this, &AdminScreen::showShell);
    show(m_signIn);
}

void AdminScreen::showShell(const QJsonObject& session) {
    m_context.locale = m_config.locale;
    m_context.admin = text(session, "name");
    m_context.role = text(session, "role");
    m_context.may.clear();
    for (const QJsonValue code : session.value(QLatin1String("may")).toArray())
        m_context.may.insert(code.toString());
    m_shell = new AdminShell(m_context, m_config.pages, this);
    connect(m_shell, &AdminShell::leaves, this, &AdminScreen::leave);
    connect(m_shell, &AdminShell::inUse, this, [this] {
        m_touched = m_config.clock().mono;
        m_config.port.ask(QStringLiteral("session.touch"), {}, this, {});
    });
    show(m_shell);
}

void AdminScreen::showSetUp(SetupDraft draft) {
    m_draft.reset();
    m_context.locale = m_config.locale;
    m_setUp = new SetupWizard(m_context, std::move(draft), this);
    connect(m_setUp, &SetupWizard::leaves, this, &AdminScreen::leave);
    connect(m_setUp, &SetupWizard::languageChosen, this, [this](const QString& language) {
        m_config.locale = m_config.speak(language);
        showSetUp(m_setUp->takeDraft()); // the same step, in the other words
    });
    connect(m_setUp, &SetupWizard::finished, this, [this] {
        leave();
        m_draft.reset();
        Q_EMIT setUpDone();
    });
    show(m_setUp);
}

void AdminScreen::leave() {
    if (!isOpen())
        return;
    qApp->removeEventFilter(this);
    m_timer.stop();
    if (QWidget* focus = QApplication::focusWidget(); focus != nullptr && isAncestorOf(focus))
        focus->clearFocus();
    if (m_shell)
        m_config.port.ask(QStringLiteral("session.sign_out"), {}, this, {});
    if (m_setUp) {
        m_draft = std::make_unique<SetupDraft>(m_setUp->takeDraft());
        m_draft->pin.wipe();
    }
    for (Sheet* sheet : findChildren<Sheet*>(QString(), Qt::FindDirectChildrenOnly)) {
        sheet->hide();
        sheet->deleteLater();
    }
    drop();
    m_count->hide();
    hide();
    Q_EMIT left();
}

void AdminScreen::present(const core::VisitorView& view) {
    if (isOpen())
        m_strip->present(view, m_config.clock());
}

void AdminScreen::tick() {
    if (!isOpen())
        return;
    const auto idle = m_config.clock().mono - m_touched;
    const core::milliseconds most(m_setUp ? resources::setupLeavesMs : resources::adminLeavesMs);
    if (idle >= most) {
        leave();
        return;
    }
    const auto leftOver = std::chrono::ceil<std::chrono::seconds>(most - idle);
    count(leftOver <= core::milliseconds(resources::leavingWarnsMs) ? leftOver.count() : 0);
    if (m_signIn)
        m_signIn->tick();
    if (m_setUp)
        m_setUp->tick();
}

/// 0: there is time.
void AdminScreen::count(qint64 seconds) {
    if (seconds > 0)
        m_countText->setText(AdminWords::leavingIn(static_cast<int>(seconds)));
    if (m_count->isHidden() == (seconds > 0)) {
        m_count->setVisible(seconds > 0);
        place();
    }
}

bool AdminScreen::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_window && event->type() == QEvent::Resize)
        setGeometry(m_window.rect());
    else if (isOpen() && isTouch(event->type())) {
        m_touched = m_config.clock().mono;
        count(0);
    }
    return QWidget::eventFilter(watched, event);
}

int AdminScreen::uncovered() const {
    return m_keyboard->isOpen() ? m_keyboard->wantedHeight() : 0;
}

/// The keyboard leaves the page half of the screen: the rail goes meanwhile.
void AdminScreen::makeRoom(bool keyboard) {
    if (m_shell)
        m_shell->setNarrow(keyboard);
    if (m_setUp)
        m_setUp->setNarrow(keyboard);
}

void AdminScreen::place() {
    const int edge = m_style.px(resources::spaceS);
    const int wide = width() - 2 * edge;
    const int high = std::max(m_count->layout()->totalHeightForWidth(wide), m_style.px(resources::listRow));
    m_count->setGeometry(edge, height() - edge - high, wide, high);
    m_count->raise();
}

void AdminScreen::restyle(const Style& style) {
    m_style = style;
    place();
    update();
}

void AdminScreen::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_style.colour(&Palette::background));
}

} // namespace facelatch::ui
