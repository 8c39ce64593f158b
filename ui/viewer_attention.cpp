// SPDX-License-Identifier: GPL-3.0-or-later
// What needs attention.
#include "ui/viewer_attention.h"

#include "ui/kit_words.h"
#include "ui/row_paint.h"
#include "ui/viewer_words.h"

#include <QBoxLayout>
#include <QLabel>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

ViewerAttention::ViewerAttention(ViewerPort& port, QWidget* parent)
    : QWidget(parent), m_port(port), m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("viewerAttention"));
    m_column->setContentsMargins(0, 0, 0, 0);
    connect(&port, &ViewerPort::doorsChanged, this, &ViewerAttention::refresh);
    connect(&port, &ViewerPort::doorChanged, this, &ViewerAttention::refresh);
    connect(&port, &ViewerPort::ringsChanged, this, &ViewerAttention::refresh);
    refresh();
}

std::vector<ViewerAttention::Matter> ViewerAttention::matters() const {
    std::vector<Matter> found;
    for (const ViewerDoor& door : m_port.doors()) {
        const QString name = ViewerWords::name(door);
        const auto add = [&](const QString& what, Icon icon, bool alarm, const QString& text) {
            found.push_back({door.id + QLatin1Char('/') + what, door.id, icon, alarm, text});
        };
        if (door.trouble == Trouble::CertificateChanged)
            add(QStringLiteral("certificate"), Icon::Warning, true,
                ViewerWords::tr("%1: the certificate changed. Nothing is sent to this door.").arg(name));
        for (const ViewerFault& fault : door.faults)
            add(fault.code, Icon::Warning, true,
                ViewerWords::tr("%1: %2", "a door's name, what is wrong").arg(name, ViewerWords::fault(fault.code)));
        if (door.refusedInARow >= resources::refusedAlarm)
            add(QStringLiteral("refused"), Icon::Wave, false,
                ViewerWords::tr("%1: %L2 visits were refused in a row.").arg(name).arg(door.refusedInARow));
    }
    std::stable_sort(found.begin(), found.end(), [](const Matter& a, const Matter& b) { return a.alarm > b.alarm; });
    return found;
}

void ViewerAttention::refresh() {
    const auto all = matters();
    QSet<QString> there;
    for (const Matter& matter : all)
        there.insert(matter.key);
    m_putAway.intersect(there); // what is over may come again
    std::vector<Matter> open;
    for (const Matter& matter : all)
        if (!m_putAway.contains(matter.key))
            open.push_back(matter);
    const auto rings = m_port.rings();
    QString shown;
    for (const ViewerRing& ring : rings)
        shown += ring.id + ring.answeredBy + QString::number(ring.over) + QString::number(ring.picture.cacheKey()) +
                 QLatin1Char('\n');
    for (const Matter& matter : open)
        shown += matter.key + matter.text + QLatin1Char('\n');
    setVisible(!rings.empty() || !open.empty());
    if (shown == m_shown)
        return;
    m_shown = shown;
    rebuild(rings, open);
}

void ViewerAttention::rebuild(const std::vector<ViewerRing>& rings, const std::vector<Matter>& open) {
    while (QLayoutItem* item = m_column->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater(); // it may be the one that is pressed now
        }
        delete item;
    }
    int left = resources::attentionRows;
    for (const ViewerRing& ring : rings)
        if (left-- > 0)
            addRing(ring);
    int hidden = std::max(0, -left);
    left = std::max(0, left);
    for (const Matter& matter : open)
        if (left-- > 0)
            addMatter(matter);
    hidden += std::max(0, -left);
    if (hidden > 0)
        addRow(false, Icon::Info, {}, "attentionMore", ViewerWords::tr("and %L1 more", "matters").arg(hidden));
    restyleAll(*this, m_style);
}

Panel* ViewerAttention::addRow(bool alarm, Icon icon, const QPixmap& picture, const char* name, const QString& text) {
    auto* row = new Panel({.fill = &Palette::surface,
                           .edge = nullptr,
                           .marginX = resources::spaceS,
                           .marginY = resources::spaceXs / 2,
                           .spacing = resources::spaceS},
                          this);
    const ColourRole ink = alarm ? &Palette::alarm : &Palette::refused;
    if (picture.isNull()) {
        row->box()->addWidget(new IconLabel(icon, resources::iconSmall, ink, row));
    } else {
        auto* shown = new QLabel(row);
        shown->setObjectName(QStringLiteral("ringPicture"));
        shown->setPixmap(picture);
        row->box()->addWidget(shown);
    }
    auto* words = new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, resources::mostLines}},
                                 .colour = ink,
                                 .bold = true,
                                 .balanced = false},
                                row);
    words->setObjectName(QLatin1String(name));
    words->setText(text);
    row->box()->addWidget(words, 1);
    m_column->addWidget(row);
    return row;
}

Button* ViewerAttention::addButton(Panel* row, const char* name, const QString& text) {
    auto* button = new Button(Button::Kind::Plain, text, row);
    button->setObjectName(QLatin1String(name));
    row->box()->addWidget(button);
    return button;
}

void ViewerAttention::addRing(const ViewerRing& ring) {
    const auto door = doorById(m_port, ring.door);
    const QString who = ViewerWords::ring(door.value_or(ViewerDoor()));
    const QString text = ring.over ? QStringLiteral("%1 · %2").arg(who, ViewerWords::ringOver(ring)) : who;
    const QPixmap picture = roundThumbnail(ring.picture, m_style.px(resources::touchTarget),
                                           m_style.px(resources::corner), devicePixelRatioF());
    Panel* row = addRow(false, Icon::Phone, picture, "ringText", text);
    if (!ring.over) {
        Button* answer = addButton(row, "ringAnswer", ViewerWords::tr("Answer"));
        answer->setKind(Button::Kind::Primary);
        connect(answer, &QAbstractButton::clicked, this, [this, id = ring.id, at = ring.door] {
            m_port.answerRing(id);
            Q_EMIT doorAsked(at);
        });
    }
    connect(addButton(row, "ringDismiss", KitWords::close()), &QAbstractButton::clicked, this,
            [this, id = ring.id] { m_port.dismissRing(id); });
}

void ViewerAttention::addMatter(const Matter& matter) {
    Panel* row = addRow(matter.alarm, matter.icon, {}, "attentionText", matter.text);
    connect(addButton(row, "attentionShow", ViewerWords::tr("Show")), &QAbstractButton::clicked, this,
            [this, at = matter.door] { Q_EMIT doorAsked(at); });
    connect(addButton(row, "attentionClose", KitWords::close()), &QAbstractButton::clicked, this,
            [this, key = matter.key] {
                m_putAway.insert(key);
                refresh();
            });
}

void ViewerAttention::restyle(const Style& style) {
    m_style = style;
    m_column->setSpacing(style.px(resources::spaceXs) / 2);
    m_shown.clear(); // pictures are of a size
    refresh();
}

} // namespace facelatch::ui
