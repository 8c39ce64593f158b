// SPDX-License-Identifier: GPL-3.0-or-later
// The system's and the admins' pages: facts, tests, restart; adding, changing and removing admins.
#include "tests/ui/admin_stage.h"
#include "tests/ui/cut_off.h"
#include "tests/ui/settings_answers.h"
#include "ui/admins_page.h"
#include "ui/controls.h"
#include "ui/fact_card.h"
#include "ui/pin_pad.h"
#include "ui/system_page.h"

#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

template<typename T>
T* find(QWidget* inside, const char* name) {
    return inside->findChild<T*>(QLatin1String(name));
}

QString textsOf(QWidget* inside) {
    QStringList texts;
    for (const TextBlock* block : inside->findChildren<TextBlock*>())
        texts << block->text();
    return texts.join(QLatin1Char('\n'));
}

SystemPage* system(test::AdminStage& stage) {
    stage.port.answer(QStringLiteral("system.info"), test::systemInfoAnswer());
    return stage.put<SystemPage>();
}

AdminsPage* admins(test::AdminStage& stage) {
    stage.port.answer(QStringLiteral("admin.list"), test::adminListAnswer());
    return stage.put<AdminsPage>();
}

void type(QWidget* page, const char* digits) {
    QTest::keyClicks(page->findChild<KeyPad*>(), QString::fromLatin1(digits));
    QTest::keyClick(page->findChild<KeyPad*>(), Qt::Key_Return);
}

} // namespace

class TstSystemPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void factsStandOnCards() {
        test::AdminStage stage;
        auto* page = system(stage);
        for (const char* card :
             {"cardCamera", "cardRecognition", "cardModels", "cardStorage", "cardNetwork", "cardVersions"})
            QVERIFY2(find<FactCard>(page, card) != nullptr, card);
        QVERIFY(textsOf(find<FactCard>(page, "cardCamera")).contains(QStringLiteral("30.0")));
        QVERIFY(textsOf(find<FactCard>(page, "cardModels")).contains(QString(64, QLatin1Char('a'))));
        QVERIFY(textsOf(find<FactCard>(page, "cardModels")).contains(QStringLiteral("MIT")));
        QVERIFY(textsOf(find<FactCard>(page, "cardNetwork")).contains(QStringLiteral("192.168.1.7")));
        page->shown(); // read again: no card twice
        stage.settle();
        QCOMPARE(page->findChildren<FactCard*>(QStringLiteral("cardCamera")).size(), 1);
    }

    void theLastBackupIsToldOrThatThereIsNone() {
        test::AdminStage stage;
        auto* page = system(stage);
        const QString told = textsOf(find<FactCard>(page, "cardStorage"));
        QVERIFY2(told.contains(QStringLiteral("/media/KINGSTON/facelatch-20261120.flbackup")), qPrintable(told));
        QJsonObject info = test::systemInfoAnswer();
        QJsonObject storage = info.value(u"storage").toObject();
        storage.insert(QStringLiteral("last_backup"), 0);
        info.insert(QStringLiteral("storage"), storage);
        stage.port.answer(QStringLiteral("system.info"), info);
        page->shown();
        stage.settle();
        QVERIFY(textsOf(find<FactCard>(page, "cardStorage")).contains(QStringLiteral("Never: ")));
    }

    void theLockIsReleasedOnlyAfterAQuestion() {
        test::AdminStage stage;
        auto* page = system(stage);
        stage.port.answer(QStringLiteral("lock.test"), {});
        find<Button>(page, "testLock")->click();
        stage.settle();
        QCOMPARE(stage.port.count(QStringLiteral("lock.test")), 0);
        find<Button>(&stage, "sheetYes")->click();
        stage.settle();
        QCOMPARE(stage.port.count(QStringLiteral("lock.test")), 1);
        QCOMPARE(stage.notices.size(), 1);
    }

    void aSoundIsTestedAndABuzzerIsNot() {
        test::AdminStage stage;
        auto* page = system(stage);
        stage.port.refuse(QStringLiteral("sound.test"), core::fail("There is no sound card"));
        find<Button>(page, "testSpeaker")->click();
        stage.settle();
        QVERIFY(stage.notices.value(0).contains(QStringLiteral("There is no sound card")));
        QVERIFY(find<Button>(page, "testBuzzer") == nullptr); // there is none, and it says so
        QVERIFY(!find<TextBlock>(page, "noBuzzer")->text().isEmpty());
    }

    void theDoctorsLinesComeOnASheet() {
        test::AdminStage stage;
        auto* page = system(stage);
        stage.port.answer(QStringLiteral("system.check"), test::systemCheckAnswer());
        find<ListRow>(page, "systemCheck")->click();
        stage.settle();
        auto* sheet = find<Sheet>(&stage, "doctorSheet");
        QVERIFY(sheet != nullptr);
        QVERIFY(sheet->findChildren<FactCard*>().size() >= 5); // four that are wrong, and the rest
    }

    void aRestartAsksFirst() {
        test::AdminStage stage;
        auto* page = system(stage);
        stage.port.answer(QStringLiteral("system.restart"), {});
        find<ListRow>(page, "systemRestart")->click();
        stage.settle();
        QCOMPARE(stage.port.count(QStringLiteral("system.restart")), 0);
        find<Button>(&stage, "sheetYes")->click();
        stage.settle();
        QCOMPARE(stage.port.count(QStringLiteral("system.restart")), 1);
    }

    void theAdminsOpenForThoseWhoMay() {
        test::AdminStage stage;
        auto* page = system(stage);
        QSignalSpy opens(page, &AdminPage::opens);
        find<ListRow>(page, "systemAdmins")->click();
        QCOMPARE(opens.size(), 1);
        delete opens.first().first().value<AdminPage*>();
        test::AdminStage poorer;
        poorer.context.may.clear();
        QVERIFY(find<ListRow>(system(poorer), "systemAdmins") == nullptr);
    }

    void namesArePlainText() {
        test::AdminStage stage;
        auto* page = admins(stage);
        QCOMPARE(find<ListRow>(page, "admin_a2")->title(), QStringLiteral("<b>Bob</b>"));
    }

    void anAdminIsAdded() {
        test::AdminStage stage;
        auto* page = admins(stage);
        stage.port.answer(QStringLiteral("admin.add"), {});
        find<Button>(page, "adminAdd")->click();
        stage.settle();
        auto* save = find<Button>(page, "adminSave");
        QVERIFY(!save->isEnabled());
        QTest::keyClicks(find<TextField>(page, "adminName")->line(), QStringLiteral("Ada"));
        QVERIFY(save->isEnabled());
        save->click();
        stage.settle();
        type(page, "123456"); // one everybody tries
        QCOMPARE(stage.port.count(QStringLiteral("admin.add")), 0);
        QVERIFY(!find<TextBlock>(page, "pinWhy")->text().isEmpty());
        type(page, "580273");
        type(page, "580274");
        QCOMPARE(stage.port.count(QStringLiteral("admin.add")), 0);
        type(page, "580273");
        type(page, "580273");
        stage.settle();
        QCOMPARE(stage.port.last(QStringLiteral("admin.add")),
                 (QJsonObject{{QStringLiteral("name"), QStringLiteral("Ada")},
                              {QStringLiteral("role"), QStringLiteral("operator")},
                              {QStringLiteral("pin"), QStringLiteral("580273")}}));
        QCOMPARE(stage.port.count(QStringLiteral("admin.list")), 2); // read again
        QVERIFY(find<QWidget>(page, "adminsList")->isVisible());
    }

    void aPinThatIsTakenIsSaid() {
        test::AdminStage stage;
        auto* page = admins(stage);
        stage.port.refuse(QStringLiteral("admin.set"),
                          {core::ErrorKind::Usage, "Another admin has this PIN", {}, "Choose another"});
        find<ListRow>(page, "admin_a2")->click();
        find<Button>(page, "adminChangePin")->click();
        stage.settle();
        type(page, "580273");
        type(page, "580273");
        stage.settle();
        QVERIFY(find<TextBlock>(page, "pinWhy")->text().contains(QStringLiteral("Another admin has this PIN")));
        QVERIFY(find<QWidget>(page, "adminsPin")->isVisible());
    }

    void theLastAdminStays() {
        test::AdminStage stage;
        auto* page = admins(stage);
        find<ListRow>(page, "admin_a1")->click();
        stage.settle();
        QVERIFY(!find<Button>(page, "adminRemove")->isEnabled());
        QVERIFY(find<TextBlock>(page, "lastAdmin")->isVisible());
        QVERIFY(
            !find<Segments>(page, "adminRole")->findChild<QAbstractButton*>(QStringLiteral("segment0"))->isEnabled());
        QVERIFY(page->back());
        find<ListRow>(page, "admin_a2")->click();
        stage.settle();
        QVERIFY(find<Button>(page, "adminRemove")->isEnabled());
    }

    void anAdminIsRemovedAfterAQuestion() {
        test::AdminStage stage;
        auto* page = admins(stage);
        stage.port.answer(QStringLiteral("admin.remove"), {});
        find<ListRow>(page, "admin_a2")->click();
        find<Button>(page, "adminRemove")->click();
        stage.settle();
        QCOMPARE(stage.port.count(QStringLiteral("admin.remove")), 0);
        find<Button>(&stage, "sheetYes")->click();
        stage.settle();
        QCOMPARE(stage.port.last(QStringLiteral("admin.remove")).value(u"id").toString(), QStringLiteral("a2"));
    }

    void nothingIsCutOff_data() { test::languagesAndSizes(); }
    void nothingIsCutOff() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        QStringList wrong;
        {
            test::AdminStage stage(size, language);
            wrong << test::cutOff(*system(stage));
        }
        test::AdminStage stage(size, language);
        auto* page = admins(stage);
        wrong << test::cutOff(*page);
        find<ListRow>(page, "admin_a1")->click();
        stage.settle();
        wrong << test::cutOff(*page);
        find<Button>(page, "adminChangePin")->click();
        stage.settle();
        wrong << test::cutOff(*page);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TstSystemPage)
#include "tst_system_page.moc"
