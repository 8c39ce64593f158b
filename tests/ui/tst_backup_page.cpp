// SPDX-License-Identifier: GPL-3.0-or-later
// The backup's screen: a stick, a passphrase, progress, the result; and back from a file that is looked into first.
#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/scenes.h"
#include "ui/admin_shell.h"
#include "ui/backup_page.h"
#include "ui/backup_words.h"
#include "ui/controls.h"

#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

constexpr int deadlineMs = 60'000;
const QString secret = QStringLiteral("correct horse battery staple");

class Stage : public QWidget, public SheetHost {
public:
    Stage(QSize size, Theme theme, const QLocale& locale)
        : m_style(styleFor(size, theme, false)),
          m_context{port,
                    frames,
                    [] { return core::Now{}; },
                    locale,
                    true,
                    QStringLiteral("Ann"),
                    QStringLiteral("admin"),
                    {QStringLiteral("back_up")}} {
        resize(size);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        page = new BackupPage(m_context);
        column->addWidget(page);
        setAutoFillBackground(true);
        QPalette colours;
        colours.setColor(QPalette::Window, m_style.colour(&resources::Palette::background));
        setPalette(colours);
        restyleAll(*this, m_style);
        QWidget::show();
        page->shown();
    }
    const Style& hostStyle() const override { return m_style; }

    test::ScriptedPort port;
    core::LatestFrame frames;
    BackupPage* page;

private:
    Style m_style;
    AdminContext m_context;
};

QJsonObject place(const QString& name, bool writable = true) {
    return {{QStringLiteral("path"), QStringLiteral("/media/") + name},
            {QStringLiteral("name"), name},
            {QStringLiteral("free"), qint64{7'900'000'000}},
            {QStringLiteral("total"), qint64{8'000'000'000}},
            {QStringLiteral("writable"), writable}};
}

QJsonObject summary() {
    return {
        {QStringLiteral("created"), qint64{1'790'000'000'000}},
        {QStringLiteral("program"), QStringLiteral("0.1.0")},
        {QStringLiteral("door"), QStringLiteral("Workshop <b>door</b>")},
        {QStringLiteral("parts"), QJsonArray{QStringLiteral("log"), QStringLiteral("pictures")}},
        {QStringLiteral("people"), 42},
        {QStringLiteral("templates"), 210},
        {QStringLiteral("principals"), 2},
        {QStringLiteral("events"), 123'456},
        {QStringLiteral("pictures"), 9'876},
        {QStringLiteral("file"), QStringLiteral("/media/KINGSTON/facelatch-Workshop-door-20260921T141325Z.flbackup")}};
}

QJsonObject state(const char* command, bool running, const QJsonObject& more = {}) {
    QJsonObject state{{QStringLiteral("command"), QLatin1String(command)},
                      {QStringLiteral("running"), running},
                      {QStringLiteral("done"), 30},
                      {QStringLiteral("total"), 100}};
    for (auto it = more.begin(); it != more.end(); ++it)
        state.insert(it.key(), it.value());
    return state;
}

QJsonObject withResult() {
    return {{QStringLiteral("result"), summary()}};
}

QJsonObject error(const char* what) {
    return {{QStringLiteral("error"), QJsonObject{{QStringLiteral("kind"), 0},
                                                  {QStringLiteral("what"), QLatin1String(what)},
                                                  {QStringLiteral("where"), QString()},
                                                  {QStringLiteral("remedy"), QString()}}}};
}

} // namespace

#define CLICK(name)                                                                                                    \
    do {                                                                                                               \
        QTRY_VERIFY_WITH_TIMEOUT(stage.findChild<QWidget*>(QStringLiteral(name)) != nullptr, deadlineMs);              \
        stage.findChild<QAbstractButton*>(QStringLiteral(name))->click();                                              \
    } while (false)
#define APPEARS(name) QTRY_VERIFY_WITH_TIMEOUT(stage.findChild<QWidget*>(QStringLiteral(name)) != nullptr, deadlineMs)

class TstBackupPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_locale = resources::installTranslator(*qApp, QStringLiteral("en")); }

    void aBackupIsWritten() {
        Stage stage({800, 480}, Theme::Dark, m_locale);
        stage.port.answer(QStringLiteral("backup.state"), {});
        stage.port.answer(QStringLiteral("folder.list"),
                          {{QStringLiteral("places"), QJsonArray{place(QStringLiteral("KINGSTON"))}}});
        QVERIFY(QTest::qWaitForWindowExposed(&stage));
        QTest::mouseClick(stage.findChild<QWidget*>(QStringLiteral("writeBackup")), Qt::LeftButton);
        APPEARS("write");
        auto* write = stage.findChild<Button*>(QStringLiteral("write"));
        auto* first = stage.findChild<TextField*>(QStringLiteral("passphrase"));
        auto* second = stage.findChild<TextField*>(QStringLiteral("passphraseAgain"));
        QVERIFY(!write->isEnabled());
        QCOMPARE(first->line()->echoMode(), QLineEdit::Password);
        QTest::keyClicks(first->line(), QStringLiteral("short"));
        QTest::keyClicks(second->line(), QStringLiteral("short"));
        QVERIFY(!write->isEnabled());
        first->line()->clear();
        second->line()->clear();
        QTest::keyClicks(first->line(), secret);
        QVERIFY(!write->isEnabled());
        QTest::keyClicks(second->line(), secret + QLatin1Char('r'));
        QVERIFY(!write->isEnabled());
        QTest::keyClick(second->line(), Qt::Key_Backspace);
        QVERIFY(write->isEnabled());
        auto* log = stage.findChild<Toggle*>(QStringLiteral("withLog"));
        log->click();
        QVERIFY(!stage.findChild<Toggle*>(QStringLiteral("withPictures"))->isEnabled());
        stage.port.answer(QStringLiteral("backup.write"), {{QStringLiteral("started"), true}});
        stage.port.answer(QStringLiteral("backup.state"), state("backup.write", true));
        QSignalSpy inUse(stage.page, &AdminPage::inUse);
        write->click();
        APPEARS("progress");
        const QJsonObject asked = stage.port.last(QStringLiteral("backup.write"));
        QCOMPARE(asked.value(u"folder").toString(), QStringLiteral("/media/KINGSTON"));
        QCOMPARE(asked.value(u"passphrase").toString(), secret);
        QCOMPARE(asked.value(u"parts").toArray(), QJsonArray{QStringLiteral("settings")});
        auto* bar = stage.findChild<TimeBar*>(QStringLiteral("progress"));
        QTRY_COMPARE_WITH_TIMEOUT(bar->left(), 0.3, deadlineMs);
        QVERIFY(!inUse.isEmpty()); // nobody is thrown out while it goes on
        stage.port.answer(QStringLiteral("backup.state"), state("backup.write", false, withResult()));
        QSignalSpy done(stage.page, &AdminPage::done);
        CLICK("ok");
        QCOMPARE(done.size(), 1);
    }

    void givingUpIsAskedFirst() {
        Stage stage({800, 480}, Theme::Dark, m_locale);
        stage.port.answer(QStringLiteral("backup.state"), state("backup.write", true)); // begun before
        APPEARS("progress");
        QVERIFY(stage.page->back());
        QCOMPARE(stage.port.count(QStringLiteral("backup.cancel")), 0);
        QTRY_VERIFY_WITH_TIMEOUT(stage.findChild<Sheet*>() != nullptr, deadlineMs);
        for (Button* button : stage.findChild<Sheet*>()->findChildren<Button*>())
            if (button->text() == BackupWords::giveUp())
                button->click();
        QTRY_COMPARE_WITH_TIMEOUT(stage.port.count(QStringLiteral("backup.cancel")), 1, deadlineMs);
        stage.port.answer(QStringLiteral("backup.state"),
                          state("backup.write", false, error("the backup was given up")));
        CLICK("again");
        APPEARS("writeBackup");
    }

    void withoutAStickItSaysWhatToDo() {
        Stage stage({800, 480}, Theme::Dark, m_locale);
        stage.port.answer(QStringLiteral("folder.list"), {{QStringLiteral("places"), QJsonArray()}});
        CLICK("writeBackup");
        APPEARS("lookAgain");
        stage.port.answer(QStringLiteral("folder.list"),
                          {{QStringLiteral("places"), QJsonArray{place(QStringLiteral("LOCKED"), false)}}});
        CLICK("lookAgain");
        APPEARS("write");
        for (const char* name : {"passphrase", "passphraseAgain"})
            QTest::keyClicks(stage.findChild<TextField*>(QLatin1String(name))->line(), secret);
        QVERIFY(!stage.findChild<Button*>(QStringLiteral("write"))->isEnabled()); // cannot be written
        QVERIFY(stage.page->back());
        APPEARS("writeBackup");
        QVERIFY(!stage.page->back());
    }

    void aRestoreIsLookedIntoAndAgreedTo() {
        Stage stage({800, 480}, Theme::Dark, m_locale);
        toSummary(stage);
        if (QTest::currentTestFailed())
            return;
        QVERIFY(!stage.findChild<Toggle*>(QStringLiteral("withSettings"))->isEnabled()); // not in it
        stage.port.answer(QStringLiteral("backup.restore"), {{QStringLiteral("started"), true}});
        stage.port.answer(QStringLiteral("backup.state"), state("backup.restore", true));
        CLICK("restore");
        QCOMPARE(stage.port.count(QStringLiteral("backup.restore")), 0);
        QTRY_VERIFY_WITH_TIMEOUT(stage.findChild<Sheet*>() != nullptr, deadlineMs);
        QString asked;
        for (const TextBlock* text : stage.findChild<Sheet*>()->findChildren<TextBlock*>())
            asked += text->text();
        QVERIFY2(asked.contains(QStringLiteral("Workshop <b>door</b>")), qPrintable(asked));
        QVERIFY2(asked.contains(QStringLiteral("kept aside")), qPrintable(asked));
        for (Button* button : stage.findChild<Sheet*>()->findChildren<Button*>())
            if (button->text() == BackupWords::restore())
                button->click();
        APPEARS("progress");
        const QJsonObject args = stage.port.last(QStringLiteral("backup.restore"));
        QCOMPARE(args.value(u"passphrase").toString(), secret);
        QCOMPARE(args.value(u"file").toString(), QStringLiteral("/media/KINGSTON/old/a.flbackup"));
        QCOMPARE(args.value(u"parts").toArray(), (QJsonArray{QStringLiteral("log"), QStringLiteral("pictures")}));
        stage.port.answer(QStringLiteral("backup.state"), state("backup.restore", false, withResult()));
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(stage).contains(BackupWords::restarting()), deadlineMs);
        QVERIFY(stage.page->back()); // there is no way back
    }

    void aWrongPassphraseIsSaid() {
        Stage stage({800, 480}, Theme::Dark, m_locale);
        toOpen(stage);
        if (QTest::currentTestFailed())
            return;
        QTest::keyClicks(stage.findChild<TextField*>(QStringLiteral("passphrase"))->line(), QStringLiteral("wrong"));
        stage.port.answer(QStringLiteral("backup.inspect"), {{QStringLiteral("started"), true}});
        stage.port.answer(QStringLiteral("backup.state"),
                          state("backup.inspect", false, error("the passphrase does not open this backup")));
        CLICK("look");
        APPEARS("again");
        QVERIFY(textsOf(stage).join(QLatin1Char(' ')).contains(QStringLiteral("does not open this backup")));
    }

    void hints_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<PassphraseHint>("hint");
        QTest::newRow("nothing") << QString() << PassphraseHint::TooShort;
        QTest::newRow("nine") << QStringLiteral("k3#fQ9!zT") << PassphraseHint::TooShort;
        QTest::newRow("one letter") << QString(40, u'a') << PassphraseHint::Weak;
        QTest::newRow("a run") << QStringLiteral("abcdefghijklmnop") << PassphraseHint::Weak;
        QTest::newRow("digits") << QStringLiteral("12345678901234") << PassphraseHint::Weak;
        QTest::newRow("one word") << QStringLiteral("bibliotheque") << PassphraseHint::Weak;
        QTest::newRow("two words") << QStringLiteral("purple walrus run") << PassphraseHint::Fair;
        QTest::newRow("four words") << QStringLiteral("sky pen owl gum") << PassphraseHint::Strong;
        QTest::newRow("the same word") << QStringLiteral("pen pen pen pen pen") << PassphraseHint::Weak;
        QTest::newRow("long") << QStringLiteral("k3#fQ9!zTw8^mP2&xL6*vR") << PassphraseHint::Strong;
    }
    void hints() {
        QFETCH(const QString, text);
        QFETCH(const PassphraseHint, hint);
        QCOMPARE(passphraseHint(text), hint);
    }

    void everyWordFits_data() { test::languagesAndSizes(); }
    /// FACELATCH_SCREENSHOTS names a folder to look at them.
    void everyWordFits() {
        QFETCH(const QString, language);
        QFETCH(const QSize, size);
        m_locale = resources::installTranslator(*qApp, language);
        for (const Theme theme : {Theme::Dark, Theme::Light}) {
            Stage stage(size, theme, m_locale);
            stage.port.answer(QStringLiteral("backup.state"), {});
            check(stage, "choose", language, theme);
            stage.port.answer(QStringLiteral("folder.list"), {{QStringLiteral("places"), QJsonArray()}});
            CLICK("restoreBackup");
            APPEARS("lookAgain");
            check(stage, "no-stick", language, theme);
            stage.page->back();
            stage.port.answer(QStringLiteral("folder.list"),
                              {{QStringLiteral("places"), QJsonArray{place(QStringLiteral("KINGSTON"))}}});
            CLICK("writeBackup");
            APPEARS("write");
            QTest::keyClicks(stage.findChild<TextField*>(QStringLiteral("passphrase"))->line(),
                             QStringLiteral("purple walrus run"));
            QTest::keyClicks(stage.findChild<TextField*>(QStringLiteral("passphraseAgain"))->line(),
                             QStringLiteral("x"));
            check(stage, "write", language, theme);
            stage.page->back();
            APPEARS("writeBackup");
            toSummary(stage, theme, language);
            if (QTest::currentTestFailed())
                return;
            check(stage, "summary", language, theme);
            stage.findChild<Button*>(QStringLiteral("restore"))->click();
            check(stage, "confirm", language, theme);
        }
    }

private:
    static QStringList textsOf(const QWidget& stage) {
        QStringList texts;
        for (const TextBlock* text : stage.findChildren<TextBlock*>())
            texts << text->text();
        return texts;
    }

    static void check(Stage& stage, const char* name, const QString& language, Theme theme) {
        QApplication::processEvents();
        for (const TextBlock* text : stage.findChildren<TextBlock*>())
            if (text->isVisible())
                QVERIFY2(!text->fitted().elided, qPrintable(text->text()));
        for (const Button* button : stage.findChildren<Button*>())
            if (button->isVisible())
                QVERIFY2(!button->fitted().elided, qPrintable(button->text()));
        for (const Toggle* toggle : stage.findChildren<Toggle*>())
            if (toggle->isVisible())
                QVERIFY2(!toggle->fitted().elided, qPrintable(toggle->text()));
        for (const ListRow* row : stage.findChildren<ListRow*>())
            if (row->isVisible())
                QVERIFY2(!row->fittedTitle().elided, qPrintable(row->title()));
        if (const QString folder = qEnvironmentVariable("FACELATCH_SCREENSHOTS"); !folder.isEmpty())
            stage.grab().save(QDir(folder).filePath(
                QStringLiteral("backup-%1-%2-%3x%4-%5.png")
                    .arg(QLatin1String(name), language)
                    .arg(stage.width())
                    .arg(stage.height())
                    .arg(theme == Theme::Dark ? QStringLiteral("dark") : QStringLiteral("light"))));
    }

    void toOpen(Stage& stage, Theme theme = Theme::Dark, const QString& language = {}) {
        stage.port.answerBy(QStringLiteral("folder.list"), [](const QJsonObject& args) -> core::Result<QJsonObject> {
            const QString path = args.value(u"path").toString();
            if (path.isEmpty())
                return QJsonObject{{QStringLiteral("places"), QJsonArray{place(QStringLiteral("KINGSTON"))}}};
            const bool inside = path.endsWith(QLatin1String("/old"));
            QJsonObject listed{{QStringLiteral("path"), path},
                               {QStringLiteral("parent"), inside ? QStringLiteral("/media/KINGSTON") : QString()}};
            if (inside)
                listed.insert(QStringLiteral("files"),
                              QJsonArray{QJsonObject{{QStringLiteral("path"), path + QStringLiteral("/a.flbackup")},
                                                     {QStringLiteral("name"), QStringLiteral("a.flbackup")},
                                                     {QStringLiteral("size"), 123'456'789},
                                                     {QStringLiteral("modified"), qint64{1'790'000'000'000}}},
                                         QJsonObject{{QStringLiteral("path"), path + QStringLiteral("/letter.txt")},
                                                     {QStringLiteral("name"), QStringLiteral("letter.txt")}}});
            else
                listed.insert(QStringLiteral("folders"),
                              QJsonArray{QJsonObject{{QStringLiteral("path"), path + QStringLiteral("/old")},
                                                     {QStringLiteral("name"), QStringLiteral("old")}}});
            return listed;
        });
        CLICK("restoreBackup");
        CLICK("folder0");
        APPEARS("backup0");
        QVERIFY(stage.findChild<QWidget*>(QStringLiteral("backup1")) == nullptr);
        if (!language.isEmpty())
            check(stage, "find", language, theme);
        CLICK("backup0");
        APPEARS("look");
        if (!language.isEmpty())
            check(stage, "open", language, theme);
        QVERIFY(!stage.findChild<Button*>(QStringLiteral("look"))->isEnabled());
    }

    void toSummary(Stage& stage, Theme theme = Theme::Dark, const QString& language = {}) {
        toOpen(stage, theme, language);
        if (QTest::currentTestFailed())
            return;
        QTest::keyClicks(stage.findChild<TextField*>(QStringLiteral("passphrase"))->line(), secret);
        stage.port.answer(QStringLiteral("backup.inspect"), {{QStringLiteral("started"), true}});
        stage.port.answer(QStringLiteral("backup.state"), state("backup.inspect", true));
        CLICK("look");
        APPEARS("progress");
        if (!language.isEmpty())
            check(stage, "working", language, theme);
        stage.port.answer(QStringLiteral("backup.state"), state("backup.inspect", false, withResult()));
        APPEARS("restore");
    }

    QLocale m_locale;
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    TstBackupPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_backup_page.moc"
