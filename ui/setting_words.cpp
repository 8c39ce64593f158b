// SPDX-License-Identifier: GPL-3.0-or-later
// The settings' page in words.
#include "ui/setting_words.h"

#include "ui/kit_words.h"
#include "ui/setting_texts.h"

#include <cmath>

namespace facelatch::ui {

QString SettingWords::title() {
    return tr("Settings");
}

QString SettingWords::search() {
    return tr("Search the settings");
}

QString SettingWords::nothingFound() {
    return tr("No setting fits");
}

QString SettingWords::nothingFoundLine() {
    return tr("Try a shorter word, such as “light” or “lock”.");
}

QString SettingWords::changedHere(int count) {
    return count == 1 ? tr("1 changed") : tr("%1 changed").arg(count);
}

QString SettingWords::reset() {
    return tr("Reset");
}

QString SettingWords::changed() {
    return tr("Changed at this screen");
}

QString SettingWords::fromOwner() {
    return tr("From the file settings.toml");
}

QString SettingWords::fixed() {
    return tr("Given when the door was started; it cannot be changed here");
}

QString SettingWords::waits() {
    return tr("Takes effect after a restart");
}

QString SettingWords::isSet() {
    return tr("Set; type to replace it");
}

QString SettingWords::notSet() {
    return tr("Not set");
}

QString SettingWords::allowed(const QJsonObject& row, const QLocale& locale) {
    const QString type = row.value(u"type").toString();
    if (type == u"int" || type == u"real") {
        const auto number = [&](QStringView key) {
            return locale.toString(row.value(key).toDouble(), 'g', QLocale::FloatingPointShortest);
        };
        return KitWords::range(number(u"min"), number(u"max"), SettingTexts::unit(row.value(u"unit").toString()));
    }
    if (type == u"time")
        return tr("A time from 00:00 to 23:59, such as 07:30");
    return tr("A text of at most 1000 letters");
}

QString SettingWords::restartNeeded() {
    return tr("Some changes wait for a restart");
}

QString SettingWords::restartNow() {
    return tr("Restart now");
}

QString SettingWords::restartQuestion() {
    return tr("Restart this door now?");
}

QString SettingWords::restartDetail() {
    return tr("For some seconds it opens for nobody. The exit button works all the time.");
}

QString SettingWords::restarting() {
    return tr("The door starts again …");
}

QString SettingWords::level(std::string_view code) {
    return code == "low" ? tr("Low") : code == "normal" ? tr("Normal") : code == "high" ? tr("High") : tr("Very high");
}

QString SettingWords::ownValue(const QString& value) {
    return tr("Own value: %1.").arg(value);
}

QString SettingWords::mistaken(double rate, int people, const QLocale& locale) {
    if (people == 0 || rate <= 0)
        return tr("Nobody is enrolled yet.");
    // Two digits are all that is known of it.
    const double of = 1 / rate;
    const double unit = std::pow(10.0, std::floor(std::log10(of)) - 1);
    const QString many = locale.toString(std::max(2.0, std::floor(of / unit) * unit), 'f', 0);
    return tr("With %1 enrolled, about 1 stranger in %2 would be taken for one of them by a single picture.")
        .arg(locale.toString(people), many);
}

QString SettingWords::notMeasured() {
    return tr("How often it takes a stranger for somebody was not measured.");
}

QString SettingWords::basis(bool measured) {
    return measured ? tr("Measured with this program.") : tr("Drawn on from what was measured.");
}

QString SettingWords::advised(const QString& level) {
    return tr("For so many people %1 is advised.").arg(level);
}

QString SettingWords::offerPin(int people) {
    return tr("With more than %1 people better ask for face and PIN (Access).").arg(people);
}

} // namespace facelatch::ui
