// SPDX-License-Identifier: GPL-3.0-or-later
// Playing the admin's screens.
#include "tests/ui/admin_scenes.h"

#include "core/principal.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/access_answers.h"
#include "tests/ui/log_answers.h"
#include "tests/ui/scenes.h"
#include "tests/ui/settings_answers.h"
#include "ui/admin_pages.h"
#include "ui/admin_screen.h"
#include "ui/controls.h"
#include "ui/viewfinder.h"

#include <QApplication>
#include <QJsonArray>

namespace facelatch::test {

namespace {

void settle() {
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
}

void state(ScriptedPort& port, const char* setUp, int lockedFor) {
    port.answer(QStringLiteral("session.state"),
                {{QStringLiteral("setup"), QLatin1String(setUp)}, {QStringLiteral("locked_for_s"), lockedFor}});
}

void press(const QWidget& inside, const char* name) {
    for (auto* button : inside.findChildren<QAbstractButton*>(QLatin1String(name)))
        if (button->isVisible())
            return button->click();
}

/// Signed in, each section with something in it, below the visitor's strip.
bool playShell(ScriptedPort& port, ui::AdminScreen& screen, const QWidget& window,
               const std::function<bool(const char*)>& shoot) {
    QJsonArray may;
    for (const core::Action action : core::actions()) {
        const std::string_view code = core::actionCode(action);
        may.append(QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size())));
    }
    answerAccess(port);
    const LogAnswers log(port);
    port.answer(QStringLiteral("settings.list"), settingsList());
    port.answer(QStringLiteral("system.info"), systemInfoAnswer());
    port.answer(QStringLiteral("session.sign_in"), {{QStringLiteral("name"), QStringLiteral("Ada")},
                                                    {QStringLiteral("role"), QStringLiteral("admin")},
                                                    {QStringLiteral("may"), may}});
    state(port, "done", 0);
    screen.enter();
    settle();
    for (const char digit : {'2', '4', '6', '8', '1', '3'})
        press(window, qPrintable(QStringLiteral("padKey%1").arg(QLatin1Char(digit))));
    press(window, "padAccept");
    settle();
    for (const auto& [button, name] : {std::pair{"railPeople", "shell-people"}, std::pair{"railAccess", "shell-access"},
                                       std::pair{"railLog", "shell-log"}, std::pair{"railSettings", "shell-settings"},
                                       std::pair{"railSystem", "shell-system"}}) {
        press(window, button);
        settle();
        if (!shoot(name))
            return false;
    }
    screen.leave();
    return true;
}

} // namespace

bool playAdminScenes(const ui::KioskConfig& config, core::LatestFrame& frames, QSize size,
                     const std::function<bool(const QString&, ui::KioskWindow&)>& take) {
    ui::KioskConfig dressed = config;
    dressed.adminEntry = dressed.adminButton = true;
    ScriptedPort port;
    port.answer(QStringLiteral("lock.test"), {});
    port.answer(QStringLiteral("session.sign_out"), {});
    const auto window = playScene(scenes().front(), dressed, frames, size);
    const bool french = config.locale.language() == QLocale::French;
    const QString language = french ? QStringLiteral("fr") : QStringLiteral("en");
    ui::AdminScreen screen(*window, {port, frames, sceneNow, [&config](const QString&) { return config.locale; },
                                     config.locale, config.doorName, true, false, ui::adminPages()});
    const auto shoot = [&](const char* name) {
        settle();
        return take(QLatin1String(name), *window);
    };
    ui::restyleAll(*window, ui::styleFor(size, config.theme, false));
    if (!shoot("idle-entry"))
        return false;
    state(port, "done", 0);
    screen.enter();
    if (!shoot("sign-in"))
        return false;
    screen.leave();
    state(port, "done", 899);
    screen.enter();
    if (!shoot("sign-in-locked"))
        return false;
    screen.leave();
    if (!playShell(port, screen, *window, shoot))
        return false;
    state(port, "closed", 0);
    screen.enter();
    if (!shoot("set-up-closed"))
        return false;
    screen.leave();
    state(port, "open", 0);
    screen.enter();
    if (!shoot("set-up-1-language"))
        return false;
    press(*window, qPrintable(QStringLiteral("language_") + language));
    if (!shoot("set-up-2-pin"))
        return false;
    for (int twice = 0; twice < 2; ++twice) {
        for (const char digit : {'2', '4', '6', '8', '1', '3'})
            press(*window, qPrintable(QStringLiteral("padKey%1").arg(QLatin1Char(digit))));
        press(*window, "padAccept");
        settle();
    }
    for (auto* field : window->findChildren<ui::TextField*>(QStringLiteral("setupAdminName"))) {
        field->setText(french ? QStringLiteral("Adélaïde") : QStringLiteral("Ada"));
        Q_EMIT field->edited(field->text());
    }
    for (const char* name : {"set-up-3-names", "set-up-4-lock", "set-up-5-camera"}) {
        settle();
        for (auto* finder : window->findChildren<ui::Viewfinder*>(QStringLiteral("setupPicture")))
            finder->tick(sceneNow().mono);
        if (!shoot(name))
            return false;
        press(*window, "setupNext");
    }
    if (!shoot("set-up-6-test"))
        return false;
    press(*window, "setupTestLock");
    settle();
    press(*window, "setupNo");
    if (!shoot("set-up-6-advice"))
        return false;
    press(*window, "setupNext");
    if (!shoot("set-up-7-time"))
        return false;
    press(*window, "setupYes");
    return shoot("set-up-8-summary");
}

} // namespace facelatch::test
