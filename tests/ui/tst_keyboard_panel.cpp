// SPDX-License-Identifier: GPL-3.0-or-later
// The keyboard on the screen: comes with the focus of a field, types into it, goes again; loaded on first use.
#include "resources/translator.h"
#include "ui/controls.h"
#include "ui/keyboard_panel.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

/// The keyboard below two fields and a button, as the admin's screen has it.
struct Screen : QWidget {
    Screen(const QString& language, QSize size, Theme theme = Theme::Dark) {
        resize(size);
        auto* column = new QVBoxLayout(this);
        name = new TextField(QStringLiteral("Name"));
        pin = new TextField(QStringLiteral("Passphrase"));
        pin->setSecret(true);
        button = new Button(Button::Kind::Plain, QStringLiteral("Save"));
        keyboard = new KeyboardPanel(language, this);
        for (QWidget* each : {static_cast<QWidget*>(name), static_cast<QWidget*>(pin), static_cast<QWidget*>(button)})
            column->addWidget(each);
        column->addStretch();
        column->addWidget(keyboard);
        column->setContentsMargins(0, 0, 0, 0);
        restyleAll(*this, styleFor(size, theme, false));
        show();
        activateWindow();
        button->setFocus();
        QApplication::processEvents();
    }
    QWidget* view() const { return keyboard->findChild<QWidget*>(QStringLiteral("keyboardView")); }
    /// The middle of a key: its row of four, and its place of so many in the row.
    void tap(int row, double place) {
        const QPoint at(static_cast<int>(view()->width() * place),
                        static_cast<int>(view()->height() * (row + 0.5) / 4.0));
        QTest::mouseClick(view(), Qt::LeftButton, {}, at);
        QApplication::processEvents();
    }
    TextField* name;
    TextField* pin;
    Button* button;
    KeyboardPanel* keyboard;
};

} // namespace

class TstKeyboardPanel : public QObject {
    Q_OBJECT

    void open(TextField* field) {
        field->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(m_screen->keyboard->isOpen(), 60'000);
        QApplication::processEvents();
    }

    std::unique_ptr<Screen> m_screen; ///< one for all: Qt's keyboard is one a process

private Q_SLOTS:
    void initTestCase() { m_screen = std::make_unique<Screen>(QStringLiteral("en"), QSize(800, 480)); }
    void cleanupTestCase() { m_screen.reset(); }
    void init() {
        m_screen->name->setText({});
        m_screen->button->setFocus();
        QApplication::processEvents();
    }

    void isLoadedOnFirstUse() {
        QVERIFY(!m_screen->keyboard->isLoaded());
        QVERIFY(!m_screen->keyboard->isOpen());
        QSignalSpy opened(m_screen->keyboard, &KeyboardPanel::openChanged);
        open(m_screen->name);
        QVERIFY(m_screen->keyboard->isLoaded());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(m_screen->keyboard->height(), m_screen->keyboard->wantedHeight());
        QTRY_COMPARE(m_screen->view()->width(), m_screen->keyboard->width());
    }

    void typesIntoTheField() {
        open(m_screen->name);
        m_screen->tap(0, 0.05); // q, as a name's first letter
        QTRY_COMPARE(m_screen->name->text(), QStringLiteral("Q"));
        m_screen->tap(0, 0.15);
        QTRY_COMPARE(m_screen->name->text(), QStringLiteral("Qw"));
        m_screen->tap(2, 0.95); // delete
        QTRY_COMPARE(m_screen->name->text(), QStringLiteral("Q"));
        QVERIFY(m_screen->name->line()->hasFocus());
        m_screen->tap(3, 0.06); // signs
        QTRY_VERIFY2((m_screen->tap(0, 0.05), m_screen->name->text().endsWith(QLatin1Char('1'))),
                     qPrintable(m_screen->name->text()));
        m_screen->tap(3, 0.06);
    }

    void goesWithTheFocus() {
        open(m_screen->name);
        m_screen->button->setFocus();
        QTRY_VERIFY(!m_screen->keyboard->isOpen());
        open(m_screen->pin);
        m_screen->name->setFocus();
        QApplication::processEvents();
        QVERIFY(m_screen->keyboard->isOpen()); // from field to field it stays
    }

    void goesByItsKeyAndComesByATouch() {
        open(m_screen->name);
        m_screen->tap(3, 0.81);
        QTRY_VERIFY(!m_screen->keyboard->isOpen());
        QVERIFY(m_screen->name->line()->hasFocus());
        QTest::mouseClick(m_screen->name->line(), Qt::LeftButton);
        QTRY_VERIFY(m_screen->keyboard->isOpen());
    }

    void speaksBothLanguages() {
        open(m_screen->name);
        m_screen->tap(3, 0.17); // the other language
        m_screen->tap(0, 0.04);
        QTRY_COMPARE(m_screen->name->text().toLower(), QStringLiteral("a"));
        m_screen->tap(3, 0.17);
        m_screen->tap(3, 0.06);
        m_screen->tap(3, 0.06);
    }
};

int main(int argc, char** argv) {
    KeyboardPanel::prepare();
    QApplication application(argc, argv);
    TstKeyboardPanel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keyboard_panel.moc"
