// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline of the viewer: pages, what comes on top, 100,000 rows, search and filters.
#include "tests/ui/viewer_stage.h"
#include "ui/choices.h"
#include "ui/fields.h"
#include "ui/viewer_timeline.h"

#include <QScrollBar>
#include <QSignalSpy>

using namespace facelatch;
using namespace facelatch::test;
using namespace facelatch::ui;

namespace {

constexpr int longWait = 60'000;

/// Every visit of the rows once, newest first, below the heading of its day.
void checkOrder(const ViewerTimeline& model) {
    std::optional<core::WallTime> before;
    QDate day;
    for (int row = 0; row < model.size(); ++row) {
        if (!model.at(row).visit) {
            QVERIFY(model.at(row).day != day);
            day = model.at(row).day;
            continue;
        }
        QCOMPARE(model.at(row).day, day);
        const core::WallTime time = model.at(row).visit->shown.event.time;
        QVERIFY(!before || time < *before);
        before = time;
    }
}

int visitsIn(const ViewerTimeline& model) {
    int found = 0;
    for (int row = 0; row < model.size(); ++row)
        found += model.at(row).visit ? 1 : 0;
    return found;
}

} // namespace

class TstViewerTimeline : public QObject {
    Q_OBJECT

private:
    static void readAll(ViewerTimeline& model) {
        while (!model.isComplete()) {
            model.reached(model.size());
            QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), longWait);
        }
    }

private Q_SLOTS:
    void readsPageByPage() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerTimeline model(port);
        model.show({});
        QVERIFY(model.isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), longWait);
        QVERIFY(visitsIn(model) < 200);
        QVERIFY(!model.isComplete());
        readAll(model);
        QCOMPARE(visitsIn(model), 500);
        checkOrder(model);
    }

    void whatIsNewComesOnTop() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerTimeline model(port);
        model.show({});
        readAll(model);
        const int before = model.size();
        QSignalSpy grew(&model, &ViewerTimeline::grewOnTop), replaced(&model, &ViewerTimeline::replaced);
        // Times follow the newest: the new ones push the others back, so only identities are compared.
        ui::VisitPage page;
        port.grantedKey = port.visitCount; // the newest came to be let in
        model.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(grew.size(), 1, longWait);
        QCOMPARE(replaced.size(), 0);
        QCOMPARE(model.size(), before);
        QVERIFY(model.at(1).visit->shown.event.outcome == core::Outcome::Granted);
        checkOrder(model);
    }

    void moreThanAPageIsReadAnew() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerTimeline model(port);
        model.show({});
        readAll(model);
        QSignalSpy replaced(&model, &ViewerTimeline::replaced);
        port.visitCount += 5000;
        model.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(replaced.size(), 1, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy() && model.size() > 0, longWait);
        QCOMPARE(model.at(1).visit->shown.seq, 5500);
    }

    void anErrorIsToldAndTriedAgain() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        port.broken = true;
        ViewerTimeline model(port);
        model.show({});
        QTRY_VERIFY_WITH_TIMEOUT(model.error().has_value(), longWait);
        port.broken = false;
        model.refresh();
        QTRY_VERIFY_WITH_TIMEOUT(!model.error() && model.size() > 0, longWait);
    }

    void aHundredThousandRowsAreDrawnAsTheyAreSeen() {
        FakeViewerPort port;
        port.visitCount = 100'000;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        const auto asked = port.queries.size();
        QVERIFY(asked < 5); // not all of it, to begin with
        QVERIFY(port.pictures < 60);
        QScrollBar* bar = stage.list().verticalScrollBar();
        for (int i = 0; i < 30; ++i) {
            bar->setValue(bar->maximum());
            ViewerStage::settle();
        }
        QVERIFY(port.queries.size() > asked);
        QVERIFY(bar->maximum() > 0);
        const auto [first, last] = stage.list().inView();
        QVERIFY(last - first < 40);
        QVERIFY(!stage.list().textOf(last).isEmpty());
    }

    void keysGoFromVisitToVisit() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        ViewerList& list = stage.list();
        list.setFocus();
        stage.key(Qt::Key_Down);
        QCOMPARE(list.current(), 1); // the heading of the day is no visit
        stage.key(Qt::Key_Down);
        QCOMPARE(list.current(), 2);
        stage.key(Qt::Key_Up);
        stage.key(Qt::Key_Up);
        QCOMPARE(list.current(), 1);
        stage.key(Qt::Key_PageDown);
        QVERIFY(list.current() > 4);
        stage.key(Qt::Key_Home);
        QCOMPARE(list.current(), 1);
        stage.key(Qt::Key_End);
        QVERIFY(list.current() > 50);
        QVERIFY(list.inView().second >= list.current());
    }

    void grantedAndRefusedDifferInWords() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        QStringList rows;
        for (int row = 0; row < 12; ++row)
            rows << stage.list().textOf(row);
        const QString all = rows.join(QLatin1Char('\n'));
        QVERIFY2(all.contains(QStringLiteral("Let in")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("Refused")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("Unknown")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("Workshop")) && all.contains(QStringLiteral("Front door")),
                 qPrintable(all)); // all doors together: each row says where
        QVERIFY(rows.constFirst() == QStringLiteral("Today"));
    }

    void slashSearchesAndEscapeTakesItBack() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.key(Qt::Key_Slash);
        auto* line = stage.find<LineEdit>("searchLine");
        QVERIFY(line != nullptr && line->hasFocus());
        QTest::keyClicks(line, QStringLiteral("alice"));
        QTRY_COMPARE_WITH_TIMEOUT(port.queries.back().text, QStringLiteral("alice"), longWait);
        ViewerStage::settle();
        QVERIFY(stage.list().textOf(1).startsWith(QStringLiteral("Alice Martin")));
        QTest::keyClick(line, Qt::Key_Escape);
        ViewerStage::settle();
        QVERIFY(port.queries.back().text.isEmpty());
        QVERIFY(stage.list().hasFocus());
    }

    void daysAreSteppedThrough() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(port.queries.back().day, std::optional(QDate(2026, 11, 20)));
        stage.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(port.queries.back().day, std::optional(QDate(2026, 11, 19)));
        QVERIFY(stage.press("dayAfter"));
        stage.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(port.queries.back().day, std::optional(QDate(2026, 11, 21)));
        const auto asked = port.queries.size();
        stage.key(Qt::Key_Right, Qt::AltModifier); // not into the future
        QCOMPARE(port.queries.size(), asked);
        QVERIFY(!stage.find<QAbstractButton>("dayAfter")->isEnabled());
        stage.key(Qt::Key_Escape);
        QVERIFY(!port.queries.back().day);
    }

    void outcomeAndPersonAreFilters() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        QVERIFY(stage.press("filterOutcome"));
        QVERIFY(stage.press("choice2"));
        QVERIFY(port.queries.back().outcome == core::Outcome::Denied);
        QVERIFY(stage.find<Chip>("filterOutcome")->isChecked());
        QVERIFY(stage.press("filterPerson"));
        QVERIFY(stage.press("option2") || stage.press("choice2")); // a short list has no search
        QCOMPARE(port.queries.back().person, QStringLiteral("Bob"));
    }

    void oneDoorAloneIsAsked() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        QVERIFY(port.queries.back().doors.isEmpty());
        stage.key(Qt::Key_3, Qt::ControlModifier); // all, front, back
        QCOMPARE(port.queries.back().doors, QStringList{QStringLiteral("back")});
        QVERIFY(!stage.list().textOf(1).contains(QStringLiteral("Workshop")));
    }

    void namesAreNeverMarkup() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        QString all;
        for (int row = 0; row < 12; ++row)
            all += stage.list().textOf(row);
        QVERIFY2(all.contains(QStringLiteral("<b>مريم</b> & Söhne")), qPrintable(all));
    }
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    TstViewerTimeline test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_viewer_timeline.moc"
