// SPDX-License-Identifier: GPL-3.0-or-later
// Fields for text.
#include "ui/fields.h"

#include "ui/kit_words.h"

#include <QBoxLayout>
#include <QFocusEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QInputMethod>
#include <QPainter>

namespace facelatch::ui {

using resources::Palette;

LineEdit::LineEdit(QWidget* parent) : QLineEdit(parent) {
    setFrame(false);
    setContextMenuPolicy(Qt::NoContextMenu);
    setMaxLength(resources::longestField);
    setInputMethodHints(Qt::ImhNoPredictiveText);
    setAttribute(Qt::WA_MacShowFocusRect, false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QLineEdit::returnPressed, QGuiApplication::inputMethod(), &QInputMethod::hide, Qt::QueuedConnection);
}

void LineEdit::setSymbol(Icon symbol) {
    m_symbol = symbol;
    restyle(m_style);
}

void LineEdit::setWrong(bool wrong) {
    m_wrong = wrong;
    update();
}

void LineEdit::restyle(const Style& style) {
    m_style = style;
    m_picture = {};
    setFont(style.font(resources::fontBody));
    QPalette colours = palette();
    colours.setColor(QPalette::Base, QColor(Qt::transparent)); // the frame is painted below the text
    colours.setColor(QPalette::Text, style.colour(&Palette::text));
    colours.setColor(QPalette::PlaceholderText, style.colour(&Palette::muted));
    colours.setColor(QPalette::Highlight, style.colour(&Palette::accent));
    colours.setColor(QPalette::HighlightedText, style.colour(&Palette::onAccent));
    setPalette(colours);
    const int edge = style.px(resources::spaceS);
    const int icon = m_symbol ? style.px(resources::iconSmall) + style.px(resources::spaceXs) : 0;
    setTextMargins(edge + icon, 0, edge, 0);
    updateGeometry();
    update();
}

QSize LineEdit::sizeHint() const {
    return {m_style.px(resources::fieldWidth), m_style.px(resources::listRow)};
}

QSize LineEdit::minimumSizeHint() const {
    return {m_style.px(resources::touchTarget), m_style.px(resources::listRow)};
}

void LineEdit::paintEvent(QPaintEvent* event) {
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double line = m_style.px(resources::thinLine);
        const int corner = m_style.px(resources::corner);
        const ColourRole edge = m_wrong ? &Palette::refused : hasFocus() ? &Palette::accent : &Palette::outline;
        painter.setPen(QPen(m_style.colour(edge, hasFocus() || m_wrong ? 1 : resources::edgeOpacity), line));
        painter.setBrush(m_style.colour(&Palette::background));
        painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), corner, corner);
        if (m_symbol) {
            const int icon = m_style.px(resources::iconSmall);
            if (m_picture.isNull())
                m_picture = iconPixmap(*m_symbol, icon, m_style.colour(&Palette::muted), devicePixelRatioF());
            painter.drawPixmap(m_style.px(resources::spaceS), (height() - icon) / 2, m_picture);
        }
    }
    QLineEdit::paintEvent(event);
}

void LineEdit::focusInEvent(QFocusEvent* event) {
    QLineEdit::focusInEvent(event);
    update();
}

void LineEdit::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    update();
}

// --- TextField -------------------------------------------------------------------------------------------------------

TextField::TextField(const QString& label, QWidget* parent)
    : QWidget(parent),
      m_column(new QVBoxLayout(this)),
      m_label(new TextBlock({.fits = {{resources::fontSmall, 2}}, .colour = &Palette::muted, .balanced = false}, this)),
      m_line(new LineEdit(this)),
      m_note(new TextBlock(
          {.fits = {{resources::fontSmall, resources::mostLines}}, .colour = &Palette::muted, .balanced = false},
          this)) {
    m_label->setText(label);
    m_label->setObjectName(QStringLiteral("fieldLabel"));
    m_note->setObjectName(QStringLiteral("fieldNote"));
    m_line->setObjectName(QStringLiteral("fieldLine"));
    m_line->setAccessibleName(label);
    setFocusProxy(m_line);
    m_label->setVisible(!label.isEmpty());
    m_column->addWidget(m_label);
    m_column->addWidget(m_line);
    m_column->addWidget(m_note);
    m_column->setContentsMargins(0, 0, 0, 0);
    showNote();
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_changed = true;
        Q_EMIT edited(text);
    });
    connect(m_line, &QLineEdit::editingFinished, this, [this] {
        if (std::exchange(m_changed, false))
            Q_EMIT done(m_line->text());
    });
}

void TextField::setText(const QString& text) {
    m_changed = false;
    if (text != m_line->text()) // else the cursor would jump
        m_line->setText(text);
}

void TextField::setHelp(const QString& help) {
    m_help = help;
    showNote();
}

void TextField::setError(const QString& error) {
    m_error = error;
    showNote();
}

void TextField::showNote() {
    m_note->setText(m_error.isEmpty() ? m_help : m_error);
    m_note->setColour(m_error.isEmpty() ? &Palette::muted : &Palette::refused);
    m_note->setVisible(!m_note->text().isEmpty());
    m_line->setWrong(!m_error.isEmpty());
    m_line->setAccessibleDescription(m_note->text());
}

void TextField::setSecret(bool secret) {
    m_line->setEchoMode(secret ? QLineEdit::Password : QLineEdit::Normal);
    m_line->setInputMethodHints(secret ? Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                                             Qt::ImhNoAutoUppercase
                                       : Qt::ImhNoPredictiveText);
}

void TextField::restyle(const Style& style) {
    m_column->setSpacing(style.px(resources::spaceXs) / 2);
}

// --- SearchField -----------------------------------------------------------------------------------------------------

SearchField::SearchField(QWidget* parent)
    : QWidget(parent),
      m_row(new QHBoxLayout(this)),
      m_line(new LineEdit(this)),
      m_clear(new Button(Button::Kind::Quiet, Icon::Cancel, {}, this)) {
    m_line->setObjectName(QStringLiteral("searchLine"));
    m_line->setSymbol(Icon::Search);
    m_line->setPlaceholderText(KitWords::search());
    m_line->setInputMethodHints(Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_clear->setObjectName(QStringLiteral("searchClear"));
    m_clear->setAccessibleName(KitWords::clear());
    m_clear->hide();
    setFocusProxy(m_line);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addWidget(m_line, 1);
    m_row->addWidget(m_clear);
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_clear->setVisible(!text.isEmpty());
        Q_EMIT searched(text);
    });
    connect(m_clear, &QAbstractButton::clicked, m_line, &QLineEdit::clear);
}

void SearchField::restyle(const Style& style) {
    m_row->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
