// SPDX-License-Identifier: GPL-3.0-or-later
// ImportPage: many people from photographs on a stick or in a folder, one folder a person, with a report at the end.
#pragma once

#include "ui/admin_page.h"
#include "ui/controls.h"

#include <QTimer>

namespace facelatch::ui {

class ImportPage : public AdminPage {
    Q_OBJECT
public:
    explicit ImportPage(const AdminContext& context, QWidget* parent = nullptr);
    QString title() const override;
    void shown() override;

private:
    void readSticks();
    void begin();
    void poll();
    void show(const QJsonObject& state);
    void showReport(const QJsonObject& state);

    QTimer m_poll;
    ScrollArea* m_scroll;
    TextBlock* m_how;
    ListRow* m_stick; ///< sticks to choose from
    TextField* m_folder;
    Button* m_begin;
    TextBlock* m_progressText;
    TimeBar* m_progress;
    Button* m_cancel;
    QWidget* m_report;
    QStringList m_sticks;
    bool m_running = false, m_asking = false;
    qsizetype m_reported = -1;
};

} // namespace facelatch::ui
