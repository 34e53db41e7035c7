#include "checks/access/massassignment.h"
#include "checks/actors/answertext.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MassAssignment)
};

constexpr std::array kVerdicts{
    WordRow<MassVerdict>{MassVerdict::Refused, "refused"}, WordRow<MassVerdict>{MassVerdict::Ignored, "ignored"},
    WordRow<MassVerdict>{MassVerdict::Changed, "changed"}, WordRow<MassVerdict>{MassVerdict::Moved, "moved"},
    WordRow<MassVerdict>{MassVerdict::Unclear, "unclear"},
};

struct MassFault
{
    QString code;
    Severity severity;
    Impact impact;
    QString title;
};

MassFault faultOf(MassClass kind)
{
    switch (kind) {
    case MassClass::Role:
        return {u"role_changed"_s, Severity::Critical, Impact::AccountTakeover,
                Text::tr("Anybody can give himself more rights")};
    case MassClass::Tenant:
        return {u"tenant_changed"_s, Severity::Critical, Impact::DataExposure,
                Text::tr("A record can be moved into another customer's account")};
    case MassClass::Owner:
        return {u"owner_changed"_s, Severity::High, Impact::DataExposure,
                Text::tr("A record can be put under another person's name")};
    case MassClass::Price:
        return {u"price_changed"_s, Severity::High, Impact::CostAbuse, Text::tr("Customers can set their own price")};
    case MassClass::Plan:
        return {u"plan_changed"_s, Severity::High, Impact::CostAbuse, Text::tr("Customers can set their own plan")};
    case MassClass::Verified:
        return {u"verified_changed"_s, Severity::High, Impact::AccountTakeover,
                Text::tr("Anybody can mark himself as verified")};
    }
    Q_UNREACHABLE();
}

// The project's own description says that nobody may send the field: it is read only, or others than the named are
// none.
bool isForbidden(const MassPlaceRun &place, const QString &name)
{
    const QJsonObject &schema = place.place.schema;
    const QJsonObject declared = schema.value("properties"_L1).toObject();
    return declared.contains(name) ? declared.value(name)["readOnly"_L1].toBool()
                                   : schema.value("additionalProperties"_L1) == QJsonValue(false);
}

// Whom a record belongs to and what it costs may be for its author to say: an invoice has a price. By the name alone
// nobody can tell.
bool mayBeMeant(const MassPlaceRun &place, const MassField &field)
{
    const bool isOpenKind = field.kind == MassClass::Owner || field.kind == MassClass::Price;
    return isOpenKind && !isForbidden(place, field.name);
}

Finding findingOf(const MassRun &run, const MassPlaceRun &place, const TriedField &one)
{
    const MassFault fault = faultOf(one.field.kind);
    const QString route = routeName(place.place.route);
    const bool isMoved = massVerdictOf(one, place) == MassVerdict::Moved;
    const QString saw =
        isMoved
            ? Text::tr("%1 took the field \"%2\" with the number of another customer, and %3 can read the record now. "
                       "Wanted: the customer of the session, whatever the body says.")
                  .arg(route, one.field.name, run.outsider)
        : one.seenBy.isEmpty()
            ? Text::tr("%1 took the field \"%2\", and the value that was sent shows afterwards. Wanted: the field "
                       "refused or left alone.")
                  .arg(route, one.field.name)
            : Text::tr("%1 took the field \"%2\", which %3 does not see there, and the value that was sent shows in "
                       "what %4 reads at %5. Wanted: the field refused or left alone.")
                  .arg(route, one.field.name, place.actor, one.seenBy,
                       one.tried.after ? one.tried.after->url.path() : QString());
    const bool isLead = mayBeMeant(place, one.field);
    const QString open = Text::tr("Nothing in your project says whether people may set it: if they may, ignore this.");
    Finding finding = makeFinding(fault.code, isLead ? Severity::Medium : fault.severity,
                                  isLead                     ? Proof::Lead
                                  : place.isPage && !isMoved ? Proof::Strong
                                                             : Proof::Proven,
                                  fault.impact, fault.title, isLead ? saw + u' ' + open : saw);
    finding.host = hostOf(one.tried.answer.url);
    finding.subject = route + u' ' + one.field.name;
    finding.effortMinutes = 60;
    finding.evidence = {requestProof(one.tried.request, one.tried.answer, {.actor = place.actor, .known = run.known})};
    const std::vector<Marker> markers{{place.text, MarkerKind::Canary, {}}};
    ActiveRequest read;
    const auto &seen = one.ofOutsider ? one.ofOutsider : one.tried.after;
    if (seen) {
        read.url = seen->url;
        finding.evidence.push_back(requestProof(read, *seen,
                                                {.actor = one.ofOutsider         ? run.outsider
                                                          : one.seenBy.isEmpty() ? place.actor
                                                                                 : one.seenBy,
                                                 .markers = place.text.isEmpty() ? std::vector<Marker>() : markers,
                                                 .known = run.known}));
    }
    return finding;
}

// Where nothing shows a field, whether it is still taken is not told by silence.
void addNotShown(const MassRun &run, const MassPlaceRun &place, CaseTally &tally)
{
    const QString route = routeName(place.place.route);
    for (const QString &name : place.notShown)
        tally.gaps.hide({.subject = route + u' ' + name});
    if (place.notShown.isEmpty() || !place.notTested.isEmpty() || !run.brokenOff.isEmpty())
        return;
    const QString why =
        place.hasUnreadView
            ? Text::tr("%1: an earlier look could set %2 there. What was read now does not show it, and "
                       "not all was read, so that it was not tried, and nobody can tell whether your "
                       "product still takes it.")
            : Text::tr("%1: an earlier look could set %2 there. Nothing shows it now, so that it was "
                       "not tried, and nobody can tell whether your product still takes it.");
    tally.gaps.say(why.arg(route, place.notShown.join(u", "_s)));
}

// Empty where each answer told.
QString untoldWords(const QString &route, const QStringList &fields)
{
    return fields.isEmpty() ? QString()
                            : Text::tr("%1: %n answer(s) did not tell whether the product takes the field: %2.",
                                       nullptr, static_cast<int>(fields.size()))
                                  .arg(route, fields.join(u", "_s));
}

void countPlace(const MassRun &run, const MassPlaceRun &place, CaseTally &tally)
{
    const QString route = routeName(place.place.route);
    QJsonArray fields;
    bool isTold = false;
    QStringList untold;
    for (const TriedField &one : place.tried) {
        const MassVerdict verdict = massVerdictOf(one, place);
        QJsonObject field{
            {u"name"_s, one.field.name}, {u"class"_s, toWord(one.field.kind)}, {u"verdict"_s, toWord(verdict)}};
        if (!one.seenBy.isEmpty())
            field.insert(u"seen_by"_s, one.seenBy);
        fields.append(field);
        const bool isFound = verdict == MassVerdict::Changed || verdict == MassVerdict::Moved;
        const bool isHeld = !isFound && verdict != MassVerdict::Unclear && place.stillTakes;
        if (isFound)
            tally.findings.push_back(findingOf(run, place, one));
        if (!isFound && !isHeld) {
            tally.gaps.hide({.subject = route + u' ' + one.field.name});
            untold.append(one.field.name);
        }
        isTold = isTold || isFound || isHeld;
    }
    QString notTested = place.notTested;
    if (notTested.isEmpty() && isTold)
        tally.gaps.say(untoldWords(route, untold));
    else if (notTested.isEmpty())
        notTested = untold.isEmpty()
                        ? Text::tr("%1: the product shows no field there that only it should set.").arg(route)
                        : untoldWords(route, untold);
    if (place.tried.empty() && !place.notTested.isEmpty())
        tally.gaps.hide({.subject = route});
    addNotShown(run, place, tally);
    tally.gaps.add(place.unsent);
    QJsonObject row{{u"route"_s, route}, {u"kind"_s, toWord(place.place.kind)}, {u"fields"_s, fields}};
    if (!place.notShown.isEmpty())
        row.insert(u"not_shown"_s, QJsonArray::fromStringList(place.notShown));
    tally.addRow(row, notTested);
}

QString whyNoPlace(const MassRun &run)
{
    return run.hasReads
               ? Text::tr("The routes that are marked as safe to write only look something up. Mark one that changes "
                          "something in your list of routes.")
               : Text::tr("No route is marked as safe to write. Mark some in your list of routes.");
}

} // namespace

QString toWord(MassVerdict value)
{
    return wordOf(kVerdicts, value);
}

MassVerdict massVerdictOf(const TriedField &one, const MassPlaceRun &run)
{
    const HttpResponse &answer = one.tried.answer;
    if (answer.status == 429 || answer.status >= 500)
        return MassVerdict::Unclear;
    if (one.ofOutsider && isSuccess(*one.ofOutsider) && !run.text.isEmpty() &&
        AnswerText::of(*one.ofOutsider).holds(run.text))
        return MassVerdict::Moved;
    if (!one.tried.wasTaken)
        return MassVerdict::Refused;
    const auto &after = one.tried.after;
    if (!after || !isSuccess(*after))
        return MassVerdict::Unclear;
    if (run.isPage) {
        const AnswerText text = AnswerText::of(*after);
        if (one.field.kind == MassClass::Tenant) // whose it is, the page does not say
            return text.holds(run.text) ? MassVerdict::Ignored : MassVerdict::Unclear;
        const bool isOld = text.holds(one.field.shown.toString());
        const bool isNew = text.holds(one.field.sent.toString());
        return isNew && !isOld ? MassVerdict::Changed : isOld ? MassVerdict::Ignored : MassVerdict::Unclear;
    }
    const auto now = memberIn(*after, one.field.name);
    if (!now)
        return MassVerdict::Unclear;
    return *now == one.field.sent ? MassVerdict::Changed : MassVerdict::Ignored;
}

Judged judgeMassAssignment(const MassRun &run)
{
    CaseTally tally{.gaps = LookGaps(run.brokenOff)};
    int fields = 0;
    for (const MassPlaceRun &place : run.places) {
        countPlace(run, place, tally);
        fields += static_cast<int>(place.tried.size());
    }
    const QJsonArray notTried = tally.addNotTried(run.notTried);
    for (const UntriedWrite &one : run.notTried)
        tally.gaps.hide({.subject = routeName(one.route)});
    tally.gaps.add(run.unsent);
    tally.gaps.say(run.lacking);
    if (!run.lacking.isEmpty())
        tally.gaps.hideAll();
    const bool isUnmarked =
        run.places.empty() && run.notTried.empty() && run.leftOut.isEmpty() && !run.hasReads && run.brokenOff.isEmpty();
    if (tally.told == 0 && !tally.gaps.isSaid())
        tally.gaps.say(whyNoPlace(run));
    const QJsonObject observed{{u"actor"_s, run.actor},
                               {u"routes"_s, tally.rows},
                               {u"not_tried"_s, notTried},
                               {u"left_out"_s, QJsonArray::fromStringList(run.leftOut)},
                               {u"requests"_s, run.requests}};
    Judged judged = judgedFrom(
        std::move(tally), Text::tr("%n field(s) added that only the product should set", nullptr, fields), observed);
    judged.hasNothingToTry = isUnmarked;
    return judged;
}

} // namespace cockpit
