// SPDX-License-Identifier: GPL-3.0-or-later
// The access screen: weeks painted by a finger, members, holidays, rules, and who may enter now.
#include "tests/ui/access_answers.h"
#include "tests/ui/page_stage.h"
#include "ui/access_page.h"
#include "ui/access_undo.h"
#include "ui/access_words.h"
#include "ui/calendar.h"
#include "ui/choices.h"
#include "ui/clock_field.h"
#include "ui/feedback.h"
#include "ui/list_row.h"
#include "ui/week_grid.h"

#include <QDateTime>
#include <QLineEdit>
#include <QMouseEvent>
#include <QSignalSpy>

using namespace facelatch;
using namespace facelatch::ui;
using test::PageStage;

namespace {

constexpr int sunday = 0, monday = 1, tuesday = 2, wednesday = 3, friday = 5;

int cell(int hour, int minute = 0) {
    return (hour * 60 + minute) / core::cellMinutes;
}

} // namespace

class TstAccessPage : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ScriptedPort> m_port;
    std::unique_ptr<PageStage> m_stage;

    void open(QSize size = {800, 480}, const QString& language = QStringLiteral("en"),
              const QSet<QString>& may = PageStage::everything()) {
        m_stage = std::make_unique<PageStage>(*m_port, test::entryOf<AccessPage>(Section::Access), size, language,
                                              Theme::Dark, may);
    }
    QStringList rows(const char* name) {
        QStringList texts;
        for (const ListRow* row : m_stage->all<ListRow>(name))
            texts << row->accessibleName();
        return texts;
    }
    bool pressRow(const char* name, int which) {
        const auto all = m_stage->all<ListRow>(name);
        if (which >= all.size())
            return false;
        all[which]->click();
        PageStage::settle();
        return true;
    }
    WeekGrid* grid() { return m_stage->find<WeekGrid>("weekGrid"); }
    /// As a finger does it: down, over some places in between, up.
    void stroke(int fromDay, int fromCell, int toDay, int toCell) {
        const QPoint from = grid()->placeOf(fromDay, fromCell).center(), to = grid()->placeOf(toDay, toCell).center();
        // As a finger would have brought it into view.
        auto* scroll = m_stage->find<ScrollArea>("scheduleScroll");
        const QPoint inside = grid()->mapTo(scroll->widget(), from);
        scroll->ensureVisible(inside.x(), inside.y());
        QApplication::processEvents();
        QTest::mousePress(grid(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 5; ++i) {
            const QPoint at = from + (to - from) * i / 5;
            QMouseEvent move(QEvent::MouseMove, at, grid()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(grid(), &move);
        }
        QTest::mouseRelease(grid(), Qt::LeftButton, {}, to);
    }
    void openNewSchedule() {
        QVERIFY(m_stage->press("accessSchedules"));
        QVERIFY(m_stage->press("accessAdd"));
        QVERIFY(m_stage->press("nameTake"));
        QVERIFY(grid() != nullptr);
    }

private Q_SLOTS:
    void init() {
        m_stage.reset();
        m_port = std::make_unique<test::ScriptedPort>();
        test::answerAccess(*m_port);
    }
    void cleanup() { m_stage.reset(); }

    void aWeekIsPaintedByFinger() {
        open();
        openNewSchedule();
        stroke(monday, cell(7), friday, cell(18, 30));
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Mon–Fri 07:00–19:00"));
        stroke(6, cell(11, 30), 6, cell(9)); // from right to left
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Mon–Fri 07:00–19:00, Sat 09:00–12:00"));
        stroke(wednesday, cell(12), wednesday, cell(12, 30)); // begins on a painted cell: erases
        QCOMPARE(m_stage->text("scheduleSentence"),
                 QStringLiteral("Mon, Tue 07:00–19:00, Wed 07:00–12:00 and 13:00–19:00, Thu, Fri 07:00–19:00, Sat "
                                "09:00–12:00"));
        m_stage->find<Toggle>("scheduleThrough")->click();
        QVERIFY(m_stage->press("scheduleSave"));
        const QJsonObject saved = m_port->last(QStringLiteral("schedule.add"));
        QCOMPARE(saved.value(u"name").toString(), QStringLiteral("Schedule 1"));
        QCOMPARE(saved.value(u"periods").toString(),
                 QStringLiteral("Mon-Tue 07:00-19:00, Wed 07:00-12:00 13:00-19:00, Thu-Fri 07:00-19:00, Sat "
                                "09:00-12:00"));
        QVERIFY(saved.value(u"through_holidays").toBool());
        QVERIFY(grid() == nullptr); // back at the list
    }

    void byATouchScreenToo() {
        open();
        openNewSchedule();
        auto* device = QTest::createTouchDevice();
        const QPoint from = grid()->placeOf(monday, cell(8)).center(), to = grid()->placeOf(tuesday, cell(9)).center();
        QTest::touchEvent(m_stage.get(), device).press(0, grid()->mapTo(m_stage.get(), from), m_stage.get());
        QTest::touchEvent(m_stage.get(), device).move(0, grid()->mapTo(m_stage.get(), to), m_stage.get());
        QTest::touchEvent(m_stage.get(), device).release(0, grid()->mapTo(m_stage.get(), to), m_stage.get());
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Mon, Tue 08:00–09:30"));
    }

    void aNightThroughMidnight() {
        open();
        openNewSchedule();
        stroke(friday, cell(22), friday, cell(23, 30));
        stroke(6, 0, 6, cell(1, 30));
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Fri 22:00–02:00 (next day)"));
        QVERIFY(m_stage->press("scheduleSave"));
        QCOMPARE(m_port->last(QStringLiteral("schedule.add")).value(u"periods").toString(),
                 QStringLiteral("Fri 22:00-02:00"));
    }

    void aDayIsCopiedAndEmptied() {
        open();
        openNewSchedule();
        stroke(monday, cell(8), monday, cell(16, 30));
        QTest::mouseClick(grid(), Qt::LeftButton, {}, grid()->nameOf(monday).center());
        PageStage::settle();
        QVERIFY(m_stage->press("choice0"));
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Mon–Fri 08:00–17:00"));
        QTest::mouseClick(grid(), Qt::LeftButton, {}, grid()->nameOf(friday).center());
        PageStage::settle();
        QVERIFY(m_stage->press("choice8")); // the last: empty this day
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Mon–Thu 08:00–17:00"));
        QTest::mouseClick(grid(), Qt::LeftButton, {}, grid()->nameOf(monday).center());
        PageStage::settle();
        QVERIFY(m_stage->press("choice1"));
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Every day 08:00–17:00"));
    }

    void keysPaintToo() {
        open();
        openNewSchedule();
        grid()->setFocus(Qt::TabFocusReason);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(grid(), Qt::Key_Right);
        QTest::keyClick(grid(), Qt::Key_Down);
        QTest::keyClick(grid(), Qt::Key_Space);
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Tue 02:00–02:30"));
    }

    void whatIsStoredToTheMinuteStaysUntilItIsPainted() {
        m_port->answer(
            QStringLiteral("schedule.list"),
            test::json("{'schedules':[{'name':'Odd','periods':'Mon 07:15-08:45','through_holidays':false}]}"));
        open();
        QVERIFY(m_stage->press("accessSchedules"));
        QVERIFY(pressRow("scheduleRow", 0));
        QVERIFY2(m_stage->text("scheduleSentence").startsWith(QStringLiteral("Mon 07:15–08:45")),
                 qPrintable(m_stage->text("scheduleSentence")));
        QVERIFY(!m_stage->find<QAbstractButton>("scheduleSave")->isEnabled());
        m_stage->find<Toggle>("scheduleThrough")->click();
        QVERIFY(m_stage->press("scheduleSave"));
        QCOMPARE(m_port->last(QStringLiteral("schedule.set")).value(u"periods").toString(),
                 QStringLiteral("Mon 07:15-08:45"));
        QVERIFY(pressRow("scheduleRow", 0));
        stroke(monday, cell(10), monday, cell(10));
        QCOMPARE(m_stage->text("scheduleSentence"), QStringLiteral("Mon 07:00–09:00 and 10:00–10:30"));
    }

    void leavingWithPaintAsksOnce() {
        open();
        openNewSchedule();
        stroke(monday, cell(8), monday, cell(9));
        QVERIFY(m_stage->page()->back());
        PageStage::settle();
        QVERIFY(m_stage->answer(QStringLiteral("Give up")));
        QVERIFY(grid() == nullptr);
        QCOMPARE(m_port->count(QStringLiteral("schedule.add")), 0);
        openNewSchedule();
        QVERIFY(!m_stage->page()->back()); // nothing was painted
    }

    void savingAndRemovingCanBeUndone() {
        open();
        QVERIFY(m_stage->press("accessSchedules"));
        QVERIFY(pressRow("scheduleRow", 1));
        stroke(sunday, cell(12), sunday, cell(12));
        QVERIFY(m_stage->press("scheduleSave"));
        QVERIFY(m_port->last(QStringLiteral("schedule.set"))
                    .value(u"periods")
                    .toString()
                    .contains(QStringLiteral("12:00-12:30")));
        QVERIFY(m_stage->press("noticeUndo"));
        QCOMPARE(m_port->last(QStringLiteral("schedule.set")).value(u"periods").toString(),
                 QStringLiteral("daily 22:00-06:00"));
        QVERIFY(pressRow("scheduleRow", 1));
        QVERIFY(m_stage->press("scheduleRemove"));
        QVERIFY(m_stage->answer(QStringLiteral("Remove")));
        QCOMPARE(m_port->last(QStringLiteral("schedule.remove")).value(u"name").toString(), QStringLiteral("Nights"));
        QVERIFY(m_stage->press("noticeUndo"));
        QCOMPARE(m_port->last(QStringLiteral("schedule.add")).value(u"periods").toString(),
                 QStringLiteral("daily 22:00-06:00"));
    }

    void groupsAndTheirMembers() {
        open();
        QCOMPARE(rows("groupRow"),
                 QStringList({QStringLiteral("Staff, 2 people"), QStringLiteral("Cleaners, Nobody")}));
        QVERIFY(pressRow("groupRow", 0));
        QCOMPARE(rows("groupPerson"), QStringList({QStringLiteral("Alice Martin, In the group"),
                                                   QStringLiteral("Zoe, In the group"), QStringLiteral("Bob")}));
        QVERIFY(pressRow("groupPerson", 2)); // Bob comes in
        QCOMPARE(m_port->last(QStringLiteral("group.members")).value(u"add").toArray(),
                 QJsonArray{QStringLiteral("p2")});
        QCOMPARE(rows("groupPerson")[2], QStringLiteral("Bob, In the group"));
        QVERIFY(pressRow("groupPerson", 0)); // and Alice goes
        QCOMPARE(m_port->last(QStringLiteral("group.members")).value(u"remove").toArray(),
                 QJsonArray{QStringLiteral("p1")});
        QLineEdit* line = nullptr;
        for (auto* each : m_stage->findChildren<QLineEdit*>())
            if (each->isVisible())
                line = each;
        QTest::keyClicks(line, QStringLiteral("zo"));
        PageStage::settle();
        QCOMPARE(rows("groupPerson"), QStringList{QStringLiteral("Zoe, In the group")});
        QTest::keyClicks(line, QStringLiteral("x"));
        PageStage::settle();
        QCOMPARE(m_stage->text("groupNobody"), QStringLiteral("Nobody is called that."));
    }

    void aGroupIsAddedAndRemovedWithItsMembers() {
        open();
        QVERIFY(m_stage->press("accessAdd"));
        QVERIFY(m_stage->press("nameTake"));
        QCOMPARE(m_port->last(QStringLiteral("group.add")).value(u"name").toString(), QStringLiteral("Group 1"));
        QVERIFY(m_stage->find<QWidget>("groupPage") != nullptr);
        m_stage->shell().open(Section::Access);
        PageStage::settle();
        QVERIFY(pressRow("groupRow", 0));
        QVERIFY(m_stage->press("groupRemove"));
        QVERIFY(m_stage->answer(QStringLiteral("Remove")));
        QCOMPARE(m_port->last(QStringLiteral("group.remove")).value(u"group").toString(), QStringLiteral("Staff"));
        QVERIFY(m_stage->press("noticeUndo"));
        QCOMPARE(m_port->last(QStringLiteral("group.add")).value(u"name").toString(), QStringLiteral("Staff"));
        QCOMPARE(m_port->last(QStringLiteral("group.members")).value(u"add").toArray(),
                 (QJsonArray{QStringLiteral("p1"), QStringLiteral("p3")}));
    }

    void holidaysWithoutAKeyboard() {
        open();
        QVERIFY(m_stage->press("accessHolidays"));
        QCOMPARE(rows("holidayRow"), QStringList({QStringLiteral("Christmas · 25 December, every year, Closed all day"),
                                                  QStringLiteral("Stocktaking · 31 December 2026, Only 09:00–12:00")}));
        QVERIFY(m_stage->press("accessAdd"));
        auto* calendar = m_stage->find<Calendar>("holidayCalendar");
        QCOMPARE(calendar->selected(), QDate(2026, 11, 21));
        QVERIFY(m_stage->press("calendarAfter"));
        QVERIFY(m_stage->press("calendarAfter"));
        QCOMPARE(calendar->month(), QDate(2027, 1, 1)); // a Friday
        auto* days = m_stage->find<QWidget>("calendarDays");
        const int row = (days->height() - 24) / 5;
        QTest::mouseClick(days, Qt::LeftButton, {}, QPoint(days->width() * 9 / 14, 24 + row / 2));
        PageStage::settle();
        QCOMPARE(calendar->selected(), QDate(2027, 1, 1));
        m_stage->find<Toggle>("holidayYearly")->click();
        QVERIFY(m_stage->press("segment1"));
        auto* until = m_stage->find<ClockField>("holidayTo");
        until->findChild<QAbstractButton*>(QStringLiteral("clockLater"))->click();
        QCOMPARE(until->minutes(), 12 * 60 + 30);
        auto* from = m_stage->find<ClockField>("holidayFrom");
        for (int i = 0; i < 20; ++i)
            from->findChild<QAbstractButton*>(QStringLiteral("clockLater"))->click();
        QVERIFY(until->minutes() > from->minutes()); // the end is pushed along
        QVERIFY(m_stage->press("holidaySave"));
        const QJsonObject saved = m_port->last(QStringLiteral("holiday.add"));
        QCOMPARE(saved.value(u"date").toString(), QStringLiteral("2027-01-01"));
        QCOMPARE(saved.value(u"name").toString(), QStringLiteral("1 January"));
        QCOMPARE(saved.value(u"periods").toString(), QStringLiteral("19:00-19:30"));
        QVERIFY(pressRow("holidayRow", 0));
        QVERIFY(m_stage->answer(QStringLiteral("Remove")));
        QCOMPARE(m_port->last(QStringLiteral("holiday.remove")).value(u"date").toString(), QStringLiteral("12-25"));
        QVERIFY(m_stage->press("noticeUndo"));
        QCOMPARE(m_port->last(QStringLiteral("holiday.add")).value(u"name").toString(), QStringLiteral("Christmas"));
    }

    void rulesAskOnlyForWhatTheDoorCanTake_data() {
        QTest::addColumn<QString>("takes");
        QTest::addColumn<QStringList>("enabled");
        QTest::newRow("a face") << QStringLiteral("'face'")
                                << QStringList{QStringLiteral("mode_face"), QStringLiteral("mode_face_or_pin")};
        QTest::newRow("PINs") << QStringLiteral("'face','pin'")
                              << QStringList{QStringLiteral("mode_face"), QStringLiteral("mode_face_or_pin"),
                                             QStringLiteral("mode_face_pin")};
        QTest::newRow("all") << QStringLiteral("'face','pin','card'")
                             << QStringList{QStringLiteral("mode_face"), QStringLiteral("mode_face_or_pin"),
                                            QStringLiteral("mode_face_pin"), QStringLiteral("mode_face_card"),
                                            QStringLiteral("mode_card_pin")};
    }
    void rulesAskOnlyForWhatTheDoorCanTake() {
        QFETCH(QString, takes);
        QFETCH(QStringList, enabled);
        m_port->answer(QStringLiteral("access.preview"),
                       test::json(qPrintable(QStringLiteral("{'door':'front','takes':[%1]}").arg(takes))));
        open();
        QVERIFY(m_stage->press("accessRules"));
        QVERIFY(m_stage->press("accessAdd"));
        for (const core::AuthMode mode : core::authModes()) {
            const std::string name = "mode_" + std::string(core::authModeCode(mode));
            const auto* row = m_stage->page()->findChild<ListRow*>(QString::fromStdString(name));
            QCOMPARE(row->isEnabled(), enabled.contains(QString::fromStdString(name)));
            // What cannot be chosen says why.
            const bool explained = row->accessibleName().contains(QStringLiteral("card reader")) ||
                                   row->accessibleName().contains(QStringLiteral("switched off"));
            QCOMPARE(explained, !row->isEnabled());
        }
    }

    void aRuleIsMadeAndTakenBack() {
        open();
        QVERIFY(m_stage->press("accessRules"));
        QCOMPARE(rows("ruleRow"), QStringList({QStringLiteral("Staff · Office hours, Face · Every door"),
                                               QStringLiteral("Cleaners · Nights, Face and PIN · Door front")}));
        QVERIFY(m_stage->press("accessAdd"));
        QVERIFY(!m_stage->find<QAbstractButton>("ruleSave")->isEnabled());
        m_stage->page()->findChild<ListRow*>(QStringLiteral("ruleGroup"))->click();
        PageStage::settle();
        QVERIFY(m_stage->press("option1"));
        m_stage->page()->findChild<ListRow*>(QStringLiteral("ruleSchedule"))->click();
        PageStage::settle();
        QVERIFY(m_stage->press("option0"));
        QVERIFY(m_stage->press("segment1"));
        QCOMPARE(m_stage->text("ruleSentence"), QStringLiteral("Cleaners may enter during Office hours. Face."));
        QVERIFY(m_stage->press("ruleSave"));
        const QJsonObject rule = m_port->last(QStringLiteral("rule.add"));
        QCOMPARE(rule.value(u"group").toString(), QStringLiteral("Cleaners"));
        QCOMPARE(rule.value(u"schedule").toString(), QStringLiteral("Office hours"));
        QCOMPARE(rule.value(u"door").toString(), QStringLiteral("front"));
        QCOMPARE(rule.value(u"mode").toString(), QStringLiteral("face"));
        QVERIFY(m_stage->press("noticeUndo"));
        QCOMPARE(m_port->last(QStringLiteral("rule.remove")), rule);
        QVERIFY(pressRow("ruleRow", 1));
        QVERIFY(m_stage->answer(QStringLiteral("Remove")));
        QCOMPARE(m_port->last(QStringLiteral("rule.remove")).value(u"door").toString(), QStringLiteral("front"));
    }

    void whoMayEnterAndWhyNot() {
        open();
        QVERIFY(m_stage->press("accessNow"));
        QCOMPARE(rows("previewRow"),
                 QStringList({QStringLiteral("Alice Martin, Face · Staff, Office hours, May enter"),
                              QStringLiteral("Bob, Not permitted at this door, May not"),
                              QStringLiteral("Zoe, Outside the permitted hours · Staff, Office hours, May not")}));
        QVERIFY(!m_port->last(QStringLiteral("access.preview")).contains(QStringLiteral("time")));
        QVERIFY(m_stage->press("accessAdd"));
        auto* clock = m_stage->find<ClockField>("timeClock");
        QCOMPARE(clock->minutes(), 14 * 60 + 32);
        clock->findChild<QAbstractButton*>(QStringLiteral("clockLater"))->click();
        QCOMPARE(clock->minutes(), 15 * 60);
        QVERIFY(m_stage->press("timeTake"));
        const qint64 asked = m_port->last(QStringLiteral("access.preview")).value(u"time").toInteger();
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(asked), QDateTime(QDate(2026, 11, 21), QTime(15, 0)));
        QVERIFY(m_stage->press("accessAdd"));
        QVERIFY(m_stage->press("timeNow"));
        QVERIFY(!m_port->last(QStringLiteral("access.preview")).contains(QStringLiteral("time")));
    }

    void reasonsAreInTheLanguageOfTheScreen() {
        open({800, 480}, QStringLiteral("fr"));
        QVERIFY(m_stage->press("accessNow"));
        QVERIFY2(rows("previewRow")[1].contains(QStringLiteral("Accès non autorisé à cette porte")),
                 qPrintable(rows("previewRow")[1]));
        for (const core::ReasonRow& row : core::reasonRows())
            QVERIFY(AccessWords::reason(row.reason, QLocale(QLocale::French)) !=
                    AccessWords::reason(row.reason, QLocale(QLocale::English)));
    }

    void weeksInWords_data() {
        QTest::addColumn<QString>("periods");
        QTest::addColumn<QString>("words");
        const auto add = [](const char* periods, const char* words) {
            QTest::newRow(periods) << QString::fromLatin1(periods) << QString::fromUtf8(words);
        };
        add("never", "Never");
        add("always", "At any time");
        add("Mon-Fri 07:00-19:00, Sat 09:00-12:00", "Mon–Fri 07:00–19:00, Sat 09:00–12:00");
        add("daily 22:00-06:00", "Every day 22:00–06:00 (next day)");
        add("Sun 00:00-24:00", "Sun all day");
        add("Sat, Sun 08:00-10:00 11:00-12:00 14:00-16:00", "Sat, Sun 08:00–10:00, 11:00–12:00 and 14:00–16:00");
        add("Fri 20:00-24:00", "Fri 20:00–24:00");
    }
    void weeksInWords() {
        QFETCH(QString, periods);
        QFETCH(QString, words);
        resources::installTranslator(*qApp, QStringLiteral("en"));
        const auto week = core::parseWeek(periods.toStdString());
        QVERIFY(bool(week));
        QCOMPARE(AccessWords::week(*week, QLocale(QLocale::English)), words);
    }

    void emptyListsSayWhatBelongsThere() {
        m_port->answer(QStringLiteral("group.list"), test::json("{'groups':[]}"));
        m_port->answer(QStringLiteral("schedule.list"), test::json("{'schedules':[]}"));
        m_port->answer(QStringLiteral("holiday.list"), test::json("{'holidays':[]}"));
        m_port->answer(QStringLiteral("rule.list"), test::json("{'rules':[],'lost':false}"));
        m_port->answer(QStringLiteral("access.preview"), test::json("{'people':[]}"));
        for (const char* language : {"en", "fr"}) {
            open({800, 480}, QString::fromLatin1(language));
            for (const char* tab : {"accessGroups", "accessSchedules", "accessHolidays", "accessRules", "accessNow"}) {
                QVERIFY(m_stage->press(tab));
                QVERIFY2(m_stage->find<EmptyState>("accessEmpty") != nullptr, tab);
                const QStringList wrong = m_stage->cutOff();
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
            }
        }
        m_port->answer(QStringLiteral("rule.list"), test::json("{'rules':[],'lost':true}"));
        open();
        QVERIFY(m_stage->press("accessRules"));
        QVERIFY(m_stage->findChild<TextBlock*>() != nullptr);
    }

    void whoMayOnlyReadChangesNothing() {
        open({800, 480}, QStringLiteral("en"), {QStringLiteral("read_access"), QStringLiteral("read_people")});
        QVERIFY(!m_stage->press("accessAdd"));
        QVERIFY(m_stage->press("accessRules"));
        QVERIFY(pressRow("ruleRow", 0));
        QVERIFY(m_stage->findChildren<Sheet*>().isEmpty());
        QVERIFY(m_stage->press("accessSchedules"));
        QVERIFY(pressRow("scheduleRow", 0));
        const QString before = m_stage->text("scheduleSentence");
        stroke(sunday, cell(1), sunday, cell(20));
        QCOMPARE(m_stage->text("scheduleSentence"), before);
        QVERIFY(m_stage->find<QAbstractButton>("scheduleSave") == nullptr);
    }

    void undoGoesOnOnlyWhileItWorks() {
        m_port->refuse(QStringLiteral("group.add"), core::fail("no"));
        undoBy(*m_port, {{QStringLiteral("group.add"), {}}, {QStringLiteral("group.members"), {}}})();
        PageStage::settle();
        QCOMPARE(m_port->count(QStringLiteral("group.add")), 1);
        QCOMPARE(m_port->count(QStringLiteral("group.members")), 0);
        QCOMPARE(freeName({QStringLiteral("group 1"), QStringLiteral("Group 3")}, QStringLiteral("Group %1")),
                 QStringLiteral("Group 2"));
    }

    void nothingIsCutOff_data() { test::languagesAndSizes(); }
    void nothingIsCutOff() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        open(size, language);
        const auto fits = [&](const char* where) {
            const QStringList wrong = m_stage->cutOff();
            if (!wrong.isEmpty())
                qWarning("%s: %s", where, qPrintable(wrong.join(QLatin1Char('\n'))));
            return wrong.isEmpty();
        };
        const int least = m_stage->hostStyle().px(resources::listRow);
        for (const char* tab : {"accessGroups", "accessSchedules", "accessHolidays", "accessRules", "accessNow"}) {
            QVERIFY(m_stage->press(tab));
            QVERIFY(fits(tab));
            const auto* chip = m_stage->find<Chip>(tab);
            QVERIFY2(chip->width() >= chip->sizeHint().width() && chip->height() >= least, tab);
        }
        QVERIFY(m_stage->press("accessAdd"));
        QVERIFY(fits("time"));
        for (auto* sheet : m_stage->findChildren<Sheet*>())
            sheet->dismiss();
        PageStage::settle();
        QVERIFY(m_stage->press("accessRules"));
        QVERIFY(m_stage->press("accessAdd"));
        QVERIFY(fits("rule"));
        m_stage->shell().open(Section::Access);
        QVERIFY(m_stage->press("accessHolidays"));
        QVERIFY(m_stage->press("accessAdd"));
        QVERIFY(m_stage->press("segment1"));
        QVERIFY(fits("holiday"));
        m_stage->shell().open(Section::Access);
        QVERIFY(m_stage->press("accessSchedules"));
        QVERIFY(pressRow("scheduleRow", 0));
        QVERIFY(fits("schedule"));
        QVERIFY(grid()->placeOf(monday, 0).width() >= 10);
        QVERIFY(grid()->placeOf(monday, 0).height() >= 32);
        QTest::mouseClick(grid(), Qt::LeftButton, {}, grid()->nameOf(friday).center());
        PageStage::settle();
        QVERIFY(fits("copy"));
    }
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    TstAccessPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_access_page.moc"
