#include "checks/access/oauthfindings.h"

#include "checks/access/oauthflow.h"
#include "checks/engine/lookgaps.h"
#include "checks/engine/nothingtotry.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OAuthFlow)
};

// Two visitors, two values.
bool differs(const OAuthSeen &seen, QString AuthorizationRequest::*part)
{
    if (seen.asks.size() < 2 || !seen.asks[0].led || !seen.asks[1].led)
        return false;
    const QString first = (*seen.asks[0].led).*part;
    return !first.isEmpty() && first != (*seen.asks[1].led).*part;
}

QString pkceWord(const AuthorizationRequest &told)
{
    if (told.challenge.isEmpty())
        return u"missing"_s;
    return told.challengeMethod == "S256"_L1 ? u"S256"_s : u"plain"_s; // plain where none is named (RFC 7636 4.3)
}

QString stateWord(const OAuthSeen &seen)
{
    // A script adds to what stands in its text, and one value tells nothing of the next.
    if (seen.asks.size() < 2 || seen.told->isByReference)
        return u"unknown"_s;
    if (seen.told->state.isEmpty())
        return u"missing"_s;
    return differs(seen, &AuthorizationRequest::state) ? u"changes"_s : u"constant"_s;
}

QJsonObject observedOf(const OAuthSeen &seen)
{
    const AuthorizationRequest &told = *seen.told;
    QJsonArray tries;
    const HttpResponse *control = seen.trial.isControlled() ? &*seen.trial.control->answer : nullptr;
    for (const RedirectTry &one : seen.trial.tries)
        tries.append(QJsonObject{{u"change"_s, toWord(one.change)},
                                 {u"verdict"_s, toWord(verdictOf(one, control))},
                                 {u"status"_s, one.answer ? one.answer->status : 0}});
    const QUrl place = seen.start.url.isValid() && !seen.start.url.isEmpty() ? seen.start.url : seen.start.page;
    return {{u"origin"_s, toWord(seen.start.origin)},
            {u"where"_s, place.path()},
            {u"endpoint"_s, hostOf(told.url) + told.url.path()},
            {u"response_type"_s, told.responseTypes.isEmpty() ? u"code"_s : told.responseTypes.join(u' ')},
            {u"state"_s, stateWord(seen)},
            {u"pkce"_s, pkceWord(told)},
            {u"nonce"_s, !told.nonce.isEmpty()},
            {u"guarded_by"_s, toWord(guardOf(seen))},
            {u"redirect"_s, QUrl(told.redirectUri).toString(QUrl::RemoveQuery | QUrl::RemoveFragment)},
            {u"control"_s, control != nullptr},
            {u"redirect_tries"_s, tries}};
}

// What did not tell, and hides something.
QString gapIn(const OAuthSeen &seen)
{
    const AuthorizationRequest &told = *seen.told;
    if (told.isByReference)
        return Text::tr("What the sign-in at %1 asks for was handed over out of sight (request_uri): its state and its "
                        "redirect_uri could not be read.")
            .arg(hostOf(told.url));
    if (seen.trial.control && !seen.trial.isControlled())
        return Text::tr("%1 did not answer the sign-in's own address as it should: whether it takes others was not "
                        "tried.")
            .arg(hostOf(told.url));
    const HttpResponse *control = seen.trial.isControlled() ? &*seen.trial.control->answer : nullptr;
    const bool isUnclear = std::ranges::any_of(
        seen.trial.tries, [&](const RedirectTry &one) { return verdictOf(one, control) == RedirectVerdict::Unclear; });
    return isUnclear ? Text::tr("What %1 does with an address that nobody registered did not show before signing in.")
                           .arg(hostOf(told.url))
                     : QString();
}

QJsonArray rowsOf(const std::vector<OAuthUntried> &gaps)
{
    QJsonArray rows;
    for (const OAuthUntried &one : gaps)
        rows.append(QJsonObject{{u"where"_s, hostOf(one.where) + one.where.path()}, {u"why"_s, toWord(one.why)}});
    return rows;
}

QStringList openIn(const OAuthLook &look)
{
    QStringList open;
    if (!look.brokenOff.isEmpty())
        open.append(Text::tr("The sign-in by another service was not tried to the end: %1").arg(look.brokenOff));
    for (const OAuthSeen &seen : look.starts) {
        if (const QString gap = gapIn(seen); !gap.isEmpty())
            open.append(gap);
    }
    open.removeDuplicates();
    return open;
}

// For people; %1: addresses.
QString sentenceFor(OAuthGap why)
{
    switch (why) {
    case OAuthGap::NoRequests:
        return Text::tr("No requests were left for what begins a sign-in by another service: %1.");
    case OAuthGap::NotPressed:
        return Text::tr("Not pressed, as it may do more than begin a sign-in: %1. Mark the route as safe to write to "
                        "have it tried.");
    case OAuthGap::LedNowhere:
        return Text::tr("Sounds like the beginning of a sign-in by another service, and led to none that could be "
                        "read: %1.");
    case OAuthGap::NotCovered:
        return Text::tr("A sign-in leads to a host that your permission does not cover: %1.");
    case OAuthGap::Silent:
        return Text::tr("Whether a sign-in by another service begins there was not seen, as it did not answer: %1.");
    case OAuthGap::NotRead:
        return Text::tr(
            "Not all of it was read, as there is more than one run reads, or a part lies on a host that your "
            "permission does not cover; a sign-in by another service may begin there: %1.");
    }
    Q_UNREACHABLE();
}

// One sentence for each reason.
QStringList notTriedIn(const OAuthLook &look)
{
    constexpr qsizetype kMostNamed = 6; // the rest is in the observed facts
    std::map<OAuthGap, QStringList> places;
    for (const OAuthUntried &one : look.notTried)
        places[one.why].append(hostOf(one.where) + one.where.path());
    QStringList sentences;
    for (const auto &[why, all] : places) {
        QStringList named = all.first(std::min(all.size(), kMostNamed));
        if (named.size() < all.size())
            named.append(u"…"_s);
        sentences.append(sentenceFor(why).arg(named.join(u", "_s)));
    }
    return sentences;
}

// Of a beginning that is known only what was to be said of it; behind a page that was not read there may be any.
std::vector<Unseen> hiddenIn(const OAuthLook &look)
{
    std::vector<Unseen> unseen;
    for (const OAuthUntried &one : look.notTried) {
        const bool isPage = one.why == OAuthGap::Silent || one.why == OAuthGap::NotRead;
        if (!isPage) {
            unseen.push_back({.subject = one.where.path()});
            continue;
        }
        for (const QString &code : oauthCodes())
            unseen.push_back({.code = code});
    }
    return unseen;
}

bool isWithout(const Judged &judged)
{
    return judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error;
}

} // namespace

QString toWord(OAuthGap value)
{
    switch (value) {
    case OAuthGap::NoRequests:
        return u"no_requests"_s;
    case OAuthGap::NotPressed:
        return u"not_pressed"_s;
    case OAuthGap::LedNowhere:
        return u"led_nowhere"_s;
    case OAuthGap::NotCovered:
        return u"not_covered"_s;
    case OAuthGap::Silent:
        return u"silent"_s;
    case OAuthGap::NotRead:
        return u"not_read"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(OAuthGuard value)
{
    switch (value) {
    case OAuthGuard::None:
        return {};
    case OAuthGuard::State:
        return u"state"_s;
    case OAuthGuard::Challenge:
        return u"pkce"_s;
    case OAuthGuard::Nonce:
        return u"nonce"_s;
    }
    Q_UNREACHABLE();
}

OAuthGuard guardOf(const OAuthSeen &seen)
{
    if (differs(seen, &AuthorizationRequest::state))
        return OAuthGuard::State;
    if (differs(seen, &AuthorizationRequest::challenge))
        return OAuthGuard::Challenge;
    return differs(seen, &AuthorizationRequest::nonce) ? OAuthGuard::Nonce : OAuthGuard::None;
}

Judged withOAuth(Judged judged, const OAuthLook &look)
{
    if (look.starts.empty() && look.brokenOff.isEmpty() && look.notTried.empty())
        return judged;
    judged.hasNothingToTry = false; // there is something, and it may not have been reached
    QJsonArray seen;
    for (const OAuthSeen &one : look.starts)
        seen.append(observedOf(one));
    judged.observed.insert(u"oauth"_s, seen);
    if (!look.notTried.empty())
        judged.observed.insert(u"oauth_not_tried"_s, rowsOf(look.notTried));
    std::vector<Finding> findings = oauthFindings(look);
    LookGaps gaps = anyBehind(openIn(look));
    if (isWithout(judged) && (!look.starts.empty() || !findings.empty())) {
        // Of the account's own sign-in nothing was seen, whatever stands here.
        gaps.hideAll();
        judged.outcome = Outcome::Info;
        judged.summary = Text::tr("The beginning of the sign-in by another service was read");
    }
    gaps.add(LookGap{hiddenIn(look), {}});
    gaps.say(notTriedIn(look));
    leaveOpen(judged, gaps);
    std::ranges::move(findings, std::back_inserter(judged.findings));
    if (!judged.findings.empty())
        judged.outcome = outcomeFor(judged.findings);
    return judged;
}

} // namespace cockpit
