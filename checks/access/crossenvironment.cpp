#include "checks/access/crossenvironment.h"

#include "checks/access/sessiontrial.h"
#include "checks/access/tokenspot.h"
#include "checks/actors/crew.h"
#include "checks/actors/stagingaccount.h"
#include "checks/engine/nothingtotry.h"
#include "checks/tokens/forgery.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CrossEnvironment)
};

// An account where it lives, signed in.
struct Side
{
    TestActor actor;
    Session session;
    PrivateAnswer page;
};

class CrossEnvironmentRun
{
public:
    CrossEnvironmentRun(const Look &look, Wire &wire) : m_look(look), m_wire(wire) {}

    Result<CrossEnvironmentLook> run(const TestActor &production, const TestActor &staging);

private:
    Result<Side> sideOf(const TestActor &actor, const ProjectFacts &facts);
    Result<Session> signIn(const TestActor &actor);
    Result<void> cross(CrossingFrom from, const Side &sender, const Side &owner);
    Result<HttpResponse> ask(const PrivateAnswer &page, const Session &session, const TestActor &actor,
                             ActiveRequest *sent = nullptr);

    const Look &m_look;
    Wire &m_wire;
    CrossEnvironmentLook m_result;
};

Result<Session> CrossEnvironmentRun::signIn(const TestActor &actor)
{
    return sessionOf(actor, m_wire);
}

Result<Side> CrossEnvironmentRun::sideOf(const TestActor &actor, const ProjectFacts &facts)
{
    const auto session = signIn(actor);
    if (!session)
        return tl::unexpected<Error>(session.error());
    const Look look{.seen = m_look.seen,
                    .target = m_look.target,
                    .policy = m_look.policy,
                    .facts = facts,
                    .startedAt = m_look.startedAt,
                    .turn = m_look.turn};
    Side side{.actor = actor, .session = *session, .page = {}};
    auto page = findPrivateAnswer(look, actor, m_wire, [&](const ActiveRequest &request) {
        return ask({.request = request, .good = {}, .stranger = {}, .markers = {}}, side.session, actor);
    });
    if (!page)
        return tl::unexpected<Error>(page.error());
    side.page = std::move(*page);
    return side;
}

Result<HttpResponse> CrossEnvironmentRun::ask(const PrivateAnswer &page, const Session &session, const TestActor &actor,
                                              ActiveRequest *sent)
{
    ActiveRequest request = page.request;
    for (const Header &header : session.headersFor(request.url, request.method, QDateTime::currentDateTimeUtc()))
        request.headers.push_back(header);
    request.carriesSecret = true;
    request.actor = actor.name;
    if (sent)
        *sent = request;
    return m_wire.send(request);
}

Session inventedSession(const Session &session)
{
    Session invented = session;
    if (session.token)
        invented.token = inventedLike(*session.token);
    for (StoredCookie cookie : session.jar.cookies()) {
        cookie.value = inventedLike(cookie.value);
        invented.jar.put(cookie);
    }
    return invented;
}

Result<void> CrossEnvironmentRun::cross(CrossingFrom from, const Side &sender, const Side &owner)
{
    const auto session = withValuesOf(sender.session, owner.session);
    if (!session) {
        m_result.notTried.append(
            Text::tr("%1 has no token or cookie of the kind that %2 uses.").arg(sender.actor.name, owner.actor.name));
        return {};
    }
    EnvironmentCrossing one{.from = from,
                            .owner = owner.actor.name,
                            .page = owner.page,
                            .request = {},
                            .answer = {},
                            .senders = {},
                            .invented = {},
                            .goodLast = {}};
    auto answer = ask(owner.page, *session, sender.actor, &one.request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    auto invented = ask(owner.page, inventedSession(owner.session), sender.actor);
    if (!invented)
        return tl::unexpected<Error>(invented.error());
    auto good = ask(owner.page, owner.session, owner.actor);
    if (!good)
        return tl::unexpected<Error>(good.error());
    const std::array own{*answer};
    const std::array others{owner.page.stranger, *invented};
    one.senders = Markers(markersOf(sender.actor, own, others).in(*answer));
    one.answer = std::move(*answer);
    one.invented = std::move(*invented);
    one.goodLast = std::move(*good);
    m_result.crossings.push_back(std::move(one));
    return {};
}

Result<CrossEnvironmentLook> CrossEnvironmentRun::run(const TestActor &production, const TestActor &staging)
{
    m_result.production = production.name;
    m_result.staging = staging.name;
    const auto live = sideOf(production, m_look.facts);
    if (!live)
        return tl::unexpected<Error>(live.error());
    const auto session = signIn(staging);
    if (!session)
        return tl::unexpected<Error>(session.error());
    if (auto done = cross(CrossingFrom::Staging, {.actor = staging, .session = *session, .page = {}}, *live); !done)
        return tl::unexpected<Error>(done.error());
    // The project's routes are production's: only the account itself says what is private at staging.
    ProjectFacts alone = m_look.facts;
    alone.routes.clear();
    if (staging.whoAmIUrl.isEmpty()) {
        m_result.notTried.append(
            Text::tr("Staging was not tried: name the address there that says who is signed in as %1.")
                .arg(staging.name));
    } else if (const auto test = sideOf(staging, alone); !test) {
        m_result.notTried.append(test.error().message);
    } else if (auto done = cross(CrossingFrom::Production, *live, *test); !done) {
        return tl::unexpected<Error>(done.error());
    }
    m_result.known = m_wire.gate() ? m_wire.gate()->knownSecrets() : std::vector<Secret>();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

const RequestNeed kNeed{.account = u"access.cross-environment"_s, .most = kCrossEnvironmentCeiling + kSignInRequests};

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    const auto staging = std::ranges::count_if(
        outlook.facts.actors, [&](const TestActor &actor) { return isOfStaging(actor, outlook.target); });
    if (staging == 0 || staging == std::ssize(outlook.facts.actors))
        return {};
    return {kNeed};
}

Judged look(const Look &look)
{
    std::vector<TestActor> production = look.facts.actors;
    std::vector<TestActor> staging;
    const auto isStaging = [&](const TestActor &actor) { return isOfStaging(actor, look.target); };
    std::ranges::copy_if(production, std::back_inserter(staging), isStaging);
    std::erase_if(production, isStaging);
    if (staging.empty())
        return nothingToTry(Text::tr("No test account is of a staging environment. Add one, and name the address there "
                                     "that says who is signed in, for example at staging.example.com."));
    const Crew crew = crewOf(production);
    if (const auto missing = crewMissing(crew, CrewNeed::OneActor))
        return *missing;
    Wire wire(look, kNeed);
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    const auto seen = CrossEnvironmentRun(look, wire).run(*crew.anybody, staging.front());
    return seen ? judgeCrossEnvironment(*seen) : trialEnded(seen.error());
}

} // namespace

QString toWord(CrossingFrom value)
{
    return value == CrossingFrom::Staging ? u"staging"_s : u"production"_s;
}

std::optional<Session> withValuesOf(const Session &sender, const Session &owner)
{
    Session mixed = owner;
    bool hasFound = false;
    mixed.token.reset();
    mixed.jar.clear();
    if (owner.token && sender.token) {
        mixed.token = sender.token;
        hasFound = true;
    }
    const auto isSession = [](const StoredCookie &cookie) { return holdsSession(cookie.name, cookie.value); };
    const auto &others = sender.jar.cookies();
    const auto any = std::ranges::find_if(others, isSession);
    for (StoredCookie cookie : owner.jar.cookies()) {
        auto theirs = sender.jar.valueOf(cookie.name);
        // Environments name their cookies differently ("app_session", "staging_session").
        if (!theirs && isSession(cookie) && any != others.end())
            theirs = any->value;
        if (!theirs || *theirs == cookie.value)
            continue;
        hasFound = hasFound || isSession(cookie); // an anti-forgery token of the same name opens nothing
        cookie.value = *theirs;
        mixed.jar.put(cookie);
    }
    return hasFound ? std::optional(mixed) : std::nullopt;
}

Check crossEnvironmentCheck()
{
    return {.id = u"access.cross-environment"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
