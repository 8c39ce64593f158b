// SPDX-License-Identifier: GPL-3.0-or-later
// The last row of every layout: other signs, the other language, space, away with the keyboard, enter.
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components

KeyboardRow {
    SymbolModeKey { weight: 200; displayText: keyboard.symbolMode ? "ABC" : "&123" }
    ChangeLanguageKey { weight: 140; displayText: dress.locales[keyboard.locale] || "" }
    Key { key: Qt.Key_Comma; text: ","; alternativeKeys: ";:" }
    SpaceKey { weight: 480 }
    Key { key: Qt.Key_Period; text: "."; alternativeKeys: "!?\u2026" }
    HideKeyboardKey { weight: 160 }
    EnterKey { weight: 200 }
}
