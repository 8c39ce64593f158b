// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl backup: write, inspect, restore; person: export, erase.
#include "app/clock.h"
#include "app/ctl.h"
#include "app/ctl_text.h"
#include "app/data_access.h"
#include "app/progress_line.h"
#include "storage/pin_hash.h"

#include <CLI/CLI.hpp>

#include <QDateTime>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <termios.h>
#include <unistd.h>
#include <vector>

namespace facelatch::app {

namespace {

struct Options {
    std::string path, who, receipt;
    std::vector<std::string> without;
    bool yes = false, keepNames = false, json = false;
};
using Shared = std::shared_ptr<Options>;

/// What is typed is not shown while this lives.
class HiddenTyping {
public:
    HiddenTyping() {
        if (::tcgetattr(STDIN_FILENO, &m_before) != 0)
            return;
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_changed = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    ~HiddenTyping() {
        if (m_changed)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    HiddenTyping(const HiddenTyping&) = delete;
    HiddenTyping& operator=(const HiddenTyping&) = delete;

private:
    termios m_before{};
    bool m_changed = false;
};

std::string typed(const char* prompt) {
    std::string line;
    if (::isatty(STDIN_FILENO) == 0) {
        std::getline(std::cin, line);
        return line;
    }
    std::fprintf(stderr, "%s: ", prompt);
    const HiddenTyping hidden;
    std::getline(std::cin, line);
    std::fprintf(stderr, "\n");
    return line;
}

/// From the terminal, twice where it is a new one; else the first line of the standard input. Never an argument, which
/// every user of the machine could read.
core::Result<QString> passphrase(bool isNew) {
    std::string first = typed("Passphrase");
    if (isNew && ::isatty(STDIN_FILENO) != 0) {
        std::string second = typed("The same again");
        const bool same = first == second;
        storage::wipe(second);
        if (!same)
            return core::Error{core::ErrorKind::Usage, "the two passphrases differ", {}, {}};
    }
    QString text = qString(first);
    storage::wipe(first);
    return text;
}

bool agreed(const Options& options, const std::string& question) {
    if (options.yes)
        return true;
    if (::isatty(STDIN_FILENO) == 0) {
        std::fprintf(stderr, "%s\nSay --yes where nobody can be asked.\n", question.c_str());
        return false;
    }
    std::fprintf(stderr, "%s\nType yes: ", question.c_str());
    std::string line;
    std::getline(std::cin, line);
    return line == "yes";
}

QString absolute(const std::string& path) {
    std::error_code ignored;
    return qString(std::filesystem::absolute(path, ignored).lexically_normal().string());
}

QJsonArray parts(const Options& options) {
    QJsonArray parts;
    for (const char* part : {"settings", "log", "pictures"})
        if (std::find(options.without.begin(), options.without.end(), part) == options.without.end())
            parts.append(QLatin1String(part));
    return parts;
}

long long number(const QJsonObject& object, const char* key) {
    return static_cast<long long>(object.value(QLatin1String(key)).toInteger());
}

void printSummary(const QJsonObject& summary) {
    std::printf("door       %s\nwritten    %s by facelatch %s\npeople     %lld with %lld face templates, %lld admins\n",
                textAt(summary, "door").c_str(),
                QDateTime::fromMSecsSinceEpoch(summary.value(u"created").toInteger())
                    .toString(Qt::ISODate)
                    .toUtf8()
                    .constData(),
                textAt(summary, "program").c_str(), number(summary, "people"), number(summary, "templates"),
                number(summary, "principals"));
    const QJsonArray list = summary.value(u"parts").toArray();
    std::printf("log        %s\npictures   %lld\nsettings   %s\n",
                list.contains(QStringLiteral("log")) ? (std::to_string(number(summary, "events")) + " events").c_str()
                                                     : "not in it",
                number(summary, "pictures"), list.contains(QStringLiteral("settings")) ? "in it" : "not in it");
}

int run(const LoadedSettings& loaded, const Options& options, const char* command, QJsonObject args,
        const std::function<void(const QJsonObject&)>& print) {
    DataAccess data(loaded);
    core::Result<QJsonObject> answer = core::fail("not asked");
    {
        ProgressLine line(command, ::isatty(STDERR_FILENO) != 0,
                          [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); });
        answer = data.callLong(QLatin1String(command), args, [&line](std::int64_t done, std::int64_t total) {
            line.show(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total), now().mono);
            return true;
        });
    }
    if (!answer)
        return complain(ctlName, answer.error());
    if (options.json)
        printJson(*answer);
    else
        print(*answer);
    return 0;
}

int write(const LoadedSettings& loaded, const Options& options) {
    const auto secret = passphrase(true);
    if (!secret)
        return complain(ctlName, secret.error());
    return run(loaded, options, "backup.write",
               {{QStringLiteral("folder"), absolute(options.path)},
                {QStringLiteral("parts"), parts(options)},
                {QStringLiteral("passphrase"), *secret}},
               [](const QJsonObject& answer) {
                   printSummary(answer);
                   std::printf("file       %s\nKeep the passphrase: without it nobody can open this file.\n",
                               textAt(answer, "file").c_str());
               });
}

int inspect(const LoadedSettings& loaded, const Options& options) {
    const auto secret = passphrase(false);
    if (!secret)
        return complain(ctlName, secret.error());
    return run(loaded, options, "backup.inspect",
               {{QStringLiteral("file"), absolute(options.path)}, {QStringLiteral("passphrase"), *secret}},
               [](const QJsonObject& answer) {
                   printSummary(answer);
                   std::printf("The file is whole.\n");
               });
}

int restore(const LoadedSettings& loaded, const Options& options) {
    if (!agreed(options, "People, rules, admins and the log in " + loaded.dataFolder + " are replaced by those of " +
                             options.path + "; what is there is kept aside."))
        return core::exitCode(core::ErrorKind::Failed);
    const auto secret = passphrase(false);
    if (!secret)
        return complain(ctlName, secret.error());
    return run(loaded, options, "backup.restore",
               {{QStringLiteral("file"), absolute(options.path)},
                {QStringLiteral("parts"), parts(options)},
                {QStringLiteral("passphrase"), *secret}},
               [](const QJsonObject& answer) {
                   printSummary(answer);
                   std::printf("Restored. A door that runs starts anew now.\nWhat was there is kept in %s\n",
                               textAt(answer, "kept_aside").c_str());
               });
}

int exportPerson(const LoadedSettings& loaded, const Options& options) {
    return run(loaded, options, "person.export",
               {{QStringLiteral("id"), qString(options.who)}, {QStringLiteral("folder"), absolute(options.path)}},
               [](const QJsonObject& answer) {
                   std::printf("%s: %lld events, %lld pictures, %lld face templates. It is not encrypted.\n",
                               textAt(answer, "file").c_str(), number(answer, "events"), number(answer, "pictures"),
                               number(answer, "templates"));
               });
}

int erase(const LoadedSettings& loaded, const Options& options) {
    if (!agreed(options, "Face templates, pictures, PIN, card and key of '" + options.who +
                             "' are erased for good. This cannot be undone."))
        return core::exitCode(core::ErrorKind::Failed);
    QJsonObject args{{QStringLiteral("id"), qString(options.who)}};
    if (options.keepNames)
        args.insert(QStringLiteral("names"), QStringLiteral("keep"));
    if (!options.receipt.empty())
        args.insert(QStringLiteral("folder"), absolute(options.receipt));
    int code = 0;
    const int done = run(loaded, options, "person.erase", args, [&code](const QJsonObject& receipt) {
        QString text = receipt.value(u"text").toString();
        std::printf("%s", text.remove(QLatin1Char('\r')).toUtf8().constData());
        if (const std::string file = textAt(receipt, "file"); !file.empty())
            std::printf("Saved as %s\n", file.c_str());
        if (const std::string why = textAt(receipt, "not_saved"); !why.empty())
            code = complain(ctlName, core::fail(why));
    });
    return done != 0 ? done : code;
}

using Command = int (*)(const LoadedSettings&, const Options&);

CLI::App* addCommand(CLI::App& parent, const char* name, const char* what, CtlAction& action, const Shared& options,
                     Command command) {
    CLI::App* added = parent.add_subcommand(name, what);
    added->add_flag("--json", options->json, "The answer as one JSON object");
    added->callback([&action, options, command] {
        action = [options, command](const LoadedSettings& loaded) { return command(loaded, *options); };
    });
    return added;
}

void addWithout(CLI::App& command, const Shared& options) {
    command.add_option("--without", options->without, "Leave out: settings, log, pictures; may be given several times")
        ->check(CLI::IsMember({"settings", "log", "pictures"}))
        ->type_name("PART")
        ->allow_extra_args(false);
}

} // namespace

void addBackupCommands(CLI::App& program, CtlAction& action) {
    CLI::App* backup = program.add_subcommand("backup", "Everything this door remembers, in one encrypted file")
                           ->require_subcommand(1);
    auto options = std::make_shared<Options>();
    CLI::App* writing = addCommand(*backup, "write", "Writes a backup into a folder", action, options, write);
    writing->add_option("folder", options->path, "Such as a stick's")->required();
    addWithout(*writing, options);
    CLI::App* looking =
        addCommand(*backup, "inspect", "Verifies a backup and says what is in it", action, options, inspect);
    looking->add_option("file", options->path)->required();
    CLI::App* restoring =
        addCommand(*backup, "restore", "Puts a backup in the place of what is there", action, options, restore);
    restoring->add_option("file", options->path)->required();
    restoring->add_flag("--yes", options->yes, "Do not ask");
    addWithout(*restoring, options);
}

void addPersonDataCommands(CLI::App& person, CtlAction& action) {
    auto options = std::make_shared<Options>();
    CLI::App* exporting =
        addCommand(person, "export", "Everything kept about a person, as a ZIP file", action, options, exportPerson);
    exporting->add_option("who", options->who, "Name or id")->required();
    exporting->add_option("folder", options->path, "Where the file is to be")->required();
    CLI::App* erasing = addCommand(person, "erase", "Erases a person and gives a receipt", action, options, erase);
    erasing->add_option("who", options->who, "Name or id")->required();
    erasing->add_flag("--keep-names", options->keepNames,
                      "Leave the name in past events (else as privacy.erase_names)");
    erasing->add_option("--receipt", options->receipt, "Save the receipt in this folder")->type_name("DIR");
    erasing->add_flag("--yes", options->yes, "Do not ask");
}

} // namespace facelatch::app
