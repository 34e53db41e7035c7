#include "checks/access/oauthfindings.h"
#include "checks/access/oauthflow.h"
#include "checks/net/urlhost.h"
#include "models/unseen.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

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
    if (seen.told->state.isEmpty())
        return u"missing"_s;
    return seen.asks.size() < 2 || differs(seen, &AuthorizationRequest::state) ? u"changes"_s : u"constant"_s;
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

bool isWithout(const Judged &judged)
{
    return judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error;
}

QString joined(const QString &first, const QString &second)
{
    return first.isEmpty() || second.isEmpty() ? first + second : first + u' ' + second;
}

} // namespace

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
    if (look.starts.empty() && look.brokenOff.isEmpty())
        return judged;
    QJsonArray seen;
    for (const OAuthSeen &one : look.starts)
        seen.append(observedOf(one));
    judged.observed.insert(u"oauth"_s, seen);
    std::vector<Finding> findings = oauthFindings(look);
    const QStringList open = openIn(look);
    const bool wasWithout = isWithout(judged);
    const bool isPassed = judged.outcome == Outcome::Pass;
    if (wasWithout && (!look.starts.empty() || !findings.empty())) {
        // Of the account's own sign-in nothing was seen, whatever stands here.
        noteUnseen({{}}, judged.observed);
        judged.outcome = Outcome::Info;
        judged.summary = Text::tr("The beginning of the sign-in by another service was read");
    } else if (!open.isEmpty() && !wasWithout) {
        noteUnseen({{}}, judged.observed);
        judged.outcome = isPassed ? Outcome::Info : judged.outcome;
    }
    judged.reason = joined(judged.reason, open.join(u' '));
    std::ranges::move(findings, std::back_inserter(judged.findings));
    if (!judged.findings.empty())
        judged.outcome = outcomeFor(judged.findings);
    return judged;
}

} // namespace cockpit
