// SPDX-License-Identifier: GPL-3.0-or-later
// A person's data: given to them, or erased with a receipt.
#include "app/backup_asked.h"
#include "app/erasure_receipt.h"
#include "storage/log_reader.h"
#include "storage/person_export.h"
#include "storage/secrets.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <cstdio>

namespace facelatch::app {

using core::Result;
using core::Status;

namespace {

constexpr int auditPage = 500;

Result<QJsonObject> personOf(const BackupAsked& asked) {
    const QString who = asked.args.value(asked.args.contains(u"id") ? u"id" : u"who").toString();
    return asked.cases.inStore(QStringLiteral("person.show"), {{QStringLiteral("who"), who}});
}

} // namespace

Result<QJsonObject> exportPersonData(const BackupAsked& asked) {
    const auto person = personOf(asked);
    if (!person)
        return person.error();
    storage::ExportOrder order;
    order.dataFolder = asked.cases.dataFolder;
    order.credentialsDirectory = storage::credentialsDirectoryFromEnvironment();
    const QString id = person->value(u"id").toString();
    order.person = {core::Uuid7::parse(id.toStdString()).value_or(core::Uuid7{})};
    order.about = QJsonDocument(*person).toJson(QJsonDocument::Indented).toStdString();
    order.folder = asked.text(u"folder");
    order.now = asked.now;
    const auto written = storage::exportPerson(order, asked.progress);
    if (!written)
        return written.error();
    const QJsonObject out{{QStringLiteral("file"), QString::fromStdString(written->file)},
                          {QStringLiteral("templates"), static_cast<qint64>(written->templates)},
                          {QStringLiteral("events"), static_cast<qint64>(written->events)},
                          {QStringLiteral("pictures"), static_cast<qint64>(written->pictures)}};
    // Its name tells whose data it is: whoever erases them later must not find it in an entry that stays.
    asked.note("person.export", {{QStringLiteral("events"), out.value(u"events")}}, id);
    return out;
}

namespace {

/// Backups written since `created`, as the audit has them: they still hold the person.
QJsonArray backupsSince(const BackupAsked& asked, const QString& created) {
    QJsonArray backups;
    qint64 before = 0;
    for (bool more = true; more;) {
        QJsonObject args{{QStringLiteral("limit"), auditPage}};
        if (before > 0)
            args.insert(QStringLiteral("before"), before);
        const auto page = asked.cases.inStore(QStringLiteral("audit.list"), args);
        const QJsonArray entries = page ? page->value(u"entries").toArray() : QJsonArray();
        more = entries.size() == auditPage;
        for (const auto& value : entries) {
            const QJsonObject entry = value.toObject();
            before = entry.value(u"number").toInteger();
            const QString time = entry.value(u"time").toString();
            if (time < created) { // RFC 3339 in UTC sorts as it is
                more = false;
                break;
            }
            if (entry.value(u"action").toString() != u"backup.write")
                continue;
            const QJsonObject after = QJsonDocument::fromJson(entry.value(u"after").toString().toUtf8()).object();
            backups.append(QJsonObject{{QStringLiteral("time"), time}, {QStringLiteral("file"), after.value(u"file")}});
        }
    }
    return backups;
}

struct Past {
    std::int64_t events = 0;
    QString name; ///< as the newest of them has it
};

Result<Past> pastOf(const BackupAsked& asked, const core::PersonId& person) {
    const auto reader = storage::LogReader::open(asked.cases.dataFolder);
    if (!reader)
        return reader.error();
    storage::EventFilter filter;
    filter.person = person;
    const auto count = (*reader)->count(filter);
    const auto newest =
        count ? (*reader)->page(filter, {}, 1) : Result<std::vector<core::CommittedEvent>>(count.error());
    if (!newest)
        return newest.error();
    return Past{*count, newest->empty() ? QString() : QString::fromStdString(newest->front().event.personName)};
}

Status checkAfterwards(const BackupAsked& asked, QJsonObject& receipt) {
    const auto reader = storage::LogReader::open(asked.cases.dataFolder);
    if (!reader)
        return reader.error();
    const auto log = (*reader)->verify({}, false);
    if (!log)
        return log.error();
    receipt.insert(QStringLiteral("log"), QJsonObject{{QStringLiteral("intact"), log->intact},
                                                      {QStringLiteral("events"), static_cast<qint64>(log->events)},
                                                      {QStringLiteral("why"), QString::fromStdString(log->why)}});
    const auto audit = asked.cases.inStore(QStringLiteral("audit.verify"), {});
    if (!audit)
        return audit.error();
    receipt.insert(QStringLiteral("audit"), QJsonObject{{QStringLiteral("intact"), audit->value(u"intact")},
                                                        {QStringLiteral("entries"), audit->value(u"entries")},
                                                        {QStringLiteral("why"), audit->value(u"why")}});
    return core::Done{};
}

Status save(const BackupAsked& asked, QJsonObject& receipt) {
    const QString folder = asked.args.value(u"folder").toString();
    if (folder.isEmpty())
        return core::Done{};
    QString time = receipt.value(u"time").toString().left(19);
    time.remove(QLatin1Char('-')).remove(QLatin1Char(':'));
    const QString path = QDir(folder).filePath(QStringLiteral("facelatch-erasure-%1Z.txt").arg(time));
    QSaveFile file(path);
    const QByteArray text = receipt.value(u"text").toString().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return core::fail("the data are erased, but the receipt could not be saved: " +
                              file.errorString().toStdString(),
                          path.toStdString(), "Choose another folder and save it there");
    receipt.insert(QStringLiteral("file"), path);
    return core::Done{};
}

} // namespace

Result<QJsonObject> erasePersonData(const BackupAsked& asked) {
    const auto known = personOf(asked);
    // Somebody removed before may still stand in past events, under an id.
    const auto given = core::Uuid7::parse(asked.text(u"id"));
    if (!known && !given)
        return known.error();
    const core::PersonId person{
        known ? core::Uuid7::parse(known->value(u"id").toString().toStdString()).value_or(core::Uuid7{}) : *given};
    const QString id = QString::fromStdString(person.value.text());
    const auto past = pastOf(asked, person);
    if (!past)
        return past.error();
    const QString names = asked.args.value(u"names").toString();
    const bool eraseNames = !known || (names.isEmpty() ? asked.cases.eraseNames : names == u"erase");
    const auto removed =
        asked.cases.inStore(QStringLiteral("person.remove"), {{QStringLiteral("who"), id},
                                                              {QStringLiteral("erase"), eraseNames},
                                                              {QStringLiteral("by"), asked.args.value(u"by")}});
    if (!removed)
        return removed.error();
    QJsonObject receipt{
        {QStringLiteral("id"), id},
        {QStringLiteral("name"), known ? known->value(u"name").toString() : past->name},
        {QStringLiteral("time"), QString::fromStdString(core::rfc3339Utc(asked.now))},
        {QStringLiteral("names"), eraseNames ? QStringLiteral("erase") : QStringLiteral("keep")},
        {QStringLiteral("templates"), removed->value(u"templates")},
        {QStringLiteral("pictures"), removed->value(u"pictures")},
        {QStringLiteral("events"), static_cast<qint64>(past->events)},
        {QStringLiteral("older_copies"), removed->value(u"older_copies")},
        {QStringLiteral("backups"), backupsSince(asked, known ? known->value(u"created").toString() : QString())}};
    if (auto checked = checkAfterwards(asked, receipt); !checked)
        return checked.error();
    receipt.insert(QStringLiteral("text"), receiptText(receipt, QString::fromStdString(asked.cases.door)));
    if (auto saved = save(asked, receipt); !saved)
        receipt.insert(QStringLiteral("not_saved"), QString::fromStdString(saved.error().text()));
    return receipt;
}

void BackupAsked::note(const char* action, const QJsonObject& after, const QString& person) const {
    QJsonObject note{{QStringLiteral("action"), QLatin1String(action)},
                     {QStringLiteral("after"), after},
                     {QStringLiteral("by"), args.value(u"by")}};
    if (!person.isEmpty())
        note.insert(QStringLiteral("person"), person);
    if (const auto noted = cases.inStore(QStringLiteral("audit.note"), note); !noted)
        std::fprintf(stderr, "facelatch: %s\n", noted.error().text().c_str());
}

} // namespace facelatch::app
