// SPDX-License-Identifier: GPL-3.0-or-later
// Gathering a person's data and writing the ZIP.
#include "storage/person_export.h"

#include "storage/backup_archive.h"
#include "storage/data_files.h"
#include "storage/data_folder.h"
#include "storage/durable_file.h"
#include "storage/event_csv.h"
#include "storage/event_json.h"
#include "storage/log_reader.h"
#include "storage/migrations.h"
#include "storage/store.h"
#include "storage/zip_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace facelatch::storage {

using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

namespace {

constexpr const char* suffix = ".zip";
constexpr const char* unfinishedSuffix = ".zip.part";

constexpr const char* readMe =
    "Everything this door keeps about you.\r\n"
    "\r\n"
    "person.json     who you are to the door: name, card, groups, validity, notes, consent\r\n"
    "templates.json  the numbers your face is compared with, one list for each picture you were enrolled with;\r\n"
    "                they are biometric data: whoever has them may recognise you with the same software\r\n"
    "events.json     every visit at which you were recognised; events.csv is the same for a spreadsheet\r\n"
    "portrait.jpg    your picture, where one is kept\r\n"
    "pictures/       pictures of your visits, as far as they are kept; other people may be in them\r\n"
    "\r\n"
    "A PIN is kept only as a value it cannot be read from, and is not in this file.\r\n"
    "This file is not encrypted. Keep it where only you can read it.\r\n"
    "\r\n"
    "Tout ce que cette porte conserve \xc3\xa0 votre sujet.\r\n"
    "\r\n"
    "person.json     qui vous \xc3\xaates pour la porte : nom, carte, groupes, validit\xc3\xa9, notes, consentement\r\n"
    "templates.json  les nombres auxquels votre visage est compar\xc3\xa9, une liste par photo d'enr\xc3\xb4lement "
    ";\r\n"
    "                ce sont des donn\xc3\xa9"
    "es biom\xc3\xa9triques : qui les a peut vous reconna\xc3\xaetre avec le m\xc3\xaame logiciel\r\n"
    "events.json     chaque passage o\xc3\xb9 vous avez \xc3\xa9t\xc3\xa9 reconnu ; events.csv est la m\xc3\xaame "
    "chose pour un tableur\r\n"
    "portrait.jpg    votre photo, si elle est conserv\xc3\xa9"
    "e\r\n"
    "pictures/       photos de vos passages, si elles sont conserv\xc3\xa9"
    "es ; d'autres personnes peuvent y figurer\r\n"
    "\r\n"
    "Un code PIN n'est conserv\xc3\xa9 que sous une forme illisible, et n'est pas dans ce fichier.\r\n"
    "Ce fichier n'est pas chiffr\xc3\xa9. Gardez-le l\xc3\xa0 o\xc3\xb9 vous seul pouvez le lire.\r\n";

Bytes bytesOf(const std::string& text) {
    return {text.begin(), text.end()};
}

/// Nothing half-written is left, whatever happens.
struct Unfinished {
    std::string path;
    ~Unfinished() {
        if (!path.empty())
            removeFile(path);
    }
};

std::string templatesJson(const std::vector<core::FaceTemplate>& templates) {
    QJsonArray list;
    for (const core::FaceTemplate& one : templates) {
        QJsonArray values;
        for (const float value : one.values)
            values.append(static_cast<double>(value));
        list.append(QJsonObject{{QStringLiteral("id"), QString::fromStdString(one.id.text())},
                                {QStringLiteral("model"), QString::fromStdString(one.modelId)},
                                {QStringLiteral("created"), QString::fromStdString(core::rfc3339Utc(one.created))},
                                {QStringLiteral("values"), values}});
    }
    return QJsonDocument(list).toJson(QJsonDocument::Indented).toStdString();
}

/// The person's events in order, a page at a time.
class EventFeed {
public:
    using Line = std::function<std::string(const core::CommittedEvent&, bool first)>;
    EventFeed(LogReader& log, core::PersonId person, std::string head, Line line, std::string tail)
        : m_log(log), m_line(std::move(line)), m_head(std::move(head)), m_tail(std::move(tail)) {
        m_filter.person = person;
    }
    void rewind() {
        m_after = 0;
        m_begun = m_ended = false;
    }
    Result<Bytes> next() {
        if (m_ended)
            return Bytes();
        std::string text;
        if (!m_begun)
            text = m_head;
        PageCursor cursor;
        cursor.afterSeq = m_after;
        const auto page = m_log.page(m_filter, cursor, LogReader::maxPage);
        if (!page)
            return page.error();
        for (const core::CommittedEvent& event : *page)
            text += m_line(event, m_after == 0 && &event == &page->front());
        if (!page->empty())
            m_after = page->back().seq;
        m_begun = true;
        if (page->size() < static_cast<std::size_t>(LogReader::maxPage)) {
            m_ended = true;
            text += m_tail;
        }
        return bytesOf(text);
    }

private:
    LogReader& m_log;
    EventFilter m_filter;
    Line m_line;
    std::string m_head, m_tail;
    std::int64_t m_after = 0;
    bool m_begun = false, m_ended = false;
};

ZipContent contentOf(std::shared_ptr<EventFeed> feed) {
    return {[feed] { feed->rewind(); }, [feed] { return feed->next(); }};
}

struct Picture {
    std::int64_t seq = 0;
    std::string name, local;
};

struct Data {
    DataFolder folder;
    std::unique_ptr<Store> store;
    std::unique_ptr<LogReader> log;
    std::vector<core::FaceTemplate> templates;
    Bytes portrait;
    std::vector<Picture> pictures;
    std::int64_t events = 0;
};

Result<std::unique_ptr<Data>> openData(const ExportOrder& order) {
    auto folder = DataFolder::look(order.dataFolder);
    if (!folder)
        return folder.error();
    std::unique_ptr<Data> data(new Data{*std::move(folder), {}, {}, {}, {}, {}});
    StoreOptions options;
    options.now = order.now;
    options.credentialsDirectory = order.credentialsDirectory;
    auto store = Store::openReadOnly(data->folder, options);
    if (!store)
        return store.error();
    data->store = *std::move(store);
    auto log = LogReader::open(order.dataFolder);
    if (!log)
        return log.error();
    data->log = *std::move(log);
    return data;
}

Status gather(Data& data, const core::PersonId& id) {
    auto stored = data.store->templates({});
    if (!stored)
        return stored.error();
    for (core::FaceTemplate& one : stored->templates)
        if (one.person == id)
            data.templates.push_back(std::move(one));
    auto portrait = data.store->portrait(id);
    if (!portrait)
        return portrait.error();
    data.portrait = *std::move(portrait);
    EventFilter filter;
    filter.person = id;
    for (PageCursor cursor{.afterSeq = 0, .beforeSeq = {}};;) {
        const auto page = data.log->page(filter, cursor, LogReader::maxPage);
        if (!page)
            return page.error();
        for (const core::CommittedEvent& event : *page)
            if (!event.snapshot.empty())
                data.pictures.push_back({event.seq, event.snapshot, event.event.local});
        data.events += static_cast<std::int64_t>(page->size());
        if (page->size() < static_cast<std::size_t>(LogReader::maxPage))
            return core::Done{};
        cursor.afterSeq = page->back().seq;
    }
}

/// "pictures/000042_2026-11-21T07-48-02.jpg": a colon is no part of a name everywhere.
std::string pictureEntryName(const Picture& picture) {
    char number[24];
    std::snprintf(number, sizeof number, "%06lld", static_cast<long long>(picture.seq));
    std::string local;
    for (const char c : picture.local)
        local += (c >= '0' && c <= '9') || c == 'T' ? c : '-';
    return std::string("pictures/") + number + '_' + local.substr(0, 19) + ".jpg";
}

/// Decrypted when its turn comes. One dropped meanwhile is empty.
ZipContent pictureContent(Store& store, std::string name, std::function<bool()> each) {
    auto given = std::make_shared<bool>(false);
    return {[given] { *given = false; },
            [given, &store, name = std::move(name), each = std::move(each)]() -> Result<Bytes> {
                if (std::exchange(*given, true))
                    return Bytes();
                if (!each())
                    return givenUp("the export");
                auto jpeg = store.snapshot(name);
                return jpeg ? *std::move(jpeg) : Bytes();
            }};
}

Status fill(ZipFile& zip, const ExportOrder& order, Data& data, const BackupProgress& progress) {
    const auto jsonLine = [](const core::CommittedEvent& event, bool first) {
        return (first ? "" : ",\n") + toJsonLine(event);
    };
    const auto csv = [](const core::CommittedEvent& event, bool) { return csvLine(eventCsvFields(event)); };
    std::vector<std::tuple<std::string, ZipContent, bool>> entries;
    entries.emplace_back("READ_ME.txt", zipBytes(bytesOf(readMe)), true);
    entries.emplace_back("person.json", zipBytes(bytesOf(order.about)), true);
    entries.emplace_back("templates.json", zipBytes(bytesOf(templatesJson(data.templates))), true);
    entries.emplace_back("events.json",
                         contentOf(std::make_shared<EventFeed>(*data.log, order.person, "[", jsonLine, "]\n")), true);
    entries.emplace_back(
        "events.csv",
        contentOf(std::make_shared<EventFeed>(*data.log, order.person, csvLine(eventCsvColumns()), csv, std::string())),
        true);
    if (!data.portrait.empty())
        entries.emplace_back("portrait.jpg", zipBytes(data.portrait), false);
    auto done = std::make_shared<std::int64_t>(0);
    const auto total = static_cast<std::int64_t>(data.pictures.size());
    for (const Picture& picture : data.pictures)
        entries.emplace_back(pictureEntryName(picture),
                             pictureContent(*data.store, picture.name,
                                            [done, total, &progress] { return !progress || progress(++*done, total); }),
                             false);
    for (auto& [name, content, packed] : entries)
        if (auto added = zip.add(name, std::move(content), packed); !added)
            return added;
    return core::Done{};
}

} // namespace

std::string fileNamePart(const std::string& name) {
    std::string out;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain)
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
        if (out.size() == 40)
            break;
    }
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    return out;
}

Result<Exported> exportPerson(const ExportOrder& order, const BackupProgress& progress) {
    if (!DataFolder::isFolder(order.folder))
        return Error{ErrorKind::NotFound, "there is no such folder", order.folder,
                     "Plug the stick in and choose it again"};
    auto data = openData(order);
    if (!data)
        return data.error();
    const auto person = (*data)->store->person(order.person);
    if (!person)
        return person.error();
    if (!*person)
        return Error{ErrorKind::NotFound, "there is no such person", order.person.value.text(),
                     "See facelatch-ctl person list"};
    if (auto gathered = gather(**data, order.person); !gathered)
        return gathered.error();

    const std::string name = fileNamePart((*person)->name);
    const std::string stem = "facelatch-data-" + (name.empty() ? name : name + "-") + fileStamp(order.now);
    const std::string file = freeName(inFolder(order.folder, stem), suffix);
    Unfinished unfinished{file.substr(0, file.size() - std::string(suffix).size()) + unfinishedSuffix};
    removeFile(unfinished.path);
    {
        auto zip = ZipFile::create(unfinished.path);
        if (!zip)
            return zip.error();
        if (auto filled = fill(*zip, order, **data, progress); !filled)
            return filled.error();
        if (auto written = zip->finish(); !written)
            return written.error();
    }
    if (auto renamed = renameDurably(unfinished.path, file); !renamed)
        return renamed.error();
    unfinished.path.clear();
    return Exported{file, static_cast<std::int64_t>((*data)->templates.size()), (*data)->events,
                    static_cast<std::int64_t>((*data)->pictures.size())};
}

} // namespace facelatch::storage
