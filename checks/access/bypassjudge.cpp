#include "checks/access/bypass.h"
#include "checks/access/bypassleft.h"
#include "checks/access/bypassowed.h"
#include "checks/actors/refusal.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/requesttarget.h"
#include "checks/net/urlhost.h"
#include "checks/web/privatedata.h"
#include "checks/web/report.h"
#include "models/testcells.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Bypass)
};

constexpr int kEffortMinutes = 60;

BypassVerdict untold(const QString &why)
{
    return {.way = BypassVerdict::Way::Unclear, .why = why};
}

// HEAD brings no content. That it has the length of the good answer, or its tag, says that it is let in.
BypassVerdict verdictOfHead(const BypassTarget &target, const BypassAttacker &attacker, const HttpResponse &answer)
{
    if (answer.status < 200 || answer.status >= 300)
        return {.way = BypassVerdict::Way::Refused, .why = toWord(ReachWhy::Status)};
    const auto length = answer.header("content-length");
    const auto isLike = [&, tag = answer.header("etag")](const HttpResponse &other) {
        return (tag && tag == other.header("etag")) ||
               (length && !other.body.isEmpty() && *length == QByteArray::number(other.body.size()));
    };
    if (attacker.isGivenLess && isLike(attacker.refused))
        return {.way = BypassVerdict::Way::Refused, .why = toWord(ReachWhy::SameContent)};
    if (!isLike(target.good))
        return untold(toWord(ReachWhy::Other));
    return {.way = BypassVerdict::Way::Open, .why = toWord(ReachWhy::SameContent), .markers = {}, .proof = Proof::Lead};
}

BypassVerdict verdictOfAnswer(const BypassLook &look, const BypassTarget &target, const BypassTry &tried)
{
    const InventedAnswers invented(look.baselines);
    const Yardstick yardstick{.question = ReachOf::Route,
                              .good = &target.good,
                              .signedOut = &target.attackers[tried.attacker].refused,
                              .markers = &target.markers,
                              .invented = &invented,
                              .sent = sentAddress(tried.way.request.url, tried.way.request.headers) +
                                      tried.way.request.body};
    const ReachVerdict reach = reachOf(*tried.answer, yardstick);
    BypassVerdict verdict{.why = toWord(reach.why), .markers = reach.markers, .proof = reach.proof};
    // Whatever is sent away, or told that its request is none, was given nothing.
    const int status = tried.answer->status;
    const bool isTurnedDown = status >= 300 && status < 500 && status != 429 && reach.why != ReachWhy::Challenge;
    if (reach.reach == ActorReach::Refused || reach.reach == ActorReach::Filtered || isTurnedDown)
        verdict.way = BypassVerdict::Way::Refused;
    if (reach.reach == ActorReach::Allowed)
        verdict.way = BypassVerdict::Way::Open;
    // Pages that look alike are no proof.
    if (reach.reach == ActorReach::Allowed && isPage(*tried.answer) && reach.markers.empty())
        verdict.way = BypassVerdict::Way::Unclear;
    return verdict;
}

struct BypassTally
{
    std::vector<Finding> findings;
    std::vector<TestCell> cells;
    LookGaps gaps; // tries; what is said of them is said of all together
    QJsonArray tries;
    int refused = 0;
    int unclear = 0;
    int notAsked = 0;
};

QString wordOf(BypassVerdict::Way way)
{
    switch (way) {
    case BypassVerdict::Way::Refused:
        return u"refused"_s;
    case BypassVerdict::Way::Open:
        return u"open"_s;
    case BypassVerdict::Way::Unclear:
        return u"unclear"_s;
    case BypassVerdict::Way::NotAsked:
        return u"not_asked"_s;
    }
    Q_UNREACHABLE();
}

QString askerOf(const BypassTarget &target, const BypassTry &tried)
{
    return describeAsker(target.attackers[tried.attacker].who());
}

QString whatCame(const BypassTarget &target, const BypassTry &tried)
{
    const BypassAttacker &attacker = target.attackers[tried.attacker];
    const QString text =
        attacker.isGivenLess
            ? Text::tr("%1 shows %2 less than those who may see it (status %3). Asked for with %4, their data came "
                       "(status %5).")
            : Text::tr("%1 refuses %2 (status %3). Asked for with %4, the same data came (status %5).");
    return text.arg(routeName(target.route), askerOf(target, tried), QString::number(attacker.refused.status),
                    tried.way.label, QString::number(tried.answer->status));
}

Finding findingOf(const BypassLook &look, const BypassTry &tried, const BypassVerdict &verdict,
                  const BypassWords &words)
{
    const BypassTarget &target = look.targets[tried.target];
    const bool isLead = verdict.proof.value_or(Proof::Lead) == Proof::Lead;
    const bool isGrave = target.route.access == AccessClass::Admin || privateDataIn(tried.answer->body).isPersonal() ||
                         !verdict.markers.empty();
    const Severity severity = isLead ? Severity::Medium : isGrave ? Severity::Critical : Severity::High;
    Finding finding = makeFinding(tried.way.code, severity, verdict.proof.value_or(Proof::Lead), Impact::DataExposure,
                                  words.title(tried.way.code, tried.way.label), whatCame(target, tried));
    finding.effortMinutes = kEffortMinutes;
    finding.host = hostOf(tried.way.request.url);
    finding.evidence = {
        requestProof(tried.way.request, *tried.answer,
                     {.actor = target.attackers[tried.attacker].actor ? askerOf(target, tried) : QString(),
                      .markers = verdict.markers,
                      .known = look.known})};
    return finding;
}

QString reasonFor(const BypassVerdict &verdict, const BypassTry &tried)
{
    if (verdict.way == BypassVerdict::Way::NotAsked)
        return Text::tr("The run may not send more test requests.");
    if (verdict.why == "control_lost"_L1)
        return Text::tr("At the end the account that may was not let in any more, so that a refusal tells nothing.");
    if (verdict.why == "cached"_L1)
        return Text::tr("Right afterwards the ordinary address let in as well.");
    return tried.problem.isEmpty() ? Text::tr("The answer does not tell.") : tried.problem;
}

TestCell cellOf(const BypassLook &look, const BypassTry &tried, const BypassVerdict &verdict)
{
    const BypassTarget &target = look.targets[tried.target];
    const TestActor *who = target.attackers[tried.attacker].who();
    const QString where = routeName(target.route) + u" "_s +
                          (who ? Text::tr("as %1 (%2)").arg(who->name, who->role) : Text::tr("signed out"));
    TestCell cell{.name = where + u": "_s + tried.way.label};
    switch (verdict.way) {
    case BypassVerdict::Way::Refused:
        break;
    case BypassVerdict::Way::Open:
        cell.outcome = Outcome::Fail;
        cell.findingCode = tried.way.code;
        break;
    case BypassVerdict::Way::Unclear:
    case BypassVerdict::Way::NotAsked:
        cell.outcome = Outcome::NotRun;
        cell.reason = reasonFor(verdict, tried);
        break;
    }
    return cell;
}

void add(BypassTally &tally, const BypassLook &look, const BypassTry &tried, const BypassWords &words)
{
    const BypassVerdict verdict = verdictOf(look, tried);
    const BypassTarget &target = look.targets[tried.target];
    tally.cells.push_back(cellOf(look, tried, verdict));
    tally.tries.append(QJsonObject{
        {u"way"_s, tried.way.code},
        {u"method"_s, QString::fromLatin1(tried.way.request.method)},
        {u"path"_s, pathSent(tried.way.request)},
        {u"host"_s, hostOf(tried.way.request.url)},
        {u"route"_s, routeName(target.route)},
        {u"role"_s, target.attackers[tried.attacker].actor ? target.attackers[tried.attacker].actor->role : QString()},
        {u"status"_s, tried.answer ? tried.answer->status : 0},
        {u"seen"_s, wordOf(verdict.way)},
        {u"why"_s, verdict.why}});
    switch (verdict.way) {
    case BypassVerdict::Way::Refused:
        ++tally.refused;
        return;
    case BypassVerdict::Way::Open:
        tally.findings.push_back(findingOf(look, tried, verdict, words));
        return;
    case BypassVerdict::Way::Unclear:
        ++tally.unclear;
        break;
    case BypassVerdict::Way::NotAsked:
        ++tally.notAsked;
        break;
    }
    tally.gaps.hideCodes({tried.way.code});
}

LookGaps gapsOf(const BypassLook &look, const BypassTally &tally)
{
    LookGaps gaps = tally.gaps;
    gaps.say(look.problems);
    if (const QStringList untold = routesOf(look, BypassGap::Why::NotTold); !untold.isEmpty())
        gaps.say(Text::tr("Not every answer of %1 told who is let in there, so that not all ways around it were tried.")
                     .arg(untold.join(u", "_s)));
    if (tally.notAsked > 0)
        gaps.say(Text::tr("%n request(s) were not sent for lack of a budget, or as the product asked for fewer.",
                          nullptr, tally.notAsked));
    if (tally.unclear > 0)
        gaps.say(Text::tr("%n answer(s) do not tell.", nullptr, tally.unclear));
    gaps.add(look.unsent);
    gaps.add(gapOf(owedWays(look)));
    gaps.say(whatIsGone(look));
    return gaps;
}

QJsonObject observedOf(const BypassLook &look, const BypassTally &tally)
{
    QJsonArray targets;
    for (const BypassTarget &target : look.targets)
        targets.append(QJsonObject{
            {u"route"_s, routeName(target.route)}, {u"owner"_s, target.owner.name}, {u"holds"_s, target.holds}});
    QJsonObject observed{{u"targets"_s, targets}, {u"tries"_s, tally.tries}, {u"writes_tried"_s, look.writesTried}};
    noteCells(tally.cells, observed);
    noteOwed(owedWays(look), observed);
    noteLeftOut(leftOutOf(look), observed);
    return observed;
}

// What has no content at present, or refuses nobody, gives nothing to try; what was not asked, or did not tell, may.
bool hasNothing(const BypassLook &look)
{
    const auto isEmpty = [](const BypassGap &gap) {
        return gap.why == BypassGap::Why::Bare || gap.why == BypassGap::Why::NoRefusal;
    };
    return look.problems.isEmpty() && look.writesTried == 0 && std::ranges::all_of(look.gaps, isEmpty) &&
           std::ranges::all_of(look.unsent, &QString::isEmpty, &LookGap::sentence) && owedWays(look).empty();
}

} // namespace

BypassVerdict verdictOf(const BypassLook &look, const BypassTry &tried)
{
    if (!tried.isAsked)
        return {.way = BypassVerdict::Way::NotAsked, .why = u"budget"_s};
    if (!tried.answer)
        return untold(u"no_answer"_s);
    const BypassTarget &target = look.targets[tried.target];
    BypassVerdict verdict = tried.way.request.method == "HEAD"
                                ? verdictOfHead(target, target.attackers[tried.attacker], *tried.answer)
                                : verdictOfAnswer(look, target, tried);
    if (verdict.way == BypassVerdict::Way::Open && tried.isRefuted)
        return untold(u"cached"_s);
    // Whoever is shut out for good refuses everything.
    if (verdict.way == BypassVerdict::Way::Refused && !target.holds)
        return untold(u"control_lost"_s);
    return verdict;
}

Judged judgeBypass(const BypassLook &look, const BypassWords &words)
{
    if (look.targets.empty() && look.writes.empty()) {
        Judged judged = notRun(words.nothingToTry);
        judged.hasNothingToTry = hasNothing(look);
        noteOwed(owedWays(look), judged.observed);
        noteLeftOut(leftOutOf(look), judged.observed);
        leaveOpen(judged, gapsOf(look, {}));
        return judged;
    }
    BypassTally tally;
    for (const BypassTry &tried : look.tries)
        add(tally, look, tried, words);
    const LookGaps gaps = gapsOf(look, tally);
    const QJsonObject observed = observedOf(look, tally);
    std::ranges::copy(look.writes, std::back_inserter(tally.findings));
    if (tally.findings.empty() && tally.refused == 0) {
        Judged judged = notRun(gaps.isSaid() ? QString() : words.nothingToTry);
        judged.observed = observed;
        leaveOpen(judged, gaps);
        return judged;
    }
    const bool isFound = !tally.findings.empty();
    const QString summary =
        isFound ? Text::tr("%n way(s) around a refusal were found", nullptr, static_cast<int>(tally.findings.size()))
                : words.passed.arg(tally.refused);
    Judged judged = concluded(std::move(tally.findings), withWhatIsLeft(summary, look), observed, {});
    leaveOpen(judged, gaps);
    return judged;
}

} // namespace cockpit
