// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a door, its processes, and its faults.
#include "tests/app/real_door.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <sys/mman.h>
#include <sys/mount.h>
#include <unistd.h>

namespace facelatch::testing {

namespace {

QStringList pictures(const QString& person) {
    const QDir folder(facesFolder() + QStringLiteral("/people/") + person);
    QStringList files;
    for (const QString& file : folder.entryList(QDir::Files, QDir::Name))
        files << folder.filePath(file);
    return files;
}

FaultSwitches* newSwitches(const QString& file) {
    QFile made(file);
    if (!made.open(QIODevice::ReadWrite) || !made.resize(sizeof(FaultSwitches)))
        return nullptr;
    void* at = ::mmap(nullptr, sizeof(FaultSwitches), PROT_READ | PROT_WRITE, MAP_SHARED, made.handle(), 0);
    return at == MAP_FAILED ? nullptr : new (at) FaultSwitches;
}

std::vector<QJsonObject> withProvisional(Running& kiosk, bool provisional) {
    std::vector<QJsonObject> events = kiosk.events();
    std::erase_if(events,
                  [&](const QJsonObject& event) { return event.value(u"provisional").toBool() != provisional; });
    return events;
}

} // namespace

RealDoor::RealDoor(const QString& data)
    : m_data(data.isEmpty() ? path("data") : data),
      m_lockd(std::make_unique<FakeLockd>(m_folder)),
      m_switches(newSwitches(path("switches"))) {
    qstrncpy(m_switches->folder, QFile::encodeName(m_data).constData(), sizeof m_switches->folder);
    m_lockd->start();
}

RealDoor::~RealDoor() {
    ::munmap(m_switches, sizeof(FaultSwitches));
}

QString RealDoor::missing() {
    if (modelsFolder().isEmpty() || facesFolder().isEmpty())
        return QStringLiteral("shared/models or shared/faces not found beside the checkout (FACELATCH_MODELS_DIR, "
                              "FACELATCH_FACES_DIR)");
    return {};
}

bool RealDoor::prepare() {
    if (!QDir().mkpath(path("faces")))
        return false;
    const QStringList shown{pictures(QStringLiteral("Jiang_Zemin")).at(4),
                            pictures(QStringLiteral("Bill_Gates")).at(0)};
    for (int i = 0; i < shown.size(); ++i)
        if (!QFile::copy(shown[i], path("faces") + QStringLiteral("/%1.jpg").arg(i)))
            return false;
    QFile settings(path("settings.toml"));
    return settings.open(QIODevice::WriteOnly) &&
           settings.write(QStringLiteral("[door]\nid = \"test-door\"\nlanguage = \"en\"\n"
                                         "[lock]\nkind = \"lockd_test\"\nsocket = \"%1\"\nstrike_time_ms = %2\n"
                                         "[camera]\nsource = \"replay\"\nreplay_path = \"%3\"\nreplay_show_ms = 1500\n"
                                         "replay_pause_ms = 700\nfps = 15\n[visit]\ncool_down_ms = 0\n"
                                         "decide_within_ms = 600\nrefused_screen_ms = 500\nevent_interval_ms = 500\n"
                                         "[recognition]\nmodels_dir = \"%4\"\n[screen]\nwindow = \"800x480\"\n")
                              .arg(m_lockd->socket())
                              .arg(strikeMs)
                              .arg(path("faces"), modelsFolder())
                              .toUtf8()) > 0;
}

bool RealDoor::enrolAlice() {
    const QString photos = path("photos");
    if (!QDir().mkpath(photos))
        return false;
    const QStringList all = pictures(QStringLiteral("Jiang_Zemin"));
    for (int i = 0; i < 3; ++i)
        if (!QFile::copy(all[i], photos + QStringLiteral("/%1.jpg").arg(i)))
            return false;
    return ctl({QStringLiteral("person"), QStringLiteral("add"), QStringLiteral("Alice"), QStringLiteral("--photos"),
                photos})
               .code == 0;
}

std::unique_ptr<Running> RealDoor::start() const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(FACELATCH_FAULT_SHIM));
    environment.insert(QStringLiteral("FACELATCH_TEST_FAULTS"), path("switches"));
    // The shim comes before AddressSanitizer's library, where that is used.
    environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("detect_leaks=0:verify_asan_link_order=0"));
    return std::make_unique<Running>(QStringLiteral(FACELATCH_KIOSK), arguments() << QStringLiteral("--events"),
                                     environment);
}

Ended RealDoor::ctl(const QStringList& words) const {
    return testing::ctl(arguments() + words);
}

void RealDoor::fail(int error, int places) {
    m_switches->places = places;
    m_switches->error = error;
}

void RealDoor::slowDown(int syncMs, int places) {
    m_switches->places = places;
    m_switches->syncMs = syncMs;
}

void RealDoor::mend() {
    m_switches->error = 0;
    m_switches->syncMs = 0;
}

std::vector<QJsonObject> RealDoor::committed(Running& kiosk) {
    return withProvisional(kiosk, false);
}

std::vector<QJsonObject> RealDoor::provisional(Running& kiosk) {
    return withProvisional(kiosk, true);
}

int RealDoor::granted(const std::vector<QJsonObject>& events) {
    return static_cast<int>(std::count_if(events.begin(), events.end(), [](const QJsonObject& event) {
        return event.value(u"outcome").toString() == QStringLiteral("granted");
    }));
}

QString RealDoor::wrongWithLog(const std::vector<QJsonObject>& acknowledged) const {
    const Ended verified = ctl({QStringLiteral("log"), QStringLiteral("verify")});
    if (verified.code != 0)
        return verified.err;
    const Ended list = ctl({QStringLiteral("log"), QStringLiteral("list"), QStringLiteral("--json"),
                            QStringLiteral("--limit"), QStringLiteral("100000")});
    QMap<QString, qint64> logged;
    qint64 seq = 0;
    for (const QString& line : list.out.split(u'\n', Qt::SkipEmptyParts)) {
        const QJsonObject event = QJsonDocument::fromJson(line.toUtf8()).object();
        if (event.value(u"seq").toInteger() != ++seq)
            return QStringLiteral("event %1 stands where %2 should be").arg(event.value(u"seq").toInteger()).arg(seq);
        logged.insert(event.value(u"id").toString(), seq);
    }
    for (const QJsonObject& event : acknowledged)
        if (logged.value(event.value(u"id").toString()) != event.value(u"seq").toInteger())
            return QStringLiteral("event %1 was acknowledged and is not in the log")
                .arg(event.value(u"seq").toInteger());
    return {};
}

OwnDisk::OwnDisk(int megabytes) : m_megabytes(megabytes) {
    const QByteArray options = QByteArrayLiteral("mode=0700,size=") + QByteArray::number(m_megabytes) + 'm';
    if (::mount("facelatch-test", QFile::encodeName(path()).constData(), "tmpfs", 0, options.constData()) != 0)
        m_whyNot = QStringLiteral("no disk of its own can be mounted here (%1), run as root to test it")
                       .arg(QLatin1String(std::strerror(errno)));
}

OwnDisk::~OwnDisk() {
    if (m_whyNot.isEmpty())
        ::umount2(QFile::encodeName(path()).constData(), MNT_DETACH);
}

bool OwnDisk::makeReadOnly(bool readOnly) {
    return ::mount("facelatch-test", QFile::encodeName(path()).constData(), nullptr,
                   MS_REMOUNT | (readOnly ? static_cast<unsigned long>(MS_RDONLY) : 0UL), nullptr) == 0;
}

bool OwnDisk::fill() {
    const int fd = ::open(QFile::encodeName(filler()).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string bytes(std::size_t{1} << 20, 'x');
    for (std::size_t size = bytes.size(); size > 0;)
        if (::write(fd, bytes.data(), size) < 0)
            size /= 2;
    const bool full = errno == ENOSPC;
    ::close(fd);
    return full;
}

bool OwnDisk::empty() {
    return QFile::remove(filler());
}

} // namespace facelatch::testing
