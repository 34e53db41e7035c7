#include "checks/http/redirectmap.h"

#include "checks/http/browserwalk.h"
#include "checks/http/redirectmapfindings.h"
#include "checks/net/addressspace.h"
#include "checks/web/address.h"
#include "checks/web/movement.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

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

QString pathOf(const QUrl &url)
{
    return url.path(QUrl::FullyDecoded).section(u'/', 0, -1, QString::SectionSkipEmpty);
}

// Scheme and a slash at the end aside: whether the end is secure is judged by itself.
bool isSamePage(const QUrl &a, const QUrl &b)
{
    return a.host() == b.host() && pathOf(a) == pathOf(b);
}

bool isSameAddress(const QUrl &a, const QUrl &b)
{
    return isSamePage(a, b) && a.query(QUrl::FullyDecoded) == b.query(QUrl::FullyDecoded);
}

bool passesThrough(const RedirectChain &chain, const QUrl &wanted)
{
    return std::ranges::any_of(chain.hops, [&](const RedirectHop &hop) { return isSameAddress(hop.url, wanted); });
}

// Where a walk ended that arrived at a page: the wanted one, or which other.
RedirectState arrivalOf(const Replay &replay, const RedirectChain &chain)
{
    if (replay.wanted.isEmpty() || passesThrough(chain, replay.wanted))
        return RedirectState::Right;
    if (softRedirectOf(chain.last))
        return RedirectState::ByPage;
    if (chain.hops.size() == 1)
        return RedirectState::NotMoved;
    const QUrl &end = chain.last.url;
    if (isSamePage(end, replay.wanted))
        return RedirectState::QueryLost;
    return pathOf(end).isEmpty() && !pathOf(replay.wanted).isEmpty() ? RedirectState::FrontPage
                                                                     : RedirectState::WrongPage;
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
        std::ranges::any_of(look.target.hosts, [&](const Host &host) { return isSameSite(host.name, url.host()); });
    const auto port = static_cast<std::uint16_t>(url.port(url.scheme() == "http"_L1 ? 80 : 443));
    if (isOurs || look.seen.options().connectOverrideFor(url.host(), port))
        return std::nullopt;
    const auto places = look.seen.ask(HostAddresses{url.host(), port});
    if (!*places || std::ranges::none_of(**places, &isPrivateAddress, &SocketAddress::ip))
        return std::nullopt;
    return Error{ErrorKind::NotPermitted, Text::tr("%1 is an address inside your own network.").arg(url.host()), {}};
}

std::vector<Replay> replaysOf(const Look &look)
{
    const std::size_t most = std::min(look.facts.redirects.size(), kMostReplays);
    std::vector<Replay> replays;
    replays.reserve(most);
    while (replays.size() < most && !shouldStop(replays, look)) {
        const std::size_t end = std::min(most, replays.size() + kGroup);
        std::vector<FollowRedirects> questions;
        for (std::size_t i = replays.size(); i < end; ++i) {
            const QUrl from = redirectUrl(look.facts.redirects[i].from, look.target);
            if (!refusalOf(from, look))
                questions.push_back({from});
        }
        look.seen.askAll(questions); // side by side; each is then taken from memory
        for (std::size_t i = replays.size(); i < end; ++i) {
            const RedirectEntry &entry = look.facts.redirects[i];
            const QUrl from = redirectUrl(entry.from, look.target);
            const auto refusal = refusalOf(from, look);
            replays.push_back(
                {entry, from, entry.to.isEmpty() ? QUrl() : redirectUrl(entry.to, look.target),
                 refusal ? Result<RedirectChain>(tl::unexpected<Error>(*refusal)) : walkLikeBrowser(look.seen, from)});
        }
    }
    return replays;
}

Judged look(const Look &look)
{
    if (look.facts.redirects.empty())
        return notRun(labelOf(Need::Redirects));
    const std::vector<Replay> replays = replaysOf(look);
    if (look.seen.token().isCancelled())
        return notRun(Text::tr("Stopped before every old address was asked for."));
    return judgeRedirectMap(replays, look.facts.redirects.size());
}

QJsonObject observedEntry(const Replay &replay)
{
    QJsonObject row{
        {u"from"_s, replay.entry.from}, {u"wanted"_s, replay.entry.to}, {u"state"_s, toWord(judgeReplay(replay))}};
    if (!replay.walk) {
        row.insert(u"reason"_s, replay.walk.error().message);
        return row;
    }
    const RedirectChain &chain = *replay.walk;
    if (const auto obstacle = obstacleIn(chain.last))
        row.insert(u"reason"_s, describe(*obstacle, chain.last));
    const QJsonObject end = observedOf(chain, {});
    row.insert(u"to"_s, end["url"_L1]);
    row.insert(u"status"_s, chain.last.status);
    row.insert(u"hops"_s, static_cast<int>(chain.hops.size()) - 1);
    row.insert(u"chain"_s, end["chain"_L1]);
    return row;
}

QJsonObject observedMap(const std::vector<Replay> &replays, std::size_t total)
{
    QJsonArray entries;
    for (const Replay &replay : replays)
        entries.append(observedEntry(replay));
    return {{u"total"_s, static_cast<qint64>(total)},
            {u"asked"_s, static_cast<qint64>(replays.size())},
            {u"entries"_s, entries}};
}

qsizetype countOf(const std::vector<Replay> &replays, RedirectState state)
{
    return std::ranges::count(replays, state, &judgeReplay);
}

// What could not be looked at is never a pass: empty when all was.
QString whatIsOpen(const std::vector<Replay> &replays, std::size_t total)
{
    QStringList open;
    if (const auto silent = static_cast<int>(countOf(replays, RedirectState::Silent)); silent > 0)
        open << Text::tr("%n old address(es) could not be looked at.", nullptr, silent);
    if (const auto left = static_cast<int>(total - replays.size()); left > 0)
        open << Text::tr("%n old address(es) were not asked for in this run.", nullptr, left);
    return open.join(u' ');
}

} // namespace

RedirectState judgeReplay(const Replay &replay)
{
    if (!replay.walk)
        return RedirectState::Silent;
    const RedirectChain &chain = *replay.walk;
    switch (chain.end) {
    case RedirectEnd::Loop:
    case RedirectEnd::TooManyHops:
        return RedirectState::Loop;
    case RedirectEnd::BadLocation:
    case RedirectEnd::NotHttp:
        return RedirectState::Broken;
    case RedirectEnd::Arrived:
        break;
    }
    if (obstacleIn(chain.last))
        return RedirectState::Silent;
    if (chain.last.status >= 300)
        return RedirectState::Broken;
    const RedirectState arrival = arrivalOf(replay, chain);
    return arrival == RedirectState::Right ? mannerOf(chain) : arrival;
}

Judged judgeRedirectMap(const std::vector<Replay> &replays, std::size_t total)
{
    const auto right = static_cast<int>(countOf(replays, RedirectState::Right));
    const bool nothingSeen =
        std::ranges::all_of(replays, [](const Replay &r) { return judgeReplay(r) == RedirectState::Silent; });
    if (replays.empty())
        return notRun(Text::tr("The run was over before the first old address was asked for."));
    if (nothingSeen && !replays.front().walk)
        return couldNotLook(replays.front().walk.error());
    Judged judged =
        concluded(redirectMapFindings(replays),
                  Text::tr("%1 of %n old address(es) lead where they should", nullptr, static_cast<int>(replays.size()))
                      .arg(right),
                  observedMap(replays, total), redirectMapEvidence(replays));
    judged.reason = whatIsOpen(replays, total);
    if (!judged.reason.isEmpty() && judged.findings.empty())
        judged.outcome = nothingSeen ? Outcome::Error : Outcome::Info;
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
