// SPDX-License-Identifier: GPL-3.0-or-later
// Where the photographs are, how far it is, what came of it.
#include "ui/import_page.h"

#include "ui/kit_words.h"
#include "ui/people_words.h"

#include <QBoxLayout>
#include <QFileInfo>
#include <QJsonArray>

namespace facelatch::ui {

namespace {

TextBlock* block(const char* name, int size, ColourRole colour) {
    auto* text = new TextBlock({.fits = {{size, resources::mostParagraphLines}}, .colour = colour, .balanced = false});
    text->setObjectName(QLatin1String(name));
    return text;
}

/// One line: what became of somebody, and of their pictures.
QString detailOf(const QJsonObject& person) {
    if (person.value(u"outcome").toString() == u"added")
        return ImportWords::added(person.value(u"accepted").toInt());
    const QString why = person.value(u"why").toString();
    const QJsonArray refused = person.value(u"pictures").toArray();
    if (refused.isEmpty())
        return why;
    const QJsonObject first = refused.first().toObject();
    return ImportWords::pictures(first.value(u"file").toString() + QStringLiteral(": ") +
                                     first.value(u"text").toString(),
                                 static_cast<int>(refused.size()) - 1);
}

} // namespace

ImportPage::ImportPage(const AdminContext& context, QWidget* parent)
    : AdminPage(context, parent),
      m_scroll(new ScrollArea(this)),
      m_how(block("importHow", resources::fontBody, &resources::Palette::text)),
      m_stick(new ListRow(ImportWords::noStick())),
      m_folder(new TextField(ImportWords::folder())),
      m_begin(new Button(Button::Kind::Primary, ImportWords::read())),
      m_progressText(block("importProgressText", resources::fontBody, &resources::Palette::text)),
      m_progress(new TimeBar(&resources::Palette::accent, &resources::Palette::muted)),
      m_cancel(new Button(Button::Kind::Plain, KitWords::cancel())),
      m_report(new QWidget) {
    setObjectName(QStringLiteral("importPage"));
    m_stick->setObjectName(QStringLiteral("importStick"));
    m_folder->setObjectName(QStringLiteral("importFolder"));
    m_begin->setObjectName(QStringLiteral("importBegin"));
    m_progress->setObjectName(QStringLiteral("importProgress"));
    m_cancel->setObjectName(QStringLiteral("importCancel"));
    m_report->setObjectName(QStringLiteral("importReport"));
    m_how->setText(ImportWords::how());
    m_stick->setLeadingIcon(Icon::Usb);
    m_begin->setEnabled(false);
    new QVBoxLayout(m_report);
    m_report->layout()->setContentsMargins(0, 0, 0, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_scroll);
    for (QWidget* each : std::initializer_list<QWidget*>{m_how, m_stick, m_folder, m_begin, m_progressText, m_progress,
                                                         m_cancel, m_report})
        m_scroll->add(each);
    for (QWidget* each : std::initializer_list<QWidget*>{m_progressText, m_progress, m_cancel})
        each->hide();
    connect(m_stick, &QAbstractButton::clicked, this, [this] {
        if (m_sticks.isEmpty())
            return readSticks();
        Sheet::choose(this, ImportWords::folder(), m_sticks, -1, [page = QPointer(this)](int index) {
            if (page) {
                page->m_folder->setText(page->m_sticks.at(index));
                page->m_begin->setEnabled(true);
            }
        });
    });
    connect(m_folder, &TextField::edited, this, [this](const QString& path) {
        m_folder->setError({});
        m_begin->setEnabled(!path.trimmed().isEmpty());
    });
    connect(m_begin, &QAbstractButton::clicked, this, &ImportPage::begin);
    connect(m_cancel, &QAbstractButton::clicked, this,
            [this] { ask(QStringLiteral("enrol.folder.cancel"), {}, [this](const QJsonObject& s) { show(s); }); });
    connect(&m_poll, &QTimer::timeout, this, &ImportPage::poll);
}

QString ImportPage::title() const {
    return ImportWords::title();
}

void ImportPage::shown() {
    readSticks();
    poll(); // one may be going on
}

void ImportPage::readSticks() {
    ask(
        QStringLiteral("folder.list"), {},
        [this](const QJsonObject& answer) {
            m_sticks.clear();
            for (const auto& each : answer.value(u"places").toArray())
                m_sticks << each.toObject().value(u"path").toString();
            m_stick->setTitle(m_sticks.isEmpty() ? ImportWords::noStick() : QFileInfo(m_sticks.first()).fileName());
            m_stick->setDetail(m_sticks.isEmpty() ? ImportWords::lookAgain() : m_sticks.first());
            m_stick->setChevron(m_sticks.size() > 1);
            if (m_sticks.isEmpty() || !m_folder->text().isEmpty())
                return;
            m_folder->setText(m_sticks.first());
            m_begin->setEnabled(true);
        },
        [](const core::Error&) {}); // a path can be typed all the same
}

void ImportPage::begin() {
    m_begin->setEnabled(false);
    ask(
        QStringLiteral("enrol.folder.begin"), {{QStringLiteral("path"), m_folder->text().trimmed()}},
        [this](const QJsonObject& state) {
            m_reported = -1;
            show(state);
        },
        [this](const core::Error& error) {
            m_begin->setEnabled(true);
            m_folder->setError(QString::fromStdString(error.what + (error.remedy.empty() ? "" : ". " + error.remedy)));
        });
}

void ImportPage::poll() {
    if (m_asking)
        return;
    m_asking = true;
    ask(
        QStringLiteral("enrol.folder.state"), {},
        [this](const QJsonObject& state) {
            m_asking = false;
            show(state);
        },
        [this](const core::Error&) { m_asking = false; });
}

void ImportPage::show(const QJsonObject& state) {
    m_running = state.value(u"running").toBool();
    if (m_running) {
        if (!m_poll.isActive())
            m_poll.start(resources::importPollMs);
        Q_EMIT inUse();
    } else {
        m_poll.stop();
    }
    const int done = state.value(u"done").toInt(), total = state.value(u"total").toInt();
    for (QWidget* each : std::initializer_list<QWidget*>{m_how, m_stick, m_folder, m_begin})
        each->setVisible(!m_running);
    m_begin->setEnabled(!m_folder->text().trimmed().isEmpty());
    for (QWidget* each : std::initializer_list<QWidget*>{m_progress, m_cancel})
        each->setVisible(m_running);
    m_cancel->setEnabled(!state.value(u"cancelled").toBool());
    m_progressText->setVisible(total > 0);
    m_progress->setLeft(total > 0 ? static_cast<double>(done) / total : 0);
    const int added = state.value(u"added").toInt();
    m_progressText->setText(m_running ? ImportWords::progress(done, total)
                            : state.value(u"cancelled").toBool()
                                ? ImportWords::cancelled(added)
                                : ImportWords::finished(added, state.value(u"refused").toInt()));
    showReport(state);
}

/// Those who were not added come first, for they need somebody.
void ImportPage::showReport(const QJsonObject& state) {
    const QJsonArray people = state.value(u"people").toArray();
    if (people.size() == m_reported)
        return;
    m_reported = people.size();
    while (QLayoutItem* item = m_report->layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const bool added : {false, true})
        for (const auto& each : people) {
            const QJsonObject person = each.toObject();
            if ((person.value(u"outcome").toString() == u"added") != added)
                continue;
            auto* row = new ListRow(person.value(u"name").toString());
            row->setObjectName(QStringLiteral("importPerson"));
            row->setDetail(detailOf(person));
            row->setLeadingIcon(added ? Icon::Tick : Icon::Warning,
                                added ? &resources::Palette::granted : &resources::Palette::refused);
            m_report->layout()->addWidget(row);
            dressUp(*row);
            if (!added)
                connect(row, &QAbstractButton::clicked, this, [this, person] {
                    QStringList lines{person.value(u"why").toString()};
                    for (const auto& picture : person.value(u"pictures").toArray())
                        lines << picture.toObject().value(u"file").toString() + QStringLiteral(": ") +
                                     picture.toObject().value(u"text").toString();
                    Sheet::message(this, person.value(u"name").toString(), lines.join(QLatin1Char('\n')));
                });
        }
}

} // namespace facelatch::ui
