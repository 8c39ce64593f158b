// SPDX-License-Identifier: GPL-3.0-or-later
// Photographs to a person.
#include "app/enrolment.h"

#include "app/use_cases.h"
#include "recognition/pictures.h"

#include <QJsonArray>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace facelatch::app {

namespace {

constexpr std::size_t mostPhotographs = 50;
/// Read no further than what the decoder would refuse as too large anyway.
constexpr std::uintmax_t mostBytes = (std::uintmax_t{30} << 20) + 1;

std::vector<std::uint8_t> contentsOf(const std::filesystem::path& path) {
    std::error_code error;
    const std::uintmax_t size = std::min(std::filesystem::file_size(path, error), mostBytes);
    std::ifstream file(path, std::ios::binary);
    if (error || !file)
        return {};
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    return bytes;
}

} // namespace

recognition::EnrolmentPicture readPhotograph(const std::filesystem::path& file) {
    return {file.filename().string(), contentsOf(file), {}};
}

core::Result<std::vector<recognition::EnrolmentPicture>> readPhotographs(const std::string& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
        if (entry->is_regular_file(error) && entry->path().filename().string().front() != '.')
            files.push_back(entry->path());
    if (error)
        return core::fail("The folder of photographs cannot be read: " + error.message(), folder,
                          "Give a folder that holds photographs of one person");
    if (files.empty() || files.size() > mostPhotographs)
        return core::fail(
            files.empty() ? "There is no photograph in the folder" : "There are too many files in the folder", folder,
            "Put between 1 and 50 photographs of one person into it; 3 to 5 good ones are enough");
    std::sort(files.begin(), files.end());
    std::vector<recognition::EnrolmentPicture> pictures;
    pictures.reserve(files.size());
    for (const std::filesystem::path& file : files)
        pictures.push_back(readPhotograph(file));
    return pictures;
}

Enrolment gathered(const std::vector<recognition::EnrolmentOutcome>& outcomes) {
    Enrolment enrolment;
    for (const recognition::EnrolmentOutcome& outcome : outcomes) {
        if (outcome.refusal)
            continue;
        if (enrolment.templates.empty())
            if (auto jpeg = recognition::encodeJpeg(outcome.thumbnail))
                enrolment.portraitJpeg = *std::move(jpeg);
        enrolment.templates.push_back(outcome.faceTemplate);
    }
    return enrolment;
}

QJsonObject personAddArguments(const std::string& name, const std::string& card, const Enrolment& enrolment) {
    QJsonArray templates;
    for (const core::FaceTemplate& item : enrolment.templates)
        templates.append(toJson(item));
    const QByteArray portrait(reinterpret_cast<const char*>(enrolment.portraitJpeg.data()),
                              static_cast<qsizetype>(enrolment.portraitJpeg.size()));
    return {{QStringLiteral("name"), QString::fromStdString(name)},
            {QStringLiteral("card"), QString::fromStdString(card)},
            {QStringLiteral("templates"), templates},
            {QStringLiteral("portrait"), QString::fromLatin1(portrait.toBase64())}};
}

} // namespace facelatch::app
