// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl bench: its arithmetic, table and reports, exit codes, and that it says what is missing. No speed is
// asserted anywhere.
#include "app/bench_figure.h"
#include "app/bench_report.h"
#include "app/bench_scene.h"
#include "tests/app/programs.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <limits>
#include <set>

using namespace facelatch;
using facelatch::testing::ctl;
using facelatch::testing::Ended;

class TestBench : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void spreads();
    void aims_data();
    void aims();
    void exitCodes();
    void jsonHasNoInfinity();
    void commandsRepeatOneFigure();
    void everyFigureIsExplained();
    void sceneIsTheSameInEachRun();
    void listNamesEveryFigure();
    void wrongCommandsAreUsage();
    void searchInJson();
    void searchAsATable();
    void logIsMeasured();
    void folderThatIsNotThereIsSaid();
    void missingModelIsSaid();
    void missingFacesAreSaid();

private:
    Ended bench(const QStringList& arguments) const {
        return ctl(QStringList{QStringLiteral("--data"), m_folder.filePath(QStringLiteral("data")),
                               QStringLiteral("--settings"), m_settings, QStringLiteral("bench")} +
                   arguments);
    }
    /// The only figure of a run in JSON.
    static QJsonObject only(const Ended& ended) {
        return QJsonDocument::fromJson(ended.out.toUtf8()).object().value(u"figures").toArray().at(0).toObject();
    }

    QTemporaryDir m_folder;
    QString m_settings;
};

namespace {

app::Measured judgedAs(double value) {
    app::Measured measured;
    measured.spread = app::spreadOf({value});
    measured.judged = value;
    return measured;
}

const app::Figure& figure(std::string_view name) {
    return *app::figuresCalled(name).front();
}

} // namespace

void TestBench::initTestCase() {
    m_settings = m_folder.filePath(QStringLiteral("settings.toml"));
    QFile file(m_settings);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

void TestBench::spreads() {
    QCOMPARE(app::spreadOf({}).n, 0);
    const app::Spread odd = app::spreadOf({3, 1, 2});
    QCOMPARE(odd.median, 2.0);
    QCOMPARE(odd.p95, 3.0);
    QCOMPARE(odd.mean, 2.0);
    QCOMPARE(app::spreadOf({4, 1, 2, 3}).median, 2.5);
    std::vector<double> hundred;
    for (int i = 100; i > 0; --i)
        hundred.push_back(i);
    QCOMPARE(app::spreadOf(hundred).p95, 95.0);
    QCOMPARE(app::timesLess(80, 10), 8.0);
    QCOMPARE(app::timesLess(80, 0), 0.0);
}

void TestBench::aims_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("value");
    QTest::addColumn<bool>("met");
    const auto row = [](const char* name, double value, bool met) {
        QTest::addRow("%s %g", name, value) << QString::fromUtf8(name) << value << met;
    };
    row("tracked-frame", 8, true); // the figures of the table, at their limits
    row("tracked-frame", 7.99, false);
    row("decision-plain", 3, true);
    row("decision-plain", 2.99, false);
    row("decision-live", 2, true);
    row("decision-live", 1.99, false);
    row("release-plain", 399, true);
    row("release-live", 400, false);
    row("release-live", std::numeric_limits<double>::infinity(), false);
    row("viewfinder", 0, true);
    row("viewfinder", 0.1, false);
    row("empty-scene", 9.9, true);
    row("empty-scene", 10, false);
    row("memory", 349, true);
    row("memory", 350, false);
    row("first-picture", 2000, true);
    row("first-picture", 2001, false);
    row("search-10k", 0.99, true);
    row("search-10k", 1, false);
    row("search-100k", 2, true);
    row("search-100k", 2.01, false);
    row("log-append", 50, true);
    row("log-append", 49.9, false);
    row("log-page", 99, true);
    row("log-page", 100, false);
}

void TestBench::aims() {
    QFETCH(QString, name);
    QFETCH(double, value);
    QFETCH(bool, met);
    const app::Figure& row = figure(name.toStdString());
    QCOMPARE(app::met(row, judgedAs(value)), std::optional(met));
    app::Measured unjudged = judgedAs(value);
    unjudged.judged.reset();
    QCOMPARE(app::met(row, unjudged), std::optional<bool>());
    QCOMPARE(app::met(row, app::notMeasured("because")), std::optional<bool>());
}

void TestBench::exitCodes() {
    const app::Reported good{&figure("memory"), judgedAs(100), {}}, bad{&figure("memory"), judgedAs(1000), {}};
    const app::Reported none{&figure("memory"), app::notMeasured("because"), {}};
    QCOMPARE(app::benchExitCode({good, none}), 0);
    QCOMPARE(app::benchExitCode({good, bad, none}), 1);
    QCOMPARE(app::benchExitCode({none, none}), 3);
    QCOMPARE(app::summary({good, bad, none}),
             std::string("1 of 2 judged aims are met; missed: memory; not measured: 1 figure"));
}

void TestBench::jsonHasNoInfinity() {
    const app::Reported endless{&figure("release-plain"), judgedAs(std::numeric_limits<double>::infinity()), {}};
    const QJsonObject out = app::toJson({endless}, false).value(u"figures").toArray().at(0).toObject();
    QVERIFY(out.value(u"p95").isNull());
    QCOMPARE(out.value(u"met"), QJsonValue(false));
    QVERIFY(app::line(endless).find("endless") != std::string::npos);
}

void TestBench::commandsRepeatOneFigure() {
    const QStringList arguments{QStringLiteral("/usr/bin/facelatch-ctl"),
                                QStringLiteral("--set"),
                                QStringLiteral("door.name=The Door"),
                                QStringLiteral("bench"),
                                QStringLiteral("search"),
                                QStringLiteral("--quick"),
                                QStringLiteral("--json")};
    QCOMPARE(app::commandFor(arguments, {"search"}, "search-10k"),
             std::string("facelatch-ctl --set 'door.name=The Door' bench search-10k --quick"));
}

void TestBench::everyFigureIsExplained() {
    std::set<std::string_view> names;
    for (const app::Figure& row : app::figures()) {
        QVERIFY(names.insert(row.name).second);
        QVERIFY(!row.what.empty() && !row.unit.empty() && !row.definition.empty() && row.measure != nullptr);
        QCOMPARE(app::figuresCalled(row.name).front(), &row);
    }
    QCOMPARE(app::figuresCalled("search").size(), 2U);
    QCOMPARE(app::figuresCalled("sear").size(), 0U);
    QCOMPARE(app::figuresCalled("").size(), 0U);
}

void TestBench::sceneIsTheSameInEachRun() {
    const auto bytes = [](const core::Image& image) {
        return QByteArray(reinterpret_cast<const char*>(image.data()),
                          static_cast<qsizetype>(image.stride() * image.height()));
    };
    const std::shared_ptr<std::uint8_t[]> pixels(new std::uint8_t[20 * 20 * 3]);
    std::memset(pixels.get(), 250, 20 * 20 * 3);
    const core::Image white(20, 20, 60, core::PixelFormat::Bgr8, {pixels, pixels.get()});
    app::BenchScene once(white), again(white);
    const core::Image first = once.face();
    QCOMPARE(first.width(), 640);
    QCOMPARE(first.height(), 480);
    QCOMPARE(bytes(first), bytes(again.face()));
    QVERIFY(bytes(once.face()) != bytes(first)); // it moves
    const auto middle = [](const core::Image& image) { return image.data()[240 * image.stride() + 320 * 3]; };
    QVERIFY(middle(once.face()) > 240);
    QVERIFY(middle(once.empty()) < 100);
    QVERIFY(middle(app::BenchScene().face()) < 100); // nobody
}

void TestBench::listNamesEveryFigure() {
    const Ended listed = bench({QStringLiteral("--list")});
    QCOMPARE(listed.code, 0);
    QCOMPARE(listed.out.count(u'\n'), static_cast<qsizetype>(app::figures().size()));
    const Ended json = bench({QStringLiteral("--list"), QStringLiteral("--json")});
    const QJsonArray names = QJsonDocument::fromJson(json.out.toUtf8()).object().value(u"figures").toArray();
    QCOMPARE(names.size(), static_cast<qsizetype>(app::figures().size()));
    for (const auto& name : names)
        QVERIFY2(listed.out.contains(name.toString()), qPrintable(name.toString()));
}

void TestBench::wrongCommandsAreUsage() {
    for (const QStringList& arguments :
         {QStringList{QStringLiteral("speed")}, QStringList{QStringLiteral("--rounds"), QStringLiteral("0")},
          QStringList{QStringLiteral("--fast")}}) {
        const Ended ended = bench(arguments);
        QVERIFY2(ended.code == 2, qPrintable(ended.out + ended.err));
    }
    QVERIFY(bench({QStringLiteral("speed")}).err.contains(QStringLiteral("--list")));
}

void TestBench::searchInJson() {
    const Ended ended = bench({QStringLiteral("search"), QStringLiteral("--quick"), QStringLiteral("--json")});
    const QJsonObject out = QJsonDocument::fromJson(ended.out.toUtf8()).object();
    QCOMPARE(out.value(u"v").toInt(), 1);
    QCOMPARE(out.value(u"quick"), QJsonValue(true));
    const QJsonArray list = out.value(u"figures").toArray();
    QCOMPARE(list.size(), 2);
    bool allMet = true;
    for (const auto& value : list) {
        const QJsonObject each = value.toObject();
        QVERIFY(each.value(u"median").toDouble() > 0);
        QVERIFY(each.value(u"p95").toDouble() >= each.value(u"median").toDouble());
        QVERIFY(each.value(u"n").toInt() > 0);
        QVERIFY(each.value(u"met").isBool());
        allMet = allMet && each.value(u"met").toBool();
        QVERIFY(each.value(u"not_measured").isNull());
        const QString command = each.value(u"command").toString();
        QVERIFY2(command.contains(QStringLiteral("bench ") + each.value(u"name").toString()), qPrintable(command));
        QVERIFY(!command.contains(QStringLiteral("--json")));
    }
    QCOMPARE(ended.code, allMet ? 0 : 1);
}

void TestBench::searchAsATable() {
    const Ended ended = bench({QStringLiteral("search-10k"), QStringLiteral("--rounds"), QStringLiteral("3")});
    QVERIFY2(ended.code == 0 || ended.code == 1, qPrintable(ended.err));
    QVERIFY(ended.out.startsWith(QStringLiteral("FIGURE")));
    QVERIFY(ended.out.contains(QStringLiteral("under 1 ms")));
    QVERIFY(ended.out.contains(QStringLiteral("$ facelatch-ctl")));
    QVERIFY(ended.out.contains(QStringLiteral("bench search-10k --rounds 3")));
    QVERIFY(!ended.out.contains(QStringLiteral("search-100k")));
}

void TestBench::logIsMeasured() {
    const QTemporaryDir place(QDir::currentPath() + QStringLiteral("/bench-XXXXXX")); // the build's disk
    const Ended ended = bench({QStringLiteral("log-page"), QStringLiteral("--quick"), QStringLiteral("--json"),
                               QStringLiteral("--folder"), place.path()});
    const QJsonObject page = only(ended);
    if (const QString why = page.value(u"not_measured").toString(); why.contains(QStringLiteral("in memory")))
        QSKIP("the folder for throw-away data is in memory here");
    QVERIFY2(ended.code == 0, qPrintable(ended.out + ended.err)); // a quick run does not judge it
    QVERIFY(page.value(u"met").isNull());
    QVERIFY(page.value(u"n").toInt() > 0);
    QVERIFY(QDir(place.path()).isEmpty()); // it cleans up behind itself
}

void TestBench::folderThatIsNotThereIsSaid() {
    const Ended ended = bench({QStringLiteral("log"), QStringLiteral("--quick"), QStringLiteral("--json"),
                               QStringLiteral("--folder"), m_folder.filePath(QStringLiteral("none"))});
    QCOMPARE(ended.code, 3);
    QVERIFY2(only(ended).value(u"not_measured").toString().contains(QStringLiteral("--folder")), qPrintable(ended.out));
}

void TestBench::missingModelIsSaid() {
    const Ended ended = bench({QStringLiteral("--set"), QStringLiteral("recognition.embedder=sface-2021dec"),
                               QStringLiteral("decision"), QStringLiteral("--quick"), QStringLiteral("--json")});
    QCOMPARE(ended.code, 3);
    const QJsonObject first = only(ended);
    QVERIFY(first.value(u"median").isNull());
    QVERIFY(first.value(u"met").isNull());
    const QString why = first.value(u"not_measured").toString();
    QVERIFY2(why.contains(QStringLiteral("models install")), qPrintable(ended.out));
}

void TestBench::missingFacesAreSaid() {
    const QString models = facelatch::testing::modelsFolder();
    if (models.isEmpty())
        QSKIP("shared/models not found beside the checkout (FACELATCH_MODELS_DIR)");
    const Ended ended =
        bench({QStringLiteral("--set"), QStringLiteral("recognition.models_dir=") + models,
               QStringLiteral("tracked-frame"), QStringLiteral("--quick"), QStringLiteral("--faces"), m_folder.path()});
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains(QStringLiteral("--faces DIR")), qPrintable(ended.out));
}

QTEST_GUILESS_MAIN(TestBench)
#include "tst_bench.moc"
