// SPDX-License-Identifier: GPL-3.0-or-later
// A firm with groups, schedules, holidays and rules, as the commands tell of it.
#pragma once

#include "tests/support/scripted_port.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace facelatch::test {

inline QJsonObject json(const char* text) {
    return QJsonDocument::fromJson(QByteArray(text).replace('\'', '"')).object();
}

inline void answerAccess(ScriptedPort& port) {
    port.answer(QStringLiteral("group.list"),
                json("{'groups':[{'name':'Staff','members':2},{'name':'Cleaners','members':0}]}"));
    port.answer(QStringLiteral("schedule.list"),
                json("{'schedules':[{'name':'Office hours','periods':'Mon-Fri 07:00-12:00 13:00-19:00, Sat "
                     "09:00-12:00','through_holidays':false},"
                     "{'name':'Nights','periods':'daily 22:00-06:00','through_holidays':true}]}"));
    port.answer(QStringLiteral("holiday.list"),
                json("{'holidays':[{'name':'Christmas','date':'12-25','periods':'closed'},"
                     "{'name':'Stocktaking','date':'2026-12-31','periods':'09:00-12:00'}]}"));
    port.answer(QStringLiteral("rule.list"),
                json("{'rules':[{'group':'Staff','schedule':'Office hours','door':'','mode':'face'},"
                     "{'group':'Cleaners','schedule':'Nights','door':'front','mode':'face_pin'}],'lost':false}"));
    port.answer(QStringLiteral("person.list"),
                json("{'people':[{'id':'p1','name':'Alice Martin','groups':['Staff']},{'id':'p2','name':'Bob',"
                     "'groups':[]},{'id':'p3','name':'Zoe','groups':['Staff','Cleaners']}]}"));
    port.answer(QStringLiteral("group.members"), json("{'name':'Staff','members':[]}"));
    port.answer(QStringLiteral("access.preview"),
                json("{'door':'front','takes':['face'],'local':'2026-11-21T14:32:00','restricted':true,'people':["
                     "{'id':'p1','name':'Alice Martin','may_enter':true,'modes':['face'],'group':'Staff','schedule':"
                     "'Office hours'},"
                     "{'id':'p2','name':'Bob','may_enter':false,'modes':[],'reason':'not_permitted'},"
                     "{'id':'p3','name':'Zoe','may_enter':false,'modes':[],'reason':'out_of_schedule','group':'Staff',"
                     "'schedule':'Office hours'}]}"));
    for (const char* command : {"group.add", "group.set", "group.remove", "schedule.add", "schedule.set",
                                "schedule.remove", "holiday.add", "holiday.remove", "rule.remove"})
        port.answerBy(QLatin1String(command), [](const QJsonObject& args) {
            return core::Result<QJsonObject>(QJsonObject{{QStringLiteral("name"), args.value(u"name")}});
        });
    port.answer(QStringLiteral("rule.add"), json("{'rules':3,'without_any_rule':1}"));
}

} // namespace facelatch::test
