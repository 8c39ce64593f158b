// SPDX-License-Identifier: GPL-3.0-or-later
// SnapshotFiles: the encrypted pictures of events as files. Inside of the storage module only.
//
// A file is "FLSN1" + one byte 0, the 16 bytes of the person whose key it is encrypted with (zeros: the store's own
// key, for unknown faces), then what encrypt() makes. It is bound to its name and person.
#pragma once

#include "core/person.h"
#include "core/result.h"
#include "storage/secrets.h"

#include <functional>
#include <optional>
#include <set>
#include <string>

namespace facelatch::storage {

class SnapshotFiles {
public:
    /// The key of a person, for reading.
    using KeyOf = std::function<core::Result<SecretKey>(const core::PersonId&)>;

    explicit SnapshotFiles(std::string folder);

    struct Written {
        std::string sha256Hex; ///< of the file as it is on the disk
        std::int64_t bytes = 0;
    };
    /// On the disk with its folder entry when this returns. `person` names whose key `key` is; nullopt for the store's.
    core::Result<Written> write(const std::string& name, ByteView jpeg, const SecretKey& key,
                                const std::optional<core::PersonId>& person);
    core::Result<Bytes> read(const std::string& name, const SecretKey& storeKey, const KeyOf& keyOf) const;
    bool remove(const std::string& name) const;
    /// Frees its room on a disk that takes nothing more, and leaves a trace: that it was us, and that its row must be
    /// told. forget() removes the trace.
    bool giveUp(const std::string& name) const;
    void forget(const std::string& name) const;
    /// Names of the pictures with such a trace.
    std::vector<std::string> givenUp() const;
    std::string path(const std::string& name) const;

    /// Deletes what no row names: leftovers of a kill between the picture and its row. Returns how many.
    std::int64_t sweep(const std::set<std::string>& kept) const;
    /// The same for a log that was rebuilt or rolled back: those pictures may be all that is left of an event, so they
    /// are moved to a folder beside the others. Returns how many.
    std::int64_t setAside(const std::set<std::string>& kept, const std::string& stamp) const;

private:
    std::string m_root;   ///< the data folder
    std::string m_folder; ///< the pictures
};

} // namespace facelatch::storage
