#include "checks/engine/check.h"

#include "checks/engine/activegate.h"
#include "models/lookmemory.h"
#include "models/stillfailing.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Check)
};

} // namespace

QString toWord(Need value)
{
    switch (value) {
    case Need::Routes:
        return u"routes"_s;
    case Need::Redirects:
        return u"redirects"_s;
    case Need::TestAccounts:
        return u"test_accounts"_s;
    case Need::ApiToken:
        return u"api_token"_s;
    case Need::Consent:
        return u"consent"_s;
    case Need::Folder:
        return u"folder"_s;
    case Need::Samples:
        return u"samples"_s;
    case Need::Message:
        return u"message"_s;
    case Need::Answer:
        return u"answer"_s;
    }
    Q_UNREACHABLE();
}

QString labelOf(Need value)
{
    switch (value) {
    case Need::Routes:
        return Text::tr("Needs a list of your routes.");
    case Need::Redirects:
        return Text::tr("Needs the list of your old addresses: write or import it on the page \"Old addresses\".");
    case Need::TestAccounts:
        return Text::tr("Needs two test accounts.");
    case Need::ApiToken:
        return Text::tr("Needs a login or an API token.");
    case Need::Consent:
        return Text::tr("Sends test attacks, so it needs your permission first.");
    case Need::Folder:
        return Text::tr("Needs your code or files on this computer: add them on the page \"Code and files\".");
    case Need::Samples:
        return Text::tr("Needs a monitor that has run for a while.");
    case Need::Message:
        return Text::tr("Needs a message of yours that arrived: read it on the page \"A message\".");
    case Need::Answer:
        return Text::tr("Needs an answer from you.");
    }
    Q_UNREACHABLE();
}

int mayAnnounce(const Look &look, const RequestNeed &need)
{
    const ActiveGate *gate = look.seen.active();
    const int share = gate ? gate->shareOf(need) : need.most;
    if (!look.turn)
        return share;
    const auto mine = look.turn->most.find(need.account);
    return mine == look.turn->most.end() ? share : std::min(share, std::max(need.atLeast(), mine->second));
}

bool isLastTurn(const Look &look, const QString &account)
{
    return !look.turn || !look.turn->awaited.contains(account);
}

bool isOfProduct(const Look &look, const Host &host)
{
    return !look.turn || look.turn->hosts.contains(host.name);
}

Judged couldNotLook(const Error &error)
{
    Judged judged;
    judged.outcome = error.kind == ErrorKind::Cancelled ? Outcome::NotRun : Outcome::Error;
    judged.reason = error.message;
    if (!error.detail.isEmpty())
        judged.evidence.push_back({Text::tr("Technical detail"), error.detail});
    return judged;
}

Judged notApplicable(const QString &reason)
{
    Judged judged;
    judged.outcome = Outcome::NotApplicable;
    judged.reason = reason;
    return judged;
}

Judged notRun(const QString &reason)
{
    Judged judged;
    judged.outcome = Outcome::NotRun;
    judged.reason = reason;
    return judged;
}

Outcome outcomeFor(const std::vector<Finding> &findings)
{
    if (findings.empty())
        return Outcome::Pass;
    const bool severe = std::ranges::any_of(findings, [](const Finding &f) { return f.severity <= Severity::High; });
    return severe ? Outcome::Fail : Outcome::Warn;
}

void CheckRegistry::add(Check check)
{
    Q_ASSERT(!find(check.id));
    m_checks.push_back(std::move(check));
}

void CheckRegistry::add(std::vector<Check> checks)
{
    for (Check &check : checks)
        add(std::move(check));
}

const Check *CheckRegistry::find(const QString &id) const
{
    const auto it = std::ranges::find(m_checks, id, &Check::id);
    return it == m_checks.end() ? nullptr : &*it;
}

std::map<QString, std::vector<SourceKind>> CheckRegistry::sourcesByCheck() const
{
    std::map<QString, std::vector<SourceKind>> sources;
    for (const Check &check : m_checks) {
        if (!check.sources.empty())
            sources.emplace(check.id, check.sources);
    }
    return sources;
}

QJsonObject ProjectFacts::lastObserved(const QString &checkId) const
{
    const auto before = observedBefore.find(checkId);
    return before == observedBefore.end() ? QJsonObject() : before->second;
}

namespace {

// What only hints, or is a matter of tidiness, or was accepted, is no way for an agreed case to fail: it was looked at,
// and that is all.
Outcome endOf(const CheckResult &result, const ProjectState &state, const std::vector<Finding> &open)
{
    // It has taken the place of the look before it. What that one found is open until it is seen mended.
    if (std::ranges::any_of(open, [&](const Finding &finding) { return leavesOpen(result, finding); }))
        return Outcome::Fail;
    const auto isAccepted = [&](const Finding &finding) {
        const auto decided = state.decisions.find(finding.id());
        return decided != state.decisions.end() && decided->second.kind == DecisionKind::Accepted;
    };
    const bool isFound = result.outcome == Outcome::Warn || result.outcome == Outcome::Fail;
    return isFound && !caseLookOf(result, isAccepted).isGrave ? Outcome::Info : result.outcome;
}

} // namespace

ProjectFacts projectFactsOf(const ProjectState &state)
{
    ProjectFacts facts;
    facts.routes = state.routes;
    facts.actors = state.actors;
    facts.accessRules = state.accessRules;
    facts.samples = state.samples;
    facts.redirects = state.redirects;
    facts.sources = state.sources;
    facts.secrets = state.secrets;
    facts.codeAudience = codeAudienceOf(state.answers);
    facts.dkimSelectors = state.settings.dkimSelectors;
    for (const ListedName &listed : state.names)
        facts.listedNames << listed.name;
    facts.delivery = state.delivery.proof;
    facts.dns = dnsHistoryOf(state);
    for (const auto &[findingId, decision] : state.decisions) {
        if (decision.kind == DecisionKind::Accepted)
            facts.acceptedFindings.insert(findingId);
    }
    facts.openProblems = openProblems(state);
    for (const auto &[key, result] : state.latest) {
        if (result.hasNothingToTry)
            facts.nothingToTryBefore.insert(key);
        facts.observedBefore.emplace(key, memoryOf(result));
        facts.outcomesBefore.emplace(key, endOf(result, state, facts.openProblems));
    }
    return facts;
}

} // namespace cockpit
