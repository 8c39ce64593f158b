// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's file, as JSON.
#include "app/viewer_book.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>

#include <algorithm>

namespace facelatch::app {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

constexpr int bookVersion = 1;
constexpr int lockWaitMs = 10'000;
constexpr QByteArray::Base64Options base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

/// In the order of ui::noticeKinds.
constexpr std::array noticeNames{"refused", "alarm", "doorbell", "granted"};
static_assert(noticeNames.size() == ui::noticeKinds.size());

QJsonObject toJson(const BookDoor& door) {
    const auto role = core::roleCode(door.role);
    return {{QStringLiteral("id"), door.id},
            {QStringLiteral("door"), door.door},
            {QStringLiteral("name"), door.name},
            {QStringLiteral("own_name"), door.ownName},
            {QStringLiteral("hosts"), QJsonArray::fromStringList(door.hosts)},
            {QStringLiteral("port"), door.port},
            {QStringLiteral("pin"), QString::fromLatin1(door.pin.toBase64(base64))},
            {QStringLiteral("viewer"), door.viewer},
            {QStringLiteral("role"), QString::fromUtf8(role.data(), static_cast<qsizetype>(role.size()))},
            {QStringLiteral("may"), QJsonArray::fromStringList(door.may)},
            {QStringLiteral("last_online"),
             door.lastOnline ? QJsonValue(static_cast<qint64>(door.lastOnline->time_since_epoch().count()))
                             : QJsonValue()}};
}

QStringList strings(const QJsonValue& value) {
    QStringList list;
    for (const auto& item : value.toArray())
        list << item.toString();
    return list;
}

BookDoor doorOf(const QJsonObject& object) {
    BookDoor door;
    door.id = object.value(u"id").toString();
    door.door = object.value(u"door").toString();
    door.name = object.value(u"name").toString();
    door.ownName = object.value(u"own_name").toString();
    door.hosts = strings(object.value(u"hosts"));
    door.port = static_cast<std::uint16_t>(object.value(u"port").toInt());
    door.pin = QByteArray::fromBase64(object.value(u"pin").toString().toLatin1(), base64);
    door.viewer = object.value(u"viewer").toString();
    door.role = core::roleFromCode(object.value(u"role").toString().toStdString()).value_or(core::Role::Viewer);
    door.may = strings(object.value(u"may"));
    if (const QJsonValue last = object.value(u"last_online"); last.isDouble())
        door.lastOnline = core::WallTime(core::milliseconds(last.toInteger()));
    return door;
}

QJsonObject toJson(const ui::ViewerSettings& settings) {
    QJsonObject notices;
    for (std::size_t i = 0; i < noticeNames.size(); ++i)
        notices.insert(QLatin1String(noticeNames[i]),
                       QJsonObject{{QStringLiteral("desktop"), settings.notices[i].desktop},
                                   {QStringLiteral("sound"), settings.notices[i].sound}});
    return {{QStringLiteral("notices"), notices},
            {QStringLiteral("quiet"), settings.quiet},
            {QStringLiteral("quiet_from"), settings.quietFrom.toString(QStringLiteral("HH:mm"))},
            {QStringLiteral("quiet_until"), settings.quietUntil.toString(QStringLiteral("HH:mm"))},
            {QStringLiteral("start_in_tray"), settings.startInTray},
            {QStringLiteral("language"), settings.language}};
}

/// What is missing or of another kind stays as it is by default.
ui::ViewerSettings settingsOf(const QJsonObject& object) {
    ui::ViewerSettings settings;
    const QJsonObject notices = object.value(u"notices").toObject();
    for (std::size_t i = 0; i < noticeNames.size(); ++i) {
        const QJsonObject way = notices.value(QLatin1String(noticeNames[i])).toObject();
        ui::NoticeWay& notice = settings.notices[i];
        notice.desktop = way.value(u"desktop").toBool(notice.desktop);
        notice.sound = way.value(u"sound").toBool(notice.sound);
    }
    settings.quiet = object.value(u"quiet").toBool(settings.quiet);
    const auto time = [&object](QStringView key, QTime& out) {
        if (const QTime read = QTime::fromString(object.value(key).toString(), QStringLiteral("HH:mm")); read.isValid())
            out = read;
    };
    time(u"quiet_from", settings.quietFrom);
    time(u"quiet_until", settings.quietUntil);
    settings.startInTray = object.value(u"start_in_tray").toBool(settings.startInTray);
    settings.language = object.value(u"language").toString();
    return settings;
}

} // namespace

BookDoor* ViewerBook::find(const QString& id) {
    const auto found = std::ranges::find(doors, id, &BookDoor::id);
    return found == doors.end() ? nullptr : &*found;
}
const BookDoor* ViewerBook::find(const QString& id) const {
    const auto found = std::ranges::find(doors, id, &BookDoor::id);
    return found == doors.end() ? nullptr : &*found;
}

Result<BookDoor> ViewerBook::named(const QString& text) const {
    std::vector<BookDoor> fitting;
    std::ranges::copy_if(doors, std::back_inserter(fitting), [&text](const BookDoor& door) {
        return door.id == text || door.door == text || door.shownName().compare(text, Qt::CaseInsensitive) == 0;
    });
    if (fitting.size() == 1)
        return fitting.front();
    if (fitting.empty())
        return Error{ErrorKind::NotFound,
                     "no paired door is called '" + text.toStdString() + "'",
                     {},
                     "See the doors with: facelatch-viewer --list"};
    return Error{ErrorKind::Usage,
                 "several paired doors are called '" + text.toStdString() + "'",
                 {},
                 "Use the id that facelatch-viewer --list shows"};
}

Result<ViewerBook> BookFile::load() const {
    ViewerBook book;
    QFile file(m_path);
    if (!file.exists())
        return book;
    if (!file.open(QIODevice::ReadOnly))
        return core::fail("the viewer's settings cannot be read", m_path.toStdString(), "Check who owns the file");
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    const int version = document.object().value(u"v").toInt();
    if (!document.isObject() || version < 1)
        return core::fail("the viewer's settings are damaged", m_path.toStdString(),
                          "Mend the file, or move it away and pair the doors again");
    if (version > bookVersion)
        return Error{ErrorKind::NewerVersion, "the viewer's settings were written by a newer version of Facelatch",
                     m_path.toStdString(), "Install that version or a newer one; the file was left as it is"};
    for (const auto& door : document.object().value(u"doors").toArray())
        book.doors.push_back(doorOf(door.toObject()));
    book.settings = settingsOf(document.object().value(u"settings").toObject());
    book.window = QByteArray::fromBase64(document.object().value(u"window").toString().toLatin1());
    return book;
}

core::Status BookFile::save(const ViewerBook& book) const {
    QJsonArray doors;
    for (const BookDoor& door : book.doors)
        doors.append(toJson(door));
    const QJsonObject whole{{QStringLiteral("v"), bookVersion},
                            {QStringLiteral("doors"), doors},
                            {QStringLiteral("settings"), toJson(book.settings)},
                            {QStringLiteral("window"), QString::fromLatin1(book.window.toBase64())}};
    QSaveFile file(m_path);
    const QByteArray bytes = QJsonDocument(whole).toJson();
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(bytes) != bytes.size() || !file.commit())
        return core::fail("the viewer's settings cannot be written: " + file.errorString().toStdString(),
                          m_path.toStdString(), "Free space on that disk, or check who owns the folder");
    return core::Done{};
}

Result<ViewerBook> BookFile::change(const std::function<void(ViewerBook&)>& edit) const {
    QLockFile lock(m_path + QStringLiteral(".lock"));
    if (!lock.tryLock(lockWaitMs))
        return core::fail("the viewer's settings are being changed by another program", m_path.toStdString(),
                          "Try again; remove the .lock file if no other facelatch-viewer runs");
    auto book = load();
    if (!book)
        return book;
    edit(*book);
    if (auto saved = save(*book); !saved)
        return saved.error();
    return book;
}

} // namespace facelatch::app
