// SPDX-License-Identifier: GPL-3.0-or-later
// Undoing by commands.
#include "ui/access_undo.h"

namespace facelatch::ui {

namespace {

void runNext(AdminPort& port, QList<QPair<QString, QJsonObject>> commands) {
    if (commands.isEmpty())
        return;
    const auto [command, args] = commands.takeFirst();
    port.ask(command, args, &port, [&port, commands](const core::Result<QJsonObject>& answer) {
        if (answer)
            runNext(port, commands);
    });
}

} // namespace

std::function<void()> undoBy(AdminPort& port, QList<QPair<QString, QJsonObject>> commands) {
    return [&port, commands = std::move(commands)] { runNext(port, commands); };
}

QString freeName(const QStringList& taken, const QString& pattern) {
    for (int i = 1;; ++i)
        if (const QString name = pattern.arg(i); !taken.contains(name, Qt::CaseInsensitive))
            return name;
}

} // namespace facelatch::ui
