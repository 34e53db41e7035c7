#include "checks/engine/netoptions.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint16_t kDnsPort = 53;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NetOptions)
};

// Form only; whether the address can be reached is found out by connecting.
bool isIpLiteral(const QString &text)
{
    static const QRegularExpression v4(uR"(^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$)"_s);
    static const QRegularExpression v6(uR"(^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[\w.]+)?$|^::$)"_s);
    return v4.match(text).hasMatch() || v6.match(text).hasMatch();
}

std::optional<std::uint16_t> portOf(const QString &text)
{
    bool ok = false;
    const uint port = text.toUInt(&ok);
    if (!ok || port == 0 || port > 65535)
        return std::nullopt;
    return static_cast<std::uint16_t>(port);
}

} // namespace

QString SocketAddress::toString() const
{
    return ip.contains(u':') ? u"[%1]:%2"_s.arg(ip, QString::number(port)) : u"%1:%2"_s.arg(ip, QString::number(port));
}

std::optional<SocketAddress> NetOptions::connectOverrideFor(const QString &host, std::uint16_t port) const
{
    const auto fits = [&](const ConnectOverride &o) {
        return (o.host.isEmpty() || o.host.compare(host, Qt::CaseInsensitive) == 0) && (o.port == 0 || o.port == port);
    };
    const auto it = std::ranges::find_if(connects, fits);
    if (it == connects.end())
        return std::nullopt;
    SocketAddress to = it->to;
    if (to.port == 0)
        to.port = port;
    return to;
}

Result<SocketAddress> parseResolver(const QString &text)
{
    static const QRegularExpression form(uR"(^(?:\[([^\]]+)\](?::(\d+))?|([^:]+)(?::(\d+))?|([0-9A-Fa-f:.%]+))$)"_s);
    const auto match = form.match(text.trimmed());
    const auto wrong = [&] {
        return failure(ErrorKind::BadInput,
                       Text::tr("\"%1\" is not a DNS server address. Write IP, IP:PORT or [IPv6]:PORT.").arg(text));
    };
    if (!match.hasMatch())
        return wrong();
    const QString ip = match.captured(1) + match.captured(3) + match.captured(5);
    const QString portText = match.captured(2) + match.captured(4);
    if (!isIpLiteral(ip))
        return wrong();
    const auto port = portText.isEmpty() ? std::optional(kDnsPort) : portOf(portText);
    if (!port)
        return wrong();
    return SocketAddress{ip, *port};
}

Result<ConnectOverride> parseConnectOverride(const QString &text)
{
    static const QRegularExpression form(uR"(^([^:\[\]]*|\[[^\]]+\]):(\d*):([^:\[\]]+|\[[^\]]+\]):(\d+)$)"_s);
    const auto wrong = [&] {
        return failure(ErrorKind::BadInput,
                       Text::tr("\"%1\" is not a connection override. Write HOST:PORT:ADDRESS:PORT.").arg(text));
    };
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return wrong();
    const auto unbracketed = [](const QString &s) { return s.startsWith(u'[') ? s.mid(1, s.size() - 2) : s; };
    const auto from = match.captured(2).isEmpty() ? std::optional<std::uint16_t>(0) : portOf(match.captured(2));
    const auto to = portOf(match.captured(4));
    const QString address = unbracketed(match.captured(3));
    if (!from || !to || !isIpLiteral(address))
        return wrong();
    return ConnectOverride{unbracketed(match.captured(1)).toLower(), *from, SocketAddress{address, *to}};
}

} // namespace cockpit
