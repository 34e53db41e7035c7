// How the addresses are asked for in other ways, and what is asked to be sure of it.
#include "checks/access/bypass.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/tellinganswer.h"
#include "checks/net/urlhost.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostTooMany = 3; // so often the product may say "too many" before nothing more is asked for

constexpr std::size_t kInventedAddresses = 2; // a page, and one of the interface

} // namespace

int bypassBaselines(const Target &target)
{
    return static_cast<int>(kInventedAddresses * std::min(target.hosts.size(), 2 * kMostBypassHosts));
}

int bypassCeiling(int ways)
{
    constexpr int admin = static_cast<int>(kMostAdminTargets);
    constexpr int targets = static_cast<int>(kMostBypassTargets);
    // A stranger at each, and an ordinary account at the administrators' and at the record, which may be one of theirs.
    constexpr int attackers = targets + admin + static_cast<int>(kMostItemTargets);
    constexpr int search = kMostCandidates + 2 * attackers;
    constexpr int controls = targets + attackers;
    return search + ways * attackers + controls;
}

BypassRun::BypassRun(const Look &look, const std::vector<TestActor> &actors, Wire &wire)
    : m_look(look), m_actors(actors), m_wire(wire), m_accounts(actors, wire)
{
    for (const Host &host : look.target.hosts)
        m_result.hosts.append(host.name);
    for (const TestActor &actor : actors)
        m_result.roles.append(actor.role);
}

bool BypassRun::mayGoOn() const
{
    constexpr int controls = 8;
    return !m_look.seen.isOver() && m_refusedAsTooMany < kMostTooMany && m_wire.left() > controls;
}

// Once for a host is enough: the same repair closes it everywhere there.
QString BypassRun::nameOf(const BypassWay &way)
{
    return way.code + u'@' + hostOf(way.request.url);
}

bool BypassRun::isStillRefused(const BypassTarget &target, const BypassAttacker &attacker)
{
    const ActorReach reach = reachedBy(attacker.who(), target).reach;
    return reach == ActorReach::Refused || (attacker.isGivenLess && reach == ActorReach::Filtered);
}

// Another test of the same run may have had the account in another role when the first request went out, and put it
// back before the control (access.mass-assignment). Of a stranger there is nothing to change. No answer that tells
// refutes nothing.
bool BypassRun::isOpenAgain(const BypassTry &tried, const ActiveRequest &request, const BypassAttacker &attacker)
{
    if (!attacker.who() || !mayGoOn())
        return true;
    const auto again = m_accounts.ask(attacker.who(), request);
    if (!again || !tellsWhatIsThere(*again))
        return true;
    BypassTry second = tried;
    second.answer = *again;
    return verdictOf(m_result, second).way == BypassVerdict::Way::Open;
}

// A page for everybody may greet who asks by name, and a list for administrators has that name as well.
bool BypassRun::learnOrdinary(const ActiveRequest &ordinary, BypassTarget &target, const BypassAttacker &attacker)
{
    const auto answer = m_accounts.ask(attacker.who(), ordinary);
    if (!answer)
        return false;
    const std::vector<HttpResponse> seen{*answer};
    target.markers = target.markers.without(seen);
    m_result.baselines.push_back(*answer);
    return true;
}

void BypassRun::tryWays(std::size_t target, std::size_t attacker, const std::vector<BypassWay> &ways)
{
    BypassTarget &at = m_result.targets[target];
    const BypassAttacker &by = at.attackers[attacker];
    for (const BypassWay &way : ways) {
        if (m_found.contains(nameOf(way)))
            continue;
        BypassTry tried{.target = target, .attacker = attacker, .way = way};
        tried.isAsked = mayGoOn();
        if (tried.isAsked) {
            const auto answer = m_accounts.ask(by.who(), way.request);
            tried.way.request = m_accounts.dressed(by.who(), way.request);
            if (answer)
                tried.answer = *answer;
            else
                tried.problem = answer.error().message;
            m_refusedAsTooMany += answer && answer->status == 429 ? 1 : 0;
        }
        if (way.ordinary && tried.answer && verdictOf(m_result, tried).way != BypassVerdict::Way::Refused)
            tried.isRefuted = !learnOrdinary(*way.ordinary, at, by);
        if (verdictOf(m_result, tried).way == BypassVerdict::Way::Open) {
            tried.isRefuted = !isStillRefused(at, by) || !isOpenAgain(tried, way.request, by);
            if (!tried.isRefuted)
                m_found.append(nameOf(way));
        }
        m_result.tries.push_back(std::move(tried));
    }
}

// By strangers first, at each address; then by accounts.
void BypassRun::ask(const WaysToAsk &ways)
{
    for (std::size_t attacker = 0; attacker < 2; ++attacker) {
        for (std::size_t i = 0; i < m_result.targets.size(); ++i) {
            if (attacker < m_result.targets[i].attackers.size())
                tryWays(i, attacker, ways(m_result.targets[i]));
        }
    }
}

void BypassRun::confirm()
{
    for (BypassTarget &target : m_result.targets) {
        if (m_look.seen.isOver())
            return;
        const auto again = m_accounts.ask(&target.owner, requestAt(target.route, target.url));
        const InventedAnswers invented(m_result.baselines);
        target.holds = again && isGoodAnswer(*again, {.invented = &invented});
    }
    m_result.known = m_wire.gate()->knownSecrets();
}

} // namespace cockpit
