// SPDX-License-Identifier: GPL-3.0-or-later
// Pairing: the one code by which one viewer may become known to this door, and what became of it.
#pragma once

#include "core/principal.h"
#include "core/time.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <string>

namespace facelatch::app {

/// One thread. Holds no clock: time is an argument.
class Pairing {
public:
    static constexpr core::milliseconds lasts{300'000};
    static constexpr int tries = 5;

    struct Asked {
        QString code; ///< 8 letters, as network::pairingCode() makes them
        core::Role role = core::Role::Viewer;
        std::string name; ///< empty: as the viewer calls itself
        std::string by;   ///< who opened it
    };
    enum class Verdict { Right, Wrong, BadSignature, NotOpen };

    /// In the place of one that is open.
    void open(Asked asked, core::MonoTime now);
    void cancel();
    bool isOpen(core::MonoTime now) const;
    /// `signedByKey`: the viewer has shown that it has the private key. With Right the code is used up; anything else
    /// is one try of five.
    Verdict attempt(const QString& code, bool signedByKey, core::MonoTime now);
    /// A code was right, and neither paired() nor failed() has been called since.
    bool busy() const { return m_busy; }
    /// What was asked, after Right.
    const Asked& asked() const { return m_asked; }
    void paired(const core::Principal& viewer);
    /// Its viewer could not be kept: the code is used up all the same.
    void failed();
    /// {open, left_s, tries_left, paired: {name, role} | null, ended: "" | "time" | "tries" | "cancelled" | "failed"}.
    QJsonObject state(core::MonoTime now) const;

private:
    Asked m_asked;
    core::MonoTime m_until{};
    int m_left = 0;
    bool m_open = false, m_busy = false;
    QString m_ended;
    std::optional<QJsonObject> m_paired;
};

} // namespace facelatch::app
