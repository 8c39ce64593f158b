// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 at random between decision and commit, 200 rounds on one log: no two events share (log id, sequence), none
// that was acknowledged is lost, and the chain verifies.
#include "temp_store.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>

using namespace facelatch;
using namespace facelatch::test;

namespace {

constexpr int rounds = 200, deadlineMs = 20'000;

struct Said {
    std::vector<std::string> decided;
    std::map<std::string, std::pair<std::string, std::int64_t>> committed; ///< event: log id and sequence
    QByteArray trouble;
};

Said parse(const QByteArray& output) {
    Said said;
    for (const QByteArray& line : output.split('\n')) {
        const auto words = line.split(' ');
        if (words.front() == "decided" && words.size() == 2)
            said.decided.push_back(words[1].toStdString());
        else if (words.front() == "committed" && words.size() == 4)
            said.committed[words[3].toStdString()] = {words[1].toStdString(), words[2].toLongLong()};
        else if (!line.isEmpty())
            said.trouble += line + '\n';
    }
    return said;
}

} // namespace

class TestKill : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noAcknowledgedEventIsLostAndNoNumberIsGivenTwice() {
        const QTemporaryDir dir;
        const std::string path = dir.path().toStdString() + "/data";
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        std::map<std::string, std::pair<std::string, std::int64_t>> acknowledged;
        std::set<std::pair<std::string, std::int64_t>> numbers;
        std::vector<std::string> open; // decided, outcome unknown
        int betweenDecisionAndCommit = 0;
        for (int round = 0; round < rounds; ++round) {
            QProcess writer;
            writer.setProcessChannelMode(QProcess::MergedChannels);
            QStringList arguments{QString::fromStdString(path),
                                  round % 2 ? QStringLiteral("yes") : QStringLiteral("no")};
            for (const std::string& id : open)
                arguments << QString::fromStdString(id);
            writer.start(QStringLiteral(STORAGE_WRITER), arguments);
            QByteArray output;
            // Some kills fall into the start, most into the work: after so many decisions, and then some microseconds.
            const int decisions = static_cast<int>(random() % 12);
            QElapsedTimer clock;
            clock.start();
            while (output.count("decided") < decisions && writer.state() != QProcess::NotRunning) {
                QVERIFY2(clock.elapsed() < deadlineMs, output.constData());
                writer.waitForReadyRead(100);
                output += writer.readAll();
            }
            // The stimulus itself: a random moment.
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 8000));
            writer.kill();
            QVERIFY(writer.waitForFinished(deadlineMs));
            output += writer.readAll();
            QVERIFY2(writer.exitStatus() == QProcess::CrashExit, output.constData());

            const Said said = parse(output);
            QVERIFY2(said.trouble.isEmpty(), said.trouble.constData());
            for (const std::string& id : said.decided)
                if (std::find(open.begin(), open.end(), id) == open.end())
                    open.push_back(id);
            for (const auto& [event, number] : said.committed) {
                QVERIFY2(!acknowledged.contains(event), event.c_str());
                QVERIFY2(numbers.insert(number).second, event.c_str());
                acknowledged[event] = number;
                std::erase(open, event);
            }
            if (!said.decided.empty() && !said.committed.contains(said.decided.back()))
                ++betweenDecisionAndCommit;
            QVERIFY(open.size() <= 1);
        }
        qInfo("%zu events acknowledged; %d of %d kills fell between a decision and its acknowledgement",
              acknowledged.size(), betweenDecisionAndCommit, rounds);
        QVERIFY(betweenDecisionAndCommit > rounds / 10);

        auto folder = storage::DataFolder::claim(path);
        VERIFY_OK(folder);
        const auto store = storage::Store::open(*folder, testOptions());
        VERIFY_OK(store);
        QVERIFY((*store)->report().notes.empty());
        const auto reader = storage::LogReader::open(path);
        VERIFY_OK(reader);
        for (const auto& [event, number] : acknowledged) {
            const auto found = (*reader)->byId(*core::Uuid7::parse(event));
            VERIFY_OK(found);
            QVERIFY2(found->has_value(), event.c_str());
            QCOMPARE((*found)->logId, number.first);
            QCOMPARE((*found)->seq, number.second);
        }
        const auto verified = (*reader)->verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        // At most the last decision of the last round may be there without its acknowledgement.
        QVERIFY(verified->events >= static_cast<std::int64_t>(acknowledged.size()));
        QVERIFY(verified->events <= static_cast<std::int64_t>(acknowledged.size() + open.size()));
    }

    void aSecondProcessIsTurnedAwayWithItsExitCode() {
        TempStore store;
        VERIFY_OK(store.open());
        QProcess writer;
        writer.start(QStringLiteral(STORAGE_WRITER), {QString::fromStdString(store.path()), QStringLiteral("no")});
        QVERIFY(writer.waitForFinished(deadlineMs));
        QVERIFY(writer.exitStatus() == QProcess::NormalExit);
        QCOMPARE(writer.exitCode(), 5);
        QVERIFY(writer.readAll().contains("already runs on this data folder (process " +
                                          QByteArray::number(QCoreApplication::applicationPid())));
        VERIFY_OK(store->append(refusedStranger()));
    }
};

QTEST_GUILESS_MAIN(TestKill)
#include "tst_kill.moc"
