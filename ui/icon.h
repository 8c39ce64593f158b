// SPDX-License-Identifier: GPL-3.0-or-later
// Icons: our own family, drawn once per size and colour and kept as a pixmap.
#pragma once

#include "ui/style.h"

#include <QPixmap>
#include <QWidget>

#include <span>

namespace facelatch::ui {

enum class Icon {
    Lock,
    LockOpen,
    Tick,
    Wave,
    Warning,
    CameraOff,
    Wrench,
    Info,
    Phone,
    Exit,
    Face,
    Closer,
    StepBack,
    Look,
    Light,
    OnePerson,
    HoldStill,
    Back,
    Backspace,
    Cancel,
    Keypad,
    Search,
    Chevron,
    Minus,
    Plus,
    People,
    Person,
    PersonAdd,
    Calendar,
    Log,
    Sliders,
    Device,
    Edit,
    Trash,
    Camera,
    Usb,
    Download,
    Key,
    Clock,
    Globe,
    Filter,
    Speaker,
    Play,
    Bell,
    Screen,
};

/// Every icon's resource path, in the order of the enum.
std::span<const char* const> iconPaths();
/// The icon as a square of `size` logical pixels in one colour. Reads and draws the SVG: call it when something
/// changes, never per frame. A missing resource is our own bug and gives an empty picture.
QPixmap iconPixmap(Icon icon, int size, const QColor& colour, qreal devicePixelRatio);

/// A square with an icon.
class IconLabel : public QWidget, public Styled {
    Q_OBJECT
public:
    /// `sizeToken` is one of the icon sizes of resources/tokens.h.
    IconLabel(Icon icon, int sizeToken, ColourRole colour, QWidget* parent = nullptr);
    void setIcon(Icon icon);
    void setColour(ColourRole colour);
    Icon icon() const { return m_icon; }
    void restyle(const Style& style) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_icon;
    int m_sizeToken;
    ColourRole m_colour;
    Style m_style;
    QPixmap m_pixmap;
};

} // namespace facelatch::ui
