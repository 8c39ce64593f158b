// SPDX-License-Identifier: GPL-3.0-or-later
// The answers.
#include "tests/ui/settings_answers.h"

#include "core/doctor.h"
#include "core/settings.h"
#include "tests/ui/scenes.h"

#include <QJsonArray>

namespace facelatch::test {

namespace {

QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonValue json(const core::SettingValue& value) {
    if (const auto* flag = std::get_if<bool>(&value))
        return *flag;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return static_cast<qint64>(*whole);
    if (const auto* real = std::get_if<double>(&value))
        return *real;
    return string(std::get<std::string>(value));
}

constexpr const char* types[] = {"bool", "int", "real", "text", "choice", "time"}; // in the order of core::SettingType

QJsonObject rowOf(const core::SettingRow& row) {
    static const core::Settings defaults;
    QJsonObject out{{QStringLiteral("key"), string(row.key)},
                    {QStringLiteral("type"), QLatin1String(types[static_cast<int>(row.type)])},
                    {QStringLiteral("value"), row.secret ? QJsonValue() : json(defaults.value(row.key))},
                    {QStringLiteral("set"), false},
                    {QStringLiteral("hidden"), row.secret},
                    {QStringLiteral("secret"), row.secret},
                    {QStringLiteral("origin"), QStringLiteral("default")},
                    {QStringLiteral("min"), row.min},
                    {QStringLiteral("max"), row.max},
                    {QStringLiteral("unit"), string(row.unit)},
                    {QStringLiteral("meaning"), string(row.meaning)},
                    {QStringLiteral("fixed"), row.key == "camera.source"},
                    {QStringLiteral("waits"), false}};
    QJsonArray choices;
    for (const QString& choice : string(row.choices).split(QLatin1Char('|'), Qt::SkipEmptyParts))
        choices.append(choice);
    out.insert(QStringLiteral("choices"), choices);
    if (row.key == "lock.strike_time_ms") {
        out.insert(QStringLiteral("value"), 5000);
        out.insert(QStringLiteral("origin"), QStringLiteral("settings.local.toml"));
        out.insert(QStringLiteral("waits"), true);
    }
    if (row.key == "door.name")
        out.insert(QStringLiteral("origin"), QStringLiteral("settings.toml"));
    if (row.key == "camera.source")
        out.insert(QStringLiteral("origin"), QStringLiteral("command line"));
    return out;
}

} // namespace

QJsonObject settingRowAnswer(const QString& key) {
    return rowOf(*core::settingRow(key.toStdString()));
}

QJsonObject settingsList() {
    QJsonArray groups, rows;
    QString name;
    const auto close = [&] {
        if (!rows.isEmpty())
            groups.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("rows"), rows}});
        rows = {};
    };
    for (const core::SettingRow& row : core::settingRows()) {
        const QString section = string(row.key).section(QLatin1Char('.'), 0, 0);
        if (section != name)
            close();
        name = section;
        rows.append(rowOf(row));
    }
    close();
    return {
        {QStringLiteral("groups"), groups},
        {QStringLiteral("restart_needed"), true},
        {QStringLiteral("recognition"), QJsonObject{{QStringLiteral("model"), QStringLiteral("mobilefacenet-paddlex")},
                                                    {QStringLiteral("threshold"), 0.47},
                                                    {QStringLiteral("people"), 120}}}};
}

QJsonObject systemInfoAnswer() {
    const auto model = [](const char* id, const char* licence, const char* source, bool used) {
        return QJsonObject{{QStringLiteral("id"), QLatin1String(id)},
                           {QStringLiteral("used"), used},
                           {QStringLiteral("good"), true},
                           {QStringLiteral("licence"), QLatin1String(licence)},
                           {QStringLiteral("source"), QLatin1String(source)},
                           {QStringLiteral("sha256"), QString(64, QLatin1Char('a'))}};
    };
    const auto version = [](const char* name, const char* number) {
        return QJsonObject{{QStringLiteral("name"), QLatin1String(name)},
                           {QStringLiteral("version"), QLatin1String(number)}};
    };
    return {
        {QStringLiteral("camera"), QJsonObject{{QStringLiteral("source"), QStringLiteral("USB camera")},
                                               {QStringLiteral("width"), 640},
                                               {QStringLiteral("height"), 480},
                                               {QStringLiteral("rate"), 29.97},
                                               {QStringLiteral("asked"), 30},
                                               {QStringLiteral("age_ms"), 61},
                                               {QStringLiteral("brightness"), 112},
                                               {QStringLiteral("exposure"), 0}}},
        {QStringLiteral("recognition"), QJsonObject{{QStringLiteral("model"), QStringLiteral("mobilefacenet-paddlex")},
                                                    {QStringLiteral("frames"), 40},
                                                    {QStringLiteral("detect_ms"), 12.1},
                                                    {QStringLiteral("whole_ms"), 14.5}}},
        {QStringLiteral("models"),
         QJsonArray{model("yunet-2023mar", "MIT", "OpenCV Zoo, face_detection_yunet (Shiqi Yu)", true),
                    model("sface-2021dec", "Apache-2.0", "OpenCV Zoo", false)}},
        {QStringLiteral("storage"), QJsonObject{{QStringLiteral("folder"), QStringLiteral("/var/lib/facelatch")},
                                                {QStringLiteral("free"), 21'500'000'000.0},
                                                {QStringLiteral("database"), 12'300'000},
                                                {QStringLiteral("pictures"), 310'000'000},
                                                {QStringLiteral("events"), 48211},
                                                {QStringLiteral("last_backup"), 1795171520000.0},
                                                {QStringLiteral("last_backup_file"),
                                                 QStringLiteral("/media/KINGSTON/facelatch-20261120.flbackup")}}},
        {QStringLiteral("versions"), QJsonArray{version("Facelatch", "0.1.0"), version("Qt", "6.4.2")}},
        {QStringLiteral("network"),
         QJsonObject{{QStringLiteral("addresses"), QJsonArray{QStringLiteral("eth0 192.168.1.7")}}}},
        {QStringLiteral("temperature"),
         QJsonObject{{QStringLiteral("celsius"), 51.5}, {QStringLiteral("sensor"), QStringLiteral("cpu")}}}};
}

QJsonObject systemCheckAnswer() {
    QJsonArray lines;
    for (const core::CheckLine& line : doctorLines())
        lines.append(QJsonObject{{QStringLiteral("check"), string(core::checkCode(line.check))},
                                 {QStringLiteral("health"), string(core::healthCode(line.health))},
                                 {QStringLiteral("finding"), string(core::findingCode(line.finding))},
                                 {QStringLiteral("seen"), string(line.seen)},
                                 {QStringLiteral("remedy"), string(line.remedy)}});
    return {{QStringLiteral("lines"), lines}};
}

QJsonObject adminListAnswer() {
    const auto admin = [](const char* id, const char* name, const char* role, const QJsonValue& seen) {
        return QJsonObject{{QStringLiteral("id"), QLatin1String(id)},
                           {QStringLiteral("name"), QString::fromUtf8(name)},
                           {QStringLiteral("role"), QLatin1String(role)},
                           {QStringLiteral("last_seen"), seen}};
    };
    return {{QStringLiteral("admins"), QJsonArray{admin("a1", "Zoé", "admin", 1795271520000.0),
                                                  admin("a2", "<b>Bob</b>", "operator", QJsonValue())}}};
}

QJsonObject viewerListAnswer() {
    const auto viewer = [](const char* id, const char* name, const char* role, const QJsonValue& seen, bool online) {
        return QJsonObject{{QStringLiteral("id"), QLatin1String(id)},
                           {QStringLiteral("name"), QString::fromUtf8(name)},
                           {QStringLiteral("role"), QLatin1String(role)},
                           {QStringLiteral("created"), 1795171520000.0},
                           {QStringLiteral("last_seen"), seen},
                           {QStringLiteral("online"), online},
                           {QStringLiteral("revoked"), QJsonValue()},
                           {QStringLiteral("address"), online ? QStringLiteral("192.168.1.40") : QString()}};
    };
    QJsonObject gone = viewer("v4", "Gone", "admin", QJsonValue(), false);
    gone.insert(QStringLiteral("revoked"), 1795271520000.0);
    return {{QStringLiteral("viewers"),
             QJsonArray{viewer("v1", "Office", "operator", 1795271520000.0, true),
                        viewer("v2", "Sofa <b>", "viewer", 1795171520000.0, false),
                        viewer("v3", "Tablette de l’accueil, à l’entrée", "admin", QJsonValue(), false), gone}}};
}

QJsonObject viewerPairAnswer() {
    QString fingerprint;
    for (int i = 0; i < 16; ++i)
        fingerprint += (i > 0 ? QStringLiteral(" ") : QString()) + QStringLiteral("A%1F0").arg(i % 10);
    return {{QStringLiteral("link"),
             QStringLiteral("facelatch://pair?v=1&host=192.168.1.7&host=workshop-door.local&host=fd12%3A3456%3A%3A7&"
                            "port=8765&door=workshop&pin=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8&code=7K3MX2QA")},
            {QStringLiteral("code"), QStringLiteral("7K3M-X2QA")},
            {QStringLiteral("fingerprint"), fingerprint},
            {QStringLiteral("hosts"), QJsonArray{QStringLiteral("192.168.1.7"), QStringLiteral("workshop-door.local"),
                                                 QStringLiteral("fd12:3456::7")}},
            {QStringLiteral("port"), 8765},
            {QStringLiteral("expires_in_s"), 300}};
}

} // namespace facelatch::test
