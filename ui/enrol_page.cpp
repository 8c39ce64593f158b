// SPDX-License-Identifier: GPL-3.0-or-later
// The steps, and what is asked of the door meanwhile.
#include "ui/enrol_page.h"

#include "ui/alike_sheet.h"
#include "ui/enrol_stage.h"
#include "ui/enrol_thumbs.h"
#include "ui/kit_words.h"
#include "ui/people_cards.h"
#include "ui/people_words.h"
#include "ui/person_page.h"

#include <QBoxLayout>
#include <QJsonArray>
#include <QStackedLayout>

namespace facelatch::ui {

using core::EnrolPhase;

namespace {

std::string utf8(const QJsonValue& value) {
    return value.toString().toStdString();
}

core::RectF boxOf(const QJsonArray& numbers) {
    core::RectF box;
    qsizetype at = 0;
    for (float* side : {&box.x, &box.y, &box.width, &box.height})
        *side = static_cast<float>(numbers.at(at++).toDouble());
    return box;
}

core::FaceView viewFrom(const QString& code) {
    for (std::size_t i = 0; i < core::faceViews; ++i)
        if (code.toStdString() == core::code(static_cast<core::FaceView>(i)))
            return static_cast<core::FaceView>(i);
    return core::FaceView::Straight;
}

TextBlock* text(const char* name, int size, bool bold, QWidget* parent) {
    auto* block = new TextBlock({.fits = {{size, resources::mostLines}, {resources::fontSmall, resources::mostLines}},
                                 .bold = bold,
                                 .centred = true},
                                parent);
    block->setObjectName(QLatin1String(name));
    return block;
}

Button* button(const char* name, Button::Kind kind, const QString& words, QWidget* parent) {
    auto* made = new Button(kind, words, parent);
    made->setObjectName(QLatin1String(name));
    made->setTall(true);
    return made;
}

} // namespace

core::EnrolmentView enrolmentView(const QJsonObject& state) {
    core::EnrolmentView view;
    view.phase = core::enrolPhaseFrom(utf8(state.value(u"phase")));
    view.hint = core::enrolHintFrom(utf8(state.value(u"hint")));
    view.stop = core::enrolStopFrom(utf8(state.value(u"stop")));
    view.score = core::scoreWordFrom(utf8(state.value(u"score")));
    view.current = viewFrom(state.value(u"current").toString());
    view.progress = static_cast<float>(state.value(u"progress").toDouble());
    view.detail = utf8(state.value(u"detail"));
    const QJsonObject frame = state.value(u"frame").toObject();
    view.frameWidth = frame.value(u"width").toInt();
    view.frameHeight = frame.value(u"height").toInt();
    if (state.value(u"face").isArray())
        view.face = boxOf(state.value(u"face").toArray());
    for (const auto& box : state.value(u"others").toArray())
        view.others.push_back(boxOf(box.toArray()));
    const QJsonArray pictures = state.value(u"pictures").toArray();
    for (std::size_t i = 0; i < core::faceViews; ++i)
        if (const QJsonValue number = pictures.at(static_cast<qsizetype>(i)); number.isDouble())
            view.pictures[i] = static_cast<std::uint64_t>(number.toInteger());
    if (const QJsonObject other = state.value(u"someone_else").toObject(); !other.isEmpty())
        view.someoneElse = core::Resemblance{{}, utf8(other.value(u"name")), 0};
    return view;
}

EnrolPage::EnrolPage(const AdminContext& context, const Whom& whom, QWidget* parent)
    : AdminPage(context, parent),
      m_whom(whom),
      m_steps(new QStackedLayout(this)),
      m_whoStep(makeWho()),
      m_stage(new EnrolStage(context.frames, context.clock, context.mirrored, this)),
      m_reviewStep(makeReview()),
      m_messageStep(makeMessage()) {
    setObjectName(QStringLiteral("enrolPage"));
    for (QWidget* step : std::initializer_list<QWidget*>{m_whoStep, m_stage, m_reviewStep, m_messageStep})
        m_steps->addWidget(step);
    connect(&m_poll, &QTimer::timeout, this, &EnrolPage::poll);
}

EnrolPage::~EnrolPage() {
    end();
}

QWidget* EnrolPage::makeWho() {
    auto* step = new ScrollArea(this);
    m_name = new TextField(EnrolWords::who());
    m_name->setObjectName(QStringLiteral("enrolName"));
    m_name->setMaxLength(resources::longestField * 2); // letters beyond the first plane count twice there
    m_consent = new Toggle(EnrolWords::consentAsk());
    m_consent->setObjectName(QStringLiteral("enrolConsent"));
    m_consentHelp = new TextBlock({.fits = {{resources::fontSmall, resources::mostParagraphLines}},
                                   .colour = &resources::Palette::muted,
                                   .balanced = false});
    m_consentHelp->setText(EnrolWords::consentHelp(context().admin));
    m_begin = button("enrolBegin", Button::Kind::Primary, EnrolWords::begin(), nullptr);
    m_without = button("enrolWithout", Button::Kind::Plain, EnrolWords::withoutFace(), nullptr);
    for (QWidget* each : std::initializer_list<QWidget*>{m_name, m_consent, m_consentHelp, m_begin, m_without})
        step->add(each);
    const auto check = [this] { m_begin->setEnabled(!who().isEmpty() && m_consent->isChecked()); };
    connect(m_name, &TextField::edited, this, [this, check] {
        m_name->setError({});
        m_without->setEnabled(!who().isEmpty());
        check();
    });
    connect(m_consent, &QAbstractButton::toggled, this, check);
    connect(m_begin, &QAbstractButton::clicked, this, &EnrolPage::begin);
    connect(m_without, &QAbstractButton::clicked, this, &EnrolPage::withoutFace);
    m_begin->setEnabled(false);
    m_without->setEnabled(false);
    return step;
}

QWidget* EnrolPage::makeReview() {
    auto* step = new QWidget(this);
    m_reviewTitle = text("enrolReviewTitle", resources::fontTitle, true, step);
    m_reviewText = text("enrolReviewText", resources::fontBody, false, step);
    m_thumbs = new EnrolThumbs(step);
    m_thumbs->setObjectName(QStringLiteral("enrolThumbs"));
    m_test = button("enrolTest", Button::Kind::Primary, EnrolWords::test(), step);
    m_save = button("enrolSave", Button::Kind::Plain, EnrolWords::save(), step);
    auto* column = new QVBoxLayout(step);
    auto* actions = new QHBoxLayout;
    for (Button* each : {m_test, m_save})
        actions->addWidget(each, 1);
    column->addWidget(m_reviewTitle);
    column->addWidget(m_reviewText);
    column->addWidget(m_thumbs, 1);
    column->addLayout(actions);
    m_columns << column << actions;
    connect(m_thumbs, &EnrolThumbs::retake, this, [this](int index) {
        act(QStringLiteral("enrol.retake"), {{QStringLiteral("index"), index}});
    });
    connect(m_test, &QAbstractButton::clicked, this, [this] { act(QStringLiteral("enrol.test")); });
    connect(m_save, &QAbstractButton::clicked, this, &EnrolPage::finish);
    return step;
}

QWidget* EnrolPage::makeMessage() {
    auto* step = new QWidget(this);
    m_stopTitle = text("enrolStopTitle", resources::fontTitle, true, step);
    m_stopText = text("enrolStopText", resources::fontBody, false, step);
    m_again = button("enrolAgain", Button::Kind::Primary, EnrolWords::again(), step);
    m_another = button("enrolAnother", Button::Kind::Plain, EnrolWords::another(), step);
    auto* column = new QVBoxLayout(step);
    auto* actions = new QHBoxLayout;
    for (Button* each : {m_again, m_another})
        actions->addWidget(each, 1);
    column->addStretch();
    column->addWidget(new IconLabel(Icon::Warning, resources::iconTitle, &resources::Palette::refused, step), 0,
                      Qt::AlignHCenter);
    column->addWidget(m_stopTitle);
    column->addWidget(m_stopText);
    column->addStretch();
    column->addLayout(actions);
    m_columns << column << actions;
    connect(m_again, &QAbstractButton::clicked, this, [this] { act(QStringLiteral("enrol.again")); });
    connect(m_another, &QAbstractButton::clicked, this, [this] { act(QStringLiteral("enrol.another")); });
    return step;
}

QString EnrolPage::title() const {
    return m_whom.id.isEmpty() ? EnrolWords::title() : EnrolWords::titleFor(cleanName(m_whom.name));
}

QString EnrolPage::who() const {
    return m_whom.id.isEmpty() ? m_name->text().trimmed() : m_whom.name;
}

void EnrolPage::shown() {
    if (!m_whom.id.isEmpty() && !m_running)
        begin();
    else if (!m_running)
        m_name->line()->setFocus(Qt::OtherFocusReason);
}

QJsonValue EnrolPage::consent() const {
    if (!m_consent->isChecked())
        return {};
    return QJsonObject{{QStringLiteral("text"), QStringLiteral("1")},
                       {QStringLiteral("time"), static_cast<qint64>(context().clock().wall.time_since_epoch().count())},
                       {QStringLiteral("witness"), context().admin}};
}

void EnrolPage::begin() {
    if (who().toUcs4().size() > resources::longestField) {
        m_name->setError(PeopleWords::nameNeeded());
        return;
    }
    QJsonObject args;
    if (m_whom.id.isEmpty())
        args.insert(QStringLiteral("name"), who());
    else
        args.insert(QStringLiteral("who"), m_whom.id);
    m_begin->setEnabled(false);
    ask(
        QStringLiteral("enrol.begin"), args,
        [this](const QJsonObject& state) {
            m_running = true;
            m_shownPictures = {};
            show(enrolmentView(state));
            m_poll.start(resources::enrolPollMs);
        },
        [this](const core::Error& error) {
            m_begin->setEnabled(true);
            m_name->setError(QString::fromStdString(error.what));
            if (!m_whom.id.isEmpty()) {
                Q_EMIT notice(KitWords::error(error), {});
                Q_EMIT done();
            }
        });
}

/// The alternative for whoever does not want, or cannot use, a face: PIN and card are set on the person's page.
void EnrolPage::withoutFace() {
    ask(
        QStringLiteral("person.add"), {{QStringLiteral("name"), who()}},
        [this](const QJsonObject& person) { Q_EMIT opens(new PersonPage(context(), person.value(u"id").toString())); },
        [this](const core::Error& error) { m_name->setError(QString::fromStdString(error.what)); });
}

void EnrolPage::poll() {
    if (m_asking || !m_running || m_saving)
        return;
    m_asking = true;
    ask(
        QStringLiteral("enrol.state"), {},
        [this](const QJsonObject& state) {
            m_asking = false;
            if (m_running && !m_saving)
                show(enrolmentView(state));
        },
        [this](const core::Error&) { m_asking = false; });
}

void EnrolPage::act(const QString& command, const QJsonObject& args) {
    ask(command, args, [this](const QJsonObject& state) {
        if (m_running)
            show(enrolmentView(state));
    });
}

void EnrolPage::show(const core::EnrolmentView& view) {
    const bool tested = view.phase == EnrolPhase::Tested && m_view.phase != EnrolPhase::Tested;
    m_view = view;
    showPictures();
    switch (view.phase) {
    case EnrolPhase::Starting:
    case EnrolPhase::Taking:
    case EnrolPhase::Testing:
        if (view.face)
            Q_EMIT inUse(); // somebody is there, and touches nothing
        m_stage->present(view);
        m_steps->setCurrentWidget(m_stage);
        break;
    case EnrolPhase::Review:
    case EnrolPhase::Tested:
        showReview();
        break;
    case EnrolPhase::Stopped:
        showStopped();
        break;
    }
    Q_EMIT titleChanged();
    if (tested && (view.score == core::ScoreWord::Good || view.score == core::ScoreWord::Excellent))
        finish();
}

/// Asks for what is new, and forgets what is gone.
void EnrolPage::showPictures() {
    for (std::size_t i = 0; i < core::faceViews; ++i) {
        const std::uint64_t number = m_view.pictures[i].value_or(0);
        const int index = static_cast<int>(i);
        if (number == m_shownPictures[i])
            continue;
        m_shownPictures[i] = number;
        m_stage->setPicture(index, {});
        m_thumbs->setPicture(index, {});
        if (number == 0)
            continue;
        ask(
            QStringLiteral("enrol.picture"), {{QStringLiteral("number"), static_cast<qint64>(number)}},
            [this, index, number](const QJsonObject& answer) {
                if (m_shownPictures[static_cast<std::size_t>(index)] != number)
                    return;
                const QPixmap picture = portraitOf(answer);
                m_stage->setPicture(index, picture);
                m_thumbs->setPicture(index, picture);
            },
            [](const core::Error&) {});
    }
}

void EnrolPage::showReview() {
    const bool tested = m_view.phase == EnrolPhase::Tested;
    m_reviewTitle->setText(m_saving ? EnrolWords::saving()
                           : tested ? EnrolWords::score(m_view.score)
                                    : EnrolWords::review());
    m_reviewText->setText(tested ? EnrolWords::scoreMeans(m_view.score) : QString());
    m_reviewText->setVisible(!m_reviewText->text().isEmpty());
    for (QWidget* each : std::initializer_list<QWidget*>{m_test, m_save, m_thumbs})
        each->setEnabled(!m_saving);
    // Nobody whom the door would not know is saved.
    m_save->setVisible(tested && m_view.score != core::ScoreWord::NotRecognised);
    m_steps->setCurrentWidget(m_reviewStep);
}

void EnrolPage::showStopped() {
    const QString name = m_view.someoneElse ? cleanName(QString::fromStdString(m_view.someoneElse->name)) : QString();
    m_stopTitle->setText(EnrolWords::stop(m_view.stop, name));
    m_stopText->setText(EnrolWords::stopDo(m_view.stop));
    m_another->setVisible(m_view.stop == core::EnrolStop::AlreadyEnrolled);
    m_again->setVisible(m_view.stop != core::EnrolStop::Unavailable);
    m_steps->setCurrentWidget(m_messageStep);
}

/// All of it is stored, or nothing; then it can be tried again.
void EnrolPage::finish() {
    if (m_saving)
        return;
    m_saving = true;
    showReview();
    QJsonObject args;
    if (m_whom.id.isEmpty())
        args = {{QStringLiteral("name"), who()}, {QStringLiteral("consent"), consent()}};
    ask(
        QStringLiteral("enrol.finish"), args, [this](const QJsonObject& person) { finished(person); },
        [this](const core::Error& error) {
            m_saving = false;
            showReview();
            m_save->setVisible(true);
            Sheet::message(this, KitWords::errorKind(error.kind), QString::fromStdString(error.text()));
        });
}

void EnrolPage::finished(const QJsonObject& person) {
    m_running = m_saving = false;
    m_poll.stop();
    const QJsonArray close = person.value(u"close").toArray();
    Q_EMIT notice(EnrolWords::enrolled(cleanName(who())), {});
    const QJsonObject self{{QStringLiteral("id"), person.value(u"id")}, {QStringLiteral("name"), who()}};
    auto* next = new PersonPage(context(), person.value(u"id").toString());
    Q_EMIT opens(next); // takes this page's place
    if (!close.isEmpty())
        showAlike(next, context().port, self, close.first().toObject());
}

bool EnrolPage::back() {
    if (!m_running)
        return false;
    confirm({EnrolWords::giveUp(cleanName(who())), EnrolWords::giveUpMeans(), EnrolWords::giveUpYes(), true}, [this] {
        end();
        Q_EMIT done();
    });
    return true;
}

/// In whatever way the page is left: the door goes on, the pictures are gone.
void EnrolPage::end() {
    m_poll.stop();
    if (std::exchange(m_running, false) && !m_saving)
        context().port.ask(QStringLiteral("enrol.cancel"), {}, &context().port, {});
}

void EnrolPage::hideEvent(QHideEvent*) {
    end();
    m_steps->setCurrentWidget(m_whoStep);
}

void EnrolPage::restyled() {
    const int edge = dress().px(resources::spaceS);
    for (QBoxLayout* column : m_columns) {
        if (column->direction() == QBoxLayout::TopToBottom)
            column->setContentsMargins(edge, edge, edge, edge);
        column->setSpacing(edge);
    }
}

} // namespace facelatch::ui
