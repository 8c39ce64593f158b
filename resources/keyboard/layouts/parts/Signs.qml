// SPDX-License-Identifier: GPL-3.0-or-later
// Digits and signs; rarer ones by a long press.
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components

KeyboardLayout {
    inputMode: InputEngine.InputMode.Latin
    keyWeight: 160

    KeyboardRow {
        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]
            Key { text: modelData; key: modelData.charCodeAt(0) }
        }
    }
    KeyboardRow {
        Key { text: "@"; key: Qt.Key_At }
        Key { text: "#"; key: Qt.Key_NumberSign }
        Key { text: "%"; key: Qt.Key_Percent }
        Key { text: "&"; key: Qt.Key_Ampersand }
        Key { text: "*"; key: Qt.Key_Asterisk }
        Key { text: "-"; key: Qt.Key_Minus; alternativeKeys: "_\u2013" }
        Key { text: "+"; key: Qt.Key_Plus; alternativeKeys: "=\u00B1" }
        Key { text: "("; key: Qt.Key_ParenLeft; alternativeKeys: "[{<" }
        Key { text: ")"; key: Qt.Key_ParenRight; alternativeKeys: "]}>" }
        Key { text: "/"; key: Qt.Key_Slash; alternativeKeys: "\\|" }
    }
    KeyboardRow {
        Key { text: "\u20AC"; alternativeKeys: "$\u00A3" }
        Key { text: "_"; key: Qt.Key_Underscore }
        Key { text: "="; key: Qt.Key_Equal }
        Key { text: ":"; key: Qt.Key_Colon }
        Key { text: ";"; key: Qt.Key_Semicolon }
        Key { text: "!"; key: Qt.Key_Exclam }
        Key { text: "?"; key: Qt.Key_Question }
        Key { text: "'"; key: Qt.Key_Apostrophe; alternativeKeys: "\u2019\"`^~" }
        BackspaceKey { weight: 320 }
    }
    Foot { }
}
