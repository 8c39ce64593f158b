// SPDX-License-Identifier: GPL-3.0-or-later
// AdminPage: one of the admin's screens, and what each is made with.
#pragma once

#include "core/latest_frame.h"
#include "core/time.h"
#include "ui/admin_port.h"
#include "ui/sheet.h"
#include "ui/style.h"

#include <QLocale>
#include <QPointer>
#include <QSet>
#include <QWidget>

#include <functional>

namespace facelatch::ui {

/// What every page is made with. Outlives the pages.
struct AdminContext {
    AdminPort& port;
    core::LatestFrame& frames; ///< the live picture
    std::function<core::Now()> clock;
    QLocale locale;
    bool mirrored = true; ///< the picture, as in a mirror
    QString admin;        ///< who is signed in
    QString role;         ///< its code: "operator", "admin"
    QSet<QString> may;    ///< codes of core::Action; what is not in it is not shown
};

/// A section of the rail, or what opens from one. The shell shows title() and the way back above it, tells its notices,
/// and owns it. Texts are those of the language installed when it is made. Gui thread; nothing in it waits.
class AdminPage : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit AdminPage(const AdminContext& context, QWidget* parent = nullptr);

    virtual QString title() const = 0;
    /// It has come to the front: time to read what it shows.
    virtual void shown() {}
    /// True while a page of the first level has steps of its own to go back from. Pages of the second always show it.
    virtual bool hasBack() const { return false; }
    /// Back was pressed. True: the page dealt with it (it went back a step of its own, or asks whether to give up what
    /// was typed); false: the shell goes back.
    virtual bool back() { return false; }
    /// Something changed, as AdminPort::changed() says; only while it is in front.
    virtual void changed(const QString& what) { static_cast<void>(what); }
    /// True: without the rail, for tasks that need the whole screen.
    virtual bool wide() const { return false; }
    void restyle(const Style& style) override;

Q_SIGNALS:
    /// One sentence at the foot of the screen; with an undo for 10 s, where one is given.
    void notice(const QString& text, const std::function<void()>& undo);
    void titleChanged();
    /// A page to show over this one, with a way back to its section: never more than two levels. The shell owns it from
    /// now on; from a page of the second level it takes that one's place.
    void opens(facelatch::ui::AdminPage* page);
    /// The page is done with (of the second level: its section is shown again).
    void done();
    /// Somebody is busy with it without touching it, as while a face is enrolled: the 60 s begin anew.
    void inUse();

protected:
    const AdminContext& context() const { return m_context; }
    const Style& dress() const { return m_style; }
    bool may(const char* action) const { return m_context.may.contains(QLatin1String(action)); }
    using Done = std::function<void(const QJsonObject&)>;
    using Failed = std::function<void(const core::Error&)>;
    /// Asks the port. Without `failed`, an error becomes a notice.
    void ask(const QString& command, const QJsonObject& args, Done done, Failed failed = {});
    /// Asks before something goes: Sheet::confirm over the whole screen.
    void confirm(const Sheet::Question& question, std::function<void()> yes);
    /// A widget made after the page was styled gets the style, and all inside it.
    void dressUp(QWidget& widget) const;
    /// The style changed.
    virtual void restyled() {}

private:
    const AdminContext& m_context;
    Style m_style;
};

} // namespace facelatch::ui
