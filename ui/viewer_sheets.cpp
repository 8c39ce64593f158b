// SPDX-License-Identifier: GPL-3.0-or-later
// About a door; settings.
#include "ui/viewer_sheets.h"

#include "core/schedule.h"
#include "ui/clock_field.h"
#include "ui/fact_card.h"
#include "ui/fields.h"
#include "ui/kit_words.h"
#include "ui/viewer_words.h"

#include <QBoxLayout>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

TextBlock* addText(Sheet* sheet, const char* name, const QString& text, ColourRole colour, bool bold) {
    auto* block = new TextBlock(
        {.fits = {{resources::fontBody, resources::mostLines}, {resources::fontSmall, resources::mostParagraphLines}},
         .colour = colour,
         .bold = bold,
         .balanced = false});
    block->setObjectName(QLatin1String(name));
    block->setText(text);
    sheet->add(block);
    block->setVisible(!text.isEmpty()); // not before it has a parent: it would be a window
    return block;
}

ColourRole colourOf(Tone tone) {
    return tone == Tone::Good        ? &Palette::granted
           : tone == Tone::Attention ? &Palette::refused
           : tone == Tone::Alarm     ? &Palette::alarm
                                     : &Palette::muted;
}

void askToForget(QWidget* from, ViewerPort& port, const ViewerDoor& door) {
    Sheet::confirm(
        from,
        {ViewerWords::tr("Forget %1?").arg(ViewerWords::name(door)),
         ViewerWords::tr("The key, the entries and the pictures kept on this computer go. The door keeps its "
                         "own. To see it again, pair it again."),
         ViewerWords::tr("Forget")},
        [&port, id = door.id] { port.forgetDoor(id); });
}

/// One of the switches of a kind of notice.
Toggle* addSwitch(Panel* row, ViewerPort& port, std::size_t kind, bool NoticeWay::*way, const char* name,
                  const QString& word) {
    auto* toggle = new Toggle(word, row);
    toggle->setObjectName(QLatin1String(name) + QString::number(kind));
    toggle->setChecked(port.settings().notices[kind].*way);
    toggle->setAccessibleName(ViewerWords::notice(noticeKinds[kind]) + QStringLiteral(": ") + word);
    row->box()->addWidget(toggle);
    QObject::connect(toggle, &QAbstractButton::clicked, toggle, [&port, kind, way, toggle] {
        ViewerSettings settings = port.settings();
        settings.notices[kind].*way = toggle->isChecked();
        port.setSettings(settings);
    });
    return toggle;
}

void addNotices(Sheet* sheet, ViewerPort& port) {
    addText(sheet, "noticesTitle", ViewerWords::tr("Notifications"), &Palette::muted, true);
    for (std::size_t kind = 0; kind < noticeKinds.size(); ++kind) {
        auto* row = new Panel({.fill = &Palette::background, .marginY = 0, .spacing = resources::spaceS});
        auto* word =
            new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .balanced = false}, row);
        word->setText(ViewerWords::notice(noticeKinds[kind]));
        row->box()->addWidget(word, 1);
        addSwitch(row, port, kind, &NoticeWay::desktop, "noticeDesktop", ViewerWords::tr("Desktop"));
        addSwitch(row, port, kind, &NoticeWay::sound, "noticeSound", ViewerWords::tr("Sound"));
        sheet->add(row);
    }
}

int minutesOf(QTime time) {
    return time.hour() * core::minutesOfHour + time.minute();
}

ClockField* addClock(Sheet* sheet, ViewerPort& port, const char* name, const QString& label,
                     QTime ViewerSettings::*which) {
    auto* clock = new ClockField(label);
    clock->setObjectName(QLatin1String(name));
    clock->setMinutes(minutesOf(port.settings().*which));
    clock->setEnabled(port.settings().quiet);
    sheet->add(clock);
    QObject::connect(clock, &ClockField::changed, clock, [&port, which](int minutes) {
        ViewerSettings settings = port.settings();
        settings.*which = QTime(minutes / core::minutesOfHour, minutes % core::minutesOfHour);
        port.setSettings(settings);
    });
    return clock;
}

Toggle* addToggle(Sheet* sheet, ViewerPort& port, const char* name, const QString& text, bool ViewerSettings::*which) {
    auto* toggle = new Toggle(text);
    toggle->setObjectName(QLatin1String(name));
    toggle->setChecked(port.settings().*which);
    sheet->add(toggle);
    QObject::connect(toggle, &QAbstractButton::clicked, toggle, [&port, which, toggle] {
        ViewerSettings settings = port.settings();
        settings.*which = toggle->isChecked();
        port.setSettings(settings);
    });
    return toggle;
}

void addLanguages(Sheet* sheet, ViewerPort& port) {
    addText(sheet, "languageTitle", ViewerWords::tr("Language (from the next start on)"), &Palette::muted, true);
    static const QStringList codes{QString(), QStringLiteral("en"), QStringLiteral("fr")};
    auto* languages =
        new Segments({ViewerWords::tr("The desktop's"), QStringLiteral("English"), QStringLiteral("Français")});
    languages->setObjectName(QStringLiteral("languages"));
    languages->setCurrent(static_cast<int>(std::max<qsizetype>(0, codes.indexOf(port.settings().language))));
    sheet->add(languages);
    QObject::connect(languages, &Segments::chosen, languages, [&port](int index) {
        ViewerSettings settings = port.settings();
        settings.language = codes[index];
        port.setSettings(settings);
    });
}

} // namespace

Sheet* ViewerSheets::door(QWidget* from, ViewerPort& port, const QString& id, core::WallTime now,
                          const QLocale& locale) {
    const auto door = doorById(port, id);
    if (!door)
        return nullptr;
    auto* sheet = new Sheet(from, ViewerWords::name(*door));
    sheet->setObjectName(QStringLiteral("doorSheet"));
    addText(sheet, "doorConnection", ViewerWords::connection(*door, now, locale),
            colourOf(ViewerWords::connectionTone(*door)), true);
    addText(sheet, "doorHelp", ViewerWords::connectionHelp(*door), &Palette::text, false);
    auto* facts = new FactCard(Icon::Info, ViewerWords::tr("About this door"));
    facts->add(ViewerWords::tr("Address"), cleanName(door->host));
    facts->add(ViewerWords::tr("This viewer"), ViewerWords::role(door->role));
    for (const ViewerFault& fault : door->faults)
        facts->addText(ViewerWords::fault(fault.code), &Palette::alarm);
    sheet->add(facts);
    auto* name = new TextField(ViewerWords::tr("What you call it; empty for its own name"));
    name->setObjectName(QStringLiteral("doorName"));
    name->setText(door->name);
    sheet->add(name);
    QObject::connect(name, &TextField::done, sheet,
                     [&port, id](const QString& text) { port.renameDoor(id, cleanName(text)); });
    auto* forget = new Button(Button::Kind::Danger, Icon::Trash, ViewerWords::tr("Forget this door"));
    forget->setObjectName(QStringLiteral("doorForget"));
    sheet->add(forget);
    QObject::connect(forget, &QAbstractButton::clicked, sheet, [sheet, from, &port, door = *door] {
        sheet->dismiss();
        askToForget(from, port, door);
    });
    if (door->connection != Connection::Online && door->trouble != Trouble::CertificateChanged)
        sheet->addAction(Button::Kind::Plain, ViewerWords::tr("Try now"), [&port, id] { port.reconnect(id); })
            ->setObjectName(QStringLiteral("doorReconnect"));
    sheet->addAction(Button::Kind::Primary, KitWords::close(), {})->setObjectName(QStringLiteral("sheetClose"));
    sheet->open();
    return sheet;
}

Sheet* ViewerSheets::settings(QWidget* from, ViewerPort& port) {
    auto* sheet = new Sheet(from, ViewerWords::tr("Settings"));
    sheet->setObjectName(QStringLiteral("viewerSettings"));
    addNotices(sheet, port);
    Toggle* quiet =
        addToggle(sheet, port, "quietHours", ViewerWords::tr("Quiet hours: no sound, and alarms alone on the desktop"),
                  &ViewerSettings::quiet);
    ClockField* start = addClock(sheet, port, "quietFrom", ViewerWords::tr("From"), &ViewerSettings::quietFrom);
    ClockField* end = addClock(sheet, port, "quietUntil", ViewerWords::tr("Until"), &ViewerSettings::quietUntil);
    QObject::connect(quiet, &QAbstractButton::clicked, sheet, [quiet, start, end] {
        start->setEnabled(quiet->isChecked());
        end->setEnabled(quiet->isChecked());
    });
    addToggle(sheet, port, "startInTray", ViewerWords::tr("Start in the tray, without a window"),
              &ViewerSettings::startInTray);
    addLanguages(sheet, port);
    sheet->addAction(Button::Kind::Primary, KitWords::close(), {})->setObjectName(QStringLiteral("sheetClose"));
    sheet->open();
    return sheet;
}

} // namespace facelatch::ui
