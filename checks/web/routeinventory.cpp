#include "checks/web/routeinventory.h"

#include "checks/net/httpclient.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/apidocuments.h"
#include "checks/web/bundle.h"
#include "checks/web/coderoutes.h"
#include "checks/web/denial.h"
#include "checks/web/graphql.h"
#include "checks/web/obstacle.h"
#include "checks/web/pageroutes.h"
#include "checks/web/parsedpage.h"
#include "models/routes/importers.h"
#include "models/routes/routelist.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRoutes = 2000;
constexpr size_t kMostSitemaps = 4; // of one host

// A thousand linked articles are one kind of page. What code, documents and forms name stays: each is an API of its
// own.
std::vector<Route> withFewerPages(const std::vector<Route> &routes)
{
    std::vector<Route> pages;
    std::vector<Route> rest;
    for (const Route &route : routes) {
        const QStringList sources = route.source.split(u", "_s, Qt::SkipEmptyParts);
        const bool isPage =
            std::ranges::all_of(sources, [](const QString &one) { return one == "links"_L1 || one == "sitemap"_L1; });
        (isPage ? pages : rest).push_back(route);
    }
    return mergedRoutes(std::move(rest), collapsedNeighbours(pages));
}

class Collector
{
public:
    explicit Collector(const Look &look) : m_look(look), m_usual(usualHostOf(look.target)) {}

    RouteInventory collect()
    {
        askAhead();
        for (const Host &host : m_look.target.hosts) {
            if (host.role == HostRole::Mail)
                continue;
            m_isAnswering = false;
            const FirstPage first = readPage(host);
            if (first == FirstPage::Last)
                continue;
            readLists(host);
            readDescriptions(host);
            if (first == FirstPage::Refused)
                ++(m_isAnswering ? m_inventory.hostsRead : m_inventory.hostsSilent);
        }
        m_inventory.routes = ownRoutes(withFewerPages(m_inventory.routes), m_look.target).routes;
        for (const Route &route : m_inventory.routes) {
            for (const QString &source : route.source.split(u", "_s, Qt::SkipEmptyParts)) {
                if (!m_inventory.sources.contains(source))
                    m_inventory.sources.append(source);
            }
        }
        return std::move(m_inventory);
    }

private:
    enum class FirstPage {
        Last,    // nothing more is to be asked of the host
        Refused, // by the product, it seems: what else it answers tells whether it was
        Done,
    };

    static std::vector<HttpGet> listsOf(const Host &host)
    {
        return {HttpGet{httpsAddress(host, u"/robots.txt"_s)},
                HttpGet{httpsAddress(host, u"/.well-known/openid-configuration"_s)}};
    }

    // The hosts side by side; each answer is then taken from memory. Who is silent is not asked again.
    void askAhead() const
    {
        std::vector<Host> hosts;
        std::ranges::copy_if(m_look.target.hosts, std::back_inserter(hosts),
                             [](const Host &host) { return host.role != HostRole::Mail; });
        std::vector<FollowRedirects> pages;
        std::ranges::transform(hosts, std::back_inserter(pages),
                               [](const Host &host) { return FollowRedirects{httpsAddress(host)}; });
        const auto answers = m_look.seen.askAll(pages);
        std::vector<HttpGet> lists;
        for (size_t i = 0; i < hosts.size(); ++i) {
            if (!*answers[i])
                continue;
            std::ranges::move(listsOf(hosts[i]), std::back_inserter(lists));
            lists.push_back(HttpGet{httpsAddress(hosts[i], u"/sitemap.xml"_s)});
        }
        m_look.seen.askAll(lists);
    }

    void add(const std::vector<Route> &routes)
    {
        if (m_inventory.routes.size() < kMostRoutes)
            m_inventory.routes = mergedRoutes(std::move(m_inventory.routes), routes, m_usual);
    }

    // A gateway of APIs has no first page, and says so by a refusal; a firewall refuses with a page.
    static bool isRefusedByProduct(const Host &host, const HttpResponse &answer)
    {
        return obstacleIn(answer) == Obstacle::Refused && (host.role == HostRole::Api || !isPage(answer));
    }

    // "No such route": API Gateway of Amazon says it with a 403 for every address that it does not know.
    static bool knowsNoSuchRoute(const HttpResponse &answer)
    {
        return answer.header("x-amzn-errortype").value_or(QByteArray()).startsWith("MissingAuthenticationToken");
    }

    // What stands in the way of the first page. Who tests for robots or asks to slow down is asked for nothing more.
    FirstPage withoutPage(const Host &host, const Observations::Shared<RedirectChain> &walk)
    {
        const bool hasArrived = *walk && (*walk)->end == RedirectEnd::Arrived;
        if (hasArrived && isRefusedByProduct(host, (*walk)->last)) {
            m_isAnswering = knowsNoSuchRoute((*walk)->last);
            return FirstPage::Refused;
        }
        ++m_inventory.hostsSilent;
        const auto obstacle = hasArrived ? obstacleIn((*walk)->last) : std::nullopt;
        const bool isHeldBack = obstacle == Obstacle::Challenge || obstacle == Obstacle::TooManyRequests;
        return !*walk || isHeldBack ? FirstPage::Last : FirstPage::Done;
    }

    // Last when nothing more is to be asked of the host: it is silent, or only another name of a listed one. A host
    // that refuses its first page may hand out the rest.
    FirstPage readPage(const Host &host)
    {
        const auto walk = m_look.seen.ask(FollowRedirects{httpsAddress(host)});
        if (!*walk || (*walk)->end != RedirectEnd::Arrived || obstacleIn((*walk)->last))
            return withoutPage(host, walk);
        const HttpResponse &page = (*walk)->last;
        const bool isOthers = hostOf(page.url) != host.name && isListed(hostOf(page.url));
        if (isOthers) // its own first page; a login page elsewhere says nothing about the rest
            return page.url.path().size() > 1 ? FirstPage::Done : FirstPage::Last;
        ++m_inventory.hostsRead;
        if (!isSameSite(hostOf(page.url), host.name))
            return FirstPage::Done; // a login provider's page: not the product's, but the host has addresses
        if (const auto html = pageIn(page, m_look.seen); *html)
            add(routesOnPage(**html, page.url));
        if (const auto bundle = bundleOf(page, m_look.seen); *bundle) {
            for (const BundleFile &file : (*bundle)->files) {
                if (m_look.seen.isOver()) {
                    ++m_inventory.hostsSilent; // not read to its end
                    break;
                }
                add(routesNamedIn(file.code, page.url));
            }
        }
        return FirstPage::Done;
    }

    bool isListed(const QString &name) const
    {
        return std::ranges::find(m_look.target.hosts, name, &Host::name) != m_look.target.hosts.end();
    }

    void readLists(const Host &host)
    {
        const auto answers = m_look.seen.askAll(listsOf(host));
        m_isAnswering = m_isAnswering || std::ranges::any_of(answers, [](const auto &answer) {
                            return answer->has_value() && !obstacleIn(**answer);
                        });
        QStringList sitemaps;
        if (*answers[0] && (*answers[0])->status == 200) {
            const RobotsRead robots = readRobots((*answers[0])->body, host.name);
            add(robots.routes);
            sitemaps = robots.sitemaps;
        }
        if (*answers[1] && (*answers[1])->status == 200)
            add(routesOfOpenId((*answers[1])->body, host.name));
        readSitemaps(host, sitemaps);
    }

    void readSitemaps(const Host &host, const QStringList &named)
    {
        std::vector<QUrl> wanted;
        const auto want = [&](const QUrl &url) {
            const bool isOurs = url.scheme() == "https"_L1 && isSameSite(hostOf(url), host.name);
            if (isOurs && wanted.size() < kMostSitemaps && std::ranges::find(wanted, url) == wanted.end())
                wanted.push_back(url);
        };
        for (const QString &address : named)
            want(QUrl(address));
        want(httpsAddress(host, u"/sitemap.xml"_s));
        for (size_t i = 0; i < wanted.size(); ++i) { // grows: a sitemap may name others
            const auto answer = m_look.seen.ask(HttpGet{wanted[i]});
            const auto read =
                *answer && (*answer)->status == 200 ? readSitemap((*answer)->body) : Result<SitemapRead>(SitemapRead{});
            if (!read)
                continue;
            add(collapsedNeighbours(read->routes));
            for (const QString &address : read->sitemaps)
                want(QUrl(address));
        }
    }

    void readDescriptions(const Host &host)
    {
        const auto here = [&](std::vector<Route> routes) {
            for (Route &route : routes)
                route.host = route.host.isEmpty() ? host.name : route.host;
            return routes;
        };
        const auto documents = openApiDocuments(m_look, host);
        for (const ApiDocument &document : documents)
            add(here(document.routes));
        const GraphQlLook graphQl = lookForGraphQl(m_look, host);
        for (const GraphQlEndpoint &endpoint : graphQl.endpoints)
            add(here(endpoint.routes));
        m_isAnswering = m_isAnswering || !documents.empty() || !graphQl.endpoints.empty();
    }

    const Look &m_look;
    const QString m_usual;
    RouteInventory m_inventory;
    bool m_isAnswering = false; // the host that is being read, beside its first page
};

} // namespace

RouteInventory routeInventory(const Look &look)
{
    return Collector(look).collect();
}

QString usualHostOf(const Target &target)
{
    if (const Host *usual = apiHost(target))
        return usual->name;
    return target.hosts.empty() ? QString() : target.hosts.front().name;
}

} // namespace cockpit
