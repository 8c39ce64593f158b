// SPDX-License-Identifier: GPL-3.0-or-later
// AdminStage: a page of the admin's screens with a scripted port behind it, alone on a screen.
#pragma once

#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/scenes.h"
#include "ui/admin_page.h"

#include <QApplication>
#include <QVBoxLayout>

namespace facelatch::test {

/// Shown at that size in that language. Set the port's answers, then put() a page.
class AdminStage : public QWidget, public ui::SheetHost {
public:
    explicit AdminStage(QSize size = {800, 480}, const QString& language = QStringLiteral("en"),
                        ui::Theme theme = ui::Theme::Dark)
        : context{port,
                  frames,
                  sceneNow,
                  resources::installTranslator(*qApp, language),
                  true,
                  QStringLiteral("Zoé"),
                  QStringLiteral("admin"),
                  {}},
          m_style(ui::styleFor(size, theme, false)) {
        for (const char* code : {"manage_principals", "change_settings", "back_up", "lock_down"})
            context.may.insert(QLatin1String(code));
        resize(size);
        auto* column = new QVBoxLayout(this);
        // What the shell takes: the rail, and the title above.
        column->setContentsMargins(0, m_style.px(resources::touchTarget), 0, 0);
        if (!m_style.portrait)
            column->setContentsMargins(m_style.px(resources::railWidth), m_style.px(resources::touchTarget), 0, 0);
        QPalette colours;
        colours.setColor(QPalette::Window, m_style.colour(&resources::Palette::background));
        setPalette(colours);
        setAutoFillBackground(true);
    }

    template<typename PageType>
    PageType* put() {
        auto* page = new PageType(context, this);
        QObject::connect(page, &ui::AdminPage::notice, this,
                         [this](const QString& text, const std::function<void()>&) { notices << text; });
        layout()->addWidget(page);
        show();
        activateWindow();
        ui::restyleAll(*this, m_style);
        page->shown();
        settle();
        return page;
    }
    void settle() {
        for (int i = 0; i < 5; ++i)
            QApplication::processEvents();
        QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QApplication::processEvents();
    }
    const ui::Style& hostStyle() const override { return m_style; }

    ScriptedPort port;
    core::LatestFrame frames;
    ui::AdminContext context;
    QStringList notices;

private:
    ui::Style m_style;
};

} // namespace facelatch::test
