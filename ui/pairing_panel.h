// SPDX-License-Identifier: GPL-3.0-or-later
// PairingPanel: the code that pairs a viewer, to scan and to type, and how long it is good.
#pragma once

#include "ui/button.h"
#include "ui/panel.h"

#include <QJsonObject>

namespace facelatch::ui {

class QrCode;

/// Shows what it is told. Gui thread.
class PairingPanel : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit PairingPanel(QWidget* parent = nullptr);
    /// The answer of viewer.pair: {link, code, fingerprint, hosts, port, expires_in_s}.
    void showPairing(const QJsonObject& pairing);
    /// Of viewer.pairing: seconds left, and the tries left after wrong ones.
    void setLeft(qint64 seconds, int triesLeft);
    /// No code any more; a new one can be asked for.
    void expire();
    void restyle(const Style& style) override;

Q_SIGNALS:
    void newCodeWanted();

private:
    TextBlock* addText(const char* name, int size, int lines, ColourRole colour);

    QBoxLayout* m_row;
    QBoxLayout* m_words;
    QrCode* m_qr;
    TextBlock* m_code;
    TextBlock* m_address;
    TextBlock* m_fingerprint;
    TextBlock* m_left;
    TimeBar* m_bar;
    TextBlock* m_tries;
    TextBlock* m_expired;
    Button* m_again;
    QWidget* m_current; ///< all of it while the code is good
    qint64 m_lasts = 0;
    int m_allTries = 0;
};

} // namespace facelatch::ui
