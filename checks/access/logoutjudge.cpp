#include "checks/access/logout.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Logout)
};

// A token that is checked without asking a database lives to its end; as long as that is near, many products accept it.
constexpr qint64 kShortLife = 15LL * 60 + 60;

Finding survivor(const LogoutLook &look, const LogoutReplay &replay)
{
    Finding finding;
    const QString page = look.page.request.url.toDisplayString();
    if (replay.form == "refresh"_L1) {
        finding = makeFinding(u"refresh_survives"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                              Text::tr("After signing out, new tokens can still be fetched"),
                              Text::tr("After %1 had signed out, its refresh token brought a new token, and %2 showed "
                                       "private data with it. Wanted: status 401.")
                                  .arg(look.actor, page));
    } else if (replay.form == "token"_L1) {
        const bool isShort = look.tokenLeft && *look.tokenLeft <= kShortLife;
        finding = makeFinding(u"token_survives"_s, isShort ? Severity::Medium : Severity::High, Proof::Proven,
                              Impact::AccountTakeover, Text::tr("Signing out leaves the token alive"),
                              Text::tr("After %1 had signed out, %2 still showed private data to its token. Wanted: "
                                       "status 401.")
                                  .arg(look.actor, page));
    } else {
        finding = makeFinding(u"session_survives"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                              Text::tr("Signing out leaves the session alive"),
                              Text::tr("After %1 had signed out, %2 still showed private data to its cookies. Wanted: "
                                       "status 401 or the sign-in page.")
                                  .arg(look.actor, page));
    }
    finding.host = hostOf(look.page.request.url);
    finding.evidence = {requestProof(replay.seen.request, replay.seen.answer,
                                     {.actor = Text::tr("%1, signed out", "who asks").arg(look.actor),
                                      .markers = look.page.markers.all(),
                                      .known = look.known})};
    finding.effortMinutes = 60;
    return finding;
}

QJsonObject observedIn(const LogoutLook &look)
{
    QJsonArray rows;
    for (const LogoutReplay &replay : look.replays)
        rows.append(QJsonObject{{u"form"_s, replay.form},
                                {u"status"_s, replay.seen.answer.status},
                                {u"standing"_s, toWord(replay.seen.standing)}});
    QJsonObject observed{{u"actor"_s, look.actor},
                         {u"page"_s, look.page.request.url.path()},
                         {u"sign_out"_s, look.signOut.status},
                         {u"clears_cookies"_s, look.clearsCookies},
                         {u"refresh_token"_s, look.hasRefresh},
                         {u"replays"_s, rows},
                         {u"requests"_s, look.requests}};
    if (look.tokenLeft)
        observed.insert(u"token_left"_s, *look.tokenLeft);
    return observed;
}

bool isRefused(const HttpResponse &signOut)
{
    return signOut.status >= 400;
}

bool lives(const LogoutReplay &replay)
{
    return replay.seen.standing == SessionStanding::In;
}

QString whyUnknown(const LogoutLook &look)
{
    if (isRefused(look.signOut) && std::ranges::any_of(look.replays, lives))
        return Text::tr("Signing out at %1 was answered with %2, so nobody has signed out. Record again how %3 signs "
                        "out.")
            .arg(look.signOutRequest.url.toDisplayString(), answerWords(look.signOut), look.actor);
    if (look.afterwards != SessionStanding::In)
        return Text::tr("%1 was not let in again afterwards: the refusals before may have had another reason.")
            .arg(look.actor);
    if (std::ranges::any_of(
            look.replays, [](const LogoutReplay &replay) { return replay.seen.standing == SessionStanding::Unclear; }))
        return Text::tr("An answer after signing out did not tell whether the session still lives.");
    return {};
}

} // namespace

Judged judgeLogout(const LogoutLook &look)
{
    CaseTally tally;
    if (!isRefused(look.signOut)) {
        for (const LogoutReplay &replay : look.replays) {
            if (lives(replay))
                tally.findings.push_back(survivor(look, replay));
        }
    }
    if (const QString unknown = whyUnknown(look); unknown.isEmpty()) {
        tally.told = 1;
    } else {
        tally.gaps.add(LookGap{.hides = {{}}, .sentence = unknown});
    }
    return judgedFrom(std::move(tally),
                      Text::tr("Signed out as %1, then sent again what the session had").arg(look.actor),
                      observedIn(look));
}

} // namespace cockpit
