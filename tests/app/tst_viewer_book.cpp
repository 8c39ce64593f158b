// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's file, its folders and its command line.
#include "app/viewer_book.h"
#include "app/viewer_options.h"

#include <CLI/CLI.hpp>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace facelatch;
using app::BookDoor;
using app::BookFile;
using app::ViewerBook;

namespace {

BookDoor door(const char* id, const char* name) {
    BookDoor door;
    door.id = QLatin1String(id);
    door.door = QStringLiteral("front");
    door.name = QLatin1String(name);
    door.hosts = {QStringLiteral("door.local"), QStringLiteral("192.0.2.7")};
    door.port = 8765;
    door.pin = QByteArray(32, '\x7f');
    door.viewer = QStringLiteral("018f0000-0000-7000-8000-000000000001");
    door.role = core::Role::Operator;
    door.may = QStringList{QStringLiteral("view_live"), QStringLiteral("unlock_door")};
    door.lastOnline = core::WallTime(core::milliseconds(1'790'000'000'123));
    return door;
}

void write(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

class TstViewerBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsKeptComesBack() {
        const QTemporaryDir dir;
        const BookFile file(dir.filePath(QStringLiteral("viewer.json")));
        QVERIFY(file.load()->doors.empty());
        ui::ViewerSettings settings;
        settings.notices[0].sound = false;
        settings.notices[3].desktop = true;
        settings.quiet = true;
        settings.quietFrom = QTime(21, 30);
        settings.language = QStringLiteral("fr");
        settings.startInTray = true;
        const auto changed = file.change([&](ViewerBook& book) {
            book.doors = {door("a", "Workshop"), door("b", "Éntrée \"2\"")};
            book.doors[1].ownName = QStringLiteral("Cellar");
            book.doors[1].lastOnline.reset();
            book.settings = settings;
            book.window = QByteArray("\0\1\2", 3);
        });
        QVERIFY(changed);
        const auto read = file.load();
        QVERIFY(read);
        QCOMPARE(read->doors.size(), std::size_t{2});
        const BookDoor &one = read->doors[0], expected = door("a", "Workshop");
        QCOMPARE(one.hosts, expected.hosts);
        QCOMPARE(one.port, expected.port);
        QCOMPARE(one.pin, expected.pin);
        QCOMPARE(one.viewer, expected.viewer);
        QCOMPARE(one.may, expected.may);
        QVERIFY(one.role == expected.role && one.lastOnline == expected.lastOnline);
        QCOMPARE(read->doors[1].shownName(), QStringLiteral("Cellar"));
        QVERIFY(!read->doors[1].lastOnline);
        QVERIFY(read->settings == settings);
        QCOMPARE(read->window, QByteArray("\0\1\2", 3));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFileInfo(dir.filePath(QStringLiteral("viewer.json"))).permissions() & others));
    }

    void aChangeKeepsWhatAnotherProgramWrote() {
        const QTemporaryDir dir;
        const BookFile ours(dir.filePath(QStringLiteral("viewer.json"))),
            others(dir.filePath(QStringLiteral("viewer.json")));
        QVERIFY(ours.change([](ViewerBook& book) { book.doors.push_back(door("a", "A")); }));
        QVERIFY(others.change([](ViewerBook& book) { book.doors.push_back(door("b", "B")); }));
        const auto both = ours.change([](ViewerBook& book) { book.window = "w"; });
        QVERIFY(both);
        QCOMPARE(both->doors.size(), std::size_t{2});
    }

    void aDamagedOrNewerFileIsLeftAsItIs_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("newer");
        QTest::newRow("no JSON") << QByteArray("{\"v\":1,") << false;
        QTest::newRow("no object") << QByteArray("[]") << false;
        QTest::newRow("no version") << QByteArray("{}") << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("newer") << QByteArray("{\"v\":2}") << true;
    }
    void aDamagedOrNewerFileIsLeftAsItIs() {
        QFETCH(QByteArray, content);
        QFETCH(bool, newer);
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("viewer.json"));
        write(path, content);
        const auto refused = BookFile(path).change([](ViewerBook& book) { book.window = "x"; });
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind == core::ErrorKind::NewerVersion, newer);
        QVERIFY(!refused.error().remedy.empty());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void aDoorIsFoundByWhatItIsCalled() {
        ViewerBook book;
        book.doors = {door("a", "Workshop"), door("b", "Cellar")};
        book.doors[1].door = QStringLiteral("cellar-1");
        QCOMPARE(book.named(QStringLiteral("workshop"))->id, QStringLiteral("a"));
        QCOMPARE(book.named(QStringLiteral("b"))->id, QStringLiteral("b"));
        QCOMPARE(book.named(QStringLiteral("cellar-1"))->id, QStringLiteral("b"));
        QVERIFY(book.named(QStringLiteral("attic")).error().kind == core::ErrorKind::NotFound);
        book.doors[1].ownName = QStringLiteral("WORKSHOP");
        QVERIFY(book.named(QStringLiteral("workshop")).error().kind == core::ErrorKind::Usage);
    }

    void theCommandLine_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<bool>("right");
        const auto words = [](const char* text) {
            return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        };
        QTest::newRow("window") << words("") << true;
        QTest::newRow("hidden") << words("--hidden --exit-after 2") << true;
        QTest::newRow("pair") << words("--pair facelatch://pair --name Office") << true;
        QTest::newRow("name without pair") << words("--name Office") << false;
        QTest::newRow("events of one") << words("--events Workshop --after 12") << true;
        QTest::newRow("after without events") << words("--after 12") << false;
        QTest::newRow("after nothing") << words("--events --after -1") << false;
        QTest::newRow("unlock") << words("--unlock Workshop --reason parcel") << true;
        QTest::newRow("two at once") << words("--unlock Workshop --list") << false;
        QTest::newRow("lockdown") << words("--lockdown on Workshop") << true;
        QTest::newRow("lockdown what") << words("--lockdown maybe Workshop") << false;
        QTest::newRow("unknown") << words("--open Workshop") << false;
    }
    void theCommandLine() {
        QFETCH(QStringList, words);
        QFETCH(bool, right);
        app::ViewerOptions options;
        CLI::App program;
        app::addViewerOptions(program, options);
        std::vector<std::string> arguments;
        for (const QString& word : words)
            arguments.insert(arguments.begin(), word.toStdString()); // CLI11 takes them from the end
        bool taken = true;
        try {
            program.parse(arguments);
        } catch (const CLI::ParseError&) {
            taken = false;
        }
        QCOMPARE(taken, right);
        if (right && words.contains(QStringLiteral("--lockdown"))) {
            QCOMPARE(options.lockdown, std::string("on"));
            QCOMPARE(options.door, std::string("Workshop"));
        }
        if (right && words.contains(QStringLiteral("--after")))
            QCOMPARE(options.after, std::optional<std::int64_t>(12));
    }
};

QTEST_GUILESS_MAIN(TstViewerBook)
#include "tst_viewer_book.moc"
