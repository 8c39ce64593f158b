// SPDX-License-Identifier: GPL-3.0-or-later
// The page of viewers: listing, pairing with a QR code, renaming, revoking.
#include "tests/ui/admin_stage.h"
#include "tests/ui/cut_off.h"
#include "tests/ui/settings_answers.h"
#include "ui/controls.h"
#include "ui/pairing_panel.h"
#include "ui/qr_code.h"
#include "ui/viewers_page.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

class TstViewersPage : public QObject {
    Q_OBJECT

    std::unique_ptr<test::AdminStage> m_stage;
    ViewersPage* m_page = nullptr;

    test::ScriptedPort& port() { return m_stage->port; }
    template<typename T>
    T* visible(const char* name) {
        for (T* each : m_stage->findChildren<T*>(QLatin1String(name)))
            if (each->isVisible())
                return each;
        return nullptr;
    }
    bool press(const char* name) {
        auto* button = visible<QAbstractButton>(name);
        if (button == nullptr || !button->isEnabled())
            return false;
        button->click();
        m_stage->settle();
        return true;
    }
    QString text(const char* name) {
        const auto* block = visible<TextBlock>(name);
        return block != nullptr ? block->text() : QString();
    }
    static QJsonObject pairingState(bool open, const QJsonValue& paired = {}) {
        return {{QStringLiteral("open"), open},
                {QStringLiteral("left_s"), 271},
                {QStringLiteral("tries_left"), 5},
                {QStringLiteral("paired"), paired}};
    }
    /// With the code on the screen.
    void pairing() {
        QVERIFY(press("viewerPair"));
        QVERIFY(press("newViewerCode"));
        QVERIFY(visible<QrCode>("pairingQr") != nullptr);
    }

private Q_SLOTS:
    void init() {
        m_stage = std::make_unique<test::AdminStage>();
        port().answer(QStringLiteral("viewer.list"), test::viewerListAnswer());
        port().answer(QStringLiteral("viewer.pair"), test::viewerPairAnswer());
        port().answer(QStringLiteral("viewer.pair_cancel"), {});
        m_page = m_stage->put<ViewersPage>();
    }
    void cleanup() { m_stage.reset(); }

    void whoIsPairedIsListed() {
        QCOMPARE(m_page->findChildren<ListRow*>().size(), 3); // without the revoked one
        const auto* office = visible<ListRow>("viewer_v1");
        QVERIFY(office != nullptr && office->chip() != nullptr);
        QCOMPARE(office->title(), QStringLiteral("Office"));
        QVERIFY(office->accessibleName().contains(QStringLiteral("192.168.1.40")));
        QVERIFY(office->accessibleName().contains(QStringLiteral("Operator")));
        QVERIFY(visible<ListRow>("viewer_v3")->accessibleName().contains(QStringLiteral("Never connected")));
        QCOMPARE(visible<ListRow>("viewer_v2")->title(), QStringLiteral("Sofa <b>"));
    }

    void withoutViewersItSaysWhatTheyAre() {
        port().answer(QStringLiteral("viewer.list"), {{QStringLiteral("viewers"), QJsonArray()}});
        m_page->changed(QStringLiteral("viewers"));
        m_stage->settle();
        QVERIFY(visible<EmptyState>("viewersNone") != nullptr);
        QVERIFY(visible<Button>("viewerPair") != nullptr);
    }

    void aChangeElsewhereIsRead() {
        port().forget();
        m_page->changed(QStringLiteral("people"));
        QCOMPARE(port().count(QStringLiteral("viewer.list")), 0);
        m_page->changed(QStringLiteral("viewers"));
        QCOMPARE(port().count(QStringLiteral("viewer.list")), 1);
    }

    void theCodeIsShownToScanAndToType() {
        QVERIFY(press("viewerPair"));
        auto* roles = visible<Segments>("newViewerRole");
        QTest::keyClick(roles, Qt::Key_Right);
        QVERIFY(press("newViewerCode"));
        QCOMPARE(port().last(QStringLiteral("viewer.pair")).value(u"role").toString(), QStringLiteral("operator"));
        const QJsonObject told = test::viewerPairAnswer();
        auto* qr = visible<QrCode>("pairingQr");
        QCOMPARE(qr->text(), told.value(u"link").toString());
        QVERIFY(qr->width() >= 200 && qr->height() >= 200);
        QCOMPARE(text("pairingCode"), QStringLiteral("7K3M-X2QA"));
        QVERIFY(text("pairingAddress").contains(QStringLiteral("192.168.1.7")));
        QVERIFY(text("pairingAddress").contains(QStringLiteral("8765")));
        QVERIFY(text("pairingFingerprint").contains(told.value(u"fingerprint").toString()));
        QCOMPARE(text("pairingLeft"), QStringLiteral("Good for 5:00"));
    }

    void thePairedViewerClosesIt() {
        QSignalSpy inUse(m_page, &AdminPage::inUse);
        port().answer(QStringLiteral("viewer.pairing"), pairingState(true));
        pairing();
        QTRY_COMPARE_WITH_TIMEOUT(text("pairingLeft"), QStringLiteral("Good for 4:31"), 60'000);
        QVERIFY(!inUse.isEmpty());
        port().answer(QStringLiteral("viewer.pairing"),
                      pairingState(true, QJsonObject{{QStringLiteral("name"), QStringLiteral("Office")},
                                                     {QStringLiteral("role"), QStringLiteral("operator")}}));
        QTRY_COMPARE_WITH_TIMEOUT(m_stage->notices.size(), 1, 60'000);
        QCOMPARE(m_stage->notices.front(), QStringLiteral("Office is paired as operator"));
        m_stage->settle();
        QVERIFY(visible<Button>("viewerPair") != nullptr); // the list again, read anew
        QCOMPARE(port().count(QStringLiteral("viewer.list")), 2);
        QCOMPARE(port().count(QStringLiteral("viewer.pair_cancel")), 0);
    }

    void wrongCodesAreTold() {
        PairingPanel panel;
        panel.showPairing(test::viewerPairAnswer());
        const auto* tries = panel.findChild<TextBlock*>(QStringLiteral("pairingTries"));
        panel.setLeft(280, 5);
        QVERIFY(tries->isHidden());
        panel.setLeft(279, 3);
        QVERIFY(!tries->isHidden());
        QCOMPARE(tries->text(), QStringLiteral("Somebody typed a wrong code. Tries left: 3"));
    }

    void aCodeThatExpiredIsReplaced() {
        port().answer(QStringLiteral("viewer.pairing"), pairingState(false));
        pairing();
        QTRY_VERIFY_WITH_TIMEOUT(visible<Button>("pairingAgain") != nullptr, 60'000);
        QVERIFY(visible<QrCode>("pairingQr") == nullptr);
        QVERIFY(!text("pairingExpired").isEmpty());
        QCOMPARE(port().count(QStringLiteral("viewer.pair")), 1);
        QVERIFY(press("pairingAgain"));
        QCOMPARE(port().count(QStringLiteral("viewer.pair")), 2);
        QVERIFY(visible<QrCode>("pairingQr") != nullptr);
    }

    void leavingEndsThePairing() {
        port().answer(QStringLiteral("viewer.pairing"), pairingState(true));
        pairing();
        QVERIFY(m_page->back());
        QCOMPARE(port().count(QStringLiteral("viewer.pair_cancel")), 1);
        QVERIFY(press("newViewerCode"));
        m_page->hide(); // as when the session ends
        QCOMPARE(port().count(QStringLiteral("viewer.pair_cancel")), 2);
    }

    void whoeverLeftBeforeTheCodeCameLeavesNoneOpen() {
        port().holdBack(QStringLiteral("viewer.pair"));
        QVERIFY(press("viewerPair"));
        QVERIFY(press("newViewerCode"));
        QVERIFY(m_page->back());
        port().answer(QStringLiteral("viewer.pair"), test::viewerPairAnswer());
        m_stage->settle();
        QCOMPARE(port().count(QStringLiteral("viewer.pair_cancel")), 1);
        QVERIFY(visible<QrCode>("pairingQr") == nullptr);
    }

    void aRefusedPairingIsTold() {
        port().refuse(QStringLiteral("viewer.pair"), core::fail("The network is switched off for viewers"));
        QVERIFY(press("viewerPair"));
        QVERIFY(press("newViewerCode"));
        QVERIFY(m_stage->notices.value(0).contains(QStringLiteral("switched off for viewers")));
        QVERIFY(visible<Button>("newViewerCode")->isEnabled());
    }

    void aViewerIsRenamedAndGivenARole() {
        port().answer(QStringLiteral("viewer.set"), {});
        QVERIFY(press("viewer_v2"));
        QCOMPARE(m_page->title(), QStringLiteral("Sofa <b>"));
        visible<TextField>("viewerName")->setText(QStringLiteral("  Couch "));
        QTest::keyClick(visible<Segments>("viewerRole"), Qt::Key_Right);
        QVERIFY(press("viewerSave"));
        const QJsonObject asked = port().last(QStringLiteral("viewer.set"));
        QCOMPARE(asked.value(u"id").toString(), QStringLiteral("v2"));
        QCOMPARE(asked.value(u"name").toString(), QStringLiteral("Couch"));
        QCOMPARE(asked.value(u"role").toString(), QStringLiteral("operator"));
        QVERIFY(visible<Button>("viewerPair") != nullptr);
    }

    void onlyWhatChangedIsSent() {
        QVERIFY(press("viewer_v2"));
        QVERIFY(press("viewerSave"));
        QCOMPARE(port().count(QStringLiteral("viewer.set")), 0);
        QVERIFY(press("viewer_v2"));
        visible<TextField>("viewerName")->setText(QStringLiteral("   "));
        QVERIFY(press("viewerSave"));
        QCOMPARE(port().count(QStringLiteral("viewer.set")), 0);
        QVERIFY(visible<Button>("viewerSave") != nullptr); // still there, saying why
    }

    void revokingAsksFirst() {
        port().answer(QStringLiteral("viewer.revoke"), {});
        QVERIFY(press("viewer_v1"));
        QVERIFY(press("viewerRevoke"));
        QCOMPARE(port().count(QStringLiteral("viewer.revoke")), 0);
        QVERIFY(press("sheetYes"));
        QCOMPARE(port().last(QStringLiteral("viewer.revoke")).value(u"id").toString(), QStringLiteral("v1"));
        QCOMPARE(m_stage->notices.value(0), QStringLiteral("Office is revoked"));
    }

    void nothingIsCutOff_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        for (const char* language : {"en", "fr"})
            for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280)})
                QTest::addRow("%s %dx%d", language, size.width(), size.height())
                    << QString::fromLatin1(language) << size;
    }
    void nothingIsCutOff() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        m_stage = std::make_unique<test::AdminStage>(size, language);
        port().answer(QStringLiteral("viewer.list"), test::viewerListAnswer());
        port().answer(QStringLiteral("viewer.pair"), test::viewerPairAnswer());
        port().answer(QStringLiteral("viewer.pairing"), pairingState(false));
        port().answer(QStringLiteral("viewer.pair_cancel"), {});
        m_page = m_stage->put<ViewersPage>();
        QStringList wrong = test::cutOff(*m_page);
        QVERIFY(press("viewer_v1"));
        wrong << test::cutOff(*m_page);
        QVERIFY(m_page->back());
        QVERIFY(press("viewerPair"));
        wrong << test::cutOff(*m_page);
        QVERIFY(press("newViewerCode"));
        wrong << test::cutOff(*m_page);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TstViewersPage)
#include "tst_viewers_page.moc"
