// SPDX-License-Identifier: GPL-3.0-or-later
// A data folder that goes away with the test, a store in it, and the people and events tests put there.
#pragma once

#include "core/decision.h"
#include "core/person.h"
#include "storage/data_files.h"
#include "storage/data_folder.h"
#include "storage/log_reader.h"
#include "storage/sql_connection.h"
#include "storage/store.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>
#include <string>

namespace facelatch::test {

using storage::Bytes;

inline QByteArray why(const core::Error& error) {
    return QByteArray::fromStdString(error.text());
}

/// Fails the test with the error's own words.
#define VERIFY_OK(result)                                                                                              \
    do {                                                                                                               \
        const auto& once = (result);                                                                                   \
        QVERIFY2(bool(once), once ? "" : facelatch::test::why(once.error()).constData());                              \
    } while (false)

inline core::WallTime at(std::int64_t ms) {
    return core::WallTime(core::milliseconds(1'790'000'000'000 + ms));
}

inline core::Uuid7 newId(core::WallTime time = at(0)) {
    std::array<std::uint8_t, 10> random{};
    storage::fillRandom(random);
    return core::makeUuid7(time, random);
}

inline core::Person somebody(const std::string& name, const std::string& card = {}) {
    core::Person person;
    person.id.value = newId();
    person.name = name;
    person.cardId = card;
    person.created = at(0);
    return person;
}

inline core::FaceTemplate templateOf(const core::Person& person, float first, const std::string& model = "sface") {
    core::FaceTemplate one;
    one.id = newId();
    one.person = person.id;
    one.modelId = model;
    one.values = {first, 0.25F, -0.5F, 0.125F};
    one.values.resize(128, 0.0625F);
    one.created = at(0);
    return one;
}

inline core::Event grantedTo(const core::Person& person, std::int64_t ms = 0) {
    core::Event event;
    event.id = newId(at(ms));
    event.visit = newId(at(ms));
    event.door = "front";
    event.time = at(ms);
    event.local = "2026-09-21T18:13:20";
    event.outcome = core::Outcome::Granted;
    event.reason = core::Reason::Face;
    event.person = person.id;
    event.personName = person.name;
    event.cardId = person.cardId;
    event.score = 0.73F;
    event.margin = 0.31F;
    event.live = core::LivenessVerdict::Live;
    event.modelId = "sface";
    return event;
}

inline core::Event refusedStranger(std::int64_t ms = 0) {
    core::Event event = grantedTo({}, ms);
    event.outcome = core::Outcome::Denied;
    event.reason = core::Reason::UnknownPerson;
    event.person.reset();
    event.score = 0.12F;
    event.margin.reset();
    return event;
}

/// Begins and ends as a JPEG does, with a recognisable middle.
inline Bytes jpeg(std::size_t size = 3000) {
    Bytes bytes(size, 0x42);
    const Bytes head{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0};
    std::copy(head.begin(), head.end(), bytes.begin());
    bytes[size - 2] = 0xff;
    bytes[size - 1] = 0xd9;
    return bytes;
}

/// For tests that commit thousands of times and are not about the disk: memory, where there is such a folder.
inline QString fastFolder() {
    return QDir(QStringLiteral("/dev/shm")).exists() ? QStringLiteral("/dev/shm") : QDir::tempPath();
}

inline storage::StoreOptions testOptions() {
    storage::StoreOptions options;
    options.now = at(0);
    options.credentialsDirectory.clear();
    options.ballastBytes = 0;
    options.busyTimeout = core::milliseconds(50);
    return options;
}

class TempStore {
public:
    explicit TempStore(storage::StoreOptions options = testOptions(), const QString& where = {})
        : m_dir((where.isEmpty() ? QDir::tempPath() : where) + QStringLiteral("/facelatch-test-XXXXXX")),
          m_options(std::move(options)),
          m_folder(*storage::DataFolder::claim(m_dir.path().toStdString())) {}

    /// Closes what is open and opens again.
    core::Status open() {
        m_store.reset();
        auto opened = storage::Store::open(m_folder, m_options);
        if (!opened)
            return opened.error();
        m_store = std::move(*opened);
        return core::Done{};
    }
    void close() { m_store.reset(); }
    storage::Store& store() { return *m_store; }
    storage::Store* operator->() { return m_store.get(); }
    storage::StoreOptions& options() { return m_options; }
    const storage::DataFolder& folder() const { return m_folder; }
    std::string path() const { return m_folder.path(); }
    std::string file(const char* name) const { return m_folder.file(name); }
    std::string database() const { return file(storage::databaseFile); }

    core::Result<std::unique_ptr<storage::LogReader>> reader() const { return storage::LogReader::open(path()); }
    core::Result<storage::VerifyReport> verify() const {
        auto log = reader();
        if (!log)
            return log.error();
        return (*log)->verify();
    }
    /// What somebody with a database browser would do.
    core::Status tamper(const std::vector<const char*>& statements) {
        m_store.reset();
        auto db =
            storage::SqlConnection::open(database(), storage::SqlConnection::Mode::ReadWrite, core::milliseconds(50));
        if (!db)
            return db.error();
        for (const char* statement : statements)
            if (auto done = (*db)->run(QString::fromUtf8(statement)); !done)
                return done.error();
        return core::Done{};
    }

private:
    QTemporaryDir m_dir;
    storage::StoreOptions m_options;
    storage::DataFolder m_folder;
    std::unique_ptr<storage::Store> m_store;
};

inline QByteArray contentOf(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool writeContent(const std::string& path, const QByteArray& content) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size();
}

/// Every byte of every file below a folder: for looking for what must not be there.
QByteArray everythingIn(const std::string& folder);

} // namespace facelatch::test
