// SPDX-License-Identifier: GPL-3.0-or-later
// PushReader: the log by cursor, for viewers: what comes after a number, in order, without gap or repeat.
#pragma once

#include "network/push_server.h"

#include <QString>

#include <memory>
#include <string>

namespace facelatch::storage {
class LogReader;
}

namespace facelatch::app {

/// Lives, and is called, in the thread "push-log" only, with a read-only connection of its own: neither the network
/// nor the writer waits for a long log.
class PushReader {
public:
    explicit PushReader(std::string dataFolder);
    ~PushReader();

    /// At most `limit`, as network::PushHost::events wants them. `logId` is the log as its writer knows it; with
    /// another one, or an empty one, the database is opened anew: it was restored or salvaged.
    core::Result<network::PushEvents> events(const network::PushFollow& follow, int limit, const QString& logId);

private:
    core::Result<network::PushEvents> read(const network::PushFollow& follow, int limit);

    std::string m_folder;
    std::unique_ptr<storage::LogReader> m_reader;
};

} // namespace facelatch::app
