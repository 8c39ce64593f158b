// SPDX-License-Identifier: GPL-3.0-or-later
// AdminScreen: covers the door's window while somebody signs in, works in the admin's pages, or sets the door up.
#pragma once

#include "core/visitor_view.h"
#include "ui/admin_shell.h"

#include <QTimer>

#include <optional>

namespace facelatch::ui {

class BusyLine;
class KeyboardPanel;
class Panel;
class SetupWizard;
class SignInPage;
class VisitorStrip;
struct SetupDraft;

/// What it is made with; the references outlive it.
struct AdminScreenConfig {
    AdminPort& port;
    core::LatestFrame& frames;
    std::function<core::Now()> clock;
    /// Makes the program speak that language ("en", "fr") and returns its locale.
    std::function<QLocale(const QString&)> speak;
    QLocale locale;
    QString doorName;
    bool mirrored = true;
    bool shuffled = false; ///< the digits of the sign-in
    std::vector<AdminEntry> pages;
};

/// A child of the KioskWindow that covers it all; the door goes on deciding below, and a strip at the top says what it
/// tells its visitor. It leaves by itself after a minute without a touch or key (the set-up after five), counting the
/// last ten seconds, and when the session ends. Gui thread; nothing in it waits.
class AdminScreen : public QWidget, public Styled, public SheetHost {
    Q_OBJECT
public:
    AdminScreen(QWidget& window, AdminScreenConfig config);
    ~AdminScreen() override;

    /// The set-up while it is open, else the PIN.
    void enter();
    /// The set-up, if it is open; nothing else happens.
    void offerSetUp();
    void leave();
    bool isOpen() const { return !isHidden(); }
    AdminShell* shell() const { return m_shell; }
    /// What the door shows its visitor now.
    void present(const core::VisitorView& view);
    /// Looks at the time: the leaving and what counts down. Called by its own timer, too.
    void tick();

    const Style& hostStyle() const override { return m_style; }
    int uncovered() const override;
    void restyle(const Style& style) override;

Q_SIGNALS:
    void opened();
    void left();
    /// The set-up is done: the door has to be started anew for all of it to count.
    void setUpDone();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void open();
    void show(QWidget* content);
    void drop();
    void showSignIn();
    void showShell(const QJsonObject& session);
    void showSetUp(SetupDraft draft);
    void decide(const QJsonObject& state);
    void makeRoom(bool keyboard);
    void count(qint64 seconds);
    void place();

    AdminScreenConfig m_config;
    AdminContext m_context;
    QWidget& m_window;
    Style m_style;
    QBoxLayout* m_column;
    VisitorStrip* m_strip;
    BusyLine* m_busy;
    KeyboardPanel* m_keyboard;
    Panel* m_count;
    TextBlock* m_countText;
    QWidget* m_content = nullptr; ///< one of the following, or a sentence
    QPointer<SignInPage> m_signIn;
    QPointer<AdminShell> m_shell;
    QPointer<SetupWizard> m_setUp;
    std::unique_ptr<SetupDraft> m_draft; ///< of a set-up that was left, without its PIN
    core::MonoTime m_touched{};
    QTimer m_timer;
};

} // namespace facelatch::ui
