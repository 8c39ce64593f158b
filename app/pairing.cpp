// SPDX-License-Identifier: GPL-3.0-or-later
// A code, its time and its tries.
#include "app/pairing.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace facelatch::app {

namespace {

/// As long for a wrong code as for a right one.
bool same(const QString& one, const QString& other) {
    char16_t different = one.size() == other.size() ? 0 : 1;
    for (qsizetype i = 0; i < std::min(one.size(), other.size()); ++i)
        different = static_cast<char16_t>(different | (one.at(i).unicode() ^ other.at(i).unicode()));
    return different == 0;
}

} // namespace

void Pairing::open(Asked asked, core::MonoTime now) {
    m_asked = std::move(asked);
    m_until = now + lasts;
    m_left = tries;
    m_open = true;
    m_ended.clear();
    m_paired.reset();
}

void Pairing::cancel() {
    if (std::exchange(m_open, false))
        m_ended = QStringLiteral("cancelled");
}

bool Pairing::isOpen(core::MonoTime now) const {
    return m_open && now < m_until;
}

Pairing::Verdict Pairing::attempt(const QString& code, bool signedByKey, core::MonoTime now) {
    if (!isOpen(now))
        return Verdict::NotOpen;
    const bool right = same(code, m_asked.code);
    if (right && signedByKey) {
        m_open = false;
        m_busy = true;
        return Verdict::Right;
    }
    if (--m_left == 0) {
        m_open = false;
        m_ended = QStringLiteral("tries");
    }
    return right ? Verdict::BadSignature : Verdict::Wrong;
}

void Pairing::paired(const core::Principal& viewer) {
    m_busy = false;
    const std::string_view role = core::roleCode(viewer.role);
    m_paired =
        QJsonObject{{QStringLiteral("name"), QString::fromStdString(viewer.name)},
                    {QStringLiteral("role"), QString::fromLatin1(role.data(), static_cast<qsizetype>(role.size()))}};
}

void Pairing::failed() {
    m_busy = false;
    m_ended = QStringLiteral("failed");
}

QJsonObject Pairing::state(core::MonoTime now) const {
    const bool open = isOpen(now);
    const auto left = open ? std::chrono::ceil<std::chrono::seconds>(m_until - now) : std::chrono::seconds(0);
    return {{QStringLiteral("open"), open || m_busy},
            {QStringLiteral("left_s"), static_cast<qint64>(left.count())},
            {QStringLiteral("tries_left"), open ? m_left : 0},
            {QStringLiteral("paired"), m_paired ? QJsonValue(*m_paired) : QJsonValue()},
            {QStringLiteral("ended"), m_open && !open ? QStringLiteral("time") : m_ended}};
}

} // namespace facelatch::app
