#include "checks/abuse/schema.h"

#include "checks/abuse/describedanswers.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Judged look(const Look &look)
{
    const auto rules = loadPageLeakRules();
    if (!rules)
        return couldNotLook(rules.error());
    const auto run = look.seen.ask(badInputOf(look));
    if (!*run)
        return (*run).error().kind == ErrorKind::Cancelled ? couldNotLook(run->error()) : notRun(run->error().message);
    Judged judged = judgeAbuseSchema(***run, *rules, describedAnswers(look.facts, ***run));
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
