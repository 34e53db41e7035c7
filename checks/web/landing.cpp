#include "checks/web/landing.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Landing)
};

Observations::Shared<RedirectChain> walkFrom(const Look &look, const Host &host)
{
    return look.seen.ask(FollowRedirects{httpsAddress(host)});
}

bool anEarlierHostEndsAt(const Look &look, const QString &finalHost)
{
    for (const Host &host : look.target.hosts) {
        if (host == *look.host)
            return false;
        if (host.role == HostRole::Mail)
            continue;
        const auto walk = walkFrom(look, host);
        if (*walk && hostOf((*walk)->last.url) == finalHost)
            return true;
    }
    return false;
}

QString brokenWalk(const RedirectChain &chain)
{
    switch (chain.end) {
    case RedirectEnd::Arrived:
        return {};
    case RedirectEnd::Loop:
        return Text::tr("%1 sends visitors in a circle, so there is no page to look at.");
    case RedirectEnd::TooManyHops:
        return Text::tr("%1 passes visitors on more than ten times, so there is no page to look at.");
    case RedirectEnd::BadLocation:
        return Text::tr("%1 sends visitors to an address that cannot be read, so there is no page to look at.");
    case RedirectEnd::NotHttp:
        return Text::tr("%1 sends visitors to something that is not a web page, or to a private address.");
    }
    Q_UNREACHABLE();
}

Judged judgedElsewhere(LandingOwner owner, const QString &from, const QString &finalHost)
{
    if (owner == LandingOwner::Stranger)
        return notApplicable(
            Text::tr("%1 moves its visitors to %2, which belongs to somebody else.").arg(from, finalHost));
    return notApplicable(Text::tr("%1 moves its visitors to %2, which is looked at by itself.").arg(from, finalHost));
}

} // namespace

LandingOwner landingOwner(const Look &look, const QString &finalHost)
{
    if (finalHost == look.host->name)
        return LandingOwner::ThisHost;
    if (std::ranges::find(look.target.hosts, finalHost, &Host::name) != look.target.hosts.end())
        return LandingOwner::ListedHost;
    if (!isSameSite(finalHost, look.host->name))
        return LandingOwner::Stranger;
    return anEarlierHostEndsAt(look, finalHost) ? LandingOwner::EarlierHost : LandingOwner::ThisHost;
}

Judged onLanding(const Look &look, const std::function<Judged(const RedirectChain &)> &judge)
{
    const auto walk = walkFrom(look, *look.host);
    if (!*walk)
        return couldNotLook(walk->error());
    const RedirectChain &chain = **walk;
    if (const QString problem = brokenWalk(chain); !problem.isEmpty()) {
        Judged judged = couldNotLook({ErrorKind::Protocol, problem.arg(look.host->name)});
        judged.evidence.push_back(evidenceOf(chain));
        return judged;
    }
    const QString finalHost = hostOf(chain.last.url);
    if (const LandingOwner owner = landingOwner(look, finalHost); owner != LandingOwner::ThisHost)
        return judgedElsewhere(owner, look.host->name, finalHost);
    if (const auto obstacle = obstacleIn(chain.last))
        return couldNotVerify(*obstacle, chain.last);
    return judge(chain);
}

Judged onOwnAnswer(const Look &look, const std::function<Judged(const HttpResponse &)> &judge)
{
    const auto first = look.seen.ask(HttpGet{httpsAddress(*look.host)});
    if (!*first)
        return couldNotLook(first->error());
    if (const auto obstacle = obstacleIn(**first))
        return couldNotVerify(*obstacle, **first);
    const auto walk = walkFrom(look, *look.host);
    if (*walk && (*walk)->end == RedirectEnd::Arrived) {
        const HttpResponse &last = (*walk)->last;
        const LandingOwner owner = landingOwner(look, hostOf(last.url));
        if (owner == LandingOwner::ListedHost || owner == LandingOwner::EarlierHost)
            return judgedElsewhere(owner, look.host->name, hostOf(last.url));
    }
    return judge(**first);
}

} // namespace cockpit
