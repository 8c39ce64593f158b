// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the system's and the admins' pages.
#pragma once

#include "core/doctor.h"
#include "core/pin.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct SystemWords {
    Q_DECLARE_TR_FUNCTIONS(SystemWords)
public:
    static QString title();
    static QString adminsLine();
    static QString backup();
    static QString backupLine();
    static QString check();
    static QString checkLine();
    static QString checkAgain();
    static QString restart();
    static QString restartLine();

    static QString lockDown();
    static QString lockDownLine();
    static QString lockDownQuestion();
    static QString lockDownMeans();
    static QString reason();
    static QString isLockedDown();
    static QString lockedDownNow();
    static QString liftLockdown();
    static QString liftQuestion();
    static QString liftMeans();
    static QString liftedNow();

    static QString tests();
    static QString testLock();
    static QString testSpeaker();
    static QString noBuzzer();
    static QString lockTested();
    static QString soundTested();
    static QString watchTheDoor();
    static QString watchDetail();

    static QString camera();
    static QString recognition();
    static QString models();
    static QString storage();
    static QString versions();
    static QString network();

    static QString source();
    static QString picture();
    static QString rate(double perSecond, double asked, const QLocale& locale);
    static QString age();
    static QString light();
    static QString exposure();
    static QString automatic();
    static QString model();
    static QString detecting();
    static QString embedding();
    static QString liveness();
    static QString wholePicture();
    static QString nobodyLooked();
    static QString licence(const QString& licence, const QString& source);
    static QString notUsed();
    static QString folder();
    static QString freeSpace();
    static QString database();
    static QString pictures();
    static QString events();
    static QString lastBackup();
    /// When, and the file; the file may be empty.
    static QString backupAt(const QString& when, const QString& file);
    static QString noBackupYet();
    static QString addresses();
    static QString noAddress();
    static QString temperature();
    /// What a check came to, in one or two words.
    static QString health(core::Health health);
};

/// Gui thread.
struct AdminsWords {
    Q_DECLARE_TR_FUNCTIONS(AdminsWords)
public:
    static QString title();
    static QString add();
    static QString role(const QString& code);
    static QString roleLine(const QString& code);
    static QString lastSeen(const QString& when);
    static QString neverSeen();
    static QString name();
    static QString roleLabel();
    static QString next();
    static QString save();
    static QString changePin();
    static QString remove();
    static QString removeQuestion(const QString& name);
    static QString removeDetail();
    static QString lastAdmin();
    static QString choosePin(const QString& name);
    static QString repeatPin();
    static QString pinsDiffer();
    static QString added(const QString& name);
    static QString pinChanged(const QString& name);
    static QString removed(const QString& name);
    static QString saved();
};

} // namespace facelatch::ui
