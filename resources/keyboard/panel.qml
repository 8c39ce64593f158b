// SPDX-License-Identifier: GPL-3.0-or-later
// The keyboard at the foot of the admin's screens. `dress` is set by ui/keyboard_panel.cpp.
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings

Rectangle {
    color: dress.background

    InputPanel {
        objectName: "inputPanel"
        width: parent.width
    }

    // Layouts are loaded in their own time; a keyboard that was touched before would never learn what its keys do.
    // No word list either: what is typed here are names.
    Timer {
        interval: 50
        repeat: true
        running: !InputContext.inputEngine.inputMethod
        onTriggered: {
            VirtualKeyboardSettings.defaultInputMethodDisabled = false
            VirtualKeyboardSettings.defaultInputMethodDisabled = true
        }
    }

    Component.onCompleted: {
        VirtualKeyboardSettings.layoutPath = "qrc:/facelatch/keyboard/layouts"
        VirtualKeyboardSettings.styleName = "facelatch"
        VirtualKeyboardSettings.activeLocales = ["en_GB", "fr_FR"]
        VirtualKeyboardSettings.locale = dress.locale
        VirtualKeyboardSettings.wordCandidateList.alwaysVisible = false
        VirtualKeyboardSettings.fullScreenMode = false
        VirtualKeyboardSettings.defaultInputMethodDisabled = true
    }
}
