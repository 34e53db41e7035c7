#include "checks/dns/dangling.h"

#include "checks/dns/earliernames.h"
#include "checks/dns/namelook.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kId = "dns.dangling"_L1;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dangling)
};

// Where they were learnt stands in the inventory: only there it is told who was taken out of the person's list.
std::vector<EarlierName> namesIn(const QStringList &subjects, const QJsonObject &inventory)
{
    const std::vector<EarlierName> known = earlierNames(inventory);
    std::vector<EarlierName> names;
    names.reserve(static_cast<size_t>(subjects.size()));
    for (const QString &subject : subjects) {
        const QString name = nameToldBy(subject);
        if (name.isEmpty())
            continue;
        const auto one = std::ranges::find(known, name, &EarlierName::name);
        names.push_back(one == known.end() ? EarlierName{name} : *one);
    }
    return names;
}

DanglingFacts factsOf(const Look &look, FoundNames found)
{
    const QJsonObject before = look.facts.lastObserved(QString(kId));
    const auto earlier = namesIn(danglingSubjects(before), look.facts.lastObserved(u"dns.inventory"_s));
    QStringList unanswered = askForEarlier(earlier, look.target.domain, found, look.seen);
    for (const FoundName &name : found.names) {
        if (!name.problem().isEmpty())
            unanswered << name.name;
    }
    SeenReferences seen = lookAtReferences(look.target, found, look.seen);
    DanglingFacts facts{.domain = look.target.domain,
                        .references = std::move(seen.references),
                        .names = static_cast<int>(found.names.size()),
                        .hasWildcard = found.hasWildcard,
                        .reach = {.setsWideCookies = found.setsWideCookies, .signInReturns = found.signInReturns},
                        .problems = found.notes + seen.problems,
                        .addresses = lookAtCloudAddresses(look.target, found, look.seen),
                        .incomplete = std::move(seen.incomplete),
                        .unanswered = std::move(unanswered),
                        .before = before};
    if (found.isCut)
        facts.problems << Text::tr("There are more names than can be looked at in one go.");
    facts.problems.removeDuplicates();
    return facts;
}

// The API is asked only where it makes a difference.
bool weighsMoreWithReach(const Judged &judged)
{
    return std::ranges::any_of(judged.findings, [](const Finding &finding) {
        return finding.code == "free_name"_L1 || finding.proof == Proof::Lead;
    });
}

Judged lookAtDangling(const Look &look)
{
    Judged judged = lookAtNames(look, [&look](const FoundNames &found) {
        DanglingFacts facts = factsOf(look, found);
        Judged alone = judgeDangling(facts);
        if (!weighsMoreWithReach(alone))
            return alone;
        facts.reach.openApi = apiOpenToSubdomains(look);
        return judgeDangling(facts);
    });
    keepInMind(danglingSubjects(look.facts.lastObserved(QString(kId))), judged);
    return judged;
}

} // namespace

Check danglingCheck()
{
    return {.id = QString(kId),
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::EmailDelivery, Impact::Downtime,
                        Impact::Maintainability},
            .needs = {},
            .look = lookAtDangling};
}

} // namespace cockpit
