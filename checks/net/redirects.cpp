#include "checks/engine/observations.h"
#include "checks/net/addressspace.h"
#include "checks/net/httpclient.h"
#include "checks/net/location.h"
#include "checks/net/urlhost.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isWeb(const QUrl &url)
{
    return url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
}

// Is the host, as it would be connected to, inside the network of the person who looks? Who cannot be resolved is not.
bool isInside(const QUrl &url, ProbeContext &context)
{
    const auto addresses = context.observations.ask(HostAddresses{hostOf(url), portOf(url)});
    return *addresses && std::ranges::any_of(**addresses, &isPrivateAddress, &SocketAddress::ip);
}

class Walk
{
public:
    Walk(const FollowRedirects &question, ProbeContext &context)
        : m_context(context),
          m_headers(question.headers),
          m_at(question.url.adjusted(QUrl::RemoveFragment)),
          m_startedInside(isInside(m_at, context))
    {
    }

    Result<RedirectChain> go()
    {
        std::optional<RedirectEnd> end;
        while (!end) {
            const auto answer = m_context.observations.ask(HttpGet{.url = m_at, .headers = m_headers});
            if (!*answer)
                return tl::unexpected<Error>(answer->error());
            end = take(**answer);
        }
        m_chain.end = *end;
        return std::move(m_chain);
    }

private:
    // Notes the hop and moves on; the end when there is nowhere to go.
    std::optional<RedirectEnd> take(const HttpResponse &response)
    {
        const QByteArray location = response.header("location").value_or(QByteArray());
        m_chain.hops.push_back({m_at, response.status, location, response.header("server").value_or(QByteArray()),
                                response.header("set-cookie").has_value()});
        m_chain.last = response;
        m_seen += FollowRedirects{m_at}.key();
        if (!isRedirectStatus(response.status))
            return RedirectEnd::Arrived;
        const QUrl next = locationTarget(m_at, location);
        if (const auto end = obstacle(next, location))
            return end;
        m_at = next;
        return std::nullopt;
    }

    std::optional<RedirectEnd> obstacle(const QUrl &next, const QByteArray &location) const
    {
        if (location.isEmpty() || !next.isValid())
            return RedirectEnd::BadLocation;
        if (!isWeb(next))
            return RedirectEnd::NotHttp;
        if (next.host().isEmpty())
            return RedirectEnd::BadLocation;
        if (m_seen.contains(FollowRedirects{next}.key()))
            return RedirectEnd::Loop;
        if (m_chain.hops.size() > kMaxRedirects)
            return RedirectEnd::TooManyHops;
        if (!m_startedInside && !isOverridden(next) && isInside(next, m_context))
            return RedirectEnd::BadLocation;
        return std::nullopt;
    }

    bool isOverridden(const QUrl &url) const
    {
        return m_context.options.connectOverrideFor(hostOf(url), portOf(url)).has_value();
    }

    ProbeContext &m_context;
    const std::vector<Header> m_headers;
    QUrl m_at;
    const bool m_startedInside;
    QStringList m_seen;
    RedirectChain m_chain;
};

} // namespace

Result<RedirectChain> probe(const FollowRedirects &question, ProbeContext &context)
{
    return Walk(question, context).go();
}

} // namespace cockpit
