// SPDX-License-Identifier: GPL-3.0-or-later
// KeyPad: our own number keys, so that no number needs the system's keyboard.
#pragma once

#include "ui/style.h"

#include <QWidget>

#include <array>
#include <vector>

class QGridLayout;

namespace facelatch::ui {

class PadKey;

/// What a number pad has besides its digits.
struct KeyPadLook {
    bool shuffled = false; ///< the digits stand in another order each time, so that fingers and smears tell nothing
    bool cancels = true;   ///< has a key to leave it
    bool point = false;    ///< has a key for the decimal point, where else nothing stands
    bool minus = false;    ///< has a key for the sign, likewise
};

/// Digits 1 to 9 in three rows and 0 below, delete, leave and OK beside them; a numeric keyboard works too while it has
/// the focus. It keeps nothing: each key is a signal. Gui thread. Touch targets of the door's size, larger where there
/// is room.
class KeyPad : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit KeyPad(KeyPadLook look, QWidget* parent = nullptr);

    /// A new order, where they are shuffled.
    void shuffle();
    /// Whether OK can be pressed.
    void setReady(bool ready);
    /// Whether anything but leaving can be pressed.
    void setBusy(bool busy);
    /// The order in which the digits stand, from the upper left to the foot.
    const std::array<int, resources::padDigits>& order() const { return m_order; }
    void restyle(const Style& style) override;

Q_SIGNALS:
    void digit(char digit); ///< '0' to '9'
    void point();
    void minus();
    void erase(); ///< the last one
    void accept();
    void cancel();
    /// Any key, before its own signal; for clicks and for whoever leaves without a touch.
    void touched();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    PadKey* add(const char* name, int row, int column, int rows = 1);
    void layDigits();
    void press(PadKey* key);

    KeyPadLook m_look;
    std::array<int, resources::padDigits> m_order{};
    std::vector<PadKey*> m_digits; ///< by place
    PadKey* m_erase;
    PadKey* m_accept;
    PadKey* m_cancel = nullptr;
    PadKey* m_point = nullptr;
    PadKey* m_minus = nullptr;
    QGridLayout* m_grid;
    bool m_ready = false, m_busy = false;
};

} // namespace facelatch::ui
