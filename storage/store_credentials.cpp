// SPDX-License-Identifier: GPL-3.0-or-later
// People's cards and PINs, their consent, and the locks after wrong PINs.
#include "storage/event_schema.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <algorithm>

namespace facelatch::storage {

using core::Done;
using core::PersonId;
using core::PinVerifier;
using core::Result;
using core::Status;

namespace {

QString pinText(const PinVerifier& verifier) {
    return QString::fromLatin1(blob(verifier.data(), verifier.size()).toHex());
}
std::optional<PinVerifier> pinFrom(const QString& hex) {
    const QByteArray bytes = QByteArray::fromHex(hex.toLatin1());
    PinVerifier verifier{};
    if (bytes.size() != static_cast<qsizetype>(verifier.size()))
        return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), verifier.begin());
    return verifier;
}

/// Puts `value` in the place of the credential of that kind; removes it when it is empty. `taken` is the error when it
/// is another person's, made from that person's name.
Status putCredential(SqlConnection& db, const PersonId& id, const QString& kind, const QString& value,
                     core::WallTime when, const std::function<core::Error(const std::string&)>& taken) {
    const QByteArray who = idBlob(id.value);
    if (!value.isEmpty()) {
        const auto owner = db.value(QStringLiteral("SELECT p.name FROM credential c JOIN person p ON p.id = c.person "
                                                   "WHERE c.kind = ? AND c.value = ? AND c.person <> ?"),
                                    {kind, value, who});
        if (!owner)
            return owner.error();
        if (owner->isValid())
            return taken(owner->toString().toStdString());
    }
    if (auto gone = db.run(QStringLiteral("DELETE FROM credential WHERE person = ? AND kind = ?"), {who, kind}); !gone)
        return gone.error();
    if (value.isEmpty())
        return Done{};
    auto put = db.run(QStringLiteral("INSERT INTO credential(person, kind, value, created) VALUES(?, ?, ?, ?)"),
                      {who, kind, value, static_cast<qint64>(when.time_since_epoch().count())});
    return put ? Status(Done{}) : Status(put.error());
}

core::Error cardTaken(const std::string& card, const std::string& owner) {
    return {core::ErrorKind::Usage, "card " + card + " already belongs to " + owner, "",
            "Give another card, or remove it from that person first"};
}
/// Without the owner's name: it would tell a PIN of that person.
core::Error pinTaken() {
    return {core::ErrorKind::Usage, "this PIN cannot be used", "", "Choose another one"};
}

} // namespace

Status Store::putCredentials(const PersonId& id, const PersonChange& change, core::WallTime when) {
    if (change.card)
        if (auto put = putCredential(*m_db, id, QStringLiteral("card"), text(*change.card), when,
                                     [&](const std::string& owner) { return cardTaken(*change.card, owner); });
            !put)
            return put;
    if (change.pin) {
        const QString value = *change.pin ? pinText(**change.pin) : QString();
        if (auto put = putCredential(*m_db, id, QStringLiteral("pin"), value, when,
                                     [](const std::string&) { return pinTaken(); });
            !put)
            return put;
        if (auto forgotten = writeLockout("person:" + id.value.text(), {}); !forgotten)
            return forgotten;
    }
    if (!change.consent)
        return Done{};
    const QByteArray who = idBlob(id.value);
    if (auto gone = m_db->run(QStringLiteral("DELETE FROM consent WHERE person = ?"), {who}); !gone)
        return gone.error();
    if (!*change.consent)
        return Done{};
    const core::Consent& consent = **change.consent;
    auto put = m_db->run(
        QStringLiteral("INSERT INTO consent(person, text, time, witness) VALUES(?, ?, ?, ?)"),
        {who, text(consent.text), static_cast<qint64>(consent.time.time_since_epoch().count()), text(consent.witness)});
    return put ? Status(Done{}) : Status(put.error());
}

Result<std::shared_ptr<const core::PinBook>> Store::pinBook() {
    return guarded(Access::Read, [&]() -> Result<std::shared_ptr<const core::PinBook>> {
        auto rows = m_db->run(QStringLiteral("SELECT person, value FROM credential WHERE kind = 'pin'"));
        if (!rows)
            return rows.error();
        std::vector<core::PinBook::Entry> entries;
        while (rows->next()) {
            const auto person = idFromBlob(rows->value(0).toByteArray());
            const auto verifier = pinFrom(rows->value(1).toString());
            if (person && verifier)
                entries.emplace_back(PersonId{*person}, *verifier);
        }
        if (auto ended = m_db->check(*rows); !ended)
            return ended.error();
        return core::PinBook::build(entries);
    });
}

Result<std::map<std::string, core::Lockout::Row>> Store::lockouts() {
    return guarded(Access::Read, [&]() -> Result<std::map<std::string, core::Lockout::Row>> {
        auto rows = m_db->run(QStringLiteral("SELECT name, failures, until FROM lockout"));
        if (!rows)
            return rows.error();
        std::map<std::string, core::Lockout::Row> all;
        while (rows->next())
            all[rows->value(0).toString().toStdString()] = {
                rows->value(1).toInt(), core::WallTime(core::milliseconds(rows->value(2).toLongLong()))};
        if (auto ended = m_db->check(*rows); !ended)
            return ended.error();
        return all;
    });
}

Status Store::putLockout(const std::string& name, const core::Lockout::Row& row) {
    return changing([&] { return writeLockout(name, row); });
}

Status Store::writeLockout(const std::string& name, const core::Lockout::Row& row) {
    auto written =
        row.failures == 0
            ? m_db->run(QStringLiteral("DELETE FROM lockout WHERE name = ?"), {text(name)})
            : m_db->run(QStringLiteral("INSERT INTO lockout(name, failures, until) VALUES(?, ?, ?) "
                                       "ON CONFLICT(name) DO UPDATE SET failures = excluded.failures, "
                                       "until = excluded.until"),
                        {text(name), row.failures, static_cast<qint64>(row.until.time_since_epoch().count())});
    return written ? Status(Done{}) : Status(written.error());
}

} // namespace facelatch::storage
