// SPDX-License-Identifier: GPL-3.0-or-later
// French: AZERTY; accents by a long press, the four most frequent ones by keys of their own.
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components
import "../parts"

KeyboardLayout {
    inputMode: InputEngine.InputMode.Latin
    keyWeight: 160

    KeyboardRow {
        Key { key: Qt.Key_A; text: "a"; alternativeKeys: "\u00E0\u00E2\u00E6\u00E4" }
        Key { key: Qt.Key_Z; text: "z" }
        Key { key: Qt.Key_E; text: "e"; alternativeKeys: "\u00E9\u00E8\u00EA\u00EB" }
        Key { key: Qt.Key_R; text: "r" }
        Key { key: Qt.Key_T; text: "t" }
        Key { key: Qt.Key_Y; text: "y"; alternativeKeys: "\u00FF" }
        Key { key: Qt.Key_U; text: "u"; alternativeKeys: "\u00F9\u00FB\u00FC" }
        Key { key: Qt.Key_I; text: "i"; alternativeKeys: "\u00EE\u00EF" }
        Key { key: Qt.Key_O; text: "o"; alternativeKeys: "\u00F4\u0153\u00F6" }
        Key { key: Qt.Key_P; text: "p" }
        Key { text: "\u00E8" }
    }
    KeyboardRow {
        Key { key: Qt.Key_Q; text: "q" }
        Key { key: Qt.Key_S; text: "s" }
        Key { key: Qt.Key_D; text: "d" }
        Key { key: Qt.Key_F; text: "f" }
        Key { key: Qt.Key_G; text: "g" }
        Key { key: Qt.Key_H; text: "h" }
        Key { key: Qt.Key_J; text: "j" }
        Key { key: Qt.Key_K; text: "k" }
        Key { key: Qt.Key_L; text: "l" }
        Key { key: Qt.Key_M; text: "m" }
        Key { text: "\u00E9" }
    }
    KeyboardRow {
        ShiftKey { weight: 200 }
        Key { key: Qt.Key_W; text: "w" }
        Key { key: Qt.Key_X; text: "x" }
        Key { key: Qt.Key_C; text: "c"; alternativeKeys: "\u00E7" }
        Key { key: Qt.Key_V; text: "v" }
        Key { key: Qt.Key_B; text: "b" }
        Key { key: Qt.Key_N; text: "n"; alternativeKeys: "\u00F1" }
        Key { text: "\u00E0" }
        Key { text: "\u00E7" }
        Key { key: Qt.Key_Apostrophe; text: "\u2019"; alternativeKeys: "'\"" }
        BackspaceKey { weight: 200 }
    }
    Foot { }
}
