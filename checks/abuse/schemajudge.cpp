#include "checks/abuse/schema.h"
#include "checks/abuse/schemafindings.h"
#include "checks/actors/casetally.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/nothingtotry.h"

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

QJsonObject rowOf(const PlaceRun &place, const RouteTally &tally)
{
    return {{u"route"_s, routeName(place.place.route)},
            {u"kind"_s, toWord(place.place.kind)},
            {u"sent"_s, static_cast<int>(place.tried.size())},
            {u"refused"_s, tally.of(InputVerdict::Refused)},
            {u"kept"_s, QJsonArray::fromStringList(tally.kept)},
            {u"altered"_s, tally.of(InputVerdict::Altered)},
            {u"ignored"_s, tally.of(InputVerdict::Ignored)},
            {u"unseen"_s, tally.of(InputVerdict::Unseen)},
            {u"crashed"_s, tally.of(InputVerdict::Crashed)},
            {u"left_out"_s, place.leftOut},
            {u"fields_left_out"_s, place.fieldsLeftOut},
            {u"unanswered"_s, QJsonArray::fromStringList(place.unanswered)}};
}

void countPlace(const PlaceRun &place, CaseTally &whole, SchemaFindings &findings)
{
    const RouteTally tally = tallyOf(place);
    const QString notTested = whyNotTested(place, tally);
    whole.addRow(rowOf(place, tally), notTested);
    if (!place.unanswered.isEmpty())
        whole.open.append(
            Text::tr("%1 gave no answer in time to %n bad request(s): %2. What that does to it is not known.", nullptr,
                     static_cast<int>(place.unanswered.size()))
                .arg(routeName(place.place.route), place.unanswered.join(u", "_s)));
    if (place.fieldsLeftOut > 0)
        whole.open.append(Text::tr("%1 takes more fields than a run tries: %n of them had no bad values.", nullptr,
                                   place.fieldsLeftOut)
                              .arg(routeName(place.place.route)));
    if (!notTested.isEmpty() || place.leftOut > 0 || place.fieldsLeftOut > 0 || !place.unanswered.isEmpty())
        whole.unseen = {{}}; // a finding speaks of all routes together
    for (const TriedMutation &one : place.tried)
        findings.addTried(one, place);
}

} // namespace

Judged judgeAbuseSchema(const BadInputRun &run, const std::vector<PageLeakRule> &rules)
{
    SchemaFindings findings(run, rules);
    CaseTally whole{.brokenOff = run.brokenOff};
    int sent = 0;
    for (const PlaceRun &place : run.places) {
        countPlace(place, whole, findings);
        sent += static_cast<int>(place.tried.size());
    }
    const QJsonArray notTried = whole.addNotTried(run.notTried);
    for (const AskedRead &read : run.reads)
        findings.addRead(read);
    for (const AskedPageSize &page : run.pages)
        findings.addPage(page);
    whole.findings = findings.take();
    if (whole.findings.empty() && whole.told == 0 && whole.open.isEmpty() && run.brokenOff.isEmpty())
        whole.open.append(Text::tr("No route is marked as safe to write. Mark some in your list of routes."));
    QJsonObject observed{{u"actor"_s, run.actor},
                         {u"routes"_s, whole.rows},
                         {u"not_tried"_s, notTried},
                         {u"reads"_s, static_cast<int>(run.reads.size() + run.pages.size())},
                         {u"requests"_s, run.requests}};
    if (run.places.empty() && run.notTried.empty() && run.brokenOff.isEmpty())
        noteNothingToTry(observed);
    const QString summary = Text::tr("%n bad request(s) sent to %1 route(s)", nullptr, sent).arg(whole.told);
    return judgedFrom(std::move(whole), summary, observed);
}

} // namespace cockpit
