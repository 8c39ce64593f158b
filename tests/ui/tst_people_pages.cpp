// SPDX-License-Identifier: GPL-3.0-or-later
// The people screens with a scripted port: cards, a person's page, names of every kind, two admins at once.
#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/page_host.h"
#include "tests/ui/scenes.h"
#include "ui/enrol_page.h"
#include "ui/import_page.h"
#include "ui/people_page.h"
#include "ui/people_words.h"
#include "ui/person_page.h"

#include <QApplication>
#include <QJsonArray>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using test::ScriptedPort;

namespace {

constexpr int patience = 60'000;

QString str(const char* text) {
    return QString::fromUtf8(text);
}

QJsonObject person(const QString& name, const QString& id = str("1")) {
    return {{str("id"), id},
            {str("name"), name},
            {str("card"), QString()},
            {str("status"), str("active")},
            {str("groups"), QJsonArray{str("Staff")}},
            {str("templates"), 5},
            {str("template_models"), QJsonArray{1, 2, 3, 4, 5}},
            {str("valid_from"), QJsonValue()},
            {str("valid_until"), QJsonValue()},
            {str("uses"), QJsonValue()},
            {str("notes"), QString()},
            {str("revision"), 3},
            {str("has_pin"), false},
            {str("consent"), QJsonValue()}};
}

} // namespace

class TstPeoplePages : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    std::unique_ptr<ScriptedPort> m_port;
    std::unique_ptr<AdminContext> m_context;
    std::unique_ptr<test::PageHost> m_host;
    AdminPage* m_page = nullptr;

    template<typename Page>
    Page* put(Page* page, QSize size = {800, 480}) {
        m_host = std::make_unique<test::PageHost>(size);
        m_page = page;
        m_host->put(page);
        return page;
    }
    template<typename T>
    T* find(const char* name) const {
        T* found = m_host->findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qWarning("there is no %s", name);
        return found;
    }
    void press(const char* name) const {
        auto* widget = find<QWidget>(name);
        for (ScrollArea* scroll : m_host->findChildren<ScrollArea*>())
            if (scroll->isAncestorOf(widget))
                scroll->reveal(widget);
        QApplication::processEvents();
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    Sheet* sheet() const { return m_host->sheet(); }
    QString sheetTitle() const {
        return sheet() == nullptr ? QString() : sheet()->findChild<TextBlock*>(str("sheetTitle"))->text();
    }
    PersonPage* openPerson(const QJsonObject& who) {
        m_port->answer(str("person.show"), who);
        auto* page = put(new PersonPage(*m_context, str("1")));
        [&] { QTRY_COMPARE_WITH_TIMEOUT(page->title(), cleanName(who.value(u"name").toString()), patience); }();
        return page;
    }

private Q_SLOTS:
    void init() {
        resources::installTranslator(*qApp, str("en"));
        m_port = std::make_unique<ScriptedPort>();
        m_context = std::unique_ptr<AdminContext>(
            new AdminContext{*m_port,
                             m_frames,
                             test::sceneNow,
                             QLocale(QLocale::English),
                             true,
                             str("Anna"),
                             str("admin"),
                             {str("read_people"), str("change_person"), str("enrol_person"), str("remove_person")}});
        m_port->answer(str("group.list"), {{str("groups"), QJsonArray{QJsonObject{{str("name"), str("Staff")}},
                                                                      QJsonObject{{str("name"), str("Night")}}}}});
        m_port->answer(str("person.portrait"), {{str("jpeg"), QString()}});
        m_port->answer(str("person.close"), {{str("pairs"), QJsonArray()}});
        m_port->answer(str("person.set"), {});
        m_port->answer(str("folder.list"), {{str("places"), QJsonArray()}});
    }
    void cleanup() { m_host.reset(); }

    void thousandsOfPeopleAndOnlyThePicturesThatAreSeen() {
        QJsonArray people;
        for (int i = 0; i < 5000; ++i)
            people.append(person(str("Person %1").arg(i), QString::number(i)));
        m_port->answer(str("person.list"), {{str("people"), people}});
        put(new PeoplePage(*m_context));
        auto* cards = find<PeopleCards>("peopleCards");
        QTRY_COMPARE_WITH_TIMEOUT(cards->count(), 5000, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_port->count(str("person.portrait")) > 0, patience);
        QApplication::processEvents();
        QVERIFY2(m_port->count(str("person.portrait")) < 40,
                 qPrintable(QString::number(m_port->count(str("person.portrait")))));
        QVERIFY(m_host->findChildren<QWidget*>().size() < 60); // no widget a person
        find<QWidget>("peopleCards")->parentWidget();
        auto* scroll = m_host->findChild<ScrollArea*>();
        scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
        QTRY_VERIFY_WITH_TIMEOUT(m_port->last(str("person.portrait")).value(u"id").toString().toInt() > 4900, patience);
        QVERIFY(m_port->count(str("person.portrait")) < 80);
        QCOMPARE(m_page->title(), str("People · 5,000"));
    }

    void searchedAsOneTypes_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("found");
        QTest::newRow("nothing") << QString() << 3;
        QTest::newRow("accents and case") << str("ELEO") << 1;
        QTest::newRow("middle") << str("ith") << 1;
        QTest::newRow("card") << str("d8e2") << 1;
        QTest::newRow("group") << str("night") << 1;
        QTest::newRow("blanks") << str("  bob ") << 1;
        QTest::newRow("nobody") << str("xyz") << 0;
        QTest::newRow("a pattern is only letters") << str(".*") << 0;
    }
    void searchedAsOneTypes() {
        QFETCH(QString, typed);
        QFETCH(int, found);
        QJsonObject carded = person(str("Bob"), str("2")), night = person(str("Smith"), str("3"));
        carded.insert(str("card"), str("D8E2F1G3"));
        night.insert(str("groups"), QJsonArray{str("Night")});
        m_port->answer(str("person.list"), {{str("people"), QJsonArray{person(str("Éléonore")), carded, night}}});
        put(new PeoplePage(*m_context));
        auto* cards = find<PeopleCards>("peopleCards");
        QTRY_COMPARE_WITH_TIMEOUT(cards->count(), 3, patience);
        QTest::keyClicks(find<SearchField>("peopleSearch")->line(), typed);
        QCOMPARE(cards->count(), found);
        QCOMPARE(find<QWidget>("peopleEmpty")->isVisible(), found == 0);
    }

    void nobodyYet() {
        m_port->answer(str("person.list"), {{str("people"), QJsonArray()}});
        put(new PeoplePage(*m_context));
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("peopleEmpty")->isVisible(), patience);
        const QPoint corner = find<QWidget>("peopleAdd")->geometry().bottomRight();
        QVERIFY(corner.x() > 700 && corner.y() > 400); // bottom right
        press("peopleAdd");
        QVERIFY(qobject_cast<EnrolPage*>(m_host->opened.get()) != nullptr);
        press("peopleImport");
        QVERIFY(qobject_cast<ImportPage*>(m_host->opened.get()) != nullptr);
    }

    void aCardOpensThePerson() {
        m_port->answer(str("person.list"),
                       {{str("people"), QJsonArray{person(str("Alice"), str("7")), person(str("Bob"), str("8"))}}});
        put(new PeoplePage(*m_context));
        auto* cards = find<PeopleCards>("peopleCards");
        QTRY_COMPARE_WITH_TIMEOUT(cards->count(), 2, patience);
        QSignalSpy chosen(cards, &PeopleCards::chosen);
        QTest::mouseClick(cards, Qt::LeftButton, {}, cards->cardRect(1).center());
        QTRY_COMPARE_WITH_TIMEOUT(chosen.size(), 1, patience);
        QCOMPARE(chosen.first().first().toString(), str("8"));
        QVERIFY(qobject_cast<PersonPage*>(m_host->opened.get()) != nullptr);
        QVERIFY(cards->cardRect(1).height() >= 48);
    }

    void withoutTheRightNothingCanBeAdded() {
        m_context->may = {str("read_people")};
        m_port->answer(str("person.list"), {{str("people"), QJsonArray{person(str("Alice"))}}});
        put(new PeoplePage(*m_context));
        QVERIFY(!find<QWidget>("peopleAdd")->isVisible());
        QVERIFY(!find<QWidget>("peopleImport")->isVisible());
        openPerson(person(str("Alice")));
        for (const char* name : {"personSave", "personStatus", "personPictures", "personRemove"})
            QVERIFY(!find<QWidget>(name)->isVisible());
        QVERIFY(!find<QWidget>("personName")->isEnabled());
    }

    void statesInWords_data() {
        QTest::addColumn<QString>("status");
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("until");
        QTest::addColumn<QString>("text");
        constexpr qint64 day = 24LL * 60 * 60 * 1000;
        QTest::newRow("active") << str("active") << qint64{0} << qint64{0} << str("Active");
        QTest::newRow("suspended") << str("suspended") << qint64{0} << day << str("Suspended");
        QTest::newRow("expired") << str("active") << qint64{0} << -day << str("Expired");
        QTest::newRow("until Friday") << str("active") << qint64{0} << 6 * day << str("Until Friday");
        QTest::newRow("far away") << str("active") << qint64{0} << 60 * day << str("Active");
        QTest::newRow("not yet") << str("active") << 2 * day << qint64{0} << str("From Monday");
    }
    void statesInWords() {
        QFETCH(QString, status);
        QFETCH(qint64, from);
        QFETCH(qint64, until);
        QFETCH(QString, text);
        const core::WallTime now = test::sceneNow().wall; // Saturday
        PersonEntry entry;
        entry.templates = 5;
        entry.suspended = status == u"suspended";
        if (from != 0)
            entry.from = now + core::milliseconds(from);
        if (until != 0)
            entry.until = now + core::milliseconds(until);
        QCOMPARE(personState(entry, now, QLocale(QLocale::English)).text, text);
    }

    void peopleWhoLookAlikeAreShown() {
        m_port->answer(str("person.list"),
                       {{str("people"), QJsonArray{person(str("Ann"), str("1")), person(str("Eve"), str("2"))}}});
        m_port->answer(str("person.close"),
                       {{str("pairs"), QJsonArray{QJsonObject{{str("first"), person(str("Ann"), str("1"))},
                                                              {str("second"), person(str("Eve"), str("2"))},
                                                              {str("score"), 0.44}}}}});
        m_port->answer(str("person.face_and_pin"), {{str("without_pin"), QJsonArray{str("Eve")}}});
        put(new PeoplePage(*m_context));
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("peopleAlike")->isVisible(), patience);
        press("peopleAlike");
        QCOMPARE(sheetTitle(), str("Ann and Eve look alike"));
        QCOMPARE(sheet()->findChildren<QWidget*>(str("alikePerson")).size(), 2);
        QTest::mouseClick(sheet()->findChild<QWidget*>(str("alikeDo")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_host->notices.size(), 1, patience);
        QCOMPARE(m_port->last(str("person.face_and_pin")).value(u"ids").toArray(), (QJsonArray{str("1"), str("2")}));
        QVERIFY(m_host->notices.first().contains(str("Eve")));
    }

    void anyNameIsJustAName_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("one letter") << str("X");
        QTest::newRow("200 letters") << QString(200, u'W');
        QTest::newRow("200 emoji") << str("😀").repeated(200);
        QTest::newRow("right to left") << str("שרה כהן محمد");
        QTest::newRow("SQL") << str("Robert'); DROP TABLE person;--");
        QTest::newRow("HTML") << str("<b>Bold</b><img src=x onerror=1>&amp;");
        QTest::newRow("arguments") << str("100% %1 %2 of %n");
    }
    void anyNameIsJustAName() {
        QFETCH(QString, name);
        m_port->answer(str("person.list"), {{str("people"), QJsonArray{person(name)}}});
        put(new PeoplePage(*m_context));
        QTRY_COMPARE_WITH_TIMEOUT(find<PeopleCards>("peopleCards")->count(), 1, patience);
        m_host->grab();
        openPerson(person(str("Alice")));
        find<TextField>("personName")->line()->clear();
        find<TextField>("personName")->line()->insert(name);
        QCOMPARE(find<TextField>("personName")->text(), name);
        QSignalSpy done(m_page, &AdminPage::done);
        press("personSave");
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        QCOMPARE(m_port->last(str("person.set")).value(u"name").toString(), name);
        QVERIFY(m_host->notices.last().contains(name.left(10)));
        openPerson(person(name));
        m_host->grab();
        press("personRemove");
        QVERIFY(sheetTitle().contains(name.left(10)));
    }

    void namesThatAreNone_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("empty") << QString();
        QTest::newRow("blank") << str("   ");
        QTest::newRow("201 letters") << QString(201, u'W');
    }
    void namesThatAreNone() {
        QFETCH(QString, name);
        openPerson(person(str("Alice")));
        find<TextField>("personName")->line()->clear();
        find<TextField>("personName")->line()->insert(name);
        press("personSave");
        QApplication::processEvents();
        QCOMPARE(m_port->count(str("person.set")), 0);
    }

    void onlyWhatChangedIsSent() {
        openPerson(person(str("Alice")));
        QSignalSpy done(m_page, &AdminPage::done);
        press("personSave");
        QCOMPARE(done.size(), 1); // nothing to save
        QCOMPARE(m_port->count(str("person.set")), 0);
        find<TextField>("personCard")->line()->insert(str("D8E2F1G3"));
        const auto groups = m_host->findChildren<Chip*>(str("personGroup"));
        QCOMPARE(groups.size(), 2);
        QVERIFY(groups[0]->isChecked() && !groups[1]->isChecked());
        groups[1]->click();
        press("personSave");
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 2, patience);
        const QJsonObject sent = m_port->last(str("person.set"));
        QCOMPARE(sent.keys().join(u' '), str("card groups revision who"));
        QCOMPARE(sent.value(u"groups").toArray(), (QJsonArray{str("Staff"), str("Night")}));
        QCOMPARE(sent.value(u"revision").toInt(), 3);
    }

    void theLastDayIsIncluded() {
        openPerson(person(str("Alice")));
        press("personEnds");
        QVERIFY(sheet() != nullptr);
        sheet()->findChild<NumberField*>(str("dayOfMonth"))->setValue(31);
        sheet()->findChild<NumberField*>(str("dayMonth"))->setValue(2);
        sheet()->findChild<NumberField*>(str("dayYear"))->setValue(2027);
        QTest::mouseClick(sheet()->findChild<QWidget*>(str("dayTaken")), Qt::LeftButton);
        press("personSave");
        QTRY_COMPARE_WITH_TIMEOUT(m_port->count(str("person.set")), 1, patience);
        const qint64 until = m_port->last(str("person.set")).value(u"valid_until").toInteger();
        QCOMPARE(until, QDate(2027, 3, 1).startOfDay().toMSecsSinceEpoch()); // until midnight after the 28th
    }

    void twoAdminsEditTheSamePerson() {
        openPerson(person(str("Alice")));
        m_port->refuse(str("person.set"), {core::ErrorKind::Conflict, "changed meanwhile", "", ""});
        find<TextField>("personCard")->line()->insert(str("AA"));
        press("personSave");
        QTRY_COMPARE_WITH_TIMEOUT(sheetTitle(), PeopleWords::conflict(), patience);
        QJsonObject theirs = person(str("Alice B."));
        theirs.insert(str("revision"), 4);
        m_port->answer(str("person.show"), theirs);
        QTest::mouseClick(sheet()->findChild<QWidget*>(str("conflictTheirs")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(find<TextField>("personName")->text(), str("Alice B."), patience);
        QCOMPARE(find<TextField>("personCard")->text(), QString());

        find<TextField>("personCard")->line()->insert(str("BB"));
        press("personSave");
        QTRY_COMPARE_WITH_TIMEOUT(sheetTitle(), PeopleWords::conflict(), patience);
        theirs.insert(str("revision"), 5);
        m_port->answer(str("person.show"), theirs);
        m_port->answer(str("person.set"), {});
        QSignalSpy done(m_page, &AdminPage::done);
        QTest::mouseClick(sheet()->findChild<QWidget*>(str("conflictMine")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        const QJsonObject sent = m_port->last(str("person.set"));
        QCOMPARE(sent.value(u"revision").toInt(), 5);
        QCOMPARE(sent.value(u"card").toString(), str("BB"));
        QVERIFY(!sent.contains(u"name")); // the other admin's stays
    }

    void suspendedAndBackAgain() {
        openPerson(person(str("Alice")));
        press("personStatus");
        QTRY_COMPARE_WITH_TIMEOUT(m_host->notices.size(), 1, patience);
        QCOMPARE(m_port->last(str("person.set")).value(u"status").toString(), str("suspended"));
        QVERIFY(m_host->undo);
        m_host->undo();
        QTRY_COMPARE_WITH_TIMEOUT(m_port->count(str("person.set")), 2, patience);
        QCOMPARE(m_port->last(str("person.set")).value(u"status").toString(), str("active"));
    }

    void removedAfterOneQuestionThatNamesWhatGoes() {
        openPerson(person(str("Alice")));
        m_port->answer(str("person.remove"), {});
        press("personRemove");
        QCOMPARE(sheetTitle(), str("Remove Alice and their face templates (5)?"));
        QTest::keyClick(sheet(), Qt::Key_Escape);
        QCOMPARE(m_port->count(str("person.remove")), 0);
        press("personRemove");
        QSignalSpy done(m_page, &AdminPage::done);
        for (Button* each : sheet()->findChildren<Button*>())
            if (each->text() == str("Remove"))
                QTest::mouseClick(each, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, patience);
        QCOMPARE(m_port->last(str("person.remove")).value(u"who").toString(), str("1"));
        QVERIFY(!m_host->undo); // the keys are gone
    }

    void backAsksBeforeWorkIsLost() {
        openPerson(person(str("Alice")));
        QVERIFY(!m_page->back());
        find<TextField>("personNotes")->line()->insert(str("x"));
        QVERIFY(m_page->back());
        QCOMPARE(sheetTitle(), PeopleWords::giveUp());
    }

    void theyAgreeAndWithdraw() {
        openPerson(person(str("Alice")));
        press("personConsent");
        QVERIFY(sheet() != nullptr);
        QTest::mouseClick(sheet()->findChildren<ListRow*>().first(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_port->count(str("person.set")), 1, patience);
        const QJsonObject consent = m_port->last(str("person.set")).value(u"consent").toObject();
        QCOMPARE(consent.value(u"witness").toString(), str("Anna"));
        QCOMPARE(consent.value(u"time").toInteger(), test::sceneNow().wall.time_since_epoch().count());
    }

    void everythingFits_data() { test::languagesAndSizes(); }
    void everythingFits() {
        QFETCH(QSize, size);
        QFETCH(QString, language);
        resources::installTranslator(*qApp, language);
        m_port->answer(str("person.show"), person(str("Alice Martin")));
        put(new PersonPage(*m_context, str("1")), size);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->title().isEmpty(), patience);
        QApplication::processEvents();
        for (const TextBlock* block : m_host->findChildren<TextBlock*>())
            if (block->isVisible())
                QVERIFY2(!block->fitted().elided, qPrintable(block->text()));
        for (const Button* button : m_host->findChildren<Button*>())
            if (button->isVisible() && !button->text().isEmpty()) {
                QVERIFY2(!button->fitted().elided, qPrintable(button->text()));
                QVERIFY(button->height() >= 48);
            }
    }
};

QTEST_MAIN(TstPeoplePages)
#include "tst_people_pages.moc"
