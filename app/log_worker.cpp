// SPDX-License-Identifier: GPL-3.0-or-later
// Commands of the log screen.
#include "app/log_worker.h"

#include "app/use_cases.h"
#include "storage/log_reader.h"

#include <QBuffer>
#include <QImageReader>
#include <QImageWriter>

#include <algorithm>

namespace facelatch::app {

namespace {

constexpr int smallestSide = 32, largestSide = 1920, quality = 80;

core::Result<QJsonObject> madeSmaller(const core::Result<QJsonObject>& answer, int side) {
    if (!answer || side <= 0)
        return answer;
    const auto small = smallerJpeg(QByteArray::fromBase64(answer->value(u"jpeg").toString().toLatin1()),
                                   std::clamp(side, smallestSide, largestSide));
    if (!small)
        return small.error();
    return QJsonObject{{QStringLiteral("jpeg"), QString::fromLatin1(small->toBase64())}};
}

} // namespace

core::Result<QByteArray> smallerJpeg(const QByteArray& jpeg, int side) {
    QBuffer bytes;
    bytes.setData(jpeg);
    QImageReader reader(&bytes, "jpeg");
    const QSize size = reader.size();
    if (!size.isValid())
        return core::fail("the picture cannot be read");
    if (std::max(size.width(), size.height()) <= side)
        return jpeg;
    reader.setScaledSize(size.scaled(side, side, Qt::KeepAspectRatio)); // decoded small at once
    const QImage picture = reader.read();
    QBuffer out;
    QImageWriter writer(&out, "jpeg");
    writer.setQuality(quality);
    if (picture.isNull() || !out.open(QIODevice::WriteOnly) || !writer.write(picture))
        return core::fail("the picture cannot be read");
    return out.data();
}

void LogWorker::run(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    if (command == u"log.picture") {
        const int side = args.value(u"side").toInt();
        m_context.fetchPicture(
            args, [side, reply](const core::Result<QJsonObject>& answer) { reply(madeSmaller(answer, side)); });
        return;
    }
    // Opened anew for each question: cheap, and a salvaged or restored log is seen.
    const auto reader = storage::LogReader::open(m_context.dataFolder);
    if (!reader) {
        reply(reader.error());
        return;
    }
    auto answer = runLogCommand(**reader, command, args);
    if (answer && command == u"log.visit") {
        answer->insert(QStringLiteral("model"), QString::fromStdString(m_context.modelId));
        answer->insert(QStringLiteral("threshold"), static_cast<double>(m_context.rule.threshold));
    }
    reply(answer);
}

LogThread::LogThread(LogContext context) {
    context.fetchPicture = [this, fetch = std::move(context.fetchPicture)](const QJsonObject& args,
                                                                           const CommandReply& reply) {
        fetch(args, [this, reply](const core::Result<QJsonObject>& answer) {
            m_thread->post([reply, answer](LogWorker&) { reply(answer); });
        });
    };
    m_thread = std::make_unique<WorkerThread<LogWorker>>(
        QStringLiteral("log"), [context = std::move(context)] { return std::make_unique<LogWorker>(context); });
}

void LogThread::run(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    m_thread->post([=](LogWorker& worker) { worker.run(command, args, reply); });
}

} // namespace facelatch::app
