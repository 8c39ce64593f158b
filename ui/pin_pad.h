// SPDX-License-Identifier: GPL-3.0-or-later
// PinPad: a PIN being typed: dots instead of digits, the number keys, and nothing left of it afterwards.
#pragma once

#include "core/digits.h"
#include "ui/key_pad.h"
#include "ui/panel.h"

#include <cstddef>
#include <functional>

namespace facelatch::ui {

/// For the visitor's page, the admin's sign-in and wherever else a PIN is chosen. The digits are kept here only, at
/// most core::Digits::room of them, and wiped when they are handed over, cancelled, cleared, hidden or destroyed. They
/// are never a text of a widget. Gui thread.
class PinPad : public QWidget, public Styled {
    Q_OBJECT
public:
    struct Look {
        std::size_t leastDigits = core::Digits::least; ///< OK can be pressed from so many on
        bool shuffled = false;
        bool cancels = true;
    };
    /// Takes what was typed; it is wiped when this returns.
    using Taken = std::function<void(const core::Digits&)>;

    explicit PinPad(Look look, QWidget* parent = nullptr);
    ~PinPad() override;

    /// Who gets the PIN when OK is pressed.
    void onEntered(Taken taken) { m_taken = std::move(taken); }
    /// Wiped, and shuffled anew: for the next try or person.
    void clear();
    /// While an answer is awaited only cancel works.
    void setBusy(bool busy);
    std::size_t size() const { return m_digits.size(); }
    KeyPad* keys() const { return m_keys; }
    void restyle(const Style& style) override;

Q_SIGNALS:
    void cancelled();
    /// A key was pressed.
    void touched();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    class Dots;
    void changed();
    void enter();

    Look m_look;
    core::Digits m_digits;
    Taken m_taken;
    Dots* m_dots;
    KeyPad* m_keys;
    QBoxLayout* m_column;
};

} // namespace facelatch::ui
