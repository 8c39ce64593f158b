// SPDX-License-Identifier: GPL-3.0-or-later
// A log of a million visits that is made up as it is asked for.
#pragma once

#include "tests/support/scripted_port.h"
#include "tests/ui/scenes.h"

#include <QBuffer>
#include <QDateTime>
#include <QJsonArray>
#include <QPainter>

namespace facelatch::test {

/// A visit every ten minutes, the newest 90 s ago; keys go down from `newest`.
class LogAnswers {
public:
    explicit LogAnswers(ScriptedPort& port, qint64 visits = 1'000'000) : m_newest(visits) {
        port.answerBy(QStringLiteral("log.visits"), [this](const QJsonObject& args) { return visitsOf(args); });
        port.answerBy(QStringLiteral("log.visit"), [this](const QJsonObject& args) { return visitOf(args); });
        port.answerBy(QStringLiteral("log.picture"), [](const QJsonObject& args) {
            return core::Result<QJsonObject>(pictureOf(args.value(u"side").toInt(480)));
        });
        port.answerBy(QStringLiteral("log.days"), [](const QJsonObject& args) {
            const bool november = args.value(u"month").toString() == u"2026-11";
            return core::Result<QJsonObject>(
                QJsonObject{{QStringLiteral("days"), november ? QJsonArray{18, 19, 21} : QJsonArray{1}},
                            {QStringLiteral("first"), QStringLiteral("2007-11-13")},
                            {QStringLiteral("last"), QStringLiteral("2026-11-21")}});
        });
        port.answer(QStringLiteral("log.people"),
                    {{QStringLiteral("people"),
                      QJsonArray{QJsonObject{{QStringLiteral("id"), QStringLiteral("id-alice")},
                                             {QStringLiteral("name"), QStringLiteral("Alice Martin")}},
                                 QJsonObject{{QStringLiteral("id"), QStringLiteral("id-bob")},
                                             {QStringLiteral("name"), QStringLiteral("Bob")}}}}});
        port.answer(QStringLiteral("audit.list"), {{QStringLiteral("entries"), changes()}});
    }
    void comeMore(int visits) { m_newest += visits; }
    /// What came of the newest visit.
    void grantNewest() { m_granted = m_newest; }

    QJsonObject line(qint64 key) const {
        static const QString names[]{QStringLiteral("Alice Martin"), QString(), QStringLiteral("Bob"),
                                     QStringLiteral("<b>مريم</b> 🙂"), QStringLiteral("Gloria Macapagal-Arroyo")};
        static const char* const refusals[]{"unknown_person", "out_of_schedule", "liveness_failed", "expired"};
        const bool known = key % 5 != 1, granted = key == m_granted || (known && key % 4 != 0);
        const QDateTime at = timeOf(key);
        return {{QStringLiteral("key"), key},
                {QStringLiteral("visit"), QStringLiteral("visit-%1").arg(key)},
                {QStringLiteral("time"), at.toMSecsSinceEpoch()},
                {QStringLiteral("local"), at.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"))},
                {QStringLiteral("outcome"), granted ? QStringLiteral("granted") : QStringLiteral("denied")},
                {QStringLiteral("reason"),
                 granted ? QStringLiteral("face") : QLatin1String(known ? refusals[key / 4 % 4] : refusals[0])},
                {QStringLiteral("person"), known ? names[key % 5] : QString()},
                {QStringLiteral("events"), key % 7 + 1},
                {QStringLiteral("snapshot"), key % 3 == 0 ? QString() : QStringLiteral("snap-%1").arg(key)}};
    }

private:
    QDateTime timeOf(qint64 key) const {
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(sceneNow().wall.time_since_epoch().count());
        return now.addSecs(-90 - (m_newest - key) * 600);
    }
    core::Result<QJsonObject> visitsOf(const QJsonObject& args) const {
        const qint64 from = args.value(u"below").toInteger(m_newest + 1) - 1;
        QJsonArray visits;
        for (qint64 key = from; key > 0 && visits.size() < args.value(u"limit").toInt(); --key)
            visits.append(line(key));
        const qint64 last = from - visits.size() + 1;
        return QJsonObject{{QStringLiteral("visits"), visits},
                           {QStringLiteral("below"), last > 1 ? QJsonValue(last) : QJsonValue()}};
    }
    core::Result<QJsonObject> visitOf(const QJsonObject& args) const {
        const qint64 key = args.value(u"visit").toString().mid(6).toLongLong();
        const QJsonObject shown = line(key);
        QJsonArray events;
        const int count = shown.value(u"events").toInt();
        for (int i = 0; i < count; ++i) {
            const bool last = i == count - 1;
            events.append(QJsonObject{
                {QStringLiteral("local"), timeOf(key).addSecs(i).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"))},
                {QStringLiteral("outcome"), last ? shown.value(u"outcome") : QJsonValue(QStringLiteral("denied"))},
                {QStringLiteral("reason"),
                 last ? shown.value(u"reason") : QJsonValue(QStringLiteral("below_threshold"))},
                {QStringLiteral("person"), shown.value(u"person")},
                {QStringLiteral("score"), last ? 0.63 : 0.44},
                {QStringLiteral("live"), QStringLiteral("live")},
                {QStringLiteral("model"), QStringLiteral("net")},
                {QStringLiteral("source"), QStringLiteral("face")}});
        }
        return QJsonObject{{QStringLiteral("events"), events},
                           {QStringLiteral("total"), count},
                           {QStringLiteral("model"), QStringLiteral("net")},
                           {QStringLiteral("threshold"), 0.47}};
    }
    static QJsonObject pictureOf(int side) {
        const QImage picture = paintedPerson({side, side * 3 / 4});
        QBuffer jpeg;
        jpeg.open(QIODevice::WriteOnly);
        picture.save(&jpeg, "jpeg");
        return {{QStringLiteral("jpeg"), QString::fromLatin1(jpeg.data().toBase64())}};
    }
    static QJsonArray changes() {
        const auto entry = [](int number, const char* action, const char* subject, const char* before,
                              const char* after) {
            return QJsonObject{{QStringLiteral("number"), number},
                               {QStringLiteral("time"), QStringLiteral("2026-11-21T13:%1:00.000Z").arg(number + 10)},
                               {QStringLiteral("local"), QStringLiteral("2026-11-21T13:%1:00").arg(number + 10)},
                               {QStringLiteral("who"), QStringLiteral("Ada")},
                               {QStringLiteral("action"), QLatin1String(action)},
                               {QStringLiteral("subject"), QString::fromUtf8(subject)},
                               {QStringLiteral("before"), QString::fromUtf8(before)},
                               {QStringLiteral("after"), QString::fromUtf8(after)}};
        };
        return {entry(4, "schedule.set", "Office hours",
                      R"({"periods":"Mon-Fri 07:00-19:00","through_holidays":false})",
                      R"({"periods":"Mon-Fri 07:00-19:00, Sat 09:00-12:00","through_holidays":true})"),
                entry(3, "rule.add", "Staff", "",
                      R"({"door":"","group":"Staff","mode":"face_pin","schedule":"Office hours"})"),
                entry(2, "group.add", "Staff", "", "{}"), entry(1, "session.sign_in", "", "", "")};
    }

    qint64 m_newest, m_granted = 0;
};

} // namespace facelatch::test
