// SPDX-License-Identifier: GPL-3.0-or-later
// Sheets.
#include "ui/sheet.h"

#include "ui/kit_words.h"
#include "ui/list_row.h"
#include "ui/scroll_area.h"

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

QWidget* hostOf(QWidget* from) {
    for (QWidget* each = from; each != nullptr; each = each->parentWidget())
        if (dynamic_cast<SheetHost*>(each) != nullptr)
            return each;
    return from->window();
}

} // namespace

Style styleAround(const QWidget* inside) {
    for (const QWidget* each = inside; each != nullptr; each = each->parentWidget())
        if (const auto* host = dynamic_cast<const SheetHost*>(each))
            return host->hostStyle();
    return styleFor(inside->window()->size(), Theme::Dark, false);
}

Sheet::Sheet(QWidget* from, const QString& title)
    : QWidget(hostOf(from)),
      m_host(parentWidget()),
      m_card(new Panel({}, this)),
      m_title(new TextBlock(
          {.fits = {{resources::fontTitle, 2}, {resources::fontBody, resources::mostLines}}, .bold = true}, m_card)),
      m_body(new ScrollArea(m_card)),
      m_actions(new QHBoxLayout) {
    setObjectName(QStringLiteral("sheet"));
    m_card->setObjectName(QStringLiteral("sheetCard"));
    m_title->setObjectName(QStringLiteral("sheetTitle"));
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_body->setMargin(0);
    m_card->box()->setDirection(QBoxLayout::TopToBottom);
    m_card->box()->addWidget(m_title);
    m_card->box()->addWidget(m_body, 1);
    m_card->box()->addLayout(m_actions);
    m_host->installEventFilter(this);
    hide();
}

void Sheet::add(QWidget* widget) {
    m_body->add(widget);
}

Button* Sheet::addAction(Button::Kind kind, const QString& text, std::function<void()> run) {
    auto* button = new Button(kind, text, m_card);
    button->setTall(true);
    m_actions->addWidget(button, 1);
    connect(button, &QAbstractButton::clicked, this, [this, run = std::move(run)] {
        leave();
        if (run)
            run();
    });
    return button;
}

void Sheet::open() {
    m_before = QApplication::focusWidget();
    const Style style = styleAround(m_host);
    restyle(style);
    restyleAll(*this, style);
    cover();
    show();
    raise();
    place();
    setFocus(Qt::OtherFocusReason);
    if (m_actions->count() > 0)
        m_actions->itemAt(0)->widget()->setFocus(Qt::OtherFocusReason);
}

void Sheet::cover() {
    const auto* host = dynamic_cast<const SheetHost*>(m_host);
    setGeometry(m_host->rect().adjusted(0, 0, 0, host != nullptr ? -host->uncovered() : 0));
}

void Sheet::leave() {
    hide();
    deleteLater();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

void Sheet::dismiss() {
    if (!isHidden())
        leave();
    Q_EMIT dismissed();
}

void Sheet::restyle(const Style& style) {
    m_style = style;
    m_actions->setSpacing(style.px(resources::spaceS));
    place();
    update();
}

void Sheet::resizeEvent(QResizeEvent*) {
    place();
}

/// As high as its content, if the host is; in the middle.
void Sheet::place() {
    const int edge = m_style.px(resources::spaceS);
    const int wide = std::min(width() - 2 * edge, m_style.px(resources::sheetWidth));
    const int inside = wide - m_style.px(resources::sheetSides);
    int high = 2 * m_style.px(resources::spaceS);
    if (!m_title->isHidden()) {
        // Fixed, or the layout takes a line of it where the card is as high as the host.
        m_title->setFixedHeight(m_title->heightForWidth(inside));
        high += m_title->height() + m_style.px(resources::spaceS);
    }
    QWidget* content = m_body->widget();
    const int body = content->layout()->hasHeightForWidth() ? content->layout()->totalHeightForWidth(inside)
                                                            : content->layout()->totalSizeHint().height();
    high += body + m_style.px(resources::spaceS);
    if (m_actions->count() > 0)
        high += m_style.px(resources::touchTarget);
    high = std::min(high, height() - 2 * edge);
    m_card->setGeometry((width() - wide) / 2, (height() - high) / 2, wide, high);
}

void Sheet::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_style.colour(&Palette::background, resources::veilOpacity));
}

void Sheet::mousePressEvent(QMouseEvent* event) {
    m_pressedBeside = !m_card->geometry().contains(event->position().toPoint());
}

void Sheet::mouseReleaseEvent(QMouseEvent* event) {
    if (std::exchange(m_pressedBeside, false) && !m_card->geometry().contains(event->position().toPoint()))
        dismiss();
}

void Sheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        dismiss();
}

bool Sheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_host && event->type() == QEvent::Resize) {
        const Style style = styleAround(m_host);
        cover();
        restyle(style);
        restyleAll(*this, style);
    }
    if (watched == m_host && event->type() == QEvent::LayoutRequest)
        cover(); // the keyboard came or went
    return QWidget::eventFilter(watched, event);
}

/// The focus stays inside while it is open.
bool Sheet::focusNextPrevChild(bool next) {
    QWidget* from = QApplication::focusWidget();
    QWidget* at = from != nullptr && isAncestorOf(from) ? from : this;
    for (QWidget* step = next ? at->nextInFocusChain() : at->previousInFocusChain(); step != at;
         step = next ? step->nextInFocusChain() : step->previousInFocusChain()) {
        if (isAncestorOf(step) && step->isVisible() && step->isEnabled() && (step->focusPolicy() & Qt::TabFocus) != 0 &&
            step->focusProxy() == nullptr) {
            step->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return true;
}

Sheet* Sheet::confirm(QWidget* from, const Question& question, std::function<void()> yes) {
    auto* sheet = new Sheet(from, question.what);
    sheet->setObjectName(QStringLiteral("confirmSheet"));
    if (!question.detail.isEmpty()) {
        auto* detail = new TextBlock({.fits = {{resources::fontBody, resources::mostParagraphLines}},
                                      .colour = &Palette::muted,
                                      .balanced = false});
        detail->setObjectName(QStringLiteral("sheetText"));
        detail->setText(question.detail);
        sheet->add(detail);
    }
    Button* no = sheet->addAction(Button::Kind::Plain, KitWords::cancel(), [sheet] { Q_EMIT sheet->dismissed(); });
    no->setObjectName(QStringLiteral("sheetNo"));
    sheet->addAction(question.danger ? Button::Kind::Danger : Button::Kind::Primary, question.yes, std::move(yes))
        ->setObjectName(QStringLiteral("sheetYes"));
    sheet->open();
    return sheet;
}

Sheet* Sheet::message(QWidget* from, const QString& title, const QString& text) {
    auto* sheet = new Sheet(from, title);
    sheet->setObjectName(QStringLiteral("messageSheet"));
    auto* words = new TextBlock(
        {.fits = {{resources::fontBody, resources::mostParagraphLines}}, .colour = &Palette::muted, .balanced = false});
    words->setObjectName(QStringLiteral("sheetText"));
    words->setText(text);
    sheet->add(words);
    sheet->addAction(Button::Kind::Primary, KitWords::close(), [sheet] { Q_EMIT sheet->dismissed(); })
        ->setObjectName(QStringLiteral("sheetClose"));
    sheet->open();
    return sheet;
}

Sheet* Sheet::choose(QWidget* from, const QString& title, const QStringList& options, int current,
                     std::function<void(int)> chosen) {
    auto* sheet = new Sheet(from, title);
    sheet->setObjectName(QStringLiteral("choiceSheet"));
    for (int i = 0; i < options.size(); ++i) {
        auto* row = new ListRow(options[i]);
        row->setObjectName(QStringLiteral("choice%1").arg(i));
        if (i == current)
            row->setTrailingIcon(Icon::Tick);
        connect(row, &QAbstractButton::clicked, sheet, [sheet, i, chosen] {
            sheet->leave();
            chosen(i);
        });
        sheet->add(row);
    }
    sheet->addAction(Button::Kind::Plain, KitWords::cancel(), [sheet] { Q_EMIT sheet->dismissed(); })
        ->setObjectName(QStringLiteral("sheetNo"));
    sheet->open();
    return sheet;
}

} // namespace facelatch::ui
