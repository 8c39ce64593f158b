// SPDX-License-Identifier: GPL-3.0-or-later
// The enrolment's screens with a scripted port: steps, prompts, what is refused, and that leaving keeps nothing.
#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/page_host.h"
#include "tests/ui/scenes.h"
#include "ui/enrol_dots.h"
#include "ui/enrol_page.h"
#include "ui/enrol_stage.h"
#include "ui/import_page.h"
#include "ui/people_words.h"

#include <QApplication>
#include <QBuffer>
#include <QJsonArray>
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

QString smallJpeg() {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    test::paintedPerson({64, 64}).save(&buffer, "JPG");
    return QString::fromLatin1(bytes.toBase64());
}

QJsonObject state(const char* phase, int taken = 0, const char* hint = "none") {
    QJsonArray pictures;
    for (int i = 0; i < 5; ++i)
        pictures.append(i < taken ? QJsonValue(10 + i) : QJsonValue());
    constexpr const char* views[] = {"straight", "left", "right", "up", "smile", "smile"};
    return {{str("phase"), str(phase)},
            {str("hint"), str(hint)},
            {str("stop"), str("none")},
            {str("current"), str(views[taken])},
            {str("progress"), 0.5},
            {str("score"), str("none")},
            {str("frame"), QJsonObject{{str("width"), 640}, {str("height"), 480}}},
            {str("face"), QJsonArray{245, 120, 150, 210}},
            {str("pictures"), pictures}};
}

QJsonObject with(QJsonObject object, const char* key, const QJsonValue& value) {
    object.insert(str(key), value);
    return object;
}

} // namespace

class TstEnrolPage : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    std::unique_ptr<ScriptedPort> m_port;
    std::unique_ptr<AdminContext> m_context;
    std::unique_ptr<test::PageHost> m_host;
    AdminPage* m_page = nullptr;

    void put(AdminPage* page) {
        m_page = page;
        m_host->put(page);
    }
    template<typename T>
    T* find(const char* name) const {
        return m_host->findChild<T*>(QLatin1String(name));
    }
    void press(const char* name) const { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
    QString text(const char* name) const { return find<TextBlock>(name)->text(); }
    Sheet* sheet() const { return m_host->sheet(); }
    /// Alice stands before the camera.
    void beginAlice() {
        m_port->answer(str("enrol.begin"), state("starting"));
        m_port->answer(str("enrol.state"), state("taking"));
        put(new EnrolPage(*m_context, {}));
        QTest::keyClicks(find<TextField>("enrolName")->line(), str("Alice"));
        find<Toggle>("enrolConsent")->click();
        press("enrolBegin");
        QTRY_VERIFY_WITH_TIMEOUT(find<EnrolStage>("enrolStage")->isVisible(), patience);
    }

private Q_SLOTS:
    void init() {
        resources::installTranslator(*qApp, str("en"));
        m_port = std::make_unique<ScriptedPort>();
        m_context = std::unique_ptr<AdminContext>(new AdminContext{*m_port,
                                                                   m_frames,
                                                                   test::sceneNow,
                                                                   QLocale(QLocale::English),
                                                                   true,
                                                                   str("Anna"),
                                                                   str("operator"),
                                                                   {str("enrol_person")}});
        m_host = std::make_unique<test::PageHost>(QSize(800, 480), true);
        m_port->answer(str("enrol.picture"), {{str("jpeg"), smallJpeg()}});
        m_port->answer(str("enrol.cancel"), {});
        m_port->answer(str("folder.list"), {{str("places"), QJsonArray()}});
    }
    void cleanup() { m_host.reset(); }

    void nobodyIsTakenWithoutANameAndConsent() {
        put(new EnrolPage(*m_context, {}));
        QVERIFY(!find<Button>("enrolBegin")->isEnabled());
        QTest::keyClicks(find<TextField>("enrolName")->line(), str("Alice"));
        QVERIFY(!find<Button>("enrolBegin")->isEnabled());
        find<Toggle>("enrolConsent")->click();
        QVERIFY(find<Button>("enrolBegin")->isEnabled());
        find<Toggle>("enrolConsent")->click();
        QVERIFY(!find<Button>("enrolBegin")->isEnabled());
        m_port->answer(str("person.add"), {{str("id"), str("1")}});
        press("enrolWithout"); // the alternative for everyone
        QTRY_VERIFY_WITH_TIMEOUT(m_host->opened != nullptr, patience);
        QCOMPARE(m_port->last(str("person.add")).value(u"name").toString(), str("Alice"));
        QVERIFY(!m_port->last(str("person.add")).contains(u"consent"));
    }

    void aNameThatIsTakenIsSaidInPlace() {
        m_port->refuse(str("enrol.begin"), {core::ErrorKind::Usage, "'Alice' is already enrolled", "", ""});
        put(new EnrolPage(*m_context, {}));
        QTest::keyClicks(find<TextField>("enrolName")->line(), str("Alice"));
        find<Toggle>("enrolConsent")->click();
        press("enrolBegin");
        QTRY_VERIFY_WITH_TIMEOUT(m_port->count(str("enrol.begin")) == 1 && find<Button>("enrolBegin")->isEnabled(),
                                 patience);
        QVERIFY(find<QWidget>("enrolName")->isVisible());
    }

    void fivePicturesFillFiveDots() {
        beginAlice();
        QTRY_COMPARE_WITH_TIMEOUT(text("enrolStep"), str("1 of 5: look straight ahead"), patience);
        auto* dots = find<EnrolDots>("enrolDots");
        for (int taken = 1; taken < 5; ++taken) {
            m_port->answer(str("enrol.state"), state("taking", taken));
            QTRY_VERIFY_WITH_TIMEOUT(dots->filled(taken - 1), patience);
            QVERIFY(!dots->filled(taken));
        }
        QCOMPARE(text("enrolStep"), str("5 of 5: look straight ahead and smile"));
        QTRY_VERIFY_WITH_TIMEOUT(!dots->flies(), patience); // it has landed
        m_port->answer(str("enrol.state"), state("review", 5));
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("enrolThumbs")->isVisible(), patience);
        QCOMPARE(m_port->count(str("enrol.picture")), 5);  // each once
        QVERIFY(!find<QWidget>("enrolSave")->isVisible()); // first it is tried

        m_port->answer(str("enrol.retake"), with(state("taking", 5), "pictures", QJsonArray{10, 11, {}, 13, 14}));
        m_port->answer(str("enrol.state"), with(state("taking", 5), "pictures", QJsonArray{10, 11, {}, 13, 14}));
        press("enrolRetake2");
        QTRY_VERIFY_WITH_TIMEOUT(find<EnrolStage>("enrolStage")->isVisible(), patience);
        QCOMPARE(m_port->last(str("enrol.retake")).value(u"index").toInt(), 2);
        QVERIFY(!dots->filled(2) && dots->filled(3));
    }

    void hintsAreSaid_data() {
        QTest::addColumn<QString>("hint");
        QTest::addColumn<QString>("words");
        const auto add = [](const char* hint, const char* words) { QTest::newRow(hint) << str(hint) << str(words); };
        add("closer", "Come a little closer");
        add("step_back", "Take a small step back");
        add("more_light", "A little more light, please");
        add("hold_still", "Please hold still");
        add("look_left", "Turn your head to the left");
        add("look_right", "Turn your head to the right");
        add("look_up", "Look up a little");
        add("one_at_a_time", "One person at a time");
        add("living_face", "A picture cannot be enrolled. Please come yourself");
        add("another_person", "This is not the person of the first picture");
    }
    void hintsAreSaid() {
        QFETCH(QString, hint);
        QFETCH(QString, words);
        core::EnrolmentView view;
        view.phase = core::EnrolPhase::Taking;
        view.hint = core::enrolHintFrom(hint.toStdString());
        EnrolStage stage(m_frames, test::sceneNow, true);
        stage.restyle(m_host->hostStyle());
        restyleAll(stage, m_host->hostStyle());
        stage.resize(800, 480);
        stage.show();
        stage.present(view);
        const auto* shown = stage.findChild<TextBlock*>(str("enrolHint"));
        QCOMPARE(shown->text(), words);
        QVERIFY(!shown->fitted().elided);
    }

    void refusalsAreExplained_data() {
        QTest::addColumn<QString>("stop");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("another");
        QTest::newRow("enrolled") << str("already_enrolled") << str("This face is enrolled already, as Bob <b>")
                                  << true;
        QTest::newRow("picture") << str("not_alive") << str("This looks like a picture of a face") << false;
        QTest::newRow("camera") << str("camera_lost") << str("The camera gives no picture") << false;
        QTest::newRow("time") << str("timed_out") << str("It took too long") << false;
        QTest::newRow("models") << str("unavailable") << str("Nobody can be enrolled now") << false;
    }
    void refusalsAreExplained() {
        QFETCH(QString, stop);
        QFETCH(QString, words);
        QFETCH(bool, another);
        beginAlice();
        m_port->answer(str("enrol.state"), with(with(state("stopped"), "stop", stop), "someone_else",
                                                QJsonObject{{str("id"), str("2")}, {str("name"), str("Bob <b>")}}));
        QTRY_COMPARE_WITH_TIMEOUT(text("enrolStopTitle"), words, patience);
        QVERIFY(find<QWidget>("enrolStopTitle")->isVisible());
        QVERIFY(!text("enrolStopText").isEmpty());
        QCOMPARE(find<QWidget>("enrolAnother")->isVisible(), another);
        QCOMPARE(find<QWidget>("enrolAgain")->isVisible(), stop != u"unavailable");
        if (!another)
            return;
        m_port->answer(str("enrol.another"), state("taking"));
        m_port->answer(str("enrol.state"), state("taking"));
        press("enrolAnother");
        QTRY_VERIFY_WITH_TIMEOUT(find<EnrolStage>("enrolStage")->isVisible(), patience);
    }

    void recognisedWellItIsSavedByItself() {
        beginAlice();
        m_port->answer(str("enrol.state"), state("review", 5));
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("enrolTest")->isVisible(), patience);
        m_port->answer(str("enrol.test"), state("testing", 5, "step_back"));
        m_port->answer(str("enrol.state"), state("testing", 5, "step_back"));
        press("enrolTest");
        QTRY_COMPARE_WITH_TIMEOUT(text("enrolStep"), str("Step back and look again"), patience);
        QCOMPARE(m_port->count(str("enrol.finish")), 0);
        m_port->answer(str("enrol.finish"), {{str("id"), str("9")}, {str("close"), QJsonArray()}});
        m_port->answer(str("enrol.state"), with(state("tested", 5), "score", str("excellent")));
        QTRY_VERIFY_WITH_TIMEOUT(m_host->opened != nullptr, patience); // the person's page
        QCOMPARE(m_host->notices, QStringList{str("Alice is enrolled")});
        const QJsonObject sent = m_port->last(str("enrol.finish"));
        QCOMPARE(sent.value(u"name").toString(), str("Alice"));
        QCOMPARE(sent.value(u"consent").toObject().value(u"witness").toString(), str("Anna"));
        m_host.reset();
        QCOMPARE(m_port->count(str("enrol.cancel")), 0);
    }

    void recognisedWeaklyTheAdminDecides() {
        beginAlice();
        m_port->answer(str("enrol.state"), with(state("tested", 5), "score", str("weak")));
        QTRY_COMPARE_WITH_TIMEOUT(text("enrolReviewTitle"), str("Recognised: weak"), patience);
        QCOMPARE(m_port->count(str("enrol.finish")), 0);
        m_port->answer(str("enrol.state"), with(state("tested", 5), "score", str("not_recognised")));
        QTRY_COMPARE_WITH_TIMEOUT(text("enrolReviewTitle"), str("Not recognised"), patience);
        QVERIFY(!find<QWidget>("enrolSave")->isVisible());
        m_port->answer(str("enrol.state"), with(state("tested", 5), "score", str("weak")));
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("enrolSave")->isVisible(), patience);
        m_port->refuse(str("enrol.finish"), {core::ErrorKind::Failed, "the disk is full", "", "Free space"});
        press("enrolSave");
        QTRY_VERIFY_WITH_TIMEOUT(sheet() != nullptr, patience);
        sheet()->dismiss();
        m_port->answer(str("enrol.finish"), {{str("id"), str("9")}});
        press("enrolSave"); // and again: the pictures are still there
        QTRY_VERIFY_WITH_TIMEOUT(m_host->opened != nullptr, patience);
    }

    void leavingThrowsThePicturesAway() {
        beginAlice();
        QVERIFY(m_page->back());
        QVERIFY(sheet() != nullptr);
        QVERIFY(sheet()->findChild<TextBlock*>(str("sheetTitle"))->text().contains(str("Alice")));
        sheet()->dismiss();
        QCOMPARE(m_port->count(str("enrol.cancel")), 0);
        m_page->hide(); // the admin's time is over
        QTRY_COMPARE_WITH_TIMEOUT(m_port->count(str("enrol.cancel")), 1, patience);
    }

    void newPicturesOfSomebody() {
        m_port->answer(str("enrol.begin"), state("starting"));
        m_port->answer(str("enrol.state"), state("taking"));
        put(new EnrolPage(*m_context, {str("7"), str("Bob")}));
        QTRY_VERIFY_WITH_TIMEOUT(find<EnrolStage>("enrolStage")->isVisible(), patience);
        QCOMPARE(m_port->last(str("enrol.begin")).value(u"who").toString(), str("7"));
        QCOMPARE(m_page->title(), str("New pictures of Bob"));
    }

    void photographsFromAStick() {
        m_port->answer(str("folder.list"),
                       {{str("places"), QJsonArray{QJsonObject{{str("path"), str("/media/STICK")}}}}});
        m_port->answer(str("enrol.folder.state"), {{str("running"), false}});
        put(new ImportPage(*m_context));
        QTRY_COMPARE_WITH_TIMEOUT(find<TextField>("importFolder")->text(), str("/media/STICK"), patience);
        m_port->refuse(str("enrol.folder.begin"), {core::ErrorKind::NotFound, "The folder cannot be read", "", "Look"});
        press("importBegin");
        QTRY_COMPARE_WITH_TIMEOUT(m_port->count(str("enrol.folder.begin")), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(find<Button>("importBegin")->isEnabled(), patience);
        const QJsonObject running{{str("running"), true}, {str("done"), 1}, {str("total"), 4}};
        m_port->answer(str("enrol.folder.begin"), running);
        m_port->answer(str("enrol.folder.state"), running);
        press("importBegin");
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("importProgress")->isVisible(), patience);
        QCOMPARE(text("importProgressText"), str("1 of 4 people"));
        m_port->answer(str("enrol.folder.cancel"), with(running, "cancelled", true));
        press("importCancel");
        QTRY_COMPARE_WITH_TIMEOUT(m_port->count(str("enrol.folder.cancel")), 1, patience);
        const QJsonObject bad{{str("name"), str("Bob")},
                              {str("outcome"), str("refused")},
                              {str("why"), str("None of the pictures can be used")},
                              {str("pictures"), QJsonArray{QJsonObject{{str("file"), str("b.jpg")},
                                                                       {str("text"), str("No face was found.")}}}}};
        const QJsonObject good{{str("name"), str("Alice")}, {str("outcome"), str("added")}, {str("accepted"), 3}};
        m_port->answer(str("enrol.folder.state"), {{str("running"), false},
                                                   {str("done"), 4},
                                                   {str("total"), 4},
                                                   {str("added"), 1},
                                                   {str("refused"), 1},
                                                   {str("people"), QJsonArray{good, bad}}});
        QTRY_COMPARE_WITH_TIMEOUT(text("importProgressText"), str("Done. Added: 1, not added: 1"), patience);
        const auto rows = m_host->findChildren<ListRow*>(str("importPerson"));
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0]->title(), str("Bob")); // those who need somebody come first
        QTest::mouseClick(rows[0], Qt::LeftButton);
        QVERIFY(sheet() != nullptr);
    }
};

QTEST_MAIN(TstEnrolPage)
#include "tst_enrol_page.moc"
