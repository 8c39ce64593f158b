// SPDX-License-Identifier: GPL-3.0-or-later
// Other names for groups and schedules; and the week's grid where it is higher than its place.
#include "tests/ui/access_answers.h"
#include "tests/ui/page_stage.h"
#include "ui/access_page.h"
#include "ui/fields.h"
#include "ui/list_row.h"
#include "ui/scroll_area.h"
#include "ui/week_grid.h"

#include <QScrollBar>
#include <QScrollPrepareEvent>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using test::PageStage;

class TstAccessNames : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ScriptedPort> m_port;
    std::unique_ptr<PageStage> m_stage;

    void open(const char* tab, const char* row, QSize size = {800, 480},
              const QSet<QString>& may = PageStage::everything()) {
        m_stage = std::make_unique<PageStage>(*m_port, test::entryOf<AccessPage>(Section::Access), size,
                                              QStringLiteral("en"), Theme::Dark, may);
        QVERIFY(m_stage->press(tab));
        QVERIFY(m_stage->press(row));
    }
    void rename(const char* button, const QString& name) {
        QVERIFY(m_stage->press(button));
        auto* field = m_stage->find<TextField>("nameField");
        QVERIFY(field != nullptr);
        field->setText(name);
        QVERIFY(m_stage->press("nameTake"));
    }
    WeekGrid* grid() { return m_stage->find<WeekGrid>("weekGrid"); }
    QScrollBar* bar() { return m_stage->find<ScrollArea>("scheduleScroll")->verticalScrollBar(); }
    /// Whether a finger that goes down there, in the grid, scrolls.
    bool scrollsFrom(QPoint place) {
        QWidget* viewport = m_stage->find<ScrollArea>("scheduleScroll")->viewport();
        QScrollPrepareEvent prepare(grid()->mapTo(viewport, place));
        prepare.ignore();
        QApplication::sendEvent(viewport, &prepare);
        return prepare.isAccepted();
    }

private Q_SLOTS:
    void init() {
        m_stage.reset();
        m_port = std::make_unique<test::ScriptedPort>();
        test::answerAccess(*m_port);
    }
    void cleanup() { m_stage.reset(); }

    void aGroupGetsAnotherName() {
        open("accessGroups", "groupRow");
        QCOMPARE(m_stage->text("adminTitle"), QStringLiteral("Staff"));
        rename("groupRename", QStringLiteral("The team"));
        const QJsonObject asked = m_port->last(QStringLiteral("group.set"));
        QCOMPARE(asked.value(u"group").toString(), QStringLiteral("Staff"));
        QCOMPARE(asked.value(u"name").toString(), QStringLiteral("The team"));
        QCOMPARE(m_stage->text("adminTitle"), QStringLiteral("The team"));
        QVERIFY(m_stage->press("groupRename"));
        QVERIFY(m_stage->press("nameTake")); // the same name: nothing to do
        QCOMPARE(m_port->count(QStringLiteral("group.set")), 1);
    }

    void aScheduleGetsAnotherNameAndKeepsItsHours() {
        open("accessSchedules", "scheduleRow");
        rename("scheduleRename", QStringLiteral("Day"));
        const QJsonObject asked = m_port->last(QStringLiteral("schedule.set"));
        QCOMPARE(asked.value(u"name").toString(), QStringLiteral("Office hours"));
        QCOMPARE(asked.value(u"new_name").toString(), QStringLiteral("Day"));
        QVERIFY(!asked.contains(u"periods"));
        QCOMPARE(m_stage->text("adminTitle"), QStringLiteral("Day"));
    }

    void aRefusedNameChangesNothing() {
        m_port->refuse(QStringLiteral("group.set"), core::fail("there is a group 'Cleaners' already"));
        open("accessGroups", "groupRow");
        rename("groupRename", QStringLiteral("Cleaners"));
        QCOMPARE(m_stage->text("adminTitle"), QStringLiteral("Staff"));
    }

    void whoMayNotChangeMayNotRename() {
        const QSet<QString> reads{QStringLiteral("read_access"), QStringLiteral("read_people")};
        open("accessGroups", "groupRow", {800, 480}, reads);
        QVERIFY(!m_stage->press("groupRename"));
        open("accessSchedules", "scheduleRow", {800, 480}, reads);
        QVERIFY(!m_stage->press("scheduleRename"));
    }

    void daysAreHighEnoughForAFinger_data() {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280), QSize(1024, 600)})
            QTest::addRow("%dx%d", size.width(), size.height()) << size;
    }
    void daysAreHighEnoughForAFinger() {
        QFETCH(QSize, size);
        open("accessSchedules", "scheduleRow", size);
        const int least = m_stage->hostStyle().px(resources::listRow);
        for (int weekday = 0; weekday < core::daysOfWeek; ++weekday)
            QVERIFY2(grid()->nameOf(weekday).height() >= least, qPrintable(QString::number(weekday)));
    }

    void theHoursPaintAndTheNamesScroll() {
        open("accessSchedules", "scheduleRow");
        QVERIFY(bar()->maximum() > 0);
        for (int weekday = 0; weekday < core::daysOfWeek; ++weekday) {
            bar()->setValue(weekday == 0 ? bar()->maximum() : 0); // Sunday is the last row
            QVERIFY(scrollsFrom(grid()->nameOf(weekday).center()));
            QVERIFY(!scrollsFrom(grid()->placeOf(weekday, 20).center()));
        }
    }

    void whatIsPaintedStaysInSight() {
        open("accessSchedules", "scheduleRow");
        const QPoint from = grid()->placeOf(Qt::Monday, 40).center(), to = grid()->placeOf(0, 40).center();
        QTest::mousePress(grid(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, grid()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(grid(), &move);
        QTest::mouseRelease(grid(), Qt::LeftButton, {}, to);
        QVERIFY(bar()->value() > 0);
    }
};

QTEST_MAIN(TstAccessNames)
#include "tst_access_names.moc"
