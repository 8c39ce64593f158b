// SPDX-License-Identifier: GPL-3.0-or-later
// Starting and watching the programs.
#include "tests/app/programs.h"
#include "tests/support/source_dir.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

#include <csignal>
#include <ctime>

namespace facelatch::testing {

namespace {

/// The first of the two that is there.
QString beside(const char* variable, const QString& shared) {
    const QString named = qEnvironmentVariable(variable);
    for (const QString& folder : {named, QStringLiteral(FACELATCH_SOURCE_DIR "/../shared/") + shared})
        if (!folder.isEmpty() && QDir(folder).exists())
            return QDir::cleanPath(folder);
    return {};
}

} // namespace

QString modelsFolder() {
    return beside("FACELATCH_MODELS_DIR", QStringLiteral("models"));
}
QString facesFolder() {
    return beside("FACELATCH_FACES_DIR", QStringLiteral("faces"));
}

qint64 monotonicNs() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<qint64>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

Ended ctl(const QStringList& arguments, int timeoutMs) {
    QProcess process;
    process.start(QStringLiteral(FACELATCH_CTL), arguments);
    process.waitForFinished(timeoutMs);
    const bool ended = process.state() == QProcess::NotRunning && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

Running::Running(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment) {
    m_process.setProcessEnvironment(environment);
    m_process.start(program, arguments);
    m_process.waitForStarted();
}

Running::~Running() {
    if (!runs())
        return;
    signal(SIGCONT);
    m_process.kill();
    m_process.waitForFinished();
}

void Running::read() {
    QCoreApplication::processEvents();
    m_out += m_process.readAllStandardOutput();
    m_err += QString::fromUtf8(m_process.readAllStandardError());
}

bool Running::waitFor(const std::function<bool()>& condition, int timeoutMs) {
    QElapsedTimer time;
    time.start();
    for (;;) {
        read();
        if (condition())
            return true;
        if (time.elapsed() > timeoutMs)
            return false;
        m_process.waitForReadyRead(20);
    }
}

bool Running::waitForText(const QString& text, int timeoutMs) {
    return waitFor([&] { return m_err.contains(text); }, timeoutMs);
}

std::optional<int> Running::waitForEnd(int timeoutMs) {
    if (runs() && !m_process.waitForFinished(timeoutMs))
        return std::nullopt;
    read();
    return m_process.exitStatus() == QProcess::NormalExit ? std::optional(m_process.exitCode()) : std::nullopt;
}

std::optional<int> Running::end() {
    signal(SIGTERM);
    return waitForEnd(15'000);
}

void Running::signal(int number) const {
    if (runs())
        ::kill(static_cast<pid_t>(pid()), number);
}

std::vector<QJsonObject> Running::events() {
    read();
    std::vector<QJsonObject> events;
    const QByteArray whole = m_out.left(m_out.lastIndexOf('\n') + 1);
    for (const QByteArray& line : whole.split('\n'))
        if (!line.isEmpty())
            events.push_back(QJsonDocument::fromJson(line).object());
    return events;
}

QStringList Running::screens() {
    read();
    static const QRegularExpression shows(QStringLiteral("the screen shows (\\w+)Page"));
    QStringList pages;
    for (auto at = shows.globalMatch(m_err); at.hasNext();)
        pages << at.next().captured(1);
    return pages;
}

FakeLockd::FakeLockd(const QTemporaryDir& folder)
    : m_socket(folder.filePath(QStringLiteral("lockd.sock"))),
      m_conf(folder.filePath(QStringLiteral("lockd.conf"))),
      m_record(folder.filePath(QStringLiteral("line.txt"))) {
    QFile conf(m_conf);
    if (conf.open(QIODevice::WriteOnly))
        conf.write("socket = " + m_socket.toUtf8() +
                   "\nchip = pinctrl-rp1\nline = 17\nmax_pulse_ms = 30000\nmin_off_ms = 500\n");
    conf.close();
    conf.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void FakeLockd::start() {
    m_process = std::make_unique<Running>(
        QStringLiteral(FACELATCH_LOCKD_FAKE),
        QStringList{QStringLiteral("--conf"), m_conf, QStringLiteral("--line-file"), m_record});
    m_process->waitFor([this] { return QFile::exists(m_socket); }, 5000);
}

void FakeLockd::kill() {
    m_process.reset();
}

std::vector<FakeLockd::Level> FakeLockd::levels() const {
    QFile record(m_record);
    std::vector<Level> levels;
    if (!record.open(QIODevice::ReadOnly))
        return levels;
    for (const QByteArray& line : record.readAll().split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() >= 2)
            levels.push_back({words[0].toLongLong(), words[1] == "1"});
    }
    return levels;
}

int FakeLockd::releases() const {
    int count = 0;
    bool before = false;
    for (const Level& level : levels()) {
        count += level.released && !before;
        before = level.released;
    }
    return count;
}

bool FakeLockd::released() const {
    const auto all = levels();
    return !all.empty() && all.back().released;
}

} // namespace facelatch::testing
