#include "checks/access/crossings.h"

#include "checks/actors/routeaddress.h"

#include <QRegularExpression>
#include <QUrlQuery>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using Pairs = std::vector<std::pair<QString, QString>>;

// What is one further up an address: /api/v2/ → /api/v1/, /api/ → /api/v1/. Empty when neither is there.
QString olderPath(const QString &path)
{
    static const QRegularExpression version(u"/v([2-9])/"_s);
    if (const auto match = version.match(path); match.hasMatch())
        return QString(path).replace(match.capturedStart(1), 1, QString::number(match.captured(1).toInt() - 1));
    static const QRegularExpression bare(u"^/api/(?!v[0-9])"_s);
    return path.contains(bare) ? QString(path).replace(bare, u"/api/v1/"_s) : QString();
}

class Builder
{
public:
    Builder(const Quarry &quarry, const Target &target) : m_quarry(quarry), m_target(target) {}

    std::vector<Crossing> run();

private:
    void add(CrossWay way, const Route &route, ActiveRequest request, bool isOfList = false);
    void addPaths();
    void addQueries(const Route &route);
    void addTenants(const Route &route, CrossWay plain);
    void addStranger(const Route &list);
    void addBodies();
    void addMethod();
    void addWildcards();

    const Quarry &m_quarry;
    const Target &m_target;
    std::vector<Crossing> m_crossings;
};

void Builder::add(CrossWay way, const Route &route, ActiveRequest request, bool isOfList)
{
    m_crossings.push_back({.way = way,
                           .request = std::move(request),
                           .routeName = routeName(route),
                           .isGuessed = route.isGuessed,
                           .asNobody = way == CrossWay::Nobody,
                           .isOfList = isOfList});
}

void Builder::addPaths()
{
    const Route &item = *m_quarry.routes.item;
    const auto address = addressOf(m_target, item, m_quarry.ids);
    if (!address)
        return;
    add(CrossWay::Path, item, requestAt(item, *address));
    add(CrossWay::Nobody, item, requestAt(item, *address));
    for (const Route &part : m_quarry.routes.parts) {
        if (const auto below = addressOf(m_target, part, m_quarry.ids))
            add(CrossWay::Path, part, requestAt(part, *below));
    }
    if (const QString older = olderPath(address->path(QUrl::FullyEncoded)); !older.isEmpty()) {
        QUrl url = *address;
        url.setPath(older, QUrl::TolerantMode);
        add(CrossWay::Version, item, requestAt(item, url));
    }
    QStringList any = m_quarry.ids;
    any.last() = u"*"_s;
    if (const auto all = addressOf(m_target, item, any))
        add(CrossWay::Wildcard, item, requestAt(item, *all), true);
}

// The rule is often asked about the method on the wire, and the handler chosen by the field (access.method-tampering).
// A product that does not know the field may change the record, or do what its own POST is for (confirm, charge): a
// test record alone is asked for so, and only where no POST stands that nobody called safe.
void Builder::addMethod()
{
    const Route &item = *m_quarry.routes.item;
    const auto address = addressOf(m_target, item, m_quarry.ids);
    if (!address || !m_quarry.isPlanted || !m_quarry.mayPost)
        return;
    ActiveRequest request = requestAt(item, *address);
    request.method = "POST";
    request.writes = true;
    request.headers.push_back({"X-HTTP-Method-Override", "GET"});
    add(CrossWay::Method, item, std::move(request));
}

// Words that a database or a library reads as "any", "none" or "the caller": a filter that falls away shows everything.
void Builder::addWildcards()
{
    const Route &item = *m_quarry.routes.item;
    for (const QString &word : {u"null"_s, u"me"_s, u"%"_s, u"-1"_s, u"0"_s}) {
        QStringList ids = m_quarry.ids;
        ids.last() = word;
        if (const auto address = addressOf(m_target, item, ids))
            add(CrossWay::Wildcard, item, requestAt(item, *address), true);
    }
}

void Builder::addQueries(const Route &route)
{
    const auto address = addressOf(m_target, route);
    if (!address)
        return;
    const QString id = m_quarry.id();
    add(CrossWay::Query, route, requestOf(route, *address, {{u"id"_s, id}}));
    if (m_quarry.ownId.isEmpty())
        return;
    add(CrossWay::Polluted, route, requestOf(route, *address, {{u"id"_s, m_quarry.ownId}, {u"id"_s, id}}));
    add(CrossWay::ManyIds, route, requestOf(route, *address, {{u"ids"_s, m_quarry.ownId + u',' + id}}));
    add(CrossWay::ManyIds, route, requestOf(route, *address, {{u"ids[]"_s, m_quarry.ownId}, {u"ids[]"_s, id}}));
}

void Builder::addTenants(const Route &route, CrossWay plain)
{
    const auto address = addressOf(m_target, route);
    if (!address)
        return;
    add(plain, route, requestAt(route, *address), true);
    constexpr std::size_t kMostSwitches = 2;
    for (std::size_t i = 0; i < std::min(m_quarry.tenants.size(), kMostSwitches); ++i) {
        const TenantSwitch &one = m_quarry.tenants[i];
        add(CrossWay::Filter, route, requestOf(route, *address, {{one.field, one.owners}}), true);
        add(CrossWay::Filter, route, requestOf(route, *address, {{one.field, one.outsiders}, {one.field, one.owners}}),
            true);
        ActiveRequest switched = requestAt(route, *address);
        switched.headers.push_back({headerNameOf(one), one.owners.toUtf8()});
        add(CrossWay::Header, route, std::move(switched), true);
    }
}

void Builder::addStranger(const Route &list)
{
    if (const auto address = addressOf(m_target, list))
        add(CrossWay::Nobody, list, requestAt(list, *address), true);
}

void Builder::addBodies()
{
    for (const RouteSample &sample : m_quarry.routes.lookups) {
        const auto body =
            bodyWithIds(sample.body, {m_quarry.routes.name, m_quarry.id(), m_quarry.ownId, m_quarry.tenants});
        Route route;
        route.method = sample.method;
        route.path = sample.path;
        if (body)
            add(CrossWay::Body, route, requestOf(sample, *body, m_target), true);
    }
}

std::vector<Crossing> Builder::run()
{
    addPaths();
    if (m_quarry.routes.list) {
        addTenants(*m_quarry.routes.list, CrossWay::List);
        addStranger(*m_quarry.routes.list);
    }
    for (const Route &route : m_quarry.routes.exports)
        addTenants(route, CrossWay::Export);
    for (const Route &route : m_quarry.routes.byQuery)
        addQueries(route);
    addBodies();
    if (m_quarry.routes.list)
        addQueries(*m_quarry.routes.list);
    addMethod();
    addWildcards();
    std::erase_if(m_crossings, [](const Crossing &one) { return one.request.url.isEmpty(); });
    if (m_crossings.size() > kMostCrossings)
        m_crossings.resize(kMostCrossings);
    return std::move(m_crossings);
}

} // namespace

QString toWord(CrossWay value)
{
    switch (value) {
    case CrossWay::Path:
        return u"path"_s;
    case CrossWay::Nobody:
        return u"nobody"_s;
    case CrossWay::Version:
        return u"version"_s;
    case CrossWay::Wildcard:
        return u"wildcard"_s;
    case CrossWay::Method:
        return u"method"_s;
    case CrossWay::Query:
        return u"query"_s;
    case CrossWay::ManyIds:
        return u"many_ids"_s;
    case CrossWay::Polluted:
        return u"polluted"_s;
    case CrossWay::Body:
        return u"body"_s;
    case CrossWay::Header:
        return u"header"_s;
    case CrossWay::Filter:
        return u"filter"_s;
    case CrossWay::List:
        return u"list"_s;
    case CrossWay::Export:
        return u"export"_s;
    case CrossWay::Search:
        return u"search"_s;
    case CrossWay::GraphQl:
        return u"graphql"_s;
    }
    Q_UNREACHABLE();
}

std::vector<Crossing> crossingsOf(const Quarry &quarry, const Target &target)
{
    return quarry.routes.item && !quarry.ids.isEmpty() ? Builder(quarry, target).run() : std::vector<Crossing>();
}

QByteArray sentBy(const ActiveRequest &request)
{
    QByteArray sent = request.url.toEncoded() + '\n' + request.body;
    // What makes it a request of somebody is added by the session, after this.
    for (const Header &header : request.headers)
        sent += '\n' + header.value;
    return sent;
}

ActiveRequest requestOf(const RouteSample &sample, const QByteArray &body, const Target &target)
{
    Route route;
    route.method = sample.method;
    route.path = sample.path;
    route.host = sample.host;
    ActiveRequest request;
    if (const auto address = addressOf(target, route))
        request.url = *address;
    request.method = sample.method.toLatin1();
    request.headers.push_back({"Content-Type", sample.contentType});
    request.body = body;
    request.routeName = sample.path;
    return request;
}

ActiveRequest requestOf(const Route &route, const QUrl &url, const Pairs &query)
{
    ActiveRequest request = requestAt(route, url);
    QUrlQuery items(url);
    for (const auto &[name, value] : query)
        items.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(name)),
                           QString::fromLatin1(QUrl::toPercentEncoding(value)));
    request.url.setQuery(items);
    return request;
}

} // namespace cockpit
