// SPDX-License-Identifier: GPL-3.0-or-later
// The long press, the rows, the leaving.
#include "ui/doctor_page.h"

#include "ui/doctor_words.h"

#include <QBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace facelatch::ui {

using core::Health;
using resources::Palette;

namespace {

constexpr core::milliseconds holdsFor{resources::servicePressMs}, leavesAfter{resources::serviceLeavesMs};

/// What needs somebody comes first.
enum class Urgency { Broken, Attention, None, Unknown };

Urgency urgency(Health health) {
    switch (health) {
    case Health::OutOfService:
    case Health::Failed:
        return Urgency::Broken;
    case Health::Warning:
        return Urgency::Attention;
    case Health::Ok:
        return Urgency::None;
    case Health::NotHere:
        break;
    }
    return Urgency::Unknown;
}

Icon iconOf(Health health) {
    return health == Health::Ok ? Icon::Tick : health == Health::NotHere ? Icon::Info : Icon::Warning;
}

ColourRole colourOf(Health health) {
    switch (health) {
    case Health::Ok:
        return &Palette::granted;
    case Health::NotHere:
        return &Palette::muted;
    case Health::Warning:
        return &Palette::refused;
    case Health::Failed:
    case Health::OutOfService:
        break;
    }
    return &Palette::alarm;
}

/// One line a check, the worst; the urgent ones first.
std::vector<core::CheckLine> arranged(const std::vector<core::CheckLine>& lines) {
    std::vector<core::CheckLine> rows;
    for (const core::CheckLine& line : lines) {
        const auto same =
            std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.check == line.check; });
        if (same == rows.end())
            rows.push_back(line);
        else if (urgency(line.health) < urgency(same->health))
            *same = line;
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return urgency(a.health) < urgency(b.health); });
    return rows;
}

} // namespace

DoctorPage::DoctorPage(QWidget& window, ServicePage when, Clock clock)
    : QWidget(&window),
      m_window(window),
      m_when(when),
      m_clock(std::move(clock)),
      m_head(new QHBoxLayout),
      m_column(new QVBoxLayout(this)),
      m_scroll(new QScrollArea(this)) {
    setObjectName(QStringLiteral("doctorPage"));
    auto* back = new Panel({.marginX = resources::spaceS, .marginY = resources::spaceS}, this);
    back->setObjectName(QStringLiteral("doctorBack"));
    back->box()->addWidget(new IconLabel(Icon::Back, resources::iconBody, &Palette::accent, back));
    m_back = back;
    m_heading = new TextBlock(
        {.fits = {{resources::fontTitle, 1}, {resources::fontBody, resources::mostLines}}, .bold = true}, this);
    m_heading->setObjectName(QStringLiteral("doctorHeading"));
    m_heading->setText(DoctorWords::heading());
    m_head->addWidget(m_back, 0, Qt::AlignTop);
    m_head->addWidget(m_heading, 1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setObjectName(QStringLiteral("doctorScroll"));
    m_column->addLayout(m_head);
    m_column->addWidget(m_scroll, 1);
    hide();
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_touched = m_clock(); });
    connect(&m_timer, &QTimer::timeout, this, &DoctorPage::tick);
    if (m_when != ServicePage::Off) {
        m_window.installEventFilter(this);
        m_timer.start(resources::clockPeriodMs);
    }
}

void DoctorPage::open() {
    m_pressed.reset();
    m_touched = m_clock();
    m_lines.clear();
    setGeometry(m_window.rect());
    makeRows();
    show();
    raise();
    Q_EMIT wanted();
}

void DoctorPage::leave() {
    hide();
}

void DoctorPage::showLines(const std::vector<core::CheckLine>& lines) {
    m_lines = arranged(lines);
    if (isVisible())
        makeRows();
}

void DoctorPage::tick() {
    const core::MonoTime now = m_clock();
    const auto* granted = m_window.findChild<QWidget*>(QStringLiteral("grantedPage"));
    const bool letsSomebodyIn = granted != nullptr && granted->isVisible();
    if (isVisible() && (letsSomebodyIn || now - m_touched >= leavesAfter))
        leave();
    if (letsSomebodyIn)
        m_pressed.reset();
    if (m_pressed && now - *m_pressed >= holdsFor)
        open();
}

/// Presses reach the window when no widget in it wants them: none of the door's does.
bool DoctorPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched != &m_window)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Resize)
        setGeometry(m_window.rect());
    const auto* mouse = dynamic_cast<QMouseEvent*>(event);
    if (mouse == nullptr)
        return false;
    const QPoint at = mouse->position().toPoint();
    if (isVisible())
        m_touched = m_clock();
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_pressedAt = at;
        if (!isVisible() && opensAt(at))
            m_pressed = m_clock();
        break;
    case QEvent::MouseMove:
        if (isVisible()) { // the list follows the finger
            QScrollBar* bar = m_scroll->verticalScrollBar();
            bar->setValue(bar->value() + m_pressedAt.y() - at.y());
            m_pressedAt = at;
        }
        break;
    case QEvent::MouseButtonRelease: {
        m_pressed.reset();
        const QRect back = m_back->geometry();
        if (isVisible() && back.contains(at) && back.contains(m_pressedAt))
            leave();
        break;
    }
    default:
        break;
    }
    return false;
}

bool DoctorPage::opensAt(QPoint inWindow) const {
    const auto holds = [&](const char* page, const char* name) {
        const auto* screen = m_window.findChild<QWidget*>(QLatin1String(page));
        const auto* widget = screen != nullptr ? screen->findChild<QWidget*>(QLatin1String(name)) : nullptr;
        return widget != nullptr && widget->isVisible() &&
               widget->rect().contains(widget->mapFrom(&m_window, inWindow));
    };
    return holds("outOfServicePage", "outOfService") ||
           (m_when == ServicePage::Always && holds("idlePage", "doorName"));
}

void DoctorPage::makeRows() {
    auto* rows = new QWidget;
    rows->setObjectName(QStringLiteral("doctorRows"));
    auto* column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, m_style.px(resources::spaceXs), 0);
    column->setSpacing(m_style.px(resources::spaceXs));
    if (m_lines.empty()) {
        auto* text =
            new TextBlock({.fits = {{resources::fontBody, resources::mostLines}}, .colour = &Palette::muted}, rows);
        text->setObjectName(QStringLiteral("doctorWorking"));
        text->setText(DoctorWords::working());
        column->addWidget(text);
    }
    for (const core::CheckLine& line : m_lines)
        column->addWidget(makeRow(line, rows));
    column->addStretch();
    restyleAll(*rows, m_style);
    m_scroll->setWidget(rows); // deletes the former one
}

QWidget* DoctorPage::makeRow(const core::CheckLine& line, QWidget* parent) const {
    auto* row = new Panel({.marginY = resources::spaceXs}, parent);
    row->setObjectName(QStringLiteral("doctorRow"));
    row->setMinimumHeight(m_style.px(resources::listRow));
    auto* words = new QBoxLayout(m_style.portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    words->setSpacing(m_style.portrait ? 0 : m_style.px(resources::spaceM));
    const auto add = [&](const char* name, const QString& text, bool bold, ColourRole colour, int stretch) {
        auto* block = new TextBlock(
            {.fits = {{resources::fontBody, resources::mostLines}, {resources::fontSmall, resources::mostLines}},
             .colour = colour,
             .bold = bold,
             .balanced = false},
            row);
        block->setObjectName(QLatin1String(name));
        block->setText(text);
        words->addWidget(block, stretch);
    };
    add("doctorCheck", DoctorWords::check(line.check), true, &Palette::text, 1);
    add("doctorFinding", DoctorWords::finding(line.finding), false, &Palette::muted, 2);
    row->box()->addWidget(new IconLabel(iconOf(line.health), resources::iconSmall, colourOf(line.health), row));
    row->box()->addLayout(words, 1);
    return row;
}

void DoctorPage::restyle(const Style& style) {
    m_style = style;
    const int edge = style.px(resources::spaceS);
    m_column->setContentsMargins(edge, edge, edge, edge);
    m_column->setSpacing(edge);
    m_head->setSpacing(style.px(resources::spaceM));
    QPalette colours = palette();
    colours.setColor(QPalette::Window, style.colour(&Palette::background));
    colours.setColor(QPalette::Base, style.colour(&Palette::background));
    colours.setColor(QPalette::Button, style.colour(&Palette::surface));
    setPalette(colours);
    makeRows();
    update();
}

void DoctorPage::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_style.colour(&Palette::background));
}

} // namespace facelatch::ui
