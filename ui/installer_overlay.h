// SPDX-License-Identifier: GPL-3.0-or-later
// InstallerOverlay: names, scores, thresholds and times on the live picture, while a door is set up.
#pragma once

#include "core/visitor_view.h"
#include "ui/style.h"

#include <QLocale>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace facelatch::ui {

/// Gui thread. Lies between the picture and the pages, so that an answer is never hidden. Shows nothing, and holds
/// nothing, unless the view has an installer's part.
class InstallerOverlay : public QWidget, public Styled {
    Q_OBJECT
public:
    /// `mirrored`: as the picture below it.
    InstallerOverlay(const QLocale& locale, bool mirrored, QWidget* parent = nullptr);

    void setView(const core::VisitorView& view);
    /// Height at the top that the banner takes.
    void setTop(int top);

    struct Note {
        QRect place; ///< with its margin, widget pixels
        QStringList lines;
    };
    /// What is written now: the door's facts first, then a note a face. For tests too.
    const std::vector<Note>& notes() const { return m_notes; }

    void restyle(const Style& style) override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void layOut();
    QSize sizeOf(const QStringList& lines) const;
    /// Where a note of that size fits beside the face at `box` without covering it, another note or, unless told so,
    /// another face; an invalid rectangle where it does not.
    QRect placeBeside(const QRect& box, QSize size, bool mayCoverOthers) const;
    QRect boxOf(const core::RectF& box) const;

    QLocale m_locale;
    const bool m_mirrored;
    Style m_style;
    int m_top = 0;
    core::Screen m_screen = core::Screen::Idle;
    std::shared_ptr<const core::InstallerView> m_view;
    std::vector<Note> m_notes;
};

} // namespace facelatch::ui
