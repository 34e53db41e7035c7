#include "checks/abuse/lockout.h"

#include "checks/abuse/ratelimit.h"
#include "checks/abuse/ratelimitneed.h"
#include "checks/actors/requestproof.h"
#include "checks/engine/lookgaps.h"
#include "checks/engine/nothingtotry.h"
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
    Q_DECLARE_TR_FUNCTIONS(Lockout)
};

QString wordOf(OwnerReach reach)
{
    switch (reach) {
    case OwnerReach::NotTried:
        return u"not_tried"_s;
    case OwnerReach::LetIn:
        return u"let_in"_s;
    case OwnerReach::HeldBack:
        return u"held_back"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject observedOf(const SiegeReport &report)
{
    const auto &sign = report.byAccount.sign;
    QJsonObject observed{
        {u"route"_s, report.route},
        {u"account"_s, report.account},
        {u"tries"_s, report.byAccount.heard},
        {u"limited"_s, report.byAccount.isLimited()},
        {u"kind"_s, sign ? QJsonValue(toWord(sign->kind)) : QJsonValue()},
        {u"retry_after"_s, sign && sign->retryAfter ? QJsonValue(qint64(sign->retryAfter->count())) : QJsonValue()},
        {u"during_block"_s, wordOf(report.duringBlock)},
        {u"after_block"_s, wordOf(report.afterBlock)},
        {u"waited_s"_s, report.waited ? QJsonValue(qint64(report.waited->count())) : QJsonValue()},
        {u"requests"_s, report.requests}};
    if (!report.brokenOff.isEmpty())
        observed.insert("broken_off"_L1, report.brokenOff);
    return observed;
}

Finding lockoutFinding(const SiegeReport &report, const QString &code, Severity severity, const QString &title,
                       const QString &saw)
{
    Finding finding = makeFinding(code, severity, Proof::Strong, Impact::BrokenLogin, title, saw);
    finding.host = report.host;
    if (report.ownerRefused)
        finding.evidence = {requestProof(report.ownerRefused->request, report.ownerRefused->answer,
                                         {.actor = report.account, .known = report.known})};
    finding.effortMinutes = 60;
    return finding;
}

// The owner was refused although the time that was named is over, or none was named.
std::optional<Finding> heldBackAfterwards(const SiegeReport &report)
{
    const LimitSignal &sign = *report.byAccount.sign;
    const qint64 waited = report.waited ? report.waited->count() : 0;
    if (sign.retryAfter)
        return lockoutFinding(
            report, u"longer_than_announced"_s, Severity::Medium,
            Text::tr("The owner is kept out for longer than the login says"),
            Text::tr("After %1 wrong passwords %2 named %3 s. After %4 s the right password of %5 was "
                     "still refused.")
                .arg(QString::number(report.byAccount.heard), report.route, QString::number(sign.retryAfter->count()),
                     QString::number(waited), report.account));
    if (sign.kind != LimitKind::Locked)
        return std::nullopt; // a limit without a time may well end
    return lockoutFinding(
        report, u"locked_without_end"_s, Severity::High, Text::tr("Anybody can lock a customer out"),
        Text::tr("After %1 wrong passwords %2 says that the account of %3 is locked (status %4) and names no end. The "
                 "right password was refused, %5 s later as well. Whoever knows an address of mail can lock its owner "
                 "out.")
            .arg(QString::number(report.byAccount.heard), report.route, report.account, QString::number(sign.status),
                 QString::number(waited)));
}

// What the siege says about the owner when nothing is wrong.
Judged asInfo(Judged judged, const QString &reason)
{
    judged.outcome = Outcome::Info;
    judged.reason = reason;
    return judged;
}

Judged withoutFinding(const SiegeReport &report, const QString &summary, const QJsonObject &observed)
{
    Judged judged = concluded({}, summary, observed, {});
    if (!report.byAccount.isLimited())
        return asInfo(judged, report.brokenOff.isEmpty()
                                  ? Text::tr("Nothing held the guesses back, so nobody is locked out. See the limits.")
                                  : report.brokenOff);
    if (report.duringBlock == OwnerReach::LetIn || report.afterBlock == OwnerReach::LetIn)
        return judged;
    if (report.afterBlock == OwnerReach::HeldBack)
        return asInfo(judged, Text::tr("The block names no end, and the right password was still refused after %1 s. "
                                       "Look when it ends.")
                                  .arg(report.waited ? report.waited->count() : 0));
    return asInfo(judged, report.brokenOff.isEmpty()
                              ? Text::tr("The end of the block was not waited for, so that it is not known whether the "
                                         "owner is let in again.")
                              : report.brokenOff);
}

// What the first login would have been told of, whose findings have no subject. Of another door there may be something
// to say; what was found at this one stays open by that.
void leaveFirstOpen(Judged &judged, const QString &host)
{
    LookGap gap;
    for (const QString &code : {u"locked_without_end"_s, u"longer_than_announced"_s, u"long_lock"_s})
        gap.hides.push_back({.subject = {}, .code = code, .host = host});
    leaveOpen(judged, gap); // the reason is there
}

// A login that tells nothing was not tried; what else went wrong is an error. host: of that login; empty: there is
// none.
Judged judgedFirst(const Result<SiegeReport> &siege, const QString &host)
{
    if (siege)
        return judgeLockout(*siege);
    if (siege.error().kind != ErrorKind::NotFound)
        return couldNotLook(siege.error());
    Judged judged = notRun(siege.error().message);
    if (!host.isEmpty())
        leaveFirstOpen(judged, host);
    return judged;
}

Judged lookAt(const Look &look, const BlockPatience &patience)
{
    const auto siege = siegeOf(look.facts, patience);
    const bool isBesieged = siege.has_value();
    Judged judged = judgedFirst(siegeFor(look, patience), isBesieged ? hostOf(siege->login.url) : QString());
    if (!isBesieged && judged.outcome == Outcome::NotRun && !look.seen.isOver())
        judged.hasNothingToTry = true;
    if (judged.outcome == Outcome::Error || look.seen.isOver() || !isBesieged)
        return judged;
    return withOtherLogins(std::move(judged), otherSiegesFor(look, siegeNeedOf({look.target, look.facts}), patience));
}

// The siege of abuse.rate-limit, sent once for both.
std::vector<RequestNeed> requestsOf(const Outlook &outlook, const BlockPatience &patience)
{
    const RequestNeed need = siegeNeedOf(outlook, patience);
    return need.most > 0 ? std::vector{need} : std::vector<RequestNeed>();
}

} // namespace

Judged judgeLockout(const SiegeReport &report)
{
    const QJsonObject observed = observedOf(report);
    if (report.account.isEmpty()) {
        Judged judged = notRun(Text::tr("Needs a test account that nobody else uses and that may be locked: mark one "
                                        "as such, and permit one account to be locked."));
        judged.observed = observed;
        leaveFirstOpen(judged, report.host);
        judged.hasNothingToTry = true;
        return judged;
    }
    std::vector<Finding> findings;
    const auto &sign = report.byAccount.sign;
    if (sign && report.afterBlock == OwnerReach::HeldBack) {
        if (auto finding = heldBackAfterwards(report))
            findings.push_back(std::move(*finding));
    } else if (sign && sign->retryAfter && *sign->retryAfter > kLongBlock && report.accountIsBlocked &&
               report.duringBlock == OwnerReach::HeldBack) {
        findings.push_back(lockoutFinding(
            report, u"long_lock"_s, Severity::Medium, Text::tr("A customer can be kept out for hours"),
            Text::tr("After %1 wrong passwords %2 refuses the right one of %3 as well, for %4 s. Whoever repeats them "
                     "keeps the owner out. Wanted: minutes, or a way in by a letter.")
                .arg(QString::number(report.byAccount.heard), report.route, report.account,
                     QString::number(sign->retryAfter->count()))));
    }
    QString summary = Text::tr("%1 for one account %2").arg(report.route, measureOf(report.byAccount));
    if (report.duringBlock == OwnerReach::LetIn)
        summary += Text::tr("; the right password is heard all the time");
    else if (report.afterBlock == OwnerReach::LetIn)
        summary += Text::tr("; after that the owner is let in again");
    if (!findings.empty())
        return concluded(std::move(findings), summary, observed, {});
    Judged judged = withoutFinding(report, summary, observed);
    const bool isKnown = !sign && report.brokenOff.isEmpty(); // nobody is locked out by what does not lock
    if (judged.outcome == Outcome::Info && !isKnown)
        leaveOpen(judged, LookGap{.hides = {{}}});
    return judged;
}

Judged withOtherLogins(Judged judged, const OtherSieges &others)
{
    LookGaps gaps;
    QJsonArray rows;
    for (const SiegeReport &report : others.reports) {
        const Judged other = judgeLockout(report);
        rows.append(other.observed);
        for (Finding finding : other.findings) {
            finding.subject = report.route;
            judged.findings.push_back(std::move(finding));
        }
        if (other.outcome == Outcome::NotRun || other.outcome == Outcome::Info) {
            gaps.add(LookGap{{{.subject = report.route}}, report.route + u": "_s + other.reason});
        } else if (judged.outcome == Outcome::NotRun) {
            judged.outcome = Outcome::Info; // of another door there is something to say
        }
        judged.summary += (judged.summary.isEmpty() ? u""_s : u"; "_s) + other.summary;
    }
    gaps.say(others.sentences + describe(others.notTried));
    for (const QString &route : others.untold)
        gaps.hide({.subject = route});
    for (const UntriedDoor &door : others.notTried)
        gaps.hide({.subject = door.route});
    if (!rows.isEmpty())
        judged.observed.insert("other_logins"_L1, rows);
    if (!judged.findings.empty())
        judged.outcome = outcomeFor(judged.findings);
    else if (judged.outcome == Outcome::Pass && !judged.reason.isEmpty())
        judged.outcome = Outcome::Info;
    leaveOpen(judged, gaps);
    return judged;
}

Check lockoutCheck(const BlockPatience &patience)
{
    return {.id = u"abuse.lockout"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::BrokenLogin},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = [patience](const Look &look) { return lookAt(look, patience); },
            .requests = [patience](const Outlook &outlook) { return requestsOf(outlook, patience); },
            .turn = LookTurn::AloneLast};
}

} // namespace cockpit
