// SPDX-License-Identifier: GPL-3.0-or-later
// Which pages there are.
#include "ui/admin_pages.h"

#include "ui/access_page.h"
#include "ui/log_page.h"
#include "ui/people_page.h"
#include "ui/settings_page.h"
#include "ui/system_page.h"

namespace facelatch::ui {

namespace {

template<typename PageType>
AdminPage* make(const AdminContext& context, QWidget* parent) {
    return new PageType(context, parent);
}

} // namespace

std::vector<AdminEntry> adminPages() {
    return {
        // A row: section, the rights of which one is needed, make<PageType>.
        {Section::People, {QStringLiteral("read_people")}, make<PeoplePage>},
        {Section::Access, {QStringLiteral("read_access")}, make<AccessPage>},
        {Section::Log, {QStringLiteral("read_log"), QStringLiteral("read_audit")}, make<LogPage>},
        {Section::Settings, {QStringLiteral("change_settings")}, make<SettingsPage>},
        {Section::System, {QStringLiteral("change_settings")}, make<SystemPage>},
    };
}

} // namespace facelatch::ui
