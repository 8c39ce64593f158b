// SPDX-License-Identifier: GPL-3.0-or-later
// LogList: the rows of a LogModel as a list that is moved by a finger; only those in view are drawn.
#pragma once

#include "core/time.h"
#include "ui/icon.h"
#include "ui/log_model.h"
#include "ui/style.h"

#include <QAbstractScrollArea>
#include <QCache>
#include <QLocale>
#include <QPixmap>
#include <QStringList>

#include <functional>
#include <map>

class QPainter;

namespace facelatch::ui {

/// All rows are equally high, so a list of a million rows costs what is in view. Pictures are asked for when their row
/// is seen, two at a time. When rows come on top while one reads further down, what is read stays where it is. Gui
/// thread.
class LogList : public QAbstractScrollArea, public Styled {
    Q_OBJECT
public:
    struct Source {
        AdminPort& port;
        std::function<core::Now()> clock;
        QLocale locale;
    };
    LogList(LogModel& model, const Source& source, QWidget* parent = nullptr);

    int rowHeight() const;
    /// Rows that are in view, the first and the last; -1 for none.
    std::pair<int, int> inView() const;
    /// What the row says, as drawn: for assistive programs and tests.
    QString textOf(int row) const;
    void restyle(const Style& style) override;

Q_SIGNALS:
    void chosen(int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int rowAt(QPoint place) const;
    void measure();
    void moved();
    void paintRow(QPainter& painter, int row, const QRect& place);
    void paintVisit(QPainter& painter, const LogRow& row, const QRect& place);
    void paintChange(QPainter& painter, const LogRow& row, const QRect& place);
    /// Where the words end; the rest is the chip's.
    int paintChip(QPainter& painter, const LogRow& row, const QRect& place);
    void paintThumbnail(QPainter& painter, const LogRow& row, const QRect& place);
    const QPixmap& icon(Icon icon, ColourRole colour);
    QString timeOf(const LogRow& row) const;
    QDate today() const;
    void wantPicture(const QString& name);
    void askPictures();

    LogModel& m_model;
    Source m_source;
    Style m_style;
    int m_pressed = -1, m_current = -1;
    QPoint m_pressedAt;
    bool m_ring = false;
    QCache<QString, QPixmap> m_pictures; ///< null pixmaps for those that are gone
    QStringList m_wanted;                ///< the newest last
    int m_awaited = 0;
    std::map<Icon, QPixmap> m_icons;
};

} // namespace facelatch::ui
