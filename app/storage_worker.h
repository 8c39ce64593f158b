// SPDX-License-Identifier: GPL-3.0-or-later
// StorageWorker: the storage thread. The one writer: commits decisions, which wait in memory while it cannot.
#pragma once

#include "app/waiting_events.h"
#include "core/access_policy.h"
#include "core/doctor.h"
#include "core/fault.h"
#include "core/gallery.h"
#include "core/settings.h"
#include "storage/store.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::app {

struct StorageContext {
    std::string dataFolder;
    std::optional<storage::DataFolder> folder; ///< claimed already; else it is tried again and again
    core::Settings settings;
    std::string modelId; ///< whose templates make the gallery
    int dimension = 0;
    WaitingEvents& waiting; ///< what is decided and not yet in the log
    /// All are called in the storage thread and must not block.
    std::function<void(core::CommittedEvent)> committed; ///< also provisional ones, while the log cannot be written
    std::function<void(std::shared_ptr<const core::Gallery>)> gallery;
    /// The access rules; always before the first gallery, so that nobody is let in for want of them.
    std::function<void(std::shared_ptr<const core::AccessConfig>)> access;
    std::function<void(core::Fault)> raise;
    std::function<void(core::FaultCode)> clear;
    std::function<void(core::Error)> refused; ///< the data is a newer version's: nothing here may touch it
    /// Given out at each opening.
    std::function<void(std::shared_ptr<const storage::PinHasher>)> hasher = {};
    /// Everybody's PINs, before each gallery; and, before the first of them, the lockouts that are still to be kept.
    std::function<void(std::shared_ptr<const core::PinBook>)> pins = {};
    std::function<void(std::map<std::string, core::Lockout::Row>)> lockouts = {};
    /// "people", "access", "admins" or "settings", after a command that changed them.
    std::function<void(QString)> changed = {};
    /// The mode of the door as it was kept, once, before the access rules and the people.
    std::function<void(core::DoorModeState)> mode = {};
};

using CommandReply = std::function<void(core::Result<QJsonObject>)>;

/// Lives, and is called, in the storage thread only.
class StorageWorker : public QObject {
    Q_OBJECT
public:
    explicit StorageWorker(StorageContext context);
    ~StorageWorker() override;

    /// Opens the data, and goes on trying while that fails.
    void open();
    /// There are events waiting.
    void write();
    core::LogFacts logFacts() const;
    void run(const QString& command, const QJsonObject& args, const CommandReply& reply);
    /// So that a restart does not end it. What cannot be written now is not tried again: the next failure writes anew.
    void keepLockout(const std::string& name, const core::Lockout::Row& row);
    /// So that a restart does not end it. What cannot be written now is tried again until it can; `kept` is told how
    /// the first try went.
    void keepMode(const core::DoorModeState& mode, const std::function<void(core::Status)>& kept);
    /// Calls `work` with the open store, or the error that there is none.
    void with(const std::function<void(core::Result<storage::Store*>)>& work);

private:
    void tryAgain();
    bool openForReading();
    bool loadMode();
    core::Status writeModes();
    bool loadAccess();
    void loadGallery();
    void loadPins();
    bool commit(const core::Decision& decision);
    void announceWaiting();
    void flush();
    void reportHealth();
    QJsonObject completed(const QString& command, QJsonObject args) const;
    storage::Bytes pictureOf(const core::Decision& decision) const;

    StorageContext m_context;
    std::unique_ptr<storage::Store> m_store;
    std::optional<storage::DataFolder> m_readFolder; ///< of a store that is only read
    std::int64_t m_picturesNotWritten = 0;           ///< as reported
    bool m_logTrouble = false, m_pictureTrouble = false, m_diskFull = false;
    bool m_knowsPeople = false; ///< a gallery was given out
    bool m_knowsLockouts = false;
    bool m_knowsMode = false;
    std::vector<core::DoorModeState> m_modes; ///< not kept yet, oldest first
    QTimer m_retry;
    QTimer m_care;
};

} // namespace facelatch::app
