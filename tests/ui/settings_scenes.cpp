// SPDX-License-Identifier: GPL-3.0-or-later
// Playing them.
#include "tests/ui/settings_scenes.h"

#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/scenes.h"
#include "tests/ui/settings_answers.h"
#include "ui/admin_shell.h"
#include "ui/admins_page.h"
#include "ui/settings_page.h"
#include "ui/system_page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QPalette>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace facelatch::test {

namespace {

template<typename PageType>
ui::AdminPage* make(const ui::AdminContext& context, QWidget* parent) {
    return new PageType(context, parent);
}

void settle() {
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QApplication::processEvents();
}

void press(const QWidget& inside, const char* name) {
    for (auto* button : inside.findChildren<QAbstractButton*>(QLatin1String(name)))
        if (button->isVisible()) {
            button->click();
            break;
        }
    settle();
}

void scroll(const QWidget& inside, const char* list) {
    for (auto* area : inside.findChildren<QScrollArea*>(QLatin1String(list)))
        area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
    settle();
}

void answer(ScriptedPort& port) {
    port.answer(QStringLiteral("settings.list"), settingsList());
    port.answer(QStringLiteral("system.info"), systemInfoAnswer());
    port.answer(QStringLiteral("system.check"), systemCheckAnswer());
    port.answer(QStringLiteral("admin.list"), adminListAnswer());
    port.answer(QStringLiteral("door.state"), {{QStringLiteral("mode"), QStringLiteral("normal")}});
    port.answer(QStringLiteral("viewer.list"), viewerListAnswer());
    port.answer(QStringLiteral("viewer.pair"), viewerPairAnswer());
    port.answer(QStringLiteral("viewer.pair_cancel"), {});
}

} // namespace

bool playSettingsScenes(ui::Theme theme, const QLocale& locale, QSize size,
                        const std::function<bool(const QString&, QWidget&)>& take) {
    ScriptedPort port;
    answer(port);
    core::LatestFrame frames;
    ui::AdminContext context{port, frames, sceneNow, locale, true, QStringLiteral("Zoé"), QStringLiteral("admin"), {}};
    for (const char* code : {"change_settings", "manage_principals", "back_up", "lock_down"})
        context.may.insert(QLatin1String(code));
    const QStringList needs{QStringLiteral("change_settings")};
    const ui::Style style = ui::styleFor(size, theme, false);
    QWidget frame;
    frame.resize(size);
    QPalette colours;
    colours.setColor(QPalette::Window, style.colour(&resources::Palette::background));
    frame.setPalette(colours);
    auto* column = new QVBoxLayout(&frame);
    column->setContentsMargins(0, 0, 0, 0);
    auto* shell = new ui::AdminShell(
        context,
        {{ui::Section::Settings, needs, make<ui::SettingsPage>}, {ui::Section::System, needs, make<ui::SystemPage>}},
        &frame);
    column->addWidget(shell);
    ui::restyleAll(frame, style);
    frame.show();
    const auto shoot = [&](const char* name) {
        settle();
        return take(QLatin1String(name), frame);
    };
    if (!shoot("settings"))
        return false;
    for (const char* group : {"door", "lock", "camera", "recognition", "screen"}) {
        press(frame, qPrintable(QStringLiteral("group_") + QLatin1String(group)));
        if (!shoot(qPrintable(QStringLiteral("settings-") + QLatin1String(group))))
            return false;
        press(frame, "adminBack");
    }
    shell->open(ui::Section::System);
    if (!shoot("system"))
        return false;
    press(frame, "systemLockdown");
    if (!shoot("system-lockdown"))
        return false;
    press(frame, "sheetNo");
    scroll(frame, "systemList");
    if (!shoot("system-facts"))
        return false;
    press(frame, "systemCheck");
    if (!shoot("system-check"))
        return false;
    press(frame, "sheetClose");
    press(frame, "systemAdmins");
    if (!shoot("admins"))
        return false;
    press(frame, "admin_a1");
    if (!shoot("admins-one"))
        return false;
    press(frame, "adminChangePin");
    if (!shoot("admins-pin"))
        return false;
    for (int steps = 0; steps < 3; ++steps)
        press(frame, "adminBack");
    for (const auto& [button, name] :
         {std::pair{"systemViewers", "viewers"}, std::pair{"viewer_v1", "viewers-one"}, std::pair{"adminBack", ""},
          std::pair{"viewerPair", "viewers-role"}, std::pair{"newViewerCode", "viewers-code"}}) {
        press(frame, button);
        if (*name != '\0' && !shoot(name))
            return false;
    }
    return true;
}

} // namespace facelatch::test
