// SPDX-License-Identifier: GPL-3.0-or-later
// What a viewer is told by itself: events by cursor and credit, frames by credit, state, rings.
#include "network/json_reader.h"
#include "network/push_hub.h"
#include "network/push_session.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace facelatch::network {

using core::MonoTime;
using core::Result;

namespace {

constexpr std::size_t framesAhead = 2;
constexpr qint64 stateUntaken = 64 * 1024; // whoever has not taken so much hears of the state later
constexpr std::chrono::seconds retryTime{1};

} // namespace

void PushSession::take(const PushFollow& message) {
    if (!may("read_log"))
        return close(PushNotLoggedIn, "this viewer may not read the log");
    m_follow = message;
    m_fetching = m_told = false; // what comes of an earlier question is of no use any longer
    m_batches.clear();
    pump();
}

void PushSession::take(const SeenMessage& message) {
    if (!m_follow || m_follow->logId != message.logId)
        return;
    while (!m_batches.empty() && m_batches.front() <= message.seq)
        m_batches.pop_front();
    pump();
}

/// Asks for what comes next, if there is something, it is wanted and there is credit for it.
void PushSession::pump() {
    if (!loggedIn() || !m_follow || m_fetching)
        return;
    if (m_batches.size() >= static_cast<std::size_t>(m_hub.limits().batches))
        return;
    m_retry = {};
    const bool behind = m_follow->logId != m_hub.logId() || m_follow->after < m_hub.lastSeq();
    if (m_told && !behind)
        return;
    m_fetching = true;
    m_hub.fetch(*this, *m_follow);
}

void PushSession::takeEvents(const PushFollow& asked, const Result<PushEvents>& batch, const QString& text) {
    if (!loggedIn() || !m_fetching || m_follow != asked)
        return;
    m_fetching = false;
    if (!batch) {
        m_retry = m_hub.now() + retryTime;
        return;
    }
    const bool restart = batch->restart;
    if (restart)
        m_batches.clear(); // of the other log
    const bool nothing = batch->events.isEmpty();
    const bool jumps = restart || asked.newest.has_value(); // it is the log's end then, wherever the viewer stood
    const std::int64_t end = jumps ? batch->lastSeq : std::max(asked.after, batch->lastSeq);
    m_follow = PushFollow{batch->logId, nothing ? end : seqOf(batch->events.last().toObject()), std::nullopt};
    if (!nothing)
        m_batches.push_back(m_follow->after);
    if (!nothing || restart || !m_told)
        takeText(text);
    m_told = true;
    if (nothing)
        m_retry = m_hub.now() + retryTime; // the log may be a moment behind what was announced
    else
        pump();
}

void PushSession::takeProvisional(const QString& text) {
    if (m_follow && m_batches.size() < static_cast<std::size_t>(m_hub.limits().batches))
        takeText(text); // who is behind gets it with its number
}

void PushSession::takeState(const QString& text) {
    m_stateWaits = backlog() > stateUntaken;
    if (!m_stateWaits)
        takeText(text);
}

void PushSession::takeRights(const PushViewer& viewer) {
    const core::Principal &old = m_viewer.principal, &now = viewer.principal;
    const bool changed = old.name != now.name || old.role != now.role || m_viewer.may != viewer.may;
    m_viewer = viewer;
    if (!changed)
        return;
    send(DoorRights{QString::fromUtf8(core::roleCode(now.role).data()), QString::fromStdString(now.name), viewer.may});
    if (m_live.on && !may("view_live"))
        take(LiveMessage{});
    if (!may("read_log"))
        m_follow.reset();
}

void PushSession::take(const LiveMessage& message) {
    if (message.on && !may("view_live"))
        return close(PushNotLoggedIn, "this viewer may not look");
    m_live = message;
    if (!message.on) {
        m_frames.clear();
        m_frameWaits.reset();
    }
    m_hub.liveChanged();
}

void PushSession::takeFrame(const std::shared_ptr<const PushFrame>& frame, MonoTime now) {
    if (!m_live.on)
        return;
    // A little early counts as in time, or every second frame of the very rate asked for would be left out.
    constexpr double early = 0.9;
    const std::chrono::duration<double> gone = now - m_lastFrameAt;
    if (gone.count() < early / m_live.fps)
        return;
    if (m_frames.size() < framesAhead)
        sendFrame(frame, now);
    else
        m_frameWaits = frame;
}

void PushSession::sendFrame(const std::shared_ptr<const PushFrame>& frame, MonoTime now) {
    m_frames.push_back({frame->n, now});
    m_lastFrame = frame->n;
    m_lastFrameAt = now;
    sendBinary(frame->message);
}

void PushSession::take(const FrameSeenMessage& message) {
    while (!m_frames.empty() && m_frames.front().n <= message.n)
        m_frames.pop_front();
    if (m_frames.size() < framesAhead && m_frameWaits)
        sendFrame(std::exchange(m_frameWaits, nullptr), m_hub.now());
}

void PushSession::checkLive(MonoTime now) {
    if (!m_frames.empty() && now - m_frames.front().at > m_hub.limits().frameSeen)
        close(PushTooLate, "no frame was acknowledged in time");
}

void PushSession::takeRing(const QString& text, const QByteArray& picture) {
    takeText(text);
    if (!picture.isEmpty() && may("view_live") && backlog() < stateUntaken)
        sendBinary(picture);
}

} // namespace facelatch::network
