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
/// Two hours of one event a second. Their pictures are let go first: a frame takes 900 kB, an event 500 bytes.
constexpr std::size_t roomForEvents = 7200;
constexpr std::size_t roomForPictures = 20;
constexpr int jpegQuality = 85;

} // namespace

StorageWorker::StorageWorker(StorageContext context) : m_context(std::move(context)) {
    connect(&m_retry, &QTimer::timeout, this, [this] {
        if (!m_store)
            open();
        flush();
    });
    m_retry.setInterval(retryEvery);
    connect(&m_care, &QTimer::timeout, this, [this] {
        if (m_store)
            if (const auto care = m_store->checkpoint(); !care)
                std::fprintf(stderr, "facelatch: %s\n", care.error().text().c_str());
    });
    m_care.start(careEvery);
}

StorageWorker::~StorageWorker() {
    flush();
    if (!m_waiting.empty())
        std::fprintf(stderr, "facelatch: %zu events could not be written before the end\n", m_waiting.size());
}

void StorageWorker::open() {
    const auto failed = [this](const core::Error& error) {
        if (error.kind == core::ErrorKind::NewerVersion)
            m_context.refused(error);
        m_context.raise({core::FaultCode::DataUnreadable, error.text()});
        m_retry.start();
    };
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
    for (const std::string& note : m_store->report().notes)
        std::fprintf(stderr, "facelatch: %s\n", note.c_str());
    loadGallery();
}

void StorageWorker::loadGallery() {
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
        m_retry.start();
        return false;
    }
    m_context.committed(*done);
    return true;
}

void StorageWorker::append(core::Decision decision) {
    if (m_waiting.empty() && commit(decision))
        return;
    m_context.committed({decision.event, {}, 0, {}, true});
    if (m_waiting.size() == roomForEvents) {
        m_waiting.pop_front();
        ++m_lost;
        std::fprintf(stderr, "facelatch: %llu events are lost: no room is left to keep them in memory\n",
                     static_cast<unsigned long long>(m_lost));
    }
    m_waiting.push_back(std::move(decision));
    if (m_waiting.size() > roomForPictures)
        m_waiting[m_waiting.size() - 1 - roomForPictures].picture = {};
}

void StorageWorker::flush() {
    while (!m_waiting.empty() && m_store) {
        if (!commit(m_waiting.front()))
            return;
        m_waiting.pop_front();
    }
    if (!m_store || !m_waiting.empty())
        return;
    m_retry.stop();
    m_context.clear(core::FaultCode::LogNotWritable);
}

void StorageWorker::run(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    if (!m_store) {
        reply(core::Error{core::ErrorKind::OutOfService, "The door's data is not open", m_context.dataFolder,
                          "See what the kiosk says about it"});
        return;
    }
    reply(runStoreCommand(*m_store, command, args, now()));
    if (changesPeople(command))
        loadGallery();
}

} // namespace facelatch::app
