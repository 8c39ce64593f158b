// SPDX-License-Identifier: GPL-3.0-or-later
// EnrolStage: the live picture with the oval, what to do now, and the five dots.
#pragma once

#include "core/enrolment_view.h"
#include "core/latest_frame.h"
#include "core/time.h"
#include "ui/style.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QVBoxLayout;

namespace facelatch::ui {

class EnrolDots;
class Panel;
class TextBlock;
class Viewfinder;

/// Gui thread; looks for frames only while it is shown.
class EnrolStage : public QWidget, public Styled {
    Q_OBJECT
public:
    EnrolStage(core::LatestFrame& frames, std::function<core::Now()> clock, bool mirrored, QWidget* parent = nullptr);
    void present(const core::EnrolmentView& view);
    /// The picture of a view, or a null one; it flies from the oval into its dot.
    void setPicture(int index, const QPixmap& picture);
    EnrolDots* dots() const { return m_dots; }
    void restyle(const Style& style) override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void sayHint(core::EnrolHint hint, bool starting);

    std::function<core::Now()> m_clock;
    Viewfinder* m_finder;
    Panel* m_head;
    Panel* m_foot;
    TextBlock* m_step;
    TextBlock* m_hint;
    EnrolDots* m_dots;
    QVBoxLayout* m_column;
    QTimer m_timer;
    std::optional<core::EnrolHint> m_shown;
    core::MonoTime m_since{};
};

} // namespace facelatch::ui
