// SPDX-License-Identifier: GPL-3.0-or-later
// ScriptedPort: an AdminPort whose answers a test sets, and that remembers what was asked.
#pragma once

#include "ui/admin_port.h"

#include <QPointer>

#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace facelatch::test {

/// Answers come from the event loop, as in the product, never from within ask(). A command without an answer waits
/// until the test gives one: so a test sees the screen that waits.
class ScriptedPort : public ui::AdminPort {
public:
    struct Asked {
        QString command;
        QJsonObject args;
    };
    using Answerer = std::function<core::Result<QJsonObject>(const QJsonObject& args)>;

    using AdminPort::AdminPort;

    /// The answer to `command` from now on; whoever waits for it gets it, too.
    void answer(const QString& command, const QJsonObject& value) {
        answerBy(command, [value](const QJsonObject&) { return core::Result<QJsonObject>(value); });
    }
    void refuse(const QString& command, const core::Error& error) {
        answerBy(command, [error](const QJsonObject&) { return core::Result<QJsonObject>(error); });
    }
    void answerBy(const QString& command, Answerer answerer) {
        m_answers[command] = std::move(answerer);
        for (const Waiting& waiting : std::exchange(m_waiting, {}))
            deliver(waiting);
    }
    /// From now on `command` waits again.
    void holdBack(const QString& command) { m_answers.erase(command); }

    const std::vector<Asked>& asked() const { return m_asked; }
    int count(const QString& command) const {
        int found = 0;
        for (const Asked& each : m_asked)
            found += each.command == command ? 1 : 0;
        return found;
    }
    /// The arguments with which `command` was asked last; empty if it never was.
    QJsonObject last(const QString& command) const {
        QJsonObject args;
        for (const Asked& each : m_asked)
            if (each.command == command)
                args = each.args;
        return args;
    }
    void forget() { m_asked.clear(); }

    void ask(const QString& command, const QJsonObject& args, QObject* asker, Reply reply) override {
        m_asked.push_back({command, args});
        deliver({command, args, asker, std::move(reply)});
    }

private:
    struct Waiting {
        QString command;
        QJsonObject args;
        QPointer<QObject> asker;
        Reply reply;
    };

    void deliver(const Waiting& waiting) {
        const auto answerer = m_answers.find(waiting.command);
        if (answerer == m_answers.end()) {
            m_waiting.push_back(waiting);
            return;
        }
        const core::Result<QJsonObject> result = answerer->second(waiting.args);
        if (!waiting.asker || !waiting.reply)
            return;
        QMetaObject::invokeMethod(
            waiting.asker, [reply = waiting.reply, result] { reply(result); }, Qt::QueuedConnection);
    }

    std::map<QString, Answerer> m_answers;
    std::vector<Waiting> m_waiting;
    std::vector<Asked> m_asked;
};

} // namespace facelatch::test
