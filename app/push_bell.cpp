// SPDX-License-Identifier: GPL-3.0-or-later
// The doorbell among the viewers.
#include "app/clock.h"
#include "app/push_worker.h"

#include <algorithm>
#include <utility>

namespace facelatch::app {

namespace {

constexpr core::milliseconds noteEvery{5000};
/// Of rings while nothing can be written: somebody pressed for ten minutes on end.
constexpr std::size_t mostNotes = 100;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

void PushWorker::press(const CommandReply& reply) {
    const core::Now at = m_context.now();
    const core::Uuid7 id = newUuid(at.wall);
    if (m_bell.press(id, at.mono)) {
        tellBell();
        m_context.picture([id, inPush = m_context.inPush](const QByteArray& jpeg) {
            inPush([id, jpeg](PushWorker& self) { self.ring(id, jpeg); });
        });
    }
    reply(m_bell.json(at.mono));
}

void PushWorker::ring(const core::Uuid7& id, const QByteArray& jpeg) {
    if (!m_server || !m_bell.ringing() || m_bell.ring() != id)
        return;
    const core::WallTime at = m_context.now().wall;
    m_server->ring({{QStringLiteral("id"), text(id.text())},
                    {QStringLiteral("time"), text(core::rfc3339Utc(at))},
                    {QStringLiteral("local"), text(core::isoLocal(toLocal(at)))},
                    {QStringLiteral("picture"), !jpeg.isEmpty()}},
                   jpeg);
}

void PushWorker::answered(const network::PushViewer& by, const core::Uuid7& ring) {
    const core::Principal* known = viewer(by.principal.id);
    if (known == nullptr || !m_bell.answer(ring, text(known->name)))
        return;
    noteBell("doorbell.answered", known->name);
    ringOver();
}

void PushWorker::ringOver() {
    const bool unanswered = m_bell.state().stage == BellState::Stage::Unanswered;
    if (unanswered)
        noteBell("doorbell.unanswered", m_context.settings.text("door.name"));
    if (m_server)
        m_server->ringOver({{QStringLiteral("id"), text(m_bell.ring().text())},
                            {QStringLiteral("answered_by"), unanswered ? QJsonValue() : QJsonValue(m_bell.state().by)},
                            {QStringLiteral("unanswered"), unanswered}});
    tellBell();
}

void PushWorker::noteBell(const std::string& action, const std::string& by) {
    if (m_notes.size() == mostNotes)
        m_notes.pop_front();
    m_notes.push_back({action, by, m_context.now().wall});
    noteWaiting();
}

/// Storage may be away for a while: what rang is told at once and written when it can be.
void PushWorker::noteWaiting() {
    if (m_notes.empty() || std::exchange(m_noting, true))
        return;
    m_noteAgain = m_context.now().mono + noteEvery;
    m_context.withStore([notes = m_notes, inPush = m_context.inPush](const core::Result<storage::Store*>& store) {
        std::size_t done = 0;
        for (const Note& note : notes) {
            if (!store || !(*store)->noteAction({note.action, {}, {}, {}, {}, {}}, {note.by, note.when}))
                break;
            ++done;
        }
        inPush([done](PushWorker& self) {
            self.m_noting = false;
            self.m_notes.erase(self.m_notes.begin(),
                               self.m_notes.begin() + static_cast<std::ptrdiff_t>(std::min(done, self.m_notes.size())));
            if (done > 0)
                self.noteWaiting(); // of rings since
        });
    });
}

void PushWorker::tellBell() {
    if (m_told == m_bell.state())
        return;
    m_told = m_bell.state();
    m_context.bell(*m_told);
}

} // namespace facelatch::app
