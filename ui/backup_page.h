// SPDX-License-Identifier: GPL-3.0-or-later
// BackupPage: everything the door knows onto a stick, and back from one. Opens from the System page.
#pragma once

#include "ui/admin_page.h"
#include "ui/choices.h"
#include "ui/fields.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTimer>

namespace facelatch::ui {

class ScrollArea;
class TimeBar;

/// One step at a time: what to do; where, what and with which passphrase; progress; the result. A restore first shows
/// what is in the file. Asks folder.list and backup.*.
class BackupPage : public AdminPage {
    Q_OBJECT
public:
    explicit BackupPage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;
    bool back() override;

private:
    enum class Step { Choose, NoStick, Write, Working, Written, Find, Open, Summary, Restarting, Failed };

    /// Later, from the event loop: what was pressed may be on the step that goes.
    void go(Step step);
    void showStep(Step step);
    void addText(const QString& text, int size, ColourRole colour, bool bold = false);
    void addSymbol(Icon icon, ColourRole colour);
    Button* addButton(Button::Kind kind, const QString& text, const char* name, std::function<void()> run);

    void showChoose();
    void showNoStick();
    void showWrite();
    void showWorking();
    void showWritten();
    void showFind();
    void showOpen();
    void showSummary();
    void showRestarting();
    void showFailed();

    void findPlaces(bool toWrite);
    void choosePlace();
    void lookInto(const QString& folder);
    TextField* addPassphrase(const QString& label, const char* name);
    void checkPassphrases();
    QJsonArray parts() const;
    void start(const QString& command, const QJsonObject& args);
    void watch();
    void took(const QJsonObject& state);
    void askToRestore();

    Step m_step = Step::Choose;
    bool m_writing = true; ///< else restoring
    QJsonArray m_places;
    QJsonObject m_place;   ///< where to write
    QJsonObject m_folder;  ///< what is listed
    QString m_file;        ///< to restore
    QString m_passphrase;  ///< of it, from Open to the restore
    QString m_command;     ///< that runs
    QJsonObject m_result;  ///< of the latest command
    QJsonObject m_summary; ///< of m_file
    QString m_error;
    QTimer m_watch;

    ScrollArea* m_scroll;
    // Of the step that is shown, else null.
    QPointer<TextField> m_first, m_second;
    QPointer<Toggle> m_log, m_pictures, m_settings;
    QPointer<Button> m_main;
    QPointer<TimeBar> m_bar;
};

} // namespace facelatch::ui
