// SPDX-License-Identifier: GPL-3.0-or-later
// Moving between the admin's pages.
#include "ui/admin_shell.h"

#include "ui/admin_rail.h"
#include "ui/admin_words.h"
#include "ui/feedback.h"
#include "ui/kit_words.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QStackedLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace facelatch::ui {

using resources::Palette;

namespace {

constexpr int leaveEntry = -1;

struct Face {
    Icon icon;
    const char* name; ///< of the object
};
/// In the order of Section.
constexpr std::array faces{Face{Icon::People, "railPeople"}, Face{Icon::Calendar, "railAccess"},
                           Face{Icon::Log, "railLog"}, Face{Icon::Sliders, "railSettings"},
                           Face{Icon::Device, "railSystem"}};

bool mayAny(const AdminContext& context, const QStringList& needs) {
    return std::any_of(needs.begin(), needs.end(), [&](const QString& code) { return context.may.contains(code); });
}

} // namespace

AdminShell::AdminShell(const AdminContext& context, std::vector<AdminEntry> entries, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_entries(std::move(entries)),
      m_outer(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_rail(new AdminRail(this)),
      m_side(new QWidget(this)),
      m_back(new Button(Button::Kind::Quiet, Icon::Back, {}, m_side)),
      m_title(new TextBlock({.fits = {{resources::fontTitle, 1}, {resources::fontBody, 1}, {resources::fontSmall, 2}},
                             .bold = true,
                             .balanced = false},
                            m_side)),
      m_who(new TextBlock({.fits = {{resources::fontSmall, 1}}, .colour = &Palette::muted}, m_side)),
      m_head(new QHBoxLayout),
      m_column(new QVBoxLayout(m_side)),
      m_stack(new QStackedLayout),
      m_notice(new NoticeBar(m_side)) {
    setObjectName(QStringLiteral("adminShell"));
    m_back->setObjectName(QStringLiteral("adminBack"));
    m_back->setAccessibleName(KitWords::back());
    m_title->setObjectName(QStringLiteral("adminTitle"));
    m_who->setObjectName(QStringLiteral("adminWho"));
    m_who->setText(cleanName(m_context.admin).left(resources::longestWho));
    m_who->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    std::erase_if(m_entries, [&](const AdminEntry& entry) { return !mayAny(m_context, entry.needs); });
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const auto& a, const auto& b) { return a.section < b.section; });
    for (const AdminEntry& entry : m_entries) {
        const auto index = static_cast<std::size_t>(entry.section);
        m_rail->addEntry(static_cast<int>(index), faces[index].icon, AdminWords::section(entry.section),
                         QLatin1String(faces[index].name));
    }
    m_rail->addEntry(leaveEntry, Icon::Exit, AdminWords::leave(), QStringLiteral("railLeave"));
    m_head->addWidget(m_back);
    m_head->addWidget(m_title, 1);
    m_head->addWidget(m_who);
    m_column->addLayout(m_head);
    m_column->addLayout(m_stack, 1);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_outer->setContentsMargins(0, 0, 0, 0);
    m_outer->setSpacing(0);
    m_outer->addWidget(m_rail);
    m_outer->addWidget(m_side, 1);
    connect(m_back, &QAbstractButton::clicked, this, &AdminShell::goBack);
    connect(m_notice, &NoticeBar::changed, this, &AdminShell::placeNotice);
    connect(m_rail, &AdminRail::pressed, this, [this](int number) {
        if (number == leaveEntry)
            Q_EMIT leaves();
        else
            open(static_cast<Section>(number));
    });
    connect(&m_context.port, &AdminPort::changed, this, [this](const QString& what) {
        if (AdminPage* front = page())
            front->changed(what);
    });
    if (!m_entries.empty())
        open(m_entries.front().section);
    showHeader();
}

AdminPage* AdminShell::page() const {
    return qobject_cast<AdminPage*>(m_stack->currentWidget());
}

void AdminShell::open(Section section) {
    const auto entry =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const auto& each) { return each.section == section; });
    if (entry == m_entries.end())
        return;
    closeDetail();
    AdminPage*& made = m_pages[section];
    if (made == nullptr) {
        made = entry->make(m_context, m_side);
        adopt(made);
    }
    m_section = section;
    m_rail->setCurrent(static_cast<int>(section));
    show(made);
}

void AdminShell::adopt(AdminPage* page) {
    m_stack->addWidget(page);
    page->restyle(m_style);
    restyleAll(*page, m_style);
    connect(page, &AdminPage::notice, this, &AdminShell::tell);
    connect(page, &AdminPage::titleChanged, this, &AdminShell::showHeader);
    connect(page, &AdminPage::opens, this, &AdminShell::showDetail);
    connect(page, &AdminPage::inUse, this, &AdminShell::inUse);
    connect(page, &AdminPage::done, this, [this, page] {
        if (page != m_detail)
            return;
        closeDetail();
        show(m_pages[m_section]);
    });
}

void AdminShell::show(AdminPage* page) {
    setFocus(Qt::OtherFocusReason); // else it goes from the page before to whatever comes next, with a ring
    m_stack->setCurrentWidget(page);
    showHeader();
    page->shown();
}

void AdminShell::showDetail(AdminPage* page) {
    closeDetail();
    m_detail = page;
    adopt(page);
    show(page);
}

/// It may be the one that asks for it: it goes when the event is over.
void AdminShell::closeDetail() {
    AdminPage* gone = std::exchange(m_detail, nullptr);
    if (gone == nullptr)
        return;
    m_stack->removeWidget(gone);
    gone->hide();
    gone->disconnect(this);
    gone->deleteLater();
}

void AdminShell::goBack() {
    AdminPage* front = page();
    if (front != nullptr && front->back()) {
        showHeader();
        return;
    }
    if (m_detail == nullptr)
        return;
    closeDetail();
    show(m_pages[m_section]);
}

/// Back at the first level belongs to pages that have steps of their own: they take it by title and back().
void AdminShell::showHeader() {
    const AdminPage* front = page();
    m_title->setText(front != nullptr ? front->title() : AdminWords::nothingAllowed());
    m_back->setVisible(m_detail != nullptr || (front != nullptr && front->hasBack()));
    m_who->setVisible(m_detail == nullptr && !m_narrow && !m_style.portrait);
    m_rail->setVisible(!m_narrow && (front == nullptr || !front->wide()));
    m_side->updateGeometry();
}

void AdminShell::tell(const QString& text, const std::function<void()>& undo) {
    m_notice->tell(text, undo);
}

void AdminShell::setNarrow(bool narrow) {
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    restyle(m_style);
}

void AdminShell::restyle(const Style& style) {
    m_style = style;
    m_outer->setDirection(style.portrait ? QBoxLayout::BottomToTop : QBoxLayout::LeftToRight);
    const int edge = style.px(resources::spaceS), above = style.px(m_narrow ? 0 : resources::spaceXs);
    m_head->setContentsMargins(edge, above, edge, 0);
    m_head->setSpacing(style.px(resources::spaceXs));
    m_title->setMinimumHeight(style.px(resources::listRow));
    showHeader();
    placeNotice();
}

void AdminShell::resizeEvent(QResizeEvent*) {
    placeNotice();
}

/// Over the foot of the page, which it covers for some seconds.
void AdminShell::placeNotice() {
    if (m_notice->isHidden())
        return;
    const int edge = m_style.px(resources::spaceS);
    const QRect side = m_side->rect();
    const int wide = side.width() - 2 * edge, high = m_notice->heightFor(wide);
    m_notice->setGeometry(edge, side.height() - edge - high, wide, high);
    m_notice->raise();
}

void AdminShell::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Back)
        goBack();
    else
        QWidget::keyPressEvent(event);
}

} // namespace facelatch::ui
