#include "checks/access/massassignment.h"
#include "checks/actors/answertext.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"
#include "models/unseen.h"
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
            : Text::tr("%1 took the field \"%2\", and the value that was sent shows afterwards. Wanted: the field "
                       "refused or left alone.")
                  .arg(route, one.field.name);
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
                                                {.actor = one.ofOutsider ? run.outsider : place.actor,
                                                 .markers = place.text.isEmpty() ? std::vector<Marker>() : markers,
                                                 .known = run.known}));
    }
    return finding;
}

struct MassTally
{
    int told = 0;
    QJsonArray rows;
    QStringList open;
    std::vector<Finding> findings;
    std::vector<Unseen> unseen;
    int fields = 0;
};

void countPlace(const MassRun &run, const MassPlaceRun &place, MassTally &tally)
{
    QJsonArray fields;
    int told = 0;
    for (const TriedField &one : place.tried) {
        const MassVerdict verdict = massVerdictOf(one, place);
        fields.append(QJsonObject{
            {u"name"_s, one.field.name}, {u"class"_s, toWord(one.field.kind)}, {u"verdict"_s, toWord(verdict)}});
        const bool isFound = verdict == MassVerdict::Changed || verdict == MassVerdict::Moved;
        if (isFound)
            tally.findings.push_back(findingOf(run, place, one));
        else if (verdict == MassVerdict::Unclear || !place.stillTakes)
            tally.unseen.push_back({.subject = routeName(place.place.route) + u' ' + one.field.name});
        told += isFound || (verdict != MassVerdict::Unclear && place.stillTakes) ? 1 : 0;
    }
    QString notTested = place.notTested;
    if (notTested.isEmpty() && told == 0)
        notTested =
            Text::tr("%1: the product shows no field there that only it should set.").arg(routeName(place.place.route));
    if (place.tried.empty() && !place.notTested.isEmpty())
        tally.unseen.push_back({});
    QJsonObject row{
        {u"route"_s, routeName(place.place.route)}, {u"kind"_s, toWord(place.place.kind)}, {u"fields"_s, fields}};
    if (!notTested.isEmpty()) {
        row.insert(u"not_tested"_s, notTested);
        tally.open.append(notTested);
    }
    tally.rows.append(row);
    tally.told += notTested.isEmpty() ? told : 0;
    tally.fields += static_cast<int>(place.tried.size());
}

QString inWords(QStringList reasons)
{
    constexpr qsizetype kMost = 4;
    const auto more = static_cast<int>(reasons.size() - kMost);
    if (more > 0) {
        reasons = reasons.first(kMost);
        reasons.append(Text::tr("And %n more.", nullptr, more));
    }
    return reasons.join(u' ');
}

QJsonArray notTriedOf(const MassRun &run)
{
    QJsonArray rows;
    for (const UntriedWrite &one : run.notTried)
        rows.append(QJsonObject{{u"route"_s, routeName(one.route)}, {u"why"_s, toWord(one.why)}});
    return rows;
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
    MassTally tally;
    for (const MassPlaceRun &place : run.places)
        countPlace(run, place, tally);
    for (const UntriedWrite &one : run.notTried)
        tally.open.append(describe(one.why, one.route));
    tally.open += run.lacking;
    if (!run.brokenOff.isEmpty()) {
        tally.open.prepend(run.brokenOff);
        tally.unseen = {{}};
    } else if (!run.lacking.isEmpty()) {
        tally.unseen.push_back({});
    }
    QJsonObject observed{{u"actor"_s, run.actor},
                         {u"routes"_s, tally.rows},
                         {u"not_tried"_s, notTriedOf(run)},
                         {u"requests"_s, run.requests}};
    if (!run.brokenOff.isEmpty())
        observed.insert(u"broken_off"_s, run.brokenOff);
    noteUnseen(tally.unseen, observed);
    const QString summary = Text::tr("%n field(s) added that only the product should set", nullptr, tally.fields);
    if (!tally.findings.empty()) {
        Judged judged = concluded(std::move(tally.findings), summary, observed, {});
        judged.reason = inWords(tally.open);
        return judged;
    }
    Judged judged;
    if (tally.told == 0 || !run.brokenOff.isEmpty()) {
        if (tally.open.isEmpty())
            tally.open.append(Text::tr("No route is marked as safe to write. Mark some in your list of routes."));
        judged = notRun(inWords(tally.open));
    } else if (!tally.open.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = inWords(tally.open);
    }
    judged.observed = observed;
    judged.summary = summary;
    return judged;
}

} // namespace cockpit
