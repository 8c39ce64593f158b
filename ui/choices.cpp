// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing switches, segments and chips.
#include "ui/choices.h"

#include <QBoxLayout>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

Toggle::Toggle(const QString& text, QWidget* parent) : Touchable(parent) {
    setCheckable(true);
    setText(text);
    setSizePolicy(text.isEmpty() ? QSizePolicy::Fixed : QSizePolicy::Preferred, QSizePolicy::Fixed);
}

int Toggle::textWidth() const {
    return std::max(1, width() - look().px(resources::toggleWidth) - look().px(resources::spaceS));
}

FittedText Toggle::fitted() const {
    return fitText(text(), {.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .balanced = false}, look(),
                   textWidth());
}

QSize Toggle::sizeHint() const {
    const int high = look().px(resources::listRow), wide = look().px(resources::toggleWidth);
    if (text().isEmpty())
        return {wide, high};
    const QFontMetrics metrics(look().font(resources::fontBody));
    return {metrics.horizontalAdvance(text()) + wide + look().px(resources::spaceS) + 2, high};
}

QSize Toggle::minimumSizeHint() const {
    return {look().px(resources::toggleWidth), sizeHint().height()};
}

void Toggle::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled())
        painter.setOpacity(resources::disabledOpacity);
    const FittedText words = fitted();
    const QFontMetrics metrics(words.font);
    painter.setFont(words.font);
    painter.setPen(look().colour(&Palette::text));
    int y = (height() - metrics.height() * static_cast<int>(words.lines.size())) / 2;
    for (const QString& line : words.lines) {
        painter.drawText(QRect(0, y, textWidth(), metrics.height()),
                         Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, line);
        y += metrics.height();
    }
    const int wide = look().px(resources::toggleWidth), high = look().px(resources::toggleHeight);
    const QRectF track(width() - wide, (height() - high) / 2.0, wide, high);
    const double line = look().px(resources::thinLine);
    painter.setPen(isChecked() ? QPen(Qt::NoPen) : QPen(look().colour(&Palette::outline), line));
    painter.setBrush(isChecked() ? look().colour(&Palette::accent) : QColor(Qt::transparent));
    painter.drawRoundedRect(isChecked() ? track : track.adjusted(line / 2, line / 2, -line / 2, -line / 2), high / 2.0,
                            high / 2.0);
    const double knob = look().px(resources::toggleKnob), edge = (high - knob) / 2.0;
    painter.setPen(Qt::NoPen);
    painter.setBrush(look().colour(isChecked() ? &Palette::onAccent : &Palette::outline));
    painter.drawEllipse(
        QRectF(isChecked() ? track.right() - edge - knob : track.left() + edge, track.top() + edge, knob, knob));
    paintRing(painter, text().isEmpty() ? track : QRectF(rect()));
}

// --- Segments --------------------------------------------------------------------------------------------------------

class Segments::Part : public Touchable {
public:
    Part(const QString& text, Segments& owner) : Touchable(&owner), m_owner(owner) {
        setText(text);
        setCheckable(true);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override {
        const QFontMetrics metrics(look().font(resources::fontBody, true));
        return {metrics.horizontalAdvance(text()) + 2 * look().px(resources::spaceXs) + 2,
                look().px(resources::listRow)};
    }
    QSize minimumSizeHint() const override { return {look().px(resources::listRow), sizeHint().height()}; }
    FittedText fitted() const {
        return fitText(text(),
                       {.fits = {{resources::fontBody, 1}, {resources::fontSmall, 1}, {resources::fontSmall, 2}},
                        .bold = isChecked()},
                       look(), std::max(1, width() - look().px(resources::spaceXs)));
    }

protected:
    void nextCheckState() override {} // the owner says which one is chosen
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
            m_owner.keyPressEvent(event); // the base would move the focus alone
        else
            Touchable::keyPressEvent(event);
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        if (!isEnabled())
            painter.setOpacity(resources::disabledOpacity);
        const bool on = isChecked();
        paintField(painter, rect(), on ? look().colour(&Palette::accent) : QColor(Qt::transparent),
                   on ? nullptr : &Palette::outline);
        const FittedText words = fitted();
        const QFontMetrics metrics(words.font);
        painter.setFont(words.font);
        painter.setPen(look().colour(on ? &Palette::onAccent : &Palette::text));
        int y = (height() - metrics.height() * static_cast<int>(words.lines.size())) / 2;
        for (const QString& line : words.lines) {
            painter.drawText(QRect(0, y, width(), metrics.height()), Qt::AlignCenter | Qt::TextDontClip, line);
            y += metrics.height();
        }
    }

private:
    Segments& m_owner;
};

Segments::Segments(const QStringList& options, QWidget* parent)
    : QWidget(parent), m_row(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
    m_row->setContentsMargins(0, 0, 0, 0);
    setOptions(options);
}

void Segments::setOptions(const QStringList& options) {
    qDeleteAll(m_parts);
    m_parts.clear();
    for (const QString& option : options) {
        auto* part = new Part(option, *this);
        const int index = static_cast<int>(m_parts.size());
        part->setObjectName(QStringLiteral("segment%1").arg(index));
        part->restyle(m_style);
        connect(part, &QAbstractButton::clicked, this, [this, index] {
            const bool other = index != m_current;
            setCurrent(index);
            if (other)
                Q_EMIT chosen(index);
        });
        m_row->addWidget(part, 1);
        m_parts << part;
    }
    setCurrent(std::min(m_current, count() - 1));
    arrange();
}

int Segments::count() const {
    return static_cast<int>(m_parts.size());
}

const QAbstractButton* Segments::option(int index) const {
    return m_parts[index];
}

FittedText Segments::fitted(int index) const {
    return m_parts[index]->fitted();
}

void Segments::setCurrent(int index) {
    m_current = index;
    for (int i = 0; i < count(); ++i)
        m_parts[i]->setChecked(i == index);
}

void Segments::setOptionEnabled(int index, bool enabled) {
    m_parts[index]->setEnabled(enabled);
}

void Segments::restyle(const Style& style) {
    m_style = style;
    m_row->setSpacing(style.px(resources::spaceXs));
    for (Part* part : m_parts)
        part->restyle(style);
    arrange();
}

void Segments::resizeEvent(QResizeEvent*) {
    arrange();
}

/// Side by side, if the widest option fits into its share.
void Segments::arrange() {
    int widest = 0;
    for (const Part* part : m_parts)
        widest = std::max(widest, part->sizeHint().width());
    const int needed = widest * count() + m_row->spacing() * std::max(0, count() - 1);
    const auto wanted = width() >= needed ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (m_row->direction() != wanted)
        m_row->setDirection(wanted);
}

void Segments::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const int next = m_current + step;
    if (step == 0 || next < 0 || next >= count() || !m_parts[next]->isEnabled()) {
        event->ignore();
        return;
    }
    m_parts[next]->setFocus(Qt::TabFocusReason);
    m_parts[next]->click();
}

// --- Chip ------------------------------------------------------------------------------------------------------------

Chip::Chip(const QString& text, Tone tone, QWidget* parent) : Touchable(parent), m_tone(tone) {
    setText(text);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents); // presses belong to the row below it
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::makeFilter() {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, false);
    updateGeometry();
}

void Chip::setTone(Tone tone) {
    m_tone = tone;
    m_picture = {};
    update();
}

void Chip::setSymbol(std::optional<Icon> symbol) {
    m_symbol = symbol;
    m_picture = {};
    updateGeometry();
    update();
}

void Chip::checkStateSet() {
    m_picture = {};
    Touchable::checkStateSet();
}

void Chip::nextCheckState() {
    m_picture = {};
    Touchable::nextCheckState();
}

ColourRole Chip::ink() const {
    if (pressable())
        return isChecked() ? &Palette::onAccent : &Palette::text;
    switch (m_tone) {
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

QSize Chip::sizeHint() const {
    const QFontMetrics metrics(look().font(resources::fontSmall, true));
    const int icon = m_symbol ? look().px(resources::iconSmall) + look().px(resources::spaceXs) / 2 : 0;
    const int high = look().px(pressable() ? resources::listRow : resources::spaceL);
    return {metrics.horizontalAdvance(text()) + icon + 2 * look().px(resources::spaceXs) + high / 2, high};
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled())
        painter.setOpacity(resources::disabledOpacity);
    const bool on = pressable() && isChecked();
    const double line = look().px(resources::thinLine);
    const QRectF pill = QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2);
    painter.setPen(on ? QPen(Qt::NoPen) : QPen(look().colour(ink(), resources::edgeOpacity), line));
    painter.setBrush(on ? look().colour(&Palette::accent) : QColor(Qt::transparent));
    painter.drawRoundedRect(on ? QRectF(rect()) : pill, height() / 2.0, height() / 2.0);
    const int icon = m_symbol ? look().px(resources::iconSmall) : 0;
    const int gap = m_symbol ? look().px(resources::spaceXs) / 2 : 0;
    painter.setFont(look().font(resources::fontSmall, true));
    const int wide = painter.fontMetrics().horizontalAdvance(text());
    int x = std::max(0, (width() - wide - icon - gap) / 2);
    if (m_symbol) {
        if (m_picture.isNull())
            m_picture = iconPixmap(*m_symbol, icon, look().colour(ink()), devicePixelRatioF());
        painter.drawPixmap(x, (height() - icon) / 2, m_picture);
        x += icon + gap;
    }
    painter.setPen(look().colour(ink()));
    painter.drawText(QRect(x, 0, wide, height()), Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, text());
    if (pressable())
        paintRing(painter, rect());
}

} // namespace facelatch::ui
