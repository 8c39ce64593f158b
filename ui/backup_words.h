// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the backup's screen.
#pragma once

#include "ui/passphrase_hint.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

class QJsonObject;

namespace facelatch::ui {

/// Gui thread.
struct BackupWords {
    Q_DECLARE_TR_FUNCTIONS(BackupWords)
public:
    static QString title();
    static QString writeOne();
    static QString writeOneDetail();
    static QString restoreOne();
    static QString restoreOneDetail();
    static QString chooseStick();
    static QString noStick();
    static QString noStickDetail();
    static QString lookAgain();
    static QString room(const QLocale& locale, qint64 bytes);
    static QString cannotWrite();
    static QString always();
    static QString settings();
    static QString log();
    static QString pictures();
    static QString passphrase();
    static QString passphraseAgain();
    static QString passphraseHelp();
    static QString hint(PassphraseHint hint);
    static QString differs();
    static QString show();
    static QString write();
    static QString working(const QString& command);
    static QString workingDetail();
    static QString giveUp();
    static QString giveUpQuestion();
    static QString written();
    static QString keepPassphrase();
    static QString noBackups();
    static QString noBackupsDetail();
    static QString open();
    static QString openDetail();
    static QString look();
    static QStringList contents(const QLocale& locale, const QJsonObject& summary);
    static QString restore();
    static QString restoreQuestion(const QString& door);
    static QString restoreDetail(const QString& when, bool log, bool settings);
    static QString restarting();
    static QString restartingDetail();
    static QString failed();
    static QString again();
};

} // namespace facelatch::ui
