// SPDX-License-Identifier: GPL-3.0-or-later
// The steps that show something and ask whether it is right.
#include "ui/button.h"
#include "ui/kit_words.h"
#include "ui/setup_steps.h"
#include "ui/setup_words.h"
#include "ui/viewfinder.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QTimeZone>

namespace facelatch::ui {

using resources::Palette;

namespace {

TextBlock* makeBlock(const char* name, const TextLook& look) {
    auto* block = new TextBlock(look);
    block->setObjectName(QLatin1String(name));
    return block;
}

TextBlock* makeTime() {
    return makeBlock("setupTime", {.fits = {{resources::fontTitle, 1}, {resources::fontBody, 2}}, .bold = true});
}

Viewfinder* makeFinder(const AdminContext& context) {
    auto* finder = new Viewfinder(context.frames, context.mirrored);
    finder->setObjectName(QStringLiteral("setupPicture"));
    finder->setMode(Viewfinder::Mode::Plain);
    return finder;
}

} // namespace

QuestionStep::QuestionStep(const Texts& texts, QWidget* picture, QWidget* parent)
    : SetupStep(parent),
      m_advice(texts.advice),
      m_picture(picture),
      m_text(makeBlock("setupText", {.fits = {{resources::fontBody, resources::mostBannerLines},
                                              {resources::fontSmall, resources::mostParagraphLines}},
                                     .colour = &Palette::muted,
                                     .balanced = false})),
      m_question(
          makeBlock("setupQuestion",
                    {.fits = {{resources::fontTitle, 2}, {resources::fontBody, resources::mostLines}}, .bold = true})),
      m_answer(new QWidget(this)),
      m_yes(new Button(Button::Kind::Primary, Icon::Tick, SetupWords::yes(), m_answer)),
      m_no(new Button(Button::Kind::Plain, SetupWords::no(), m_answer)),
      m_outer(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_words(new QVBoxLayout),
      m_answers(new QHBoxLayout(m_answer)) {
    m_answers->setContentsMargins(0, 0, 0, 0);
    m_yes->setObjectName(QStringLiteral("setupYes"));
    m_no->setObjectName(QStringLiteral("setupNo"));
    m_text->setText(texts.text);
    m_question->setText(texts.question);
    m_answers->addWidget(m_yes, 1);
    m_answers->addWidget(m_no, 1);
    m_words->addStretch();
    m_words->addWidget(m_text);
    m_words->addWidget(m_question);
    m_words->addWidget(m_answer);
    m_words->addStretch();
    if (m_picture != nullptr)
        m_outer->addWidget(m_picture, 1);
    m_outer->addLayout(m_words, 1);
    connect(m_yes, &QAbstractButton::clicked, this, &SetupStep::answered);
    connect(m_no, &QAbstractButton::clicked, this, [this] { say(m_advice, &Palette::refused); });
}

void QuestionStep::hideQuestion() {
    m_question->hide();
    m_answer->hide();
}

void QuestionStep::showQuestion() {
    m_question->show();
    m_answer->show();
}

void QuestionStep::say(const QString& text, ColourRole colour) {
    m_text->setText(text);
    m_text->setColour(colour);
}

void QuestionStep::restyle(const Style& style) {
    m_outer->setDirection(style.portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const int edge = style.px(resources::spaceS);
    m_outer->setContentsMargins(edge, edge, edge, edge);
    m_outer->setSpacing(style.px(resources::spaceM));
    m_words->setSpacing(edge);
    m_answers->setSpacing(style.px(resources::spaceXs));
}

// --- camera ----------------------------------------------------------------------------------------------------------

CameraStep::CameraStep(const AdminContext& context, QWidget* parent)
    : CameraStep(context, makeFinder(context), parent) {}

CameraStep::CameraStep(const AdminContext& context, Viewfinder* finder, QWidget* parent)
    : QuestionStep({SetupWords::cameraText(), SetupWords::isThisYou(), SetupWords::cameraAdvice()}, finder, parent) {
    connect(&m_look, &QTimer::timeout, this, [finder, &context] { finder->tick(context.clock().mono); });
    m_look.start(resources::framePeriodMs);
}

// --- lock ------------------------------------------------------------------------------------------------------------

LockStep::LockStep(const AdminContext& context, QWidget* parent)
    : QuestionStep({SetupWords::lockText(), SetupWords::didItOpen(), SetupWords::lockAdvice()}, nullptr, parent),
      m_context(context),
      m_test(new Button(Button::Kind::Plain, Icon::LockOpen, SetupWords::testLock(), this)) {
    m_test->setObjectName(QStringLiteral("setupTestLock"));
    m_test->setTall(true);
    words()->insertWidget(2, m_test);
    hideQuestion();
    connect(m_test, &QAbstractButton::clicked, this, &LockStep::test);
}

void LockStep::test() {
    m_test->setEnabled(false);
    m_context.port.ask(QStringLiteral("lock.test"), {}, this, [this](const auto& answer) {
        m_test->setEnabled(true);
        if (answer) {
            say(SetupWords::lockText(), &Palette::muted);
            showQuestion();
        } else {
            say(KitWords::error(answer.error()), &Palette::refused);
        }
    });
}

// --- clock -----------------------------------------------------------------------------------------------------------

ClockStep::ClockStep(const AdminContext& context, QWidget* parent) : ClockStep(context, makeTime(), parent) {}

ClockStep::ClockStep(const AdminContext& context, TextBlock* time, QWidget* parent)
    : QuestionStep({SetupWords::clockText(QString::fromUtf8(QTimeZone::systemTimeZoneId())),
                    SetupWords::isTheTimeRight(), SetupWords::clockAdvice()},
                   nullptr, parent),
      m_context(context),
      m_time(time) {
    words()->insertWidget(1, m_time);
    ClockStep::tick();
}

void ClockStep::tick() {
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_context.clock().wall.time_since_epoch().count());
    m_time->setText(m_context.locale.toString(now.time(), QLocale::ShortFormat) + QStringLiteral(", ") +
                    m_context.locale.toString(now.date(), QLocale::LongFormat));
}

} // namespace facelatch::ui
