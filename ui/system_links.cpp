// SPDX-License-Identifier: GPL-3.0-or-later
// Which pages open from the system's page: a line each.
#include "ui/admins_page.h"
#include "ui/backup_page.h"
#include "ui/pairing_words.h"
#include "ui/system_page.h"
#include "ui/system_words.h"
#include "ui/viewers_page.h"

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
        {"systemViewers", Icon::Screen, PairingWords::title(), PairingWords::titleLine(), "manage_principals",
         make<ViewersPage>},
        {"systemBackup", Icon::Usb, SystemWords::backup(), SystemWords::backupLine(), "back_up", make<BackupPage>},
    };
}

} // namespace facelatch::ui
