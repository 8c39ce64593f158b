// SPDX-License-Identifier: GPL-3.0-or-later
// Dropped, kept and torn writes.
#include "crash_model.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace facelatch::test {

namespace {

using Kind = DiskStep::Kind;

std::string folderOf(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

bool chance(std::mt19937& random, unsigned percent) {
    return random() % 100 < percent;
}

void put(std::string& content, std::int64_t at, std::string_view data) {
    const auto end = static_cast<std::size_t>(at) + data.size();
    if (content.size() < end)
        content.resize(end, '\0');
    content.replace(static_cast<std::size_t>(at), data.size(), data);
}

/// Some sectors of a write: up to a point, or each by chance.
void putTorn(std::string& content, const DiskStep& write, std::mt19937& random) {
    const std::size_t sector = chance(random, 50) ? 512 : 4096;
    const bool prefix = chance(random, 50);
    const auto begin = static_cast<std::size_t>(write.at), end = begin + write.data.size();
    for (std::size_t from = begin; from < end;) {
        const std::size_t to = std::min(end, (from / sector + 1) * sector);
        const bool there = chance(random, 50);
        if (there)
            put(content, static_cast<std::int64_t>(from), std::string_view(write.data).substr(from - begin, to - from));
        else if (prefix)
            return;
        from = to;
    }
}

void applyWhole(std::string& content, const DiskStep& step) {
    if (step.kind == Kind::Write)
        put(content, step.at, step.data);
    else
        content.resize(static_cast<std::size_t>(step.at), '\0');
}

} // namespace

CrashModel::CrashModel(const DiskState& base, const std::map<std::string, int>& numbers) {
    m_names.folders = base.folders;
    for (const auto& [path, content] : base.files) {
        m_names.files[path] = numbers.at(path);
        m_files[numbers.at(path)].synced = content;
    }
}

void CrashModel::apply(const DiskStep& step, Names& names) {
    switch (step.kind) {
    case Kind::Create:
        names.files[step.path] = step.file;
        break;
    case Kind::Rename:
        if (const auto from = names.files.find(step.path); from != names.files.end()) {
            names.files[step.to] = from->second;
            names.files.erase(step.path);
        }
        break;
    case Kind::Unlink:
        names.files.erase(step.path);
        break;
    case Kind::MakeFolder:
        names.folders.insert(step.path);
        break;
    default:
        break;
    }
}

void CrashModel::apply(const DiskStep& step) {
    switch (step.kind) {
    case Kind::Write:
    case Kind::Resize:
        m_files[step.file].since.push_back(&step);
        break;
    case Kind::SyncFile: {
        File& file = m_files[step.file];
        for (const DiskStep* change : file.since)
            applyWhole(file.synced, *change);
        file.since.clear();
        break;
    }
    case Kind::Create:
    case Kind::Rename: // within one folder: that is all this program does
    case Kind::Unlink:
    case Kind::MakeFolder:
        m_changes[folderOf(step.path)].push_back(&step);
        break;
    case Kind::SyncFolder:
        for (const DiskStep* change : m_changes[step.path])
            apply(*change, m_names);
        m_changes[step.path].clear();
        break;
    case Kind::Note:
        break;
    }
}

std::size_t CrashModel::unsynced() const {
    std::size_t count = 0;
    for (const auto& [number, file] : m_files)
        count += file.since.size();
    for (const auto& [folder, changes] : m_changes)
        count += changes.size();
    return count;
}

DiskState CrashModel::crash(Unsynced what, std::mt19937& random) const {
    Names names = m_names;
    for (const auto& [folder, changes] : m_changes) {
        std::size_t held = what == Unsynced::Dropped ? 0 : changes.size();
        if (what == Unsynced::Cut || what == Unsynced::Mixed)
            held = random() % (changes.size() + 1);
        for (std::size_t i = 0; i < held; ++i)
            apply(*changes[i], names);
    }
    DiskState state;
    state.folders = names.folders;
    for (const auto& [path, number] : names.files) {
        if (!folderOf(path).empty() && !names.folders.contains(folderOf(path)))
            continue; // its folder never was
        const auto known = m_files.find(number);
        std::string& content = state.files[path];
        if (known == m_files.end())
            continue;
        content = known->second.synced;
        const auto& since = known->second.since;
        const std::size_t cut = random() % (since.size() + 1);
        for (std::size_t i = 0; i < since.size(); ++i) {
            const bool torn = since[i]->kind == Kind::Write && (what == Unsynced::Cut ? i == cut : chance(random, 33));
            const bool there = what == Unsynced::Kept || (what == Unsynced::Cut && i < cut) ||
                               (what == Unsynced::Mixed && chance(random, 50));
            if (what == Unsynced::Dropped || (what == Unsynced::Cut && i > cut))
                break;
            if (what != Unsynced::Kept && torn)
                putTorn(content, *since[i], random);
            else if (there)
                applyWhole(content, *since[i]);
        }
    }
    return state;
}

void layOut(const DiskState& state, const std::string& folder) {
    namespace fs = std::filesystem;
    fs::remove_all(folder);
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    for (const std::string& path : state.folders) {
        fs::create_directories(fs::path(folder) / path);
        fs::permissions(fs::path(folder) / path, fs::perms::owner_all);
    }
    for (const auto& [path, content] : state.files) {
        const fs::path file = fs::path(folder) / path;
        std::ofstream(file, std::ios::binary) << content;
        // The device key is refused with other rights than its own.
        fs::permissions(file,
                        path == "device.key" ? fs::perms::owner_read : fs::perms::owner_read | fs::perms::owner_write);
    }
}

} // namespace facelatch::test
