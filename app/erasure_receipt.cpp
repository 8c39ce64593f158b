// SPDX-License-Identifier: GPL-3.0-or-later
// Its words. In both languages at once: the person may read another one than the door speaks.
#include "app/erasure_receipt.h"

#include <QJsonArray>
#include <QStringList>

namespace facelatch::app {

namespace {

struct Language {
    const char *title, *door, *time, *person, *gone, *templates, *pictures, *key, *namesErased, *namesKept, *chain,
        *chainBroken, *copies, *noCopies;
};

constexpr Language english{
    "Receipt of an erasure",
    "Door:   %1",
    "Time:   %1 (UTC)",
    "Person: %1 (%2)",
    "What was erased:",
    "- %1 face templates and the portrait",
    "- %1 pictures of visits",
    "- card, PIN, notes, consent, groups, and the key all of it was encrypted with",
    "- name, card and identity in %1 past events; that somebody came by, and when, stays",
    "- %1 past events keep the name, as this door is set",
    "The log was checked afterwards and is whole: %1 events, %2 entries of the audit.",
    "The log was checked afterwards and is NOT whole: %1",
    "Older copies that may still hold these data until they are deleted:",
    "No older copies are known.",
};

constexpr Language french{
    "Attestation d\u2019effacement",
    "Porte :    %1",
    "Heure :    %1 (UTC)",
    "Personne : %1 (%2)",
    "Ce qui a \u00e9t\u00e9 effac\u00e9 :",
    "- %1 gabarits de visage et le portrait",
    "- %1 photos de passages",
    "- carte, code PIN, notes, consentement, groupes, et la cl\u00e9 qui chiffrait le tout",
    "- nom, carte et identit\u00e9 dans %1 \u00e9v\u00e9nements pass\u00e9s ; qu\u2019une personne est venue, et "
    "quand, reste",
    "- %1 \u00e9v\u00e9nements pass\u00e9s gardent le nom, selon le r\u00e9glage de cette porte",
    "Le journal a \u00e9t\u00e9 v\u00e9rifi\u00e9 ensuite et est entier : %1 \u00e9v\u00e9nements, %2 entr\u00e9es "
    "d\u2019audit.",
    "Le journal a \u00e9t\u00e9 v\u00e9rifi\u00e9 ensuite et n\u2019est PAS entier : %1",
    "Copies plus anciennes qui peuvent encore contenir ces donn\u00e9es, jusqu\u2019\u00e0 leur suppression :",
    "Aucune copie plus ancienne n\u2019est connue.",
};

QString words(const char* utf8) {
    return QString::fromUtf8(utf8);
}

QString number(const QJsonObject& object, QStringView key) {
    return QString::number(object.value(key).toInteger());
}

QStringList linesIn(const Language& in, const QJsonObject& receipt, const QString& door) {
    QStringList lines{words(in.title),
                      QString(),
                      words(in.door).arg(door),
                      words(in.time).arg(receipt.value(u"time").toString()),
                      words(in.person).arg(receipt.value(u"name").toString(), receipt.value(u"id").toString()),
                      QString(),
                      words(in.gone),
                      words(in.templates).arg(number(receipt, u"templates")),
                      words(in.pictures).arg(number(receipt, u"pictures")),
                      words(in.key)};
    const bool erased = receipt.value(u"names").toString() == u"erase";
    lines << words(erased ? in.namesErased : in.namesKept).arg(number(receipt, u"events")) << QString();
    const QJsonObject log = receipt.value(u"log").toObject(), audit = receipt.value(u"audit").toObject();
    if (log.value(u"intact").toBool() && audit.value(u"intact").toBool())
        lines << words(in.chain).arg(number(log, u"events"), number(audit, u"entries"));
    else
        lines << words(in.chainBroken).arg(log.value(u"why").toString() + audit.value(u"why").toString());
    QStringList copies;
    for (const auto& copy : receipt.value(u"older_copies").toArray())
        copies << QStringLiteral("- ") + copy.toString();
    for (const auto& value : receipt.value(u"backups").toArray()) {
        const QJsonObject backup = value.toObject();
        copies << QStringLiteral("- %1 (%2)").arg(backup.value(u"file").toString(), backup.value(u"time").toString());
    }
    lines << words(copies.isEmpty() ? in.noCopies : in.copies) << copies;
    return lines;
}

} // namespace

QString receiptText(const QJsonObject& receipt, const QString& door) {
    QStringList lines = linesIn(english, receipt, door);
    lines << QString() << QString(40, u'-') << QString() << linesIn(french, receipt, door) << QString();
    return lines.join(QLatin1String("\r\n"));
}

} // namespace facelatch::app
