// SPDX-License-Identifier: GPL-3.0-or-later
// Choices: a switch, one of a few, and a chip.
#pragma once

#include "ui/icon.h"
#include "ui/text_block.h"
#include "ui/touchable.h"

#include <QStringList>

#include <optional>

class QBoxLayout;

namespace facelatch::ui {

/// A switch with its word to the left; the whole row is pressed. isChecked(), toggled() and clicked() are
/// QAbstractButton's: clicked() comes from people alone.
class Toggle : public Touchable {
    Q_OBJECT
public:
    /// An empty text leaves the switch alone; give it a setAccessibleName() then.
    explicit Toggle(const QString& text = {}, QWidget* parent = nullptr);
    FittedText fitted() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int textWidth() const;
};

/// One of two to five short options, side by side; where they do not fit, one below the other.
class Segments : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit Segments(const QStringList& options, QWidget* parent = nullptr);
    void setOptions(const QStringList& options);
    int count() const;
    /// -1: none yet.
    int current() const { return m_current; }
    /// Says nothing; chosen() comes from people alone.
    void setCurrent(int index);
    void setOptionEnabled(int index, bool enabled);
    /// One of them, and its words as they stand on it now.
    const QAbstractButton* option(int index) const;
    FittedText fitted(int index) const;
    void restyle(const Style& style) override;

Q_SIGNALS:
    void chosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Part;
    void arrange();

    QBoxLayout* m_row;
    QList<Part*> m_parts;
    int m_current = -1;
    Style m_style;
};

/// What a chip says by its colour, always beside a word.
enum class Tone { Neutral, Good, Attention, Alarm, Accent };

/// A few words in a pill: a state (not to be pressed) or, after makeFilter(), something that is on or off.
class Chip : public Touchable {
    Q_OBJECT
public:
    Chip(const QString& text, Tone tone, QWidget* parent = nullptr);
    void makeFilter();
    void setTone(Tone tone);
    void setSymbol(std::optional<Icon> symbol);
    Tone tone() const { return m_tone; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void restyled() override { m_picture = {}; }
    void checkStateSet() override;
    void nextCheckState() override;

private:
    bool pressable() const { return isCheckable(); }
    ColourRole ink() const;

    Tone m_tone;
    std::optional<Icon> m_symbol;
    QPixmap m_picture;
};

} // namespace facelatch::ui
