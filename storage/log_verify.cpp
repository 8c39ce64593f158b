// SPDX-License-Identifier: GPL-3.0-or-later
// Walking the chain.
#include "storage/data_files.h"
#include "storage/event_schema.h"
#include "storage/log_mark.h"
#include "storage/log_reader.h"
#include "storage/sql_connection.h"

#include <QCryptographicHash>
#include <QFile>

namespace facelatch::storage {

using core::Result;

namespace {

struct MissingPicture {
    std::int64_t seq;
    QString name;
};

std::string number(std::int64_t n) {
    return std::to_string(n);
}

void broken(VerifyReport& report, std::int64_t seq, std::string why) {
    report.intact = false;
    report.firstBrokenSeq = seq;
    report.why = std::move(why);
}

/// What is wrong with a row as it stands, given the hash of the row before it; empty when nothing is.
std::string rowProblem(const EventRow& row, std::int64_t expectedSeq, const QByteArray& previous) {
    const std::int64_t seq = row.committed.seq;
    if (seq != expectedSeq)
        return "event " + number(expectedSeq) + " is missing, the next one there is " + number(seq);
    if (eventHash(row) != row.hash)
        return "event " + number(seq) + " was changed: it does not fit its hash";
    if (row.prevHash != previous)
        return "event " + number(seq) + " does not follow the one before it: a row was exchanged";
    if (const auto field = personalMismatch(row))
        return "the " + field->toStdString() + " of event " + number(seq) +
               " was changed: it does not fit its salted hash";
    return {};
}

enum class Picture { Fits, Missing, Changed, GivenUp };

Picture checkPicture(const std::string& folder, const EventRow& row) {
    QFile file(text(snapshotPath(folder, row.snapshotName.toStdString())));
    if (!file.open(QIODevice::ReadOnly))
        return QFile::exists(file.fileName() + QLatin1String(givenUpSuffix)) ? Picture::GivenUp : Picture::Missing;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return hash.addData(&file) && hash.result() == row.snapshotHash ? Picture::Fits : Picture::Changed;
}

/// A name from the database never leads out of the folder.
bool isPlainName(const QString& name) {
    return !name.isEmpty() && !name.contains(QLatin1Char('/')) && !name.startsWith(QLatin1Char('.'));
}

} // namespace

Result<VerifyReport> LogReader::verify(const std::function<bool(std::int64_t rows)>& progress, bool pictures) {
    VerifyReport report;
    // The mark first: it may only be behind what is read after it.
    const auto mark = readMark(m_folder);
    std::vector<MissingPicture> missing;
    QByteArray previous(hashSize, '\0');
    {
        // One statement is one consistent view, however much is written meanwhile.
        auto rows = m_db->run(QStringLiteral("SELECT %1 FROM %2 ORDER BY e.seq").arg(eventColumns(), eventJoin()));
        if (!rows)
            return rows.error();
        while (report.intact && rows->next()) {
            const auto row = readEventRow(*rows);
            if (!row) {
                broken(report, report.events + 1, row.error().what);
                break;
            }
            const std::int64_t seq = row->committed.seq;
            if (auto problem = rowProblem(*row, report.events + 1, previous); !problem.empty()) {
                broken(report, report.events + 1, std::move(problem));
                break;
            }
            previous = row->hash;
            ++report.events;
            const bool personal = !row->personHash.isNull() || !row->nameHash.isNull() || !row->cardHash.isNull() ||
                                  !row->noteHash.isNull();
            if (personal && row->salt.isNull())
                ++report.erased;
            if (row->snapshotGone) {
                ++report.picturesDropped;
            } else if (!row->snapshotName.isNull() && pictures) {
                if (!isPlainName(row->snapshotName)) {
                    broken(report, seq, "event " + number(seq) + " names a picture outside of its folder");
                    break;
                }
                const Picture picture = checkPicture(m_folder, *row);
                if (picture == Picture::Fits)
                    ++report.pictures;
                else if (picture == Picture::GivenUp)
                    ++report.picturesDropped;
                else if (picture == Picture::Missing)
                    missing.push_back({seq, row->snapshotName});
                else
                    broken(report, seq,
                           "the picture of event " + number(seq) + " was changed: it does not fit its SHA-256");
            }
            if (report.events % 1000 == 0 && progress && !progress(report.events))
                return core::fail("the verification was given up");
        }
        if (auto ended = m_db->check(*rows); !ended)
            broken(report, report.events + 1, ended.error().what);
    }
    // A picture may have been dropped by its limit while we walked: ask again.
    for (const MissingPicture& picture : missing) {
        const auto removed = m_db->value(QStringLiteral("SELECT removed FROM snapshot WHERE seq = ?"),
                                         {static_cast<qint64>(picture.seq)});
        if (!removed)
            return removed.error();
        if (!removed->isNull())
            ++report.picturesDropped;
        else if (!report.firstBrokenSeq || *report.firstBrokenSeq > picture.seq)
            broken(report, picture.seq,
                   "the picture of event " + number(picture.seq) + " is missing (" + picture.name.toStdString() + ")");
    }
    if (report.intact && !m_withoutWal && mark && mark->logId == m_logId && mark->seq > report.events)
        broken(report, report.events + 1,
               "the log ends at event " + number(report.events) + ", but event " + number(mark->seq) +
                   " had been acknowledged: the end was cut off");
    return report;
}

} // namespace facelatch::storage
