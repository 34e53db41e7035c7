#include "checks/access/refreshtoken.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RefreshToken)
};

// A lost phone stays signed in for so long at most; what products choose goes up to this.
constexpr qint64 kLongestLife = 90LL * 24 * 3600;

bool isTaken(const Renewal &renewal)
{
    return renewal.end == RenewalEnd::Taken;
}

QString wordOf(const Renewal &renewal)
{
    switch (renewal.end) {
    case RenewalEnd::NotTried:
        return u"not_tried"_s;
    case RenewalEnd::Refused:
        return u"refused"_s;
    case RenewalEnd::Taken:
        return u"taken"_s;
    }
    Q_UNREACHABLE();
}

Finding placed(Finding finding, const RefreshTokenLook &look, const SeenStanding *seen)
{
    finding.host = hostOf(look.page.request.url);
    finding.effortMinutes = 60;
    if (seen) {
        finding.evidence = {
            requestProof(seen->request, seen->answer,
                         {.actor = look.actor, .markers = look.page.markers.all(), .known = look.known})};
    }
    return finding;
}

void addReuse(const RefreshTokenLook &look, std::vector<Finding> &findings)
{
    if (!look.rotates) {
        findings.push_back(placed(
            makeFinding(
                u"not_rotating"_s, Severity::Medium, Proof::Proven, Impact::AccountTakeover,
                Text::tr("Refresh tokens stay the same for their whole life"),
                Text::tr("Renewing the session of %1 left its refresh token as it was. A copy of it works beside "
                         "the owner's, and nobody notices. Wanted: a new one with each use.")
                    .arg(look.actor)),
            look, nullptr));
    } else if (isTaken(look.reusedLater)) {
        findings.push_back(placed(
            makeFinding(u"reusable"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("A used refresh token works again"),
                        Text::tr("The refresh token of %1 was exchanged for a new one, and then brought a token once "
                                 "more, also some seconds later. Wanted: status 400 or 401.")
                            .arg(look.actor)),
            look, &look.reusedLater.seen));
    } else if (isTaken(look.family)) {
        findings.push_back(placed(
            makeFinding(u"reuse_not_noticed"_s, Severity::Low, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("A stolen refresh token is refused, and its thief stays in"),
                        Text::tr("A used refresh token of %1 was refused, and the newest one of the same sign-in still "
                                 "works. Whoever came first may be the thief. Wanted: the whole sign-in ends.")
                            .arg(look.actor)),
            look, &look.family.seen));
    }
}

std::vector<Finding> findingsOf(const RefreshTokenLook &look)
{
    std::vector<Finding> findings;
    if (isTaken(look.invented))
        findings.push_back(placed(
            makeFinding(u"invented_accepted"_s, Severity::Critical, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("An invented refresh token opens an account"),
                        Text::tr("A refresh token that nobody had made brought a token, and %1 showed the private data "
                                 "of %2 with it. Wanted: status 400 or 401.")
                            .arg(look.page.request.url.toDisplayString(), look.actor)),
            look, &look.invented.seen));
    addReuse(look, findings);
    if (isTaken(look.afterSignOut))
        findings.push_back(
            placed(makeFinding(
                       u"survives_sign_out"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                       Text::tr("Refresh tokens outlive the sign-out"),
                       Text::tr("After %1 had signed out, its refresh token brought a new token, and %2 showed private "
                                "data with it. Wanted: status 400 or 401.")
                           .arg(look.actor, look.page.request.url.toDisplayString())),
                   look, &look.afterSignOut.seen));
    if (look.asAccess && look.asAccess->standing == SessionStanding::In)
        findings.push_back(placed(
            makeFinding(
                u"used_as_access"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                Text::tr("Refresh tokens open everything by themselves"),
                Text::tr("%1 showed private data to the refresh token of %2 in the place of its access token. It "
                         "lives much longer. Wanted: status 401.")
                    .arg(look.page.request.url.toDisplayString(), look.actor)),
            look, &*look.asAccess));
    if (look.life && *look.life > kLongestLife)
        findings.push_back(
            placed(makeFinding(u"long_refresh"_s, Severity::Low, Proof::Proven, Impact::AccountTakeover,
                               Text::tr("Refresh tokens live very long"),
                               Text::tr("The refresh token of %1 lives for %n day(s). Wanted: 90 at most.", nullptr,
                                        static_cast<int>(*look.life / 86400))
                                   .arg(look.actor)),
                   look, nullptr));
    return findings;
}

QString reuseWord(const RefreshTokenLook &look)
{
    if (isTaken(look.reused) && look.reusedLater.end == RenewalEnd::Refused)
        return u"within_leeway"_s;
    return wordOf(look.reused);
}

QJsonObject observedIn(const RefreshTokenLook &look)
{
    QJsonObject observed{{u"actor"_s, look.actor},
                         {u"page"_s, look.page.request.url.path()},
                         {u"kept_in"_s, look.inCookies ? u"cookies"_s : u"token"_s},
                         {u"rotates"_s, look.rotates},
                         {u"reuse"_s, reuseWord(look)},
                         {u"after_sign_out"_s, wordOf(look.afterSignOut)},
                         {u"invented"_s, wordOf(look.invented)},
                         {u"requests"_s, look.requests}};
    if (look.family.end != RenewalEnd::NotTried)
        observed.insert(u"family_ends"_s, !isTaken(look.family));
    if (look.asAccess)
        observed.insert(u"as_access"_s, toWord(look.asAccess->standing));
    if (look.life)
        observed.insert(u"life"_s, *look.life);
    return observed;
}

} // namespace

Judged judgeRefreshToken(const RefreshTokenLook &look)
{
    CaseTally tally{.findings = findingsOf(look)};
    if (isTaken(look.control) && isTaken(look.lastControl)) {
        tally.told = 1;
        if (!look.noSignOut.isEmpty())
            tally.gaps.add(LookGap{{{.code = u"survives_sign_out"_s}}, look.noSignOut});
    } else {
        tally.gaps.say(Text::tr("A new sign-in of %1 could not be renewed either: the refusals may have had another "
                                "reason.")
                           .arg(look.actor));
        tally.gaps.hideAll();
    }
    return judgedFrom(std::move(tally),
                      Text::tr("Renewed the session of %1, and tried it again with used, ended and invented refresh "
                               "tokens")
                          .arg(look.actor),
                      observedIn(look));
}

} // namespace cockpit
