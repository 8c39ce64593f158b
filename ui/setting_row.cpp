// SPDX-License-Identifier: GPL-3.0-or-later
// Laying out a setting.
#include "ui/setting_row.h"

#include "ui/button.h"
#include "ui/setting_texts.h"
#include "ui/setting_words.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

namespace {

TextLook small(ColourRole colour) {
    return {.fits = {{resources::fontSmall, resources::mostParagraphLines}}, .colour = colour, .balanced = false};
}

} // namespace

SettingRow::SettingRow(const QJsonObject& row, SettingFacts facts, QWidget* parent)
    : Panel({.marginX = resources::spaceS, .marginY = resources::spaceXs, .spacing = resources::spaceXs}, parent),
      m_row(row),
      m_facts(std::move(facts)),
      m_dot(new TextBlock({.fits = {{resources::fontBody, 1}}, .colour = &Palette::accent}, this)),
      m_name(new TextBlock(
          {.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .bold = true, .balanced = false}, this)),
      m_reset(new Button(Button::Kind::Quiet, SettingWords::reset(), this)),
      m_meaning(new TextBlock(small(&Palette::muted), this)),
      m_note(new TextBlock(small(&Palette::muted), this)) {
    setObjectName(key());
    m_dot->setObjectName(QStringLiteral("settingDot"));
    m_name->setObjectName(QStringLiteral("settingName"));
    m_reset->setObjectName(QStringLiteral("settingReset"));
    m_meaning->setObjectName(QStringLiteral("settingMeaning"));
    m_note->setObjectName(QStringLiteral("settingNote"));
    m_dot->setText(QStringLiteral("●"));
    m_dot->setAccessibleName(SettingWords::changed());
    m_dot->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_name->setText(SettingTexts::name(key()));
    m_meaning->setText(SettingTexts::meaning(m_row.value(u"meaning").toString()));
    m_control = makeSettingControl(
        m_row, m_facts,
        {[this](const QJsonValue& value) { Q_EMIT wanted(value); }, [this](const QString& why) { setError(why); }},
        this);
    box()->setDirection(QBoxLayout::TopToBottom);
    auto* head = new QHBoxLayout;
    head->addWidget(m_dot);
    head->addWidget(m_name, 1);
    head->addWidget(m_reset);
    if (m_control.besideName)
        head->addWidget(m_control.widget);
    box()->addLayout(head);
    box()->addWidget(m_meaning);
    if (!m_control.besideName)
        box()->addWidget(m_control.widget);
    box()->addWidget(m_note);
    connect(m_reset, &QAbstractButton::clicked, this, [this] { Q_EMIT wanted(QJsonValue()); });
    showState();
}

void SettingRow::update(const QJsonObject& row) {
    m_row = row;
    m_error.clear();
    m_control.show(m_row);
    showState();
}

void SettingRow::setError(const QString& error) {
    if (m_error == error)
        return;
    m_error = error;
    showState();
}

void SettingRow::refuse(const QString& error) {
    m_control.show(m_row);
    setError(error);
}

void SettingRow::showState() {
    const QString origin = m_row.value(u"origin").toString();
    const bool local = origin == u"settings.local.toml";
    m_dot->setVisible(local);
    m_reset->setVisible(local);
    QStringList notes;
    if (!m_error.isEmpty())
        notes << m_error;
    else if (key() == u"recognition.threshold")
        notes << securityText(m_row, m_facts);
    if (m_row.value(u"fixed").toBool())
        notes << SettingWords::fixed();
    else if (origin == u"settings.toml")
        notes << SettingWords::fromOwner();
    if (m_row.value(u"waits").toBool())
        notes << SettingWords::waits();
    m_note->setText(notes.join(QStringLiteral(" · ")));
    m_note->setColour(m_error.isEmpty() ? &Palette::muted : &Palette::refused);
    m_note->setVisible(!notes.isEmpty());
}

} // namespace facelatch::ui
