// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerDetail: one visit: its picture, what came of it and why, every event of it.
#pragma once

#include "ui/choices.h"
#include "ui/scroll_area.h"
#include "ui/viewer_port.h"
#include "ui/visit_picture.h"

#include <QLocale>

class QBoxLayout;

namespace facelatch::ui {

/// Gui thread.
class ViewerDetail : public QWidget, public Styled {
    Q_OBJECT
public:
    ViewerDetail(ViewerPort& port, const QLocale& locale, QWidget* parent = nullptr);
    /// Nothing: none is chosen. The same visit again keeps its picture and reads the rest anew.
    void show(const std::optional<ViewerVisit>& visit);
    void setPictureVisible(bool visible);
    void restyle(const Style& style) override;

private:
    void askPicture();
    void askEvents();
    void showSummary();
    void showEvents(const VisitEvents& found);
    TextBlock* addLine(const char* name, const QString& text, bool bold, ColourRole colour);
    bool sameVisit(const QString& door, const core::Uuid7& visit) const;
    QString likenessOf(const core::Event& event, const VisitEvents& found) const;

    ViewerPort& m_port;
    QLocale m_locale;
    std::optional<ViewerVisit> m_visit;
    std::optional<VisitEvents> m_found;
    QString m_pictureName; ///< of the picture that is shown or asked for
    QBoxLayout* m_column;
    VisitPicture* m_picture;
    ScrollArea* m_scroll;
    TextBlock* m_nothing;
    Style m_style;
};

} // namespace facelatch::ui
