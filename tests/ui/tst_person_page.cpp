// SPDX-License-Identifier: GPL-3.0-or-later
// A person's greeting, questions about long names, and the list's last card.
#include "tests/ui/access_answers.h"
#include "tests/ui/page_stage.h"
#include "ui/choices.h"
#include "ui/people_cards.h"
#include "ui/people_page.h"
#include "ui/person_page.h"
#include "ui/scroll_area.h"

#include <QScrollBar>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using test::PageStage;

namespace {

QSet<QString> everything() {
    QSet<QString> may = PageStage::everything();
    for (const char* code : {"enrol_person", "change_person", "remove_person"})
        may.insert(QLatin1String(code));
    return may;
}

QJsonObject person(const QString& id, const QString& name, const QString& language = {}) {
    return {{QStringLiteral("id"), id},
            {QStringLiteral("name"), name},
            {QStringLiteral("status"), QStringLiteral("active")},
            {QStringLiteral("language"), language},
            {QStringLiteral("card"), QString()},
            {QStringLiteral("notes"), QString()},
            {QStringLiteral("uses"), QJsonValue()},
            {QStringLiteral("groups"), QJsonArray()},
            {QStringLiteral("revision"), 3},
            {QStringLiteral("template_models"), QJsonArray{QStringLiteral("net"), QStringLiteral("net")}}};
}

} // namespace

class TstPersonPage : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ScriptedPort> m_port;
    std::unique_ptr<PageStage> m_stage;

    void open(QSize size = {800, 480}, const QString& language = QStringLiteral("en")) {
        m_stage = std::make_unique<PageStage>(*m_port, test::entryOf<PeoplePage>(Section::People), size, language,
                                              Theme::Dark, everything());
    }
    void openPerson(const QString& name, const QString& greeting, QSize size = {800, 480},
                    const QString& language = QStringLiteral("en")) {
        m_port->answer(QStringLiteral("person.show"), person(QStringLiteral("p1"), name, greeting));
        open(size, language);
        Q_EMIT m_stage->find<PeopleCards>("peopleCards")->chosen(QStringLiteral("p1"));
        PageStage::settle();
        QVERIFY(m_stage->find<QWidget>("personPage") != nullptr);
    }

private Q_SLOTS:
    void init() {
        m_stage.reset();
        m_port = std::make_unique<test::ScriptedPort>();
        test::answerAccess(*m_port);
        m_port->answer(QStringLiteral("person.set"), {});
        m_port->answer(QStringLiteral("person.close"), {});
        QJsonArray people;
        for (int i = 0; i < 21; ++i)
            people.append(person(QStringLiteral("p%1").arg(i), QStringLiteral("Person %1").arg(i)));
        m_port->answer(QStringLiteral("person.list"), {{QStringLiteral("people"), people}});
    }
    void cleanup() { m_stage.reset(); }

    void theGreetingsLanguageIsChosen() {
        openPerson(QStringLiteral("Alice"), QStringLiteral("fr"));
        auto* language = m_stage->find<Segments>("personLanguage");
        QCOMPARE(language->current(), 2);
        QTest::keyClick(language, Qt::Key_Left);
        QVERIFY(m_stage->press("personSave"));
        QJsonObject asked = m_port->last(QStringLiteral("person.set"));
        QCOMPARE(asked.value(u"language").toString(), QStringLiteral("en"));
        QVERIFY(!asked.contains(u"name"));

        openPerson(QStringLiteral("Alice"), QStringLiteral("fr"));
        for (int twice = 0; twice < 2; ++twice)
            QTest::keyClick(m_stage->find<Segments>("personLanguage"), Qt::Key_Left);
        QVERIFY(m_stage->press("personSave"));
        asked = m_port->last(QStringLiteral("person.set"));
        QVERIFY(asked.contains(u"language") && asked.value(u"language").toString().isEmpty());
    }

    void anUntouchedGreetingIsNotSent() {
        openPerson(QStringLiteral("Alice"), {});
        QCOMPARE(m_stage->find<Segments>("personLanguage")->current(), 0);
        QVERIFY(m_stage->press("personSave"));
        QCOMPARE(m_port->count(QStringLiteral("person.set")), 0);
    }

    void aQuestionAboutALongNameIsWhole_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        for (const char* language : {"en", "fr"})
            for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280)})
                QTest::addRow("%s %dx%d", language, size.width(), size.height())
                    << QString::fromLatin1(language) << size;
    }
    void aQuestionAboutALongNameIsWhole() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        openPerson(QStringLiteral("Gloria Macapagal-Arroyo de la Fuente"), {}, size, language);
        QVERIFY(m_stage->press("personRemove"));
        auto* sheet = m_stage->find<Sheet>("confirmSheet");
        QVERIFY(sheet != nullptr);
        const QStringList wrong = test::cutOff(*sheet);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void theLastCardStandsAboveTheButtons() {
        for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280)}) {
            open(size);
            auto* cards = m_stage->find<PeopleCards>("peopleCards");
            for (auto* area : m_stage->findChildren<ScrollArea*>())
                if (area->isAncestorOf(cards))
                    area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
            PageStage::settle();
            const QRect last(cards->mapTo(m_stage.get(), cards->cardRect(cards->count() - 1).topLeft()),
                             cards->cardRect(cards->count() - 1).size());
            for (const char* name : {"peopleAdd", "peopleImport"}) {
                const auto* button = m_stage->find<Button>(name);
                const QRect place(button->mapTo(m_stage.get(), QPoint(0, 0)), button->size());
                QVERIFY2(!place.intersects(last), name);
            }
        }
    }
};

QTEST_MAIN(TstPersonPage)
#include "tst_person_page.moc"
