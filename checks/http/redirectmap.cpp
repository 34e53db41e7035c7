#include "checks/http/redirectmap.h"

#include "checks/engine/lookgaps.h"
#include "checks/http/browserwalk.h"
#include "checks/http/redirectmapfindings.h"
#include "checks/http/redirectturns.h"
#include "checks/net/addressspace.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/movement.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "checks/web/similarity.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RedirectMapCheck)
};

// http to https to the new address is two; a third is tolerable, more is felt and costs rank.
constexpr std::size_t kMostHops = 3;
// Between two groups the run can be stopped, and a server that begins to fail is left alone.
constexpr std::size_t kGroup = 6;
constexpr int kFailuresInARow = 3;
// As for addresses that must not be there (exposure.files).
constexpr double kAlike = 0.9;

// Scheme and a slash at the end aside: whether the end is secure is judged by itself.
bool isSamePage(const QUrl &a, const QUrl &b)
{
    return hostOf(a) == hostOf(b) && pagePath(a) == pagePath(b);
}

bool passesThrough(const RedirectChain &chain, const QUrl &wanted)
{
    return std::ranges::any_of(
        chain.hops, [&](const RedirectHop &hop) { return isSamePage(hop.url, wanted) && holdsQuery(hop.url, wanted); });
}

bool endsAtFrontPage(const Replay &replay, const RedirectChain &chain)
{
    return chain.hops.size() > 1 && pagePath(chain.last.url).isEmpty() && !pagePath(replay.wanted).isEmpty();
}

// By way of the wanted page to the front page: the visitor does not see the wanted one.
bool isThere(const Replay &replay, const RedirectChain &chain)
{
    return passesThrough(chain, replay.wanted) && !endsAtFrontPage(replay, chain);
}

// Only where the state rests on it: the page has to be parsed.
std::optional<SoftRedirect> softEndOf(const Replay &replay)
{
    const bool hasArrived = replay.walk && replay.walk->end == RedirectEnd::Arrived;
    if (!hasArrived || replay.wanted.isEmpty() || isThere(replay, *replay.walk))
        return std::nullopt;
    return softRedirectOf(replay.walk->last);
}

// Where a walk ended that arrived at a page: the wanted one, or which other.
RedirectState arrivalOf(const Replay &replay, const RedirectChain &chain)
{
    if (replay.wanted.isEmpty())
        return replay.isAnyPage ? RedirectState::Silent : RedirectState::Right;
    if (isThere(replay, chain))
        return RedirectState::Right;
    if (replay.soft)
        return RedirectState::ByPage;
    if (chain.hops.size() == 1)
        return replay.isAnyPage ? RedirectState::Silent : RedirectState::NotMoved;
    if (endsAtFrontPage(replay, chain))
        return RedirectState::FrontPage;
    return isSamePage(chain.last.url, replay.wanted) ? RedirectState::QueryLost : RedirectState::WrongPage;
}

// Of a walk that arrived where it should: how it went there.
RedirectState mannerOf(const RedirectChain &chain)
{
    if (chain.last.url.scheme() != "https"_L1)
        return RedirectState::Insecure;
    const auto isTemporary = [](const RedirectHop &hop) {
        return isRedirectStatus(hop.status) && !isPermanentRedirect(hop.status);
    };
    if (std::ranges::any_of(chain.hops, isTemporary))
        return RedirectState::Temporary;
    return chain.hops.size() - 1 > kMostHops ? RedirectState::ManyHops : RedirectState::Right;
}

bool isTroubled(const Replay &replay)
{
    const auto obstacle = replay.walk ? obstacleIn(replay.walk->last) : std::nullopt;
    return obstacle == Obstacle::ServerError || obstacle == Obstacle::TooManyRequests;
}

bool shouldStop(const std::vector<Replay> &replays, const Look &look)
{
    if (look.seen.isOver())
        return true;
    const auto inARow = std::ranges::find_if_not(replays.rbegin(), replays.rend(), isTroubled) - replays.rbegin();
    return inARow >= kFailuresInARow;
}

// A map that came by mail may name a machine of the reader's own network: nobody outside could mean that, so it is
// asked for only where the project itself is there.
std::optional<Error> refusalOf(const QUrl &url, const Look &look)
{
    const bool isOurs =
        std::ranges::any_of(look.target.hosts, [&](const Host &host) { return isSameSite(host.name, hostOf(url)); });
    if (isOurs || look.seen.options().connectOverrideFor(hostOf(url), portOf(url)))
        return std::nullopt;
    const auto places = look.seen.ask(HostAddresses{hostOf(url), portOf(url)});
    if (!*places || std::ranges::none_of(**places, &isPrivateAddress, &SocketAddress::ip))
        return std::nullopt;
    return Error{ErrorKind::NotPermitted, Text::tr("%1 is an address inside your own network.").arg(hostOf(url)), {}};
}

// Does an address that nobody uses get the same page there? A single-page app answers everything with its shell. What
// each host answers is asked for, and hashed, once.
class InventedPages
{
public:
    explicit InventedPages(const Look &look) : m_look(look) {}

    bool areLike(const RedirectChain &chain)
    {
        const HttpResponse &page = chain.last;
        const bool isPage = chain.end == RedirectEnd::Arrived && page.status >= 200 && page.status < 300;
        if (!isPage || pagePath(page.url).isEmpty())
            return false;
        const Invented &invented = at(page.url);
        if (!invented.isThere)
            return false;
        return page.body == invented.body || similarity(simHash(page.body), invented.words) >= kAlike;
    }

private:
    struct Invented
    {
        bool isThere = false;
        QByteArray body = {};
        std::uint64_t words = 0;
    };

    const Invented &at(const QUrl &page)
    {
        const QString word = probeWord(hostOf(page) + m_look.startedAt.toString(Qt::ISODateWithMs));
        QUrl url = page.adjusted(QUrl::RemoveQuery);
        url.setPath(u'/' + word);
        const auto [it, isNew] = m_byAddress.try_emplace(url);
        if (isNew)
            it->second = ask(url);
        return it->second;
    }

    Invented ask(const QUrl &url) const
    {
        const auto answer = m_look.seen.ask(HttpGet{url});
        if (!*answer || (*answer)->status < 200 || (*answer)->status >= 300)
            return {};
        return {true, (*answer)->body, simHash((*answer)->body)};
    }

    const Look &m_look;
    std::map<QUrl, Invented> m_byAddress;
};

Replay replayed(const RedirectEntry &entry, const Look &look, InventedPages &invented)
{
    const QUrl from = redirectUrl(entry.from, look.target);
    const QUrl wanted = entry.to.isEmpty() ? QUrl() : redirectUrl(entry.to, look.target);
    if (const auto refusal = refusalOf(from, look))
        return replayOf(entry, from, wanted, tl::unexpected<Error>(*refusal));
    Replay replay = replayOf(entry, from, wanted, walkLikeBrowser(look.seen, from));
    const bool isAsked = replay.walk && (wanted.isEmpty() || replay.walk->hops.size() == 1);
    replay.isAnyPage = isAsked && invented.areLike(*replay.walk);
    return replay;
}

std::vector<Replay> replaysOf(const std::vector<RedirectEntry> &wanted, const Look &look)
{
    InventedPages invented(look);
    std::vector<Replay> replays;
    replays.reserve(wanted.size());
    while (replays.size() < wanted.size() && !shouldStop(replays, look)) {
        const std::size_t end = std::min(wanted.size(), replays.size() + kGroup);
        std::vector<FollowRedirects> questions;
        questions.reserve(kGroup);
        for (std::size_t i = replays.size(); i < end; ++i) {
            const QUrl from = redirectUrl(wanted[i].from, look.target);
            if (!refusalOf(from, look))
                questions.push_back({from});
        }
        look.seen.askAll(questions); // side by side; each is then taken from memory
        for (std::size_t i = replays.size(); i < end && !look.seen.isOver(); ++i)
            replays.push_back(replayed(wanted[i], look, invented)); // reads a long page, perhaps
    }
    return replays;
}

Judged look(const Look &look)
{
    if (look.facts.redirects.empty())
        return notRun(labelOf(Need::Redirects));
    const RedirectTurns turns(look.facts.redirects, look.facts.lastObserved(u"http.redirect-map"_s));
    const std::vector<Replay> replays = replaysOf(turns.next(kMostReplays), look);
    if (look.seen.token().isCancelled())
        return notRun(Text::tr("Stopped before every old address was asked for."));
    QSet<QString> asked;
    for (const Replay &replay : replays)
        asked.insert(replay.entry.from);
    return judgeRedirectMap(replays, {look.facts.redirects.size(), turns.knownBeside(asked), look.startedAt});
}

// What stood at the end of the walk in place of a page.
std::optional<Obstacle> obstacleOf(const Replay &replay)
{
    return replay.walk ? obstacleIn(replay.walk->last) : std::nullopt;
}

// Of a walk that arrived.
RedirectState stateOfEnd(const Replay &replay, const std::optional<Obstacle> &obstacle)
{
    const RedirectChain &chain = *replay.walk;
    if (obstacle)
        return RedirectState::Silent;
    if (chain.last.status >= 300)
        return RedirectState::Broken;
    const RedirectState arrival = arrivalOf(replay, chain);
    return arrival == RedirectState::Right ? mannerOf(chain) : arrival;
}

RedirectState stateOf(const Replay &replay, const std::optional<Obstacle> &obstacle)
{
    if (!replay.walk)
        return RedirectState::Silent;
    switch (replay.walk->end) {
    case RedirectEnd::Loop:
    case RedirectEnd::TooManyHops:
        return RedirectState::Loop;
    case RedirectEnd::BadLocation:
    case RedirectEnd::NotHttp:
        return RedirectState::Broken;
    case RedirectEnd::Arrived:
        return stateOfEnd(replay, obstacle);
    }
    Q_UNREACHABLE();
}

std::vector<JudgedReplay> judgedReplays(const std::vector<Replay> &replays)
{
    std::vector<JudgedReplay> judged;
    judged.reserve(replays.size());
    for (const Replay &replay : replays) {
        const auto obstacle = obstacleOf(replay);
        judged.push_back({&replay, stateOf(replay, obstacle), obstacle});
    }
    return judged;
}

// A page came, and says nothing about the address.
bool isUntold(const JudgedReplay &one)
{
    return one.replay->walk && one.state == RedirectState::Silent && !one.obstacle;
}

QString reasonFor(const JudgedReplay &one)
{
    const Replay &replay = *one.replay;
    if (!replay.walk)
        return replay.walk.error().message;
    if (one.obstacle)
        return describe(*one.obstacle, replay.walk->last);
    return !isUntold(one)
               ? QString()
               : Text::tr(
                     "%1 gives an address that nobody uses the same page, so whether this one has a page of its own "
                     "cannot be told from outside.")
                     .arg(hostOf(replay.walk->last.url));
}

QJsonObject observedEntry(const JudgedReplay &one, const QDateTime &at)
{
    const Replay &replay = *one.replay;
    QJsonObject row{{u"from"_s, replay.entry.from},
                    {u"wanted"_s, replay.entry.to},
                    {u"state"_s, toWord(one.state)},
                    {u"seen"_s, at.toUTC().toString(Qt::ISODate)}};
    if (const QString reason = reasonFor(one); !reason.isEmpty())
        row.insert(u"reason"_s, reason);
    if (!replay.walk)
        return row;
    const QJsonObject end = observedOf(*replay.walk, {});
    row.insert(u"to"_s, end["url"_L1]);
    row.insert(u"status"_s, replay.walk->last.status);
    row.insert(u"hops"_s, static_cast<int>(replay.walk->hops.size()) - 1);
    row.insert(u"chain"_s, end["chain"_L1]);
    return row;
}

QJsonObject observedMap(const std::vector<JudgedReplay> &replays, const MapStanding &standing)
{
    QJsonArray entries;
    for (const JudgedReplay &one : replays)
        entries.append(observedEntry(one, standing.at));
    for (const QJsonObject &known : standing.known)
        entries.append(known);
    return {{u"total"_s, static_cast<qint64>(standing.total)},
            {u"asked"_s, static_cast<qint64>(replays.size())},
            {u"entries"_s, entries}};
}

qsizetype countOf(const std::vector<JudgedReplay> &replays, RedirectState state)
{
    return std::ranges::count(replays, state, &JudgedReplay::state);
}

// What could not be looked at is never a pass: empty when all was.
QStringList whatIsOpen(const std::vector<JudgedReplay> &replays, std::size_t total)
{
    QStringList open;
    const auto untold = static_cast<int>(std::ranges::count_if(replays, isUntold));
    if (const auto silent = static_cast<int>(countOf(replays, RedirectState::Silent)) - untold; silent > 0)
        open << Text::tr("%n old address(es) could not be looked at.", nullptr, silent);
    if (untold > 0)
        open << Text::tr("%n old address(es) get the same page as an address that nobody uses, which tells nothing.",
                         nullptr, untold);
    if (const auto left = static_cast<int>(total - replays.size()); left > 0)
        open << Text::tr("%n old address(es) were not asked for in this run; the next ones begin with them.", nullptr,
                         left);
    return open;
}

// What may be wrong with the addresses that were not asked for, or did not answer: the faults that an earlier look saw
// there, and any fault where nobody has looked yet.
std::vector<Unseen> gapsOf(const std::vector<JudgedReplay> &replays, const MapStanding &standing)
{
    if (countOf(replays, RedirectState::Silent) > 0 || replays.size() + standing.known.size() < standing.total)
        return {Unseen{}};
    std::vector<Unseen> gaps;
    for (const QJsonObject &known : standing.known) {
        const auto state = redirectStateFromWord(known["state"_L1].toString());
        if (!state || *state == RedirectState::Silent)
            return {Unseen{}};
        const Unseen gap{{}, redirectCode(*state)};
        if (!gap.code.isEmpty() && std::ranges::find(gaps, gap) == gaps.end())
            gaps.push_back(gap);
    }
    return gaps;
}

} // namespace

Replay replayOf(const RedirectEntry &entry, const QUrl &from, const QUrl &wanted, Result<RedirectChain> walk)
{
    Replay replay{entry, from, wanted, std::move(walk)};
    replay.soft = softEndOf(replay);
    return replay;
}

RedirectState judgeReplay(const Replay &replay)
{
    return stateOf(replay, obstacleOf(replay));
}

Judged judgeRedirectMap(const std::vector<Replay> &replays, const MapStanding &standing)
{
    if (replays.empty())
        return notRun(Text::tr("The run was over before the first old address was asked for."));
    const std::vector<JudgedReplay> all = judgedReplays(replays);
    const auto right = static_cast<int>(countOf(all, RedirectState::Right));
    const bool nothingSeen = std::ranges::all_of(
        all, [](const JudgedReplay &one) { return one.state == RedirectState::Silent && !isUntold(one); });
    if (nothingSeen && !replays.front().walk)
        return couldNotLook(replays.front().walk.error());
    Judged judged = concluded(
        redirectMapFindings(all),
        Text::tr("%1 of %n old address(es) lead where they should", nullptr, static_cast<int>(all.size())).arg(right),
        observedMap(all, standing), redirectMapEvidence(all));
    if (nothingSeen && judged.findings.empty())
        judged.outcome = Outcome::Error;
    LookGaps gaps;
    gaps.add(LookGap{gapsOf(all, standing), {}});
    gaps.say(whatIsOpen(all, standing.total));
    leaveOpen(judged, gaps);
    return judged;
}

Check redirectMapCheck()
{
    return {.id = u"http.redirect-map"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::AccountTakeover, Impact::Maintainability},
            .needs = {Need::Redirects},
            .look = look};
}

} // namespace cockpit
