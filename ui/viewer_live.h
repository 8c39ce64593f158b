// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerLive: what a door's camera sees now, with the faces in it.
#pragma once

#include "ui/viewer_port.h"
#include "ui/visit_picture.h"

namespace facelatch::ui {

/// Asks for pictures only while it is on and seen: hidden or minimised, the door sends none. Gui thread.
class ViewerLive : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit ViewerLive(ViewerPort& port, QWidget* parent = nullptr);
    /// Of another door; it goes off.
    void setDoor(const QString& door);
    void setOn(bool on);
    bool isOn() const { return m_on; }
    /// The door is asked for pictures at this moment.
    bool isWatching() const { return !m_watched.isEmpty(); }
    bool hasPicture() const { return !m_picture.isNull(); }
    void restyle(const Style& style) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void switched(bool on);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void watch();
    void paintFaces(QPainter& painter, const QRectF& shown) const;

    ViewerPort& m_port;
    QString m_door;
    QString m_watched; ///< the door that was asked for pictures
    bool m_on = false;
    QImage m_picture;
    std::vector<LiveFace> m_faces;
    Style m_style;
};

} // namespace facelatch::ui
