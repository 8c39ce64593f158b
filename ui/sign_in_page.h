// SPDX-License-Identifier: GPL-3.0-or-later
// SignInPage: the admin's PIN, and how long to wait after wrong ones.
#pragma once

#include "core/time.h"
#include "ui/admin_port.h"
#include "ui/button.h"

#include <functional>

class QBoxLayout;

namespace facelatch::ui {

class PinPad;

/// Says nothing about who there is: one PIN, right or not. The digits are wiped when they were handed over and when the
/// page goes. Gui thread; the answer comes through the port.
class SignInPage : public QWidget, public Styled {
    Q_OBJECT
public:
    using Clock = std::function<core::Now()>;
    SignInPage(AdminPort& port, Clock clock, bool shuffled, QWidget* parent = nullptr);

    /// Time went on: the lock's countdown.
    void tick();
    void restyle(const Style& style) override;

Q_SIGNALS:
    /// The answer of session.sign_in: name, role, may.
    void signedIn(const QJsonObject& session);
    void leaves();

private:
    void enter(const QString& pin);
    void readState();
    void say(const QString& text, ColourRole colour);

    AdminPort& m_port;
    Clock m_clock;
    Style m_style;
    Button* m_back;
    TextBlock* m_title;
    TextBlock* m_message;
    PinPad* m_pad;
    QBoxLayout* m_outer;
    QBoxLayout* m_words;
    core::MonoTime m_lockedUntil{};
    bool m_locked = false;
};

} // namespace facelatch::ui
