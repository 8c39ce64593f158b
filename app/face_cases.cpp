// SPDX-License-Identifier: GPL-3.0-or-later
// New pictures of somebody enrolled.
#include "app/face_cases.h"

#include "app/access_cases.h"
#include "app/clock.h"
#include "app/use_cases.h"

#include <QJsonArray>

namespace facelatch::app {

std::optional<core::Result<QJsonObject>> runFaceCommand(storage::Store& store, const QString& command,
                                                        const QJsonObject& args, core::Now now) {
    if (command != u"person.faces")
        return std::nullopt;
    const auto person = personMeant(store, textOf(args, u"who"));
    if (!person)
        return person.error();
    std::vector<core::FaceTemplate> templates;
    for (const auto& value : args.value(u"templates").toArray()) {
        auto item = templateFromJson(value.toObject());
        if (!item)
            return item.error();
        item->id = newUuid(now.wall);
        item->person = person->id;
        item->created = now.wall;
        templates.push_back(*std::move(item));
    }
    const QByteArray portrait = QByteArray::fromBase64(args.value(u"portrait").toString().toLatin1());
    if (const auto put =
            store.replaceFaces(person->id, templates, {portrait.begin(), portrait.end()}, changeBy(args, now));
        !put)
        return put.error();
    return toJson(*person);
}

} // namespace facelatch::app
