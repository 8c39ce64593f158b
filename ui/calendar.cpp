// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing a month.
#include "ui/calendar.h"

#include "ui/access_words.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

constexpr int columns = core::daysOfWeek;

} // namespace

/// The days; drawn, since there are up to 42 of them.
class Calendar::Days : public QWidget {
public:
    explicit Days(Calendar& owner) : QWidget(&owner), m_owner(owner) {
        setObjectName(QStringLiteral("calendarDays"));
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    void restyle(const Style& style) {
        m_style = style;
        updateGeometry();
        update();
    }
    QSize sizeHint() const override {
        return {columns * m_style.px(resources::listRow), nameHeight() + rows() * m_style.px(resources::listRow)};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(m_style.font(resources::fontSmall));
        painter.setPen(m_style.colour(&Palette::muted));
        for (int i = 0; i < columns; ++i)
            painter.drawText(QRect(i * width() / columns, 0, width() / columns, nameHeight()), Qt::AlignCenter,
                             AccessWords::day(AccessWords::weekdays[static_cast<std::size_t>(i)], m_owner.m_locale));
        for (int day = 1; day <= m_owner.m_month.daysInMonth(); ++day)
            paintDay(painter, day);
    }
    void mousePressEvent(QMouseEvent* event) override {
        m_pressed = dayAt(event->position().toPoint());
        update();
    }
    void mouseReleaseEvent(QMouseEvent* event) override {
        const int day = dayAt(event->position().toPoint());
        if (std::exchange(m_pressed, 0) == day && day > 0)
            choose(day);
        update();
    }
    void keyPressEvent(QKeyEvent* event) override {
        const QDate from = m_owner.m_selected.isValid() ? m_owner.m_selected : m_owner.m_month;
        const int step = event->key() == Qt::Key_Left    ? -1
                         : event->key() == Qt::Key_Right ? 1
                         : event->key() == Qt::Key_Up    ? -columns
                         : event->key() == Qt::Key_Down  ? columns
                                                         : 0;
        const QDate to = from.addDays(step);
        if (step == 0 || to.month() != m_owner.m_month.month())
            return QWidget::keyPressEvent(event);
        choose(to.day());
    }

private:
    int nameHeight() const { return m_style.px(resources::spaceM); }
    int lead() const { return m_owner.m_month.dayOfWeek() - 1; }
    int rows() const { return (lead() + m_owner.m_month.daysInMonth() + columns - 1) / columns; }
    QRect placeOf(int day) const {
        const int cell = lead() + day - 1, row = cell / columns, column = cell % columns;
        const int left = column * width() / columns, right = (column + 1) * width() / columns;
        const int high = m_style.px(resources::listRow);
        return {left, nameHeight() + row * high, right - left, high};
    }
    bool isOpen(int day) const {
        const QDate date(m_owner.m_month.year(), m_owner.m_month.month(), day);
        const bool inside = (!m_owner.m_first.isValid() || date >= m_owner.m_first) &&
                            (!m_owner.m_last.isValid() || date <= m_owner.m_last);
        return inside && (!m_owner.m_days || m_owner.m_days->contains(day));
    }
    int dayAt(QPoint place) const {
        for (int day = 1; day <= m_owner.m_month.daysInMonth(); ++day)
            if (placeOf(day).contains(place))
                return isOpen(day) ? day : 0;
        return 0;
    }
    void choose(int day) {
        if (!isOpen(day))
            return;
        m_owner.m_selected = QDate(m_owner.m_month.year(), m_owner.m_month.month(), day);
        update();
        Q_EMIT m_owner.chosen(m_owner.m_selected);
    }
    void paintDay(QPainter& painter, int day) {
        const QDate date(m_owner.m_month.year(), m_owner.m_month.month(), day);
        const QRect place = placeOf(day);
        const int side = std::min(place.width(), place.height()) - m_style.px(resources::spaceXs) / 2;
        const QRect disc(place.center().x() - side / 2, place.center().y() - side / 2, side, side);
        const bool on = date == m_owner.m_selected, open = isOpen(day);
        const double line = m_style.px(resources::thinLine);
        painter.setPen(date == m_owner.m_today ? QPen(m_style.colour(&Palette::accent), line) : QPen(Qt::NoPen));
        painter.setBrush(on                 ? m_style.colour(&Palette::accent)
                         : day == m_pressed ? m_style.colour(&Palette::text, resources::pressedOpacity)
                                            : QColor(Qt::transparent));
        painter.drawEllipse(disc);
        painter.setOpacity(open ? 1 : resources::disabledOpacity);
        painter.setFont(m_style.font(resources::fontBody, open && m_owner.m_days.has_value()));
        painter.setPen(m_style.colour(on ? &Palette::onAccent : &Palette::text));
        painter.drawText(place, Qt::AlignCenter, QString::number(day));
        painter.setOpacity(1);
    }

    Calendar& m_owner;
    Style m_style;
    int m_pressed = 0;
};

Calendar::Calendar(const QLocale& locale, QWidget* parent)
    : QWidget(parent),
      m_locale(locale),
      m_month(1, 1, 1),
      m_column(new QVBoxLayout(this)),
      m_head(new QHBoxLayout),
      m_before(new Button(Button::Kind::Quiet, Icon::Back, AccessWords::tr("Month before"), this)),
      m_after(new Button(Button::Kind::Quiet, Icon::Chevron, AccessWords::tr("Next month"), this)),
      m_name(new TextBlock(
          {.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .bold = true, .centred = true}, this)),
      m_grid(new Days(*this)) {
    m_before->setObjectName(QStringLiteral("calendarBefore"));
    m_after->setObjectName(QStringLiteral("calendarAfter"));
    m_name->setObjectName(QStringLiteral("calendarMonth"));
    for (Button* button : {m_before, m_after})
        button->setIconOnly(true);
    m_head->addWidget(m_before);
    m_head->addWidget(m_name, 1);
    m_head->addWidget(m_after);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addLayout(m_head);
    m_column->addWidget(m_grid);
    connect(m_before, &QAbstractButton::clicked, this, [this] { step(-1); });
    connect(m_after, &QAbstractButton::clicked, this, [this] { step(1); });
    showName();
}

void Calendar::showMonth(QDate day) {
    m_month = QDate(day.year(), day.month(), 1);
    showName();
}

void Calendar::setLimits(QDate first, QDate last) {
    m_first = first;
    m_last = last;
    showName();
}

void Calendar::setDays(std::optional<QSet<int>> days) {
    m_days = std::move(days);
    m_grid->update();
}

void Calendar::setSelected(QDate day) {
    m_selected = day;
    m_grid->update();
}

void Calendar::setToday(QDate day) {
    m_today = day;
    m_grid->update();
}

void Calendar::step(int months) {
    m_month = m_month.addMonths(months);
    if (m_days)
        m_days->clear(); // until somebody says which
    showName();
    Q_EMIT monthChanged(m_month);
}

void Calendar::showName() {
    QString name = m_locale.toString(m_month, QStringLiteral("MMMM yyyy"));
    name[0] = name[0].toUpper();
    m_name->setText(name);
    m_before->setEnabled(!m_first.isValid() || m_month > m_first);
    m_after->setEnabled(!m_last.isValid() || m_month.addMonths(1) <= m_last);
    m_grid->updateGeometry();
    m_grid->update();
}

void Calendar::restyle(const Style& style) {
    m_column->setSpacing(style.px(resources::spaceXs));
    m_grid->restyle(style);
}

} // namespace facelatch::ui
