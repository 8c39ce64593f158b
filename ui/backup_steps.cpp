// SPDX-License-Identifier: GPL-3.0-or-later
// What each step of the backup's screen shows.
#include "ui/backup_page.h"

#include "ui/backup_words.h"
#include "ui/feedback.h"
#include "ui/kit_words.h"
#include "ui/list_row.h"
#include "ui/panel.h"
#include "ui/scroll_area.h"

#include <QDateTime>
#include <QFileInfo>
#include <QVBoxLayout>

namespace facelatch::ui {

using resources::Palette;

namespace {

constexpr const char* suffix = ".flbackup";

QString textOf(const QJsonObject& object, QStringView key) {
    return object.value(key).toString();
}

TextLook lookOf(int size, ColourRole colour, bool bold) {
    TextLook look;
    look.fits = {{size, resources::mostParagraphLines}};
    look.colour = colour;
    look.bold = bold;
    look.balanced = false;
    return look;
}

} // namespace

void BackupPage::go(Step step) {
    QMetaObject::invokeMethod(
        this, [this, step] { showStep(step); }, Qt::QueuedConnection);
}

void BackupPage::showStep(Step step) {
    m_step = step;
    m_scroll->clear();
    if (step != Step::Summary && step != Step::Working)
        m_passphrase.clear();
    using Show = void (BackupPage::*)();
    static constexpr Show shows[] = {&BackupPage::showChoose,  &BackupPage::showNoStick, &BackupPage::showWrite,
                                     &BackupPage::showWorking, &BackupPage::showWritten, &BackupPage::showFind,
                                     &BackupPage::showOpen,    &BackupPage::showSummary, &BackupPage::showRestarting,
                                     &BackupPage::showFailed};
    (this->*shows[static_cast<std::size_t>(step)])();
    if (step == Step::Working)
        m_watch.start();
    else
        m_watch.stop();
    dressUp(*m_scroll);
}

void BackupPage::addText(const QString& text, int size, ColourRole colour, bool bold) {
    auto* block = new TextBlock(lookOf(size, colour, bold));
    block->setText(text);
    m_scroll->add(block);
}

void BackupPage::addSymbol(Icon icon, ColourRole colour) {
    m_scroll->add(new IconLabel(icon, resources::iconTitle, colour));
}

Button* BackupPage::addButton(Button::Kind kind, const QString& text, const char* name, std::function<void()> run) {
    auto* button = new Button(kind, text);
    button->setObjectName(QLatin1String(name));
    connect(button, &Button::clicked, this, std::move(run));
    m_scroll->add(button);
    return button;
}

void BackupPage::showChoose() {
    struct Way {
        Icon icon;
        QString title, detail;
        const char* name;
        bool toWrite;
    };
    for (const Way& way :
         {Way{Icon::Usb, BackupWords::writeOne(), BackupWords::writeOneDetail(), "writeBackup", true},
          Way{Icon::Download, BackupWords::restoreOne(), BackupWords::restoreOneDetail(), "restoreBackup", false}}) {
        auto* row = new ListRow(way.title);
        row->setObjectName(QLatin1String(way.name));
        row->setDetail(way.detail);
        row->setLeadingIcon(way.icon, &Palette::accent);
        row->setChevron(true);
        connect(row, &ListRow::clicked, this, [this, toWrite = way.toWrite] { findPlaces(toWrite); });
        m_scroll->add(row);
    }
}

void BackupPage::showNoStick() {
    auto* nothing = new EmptyState(Icon::Usb, BackupWords::noStick(), BackupWords::noStickDetail());
    nothing->addAction(BackupWords::lookAgain(), [this] { findPlaces(m_writing); })
        ->setObjectName(QStringLiteral("lookAgain"));
    m_scroll->add(nothing);
}

TextField* BackupPage::addPassphrase(const QString& label, const char* name) {
    auto* field = new TextField(label);
    field->setObjectName(QLatin1String(name));
    field->setSecret(true);
    field->setMaxLength(resources::longestField);
    connect(field, &TextField::edited, this, &BackupPage::checkPassphrases);
    m_scroll->add(field);
    return field;
}

void BackupPage::showWrite() {
    auto* place = new ListRow(textOf(m_place, u"name"));
    place->setObjectName(QStringLiteral("place"));
    place->setLeadingIcon(Icon::Usb);
    place->setDetail(m_place.value(u"writable").toBool()
                         ? BackupWords::room(context().locale, m_place.value(u"free").toInteger())
                         : BackupWords::cannotWrite());
    place->setChevron(m_places.size() > 1);
    connect(place, &ListRow::clicked, this, [this] {
        if (m_places.size() > 1)
            choosePlace();
    });
    m_scroll->add(place);
    addText(BackupWords::always(), resources::fontSmall, &Palette::muted);
    const auto toggle = [this](const QString& text, const char* name) {
        auto* added = new Toggle(text);
        added->setObjectName(QLatin1String(name));
        added->setChecked(true);
        m_scroll->add(added);
        return added;
    };
    m_settings = toggle(BackupWords::settings(), "withSettings");
    m_log = toggle(BackupWords::log(), "withLog");
    m_pictures = toggle(BackupWords::pictures(), "withPictures");
    connect(m_log, &Toggle::toggled, m_pictures, &Toggle::setEnabled);
    m_first = addPassphrase(BackupWords::passphrase(), "passphrase");
    m_first->setHelp(BackupWords::passphraseHelp());
    m_second = addPassphrase(BackupWords::passphraseAgain(), "passphraseAgain");
    auto* open = toggle(BackupWords::show(), "showTyped");
    open->setChecked(false);
    connect(open, &Toggle::toggled, this, [this](bool on) {
        m_first->setSecret(!on);
        m_second->setSecret(!on);
    });
    m_main = addButton(Button::Kind::Primary, BackupWords::write(), "write", [this] {
        m_main->setEnabled(false);
        start(QStringLiteral("backup.write"), {{QStringLiteral("folder"), textOf(m_place, u"path")},
                                               {QStringLiteral("parts"), parts()},
                                               {QStringLiteral("passphrase"), m_first->text()}});
    });
    m_main->setEnabled(false);
}

void BackupPage::showWorking() {
    addText(BackupWords::working(m_command), resources::fontTitle, &Palette::text, true);
    m_bar = new TimeBar(&Palette::accent, &Palette::muted);
    m_bar->setObjectName(QStringLiteral("progress"));
    m_scroll->add(m_bar);
    addText(BackupWords::workingDetail(), resources::fontBody, &Palette::muted);
    addButton(Button::Kind::Plain, BackupWords::giveUp(), "giveUp", [this] { back(); });
}

void BackupPage::showWritten() {
    addSymbol(Icon::Tick, &Palette::granted);
    addText(BackupWords::written(), resources::fontTitle, &Palette::text, true);
    addText(cleanName(QFileInfo(textOf(m_result, u"file")).fileName()), resources::fontBody, &Palette::text);
    for (const QString& line : BackupWords::contents(context().locale, m_result))
        addText(line, resources::fontBody, &Palette::muted);
    addText(BackupWords::keepPassphrase(), resources::fontBody, &Palette::text);
    addButton(Button::Kind::Primary, KitWords::ok(), "ok", [this] { Q_EMIT done(); });
}

void BackupPage::showFind() {
    const QString parent = textOf(m_folder, u"parent"), here = textOf(m_folder, u"path");
    const auto row = [this](Icon icon, const QString& title, const QString& detail, const QString& name) {
        auto* added = new ListRow(title);
        added->setObjectName(name);
        added->setLeadingIcon(icon);
        added->setDetail(detail);
        added->setChevron(true);
        m_scroll->add(added);
        return added;
    };
    if (here != textOf(m_place, u"path") && !parent.isEmpty())
        connect(row(Icon::Back, KitWords::back(), {}, QStringLiteral("up")), &ListRow::clicked, this,
                [this, parent] { lookInto(parent); });
    int found = 0;
    for (const auto& value : m_folder.value(u"files").toArray()) {
        const QJsonObject file = value.toObject();
        const QString path = textOf(file, u"path");
        if (!path.endsWith(QLatin1String(suffix)))
            continue;
        const QDateTime when = QDateTime::fromMSecsSinceEpoch(file.value(u"modified").toInteger());
        const QString detail = QStringLiteral("%1, %2").arg(
            context().locale.toString(when, QLocale::ShortFormat),
            context().locale.formattedDataSize(file.value(u"size").toInteger(), 1, QLocale::DataSizeSIFormat));
        connect(row(Icon::Lock, textOf(file, u"name"), detail, QStringLiteral("backup%1").arg(found++)),
                &ListRow::clicked, this, [this, path] {
                    m_file = path;
                    go(Step::Open);
                });
    }
    int folders = 0;
    for (const auto& value : m_folder.value(u"folders").toArray()) {
        const QJsonObject folder = value.toObject();
        connect(row(Icon::Chevron, textOf(folder, u"name"), {}, QStringLiteral("folder%1").arg(folders++)),
                &ListRow::clicked, this, [this, path = textOf(folder, u"path")] { lookInto(path); });
    }
    if (found == 0)
        m_scroll->add(new EmptyState(Icon::Search, BackupWords::noBackups(), BackupWords::noBackupsDetail()));
}

void BackupPage::showOpen() {
    addText(cleanName(QFileInfo(m_file).fileName()), resources::fontBody, &Palette::text, true);
    addText(BackupWords::openDetail(), resources::fontSmall, &Palette::muted);
    m_second = nullptr;
    m_first = addPassphrase(BackupWords::passphrase(), "passphrase");
    auto* open = new Toggle(BackupWords::show());
    open->setObjectName(QStringLiteral("showTyped"));
    connect(open, &Toggle::toggled, this, [this](bool on) { m_first->setSecret(!on); });
    m_scroll->add(open);
    m_main = addButton(Button::Kind::Primary, BackupWords::look(), "look", [this] {
        m_main->setEnabled(false);
        const QString passphrase = m_first->text();
        start(QStringLiteral("backup.inspect"),
              {{QStringLiteral("file"), m_file}, {QStringLiteral("passphrase"), passphrase}});
        m_passphrase = passphrase;
    });
    m_main->setEnabled(false);
}

void BackupPage::showSummary() {
    addText(cleanName(textOf(m_summary, u"door")), resources::fontTitle, &Palette::text, true);
    for (const QString& line : BackupWords::contents(context().locale, m_summary))
        addText(line, resources::fontBody, &Palette::muted);
    const QJsonArray there = m_summary.value(u"parts").toArray();
    const auto toggle = [&](const QString& text, const char* part, const char* name) {
        auto* added = new Toggle(text);
        added->setObjectName(QLatin1String(name));
        const bool has = there.contains(QLatin1String(part));
        added->setChecked(has);
        added->setEnabled(has);
        m_scroll->add(added);
        return added;
    };
    m_settings = toggle(BackupWords::settings(), "settings", "withSettings");
    m_log = toggle(BackupWords::log(), "log", "withLog");
    m_pictures = toggle(BackupWords::pictures(), "pictures", "withPictures");
    connect(m_log, &Toggle::toggled, m_pictures, &Toggle::setEnabled);
    addButton(Button::Kind::Danger, BackupWords::restore(), "restore", [this] { askToRestore(); });
}

void BackupPage::showRestarting() {
    addSymbol(Icon::Tick, &Palette::granted);
    addText(BackupWords::restarting(), resources::fontTitle, &Palette::text, true);
    addText(BackupWords::restartingDetail(), resources::fontBody, &Palette::muted);
}

void BackupPage::showFailed() {
    addSymbol(Icon::Warning, &Palette::refused);
    addText(BackupWords::failed(), resources::fontTitle, &Palette::text, true);
    addText(m_error, resources::fontBody, &Palette::text);
    addButton(Button::Kind::Primary, BackupWords::again(), "again", [this] { go(Step::Choose); });
}

} // namespace facelatch::ui
