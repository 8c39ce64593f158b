// SPDX-License-Identifier: GPL-3.0-or-later
// The log screen: a million visits read only as they are needed, what is read stays in place, filters, details,
// changes, and that nothing is cut off.
#include "tests/ui/log_answers.h"
#include "tests/ui/page_stage.h"
#include "ui/calendar.h"
#include "ui/choices.h"
#include "ui/feedback.h"
#include "ui/list_row.h"
#include "ui/log_list.h"
#include "ui/log_page.h"
#include "ui/log_words.h"

#include <QDateTime>
#include <QScrollBar>
#include <QSignalSpy>

using namespace facelatch;
using namespace facelatch::ui;
using test::PageStage;

class TstLogPage : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ScriptedPort> m_port;
    std::unique_ptr<test::LogAnswers> m_log;
    std::unique_ptr<PageStage> m_stage;

    void open(QSize size = {800, 480}, const QString& language = QStringLiteral("en"),
              const QSet<QString>& may = PageStage::everything()) {
        m_stage = std::make_unique<PageStage>(*m_port, test::entryOf<LogPage>(Section::Log), size, language,
                                              Theme::Dark, may);
    }
    LogList* list() { return m_stage->find<LogList>("logList"); }
    QScrollBar* bar() { return list()->verticalScrollBar(); }
    QStringList textsInView() {
        const auto [first, last] = list()->inView();
        QStringList texts;
        for (int row = first; row <= last; ++row)
            texts << list()->textOf(row);
        return texts;
    }
    void tap(int row) {
        const QPoint at(list()->viewport()->width() / 2,
                        row * list()->rowHeight() - bar()->value() + list()->rowHeight() / 2);
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, at);
        PageStage::settle();
    }

private Q_SLOTS:
    void init() {
        m_stage.reset();
        m_port = std::make_unique<test::ScriptedPort>();
        m_log = std::make_unique<test::LogAnswers>(*m_port);
    }
    void cleanup() { m_stage.reset(); }

    void theFirstPageIsAllThatIsAskedFor() {
        open();
        QCOMPARE(m_port->count(QStringLiteral("log.visits")), 1);
        QCOMPARE(m_port->last(QStringLiteral("log.visits")).value(u"limit").toInt(), resources::logPage);
        const QStringList texts = textsInView();
        QCOMPARE(texts[0], QStringLiteral("Today"));
        QVERIFY2(texts[1].endsWith(QStringLiteral(", 1 min ago")), qPrintable(texts[1]));
        QVERIFY2(texts[2].endsWith(QStringLiteral(", 11 min ago")), qPrintable(texts[2]));
        QVERIFY2(list()->textOf(5).startsWith(QStringLiteral("Unknown, Refused, Face not recognised, ")),
                 qPrintable(list()->textOf(5)));
    }

    void pagesFollowAsOneScrollsAndOnlyThen() {
        open();
        for (int i = 2; i < 30; ++i) {
            const int rows = bar()->maximum();
            bar()->setValue(bar()->maximum());
            PageStage::settle();
            QCOMPARE(m_port->count(QStringLiteral("log.visits")), i);
            QVERIFY(bar()->maximum() > rows);
        }
        // In the middle of what is there nothing more is asked for.
        bar()->setValue(bar()->maximum() / 2);
        PageStage::settle();
        QCOMPARE(m_port->count(QStringLiteral("log.visits")), 29);
        // Each page goes on where the one before ended, without gaps: every day has its heading once.
        QStringList days;
        for (int value = 0; value < bar()->maximum(); value += list()->rowHeight()) {
            bar()->setValue(value);
            const QString text = list()->textOf(list()->inView().first);
            if (!text.contains(QLatin1Char(',')))
                days << text;
        }
        QCOMPARE(days[1], QStringLiteral("Yesterday"));
        QCOMPARE(days[2], QStringLiteral("Thursday 19 November 2026"));
        QCOMPARE(QSet<QString>(days.begin(), days.end()).size(), days.size());
        QVERIFY(days.size() >= 12);
    }

    void aSlowAnswerHoldsNothingUp() {
        m_port->holdBack(QStringLiteral("log.visits"));
        open();
        QVERIFY(m_stage->page()->findChild<BusyLine*>()->isBusy());
        QVERIFY(list() != nullptr); // not yet an empty log
        m_log = std::make_unique<test::LogAnswers>(*m_port);
        PageStage::settle();
        m_port->holdBack(QStringLiteral("log.visits"));
        for (int i = 0; i < 50; ++i) { // at the end again and again, while the answer is on its way
            bar()->setValue(bar()->maximum());
            PageStage::settle();
            bar()->setValue(0);
        }
        QCOMPARE(m_port->count(QStringLiteral("log.visits")), 2);
        QVERIFY(m_stage->page()->findChild<BusyLine*>()->isBusy());
        m_log = std::make_unique<test::LogAnswers>(*m_port);
        PageStage::settle();
        QVERIFY(!m_stage->page()->findChild<BusyLine*>()->isBusy());
    }

    void newVisitsComeOnTopWithoutMovingWhatIsRead() {
        open();
        bar()->setValue(list()->rowHeight() * 20 + 7);
        PageStage::settle();
        const int asked = m_port->count(QStringLiteral("log.visits"));
        const auto read = [&] { return list()->textOf(list()->inView().first).section(QLatin1Char(','), 0, 1); };
        const QString before = read();
        m_log->comeMore(3);
        Q_EMIT m_port->changed(QStringLiteral("log"));
        PageStage::settle();
        QCOMPARE(read(), before);
        QCOMPARE(bar()->value(), list()->rowHeight() * 23 + 7);
        bar()->setValue(0);
        m_log->comeMore(1);
        Q_EMIT m_port->changed(QStringLiteral("log"));
        PageStage::settle();
        QCOMPARE(bar()->value(), 0); // whoever looks at the newest goes on doing so
        QCOMPARE(textsInView()[0], QStringLiteral("Today"));
        QCOMPARE(m_port->count(QStringLiteral("log.visits")), asked + 2);
    }

    void aVisitThatGoesOnGetsItsOutcomeInPlace() {
        open(); // key 1000000: known, and 1000000 % 4 == 0, so refused
        QVERIFY2(textsInView()[1].contains(QStringLiteral("Refused")), qPrintable(textsInView()[1]));
        m_log->grantNewest();
        Q_EMIT m_port->changed(QStringLiteral("log"));
        PageStage::settle();
        QVERIFY2(textsInView()[1].contains(QStringLiteral("Let in")), qPrintable(textsInView()[1]));
        Q_EMIT m_port->changed(QStringLiteral("settings"));
        PageStage::settle();
        QCOMPARE(m_port->count(QStringLiteral("log.visits")), 2);
    }

    void picturesAreAskedForOnlyWhereTheyAreSeen() {
        open();
        list()->viewport()->repaint();
        PageStage::settle();
        for (int i = 0; i < 10; ++i) {
            list()->viewport()->repaint();
            PageStage::settle();
        }
        const int seen = m_port->count(QStringLiteral("log.picture"));
        QVERIFY2(seen > 0 && seen <= 9, QByteArray::number(seen).constData());
        list()->viewport()->repaint();
        PageStage::settle();
        QCOMPARE(m_port->count(QStringLiteral("log.picture")), seen); // each once
    }

    void filtersAreChosenAndTakenBack() {
        open();
        QVERIFY(m_stage->press("logOutcome"));
        QVERIFY(m_stage->press("choice2"));
        QCOMPARE(m_port->last(QStringLiteral("log.visits")).value(u"outcome").toString(), QStringLiteral("denied"));
        QVERIFY(m_stage->find<Chip>("logOutcome")->isChecked());
        QVERIFY(m_stage->press("logPerson"));
        QVERIFY(m_stage->press("option1"));
        QCOMPARE(m_port->last(QStringLiteral("log.visits")).value(u"person").toString(), QStringLiteral("id-alice"));
        QCOMPARE(m_port->last(QStringLiteral("log.visits")).value(u"outcome").toString(), QStringLiteral("denied"));
        QCOMPARE(m_stage->find<Chip>("logPerson")->text(), QStringLiteral("Alice Martin"));
        QVERIFY(m_stage->press("logReason"));
        QVERIFY(m_stage->press("option1")); // of refusals only: the first is an unknown face
        QCOMPARE(m_port->last(QStringLiteral("log.visits")).value(u"reason").toString(),
                 QStringLiteral("unknown_person"));
        for (const auto& [chip, all] : {std::pair{"logOutcome", "choice0"}, std::pair{"logPerson", "option0"},
                                        std::pair{"logReason", "option0"}}) {
            QVERIFY(m_stage->press(chip));
            QVERIFY(m_stage->press(all));
        }
        QJsonObject last = m_port->last(QStringLiteral("log.visits"));
        last.remove(QStringLiteral("limit"));
        QVERIFY(last.isEmpty());
    }

    void aDayIsChosenAmongThoseWithEntries() {
        open();
        QVERIFY(m_stage->press("logDay"));
        auto* calendar = m_stage->find<Calendar>("logCalendar");
        QVERIFY(calendar != nullptr);
        QCOMPARE(m_port->last(QStringLiteral("log.days")).value(u"month").toString(), QStringLiteral("2026-11"));
        auto* days = m_stage->find<QWidget>("calendarDays");
        const auto placeOf = [&](int day) { // the 1st is a Sunday: the last of its row
            const int cell = 6 + day - 1, high = (days->height() - days->height() % 48) / 6;
            return QPoint((cell % 7) * days->width() / 7 + days->width() / 14,
                          days->height() - (6 - cell / 7) * 48 + high / 2);
        };
        QTest::mouseClick(days, Qt::LeftButton, {}, placeOf(20)); // a day without entries
        PageStage::settle();
        QVERIFY(m_stage->find<Calendar>("logCalendar") != nullptr);
        QTest::mouseClick(days, Qt::LeftButton, {}, placeOf(19));
        PageStage::settle();
        QCOMPARE(m_port->last(QStringLiteral("log.visits")).value(u"day").toString(), QStringLiteral("2026-11-19"));
        QCOMPARE(m_stage->find<Chip>("logDay")->text(), QStringLiteral("19 Nov 2026"));
        QVERIFY(m_stage->press("logDay"));
        QVERIFY(m_stage->press("calendarBefore"));
        QCOMPARE(m_port->last(QStringLiteral("log.days")).value(u"month").toString(), QStringLiteral("2026-10"));
        QVERIFY(m_stage->answer(QStringLiteral("Every day")));
        QVERIFY(!m_port->last(QStringLiteral("log.visits")).contains(QStringLiteral("day")));
    }

    void alarmsSayHonestlyThatThereAreNone() {
        open();
        const int asked = static_cast<int>(m_port->asked().size());
        QVERIFY(m_stage->press("logAlarms"));
        QVERIFY(list() == nullptr);
        QVERIFY(m_stage->find<EmptyState>("logEmpty") != nullptr);
        QVERIFY(static_cast<int>(m_port->asked().size()) <= asked + 1);
        QVERIFY(m_stage->press("logAlarms"));
        QVERIFY(list() != nullptr);
    }

    void emptyStatesSayWhatWillBeHere_data() {
        QTest::addColumn<bool>("filter");
        QTest::newRow("no visit yet") << false;
        QTest::newRow("nothing found") << true;
    }
    void emptyStatesSayWhatWillBeHere() {
        QFETCH(bool, filter);
        m_port->answer(QStringLiteral("log.visits"),
                       {{QStringLiteral("visits"), QJsonArray()}, {QStringLiteral("below"), QJsonValue()}});
        open();
        if (filter) {
            QVERIFY(m_stage->press("logOutcome"));
            QVERIFY(m_stage->press("choice1"));
        }
        auto* empty = m_stage->find<EmptyState>("logEmpty");
        QVERIFY(empty != nullptr);
        QStringList texts;
        for (const TextBlock* block : empty->findChildren<TextBlock*>())
            texts << block->text();
        QVERIFY2(texts.contains(filter ? QStringLiteral("Nothing found") : QStringLiteral("No visits yet")),
                 qPrintable(texts.join(QLatin1Char('|'))));
        QVERIFY(m_stage->cutOff().isEmpty());
        if (filter)
            return;
        m_log = std::make_unique<test::LogAnswers>(*m_port); // the first visit comes
        Q_EMIT m_port->changed(QStringLiteral("log"));
        PageStage::settle();
        QVERIFY(list() != nullptr);
    }

    void anErrorIsSaidAndReadAgain() {
        m_port->refuse(QStringLiteral("log.visits"), core::fail("the disk does not answer"));
        open();
        QVERIFY(m_stage->find<EmptyState>("logEmpty") != nullptr);
        m_log = std::make_unique<test::LogAnswers>(*m_port);
        Q_EMIT m_port->changed(QStringLiteral("log"));
        PageStage::settle();
        QVERIFY(list() != nullptr);
    }

    void theDetailTellsTheWholeVisit() {
        open();
        tap(1); // key 1000000: two entries, refused at last
        QCOMPARE(m_stage->text("visitReason"), QStringLiteral("Face not recognised"));
        QCOMPARE(m_stage->text("visitScore"), QStringLiteral("Clearly recognised"));
        QCOMPARE(m_stage->text("visitLive"), QStringLiteral("A living face"));
        QCOMPARE(m_stage->text("visitTime"), QStringLiteral("Saturday 21 November 2026, 14:30:30"));
        const auto lines = m_stage->findChildren<TextBlock*>(QStringLiteral("visitEvent"));
        QCOMPARE(lines.size(), 1000000 % 7 + 1);
        QVERIFY2(lines.first()->text().contains(QStringLiteral("Just below the threshold")),
                 qPrintable(lines.first()->text()));
        QCOMPARE(m_port->last(QStringLiteral("log.picture")).value(u"name").toString(), QStringLiteral("snap-1000000"));
        QVERIFY(!m_port->last(QStringLiteral("log.picture")).contains(QStringLiteral("side")));
        for (const TextBlock* block : m_stage->findChildren<TextBlock*>())
            QVERIFY2(!block->text().contains(QStringLiteral("0.63")), qPrintable(block->text())); // words, no numbers
        QVERIFY(m_stage->cutOff().isEmpty());
    }

    void changesAreTheAdminsAndSayBeforeAndAfter() {
        open();
        QVERIFY(m_stage->press("logChanges"));
        QCOMPARE(m_port->count(QStringLiteral("audit.list")), 1);
        QVERIFY2(textsInView()[1].startsWith(QStringLiteral("Schedule changed, Office hours · Ada")),
                 qPrintable(textsInView()[1]));
        tap(1);
        QCOMPARE(m_stage->text("changeWho"), QStringLiteral("Ada, on 21 November 2026 at 13:14:00"));
        QStringList before, after;
        for (const TextBlock* block : m_stage->findChildren<TextBlock*>(QStringLiteral("changeBefore")))
            before << block->text();
        for (const TextBlock* block : m_stage->findChildren<TextBlock*>(QStringLiteral("changeAfter")))
            after << block->text();
        QCOMPARE(before,
                 QStringList({QStringLiteral("Times: Mon–Fri 07:00–19:00"), QStringLiteral("On holidays too: no")}));
        QCOMPARE(after, QStringList({QStringLiteral("Times: Mon–Fri 07:00–19:00, Sat 09:00–12:00"),
                                     QStringLiteral("On holidays too: yes")}));
        QVERIFY(m_stage->cutOff().isEmpty());
        QVERIFY(m_stage->answer(QStringLiteral("Close")));
        QVERIFY(m_stage->press("logChanges"));
        QVERIFY(textsInView()[1].contains(QStringLiteral("min ago")));
        open({800, 480}, QStringLiteral("en"), {QStringLiteral("read_log")});
        QVERIFY(m_stage->find<Chip>("logChanges") == nullptr); // an operator may not
    }

    void everyActionOfTheAuditHasWords() {
        for (const char* action : {"person.add", "person.set", "group.add", "schedule.set", "holiday.remove",
                                   "rule.add", "admin.add", "session.refused", "settings.set"})
            QVERIFY2(!LogWords::action(QLatin1String(action)).contains(QLatin1Char('.')), action);
        QCOMPARE(LogWords::action(QStringLiteral("moon.set_free")), QStringLiteral("moon set free"));
        QVERIFY(LogWords::state(QStringLiteral("no json"), QLocale::c()).isEmpty());
        const QStringList made =
            LogWords::state(QStringLiteral(R"({"door":"","uses":null,"groups":[],"x_y":1})"), QLocale::c());
        QCOMPARE(made, QStringList({QStringLiteral("Door: Every door"), QStringLiteral("Groups: none"),
                                    QStringLiteral("Entries allowed: none"), QStringLiteral("x y: 1")}));
    }

    void keysMoveAndOpen() {
        open();
        list()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(list(), Qt::Key_Down);
        QTest::keyClick(list(), Qt::Key_Down);
        QSignalSpy chosen(list(), &LogList::chosen);
        QTest::keyClick(list(), Qt::Key_Return);
        PageStage::settle();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toInt(), 2); // row 0 is a day
        QVERIFY(!m_stage->text("visitReason").isEmpty());
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
        QVERIFY(fits("list"));
        const int least = m_stage->hostStyle().px(resources::listRow);
        for (const char* name : {"logDay", "logPerson", "logOutcome", "logReason", "logAlarms", "logChanges"}) {
            const auto* chip = m_stage->find<Chip>(name);
            QVERIFY2(chip->width() >= chip->sizeHint().width() && chip->height() >= least, name);
            QVERIFY2(m_stage->rect().contains(QRect(chip->mapTo(m_stage.get(), QPoint()), chip->size())), name);
        }
        QVERIFY(list()->rowHeight() >= least);
        QVERIFY(list()->viewport()->height() > 3 * list()->rowHeight());
        for (const char* chip : {"logReason", "logOutcome", "logPerson", "logDay"}) {
            QVERIFY(m_stage->press(chip));
            QVERIFY(fits(chip));
            for (auto* sheet : m_stage->findChildren<Sheet*>())
                sheet->dismiss();
            PageStage::settle();
        }
        tap(2);
        QVERIFY(fits("visit"));
    }
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    TstLogPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_log_page.moc"
