// SPDX-License-Identifier: GPL-3.0-or-later
// PeopleCards: everybody as cards, drawn from a list of values: no widget a person, pictures only where one looks.
#pragma once

#include "core/time.h"
#include "ui/choices.h"

#include <QCache>
#include <QJsonObject>
#include <QLocale>
#include <QPixmap>
#include <QSet>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

namespace facelatch::ui {

/// What a card shows of somebody.
struct PersonEntry {
    QString id, name, card;
    QStringList groups;
    bool suspended = false;
    std::optional<core::WallTime> from, until;
    int templates = 0;
};
/// From an item of person.list.
PersonEntry personEntry(const QJsonObject& person);
/// {jpeg} of person.portrait as a pixmap; null where there is none.
QPixmap portraitOf(const QJsonObject& answer);

/// The state of somebody in a few words.
struct PersonState {
    QString text;
    Tone tone = Tone::Good;
};
PersonState personState(const PersonEntry& person, core::WallTime now, const QLocale& locale);
/// Today, tomorrow's weekday, or the date: "Friday", "3 Dec 2026".
QString dayText(core::WallTime time, core::WallTime now, const QLocale& locale);

/// Lies in a ScrollArea; as high as its cards need. Gui thread.
class PeopleCards : public QWidget, public Styled {
    Q_OBJECT
public:
    PeopleCards(std::function<core::Now()> clock, const QLocale& locale, QWidget* parent = nullptr);

    void setPeople(std::vector<PersonEntry> people);
    /// Shows those whose name, card or groups contain the text, whatever its case and accents.
    void setFilter(const QString& text);
    void setPicture(const QString& id, const QPixmap& picture);
    /// Asks for this picture again when its card is seen, or for all of them.
    void askAgain(const QString& id);
    void forgetPictures();

    int count() const { return static_cast<int>(m_shown.size()); }
    const PersonEntry& person(int index) const { return m_people[m_shown[static_cast<std::size_t>(index)]]; }
    /// Where a card stands in this widget.
    QRect cardRect(int index) const;
    void restyle(const Style& style) override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const QString& id);
    /// This card is seen and its picture is not known; once for each.
    void wantsPicture(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int columns() const;
    int cardAt(QPoint at) const;
    void paintCard(QPainter& painter, int index) const;
    void paintState(QPainter& painter, const QRect& card, const PersonState& state) const;
    void arrange();
    void choose();

    std::function<core::Now()> m_clock;
    QLocale m_locale;
    Style m_style;
    std::vector<PersonEntry> m_people;
    std::vector<QString> m_words;     ///< what is searched, in the order of m_people
    std::vector<std::size_t> m_shown; ///< indices into m_people
    QString m_filter;
    QCache<QString, QPixmap> m_pictures;
    QSet<QString> m_asked;
    int m_pressed = -1, m_current = -1;
};

} // namespace facelatch::ui
