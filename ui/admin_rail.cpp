// SPDX-License-Identifier: GPL-3.0-or-later
// The rail.
#include "ui/admin_rail.h"

#include <QBoxLayout>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

class AdminRail::Entry : public Touchable {
public:
    Entry(int number, Icon icon, const QString& text, QWidget* parent)
        : Touchable(parent), m_number(number), m_icon(icon) {
        setText(text);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    }
    int number() const { return m_number; }
    void setCurrent(bool current) {
        m_current = current;
        m_picture = {};
        update();
    }
    QSize sizeHint() const override {
        const QFontMetrics metrics(look().font(resources::fontSmall, true));
        const int wide = metrics.horizontalAdvance(text()) + look().px(resources::spaceXs);
        return {std::max(wide, look().px(resources::touchTarget)), look().px(resources::touchTarget)};
    }

protected:
    void restyled() override { m_picture = {}; }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const int gap = look().px(resources::thinLine);
        const QRectF field = QRectF(rect()).adjusted(gap, gap, -gap, -gap);
        paintField(painter, field, m_current ? look().colour(&Palette::background) : QColor(Qt::transparent), nullptr);
        const QColor ink = look().colour(m_current ? &Palette::accent : &Palette::muted);
        const int icon = look().px(resources::iconBody);
        if (m_picture.isNull())
            m_picture = iconPixmap(m_icon, icon, ink, devicePixelRatioF());
        painter.setFont(look().font(resources::fontSmall, m_current));
        const int line = painter.fontMetrics().height();
        const int top = (height() - icon - line) / 2;
        painter.drawPixmap((width() - icon) / 2, top, m_picture);
        painter.setPen(ink);
        painter.drawText(QRect(0, top + icon, width(), line), Qt::AlignCenter | Qt::TextDontClip | Qt::TextSingleLine,
                         text());
    }

private:
    const int m_number;
    const Icon m_icon;
    bool m_current = false;
    QPixmap m_picture;
};

AdminRail::AdminRail(QWidget* parent) : QWidget(parent), m_box(new QBoxLayout(QBoxLayout::TopToBottom, this)) {
    setObjectName(QStringLiteral("adminRail"));
    m_box->setSpacing(0);
}

void AdminRail::addEntry(int number, Icon icon, const QString& text, const QString& name) {
    auto* entry = new Entry(number, icon, text, this);
    entry->setObjectName(name);
    connect(entry, &QAbstractButton::clicked, this, [this, number] { Q_EMIT pressed(number); });
    m_box->addWidget(entry, 1);
    m_entries << entry;
    entry->restyle(m_style);
}

void AdminRail::setCurrent(int number) {
    m_current = number;
    for (Entry* entry : m_entries)
        entry->setCurrent(entry->number() == number);
}

void AdminRail::restyle(const Style& style) {
    m_style = style;
    m_box->setDirection(style.portrait ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const int edge = style.px(resources::spaceXs) / 2;
    m_box->setContentsMargins(edge, edge, edge, edge);
    if (style.portrait) {
        setFixedHeight(style.px(resources::railHeight));
        setMinimumWidth(0);
        setMaximumWidth(QWIDGETSIZE_MAX);
    } else {
        setFixedWidth(style.px(resources::railWidth));
        setMinimumHeight(0);
        setMaximumHeight(QWIDGETSIZE_MAX);
    }
    update();
}

void AdminRail::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_style.colour(&Palette::surface));
}

} // namespace facelatch::ui
