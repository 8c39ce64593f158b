// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl person set, and access preview.
#include "app/ctl.h"
#include "app/ctl_pin.h"
#include "app/ctl_text.h"
#include "core/access_policy.h"
#include "storage/pin_hash.h"

#include <CLI/CLI.hpp>

#include <QDate>
#include <QDateTime>

#include <charconv>
#include <cstdio>
#include <memory>

namespace facelatch::app {

namespace {

struct SetOptions {
    std::string who;
    std::optional<std::string> groups, validFrom, validUntil, uses, notes, name, card, consent, language;
    std::string witness;
    bool suspend = false, activate = false, pin = false, noPin = false;
};

core::Error wrong(const std::string& option, const std::string& text, const char* remedy) {
    return {core::ErrorKind::Usage, "'" + text + "' is not understood", option, remedy};
}

/// A day alone means its first moment, or, as an end, its last.
core::Result<QJsonValue> limit(const std::string& option, const std::string& text, bool isEnd) {
    if (text == "none")
        return QJsonValue();
    if (const QDate day = QDate::fromString(qString(text), Qt::ISODate); day.isValid())
        return QJsonValue((isEnd ? day.addDays(1) : day).startOfDay().toMSecsSinceEpoch());
    const QDateTime point = QDateTime::fromString(qString(text), Qt::ISODate);
    if (!point.isValid())
        return wrong(option, text, "Use 2026-12-31 (the whole day), 2026-12-31T18:00:00, or none");
    return QJsonValue(point.toMSecsSinceEpoch());
}

core::Result<QJsonValue> count(const std::string& text) {
    if (text == "unlimited")
        return QJsonValue();
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        return wrong("--uses", text, "Use a number such as 10, or unlimited");
    return QJsonValue(value);
}

QJsonArray names(const std::string& text) {
    QJsonArray all;
    if (text != "none")
        for (const QString& name : qString(text).split(u',', Qt::SkipEmptyParts))
            all.append(name.trimmed());
    return all;
}

/// Name, card, PIN, consent.
core::Status putIdentity(const SetOptions& options, QJsonObject& args) {
    if (options.name)
        args.insert(QStringLiteral("name"), qString(*options.name));
    if (options.card)
        args.insert(QStringLiteral("card"), *options.card == "none" ? QString() : qString(*options.card));
    if (options.consent && *options.consent == "none")
        args.insert(QStringLiteral("consent"), QJsonValue());
    else if (options.consent && options.witness.empty())
        return core::Error{core::ErrorKind::Usage, "A consent needs a witness", "--consent", "Add --witness NAME"};
    else if (options.consent)
        args.insert(QStringLiteral("consent"), QJsonObject{{QStringLiteral("text"), qString(*options.consent)},
                                                           {QStringLiteral("witness"), qString(options.witness)}});
    if (options.pin && options.noPin)
        return core::Error{core::ErrorKind::Usage, "--pin-stdin and --no-pin exclude each other", {}, {}};
    if (options.noPin)
        args.insert(QStringLiteral("pin"), QJsonValue());
    if (!options.pin)
        return core::Done{};
    auto pin = readPin(options.who.c_str());
    if (!pin)
        return pin.error();
    args.insert(QStringLiteral("pin"), qString(*pin));
    storage::wipe(*pin);
    return core::Done{};
}

core::Result<QJsonObject> arguments(const SetOptions& options) {
    QJsonObject args{{QStringLiteral("who"), qString(options.who)}};
    if (const auto put = putIdentity(options, args); !put)
        return put.error();
    if (options.suspend && options.activate)
        return core::Error{core::ErrorKind::Usage, "--suspend and --activate exclude each other", {}, {}};
    if (options.suspend || options.activate)
        args.insert(QStringLiteral("status"), options.suspend ? QStringLiteral("suspended") : QStringLiteral("active"));
    if (options.groups)
        args.insert(QStringLiteral("groups"), names(*options.groups));
    if (options.notes)
        args.insert(QStringLiteral("notes"), qString(*options.notes));
    if (options.language)
        args.insert(QStringLiteral("language"), qString(*options.language));
    const auto put = [&args](const char* key, const core::Result<QJsonValue>& value) {
        if (value)
            args.insert(QLatin1String(key), *value);
        return value ? core::Status(core::Done{}) : core::Status(value.error());
    };
    core::Status done = core::Done{};
    if (options.validFrom)
        done = put("valid_from", limit("--valid-from", *options.validFrom, false));
    if (done && options.validUntil)
        done = put("valid_until", limit("--valid-until", *options.validUntil, true));
    if (done && options.uses)
        done = put("uses", count(*options.uses));
    if (!done)
        return done.error();
    if (args.size() == 1)
        return core::Error{
            core::ErrorKind::Usage, "Nothing is to be changed", {}, "See: facelatch-ctl person set --help"};
    return args;
}

int set(const LoadedSettings& loaded, const SetOptions& options) {
    const auto args = arguments(options);
    if (!args)
        return complain(ctlName, args.error());
    return ask(loaded, "person.set", *args, false, [](const QJsonObject& person) {
        std::printf("%s: ", textAt(person, "name").c_str());
        printRights(person);
    });
}

struct PreviewOptions {
    std::string at, who, door;
    bool json = false;
};

void printPreview(const QJsonObject& row) {
    std::string why = textAt(row, "why");
    if (row.value(u"may_enter").toBool()) {
        why = "by";
        for (const auto& code : row.value(u"modes").toArray())
            if (const auto mode = core::authModeFrom(code.toString().toStdString()))
                why += ' ' + std::string(core::authModeText(*mode));
        if (row.contains(u"group"))
            why += " (" + textAt(row, "group") + ", " + textAt(row, "schedule") + ")";
    }
    std::printf("%-8s %-24s %s\n", row.value(u"may_enter").toBool() ? "enters" : "refused", textAt(row, "name").c_str(),
                why.c_str());
}

int preview(const LoadedSettings& loaded, const PreviewOptions& options) {
    QJsonObject args{
        {QStringLiteral("door"), qString(options.door.empty() ? loaded.settings.text("door.id") : options.door)},
        {QStringLiteral("pin"), loaded.settings.flag("door.pin")},
        {QStringLiteral("pin_alone"), loaded.settings.flag("door.pin_alone")}};
    if (!options.at.empty()) {
        const auto time = pointInTime(options.at);
        if (!time)
            return complain(ctlName, wrong("--at", options.at, "Use 2026-11-21T07:00:00, in the door's local time"));
        args.insert(QStringLiteral("time"), *time);
    }
    if (!options.who.empty())
        args.insert(QStringLiteral("who"), qString(options.who));
    return ask(loaded, "access.preview", args, options.json, [](const QJsonObject& answer) {
        std::printf("At %s%s:\n", textAt(answer, "local").c_str(),
                    answer.value(u"restricted").toBool() ? "" : ", without any access rule");
        const QJsonArray rows = answer.value(u"people").toArray();
        if (rows.isEmpty())
            std::printf("Nobody is enrolled.\n");
        for (const auto& row : rows)
            printPreview(row.toObject());
    });
}

} // namespace

void printRights(const QJsonObject& person) {
    QStringList groups;
    for (const auto& name : person.value(u"groups").toArray())
        groups << name.toString();
    std::printf("%s, groups: %s", textAt(person, "status").c_str(),
                groups.isEmpty() ? "none" : groups.join(QStringLiteral(", ")).toUtf8().constData());
    if (const std::string from = textAt(person, "valid_from_local"); !from.empty())
        std::printf(", valid from %s", from.c_str());
    if (const std::string until = textAt(person, "valid_until_local"); !until.empty())
        std::printf(", valid until %s", until.c_str());
    if (person.value(u"uses").isDouble())
        std::printf(", %d of %d uses taken", person.value(u"uses_taken").toInt(), person.value(u"uses").toInt());
    std::printf("\n");
}

void addPersonSetCommand(CLI::App& person, CtlAction& action) {
    auto options = std::make_shared<SetOptions>();
    CLI::App* command = person.add_subcommand("set", "Changes a person and what they may");
    command->add_option("who", options->who, "Name or id")->required();
    command->add_option("--name", options->name, "Another name");
    command->add_option("--card", options->card, "Card id, or none")->type_name("ID");
    command->add_flag("--pin-stdin", options->pin,
                      "A PIN of 4 to 8 digits, asked for at the terminal, else the first line of the standard input");
    command->add_flag("--no-pin", options->noPin, "No PIN from now on");
    command->add_option("--consent", options->consent, "Version of the text that was agreed to, or none")
        ->type_name("VERSION");
    command->add_option("--witness", options->witness, "Who saw the consent given")->type_name("NAME");
    command->add_option("--groups", options->groups, "All groups of the person, with commas between, or none");
    command->add_option("--valid-from", options->validFrom, "2026-01-01, 2026-01-01T07:00:00, or none");
    command->add_option("--valid-until", options->validUntil, "2026-12-31 (the whole day), a time, or none");
    command->add_option("--uses", options->uses, "So many visits from now on, or unlimited");
    command->add_option("--notes", options->notes, "Notes about the person, stored encrypted; '' for none");
    command->add_option("--language", options->language, "Of the greeting at the door: en, fr; '' for the door's");
    command->add_flag("--suspend", options->suspend, "Refused until activated again");
    command->add_flag("--activate", options->activate, "No longer suspended");
    command->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return set(loaded, *options); }; });
}

void addPreviewCommand(CLI::App& program, CtlAction& action) {
    CLI::App* access = program.add_subcommand("access", "What all the rules come to")->require_subcommand(1);
    auto options = std::make_shared<PreviewOptions>();
    CLI::App* command = access->add_subcommand("preview", "Who may enter now, and why not");
    command->add_option("--at", options->at, "Another time, such as 2026-11-21T07:00:00")->type_name("TIME");
    command->add_option("--person", options->who, "Only this person: name or id")->type_name("WHO");
    command->add_option("--door", options->door, "A door's id; this one without it")->type_name("ID");
    command->add_flag("--json", options->json, "One JSON object");
    command->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return preview(loaded, *options); }; });
}

} // namespace facelatch::app
