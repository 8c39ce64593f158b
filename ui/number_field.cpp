// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers by finger.
#include "ui/number_field.h"

#include "ui/kit_words.h"
#include "ui/sheet.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace facelatch::ui {

using resources::Palette;

namespace {

QString shown(double value, const NumberRange& range, const QLocale& locale) {
    const QString number = locale.toString(value, 'f', range.decimals);
    return range.unit.isEmpty() ? number : number + QChar(QChar::Nbsp) + range.unit;
}

QString allowed(const NumberRange& range, const QLocale& locale) {
    return KitWords::range(locale.toString(range.from, 'f', range.decimals),
                           locale.toString(range.to, 'f', range.decimals), range.unit);
}

} // namespace

NumberPad::NumberPad(const NumberRange& range, const QLocale& locale, QWidget* parent)
    : QWidget(parent),
      m_range(range),
      m_locale(locale),
      m_column(new QVBoxLayout(this)),
      m_display(new TextBlock({.fits = {{resources::fontTitle}}, .bold = true, .centred = true}, this)),
      m_note(new TextBlock({.fits = {{resources::fontSmall, 2}}, .colour = &Palette::muted, .centred = true}, this)),
      m_keys(new QGridLayout) {
    setObjectName(QStringLiteral("numberPad"));
    m_display->setObjectName(QStringLiteral("numberTyped"));
    m_note->setObjectName(QStringLiteral("numberNote"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_display);
    m_column->addWidget(m_note);
    m_column->addLayout(m_keys);
    const bool negative = range.from < 0;
    QString signs = QStringLiteral("123456789");
    signs += negative ? QLatin1Char('-') : range.decimals > 0 ? m_locale.decimalPoint().front() : QLatin1Char(' ');
    signs += QLatin1Char('0');
    constexpr int columns = resources::keypadColumns;
    for (int i = 0; i < signs.size(); ++i) {
        const QChar sign = signs[i];
        if (sign == QLatin1Char(' '))
            continue;
        auto* key = new Button(Button::Kind::Plain, QString(sign), this);
        key->setObjectName(QStringLiteral("key%1").arg(sign));
        connect(key, &QAbstractButton::clicked, this, [this, sign] { press(sign); });
        m_keys->addWidget(key, i / columns, i % columns);
    }
    auto* remove = new Button(Button::Kind::Plain, Icon::Backspace, KitWords::backspace(), this);
    remove->setIconOnly(true);
    remove->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    remove->setObjectName(QStringLiteral("keyDelete"));
    connect(remove, &QAbstractButton::clicked, this, &NumberPad::remove);
    m_keys->addWidget(remove, columns, 2);
    if (negative && range.decimals > 0) {
        auto* point = new Button(Button::Kind::Plain, m_locale.decimalPoint(), this);
        point->setObjectName(QStringLiteral("keyPoint"));
        connect(point, &QAbstractButton::clicked, this, [this] { press(m_locale.decimalPoint().front()); });
        m_keys->addWidget(point, columns + 1, 0);
    }
    show(false);
}

std::optional<double> NumberPad::value() const {
    bool number = false;
    const double read = m_locale.toDouble(m_typed, &number);
    if (!number || read < m_range.from || read > m_range.to)
        return {};
    return read;
}

void NumberPad::press(QChar sign) {
    const QChar point = m_locale.decimalPoint().front();
    const bool twice = sign == point && m_typed.contains(point);
    const bool tooMany =
        m_typed.contains(point) && sign != point && m_typed.size() - m_typed.indexOf(point) > m_range.decimals;
    if (m_typed.size() >= resources::mostDigits || twice || tooMany || (sign == QLatin1Char('-') && !m_typed.isEmpty()))
        return;
    m_typed += sign;
    show(true);
    Q_EMIT edited();
}

void NumberPad::remove() {
    m_typed.chop(1);
    show(true);
    Q_EMIT edited();
}

void NumberPad::show(bool judged) {
    const bool wrong = judged && !m_typed.isEmpty() && !value();
    m_display->setText(m_typed.isEmpty() ? QStringLiteral("\u2013") : m_typed);
    m_display->setColour(wrong ? &Palette::refused : &Palette::text);
    m_note->setText(allowed(m_range, m_locale));
    m_note->setColour(wrong ? &Palette::refused : &Palette::muted);
}

void NumberPad::keyPressEvent(QKeyEvent* event) {
    const QString text = event->text();
    if (event->key() == Qt::Key_Backspace)
        remove();
    else if (text.size() == 1 && text.front().isDigit())
        press(text.front());
    else if (m_range.decimals > 0 && (text == QStringLiteral(".") || text == QStringLiteral(",")))
        press(m_locale.decimalPoint().front());
    else if (m_range.from < 0 && text == QStringLiteral("-"))
        press(QLatin1Char('-'));
    else
        QWidget::keyPressEvent(event);
}

void NumberPad::restyle(const Style& style) {
    m_column->setSpacing(style.px(resources::spaceXs));
    m_keys->setSpacing(style.px(resources::spaceXs));
}

// --- NumberField -----------------------------------------------------------------------------------------------------

NumberField::NumberField(const QString& label, const NumberRange& range, const QLocale& locale, QWidget* parent)
    : QWidget(parent),
      m_title(label),
      m_range(range),
      m_locale(locale),
      m_value(range.from),
      m_row(new QHBoxLayout(this)),
      m_label(new TextBlock({.fits = {{resources::fontBody, 2}, {resources::fontSmall, 2}}, .balanced = false}, this)),
      m_less(new Button(Button::Kind::Plain, Icon::Minus, {}, this)),
      m_shown(new Button(Button::Kind::Plain, {}, this)),
      m_more(new Button(Button::Kind::Plain, Icon::Plus, {}, this)) {
    m_label->setText(label);
    m_label->setVisible(!label.isEmpty());
    m_less->setObjectName(QStringLiteral("numberLess"));
    m_shown->setObjectName(QStringLiteral("numberValue"));
    m_more->setObjectName(QStringLiteral("numberMore"));
    m_less->setAccessibleName(KitWords::less());
    m_more->setAccessibleName(KitWords::more());
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addWidget(m_label, 1);
    m_row->addWidget(m_less);
    m_row->addWidget(m_shown);
    m_row->addWidget(m_more);
    m_less->setAutoRepeat(true);
    m_more->setAutoRepeat(true);
    connect(m_less, &QAbstractButton::clicked, this, [this] { step(-m_range.step); });
    connect(m_more, &QAbstractButton::clicked, this, [this] { step(m_range.step); });
    connect(m_shown, &QAbstractButton::clicked, this, &NumberField::type);
    showValue();
}

void NumberField::setValue(double value) {
    m_value = std::clamp(value, m_range.from, m_range.to);
    showValue();
}

/// In decimal steps: 0.1 + 0.2 is 0.3.
void NumberField::step(double by) {
    const double unit = std::pow(double(resources::decimalBase), m_range.decimals);
    const double before = m_value;
    setValue(std::round((m_value + by) * unit) / unit);
    if (m_value != before) // NOLINT: it is the very same number, or it was changed
        Q_EMIT changed(m_value);
}

void NumberField::type() {
    auto* sheet = new Sheet(this, m_title);
    sheet->setObjectName(QStringLiteral("numberSheet"));
    auto* pad = new NumberPad(m_range, m_locale);
    sheet->add(pad);
    sheet->addAction(Button::Kind::Plain, KitWords::cancel(), {})->setObjectName(QStringLiteral("sheetNo"));
    Button* take = sheet->addAction(Button::Kind::Primary, KitWords::ok(), [this, pad] {
        const std::optional<double> typed = pad->value();
        if (!typed)
            return;
        setValue(*typed);
        Q_EMIT changed(m_value);
    });
    take->setObjectName(QStringLiteral("sheetYes"));
    take->setEnabled(false);
    connect(pad, &NumberPad::edited, take, [take, pad] { take->setEnabled(pad->value().has_value()); });
    sheet->open();
    pad->setFocusPolicy(Qt::StrongFocus);
    pad->setFocus(Qt::OtherFocusReason);
}

void NumberField::showValue() {
    m_shown->setText(shown(m_value, m_range, m_locale));
    m_shown->setAccessibleName(m_title + QStringLiteral(": ") + m_shown->text());
    m_less->setEnabled(m_value > m_range.from);
    m_more->setEnabled(m_value < m_range.to);
    m_shown->updateGeometry();
}

void NumberField::restyle(const Style& style) {
    m_row->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
