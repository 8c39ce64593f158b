// SPDX-License-Identifier: GPL-3.0-or-later
// PageHost: one admin's page alone in a window that carries sheets, and what it tells.
#pragma once

#include "ui/admin_page.h"
#include "ui/controls.h"

#include <QApplication>
#include <QVBoxLayout>

#include <functional>
#include <memory>
#include <utility>

namespace facelatch::test {

class PageHost : public QWidget, public ui::SheetHost {
public:
    explicit PageHost(QSize size = {800, 480}, bool reduceMotion = false)
        : m_style(ui::styleFor(size, ui::Theme::Dark, reduceMotion)) {
        resize(size);
        new QVBoxLayout(this);
        layout()->setContentsMargins(0, 0, 0, 0);
    }
    const ui::Style& hostStyle() const override { return m_style; }

    void put(ui::AdminPage* page) {
        layout()->addWidget(page);
        page->restyle(m_style);
        restyleAll(*page, m_style);
        connect(page, &ui::AdminPage::notice, this, [this](const QString& text, const std::function<void()>& back) {
            notices << text;
            undo = back;
        });
        connect(page, &ui::AdminPage::opens, this, [this](ui::AdminPage* next) { opened.reset(next); });
        show();
        page->shown();
        QApplication::processEvents();
    }
    /// The one in front, if any.
    ui::Sheet* sheet() const {
        for (ui::Sheet* each : findChildren<ui::Sheet*>())
            if (each->isVisible())
                return each;
        return nullptr;
    }

    std::unique_ptr<ui::AdminPage> opened; ///< by the page, the latest
    QStringList notices;
    std::function<void()> undo; ///< of the latest notice

private:
    ui::Style m_style;
};

} // namespace facelatch::test
