// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the log screen and of the access screen.
#include "tests/ui/page_scenes.h"
#include "tests/ui/access_answers.h"
#include "tests/ui/log_answers.h"
#include "tests/ui/page_stage.h"
#include "ui/access_page.h"
#include "ui/list_row.h"
#include "ui/log_list.h"
#include "ui/log_page.h"
#include "ui/week_grid.h"

namespace facelatch::test {

namespace {

struct LogHolder {
    ScriptedPort port;
    LogAnswers answers{port};
};
struct AccessHolder {
    AccessHolder() { answerAccess(port); }
    ScriptedPort port;
};

/// What answers outlives the screen that asks.
template<typename Holder>
class Held : private Holder, public PageStage {
public:
    Held(ui::AdminEntry entry, QSize size, const QString& language, ui::Theme theme)
        : PageStage(Holder::port, std::move(entry), size, language, theme) {}
};

using Play = std::function<void(PageStage&)>;

PageScene logScene(const char* name, const Play& play) {
    return {QLatin1String(name), [play](QSize size, const QString& language, ui::Theme theme) {
                auto stage =
                    std::make_unique<Held<LogHolder>>(entryOf<ui::LogPage>(ui::Section::Log), size, language, theme);
                play(*stage);
                for (int i = 0; i < 12; ++i) { // pictures come two at a time
                    if (auto* list = stage->find<ui::LogList>("logList"))
                        list->viewport()->repaint();
                    PageStage::settle();
                }
                return std::unique_ptr<QWidget>(std::move(stage));
            }};
}

PageScene accessScene(const char* name, const Play& play) {
    return {QLatin1String(name), [play](QSize size, const QString& language, ui::Theme theme) {
                auto stage = std::make_unique<Held<AccessHolder>>(entryOf<ui::AccessPage>(ui::Section::Access), size,
                                                                  language, theme);
                play(*stage);
                PageStage::settle();
                return std::unique_ptr<QWidget>(std::move(stage));
            }};
}

void pressRow(PageStage& stage, const char* name, int which) {
    if (const auto rows = stage.all<ui::ListRow>(name); which < rows.size())
        rows[which]->click();
    PageStage::settle();
}

void open(PageStage& stage, std::initializer_list<const char*> buttons) {
    for (const char* button : buttons)
        stage.press(button);
}

} // namespace

std::vector<PageScene> logScenes() {
    const auto chooseRow = [](PageStage& stage, int row) {
        if (auto* list = stage.find<ui::LogList>("logList"))
            Q_EMIT list->chosen(row);
        PageStage::settle();
    };
    return {
        logScene("log", [](PageStage&) {}),
        logScene("log-filter-reason", [](PageStage& stage) { open(stage, {"logReason"}); }),
        logScene("log-day", [](PageStage& stage) { open(stage, {"logDay"}); }),
        logScene("log-alarms", [](PageStage& stage) { open(stage, {"logAlarms"}); }),
        logScene("log-changes", [](PageStage& stage) { open(stage, {"logChanges"}); }),
        logScene("log-change",
                 [chooseRow](PageStage& stage) {
                     open(stage, {"logChanges"});
                     chooseRow(stage, 1);
                 }),
        logScene("log-visit", [chooseRow](PageStage& stage) { chooseRow(stage, 1); }),
        logScene("log-visit-without-picture", [chooseRow](PageStage& stage) { chooseRow(stage, 2); }),
    };
}

std::vector<PageScene> accessScenes() {
    return {
        accessScene("access-groups", [](PageStage&) {}),
        accessScene("access-group", [](PageStage& stage) { pressRow(stage, "groupRow", 0); }),
        accessScene("access-schedules", [](PageStage& stage) { open(stage, {"accessSchedules"}); }),
        accessScene("access-schedule",
                    [](PageStage& stage) {
                        open(stage, {"accessSchedules"});
                        pressRow(stage, "scheduleRow", 0);
                    }),
        accessScene("access-schedule-copy",
                    [](PageStage& stage) {
                        open(stage, {"accessSchedules"});
                        pressRow(stage, "scheduleRow", 0);
                        if (auto* grid = stage.find<ui::WeekGrid>("weekGrid"))
                            Q_EMIT grid->dayPressed(1);
                    }),
        accessScene("access-holidays", [](PageStage& stage) { open(stage, {"accessHolidays"}); }),
        accessScene("access-holiday",
                    [](PageStage& stage) {
                        open(stage, {"accessHolidays", "accessAdd", "segment1"});
                    }),
        accessScene("access-rules", [](PageStage& stage) { open(stage, {"accessRules"}); }),
        accessScene("access-rule",
                    [](PageStage& stage) {
                        open(stage, {"accessRules", "accessAdd"});
                    }),
        accessScene("access-remove",
                    [](PageStage& stage) {
                        open(stage, {"accessRules"});
                        pressRow(stage, "ruleRow", 0);
                    }),
        accessScene("access-now", [](PageStage& stage) { open(stage, {"accessNow"}); }),
        accessScene("access-time",
                    [](PageStage& stage) {
                        open(stage, {"accessNow", "accessAdd"});
                    }),
    };
}

} // namespace facelatch::test
