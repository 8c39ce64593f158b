// SPDX-License-Identifier: GPL-3.0-or-later
// The settings' page: made from the table, validated in place, and every word of the table has its translation.
#include "core/security_level.h"
#include "core/settings.h"
#include "tests/ui/admin_stage.h"
#include "tests/ui/settings_answers.h"
#include "ui/controls.h"
#include "ui/setting_row.h"
#include "ui/setting_texts.h"
#include "ui/settings_page.h"

#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

template<typename T>
T* find(QWidget* inside, const QString& name) {
    T* found = nullptr;
    for (T* each : inside->findChildren<T*>(name))
        if (each->isVisible() || found == nullptr)
            found = each;
    return found;
}

QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString noteOf(SettingRow* row) {
    auto* note = find<TextBlock>(row, QStringLiteral("settingNote"));
    return note->isVisible() ? note->text() : QString();
}

/// The page with the settings of one section open.
SettingsPage* openGroup(test::AdminStage& stage, const QString& group) {
    stage.port.answer(QStringLiteral("settings.list"), test::settingsList());
    auto* page = stage.put<SettingsPage>();
    find<ListRow>(page, QStringLiteral("group_") + group)->click();
    stage.settle();
    return page;
}

} // namespace

class TstSettingsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowOfTheTableHasItsWords() {
        resources::installTranslator(*qApp, QStringLiteral("fr"));
        for (const core::SettingRow& row : core::settingRows()) {
            const QString key = string(row.key), meaning = string(row.meaning);
            QVERIFY2(SettingTexts::knowsName(key),
                     qPrintable(key + QStringLiteral(": add it to ui/setting_texts.cpp")));
            QVERIFY2(SettingTexts::knowsMeaning(meaning),
                     qPrintable(key + QStringLiteral(": its meaning is not in ui/setting_texts.cpp: ") + meaning));
            QVERIFY2(SettingTexts::meaning(meaning) != meaning, qPrintable(key + QStringLiteral(" has no French")));
            QVERIFY2(SettingTexts::knowsGroup(key.section(QLatin1Char('.'), 0, 0)), qPrintable(key));
        }
    }

    void everyGroupAndEverySettingIsShown() {
        test::AdminStage stage;
        stage.port.answer(QStringLiteral("settings.list"), test::settingsList());
        auto* page = stage.put<SettingsPage>();
        QSet<QString> seen;
        for (const core::SettingRow& row : core::settingRows()) {
            const QString group = string(row.key).section(QLatin1Char('.'), 0, 0);
            if (seen.contains(group))
                continue;
            seen << group;
            auto* entry = find<ListRow>(page, QStringLiteral("group_") + group);
            QVERIFY2(entry != nullptr, qPrintable(group));
            entry->click();
            stage.settle();
            QVERIFY(page->hasBack());
            for (const core::SettingRow& each : core::settingRows())
                QCOMPARE(find<SettingRow>(page, string(each.key)) != nullptr,
                         string(each.key).startsWith(group + QLatin1Char('.')));
            QVERIFY(page->back());
            stage.settle();
        }
        QVERIFY(!page->hasBack());
    }

    void aSwitchIsWrittenAtOnce() {
        test::AdminStage stage;
        auto* page = openGroup(stage, QStringLiteral("camera"));
        QJsonObject after = test::settingRowAnswer(QStringLiteral("camera.mirror"));
        after.insert(QStringLiteral("value"), false);
        after.insert(QStringLiteral("origin"), QStringLiteral("settings.local.toml"));
        stage.port.answer(QStringLiteral("settings.set"), after);
        auto* row = find<SettingRow>(page, QStringLiteral("camera.mirror"));
        QVERIFY(!find<TextBlock>(row, QStringLiteral("settingDot"))->isVisible());
        row->findChild<Toggle*>()->click();
        stage.settle();
        QCOMPARE(
            stage.port.last(QStringLiteral("settings.set")),
            (QJsonObject{{QStringLiteral("key"), QStringLiteral("camera.mirror")}, {QStringLiteral("value"), false}}));
        QVERIFY(find<TextBlock>(row, QStringLiteral("settingDot"))->isVisible());
        QVERIFY(!row->findChild<Toggle*>()->isChecked());
        find<Button>(row, QStringLiteral("settingReset"))->click();
        QCOMPARE(stage.port.last(QStringLiteral("settings.set")).value(u"value"), QJsonValue());
    }

    void stepsOfANumberAreOneChange() {
        test::AdminStage stage;
        auto* page = openGroup(stage, QStringLiteral("lock"));
        auto* row = find<SettingRow>(page, QStringLiteral("lock.strike_time_ms"));
        auto* more = row->findChild<Button*>(QStringLiteral("numberMore"));
        more->click();
        more->click();
        QCOMPARE(stage.port.count(QStringLiteral("settings.set")), 0);
        page->hide(); // whoever leaves at once loses nothing
        QTRY_COMPARE_WITH_TIMEOUT(stage.port.count(QStringLiteral("settings.set")), 1, 60'000);
        QCOMPARE(stage.port.last(QStringLiteral("settings.set")).value(u"value").toInt(), 5200);
    }

    void aWrongTimeIsRefusedInPlace() {
        test::AdminStage stage;
        auto* page = openGroup(stage, QStringLiteral("screen"));
        auto* row = find<SettingRow>(page, QStringLiteral("screen.day_from"));
        auto* line = row->findChild<LineEdit*>();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("25:00"));
        QVERIFY(noteOf(row).contains(QStringLiteral("23:59")));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(stage.port.count(QStringLiteral("settings.set")), 0);
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("06:30"));
        QVERIFY(!noteOf(row).contains(QStringLiteral("23:59")));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(stage.port.last(QStringLiteral("settings.set")).value(u"value").toString(), QStringLiteral("06:30"));
    }

    void theDoorsRefusalStandsInPlace() {
        test::AdminStage stage;
        auto* page = openGroup(stage, QStringLiteral("camera"));
        stage.port.refuse(QStringLiteral("settings.set"), core::fail("The disk is full"));
        auto* row = find<SettingRow>(page, QStringLiteral("camera.mirror"));
        row->findChild<Toggle*>()->click();
        stage.settle();
        QVERIFY(noteOf(row).contains(QStringLiteral("The disk is full")));
        QVERIFY(row->findChild<Toggle*>()->isChecked()); // as it is
    }

    void aSecretIsNeverShown() {
        test::AdminStage stage;
        QJsonObject list = test::settingsList();
        stage.port.answer(QStringLiteral("settings.list"), list);
        auto* page = openGroup(stage, QStringLiteral("camera"));
        auto* row = find<SettingRow>(page, QStringLiteral("camera.password"));
        auto* line = row->findChild<LineEdit*>();
        QVERIFY(line->text().isEmpty());
        QCOMPARE(line->echoMode(), QLineEdit::Password);
        QTest::keyClicks(line, QStringLiteral("geheim"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(stage.port.last(QStringLiteral("settings.set")).value(u"value").toString(), QStringLiteral("geheim"));
        QVERIFY(line->text().isEmpty());
    }

    void whatTheCommandLineSaysCannotBeChanged() {
        test::AdminStage stage;
        auto* page = openGroup(stage, QStringLiteral("camera"));
        auto* row = find<SettingRow>(page, QStringLiteral("camera.source"));
        QVERIFY(!row->findChild<Segments*>()->isEnabled());
        QVERIFY(!noteOf(row).isEmpty());
    }

    void securityLevelsAreNamed() {
        test::AdminStage stage;
        auto* page = openGroup(stage, QStringLiteral("recognition"));
        auto* row = find<SettingRow>(page, QStringLiteral("recognition.threshold"));
        auto* levels = row->findChild<Segments*>(QStringLiteral("securityLevels"));
        QVERIFY(levels != nullptr);
        QCOMPARE(levels->count(), 4);
        QCOMPARE(levels->current(), 1); // 0 is the model's own: normal
        QVERIFY(noteOf(row).contains(QStringLiteral("120")));
        QVERIFY(noteOf(row).contains(QStringLiteral("High"))); // advised for so many
        levels->findChild<QAbstractButton*>(QStringLiteral("segment2"))->click();
        QCOMPARE(stage.port.last(QStringLiteral("settings.set")).value(u"value").toDouble(),
                 core::securityLevels("mobilefacenet-paddlex")[2].threshold);
        QJsonObject own = test::settingRowAnswer(QStringLiteral("recognition.threshold"));
        own.insert(QStringLiteral("value"), 0.493);
        row->update(own);
        QCOMPARE(levels->current(), -1);
        QVERIFY(noteOf(row).contains(QStringLiteral("0.493")));
    }

    void searchLooksAtNamesAndSentences() {
        test::AdminStage stage;
        stage.port.answer(QStringLiteral("settings.list"), test::settingsList());
        auto* page = stage.put<SettingsPage>();
        auto* search = page->findChild<SearchField*>(QStringLiteral("settingsSearch"));
        search->setText(QStringLiteral("strike"));
        stage.settle();
        QVERIFY(find<SettingRow>(page, QStringLiteral("lock.strike_time_ms")) != nullptr);
        QVERIFY(find<SettingRow>(page, QStringLiteral("door.id")) == nullptr);
        search->setText(QStringLiteral("no such thing"));
        stage.settle();
        QVERIFY(page->findChild<EmptyState*>() != nullptr);
        search->setText({});
        stage.settle();
        QVERIFY(find<ListRow>(page, QStringLiteral("group_lock")) != nullptr);
    }

    void aRestartIsOfferedAndAsked() {
        test::AdminStage stage;
        stage.port.answer(QStringLiteral("settings.list"), test::settingsList());
        stage.port.answer(QStringLiteral("system.restart"), {});
        auto* page = stage.put<SettingsPage>();
        auto* now = page->findChild<Button*>(QStringLiteral("restartNow"));
        QVERIFY(now->isVisible());
        now->click();
        stage.settle();
        QCOMPARE(stage.port.count(QStringLiteral("system.restart")), 0);
        find<Button>(&stage, QStringLiteral("sheetYes"))->click();
        stage.settle();
        QCOMPARE(stage.port.count(QStringLiteral("system.restart")), 1);
        QVERIFY(!now->isEnabled());
    }

    void nothingIsCutOff_data() { test::languagesAndSizes(); }
    void nothingIsCutOff() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        test::AdminStage stage(size, language);
        stage.port.answer(QStringLiteral("settings.list"), test::settingsList());
        auto* page = stage.put<SettingsPage>();
        QStringList wrong;
        const auto check = [&] {
            for (const TextBlock* block : page->findChildren<TextBlock*>())
                if (block->isVisible() && block->fitted().elided)
                    wrong << block->objectName() + QStringLiteral(": ") + block->text();
            for (const Button* button : page->findChildren<Button*>())
                if (button->isVisible() && !button->text().isEmpty() && button->fitted().elided)
                    wrong << button->text();
        };
        check();
        QSet<QString> seen;
        for (const core::SettingRow& row : core::settingRows()) {
            const QString group = string(row.key).section(QLatin1Char('.'), 0, 0);
            if (seen.contains(group))
                continue;
            seen << group;
            find<ListRow>(page, QStringLiteral("group_") + group)->click();
            stage.settle();
            check();
            page->back();
            stage.settle();
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TstSettingsPage)
#include "tst_settings_page.moc"
