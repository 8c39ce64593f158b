// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions and their commands.
#include "app/enrol_worker.h"

#include "app/access_cases.h"
#include "app/clock.h"
#include "app/enrol_json.h"
#include "app/enrolment.h"
#include "app/use_cases.h"
#include "core/close_pairs.h"
#include "core/embedding.h"
#include "recognition/pictures.h"

#include <algorithm>
#include <array>
#include <sys/resource.h>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

constexpr core::milliseconds stepEvery{20};
/// Enrolling waits for whatever the door and the screen need.
constexpr int niceness = 3;

const Error noSession{ErrorKind::NotFound, "Nobody is being enrolled", {}, "Begin again"};

const core::Person* personMeant(const core::Gallery& gallery, const std::string& who) {
    if (const auto id = core::Uuid7::parse(who))
        return gallery.find({*id});
    const auto& people = gallery.people();
    const auto found = std::find_if(people.begin(), people.end(), [&](const auto& each) { return each.name == who; });
    return found == people.end() ? nullptr : &*found;
}

/// Whoever resembles somebody this much comes within the margin of being taken for them.
float closeScore(const core::MatchRule& rule) {
    return rule.threshold - rule.margin;
}

} // namespace

EnrolWorker::EnrolWorker(EnrolContext context) : m_context(std::move(context)) {
    static_cast<void>(setpriority(PRIO_PROCESS, 0, niceness)); // of this thread alone; without it all goes on as well
    connect(&m_timer, &QTimer::timeout, this, [this] { step(); });
}

EnrolWorker::~EnrolWorker() {
    end();
}

std::shared_ptr<const core::Gallery> EnrolWorker::gallery() const {
    auto known = m_context.gallery.get();
    return known ? known : std::make_shared<const core::Gallery>();
}

void EnrolWorker::run(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    if (command == u"enrol.finish")
        finish(args, reply);
    else
        reply(answer(command, args));
}

Result<QJsonObject> EnrolWorker::answer(const QString& command, const QJsonObject& args) {
    if (command == u"person.close") {
        const auto people = gallery();
        return toJson(core::closePairs(*people, closeScore(m_context.rule)), *people);
    }
    if (command.startsWith(u"enrol.folder."))
        return folder(command, args);
    if (command == u"enrol.begin")
        return begin(args);
    if (!m_session && (command == u"enrol.state" || command == u"enrol.cancel"))
        return QJsonObject{{QStringLiteral("phase"), QStringLiteral("none")}};
    if (!m_session)
        return noSession;
    m_session->asked = now().mono;
    return inSession(command, args);
}

Result<QJsonObject> EnrolWorker::begin(const QJsonObject& args) {
    if (m_import && m_import->running())
        return Error{ErrorKind::Failed, "Photographs are being read", {}, "Wait until that is done, or cancel it"};
    if (m_session && m_session->guide.view().phase != core::EnrolPhase::Stopped)
        return Error{ErrorKind::Failed, "Somebody is being enrolled", {}, "Finish or cancel that first"};
    end();
    const auto people = gallery();
    const std::string who = textOf(args, u"who"), name = textOf(args, u"name");
    const core::Person* known = personMeant(*people, who.empty() ? name : who);
    if (!who.empty() && known == nullptr)
        return Error{ErrorKind::NotFound, "Nobody is enrolled as '" + who + "'", {}, {}};
    if (who.empty() && known != nullptr)
        return Error{ErrorKind::Usage, "'" + name + "' is already enrolled", {}, "Choose another name"};
    core::EnrolmentRules rules;
    rules.threshold = m_context.rule.threshold;
    rules.margin = m_context.rule.margin;
    const core::MonoTime at = now().mono;
    m_session.emplace(Session{core::EnrolmentGuide(rules, at), name, {}, at, 0, false, nullptr});
    if (known != nullptr)
        m_session->person = known->id;
    m_context.doorRests(true);
    m_timer.start(stepEvery);
    QTimer::singleShot(0, this, [this] { load(); }); // whoever asks need not wait for the networks
    return toJson(m_session->guide.view());
}

void EnrolWorker::load() {
    if (!m_session || m_session->live)
        return;
    auto live = recognition::LiveEnroller::create(m_context.settings, m_context.models);
    if (!live) {
        m_session->guide.stop(core::EnrolStop::Unavailable, live.error().text());
        return;
    }
    m_session->live = *std::move(live);
    m_session->asked = now().mono;
    m_session->guide.ready(now().mono);
}

void EnrolWorker::step() {
    if (!m_session)
        return;
    if (const auto frame = m_context.frames.newerThan(m_session->seen); frame && m_session->live) {
        m_session->seen = frame->number;
        m_session->live->look(*frame, m_session->guide, *gallery(), m_session->person);
    }
    m_session->guide.tick(now().mono);
    if (!m_session->saving && now().mono - m_session->asked > m_context.lease)
        end();
}

void EnrolWorker::end() {
    m_timer.stop();
    if (!m_session)
        return;
    m_session.reset();
    m_context.doorRests(false);
}

Result<QJsonObject> EnrolWorker::inSession(const QString& command, const QJsonObject& args) {
    core::EnrolmentGuide& guide = m_session->guide;
    const core::MonoTime at = now().mono;
    if (command == u"enrol.cancel") {
        end();
        return QJsonObject{{QStringLiteral("phase"), QStringLiteral("none")}};
    }
    if (command == u"enrol.picture")
        return picture(args);
    if (command == u"enrol.retake") {
        const int index = args.value(u"index").toInt(-1);
        if (index < 0 || index >= static_cast<int>(core::faceViews))
            return Error{ErrorKind::Usage, "There are five pictures, 0 to 4", {}, {}};
        guide.retake(static_cast<core::FaceView>(index), at);
    } else if (command == u"enrol.test") {
        guide.beginTest(at);
    } else if (command == u"enrol.another") {
        guide.isAnotherPerson(at);
    } else if (command == u"enrol.again") {
        if (m_session->live)
            guide.startOver(at);
    } else if (command != u"enrol.state") {
        return unknownCommand(command);
    }
    return toJson(guide.view());
}

Result<QJsonObject> EnrolWorker::picture(const QJsonObject& args) const {
    const auto number = static_cast<std::uint64_t>(args.value(u"number").toInteger());
    const recognition::EnrolmentOutcome* found = m_session->live ? m_session->live->picture(number) : nullptr;
    if (found == nullptr)
        return Error{ErrorKind::NotFound, "There is no such picture any more", {}, {}};
    return pictureJson(found->thumbnail);
}

/// The five pictures as arguments of the storage's command, the portrait being the straight one.
Result<QJsonObject> EnrolWorker::templatesOf(const Session& session) const {
    std::vector<recognition::EnrolmentOutcome> outcomes;
    for (const auto& number : session.guide.view().pictures)
        if (const auto* found = number && session.live ? session.live->picture(*number) : nullptr)
            outcomes.push_back(*found);
    if (outcomes.size() != core::faceViews)
        return Error{ErrorKind::Usage, "The five pictures are not taken yet", {}, {}};
    return personAddArguments(session.name, {}, gathered(outcomes));
}

void EnrolWorker::finish(const QJsonObject& args, const CommandReply& reply) {
    if (!m_session || m_session->saving)
        return reply(noSession);
    m_session->asked = now().mono;
    auto faces = templatesOf(*m_session);
    if (!faces)
        return reply(faces.error());
    QJsonObject whole = args;
    for (const char* key : {"templates", "portrait"})
        whole.insert(QLatin1String(key), faces->value(QLatin1String(key)));
    if (m_session->person)
        whole.insert(QStringLiteral("who"), QString::fromStdString(m_session->person->value.text()));
    else if (textOf(whole, u"name").empty())
        whole.insert(QStringLiteral("name"), QString::fromStdString(m_session->name));
    m_session->saving = true;
    m_context.runInStorage(m_session->person ? QStringLiteral("person.faces") : QStringLiteral("person.add"), whole,
                           [post = m_context.post, reply](const Result<QJsonObject>& result) {
                               post([result, reply](EnrolWorker& worker) { worker.saved(result, reply); });
                           });
}

/// All of it is stored, or nothing: then the pictures are still here, and it can be tried again.
void EnrolWorker::saved(const Result<QJsonObject>& result, const CommandReply& reply) {
    if (!m_session || !result) {
        if (m_session)
            m_session->saving = false;
        return reply(result);
    }
    QJsonObject person = *result;
    if (const auto id = core::Uuid7::parse(textOf(person, u"id")))
        m_session->person = core::PersonId{*id}; // the gallery may know them by now
    person.insert(QStringLiteral("close"), closeTo(*m_session));
    end();
    reply(person);
}

QJsonArray EnrolWorker::closeTo(const Session& session) const {
    std::vector<std::span<const float>> embeddings;
    for (const auto& number : session.guide.view().pictures)
        if (const auto* found = number ? session.live->picture(*number) : nullptr)
            embeddings.emplace_back(found->faceTemplate.values);
    QJsonArray close;
    const auto mean = core::unitMean(embeddings);
    const auto people = gallery();
    std::vector<core::PersonId> told;
    while (const auto next = mean && people->modelId() == session.live->modelId()
                                 ? recognition::nearestOther(*people, *mean, session.person, told)
                                 : std::nullopt) {
        if (!(next->score >= closeScore(m_context.rule)))
            break;
        close.append(QJsonObject{{QStringLiteral("id"), QString::fromStdString(next->person.value.text())},
                                 {QStringLiteral("name"), QString::fromStdString(next->name)},
                                 {QStringLiteral("score"), static_cast<double>(next->score)}});
        told.push_back(next->person);
    }
    return close;
}

/// After whatever is asked meanwhile.
void EnrolWorker::goOnWith(const std::function<void(FolderImport&)>& work) {
    QTimer::singleShot(0, this, [this, work] {
        if (m_import)
            work(*m_import);
    });
}

Result<QJsonObject> EnrolWorker::folder(const QString& command, const QJsonObject& args) {
    if (command == u"enrol.folder.begin") {
        if (m_session || (m_import && m_import->running()))
            return Error{ErrorKind::Failed, "Somebody is being enrolled", {}, "Finish or cancel that first"};
        auto import = FolderImport::create({m_context.settings, m_context.models, [this] { return gallery(); },
                                            m_context.runInStorage,
                                            [post = m_context.post](const std::function<void(FolderImport&)>& work) {
                                                post([work](EnrolWorker& worker) { worker.goOnWith(work); });
                                            },
                                            textOf(args, u"by")},
                                           textOf(args, u"path"));
        if (!import)
            return import.error();
        m_import = *std::move(import);
        return m_import->state();
    }
    if (!m_import)
        return QJsonObject{{QStringLiteral("running"), false}};
    if (command == u"enrol.folder.cancel")
        m_import->cancel();
    else if (command != u"enrol.folder.state")
        return unknownCommand(command);
    return m_import->state();
}

} // namespace facelatch::app
