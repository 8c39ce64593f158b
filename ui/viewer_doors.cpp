// SPDX-License-Identifier: GPL-3.0-or-later
// Cards of doors.
#include "ui/viewer_doors.h"

#include "ui/row_paint.h"
#include "ui/viewer_words.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

ColourRole inkOf(Tone tone) {
    switch (tone) {
    case Tone::Good:
        return &Palette::granted;
    case Tone::Attention:
        return &Palette::refused;
    case Tone::Alarm:
        return &Palette::alarm;
    case Tone::Accent:
        return &Palette::accent;
    case Tone::Neutral:
        break;
    }
    return &Palette::muted;
}

Icon iconOf(Tone tone) {
    return tone == Tone::Good                               ? Icon::Tick
           : tone == Tone::Alarm || tone == Tone::Attention ? Icon::Warning
                                                            : Icon::Clock;
}

} // namespace

DoorCard::DoorCard(const QString& door, QWidget* parent) : Touchable(parent), m_door(door) {
    setObjectName(QStringLiteral("doorCard"));
    setCheckable(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DoorCard::show(const ViewerDoor& door, core::WallTime now, const QLocale& locale) {
    m_name = ViewerWords::name(door);
    m_state = ViewerWords::state(door);
    if (door.simulated)
        m_state += QStringLiteral(" · ") + ViewerWords::tr("simulated");
    m_stateIcon = door.released && !door.lockedDown ? Icon::LockOpen : Icon::Lock;
    m_stateColour = door.lockedDown ? &Palette::alarm : door.released ? &Palette::granted : &Palette::muted;
    m_last = ViewerWords::lastVisit(door, now, locale);
    const bool known = door.last.has_value();
    const bool granted = known && door.last->event.outcome == core::Outcome::Granted;
    m_lastIcon = !known ? Icon::Person : granted ? Icon::Tick : Icon::Wave;
    m_lastColour = !known ? &Palette::muted : granted ? &Palette::granted : &Palette::refused;
    const Tone tone = ViewerWords::connectionTone(door);
    m_connection = ViewerWords::connection(door, now, locale);
    m_connectionIcon = iconOf(tone);
    m_connectionColour = inkOf(tone);
    describe();
}

void DoorCard::showAll(int doors, const QString& connection, bool troubled) {
    m_name = ViewerWords::tr("All doors");
    m_state = ViewerWords::tr("%L1 doors, one timeline").arg(doors);
    m_stateIcon = Icon::Log;
    m_connection = connection;
    m_connectionIcon = troubled ? Icon::Warning : Icon::Tick;
    m_connectionColour = troubled ? &Palette::refused : &Palette::granted;
    describe();
}

void DoorCard::describe() {
    QStringList said = lines();
    said.removeAll(QString());
    setText(m_name);
    setAccessibleName(said.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize DoorCard::sizeHint() const {
    const QFontMetrics title(look().font(resources::fontBody, true)), small(look().font(resources::fontSmall));
    int high = title.height() + 2 * look().px(resources::spaceXs);
    for (const QString& line : {m_state, m_last, m_connection})
        high += line.isEmpty() ? 0 : std::max(small.height(), look().px(resources::spaceM)) + 1;
    return {look().px(resources::doorsLeast), high};
}

QSize DoorCard::minimumSizeHint() const {
    return {look().px(resources::touchTarget), sizeHint().height()};
}

void DoorCard::paintLine(QPainter& painter, const QRect& place, Icon icon, ColourRole ink, const QString& text,
                         ColourRole colour) const {
    const int side = look().px(resources::spaceM) - 2, gap = look().px(resources::spaceXs);
    painter.drawPixmap(place.left(), place.top() + (place.height() - side) / 2,
                       iconPixmap(icon, side, look().colour(ink), devicePixelRatioF()));
    painter.setPen(look().colour(colour));
    const QRect words = place.adjusted(side + gap, 0, 0, 0);
    painter.drawText(words, rowTextFlags, painter.fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
}

void DoorCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintField(painter, rect(), look().colour(&Palette::surface), isChecked() ? &Palette::accent : nullptr);
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look().colour(&Palette::accent, resources::pressVeil));
        painter.drawRoundedRect(rect(), look().px(resources::corner), look().px(resources::corner));
    }
    const int edge = look().px(resources::spaceS), gap = look().px(resources::spaceXs);
    const int wide = width() - 2 * edge;
    painter.setFont(look().font(resources::fontBody, true));
    painter.setPen(look().colour(&Palette::text));
    const int title = painter.fontMetrics().height();
    painter.drawText(QRect(edge, gap, wide, title), rowTextFlags,
                     painter.fontMetrics().elidedText(m_name, Qt::ElideRight, wide));
    painter.setFont(look().font(resources::fontSmall));
    const int line = std::max(painter.fontMetrics().height(), look().px(resources::spaceM)) + 1;
    int y = gap + title;
    const auto put = [&](Icon icon, ColourRole ink, const QString& text, ColourRole colour) {
        if (text.isEmpty())
            return;
        paintLine(painter, {edge, y, wide, line}, icon, ink, text, colour);
        y += line;
    };
    put(m_stateIcon, m_stateColour, m_state, m_stateColour);
    put(m_lastIcon, m_lastColour, m_last, &Palette::muted);
    put(m_connectionIcon, m_connectionColour, m_connection, m_connectionColour);
}

// --- ViewerDoors -----------------------------------------------------------------------------------------------------

ViewerDoors::ViewerDoors(ViewerPort& port, std::function<core::WallTime()> clock, const QLocale& locale,
                         QWidget* parent)
    : QWidget(parent),
      m_port(port),
      m_clock(std::move(clock)),
      m_locale(locale),
      m_column(new QVBoxLayout(this)),
      m_foot(new QHBoxLayout),
      m_scroll(new ScrollArea(this)),
      m_details(new Button(Button::Kind::Plain, Icon::Edit, {}, this)) {
    setObjectName(QStringLiteral("viewerDoors"));
    setAccessibleName(ViewerWords::tr("Doors"));
    auto* pair = new Button(Button::Kind::Plain, Icon::Plus, ViewerWords::tr("Pair a door"), this);
    auto* settings = new Button(Button::Kind::Plain, Icon::Sliders, {}, this);
    pair->setObjectName(QStringLiteral("pairButton"));
    const auto name = [](Button* button, const char* object, const QString& words) {
        button->setObjectName(QLatin1String(object));
        button->setAccessibleName(words);
        button->setToolTip(words);
    };
    name(settings, "settingsButton", ViewerWords::tr("Settings"));
    name(m_details, "doorDetails", ViewerWords::tr("About this door"));
    m_scroll->setMargin(0);
    m_foot->setContentsMargins(0, 0, 0, 0);
    m_foot->addWidget(pair, 1);
    m_foot->addWidget(m_details);
    m_foot->addWidget(settings);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_scroll, 1);
    m_column->addLayout(m_foot);
    connect(pair, &QAbstractButton::clicked, this, &ViewerDoors::pairAsked);
    connect(settings, &QAbstractButton::clicked, this, &ViewerDoors::settingsAsked);
    connect(m_details, &QAbstractButton::clicked, this, [this] { Q_EMIT detailsAsked(m_current); });
    connect(&port, &ViewerPort::doorsChanged, this, &ViewerDoors::rebuild);
    connect(&port, &ViewerPort::doorChanged, this, &ViewerDoors::refresh);
    rebuild();
}

DoorCard* ViewerDoors::addCard(const QString& door) {
    auto* card = new DoorCard(door);
    m_scroll->add(card);
    m_cards << card;
    card->installEventFilter(this);
    connect(card, &QAbstractButton::clicked, this, [this, door] { choose(door); });
    return card;
}

void ViewerDoors::rebuild() {
    m_scroll->clear();
    m_cards.clear();
    const auto doors = m_port.doors();
    if (doors.size() > 1)
        addCard({});
    for (const ViewerDoor& door : doors)
        addCard(door.id);
    restyleAll(*m_scroll, m_style);
    const bool there =
        std::any_of(m_cards.begin(), m_cards.end(), [this](const DoorCard* card) { return card->door() == m_current; });
    refresh();
    if (!m_cards.isEmpty() && !there)
        choose(m_cards.constFirst()->door());
}

void ViewerDoors::refresh() {
    const auto doors = m_port.doors();
    const auto now = m_clock();
    const auto away = std::count_if(doors.begin(), doors.end(),
                                    [](const ViewerDoor& door) { return door.connection != Connection::Online; });
    for (DoorCard* card : m_cards) {
        card->setChecked(card->door() == m_current);
        if (card->door().isEmpty())
            card->showAll(static_cast<int>(doors.size()),
                          away == 0 ? ViewerWords::tr("All online") : ViewerWords::tr("%L1 not connected").arg(away),
                          away > 0);
        for (const ViewerDoor& door : doors)
            if (door.id == card->door())
                card->show(door, now, m_locale);
    }
    m_details->setEnabled(!m_current.isEmpty());
}

void ViewerDoors::choose(const QString& door) {
    if (std::none_of(m_cards.begin(), m_cards.end(), [&](const DoorCard* card) { return card->door() == door; }))
        return;
    m_current = door;
    refresh();
    Q_EMIT chosen(door);
}

void ViewerDoors::chooseNth(int index) {
    if (index < 0 || index >= m_cards.size())
        return;
    choose(m_cards[index]->door());
    m_scroll->reveal(m_cards[index]);
}

/// Up and down on a card go from door to door.
bool ViewerDoors::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) // what is being destroyed has events, too, and is no card any more
        return QWidget::eventFilter(watched, event);
    const auto at = m_cards.indexOf(static_cast<DoorCard*>(watched));
    if (at < 0)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    if (step == 0)
        return QWidget::eventFilter(watched, event);
    const auto next = std::clamp<qsizetype>(at + step, 0, m_cards.size() - 1);
    m_cards[next]->setFocus(Qt::TabFocusReason);
    chooseNth(static_cast<int>(next));
    return true;
}

void ViewerDoors::restyle(const Style& style) {
    m_style = style;
    m_column->setSpacing(style.px(resources::spaceXs));
    m_foot->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
