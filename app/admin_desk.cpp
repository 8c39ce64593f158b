// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions, and commands on their way from the screen.
#include "app/admin_desk.h"

#include "app/access_cases.h"
#include "app/command_rights.h"

#include <QCoreApplication>
#include <QEvent>
#include <QJsonArray>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

Error refused(const char* what) {
    return {ErrorKind::Refused, what, {}, {}};
}

QString string(std::string_view latin) {
    return QString::fromUtf8(latin.data(), static_cast<qsizetype>(latin.size()));
}

/// Who asks for these is there, without touching anything: somebody looks into the camera, or waits for a copy.
bool isPresence(const QString& command) {
    return command == u"session.touch" || command.startsWith(u"enrol.") || command == u"backup.state";
}

} // namespace

QJsonObject AdminDesk::sessionOf(const core::Principal& principal) const {
    QJsonArray may;
    for (const core::Action action : core::actions())
        if (core::mayDo(principal, action, m_context.door, m_context.now().wall))
            may.append(string(core::actionCode(action)));
    return {{QStringLiteral("name"), string(principal.name)},
            {QStringLiteral("role"), string(core::roleCode(principal.role))},
            {QStringLiteral("may"), may}};
}

AdminDesk::AdminDesk(AdminDeskContext context)
    : m_context(std::move(context)), m_signIn(std::make_shared<SignIn>(m_context.door)) {
    m_idle.setObjectName(QStringLiteral("idleEnd"));
    m_idle.setSingleShot(true);
    m_idle.setInterval(m_context.idleEnd);
    connect(&m_idle, &QTimer::timeout, this, &AdminDesk::endSession);
    m_setup.setInterval(m_context.setupMinute);
    connect(&m_setup, &QTimer::timeout, this, [this] { refresh(true); });
}

AdminDesk::~AdminDesk() = default;

void AdminDesk::inGui(std::function<void()> work) {
    QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
}

CommandReply AdminDesk::toAsker(QObject* asker, Reply reply) {
    return [this, asker = QPointer<QObject>(asker), reply = std::move(reply)](const Result<QJsonObject>& answer) {
        inGui([asker, reply, answer] {
            if (asker && reply)
                reply(answer);
        });
    };
}

void AdminDesk::ask(const QString& command, const QJsonObject& args, QObject* asker, Reply reply) {
    const CommandReply answer = toAsker(asker, std::move(reply));
    if (isPresence(command))
        touch();
    if (command == u"session.state" && !m_seen && m_unseen)
        m_waiting.push_back(answer);
    else if (command == u"session.state")
        answer(m_seen ? Result<QJsonObject>(state()) : Result<QJsonObject>(m_unseen.error()));
    else if (command == u"session.sign_in")
        signIn(args, answer);
    else if (command == u"session.sign_out") {
        endSession();
        answer(QJsonObject());
    } else if (command == u"session.touch")
        answer(QJsonObject());
    else if (command == u"setup.finish")
        finishSetup(args, answer);
    else if (command == u"lock.test")
        testLock(answer);
    else
        pass(command, args, answer);
}

void AdminDesk::tell(const QString& what) {
    inGui([this, what] {
        if (what == u"admins")
            refresh(false);
        Q_EMIT changed(what);
    });
}

void AdminDesk::dataOpened() {
    inGui([this] { refresh(false); });
}

QJsonObject AdminDesk::state() const {
    QJsonObject out = m_session ? m_session->json : QJsonObject();
    const auto left = m_seen->lockout.remaining(m_context.now().mono);
    out.insert(QStringLiteral("setup"), m_seen->hasAdmin    ? QStringLiteral("done")
                                        : m_seen->setupOpen ? QStringLiteral("open")
                                                            : QStringLiteral("closed"));
    out.insert(QStringLiteral("signed_in"), m_session.has_value());
    out.insert(QStringLiteral("locked_for_s"),
               static_cast<qint64>(std::chrono::ceil<std::chrono::seconds>(left).count()));
    out.insert(QStringLiteral("failures"), m_seen->lockout.failures());
    return out;
}

void AdminDesk::signIn(const QJsonObject& args, const CommandReply& reply) {
    if (m_trying) {
        reply(refused("One PIN after the other"));
        return;
    }
    if (m_seen && m_seen->lockout.locked(m_context.now().mono)) {
        reply(lockedError(m_seen->lockout.remaining(m_context.now().mono)));
        return;
    }
    std::string typed = args.value(u"pin").toString().toStdString();
    const SecretText pin(typed);
    m_trying = true;
    const auto done = [this, reply](const Result<core::Principal>& admin, const std::optional<core::Lockout>& lockout) {
        inGui([this, reply, admin, lockout] {
            m_trying = false;
            if (m_seen && lockout)
                m_seen->lockout = *lockout;
            if (admin)
                signedIn(*admin);
            reply(admin ? Result<QJsonObject>(m_session->json) : Result<QJsonObject>(admin.error()));
        });
    };
    m_context.inPins([this, pin, done](const PinWorker& pins) {
        const auto verifier = pins.verifier(pin, core::PinPurpose::Admin);
        if (!verifier) {
            done(verifier.error(), std::nullopt);
            return;
        }
        m_context.withStore([this, verifier = *verifier, done](const Result<storage::Store*>& store) {
            if (!store) {
                done(store.error(), std::nullopt);
                return;
            }
            const auto admin = m_signIn->attempt(**store, verifier, m_context.now());
            const auto lockout = m_signIn->lockout(**store, m_context.now());
            done(admin, lockout ? std::optional(*lockout) : std::nullopt);
        });
    });
}

void AdminDesk::signedIn(const core::Principal& principal) {
    m_session = Session{principal, sessionOf(principal)};
    QCoreApplication::instance()->installEventFilter(this);
    m_idle.start();
}

void AdminDesk::endSession() {
    m_idle.stop();
    if (!m_session)
        return;
    m_session.reset();
    QCoreApplication::instance()->removeEventFilter(this);
    Q_EMIT signedOut();
}

bool AdminDesk::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::KeyPress:
    case QEvent::Wheel:
        touch();
        break;
    default:
        break;
    }
    return AdminPort::eventFilter(watched, event);
}

void AdminDesk::touch() {
    if (m_session)
        m_idle.start();
}

core::Status AdminDesk::allowed(const QString& command) const {
    const auto action = actionAtScreen(command);
    if (!action)
        return unknownCommand(command);
    if (!m_session)
        return refused("Nobody is signed in");
    if (!core::mayDo(m_session->principal, *action, m_context.door, m_context.now().wall))
        return refused("Your role may not do this");
    return core::Done{};
}

void AdminDesk::pass(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    if (const auto may = allowed(command); !may) {
        reply(may.error());
        return;
    }
    QJsonObject signedArgs = args;
    signedArgs.insert(QStringLiteral("by"), string(m_session->principal.name));
    m_context.run(command, signedArgs, reply);
}

} // namespace facelatch::app
