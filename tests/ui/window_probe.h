// SPDX-License-Identifier: GPL-3.0-or-later
// WindowProbe: what a test sees of a window and does to it, by objectName.
#pragma once

#include "ui/fields.h"
#include "ui/text_block.h"

#include <QApplication>
#include <QTest>
#include <QWidget>

#include <utility>

namespace facelatch::test {

/// Gui thread. Only what is visible is found.
class WindowProbe {
public:
    explicit WindowProbe(QWidget& window) : m_window(&window) {}

    template<typename T = QWidget>
    T* find(const char* name) const {
        for (T* each : m_window->findChildren<T*>(QLatin1String(name)))
            if (each->isVisible())
                return each;
        return nullptr;
    }
    QString text(const char* name) const {
        const auto* block = find<ui::TextBlock>(name);
        return block != nullptr ? block->text() : QString();
    }
    void press(const char* name) const {
        auto* widget = find(name);
        QVERIFY2(widget != nullptr, name);
        QTest::mouseClick(widget, Qt::LeftButton);
        QApplication::processEvents();
    }
    /// On the number pad, and handed over.
    void typeDigits(const char* digits) const {
        for (const char* digit = digits; *digit != 0; ++digit)
            press(qPrintable(QStringLiteral("padKey%1").arg(QLatin1Char(*digit))));
        press("padAccept");
    }

private:
    QWidget* m_window;
};

} // namespace facelatch::test
