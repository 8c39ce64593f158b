// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of the admin's screens: what a finger and a key do, what is read aloud, that words fit.
#include "resources/translator.h"
#include "ui/controls.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace facelatch;
using namespace facelatch::ui;

namespace {

/// A screen of that size, styled as the admin's is.
class Stage : public QWidget, public SheetHost {
public:
    explicit Stage(QSize size, Theme theme = Theme::Dark) : m_style(styleFor(size, theme, false)) {
        resize(size);
        new QVBoxLayout(this);
    }
    template<typename T>
    T* put(T* widget) {
        layout()->addWidget(widget);
        return widget;
    }
    void start() {
        restyleAll(*this, m_style);
        show();
        activateWindow();
        QApplication::processEvents();
    }
    const Style& hostStyle() const override { return m_style; }

private:
    Style m_style;
};

template<typename T>
T* find(QWidget& inside, const char* name) {
    return inside.findChild<T*>(QLatin1String(name));
}

} // namespace

class TstControls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { resources::installTranslator(*qApp, QStringLiteral("en")); }

    void buttonsAreLargeEnough_data() {
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280), QSize(480, 800)})
            QTest::addRow("%dx%d", size.width(), size.height()) << size;
    }
    void buttonsAreLargeEnough() {
        QFETCH(QSize, size);
        Stage stage(size);
        const QList<QWidget*> all{stage.put(new Button(Button::Kind::Primary, QStringLiteral("Go"))),
                                  stage.put(new Button(Button::Kind::Quiet, Icon::Back, {})),
                                  stage.put(new Toggle(QStringLiteral("Light"))),
                                  stage.put(new Toggle),
                                  stage.put(new ListRow(QStringLiteral("Alice"))),
                                  stage.put(new LineEdit)};
        stage.start();
        const int least = styleFor(size, Theme::Dark, false).px(resources::listRow);
        QVERIFY(least >= 48);
        for (const QWidget* widget : all)
            QVERIFY2(widget->height() >= least && widget->width() >= least, widget->metaObject()->className());
    }

    void aButtonIsPressedByFingerAndKeys() {
        Stage stage({800, 480});
        auto* button = stage.put(new Button(Button::Kind::Plain, QStringLiteral("Save")));
        stage.start();
        QSignalSpy clicked(button, &QAbstractButton::clicked);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(clicked.size(), 1);
        button->setFocus(Qt::TabFocusReason);
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(clicked.size(), 2);
    }

    /// The ring is for keys: a finger needs none.
    void theRingFollowsTheKeys() {
        Stage stage({800, 480});
        auto* button = stage.put(new Button(Button::Kind::Plain, QStringLiteral("Save")));
        stage.put(new Button(Button::Kind::Plain, QStringLiteral("Other")));
        stage.start();
        button->setFocus(Qt::MouseFocusReason);
        const QImage touched = button->grab().toImage();
        button->clearFocus();
        button->setFocus(Qt::TabFocusReason);
        const QImage byKey = button->grab().toImage();
        QVERIFY(touched != byKey);
        QVERIFY(byKey.pixelColor(2, byKey.height() / 2) == QColor::fromRgb(resources::darkPalette.accent));
    }

    void tabGoesRound() {
        Stage stage({800, 480});
        auto* first = stage.put(new Button(Button::Kind::Plain, QStringLiteral("One")));
        auto* field = stage.put(new TextField(QStringLiteral("Name")));
        auto* toggle = stage.put(new Toggle(QStringLiteral("Light")));
        stage.start();
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(field->line()));
        QTest::keyClick(field->line(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(toggle));
    }

    void aToggleSwitches() {
        Stage stage({800, 480});
        auto* toggle = stage.put(new Toggle(QStringLiteral("Night silence")));
        stage.start();
        QTest::mouseClick(toggle, Qt::LeftButton, {}, QPoint(4, 4)); // the word counts, too
        QVERIFY(toggle->isChecked());
        QTest::keyClick(toggle, Qt::Key_Space);
        QVERIFY(!toggle->isChecked());
    }

    void segmentsChooseOne() {
        Stage stage({800, 480});
        auto* segments = stage.put(
            new Segments({QStringLiteral("Off"), QStringLiteral("Passive"), QStringLiteral("Passive and active")}));
        stage.start();
        QSignalSpy chosen(segments, &Segments::chosen);
        segments->setCurrent(0);
        QVERIFY(chosen.isEmpty()); // what a program sets is no choice
        QTest::mouseClick(find<QAbstractButton>(*segments, "segment2"), Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toInt(), 2);
        QTest::mouseClick(find<QAbstractButton>(*segments, "segment2"), Qt::LeftButton);
        QCOMPARE(chosen.size(), 1); // the same again is none
        QTest::keyClick(find<QAbstractButton>(*segments, "segment2"), Qt::Key_Left);
        QCOMPARE(segments->current(), 1);
        segments->setOptionEnabled(0, false);
        QTest::mouseClick(find<QAbstractButton>(*segments, "segment0"), Qt::LeftButton);
        QCOMPARE(segments->current(), 1);
    }

    void segmentsStackWhereTheyDoNotFit() {
        Stage stage({300, 480});
        auto* segments = stage.put(new Segments({QStringLiteral("Gesichtserkennung und PIN zusammen"),
                                                 QStringLiteral("Gesichtserkennung oder PIN allein")}));
        stage.start();
        const auto* a = find<QWidget>(*segments, "segment0");
        const auto* b = find<QWidget>(*segments, "segment1");
        QVERIFY(b->y() >= a->y() + a->height());
    }

    void aFilterChipIsPressedAndAStateChipIsNot() {
        Stage stage({800, 480});
        auto* filter = stage.put(new Chip(QStringLiteral("Refused"), Tone::Neutral));
        filter->makeFilter();
        auto* row = stage.put(new ListRow(QStringLiteral("Alice")));
        row->setChip(QStringLiteral("suspended"), Tone::Attention);
        stage.start();
        QTest::mouseClick(filter, Qt::LeftButton);
        QVERIFY(filter->isChecked());
        QSignalSpy clicked(row, &QAbstractButton::clicked);
        const QPoint onChip = row->chip()->geometry().center();
        QVERIFY(row->childAt(onChip) == nullptr); // the press goes to the row
        QTest::mouseClick(row, Qt::LeftButton, {}, onChip);
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(row->accessibleName(), QStringLiteral("Alice, suspended"));
    }

    void chipsFlow() {
        Stage stage({400, 480});
        auto* flow = stage.put(new FlowRow);
        for (int i = 0; i < 9; ++i)
            flow->add(new Chip(QStringLiteral("Filter %1").arg(i), Tone::Neutral));
        stage.start();
        QRegion taken;
        for (const auto* chip : flow->findChildren<Chip*>()) {
            QVERIFY(flow->rect().contains(chip->geometry()));
            QVERIFY(!taken.intersects(chip->geometry()));
            taken += chip->geometry();
        }
        QVERIFY(flow->height() > 2 * flow->findChild<Chip*>()->height());
    }

    void aTextFieldSaysWhatIsTypedAndWhatIsWrong() {
        Stage stage({800, 480});
        auto* field = stage.put(new TextField(QStringLiteral("Name")));
        auto* other = stage.put(new Button(Button::Kind::Plain, QStringLiteral("Other")));
        field->setHelp(QStringLiteral("As it is said at the door"));
        stage.start();
        QSignalSpy edited(field, &TextField::edited), done(field, &TextField::done);
        field->setText(QStringLiteral("Al"));
        QVERIFY(edited.isEmpty());
        field->setFocus();
        QTest::keyClicks(field->line(), QStringLiteral("ice"));
        QCOMPARE(edited.size(), 3);
        QVERIFY(done.isEmpty());
        other->setFocus();
        QCOMPARE(done.size(), 1);
        QCOMPARE(done.first().first().toString(), QStringLiteral("Alice"));
        field->setError(QStringLiteral("That name is taken"));
        QCOMPARE(find<TextBlock>(*field, "fieldNote")->text(), QStringLiteral("That name is taken"));
        field->setError({});
        QCOMPARE(find<TextBlock>(*field, "fieldNote")->text(), QStringLiteral("As it is said at the door"));
        field->setSecret(true);
        QCOMPARE(field->line()->echoMode(), QLineEdit::Password);
    }

    void searchEmptiesByItsButton() {
        Stage stage({800, 480});
        auto* search = stage.put(new SearchField);
        stage.start();
        QSignalSpy searched(search, &SearchField::searched);
        auto* clear = find<Button>(*search, "searchClear");
        QVERIFY(!clear->isVisible());
        QTest::keyClicks(search->line(), QStringLiteral("al"));
        QCOMPARE(searched.size(), 2);
        QVERIFY(clear->isVisible());
        QTest::mouseClick(clear, Qt::LeftButton);
        QVERIFY(search->text().isEmpty());
    }

    void numbersByStepsAndKeypad() {
        Stage stage({800, 480});
        const QLocale french(QLocale::French);
        auto* field = stage.put(new NumberField(QStringLiteral("Lead"), {0.0, 1.0, 0.1, 2, {}}, french));
        stage.start();
        QSignalSpy changed(field, &NumberField::changed);
        field->setValue(0.2);
        QVERIFY(changed.isEmpty());
        QTest::mouseClick(find<Button>(*field, "numberMore"), Qt::LeftButton);
        QCOMPARE(field->value(), 0.3); // and not 0.30000000000000004
        field->setValue(1.0);
        QVERIFY(!find<Button>(*field, "numberMore")->isEnabled());
        QTest::mouseClick(find<Button>(*field, "numberValue"), Qt::LeftButton);
        auto* sheet = find<Sheet>(stage, "numberSheet");
        QVERIFY(sheet != nullptr && sheet->isVisible());
        auto* yes = find<Button>(*sheet, "sheetYes");
        QVERIFY(!yes->isEnabled());
        for (const char* key : {"key0", "key,", "key4", "key7", "key9"})
            QTest::mouseClick(find<Button>(*sheet, key), Qt::LeftButton);
        QCOMPARE(find<TextBlock>(*sheet, "numberTyped")->text(), QStringLiteral("0,47")); // no third decimal
        QTest::mouseClick(yes, Qt::LeftButton);
        QCOMPARE(field->value(), 0.47);
        QCOMPARE(changed.size(), 2);
    }

    void aNumberOutsideIsNotTaken() {
        Stage stage({800, 480});
        auto* field = stage.put(new NumberField(QStringLiteral("Strike time"),
                                                {500, 30000, 100, 0, QStringLiteral("ms")}, QLocale(QLocale::English)));
        stage.start();
        QTest::mouseClick(find<Button>(*field, "numberValue"), Qt::LeftButton);
        auto* sheet = find<Sheet>(stage, "numberSheet");
        auto* pad = find<NumberPad>(*sheet, "numberPad");
        for (const char digit : {'9', '9', '9', '9', '9'})
            QTest::keyClick(pad, digit); // real keys work, too
        QVERIFY(!find<Button>(*sheet, "sheetYes")->isEnabled());
        QCOMPARE(find<TextBlock>(*sheet, "numberNote")->text(), QStringLiteral("From 500 to 30,000 ms"));
        QTest::keyClick(pad, Qt::Key_Backspace);
        QVERIFY(find<Button>(*sheet, "sheetYes")->isEnabled());
        QTest::mouseClick(find<Button>(*sheet, "sheetNo"), Qt::LeftButton);
        QCOMPARE(field->value(), 500.0);
    }

    void aListIsPulledByAFinger() {
        Stage stage({800, 480});
        auto* area = stage.put(new ScrollArea);
        for (int i = 0; i < 40; ++i)
            area->add(new ListRow(QStringLiteral("Person %1").arg(i)));
        stage.start();
        QVERIFY(area->verticalScrollBar()->maximum() > 0);
        area->reveal(area->column()->itemAt(30)->widget());
        const int at = area->verticalScrollBar()->value();
        QVERIFY(at > 0);
        const QWidget* row = area->column()->itemAt(30)->widget();
        QVERIFY(area->viewport()->rect().contains(QRect(row->mapTo(area->viewport(), QPoint(0, 0)), row->size())));
        area->clear();
        QTRY_COMPARE(area->verticalScrollBar()->maximum(), 0);
    }

    void theKeyboardDoesNotHideTheField() {
        Stage stage({800, 480});
        auto* area = stage.put(new ScrollArea);
        for (int i = 0; i < 12; ++i)
            area->add(new TextField(QStringLiteral("Field %1").arg(i)));
        stage.start();
        auto* field = qobject_cast<TextField*>(area->column()->itemAt(4)->widget());
        field->setFocus();
        area->setFixedHeight(160); // as the keyboard leaves it
        QApplication::processEvents();
        const QRect line(field->line()->mapTo(area->viewport(), QPoint(0, 0)), field->line()->size());
        QVERIFY(area->viewport()->rect().contains(line));
    }

    void confirmationsNameWhatGoes() {
        Stage stage({800, 480});
        auto* button = stage.put(new Button(Button::Kind::Danger, QStringLiteral("Remove")));
        stage.start();
        int removed = 0;
        const Sheet::Question question{QStringLiteral("Remove Alice and her 5 face templates?"),
                                       QStringLiteral("She can then enter no more."), QStringLiteral("Remove")};
        Sheet* sheet = Sheet::confirm(button, question, [&] { ++removed; });
        QVERIFY(sheet->isVisible());
        QCOMPARE(sheet->size(), stage.size());
        QCOMPARE(find<TextBlock>(*sheet, "sheetTitle")->text(), question.what);
        QTest::keyClick(sheet, Qt::Key_Return); // the focus is on the harmless answer, and Enter alone is none
        QTest::keyClick(sheet, Qt::Key_Escape);
        QVERIFY(!sheet->isVisible());
        QCOMPARE(removed, 0);
        sheet = Sheet::confirm(button, question, [&] { ++removed; });
        QTest::mouseClick(sheet, Qt::LeftButton, {}, QPoint(2, 2)); // beside the card
        QVERIFY(!sheet->isVisible());
        QCOMPARE(removed, 0);
        sheet = Sheet::confirm(button, question, [&] { ++removed; });
        QTest::mouseClick(find<Button>(*sheet, "sheetYes"), Qt::LeftButton);
        QCOMPARE(removed, 1);
    }

    void theFocusStaysInASheet() {
        Stage stage({800, 480});
        stage.put(new Button(Button::Kind::Plain, QStringLiteral("Below")));
        stage.start();
        Sheet* sheet = Sheet::confirm(&stage, {QStringLiteral("Leave?"), {}, QStringLiteral("Leave")}, [] {});
        for (int i = 0; i < 5; ++i) {
            QVERIFY(sheet->isAncestorOf(QApplication::focusWidget()));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
    }

    void aChoiceIsMade() {
        Stage stage({480, 800});
        stage.start();
        int chosen = -1;
        QStringList zones;
        for (int i = 0; i < 30; ++i)
            zones << QStringLiteral("Zone %1").arg(i);
        Sheet* sheet = Sheet::choose(&stage, QStringLiteral("Time zone"), zones, 3, [&](int i) { chosen = i; });
        const auto* card = find<QWidget>(*sheet, "sheetCard");
        QVERIFY(sheet->rect().contains(card->geometry()));
        QTest::mouseClick(find<ListRow>(*sheet, "choice5"), Qt::LeftButton);
        QCOMPARE(chosen, 5);
    }

    void noticesCanBeUndoneOnce() {
        Stage stage({800, 480});
        auto* bar = stage.put(new NoticeBar);
        stage.start();
        int undone = 0;
        bar->tell(QStringLiteral("Alice is suspended"), [&] { ++undone; });
        QVERIFY(bar->isVisible());
        auto* undo = find<Button>(*bar, "noticeUndo");
        QVERIFY(undo->isVisible());
        QTest::mouseClick(undo, Qt::LeftButton);
        QCOMPARE(undone, 1);
        QVERIFY(!bar->isVisible());
        bar->tell(QStringLiteral("Saved"), {});
        QVERIFY(!undo->isVisible());
    }

    void namesFromOutsideArePlainAndStayInTheirRow_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("one letter") << QStringLiteral("A");
        QTest::newRow("long") << QString(200, QLatin1Char('W'));
        QTest::newRow("markup") << QStringLiteral("<b>Robert'); DROP TABLE person;--</b> & <img src=x>");
        QTest::newRow("right to left") << QStringLiteral("\u05D0\u05DC\u05D9\u05E1\u202E txet");
        QTest::newRow("emoji") << QStringLiteral("\U0001F600\U0001F468\u200D\U0001F469\u200D\U0001F467 Zo\u00EB");
        QTest::newRow("lines") << QStringLiteral("A\nB\rC\u2028D");
    }
    void namesFromOutsideArePlainAndStayInTheirRow() {
        QFETCH(QString, name);
        Stage stage({800, 480});
        auto* row = stage.put(new ListRow(name));
        row->setDetail(name);
        row->setChip(QStringLiteral("active"), Tone::Good);
        row->setChevron(true);
        stage.start();
        QVERIFY(row->width() <= stage.width());
        QCOMPARE(row->height(), 64);
        QVERIFY(!row->title().contains(QLatin1Char('\n')) && !row->title().contains(QChar(0x202E)));
        for (const QString& line : row->fittedTitle().lines)
            QVERIFY(QFontMetrics(row->fittedTitle().font).horizontalAdvance(line) <= row->chip()->x());
        QVERIFY(!row->grab().isNull());
    }
};

QTEST_MAIN(TstControls)
#include "tst_controls.moc"
