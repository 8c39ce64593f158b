// SPDX-License-Identifier: GPL-3.0-or-later
// English: QWERTY; accents by a long press.
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components
import "../parts"

KeyboardLayout {
    inputMode: InputEngine.InputMode.Latin
    keyWeight: 160

    KeyboardRow {
        Key { key: Qt.Key_Q; text: "q" }
        Key { key: Qt.Key_W; text: "w" }
        Key { key: Qt.Key_E; text: "e"; alternativeKeys: "\u00E9\u00E8\u00EA\u00EB" }
        Key { key: Qt.Key_R; text: "r" }
        Key { key: Qt.Key_T; text: "t" }
        Key { key: Qt.Key_Y; text: "y"; alternativeKeys: "\u00FD\u00FF" }
        Key { key: Qt.Key_U; text: "u"; alternativeKeys: "\u00FC\u00F9\u00FA\u00FB" }
        Key { key: Qt.Key_I; text: "i"; alternativeKeys: "\u00ED\u00EC\u00EE\u00EF" }
        Key { key: Qt.Key_O; text: "o"; alternativeKeys: "\u00F6\u00F3\u00F2\u00F4\u00F8\u0153" }
        Key { key: Qt.Key_P; text: "p" }
    }
    KeyboardRow {
        FillerKey { weight: 80 }
        Key { key: Qt.Key_A; text: "a"; alternativeKeys: "\u00E4\u00E1\u00E0\u00E2\u00E5\u00E6" }
        Key { key: Qt.Key_S; text: "s"; alternativeKeys: "\u00DF\u0161" }
        Key { key: Qt.Key_D; text: "d" }
        Key { key: Qt.Key_F; text: "f" }
        Key { key: Qt.Key_G; text: "g" }
        Key { key: Qt.Key_H; text: "h" }
        Key { key: Qt.Key_J; text: "j" }
        Key { key: Qt.Key_K; text: "k" }
        Key { key: Qt.Key_L; text: "l"; alternativeKeys: "\u0142" }
        FillerKey { weight: 80 }
    }
    KeyboardRow {
        ShiftKey { weight: 240 }
        Key { key: Qt.Key_Z; text: "z"; alternativeKeys: "\u017E\u017C" }
        Key { key: Qt.Key_X; text: "x" }
        Key { key: Qt.Key_C; text: "c"; alternativeKeys: "\u00E7\u010D\u0107" }
        Key { key: Qt.Key_V; text: "v" }
        Key { key: Qt.Key_B; text: "b" }
        Key { key: Qt.Key_N; text: "n"; alternativeKeys: "\u00F1\u0144" }
        Key { key: Qt.Key_M; text: "m" }
        BackspaceKey { weight: 240 }
    }
    Foot { }
}
