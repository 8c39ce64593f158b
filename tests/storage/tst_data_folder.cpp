// SPDX-License-Identifier: GPL-3.0-or-later
// The data folder: made private, checked, owned by one process at a time.
#include "temp_store.h"

#include <QtTest>

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::test;
using storage::DataFolder;

namespace {

std::string in(const QTemporaryDir& dir, const char* name) {
    return dir.path().toStdString() + '/' + name;
}

/// Read-only in a way that root cannot pass either.
class ReadOnlyMount {
public:
    explicit ReadOnlyMount(const std::string& path) : m_path(path) {
        m_mounted = ::mount(path.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) == 0;
        m_readOnly =
            m_mounted && ::mount(nullptr, path.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0;
    }
    ~ReadOnlyMount() {
        if (m_mounted)
            ::umount2(m_path.c_str(), MNT_DETACH);
    }
    explicit operator bool() const { return m_readOnly; }

private:
    std::string m_path;
    bool m_mounted = false, m_readOnly = false;
};

} // namespace

class TestDataFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsMadePrivate() {
        const QTemporaryDir dir;
        const std::string path = in(dir, "a/b/data");
        const auto folder = DataFolder::claim(path + "/");
        VERIFY_OK(folder);
        QCOMPARE(folder->path(), path);
        QVERIFY(!folder->hasDatabase());
        struct stat status {};
        QCOMPARE(::stat(path.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0700U);
    }

    void aFolderOthersCouldReadIsClosed() {
        const QTemporaryDir dir;
        const std::string path = in(dir, "data");
        QCOMPARE(::mkdir(path.c_str(), 0755), 0);
        ::chmod(path.c_str(), 0755);
        VERIFY_OK(DataFolder::claim(path));
        struct stat status {};
        QCOMPARE(::stat(path.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0700U);
    }

    void noPathIsAUsageError() {
        const auto refused = DataFolder::claim("");
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == core::ErrorKind::Usage);
    }

    void aFileInItsPlaceIsSaid() {
        const QTemporaryDir dir;
        QVERIFY(writeContent(in(dir, "data"), "x"));
        const auto refused = DataFolder::claim(in(dir, "data"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().what, std::string("the data folder is not a folder"));
        const auto below = DataFolder::claim(in(dir, "data/below"));
        QVERIFY(!below);
        QVERIFY2(below.error().what.starts_with("the data folder cannot be created"), why(below.error()));
        QCOMPARE(contentOf(in(dir, "data")), QByteArray("x"));
    }

    void anotherUsersFolderIsSaid() {
        const QTemporaryDir dir;
        std::string path = "/usr";
        if (::geteuid() == 0) {
            path = in(dir, "data");
            QCOMPARE(::mkdir(path.c_str(), 0700), 0);
            QCOMPARE(::chown(path.c_str(), 65534, 65534), 0);
        }
        const auto refused = DataFolder::claim(path);
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.starts_with("the data folder belongs to user "), why(refused.error()));
        QVERIFY(refused.error().remedy.find("sudo -u") != std::string::npos);
    }

    void aReadOnlyFolderIsSaid() {
        const QTemporaryDir dir;
        const std::string path = in(dir, "data");
        QCOMPARE(::mkdir(path.c_str(), 0700), 0);
        const ReadOnlyMount mounted(path);
        if (!mounted && ::geteuid() == 0)
            QSKIP("mounting is not permitted here, and root may write in any other folder");
        if (!mounted)
            ::chmod(path.c_str(), 0500);
        const auto refused = DataFolder::claim(path);
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.starts_with("the data folder cannot be written"), why(refused.error()));
        QVERIFY(!refused.error().remedy.empty());
    }

    void aSecondInstanceIsRefusedWithTheFirstOnesProcess() {
        const QTemporaryDir dir;
        std::optional<DataFolder> first = *DataFolder::claim(in(dir, "data"));
        const auto second = DataFolder::claim(in(dir, "data"));
        QVERIFY(!second);
        QVERIFY(second.error().kind == core::ErrorKind::AlreadyRunning);
        QCOMPARE(core::exitCode(second.error().kind), 5);
        QVERIFY2(second.error().what.find("(process " + std::to_string(::getpid()) + ")") != std::string::npos,
                 why(second.error()));
        QVERIFY(second.error().remedy.find("--data") != std::string::npos);
        DataFolder moved = std::move(*first);
        first.reset();
        QVERIFY(!DataFolder::claim(in(dir, "data")));
        moved = *DataFolder::claim(in(dir, "elsewhere"));
        VERIFY_OK(DataFolder::claim(in(dir, "data")));
    }

    void theLockEndsWithTheProcessHoweverItEnds() {
        const QTemporaryDir dir;
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const auto held = DataFolder::claim(in(dir, "data"));
            const char claimed = held ? 'y' : 'n';
            (void)!::write(ready[1], &claimed, 1);
            for (;;)
                ::pause();
        }
        char claimed = 0;
        QCOMPARE(::read(ready[0], &claimed, 1), ssize_t{1});
        QCOMPARE(claimed, 'y');
        const auto refused = DataFolder::claim(in(dir, "data"));
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.find(std::to_string(child)) != std::string::npos, why(refused.error()));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        VERIFY_OK(DataFolder::claim(in(dir, "data")));
    }

    void theLogIsReadOnAReadOnlyMount_data() {
        QTest::addColumn<bool>("closed");
        QTest::newRow("closed before") << true;
        QTest::newRow("while a store has it open") << false;
    }

    void theLogIsReadOnAReadOnlyMount() {
        QFETCH(bool, closed);
        TempStore store;
        VERIFY_OK(store.open());
        for (int i = 0; i < 5; ++i)
            VERIFY_OK(store->append(refusedStranger(i), jpeg()));
        if (closed)
            store.close();
        const ReadOnlyMount mounted(store.path());
        if (!mounted)
            QSKIP("mounting is not permitted here");
        const auto reader = store.reader();
        VERIFY_OK(reader);
        const auto page = (*reader)->page({}, {}, 10);
        VERIFY_OK(page);
        QCOMPARE((*reader)->withoutWal(), closed);
        QCOMPARE(page->size(), std::size_t{5});
        const auto verified = (*reader)->verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        if (closed) {
            const auto refused = store.open();
            QVERIFY(!refused);
            QVERIFY2(refused.error().text().find("read-only") != std::string::npos ||
                         refused.error().text().find("Read-only") != std::string::npos,
                     why(refused.error()));
        }
    }

    /// New files cannot be made, the database that is open still can be written: the event counts more than its
    /// picture.
    void anEventIsLoggedWithoutItsPictureWhenThatCannotBeWritten() {
        TempStore store;
        VERIFY_OK(store.open());
        {
            const ReadOnlyMount mounted(store.path());
            if (!mounted)
                QSKIP("mounting is not permitted here");
            const auto committed = store->append(refusedStranger(0), jpeg());
            VERIFY_OK(committed);
            QVERIFY(committed->snapshot.empty());
            QCOMPARE(store->health().picturesNotWritten, std::int64_t{1});
            QVERIFY(!store->health().lastPictureError.empty());
        }
        const auto healed = store->append(refusedStranger(1), jpeg());
        VERIFY_OK(healed);
        QVERIFY(!healed->snapshot.empty());
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->pictures, std::int64_t{1});
    }
};

QTEST_GUILESS_MAIN(TestDataFolder)
#include "tst_data_folder.moc"
