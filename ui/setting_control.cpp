// SPDX-License-Identifier: GPL-3.0-or-later
// Switch, choice, number, text, time, secret and security level.
#include "ui/setting_control.h"

#include "core/security_level.h"
#include "core/settings.h"
#include "ui/choices.h"
#include "ui/controls.h"
#include "ui/kit_words.h"
#include "ui/setting_texts.h"
#include "ui/setting_words.h"

#include <QEvent>
#include <QJsonArray>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace facelatch::ui {

using resources::Palette;

namespace {

/// Says what was chosen when nothing more is chosen for a moment, or when its widget goes from the screen: steps of a
/// number are one change.
class Settled : public QObject {
public:
    Settled(QWidget* widget, std::function<void()> say) : QObject(widget), m_say(std::move(say)) {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, m_say);
        widget->installEventFilter(this);
    }
    void begin() { m_timer.start(resources::settlesMs); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Hide && m_timer.isActive()) {
            m_timer.stop();
            m_say();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QTimer m_timer;
    std::function<void()> m_say;
};

SettingControl makeToggle(const QJsonObject& row, const SettingCalls& calls, QWidget* parent) {
    auto* toggle = new Toggle({}, parent);
    toggle->setAccessibleName(SettingTexts::name(row.value(u"key").toString()));
    QObject::connect(toggle, &QAbstractButton::clicked, toggle,
                     [toggle, wanted = calls.wanted] { wanted(toggle->isChecked()); });
    return {toggle, true, [toggle](const QJsonObject& now) { toggle->setChecked(now.value(u"value").toBool()); }};
}

QStringList codesOf(const QJsonObject& row) {
    QStringList codes;
    for (const auto& code : row.value(u"choices").toArray())
        codes << code.toString();
    return codes;
}

QStringList wordsOf(const QStringList& codes) {
    QStringList words;
    for (const QString& code : codes)
        words << SettingTexts::choice(code);
    return words;
}

SettingControl makeSegments(const QJsonObject& row, const SettingCalls& calls, QWidget* parent) {
    const QStringList codes = codesOf(row);
    auto* segments = new Segments(wordsOf(codes), parent);
    QObject::connect(segments, &Segments::chosen, segments,
                     [codes, wanted = calls.wanted](int index) { wanted(codes.value(index)); });
    return {segments, false, [segments, codes](const QJsonObject& now) {
                segments->setCurrent(static_cast<int>(codes.indexOf(now.value(u"value").toString())));
            }};
}

SettingControl makeChoice(const QJsonObject& row, const SettingCalls& calls, QWidget* parent) {
    const QStringList codes = codesOf(row);
    const QString name = SettingTexts::name(row.value(u"key").toString());
    auto* button = new Button(Button::Kind::Plain, {}, parent);
    QObject::connect(button, &QAbstractButton::clicked, button, [button, codes, name, wanted = calls.wanted] {
        Sheet::choose(button, name, wordsOf(codes), static_cast<int>(wordsOf(codes).indexOf(button->text())),
                      [codes, wanted](int index) { wanted(codes.value(index)); });
    });
    return {button, false, [button, name](const QJsonObject& now) {
                button->setText(SettingTexts::choice(now.value(u"value").toString()));
                button->setAccessibleName(name + QStringLiteral(": ") + button->text());
            }};
}

NumberRange rangeOf(const QJsonObject& row) {
    NumberRange range;
    range.from = row.value(u"min").toDouble();
    range.to = row.value(u"max").toDouble();
    range.unit = SettingTexts::unit(row.value(u"unit").toString());
    const double span = range.to - range.from;
    if (row.value(u"type").toString() == u"real") {
        range.decimals = span <= 1 ? resources::thresholdDecimals : 2;
        range.step = span <= 1 ? 0.01 : span <= 20.0 ? 0.1 : 1;
    } else if (span > 100.0) {
        range.step = std::pow(10.0, std::floor(std::log10(span)) - 2);
    }
    return range;
}

SettingControl makeNumber(const QJsonObject& row, const SettingFacts& facts, const SettingCalls& calls,
                          QWidget* parent) {
    const NumberRange range = rangeOf(row);
    auto* field = new NumberField(SettingTexts::name(row.value(u"key").toString()), range, facts.locale, parent);
    // The row says the name already: here stands what is allowed.
    if (auto* label = field->findChild<TextBlock*>(QString(), Qt::FindDirectChildrenOnly))
        label->setText(SettingWords::allowed(row, facts.locale));
    auto* settled = new Settled(field, [field, whole = row.value(u"type").toString() == u"int", wanted = calls.wanted] {
        if (whole)
            wanted(static_cast<qint64>(std::llround(field->value())));
        else
            wanted(field->value());
    });
    QObject::connect(field, &NumberField::changed, settled, [settled] { settled->begin(); });
    return {field, false, [field](const QJsonObject& now) { field->setValue(now.value(u"value").toDouble()); }};
}

/// Whether the table takes that text for the key.
bool fits(const QString& key, const QString& text) {
    core::Settings probe;
    return static_cast<bool>(probe.set(key.toStdString(), text.toStdString(), core::SettingOrigin::Local, {}));
}

SettingControl makeText(const QJsonObject& row, const SettingFacts& facts, const SettingCalls& calls, QWidget* parent) {
    const QString key = row.value(u"key").toString();
    const bool hidden = row.value(u"hidden").toBool() || row.value(u"secret").toBool();
    auto* field = new TextField({}, parent);
    field->line()->setAccessibleName(SettingTexts::name(key));
    field->setSecret(row.value(u"secret").toBool());
    const QString allowed = SettingWords::allowed(row, facts.locale);
    QObject::connect(field, &TextField::edited, field, [key, allowed, wrong = calls.wrong](const QString& text) {
        wrong(fits(key, text) ? QString() : allowed);
    });
    QObject::connect(field, &TextField::done, field, [key, field, hidden, calls](const QString& text) {
        if (!fits(key, text) || (hidden && text.isEmpty()))
            return;
        calls.wanted(text);
        if (hidden)
            field->setText({});
    });
    return {field, false, [field, hidden](const QJsonObject& now) {
                if (hidden)
                    field->setPlaceholder(now.value(u"set").toBool() ? SettingWords::isSet() : SettingWords::notSet());
                else if (!field->line()->hasFocus())
                    field->setText(now.value(u"value").toString());
            }};
}

/// The threshold in force: the model's own where the setting is 0.
double thresholdOf(const QJsonObject& row, const SettingFacts& facts) {
    const double set = row.value(u"value").toDouble();
    return set > 0 ? set : facts.recognition.value(u"threshold").toDouble();
}

std::string modelOf(const SettingFacts& facts) {
    return facts.recognition.value(u"model").toString().toStdString();
}

SettingControl makeLevels(const SettingFacts& facts, const SettingCalls& calls, QWidget* parent) {
    const auto levels = core::securityLevels(modelOf(facts));
    QStringList words;
    for (const core::SecurityLevel& level : levels)
        words << SettingWords::level(level.code);
    auto* segments = new Segments(words, parent);
    segments->setObjectName(QStringLiteral("securityLevels"));
    QObject::connect(segments, &Segments::chosen, segments, [levels, wanted = calls.wanted](int index) {
        wanted(levels[static_cast<std::size_t>(index)].threshold);
    });
    return {segments, false, [segments, facts, levels](const QJsonObject& now) {
                const auto* level = core::levelOf(modelOf(facts), thresholdOf(now, facts));
                segments->setCurrent(level == nullptr ? -1 : static_cast<int>(level - levels.data()));
            }};
}

} // namespace

SettingControl makeSettingControl(const QJsonObject& row, const SettingFacts& facts, SettingCalls calls,
                                  QWidget* parent) {
    const QString type = row.value(u"type").toString();
    SettingControl control =
        row.value(u"key").toString() == u"recognition.threshold" && !core::securityLevels(modelOf(facts)).empty()
            ? makeLevels(facts, calls, parent)
        : type == u"bool"                               ? makeToggle(row, calls, parent)
        : type == u"int" || type == u"real"             ? makeNumber(row, facts, calls, parent)
        : type != u"choice"                             ? makeText(row, facts, calls, parent)
        : codesOf(row).size() > resources::mostSegments ? makeChoice(row, calls, parent)
                                                        : makeSegments(row, calls, parent);
    control.widget->setEnabled(!row.value(u"fixed").toBool());
    control.show(row);
    return control;
}

QString securityText(const QJsonObject& row, const SettingFacts& facts) {
    const std::string model = modelOf(facts);
    const int people = facts.recognition.value(u"people").toInt();
    const double threshold = thresholdOf(row, facts);
    const auto* level = core::levelOf(model, threshold);
    QStringList sentences;
    if (level == nullptr)
        sentences << SettingWords::ownValue(facts.locale.toString(threshold, 'f', resources::thresholdDecimals));
    if (const auto rate = core::falseMatchRate(model, threshold))
        sentences << SettingWords::mistaken(core::falseIdentificationRate(*rate, people), people, facts.locale);
    else
        sentences << SettingWords::notMeasured();
    if (level != nullptr)
        sentences << SettingWords::basis(level->basis == core::RateBasis::Measured);
    const auto* advised = core::advisedLevel(model, people);
    if (advised != nullptr && advised->threshold > threshold + 0.0005)
        sentences << SettingWords::advised(SettingWords::level(advised->code));
    if (people > core::mostPeopleByFaceAlone)
        sentences << SettingWords::offerPin(core::mostPeopleByFaceAlone);
    return sentences.join(QLatin1Char(' '));
}

} // namespace facelatch::ui
