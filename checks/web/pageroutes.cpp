#include "checks/web/pageroutes.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "models/routes/routebuild.h"
#include "models/routes/routelist.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRoutes = 500;

bool isFile(const QString &path)
{
    static const QRegularExpression name(
        u"\\.(?:m?js|css|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|mp4|webm|zip|pdf|exe|dmg|txt|xml)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return name.match(path).hasMatch();
}

void add(std::vector<Route> &routes, const QString &method, const QUrl &url, const QUrl &page, const QString &source)
{
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    const QString host = hostIn(url);
    if (!isWeb || host.isEmpty() || !isSameSite(host, hostOf(page)) || isFile(url.path()) ||
        routes.size() >= kMostRoutes)
        return;
    const QString path = url.path().isEmpty() ? u"/"_s : url.path();
    if (auto route = metRoute(method, path, host, source, AddressKind::Page))
        routes.push_back(std::move(*route));
}

} // namespace

std::vector<Route> routesOnPage(const HtmlPage &html, const QUrl &page)
{
    std::vector<Route> routes;
    for (const QUrl &link : html.links)
        add(routes, u"GET"_s, link, page, u"links"_s);
    for (const PageForm &form : html.formCalls)
        add(routes, form.method, form.action, page, u"forms"_s);
    return mergedRoutes({}, routes);
}

RobotsRead readRobots(const QByteArray &text, const QString &host)
{
    static const QRegularExpression agent(u"^\\s*user-agent\\s*:"_s, QRegularExpression::CaseInsensitiveOption |
                                                                         QRegularExpression::MultilineOption);
    static const QRegularExpression line(u"^\\s*(allow|disallow|sitemap)\\s*:\\s*(\\S+)"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const QString all = QString::fromUtf8(text);
    RobotsRead read;
    if (all.trimmed().startsWith(u'<') || !agent.match(all).hasMatch())
        return read;
    for (const QString &one : all.split(u'\n')) {
        const QRegularExpressionMatch found = line.match(one);
        const QString value = found.captured(2);
        if (found.captured(1).compare("sitemap"_L1, Qt::CaseInsensitive) == 0) {
            read.sitemaps.append(value);
            continue;
        }
        const QString path = value.section(u'*', 0, 0).section(u'$', 0, 0);
        const bool isPlace = path.size() > 1 && path.startsWith(u'/') && path == value && !isFile(path);
        if (!found.hasMatch() || !isPlace || read.routes.size() >= kMostRoutes)
            continue;
        if (auto route = metRoute(u"GET"_s, path, host, u"robots.txt"_s, AddressKind::Page))
            read.routes.push_back(std::move(*route));
    }
    read.routes = mergedRoutes({}, read.routes);
    return read;
}

std::vector<Route> routesOfOpenId(const QByteArray &json, const QString &host)
{
    const QJsonObject document = QJsonDocument::fromJson(json).object();
    std::vector<Route> routes;
    if (!document.value("issuer"_L1).isString())
        return routes;
    for (auto it = document.begin(); it != document.end(); ++it) {
        const QUrl url(it.value().toString());
        const QString name = it.key();
        if (!name.endsWith("_endpoint"_L1) || hostIn(url).isEmpty() || !isSameSite(hostIn(url), host))
            continue;
        const bool isAsked = name == "authorization_endpoint"_L1 || name == "userinfo_endpoint"_L1;
        auto route = metRoute(isAsked ? u"GET"_s : u"POST"_s, url.path(), hostIn(url), u"OpenID"_s, AddressKind::Call);
        if (!route)
            continue;
        // Whoever wants to sign in has to reach them; only who has signed in is somebody.
        route->access = name == "userinfo_endpoint"_L1 ? AccessClass::SignedIn : AccessClass::Public;
        routes.push_back(std::move(*route));
    }
    return mergedRoutes({}, routes);
}

} // namespace cockpit
