// Which companies the signs belong to: headers, cookies, aliases, name servers, addresses, pages.
#include "checks/edge/edgesigns.h"

#include "checks/web/report.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isTrace(const QByteArray &body)
{
    return body.startsWith("fl=") && body.contains("\ncolo=") && body.contains("\nip=");
}

std::vector<EdgeSignal> signalsOf(const Provider &provider, const EdgeSeen &seen)
{
    std::vector<EdgeSignal> found;
    for (const Header &header : seen.headers) {
        const QString name = QString::fromLatin1(header.name).toLower();
        const QString value = QString::fromUtf8(header.value);
        const bool fits = std::ranges::any_of(provider.headers,
                                              [&](const HeaderMark &mark) { return matchesHeader(mark, name, value); });
        if (fits)
            found.push_back({provider.id, SignalSource::Header, name + u": "_s + quoted(header.value, 80)});
    }
    for (const QString &cookie : seen.cookies) {
        if (matchesText(provider.cookies, cookie))
            found.push_back({provider.id, SignalSource::Cookie, quoted(cookie.toUtf8(), 80)});
    }
    for (const QString &alias : seen.aliases) {
        if (matchesHost(provider.cname, alias))
            found.push_back({provider.id, SignalSource::Alias, alias});
    }
    for (const QString &server : seen.nameServers) {
        if (matchesHost(provider.ns, server))
            found.push_back({provider.id, SignalSource::NameServer, server});
    }
    if (provider.id == "cloudflare"_L1 && isTrace(seen.trace))
        found.push_back({provider.id, SignalSource::Trace, QString::fromLatin1(kEdgeTracePath)});
    if (matchesPage(provider.pages, seen.page))
        found.push_back({provider.id, SignalSource::Page, QStringLiteral("text of the page")});
    if (!seen.peerAddress.isEmpty() && matchesAddress(provider.addresses, seen.peerAddress))
        found.push_back({provider.id, SignalSource::Address, seen.peerAddress});
    return found;
}

} // namespace

QString toWord(SignalSource source)
{
    switch (source) {
    case SignalSource::Header:
        return u"header"_s;
    case SignalSource::Cookie:
        return u"cookie"_s;
    case SignalSource::Alias:
        return u"cname"_s;
    case SignalSource::Address:
        return u"address"_s;
    case SignalSource::NameServer:
        return u"ns"_s;
    case SignalSource::Trace:
        return u"trace"_s;
    case SignalSource::Page:
        return u"page"_s;
    }
    Q_UNREACHABLE();
}

std::vector<EdgeSignal> signalsFrom(const EdgeSeen &seen, const std::vector<Provider> &providers)
{
    std::vector<EdgeSignal> all;
    for (const Provider &provider : providers) {
        if (provider.is(ProviderKind::Edge) || provider.is(ProviderKind::Hosting))
            std::ranges::move(signalsOf(provider, seen), std::back_inserter(all));
    }
    return all;
}

} // namespace cockpit
