// SPDX-License-Identifier: GPL-3.0-or-later
// French is complete: every sentence of the sources is in the .ts, finished, and reaches the screen.
#include "resources/translator.h"
#include "tests/support/source_dir.h"
#include "tests/ui/scenes.h"
#include "ui/text_block.h"

#include <QApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

struct Message {
    QString translation;
    QString type; ///< empty when finished
};

/// Messages by "context|source|comment"; empty if the file cannot be read.
QMap<QString, Message> messagesOf(const QString& path) {
    QFile file(path);
    QMap<QString, Message> messages;
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context, source, comment;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QStringView tag = xml.name();
        if (tag == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (tag == QLatin1String("message")) {
            source.clear();
            comment.clear();
        } else if (tag == QLatin1String("source")) {
            source = xml.readElementText();
        } else if (tag == QLatin1String("comment")) {
            comment = xml.readElementText();
        } else if (tag == QLatin1String("translation")) {
            const QString type = xml.attributes().value(QLatin1String("type")).toString();
            messages[context + QLatin1Char('|') + source + QLatin1Char('|') + comment] = {xml.readElementText(), type};
        }
    }
    return messages;
}

/// As in 07:30 and http://host:80.
bool isPartOfAWord(const QString& text, qsizetype at) {
    return text[at] == QLatin1Char(':') && at + 1 < text.size() && !text[at + 1].isSpace();
}

const QString tsFile = QStringLiteral(FACELATCH_SOURCE_DIR "/resources/translations/facelatch_fr.ts");

QSet<QString> textsOnAllScreens(const QString& language) {
    const QLocale locale = resources::installTranslator(*qApp, language);
    core::LatestFrame frames;
    QSet<QString> texts;
    for (const test::Scene& scene : test::scenes()) {
        KioskConfig config = test::sceneConfig(locale);
        config.doorName = QStringLiteral("42");
        config.helpContact = QStringLiteral("42");
        const auto window = test::playScene(scene, config, frames, {800, 480});
        for (const TextBlock* block : window->findChildren<TextBlock*>())
            if (block->isVisible())
                texts << block->text();
    }
    return texts;
}

} // namespace

class TstTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySentenceIsFinished() {
        const auto messages = messagesOf(tsFile);
        QVERIFY(messages.size() > 30);
        for (auto message = messages.begin(); message != messages.end(); ++message) {
            QVERIFY2(message->type.isEmpty(), qPrintable(message.key() + QStringLiteral(" is ") + message->type));
            QVERIFY2(!message->translation.isEmpty(), qPrintable(message.key()));
            QCOMPARE(message->translation.count(QStringLiteral("%1")),
                     message.key().section(QLatin1Char('|'), 1, 1).count(QStringLiteral("%1")));
        }
    }

    void frenchTypographyIsKept() {
        const auto messages = messagesOf(tsFile);
        for (auto message = messages.begin(); message != messages.end(); ++message) {
            const QString& text = message->translation;
            QVERIFY2(!text.contains(QLatin1Char('\'')), qPrintable(text)); // the curved apostrophe
            for (qsizetype i = 1; i < text.size(); ++i)
                if (QStringLiteral(":;!?").contains(text[i]) && !isPartOfAWord(text, i))
                    QVERIFY2(text[i - 1] == QChar(QChar::Nbsp), qPrintable(text));
        }
    }

    void noSentenceOfTheSourcesIsMissing() {
        QTemporaryDir folder;
        const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
        QProcess lupdate;
        lupdate.start(QStringLiteral(FACELATCH_LUPDATE),
                      {QStringLiteral(FACELATCH_SOURCE_DIR "/ui"), QStringLiteral(FACELATCH_SOURCE_DIR "/app"),
                       QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("-target-language"),
                       QStringLiteral("fr_FR"), QStringLiteral("-ts"), fresh});
        QVERIFY2(lupdate.waitForFinished(60'000), qPrintable(lupdate.errorString()));
        QCOMPARE(lupdate.exitCode(), 0);
        const auto inSources = messagesOf(fresh).keys(), inTs = messagesOf(tsFile).keys();
        QVERIFY(!inSources.isEmpty());
        const QString mend = QStringLiteral(
            "lupdate ui app -locations none -no-obsolete -ts resources/translations/facelatch_fr.ts, then translate");
        for (const QString& key : inSources)
            QVERIFY2(inTs.contains(key), qPrintable(key + QStringLiteral(" is missing: ") + mend));
        for (const QString& key : inTs)
            QVERIFY2(inSources.contains(key), qPrintable(key + QStringLiteral(" is no longer used: ") + mend));
    }

    void noEnglishOnAFrenchDoor() {
        const QSet<QString> english = textsOnAllScreens(QStringLiteral("en"));
        const QSet<QString> french = textsOnAllScreens(QStringLiteral("fr"));
        QVERIFY(english.size() > 30);
        for (const QString& same : QSet<QString>(english) & french)
            // The clock, what was configured, "3 s", and what is empty are the same in both.
            QVERIFY2(same.isEmpty() || same.front().isDigit(), qPrintable(same));
        QVERIFY(french.contains(QStringLiteral("Bienvenue, Alice")));
        QVERIFY(french.contains(QStringLiteral("Samedi 21 novembre 2026")));
    }

    void languagesReplaceEachOther() {
        QCOMPARE(resources::installTranslator(*qApp, QStringLiteral("fr")).language(), QLocale::French);
        QCOMPARE(Words::welcome(QString()), QStringLiteral("Bienvenue"));
        QCOMPARE(resources::installTranslator(*qApp, QStringLiteral("en")).language(), QLocale::English);
        QCOMPARE(Words::welcome(QString()), QStringLiteral("Welcome"));
        for (int i = 0; i < 3; ++i)
            resources::installTranslator(*qApp, QStringLiteral("fr"));
        QCOMPARE(resources::installTranslator(*qApp, QStringLiteral("en")).language(), QLocale::English);
        QCOMPARE(Words::welcome(QString()), QStringLiteral("Welcome"));
    }

    void whatIsNotTranslatedIsEnglish() {
        QCOMPARE(resources::localeFor(QStringLiteral("xx")).language(), QLocale::English);
        QCOMPARE(resources::localeFor(QString()).language(), QLocale::English);
        const QLocale automatic = resources::localeFor(QStringLiteral("auto"));
        QVERIFY(automatic.language() == QLocale::English || automatic.language() == QLocale::French);
    }

    void theManifestOfModelsIsInside() {
        if (!QFile::exists(QStringLiteral(FACELATCH_SOURCE_DIR "/resources/models.toml")))
            QSKIP("this tree has no resources/models.toml");
        QVERIFY(QFile::exists(QStringLiteral(":/facelatch/models.toml")));
    }
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    TstTranslations test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_translations.moc"
