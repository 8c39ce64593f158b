// SPDX-License-Identifier: GPL-3.0-or-later
// WorkerThread: a named QThread that constructs, uses and destroys its worker inside itself, then joins.
#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QObject>
#include <QThread>

#include <functional>
#include <future>
#include <memory>

namespace facelatch::app {

/// Worker is any class; it lives in the thread's event loop. Owned by the composition root, destroyed in reverse order.
template<typename Worker>
class WorkerThread {
public:
    /// `make` runs in the new thread. Returns when the worker is made, so that work may be posted to it at once.
    WorkerThread(const QString& name, std::function<std::unique_ptr<Worker>()> make) {
        m_thread.setObjectName(name);
        m_context.moveToThread(&m_thread);
        m_thread.start();
        std::promise<void> made;
        QMetaObject::invokeMethod(&m_context, [&] {
            m_worker = make();
            made.set_value();
        });
        made.get_future().wait();
    }
    ~WorkerThread() { stop(); }
    WorkerThread(const WorkerThread&) = delete;
    WorkerThread& operator=(const WorkerThread&) = delete;

    /// Queues `work(worker)` into the thread. Any thread. Dropped when the thread has stopped.
    template<typename Work>
    void post(Work work) {
        QMetaObject::invokeMethod(&m_context, [this, work = std::move(work)]() mutable {
            if (m_worker)
                work(*m_worker);
        });
    }

    /// Finishes what was posted before, destroys the worker in its thread, and joins.
    void stop() {
        if (!m_thread.isRunning())
            return;
        QMetaObject::invokeMethod(&m_context, [this] {
            m_worker.reset();
            m_context.moveToThread(QCoreApplication::instance()->thread());
            m_thread.quit();
        });
        m_thread.wait();
    }

private:
    QThread m_thread;
    QObject m_context; ///< receives what is posted, in the thread
    std::unique_ptr<Worker> m_worker;
};

} // namespace facelatch::app
