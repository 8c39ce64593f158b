// SPDX-License-Identifier: GPL-3.0-or-later
// The detail of a visit.
#include "ui/log_visit_page.h"

#include "ui/access_words.h"
#include "ui/controls.h"
#include "ui/log_words.h"
#include "ui/visit_picture.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QJsonArray>
#include <QPixmap>

namespace facelatch::ui {

using resources::Palette;

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::optional<float> numberAt(const QJsonObject& object, QStringView key) {
    const QJsonValue value = object.value(key);
    return value.isDouble() ? std::optional(static_cast<float>(value.toDouble())) : std::nullopt;
}

} // namespace

LogVisitPage::LogVisitPage(const AdminContext& given, const LogRow& row, QWidget* parent)
    : AdminPage(given, parent),
      m_row(row),
      m_column(new QVBoxLayout(this)),
      m_busy(new BusyLine(this)),
      m_scroll(new ScrollArea(this)),
      m_picture(new VisitPicture(this)),
      m_summary(new QWidget(this)),
      m_events(new QWidget(this)) {
    setObjectName(QStringLiteral("logVisitPage"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_busy);
    m_column->addWidget(m_scroll, 1);
    auto* top = new QWidget;
    m_top = new QBoxLayout(QBoxLayout::LeftToRight, top);
    m_top->setContentsMargins(0, 0, 0, 0);
    m_top->addWidget(m_picture, 1, Qt::AlignTop);
    m_top->addWidget(m_summary, 1);
    new QVBoxLayout(m_summary);
    new QVBoxLayout(m_events);
    m_scroll->add(top);
    m_scroll->add(m_events);
    m_picture->setNote(m_row.snapshot.isEmpty() ? LogWords::tr("No picture of this visit is kept") : QString());
    showSummary();
}

QString LogVisitPage::title() const {
    return m_row.name.isEmpty() ? LogWords::unknown() : cleanName(m_row.name);
}

void LogVisitPage::restyled() {
    m_top->setDirection(dress().portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_top->setSpacing(dress().px(resources::spaceS));
}

void LogVisitPage::shown() {
    read();
    askPicture();
}

void LogVisitPage::changed(const QString& what) {
    if (what == u"log")
        read();
}

void LogVisitPage::read() {
    if (m_asking) {
        m_again = true;
        return;
    }
    m_asking = true;
    m_busy->setBusy(true);
    const auto over = [this] {
        m_asking = false;
        m_busy->setBusy(false);
        if (std::exchange(m_again, false))
            read();
    };
    ask(
        QStringLiteral("log.visit"),
        {{QStringLiteral("visit"), m_row.visit}, {QStringLiteral("limit"), resources::mostEventsShown}},
        [this, over](const QJsonObject& answer) {
            showVisit(answer);
            over();
        },
        [this, over](const core::Error&) {
            if (m_decisive.isEmpty())
                m_picture->setNote(LogWords::tr("The log cannot be read now"));
            over();
        });
}

void LogVisitPage::askPicture() {
    if (m_row.snapshot.isEmpty() || m_picture->hasPicture())
        return;
    ask(
        QStringLiteral("log.picture"), {{QStringLiteral("name"), m_row.snapshot}},
        [this](const QJsonObject& answer) {
            const QByteArray jpeg = QByteArray::fromBase64(answer.value(u"jpeg").toString().toLatin1());
            const QPixmap picture = QPixmap::fromImage(QImage::fromData(jpeg, "jpeg"));
            if (picture.isNull())
                m_picture->setNote(LogWords::tr("The picture cannot be shown"));
            else
                m_picture->setPicture(picture);
        },
        [this](const core::Error&) { m_picture->setNote(LogWords::tr("The picture was deleted, or cannot be read")); });
}

void LogVisitPage::addLine(QBoxLayout* column, const char* name, const QString& line, bool bold, ColourRole colour) {
    if (line.isEmpty())
        return;
    auto* block = new TextBlock(
        {.fits = {{resources::fontBody, resources::mostLines}, {resources::fontSmall, resources::mostParagraphLines}},
         .colour = colour,
         .bold = bold,
         .balanced = false},
        column->parentWidget());
    block->setObjectName(QLatin1String(name));
    block->setText(line);
    column->addWidget(block);
}

void LogVisitPage::showSummary() {
    auto* column = static_cast<QBoxLayout*>(m_summary->layout());
    while (QLayoutItem* item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    column->setContentsMargins(0, 0, 0, 0);
    const bool granted = m_row.outcome == core::Outcome::Granted;
    auto* chip = new Chip(LogWords::outcome(m_row.outcome), granted ? Tone::Good : Tone::Attention, m_summary);
    chip->setObjectName(QStringLiteral("visitOutcome"));
    chip->setSymbol(granted ? Icon::Tick : Icon::Wave);
    column->addWidget(chip, 0, Qt::AlignLeft);
    addLine(column, "visitReason", AccessWords::reason(m_row.reason, context().locale), true, &Palette::text);
    addLine(column, "visitTime",
            context().locale.toString(m_row.day, QStringLiteral("dddd d MMMM yyyy")) + QStringLiteral(", ") +
                LogWords::clockOf(m_row.local),
            false, &Palette::muted);
    if (!m_decisive.isEmpty()) {
        const bool sameNetwork = m_decisive.value(u"model").toString() == m_model;
        const auto likeness = core::likeness(numberAt(m_decisive, u"score"), sameNetwork ? m_threshold : std::nullopt);
        addLine(column, "visitScore", LogWords::likeness(likeness), false, &Palette::text);
        if (const auto live = core::livenessFromCode(m_decisive.value(u"live").toString().toStdString());
            live && m_decisive.value(u"source").toString() == u"face")
            addLine(column, "visitLive", LogWords::liveness(*live), false, &Palette::text);
        if (const auto source = core::sourceFromCode(m_decisive.value(u"source").toString().toStdString()))
            addLine(column, "visitSource", LogWords::source(*source), false, &Palette::muted);
    }
    column->addStretch();
    dressUp(*m_summary);
}

void LogVisitPage::showVisit(const QJsonObject& answer) {
    const QJsonArray events = answer.value(u"events").toArray();
    m_model = answer.value(u"model").toString();
    m_threshold = numberAt(answer, u"threshold");
    const qint64 total = answer.value(u"total").toInteger();
    // Of a very long visit only the beginning is here; what came of it, the row knows.
    m_decisive = events.isEmpty() || total > events.size() ? QJsonObject() : events.last().toObject();
    for (const auto& each : events)
        if (each.toObject().value(u"outcome").toString() == u"granted") {
            m_decisive = each.toObject();
            break;
        }
    if (!m_decisive.isEmpty()) {
        m_row.outcome =
            core::outcomeFromCode(m_decisive.value(u"outcome").toString().toStdString()).value_or(m_row.outcome);
        m_row.reason =
            core::reasonFromCode(m_decisive.value(u"reason").toString().toStdString()).value_or(m_row.reason);
        m_row.name = m_decisive.value(u"person").toString();
        Q_EMIT titleChanged();
    }
    showSummary();
    auto* column = static_cast<QBoxLayout*>(m_events->layout());
    while (QLayoutItem* item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(dress().px(resources::spaceXs) / 2);
    addLine(column, "visitEventsTitle",
            LogWords::tr("The whole visit: %1", "%1 is '5 entries'").arg(LogWords::events(total)), true,
            &Palette::muted);
    for (const auto& each : events) {
        const QJsonObject event = each.toObject();
        const auto reason = core::reasonFromCode(event.value(u"reason").toString().toStdString());
        const auto score = core::likeness(numberAt(event, u"score"),
                                          event.value(u"model").toString() == m_model ? m_threshold : std::nullopt);
        QString line = LogWords::clockOf(event.value(u"local").toString()) + QStringLiteral("  ") +
                       (reason ? AccessWords::reason(*reason, context().locale) : text("?"));
        if (const QString words = LogWords::likeness(score); !words.isEmpty())
            line += QStringLiteral(" · ") + words;
        addLine(column, "visitEvent", line, false, &Palette::text);
    }
    if (total > events.size())
        addLine(column, "visitMore", LogWords::tr("and %L1 more", "entries of a visit").arg(total - events.size()),
                false, &Palette::muted);
    dressUp(*m_events);
}

} // namespace facelatch::ui
