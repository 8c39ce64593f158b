// SPDX-License-Identifier: GPL-3.0-or-later
// Fitting and drawing plain text.
#include "ui/text_block.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace facelatch::ui {

namespace {

/// At most one line more than allowed: enough to see that the text does not fit.
QStringList breakLines(const QString& text, const QFont& font, int width, int maxLines, QTextOption::WrapMode wrap) {
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(wrap);
    layout.setTextOption(option);
    layout.beginLayout();
    QStringList lines;
    while (lines.size() <= maxLines) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        lines << text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

/// Nothing if the text does not fit without breaking a word.
QStringList wholeWords(const QString& text, const QFont& font, int width, int maxLines) {
    const QFontMetrics metrics(font);
    if (metrics.horizontalAdvance(text) <= width) // QTextLayout asks for a little more, and would break it
        return {text};
    const QStringList lines = breakLines(text, font, width, maxLines, QTextOption::WordWrap);
    const bool narrow = std::all_of(lines.begin(), lines.end(),
                                    [&](const QString& line) { return metrics.horizontalAdvance(line) <= width; });
    return narrow && lines.size() <= maxLines ? lines : QStringList();
}

/// The same number of lines at the least width that gives it.
QStringList balanced(const QString& text, const QFont& font, int width, QStringList lines) {
    const int count = static_cast<int>(lines.size());
    if (count < 2)
        return lines;
    int tooNarrow = width / count, enough = width;
    while (enough - tooNarrow > 1) {
        const int middle = (tooNarrow + enough) / 2;
        QStringList narrower = wholeWords(text, font, middle, count);
        if (narrower.isEmpty()) {
            tooNarrow = middle;
        } else {
            enough = middle;
            lines = std::move(narrower);
        }
    }
    return lines;
}

bool isDirectionControl(QChar c) {
    const ushort u = c.unicode();
    return u == 0x061C || (u >= 0x200E && u <= 0x200F) || (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069);
}

} // namespace

FittedText fitText(const QString& text, const TextLook& look, const Style& style, int width) {
    for (const TextFit& way : look.fits) {
        const QFont font = style.font(way.size, look.bold);
        QStringList lines = wholeWords(text, font, width, way.maxLines);
        if (lines.isEmpty() && !text.isEmpty())
            continue;
        if (look.balanced)
            lines = balanced(text, font, width, std::move(lines));
        return {font, lines, false};
    }
    const TextFit last = look.fits.back();
    const QFont font = style.font(last.size, look.bold);
    QStringList lines = breakLines(text, font, width, last.maxLines, QTextOption::WrapAtWordBoundaryOrAnywhere);
    const bool elided = lines.size() > last.maxLines;
    if (elided) {
        lines.removeLast();
        const QFontMetrics metrics(font);
        lines.last() = metrics.elidedText(lines.last() + QStringLiteral("\u2026"), Qt::ElideRight, width);
    }
    return {font, lines, elided};
}

QString cleanName(const QString& name) {
    QString clean;
    clean.reserve(name.size());
    for (const QChar c : name) {
        if (isDirectionControl(c))
            continue;
        clean += c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line ||
                         c.category() == QChar::Separator_Paragraph
                     ? QChar(QChar::Space)
                     : c;
    }
    return clean.simplified();
}

TextBlock::TextBlock(TextLook look, QWidget* parent) : QWidget(parent), m_look(std::move(look)) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TextBlock::setText(const QString& text) {
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    changed();
}

void TextBlock::setColour(ColourRole colour) {
    if (colour == m_look.colour)
        return;
    m_look.colour = colour;
    update();
}

void TextBlock::restyle(const Style& style) {
    m_style = style;
    changed();
}

void TextBlock::changed() {
    m_fittedWidth = -1;
    updateGeometry();
    update();
}

const FittedText& TextBlock::fit(int width) const {
    if (width != m_fittedWidth) {
        m_fitted = fitText(m_text, m_look, m_style, width);
        m_fittedWidth = width;
    }
    return m_fitted;
}

QSize TextBlock::sizeHint() const {
    const QFontMetrics metrics(m_style.font(m_look.fits.front().size, m_look.bold));
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize TextBlock::minimumSizeHint() const {
    return {0, QFontMetrics(m_style.font(m_look.fits.back().size, m_look.bold)).height()};
}

int TextBlock::heightForWidth(int width) const {
    const FittedText& fitted = fit(width);
    return std::max(1, static_cast<int>(fitted.lines.size())) * QFontMetrics(fitted.font).height();
}

void TextBlock::paintEvent(QPaintEvent*) {
    const FittedText& fitted = fit(width());
    QPainter painter(this);
    painter.setFont(fitted.font);
    painter.setPen(m_style.colour(m_look.colour));
    const bool centred = m_look.centred || (m_look.centredInPortrait && m_style.portrait);
    const int align = centred ? Qt::AlignHCenter : Qt::AlignLeft;
    const int lineHeight = painter.fontMetrics().height();
    const int used = lineHeight * static_cast<int>(fitted.lines.size());
    int y = std::max(0, (height() - used) / 2);
    for (const QString& line : fitted.lines) {
        painter.drawText(QRect(0, y, width(), lineHeight),
                         align | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextForceLeftToRight | Qt::TextDontClip,
                         line);
        y += lineHeight;
    }
}

} // namespace facelatch::ui
