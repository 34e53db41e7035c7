#include "checks/abuse/schema.h"

#include "checks/abuse/describedanswers.h"
#include "checks/abuse/schemawords.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/nothingtotry.h"
#include "models/toldbyroute.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AbuseSchema)
};

// Somebody could send it, and there is no route to send it to.
bool hasNoInput(const ProjectFacts &facts)
{
    return inputActorOf(facts.actors) && badInputNeed(facts).most == 0 &&
           writePlaces(facts.routes, facts.samples).notTried.empty();
}

// A look knows the grave ones and those that were accepted; of the others the rows of the last one tell.
QStringList openOfAllRoutes(const ProjectFacts &facts, const Target &target)
{
    QStringList codes;
    for (const Finding &finding : facts.openProblems) {
        if (isOfAllRoutes(finding))
            codes.append(finding.code);
    }
    for (const SchemaFault &fault : schemaFaults()) {
        const bool isAccepted = std::ranges::any_of(target.hosts, [&](const Host &host) {
            Finding finding;
            finding.checkId = u"abuse.schema"_s;
            finding.code = fault.code;
            finding.host = host.name;
            return facts.acceptedFindings.contains(finding.id());
        });
        if (isAccepted)
            codes.append(fault.code);
    }
    codes.removeDuplicates();
    return codes;
}

SchemaBefore beforeOf(const Look &look, const BadInputRun &run)
{
    SchemaBefore before{.observed = look.facts.lastObserved(u"abuse.schema"_s),
                        .routes = {},
                        .openOfAll = openOfAllRoutes(look.facts, look.target),
                        .hasNoDescription = isDescriptionGone(look.facts, run)};
    for (const Route &route : look.facts.routes)
        before.routes.append(routeName(route));
    return before;
}

Judged look(const Look &look)
{
    const auto rules = loadPageLeakRules();
    if (!rules)
        return couldNotLook(rules.error());
    if (hasNoInput(look.facts))
        return nothingToTry(Text::tr("No route is marked as safe to write, and none that can be read takes a search or "
                                     "a number. Mark some in your list of routes."));
    const auto run = look.seen.ask(badInputOf(look));
    if (!*run)
        return (*run).error().kind == ErrorKind::Cancelled ? couldNotLook(run->error()) : notRun(run->error().message);
    Judged judged = judgeAbuseSchema(***run, *rules, describedAnswers(look.facts, ***run), beforeOf(look, ***run));
    noteLeft(judged, (**run)->undone);
    return judged;
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    return {badInputNeed(outlook.facts)};
}

} // namespace

Check abuseSchemaCheck()
{
    return {.id = u"abuse.schema"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::Downtime, Impact::CostAbuse,
                        Impact::Maintainability},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
