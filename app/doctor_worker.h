// SPDX-License-Identifier: GPL-3.0-or-later
// DoctorWorker: the doctor thread of a running door. Asks the other threads how they are, and looks at the rest.
#pragma once

#include "app/command_line.h"
#include "app/doctor.h"
#include "app/inbox.h"
#include "app/storage_worker.h"
#include "core/latest_frame.h"
#include "core/visitor_view.h"

#include <QObject>

#include <functional>
#include <vector>

namespace facelatch::app {

struct DoctorContext {
    LoadedSettings loaded;
    core::LatestFrame& frames;
    Latest<core::VisitorView>& view;
    /// Each posts into its thread and returns at once; that thread calls what it was given.
    std::function<void(std::function<void()>)> askCapture, askVision;
    std::function<void(std::function<void(core::LockFacts)>)> askDoor;
    std::function<void(std::function<void(core::LogFacts)>)> askStorage;
    std::function<void(std::function<void(core::PushFacts)>)> askPush;
    /// Where the time of recognition goes for a moment.
    std::function<void(std::function<void(std::vector<core::StageTimes>)>)> askTimes;
    /// Called in the doctor thread; must not block.
    std::function<void(std::vector<core::CheckLine>)> examined;
    /// False once the program ends: then nothing is waited for any more. Any thread.
    std::function<bool()> running;
};

/// Lives, and is called, in the doctor thread only; waits for seconds, which no other thread notices.
class DoctorWorker : public QObject {
    Q_OBJECT
public:
    explicit DoctorWorker(DoctorContext context);

    /// What only this process knows, for facelatch-ctl.
    void tellLive(const CommandReply& reply);
    /// system.info and system.check of app/system_info.h.
    void tellInfo(const CommandReply& reply);
    void tellCheck(const CommandReply& reply);
    /// All checks, for the screen.
    void examine();

private:
    LiveFacts live();

    DoctorContext m_context;
};

} // namespace facelatch::app
