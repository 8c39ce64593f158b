// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerList: the timeline as a list for mouse and keys; only the rows in view are drawn.
#pragma once

#include "ui/icon.h"
#include "ui/viewer_timeline.h"

#include <QAbstractScrollArea>
#include <QCache>
#include <QLocale>
#include <QPixmap>

#include <functional>
#include <map>

class QPainter;

namespace facelatch::ui {

/// All rows are equally high, so a list of 100,000 rows costs what is in view. Pictures are asked for when their row
/// is seen, two at a time. The row that is current stays so, and what is read stays where it is, when rows come on top.
/// Gui thread.
class ViewerList : public QAbstractScrollArea, public Styled {
    Q_OBJECT
public:
    struct Source {
        ViewerPort& port;
        std::function<core::WallTime()> clock;
        QLocale locale;
    };
    ViewerList(ViewerTimeline& model, const Source& source, QWidget* parent = nullptr);

    int rowHeight() const;
    /// Rows that are in view, the first and the last; -1 for none.
    std::pair<int, int> inView() const;
    /// What the row says, as drawn: for assistive programs and tests.
    QString textOf(int row) const;
    int current() const { return m_current; }
    /// Scrolls there; -1 for none. Headings are passed over.
    void setCurrent(int row);
    /// Each row says at which door it was.
    void setShowsDoor(bool shows);
    void restyle(const Style& style) override;

Q_SIGNALS:
    /// Another visit is current, or none (-1).
    void currentChanged(int row);
    /// Return, or a double click.
    void activated(int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int rowAt(QPoint place) const;
    int visitNear(int row, int step) const;
    void measure();
    void moved();
    void keepCurrent();
    void paintRow(QPainter& painter, int row, const QRect& place);
    void paintVisit(QPainter& painter, const ViewerVisit& visit, const QRect& place);
    int paintChip(QPainter& painter, const ViewerVisit& visit, const QRect& place);
    void paintThumbnail(QPainter& painter, const ViewerVisit& visit, const QRect& place);
    const QPixmap& icon(Icon icon, ColourRole colour);
    QString timeOf(const ViewerVisit& visit) const;
    QString doorName(const QString& id) const;
    QDate today() const;
    void askPictures();

    using PictureKey = std::pair<QString, QString>; ///< door, snapshot
    ViewerTimeline& m_model;
    Source m_source;
    Style m_style;
    int m_current = -1;
    std::optional<std::pair<QString, core::Uuid7>> m_chosen; ///< the visit that is current
    bool m_showsDoor = false;
    mutable std::map<QString, QString> m_names; ///< of the doors, as they are drawn
    QCache<PictureKey, QPixmap> m_pictures;     ///< null pixmaps for those that are gone
    QList<PictureKey> m_wanted;                 ///< the newest last
    QSet<PictureKey> m_missed;                  ///< could not be had while their door was away
    int m_awaited = 0;
    std::map<Icon, QPixmap> m_icons;
};

} // namespace facelatch::ui
