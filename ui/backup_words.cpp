// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about backups.
#include "ui/backup_words.h"

#include "core/passphrase.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

namespace facelatch::ui {

QString BackupWords::title() {
    return tr("Backup");
}
QString BackupWords::writeOne() {
    return tr("Write a backup");
}
QString BackupWords::writeOneDetail() {
    return tr("Everything this door knows, in one encrypted file on a stick");
}
QString BackupWords::restoreOne() {
    return tr("Restore a backup");
}
QString BackupWords::restoreOneDetail() {
    return tr("From a stick, also from another door");
}
QString BackupWords::chooseStick() {
    return tr("Choose a stick");
}
QString BackupWords::noStick() {
    return tr("No stick is plugged in");
}
QString BackupWords::noStickDetail() {
    return tr("Plug a USB stick into this device and look again.");
}
QString BackupWords::lookAgain() {
    return tr("Look again");
}
QString BackupWords::room(const QLocale& locale, qint64 bytes) {
    return tr("%1 free").arg(locale.formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat));
}
QString BackupWords::cannotWrite() {
    return tr("This stick cannot be written");
}
QString BackupWords::always() {
    return tr("People, faces, access rules and admins are always in it.");
}
QString BackupWords::settings() {
    return tr("Settings of this screen");
}
QString BackupWords::log() {
    return tr("Log of visits and changes");
}
QString BackupWords::pictures() {
    return tr("Pictures of visits");
}
QString BackupWords::passphrase() {
    return tr("Passphrase");
}
QString BackupWords::passphraseAgain() {
    return tr("The same passphrase again");
}
QString BackupWords::passphraseHelp() {
    return tr("Four or more words that do not belong together");
}
QString BackupWords::hint(PassphraseHint hint) {
    switch (hint) {
    case PassphraseHint::TooShort:
        return tr("At least %1 letters are needed").arg(core::leastPassphrase);
    case PassphraseHint::Weak:
        return tr("Easy to guess: add words");
    case PassphraseHint::Fair:
        return tr("Fair: one more word makes it strong");
    case PassphraseHint::Strong:
        break;
    }
    return tr("Strong");
}
QString BackupWords::differs() {
    return tr("The two passphrases differ");
}
QString BackupWords::show() {
    return tr("Show what I type");
}
QString BackupWords::write() {
    return tr("Write the backup");
}
QString BackupWords::working(const QString& command) {
    if (command == QLatin1String("backup.write"))
        return tr("The backup is being written");
    if (command == QLatin1String("backup.restore"))
        return tr("The backup is being restored");
    return tr("The backup is being checked");
}
QString BackupWords::workingDetail() {
    return tr("Leave the stick plugged in. The door works meanwhile.");
}
QString BackupWords::giveUp() {
    return tr("Give up");
}
QString BackupWords::giveUpQuestion() {
    return tr("Give this up? Nothing will have changed.");
}
QString BackupWords::written() {
    return tr("The backup is written and checked");
}
QString BackupWords::keepPassphrase() {
    return tr("Keep the passphrase, apart from the stick. Without it nobody can open this file.");
}
QString BackupWords::noBackups() {
    return tr("No backups here");
}
QString BackupWords::noBackupsDetail() {
    return tr("Their names end in .flbackup. Look into another folder, or plug in another stick.");
}
QString BackupWords::open() {
    return tr("Open this backup");
}
QString BackupWords::openDetail() {
    return tr("With the passphrase it was written with. It is only looked at; nothing changes yet.");
}
QString BackupWords::look() {
    return tr("Look into it");
}
QStringList BackupWords::contents(const QLocale& locale, const QJsonObject& summary) {
    const auto count = [&](QStringView key) { return locale.toString(summary.value(key).toInteger()); };
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(summary.value(u"created").toInteger());
    QStringList lines{tr("Written on %1").arg(locale.toString(when, QLocale::ShortFormat)),
                      tr("People: %1, face templates: %2, admins: %3")
                          .arg(count(u"people"), count(u"templates"), count(u"principals"))};
    if (summary.value(u"parts").toArray().contains(QStringLiteral("log")))
        lines << tr("Visits and refusals: %1, pictures: %2").arg(count(u"events"), count(u"pictures"));
    else
        lines << tr("Without the log");
    return lines;
}
QString BackupWords::restore() {
    return tr("Restore");
}
QString BackupWords::restoreQuestion(const QString& door) {
    return tr("Restore the backup of \u201c%1\u201d?").arg(door);
}
QString BackupWords::restoreDetail(const QString& when, bool log, bool settings) {
    QString text =
        tr("Written on %1").arg(when) + QLatin1String(". ") +
        tr("People, faces, access rules and admins of this door are replaced: sign in with a PIN of the backup "
           "afterwards.");
    text += QLatin1Char(' ') + (log ? tr("The log is replaced, too.") : tr("The log begins anew."));
    if (settings)
        text += QLatin1Char(' ') + tr("The settings are replaced, too.");
    return text + QLatin1Char(' ') + tr("What is here now is kept aside. The door starts anew.");
}
QString BackupWords::restarting() {
    return tr("Restored");
}
QString BackupWords::restartingDetail() {
    return tr("The door starts anew with the data of the backup, in a few seconds.");
}
QString BackupWords::failed() {
    return tr("That did not work");
}
QString BackupWords::again() {
    return tr("Back to the beginning");
}

} // namespace facelatch::ui
