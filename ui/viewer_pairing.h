// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerPairing: from a link or a code to a door one sees.
#pragma once

#include "ui/choices.h"
#include "ui/feedback.h"
#include "ui/fields.h"
#include "ui/sheet.h"
#include "ui/viewer_port.h"

class QBoxLayout;

namespace facelatch::ui {

/// The inside of the sheet: first who is asked, then the fingerprint to compare; words for each failure. Gui thread.
class ViewerPairing : public QWidget, public Styled {
    Q_OBJECT
public:
    /// Opens the sheet over the window of `from`. `paired` gets the door's id.
    static ViewerPairing* open(QWidget* from, ViewerPort& port, const QString& link,
                               std::function<void(const QString&)> paired);
    ~ViewerPairing() override;
    void restyle(const Style& style) override;

private:
    ViewerPairing(ViewerPort& port, Sheet* sheet, std::function<void(const QString&)> paired);
    void buildQuestion();
    void buildCheck();
    void showWay(int way);
    void showFound();
    void begin();
    void check(Trouble trouble, const PairCheck& found);
    void agree();
    void finish(Trouble trouble, const QString& door);
    void tell(const QString& text);
    void setBusy(bool busy);
    TextBlock* addText(QBoxLayout* column, const char* name, ColourRole colour, bool bold);

    ViewerPort& m_port;
    Sheet* m_sheet;
    std::function<void(const QString&)> m_paired;
    QBoxLayout* m_column;
    QWidget* m_question;
    QWidget* m_check;
    Segments* m_ways;
    TextBlock* m_help;
    TextField* m_link;
    TextField* m_address;
    TextField* m_code;
    TextField* m_name;
    QWidget* m_found;
    Button* m_go;
    BusyLine* m_busy;
    TextBlock* m_error;
    TextBlock* m_compare = nullptr;
    TextBlock* m_fingerprint = nullptr;
    Button* m_same = nullptr;
    Style m_style;
};

} // namespace facelatch::ui
