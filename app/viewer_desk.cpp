// SPDX-License-Identifier: GPL-3.0-or-later
// Doors, their events, and what is told of them.
#include "app/viewer_desk.h"

#include "app/clock.h"
#include "app/viewer_picture.h"
#include "app/viewer_wire.h"

#include <algorithm>
#include <cstdio>

namespace facelatch::app {

namespace {

void say(const std::string& text) {
    std::fprintf(stderr, "facelatch-viewer: %s\n", text.c_str());
}

} // namespace

ViewerDesk::ViewerDesk(ViewerDeskOptions options, ViewerBook book)
    : m_options(std::move(options)),
      m_book(std::move(book)),
      m_rules(m_options.locale),
      m_cache(QStringLiteral("cache"), [limits = m_options.limits] { return std::make_unique<ViewerCache>(limits); }),
      m_frames(QStringLiteral("frames"), [] { return std::make_unique<FrameDecoder>(); }) {
    connect(&m_nearby, &ViewerNearby::changed, this, &ViewerDesk::foundDoorsChanged);
    connect(&m_rings, &ViewerRings::changed, this, &ViewerDesk::ringsChanged);
    connect(&m_rings, &ViewerRings::rings, this, [this](const ui::ViewerRing& ring) {
        if (const ViewerLink* const door = link(ring.door))
            tell(m_rules.ring(door->view(), ring));
    });
    connect(&m_rings, &ViewerRings::over, this,
            [this](const QString& ring) { Q_EMIT noticeOver(NoticeRules::keyOfRing(ring)); });
    for (const BookDoor& door : std::vector(m_book.doors))
        addLink(door);
}

ViewerDesk::~ViewerDesk() {
    m_pairing.reset();
    m_links.clear();
}

ViewerLink* ViewerDesk::link(const QString& door) const {
    const auto found = std::ranges::find_if(m_links, [&door](const auto& one) { return one->view().id == door; });
    return found == m_links.end() ? nullptr : found->get();
}

std::vector<ui::ViewerDoor> ViewerDesk::doors() const {
    std::vector<ui::ViewerDoor> all;
    for (const auto& one : m_links)
        all.push_back(one->view());
    return all;
}

void ViewerDesk::addLink(const BookDoor& door) {
    auto key = network::Ed25519Key::load(m_options.places.key(door.id).toStdString());
    if (!key) {
        say(key.error().text() + "; " + door.shownName().toStdString() + " is to be paired again");
        return;
    }
    m_links.push_back(std::make_unique<ViewerLink>(door, *key, m_options.times));
    ViewerLink* const added = m_links.back().get();
    listen(added);
    ask<CacheNews>(
        added,
        [id = door.id, folder = m_options.places.doorFolder(door.id)](ViewerCache& cache) {
            return cache.open(id, folder);
        },
        [this, added](const core::Result<CacheNews>& news) {
            if (!news) {
                say(news.error().text());
                added->startWithout();
                return;
            }
            if (!news->told.empty())
                say(news->told);
            m_cursors[added->view().id] = news->cursor;
            added->start(*news);
            Q_EMIT visitsChanged(added->view().id);
        });
}

void ViewerDesk::listen(ViewerLink* one) {
    const QString id = one->view().id;
    connect(one, &ViewerLink::changed, this, [this, id] { Q_EMIT doorChanged(id); });
    connect(one, &ViewerLink::bookChanged, this, [this, one] {
        changeBook([door = one->book()](ViewerBook& book) {
            if (BookDoor* known = book.find(door.id))
                *known = door;
        });
    });
    connect(one, &ViewerLink::events, this,
            [this, one](const QString& logId, const std::vector<core::CommittedEvent>& events) {
                keepEvents(one, logId, events);
                tell(one, events);
            });
    connect(one, &ViewerLink::provisional, this,
            [this, one](const core::CommittedEvent& event) { tell(m_rules.event(one->view(), event)); });
    connect(one, &ViewerLink::faultsChanged, this, [this, one] {
        for (const Notice& notice : m_rules.faults(one->view()))
            tell(notice);
    });
    connect(one, &ViewerLink::frame, this,
            [this, id](const QJsonObject& header, const QByteArray& jpeg) { liveCame(id, header, jpeg); });
    connect(one, &ViewerLink::ring, this, [this, id](const QJsonObject& ring) { m_rings.began(id, ring, now().wall); });
    connect(one, &ViewerLink::ringPicture, this, [this](const QString& ring, const QByteArray& jpeg) {
        m_rings.pictureCame(ring, pictureFrom(jpeg, ringSide));
    });
    connect(one, &ViewerLink::ringOver, this, [this](const QJsonObject& over) { m_rings.ended(over); });
}

void ViewerDesk::keepEvents(ViewerLink* one, const QString& logId, const std::vector<core::CommittedEvent>& events) {
    const QString id = one->view().id;
    ask<CacheNews>(
        one, [id, log = logId.toStdString(), events](ViewerCache& cache) { return cache.append(id, log, events); },
        [this, one, id](const core::Result<CacheNews>& news) {
            if (news) {
                m_cursors[id] = news->cursor;
                one->kept(*news);
                Q_EMIT visitsChanged(id);
                return;
            }
            say(news.error().text());
            const bool again = news.error().kind == core::ErrorKind::Conflict;
            if (!again || !m_cursors[id]) {
                one->notKept(m_cursors[id], again);
                return;
            }
            // What is kept may have been made anew.
            ask<CacheNews>(
                one, [id](ViewerCache& cache) { return cache.news(id); },
                [this, one, id](const core::Result<CacheNews>& now) {
                    m_cursors[id] = now ? now->cursor : std::nullopt;
                    one->notKept(m_cursors[id], bool(now));
                });
        });
}

void ViewerDesk::tell(ViewerLink* one, const std::vector<core::CommittedEvent>& events) {
    for (const core::CommittedEvent& event : events) {
        switch (one->ageOf(event)) {
        case ViewerLink::Age::New:
            tell(m_rules.event(one->view(), event));
            break;
        case ViewerLink::Age::Missed:
            tell(m_rules.missed(one->view(), event, one->endsMissed(event)));
            break;
        case ViewerLink::Age::Old:
            break;
        }
    }
}

void ViewerDesk::tell(const std::optional<Notice>& told) {
    if (told)
        Q_EMIT notice(*told);
}

void ViewerDesk::reconnect(const QString& door) {
    if (ViewerLink* const one = link(door))
        one->reconnect();
}

void ViewerDesk::renameDoor(const QString& door, const QString& name) {
    if (ViewerLink* const one = link(door)) {
        one->rename(name);
        Q_EMIT doorsChanged();
    }
}

void ViewerDesk::removeLink(const QString& door) {
    std::erase_if(m_links, [&door](const auto& one) { return one->view().id == door; });
    m_cursors.erase(door);
    m_thresholds.erase(door);
    m_rules.forget(door);
    m_rings.forgetDoor(door);
    Q_EMIT doorsChanged();
}

void ViewerDesk::forgetDoor(const QString& door) {
    if (!link(door))
        return;
    removeLink(door);
    changeBook([&door](ViewerBook& book) {
        std::erase_if(book.doors, [&door](const BookDoor& known) { return known.id == door; });
    });
    m_cache.post(
        [door, folder = m_options.places.doorFolder(door)](ViewerCache& cache) { cache.forget(door, folder); });
}

void ViewerDesk::reload() {
    const auto book = BookFile(m_options.places.book()).load();
    if (!book) {
        say(book.error().text());
        return;
    }
    m_book = *book;
    for (const ui::ViewerDoor& shown : doors()) {
        const BookDoor* const known = m_book.find(shown.id);
        if (!known || known->viewer != link(shown.id)->book().viewer) { // gone, or paired anew
            removeLink(shown.id);
            if (!known)
                m_cache.post([id = shown.id, folder = m_options.places.doorFolder(shown.id)](ViewerCache& cache) {
                    cache.forget(id, folder);
                });
        }
    }
    for (const BookDoor& door : std::vector(m_book.doors))
        if (!link(door.id))
            addLink(door);
    Q_EMIT doorsChanged();
}

void ViewerDesk::changeBook(const std::function<void(ViewerBook&)>& edit) {
    auto changed = BookFile(m_options.places.book()).change(edit);
    if (changed) {
        m_book = *std::move(changed);
        return;
    }
    say(changed.error().text()); // it goes on with what it knows
    edit(m_book);
}

void ViewerDesk::setLocale(const QLocale& locale) {
    m_options.locale = locale;
    m_rules.setLocale(locale);
}

void ViewerDesk::keepWindow(const QByteArray& state) {
    if (state != m_book.window)
        changeBook([&state](ViewerBook& book) { book.window = state; });
}

void ViewerDesk::setSettings(const ui::ViewerSettings& settings) {
    if (settings == m_book.settings)
        return;
    changeBook([&settings](ViewerBook& book) { book.settings = settings; });
    Q_EMIT settingsChanged();
}

} // namespace facelatch::app
