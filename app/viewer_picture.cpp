// SPDX-License-Identifier: GPL-3.0-or-later
// JPEGs of a door.
#include "app/viewer_picture.h"

#include <QBuffer>
#include <QImageReader>
#include <QJsonArray>

#include <algorithm>

namespace facelatch::app {

namespace {
constexpr int largestSide = 8192;
constexpr int boxNumbers = 4;
constexpr qsizetype mostFaces = 64;
} // namespace

QImage pictureFrom(const QByteArray& jpeg, int side) {
    QBuffer bytes;
    bytes.setData(jpeg);
    QImageReader reader(&bytes, "jpeg");
    const QSize size = reader.size();
    if (!size.isValid() || std::max(size.width(), size.height()) > largestSide)
        return {};
    if (std::max(size.width(), size.height()) > side)
        reader.setScaledSize(size.scaled(side, side, Qt::KeepAspectRatio)); // decoded small at once
    return reader.read();
}

std::vector<ui::LiveFace> liveFaces(const QJsonObject& header) {
    std::vector<ui::LiveFace> faces;
    for (const auto& value : header.value(u"faces").toArray()) {
        const QJsonArray box = value.toObject().value(u"box").toArray();
        if (box.size() != boxNumbers || static_cast<qsizetype>(faces.size()) >= mostFaces)
            continue;
        const auto at = [&box](int i) { return static_cast<float>(box.at(i).toDouble()); };
        const QString kind = value.toObject().value(u"kind").toString();
        faces.push_back({{at(0), at(1), at(2), at(3)},
                         kind == u"claimant"  ? ui::LiveFace::Kind::Claimant
                         : kind == u"granted" ? ui::LiveFace::Kind::Granted
                         : kind == u"refused" ? ui::LiveFace::Kind::Refused
                                              : ui::LiveFace::Kind::Other});
    }
    return faces;
}

} // namespace facelatch::app
