// SPDX-License-Identifier: GPL-3.0-or-later
// Adding an access rule.
#include "ui/rule_page.h"

#include "ui/access_undo.h"
#include "ui/access_words.h"
#include "ui/controls.h"
#include "ui/pick_sheet.h"

#include <QBoxLayout>
#include <QJsonArray>

namespace facelatch::ui {

namespace {

QStringList namesAt(const QJsonObject& answer, QStringView key) {
    QStringList names;
    for (const auto& each : answer.value(key).toArray())
        names << each.toObject().value(u"name").toString();
    return names;
}

} // namespace

RulePage::RulePage(const AdminContext& given, QWidget* parent)
    : AdminPage(given, parent),
      m_column(new QVBoxLayout(this)),
      m_scroll(new ScrollArea(this)),
      m_groupRow(new ListRow({}, m_scroll)),
      m_scheduleRow(new ListRow({}, m_scroll)),
      m_doorChoice(new Segments({AccessWords::everyDoor(), AccessWords::thisDoor()}, m_scroll)),
      m_sentence(new TextBlock({.fits = {{resources::fontBody, 2}, {resources::fontSmall, resources::mostLines}},
                                .colour = &resources::Palette::muted,
                                .balanced = false},
                               this)),
      m_save(new Button(Button::Kind::Primary, AccessWords::tr("Save"), this)) {
    setObjectName(QStringLiteral("rulePage"));
    m_scroll->setObjectName(QStringLiteral("ruleScroll"));
    m_groupRow->setObjectName(QStringLiteral("ruleGroup"));
    m_scheduleRow->setObjectName(QStringLiteral("ruleSchedule"));
    m_doorChoice->setObjectName(QStringLiteral("ruleDoor"));
    m_sentence->setObjectName(QStringLiteral("ruleSentence"));
    m_save->setObjectName(QStringLiteral("ruleSave"));
    m_groupRow->setLeadingIcon(Icon::People);
    m_groupRow->setChevron(true);
    m_scheduleRow->setLeadingIcon(Icon::Clock);
    m_scheduleRow->setChevron(true);
    m_doorChoice->setCurrent(0);
    addHeading(AccessWords::tr("Who"));
    m_scroll->add(m_groupRow);
    addHeading(AccessWords::tr("When"));
    m_scroll->add(m_scheduleRow);
    addHeading(AccessWords::tr("Where"));
    m_scroll->add(m_doorChoice);
    addHeading(AccessWords::tr("What is asked for"));
    for (const core::AuthMode mode : core::authModes()) {
        auto* row = new ListRow(AccessWords::mode(mode), m_scroll);
        const std::string_view code = core::authModeCode(mode);
        row->setObjectName(QStringLiteral("mode_") +
                           QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size())));
        connect(row, &QAbstractButton::clicked, this, [this, mode] {
            m_mode = mode;
            showChoice();
        });
        m_scroll->add(row);
        m_modes << row;
    }
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_sentence, 1);
    foot->addWidget(m_save);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_scroll, 1);
    m_column->addLayout(foot);
    connect(m_groupRow, &QAbstractButton::clicked, this, [this] { pick(AccessWords::tr("Who"), m_groups, m_group); });
    connect(m_scheduleRow, &QAbstractButton::clicked, this,
            [this] { pick(AccessWords::tr("When"), m_schedules, m_schedule); });
    connect(m_doorChoice, &Segments::chosen, this, [this] { showChoice(); });
    connect(m_save, &QAbstractButton::clicked, this, &RulePage::save);
    showChoice();
}

QString RulePage::title() const {
    return AccessWords::tr("New rule");
}

TextBlock* RulePage::addHeading(const QString& text) {
    auto* heading = new TextBlock(
        {.fits = {{resources::fontSmall, 1}}, .colour = &resources::Palette::muted, .bold = true}, m_scroll);
    heading->setText(text);
    m_scroll->add(heading);
    return heading;
}

void RulePage::restyled() {
    const int edge = dress().px(resources::spaceS);
    m_column->setContentsMargins(0, 0, edge, edge / 2);
    m_sentence->setContentsMargins(edge, 0, 0, 0);
}

void RulePage::shown() {
    ask(QStringLiteral("group.list"), {}, [this](const QJsonObject& answer) {
        m_groups = namesAt(answer, u"groups");
        if (m_group.isEmpty() && m_groups.size() == 1)
            m_group = m_groups.first();
        showChoice();
    });
    ask(QStringLiteral("schedule.list"), {}, [this](const QJsonObject& answer) {
        m_schedules = namesAt(answer, u"schedules");
        if (m_schedule.isEmpty() && m_schedules.size() == 1)
            m_schedule = m_schedules.first();
        showChoice();
    });
    ask(QStringLiteral("access.preview"), {}, [this](const QJsonObject& answer) {
        m_door = answer.value(u"door").toString();
        const QJsonArray takes = answer.value(u"takes").toArray();
        if (!takes.isEmpty())
            m_takes = {takes.contains(QStringLiteral("face")), takes.contains(QStringLiteral("pin")),
                       takes.contains(QStringLiteral("card"))};
        showChoice();
    });
}

void RulePage::showChoice() {
    m_groupRow->setTitle(m_group.isEmpty() ? AccessWords::tr("Choose a group") : m_group);
    m_groupRow->setDetail(m_groups.isEmpty() ? AccessWords::tr("There is none yet: add one under Groups.") : QString());
    m_scheduleRow->setTitle(m_schedule.isEmpty() ? AccessWords::tr("Choose a schedule") : m_schedule);
    m_scheduleRow->setDetail(m_schedules.isEmpty() ? AccessWords::tr("There is none yet: add one under Schedules.")
                                                   : QString());
    for (qsizetype i = 0; i < m_modes.size(); ++i) {
        const core::AuthMode mode = core::authModes()[static_cast<std::size_t>(i)];
        const QString obstacle = AccessWords::obstacle(mode, m_takes);
        m_modes[i]->setEnabled(obstacle.isEmpty());
        m_modes[i]->setDetail(obstacle);
        if (mode == m_mode)
            m_modes[i]->setTrailingIcon(Icon::Tick);
        else
            m_modes[i]->setChevron(false);
    }
    const bool whole = !m_group.isEmpty() && !m_schedule.isEmpty();
    m_sentence->setText(whole ? AccessWords::tr("%1 may enter during %2. %3.", "a group, a schedule, what is asked for")
                                    .arg(cleanName(m_group), cleanName(m_schedule), AccessWords::mode(m_mode))
                              : QString());
    m_save->setEnabled(whole && core::satisfies(m_takes, m_mode));
    m_doorChoice->setOptionEnabled(1, !m_door.isEmpty());
}

void RulePage::pick(const QString& heading, const QStringList& options, QString& chosen) {
    if (options.isEmpty())
        return;
    PickSheet::open(this, heading, options, static_cast<int>(options.indexOf(chosen)),
                    [page = QPointer(this), options, &chosen](int index) {
                        if (!page)
                            return;
                        chosen = options[index]; // a member of the page
                        page->showChoice();
                    });
}

void RulePage::save() {
    const std::string_view mode = core::authModeCode(m_mode);
    const QJsonObject rule{
        {QStringLiteral("group"), m_group},
        {QStringLiteral("schedule"), m_schedule},
        {QStringLiteral("door"), m_doorChoice->current() == 1 ? m_door : QString()},
        {QStringLiteral("mode"), QString::fromUtf8(mode.data(), static_cast<qsizetype>(mode.size()))}};
    ask(QStringLiteral("rule.add"), rule, [this, rule](const QJsonObject& answer) {
        const int outside = answer.value(u"without_any_rule").toInt();
        QString text = AccessWords::tr("The rule is saved.");
        if (answer.value(u"rules").toInt() == 1)
            text = AccessWords::tr("The first rule: from now on only who has a rule may enter.");
        if (outside > 0)
            text += QLatin1Char(' ') +
                    AccessWords::tr("Without any rule now: %1.", "%1 is '3 people'").arg(AccessWords::people(outside));
        Q_EMIT notice(text, undoBy(context().port, {{QStringLiteral("rule.remove"), rule}}));
        Q_EMIT done();
    });
}

} // namespace facelatch::ui
