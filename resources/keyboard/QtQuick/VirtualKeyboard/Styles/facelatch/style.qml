// SPDX-License-Identifier: GPL-3.0-or-later
// The keyboard in the door's colours; sizes and colours come from the tokens by way of `dress`.
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Styles

KeyboardStyle {
    id: style

    component Key: KeyPanel {
        id: key
        property string sign: control ? control.displayText : ""
        property string small: ""
        property bool letter: false
        property color face: dress.key
        property color ink: dress.text
        property int size: dress.font

        Rectangle {
            anchors.fill: parent
            anchors.margins: dress.gap / 2
            radius: dress.corner
            color: key.control && key.control.pressed ? dress.accent : key.face
            opacity: key.control && !key.control.enabled ? dress.disabled : 1

            Text {
                anchors.centerIn: parent
                text: key.sign
                color: key.control && key.control.pressed ? dress.onAccent : key.ink
                font.family: dress.family
                font.pixelSize: key.size
                font.capitalization: key.letter && key.control && key.control.uppercased ? Font.AllUppercase : Font.MixedCase
            }
            Text {
                anchors { right: parent.right; top: parent.top; rightMargin: dress.gap; topMargin: dress.gap / 4 }
                text: key.small
                color: dress.muted
                font.family: dress.family
                font.pixelSize: dress.smallFont
            }
        }
    }

    keyboardDesignWidth: dress.width
    keyboardDesignHeight: dress.height
    keyboardRelativeLeftMargin: dress.gap / dress.width
    keyboardRelativeRightMargin: dress.gap / dress.width
    keyboardRelativeTopMargin: dress.gap / dress.height
    keyboardRelativeBottomMargin: dress.gap / dress.height

    keyboardBackground: Rectangle { color: dress.background }

    keyPanel: Key { letter: true; small: control && control.smallTextVisible ? control.smallText : "" }
    backspaceKeyPanel: Key { sign: "\u232B"; face: dress.side }
    languageKeyPanel: Key { face: dress.side; size: dress.smallFont }
    enterKeyPanel: Key { sign: "\u23CE"; face: dress.side }
    hideKeyPanel: Key { sign: "\u25BE"; face: dress.side }
    shiftKeyPanel: Key {
        sign: InputContext.capsLockActive ? "\u21EA" : "\u21E7"
        face: InputContext.uppercase ? dress.accent : dress.side
        ink: InputContext.uppercase ? dress.onAccent : dress.text
    }
    spaceKeyPanel: Key { sign: "" }
    symbolKeyPanel: Key { face: dress.side; size: dress.smallFont }
    modeKeyPanel: Key { face: dress.side; size: dress.smallFont }
    handwritingKeyPanel: Key { sign: ""; face: dress.side }

    characterPreviewMargin: 0
    characterPreviewDelegate: Item {
        property string text
        Rectangle {
            anchors.fill: parent
            radius: dress.corner
            color: dress.accent
            Text {
                anchors.centerIn: parent
                text: parent.parent.text
                color: dress.onAccent
                font.family: dress.family
                font.pixelSize: dress.largeFont
            }
        }
    }

    alternateKeysListItemWidth: dress.item
    alternateKeysListItemHeight: dress.item
    alternateKeysListDelegate: Item {
        width: style.alternateKeysListItemWidth
        height: style.alternateKeysListItemHeight
        Text {
            anchors.centerIn: parent
            text: model.text
            color: parent.ListView.isCurrentItem ? dress.onAccent : dress.text
            font.family: dress.family
            font.pixelSize: dress.font
        }
    }
    alternateKeysListHighlight: Rectangle { color: dress.accent; radius: dress.corner }
    alternateKeysListBackground: Rectangle { color: dress.side; radius: dress.corner }

    selectionListHeight: dress.item
    selectionListDelegate: SelectionListItem {
        width: word.width + 2 * dress.gap
        Text {
            id: word
            anchors.verticalCenter: parent.verticalCenter
            text: display
            color: dress.text
            font.family: dress.family
            font.pixelSize: dress.font
        }
    }
    selectionListBackground: Rectangle { color: dress.background }
    selectionListHighlight: Rectangle { color: dress.accent }

    languagePopupListEnabled: false
    languageListDelegate: SelectionListItem { }
    languageListBackground: Rectangle { color: dress.side }
    languageListHighlight: Rectangle { color: dress.accent }
    functionPopupListDelegate: Item { }
    functionPopupListBackground: Rectangle { color: dress.side }
    functionPopupListHighlight: Rectangle { color: dress.accent }
    popupListDelegate: SelectionListItem { }
    popupListBackground: Rectangle { color: dress.side }
    popupListHighlight: Rectangle { color: dress.accent }
    navigationHighlight: Rectangle { color: "transparent"; border.color: dress.accent }
    traceInputKeyPanelDelegate: null
    traceCanvasDelegate: null
    selectionHandle: Rectangle { width: dress.gap * 2; height: width; radius: width / 2; color: dress.accent }
    fullScreenInputBackground: Rectangle { color: dress.background }
    fullScreenInputColor: dress.text
}
