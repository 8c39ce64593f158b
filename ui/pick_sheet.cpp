// SPDX-License-Identifier: GPL-3.0-or-later
// A list to search in.
#include "ui/pick_sheet.h"

#include "ui/controls.h"
#include "ui/kit_words.h"

#include <QBoxLayout>

namespace facelatch::ui {

namespace {

/// The rows that fit what was typed, made anew with each letter.
class Rows : public QWidget, public Styled {
public:
    Rows(QStringList options, int current, std::function<void(int)> chosen, QWidget* parent)
        : QWidget(parent),
          m_options(std::move(options)),
          m_current(current),
          m_chosen(std::move(chosen)),
          m_column(new QVBoxLayout(this)) {
        m_column->setContentsMargins(0, 0, 0, 0);
        show(QString());
    }
    void show(const QString& typed) {
        m_typed = typed;
        qDeleteAll(m_rows);
        m_rows.clear();
        for (int i = 0; i < m_options.size() && m_rows.size() < resources::mostOptionsShown; ++i) {
            if (!m_options[i].contains(typed, Qt::CaseInsensitive))
                continue;
            auto* row = new ListRow(m_options[i], this);
            row->setObjectName(QStringLiteral("option%1").arg(i));
            if (i == m_current)
                row->setTrailingIcon(Icon::Tick);
            row->restyle(m_style);
            connect(row, &QAbstractButton::clicked, this, [this, i] { m_chosen(i); });
            m_column->addWidget(row);
            row->show();
            m_rows << row;
        }
    }
    void restyle(const Style& style) override {
        m_style = style;
        m_column->setSpacing(style.px(resources::spaceXs));
        show(m_typed);
    }

private:
    QStringList m_options;
    int m_current;
    std::function<void(int)> m_chosen;
    QBoxLayout* m_column;
    QList<ListRow*> m_rows;
    QString m_typed;
    Style m_style;
};

} // namespace

Sheet* PickSheet::open(QWidget* from, const QString& title, const QStringList& options, int current,
                       std::function<void(int)> chosen) {
    auto* sheet = new Sheet(from, title);
    auto* rows = new Rows(
        options, current,
        [sheet, chosen = std::move(chosen)](int index) {
            sheet->dismiss();
            chosen(index);
        },
        sheet);
    if (options.size() > resources::optionsSearchedFrom) {
        auto* search = new SearchField(sheet);
        search->setObjectName(QStringLiteral("pickSearch"));
        QObject::connect(search, &SearchField::searched, rows, [rows](const QString& typed) { rows->show(typed); });
        sheet->add(search);
    }
    sheet->add(rows);
    sheet->addAction(Button::Kind::Quiet, KitWords::cancel(), {});
    sheet->open();
    return sheet;
}

} // namespace facelatch::ui
