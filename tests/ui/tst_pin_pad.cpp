// SPDX-License-Identifier: GPL-3.0-or-later
// The number pad: every key by finger and keyboard, never more than eight digits, nothing left of them.
#include "resources/translator.h"
#include "ui/pad_key.h"
#include "ui/pin_pad.h"

#include <QApplication>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

class TstPinPad : public QObject {
    Q_OBJECT

    std::unique_ptr<QWidget> m_window;
    PinPad* m_pad = nullptr;
    QStringList m_entered;

    void make(PinPad::Look look, QSize size = {800, 480}) {
        m_entered.clear();
        m_window = std::make_unique<QWidget>();
        m_pad = new PinPad(look, m_window.get());
        m_pad->onEntered([this](const core::Digits& digits) {
            m_entered << QString::fromLatin1(digits.text().data(), static_cast<qsizetype>(digits.text().size()));
        });
        m_window->resize(size);
        m_pad->setGeometry(m_window->rect());
        restyleAll(*m_window, styleFor(size, Theme::Dark, false));
        m_window->show();
        m_window->activateWindow();
        QApplication::processEvents();
    }
    PadKey* key(const QString& name) const { return m_pad->findChild<PadKey*>(name); }
    void tap(const QString& name) {
        QVERIFY2(key(name) != nullptr, qPrintable(name));
        QTest::mouseClick(key(name), Qt::LeftButton);
    }
    void type(const QString& digits) {
        for (const QChar digit : digits)
            tap(QStringLiteral("padKey") + digit);
    }

private Q_SLOTS:
    void cleanup() { m_window.reset(); }

    void fingersTypeAPin() {
        make({});
        QSignalSpy touched(m_pad, &PinPad::touched);
        type(QStringLiteral("1234567"));
        QCOMPARE(m_pad->size(), 7U);
        QVERIFY(m_entered.isEmpty());
        tap(QStringLiteral("padErase"));
        type(QStringLiteral("890"));
        QCOMPARE(m_pad->size(), 8U); // the ninth digit was not taken
        tap(QStringLiteral("padAccept"));
        QCOMPARE(m_entered, QStringList{QStringLiteral("12345689")});
        QCOMPARE(m_pad->size(), 0U);
        QCOMPARE(touched.size(), 12);
    }

    void aKeyboardTypesOne() {
        make({});
        QVERIFY(m_pad->keys()->isEnabled());
        QTest::keyClicks(m_pad->keys(), QStringLiteral("90a b71"));
        QTest::keyClick(m_pad->keys(), Qt::Key_Backspace);
        QTest::keyClick(m_pad->keys(), Qt::Key_2, Qt::KeypadModifier);
        QTest::keyClick(m_pad->keys(), Qt::Key_Enter);
        QCOMPARE(m_entered, QStringList{QStringLiteral("9072")});
    }

    void tooFewAreNotTaken() {
        make({.leastDigits = 6});
        type(QStringLiteral("13579"));
        QVERIFY(!key(QStringLiteral("padAccept"))->isEnabled());
        QTest::keyClick(m_pad->keys(), Qt::Key_Return);
        QVERIFY(m_entered.isEmpty());
        QCOMPARE(m_pad->size(), 5U);
        type(QStringLiteral("2"));
        QVERIFY(key(QStringLiteral("padAccept"))->isEnabled());
        tap(QStringLiteral("padAccept"));
        QCOMPARE(m_entered, QStringList{QStringLiteral("135792")});
        QVERIFY(!key(QStringLiteral("padAccept"))->isEnabled());
    }

    void nothingOfItIsAText() {
        make({});
        type(QStringLiteral("4711"));
        for (const QWidget* widget : m_window->findChildren<QWidget*>())
            for (int i = 0; i < widget->metaObject()->propertyCount(); ++i) {
                const QString text = widget->metaObject()->property(i).read(widget).toString();
                QVERIFY2(!text.contains(QStringLiteral("47")), qPrintable(widget->objectName()));
            }
    }

    void leavingWipes() {
        make({});
        QSignalSpy cancelled(m_pad, &PinPad::cancelled);
        type(QStringLiteral("4711"));
        tap(QStringLiteral("padCancel"));
        QCOMPARE(cancelled.size(), 1);
        QCOMPARE(m_pad->size(), 0U);
        type(QStringLiteral("4711"));
        m_pad->hide();
        QCOMPARE(m_pad->size(), 0U);
        m_pad->show();
        type(QStringLiteral("47"));
        m_pad->clear();
        QCOMPARE(m_pad->size(), 0U);
        make({.cancels = false});
        QVERIFY(key(QStringLiteral("padCancel")) == nullptr);
        QTest::keyClick(m_pad->keys(), Qt::Key_Escape);
    }

    void whileItIsCheckedOnlyLeavingWorks() {
        make({});
        type(QStringLiteral("1357"));
        m_pad->setBusy(true);
        QTest::keyClicks(m_pad->keys(), QStringLiteral("12"));
        QTest::keyClick(m_pad->keys(), Qt::Key_Return);
        type(QStringLiteral("12"));
        QCOMPARE(m_pad->size(), 4U);
        QVERIFY(m_entered.isEmpty());
        QVERIFY(key(QStringLiteral("padCancel"))->isEnabled());
        m_pad->setBusy(false);
        tap(QStringLiteral("padAccept"));
        QCOMPARE(m_entered.size(), 1);
    }

    void shuffledDigitsAreAllThereAndMove() {
        make({.shuffled = true});
        QSet<QString> orders;
        for (int round = 0; round < 20; ++round) {
            QString order;
            for (const int digit : m_pad->keys()->order())
                order += QString::number(digit);
            QString sorted = order;
            std::sort(sorted.begin(), sorted.end());
            QCOMPARE(sorted, QStringLiteral("0123456789"));
            orders << order;
            type(QStringLiteral("2468")); // by what stands on the key, wherever it is
            tap(QStringLiteral("padAccept"));
            QCOMPARE(m_entered.size(), round + 1);
            QCOMPARE(m_entered.last(), QStringLiteral("2468"));
        }
        QVERIFY(orders.size() > 10); // 20 equal draws of 3.6 million orders: not in this universe
        make({});
        QCOMPARE(m_pad->keys()->order(), (std::array{1, 2, 3, 4, 5, 6, 7, 8, 9, 0}));
        m_pad->keys()->shuffle();
        QCOMPARE(m_pad->keys()->order()[0], 1);
    }

    void signsWhereTheyAreWanted() {
        KeyPad pad({.point = true, .minus = true});
        QSignalSpy points(&pad, &KeyPad::point), signs(&pad, &KeyPad::minus);
        QTest::mouseClick(pad.findChild<PadKey*>(QStringLiteral("padPoint")), Qt::LeftButton);
        QTest::keyClick(&pad, Qt::Key_Comma);
        QTest::mouseClick(pad.findChild<PadKey*>(QStringLiteral("padMinus")), Qt::LeftButton);
        QCOMPARE(points.size(), 2);
        QCOMPARE(signs.size(), 1);
        make({});
        QVERIFY(key(QStringLiteral("padPoint")) == nullptr && key(QStringLiteral("padMinus")) == nullptr);
    }

    void keysAreLargeEnoughForFingers_data() {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280)})
            QTest::addRow("%dx%d", size.width(), size.height()) << size;
    }
    void keysAreLargeEnoughForFingers() {
        QFETCH(QSize, size);
        make({}, size);
        const QList<PadKey*> keys = m_pad->findChildren<PadKey*>();
        QCOMPARE(keys.size(), 13);
        for (const PadKey* one : keys) {
            QVERIFY2(one->width() >= 64 && one->height() >= 64, qPrintable(one->objectName()));
            for (const PadKey* other : keys)
                if (one != other)
                    QVERIFY(!one->geometry().adjusted(-7, -7, 7, 7).intersects(other->geometry()));
        }
    }
};

QTEST_MAIN(TstPinPad)
#include "tst_pin_pad.moc"
