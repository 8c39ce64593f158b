// SPDX-License-Identifier: GPL-3.0-or-later
// LiveWorker: the live thread. Makes JPEGs of the camera's newest picture for viewers, only while somebody looks.
#pragma once

#include "app/inbox.h"
#include "core/latest_frame.h"
#include "core/visitor_view.h"

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace facelatch::app {

struct LiveContext {
    core::LatestFrame& frames; ///< polled: neither the camera nor recognition waits for a viewer
    Latest<core::VisitorView>& view;
    /// Called in the live thread; must not block. The header is the protocol's, without `n`.
    std::function<void(QJsonObject header, QByteArray jpeg)> made;
    std::function<core::Now()> now;
};

/// Lives, and is called, in the live thread only.
class LiveWorker : public QObject {
    Q_OBJECT
public:
    explicit LiveWorker(LiveContext context);

    /// The largest width and the highest rate somebody wants; 0, 0: nobody looks.
    void want(int width, int fps);
    /// The newest picture, once, at that width; empty when there is none of the last seconds.
    QByteArray picture(int width) const;

private:
    void next();

    LiveContext m_context;
    QTimer m_timer;
    int m_width = 0;
    std::uint64_t m_seen = 0;
};

/// The boxes of the faces in a picture of another size than the camera's: without names, as everything before a grant.
QJsonArray faceBoxes(const core::VisitorView& view, int width, int height);

} // namespace facelatch::app
