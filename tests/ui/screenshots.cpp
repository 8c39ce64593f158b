// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-screenshots DIR [--photo PICTURE]: every screen as a PNG, in each theme, language and size.
#include "resources/translator.h"
#include "tests/ui/admin_scenes.h"
#include "tests/ui/backup_scenes.h"
#include "tests/ui/page_scenes.h"
#include "tests/ui/people_scenes.h"
#include "tests/ui/scenes.h"
#include "tests/ui/settings_scenes.h"
#include "tests/ui/viewer_scenes.h"
#include "ui/doctor_page.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QImageReader>
#include <QTextStream>

#include <algorithm>

using namespace facelatch;

namespace {

const QSize cameraSize(640, 480);
const std::vector<QSize> sizes{{800, 480}, {1280, 720}, {720, 1280}};
const std::vector<QSize> desktopSizes{{1024, 600}, {1280, 720}, {1600, 900}};

QString fileName(ui::Theme theme, const QLocale& locale, QSize size, const QString& scene) {
    return QStringLiteral("%1-%2-%3x%4-%5.png")
        .arg(theme == ui::Theme::Dark ? QStringLiteral("dark") : QStringLiteral("light"),
             QLocale::languageToString(locale.language()).left(2).toLower())
        .arg(size.width())
        .arg(size.height())
        .arg(scene);
}

bool save(const QDir& folder, const QString& name, QWidget& window) {
    if (window.grab().save(folder.filePath(name)))
        return true;
    QTextStream(stderr) << "Cannot write " << folder.filePath(name) << ". Check the folder and its free space.\n";
    return false;
}

bool saveDoctor(const QDir& folder, ui::Theme theme, const ui::KioskConfig& config, core::LatestFrame& frames,
                QSize size) {
    const auto window = test::playScene(test::scenes().front(), config, frames, size);
    ui::DoctorPage page(*window, ui::ServicePage::Always, [] { return test::sceneNow().mono; });
    ui::restyleAll(*window, ui::styleFor(size, theme, false));
    page.open();
    page.showLines(test::doctorLines());
    QApplication::processEvents();
    return save(folder, fileName(theme, config.locale, size, QStringLiteral("doctor")), *window);
}

bool savePages(const QDir& folder, ui::Theme theme, const QLocale& locale, QSize size, int& saved) {
    const QString language = QLocale::languageToString(locale.language()).left(2).toLower();
    for (const auto& scenes : {test::logScenes(), test::accessScenes(), test::backupScenes()})
        for (const test::PageScene& scene : scenes) {
            const auto window = scene.make(size, language, theme);
            const QString name = fileName(theme, locale, size, QStringLiteral("admin-") + scene.name);
            if (!window->grab().save(folder.filePath(name))) {
                QTextStream(stderr) << "Cannot write " << folder.filePath(name) << ".\n";
                return false;
            }
            ++saved;
        }
    return true;
}

bool saveViewer(const QDir& folder, ui::Theme theme, const QLocale& locale, int& saved) {
    const QString language = QLocale::languageToString(locale.language()).left(2).toLower();
    return std::all_of(desktopSizes.begin(), desktopSizes.end(), [&](QSize size) {
        return test::playViewerScenes(theme, language, size, [&](const QString& name, QWidget& window) {
            ++saved;
            return save(folder, fileName(theme, locale, size, QStringLiteral("viewer-") + name), window);
        });
    });
}

bool saveScenes(const QDir& folder, const QImage& photo, ui::Theme theme, const QLocale& locale, int& saved) {
    core::LatestFrame frames;
    frames.put(test::coreFrame(photo, 1));
    ui::KioskConfig config = test::sceneConfig(locale);
    config.theme = theme;
    for (const QSize size : sizes) {
        for (const test::Scene& scene : test::scenes()) {
            const auto window = test::playScene(scene, config, frames, size);
            if (!save(folder, fileName(theme, locale, size, scene.name), *window))
                return false;
            ++saved;
        }
        if (!saveDoctor(folder, theme, config, frames, size))
            return false;
        ++saved;
        const auto take = [&](const QString& name, QWidget& window) {
            ++saved;
            return save(folder, fileName(theme, locale, size, QStringLiteral("admin-") + name), window);
        };
        if (!test::playAdminScenes(config, frames, size, take) || !test::playPeopleScenes(config, frames, size, take) ||
            !savePages(folder, theme, locale, size, saved))
            return false;
        const auto takePage = [&](const QString& name, QWidget& page) {
            ++saved;
            return page.grab().save(folder.filePath(fileName(theme, locale, size, QStringLiteral("admin-") + name)));
        };
        if (!test::playSettingsScenes(theme, locale, size, takePage))
            return false;
    }
    return true;
}

} // namespace

int main(int argc, char** argv) {
    qputenv("TZ", "UTC"); // the clock in the pictures is the same everywhere
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Saves a picture of every screen of the kiosk and the viewer."));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("DIR"), QStringLiteral("Folder for the pictures; made if missing."));
    const QCommandLineOption photoOption(
        QStringLiteral("photo"), QStringLiteral("What the camera sees, else a drawing."), QStringLiteral("PICTURE"));
    parser.addOption(photoOption);
    parser.process(application);
    if (parser.positionalArguments().size() != 1) {
        QTextStream(stderr) << parser.helpText();
        return 2;
    }
    QImage photo = test::paintedPerson(cameraSize);
    if (parser.isSet(photoOption)) {
        QImageReader reader(parser.value(photoOption));
        reader.setAutoTransform(true);
        const QImage read = reader.read();
        if (read.isNull()) {
            QTextStream(stderr) << "Cannot read the picture " << parser.value(photoOption) << ": "
                                << reader.errorString() << ".\n";
            return 2;
        }
        photo = read.scaled(cameraSize, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
        photo = photo.copy(QRect(QPoint(0, 0), cameraSize));
    }
    const QDir folder(parser.positionalArguments().constFirst());
    folder.mkpath(QStringLiteral("."));
    int saved = 0;
    for (const QString& language : {QStringLiteral("en"), QStringLiteral("fr")}) {
        const QLocale locale = resources::installTranslator(application, language);
        for (const ui::Theme theme : {ui::Theme::Dark, ui::Theme::Light})
            if (!saveViewer(folder, theme, locale, saved) || !saveScenes(folder, photo, theme, locale, saved))
                return 1;
    }
    QTextStream(stdout) << saved << " screenshots in " << folder.absolutePath() << "\n";
    return 0;
}
