#include "checks/abuse/schema.h"
#include "checks/abuse/schemafindings.h"
#include "checks/actors/casetally.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AbuseSchema)
};

struct RouteTally
{
    std::map<InputVerdict, int> verdicts;
    QStringList kept; // that should have been refused
    int sent = 0;
    int leftOut = 0;
    int fieldsLeftOut = 0;
    QStringList unanswered;

    int of(InputVerdict verdict) const
    {
        const auto it = verdicts.find(verdict);
        return it == verdicts.end() ? 0 : it->second;
    }
};

void add(RouteTally &tally, const PlaceRun &turn)
{
    for (const TriedMutation &one : turn.tried) {
        const InputVerdict verdict = inputVerdictOf(one, turn);
        ++tally.verdicts[verdict];
        const QString kind = toWord(one.mutation.kind);
        if (verdict == InputVerdict::Kept && one.mutation.mustBeRefused && !tally.kept.contains(kind))
            tally.kept.append(kind);
    }
    tally.sent += static_cast<int>(turn.tried.size());
    tally.leftOut += turn.leftOut;
    tally.fieldsLeftOut = std::max(tally.fieldsLeftOut, turn.fieldsLeftOut);
    tally.unanswered += turn.unanswered;
}

// A server that says the same to everything has refused nothing, and one that does not take the good body any more may
// have refused for another reason.
QString whyNotTested(const PlaceRun &turn)
{
    if (!turn.notTested.isEmpty())
        return turn.notTested;
    RouteTally tally;
    add(tally, turn);
    if (tally.of(InputVerdict::Refused) + tally.of(InputVerdict::Altered) + tally.of(InputVerdict::Kept) +
            tally.of(InputVerdict::Crashed) >
        0)
        return {};
    return Text::tr("%1: no answer told whether bad input is refused.").arg(routeName(turn.place.route));
}

QJsonObject rowOf(const WritePlace &place, const RouteTally &tally)
{
    return {{u"route"_s, routeName(place.route)},
            {u"kind"_s, toWord(place.kind)},
            {u"sent"_s, tally.sent},
            {u"refused"_s, tally.of(InputVerdict::Refused)},
            {u"kept"_s, QJsonArray::fromStringList(tally.kept)},
            {u"altered"_s, tally.of(InputVerdict::Altered)},
            {u"ignored"_s, tally.of(InputVerdict::Ignored)},
            {u"unseen"_s, tally.of(InputVerdict::Unseen)},
            {u"crashed"_s, tally.of(InputVerdict::Crashed)},
            {u"left_out"_s, tally.leftOut},
            {u"fields_left_out"_s, tally.fieldsLeftOut},
            {u"unanswered"_s, QJsonArray::fromStringList(tally.unanswered)}};
}

// What nobody has said yet: why a turn ended early is in its sentence.
QString leftOutWords(const PlaceRun &turn, const BadInputRun &run)
{
    if (turn.leftOut == 0 || !turn.notTested.isEmpty() || !run.brokenOff.isEmpty())
        return {};
    const QString route = routeName(turn.place.route);
    return run.isCapped
               ? Text::tr("No request was left for %n bad request(s) to %1, as one run sends %2 of this kind at "
                          "most. Mark some routes as safe to write, then others.",
                          nullptr, turn.leftOut)
                     .arg(route, QString::number(kMostInputRequests))
               : Text::tr("No request was left for %n bad request(s) to %1. Allow more on the page \"Access\".",
                          nullptr, turn.leftOut)
                     .arg(route);
}

// All turns of one route. It is tested where one of them told.
void countRoute(const std::vector<const PlaceRun *> &turns, const BadInputRun &run, CaseTally &whole,
                SchemaFindings &findings)
{
    const WritePlace &place = turns.front()->place;
    RouteTally tally;
    QStringList why, left;
    for (const PlaceRun *turn : turns) {
        add(tally, *turn);
        why.append(whyNotTested(*turn));
        left.append(leftOutWords(*turn, run));
        for (const TriedMutation &one : turn->tried)
            findings.addTried(one, *turn);
    }
    const bool hasTold = why.contains(QString());
    for (QStringList *sentences : {&why, &left})
        sentences->removeAll(QString());
    whole.addRow(rowOf(place, tally), hasTold ? QString() : why.takeFirst());
    whole.gaps.say(why + left);
    if (!tally.unanswered.isEmpty())
        whole.gaps.say(
            Text::tr("%1 gave no answer in time to %n bad request(s): %2. What that does to it is not known.", nullptr,
                     static_cast<int>(tally.unanswered.size()))
                .arg(routeName(place.route), tally.unanswered.join(u", "_s)));
    if (tally.fieldsLeftOut > 0)
        whole.gaps.say(Text::tr("%1 takes more fields than a run tries: %n of them had no bad values.", nullptr,
                                tally.fieldsLeftOut)
                           .arg(routeName(place.route)));
    if (!hasTold || !why.isEmpty() || tally.leftOut > 0 || tally.fieldsLeftOut > 0 || !tally.unanswered.isEmpty())
        whole.gaps.hideAll(); // a finding speaks of all routes together
}

// A read that gave no answer may do what it did before.
void countSilent(const BadInputRun &run, CaseTally &whole)
{
    if (run.silentReads == 0)
        return;
    whole.gaps.say(Text::tr("%n request(s) to read gave no answer that tells: what bad input does there, and what "
                            "is handed out, is not known.",
                            nullptr, run.silentReads));
    whole.gaps.hideCodes({u"template_evaluated"_s, u"sql_error"_s, u"html_reflected"_s, u"html_stored"_s, u"crash"_s,
                          u"huge_page_accepted"_s, kSecretShown, kInternalShown, kAnswerDiffers});
}

// What was not compared may still differ.
QJsonObject countAnswers(const BadInputRun &run, const std::vector<AnswerDescription> &described, CaseTally &whole,
                         SchemaFindings &findings)
{
    const std::vector<AnswerComparison> compared = compareAnswers(run, described);
    int differing = 0;
    for (const AnswerComparison &one : compared) {
        findings.addAnswer(one);
        differing += one.differences.isEmpty() && one.exposed.empty() ? 0 : 1;
    }
    const bool isAllOpen = whole.gaps.hidesAll();
    const QStringList uncompared = uncomparedRoutes(run, described, compared);
    const bool isShapeKnown =
        isAllOpen || (uncompared.isEmpty() && std::ranges::any_of(compared, &AnswerComparison::isShapeKnown));
    if (!uncompared.isEmpty())
        whole.gaps.say(
            Text::tr("No answer could be compared with the description of %1.").arg(uncompared.join(u", "_s)));
    // Without a description there is nothing to compare with: bad input is tried all the same, and no pass is lost.
    if (!isShapeKnown)
        whole.gaps.keepCodes({kSecretShown, kInternalShown});
    const bool isEachAnswered = uncompared.isEmpty() && !hasSilentAnswer(run, described);
    if ((compared.empty() || !isEachAnswered) && !isAllOpen)
        whole.gaps.keepCodes({kAnswerDiffers});
    return {{u"compared"_s, static_cast<int>(compared.size())}, {u"differ"_s, differing}};
}

} // namespace

Judged judgeAbuseSchema(const BadInputRun &run, const std::vector<PageLeakRule> &rules,
                        const std::vector<AnswerDescription> &described)
{
    SchemaFindings findings(run, rules);
    CaseTally whole{.gaps = LookGaps(run.brokenOff)};
    int sent = 0;
    for (const PlaceRun &turn : run.places)
        sent += static_cast<int>(turn.tried.size());
    for (const auto &turns : groupedByCode(run.places, [](const PlaceRun &turn) { return turn.place.route; }))
        countRoute(turns, run, whole, findings);
    const QJsonArray notTried = whole.addNotTried(run.notTried);
    for (const AskedRead &read : run.reads)
        findings.addRead(read);
    for (const AskedPageSize &page : run.pages)
        findings.addPage(page);
    countSilent(run, whole);
    const QJsonObject answers = countAnswers(run, described, whole, findings);
    whole.findings = findings.take();
    if (whole.findings.empty() && whole.told == 0 && !whole.gaps.isSaid())
        whole.gaps.say(Text::tr("No route is marked as safe to write. Mark some in your list of routes."));
    const QJsonObject observed{
        {u"actor"_s, run.actor},    {u"routes"_s, whole.rows},
        {u"not_tried"_s, notTried}, {u"reads"_s, static_cast<int>(run.reads.size() + run.pages.size())},
        {u"answers"_s, answers},    {u"requests"_s, run.requests}};
    const QString summary = Text::tr("%n bad request(s) sent to %1 route(s)", nullptr, sent).arg(whole.told);
    Judged judged = judgedFrom(std::move(whole), summary, observed);
    judged.hasNothingToTry =
        run.places.empty() && run.notTried.empty() && run.brokenOff.isEmpty() && run.silentReads == 0;
    return judged;
}

} // namespace cockpit
