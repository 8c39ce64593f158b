// SPDX-License-Identifier: GPL-3.0-or-later
// AdminShell: the rail, the way back, and the page in front.
#pragma once

#include "ui/admin_page.h"
#include "ui/icon.h"

#include <functional>
#include <map>
#include <vector>

class QBoxLayout;
class QStackedLayout;

namespace facelatch::ui {

class AdminRail;
class Button;
class NoticeBar;

/// The entries of the rail, in its order; Leave comes after them.
enum class Section { People, Access, Log, Settings, System };

/// A row of the table of pages (ui/admin_pages.cpp).
struct AdminEntry {
    Section section;
    QStringList needs; ///< codes of core::Action; the entry is shown to whoever may do one of them
    std::function<AdminPage*(const AdminContext& context, QWidget* parent)> make;
};

/// Shows sections, each made when it is first opened, and at most one page over them. Gui thread.
class AdminShell : public QWidget, public Styled {
    Q_OBJECT
public:
    /// `context` must outlive it. Opens the first section.
    AdminShell(const AdminContext& context, std::vector<AdminEntry> entries, QWidget* parent = nullptr);

    void open(Section section);
    /// The page in front; null where nobody may see any.
    AdminPage* page() const;
    void tell(const QString& text, const std::function<void()>& undo = {});
    /// Without the rail while something else needs the room, such as the keyboard.
    void setNarrow(bool narrow);
    void restyle(const Style& style) override;

Q_SIGNALS:
    void leaves();
    /// A page is in use without being touched.
    void inUse();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void goBack();
    void closeDetail();
    void show(AdminPage* page);
    void showDetail(AdminPage* page);
    void adopt(AdminPage* page);
    void showHeader();
    void placeNotice();

    const AdminContext& m_context;
    std::vector<AdminEntry> m_entries;
    Style m_style;
    QBoxLayout* m_outer;
    AdminRail* m_rail;
    QWidget* m_side; ///< all but the rail
    Button* m_back;
    TextBlock* m_title;
    TextBlock* m_who;
    QBoxLayout* m_head;
    QBoxLayout* m_column;
    QStackedLayout* m_stack;
    NoticeBar* m_notice;
    std::map<Section, AdminPage*> m_pages;
    Section m_section = Section::People;
    AdminPage* m_detail = nullptr;
    bool m_narrow = false;
};

} // namespace facelatch::ui
