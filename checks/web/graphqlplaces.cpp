#include "checks/web/graphqlplaces.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/bundle.h"
#include "checks/web/graphql.h"
#include "checks/web/obstacle.h"
#include "checks/web/routeinventory.h"
#include "models/access/graphqlquestion.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

void add(QStringList &paths, const QString &path)
{
    const bool isPlain = path.startsWith(u'/') && !path.contains(u'{') && path.size() <= 200;
    if (isPlain && !paths.contains(path) && !graphQlPaths().contains(path) && paths.size() < kMostFurtherGraphQl)
        paths.append(path);
}

// "/graphql#query.invoices": what stands behind the mark is the operation.
bool hasOperation(const QString &path)
{
    static const QRegularExpression operation(u"#(?:query|mutation|subscription)\\b"_s);
    return operation.match(path).hasMatch();
}

// Where an earlier look found a schema open: that ends by an answer, and not because no page names it any more.
void recall(const ProjectFacts &facts, const QString &host, QStringList &paths)
{
    const auto before = facts.observedBefore.find(CheckResult{.checkId = u"exposure.graphql"_s, .host = host}.key());
    if (before == facts.observedBefore.end())
        return;
    for (const QJsonValue endpoint : before->second["endpoints"_L1].toArray()) {
        if (endpoint["schema"_L1].toString() == "open"_L1)
            add(paths, endpoint["path"_L1].toString());
    }
}

void addNamed(const Look &look, const Host &of, const Host &host, QStringList &paths)
{
    const auto walk = look.seen.ask(FollowRedirects{httpsAddress(of)});
    if (!*walk || obstacleIn((*walk)->last))
        return;
    const auto bundle = bundleOf((*walk)->last, look.seen);
    for (const BundleFile &file : *bundle ? (*bundle)->files : std::vector<BundleFile>()) {
        for (const QString &path : graphQlPathsNamedIn(file.code, (*walk)->last.url, host.name))
            add(paths, path);
    }
}

} // namespace

bool isGraphQlPath(const QString &path)
{
    static const QRegularExpression form(u"/(?:[\\w-]*[-_])?(?:graphql|gql)(?:/v\\d+)?/?$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return form.match(path).hasMatch();
}

QStringList graphQlPathsKnown(const ProjectFacts &facts, const QString &host, const QString &usual)
{
    QStringList paths;
    const auto isOfHost = [&](const QString &name) { return (name.isEmpty() ? usual : name) == host; };
    for (const Route &route : facts.routes) {
        const QString path = route.path.section(u'#', 0, 0);
        if (isOfHost(route.host) && (hasOperation(route.path) || (route.method == "POST"_L1 && isGraphQlPath(path))))
            add(paths, path);
    }
    for (const RouteSample &sample : facts.samples) {
        if (isOfHost(sample.host) && sample.method == "POST"_L1 && !questionIn(sample.body).isEmpty())
            add(paths, sample.path.section(u'#', 0, 0));
    }
    return paths;
}

QStringList graphQlPathsNamedIn(const QByteArray &code, const QUrl &page, const QString &host)
{
    QStringList paths;
    if (!code.contains("graphql") && !code.contains("gql"))
        return paths;
    static const QRegularExpression address(
        u"[\"'`](?:https?://([\\w.-]{1,253})(?::\\d{1,5})?)?(/[\\w./-]{0,100}(?:graphql|gql)(?:/v\\d+)?)[\"'`]"_s);
    for (auto it = address.globalMatch(QString::fromUtf8(code)); it.hasNext();) {
        const auto match = it.next();
        const QString named = match.captured(1).isEmpty() ? hostOf(page) : match.captured(1).toLower();
        if (named == host && isGraphQlPath(match.captured(2)))
            add(paths, match.captured(2));
    }
    return paths;
}

QStringList furtherGraphQlPaths(const Look &look, const Host &host)
{
    QStringList paths = graphQlPathsKnown(look.facts, host.name, usualHostOf(look.target));
    recall(look.facts, host.name, paths);
    for (const Host &of : look.target.hosts) {
        const bool hasPages = of.role != HostRole::Mail && of.role != HostRole::Api;
        if (hasPages && !look.seen.isOver())
            addNamed(look, of, host, paths);
    }
    return paths;
}

} // namespace cockpit
