// SPDX-License-Identifier: GPL-3.0-or-later
// Pairing links and codes as text.
#include "network/pairing_link.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cctype>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

constexpr QLatin1String linkStart("facelatch://pair?");
constexpr QLatin1String letters("0123456789ABCDEFGHJKMNPQRSTVWXYZ"); // Crockford's: no I, L, O, U
constexpr qsizetype codeBytes = 5, codeLetters = 8, bitsOfLetter = 5;
constexpr qsizetype pinBytes = 32, pinLetters = 43;
constexpr qsizetype mostText = 4096, mostHosts = 8, mostHost = 253, mostDoor = 200;

Error wrong(const std::string& what) {
    return {ErrorKind::Usage, what, "pairing link", "Copy the whole link from the door, or type its code"};
}

/// The parts of a link; each but `host` once. An empty text is one that was not there.
struct Parts {
    QStringList hosts;
    QString version, port, door, pin, code;
};

/// Decodes %XX; nothing for a damaged one, or for what is no UTF-8 text or holds control characters.
std::optional<QString> decoded(QStringView text) {
    const QByteArray raw = text.toUtf8();
    for (qsizetype i = raw.indexOf('%'); i >= 0; i = raw.indexOf('%', i + 1))
        if (i + 2 >= raw.size() || !std::isxdigit(static_cast<unsigned char>(raw[i + 1])) ||
            !std::isxdigit(static_cast<unsigned char>(raw[i + 2])))
            return std::nullopt;
    const QByteArray bytes = QByteArray::fromPercentEncoding(raw);
    QString out = QString::fromUtf8(bytes);
    if (out.toUtf8() != bytes || std::ranges::any_of(out, [](QChar c) { return c.category() == QChar::Other_Control; }))
        return std::nullopt;
    return out;
}

Result<Parts> split(QStringView query) {
    Parts parts;
    const std::array<std::pair<QLatin1String, QString*>, 5> single{{{QLatin1String("v"), &parts.version},
                                                                    {QLatin1String("port"), &parts.port},
                                                                    {QLatin1String("door"), &parts.door},
                                                                    {QLatin1String("pin"), &parts.pin},
                                                                    {QLatin1String("code"), &parts.code}}};
    const auto items = query.split(u'&', Qt::SkipEmptyParts);
    for (const QStringView item : items) {
        const qsizetype equals = item.indexOf(u'=');
        const QStringView name = item.first(equals < 0 ? item.size() : equals);
        const auto value = decoded(equals < 0 ? QStringView() : item.sliced(equals + 1));
        const auto* part = std::ranges::find_if(single, [&](const auto& known) { return known.first == name; });
        if (name != QLatin1String("host") && part == single.end())
            continue;
        if (!value || value->isEmpty())
            return wrong("the part \"" + name.toString().toStdString() + "\" is empty or damaged");
        if (part == single.end())
            parts.hosts << *value;
        else if (!part->second->isEmpty())
            return wrong("the part \"" + name.toString().toStdString() + "\" is there twice");
        else
            *part->second = *value;
    }
    return parts;
}

bool isHost(const QString& host) {
    if (QHostAddress address; address.setAddress(host))
        return address.scopeId().isEmpty(); // an interface of the door's is none of the viewer's
    return host.size() <= mostHost && !host.startsWith(u'.') && !host.startsWith(u'-') &&
           std::ranges::all_of(host, [](QChar c) {
               return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'.' || c == u'_');
           });
}

std::optional<std::uint16_t> portIn(const QString& text) {
    const bool digits = text.size() <= 5 && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    const std::uint16_t port = digits ? text.toUShort() : std::uint16_t{0};
    return port > 0 ? std::optional(port) : std::nullopt;
}

std::optional<QByteArray> pinIn(const QString& text) {
    const auto pin =
        QByteArray::fromBase64Encoding(text.toUtf8(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals |
                                                          QByteArray::AbortOnBase64DecodingErrors);
    if (!pin || text.size() != pinLetters || (*pin).size() != pinBytes)
        return std::nullopt;
    return *pin;
}

Result<PairingLink> linkOf(const Parts& parts) {
    if (parts.hosts.isEmpty() || parts.port.isEmpty() || parts.door.isEmpty() || parts.pin.isEmpty() ||
        parts.code.isEmpty()) {
        const char* missing = parts.hosts.isEmpty()  ? "host"
                              : parts.port.isEmpty() ? "port"
                              : parts.door.isEmpty() ? "door"
                              : parts.pin.isEmpty()  ? "pin"
                                                     : "code";
        return wrong(std::string("the part \"") + missing + "\" is missing");
    }
    const auto port = portIn(parts.port);
    const auto pin = pinIn(parts.pin);
    const auto code = typedPairingCode(parts.code);
    if (parts.hosts.size() > mostHosts)
        return wrong("it names more than eight hosts");
    if (!std::ranges::all_of(parts.hosts, isHost))
        return wrong("the part \"host\" is neither a name nor an address");
    if (!port)
        return wrong("the part \"port\" is no number from 1 to 65535");
    if (parts.door.size() > mostDoor)
        return wrong("the part \"door\" is too long");
    if (!pin)
        return wrong("the part \"pin\" is damaged");
    if (!code)
        return wrong("the part \"code\" is damaged");
    return PairingLink{parts.hosts, *port, parts.door, *pin, *code};
}

} // namespace

QString pairingLinkText(const PairingLink& link) {
    const auto encoded = [](const QString& text) { return QString::fromLatin1(QUrl::toPercentEncoding(text, ":")); };
    QString text = linkStart + QStringLiteral("v=1");
    for (const QString& host : link.hosts)
        text += QStringLiteral("&host=") + encoded(host);
    text += QStringLiteral("&port=%1").arg(link.port) + QStringLiteral("&door=") + encoded(link.door);
    text += QStringLiteral("&pin=") +
            QString::fromLatin1(link.pin.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    return text + QStringLiteral("&code=") + encoded(link.code);
}

Result<PairingLink> parsePairingLink(const QString& text) {
    const QString trimmed = text.trimmed();
    if (trimmed.size() > mostText)
        return wrong("it is far too long for a pairing link");
    if (!trimmed.startsWith(linkStart, Qt::CaseInsensitive))
        return wrong("a pairing link begins with facelatch://pair?");
    const auto parts = split(QStringView(trimmed).sliced(linkStart.size()));
    if (!parts)
        return parts.error();
    if (parts->version.isEmpty())
        return wrong("the part \"v\" is missing");
    if (parts->version != QLatin1String("1"))
        return Error{ErrorKind::NewerVersion, "the link is of another version", "pairing link",
                     "Update the program that reads it"};
    return linkOf(*parts);
}

QString pairingCode(const QByteArray& random) {
    if (random.size() != codeBytes)
        return {};
    std::uint64_t bits = 0;
    for (const char byte : random)
        bits = bits << 8U | static_cast<unsigned char>(byte);
    QString code;
    for (qsizetype i = codeLetters - 1; i >= 0; --i)
        code += letters[static_cast<qsizetype>(bits >> static_cast<unsigned>(i * bitsOfLetter) & 0x1fU)];
    return code;
}

std::optional<QString> typedPairingCode(const QString& typed) {
    QString code;
    for (QChar c : typed) {
        if (c == u'-' || c.isSpace())
            continue;
        c = c.toUpper();
        if (c == u'O')
            c = u'0';
        else if (c == u'I' || c == u'L')
            c = u'1';
        if (c.unicode() >= 0x80 || !letters.contains(c) || code.size() == codeLetters)
            return std::nullopt;
        code += c;
    }
    return code.size() == codeLetters ? std::optional(code) : std::nullopt;
}

QString shownPairingCode(const QString& code) {
    return code.first(std::min<qsizetype>(code.size(), codeLetters / 2)) + u'-' + code.mid(codeLetters / 2);
}

} // namespace facelatch::network
