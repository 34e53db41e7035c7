// What a request has to fulfil before it may leave: that it can be sent, to a host that somebody agreed to, with
// nothing secret in the open.
#include "checks/actors/wire.h"
#include "checks/net/requesttarget.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Wire)
};

bool isToken(const QByteArray &text) // RFC 9110 section 5.6.2
{
    static const QRegularExpression token(u"^[A-Za-z0-9!#$%&'*+.^_`|~-]+\\z"_s);
    return token.match(QString::fromLatin1(text)).hasMatch();
}

bool isHeader(const Header &header)
{
    const auto breaksLine = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    if (header.name == kTargetField)
        return isSendableTarget(header.value);
    return isToken(header.name) && std::ranges::none_of(header.value, breaksLine);
}

bool isHttp(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1);
}

// The address without what may be secret in it.
QString shown(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

Result<void> verify(const ActiveRequest &request)
{
    if (!isHttp(request.url))
        return failure(ErrorKind::BadInput,
                       Text::tr("\"%1\" is not a web address that can be asked for.").arg(shown(request.url)));
    if (!isToken(request.method))
        return failure(ErrorKind::BadInput,
                       Text::tr("\"%1\" is not a method.").arg(QString::fromLatin1(request.method)));
    if (!std::ranges::all_of(request.headers, isHeader))
        return failure(ErrorKind::BadInput,
                       Text::tr("A header of the request to %1 cannot be sent.").arg(shown(request.url)));
    return {};
}

bool areHere(const std::vector<SocketAddress> &addresses)
{
    return std::ranges::all_of(addresses,
                               [](const SocketAddress &address) { return QHostAddress(address.ip).isLoopback(); });
}

// The host that a server on a shared address would answer as.
QString namedHost(const ActiveRequest &request)
{
    const auto named = std::ranges::find_if(
        request.headers, [](const Header &header) { return header.name.compare("host", Qt::CaseInsensitive) == 0; });
    if (named == request.headers.end())
        return hostOf(request.url);
    return hostOf(QUrl(u"https://"_s + QString::fromLatin1(named->value.trimmed())));
}

Result<void> verifySecrecy(const ActiveRequest &request, const std::vector<SocketAddress> &addresses)
{
    if (!request.carriesSecret || request.url.scheme() == "https"_L1 || areHere(addresses))
        return {};
    return failure(ErrorKind::BadInput,
                   Text::tr("\"%1\" is not encrypted, so no test account is used there.").arg(shown(request.url)));
}

} // namespace

Result<std::vector<SocketAddress>> Wire::addressesOf(const ActiveRequest &request)
{
    const QString host = hostOf(request.url);
    const QString place = u"%1:%2"_s.arg(host, QString::number(portOf(request.url)));
    if (const auto known = m_addresses.find(place); known != m_addresses.end())
        return known->second;
    const auto answer = m_seen.ask(HostAddresses{host, portOf(request.url)});
    if (*answer)
        m_addresses[place] = **answer;
    return *answer;
}

// A host that was led to this computer is this computer at that port alone; and one that was proven is not the address
// that it is led to.
Result<void> Wire::verifyPlace(const ActiveRequest &request, const std::vector<SocketAddress> &addresses) const
{
    const QString host = hostOf(request.url);
    const bool isLed = m_seen.options().connectOverrideFor(host, portOf(request.url)).has_value();
    const bool isVendor = request.errand == ActiveErrand::Vendor;
    const bool mustBeHere = m_gate->terms().isHere && (isVendor || m_gate->covers(host));
    if ((!isLed && !mustBeHere) || areHere(addresses))
        return {};
    return failure(
        ErrorKind::NotPermitted,
        Text::tr("%1 does not lead to this computer at port %2, and nobody allowed requests to where it leads.")
            .arg(host, QString::number(portOf(request.url))));
}

Result<std::vector<SocketAddress>> Wire::clear(const ActiveRequest &request)
{
    if (auto valid = m_ready.and_then([&] { return verify(request); }); !valid)
        return tl::unexpected<Error>(valid.error());
    // First: a host that nobody agreed to is not even looked up.
    if (!m_gate->covers(hostOf(request.url), request.errand))
        return tl::unexpected<Error>(letOut(request).error());
    if (const QString named = namedHost(request); !m_gate->covers(named, request.errand))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 is not one of the hosts that you allowed test requests for.").arg(named));
    auto addresses = addressesOf(request);
    if (!addresses)
        return addresses;
    auto leave = verifySecrecy(request, *addresses)
                     .and_then([&] { return verifyPlace(request, *addresses); })
                     .and_then([&] { return openTransfers(); })
                     .and_then([&] { return letOut(request); });
    if (!leave)
        return tl::unexpected<Error>(leave.error());
    return addresses;
}

} // namespace cockpit
