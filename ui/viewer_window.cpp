// SPDX-License-Identifier: GPL-3.0-or-later
// Putting the viewer's window together.
#include "ui/viewer_window.h"

#include "ui/kit_words.h"
#include "ui/viewer_actions.h"
#include "ui/viewer_attention.h"
#include "ui/viewer_detail.h"
#include "ui/viewer_doors.h"
#include "ui/viewer_live.h"
#include "ui/viewer_pairing.h"
#include "ui/viewer_pane.h"
#include "ui/viewer_sheets.h"
#include "ui/viewer_words.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QDataStream>
#include <QFileDialog>
#include <QFontInfo>
#include <QIODevice>
#include <QKeyEvent>
#include <QPainter>
#include <QSplitter>
#include <QStackedLayout>
#include <QTimer>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

constexpr qint32 stateVersion = 1;

/// As large as the desktop's own font asks for, and never too small to read.
double desktopScale() {
    return std::max(resources::desktopScale,
                    static_cast<double>(QFontInfo(QApplication::font()).pixelSize()) / resources::fontBody);
}

} // namespace

class ViewerWindow::Private {
public:
    Private(ViewerWindow& window, const ViewerContext& given);
    void build();
    void connectParts();
    void addKeys();
    void addKey(const QKeySequence& keys, std::function<void()> run);
    void dress();
    void chooseDoor(const QString& door);
    void showDoors();
    void exportCsv();
    void escape();
    bool sheetIsOpen() const;

    ViewerWindow& q;
    ViewerContext context;
    Style style;
    QStackedLayout* stack = nullptr;
    EmptyState* welcome = nullptr;
    QWidget* main = nullptr;
    QBoxLayout* column = nullptr;
    QBoxLayout* sideColumn = nullptr;
    QSplitter* split = nullptr;
    ViewerAttention* attention = nullptr;
    ViewerDoors* doors = nullptr;
    ViewerPane* pane = nullptr;
    QWidget* side = nullptr;
    TextBlock* sideTitle = nullptr;
    ViewerLive* live = nullptr;
    ViewerDetail* detail = nullptr;
    ViewerActions* actions = nullptr;
    NoticeBar* notice = nullptr;
    QTimer ticks;
    QString sideDoor; ///< whose the live view and the buttons are: of the visit, where all doors are shown
};

ViewerWindow::Private::Private(ViewerWindow& window, const ViewerContext& given) : q(window), context(given) {}

void ViewerWindow::Private::build() {
    stack = new QStackedLayout(&q);
    welcome = new EmptyState(Icon::Device, ViewerWords::tr("No door yet"),
                             ViewerWords::tr("Pair this computer with a door once. From then on you see each visit, "
                                             "hear the doorbell and open from here."),
                             &q);
    welcome->setObjectName(QStringLiteral("viewerWelcome"));
    welcome->addAction(ViewerWords::tr("Pair a door"), [this] { q.openPairing(); });
    main = new QWidget(&q);
    column = new QVBoxLayout(main);
    attention = new ViewerAttention(context.port, main);
    split = new QSplitter(main);
    split->setChildrenCollapsible(false);
    doors = new ViewerDoors(context.port, context.clock, context.locale, split);
    pane = new ViewerPane(context, split);
    side = new QWidget(split);
    sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(0, 0, 0, 0);
    sideTitle = new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .bold = true}, side);
    sideTitle->setObjectName(QStringLiteral("sideTitle"));
    live = new ViewerLive(context.port, side);
    detail = new ViewerDetail(context.port, context.locale, side);
    actions = new ViewerActions(context.port, side);
    sideColumn->addWidget(sideTitle);
    sideColumn->addWidget(live);
    sideColumn->addWidget(detail, 1);
    sideColumn->addWidget(actions);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    split->setStretchFactor(2, 0);
    notice = new NoticeBar(main);
    notice->hide();
    column->addWidget(attention);
    column->addWidget(split, 1);
    column->addWidget(notice);
    stack->addWidget(welcome);
    stack->addWidget(main);
}

void ViewerWindow::Private::connectParts() {
    connect(doors, &ViewerDoors::chosen, &q, [this](const QString& door) { chooseDoor(door); });
    connect(doors, &ViewerDoors::pairAsked, &q, [this] { q.openPairing(); });
    connect(doors, &ViewerDoors::settingsAsked, &q, &ViewerWindow::openSettings);
    connect(doors, &ViewerDoors::detailsAsked, &q, [this](const QString& door) {
        ViewerSheets::door(&q, context.port, door, context.clock(), context.locale);
    });
    connect(attention, &ViewerAttention::doorAsked, &q, [this](const QString& door) { doors->choose(door); });
    connect(pane, &ViewerPane::chosen, &q, [this](const std::optional<ViewerVisit>& visit) {
        detail->show(visit);
        detail->setPictureVisible(!live->isOn());
        if (visit && doors->current().isEmpty()) {
            sideDoor = visit->door;
            showDoors();
        }
    });
    connect(pane, &ViewerPane::activated, &q, [this] { actions->focusOpen(); });
    connect(pane, &ViewerPane::exportAsked, &q, [this] { exportCsv(); });
    connect(actions, &ViewerActions::liveAsked, &q, [this] { live->setOn(!live->isOn()); });
    connect(live, &ViewerLive::switched, &q, [this](bool on) {
        actions->setLiveOn(on);
        detail->setPictureVisible(!on);
    });
    connect(&context.port, &ViewerPort::doorsChanged, &q, [this] { showDoors(); });
    connect(&context.port, &ViewerPort::doorChanged, &q, [this](const QString& door) {
        if (door == sideDoor)
            showDoors();
    });
    ticks.setInterval(resources::viewerTickMs);
    connect(&ticks, &QTimer::timeout, &q, [this] {
        doors->refresh();
        pane->tick();
    });
    ticks.start();
}

void ViewerWindow::Private::addKey(const QKeySequence& keys, std::function<void()> run) {
    auto* action = new QAction(&q);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    q.addAction(action);
    connect(action, &QAction::triggered, &q, [this, run = std::move(run)] {
        if (!sheetIsOpen())
            run();
    });
}

void ViewerWindow::Private::addKeys() {
    addKey(QKeySequence(Qt::Key_F5), [this] { live->setOn(!live->isOn()); });
    addKey(QKeySequence(Qt::Key_Slash), [this] { pane->filters().startSearch(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_F), [this] { pane->filters().startSearch(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_G), [this] { pane->filters().openCalendar(); });
    addKey(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { pane->filters().stepDay(-1); });
    addKey(QKeySequence(Qt::ALT | Qt::Key_Right), [this] { pane->filters().stepDay(1); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_E), [this] { exportCsv(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_O), [this] { actions->focusOpen(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_N), [this] { q.openPairing(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { q.openSettings(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_L), [this] { pane->list().setFocus(Qt::ShortcutFocusReason); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { Q_EMIT q.quitAsked(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_W), [this] { q.close(); });
    for (int nth = 0; nth < resources::doorKeys; ++nth)
        addKey(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + nth)), [this, nth] { doors->chooseNth(nth); });
}

bool ViewerWindow::Private::sheetIsOpen() const {
    const auto sheets = q.findChildren<Sheet*>(QString(), Qt::FindDirectChildrenOnly);
    return std::any_of(sheets.begin(), sheets.end(), [](const Sheet* sheet) { return sheet->isVisible(); });
}

/// Dark or light as the window's colours are, which Qt 6.4 does not say.
void ViewerWindow::Private::dress() {
    const bool dark = QApplication::palette().color(QPalette::Window).lightness() < resources::desktopDarkBelow;
    const Theme theme = context.theme.value_or(dark ? Theme::Dark : Theme::Light);
    style = styleFor({resources::referenceWidth, resources::referenceHeight}, theme, context.motion);
    style.scale = desktopScale();
    const int edge = style.px(resources::spaceS), gap = style.px(resources::spaceXs);
    column->setContentsMargins(edge, gap, edge, gap);
    column->setSpacing(gap);
    sideColumn->setSpacing(gap);
    split->setHandleWidth(edge);
    doors->setMinimumWidth(style.px(resources::doorsLeast));
    pane->setMinimumWidth(style.px(resources::timelineLeast));
    side->setMinimumWidth(style.px(resources::detailLeast));
    restyleAll(q, style);
    q.update();
}

void ViewerWindow::Private::chooseDoor(const QString& door) {
    sideDoor = door;
    detail->show(std::nullopt);
    pane->setDoor(door);
    showDoors();
}

/// What hangs on the state of the doors: the welcome, the buttons, whose live view it is.
void ViewerWindow::Private::showDoors() {
    const auto all = context.port.doors();
    stack->setCurrentWidget(all.empty() ? welcome : main);
    const auto door = doorById(context.port, sideDoor);
    live->setDoor(door ? door->id : QString());
    actions->setDoor(door);
    sideTitle->setText(door ? ViewerWords::name(*door) : QString());
    sideTitle->setVisible(door.has_value());
}

void ViewerWindow::Private::exportCsv() {
    auto* ask = new QFileDialog(&q, ViewerWords::tr("Save the list"));
    ask->setObjectName(QStringLiteral("exportDialog"));
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setAcceptMode(QFileDialog::AcceptSave);
    ask->setNameFilter(ViewerWords::tr("Tables (*.csv)"));
    ask->setDefaultSuffix(QStringLiteral("csv"));
    ask->selectFile(QStringLiteral("facelatch.csv"));
    connect(ask, &QFileDialog::fileSelected, &q, [this](const QString& file) {
        context.port.exportCsv(pane->filters().query(), file, &q, [this](const core::Result<qint64>& rows) {
            notice->tell(rows ? ViewerWords::tr("%L1 entries were saved.").arg(*rows) : KitWords::error(rows.error()),
                         {});
        });
    });
    ask->open();
}

void ViewerWindow::Private::escape() {
    if (live->isOn())
        live->setOn(false);
    else if (!pane->filters().clear())
        pane->list().setCurrent(-1);
    pane->list().setFocus(Qt::ShortcutFocusReason);
}

// --- ViewerWindow ----------------------------------------------------------------------------------------------------

ViewerWindow::ViewerWindow(const ViewerContext& context, QWidget* parent)
    : QWidget(parent), m_p(std::make_unique<Private>(*this, context)) {
    setObjectName(QStringLiteral("viewerWindow"));
    setWindowTitle(QStringLiteral("Facelatch"));
    m_p->build();
    m_p->connectParts();
    m_p->addKeys();
    m_p->dress();
    resize(resources::viewerWidth, resources::viewerHeight);
    setMinimumSize(resources::viewerLeastWidth, resources::viewerLeastHeight);
    m_p->split->setSizes({m_p->style.px(resources::doorsWidth), width(), m_p->style.px(resources::detailWidth)});
    m_p->chooseDoor(m_p->doors->current());
    m_p->pane->list().setFocus(Qt::OtherFocusReason);
}

/// While all of it is still there: what hides ends the live view, which is told to the other parts.
ViewerWindow::~ViewerWindow() {
    hide();
    m_p->live->setOn(false);
}

const Style& ViewerWindow::hostStyle() const {
    return m_p->style;
}

QByteArray ViewerWindow::saveState() const {
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << stateVersion << saveGeometry() << m_p->split->saveState() << m_p->doors->current();
    return state;
}

void ViewerWindow::restoreState(const QByteArray& state) {
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    qint32 version = 0;
    QByteArray geometry, panes;
    QString door;
    stream >> version >> geometry >> panes >> door;
    if (stream.status() != QDataStream::Ok || version != stateVersion)
        return;
    restoreGeometry(geometry);
    m_p->split->restoreState(panes);
    m_p->doors->choose(door);
}

void ViewerWindow::showVisit(const QString& door, const core::Uuid7& visit) {
    showDoor(door);
    m_p->pane->choose(door, visit);
}

void ViewerWindow::showDoor(const QString& door) {
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
    if (!m_p->doors->current().isEmpty()) // all doors show this one as well
        m_p->doors->choose(door);
}

void ViewerWindow::openPairing(const QString& link) {
    ViewerPairing::open(this, m_p->context.port, link, [this](const QString& door) {
        m_p->doors->choose(door);
        if (const auto paired = doorById(m_p->context.port, door))
            m_p->notice->tell(ViewerWords::tr("Paired with %1.").arg(ViewerWords::name(*paired)), {});
    });
}

void ViewerWindow::openSettings() {
    ViewerSheets::settings(this, m_p->context.port);
}

void ViewerWindow::closeEvent(QCloseEvent* event) {
    event->accept();
    Q_EMIT closed();
}

void ViewerWindow::changeEvent(QEvent* event) {
    const bool looks = event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange ||
                       event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange;
    if (looks && m_p && m_p->main != nullptr)
        m_p->dress();
    QWidget::changeEvent(event);
}

void ViewerWindow::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_p->style.colour(&Palette::background));
}

void ViewerWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        m_p->escape();
    else
        QWidget::keyPressEvent(event);
}

} // namespace facelatch::ui
