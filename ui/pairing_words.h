// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the page of viewers, and of pairing one.
#pragma once

#include <QCoreApplication>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct PairingWords {
    Q_DECLARE_TR_FUNCTIONS(PairingWords)
public:
    static QString title();
    static QString titleLine();
    static QString none();
    static QString noneLine();
    static QString pair();
    static QString online(const QString& address);
    static QString onlineChip();
    static QString lastSeen(const QString& when);
    static QString neverSeen();

    /// Of a role by its code; roleInSentence(): "operator", as part of a sentence.
    static QString role(const QString& code);
    static QString roleInSentence(const QString& code);
    static QString roleLine(const QString& code);
    static QString chooseRole();
    static QString showCode();

    static QString scan();
    static QString orType();
    /// "Address: 192.168.1.7, door.local, port 8765".
    static QString address(const QString& hosts, const QString& port);
    static QString fingerprint(const QString& groups);
    /// "4:31".
    static QString timeLeft(qint64 seconds);
    static QString wrongTries(int left);
    static QString expired();
    static QString newCode();
    static QString paired(const QString& name, const QString& role);

    static QString name();
    static QString save();
    static QString saved();
    static QString nameNeeded();
    static QString revoke();
    static QString revokeQuestion(const QString& name);
    static QString revokeDetail();
    static QString revoked(const QString& name);
};

} // namespace facelatch::ui
