// SPDX-License-Identifier: GPL-3.0-or-later
// What systemd is told, with a socket in its place: up, alive as long as questions come home, ending.
#include "app/service_watch.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace facelatch;

namespace {

/// The socket that $NOTIFY_SOCKET names.
class Systemd {
public:
    Systemd() {
        const QByteArray path = m_folder.filePath(QStringLiteral("notify")).toLocal8Bit();
        sockaddr_un address{AF_UNIX, {}};
        path.toStdString().copy(address.sun_path, sizeof address.sun_path - 1);
        m_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        m_bound = bind(m_fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        qputenv("NOTIFY_SOCKET", path);
    }
    ~Systemd() {
        close(m_fd);
        qunsetenv("NOTIFY_SOCKET");
        qunsetenv("WATCHDOG_USEC");
    }
    Systemd(const Systemd&) = delete;
    Systemd& operator=(const Systemd&) = delete;

    bool bound() const { return m_bound; }
    /// What has come since the last call.
    QList<QByteArray> read() {
        QList<QByteArray> all;
        char text[256];
        for (ssize_t size = 0; (size = recv(m_fd, text, sizeof text, 0)) > 0;)
            all.append(QByteArray(text, static_cast<qsizetype>(size)));
        return all;
    }

private:
    QTemporaryDir m_folder;
    int m_fd = -1;
    bool m_bound = false;
};

constexpr int patience = 20'000;

} // namespace

class TestServiceWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsThatItIsUpAndAlive();
    void aQuestionThatStaysAwayEndsIt();
    void readyWaitsForTheFirstQuestion();
    void withoutAWatchdogItTellsOnce();
    void withoutSystemdItAsksNothing();
};

void TestServiceWatch::tellsThatItIsUpAndAlive() {
    Systemd systemd;
    QVERIFY(systemd.bound());
    qputenv("WATCHDOG_USEC", "40000");
    QList<QByteArray> told;
    {
        const app::ServiceWatch watch([](const app::ServiceWatch::Home& home) { home(); });
        QTRY_VERIFY_WITH_TIMEOUT((told += systemd.read()).size() >= 4, patience);
    }
    QCOMPARE(told.at(0), QByteArray("READY=1"));
    for (const QByteArray& text : told.mid(1))
        QCOMPARE(text, QByteArray("WATCHDOG=1"));
    told = systemd.read();
    QVERIFY(!told.isEmpty());
    QCOMPARE(told.last(), QByteArray("STOPPING=1"));
}

void TestServiceWatch::aQuestionThatStaysAwayEndsIt() {
    Systemd systemd;
    qputenv("WATCHDOG_USEC", "40000");
    int asked = 0;
    app::ServiceWatch::Home kept;
    const app::ServiceWatch watch([&](const app::ServiceWatch::Home& home) {
        if (++asked < 3)
            home();
        else
            kept = home; // a thread that hangs
    });
    QTRY_COMPARE_WITH_TIMEOUT(asked, 3, patience);
    QCOMPARE(systemd.read().size(), 2);
    QTest::qWait(300); // thirty times as long as it takes to tell
    QCOMPARE(asked, 3);
    QVERIFY(systemd.read().isEmpty());
    kept(); // the thread goes on
    QTRY_COMPARE_WITH_TIMEOUT(asked, 4, patience);
    QCOMPARE(systemd.read(), QList<QByteArray>{"WATCHDOG=1"});
}

void TestServiceWatch::readyWaitsForTheFirstQuestion() {
    Systemd systemd;
    app::ServiceWatch::Home kept;
    const app::ServiceWatch watch([&](const app::ServiceWatch::Home& home) { kept = home; });
    QTest::qWait(200);
    QVERIFY(systemd.read().isEmpty());
    kept();
    QList<QByteArray> told;
    QTRY_VERIFY_WITH_TIMEOUT(!(told += systemd.read()).isEmpty(), patience);
    QCOMPARE(told, QList<QByteArray>{"READY=1"});
}

void TestServiceWatch::withoutAWatchdogItTellsOnce() {
    Systemd systemd;
    int asked = 0;
    const app::ServiceWatch watch([&](const app::ServiceWatch::Home& home) {
        ++asked;
        home();
    });
    QList<QByteArray> told;
    QTRY_VERIFY_WITH_TIMEOUT(!(told += systemd.read()).isEmpty(), patience);
    QTest::qWait(200);
    QCOMPARE(told + systemd.read(), QList<QByteArray>{"READY=1"});
    QCOMPARE(asked, 1);
}

void TestServiceWatch::withoutSystemdItAsksNothing() {
    qunsetenv("NOTIFY_SOCKET");
    bool asked = false;
    {
        const app::ServiceWatch watch([&](const app::ServiceWatch::Home&) { asked = true; });
        QTest::qWait(100);
    }
    QVERIFY(!asked);
}

QTEST_GUILESS_MAIN(TestServiceWatch)
#include "tst_service_watch.moc"
