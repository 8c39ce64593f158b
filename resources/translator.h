// SPDX-License-Identifier: GPL-3.0-or-later
// The translations inside the program: choosing and installing the one for the door's language.
#pragma once

#include <QLocale>
#include <QString>

class QCoreApplication;

namespace facelatch::resources {

/// The locale for a language setting: "en", "fr", or "auto" for the system's. Where the system speaks that language its
/// own country is kept, so that times and dates look as people there know them. What is not translated becomes English.
QLocale localeFor(const QString& language);

/// Makes the program speak that language from now on (texts already shown do not change) and returns its locale. Call
/// it in the gui thread, before the windows are made; a second call replaces the first language.
QLocale installTranslator(QCoreApplication& application, const QString& language);

/// One text in a language of its own, whatever is installed; `source` itself where there is no translation. Gui thread.
QString textIn(const QString& language, const char* context, const char* source, const char* disambiguation);

} // namespace facelatch::resources
