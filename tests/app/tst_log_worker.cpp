// SPDX-License-Identifier: GPL-3.0-or-later
// The log thread's answers: pictures made small, what a score is held against, errors passed on.
#include "app/log_worker.h"

#include <gtest/gtest.h>

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QTemporaryDir>

#include <optional>

using namespace facelatch;

namespace {

QByteArray jpeg(int width, int height) {
    QImage picture(width, height, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    picture.save(&out, "jpeg");
    return out.data();
}

core::Result<QJsonObject> run(const app::LogContext& context, const char* command, const QJsonObject& args) {
    static int argc = 1;
    static char name[] = "test";
    static char* argv[] = {name, nullptr};
    if (QCoreApplication::instance() == nullptr)
        new QCoreApplication(argc, argv); // lives as long as the process: Qt's drivers want one
    app::LogWorker worker(context);
    std::optional<core::Result<QJsonObject>> answer;
    worker.run(QLatin1String(command), args, [&](const core::Result<QJsonObject>& result) { answer = result; });
    return answer.value_or(core::fail("no answer"));
}

QByteArray pictureOf(const core::Result<QJsonObject>& answer) {
    return QByteArray::fromBase64(answer->value(u"jpeg").toString().toLatin1());
}

} // namespace

TEST(LogWorker, picturesAreMadeSmallerNeverLarger) {
    const QByteArray large = jpeg(640, 480);
    EXPECT_EQ(QImage::fromData(*app::smallerJpeg(large, 96)).size(), QSize(96, 72));
    EXPECT_EQ(QImage::fromData(*app::smallerJpeg(jpeg(480, 640), 96)).size(), QSize(72, 96));
    EXPECT_EQ(*app::smallerJpeg(large, 640), large);
    EXPECT_EQ(*app::smallerJpeg(large, 5000), large);
    EXPECT_FALSE(app::smallerJpeg("no picture", 96));
    EXPECT_FALSE(app::smallerJpeg(large.left(40), 96));
}

TEST(LogWorker, asksTheStoreForPictures) {
    const QByteArray large = jpeg(640, 480);
    QJsonObject asked;
    app::LogContext context;
    context.fetchPicture = [&](const QJsonObject& args, const app::CommandReply& reply) {
        asked = args;
        reply(QJsonObject{{QStringLiteral("jpeg"), QString::fromLatin1(large.toBase64())}});
    };
    const QJsonObject small{{QStringLiteral("name"), QStringLiteral("x")}, {QStringLiteral("side"), 64}};
    EXPECT_EQ(QImage::fromData(pictureOf(run(context, "log.picture", small))).width(), 64);
    EXPECT_EQ(asked.value(u"name"), QStringLiteral("x"));
    EXPECT_EQ(pictureOf(run(context, "log.picture", {{QStringLiteral("name"), QStringLiteral("x")}})), large);
    context.fetchPicture = [](const QJsonObject&, const app::CommandReply& reply) { reply(core::fail("gone")); };
    EXPECT_EQ(run(context, "log.picture", small).error().what, "gone");
}

TEST(LogWorker, withoutALogItSaysSo) {
    const QTemporaryDir dir;
    app::LogContext context;
    context.dataFolder = dir.path().toStdString();
    EXPECT_EQ(run(context, "log.visits", {}).error().kind, core::ErrorKind::NotFound);
}

TEST(LogWorker, aVisitComesWithWhatItsScoresAreHeldAgainst) {
    const QTemporaryDir dir;
    const auto folder = storage::DataFolder::claim(dir.path().toStdString());
    ASSERT_TRUE(folder);
    storage::StoreOptions options;
    options.credentialsDirectory.clear();
    ASSERT_TRUE(storage::Store::open(*folder, options));
    app::LogContext context;
    context.dataFolder = folder->path();
    context.modelId = "net";
    context.rule.threshold = 0.25F;
    const auto shown =
        run(context, "log.visit", {{QStringLiteral("visit"), QStringLiteral("01900000-0000-7000-8000-000000000000")}});
    ASSERT_TRUE(shown) << shown.error().text();
    EXPECT_EQ(shown->value(u"model"), QStringLiteral("net"));
    EXPECT_EQ(shown->value(u"threshold").toDouble(), 0.25);
    EXPECT_FALSE(run(context, "log.nonsense", {}));
}
