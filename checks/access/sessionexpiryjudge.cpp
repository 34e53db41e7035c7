#include "checks/access/sessionexpiry.h"
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
    Q_DECLARE_TR_FUNCTIONS(SessionExpiry)
};

constexpr qint64 kHour = 3600;
constexpr qint64 kDay = 24 * kHour;

bool isIn(const SeenStanding &seen)
{
    return seen.standing == SessionStanding::In;
}

Finding placed(Finding finding, const SessionExpiryLook &look, const SeenStanding *seen = nullptr)
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

void addLives(const SessionExpiryLook &look, std::vector<Finding> &findings)
{
    if (look.jwt && !look.tokenLife)
        findings.push_back(placed(
            makeFinding(u"no_expiry"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("Tokens never expire"),
                        Text::tr("The token of %1 names no end (exp). A copy of it opens the account for ever. Wanted: "
                                 "an end after minutes or hours.")
                            .arg(look.actor)),
            look));
    if (look.tokenLife && *look.tokenLife > kLongestAccessLife)
        findings.push_back(placed(
            makeFinding(u"long_life"_s, Severity::Medium, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("Access tokens live for days"),
                        Text::tr("The token of %1 lives for %n hour(s). Wanted: 24 at most, better 1, with a refresh "
                                 "token beside it.",
                                 nullptr, static_cast<int>(*look.tokenLife / kHour))
                            .arg(look.actor)),
            look));
    for (const CookieLife &cookie : look.cookies) {
        if (!cookie.seconds || *cookie.seconds <= kLongestSessionLife)
            continue;
        Finding finding = placed(
            makeFinding(u"long_cookie"_s, look.isAdmin ? Severity::Medium : Severity::Low, Proof::Strong,
                        Impact::AccountTakeover, Text::tr("A sign-in lasts for months in the browser"),
                        Text::tr("The cookie %1, which holds the session, is kept for %n day(s). Wanted: 30 at most.",
                                 nullptr, static_cast<int>(*cookie.seconds / kDay))
                            .arg(cookie.name)),
            look);
        finding.subject = cookie.name;
        findings.push_back(std::move(finding));
    }
}

void addExpired(const SessionExpiryLook &look, std::vector<Finding> &findings)
{
    const auto taken = std::ranges::find_if(look.expired, [](const ExpiredTry &one) { return isIn(one.seen); });
    if (taken == look.expired.end())
        return;
    findings.push_back(placed(makeFinding(u"expired_accepted"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                                          Text::tr("Tokens open the account after their end"),
                                          Text::tr("%1 showed private data to %2. Wanted: status 401.")
                                              .arg(look.page.request.url.toDisplayString(), taken->what)),
                              look, &taken->seen));
}

void addSignIn(const SessionExpiryLook &look, std::vector<Finding> &findings)
{
    if (look.fixed && isIn(*look.fixed))
        findings.push_back(placed(
            makeFinding(u"fixation"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("A session id from before the sign-in opens the account after it"),
                        look.wasPlanted
                            ? Text::tr("%1 signed in with a cookie that we had invented, and %2 then showed private "
                                       "data to that cookie alone. Wanted: a new id at sign-in.")
                                  .arg(look.actor, look.page.request.url.toDisplayString())
                            : Text::tr("The cookie that a visitor gets before signing in as %1 stays the same, and %2 "
                                       "shows private data to it afterwards. Wanted: a new id at sign-in.")
                                  .arg(look.actor, look.page.request.url.toDisplayString())),
            look, &*look.fixed));
    if (look.isSameTwice)
        findings.push_back(placed(
            makeFinding(u"same_session"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                        Text::tr("Two sign-ins get the same session"),
                        Text::tr("%1 signed in twice and got the same token or session id both times. Signing out or a "
                                 "lost phone cannot be told apart. Wanted: a new random one for each sign-in.")
                            .arg(look.actor)),
            look));
}

void addPassword(const SessionExpiryLook &look, std::vector<Finding> &findings)
{
    if (!look.password || !look.password->other || !isIn(*look.password->other))
        return;
    Finding finding = placed(
        makeFinding(u"password_keeps_sessions"_s, Severity::High, Proof::Proven, Impact::AccountTakeover,
                    Text::tr("A changed password leaves the thief signed in"),
                    Text::tr("The password of %1 was changed in one session, and another session of the same account "
                             "still got private data at %2. Wanted: all other sessions end.")
                        .arg(look.password->actor, look.password->page.request.url.toDisplayString())),
        look);
    finding.evidence = {requestProof(
        look.password->other->request, look.password->other->answer,
        {.actor = look.password->actor, .markers = look.password->page.markers.all(), .known = look.known})};
    findings.push_back(std::move(finding));
}

// Who holds the session of an administrator holds the product.
Finding findingOf(const PastedSession &pasted, const SessionExpiryLook &look, qint64 age)
{
    Finding finding = placed(
        makeFinding(u"lives_on"_s, pasted.isAdmin ? Severity::High : Severity::Medium, Proof::Proven,
                    Impact::AccountTakeover, Text::tr("A session lives on for more than a month"),
                    Text::tr("The pasted session of %1 was first used %n day(s) ago, and still works. Wanted: an "
                             "end after 30 days at the latest, and after some hours without use.",
                             nullptr, static_cast<int>(age / kDay))
                        .arg(pasted.name)),
        look);
    finding.subject = pasted.account;
    return finding;
}

// A lead: whoever pasted it may have gone on using it elsewhere.
Finding idleFinding(const PastedSession &pasted, const SessionExpiryLook &look, qint64 idle)
{
    Finding finding = placed(
        makeFinding(u"no_idle_end"_s, pasted.isAdmin ? Severity::Medium : Severity::Low, Proof::Lead,
                    Impact::AccountTakeover,
                    pasted.isAdmin ? Text::tr("An administrator's session survives a day without use")
                                   : Text::tr("A session survives a week without use"),
                    Text::tr("The pasted session of %1 was left alone for %n hour(s) by this program, and works as "
                             "before. If nobody used it elsewhere meanwhile, it does not end without use. Wanted: an "
                             "end after some hours.",
                             nullptr, static_cast<int>(idle / kHour))
                        .arg(pasted.name)),
        look);
    finding.subject = pasted.account;
    return finding;
}

void addPasted(const SessionExpiryLook &look, std::vector<Finding> &findings)
{
    for (const PastedSession &pasted : look.pasted) {
        if (pasted.standing != SessionStanding::In)
            continue;
        const qint64 age = pasted.since.secsTo(look.at);
        const qint64 idle = idleOf(pasted, look.at).value_or(0);
        if (age > kLongestSessionLife) // says that of the time without use as well
            findings.push_back(findingOf(pasted, look, age));
        else if (idle > (pasted.isAdmin ? kLongestIdleOfAdmin : kLongestIdle))
            findings.push_back(idleFinding(pasted, look, idle));
    }
}

// What several runs showed of pasted sessions, beside what was found.
QString idleWords(const SessionExpiryLook &look)
{
    QStringList words;
    for (const PastedSession &pasted : look.pasted) {
        const auto idle = idleOf(pasted, look.at);
        if (!idle || pasted.standing == SessionStanding::Unclear)
            continue;
        const int hours = static_cast<int>(*idle / kHour);
        if (hours == 0)
            continue; // two runs, one right after the other: nothing to tell
        words.append(
            pasted.standing == SessionStanding::In
                ? Text::tr("The pasted session of %1 still works after %n hour(s) without a look.", nullptr, hours)
                      .arg(pasted.name)
                : Text::tr("The pasted session of %1 has ended within %n hour(s) since it last worked.", nullptr, hours)
                      .arg(pasted.name));
    }
    return words.join(u' ');
}

QJsonObject observedIn(const SessionExpiryLook &look)
{
    QJsonArray cookies;
    for (const CookieLife &cookie : look.cookies)
        cookies.append(QJsonObject{{u"name"_s, cookie.name},
                                   {u"life"_s, cookie.seconds ? QJsonValue(*cookie.seconds) : QJsonValue()}});
    QJsonArray expired;
    for (const ExpiredTry &one : look.expired)
        expired.append(QJsonObject{{u"what"_s, one.what}, {u"standing"_s, toWord(one.seen.standing)}});
    QJsonArray pasted;
    for (const PastedSession &one : look.pasted) {
        const auto idle = idleOf(one, look.at);
        const QDateTime seen = one.standing == SessionStanding::In ? look.at : one.seen;
        pasted.append(
            QJsonObject{{u"account"_s, one.account},
                        {u"mark"_s, QString::fromLatin1(one.mark)},
                        {u"since"_s, one.since.toUTC().toString(Qt::ISODate)},
                        {u"seen"_s, seen.isValid() ? QJsonValue(seen.toUTC().toString(Qt::ISODate)) : QJsonValue()},
                        {u"idle"_s, idle ? QJsonValue(*idle) : QJsonValue()},
                        {u"standing"_s, toWord(one.standing)}});
    }
    const bool hasPassword = look.password && look.password->other;
    return {{u"actor"_s, look.actor},
            {u"page"_s, look.page.request.url.path()},
            {u"token_form"_s, look.jwt ? u"jwt"_s : (look.hasToken ? u"opaque"_s : u"none"_s)},
            {u"token_life"_s, look.tokenLife ? QJsonValue(*look.tokenLife) : QJsonValue()},
            {u"cookies"_s, cookies},
            {u"expired"_s, expired},
            {u"fixation"_s, look.fixed ? toWord(look.fixed->standing) : u"not_tried"_s},
            {u"two_sign_ins"_s, look.isSameTwice ? u"same"_s : u"different"_s},
            {u"concurrent"_s, look.isConcurrent},
            {u"password_change"_s, hasPassword ? toWord(look.password->other->standing) : u"not_tried"_s},
            {u"pasted"_s, pasted},
            {u"requests"_s, look.requests}};
}

// Nothing said when the session ends by itself: a cookie that the browser forgets may live on at the server.
bool isEndKnown(const SessionExpiryLook &look)
{
    const bool hasEnded =
        std::ranges::any_of(look.pasted, [](const PastedSession &one) { return one.standing == SessionStanding::Out; });
    return look.tokenLife || look.jwt || !look.expired.empty() || hasEnded;
}

// What was tried and did not tell.
LookGaps gapsIn(const SessionExpiryLook &look)
{
    LookGaps gaps;
    const bool isExpiredUnclear = std::ranges::any_of(
        look.expired, [](const ExpiredTry &one) { return one.seen.standing == SessionStanding::Unclear; });
    if (isExpiredUnclear || (look.fixed && look.fixed->standing == SessionStanding::Unclear)) {
        gaps.say(Text::tr("An answer did not tell whether a session was taken."));
        gaps.hideAll();
    }
    for (const UnfollowedSession &one : look.unfollowed)
        gaps.add(LookGap{{{.subject = one.account}}, one.why});
    if (!isEndKnown(look)) {
        gaps.hideCodes({u"lives_on"_s});
        gaps.say(Text::tr("When a session ends by itself could not be seen: add a test account with a pasted session, "
                          "and check again after a month."));
    }
    if (!look.password)
        return gaps;
    const bool isChanged = look.password->other.has_value();
    if (!isChanged) {
        gaps.hideCodes({u"password_keeps_sessions"_s});
        gaps.say(
            Text::tr("The password of %1 could not be changed (%2).")
                .arg(look.password->actor, look.password->answer ? answerWords(*look.password->answer) : QString()));
    } else if (look.password->before != SessionStanding::In ||
               look.password->other->standing == SessionStanding::Unclear) {
        gaps.hideCodes({u"password_keeps_sessions"_s});
        gaps.say(Text::tr("Whether a changed password ends other sessions could not be told."));
    }
    return gaps;
}

} // namespace

Judged judgeSessionExpiry(const SessionExpiryLook &look)
{
    CaseTally tally;
    addLives(look, tally.findings);
    addExpired(look, tally.findings);
    addSignIn(look, tally.findings);
    addPassword(look, tally.findings);
    addPasted(look, tally.findings);
    if (look.control == SessionStanding::In) {
        tally.told = 1;
    } else {
        tally.gaps.say(Text::tr("%1 was not let in again at the end: the refusals before may have had another reason.")
                           .arg(look.actor));
        tally.gaps.hideAll();
    }
    tally.gaps.add(gapsIn(look));
    QString summary = Text::tr("Looked at how long the sessions of %1 live, and what ends them").arg(look.actor);
    if (const QString idle = idleWords(look); !idle.isEmpty())
        summary += u". "_s + idle;
    return judgedFrom(std::move(tally), summary, observedIn(look));
}

} // namespace cockpit
