// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is cut off and nothing overlaps: every screen, both languages, the sizes doors have.
#include "resources/translator.h"
#include "tests/ui/scenes.h"
#include "ui/icon.h"
#include "ui/text_block.h"

#include <QApplication>
#include <QFontMetrics>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

QString nameOf(const QWidget* widget) {
    const auto* block = dynamic_cast<const TextBlock*>(widget);
    return widget->objectName() + (block ? QStringLiteral(" \"") + block->text() + QLatin1Char('"') : QString());
}

QRect inWindow(const QWidget* widget, const QWidget* window) {
    return {widget->mapTo(window, QPoint(0, 0)), widget->size()};
}

/// What is wrong with a text: empty if nothing.
QString complaint(const TextBlock& block, bool mayBeElided) {
    const FittedText fitted = block.fitted();
    const QFontMetrics metrics(fitted.font);
    if (fitted.elided && !mayBeElided)
        return QStringLiteral("is elided");
    for (const QString& line : fitted.lines)
        if (metrics.horizontalAdvance(line) > block.width())
            return QStringLiteral("is wider than its place");
    if (metrics.height() * fitted.lines.size() > block.height())
        return QStringLiteral("is higher than its place (%1 lines of %2 in %3)")
            .arg(fitted.lines.size())
            .arg(metrics.height())
            .arg(block.height());
    return {};
}

} // namespace

class TstLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsCutOff_data() {
        test::languagesAndSizes({QSize(1024, 600), QSize(480, 800), QSize(640, 480), QSize(1920, 1080)});
    }
    void nothingIsCutOff() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        qputenv("TZ", "UTC");
        const QLocale locale = resources::installTranslator(*qApp, language);
        core::LatestFrame frames;
        QStringList wrong;
        int seen = 0;
        for (const test::Scene& scene : test::scenes()) {
            const auto window = test::playScene(scene, test::sceneConfig(locale), frames, size);
            QList<const QWidget*> shown;
            for (const TextBlock* block : window->findChildren<TextBlock*>()) {
                if (!block->isVisible() || block->text().isEmpty())
                    continue;
                shown << block;
                if (const QString what = complaint(*block, scene.longText); !what.isEmpty())
                    wrong << scene.name + QStringLiteral(": ") + nameOf(block) + QLatin1Char(' ') + what;
            }
            for (const IconLabel* icon : window->findChildren<IconLabel*>())
                if (icon->isVisible())
                    shown << icon;
            for (qsizetype i = 0; i < shown.size(); ++i) {
                const QRect place = inWindow(shown[i], window.get());
                if (!window->rect().contains(place))
                    wrong << scene.name + QStringLiteral(": ") + nameOf(shown[i]) +
                                 QStringLiteral(" leaves the window");
                for (qsizetype j = i + 1; j < shown.size(); ++j)
                    if (place.intersects(inWindow(shown[j], window.get())))
                        wrong << scene.name + QStringLiteral(": ") + nameOf(shown[i]) + QStringLiteral(" overlaps ") +
                                     nameOf(shown[j]);
            }
            seen += static_cast<int>(shown.size());
        }
        QVERIFY(seen > 100);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TstLayout)
#include "tst_layout.moc"
