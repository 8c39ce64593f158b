// SPDX-License-Identifier: GPL-3.0-or-later
// Writing it.
#include "app/enrol_json.h"

#include "recognition/pictures.h"

namespace facelatch::app {

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonArray boxJson(const core::RectF& box) {
    QJsonArray numbers;
    for (const float value : {box.x, box.y, box.width, box.height})
        numbers.append(static_cast<double>(value));
    return numbers;
}

QJsonObject personJson(const core::PersonId& id, std::string_view name) {
    return {{QStringLiteral("id"), text(id.value.text())}, {QStringLiteral("name"), text(name)}};
}

} // namespace

QJsonObject toJson(const core::EnrolmentView& view) {
    QJsonArray others, pictures;
    for (const core::RectF& box : view.others)
        others.append(boxJson(box));
    for (const auto& picture : view.pictures)
        pictures.append(picture ? QJsonValue(static_cast<qint64>(*picture)) : QJsonValue());
    const auto& other = view.someoneElse;
    return {
        {QStringLiteral("phase"), text(core::code(view.phase))},
        {QStringLiteral("hint"), text(core::code(view.hint))},
        {QStringLiteral("stop"), text(core::code(view.stop))},
        {QStringLiteral("current"), text(core::code(view.current))},
        {QStringLiteral("progress"), static_cast<double>(view.progress)},
        {QStringLiteral("taken"), static_cast<int>(view.taken())},
        {QStringLiteral("score"), text(core::code(view.score))},
        {QStringLiteral("detail"), text(view.detail)},
        {QStringLiteral("frame"),
         QJsonObject{{QStringLiteral("width"), view.frameWidth}, {QStringLiteral("height"), view.frameHeight}}},
        {QStringLiteral("face"), view.face ? QJsonValue(boxJson(*view.face)) : QJsonValue()},
        {QStringLiteral("others"), others},
        {QStringLiteral("pictures"), pictures},
        {QStringLiteral("someone_else"), other ? QJsonValue(personJson(other->person, other->name)) : QJsonValue()}};
}

QJsonObject toJson(const std::vector<core::ClosePair>& pairs, const core::Gallery& gallery) {
    QJsonArray list;
    for (const core::ClosePair& pair : pairs) {
        const core::Person* first = gallery.find(pair.first);
        const core::Person* second = gallery.find(pair.second);
        if (first == nullptr || second == nullptr)
            continue;
        list.append(QJsonObject{{QStringLiteral("first"), personJson(first->id, first->name)},
                                {QStringLiteral("second"), personJson(second->id, second->name)},
                                {QStringLiteral("score"), static_cast<double>(pair.score)}});
    }
    return {{QStringLiteral("pairs"), list}};
}

core::Result<QJsonObject> pictureJson(const core::Image& image) {
    const auto jpeg = recognition::encodeJpeg(image);
    if (!jpeg)
        return jpeg.error();
    const QByteArray bytes(reinterpret_cast<const char*>(jpeg->data()), static_cast<qsizetype>(jpeg->size()));
    return QJsonObject{{QStringLiteral("jpeg"), QString::fromLatin1(bytes.toBase64())}};
}

} // namespace facelatch::app
