// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerNotifier: notices on the desktop, by its notification service (org.freedesktop.Notifications) where one runs.
//
// Gui thread; nothing waits for the desktop.
#pragma once

#include "app/viewer_notices.h"

#include <QDBusConnection>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace facelatch::app {

class ViewerNotifier : public QObject {
    Q_OBJECT
public:
    enum class Way {
        Unknown, ///< the desktop has been asked, and what is to be told waits
        Service,
        Other ///< nobody offers that service: otherwise() is told what there is
    };

    explicit ViewerNotifier(const QDBusConnection& bus, QObject* parent = nullptr);

    Way way() const { return m_way; }
    void show(const Notice& notice);
    /// For one that is shown: the picture comes later than the news.
    void addPicture(const QString& key, const QImage& picture);
    /// It is over: taken away, if it still stands.
    void close(const QString& key);

Q_SIGNALS:
    void wayChanged();
    /// Somebody opened it.
    void opened(const facelatch::app::Notice& notice);
    /// There is no service.
    void otherwise(const facelatch::app::Notice& notice);

private Q_SLOTS:
    void actionInvoked(uint id, const QString& action);
    void closed(uint id, uint reason);

private:
    struct Shown {
        Notice notice;
        uint id = 0;        ///< 0: the service has not yet answered
        bool asked = false; ///< it has been asked, and not answered
        bool again = false; ///< changed since it was asked
        bool ended = false; ///< closed since
    };
    void look();
    void found(Way way, const QStringList& abilities);
    void send(Shown& shown);
    Shown* byId(uint id);

    QDBusConnection m_bus;
    Way m_way = Way::Unknown;
    bool m_markup = false;
    std::vector<Notice> m_waiting;
    std::map<QString, Shown> m_shown;
};

} // namespace facelatch::app
