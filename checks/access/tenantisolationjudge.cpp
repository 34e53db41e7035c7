#include "checks/access/socketjudge.h"
#include "checks/access/subscriptionjudge.h"
#include "checks/access/tenantfindings.h"
#include "checks/access/tenantisolation.h"
#include "checks/actors/casetally.h"
#include "checks/actors/recordid.h"
#include "checks/engine/inwords.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

struct Tally
{
    int asked = 0;
    int held = 0;            // by the outsider: kept back
    bool isPathHeld = false; // at the very address where the owner has it
    QJsonArray rows;
    std::vector<Finding> findings;
    LookGaps gaps;
    QStringList untold = {};  // a route for each answer that did not tell
    QStringList unasked = {}; // planned routes at which nobody asked

    bool isTested() const { return !findings.empty() || (isPathHeld && held >= kFewestCrossings); }
};

bool isQuestion(CrossWay way)
{
    return way == CrossWay::GraphQl || way == CrossWay::Search;
}

bool isHidden(int status)
{
    return status == 404 || status == 410;
}

bool isForbidden(int status)
{
    return status == 401 || status == 403;
}

// The one address with two ids, one of which no record has: the same refusal is wanted.
bool tellsExistence(const ResourceLook &resource, const CrossedAnswer &one)
{
    if (one.crossing.way != CrossWay::Path || !resource.madeUp)
        return false;
    const int there = one.answer.status;
    const int nowhere = resource.madeUp->status;
    return (isForbidden(there) && isHidden(nowhere)) || (isHidden(there) && isForbidden(nowhere));
}

// No record is named "*" or "null", and no product has to know an address by another method.
bool isMadeUp(CrossWay way)
{
    return way == CrossWay::Wildcard || way == CrossWay::Method;
}

// Nobody knows of an address at an older version of the interface either: that nothing is there keeps nothing back. A
// refusal of "*" is none of the record, whatever its status.
bool provesNothing(const CrossedAnswer &one)
{
    const bool mayBeUnknown = isMadeUp(one.crossing.way) || one.crossing.way == CrossWay::Version;
    return one.crossing.way == CrossWay::Wildcard || (mayBeUnknown && isHidden(one.answer.status));
}

// Of fields and headers that nobody said the product knows: that it does not understand one is a good answer to it.
bool isGuessed(CrossWay way)
{
    using enum CrossWay;
    return way == Query || way == Polluted || way == ManyIds || way == Filter || way == Header || way == Version;
}

// Of an unclear answer: the question was not answered. What came with content and shows no text of the owner's proves
// nothing, and is no reason to withhold a pass that other answers earn.
bool isUntold(const CrossedAnswer &one, const ReachVerdict &verdict)
{
    using enum ReachWhy;
    if (verdict.why == TooMany || verdict.why == Challenge || verdict.why == Broken || one.answer.status == 0)
        return true;
    return !isSuccess(one.answer) && !isGuessed(one.crossing.way);
}

void count(Tally &tally, const TenantLook &look, const ResourceLook &resource, const CrossedAnswer &one)
{
    const ReachVerdict verdict = verdictOf(look, resource, one);
    ++tally.asked;
    tally.rows.append(QJsonObject{{u"way"_s, toWord(one.crossing.way)},
                                  {u"route"_s, one.crossing.routeName},
                                  {u"status"_s, one.answer.status},
                                  {u"reach"_s, toWord(verdict.reach)},
                                  {u"why"_s, toWord(verdict.why)}});
    switch (verdict.reach) {
    case ActorReach::Allowed:
        addOnce(tally.findings, crossingFinding(look, resource, one, verdict));
        return;
    case ActorReach::Refused:
    case ActorReach::Filtered:
        tally.held += one.crossing.asNobody || provesNothing(one) ? 0 : 1;
        // A part of the record has a good answer of its own.
        if ((one.crossing.way == CrossWay::Path && !one.good) || isQuestion(one.crossing.way))
            tally.isPathHeld = true;
        if (tellsExistence(resource, one))
            addOnce(tally.findings, oracleFinding(look, resource, one));
        return;
    case ActorReach::Unclear: {
        // "null is no number" is what a product should say to that.
        if (isMadeUp(one.crossing.way))
            return;
        const Unseen gap{.subject = one.crossing.routeName, .isExact = one.crossing.way == CrossWay::GraphQl};
        if (!isUntold(one, verdict))
            return tally.gaps.keep(gap);
        tally.gaps.hide(gap);
        tally.untold.append(one.crossing.routeName);
        return;
    }
    }
}

// Where nobody asked for the record, and where no POST went out that says it is a GET, nothing was seen. Such a POST is
// for few records (crossings.h), so that its lack takes no pass away.
void addUnasked(Tally &tally, const ResourceLook &resource)
{
    const auto isAsked = [&](const auto &isMeant) { return std::ranges::any_of(resource.crossed, isMeant); };
    for (const QString &name : resource.planned) {
        if (isAsked([&](const CrossedAnswer &one) { return one.crossing.routeName == name; }))
            continue;
        tally.gaps.hide({.subject = name});
        tally.unasked.append(name);
    }
    if (!isAsked([](const CrossedAnswer &one) { return one.crossing.way == CrossWay::Method; }) &&
        !resource.planned.isEmpty())
        tally.gaps.keep({.subject = resource.planned.front(), .code = crossingCode(CrossWay::Method)});
}

Tally tallyOf(const TenantLook &look, const ResourceLook &resource)
{
    Tally tally;
    for (const CrossedAnswer &one : resource.crossed)
        count(tally, look, resource, one);
    for (const BlindWrite &write : resource.writes) {
        if (write.hasChanged)
            addOnce(tally.findings, writeFinding(look, resource, write));
        else if (!write.notSeen.isEmpty())
            tally.gaps.hide({.subject = write.routeName});
        tally.gaps.say(write.notSeen);
        tally.asked += write.request.url.isEmpty() ? 0 : 1;
    }
    addUnasked(tally, resource);
    return tally;
}

// A search and a question of GraphQL are asked in the one way that finds the record for its owner.
bool hasQuestionsAlone(const ResourceLook &resource)
{
    return std::ranges::all_of(resource.crossed, [](const CrossedAnswer &one) { return isQuestion(one.crossing.way); });
}

QString whyNotTested(const ResourceLook &resource, const Tally &tally)
{
    if (!resource.notTested.isEmpty())
        return resource.notTested;
    if ((hasQuestionsAlone(resource) && tally.isPathHeld) || tally.isTested())
        return {};
    if (tally.held == 0)
        return Text::tr("%1: no answer told whether the record is kept back.").arg(resource.name);
    return Text::tr("%1: only %n answer(s) told that the record is kept back.", nullptr, tally.held).arg(resource.name);
}

// Of what was tested, and of a look that went on to its end: else it is said why.
void sayUntold(const TenantLook &look, const Tally &tally, LookGaps &gaps)
{
    if (!tally.untold.isEmpty()) {
        QStringList routes = tally.untold;
        routes.removeDuplicates();
        gaps.say(Text::tr("%n answer(s) did not tell whether the record is kept back, at: %1.", nullptr,
                          static_cast<int>(tally.untold.size()))
                     .arg(namesInWords(routes)));
    }
    if (!tally.unasked.isEmpty())
        gaps.say(Text::tr("Not asked as %1: %2. No request for the record could be made there.")
                     .arg(look.outsider, namesInWords(tally.unasked)));
}

QJsonObject rowOf(const ResourceLook &resource, const Tally &tally)
{
    QJsonArray writes;
    for (const BlindWrite &write : resource.writes)
        writes.append(QJsonObject{
            {u"route"_s, write.routeName},
            {u"changed"_s, write.notSeen.isEmpty() ? QJsonValue(write.hasChanged) : QJsonValue(QJsonValue::Null)}});
    QJsonObject row{{u"name"_s, resource.name}, {u"canary"_s, resource.hasCanary}, {u"asked"_s, tally.asked},
                    {u"held"_s, tally.held},    {u"crossings"_s, tally.rows},      {u"writes"_s, writes}};
    if (const auto kind = idKindOf(resource.id)) {
        row.insert(u"id_kind"_s, toWord(*kind));
        row.insert(u"guessing"_s, describeGuessing(*kind, resource.id));
    }
    return row;
}

// Its rows are for observed.
QJsonArray take(SocketJudgement sockets, CaseTally &whole)
{
    for (Finding &finding : sockets.findings)
        addOnce(whole.findings, std::move(finding));
    whole.gaps.add(sockets.gaps);
    return sockets.rows;
}

} // namespace

ReachVerdict verdictOf(const TenantLook &look, const ResourceLook &resource, const CrossedAnswer &one)
{
    const InventedAnswers invented(look.invented);
    const auto &usual = one.crossing.isOfList && resource.list ? resource.list : resource.record;
    const auto &good = one.good ? one.good : usual;
    return reachOf(one.answer, {.question = ReachOf::Record,
                                .good = good ? &*good : nullptr,
                                .signedOut = one.stranger ? &*one.stranger : nullptr,
                                .markers = &look.markers,
                                .ownMarkers = one.crossing.asNobody ? nullptr : &look.outsidersMarkers,
                                .invented = &invented,
                                .sent = sentBy(one.crossing.request)});
}

Judged judgeTenantIsolation(const TenantLook &look)
{
    CaseTally whole{.gaps = LookGaps(look.brokenOff)};
    int asked = 0;
    for (const ResourceLook &resource : look.resources) {
        Tally tally = tallyOf(look, resource);
        const QString notTested = whyNotTested(resource, tally);
        whole.addRow(rowOf(resource, tally), notTested);
        if (notTested.isEmpty() && look.brokenOff.isEmpty())
            sayUntold(look, tally, whole.gaps);
        whole.gaps.add(tally.gaps);
        asked += tally.asked;
        std::ranges::move(tally.findings, std::back_inserter(whole.findings));
    }
    whole.gaps.add(look.unsent);
    for (const CrossedAnswer &one : look.mails)
        addOnce(whole.findings, mailFinding(look, one));
    const QJsonArray sockets = take(judgeSockets(look), whole);
    const QJsonArray subscriptions = take(judgeSubscriptions(look), whole);
    if (whole.findings.empty() && whole.told == 0 && !whole.gaps.isSaid())
        whole.gaps.say(Text::tr("No route hands out a record by its id. Add routes like GET /invoices/{id}."));
    const QJsonObject observed{{u"owner"_s, look.owner},
                               {u"outsider"_s, look.outsider},
                               {u"resources"_s, whole.rows},
                               {u"sockets"_s, sockets},
                               {u"subscriptions"_s, subscriptions},
                               {u"shared"_s, QJsonArray::fromStringList(look.shared)},
                               {u"requests"_s, look.requests}};
    const QString summary =
        Text::tr("%n request(s) as another customer and as a stranger for the records of %1", nullptr, asked)
            .arg(look.owner);
    return judgedFrom(std::move(whole), summary, observed);
}

} // namespace cockpit
