// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures for those who look.
#include "app/live_worker.h"

#include "recognition/pictures.h"

#include <QJsonArray>

#include <algorithm>

namespace facelatch::app {

namespace {

constexpr int smallestWidth = 160, largestWidth = 1280, highestRate = 15;
constexpr int quality = 70;
/// A camera that stopped must not show who stood there a while ago.
constexpr core::milliseconds oldest{3000};

QByteArray jpegOf(const core::Image& image, int width) {
    const int side = image.height() <= image.width()
                         ? width
                         : static_cast<int>(std::int64_t{width} * image.height() / image.width());
    const auto jpeg = recognition::encodeJpeg(image, quality, side);
    return jpeg ? QByteArray(reinterpret_cast<const char*>(jpeg->data()), static_cast<qsizetype>(jpeg->size()))
                : QByteArray();
}

} // namespace

LiveWorker::LiveWorker(LiveContext context) : m_context(std::move(context)) {
    connect(&m_timer, &QTimer::timeout, this, [this] { next(); });
}

void LiveWorker::want(int width, int fps) {
    if (width <= 0 || fps <= 0) {
        m_timer.stop();
        return;
    }
    m_width = std::clamp(width, smallestWidth, largestWidth);
    m_timer.start(1000 / std::clamp(fps, 1, highestRate));
}

QByteArray LiveWorker::picture(int width) const {
    const auto frame = m_context.frames.newerThan(0);
    return frame && m_context.now().mono - frame->capturedAt <= oldest ? jpegOf(frame->image, width) : QByteArray();
}

void LiveWorker::next() {
    const auto frame = m_context.frames.newerThan(m_seen);
    if (!frame)
        return;
    m_seen = frame->number;
    const core::Now at = m_context.now();
    if (at.mono - frame->capturedAt > oldest)
        return;
    const core::Image small = recognition::scaledDown(
        frame->image, frame->image.height() <= frame->image.width()
                          ? m_width
                          : static_cast<int>(std::int64_t{m_width} * frame->image.height() / frame->image.width()));
    const QByteArray jpeg = jpegOf(small, small.width());
    if (jpeg.isEmpty())
        return;
    const auto age = std::chrono::duration_cast<core::milliseconds>(at.mono - frame->capturedAt);
    m_context.made({{QStringLiteral("time"), QString::fromStdString(core::rfc3339Utc(at.wall - age))},
                    {QStringLiteral("width"), small.width()},
                    {QStringLiteral("height"), small.height()},
                    {QStringLiteral("faces"), faceBoxes(m_context.view.get(), small.width(), small.height())}},
                   jpeg);
}

QJsonArray faceBoxes(const core::VisitorView& view, int width, int height) {
    QJsonArray faces;
    if (view.frameWidth <= 0 || view.frameHeight <= 0)
        return faces;
    const double across = static_cast<double>(width) / view.frameWidth;
    const double down = static_cast<double>(height) / view.frameHeight;
    const auto add = [&](const core::RectF& box, const char* kind) {
        faces.append(QJsonObject{
            {QStringLiteral("box"), QJsonArray{box.x * across, box.y * down, box.width * across, box.height * down}},
            {QStringLiteral("kind"), QLatin1String(kind)}});
    };
    if (view.claimant)
        add(*view.claimant, view.screen == core::Screen::Granted   ? "granted"
                            : view.screen == core::Screen::Refused ? "refused"
                                                                   : "claimant");
    for (const core::RectF& other : view.others)
        add(other, "other");
    return faces;
}

} // namespace facelatch::app
