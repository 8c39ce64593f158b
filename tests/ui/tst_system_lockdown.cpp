// SPDX-License-Identifier: GPL-3.0-or-later
// An admin locks the door down at the screen, and lifts it.
#include "tests/ui/admin_stage.h"
#include "tests/ui/cut_off.h"
#include "tests/ui/settings_answers.h"
#include "ui/controls.h"
#include "ui/system_page.h"

#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

QJsonObject lockedDown() {
    return {{QStringLiteral("mode"), QStringLiteral("locked_down")},
            {QStringLiteral("mode_by"), QStringLiteral("Office")},
            {QStringLiteral("mode_since"), 1795271520000.0},
            {QStringLiteral("mode_reason"), QStringLiteral("a leak")}};
}

} // namespace

class TstSystemLockdown : public QObject {
    Q_OBJECT

    std::unique_ptr<test::AdminStage> m_stage;

    template<typename T>
    T* find(const char* name) {
        return m_stage->findChild<T*>(QLatin1String(name));
    }
    void open(const QJsonObject& state, QSize size = {800, 480}, const QString& language = QStringLiteral("en")) {
        m_stage = std::make_unique<test::AdminStage>(size, language);
        m_stage->port.answer(QStringLiteral("system.info"), test::systemInfoAnswer());
        m_stage->port.answer(QStringLiteral("door.state"), state);
        m_stage->port.answer(QStringLiteral("door.lockdown"), {});
        m_stage->put<SystemPage>();
    }
    void press(const char* name) {
        QVERIFY(find<QAbstractButton>(name) != nullptr && find<QAbstractButton>(name)->isEnabled());
        find<QAbstractButton>(name)->click();
        m_stage->settle();
    }
    static QJsonObject normal() { return {{QStringLiteral("mode"), QStringLiteral("normal")}}; }

private Q_SLOTS:
    void cleanup() { m_stage.reset(); }

    void itIsAskedForWithAReason() {
        open(normal());
        press("systemLockdown");
        QCOMPARE(m_stage->port.count(QStringLiteral("door.lockdown")), 0);
        find<TextField>("lockdownReason")->setText(QStringLiteral(" a leak "));
        m_stage->port.answer(QStringLiteral("door.state"), lockedDown());
        press("sheetYes");
        const QJsonObject asked = m_stage->port.last(QStringLiteral("door.lockdown"));
        QCOMPARE(asked.value(u"on"), QJsonValue(true));
        QCOMPARE(asked.value(u"reason").toString(), QStringLiteral("a leak"));
        QVERIFY(find<ListRow>("systemLockdown")->chip() != nullptr);
        const QString told = find<ListRow>("systemLockdown")->accessibleName();
        QVERIFY2(told.contains(QStringLiteral("Office")) && told.contains(QStringLiteral("a leak")), qPrintable(told));
    }

    void sayingNoChangesNothing() {
        open(normal());
        press("systemLockdown");
        press("sheetNo");
        QCOMPARE(m_stage->port.count(QStringLiteral("door.lockdown")), 0);
    }

    void itIsLiftedAfterAQuestion() {
        open(lockedDown());
        QCOMPARE(find<ListRow>("systemLockdown")->title(), QStringLiteral("Lift the lockdown"));
        press("systemLockdown");
        QCOMPARE(m_stage->port.count(QStringLiteral("door.lockdown")), 0);
        press("sheetYes");
        QCOMPARE(m_stage->port.last(QStringLiteral("door.lockdown")).value(u"on"), QJsonValue(false));
    }

    void aRefusalIsTold() {
        open(normal());
        m_stage->port.refuse(QStringLiteral("door.lockdown"), core::fail("the lock does not answer"));
        press("systemLockdown");
        press("sheetYes");
        QVERIFY(m_stage->notices.value(0).contains(QStringLiteral("the lock does not answer")));
        QVERIFY(find<ListRow>("systemLockdown")->isEnabled());
    }

    void whatIsNotKnownCannotBePressed() {
        open({{QStringLiteral("mode"), QJsonValue()}});
        QVERIFY(!find<ListRow>("systemLockdown")->isEnabled());
    }

    void theQuestionIsWhole() {
        for (const char* language : {"en", "fr"})
            for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280)}) {
                open(normal(), size, QString::fromLatin1(language));
                press("systemLockdown");
                const QStringList wrong = test::cutOff(*find<Sheet>("lockdownSheet"));
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
            }
    }
};

QTEST_MAIN(TstSystemLockdown)
#include "tst_system_lockdown.moc"
