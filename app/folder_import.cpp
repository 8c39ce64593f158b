// SPDX-License-Identifier: GPL-3.0-or-later
// Person by person.
#include "app/folder_import.h"

#include "app/enrolment.h"
#include "core/embedding.h"

#include <algorithm>
#include <filesystem>

namespace facelatch::app {

namespace {

using recognition::EnrolmentOutcome;

/// More pictures of one person add nothing but time; the first by name are taken.
constexpr std::size_t mostPictures = 12, mostPeople = 2000;
/// As EnrolmentSettings::someoneElseScore.
constexpr float samePerson = 0.45F;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::optional<std::vector<float>> meanOf(const std::vector<EnrolmentOutcome>& outcomes) {
    std::vector<std::span<const float>> embeddings;
    for (const EnrolmentOutcome& outcome : outcomes)
        if (!outcome.refusal)
            embeddings.emplace_back(outcome.faceTemplate.values);
    return core::unitMean(embeddings);
}

QJsonObject reportOf(const std::string& name, const std::vector<EnrolmentOutcome>& outcomes) {
    QJsonArray refused;
    for (const EnrolmentOutcome& outcome : outcomes)
        if (outcome.refusal)
            refused.append(QJsonObject{{QStringLiteral("file"), text(outcome.name)},
                                       {QStringLiteral("refusal"), text(recognition::code(*outcome.refusal))},
                                       {QStringLiteral("text"), text(outcome.text)}});
    return {{QStringLiteral("name"), text(name)},
            {QStringLiteral("accepted"), static_cast<int>(outcomes.size()) - static_cast<int>(refused.size())},
            {QStringLiteral("pictures"), refused}};
}

} // namespace

core::Result<std::unique_ptr<FolderImport>> FolderImport::create(ImportContext context, const std::string& folder) {
    std::error_code error;
    if (folder.empty() || !std::filesystem::is_directory(folder, error))
        return core::Error{core::ErrorKind::NotFound, "The folder cannot be read", folder,
                           "Plug the stick in again, or choose another folder"};
    std::vector<PersonFolder> people = peopleIn(folder, 1);
    if (people.empty() || people.size() > mostPeople)
        return core::Error{core::ErrorKind::Usage,
                           people.empty() ? "No folder in it holds a picture" : "There are too many folders", folder,
                           "Make one folder for each person, named after them, with 1 to 12 photographs (JPEG or PNG)"};
    auto enroller = recognition::Enroller::create(context.settings, {}, context.models);
    if (!enroller)
        return enroller.error();
    std::unique_ptr<FolderImport> import(
        new FolderImport(std::move(context), folder, std::move(people), *std::move(enroller)));
    import->m_context.post([](FolderImport& self) { self.next();
});
return import;
} // namespace facelatch::app

FolderImport::FolderImport(ImportContext context, std::string folder, std::vector<PersonFolder> people,
                           std::unique_ptr<recognition::Enroller> enroller)
    : m_context(std::move(context)),
      m_folder(std::move(folder)),
      m_people(std::move(people)),
      m_enroller(std::move(enroller)) {}

void FolderImport::cancel() {
    m_cancelled = m_cancelled || m_running;
}

void FolderImport::next() {
    if (m_next == m_people.size() || m_cancelled) {
        m_running = false;
        m_enroller.reset();
        return;
    }
    const PersonFolder& person = m_people[m_next];
    std::vector<recognition::EnrolmentPicture> pictures;
    for (const auto& file : person.files)
        if (pictures.size() < mostPictures)
            pictures.push_back(readPhotograph(file));
    add(person, m_enroller->enrol(pictures, *m_context.gallery()));
}

bool FolderImport::addedBefore(const std::vector<EnrolmentOutcome>& outcomes, std::string& name) const {
    const auto mean = meanOf(outcomes);
    const auto same = std::find_if(m_added.begin(), m_added.end(), [&](const Added& each) {
        return mean && core::likeness(each.face, *mean) >= samePerson;
    });
    if (same == m_added.end())
        return false;
    name = same->name;
    return true;
}

void FolderImport::add(const PersonFolder& person, const std::vector<EnrolmentOutcome>& outcomes) {
    const QJsonObject report = reportOf(person.name, outcomes);
    std::string same;
    if (report.value(u"accepted").toInt() == 0)
        return note(report, "refused", "None of the pictures can be used");
    if (addedBefore(outcomes, same))
        return note(report, "refused", "This face is enrolled already, as " + same);
    QJsonObject args = personAddArguments(person.name, {}, gathered(outcomes));
    args.insert(QStringLiteral("by"), text(m_context.by));
    Added added{person.name, meanOf(outcomes).value_or(std::vector<float>())};
    m_context.runInStorage(
        QStringLiteral("person.add"), args,
        [post = m_context.post, report, added = std::move(added)](const core::Result<QJsonObject>& result) {
            post([=](FolderImport& self) {
                QJsonObject line = report;
                if (!result)
                    return self.note(line, "failed", result.error().what);
                line.insert(QStringLiteral("id"), result->value(u"id"));
                self.m_added.push_back(added);
                self.note(line, "added", {});
            });
        });
}

void FolderImport::note(QJsonObject person, const char* outcome, const std::string& why) {
    person.insert(QStringLiteral("outcome"), QLatin1String(outcome));
    person.insert(QStringLiteral("why"), text(why));
    m_report.append(person);
    m_refused += std::string_view(outcome) == "added" ? 0 : 1;
    ++m_next;
    m_context.post([](FolderImport& self) { self.next(); });
}

QJsonObject FolderImport::state() const {
    return {
        {QStringLiteral("running"), m_running},
        {QStringLiteral("cancelled"), m_cancelled},
        {QStringLiteral("folder"), text(m_folder)},
        {QStringLiteral("done"), static_cast<int>(m_next)},
        {QStringLiteral("total"), static_cast<int>(m_people.size())},
        {QStringLiteral("current"), m_running && m_next < m_people.size() ? text(m_people[m_next].name) : QString()},
        {QStringLiteral("added"), static_cast<int>(m_added.size())},
        {QStringLiteral("refused"), m_refused},
        {QStringLiteral("people"), m_report}};
}

} // namespace facelatch::app
