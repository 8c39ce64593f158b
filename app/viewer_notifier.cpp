// SPDX-License-Identifier: GPL-3.0-or-later
// Desktop notifications (Desktop Notifications Specification 1.2).
#include "app/viewer_notifier.h"

#include "ui/notice_words.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>

#include <algorithm>

namespace facelatch::app {

namespace {

/// `image-data` of the specification: a raw picture, (iiibiiay).
struct RawImage {
    QImage image; ///< RGBA, 8 bits each
};
constexpr int bitsOfSample = 8, samples = 4;
constexpr int pictureSide = 256;
/// A service that never answers is none.
constexpr int answerMs = 5000;
constexpr std::size_t remembered = 100;

QDBusArgument& operator<<(QDBusArgument& argument, const RawImage& raw) {
    const QImage& image = raw.image;
    argument.beginStructure();
    argument << image.width() << image.height() << static_cast<int>(image.bytesPerLine()) << true << bitsOfSample
             << samples
             << QByteArray(reinterpret_cast<const char*>(image.constBits()),
                           static_cast<qsizetype>(image.sizeInBytes()));
    argument.endStructure();
    return argument;
}
const QDBusArgument& operator>>(const QDBusArgument& argument, RawImage&) {
    return argument; // never sent to us
}

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

QDBusMessage call(const char* method) {
    return QDBusMessage::createMethodCall(service, path, service, QLatin1String(method));
}

uchar urgency(ui::NoticeKind kind) {
    constexpr uchar low = 0, normal = 1, critical = 2;
    switch (kind) {
    case ui::NoticeKind::Alarm:
    case ui::NoticeKind::Doorbell:
        return critical;
    case ui::NoticeKind::Refused:
        return normal;
    case ui::NoticeKind::Granted:
        return low;
    }
    return normal;
}

} // namespace

ViewerNotifier::ViewerNotifier(const QDBusConnection& bus, QObject* parent) : QObject(parent), m_bus(bus) {
    qDBusRegisterMetaType<RawImage>();
    if (!m_bus.isConnected()) {
        QMetaObject::invokeMethod(
            this, [this] { found(Way::Other, {}); }, Qt::QueuedConnection);
        return;
    }
    m_bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this, SLOT(actionInvoked(uint, QString)));
    m_bus.connect(service, path, service, QStringLiteral("NotificationClosed"), this, SLOT(closed(uint, uint)));
    auto* const watcher = new QDBusServiceWatcher(service, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, [this] {
        for (auto& [key, shown] : m_shown)
            shown.id = 0; // another service knows nothing of them
        look();
    });
    look();
}

void ViewerNotifier::look() {
    auto* const watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call("GetCapabilities"), answerMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        found(reply.isError() ? Way::Other : Way::Service, reply.isError() ? QStringList() : reply.value());
    });
}

void ViewerNotifier::found(Way way, const QStringList& abilities) {
    m_way = way;
    m_markup = abilities.contains(QStringLiteral("body-markup"));
    for (const Notice& notice : std::exchange(m_waiting, {}))
        show(notice);
    Q_EMIT wayChanged();
}

void ViewerNotifier::show(const Notice& notice) {
    if (m_way == Way::Unknown) {
        m_waiting.push_back(notice);
        return;
    }
    if (m_way == Way::Other) {
        Q_EMIT otherwise(notice);
        return;
    }
    if (m_shown.size() >= remembered && !m_shown.contains(notice.key)) {
        const auto idle = std::ranges::find_if(m_shown, [](const auto& one) { return !one.second.asked; });
        if (idle != m_shown.end())
            m_shown.erase(idle);
    }
    Shown& shown = m_shown[notice.key];
    shown.notice = notice;
    shown.ended = false;
    send(shown);
}

void ViewerNotifier::send(Shown& shown) {
    if (shown.asked) {
        shown.again = true;
        return;
    }
    shown.asked = true;
    shown.again = false;
    const Notice& notice = shown.notice;
    QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(urgency(notice.kind))},
                      {QStringLiteral("desktop-entry"), QStringLiteral("facelatch-viewer")}};
    if (!notice.picture.isNull())
        hints.insert(QStringLiteral("image-data"),
                     QVariant::fromValue(RawImage{
                         notice.picture.scaled(pictureSide, pictureSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                             .convertToFormat(QImage::Format_RGBA8888)}));
    constexpr int asTheDesktopLikes = -1;
    QDBusMessage message = call("Notify");
    message << QStringLiteral("Facelatch") << shown.id << QStringLiteral("facelatch-viewer") << notice.title
            << (m_markup ? notice.text.toHtmlEscaped() : notice.text)
            << QStringList{QStringLiteral("default"), ui::NoticeWords::show()} << hints << asTheDesktopLikes;
    auto* const watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, answerMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key = notice.key] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        const auto shownOne = m_shown.find(key);
        if (shownOne == m_shown.end())
            return;
        Shown& one = shownOne->second;
        one.asked = false;
        if (reply.isError()) {
            const Notice lost = one.notice;
            m_shown.erase(shownOne);
            Q_EMIT otherwise(lost);
            return;
        }
        one.id = reply.value();
        if (one.ended)
            close(key);
        else if (one.again)
            send(one);
    });
}

void ViewerNotifier::addPicture(const QString& key, const QImage& picture) {
    const auto shown = m_shown.find(key);
    if (shown == m_shown.end() || shown->second.ended || picture.isNull())
        return;
    shown->second.notice.picture = picture;
    send(shown->second);
}

void ViewerNotifier::close(const QString& key) {
    std::erase_if(m_waiting, [&key](const Notice& waiting) { return waiting.key == key; });
    const auto shown = m_shown.find(key);
    if (shown == m_shown.end())
        return;
    shown->second.ended = true;
    if (shown->second.asked || shown->second.id == 0)
        return; // its answer closes it
    QDBusMessage message = call("CloseNotification");
    message << shown->second.id;
    m_bus.asyncCall(message, answerMs);
    m_shown.erase(shown);
}

ViewerNotifier::Shown* ViewerNotifier::byId(uint id) {
    const auto shown = std::ranges::find_if(m_shown, [id](const auto& one) { return one.second.id == id; });
    return shown == m_shown.end() ? nullptr : &shown->second;
}

void ViewerNotifier::actionInvoked(uint id, const QString&) {
    if (const Shown* const shown = byId(id))
        Q_EMIT opened(Notice(shown->notice));
}

void ViewerNotifier::closed(uint id, uint) {
    if (Shown* const shown = byId(id); shown && id != 0)
        shown->ended = true; // a picture that comes now does not bring it back
}

} // namespace facelatch::app
