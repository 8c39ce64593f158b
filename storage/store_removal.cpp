// SPDX-License-Identifier: GPL-3.0-or-later
// Removing and erasing people.
#include "storage/data_files.h"
#include "storage/durable_file.h"
#include "storage/event_schema.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <filesystem>

namespace facelatch::storage {

using core::PersonId;
using core::Result;

namespace {

/// Copies of the database this person may still be in: backups, and damaged databases kept aside.
std::vector<std::string> olderCopies(const std::string& folder) {
    std::vector<std::string> copies;
    const std::string backups = inFolder(folder, backupFolder);
    for (const std::string& name : filesIn(backups))
        copies.push_back(inFolder(backups, name));
    for (const std::string& name : filesIn(folder))
        if (name.starts_with(std::string(databaseFile) + ".damaged-"))
            copies.push_back(inFolder(folder, name));
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (entry.path().filename().string().starts_with(asidePrefix))
            copies.push_back(entry.path().string());
    return copies;
}

} // namespace

Result<Removal> Store::removePerson(const PersonId& id, Names names, core::WallTime now, const std::string& by) {
    auto removal = guarded(Access::Write, [&] { return deletePerson(id, names, {by, now}); });
    if (!removal)
        return removal;
    // The deleted pages are zeroed (secure_delete), but older versions of them stand in the write-ahead log until now.
    (void)checkpoint();
    removal->olderCopies = olderCopies(m_folder.path());
    return removal;
}

Result<Removal> Store::deletePerson(const PersonId& id, Names names, const ChangeBy& by) {
    auto transaction = Transaction::begin(*m_db);
    if (!transaction)
        return transaction.error();
    const QVariantList person{idBlob(id.value)};
    Removal removal;
    const auto templates = m_db->value(QStringLiteral("SELECT count(*) FROM face_template WHERE person = ?"), person);
    if (!templates)
        return templates.error();
    removal.templates = templates->toLongLong();

    std::vector<Picture> pictures;
    {
        auto rows = m_db->run(QStringLiteral("SELECT s.seq, s.bytes, e.snapshot FROM event_personal p "
                                             "CROSS JOIN snapshot s ON s.seq = p.seq JOIN event e ON e.seq = p.seq "
                                             "WHERE p.person = ? AND s.removed IS NULL"),
                              person);
        if (!rows)
            return rows.error();
        while (rows->next())
            pictures.push_back(
                {rows->value(0).toLongLong(), rows->value(1).toLongLong(), rows->value(2).toString().toStdString()});
        if (auto ended = m_db->check(*rows); !ended)
            return ended.error();
    }
    removal.pictures = static_cast<std::int64_t>(pictures.size());
    if (auto marked = markRemoved(pictures, by.when); !marked)
        return marked.error();
    if (names == Names::Erase) {
        auto erased = m_db->run(QStringLiteral("DELETE FROM event_personal WHERE person = ?"), person);
        if (!erased)
            return erased.error();
        removal.events = erased->numRowsAffected();
        auto forgotten = m_db->run(QStringLiteral("DELETE FROM audit_person WHERE person = ?"), person);
        if (!forgotten)
            return forgotten.error();
    }
    const auto name = m_db->value(QStringLiteral("SELECT name FROM person WHERE id = ?"), person);
    if (!name)
        return name.error();
    if (auto gone = writeLockout("person:" + id.value.text(), {}); !gone)
        return gone.error();
    // Key, card, PIN, consent and templates go with the row (ON DELETE CASCADE).
    {
        auto gone = m_db->run(QStringLiteral("DELETE FROM person WHERE id = ?"), person);
        if (!gone)
            return gone.error();
        // Somebody removed earlier may still be erased from the log.
        if (gone->numRowsAffected() == 0 && removal.events == 0)
            return core::Error{core::ErrorKind::NotFound, "there is no such person", id.value.text(),
                               "See facelatch-ctl person list"};
    }
    const bool erase = names == Names::Erase;
    const AuditNote note{erase ? "person.erase" : "person.remove",
                         {},
                         erase ? std::nullopt : std::optional(id),
                         name->toString().toStdString(),
                         "{\"templates\":" + std::to_string(removal.templates) + "}",
                         {}};
    if (auto noted = noteAudit(by, note); !noted)
        return noted.error();
    if (auto committed = transaction->commit(); !committed)
        return committed.error();
    deleteFiles(pictures);
    return removal;
}

} // namespace facelatch::storage
