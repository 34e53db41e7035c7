#include "checks/exposure/routes.h"

#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/redactor.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RoutesListed)
};

constexpr size_t kMostNamed = 20; // in the evidence

QString lineOf(const Route &route)
{
    return quoted(u"%1 %2%3"_s.arg(route.method, route.host, route.path).toUtf8());
}

QString linesOf(const std::vector<Route> &routes)
{
    QStringList lines;
    for (const Route &route : routes) {
        if (lines.size() == static_cast<qsizetype>(kMostNamed))
            break;
        lines.append(lineOf(route));
    }
    if (routes.size() > kMostNamed)
        lines.append(Text::tr("… and %n more", nullptr, static_cast<int>(routes.size() - kMostNamed)));
    return lines.join(u'\n');
}

// Only the first of both that the second does not know.
std::vector<Route> missingIn(const std::vector<Route> &list, const std::vector<Route> &wanted, const QString &usualHost)
{
    const std::vector<Route> all = mergedRoutes(list, wanted, usualHost);
    return {all.begin() + static_cast<std::ptrdiff_t>(list.size()), all.end()};
}

// Pages for everybody need no line in the list: it is there for what has to be locked, and for what takes input.
bool isWorthListing(const Route &route)
{
    return route.access != AccessClass::Public || route.method != "GET"_L1;
}

Finding unlistedRoutes(const std::vector<Route> &unlisted)
{
    Finding finding = makeFinding(
        u"unlisted"_s, Severity::Low, Proof::Lead, Impact::Maintainability,
        Text::tr("Your product answers at addresses that your list does not know"),
        Text::tr("The look met %n address(es), private by name or taking input, that your list of routes does not "
                 "have, for example %1.",
                 nullptr, static_cast<int>(unlisted.size()))
            .arg(lineOf(unlisted.front())));
    finding.evidence = {{Text::tr("Found and not listed"), linesOf(unlisted)}};
    finding.effortMinutes = 15;
    return finding;
}

Finding unconfirmedRoutes(const std::vector<Route> &guessed)
{
    Finding finding = makeFinding(u"unconfirmed"_s, Severity::Low, Proof::Lead, Impact::Maintainability,
                                  Text::tr("Who may call some of your routes is only guessed"),
                                  Text::tr("Your list has %n route(s) with a guess from the name, for example %1.",
                                           nullptr, static_cast<int>(guessed.size()))
                                      .arg(lineOf(guessed.front())));
    finding.evidence = {{Text::tr("To be confirmed"), linesOf(guessed)}};
    finding.effortMinutes = 15;
    return finding;
}

QString summaryOf(const std::vector<Route> &routes)
{
    const auto count = [&](AccessClass access) {
        return QString::number(std::ranges::count(routes, access, &Route::access));
    };
    return Text::tr("%n route(s): %1 open, %2 for signed-in users, %3 for administrators", nullptr,
                    static_cast<int>(routes.size()))
        .arg(count(AccessClass::Public), count(AccessClass::SignedIn), count(AccessClass::Admin));
}

std::vector<Route> masked(std::vector<Route> routes)
{
    for (Route &route : routes) {
        route.path = redact(route.path);
        route.seen = redact(route.seen);
    }
    return routes;
}

Judged look(const Look &look)
{
    const RouteInventory found = routeInventory(look);
    if (found.hostsRead == 0 && found.hostsSilent > 0 && found.routes.empty())
        return couldNotLook({ErrorKind::Unreachable, Text::tr("No page of %1 could be read.").arg(look.target.domain)});
    return judgeRoutes(found, look.facts.routes, usualHostOf(look.target));
}

} // namespace

Judged judgeRoutes(const RouteInventory &found, const std::vector<Route> &listed, const QString &usualHost)
{
    std::vector<Route> unlisted = missingIn(listed, found.routes, usualHost);
    const auto all = static_cast<int>(unlisted.size());
    std::erase_if(unlisted, [](const Route &route) { return !isWorthListing(route); });
    std::vector<Route> guessed = listed;
    std::erase_if(guessed, [](const Route &route) { return !route.isGuessed; });
    QJsonObject observed{{u"routes"_s, toJson(masked(found.routes))},
                         {u"listed"_s, static_cast<int>(listed.size())},
                         {u"unlisted"_s, all},
                         {u"guessed"_s, static_cast<int>(guessed.size())},
                         {u"unseen"_s, static_cast<int>(missingIn(found.routes, listed, usualHost).size())},
                         {u"sources"_s, QJsonArray::fromStringList(found.sources)}};
    LookGap gap;
    if (found.hostsSilent > 0) // what their pages link to, nobody has seen
        gap = {{{.code = u"unlisted"_s}},
               Text::tr("%n address(es) showed no page to read, so routes may be missing here. Check again when they "
                        "answer.",
                        nullptr, found.hostsSilent)};
    if (listed.empty()) { // nothing to compare with yet
        Judged judged = concluded({}, summaryOf(found.routes), observed, {});
        judged.outcome = Outcome::Info;
        judged.reason = Text::tr("Take these routes over into your list, or import a file that names them, and say who "
                                 "may call each.");
        leaveOpen(judged, gap);
        return judged;
    }
    std::vector<Finding> findings;
    if (!unlisted.empty())
        findings.push_back(unlistedRoutes(unlisted));
    if (!guessed.empty())
        findings.push_back(unconfirmedRoutes(guessed));
    Judged judged =
        concluded(std::move(findings), summaryOf(mergedRoutes(listed, found.routes, usualHost)), observed, {});
    leaveOpen(judged, gap);
    return judged;
}

Check routesCheck()
{
    return {.id = u"exposure.routes"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Maintainability},
            .needs = {},
            .look = look};
}

} // namespace cockpit
