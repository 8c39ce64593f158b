// SPDX-License-Identifier: GPL-3.0-or-later
// Installing translations.
#include "resources/translator.h"

#include <QCoreApplication>
#include <QTranslator>

#include <memory>

namespace facelatch::resources {

namespace {

QLocale::Language languageFor(const QString& language) {
    const QString code = language == QLatin1String("auto") ? QLocale::system().name() : language;
    return code.startsWith(QLatin1String("fr")) ? QLocale::French : QLocale::English;
}

} // namespace

QLocale localeFor(const QString& language) {
    const QLocale::Language wanted = languageFor(language);
    const QLocale system = QLocale::system();
    if (system.language() == wanted)
        return system;
    return wanted == QLocale::French ? QLocale(QLocale::French, QLocale::France)
                                     : QLocale(QLocale::English, QLocale::UnitedKingdom);
}

QLocale installTranslator(QCoreApplication& application, const QString& language) {
    const QString name = QStringLiteral("facelatch-language");
    delete application.findChild<QTranslator*>(name, Qt::FindDirectChildrenOnly); // uninstalls itself
    const QLocale locale = localeFor(language);
    if (locale.language() == QLocale::English) // the sources are English
        return locale;
    auto* translator = new QTranslator(&application);
    translator->setObjectName(name);
    if (translator->load(QStringLiteral(":/i18n/facelatch_fr.qm")))
        QCoreApplication::installTranslator(translator);
    return locale;
}

QString textIn(const QString& language, const char* context, const char* source, const char* disambiguation) {
    if (languageFor(language) == QLocale::English)
        return QString::fromUtf8(source);
    static const std::unique_ptr<const QTranslator> french = [] {
        auto loaded = std::make_unique<QTranslator>();
        static_cast<void>(loaded->load(QStringLiteral(":/i18n/facelatch_fr.qm"))); // without it: the source
        return loaded;
    }();
    const QString text = french->translate(context, source, disambiguation);
    return text.isEmpty() ? QString::fromUtf8(source) : text;
}

} // namespace facelatch::resources
