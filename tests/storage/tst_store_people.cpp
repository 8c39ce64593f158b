// SPDX-License-Identifier: GPL-3.0-or-later
// People: added whole or not at all, found, removed with their key.
#include "temp_store.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;

class TestStorePeople : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPersonComesBackAsAdded() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Person alice = somebody("Alice", "D8E2F1G3");
        alice.status = core::PersonStatus::Suspended;
        alice.validFrom = at(-5);
        alice.validUntil = at(5000);
        const core::Person bob = somebody("Bob");
        VERIFY_OK(store->addPerson(bob, {templateOf(bob, 0.1F), templateOf(bob, 0.2F, "dlib")}));
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.3F), templateOf(alice, 0.4F)}, jpeg(500)));
        VERIFY_OK(store.open());
        const auto people = store->people();
        VERIFY_OK(people);
        QCOMPARE(people->size(), std::size_t{2});
        const core::Person& back = people->front();
        QVERIFY(back.id == alice.id);
        QCOMPARE(back.name, alice.name);
        QCOMPARE(back.cardId, alice.cardId);
        QVERIFY(back.status == alice.status && back.validFrom == alice.validFrom &&
                back.validUntil == alice.validUntil);
        QVERIFY(back.created == alice.created);
        QCOMPARE((*people)[1].cardId, std::string());
        QVERIFY(!(*people)[1].validFrom);

        const auto sface = store->templates("sface");
        VERIFY_OK(sface);
        QCOMPARE(sface->templates.size(), std::size_t{3});
        const auto all = store->templates("");
        VERIFY_OK(all);
        QCOMPARE(all->templates.size(), std::size_t{4});
        QVERIFY(all->unreadable.empty());
        const auto first = std::find_if(sface->templates.begin(), sface->templates.end(),
                                        [&](const core::FaceTemplate& one) { return one.person == alice.id; });
        QVERIFY(first != sface->templates.end());
        QVERIFY(first->values == templateOf(alice, 0.3F).values);
        QCOMPARE(first->modelId, std::string("sface"));
        const auto portrait = store->portrait(alice.id);
        VERIFY_OK(portrait);
        QVERIFY(*portrait == jpeg(500));
        QVERIFY((*store->portrait(bob.id)).empty());
        QVERIFY(store->person(alice.id).value()->name == "Alice");
        QVERIFY(!store->person({newId()}).value());
        QVERIFY(store->findByCard("d8e2f1g3").value()->id == alice.id);
        QVERIFY(!store->findByCard("00").value());
    }

    void anyNameIsJustAName_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("sql") << "Robert'); DROP TABLE person;--";
        QTest::newRow("sql with parameters") << "? :name @x $1 %s";
        QTest::newRow("html") << "<img src=x onerror=alert(1)> & \"co\"";
        QTest::newRow("emoji") << QString::fromUtf8("👩‍👩‍👧‍👦 Łukasz 李小龍");
        QTest::newRow("right to left") << QString::fromUtf8("محمد");
        QTest::newRow("path") << "../../etc/passwd";
        QTest::newRow("200 characters") << QString(200, QLatin1Char('x'));
        QTest::newRow("200 emoji") << QString::fromUtf8("😀").repeated(200);
    }

    void anyNameIsJustAName() {
        QFETCH(QString, name);
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person person = somebody(name.toStdString());
        VERIFY_OK(store->addPerson(person, {templateOf(person, 0.5F)}));
        const auto found = store->findByName(person.name);
        VERIFY_OK(found);
        QCOMPARE(found->size(), std::size_t{1});
        QCOMPARE(found->front().name, person.name);
        VERIFY_OK(store->append(grantedTo(person)));
        const auto reader = store.reader();
        VERIFY_OK(reader);
        storage::EventFilter filter;
        filter.personName = person.name;
        const auto page = (*reader)->page(filter, {}, 10);
        VERIFY_OK(page);
        QCOMPARE(page->size(), std::size_t{1});
        QCOMPARE(page->front().event.personName, person.name);
    }

    void aBadNameIsRefused_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("empty") << QByteArray("") << QByteArray("empty");
        QTest::newRow("blank") << QByteArray(" \xc2\xa0 ") << QByteArray("empty");
        QTest::newRow("201 characters") << QByteArray(201, 'x') << QByteArray("201 characters");
        QTest::newRow("201 emoji") << QString::fromUtf8("😀").repeated(201).toUtf8() << QByteArray("201 characters");
        QTest::newRow("not UTF-8") << QByteArray("Al\xff\xfeice") << QByteArray("UTF-8");
        QTest::newRow("surrogate") << QByteArray("Al\xed\xa0\x80ice") << QByteArray("UTF-8");
        QTest::newRow("line end") << QByteArray("Alice\nBob") << QByteArray("control");
        QTest::newRow("zero byte") << QByteArray("Alice\0Bob", 9) << QByteArray("control");
        QTest::newRow("escape") << QByteArray("Alice\x1b[31m") << QByteArray("control");
    }

    void aBadNameIsRefused() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, says);
        TempStore store;
        VERIFY_OK(store.open());
        const auto refused = store->addPerson(somebody(name.toStdString()), {});
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == core::ErrorKind::Usage);
        QVERIFY2(why(refused.error()).contains(says), why(refused.error()));
        QVERIFY((*store->people()).empty());
        QVERIFY(store->health().writable);
    }

    void addingIsAllOrNothing() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice", "D8E2F1G3"), bob = somebody("Bob", "d8e2f1g3");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        const auto cardTaken = store->addPerson(bob, {templateOf(bob, 0.5F)});
        QVERIFY(!cardTaken);
        QCOMPARE(cardTaken.error().what, std::string("card d8e2f1g3 already belongs to Alice"));
        core::Person sameId = somebody("Carol");
        sameId.id = alice.id;
        QVERIFY(!store->addPerson(sameId, {}));
        const core::Person dave = somebody("Dave");
        auto notFinite = templateOf(dave, std::numeric_limits<float>::quiet_NaN());
        auto zero = templateOf(dave, 0);
        zero.values.assign(128, 0.0F);
        auto empty = templateOf(dave, 0);
        empty.values.clear();
        auto noModel = templateOf(dave, 0.5F, "");
        const auto twice = templateOf(dave, 0.5F);
        for (const auto& templates : std::vector<std::vector<core::FaceTemplate>>{{templateOf(dave, 0.5F), notFinite},
                                                                                  {zero},
                                                                                  {empty},
                                                                                  {noModel},
                                                                                  {templateOf(alice, 0.5F)},
                                                                                  {twice, twice}})
            QVERIFY(!store->addPerson(dave, templates));
        const auto people = store->people();
        VERIFY_OK(people);
        QCOMPARE(people->size(), std::size_t{1});
        QCOMPARE((*store->templates("")).templates.size(), std::size_t{1});
        QVERIFY(store->health().writable);
        VERIFY_OK(store->addPerson(dave, {twice}));
    }

    void aRemovedPersonIsGoneAndTheLogStillNamesThem() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice", "D8E2F1G3"), bob = somebody("Bob");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F), templateOf(alice, 0.6F)}, jpeg(400)));
        VERIFY_OK(store->addPerson(bob, {templateOf(bob, 0.7F)}));
        const auto picture = store->append(grantedTo(alice), jpeg());
        VERIFY_OK(picture);
        VERIFY_OK(store->snapshot(picture->snapshot));
        const auto removal = store->removePerson(alice.id, storage::Names::Keep, at(50));
        VERIFY_OK(removal);
        QCOMPARE(removal->templates, std::int64_t{2});
        QCOMPARE(removal->pictures, std::int64_t{1});
        QCOMPARE(removal->events, std::int64_t{0});
        QCOMPARE((*store->templates("")).templates.size(), std::size_t{1});
        QVERIFY(!store->person(alice.id).value());
        QVERIFY(!store->findByCard("D8E2F1G3").value());
        const auto gone = store->snapshot(picture->snapshot);
        QVERIFY(!gone);
        QVERIFY(gone.error().kind == core::ErrorKind::NotFound);
        const auto reader = store.reader();
        VERIFY_OK(reader);
        QCOMPARE((*(*reader)->bySeq(1))->event.personName, std::string("Alice"));
        const auto again = store->removePerson(alice.id, storage::Names::Keep, at(60));
        QVERIFY(!again);
        QVERIFY(again.error().kind == core::ErrorKind::NotFound);
        const auto erased = store->removePerson(alice.id, storage::Names::Erase, at(70));
        VERIFY_OK(erased);
        QCOMPARE(erased->events, std::int64_t{1});
        QVERIFY((*(*reader)->bySeq(1))->event.personName.empty());
        QVERIFY(!store->removePerson(alice.id, storage::Names::Erase, at(80)));
        // The card is free again, and the same id may come back with another key.
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.8F)}));
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
    }

    void aTemplateMovedToAnotherPersonDoesNotOpen() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice"), mallory = somebody("Mallory"), bob = somebody("Bob");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        VERIFY_OK(store->addPerson(mallory, {templateOf(mallory, 0.9F)}));
        VERIFY_OK(store->addPerson(bob, {templateOf(bob, 0.1F)}));
        // Mallory's face under Alice's name, with and without Mallory's key.
        VERIFY_OK(store.tamper(
            {"UPDATE face_template SET sealed = (SELECT sealed FROM face_template WHERE row = 2) WHERE row = 1",
             "UPDATE person_key SET wrapped = (SELECT wrapped FROM person_key WHERE row = 2) WHERE row = 1"}));
        VERIFY_OK(store.open());
        const auto stored = store->templates("");
        VERIFY_OK(stored);
        QCOMPARE(stored->templates.size(), std::size_t{2});
        QCOMPARE(stored->unreadable.size(), std::size_t{1});
        QVERIFY(stored->unreadable.front() == alice.id);
    }
};

QTEST_GUILESS_MAIN(TestStorePeople)
#include "tst_store_people.moc"
