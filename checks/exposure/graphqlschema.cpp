#include "checks/exposure/graphqlschema.h"

#include "checks/engine/lookgaps.h"
#include "checks/exposure/pathreport.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GraphQlSchema)
};

QString toWord(SchemaState state)
{
    switch (state) {
    case SchemaState::Open:
        return u"open"_s;
    case SchemaState::Closed:
        return u"closed"_s;
    case SchemaState::Locked:
        return u"locked"_s;
    }
    Q_UNREACHABLE();
}

QString sawOf(const GraphQlEndpoint &endpoint)
{
    const QString where = endpoint.answer.url.toDisplayString();
    if (endpoint.answer.bodyTruncated)
        return Text::tr("%1 answers a stranger's question for its schema, which is longer than we read.").arg(where);
    return Text::tr("%1 answers a stranger's question for its schema; it names %n operation(s).", nullptr,
                    static_cast<int>(endpoint.routes.size()))
        .arg(where);
}

Finding openSchema(const GraphQlEndpoint &endpoint)
{
    Finding finding = makeFinding(u"open_schema"_s, Severity::Medium, Proof::Proven, Impact::DataExposure,
                                  Text::tr("Your GraphQL API tells everybody all that it can do"), sawOf(endpoint));
    QStringList names;
    for (const Route &route : endpoint.routes) {
        if (names.size() < 20)
            names.append(route.path.section(u'#', 1));
    }
    finding.evidence = {evidenceOf(endpoint.answer), {Text::tr("Some of its operations"), names.join(u'\n')}};
    finding.effortMinutes = 20;
    return finding;
}

QStringList operationsOf(const GraphQlEndpoint &endpoint)
{
    QStringList names;
    for (const Route &route : endpoint.routes)
        names.append(route.path.section(u'#', 1));
    names.sort();
    return names;
}

std::vector<Finding> findingsOf(const GraphQlLook &look, const std::vector<const AskedPath *> &consoles)
{
    std::vector<Finding> findings;
    std::vector<QStringList> told;
    for (const GraphQlEndpoint &endpoint : look.endpoints) {
        // One server often answers at several addresses; another one has other operations.
        const QStringList operations = operationsOf(endpoint);
        if (endpoint.state != SchemaState::Open || std::ranges::find(told, operations) != told.end())
            continue;
        findings.push_back(openSchema(endpoint));
        findings.back().subject = told.empty() ? QString() : endpoint.path;
        told.push_back(operations);
    }
    if (findings.empty())
        findings = onePerRule(consoles);
    return findings;
}

int askedOf(const GraphQlLook &look)
{
    return std::max(look.asked, static_cast<int>(graphQlPaths().size()));
}

QString summaryOf(const GraphQlLook &look)
{
    if (look.endpoints.empty())
        return Text::tr("No GraphQL API at %n usual or known address(es)", nullptr, askedOf(look));
    const auto open = std::ranges::count(look.endpoints, SchemaState::Open, &GraphQlEndpoint::state);
    return open == 0 ? Text::tr("The GraphQL API keeps its schema to itself")
                     : Text::tr("The GraphQL API hands out its schema");
}

QJsonObject observedOf(const GraphQlLook &look, const std::vector<const AskedPath *> &consoles)
{
    QJsonArray rows;
    for (const GraphQlEndpoint &endpoint : look.endpoints) {
        rows.append(QJsonObject{{u"path"_s, endpoint.path},
                                {u"status"_s, endpoint.answer.status},
                                {u"schema"_s, toWord(endpoint.state)},
                                {u"operations"_s, static_cast<int>(endpoint.routes.size())}});
    }
    QJsonArray pages;
    for (const AskedPath *console : consoles)
        pages.append(console->path);
    return {{u"endpoints"_s, rows}, {u"consoles"_s, pages}, {u"asked"_s, askedOf(look)}};
}

// 403 is an answer here: somebody refuses. So is 501, which says that no POST is known (RFC 9110, section 15.6.2), and
// a server error that an invented address gets as well.
bool tells(const HttpResponse &answer, int inventedStatus)
{
    constexpr int kNotImplemented = 501;
    const auto obstacle = obstacleIn(answer);
    if (obstacle == Obstacle::ServerError)
        return answer.status == kNotImplemented || answer.status == inventedStatus;
    return obstacle != Obstacle::Challenge && obstacle != Obstacle::TooManyRequests;
}

Untold untoldOf(const GraphQlLook &look, const PathLook &paths)
{
    Untold untold = untoldAmong(paths.asked, paths.baselines);
    untold.gaps = {{}};
    untold.heldBack += look.silent; // one of seven is much
    for (const HttpResponse &answer : look.answers) {
        if (!tells(answer, look.inventedStatus) && obstacleIn(answer) != Obstacle::ServerError)
            untold.heldBack.append(answer.url.path());
    }
    return untold;
}

// A server that breaks over the question holds nobody back: it says so by the address, and the repair is another.
void admitBroken(Judged &judged, const GraphQlLook &look)
{
    const auto broken = std::ranges::find_if(look.answers, [&](const HttpResponse &answer) {
        return obstacleIn(answer) == Obstacle::ServerError && !tells(answer, look.inventedStatus);
    });
    if (broken == look.answers.end() || judged.outcome == Outcome::Error)
        return;
    if (judged.findings.empty()) {
        judged.outcome = Outcome::Error;
        judged.summary.clear();
    }
    leaveOpen(judged, anyBehind({describe(Obstacle::ServerError, *broken)}));
}

Judged look(const Look &look)
{
    static const Result<std::vector<PathRule>> rules = loadPathRules(u"api-consoles"_s);
    if (!rules)
        return couldNotLook(rules.error());
    const auto paths = lookAtPaths(look, *rules);
    if (!paths)
        return paths.error();
    return judgeGraphQl(lookForGraphQl(look, *look.host), *paths);
}

} // namespace

Judged judgeGraphQl(const GraphQlLook &look, const PathLook &paths)
{
    std::vector<const AskedPath *> consoles = provenAmong(paths.asked, paths.baselines);
    std::erase_if(consoles, [](const AskedPath *one) { return one->rule->id != "graphql-console"_L1; });
    std::vector<Evidence> evidence;
    evidence.reserve(look.endpoints.size());
    for (const GraphQlEndpoint &endpoint : look.endpoints)
        evidence.push_back(evidenceOf(endpoint.answer));
    Judged judged = concluded(findingsOf(look, consoles), summaryOf(look), observedOf(look, consoles), evidence);
    admitUntold(judged, untoldOf(look, paths));
    admitBroken(judged, look);
    return judged;
}

Check graphQlCheck()
{
    return {.id = u"exposure.graphql"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {},
            .look = look};
}

} // namespace cockpit
