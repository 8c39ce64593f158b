// SPDX-License-Identifier: GPL-3.0-or-later
// The detail of a visit on the desktop.
#include "ui/viewer_detail.h"

#include "core/match_rule.h"
#include "ui/access_words.h"
#include "ui/log_words.h"
#include "ui/text_block.h"
#include "ui/viewer_words.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

ViewerDetail::ViewerDetail(ViewerPort& port, const QLocale& locale, QWidget* parent)
    : QWidget(parent),
      m_port(port),
      m_locale(locale),
      m_column(new QVBoxLayout(this)),
      m_picture(new VisitPicture(this)),
      m_scroll(new ScrollArea(this)),
      m_nothing(new TextBlock(
          {.fits = {{resources::fontBody, resources::mostLines}}, .colour = &Palette::muted, .centred = true}, this)) {
    setObjectName(QStringLiteral("viewerDetail"));
    m_nothing->setObjectName(QStringLiteral("detailNothing"));
    m_nothing->setText(ViewerWords::tr("Choose a visit to see its picture and every entry of it."));
    m_scroll->setMargin(0);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_picture);
    m_column->addWidget(m_scroll, 1);
    m_column->addWidget(m_nothing, 1);
    show(std::nullopt);
}

bool ViewerDetail::sameVisit(const QString& door, const core::Uuid7& visit) const {
    return m_visit && m_visit->door == door && m_visit->shown.event.visit == visit;
}

void ViewerDetail::show(const std::optional<ViewerVisit>& visit) {
    if (!visit || !sameVisit(visit->door, visit->shown.event.visit)) {
        m_found.reset();
        m_pictureName.clear();
        m_picture->clear();
    }
    m_visit = visit;
    m_picture->setVisible(visit.has_value());
    m_scroll->setVisible(visit.has_value());
    m_nothing->setVisible(!visit.has_value());
    if (!visit)
        return;
    askPicture();
    showSummary();
    askEvents();
}

void ViewerDetail::setPictureVisible(bool visible) {
    m_picture->setVisible(visible && m_visit);
}

void ViewerDetail::askPicture() {
    if (m_visit->snapshot.isEmpty()) {
        m_picture->setNote(ViewerWords::tr("No picture was kept"));
        return;
    }
    if (m_visit->snapshot == m_pictureName)
        return;
    m_pictureName = m_visit->snapshot;
    const int side = qRound(m_style.px(resources::detailWidth) * devicePixelRatioF());
    m_port.picture(m_visit->door, m_pictureName, side, this,
                   [this, name = m_pictureName](const core::Result<QImage>& answer) {
                       if (name != m_pictureName)
                           return;
                       if (answer && !answer->isNull()) {
                           m_picture->setPicture(QPixmap::fromImage(*answer));
                           return;
                       }
                       m_pictureName.clear(); // may be asked for again
                       m_picture->setNote(!answer && answer.error().kind == core::ErrorKind::NotFound
                                              ? ViewerWords::tr("The picture was deleted")
                                              : ViewerWords::tr("The picture is at the door, which is not "
                                                                "connected"));
                   });
}

void ViewerDetail::askEvents() {
    const QString door = m_visit->door;
    const core::Uuid7 visit = m_visit->shown.event.visit;
    m_port.visitEvents(door, visit, this, [this, door, visit](const core::Result<VisitEvents>& answer) {
        if (!sameVisit(door, visit) || !answer)
            return;
        m_found = *answer;
        showSummary();
    });
}

TextBlock* ViewerDetail::addLine(const char* name, const QString& text, bool bold, ColourRole colour) {
    if (text.isEmpty())
        return nullptr;
    auto* block = new TextBlock({.fits = {{bold ? resources::fontBody : resources::fontSmall, resources::mostLines},
                                          {resources::fontSmall, resources::mostParagraphLines}},
                                 .colour = colour,
                                 .bold = bold,
                                 .balanced = false});
    block->setObjectName(QLatin1String(name));
    block->setText(text);
    m_scroll->add(block);
    return block;
}

QString ViewerDetail::likenessOf(const core::Event& event, const VisitEvents& found) const {
    const auto door = doorById(m_port, m_visit->door);
    if (!door || door->role == core::Role::Viewer)
        return {}; // how near somebody came is for those who look after the door
    return LogWords::likeness(
        core::likeness(event.score, event.modelId == found.modelId ? found.threshold : std::nullopt));
}

void ViewerDetail::showSummary() {
    m_scroll->clear();
    const core::Event& event = m_visit->shown.event;
    const bool granted = event.outcome == core::Outcome::Granted;
    addLine("detailName", visitName(m_visit->shown), true, &Palette::text);
    auto* chip = new Chip(LogWords::outcome(event.outcome), granted ? Tone::Good : Tone::Attention);
    chip->setObjectName(QStringLiteral("detailOutcome"));
    chip->setSymbol(granted ? Icon::Tick : Icon::Wave);
    chip->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_scroll->add(chip);
    addLine("detailReason", AccessWords::reason(event.reason, m_locale), true, &Palette::text);
    const QString local = utf8(event.local);
    const QDate day = QDate::fromString(local.left(core::isoDateLength), Qt::ISODate);
    addLine("detailTime",
            m_locale.toString(day, QStringLiteral("dddd d MMMM yyyy")) + QStringLiteral(", ") +
                LogWords::clockOf(local),
            false, &Palette::muted);
    if (const auto door = doorById(m_port, m_visit->door))
        addLine("detailDoor", ViewerWords::name(*door), false, &Palette::muted);
    if (m_found)
        addLine("detailScore", likenessOf(event, *m_found), false, &Palette::text);
    if (event.source == core::DecisionSource::Face)
        addLine("detailLive", LogWords::liveness(event.live), false, &Palette::text);
    addLine("detailSource", LogWords::source(event.source), false, &Palette::muted);
    if (m_visit->shown.provisional)
        addLine("detailProvisional", ViewerWords::tr("The door could not write this to its log yet."), false,
                &Palette::refused);
    if (m_found)
        showEvents(*m_found);
    restyleAll(*m_scroll, m_style);
}

void ViewerDetail::showEvents(const VisitEvents& found) {
    const auto total = static_cast<qint64>(found.events.size());
    addLine("detailEventsTitle", LogWords::tr("The whole visit: %1", "%1 is '5 entries'").arg(LogWords::events(total)),
            true, &Palette::muted);
    for (qint64 i = 0; i < std::min<qint64>(total, resources::mostEventsShown); ++i) {
        const core::Event& event = found.events[static_cast<std::size_t>(i)].event;
        QString line =
            LogWords::clockOf(utf8(event.local)) + QStringLiteral("  ") + AccessWords::reason(event.reason, m_locale);
        if (const QString words = likenessOf(event, found); !words.isEmpty())
            line += QStringLiteral(" · ") + words;
        addLine("detailEvent", line, false, &Palette::text);
    }
    if (total > resources::mostEventsShown)
        addLine("detailMore",
                LogWords::tr("and %L1 more", "entries of a visit").arg(total - resources::mostEventsShown), false,
                &Palette::muted);
}

void ViewerDetail::restyle(const Style& style) {
    m_style = style;
    m_column->setSpacing(style.px(resources::spaceS));
}

} // namespace facelatch::ui
