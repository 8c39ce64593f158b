// SPDX-License-Identifier: GPL-3.0-or-later
// AdminsPage: who may sign in at this screen, and as what.
#pragma once

#include "core/digits.h"
#include "ui/admin_page.h"

#include <QJsonArray>

class QBoxLayout;
class QStackedLayout;

namespace facelatch::ui {

class BusyLine;
class Button;
class PinPad;
class ScrollArea;
class Segments;
class TextBlock;
class TextField;

/// A list, then one admin (or a new one), then the PIN: steps of one page. A PIN is held as core::Digits, until it is
/// sent. Gui thread.
class AdminsPage : public AdminPage {
    Q_OBJECT
public:
    explicit AdminsPage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;
    bool hasBack() const override { return true; }
    bool back() override;
    void changed(const QString& what) override;

protected:
    void restyled() override;

private:
    enum Step { List, One, Pin };
    void makeOne();
    void makePin();
    void go(Step step);
    void read();
    void showList();
    void open(const QJsonObject& admin);
    bool isLast(const QJsonObject& admin) const;
    QString typedName() const;
    void showReady();
    void save();
    void askRemove();
    void enter(const core::Digits& digits);
    void begin(const QString& why);
    void sendPin(const core::Digits& digits);
    void wait(bool busy);
    void failed(const core::Error& error);
    void finish(const QString& said);

    QJsonArray m_admins;
    QJsonObject m_admin; ///< the one that is open; empty: a new one
    core::Digits m_first;
    QBoxLayout* m_column;
    BusyLine* m_busy;
    QStackedLayout* m_steps;
    ScrollArea* m_list;
    ScrollArea* m_one;
    TextField* m_name;
    Segments* m_role;
    TextBlock* m_roleLine;
    TextBlock* m_last;
    Button* m_save;
    Button* m_changePin;
    Button* m_remove;
    QWidget* m_pinStep;
    QBoxLayout* m_pinRow;
    TextBlock* m_pinText;
    TextBlock* m_pinWhy;
    PinPad* m_pad;
};

} // namespace facelatch::ui
