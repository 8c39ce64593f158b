// SPDX-License-Identifier: GPL-3.0-or-later
// The system page's way into a lockdown, and out of it.
#include "ui/controls.h"
#include "ui/kit_words.h"
#include "ui/system_page.h"
#include "ui/system_words.h"

#include <QDateTime>

namespace facelatch::ui {

void SystemPage::addLockdown() {
    m_lockdown = new ListRow(SystemWords::lockDown());
    m_lockdown->setObjectName(QStringLiteral("systemLockdown"));
    m_lockdown->setLeadingIcon(Icon::Lock);
    m_lockdown->setVisible(may("lock_down"));
    m_lockdown->setEnabled(false); // until it is known how the door is
    connect(m_lockdown, &QAbstractButton::clicked, this, [this] { m_lockedDown ? askLift() : askLockDown(); });
    m_list->add(m_lockdown);
}

void SystemPage::readMode() {
    if (!may("lock_down"))
        return;
    ask(
        QStringLiteral("door.state"), {}, [this](const QJsonObject& state) { showMode(state); },
        [this](const core::Error&) { m_lockdown->setEnabled(false); });
}

void SystemPage::showMode(const QJsonObject& state) {
    m_lockedDown = state.value(u"mode").toString() == u"locked_down";
    m_lockdown->setEnabled(state.value(u"mode").isString());
    m_lockdown->setTitle(m_lockedDown ? SystemWords::liftLockdown() : SystemWords::lockDown());
    m_lockdown->setChip(m_lockedDown ? SystemWords::isLockedDown() : QString(), Tone::Attention, Icon::Lock);
    const QJsonValue since = state.value(u"mode_since");
    const QString when = since.isDouble() ? context().locale.toString(QDateTime::fromMSecsSinceEpoch(since.toInteger()),
                                                                      QLocale::ShortFormat)
                                          : QString();
    QStringList parts{cleanName(state.value(u"mode_by").toString()), when,
                      cleanName(state.value(u"mode_reason").toString())};
    parts.removeAll(QString());
    m_lockdown->setDetail(m_lockedDown ? parts.join(QStringLiteral(" · ")) : SystemWords::lockDownLine());
}

void SystemPage::askLockDown() {
    auto* sheet = new Sheet(this, SystemWords::lockDownQuestion());
    sheet->setObjectName(QStringLiteral("lockdownSheet"));
    auto* means = new TextBlock({.fits = {{resources::fontBody, resources::mostParagraphLines}},
                                 .colour = &resources::Palette::muted,
                                 .balanced = false});
    means->setText(SystemWords::lockDownMeans());
    auto* reason = new TextField(SystemWords::reason());
    reason->setObjectName(QStringLiteral("lockdownReason"));
    reason->setMaxLength(resources::longestField);
    sheet->add(means);
    sheet->add(reason);
    sheet->addAction(Button::Kind::Plain, KitWords::cancel(), {})->setObjectName(QStringLiteral("sheetNo"));
    sheet
        ->addAction(Button::Kind::Danger, SystemWords::lockDown(),
                    [page = QPointer(this), reason] {
                        if (page)
                            page->setLockdown(true, reason->text().trimmed());
                    })
        ->setObjectName(QStringLiteral("sheetYes"));
    sheet->open();
}

void SystemPage::askLift() {
    confirm({SystemWords::liftQuestion(), SystemWords::liftMeans(), SystemWords::liftLockdown(), false},
            [this] { setLockdown(false, {}); });
}

void SystemPage::setLockdown(bool on, const QString& reason) {
    QJsonObject args{{QStringLiteral("on"), on}};
    if (!reason.isEmpty())
        args.insert(QStringLiteral("reason"), reason);
    m_lockdown->setEnabled(false);
    ask(
        QStringLiteral("door.lockdown"), args,
        [this, on](const QJsonObject&) {
            Q_EMIT notice(on ? SystemWords::lockedDownNow() : SystemWords::liftedNow(), {});
            readMode();
        },
        [this](const core::Error& error) {
            Q_EMIT notice(KitWords::error(error), {});
            readMode();
        });
}

} // namespace facelatch::ui
