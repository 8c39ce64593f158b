// SPDX-License-Identifier: GPL-3.0-or-later
// Notifications on a desktop that has a service for them, on one that has none, and on one that loses it.
#include "app/viewer_notifier.h"
#include "notice_desktop.h"

#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::testing;
using app::Notice;
using app::ViewerNotifier;

namespace {

constexpr int longEnough = 60'000;

Notice notice(const char* key, const char* text = "Not recognised") {
    Notice one;
    one.key = QLatin1String(key);
    one.title = QStringLiteral("Unknown was refused: Workshop");
    one.text = QLatin1String(text);
    return one;
}

} // namespace

class TstViewerNotifier : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_bus = std::make_unique<PrivateBus>();
        if (m_bus->address().isEmpty())
            QSKIP("dbus-daemon is not installed (packaging/packages.txt)");
    }

    void aNoticeIsShownAndOpened() {
        NoticeDesktop desktop(m_bus->connect(QStringLiteral("desktop-1")));
        ViewerNotifier notifier(m_bus->connect(QStringLiteral("viewer-1")));
        QSignalSpy opened(&notifier, &ViewerNotifier::opened);
        notifier.show(notice("a", "<b>Not</b> & recognised")); // it waits for the desktop's answer
        QTRY_COMPARE_WITH_TIMEOUT(desktop.notified.size(), std::size_t{1}, longEnough);
        const Notified& shown = desktop.notified.front();
        QCOMPARE(shown.title, QStringLiteral("Unknown was refused: Workshop"));
        QCOMPARE(shown.text, QStringLiteral("&lt;b&gt;Not&lt;/b&gt; &amp; recognised"));
        QVERIFY(shown.actions.contains(QStringLiteral("default")));
        QVERIFY(!shown.hints.contains(QStringLiteral("image-data")));
        QCOMPARE(shown.replaces, 0U);
        QCOMPARE(notifier.way(), ViewerNotifier::Way::Service);
        desktop.open(shown.id + 5); // another program's
        desktop.open(shown.id);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, longEnough);
        QCOMPARE(opened.front().front().value<Notice>().key, QStringLiteral("a"));
    }

    void thePictureComesInItsPlace() {
        NoticeDesktop desktop(m_bus->connect(QStringLiteral("desktop-2")));
        ViewerNotifier notifier(m_bus->connect(QStringLiteral("viewer-2")));
        notifier.show(notice("a"));
        QImage picture(600, 300, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QTRY_COMPARE_WITH_TIMEOUT(notifier.way(), ViewerNotifier::Way::Service, longEnough);
        notifier.addPicture(QStringLiteral("a"), picture); // before the service has answered the first
        notifier.addPicture(QStringLiteral("other"), picture);
        QTRY_COMPARE_WITH_TIMEOUT(desktop.notified.size(), std::size_t{2}, longEnough);
        const Notified& second = desktop.notified.back();
        QCOMPARE(second.replaces, desktop.notified.front().id);
        const QDBusArgument raw = second.hints.value(QStringLiteral("image-data")).value<QDBusArgument>();
        int width = 0, height = 0, stride = 0, bits = 0, samples = 0;
        bool alpha = false;
        QByteArray bytes;
        raw.beginStructure();
        raw >> width >> height >> stride >> alpha >> bits >> samples >> bytes;
        raw.endStructure();
        QCOMPARE(QSize(width, height), QSize(256, 128));
        QCOMPARE(bits * samples, 32);
        QCOMPARE(bytes.size(), qsizetype{stride} * height);
        QCOMPARE(static_cast<uchar>(bytes.at(0)), uchar{255}); // red comes first
    }

    void whatIsOverIsTakenAway() {
        NoticeDesktop desktop(m_bus->connect(QStringLiteral("desktop-3")));
        ViewerNotifier notifier(m_bus->connect(QStringLiteral("viewer-3")));
        notifier.show(notice("ring"));
        QTRY_COMPARE_WITH_TIMEOUT(notifier.way(), ViewerNotifier::Way::Service, longEnough);
        notifier.close(QStringLiteral("ring")); // before its number is known
        QTRY_COMPARE_WITH_TIMEOUT(desktop.closed.size(), std::size_t{1}, longEnough);
        QCOMPARE(desktop.closed.front(), desktop.notified.front().id);
        notifier.addPicture(QStringLiteral("ring"), QImage(4, 4, QImage::Format_RGB32));
        notifier.show(notice("next"));
        QTRY_COMPARE_WITH_TIMEOUT(desktop.notified.size(), std::size_t{2}, longEnough);
        QCOMPARE(desktop.notified.back().replaces, 0U);
    }

    void withoutAServiceItIsToldOtherwise() {
        ViewerNotifier notifier(m_bus->connect(QStringLiteral("viewer-4")));
        QSignalSpy otherwise(&notifier, &ViewerNotifier::otherwise);
        notifier.show(notice("a"));
        QTRY_COMPARE_WITH_TIMEOUT(otherwise.size(), 1, longEnough);
        QCOMPARE(notifier.way(), ViewerNotifier::Way::Other);
        NoticeDesktop desktop(m_bus->connect(QStringLiteral("desktop-4"))); // it comes later
        QTRY_COMPARE_WITH_TIMEOUT(notifier.way(), ViewerNotifier::Way::Service, longEnough);
        notifier.show(notice("b"));
        QTRY_COMPARE_WITH_TIMEOUT(desktop.notified.size(), std::size_t{1}, longEnough);
    }

    void aRefusedOneIsToldOtherwise() {
        NoticeDesktop desktop(m_bus->connect(QStringLiteral("desktop-5")));
        desktop.refuses = true;
        ViewerNotifier notifier(m_bus->connect(QStringLiteral("viewer-5")));
        QSignalSpy otherwise(&notifier, &ViewerNotifier::otherwise);
        notifier.show(notice("a"));
        QTRY_COMPARE_WITH_TIMEOUT(otherwise.size(), 1, longEnough);
    }

    void withoutABusItIsToldOtherwise() {
        ViewerNotifier notifier(QDBusConnection(QStringLiteral("nowhere")));
        QSignalSpy otherwise(&notifier, &ViewerNotifier::otherwise);
        notifier.show(notice("a"));
        QTRY_COMPARE_WITH_TIMEOUT(otherwise.size(), 1, longEnough);
    }

private:
    std::unique_ptr<PrivateBus> m_bus;
};

QTEST_MAIN(TstViewerNotifier)
#include "tst_viewer_notifier.moc"
