// SPDX-License-Identifier: GPL-3.0-or-later
// Settings, models, data and machine, and what the running door says.
#include "app/doctor.h"

#include "app/data_access.h"
#include "app/doctor_host.h"
#include "app/door_identity.h"
#include "app/model_files.h"
#include "app/places.h"
#include "app/rules.h"
#include "network/control_socket.h"
#include "recognition/face_tools.h"
#include "recognition/pictures.h"
#include "recognition/self_test.h"
#include "storage/data_checkup.h"
#include "storage/secrets.h"

#include <algorithm>
#include <filesystem>

#include <sys/stat.h>

namespace facelatch::app {

namespace fs = std::filesystem;

namespace {

/// Of the running door: it watches its frames for two seconds and waits for its threads.
constexpr std::chrono::seconds answerTime{20};

/// Whether a password stands in that file; a group may read it, for the door's user is often in one.
bool holdsSecret(const core::Settings& settings, const std::string& file) {
    const auto rows = core::settingRows();
    return std::any_of(rows.begin(), rows.end(), [&](const core::SettingRow& row) {
        return row.secret && !settings.text(row.key).empty() && settings.where(row.key).starts_with(file + ":");
    });
}

core::SettingsFacts settingsFacts(const LoadedSettings& loaded) {
    core::SettingsFacts facts;
    facts.file = loaded.settingsFile;
    facts.fileExists = loaded.ownerFileExists;
    for (const core::Error& error : loaded.errors)
        facts.errors.push_back(error.text());
    for (const std::string& file : {loaded.settingsFile, loaded.dataFolder + "/settings.local.toml"}) {
        struct stat status {};
        const unsigned forbidden = holdsSecret(loaded.settings, file) ? 026U : 022U;
        if (::stat(file.c_str(), &status) == 0 && (status.st_mode & forbidden) != 0)
            facts.openToOthers.push_back(file);
    }
    return facts;
}

core::StorageFacts storageFacts(const std::string& folder, std::int64_t integrityMaxBytes) {
    const auto found = storage::checkUp(folder, {storage::credentialsDirectoryFromEnvironment(), integrityMaxBytes});
    core::StorageFacts facts;
    facts.folder = folder;
    facts.exists = found.exists;
    facts.notOurs = found.foreignOwner;
    facts.mode = found.mode;
    facts.notWritable = found.writeError;
    facts.full = found.full;
    facts.freeBytes = found.freeBytes;
    facts.ballastBytes = found.ballastBytes;
    facts.databaseBytes = found.databaseBytes;
    facts.walBytes = found.walBytes;
    facts.schema = found.schema;
    facts.knownSchema = found.knownSchema;
    facts.integrity = found.database == storage::DatabaseState::Whole        ? core::Integrity::Whole
                      : found.database == storage::DatabaseState::Damaged    ? core::Integrity::Damaged
                      : found.database == storage::DatabaseState::Unreadable ? core::Integrity::Unreadable
                                                                             : core::Integrity::NotChecked;
    facts.damage = found.damage;
    facts.newestEvent = found.newestEvent;
    using enum core::StorageFacts::Key;
    facts.key = found.key == storage::KeyState::InFile          ? File
                : found.key == storage::KeyState::InCredentials ? Credential
                : found.key == storage::KeyState::Missing       ? Missing
                : found.key == storage::KeyState::NotReadable   ? NotOurs
                : found.key == storage::KeyState::WrongSize     ? WrongSize
                                                                : NotNeededYet;
    facts.keyPath = found.keyPath;
    facts.keyMode = found.keyMode;
    facts.keyOpenToOthers = found.keyOpenToOthers;
    return facts;
}

core::ModelFacts modelFacts(const recognition::ModelStore& store, const std::string& id) {
    core::ModelFacts facts;
    facts.id = id;
    const auto bytes = store.read(id);
    if (!bytes) {
        note(bytes.error(), facts.error, facts.remedy);
        return facts;
    }
    facts.sha256 = storage::sha256Hex(*bytes);
    auto network = store.load(id);
    const auto tested =
        network ? recognition::selfTest(**network, facts.sha256) : core::Result<recognition::SelfTest>(network.error());
    if (!tested) {
        note(tested.error(), facts.error, facts.remedy);
        return facts;
    }
    facts.compared = tested->deviation.has_value();
    facts.deviation = tested->deviation.value_or(0);
    return facts;
}

/// The first picture of the demonstration's faces, in the order of their names.
std::string knownPicture() {
    const auto faces = demoFaces();
    std::vector<std::string> pictures;
    std::error_code ignored;
    if (faces)
        for (const auto& entry : fs::recursive_directory_iterator(*faces, ignored))
            if (entry.path().extension() == ".jpg")
                pictures.push_back(entry.path().string());
    return pictures.empty() ? std::string() : *std::min_element(pictures.begin(), pictures.end());
}

core::KnownFaceFacts knownFaceFacts(const recognition::PipelineSettings& settings,
                                    const recognition::ModelStore& store) {
    core::KnownFaceFacts facts;
    const std::string path = knownPicture();
    if (path.empty())
        return facts;
    facts.picture = (fs::path(path).parent_path().filename() / fs::path(path).filename()).string();
    const auto tools = recognition::loadFaceTools(settings, store);
    const auto picture = recognition::readPicture(path);
    if (!tools || !picture) {
        facts.error = (tools ? picture.error() : tools.error()).text();
        return facts;
    }
    const auto faces = recognition::detectThoroughly(*tools->detector, *picture);
    if (!faces) {
        facts.error = faces.error().text();
        return facts;
    }
    facts.found = !faces->empty();
    if (facts.found && tools->embedder)
        facts.embedded = static_cast<bool>(
            tools->embedder->embed(recognition::alignedFace(*tools->detector, *picture, faces->front())));
    return facts;
}

void addModels(const LoadedSettings& loaded, core::DoctorFacts& facts) {
    recognition::PipelineSettings pipeline = pipelineSettings(loaded.settings);
    pipeline.threads = 0; // the number is the process's: beside a door at work it stays as that has set it
    facts.liveness.required = pipeline.liveness.enabled;
    facts.liveness.minFrames = pipeline.liveness.minFrames;
    const auto store = openModels(loaded.settings, loaded.dataFolder);
    if (!store) {
        facts.models.push_back({"models.toml", store.error().text(), {}, {}, false, 0});
        return;
    }
    for (const std::string& id : neededModels(loaded.settings)) {
        if (store->manifest().find(id) == nullptr && id == "dlib-hog")
            continue; // needs no file
        facts.models.push_back(modelFacts(*store, id));
        if (id == pipeline.livenessModel)
            facts.liveness.modelError = facts.models.back().error;
    }
    facts.knownFace = knownFaceFacts(pipeline, *store);
}

} // namespace

LiveFacts liveFactsFromOutside(const LoadedSettings& loaded) {
    const auto answer = network::controlRequest(controlSocketPath(loaded.dataFolder),
                                                network::makeControlRequest(QStringLiteral("doctor.live")), answerTime);
    if (answer)
        return liveFactsFrom(*answer);
    LiveFacts live;
    if (answer.error().kind == core::ErrorKind::NotFound) {
        live.camera = tryCamera(loaded.settings);
        live.lock = tryLock(loaded.settings);
        return live;
    }
    live.door.state =
        answer.error().kind == core::ErrorKind::OutOfService ? core::DoorState::Silent : core::DoorState::NotAllowed;
    live.door.detail = answer.error().text();
    live.camera.error = live.lock.error = "the running door has it, and was not asked";
    return live;
}

core::DoctorFacts allFacts(const LoadedSettings& loaded, const LiveFacts& live, std::int64_t integrityMaxBytes) {
    core::DoctorFacts facts;
    facts.settings = settingsFacts(loaded);
    facts.door = live.door;
    facts.camera = live.camera;
    facts.lock = live.lock;
    facts.log = live.log;
    facts.storage = storageFacts(loaded.dataFolder, integrityMaxBytes);
    facts.clock = clockFactsHere();
    facts.host = hostFacts();
    facts.push = certificateFacts(loaded.settings, loaded.dataFolder);
    facts.push.looked = live.push.looked;
    facts.push.error = live.push.error;
    facts.push.remedy = live.push.remedy;
    facts.push.listening = live.push.listening;
    facts.push.where = live.push.where;
    facts.push.viewers = live.push.viewers;
    facts.push.online = live.push.online;
    addModels(loaded, facts);
    return facts;
}

} // namespace facelatch::app
