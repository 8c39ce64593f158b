// SPDX-License-Identifier: GPL-3.0-or-later
// Reading times and printing answers.
#include "app/ctl_text.h"

#include "app/ctl.h"
#include "app/data_access.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cstdio>

namespace facelatch::app {

std::optional<qint64> pointInTime(const std::string& text) {
    static const QRegularExpression ago(QStringLiteral("^(\\d{1,6})([mhd])$"));
    const QString asked = QString::fromStdString(text);
    if (const auto match = ago.match(asked); match.hasMatch()) {
        const QChar unit = match.captured(2).front();
        const qint64 seconds = unit == u'm' ? 60 : unit == u'h' ? 3600 : 86400;
        return QDateTime::currentDateTimeUtc().addSecs(-match.captured(1).toLongLong() * seconds).toMSecsSinceEpoch();
    }
    const QDateTime point = QDateTime::fromString(asked, Qt::ISODate);
    return point.isValid() ? std::optional(point.toMSecsSinceEpoch()) : std::nullopt;
}

std::string textAt(const QJsonObject& object, const char* key) {
    return object.value(QLatin1String(key)).toString().toStdString();
}

std::string timeAt(const QJsonObject& object, const char* key) {
    const QJsonValue value = object.value(QLatin1String(key));
    if (!value.isDouble())
        return "never";
    return QDateTime::fromMSecsSinceEpoch(value.toInteger()).toString(QStringLiteral("yyyy-MM-dd HH:mm")).toStdString();
}

QString qString(const std::string& text) {
    return QString::fromStdString(text);
}

void printJson(const QJsonObject& object) {
    std::printf("%s\n", QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
}

int ask(const LoadedSettings& loaded, const char* command, const QJsonObject& args, bool json,
        const std::function<void(const QJsonObject&)>& print) {
    DataAccess data(loaded);
    const auto answer = data.call(QLatin1String(command), args);
    if (!answer)
        return complain(ctlName, answer.error());
    if (json)
        printJson(*answer);
    else
        print(*answer);
    return 0;
}

int askForList(const LoadedSettings& loaded, const char* command, const QJsonObject& args, const char* array, bool json,
               const char* none, const std::function<void(const QJsonObject&)>& print) {
    DataAccess data(loaded);
    const auto answer = data.call(QLatin1String(command), args);
    if (!answer)
        return complain(ctlName, answer.error());
    const QJsonArray items = answer->value(QLatin1String(array)).toArray();
    if (items.isEmpty() && !json)
        std::printf("%s\n", none);
    for (const auto& item : items)
        if (json)
            printJson(item.toObject());
        else
            print(item.toObject());
    return 0;
}

core::Result<std::vector<QJsonObject>> newest(DataAccess& data, const PagedCommand& paged, QJsonObject args,
                                              int limit) {
    constexpr int pageSize = 500;
    std::vector<QJsonObject> found;
    while (static_cast<int>(found.size()) < limit) {
        const int wanted = std::min(limit - static_cast<int>(found.size()), pageSize);
        args.insert(QStringLiteral("limit"), wanted);
        if (!found.empty())
            args.insert(QStringLiteral("before"), found.back().value(QLatin1String(paged.cursor)));
        const auto page = data.call(paged.command, args);
        if (!page)
            return page.error();
        const QJsonArray rows = page->value(QLatin1String(paged.array)).toArray();
        for (const auto& row : rows)
            found.push_back(row.toObject());
        if (rows.size() < wanted)
            break;
    }
    return found;
}

} // namespace facelatch::app
