// SPDX-License-Identifier: GPL-3.0-or-later
// Which pages open from the system's page: a line each.
#include "ui/admins_page.h"
#include "ui/backup_page.h"
#include "ui/system_page.h"
#include "ui/system_words.h"

namespace facelatch::ui {

namespace {

template<typename PageType>
AdminPage* make(const AdminContext& context) {
    return new PageType(context);
}

} // namespace

std::vector<SystemLink> systemLinks() {
    return {
        {"systemAdmins", Icon::Key, AdminsWords::title(), SystemWords::adminsLine(), "manage_principals",
         make<AdminsPage>},
        {"systemBackup", Icon::Usb, SystemWords::backup(), SystemWords::backupLine(), "back_up", make<BackupPage>},
    };
}

} // namespace facelatch::ui
