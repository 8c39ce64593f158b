// SPDX-License-Identifier: GPL-3.0-or-later
// One visit: its picture, what came of it and why, and every entry of it.
#pragma once

#include "ui/admin_page.h"
#include "ui/log_model.h"

class QBoxLayout;

namespace facelatch::ui {

class BusyLine;
class Panel;
class ScrollArea;
class VisitPicture;

class LogVisitPage : public AdminPage {
    Q_OBJECT
public:
    LogVisitPage(const AdminContext& context, const LogRow& row, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;
    void changed(const QString& what) override;

protected:
    void restyled() override;

private:
    void read();
    void showVisit(const QJsonObject& answer);
    void showSummary();
    void askPicture();
    void addLine(QBoxLayout* column, const char* name, const QString& text, bool bold, ColourRole colour);

    LogRow m_row;
    bool m_asking = false, m_again = false;
    QJsonObject m_decisive; ///< the event that says what came of it
    QString m_model;
    std::optional<float> m_threshold;
    QBoxLayout* m_column;
    BusyLine* m_busy;
    ScrollArea* m_scroll;
    QBoxLayout* m_top = nullptr;
    VisitPicture* m_picture;
    QWidget* m_summary;
    QWidget* m_events;
};

} // namespace facelatch::ui
