#include "checks/edge/cacheleak.h"

#include "checks/actors/actorsession.h"
#include "checks/actors/crew.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/edge/cacheleakforms.h"
#include "checks/edge/cachepoison.h"
#include "checks/engine/nothingtotry.h"
#include "checks/http/cachepolicy.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CacheLeak)
};

const QString kCheck = u"edge.cache-leak"_s;
constexpr int kAsksEach = 8;    // of a page: two before, the account twice, two after, two to make sure
constexpr int kAsksOfDecoy = 3; // the account, the stranger, the other account

class CacheAttack
{
public:
    CacheAttack(const Look &look, Wire &wire, ActorSession &account, ActorSession *other)
        : m_look(look), m_wire(wire), m_account(account), m_other(other)
    {
        m_result.account = account.actor().name;
        m_result.other = other ? other->actor().name : QString();
    }

    Result<CacheLook> run(const std::vector<AskableRoute> &pages);

private:
    std::optional<CacheAsk> ask(ActorSession *session, const QString &routeName, const QUrl &url);
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }
    void tryPage(const AskableRoute &route);
    void trial(CacheTrial &trial, const QString &routeName, const QUrl &url);
    void learn();
    void askAfresh(CachePage &page);
    void tryDecoys(const CachePage &page);
    void control();

    const Look &m_look;
    Wire &m_wire;
    ActorSession &m_account;
    ActorSession *m_other;
    CacheLook m_result;
    std::vector<HttpResponse> m_own, m_others;
};

// Null: nobody, signed out.
std::optional<CacheAsk> CacheAttack::ask(ActorSession *session, const QString &routeName, const QUrl &url)
{
    if (isOver())
        return std::nullopt;
    ActiveRequest request;
    request.url = url;
    request.routeName = routeName;
    auto answer = session ? session->ask(request) : m_wire.send(request);
    if (!answer) {
        const bool ends = answer.error().kind == ErrorKind::Cancelled || answer.error().kind == ErrorKind::NotPermitted;
        if (ends || m_look.seen.isOver())
            m_result.brokenOff = answer.error().message;
        return std::nullopt;
    }
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        m_result.brokenOff = describe(Obstacle::TooManyRequests, *answer);
    return CacheAsk{std::move(request), std::move(*answer)};
}

void CacheAttack::learn()
{
    m_result.markers = markersOf(m_account.actor(), m_own, m_others);
}

// The others ask right after the account: copies may live for a second only.
void CacheAttack::trial(CacheTrial &trial, const QString &routeName, const QUrl &url)
{
    trial.stranger = ask(nullptr, routeName, url);
    if (m_other)
        trial.other = ask(m_other, routeName, url);
}

bool isFromCache(const std::optional<CacheAsk> &asked)
{
    return asked && cachePolicyOf(asked->answer).wasServedFromCache;
}

// A page that all see may have grown since the others asked first: what they get at an address of their own now came
// out of no cache. Who was refused before is shown nothing new by a page that grows.
void CacheAttack::askAfresh(CachePage &page)
{
    for (const bool isStranger : {true, false}) {
        const auto &before = isStranger ? page.strangerBefore : page.otherBefore;
        auto &asked = isStranger ? page.trial.stranger : page.trial.other;
        if (!before || !asked || !isGoodAnswer(before->answer, {}) || !m_result.markers.areIn(asked->answer))
            continue;
        const auto fresh = ask(isStranger ? nullptr : m_other, page.routeName, withCacheWord(page.url, newCacheWord()));
        if (!fresh)
            asked.reset(); // tells nothing without
        else if (!isFromCache(fresh))
            m_others.push_back(fresh->answer);
    }
    learn();
}

void CacheAttack::tryPage(const AskableRoute &route)
{
    CachePage page{.routeName = routeName(route.route), .url = route.url};
    page.strangerBefore = ask(nullptr, page.routeName, withCacheWord(page.url, newCacheWord()));
    if (m_other)
        page.otherBefore = ask(m_other, page.routeName, withCacheWord(page.url, newCacheWord()));
    for (const auto &before : {page.strangerBefore, page.otherBefore}) {
        page.isKeyWithoutQuery = page.isKeyWithoutQuery || isFromCache(before);
        if (before)
            m_others.push_back(before->answer);
    }
    const QUrl own = withCacheWord(page.url, newCacheWord());
    if (!page.isKeyWithoutQuery)
        page.trial.owner = ask(&m_account, page.routeName, own);
    page.isKeyWithoutQuery = page.isKeyWithoutQuery || isFromCache(page.trial.owner);
    if (page.trial.owner && !page.isKeyWithoutQuery && isGoodAnswer(page.trial.owner->answer, {})) {
        m_own.push_back(page.trial.owner->answer);
        learn();
        page.trial.again = ask(&m_account, page.routeName, own);
        trial(page.trial, page.routeName, own);
        if (verdictOf(m_result, page) == CacheVerdict::Leaked)
            askAfresh(page);
    }
    m_result.pages.push_back(std::move(page));
}

// The word stands in the name: caches that keep by the ending often leave the query out of the key.
void CacheAttack::tryDecoys(const CachePage &page)
{
    for (const QUrl &url : decoysOf(page.url, newCacheWord())) {
        CacheDecoy decoy{.routeName = page.routeName, .trial = {}};
        decoy.trial.owner = ask(&m_account, page.routeName, url);
        if (decoy.trial.owner && servesPage(m_result, decoy))
            trial(decoy.trial, page.routeName, url);
        if (decoy.trial.owner)
            m_result.decoys.push_back(std::move(decoy));
    }
}

// The account still gets its page; else what the others got may have had another reason.
void CacheAttack::control()
{
    const auto shown = std::ranges::find_if(m_result.pages, [](const CachePage &page) {
        return page.trial.owner && isGoodAnswer(page.trial.owner->answer, {});
    });
    if (shown == m_result.pages.end() || isOver())
        return;
    const auto last = ask(&m_account, shown->routeName, withCacheWord(shown->url, newCacheWord()));
    if (!isOver() && (!last || !isGoodAnswer(last->answer, {})))
        m_result.brokenOff =
            Text::tr("%1 did not get its own page any more while the requests went out.").arg(m_result.account);
}

Result<CacheLook> CacheAttack::run(const std::vector<AskableRoute> &pages)
{
    for (ActorSession *session : {&m_account, m_other}) {
        if (auto ready = session ? session->signIn() : Result<void>(); !ready)
            return tl::unexpected<Error>(ready.error());
    }
    const Session session = m_account.session();
    m_result.hasToken = session.token && session.tokenHeader.compare("authorization", Qt::CaseInsensitive) == 0;
    for (const AskableRoute &page : pages)
        tryPage(page);
    int decoyed = 0;
    for (const CachePage &page : std::vector<CachePage>(m_result.pages)) {
        const bool isPrivate = page.trial.owner && m_result.markers.areIn(page.trial.owner->answer);
        if (!isPrivate || isOver())
            continue;
        if (++decoyed <= kMostDecoyed)
            tryDecoys(page);
        else
            m_result.notTriedAsFiles.append(page.routeName);
    }
    control();
    m_result.known = m_wire.gate() ? m_wire.gate()->knownSecrets() : std::vector<Secret>();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

RequestNeed ownNeed(const std::vector<AskableRoute> &pages)
{
    if (pages.empty())
        return {};
    const auto decoys = static_cast<int>(decoysOf(pages.front().url, newCacheWord()).size());
    const int decoyed = std::min(static_cast<int>(pages.size()), kMostDecoyed);
    return {.account = kCheck,
            .most = static_cast<int>(pages.size()) * kAsksEach + decoyed * decoys * kAsksOfDecoy + 1};
}

RequestNeed poisonNeed(const std::vector<AskableRoute> &shown)
{
    return {.account = kCheck, .most = poisonCeiling(shown.size())};
}

Result<CacheLook> askPrivatePages(const Look &look, const Crew &crew, const std::vector<AskableRoute> &pages,
                                  Wire &wire)
{
    const TestActor &first = crew.owner() ? *crew.owner() : *crew.anybody;
    ActorSession account(first, wire);
    std::optional<ActorSession> other;
    if (const TestActor *second = crew.outsider())
        other.emplace(*second, wire);
    return CacheAttack(look, wire, account, other ? &*other : nullptr).run(pages);
}

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::OneActor))
        return *missing;
    const auto [pages, leftOut] = personalPages(look.target, look.facts);
    if (pages.empty())
        return nothingToTry(Text::tr("No page or answer for people who are signed in is known. Add routes like "
                                     "GET /account to your list."));
    // One wire at a time: the second announces when the first has given back what it did not need.
    auto own = std::make_unique<Wire>(look, ownNeed(pages));
    if (!own->isReady())
        return notRun(own->isReady().error().message);
    auto seen = askPrivatePages(look, crew, pages, *own);
    own.reset();
    if (!seen)
        return couldNotLook(seen.error());
    seen->leftOut = leftOut;
    const std::vector<AskableRoute> shown = publicPages(look.target, look.facts, look.seen.active());
    if (!shown.empty() && seen->brokenOff.isEmpty() && !look.seen.isOver()) {
        Wire wire(look, poisonNeed(shown));
        if (wire.isReady())
            tryPoison(*seen, shown, wire);
        else
            seen->notPoisoned = wire.isReady().error().message;
    } else if (shown.empty() && !publicPages(look.target, look.facts).empty()) {
        seen->notPoisoned = Text::tr("Whether a visitor can put something into a cache was not tried: no host with a "
                                     "public page is among those that you allowed test requests for.");
    }
    return judgeCacheLeak(*seen);
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (crewMissing(crewOf(outlook.facts.actors), CrewNeed::OneActor))
        return {};
    RequestNeed need = ownNeed(personalPages(outlook.target, outlook.facts).asked);
    if (need.most > 0)
        need.most += poisonNeed(publicPages(outlook.target, outlook.facts)).most;
    return {need};
}

} // namespace

Check cacheLeakCheck()
{
    return {.id = kCheck,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Routes, Need::TestAccounts},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
