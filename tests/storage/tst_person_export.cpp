// SPDX-License-Identifier: GPL-3.0-or-later
// A person's data as a ZIP: opened by another program, compared with what was stored, under any name.
#include "backup_scene.h"
#include "small_disk.h"
#include "storage/person_export.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;

namespace {

constexpr int deadlineMs = 60'000;

/// Python's zipfile is the other program: checks every CRC and prints each entry as base64.
const QString unzip =
    QStringLiteral("import base64, json, sys, zipfile\n"
                   "z = zipfile.ZipFile(sys.argv[1])\n"
                   "assert z.testzip() is None\n"
                   "print(json.dumps({n: base64.b64encode(z.read(n)).decode() for n in z.namelist()}))");

QMap<QString, QByteArray> unzipped(const std::string& file) {
    QProcess python;
    python.start(QStringLiteral("python3"), {QStringLiteral("-c"), unzip, QString::fromStdString(file)});
    QMap<QString, QByteArray> entries;
    if (!python.waitForFinished(deadlineMs) || python.exitCode() != 0) {
        qWarning("%s", python.readAllStandardError().constData());
        return entries;
    }
    const QJsonObject all = QJsonDocument::fromJson(python.readAllStandardOutput()).object();
    for (auto it = all.begin(); it != all.end(); ++it)
        entries[it.key()] = QByteArray::fromBase64(it.value().toString().toLatin1());
    return entries;
}

storage::ExportOrder exportOf(const TempStore& store, const core::Person& person, const QString& folder) {
    storage::ExportOrder order;
    order.dataFolder = store.path();
    order.person = person.id;
    order.about = "{\"name\":\"" + person.name + "\"}";
    order.folder = folder.toStdString();
    order.now = at(5000);
    return order;
}

} // namespace

class TestPersonExport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingAboutAPersonAndNobodyElse() {
        OldDoor old;
        VERIFY_OK(old.opened());
        core::Event ofBob = grantedTo(old.bob, 50);
        VERIFY_OK(old.store->append(ofBob, jpeg(999)));
        const QTemporaryDir stick;
        // While the store is open and goes on writing.
        const auto written = storage::exportPerson(exportOf(old.store, old.alice, stick.path()));
        VERIFY_OK(written);
        QCOMPARE(written->events, 3);
        QCOMPARE(written->pictures, 3);
        QCOMPARE(written->templates, 2);
        QCOMPARE(QDir(stick.path()).entryList(QDir::Files | QDir::Hidden),
                 QStringList{QStringLiteral("facelatch-data-Alice-20260921T141325Z.zip")});
        const auto entries = unzipped(written->file);
        QCOMPARE(entries.keys(), (QStringList{QStringLiteral("READ_ME.txt"), QStringLiteral("events.csv"),
                                              QStringLiteral("events.json"), QStringLiteral("person.json"),
                                              QStringLiteral("pictures/000002_2026-09-21T18-13-20.jpg"),
                                              QStringLiteral("pictures/000004_2026-09-21T18-13-20.jpg"),
                                              QStringLiteral("pictures/000006_2026-09-21T18-13-20.jpg"),
                                              QStringLiteral("portrait.jpg"), QStringLiteral("templates.json")}));
        for (auto it = entries.begin(); it != entries.end(); ++it) {
            QVERIFY2(!it.value().contains("Bob"), qPrintable(it.key()));
            if (it.key().startsWith(QLatin1String("pictures/")))
                QVERIFY(Bytes(it.value().begin(), it.value().end()) == jpeg(3000));
        }
        const QByteArray portrait = entries[QStringLiteral("portrait.jpg")];
        QVERIFY(Bytes(portrait.begin(), portrait.end()) == jpeg(2000));
        const QJsonArray events = QJsonDocument::fromJson(entries[QStringLiteral("events.json")]).array();
        QCOMPARE(events.size(), 3);
        for (const auto& event : events)
            QCOMPARE(event.toObject().value(u"person").toString(), QString::fromStdString(old.alice.name));
        const auto lines = entries[QStringLiteral("events.csv")].split('\n');
        QCOMPARE(lines.size(), 5); // head, three events, nothing
        QVERIFY(lines[1].contains("D8E2F1G3"));
        const QJsonArray templates = QJsonDocument::fromJson(entries[QStringLiteral("templates.json")]).array();
        QCOMPARE(templates.size(), 2);
        const QJsonArray values = templates[0].toObject().value(u"values").toArray();
        QCOMPARE(values.size(), 128);
        QCOMPARE(values[0].toDouble(), 0.5);
        QCOMPARE(QJsonDocument::fromJson(entries[QStringLiteral("person.json")]).object().value(u"name").toString(),
                 QString::fromStdString(old.alice.name));
        QVERIFY(entries[QStringLiteral("READ_ME.txt")].contains("conserv\xc3\xa9"));
    }

    void moreEventsThanAPage() {
        OldDoor old(0);
        VERIFY_OK(old.opened());
        constexpr int visits = 2 * storage::LogReader::maxPage;
        for (int i = 0; i < visits; ++i)
            VERIFY_OK(old.store->append(grantedTo(old.alice, i)));
        const QTemporaryDir stick;
        const auto written = storage::exportPerson(exportOf(old.store, old.alice, stick.path()));
        VERIFY_OK(written);
        QCOMPARE(written->events, visits);
        const auto entries = unzipped(written->file);
        const QJsonArray events = QJsonDocument::fromJson(entries[QStringLiteral("events.json")]).array();
        QCOMPARE(events.size(), visits);
        for (int i = 0; i < visits; ++i)
            QCOMPARE(events[i].toObject().value(u"seq").toInt(), i + 1);
        QCOMPARE(entries[QStringLiteral("events.csv")].count('\n'), visits + 1);
    }

    void hostileNamesStayOutOfPaths_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("file");
        QTest::newRow("up") << QByteArray("../../../etc/evil")
                            << QStringLiteral("facelatch-data-etc-evil-20260921T141325Z.zip");
        QTest::newRow("absolute") << QByteArray("/etc/passwd")
                                  << QStringLiteral("facelatch-data-etc-passwd-20260921T141325Z.zip");
        QTest::newRow("dots") << QByteArray("..") << QStringLiteral("facelatch-data-20260921T141325Z.zip");
        QTest::newRow("200 emoji") << QByteArray("\xf0\x9f\x98\x80").repeated(200)
                                   << QStringLiteral("facelatch-data-20260921T141325Z.zip");
        QTest::newRow("200 letters") << QByteArray(200, 'a')
                                     << QStringLiteral("facelatch-data-%1-20260921T141325Z.zip").arg(QString(40, u'a'));
        QTest::newRow("right to left") << QByteArray("\xe2\x80\xae"
                                                     "fdp.exe \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d")
                                       << QStringLiteral("facelatch-data-fdp-exe-20260921T141325Z.zip");
        QTest::newRow("SQL and HTML") << QByteArray("'; DROP TABLE person;-- <b>")
                                      << QStringLiteral("facelatch-data-DROP-TABLE-person-b-20260921T141325Z.zip");
    }
    void hostileNamesStayOutOfPaths() {
        QFETCH(const QByteArray, name);
        QFETCH(const QString, file);
        OldDoor old(0);
        VERIFY_OK(old.opened());
        const core::Person person = somebody(name.toStdString());
        VERIFY_OK(old.store->addPerson(person, {templateOf(person, 0.1F)}));
        VERIFY_OK(old.store->append(grantedTo(person), jpeg()));
        const QTemporaryDir stick;
        QVERIFY(QDir(stick.path()).mkdir(QStringLiteral("in")));
        const auto written = storage::exportPerson(exportOf(old.store, person, stick.filePath(QStringLiteral("in"))));
        VERIFY_OK(written);
        QCOMPARE(QFileInfo(QString::fromStdString(written->file)).absolutePath(), stick.filePath(QStringLiteral("in")));
        QCOMPARE(QFileInfo(QString::fromStdString(written->file)).fileName(), file);
        const auto entries = unzipped(written->file);
        QCOMPARE(entries.size(), 6);
        for (const QString& entry : entries.keys())
            QVERIFY2(!entry.contains(QLatin1String("..")) && !entry.startsWith(u'/'), qPrintable(entry));
        QVERIFY(entries[QStringLiteral("events.json")].contains("person_id"));
        // Twice in one second: two files.
        const auto again = storage::exportPerson(exportOf(old.store, person, stick.filePath(QStringLiteral("in"))));
        VERIFY_OK(again);
        QVERIFY(again->file != written->file);
    }

    void aNameWithNulIsNoName() {
        OldDoor old(0);
        VERIFY_OK(old.opened());
        const core::Person person = somebody(std::string("a\0b", 3));
        QVERIFY(!old.store->addPerson(person, {templateOf(person, 0.1F)}));
    }

    void aFailureLeavesNoFile() {
        OldDoor old;
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        QVERIFY(!storage::exportPerson(exportOf(old.store, somebody("Nobody"), stick.path())));
        QVERIFY(!storage::exportPerson(exportOf(old.store, old.alice, stick.filePath(QStringLiteral("gone")))));
        const auto given =
            storage::exportPerson(exportOf(old.store, old.alice, stick.path()),
                                  [](std::int64_t done, std::int64_t total) { return total == 3 && done < 2; });
        QVERIFY(!given);
        QVERIFY2(given.error().what.find("given up") != std::string::npos, why(given.error()));
        QVERIFY(QDir(stick.path()).isEmpty());
        SmallDisk disk;
        if (!disk)
            QSKIP(disk.whyNot().constData());
        QVERIFY(disk.fill());
        const QString full = QString::fromStdString(disk.path());
        QVERIFY(!storage::exportPerson(exportOf(old.store, old.alice, full)));
        QCOMPARE(QDir(full).entryList(QDir::Files | QDir::Hidden).size(), 1);
        QVERIFY(disk.empty());
        VERIFY_OK(storage::exportPerson(exportOf(old.store, old.alice, full)));
    }

    void aPictureDroppedMeanwhileIsEmpty() {
        OldDoor old;
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        for (const QString& name :
             QDir(QString::fromStdString(old.store.file(storage::snapshotFolder))).entryList(QDir::Files))
            QVERIFY(QFile::remove(QString::fromStdString(old.store.file(storage::snapshotFolder)) + QLatin1Char('/') +
                                  name));
        const auto written = storage::exportPerson(exportOf(old.store, old.alice, stick.path()));
        VERIFY_OK(written);
        QCOMPARE(unzipped(written->file).size(), 9);
    }
};

QTEST_GUILESS_MAIN(TestPersonExport)
#include "tst_person_export.moc"
