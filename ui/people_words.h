// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the people screens, of enrolling and of reading folders.
#pragma once

#include "core/enrolment_view.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct PeopleWords {
    Q_DECLARE_TR_FUNCTIONS(PeopleWords)
public:
    static QString title();
    static QString search();
    static QString add();
    static QString import();
    static QString nobodyYet();
    static QString nobodyYetHow();
    static QString nobodyFound();
    static QString nobodyFoundHow();

    static QString active();
    static QString suspended();
    static QString expired();
    static QString expires(const QString& day);
    static QString validFrom(const QString& day);
    static QString withoutFace();

    static QString name();
    static QString nameNeeded();
    static QString card();
    static QString notes();
    static QString groups();
    static QString noGroups();
    static QString begins();
    static QString ends();
    static QString noLimit();
    static QString day();
    static QString month();
    static QString year();
    static QString useLimit();
    static QString uses();
    static QString greeting();
    static QString greetingOfDoor();
    static QString usesTaken(int taken);
    static QString pin();
    static QString pinSet();
    static QString pinNone();
    static QString choosePin();
    static QString removePin();
    static QString consent();
    static QString consentNone();
    static QString consentGiven(const QString& day, const QString& text, const QString& witness);
    static QString consentAsk();
    static QString consentWithdraw();
    static QString faces(int templates);
    static QString newPictures();
    static QString save();
    static QString saved(const QString& name);
    static QString suspend();
    static QString activate();
    static QString suspendedNow(const QString& name);
    static QString activeNow(const QString& name);
    static QString remove();
    static QString removeQuestion(const QString& name, int templates);
    static QString removeMeans();
    static QString removed(const QString& name);
    static QString conflict();
    static QString conflictMeans(const QString& name);
    static QString showTheirs();
    static QString keepMine();
    static QString giveUp();
    static QString giveUpMeans();
    static QString discard();

    static QString alike(const QString& first, const QString& second);
    static QString alikeMeans();
    static QString alikeDo();
    static QString alikeDone();
    static QString alikeFailed();
    static QString faceAndPin();
    static QString pinNeeded(const QString& names);
};

/// Gui thread.
struct EnrolWords {
    Q_DECLARE_TR_FUNCTIONS(EnrolWords)
public:
    static QString title();
    static QString titleFor(const QString& name);
    static QString who();
    static QString consentAsk();
    static QString consentHelp(const QString& witness);
    static QString begin();
    static QString withoutFace();
    static QString starting();
    static QString step(int number, core::FaceView view);
    static QString view(core::FaceView view);
    static QString hint(core::EnrolHint hint);
    static QString review();
    static QString retake();
    static QString test();
    static QString testing();
    static QString score(core::ScoreWord score);
    static QString scoreMeans(core::ScoreWord score);
    static QString save();
    static QString saving();
    static QString stop(core::EnrolStop stop, const QString& name);
    static QString stopDo(core::EnrolStop stop);
    static QString again();
    static QString another();
    static QString enrolled(const QString& name);
    static QString giveUp(const QString& name);
    static QString giveUpMeans();
    static QString giveUpYes();
};

/// Gui thread.
struct ImportWords {
    Q_DECLARE_TR_FUNCTIONS(ImportWords)
public:
    static QString title();
    static QString how();
    static QString folder();
    static QString read();
    static QString noStick();
    static QString lookAgain();
    static QString progress(int done, int total);
    static QString cancelled(int added);
    static QString finished(int added, int refused);
    static QString added(int pictures);
    static QString refused();
    static QString pictures(const QString& first, int more);
};

} // namespace facelatch::ui
