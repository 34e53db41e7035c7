#include "checks/abuse/brokenreads.h"

#include "checks/abuse/badreads.h"
#include "checks/actors/routeaddress.h"
#include "checks/web/address.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ErrorLeak)
};

constexpr qsizetype kLongId = 3000; // shorter than what servers refuse before the product sees it

struct BrokenValue
{
    QString what;
    QByteArray encoded;
};

std::vector<BrokenValue> brokenIds()
{
    return {{Text::tr("an id that is a quotation mark"), "%27"},
            {Text::tr("an id beyond all numbers"), "99999999999999999999999999"},
            {Text::tr("an id of 3,000 characters"), QByteArray(kLongId, 'a')},
            {Text::tr("an id that is no text"), "%ff%fe"}};
}

std::vector<BrokenValue> brokenQueries()
{
    return {{Text::tr("a page that is no number"), "page=lc&limit=-1&offset=lc"},
            {Text::tr("an order with a quotation mark"), "sort=%27&order=%27"},
            {Text::tr("lists in place of words"), "q[]=lc&filter[lc][]=1"}};
}

// The hole at the end of the path, which most routes read a record by.
bool endsWithHole(const Route &route)
{
    return shapeOf(route.path).endsWith("/{}"_L1);
}

QUrl withId(const Route &route, const Host &host, const QByteArray &id)
{
    const QStringList seen = seenIdsOf(route);
    QString path = route.path.section(u'/', 0, -2);
    if (hasHoles(path))
        path = filledPath(path, seen);
    if (path.isEmpty() && hasHoles(route.path.section(u'/', 0, -2)))
        return {};
    return QUrl::fromEncoded(httpsAddress(host).toEncoded(QUrl::RemovePath) + path.toUtf8() + '/' + id);
}

} // namespace

BreakChoice routesToBreak(const std::vector<Route> &routes, const QStringList &early)
{
    constexpr std::size_t kFewWithId = 3;
    std::vector<Route> withId, withoutId;
    for (const Route &route : routes) {
        const bool isRead = route.method == "GET"_L1 && !route.path.contains(u'#') && !route.isGuessed &&
                            route.access != AccessClass::Public;
        if (isRead && endsWithHole(route))
            withId.push_back(route);
        else if (isRead && !hasHoles(route.path))
            withoutId.push_back(route);
    }
    std::vector<Route> found;
    const auto take = [&](std::vector<Route> &from, std::size_t count) {
        const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(from.size(), count));
        found.insert(found.end(), from.begin(), end);
        from.erase(from.begin(), end);
    };
    for (std::vector<Route> *kind : {&withId, &withoutId})
        putEarly(*kind, early);
    take(withId, kFewWithId);
    take(withoutId, kFewBrokenRoutes - found.size());
    take(withId, withId.size());
    take(withoutId, withoutId.size());
    BreakChoice choice;
    for (std::size_t at = 0; at < found.size(); ++at) {
        if (at < kMostBrokenRoutes)
            choice.routes.push_back(found[at]);
        else
            choice.beyond.append(routeName(found[at]));
    }
    return choice;
}

std::vector<BrokenRead> brokenReadsOf(const Route &route, const Target &target)
{
    std::vector<BrokenRead> reads;
    const Host *host = hostFor(target, route);
    if (!host)
        return reads;
    const RouteAddress address = addressOf(target, route);
    if (address)
        reads.push_back({{}, requestAt(route, *address)});
    if (endsWithHole(route)) {
        for (const BrokenValue &one : brokenIds()) {
            if (const QUrl url = withId(route, *host, one.encoded); !url.isEmpty())
                reads.push_back({one.what, requestAt(route, url)});
        }
        return reads;
    }
    if (!address)
        return reads;
    for (const BrokenValue &one : brokenQueries())
        reads.push_back({one.what, requestAt(route, QUrl::fromEncoded(address->toEncoded() + '?' + one.encoded))});
    BrokenRead token{Text::tr("a token that is none"), requestAt(route, *address), true};
    token.request.headers.push_back({"Authorization", "Bearer lc.not-a-token.'"});
    reads.push_back(std::move(token));
    return reads;
}

} // namespace cockpit
