// SPDX-License-Identifier: GPL-3.0-or-later
// Short, polite, no jargon.
#include "ui/pairing_words.h"

#include "resources/tokens.h"

namespace facelatch::ui {

QString PairingWords::title() {
    return tr("Viewers");
}

QString PairingWords::titleLine() {
    return tr("Who sees this door from elsewhere, and opens it");
}

QString PairingWords::none() {
    return tr("No viewer yet");
}

QString PairingWords::noneLine() {
    return tr(
        "A viewer is the program Facelatch Viewer on a computer: it shows this door’s visits and picture, and is rung "
        "by the bell. Pair one, and it will appear here.");
}

QString PairingWords::pair() {
    return tr("Pair a viewer");
}

QString PairingWords::online(const QString& address) {
    return address.isEmpty() ? tr("Connected now") : tr("Connected now, from %1", "%1 is an address").arg(address);
}

QString PairingWords::onlineChip() {
    return tr("Connected", "a viewer; one word");
}

QString PairingWords::lastSeen(const QString& when) {
    return tr("Last seen %1", "%1 is a date and time").arg(when);
}

QString PairingWords::neverSeen() {
    return tr("Never connected");
}

QString PairingWords::role(const QString& code) {
    return code == u"admin" ? tr("Admin") : code == u"operator" ? tr("Operator") : tr("Viewer");
}

QString PairingWords::roleInSentence(const QString& code) {
    return code == u"admin"      ? tr("admin", "inside a sentence")
           : code == u"operator" ? tr("operator", "inside a sentence")
                                 : tr("viewer", "inside a sentence");
}

QString PairingWords::roleLine(const QString& code) {
    return code == u"admin"      ? tr("May do what an operator may, and change people and who may enter.")
           : code == u"operator" ? tr("Sees the visits and the live picture, and may open the door.")
                                 : tr("Sees the visits and the live picture, nothing else.");
}

QString PairingWords::chooseRole() {
    return tr("What may the new viewer do?");
}

QString PairingWords::showCode() {
    return tr("Show the code");
}

QString PairingWords::scan() {
    return tr("Scan this code, and paste its link into Facelatch Viewer.");
}

QString PairingWords::orType() {
    return tr("Or type there:");
}

QString PairingWords::address(const QString& hosts, const QString& port) {
    return tr("Address: %1, port %2", "%1 are one or more addresses").arg(hosts, port);
}

QString PairingWords::fingerprint(const QString& groups) {
    return tr("Compare the fingerprint: %1", "%1 are 64 letters in groups").arg(groups);
}

QString PairingWords::timeLeft(qint64 seconds) {
    return tr("Good for %1", "%1 is minutes and seconds, as in 4:31")
        .arg(QStringLiteral("%1:%2")
                 .arg(seconds / resources::secondsPerMinute)
                 .arg(seconds % resources::secondsPerMinute, 2, resources::decimalBase, QLatin1Char('0')));
}

QString PairingWords::wrongTries(int left) {
    return tr("Somebody typed a wrong code. Tries left: %1").arg(left);
}

QString PairingWords::expired() {
    return tr("This code is no longer good. Nobody was paired.");
}

QString PairingWords::newCode() {
    return tr("A new code");
}

QString PairingWords::paired(const QString& name, const QString& role) {
    return tr("%1 is paired as %2", "%1 is a viewer's name, %2 a role").arg(name, roleInSentence(role));
}

QString PairingWords::name() {
    return tr("Name");
}

QString PairingWords::save() {
    return tr("Save");
}

QString PairingWords::saved() {
    return tr("Saved");
}

QString PairingWords::nameNeeded() {
    return tr("A name of 1 to 200 letters, please.");
}

QString PairingWords::revoke() {
    return tr("Revoke");
}

QString PairingWords::revokeQuestion(const QString& name) {
    return tr("Revoke %1?", "%1 is a viewer's name").arg(name);
}

QString PairingWords::revokeDetail() {
    return tr("It is cut off at once and sees nothing of this door any more. To come back it has to be paired again.");
}

QString PairingWords::revoked(const QString& name) {
    return tr("%1 is revoked", "%1 is a viewer's name").arg(name);
}

} // namespace facelatch::ui
