#include "app/practice/shop/shopgate.h"
#include "app/practice/shop/shophandlers.h"

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

std::optional<QStringList> holesOf(const QByteArray &pattern, const QByteArray &path, Qt::CaseSensitivity letters)
{
    const QByteArrayList wanted = pattern.split('/');
    const QByteArrayList given = path.split('/');
    if (wanted.size() != given.size())
        return {};
    QStringList holes;
    for (qsizetype at = 0; at < wanted.size(); ++at) {
        if (wanted[at].startsWith('{')) {
            if (given[at].isEmpty())
                return {};
            holes.append(QString::fromUtf8(QByteArray::fromPercentEncoding(given[at])));
        } else if (wanted[at].compare(given[at], letters) != 0) {
            return {};
        }
    }
    return holes;
}

FoundRoute lookUp(const QByteArray &method, const QByteArray &path, Qt::CaseSensitivity letters = Qt::CaseSensitive)
{
    FoundRoute found;
    for (const ShopRoute &route : shopRoutes()) {
        const auto holes = holesOf(route.path, path, letters);
        if (!holes)
            continue;
        if (route.method == method)
            return {.route = &route, .holes = *holes};
        if (!found.methods.contains(route.method))
            found.methods.append(route.method);
    }
    return found;
}

// Both are the same API: "/api/v1/customers" and "/v1/customers" mean "/api/customers".
QByteArray withoutVersion(const QByteArray &path, const QByteArray &version)
{
    for (const QByteArray &prefix : {"/api/" + version + "/", "/" + version + "/"}) {
        if (path.startsWith(prefix))
            return "/api/" + path.mid(prefix.size());
    }
    return path;
}

QByteArray withoutSemicolons(const QByteArray &path)
{
    QByteArrayList segments = path.split('/');
    for (QByteArray &segment : segments)
        segment = segment.split(';').constFirst();
    return segments.join('/');
}

// The path as a careless router reads it.
QByteArray loosened(const ShopState &shop, QByteArray path)
{
    if (shop.has(EncodedPathBypass))
        path = QByteArray::fromPercentEncoding(path);
    if (shop.has(SemicolonBypass))
        path = withoutSemicolons(path);
    while (shop.has(DoubleSlashBypass) && path.contains("//"))
        path.replace("//", "/");
    if (shop.has(TrailingSlashBypass) && path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

bool looksLikeAFile(const QByteArray &ending)
{
    return ending.endsWith(".css") || ending.endsWith(".js") || ending.endsWith(".ico") || ending.endsWith(".png");
}

// "/account/lc.css", "/account;lc.css" mean "/account" to a router that reads the beginning only.
QByteArray withoutFileName(const QByteArray &path)
{
    for (const char *page : {"/account", "/api/me"}) {
        const QByteArray beginning(page);
        const QByteArray rest = path.mid(beginning.size()).toLower();
        const bool isAppended = rest.startsWith('/') || rest.startsWith(';') || rest.startsWith('%');
        if (path.startsWith(beginning) && isAppended && looksLikeAFile(rest))
            return beginning;
    }
    return path;
}

QByteArray overrideMethod(const PageRequest &request)
{
    for (const char *name : {"x-http-method-override", "x-http-method", "x-method-override"}) {
        if (const QByteArray value = request.header(name); !value.isEmpty())
            return value.toUpper();
    }
    return QUrlQuery(QString::fromLatin1(request.target.mid(request.target.indexOf('?') + 1)))
        .queryItemValue(u"_method"_s)
        .toUpper()
        .toLatin1();
}

QByteArray originalUrl(const PageRequest &request)
{
    const QByteArray url = request.header("x-original-url");
    return url.isEmpty() ? request.header("x-rewrite-url") : url;
}

// The rule is that of the wire's route, when there is one; what is carried out is another.
FoundRoute instead(const FoundRoute &wire, FoundRoute other)
{
    other.isPastTheRules = !wire.route || wire.route->access == Access::Public;
    other.rule = wire.route;
    return other;
}

// What the pages use and no list names.
std::optional<FoundRoute> unlistedRoute(const QByteArray &method, const QByteArray &path)
{
    static const ShopRoute lookup{"GET", "/api/users/check", Access::Public, checkAccount};
    static const ShopRoute socket{"GET", "/ws/customers/{id}", Access::SignedIn, watchRecord};
    static const ShopRoute changes{"GET", "/ws/changes", Access::SignedIn, watchChanges};
    for (const ShopRoute *route : {&lookup, &socket, &changes}) {
        const auto holes = holesOf(route->path, path, Qt::CaseSensitive);
        if (holes && method == "GET")
            return FoundRoute{.route = route, .holes = *holes};
    }
    return {};
}

} // namespace

FoundRoute findRoute(const ShopState &shop, const PageRequest &request)
{
    const QByteArray method = request.method == "HEAD" ? "GET" : request.method;
    const QByteArray wirePath = shop.has(CacheDeception) ? withoutFileName(request.path()) : request.path();
    QByteArray path = withoutVersion(wirePath, "v1");
    if (shop.has(LimitByPath) && path == "/api/login/")
        path.chop(1);
    FoundRoute found = lookUp(method, path);
    if (shop.has(VersionAliasOpen) && (path != wirePath || withoutVersion(wirePath, "v0") != wirePath)) {
        found = lookUp(method, withoutVersion(path, "v0"));
        found.isPastTheRules = true;
    }
    if (!found.route && found.methods.isEmpty()) {
        const auto letters = shop.has(PathCaseBypass) ? Qt::CaseInsensitive : Qt::CaseSensitive;
        found = lookUp(method, loosened(shop, path), letters);
        found.isPastTheRules = true;
    }
    if (const QByteArray other = overrideMethod(request); shop.has(MethodOverride) && !other.isEmpty())
        found = instead(found, lookUp(other, path));
    if (shop.has(CrossMethod) && method == "POST" && overrideMethod(request) == "GET")
        found = lookUp("GET", path);
    if (const auto unlisted = unlistedRoute(method, path))
        found = *unlisted;
    if (const QByteArray other = originalUrl(request); shop.has(OriginalUrlHonoured) && !other.isEmpty())
        found = instead(found, lookUp(method, other.split('?').constFirst()));
    return found;
}

} // namespace cockpit::shop
