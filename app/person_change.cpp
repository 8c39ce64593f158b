// SPDX-License-Identifier: GPL-3.0-or-later
// What person.set and person.add are asked to change, from JSON.
#include "app/access_cases.h"
#include "app/pin_cases.h"

#include <QJsonArray>

#include <algorithm>
#include <limits>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

Error wrong(const char* what) {
    return {ErrorKind::Usage, what, {}, {}};
}

/// Milliseconds since 1970, or null for no limit.
Result<std::optional<core::WallTime>> timeFrom(const QJsonValue& value) {
    if (value.isNull())
        return std::optional<core::WallTime>();
    if (!value.isDouble())
        return wrong("A point in time of the request cannot be read");
    return std::optional(core::WallTime(core::milliseconds(value.toInteger())));
}

Result<std::vector<core::GroupId>> groupsFrom(const QJsonValue& value, const core::AccessConfig& config) {
    std::vector<core::GroupId> groups;
    for (const auto& name : value.toArray()) {
        const auto found = std::find_if(config.groups.begin(), config.groups.end(), [&](const core::Group& group) {
            return QString::fromStdString(group.name).compare(name.toString(), Qt::CaseInsensitive) == 0;
        });
        if (found == config.groups.end())
            return Error{ErrorKind::Failed,
                         "There is no group '" + name.toString().toStdString() + "'",
                         {},
                         "Add it with: facelatch-ctl group add"};
        if (std::find(groups.begin(), groups.end(), found->id) == groups.end())
            groups.push_back(found->id);
    }
    return groups;
}

Result<std::optional<core::Consent>> consentFrom(const QJsonValue& value, core::Now now) {
    if (value.isNull())
        return std::optional<core::Consent>();
    const QJsonObject object = value.toObject();
    core::Consent consent{textOf(object, u"text"), now.wall, textOf(object, u"witness")};
    if (object.contains(u"time"))
        consent.time = core::WallTime(core::milliseconds(object.value(u"time").toInteger()));
    return std::optional(consent);
}

/// Name, card, PIN, consent.
core::Status identityFrom(const QJsonObject& args, core::Now now, storage::PersonChange& change) {
    if (args.contains(u"name"))
        change.name = textOf(args, u"name");
    if (args.contains(u"card"))
        change.card = textOf(args, u"card");
    change.pin = pinIn(args);
    if (args.contains(u"consent")) {
        auto consent = consentFrom(args.value(u"consent"), now);
        if (!consent)
            return consent.error();
        change.consent = *std::move(consent);
    }
    if (args.contains(u"revision")) {
        if (!args.value(u"revision").isDouble())
            return wrong("A revision is a number");
        change.expectedRevision = args.value(u"revision").toInt(-1);
    }
    return core::Done{};
}

} // namespace

Result<storage::PersonChange> changeFrom(const QJsonObject& args, const core::AccessConfig& config, core::Now now) {
    storage::PersonChange change;
    if (const auto read = identityFrom(args, now, change); !read)
        return read.error();
    if (args.contains(u"groups")) {
        auto groups = groupsFrom(args.value(u"groups"), config);
        if (!groups)
            return groups.error();
        change.groups = *std::move(groups);
    }
    if (const QString status = args.value(u"status").toString(); status == u"active" || status == u"suspended")
        change.status = status == u"active" ? core::PersonStatus::Active : core::PersonStatus::Suspended;
    else if (args.contains(u"status"))
        return wrong("A status is active or suspended");
    for (const auto& [key, field] :
         {std::pair{u"valid_from", &change.validFrom}, std::pair{u"valid_until", &change.validUntil}})
        if (args.contains(key)) {
            const auto time = timeFrom(args.value(key));
            if (!time)
                return time.error();
            *field = *time;
        }
    if (args.contains(u"uses")) {
        const QJsonValue uses = args.value(u"uses");
        const qint64 count = uses.toInteger(-1);
        if (!uses.isNull() && (count < 0 || count > std::numeric_limits<int>::max()))
            return wrong("The number of uses is no number from 0 on");
        change.usesAllowed = uses.isNull() ? std::optional<int>() : std::optional(static_cast<int>(count));
    }
    if (args.contains(u"language")) {
        change.language = textOf(args, u"language");
        if (!change.language->empty() && change.language != "en" && change.language != "fr")
            return core::Error{core::ErrorKind::Usage, "A greeting's language is en, fr or none", {}, {}};
    }
    if (args.contains(u"notes"))
        change.notes = textOf(args, u"notes");
    return change;
}

} // namespace facelatch::app
