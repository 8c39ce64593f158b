// SPDX-License-Identifier: GPL-3.0-or-later
// Committing, waiting out a broken disk, answering commands.
#include "app/storage_worker.h"

#include "app/clock.h"
#include "app/rules.h"
#include "app/use_cases.h"
#include "recognition/pictures.h"

#include <cstdio>

namespace facelatch::app {

namespace {

constexpr core::milliseconds retryEvery{2000};
constexpr core::milliseconds careEvery{60'000};
constexpr int jpegQuality = 85;

} // namespace

StorageWorker::StorageWorker(StorageContext context) : m_context(std::move(context)) {
    connect(&m_retry, &QTimer::timeout, this, [this] { tryAgain(); });
    m_retry.setInterval(retryEvery);
    connect(&m_care, &QTimer::timeout, this, [this] {
        if (!m_store || m_store->readOnly())
            return;
        if (const auto care = m_store->checkpoint(); !care)
            std::fprintf(stderr, "facelatch: %s\n", care.error().text().c_str());
        reportHealth();
    });
    m_care.start(careEvery);
}

StorageWorker::~StorageWorker() {
    flush();
    (void)writeModes(); // what fails was said when it failed first
    if (m_context.waiting.size() > 0)
        std::fprintf(stderr, "facelatch: %zu events could not be written before the end\n", m_context.waiting.size());
}

void StorageWorker::open() {
    const auto failed = [this](const core::Error& error) {
        if (error.kind == core::ErrorKind::NewerVersion)
            m_context.refused(error);
        m_retry.start();
        if (storage::DataFolder::refusesWrites(m_context.dataFolder) && openForReading()) {
            m_context.raise({core::FaultCode::LogNotWritable, error.text()});
            return;
        }
        m_context.raise({core::FaultCode::DataUnreadable, error.text()});
    };
    m_store.reset(); // one that only reads
    if (!m_context.folder) {
        auto folder = storage::DataFolder::claim(m_context.dataFolder);
        if (!folder)
            return failed(folder.error());
        m_context.folder.emplace(*std::move(folder));
    }
    auto store = storage::Store::open(*m_context.folder, storeOptions(m_context.settings, now().wall));
    if (!store)
        return failed(store.error());
    m_store = *std::move(store);
    if (m_context.hasher)
        m_context.hasher(m_store->pinHasher());
    for (const std::string& note : m_store->report().notes)
        std::fprintf(stderr, "facelatch: %s\n", note.c_str());
    if (!loadMode() || !loadAccess()) {
        m_store.reset(); // without the rules nobody can be let in: opened again with the next try
        return;
    }
    loadGallery();
    reportHealth();
}

/// A disk that went read-only must not keep people outside: whom the door knew, it goes on knowing.
bool StorageWorker::openForReading() {
    auto folder = storage::DataFolder::look(m_context.dataFolder);
    if (!folder)
        return false;
    m_readFolder.emplace(*std::move(folder));
    auto store = storage::Store::openReadOnly(*m_readFolder, storeOptions(m_context.settings, now().wall));
    if (!store) {
        std::fprintf(stderr, "facelatch: %s\n", store.error().text().c_str());
        return false;
    }
    m_store = *std::move(store);
    if (m_context.hasher)
        m_context.hasher(m_store->pinHasher());
    if (!m_knowsPeople && loadMode() && loadAccess())
        loadGallery();
    return m_knowsPeople;
}

void StorageWorker::tryAgain() {
    if (!m_store || m_store->readOnly())
        open();
    if (m_pictureTrouble && m_store && m_store->tryPictures()) {
        m_pictureTrouble = false;
        m_context.clear(core::FaultCode::PicturesNotWritten);
    }
    (void)writeModes();
    flush();
}

bool StorageWorker::loadAccess() {
    auto access = m_store->access();
    if (!access) {
        m_context.raise({core::FaultCode::DataUnreadable, access.error().text()});
        m_retry.start();
        return false;
    }
    if (access->rulesLost)
        std::fprintf(stderr, "facelatch: the access rules were lost with damaged data, so nobody is let in; add them "
                             "again with facelatch-ctl rule add\n");
    m_context.access(std::make_shared<const core::AccessConfig>(*std::move(access)));
    return true;
}

/// Without them nobody is let in by a PIN; faces go on.
void StorageWorker::loadPins() {
    auto pins = m_store->pinBook();
    const auto lockouts = m_store->lockouts();
    if (m_context.lockouts && lockouts && !std::exchange(m_knowsLockouts, true))
        m_context.lockouts(*lockouts);
    if (!pins || !lockouts)
        std::fprintf(stderr, "facelatch: %s\n", (pins ? lockouts.error() : pins.error()).text().c_str());
    else if (m_context.pins)
        m_context.pins(*std::move(pins));
}

void StorageWorker::keepLockout(const std::string& name, const core::Lockout::Row& row) {
    if (const auto kept = m_store ? m_store->putLockout(name, row) : core::Status(core::Done{}); !kept)
        std::fprintf(stderr, "facelatch: %s\n", kept.error().text().c_str());
}

void StorageWorker::loadGallery() {
    loadPins();
    auto people = m_store->people();
    const auto stored =
        people ? m_store->templates(m_context.modelId) : core::Result<storage::StoredTemplates>(people.error());
    if (!stored) {
        m_context.raise({core::FaultCode::DataUnreadable, stored.error().text()});
        return;
    }
    for (const core::PersonId& id : stored->unreadable)
        std::fprintf(stderr, "facelatch: a face template of person %s cannot be read; enrol them again\n",
                     id.value.text().c_str());
    m_knowsPeople = true;
    m_context.gallery(
        core::Gallery::build(*std::move(people), stored->templates, m_context.modelId, m_context.dimension));
    m_context.clear(core::FaultCode::DataUnreadable);
}

storage::Bytes StorageWorker::pictureOf(const core::Decision& decision) const {
    if (!decision.wantsSnapshot || decision.picture.empty() || m_context.settings.text("snapshots.keep") == "never")
        return {};
    const bool faceOnly = m_context.settings.text("snapshots.picture") == "face";
    const auto jpeg = recognition::encodeJpeg(
        faceOnly ? recognition::faceThumbnail(decision.picture, decision.face, 320) : decision.picture, jpegQuality);
    return jpeg ? *jpeg : storage::Bytes{};
}

bool StorageWorker::commit(const core::Decision& decision) {
    const auto done = m_store ? m_store->append(decision.event, pictureOf(decision))
                              : core::Result<core::CommittedEvent>(core::fail("The log is not open"));
    if (!done) {
        m_context.raise({core::FaultCode::LogNotWritable, done.error().text()});
        return false;
    }
    m_context.waiting.done(decision.event.id);
    m_context.committed(*done);
    reportHealth();
    return true;
}

void StorageWorker::write() {
    if (m_logTrouble)
        announceWaiting(); // they take their turn after those that could not be written
    else
        flush();
}

void StorageWorker::announceWaiting() {
    for (core::CommittedEvent& event : m_context.waiting.overdue(now().mono, core::milliseconds{0}))
        m_context.committed(std::move(event));
}

void StorageWorker::flush() {
    while (const auto next = m_context.waiting.front()) {
        if (commit(*next))
            continue;
        announceWaiting();
        m_logTrouble = true;
        m_retry.start();
        return;
    }
    if (!m_store || m_store->readOnly())
        return;
    m_logTrouble = false;
    if (!m_pictureTrouble && m_modes.empty())
        m_retry.stop();
    m_context.clear(core::FaultCode::LogNotWritable);
}

/// What went wrong without an event being lost.
void StorageWorker::reportHealth() {
    const storage::StoreHealth& health = m_store->health();
    if (health.picturesNotWritten > m_picturesNotWritten) {
        m_picturesNotWritten = health.picturesNotWritten;
        m_pictureTrouble = true;
        m_context.raise({core::FaultCode::PicturesNotWritten, health.lastPictureError});
        m_retry.start();
    }
    if (health.ballastFreed && !m_diskFull)
        m_context.raise({core::FaultCode::DiskFull, "the reserve of " + m_context.dataFolder +
                                                        " is used up and old pictures go. Free space on it"});
    if (!health.ballastFreed && m_diskFull)
        m_context.clear(core::FaultCode::DiskFull);
    m_diskFull = health.ballastFreed;
}

core::LogFacts StorageWorker::logFacts() const {
    core::LogFacts facts;
    facts.waiting = static_cast<std::int64_t>(m_context.waiting.size());
    facts.lost = static_cast<std::int64_t>(m_context.waiting.lost());
    facts.open = m_store != nullptr;
    if (!m_store)
        return facts;
    const storage::StoreHealth& health = m_store->health();
    facts.error = health.lastError;
    facts.ballastFreed = health.ballastFreed;
    facts.picturesNotWritten = health.picturesNotWritten;
    facts.pictureError = health.lastPictureError;
    facts.picturesDropped = health.picturesDropped;
    facts.rebuilt = m_store->report().salvaged;
    facts.notes = m_store->report().notes;
    return facts;
}

void StorageWorker::with(const std::function<void(core::Result<storage::Store*>)>& work) {
    if (m_store)
        work(m_store.get());
    else
        work(core::Error{core::ErrorKind::OutOfService, "The door's data is not open", m_context.dataFolder,
                         "See what the kiosk says about it"});
}

/// What only the door knows: which it is, and whether it takes PINs.
QJsonObject StorageWorker::completed(const QString& command, QJsonObject args) const {
    if (command == u"access.preview") {
        if (!args.contains(u"door"))
            args.insert(QStringLiteral("door"), QString::fromStdString(m_context.settings.text("door.id")));
        args.insert(QStringLiteral("pin"), m_context.settings.flag("door.pin"));
        args.insert(QStringLiteral("pin_alone"), m_context.settings.flag("door.pin_alone"));
    }
    return args;
}

void StorageWorker::run(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    core::Result<QJsonObject> answer = core::fail("not asked yet");
    with([&](const core::Result<storage::Store*>& store) {
        answer = store ? runStoreCommand(**store, command, completed(command, args), now())
                       : core::Result<QJsonObject>(store.error());
    });
    reply(answer);
    if (!m_store)
        return;
    if (changesAccess(command) && !loadAccess()) {
        m_store.reset(); // the door is out of service until the rules can be read again
        return;
    }
    if (changesPeople(command))
        loadGallery();
    const QString what = whatChanges(command);
    if (answer && !what.isEmpty() && m_context.changed)
        m_context.changed(what);
}

} // namespace facelatch::app
