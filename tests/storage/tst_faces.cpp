// SPDX-License-Identifier: GPL-3.0-or-later
// Faces of people: replaced whole or not at all; and kill -9 in the middle of an enrolment leaves all of it or nothing.
#include "temp_store.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QtTest>

#include <random>
#include <set>
#include <thread>

using namespace facelatch;
using namespace facelatch::test;

namespace {

constexpr int rounds = 60, deadlineMs = 60'000;
constexpr std::size_t pictures = 5;

std::vector<core::FaceTemplate> faces(const core::Person& person, float first, std::size_t count = pictures) {
    std::vector<core::FaceTemplate> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(templateOf(person, first + static_cast<float>(i)));
    return all;
}

std::size_t templatesOf(storage::Store& store, const core::PersonId& id, const std::string& model = "sface") {
    const auto stored = store.templates(model);
    return stored ? static_cast<std::size_t>(std::count_if(stored->templates.begin(), stored->templates.end(),
                                                           [&](const auto& one) { return one.person == id; }))
                  : 0;
}

} // namespace

class TestFaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void replacedInOneGo() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice"), bob = somebody("Bob");
        VERIFY_OK(store->addPerson(bob, faces(bob, 9)));
        auto old = faces(alice, 1, 3);
        old.push_back(templateOf(alice, 7, "dlib"));
        VERIFY_OK(store->addPerson(alice, old, jpeg(500)));
        const int revision = store->person(alice.id).value()->revision;
        VERIFY_OK(store->replaceFaces(alice.id, faces(alice, 20), jpeg(600), {"Anna", at(5)}));
        VERIFY_OK(store.open());
        QCOMPARE(templatesOf(store.store(), alice.id), pictures);
        QCOMPARE(templatesOf(store.store(), alice.id, "dlib"), std::size_t{1}); // another network's stay
        QCOMPARE(templatesOf(store.store(), bob.id), pictures);
        QVERIFY(*store->portrait(alice.id) == jpeg(600));
        QVERIFY(store->person(alice.id).value()->revision != revision);
        const auto entries = store->audit(0, 1);
        VERIFY_OK(entries);
        const storage::AuditNote& note = entries->front().note;
        QCOMPARE(note.action, std::string("person.faces"));
        QCOMPARE(note.personName, std::string("Alice"));
        QCOMPARE(note.before, std::string("{\"templates\":3}"));
        QCOMPARE(note.after, std::string("{\"templates\":5}"));
        QCOMPARE(entries->front().by.who, std::string("Anna"));
        QVERIFY(store->verifyAudit().value().intact);
        VERIFY_OK(store->replaceFaces(alice.id, faces(alice, 30, 1), {}, {"Anna", at(6)}));
        QVERIFY(*store->portrait(alice.id) == jpeg(600)); // no new one: the old one stays
    }

    void refusedWithNothingChanged() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice"), bob = somebody("Bob");
        VERIFY_OK(store->addPerson(alice, faces(alice, 1)));
        const storage::ChangeBy by{"Anna", at(5)};
        QVERIFY(!store->replaceFaces(alice.id, {}, {}, by));
        QVERIFY(!store->replaceFaces(alice.id, faces(bob, 1), {}, by)); // somebody else's
        auto broken = faces(alice, 1);
        broken[2].values[0] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(!store->replaceFaces(alice.id, broken, {}, by));
        const auto unknown = store->replaceFaces(bob.id, faces(bob, 1), {}, by);
        QVERIFY(!unknown);
        QVERIFY(unknown.error().kind == core::ErrorKind::NotFound);
        auto twice = faces(alice, 1);
        twice[4].id = twice[0].id; // fails in the middle of the transaction
        QVERIFY(!store->replaceFaces(alice.id, twice, jpeg(), by));
        QCOMPARE(templatesOf(store.store(), alice.id), pictures);
        QVERIFY(store->portrait(alice.id).value().empty());
        QCOMPARE(store->audit(0, 10).value().size(), std::size_t{1});
    }

    void killedInTheMiddleOfAnEnrolment() {
        const QTemporaryDir dir;
        const std::string path = dir.path().toStdString() + "/data";
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        std::set<std::string> acknowledged;
        int unfinished = 0;
        for (int round = 0; round < rounds; ++round) {
            QProcess writer;
            writer.start(QStringLiteral(PEOPLE_WRITER), {QString::fromStdString(path)});
            QByteArray output;
            const int begun = 1 + static_cast<int>(random() % 6);
            QElapsedTimer clock;
            clock.start();
            while (output.count("begins ") < begun && writer.state() != QProcess::NotRunning) {
                QVERIFY2(clock.elapsed() < deadlineMs, output.constData());
                writer.waitForReadyRead(100);
                output += writer.readAllStandardOutput();
            }
            // The stimulus itself: a random moment.
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 8000));
            writer.kill();
            QVERIFY(writer.waitForFinished(deadlineMs));
            output += writer.readAllStandardOutput();
            QVERIFY2(writer.exitStatus() == QProcess::CrashExit, writer.readAllStandardError().constData());
            for (const QByteArray& line : output.split('\n'))
                if (line.startsWith("added "))
                    acknowledged.insert(line.mid(6).toStdString());
            unfinished += output.count("begins ") > output.count("added ") ? 1 : 0;
        }
        auto folder = storage::DataFolder::claim(path);
        VERIFY_OK(folder);
        auto opened = storage::Store::open(*folder, testOptions());
        VERIFY_OK(opened);
        const std::unique_ptr<storage::Store> store = *std::move(opened);
        const auto people = store->people();
        VERIFY_OK(people);
        std::set<std::string> found;
        for (const core::Person& person : *people) {
            found.insert(person.id.value.text());
            QCOMPARE(templatesOf(*store, person.id), pictures);
            QVERIFY(*store->portrait(person.id) == jpeg(4000));
            QVERIFY(person.consent.has_value());
        }
        for (const std::string& id : acknowledged)
            QVERIFY2(found.contains(id), id.c_str());
        QCOMPARE(store->templates("").value().templates.size(), people->size() * pictures); // none of nobody
        QVERIFY(store->verifyAudit().value().intact);
        QCOMPARE(static_cast<std::size_t>(store->verifyAudit().value().entries), people->size());
        qInfo("%zu people, %d kills while one was being added", people->size(), unfinished);
        QVERIFY(unfinished > 0);
    }
};

QTEST_GUILESS_MAIN(TestFaces)
#include "tst_faces.moc"
