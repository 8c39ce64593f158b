// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerPort: what the windows of facelatch-viewer show and ask, and whoever answers.
#pragma once

#include "core/decision.h"
#include "core/geometry.h"
#include "core/principal.h"
#include "core/result.h"
#include "core/time.h"

#include <QByteArray>
#include <QDate>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QTime>

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace facelatch::ui {

/// How a door is reached.
enum class Connection {
    Connecting, ///< and logging in
    Online,
    Waiting, ///< for another try, by itself
    Stopped  ///< nothing is tried again by itself: `trouble` says why
};
/// Why a door is not online, or was not paired.
enum class Trouble {
    None,
    NotReached, ///< nobody answers at that address: it is off, or the network is
    NoAnswer,   ///< it takes the connection and says nothing
    Closed,
    DoorEnds, ///< it said that it is being switched off
    TooMany,  ///< connections or messages
    CertificateChanged,
    NotThatDoor,
    Unknown, ///< the door does not know this viewer
    Revoked,
    Expired,
    BadSignature,
    WrongCode,
    NoPairing, ///< no pairing is open at the door
    NotThisProtocol,
    DoorOutOfService,
    BadLink, ///< it is no pairing link
    BadCode  ///< it cannot be a code
};

struct ViewerFault {
    QString code; ///< of core::faultCodeText
    bool stops = false;
    core::WallTime since{};
};

/// A paired door as it is now, or as it was when it was last heard.
struct ViewerDoor {
    QString id;
    QString name;                         ///< the owner's of this viewer, else the door's own
    QString host;                         ///< where it was last reached
    core::Role role = core::Role::Viewer; ///< what this viewer is there
    QSet<QString> may;                    ///< codes of core::Action: "view_live", "read_log", "unlock_door" ...
    Connection connection = Connection::Connecting;
    Trouble trouble = Trouble::None;
    std::optional<core::WallTime> since; ///< it is not online; never was: nothing
    // Of the door's state.
    bool lockedDown = false;
    QString lockedDownBy; ///< empty: the door does not say
    bool released = false;
    bool simulated = false;
    std::vector<ViewerFault> faults;
    // Of its log.
    std::optional<core::CommittedEvent> last; ///< the newest event
    int refusedInARow = 0;                    ///< visits since the last one that was let in
    qint64 behind = 0;                        ///< events still to come, while it catches up
};

/// All that is set must hold.
struct VisitQuery {
    QStringList doors; ///< none: every door
    std::optional<core::Outcome> outcome;
    std::optional<QDate> day; ///< as the door had it (Event::local)
    QString person;           ///< exactly; empty: anybody
    QString text;             ///< somewhere in the name, the card, or the reason as the viewer reads it
};

/// One line of a timeline.
struct ViewerVisit {
    QString door;
    core::CommittedEvent shown; ///< what came of it: the first grant, else the last event
    qint64 events = 1;          ///< of the visit
    QString snapshot;           ///< for picture(); empty when there is none
};

struct VisitPage {
    std::vector<ViewerVisit> visits; ///< newest first
    QByteArray below;                ///< where the next page goes on; empty: that was all
};

/// All there is about one visit.
struct VisitEvents {
    std::vector<core::CommittedEvent> events; ///< oldest first
    // What scores are held against; neither where the door has not said.
    std::optional<float> threshold;
    std::string modelId; ///< the network it is good for
};

/// What is known of a month, for the calendar.
struct VisitDays {
    QSet<int> days;      ///< of that month, with visits
    QDate first, latest; ///< of everything kept; invalid when there is nothing
};

struct LiveFace {
    enum class Kind { Claimant, Other, Granted, Refused };
    core::RectF box; ///< in pixels of the picture
    Kind kind = Kind::Other;
};

/// Somebody rings, or did a moment ago: it is kept until dismissRing(), or a while after it is over.
struct ViewerRing {
    QString id, door;
    core::WallTime time{};
    QImage picture;          ///< may come later, or never
    bool over = false;       ///< answered, or nobody did in time
    QString answeredBy = {}; ///< a viewer's name; empty while it rings, and when nobody answered
    bool byMe = false;
};

struct PairRequest {
    QString link; ///< as pasted; else the next three
    QString host;
    int port = 0; ///< 0: the usual one
    QString code; ///< as typed
    QString name; ///< how this viewer is to be called at the door
};
/// What is to be compared with the door's screen before anything is told to it.
struct PairCheck {
    QString host;
    QString fingerprint;     ///< of the certificate that answered: hexadecimal, in groups of four
    bool sameAsLink = false; ///< the link names this very certificate
};

/// A door that announces itself nearby.
struct FoundDoor {
    QString id, name, host;
    int port = 0;
    bool paired = false;
};

enum class NoticeKind { Refused, Alarm, Doorbell, Granted };
inline constexpr std::array noticeKinds{NoticeKind::Refused, NoticeKind::Alarm, NoticeKind::Doorbell,
                                        NoticeKind::Granted};
struct NoticeWay {
    bool desktop = true, sound = true;
    bool operator==(const NoticeWay&) const = default;
};
struct ViewerSettings {
    std::array<NoticeWay, noticeKinds.size()> notices{{{}, {}, {}, {false, false}}}; ///< in the order of noticeKinds
    bool quiet = false; ///< between these hours no sound, and nothing but alarms on the desktop
    QTime quietFrom = QTime::fromString(QStringLiteral("22:00"));
    QTime quietUntil = QTime::fromString(QStringLiteral("07:00"));
    bool startInTray = false;
    QString language; ///< "en", "fr"; empty: the desktop's
    bool operator==(const ViewerSettings&) const = default;
};

/// Connections, cache and notifications are the port's affair. Gui thread; nothing here waits. A reply is called once,
/// later, in the gui thread, and never when `asker` is gone by then; it may be an empty function. Errors are for people
/// who look after the door; `Error::where` of a refused action is the protocol's code ("late", "role", "too_many" ...).
class ViewerPort : public QObject {
    Q_OBJECT
public:
    template<typename T>
    using Reply = std::function<void(const core::Result<T>&)>;
    /// For what pairing came to.
    template<typename T>
    using PairReply = std::function<void(Trouble trouble, const T& value)>;

    using QObject::QObject;
    ~ViewerPort() override;

    /// In the order in which they are to be shown.
    virtual std::vector<ViewerDoor> doors() const = 0;
    /// Another try now; also for a door that stopped, except for a changed certificate.
    virtual void reconnect(const QString& door) = 0;
    /// An empty name: the door's own.
    virtual void renameDoor(const QString& door, const QString& name) = 0;
    /// Takes away the key and all that is kept of it.
    virtual void forgetDoor(const QString& door) = 0;

    /// From what is kept here, whether the door is online or not. `below` of the page before, empty for the newest.
    virtual void visits(const VisitQuery& query, const QByteArray& below, int limit, QObject* asker,
                        Reply<VisitPage> reply) = 0;
    virtual void visitEvents(const QString& door, const core::Uuid7& visit, QObject* asker,
                             Reply<VisitEvents> reply) = 0;
    /// A snapshot, its longer side at most `side` pixels: kept here, else asked of the door. NotFound when it is gone.
    virtual void picture(const QString& door, const QString& snapshot, int side, QObject* asker,
                         Reply<QImage> reply) = 0;
    /// Everybody who is named in what is kept, by name. No doors: all.
    virtual void people(const QStringList& doors, QObject* asker, Reply<QStringList> reply) = 0;
    /// `month`: any day of it.
    virtual void days(const QStringList& doors, QDate month, QObject* asker, Reply<VisitDays> reply) = 0;
    /// Rows written. The file is replaced whole or not at all.
    virtual void exportCsv(const VisitQuery& query, const QString& file, QObject* asker, Reply<qint64> reply) = 0;

    /// frame() comes for as long as it is on; it stays on over a lost connection.
    virtual void setLive(const QString& door, bool on) = 0;
    virtual void openDoor(const QString& door, const QString& reason, QObject* asker, Reply<core::Done> reply) = 0;
    virtual void setLockdown(const QString& door, bool on, const QString& reason, QObject* asker,
                             Reply<core::Done> reply) = 0;

    /// Newest first.
    virtual std::vector<ViewerRing> rings() const = 0;
    virtual void answerRing(const QString& ring) = 0;
    virtual void dismissRing(const QString& ring) = 0;

    /// One pairing at a time. First whom one talks to, then, if the person agrees, finishPairing(): the id of the door.
    virtual void beginPairing(const PairRequest& request, QObject* asker, PairReply<PairCheck> reply) = 0;
    virtual void finishPairing(QObject* asker, PairReply<QString> reply) = 0;
    virtual void cancelPairing() = 0;
    /// Looks for doors nearby while it is on.
    virtual void setSearching(bool on) = 0;
    virtual std::vector<FoundDoor> foundDoors() const = 0;
    /// What a new pairing is called unless somebody types another name: this computer's.
    virtual QString viewerName() const = 0;

    virtual ViewerSettings settings() const = 0;
    virtual void setSettings(const ViewerSettings& settings) = 0;

Q_SIGNALS:
    /// Doors came, went, or were put in another order or renamed.
    void doorsChanged();
    /// Anything of one door: doors() has it.
    void doorChanged(const QString& door);
    /// There are new events of the door, or something came of a visit: read the top again.
    void visitsChanged(const QString& door);
    void frame(const QString& door, const QImage& picture, const std::vector<facelatch::ui::LiveFace>& faces);
    void ringsChanged();
    void foundDoorsChanged();
    void settingsChanged();
};

} // namespace facelatch::ui
