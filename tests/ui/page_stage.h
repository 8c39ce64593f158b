// SPDX-License-Identifier: GPL-3.0-or-later
// PageStage: the admin's frame around one page, for tests and pictures of it.
#pragma once

#include "core/latest_frame.h"
#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/cut_off.h"
#include "tests/ui/scenes.h"
#include "ui/admin_shell.h"
#include "ui/button.h"
#include "ui/text_block.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

namespace facelatch::test {

/// A window of that size with the shell in it, opened at the section.
class PageStage : public QWidget, public ui::SheetHost {
public:
    PageStage(ScriptedPort& port, ui::AdminEntry entry, QSize size, const QString& language = QStringLiteral("en"),
              ui::Theme theme = ui::Theme::Dark, const QSet<QString>& may = everything())
        : m_style(ui::styleFor(size, theme, false)),
          m_context{port,
                    m_frames,
                    [] { return sceneNow(); },
                    resources::installTranslator(*qApp, language),
                    true,
                    QStringLiteral("Ada"),
                    QStringLiteral("admin"),
                    may} {
        resize(size);
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        m_shell = new ui::AdminShell(m_context, {std::move(entry)}, this);
        layout->addWidget(m_shell);
        QPalette colours = palette();
        colours.setColor(QPalette::Window, m_style.colour(&resources::Palette::background));
        setPalette(colours);
        setAutoFillBackground(true);
        m_shell->restyle(m_style);
        restyleAll(*m_shell, m_style);
        show();
        activateWindow();
        settle();
    }
    static QSet<QString> everything() {
        return {QStringLiteral("read_log"), QStringLiteral("read_people"), QStringLiteral("read_access"),
                QStringLiteral("change_access"), QStringLiteral("read_audit")};
    }
    const ui::Style& hostStyle() const override { return m_style; }
    ui::AdminShell& shell() { return *m_shell; }
    ui::AdminPage* page() const { return m_shell->page(); }

    /// Until answers have come and layouts are done.
    static void settle() {
        for (int i = 0; i < 8; ++i) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            QApplication::processEvents();
        }
    }
    template<typename T>
    T* find(const char* name) {
        for (T* each : findChildren<T*>(QLatin1String(name)))
            if (each->isVisible())
                return each;
        return nullptr;
    }
    template<typename T>
    QList<T*> all(const char* name) {
        QList<T*> shown;
        for (T* each : findChildren<T*>(QLatin1String(name)))
            if (each->isVisible())
                shown << each;
        return shown;
    }
    QString text(const char* name) {
        const auto* block = find<ui::TextBlock>(name);
        return block != nullptr ? block->text() : QString();
    }
    /// False where there is no such button, or it is not to be pressed.
    bool press(const char* name) {
        auto* button = find<QAbstractButton>(name);
        if (button == nullptr || !button->isEnabled())
            return false;
        button->click();
        settle();
        return true;
    }
    /// A button of the sheet in front, by its words.
    bool answer(const QString& words) {
        for (auto* sheet : findChildren<ui::Sheet*>())
            if (sheet->isVisible())
                for (auto* button : sheet->findChildren<QAbstractButton*>())
                    if (button->isVisible() && button->text() == words) {
                        button->click();
                        settle();
                        return true;
                    }
        return false;
    }
    /// What is cut off; empty if nothing is.
    QStringList cutOff() const { return test::cutOff(*this); }

private:
    ui::Style m_style;
    core::LatestFrame m_frames;
    ui::AdminContext m_context;
    ui::AdminShell* m_shell;
};

template<typename Page>
ui::AdminEntry entryOf(ui::Section section) {
    return {
        section,
        {QStringLiteral("read_log"), QStringLiteral("read_access")},
        [](const ui::AdminContext& context, QWidget* parent) -> ui::AdminPage* { return new Page(context, parent); }};
}

} // namespace facelatch::test
