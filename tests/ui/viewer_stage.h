// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerStage: the viewer's window over made-up doors and a log that is made up as it is asked for.
#pragma once

#include "resources/translator.h"
#include "tests/ui/scenes.h"
#include "ui/button.h"
#include "ui/hold_button.h"
#include "ui/text_block.h"
#include "ui/viewer_list.h"
#include "ui/viewer_window.h"

#include <QApplication>
#include <QDateTime>
#include <QPointer>
#include <QTest>

#include <utility>

namespace facelatch::test {

/// Answers come from the event loop, as in the product. What was asked is remembered.
class FakeViewerPort : public ui::ViewerPort {
public:
    template<typename T>
    static void later(QObject* asker, const std::function<void(const T&)>& reply, T value) {
        if (asker != nullptr && reply)
            QMetaObject::invokeMethod(
                asker, [reply, value = std::move(value)] { reply(value); }, Qt::QueuedConnection);
    }

    /// A door that is online, of an operator.
    static ui::ViewerDoor makeDoor(const QString& id, const QString& name) {
        ui::ViewerDoor door;
        door.id = id;
        door.name = name;
        door.host = id + QStringLiteral(".local");
        door.role = core::Role::Operator;
        door.may = {QStringLiteral("view_live"), QStringLiteral("read_log"), QStringLiteral("unlock_door")};
        door.connection = ui::Connection::Online;
        return door;
    }
    void change(const QString& id, const std::function<void(ui::ViewerDoor&)>& how) {
        for (ui::ViewerDoor& door : m_doors)
            if (door.id == id)
                how(door);
        Q_EMIT doorChanged(id);
    }
    void setDoors(std::vector<ui::ViewerDoor> doors) {
        m_doors = std::move(doors);
        Q_EMIT doorsChanged();
    }
    void setRings(std::vector<ui::ViewerRing> rings) {
        m_rings = std::move(rings);
        Q_EMIT ringsChanged();
    }
    void setFound(std::vector<ui::FoundDoor> found) {
        m_found = std::move(found);
        Q_EMIT foundDoorsChanged();
    }

    /// A visit every ten minutes, the newest 90 s ago; keys go down from `visitCount`. Of the first door, every third
    /// of the second where there are several.
    ui::ViewerVisit visit(qint64 key) const {
        static const std::string names[]{"Alice Martin", "", "Bob", "<b>مريم</b> & Söhne", "Gloria Macapagal-Arroyo"};
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(sceneNow().wall.time_since_epoch().count())
                                 .addSecs(-90 - (visitCount - key) * 600);
        ui::ViewerVisit made;
        made.door = m_doors[m_doors.size() > 1 && key % 3 == 0 ? 1 : 0].id;
        core::Event& event = made.shown.event;
        event.time = core::WallTime(core::milliseconds(at.toMSecsSinceEpoch()));
        event.local = at.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toStdString();
        event.visit = idOf(key, event.time);
        event.id = event.visit;
        event.personName = names[key % 5];
        const bool granted = key == grantedKey || (key % 5 != 1 && key % 4 != 0);
        event.outcome = granted ? core::Outcome::Granted : core::Outcome::Denied;
        event.reason = granted                    ? core::Reason::Face
                       : event.personName.empty() ? core::Reason::UnknownPerson
                                                  : core::Reason::OutOfSchedule;
        event.score = granted ? 0.7F : 0.2F;
        event.modelId = "sface";
        event.live = core::LivenessVerdict::Live;
        made.shown.seq = key;
        made.events = key % 7 + 1;
        made.snapshot = key % 3 == 1 ? QString() : QStringLiteral("snap-%1").arg(key);
        return made;
    }
    static core::Uuid7 idOf(qint64 key, core::WallTime time) {
        std::array<std::uint8_t, 10> random{};
        for (std::size_t i = 0; i < 8; ++i)
            random[i + 2] = static_cast<std::uint8_t>(key >> (8 * i));
        return core::makeUuid7(time, random);
    }

    std::vector<ui::ViewerDoor> doors() const override { return m_doors; }
    void reconnect(const QString& door) override { said << QStringLiteral("reconnect ") + door; }
    void renameDoor(const QString& door, const QString& name) override {
        said << QStringLiteral("rename %1 %2").arg(door, name);
    }
    void forgetDoor(const QString& door) override { said << QStringLiteral("forget ") + door; }

    void visits(const ui::VisitQuery& query, const QByteArray& below, int limit, QObject* asker,
                Reply<ui::VisitPage> reply) override {
        queries.push_back(query);
        if (broken)
            return later<core::Result<ui::VisitPage>>(asker, reply, core::fail("The cache is damaged", "events.db"));
        ui::VisitPage page;
        qint64 key = m_doors.empty() ? 0 : below.isEmpty() ? visitCount : below.toLongLong();
        for (; key > 0 && static_cast<int>(page.visits.size()) < limit; --key)
            if (const ui::ViewerVisit made = visit(key); fits(made, query))
                page.visits.push_back(made);
        if (key > 0)
            page.below = QByteArray::number(key);
        later<core::Result<ui::VisitPage>>(asker, reply, page);
    }
    void visitEvents(const QString&, const core::Uuid7& id, QObject* asker, Reply<ui::VisitEvents> reply) override {
        ui::VisitEvents found{{}, 0.45F, "sface"};
        for (qint64 key = visitCount; key > 0 && found.events.empty(); --key)
            if (const ui::ViewerVisit made = visit(key); made.shown.event.visit == id)
                found.events.assign(static_cast<std::size_t>(made.events), made.shown);
        later<core::Result<ui::VisitEvents>>(asker, reply, found);
    }
    void picture(const QString&, const QString& snapshot, int side, QObject* asker, Reply<QImage> reply) override {
        ++pictures;
        if (snapshot.endsWith(QLatin1Char('8')))
            return later<core::Result<QImage>>(
                asker, reply, core::Error{core::ErrorKind::NotFound, "There is no such picture", "", ""});
        later<core::Result<QImage>>(asker, reply, paintedPerson({side, side * 3 / 4}));
    }
    void people(const QStringList&, QObject* asker, Reply<QStringList> reply) override {
        later<core::Result<QStringList>>(asker, reply,
                                         QStringList{QStringLiteral("Alice Martin"), QStringLiteral("Bob")});
    }
    void days(const QStringList&, QDate, QObject* asker, Reply<ui::VisitDays> reply) override {
        later<core::Result<ui::VisitDays>>(asker, reply,
                                           ui::VisitDays{{18, 19, 21}, QDate(2007, 11, 13), QDate(2026, 11, 21)});
    }
    void exportCsv(const ui::VisitQuery&, const QString& file, QObject* asker, Reply<qint64> reply) override {
        said << QStringLiteral("export ") + file;
        later<core::Result<qint64>>(asker, reply, qint64(42));
    }
    void setLive(const QString& door, bool on) override {
        said << QStringLiteral("live %1 %2").arg(door, on ? QStringLiteral("on") : QStringLiteral("off"));
    }
    void openDoor(const QString& door, const QString& reason, QObject* asker, Reply<core::Done> reply) override {
        said << QStringLiteral("open %1 [%2]").arg(door, reason);
        later<core::Status>(asker, reply, acts);
    }
    void setLockdown(const QString& door, bool on, const QString& reason, QObject* asker,
                     Reply<core::Done> reply) override {
        said << QStringLiteral("lockdown %1 %2 [%3]").arg(door).arg(on).arg(reason);
        later<core::Status>(asker, reply, acts);
    }
    std::vector<ui::ViewerRing> rings() const override { return m_rings; }
    void answerRing(const QString& ring) override { said << QStringLiteral("answer ") + ring; }
    void dismissRing(const QString& ring) override { said << QStringLiteral("dismiss ") + ring; }

    void beginPairing(const ui::PairRequest& request, QObject* asker, PairReply<ui::PairCheck> reply) override {
        paired = request;
        QMetaObject::invokeMethod(
            asker, [reply, trouble = pairing, check = pairCheck] { reply(trouble, check); }, Qt::QueuedConnection);
    }
    void finishPairing(QObject* asker, PairReply<QString> reply) override {
        said << QStringLiteral("pair");
        QMetaObject::invokeMethod(
            asker, [reply, trouble = finishing] { reply(trouble, QStringLiteral("front")); }, Qt::QueuedConnection);
    }
    void cancelPairing() override { said << QStringLiteral("cancel"); }
    void setSearching(bool on) override { searching = on; }
    std::vector<ui::FoundDoor> foundDoors() const override { return m_found; }
    QString viewerName() const override { return QStringLiteral("Office"); }
    ui::ViewerSettings settings() const override { return m_settings; }
    void setSettings(const ui::ViewerSettings& settings) override { m_settings = settings; }

    QStringList said; ///< what it was told to do
    std::vector<ui::VisitQuery> queries;
    qint64 visitCount = 500, grantedKey = 0;
    int pictures = 0;
    bool broken = false, searching = false;
    core::Status acts = core::Done{};
    ui::Trouble pairing = ui::Trouble::None, finishing = ui::Trouble::None;
    ui::PairRequest paired;
    ui::PairCheck pairCheck{QStringLiteral("192.168.1.20"),
                            QStringLiteral("3F9A 00C1 77E2 D4B8 5A61 0F3C 92EE 18B7 3F9A 00C1 77E2 D4B8 5A61 0F3C 92EE "
                                           "18B7"),
                            false};

private:
    static bool fits(const ui::ViewerVisit& visit, const ui::VisitQuery& query) {
        const core::Event& event = visit.shown.event;
        const QString name = QString::fromStdString(event.personName);
        return (query.doors.isEmpty() || query.doors.contains(visit.door)) &&
               (!query.outcome || *query.outcome == event.outcome) &&
               (!query.day || QString::fromStdString(event.local).startsWith(query.day->toString(Qt::ISODate))) &&
               (query.person.isEmpty() || query.person == name) &&
               (query.text.isEmpty() || name.contains(query.text, Qt::CaseInsensitive));
    }

    std::vector<ui::ViewerDoor> m_doors;
    std::vector<ui::ViewerRing> m_rings;
    std::vector<ui::FoundDoor> m_found;
    ui::ViewerSettings m_settings;
};

/// A shown window with two doors; set the port before, or call settle() after a change.
class ViewerStage {
public:
    explicit ViewerStage(FakeViewerPort& port, QSize size = {1024, 600}, const QString& language = QStringLiteral("en"),
                         ui::Theme theme = ui::Theme::Dark)
        : window({port, [] { return sceneNow().wall; }, resources::installTranslator(*qApp, language), theme, false}) {
        window.resize(size);
        window.show();
        window.activateWindow();
        settle();
    }
    /// "front" and "back", both online.
    static std::vector<ui::ViewerDoor> twoDoors() {
        return {FakeViewerPort::makeDoor(QStringLiteral("front"), QStringLiteral("Front door")),
                FakeViewerPort::makeDoor(QStringLiteral("back"), QStringLiteral("Workshop"))};
    }
    static void settle() {
        for (int i = 0; i < 8; ++i) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            QApplication::processEvents();
        }
    }
    template<typename T>
    QList<T*> all(const char* name) {
        QList<T*> shown;
        for (T* each : window.findChildren<T*>(QLatin1String(name)))
            if (each->isVisible())
                shown << each;
        return shown;
    }
    template<typename T>
    T* find(const char* name) {
        const auto shown = all<T>(name);
        return shown.isEmpty() ? nullptr : shown.constFirst();
    }
    QString text(const char* name) {
        const auto* block = find<ui::TextBlock>(name);
        return block != nullptr ? block->text() : QString();
    }
    /// False where there is no such button, or it is not to be pressed.
    bool press(const char* name) {
        auto* button = find<QAbstractButton>(name);
        if (button == nullptr || !button->isEnabled())
            return false;
        button->click();
        settle();
        return true;
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* focus = window.focusWidget();
        QTest::keyClick(focus != nullptr ? focus : &window, key, modifiers);
        settle();
    }
    ui::ViewerList& list() { return *window.findChild<ui::ViewerList*>(QStringLiteral("viewerList")); }
    /// What is cut off; empty if nothing is.
    QStringList cutOff() {
        QStringList wrong;
        for (const ui::TextBlock* block : window.findChildren<ui::TextBlock*>()) {
            if (!block->isVisible() || block->text().isEmpty())
                continue;
            const ui::FittedText fitted = block->fitted();
            if (fitted.elided)
                wrong << QStringLiteral("elided: ") + block->text();
        }
        for (const ui::Button* button : window.findChildren<ui::Button*>())
            if (button->isVisible() && button->width() > button->height() * 3 / 2 && button->fitted().elided)
                wrong << QStringLiteral("elided: ") + button->text();
        for (const ui::HoldButton* button : window.findChildren<ui::HoldButton*>())
            if (button->isVisible() && button->fitted().elided)
                wrong << QStringLiteral("elided: ") + button->text();
        return wrong;
    }

    ui::ViewerWindow window;
};

} // namespace facelatch::test
