#include "checks/abuse/schema.h"
#include "checks/abuse/schemafindings.h"
#include "checks/actors/routeaddress.h"
#include "checks/web/report.h"
#include "models/unseen.h"

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

    int of(InputVerdict verdict) const
    {
        const auto it = verdicts.find(verdict);
        return it == verdicts.end() ? 0 : it->second;
    }
};

RouteTally tallyOf(const PlaceRun &place)
{
    RouteTally tally;
    for (const TriedMutation &one : place.tried) {
        const InputVerdict verdict = inputVerdictOf(one, place);
        ++tally.verdicts[verdict];
        const QString kind = toWord(one.mutation.kind);
        if (verdict == InputVerdict::Kept && one.mutation.mustBeRefused && !tally.kept.contains(kind))
            tally.kept.append(kind);
    }
    return tally;
}

// A server that says the same to everything has refused nothing, and one that does not take the good body any more may
// have refused for another reason.
QString whyNotTested(const PlaceRun &place, const RouteTally &tally)
{
    if (!place.notTested.isEmpty())
        return place.notTested;
    if (tally.of(InputVerdict::Refused) + tally.of(InputVerdict::Altered) + tally.of(InputVerdict::Kept) +
            tally.of(InputVerdict::Crashed) >
        0)
        return {};
    return Text::tr("%1: no answer told whether bad input is refused.").arg(routeName(place.place.route));
}

QJsonObject rowOf(const PlaceRun &place, const RouteTally &tally, const QString &notTested)
{
    QJsonObject row{
        {u"route"_s, routeName(place.place.route)},          {u"kind"_s, toWord(place.place.kind)},
        {u"sent"_s, static_cast<int>(place.tried.size())},   {u"refused"_s, tally.of(InputVerdict::Refused)},
        {u"kept"_s, QJsonArray::fromStringList(tally.kept)}, {u"altered"_s, tally.of(InputVerdict::Altered)},
        {u"ignored"_s, tally.of(InputVerdict::Ignored)},     {u"unseen"_s, tally.of(InputVerdict::Unseen)},
        {u"crashed"_s, tally.of(InputVerdict::Crashed)},     {u"left_out"_s, place.leftOut}};
    if (!notTested.isEmpty())
        row.insert(u"not_tested"_s, notTested);
    return row;
}

QJsonArray notTriedOf(const BadInputRun &run)
{
    QJsonArray rows;
    for (const UntriedWrite &one : run.notTried)
        rows.append(QJsonObject{{u"route"_s, routeName(one.route)}, {u"why"_s, toWord(one.why)}});
    return rows;
}

// At most a handful of sentences: the rest is in the observed facts.
QString inWords(QStringList reasons)
{
    constexpr qsizetype kMost = 4;
    const auto more = static_cast<int>(reasons.size() - kMost);
    if (more > 0) {
        reasons = reasons.first(kMost);
        reasons.append(Text::tr("And %n more route(s).", nullptr, more));
    }
    return reasons.join(u' ');
}

struct WholeTally
{
    int sent = 0;
    int tested = 0;
    QStringList open;
    QJsonArray rows;
    std::vector<Unseen> unseen;
};

WholeTally countPlaces(const BadInputRun &run, SchemaFindings &findings)
{
    WholeTally whole;
    for (const PlaceRun &place : run.places) {
        const RouteTally tally = tallyOf(place);
        const QString notTested = whyNotTested(place, tally);
        whole.rows.append(rowOf(place, tally, notTested));
        whole.sent += static_cast<int>(place.tried.size());
        whole.tested += notTested.isEmpty() && run.brokenOff.isEmpty() ? 1 : 0;
        if (!notTested.isEmpty())
            whole.open.append(notTested);
        if (!notTested.isEmpty() || place.leftOut > 0)
            whole.unseen = {{}}; // a finding speaks of all routes together
        for (const TriedMutation &one : place.tried)
            findings.addTried(one, place);
    }
    for (const UntriedWrite &one : run.notTried)
        whole.open.append(describe(one.why, one.route));
    return whole;
}

Judged withoutFinding(const BadInputRun &run, const WholeTally &whole)
{
    QStringList open = whole.open;
    if (!run.brokenOff.isEmpty())
        open.prepend(run.brokenOff);
    if (whole.tested == 0) {
        if (open.isEmpty())
            open.append(Text::tr("No route is marked as safe to write. Mark some in your list of routes."));
        return notRun(inWords(open));
    }
    Judged judged;
    if (!open.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = inWords(open);
    }
    return judged;
}

} // namespace

Judged judgeAbuseSchema(const BadInputRun &run, const std::vector<PageLeakRule> &rules)
{
    SchemaFindings findings(run, rules);
    WholeTally whole = countPlaces(run, findings);
    for (const AskedRead &read : run.reads)
        findings.addRead(read);
    for (const AskedPageSize &page : run.pages)
        findings.addPage(page);
    if (!run.brokenOff.isEmpty())
        whole.unseen = {{}};
    QJsonObject observed{{u"actor"_s, run.actor},
                         {u"routes"_s, whole.rows},
                         {u"not_tried"_s, notTriedOf(run)},
                         {u"reads"_s, static_cast<int>(run.reads.size() + run.pages.size())},
                         {u"requests"_s, run.requests}};
    if (!run.brokenOff.isEmpty())
        observed.insert(u"broken_off"_s, run.brokenOff);
    noteUnseen(whole.unseen, observed);
    const QString summary = Text::tr("%n bad request(s) sent to %1 route(s)", nullptr, whole.sent).arg(whole.tested);
    std::vector<Finding> found = findings.take();
    if (!found.empty()) {
        Judged judged = concluded(std::move(found), summary, observed, {});
        if (!run.brokenOff.isEmpty())
            whole.open.prepend(run.brokenOff);
        judged.reason = inWords(whole.open);
        return judged;
    }
    Judged judged = withoutFinding(run, whole);
    judged.observed = observed;
    judged.summary = summary;
    return judged;
}

} // namespace cockpit
