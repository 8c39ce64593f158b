// SPDX-License-Identifier: GPL-3.0-or-later
// What was changed, in words.
#include "ui/access_words.h"
#include "ui/log_words.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace facelatch::ui {

namespace {

struct Phrase {
    const char* code;
    const char* text;
};

constexpr std::array actions{
    Phrase{"person.add", QT_TRANSLATE_NOOP("LogWords", "Person added")},
    Phrase{"person.set", QT_TRANSLATE_NOOP("LogWords", "Person changed")},
    Phrase{"person.remove", QT_TRANSLATE_NOOP("LogWords", "Person removed")},
    Phrase{"person.erase", QT_TRANSLATE_NOOP("LogWords", "Person erased")},
    Phrase{"person.export", QT_TRANSLATE_NOOP("LogWords", "A person’s data exported")},
    Phrase{"group.add", QT_TRANSLATE_NOOP("LogWords", "Group added")},
    Phrase{"group.set", QT_TRANSLATE_NOOP("LogWords", "Group renamed")},
    Phrase{"group.remove", QT_TRANSLATE_NOOP("LogWords", "Group removed")},
    Phrase{"schedule.add", QT_TRANSLATE_NOOP("LogWords", "Schedule added")},
    Phrase{"schedule.set", QT_TRANSLATE_NOOP("LogWords", "Schedule changed")},
    Phrase{"schedule.remove", QT_TRANSLATE_NOOP("LogWords", "Schedule removed")},
    Phrase{"holiday.add", QT_TRANSLATE_NOOP("LogWords", "Holiday added")},
    Phrase{"holiday.remove", QT_TRANSLATE_NOOP("LogWords", "Holiday removed")},
    Phrase{"rule.add", QT_TRANSLATE_NOOP("LogWords", "Access rule added")},
    Phrase{"rule.remove", QT_TRANSLATE_NOOP("LogWords", "Access rule removed")},
    Phrase{"admin.add", QT_TRANSLATE_NOOP("LogWords", "Admin added")},
    Phrase{"admin.set", QT_TRANSLATE_NOOP("LogWords", "Admin changed")},
    Phrase{"admin.remove", QT_TRANSLATE_NOOP("LogWords", "Admin removed")},
    Phrase{"tls.renew", QT_TRANSLATE_NOOP("LogWords", "Certificate renewed")},
    Phrase{"doorbell.answered", QT_TRANSLATE_NOOP("LogWords", "Doorbell answered")},
    Phrase{"doorbell.unanswered", QT_TRANSLATE_NOOP("LogWords", "Doorbell not answered")},
    Phrase{"session.sign_in", QT_TRANSLATE_NOOP("LogWords", "Signed in")},
    Phrase{"session.sign_out", QT_TRANSLATE_NOOP("LogWords", "Signed out")},
    Phrase{"session.refused", QT_TRANSLATE_NOOP("LogWords", "Wrong admin PIN")},
    Phrase{"setup.finish", QT_TRANSLATE_NOOP("LogWords", "Set-up finished")},
    Phrase{"setup.reopen", QT_TRANSLATE_NOOP("LogWords", "Set-up opened again")},
    Phrase{"settings.set", QT_TRANSLATE_NOOP("LogWords", "Setting changed")},
    Phrase{"lock.test", QT_TRANSLATE_NOOP("LogWords", "Lock tested")},
    Phrase{"door.lockdown_on", QT_TRANSLATE_NOOP("LogWords", "Door locked down")},
    Phrase{"door.lockdown_off", QT_TRANSLATE_NOOP("LogWords", "Lockdown lifted")},
    Phrase{"viewer.add", QT_TRANSLATE_NOOP("LogWords", "Viewer paired")},
    Phrase{"viewer.set", QT_TRANSLATE_NOOP("LogWords", "Viewer changed")},
    Phrase{"viewer.revoke", QT_TRANSLATE_NOOP("LogWords", "Viewer revoked")},
    Phrase{"viewer.remove", QT_TRANSLATE_NOOP("LogWords", "Viewer removed")},
    Phrase{"backup.write", QT_TRANSLATE_NOOP("LogWords", "Backup written")},
    Phrase{"backup.restore", QT_TRANSLATE_NOOP("LogWords", "Backup restored")},
};

constexpr std::array fields{
    Phrase{"name", QT_TRANSLATE_NOOP("LogWords", "Name")},
    Phrase{"role", QT_TRANSLATE_NOOP("LogWords", "Role")},
    Phrase{"groups", QT_TRANSLATE_NOOP("LogWords", "Groups")},
    Phrase{"group", QT_TRANSLATE_NOOP("LogWords", "Group")},
    Phrase{"schedule", QT_TRANSLATE_NOOP("LogWords", "Schedule")},
    Phrase{"door", QT_TRANSLATE_NOOP("LogWords", "Door")},
    Phrase{"mode", QT_TRANSLATE_NOOP("LogWords", "Asked for")},
    Phrase{"periods", QT_TRANSLATE_NOOP("LogWords", "Times")},
    Phrase{"through_holidays", QT_TRANSLATE_NOOP("LogWords", "On holidays too")},
    Phrase{"date", QT_TRANSLATE_NOOP("LogWords", "Date")},
    Phrase{"status", QT_TRANSLATE_NOOP("LogWords", "Status")},
    Phrase{"valid_from", QT_TRANSLATE_NOOP("LogWords", "Valid from")},
    Phrase{"valid_until", QT_TRANSLATE_NOOP("LogWords", "Valid until")},
    Phrase{"uses", QT_TRANSLATE_NOOP("LogWords", "Entries allowed")},
    Phrase{"uses_taken", QT_TRANSLATE_NOOP("LogWords", "Entries taken")},
    Phrase{"notes", QT_TRANSLATE_NOOP("LogWords", "Notes")},
    Phrase{"members", QT_TRANSLATE_NOOP("LogWords", "Members")},
    Phrase{"templates", QT_TRANSLATE_NOOP("LogWords", "Face templates")},
    Phrase{"pictures", QT_TRANSLATE_NOOP("LogWords", "Pictures")},
    Phrase{"card", QT_TRANSLATE_NOOP("LogWords", "Card")},
    Phrase{"pin", QT_TRANSLATE_NOOP("LogWords", "PIN")},
    Phrase{"consent", QT_TRANSLATE_NOOP("LogWords", "Consent")},
    Phrase{"key", QT_TRANSLATE_NOOP("LogWords", "Setting")},
    Phrase{"value", QT_TRANSLATE_NOOP("LogWords", "Value")},
    Phrase{"reason", QT_TRANSLATE_NOOP("LogWords", "Reason")},
    Phrase{"erase", QT_TRANSLATE_NOOP("LogWords", "Erased from the log")},
};

constexpr std::array values{
    Phrase{"active", QT_TRANSLATE_NOOP("LogWords", "active")},
    Phrase{"suspended", QT_TRANSLATE_NOOP("LogWords", "suspended")},
    Phrase{"changed", QT_TRANSLATE_NOOP("LogWords", "changed")},
    Phrase{"set", QT_TRANSLATE_NOOP("LogWords", "set")},
    Phrase{"removed", QT_TRANSLATE_NOOP("LogWords", "removed")},
    Phrase{"operator", QT_TRANSLATE_NOOP("LogWords", "operator")},
    Phrase{"admin", QT_TRANSLATE_NOOP("LogWords", "admin")},
};

template<std::size_t n>
QString phrase(const std::array<Phrase, n>& table, const QString& code) {
    for (const Phrase& each : table)
        if (code == QLatin1String(each.code))
            return LogWords::tr(each.text);
    return {};
}

QString spaced(QString code) {
    return code.replace(QLatin1Char('_'), QLatin1Char(' ')).replace(QLatin1Char('.'), QLatin1Char(' '));
}

QString listText(const QJsonArray& list) {
    QStringList all;
    for (const auto& each : list)
        all << each.toVariant().toString();
    return all.isEmpty() ? LogWords::tr("none") : all.join(QStringLiteral(", "));
}

QString periodsText(const QString& text, const QLocale& locale) {
    if (const auto week = core::parseWeek(text.toStdString()))
        return AccessWords::week(*week, locale);
    const auto day = core::parseDay(text.toStdString());
    return day ? AccessWords::exceptionDay(*day) : text;
}

QString textValue(const QString& key, const QString& text, const QLocale& locale) {
    if (key == u"periods")
        return periodsText(text, locale);
    if (key == u"mode")
        if (const auto mode = core::authModeFrom(text.toStdString()))
            return AccessWords::mode(*mode);
    if (key == u"date")
        if (const auto date = core::parseHolidayDate(text.toStdString()))
            return AccessWords::date(*date, locale);
    if (key == u"door" && text.isEmpty())
        return AccessWords::everyDoor();
    const QString known = key == u"name" ? QString() : phrase(values, text);
    return known.isEmpty() ? text : known;
}

QString valueText(const QString& key, const QJsonValue& value, const QLocale& locale) {
    if (value.isNull())
        return LogWords::tr("none");
    if (value.isBool())
        return value.toBool() ? LogWords::tr("yes") : LogWords::tr("no");
    if (value.isArray())
        return listText(value.toArray());
    if (value.isDouble() && (key == u"valid_from" || key == u"valid_until"))
        return locale.toString(QDateTime::fromMSecsSinceEpoch(value.toInteger()), QLocale::ShortFormat);
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.isString() ? textValue(key, value.toString(), locale) : value.toVariant().toString();
}

} // namespace

QString LogWords::action(const QString& code) {
    const QString known = phrase(actions, code);
    return known.isEmpty() ? spaced(code) : known;
}

QStringList LogWords::state(const QString& json, const QLocale& locale) {
    const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    QStringList lines;
    for (auto field = object.begin(); field != object.end(); ++field) {
        const QString known = phrase(fields, field.key());
        lines << tr("%1: %2", "a field and its value")
                     .arg(known.isEmpty() ? spaced(field.key()) : known, valueText(field.key(), *field, locale));
    }
    return lines;
}

} // namespace facelatch::ui
