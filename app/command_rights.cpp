// SPDX-License-Identifier: GPL-3.0-or-later
// Command by command, what it needs.
#include "app/command_rights.h"

#include <cstring>

namespace facelatch::app {

namespace {

using core::Action;

// Whoever enrols may look into sticks for photographs. A test of the lock opens the door: for those who set it up.
constexpr CommandRight rows[] = {
    {"person.list", Action::ReadPeople},
    {"person.show", Action::ReadPeople},
    {"person.portrait", Action::ReadPeople},
    {"person.close", Action::ReadPeople},
    {"person.add", Action::EnrolPerson},
    {"person.set", Action::ChangePerson},
    {"person.remove", Action::RemovePerson},
    {"person.erase", Action::RemovePerson},
    {"person.export", Action::ExportPerson},
    {"person.face_and_pin", Action::ChangeAccess},
    {"enrol.", Action::EnrolPerson},
    {"folder.list", Action::EnrolPerson},
    {"log.", Action::ReadLog},
    {"audit.list", Action::ReadAudit},
    {"audit.verify", Action::ReadAudit},
    {"group.list", Action::ReadAccess},
    {"group.add", Action::ChangeAccess},
    {"group.members", Action::ChangeAccess},
    {"group.set", Action::ChangeAccess},
    {"group.remove", Action::ChangeAccess},
    {"schedule.list", Action::ReadAccess},
    {"schedule.show", Action::ReadAccess},
    {"schedule.add", Action::ChangeAccess},
    {"schedule.set", Action::ChangeAccess},
    {"schedule.remove", Action::ChangeAccess},
    {"holiday.list", Action::ReadAccess},
    {"holiday.add", Action::ChangeAccess},
    {"holiday.remove", Action::ChangeAccess},
    {"rule.list", Action::ReadAccess},
    {"rule.add", Action::ChangeAccess},
    {"rule.remove", Action::ChangeAccess},
    {"access.preview", Action::ReadAccess},
    {"settings.", Action::ChangeSettings},
    {"system.", Action::ChangeSettings},
    {"sound.", Action::ChangeSettings},
    {"storage.health", Action::ChangeSettings},
    {"lock.test", Action::ChangeSettings},
    {"door.state", Action::ViewLive},
    {"backup.", Action::BackUp},
    {"admin.", Action::ManagePrincipals},
    {"viewer.", Action::ManagePrincipals},
    {"tls.", Action::ManagePrincipals},
};

constexpr CommandRight atScreen[] = {
    {"door.unlock", Action::UnlockDoor},
    {"door.lockdown", Action::LockDown},
};

} // namespace

std::span<const CommandRight> commandRights() {
    return rows;
}

std::optional<Action> actionOf(const QString& command) {
    std::optional<Action> action;
    std::size_t longest = 0;
    for (const CommandRight& row : rows) {
        const std::size_t length = std::strlen(row.command);
        const QLatin1String text(row.command);
        const bool fits = row.command[length - 1] == '.' ? command.startsWith(text) : command == text;
        if (fits && length > longest) {
            action = row.action;
            longest = length;
        }
    }
    return action;
}

std::optional<Action> actionAtScreen(const QString& command) {
    for (const CommandRight& row : atScreen)
        if (command == QLatin1String(row.command))
            return row.action;
    return actionOf(command);
}

} // namespace facelatch::app
