// SPDX-License-Identifier: GPL-3.0-or-later
// What all pages do alike.
#include "ui/admin_page.h"

#include "ui/kit_words.h"

#include <utility>

namespace facelatch::ui {

AdminPage::AdminPage(const AdminContext& context, QWidget* parent) : QWidget(parent), m_context(context) {}

void AdminPage::restyle(const Style& style) {
    m_style = style;
    restyled();
}

void AdminPage::ask(const QString& command, const QJsonObject& args, Done done, Failed failed) {
    m_context.port.ask(command, args, this,
                       [this, done = std::move(done), failed = std::move(failed)](const auto& answer) {
                           if (answer) {
                               if (done)
                                   done(*answer);
                           } else if (failed) {
                               failed(answer.error());
                           } else {
                               Q_EMIT notice(KitWords::error(answer.error()), {});
                           }
                       });
}

void AdminPage::confirm(const Sheet::Question& question, std::function<void()> yes) {
    Sheet::confirm(this, question, [page = QPointer(this), yes = std::move(yes)] {
        if (page)
            yes();
    });
}

void AdminPage::dressUp(QWidget& widget) const {
    if (auto* styled = dynamic_cast<Styled*>(&widget))
        styled->restyle(m_style);
    restyleAll(widget, m_style);
}

} // namespace facelatch::ui
