// SPDX-License-Identifier: GPL-3.0-or-later
// Playing the backup's screen.
#include "tests/ui/backup_scenes.h"

#include "tests/ui/page_stage.h"
#include "ui/backup_page.h"
#include "ui/fields.h"

#include <QJsonArray>

namespace facelatch::test {

namespace {

QJsonObject stick(const char* name, bool writable) {
    return {{QStringLiteral("path"), QStringLiteral("/media/") + QLatin1String(name)},
            {QStringLiteral("name"), QLatin1String(name)},
            {QStringLiteral("free"), qint64{7'900'000'000}},
            {QStringLiteral("total"), qint64{8'000'000'000}},
            {QStringLiteral("writable"), writable}};
}

QJsonObject state(const char* command, bool running) {
    return {{QStringLiteral("command"), QLatin1String(command)},
            {QStringLiteral("running"), running},
            {QStringLiteral("done"), 62},
            {QStringLiteral("total"), 100}};
}

QJsonObject written() {
    QJsonObject done = state("backup.write", false);
    done.insert(QStringLiteral("result"),
                QJsonObject{{QStringLiteral("created"), qint64{1'795'271'520'000}},
                            {QStringLiteral("program"), QStringLiteral("0.1.0")},
                            {QStringLiteral("door"), QStringLiteral("Workshop door")},
                            {QStringLiteral("parts"), QJsonArray{QStringLiteral("settings"), QStringLiteral("log")}},
                            {QStringLiteral("people"), 42},
                            {QStringLiteral("templates"), 210},
                            {QStringLiteral("principals"), 2},
                            {QStringLiteral("events"), 123'456},
                            {QStringLiteral("pictures"), 9'876},
                            {QStringLiteral("file"),
                             QStringLiteral("/media/KINGSTON/facelatch-Workshop-door-20261121T143200Z.flbackup")}});
    return done;
}

struct BackupHolder {
    BackupHolder() {
        port.answer(QStringLiteral("backup.state"), {});
        port.answer(QStringLiteral("folder.list"),
                    {{QStringLiteral("places"), QJsonArray{stick("KINGSTON", true), stick("LOCKED", false)}}});
    }
    ScriptedPort port;
};

/// What answers outlives the screen that asks.
class BackupStage : private BackupHolder, public PageStage {
public:
    BackupStage(QSize size, const QString& language, ui::Theme theme)
        : PageStage(BackupHolder::port, entryOf<ui::BackupPage>(ui::Section::System), size, language, theme) {}
    using BackupHolder::port;
};

PageScene scene(const char* name, const std::function<void(BackupStage&)>& play) {
    return {QLatin1String(name), [play](QSize size, const QString& language, ui::Theme theme) {
                auto stage = std::make_unique<BackupStage>(size, language, theme);
                play(*stage);
                PageStage::settle();
                return std::unique_ptr<QWidget>(std::move(stage));
            }};
}

void readAgain(BackupStage& stage, const QJsonObject& answer) {
    stage.port.answer(QStringLiteral("backup.state"), answer);
    stage.page()->shown();
}

} // namespace

std::vector<PageScene> backupScenes() {
    return {
        scene("backup", [](BackupStage&) {}),
        scene("backup-write",
              [](BackupStage& stage) {
                  stage.press("writeBackup");
                  for (const char* name : {"passphrase", "passphraseAgain"})
                      if (auto* field = stage.find<ui::TextField>(name)) {
                          field->setText(QStringLiteral("correct horse battery staple"));
                          Q_EMIT field->edited(field->text());
                      }
              }),
        scene("backup-no-stick",
              [](BackupStage& stage) {
                  stage.port.answer(QStringLiteral("folder.list"), {{QStringLiteral("places"), QJsonArray()}});
                  stage.press("writeBackup");
              }),
        scene("backup-progress", [](BackupStage& stage) { readAgain(stage, state("backup.write", true)); }),
        scene("backup-done",
              [](BackupStage& stage) {
                  readAgain(stage, state("backup.write", true));
                  PageStage::settle();
                  stage.port.answer(QStringLiteral("backup.state"), written());
                  static_cast<void>(QTest::qWaitFor([&] { return stage.find<QWidget>("ok") != nullptr; }, 60'000));
              }),
        scene("backup-restore", [](BackupStage& stage) { stage.press("restoreBackup"); }),
    };
}

} // namespace facelatch::test
