// SPDX-License-Identifier: GPL-3.0-or-later
// AdminPort: what the admin's screens ask, and whoever answers.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QObject>
#include <QString>

#include <functional>

namespace facelatch::ui {

/// The screens speak the commands of facelatch-ctl; who is signed in, what they may do and which thread owns the answer
/// is the port's affair. Gui thread.
class AdminPort : public QObject {
    Q_OBJECT
public:
    using Reply = std::function<void(const core::Result<QJsonObject>&)>;

    using QObject::QObject;
    ~AdminPort() override;

    /// Asks for `command`. Returns at once; `reply` is called once, later, in the gui thread, and never when `asker` is
    /// gone by then. An empty function where nobody wants the answer.
    virtual void ask(const QString& command, const QJsonObject& args, QObject* asker, Reply reply) = 0;

Q_SIGNALS:
    /// "people", "access", "settings", "admins", "viewers", "pairing" or "log" changed, whoever changed it: read it
    /// again.
    void changed(const QString& what);
    /// The session ended: its time is over, or the admin was removed.
    void signedOut();
};

} // namespace facelatch::ui
