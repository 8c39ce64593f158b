// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl admin, setup and person set, asked of the program itself: PINs come from the standard input and are
// found nowhere afterwards.
#include "app/clock.h"
#include "app/rules.h"
#include "storage/store.h"

#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace facelatch;

namespace {

constexpr int patience = 60'000;

struct Ran {
    int code = -1;
    QString out, err;
};

} // namespace

class TestAdminCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void adminsAreAddedChangedAndRemoved();
    void aPinIsNeverAnArgument();
    void setUpIsDoneWithTheFirstAdmin();
    void aPersonGetsNameCardPinAndConsent();

private:
    Ran run(const QTemporaryDir& data, const QStringList& arguments, const QByteArray& input = {}) {
        QProcess ctl;
        ctl.start(QStringLiteral(FACELATCH_CTL), QStringList{QStringLiteral("--data"), data.path()} + arguments);
        ctl.write(input);
        ctl.closeWriteChannel();
        if (!ctl.waitForFinished(patience))
            return {};
        return {ctl.exitCode(), QString::fromUtf8(ctl.readAllStandardOutput()),
                QString::fromUtf8(ctl.readAllStandardError())};
    }
    static QStringList words(const char* line) { return QString::fromUtf8(line).split(u' '); }
    static bool contains(const QTemporaryDir& data, const QByteArray& text) {
        QDirIterator files(data.path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
                return true;
        }
        return false;
    }
};

void TestAdminCommand::adminsAreAddedChangedAndRemoved() {
    const QTemporaryDir data;
    QCOMPARE(run(data, words("admin list")).out, QStringLiteral("There is no admin yet.\n"));
    Ran ran = run(data, words("admin add Ada"), "48172639\n");
    QVERIFY2(ran.code == 0, qPrintable(ran.err));
    QCOMPARE(run(data, words("admin add Bob --role operator"), "905318\r\n").code, 0);
    for (const char* bad : {"905318", "123456", "48172", "abcdef", ""}) {
        ran = run(data, words("admin add Eve"), QByteArray(bad) + '\n');
        QCOMPARE(ran.code, 2);
        QVERIFY(bad[0] == '\0' || !(ran.out + ran.err).contains(QLatin1String(bad)));
    }
    QCOMPARE(run(data, words("admin add Eve")).code, 2);
    QCOMPARE(run(data, words("admin add Eve --role emperor"), "731946\n").code, 2);
    QCOMPARE(run(data, words("admin remove Ada")).code, 1);
    QCOMPARE(run(data, words("admin set Bob --role admin --name Robert")).code, 0);
    QCOMPARE(run(data, words("admin set Robert --pin"), "731946\n").code, 0);
    QCOMPARE(run(data, words("admin remove Ada")).code, 0);
    const QString list = run(data, words("admin list --json")).out;
    QCOMPARE(list.count(u'\n'), 1);
    QVERIFY(list.contains(QStringLiteral("\"name\":\"Robert\"")) && !list.contains(QStringLiteral("credential")));
    for (const char* pin : {"48172639", "905318", "731946"})
        QVERIFY(!contains(data, pin));
    const QString audit = run(data, words("audit list")).out;
    QVERIFY(audit.contains(QStringLiteral("admin.remove")) && audit.contains(QStringLiteral("\"pin\":\"changed\"")));
}

void TestAdminCommand::aPinIsNeverAnArgument() {
    const QTemporaryDir data;
    for (const char* line : {"admin add Ada --pin 481726", "admin add Ada 481726", "admin set Ada --pin 481726",
                             "person set Ada --pin-stdin 4817", "person set Ada --pin 4817"})
        QCOMPARE(run(data, words(line), "481726\n").code, 2);
}

void TestAdminCommand::setUpIsDoneWithTheFirstAdmin() {
    const QTemporaryDir data;
    QVERIFY(run(data, words("setup state")).out.contains(QStringLiteral("open for 30 minutes")));
    QCOMPARE(run(data, words("setup reopen")).code, 0);
    QCOMPARE(run(data, words("admin add Ada"), "481726\n").code, 0);
    QVERIFY(run(data, words("setup state")).out.contains(QStringLiteral("done")));
    const Ran refused = run(data, words("setup reopen"));
    QCOMPARE(refused.code, 1);
    QVERIFY(refused.err.contains(QStringLiteral("facelatch-ctl admin set")));
}

void TestAdminCommand::aPersonGetsNameCardPinAndConsent() {
    const QTemporaryDir data;
    core::PersonId alice;
    const auto withStore = [&](const auto& work) {
        auto folder = storage::DataFolder::claim(data.path().toStdString());
        QVERIFY(bool(folder));
        auto store = storage::Store::open(*folder, app::storeOptions({}, app::now().wall));
        QVERIFY2(bool(store), store ? "" : store.error().text().c_str());
        work(**store);
    };
    withStore([&](storage::Store& store) {
        for (const char* name : {"Alice", "Bob"}) {
            core::Person person;
            person.id = {app::newUuid(app::now().wall)};
            person.name = name;
            QVERIFY(bool(store.addPerson(person, {})));
            if (person.name == "Alice")
                alice = person.id;
        }
    });
    const Ran ran =
        run(data, words("person set Alice --name Alicia --card D8E2F1G3 --pin-stdin --consent 2026-1 --witness Ada"),
            "4817\n");
    QVERIFY2(ran.code == 0, qPrintable(ran.err));
    withStore([&](storage::Store& store) {
        const auto person = store.person(alice);
        QVERIFY(person && *person);
        QCOMPARE((*person)->name, std::string("Alicia"));
        QCOMPARE((*person)->cardId, std::string("D8E2F1G3"));
        QVERIFY((*person)->hasPin && (*person)->consent);
        QCOMPARE((*person)->consent->witness, std::string("Ada"));
        const auto verifier = store.pinHasher()->verifier("4817", core::PinPurpose::Person);
        QVERIFY(bool(verifier));
        QVERIFY((*store.pinBook())->fits(alice, *verifier));
    });
    QCOMPARE(run(data, words("person set Bob --pin-stdin"), "4817\n").code, 2);
    QCOMPARE(run(data, words("person set Bob --name Alicia")).code, 2);
    QCOMPARE(run(data, words("person set Bob --consent 2026-1")).code, 2);
    QCOMPARE(run(data, words("person set Bob --pin-stdin --no-pin"), "9502\n").code, 2);
    QCOMPARE(run(data, words("person set Alicia --no-pin --card none --consent none")).code, 0);
    withStore([&](storage::Store& store) {
        const auto person = store.person(alice);
        QVERIFY(person && *person);
        QVERIFY(!(*person)->hasPin && !(*person)->consent && (*person)->cardId.empty());
    });
}

QTEST_GUILESS_MAIN(TestAdminCommand)
#include "tst_admin_command.moc"
