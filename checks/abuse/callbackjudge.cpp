#include "checks/abuse/callback.h"
#include "checks/actors/answertext.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"
#include "models/unseen.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CallbackUrl)
};

constexpr std::size_t kMostShown = 3;

// Taken, and the address shows afterwards as it was sent: as a whole, or without the user name in it.
bool isKept(const TriedAddress &one)
{
    if (!one.tried.wasTaken || !one.tried.after || !isSuccess(*one.tried.after))
        return false;
    const AnswerText text = AnswerText::of(*one.tried.after);
    QUrl plain(one.address.url);
    const bool isWhole = text.repeats(one.address.url);
    plain.setUserInfo({});
    return isWhole || text.repeats(plain.toString());
}

// The product tells an inner address apart by trying it: its error speaks of a connection, and the good one's does not.
bool saysConnecting(const TriedAddress &one, const CallbackRun &run)
{
    return connectErrorIn(one.tried.answer.body) && !connectErrorIn(run.control->answer.body);
}

bool saysContent(const TriedAddress &one, const CallbackRun &run)
{
    const auto content = innerContentIn(one.tried.answer.body);
    return content && !innerContentIn(run.control->answer.body) &&
           !QString::fromUtf8(one.tried.request.body).contains(*content);
}

struct CallbackFault
{
    QString code;
    Severity severity;
    Proof proof;
    Impact impact;
    QString title;
    QString wanted;
};

CallbackFault contentFault()
{
    return {u"inner_content"_s,
            Severity::Critical,
            Proof::Proven,
            Impact::DataExposure,
            Text::tr("Customers can read from inside your servers"),
            Text::tr("The answer holds what only the inside could say. Wanted: the address refused.")};
}

CallbackFault connectFault()
{
    return {u"inner_connection"_s,
            Severity::High,
            Proof::Lead,
            Impact::DataExposure,
            Text::tr("Your server seems to call addresses inside its own network"),
            Text::tr("The error speaks of a connection that was tried. Wanted: the address refused before anything is "
                     "called.")};
}

CallbackFault keptFault()
{
    return {
        u"inner_address_accepted"_s,
        Severity::Medium,
        Proof::Lead,
        Impact::DataExposure,
        Text::tr("Callback addresses may point inside your own network"),
        Text::tr("It was taken and shows afterwards. Whether your server calls it cannot be seen from here. Wanted: "
                 "422.")};
}

std::optional<CallbackFault> faultOf(const TriedAddress &one, const CallbackRun &run)
{
    if (saysContent(one, run))
        return contentFault();
    if (saysConnecting(one, run))
        return connectFault();
    return isKept(one) ? std::optional(keptFault()) : std::nullopt;
}

struct CallbackCase
{
    CallbackFault fault;
    const TriedAddress *address;
    QString route;
};

QString shownUrl(const TriedAddress &one)
{
    return one.address.url.section(u"LC-CANARY"_s, 0, 0);
}

Finding findingOf(const CallbackLook &look, const std::vector<const CallbackCase *> &cases)
{
    const CallbackCase &first = *cases.front();
    QStringList what;
    for (const CallbackCase *one : cases)
        what.append(Text::tr("%1: %2", "a route and an address").arg(one->route, shownUrl(*one->address)));
    Finding finding = makeFinding(first.fault.code, first.fault.severity, first.fault.proof, first.fault.impact,
                                  first.fault.title, what.join(u"; "_s) + u". "_s + first.fault.wanted);
    finding.host = hostOf(first.address->tried.answer.url);
    finding.effortMinutes = 90;
    for (std::size_t i = 0; i < std::min(cases.size(), kMostShown); ++i) {
        const TriedBody &tried = cases[i]->address->tried;
        finding.evidence.push_back(
            requestProof(tried.request, tried.answer, {.actor = look.actor, .known = look.known}));
    }
    return finding;
}

struct CallbackTally
{
    QJsonArray rows;
    std::vector<CallbackCase> cases;
    QStringList open;
    int tested = 0;
    int sent = 0;
};

void countRoute(const CallbackRun &run, CallbackTally &tally)
{
    const QString name = routeName(run.place.route);
    QJsonArray addresses;
    int told = 0;
    for (const TriedAddress &one : run.tried) {
        addresses.append(QJsonObject{{u"kind"_s, toWord(one.address.kind)},
                                     {u"url"_s, shownUrl(one)},
                                     {u"status"_s, one.tried.answer.status},
                                     {u"taken"_s, one.tried.wasTaken},
                                     {u"kept"_s, isKept(one)}});
        const auto fault = faultOf(one, run);
        if (fault)
            tally.cases.push_back({*fault, &one, name});
        const bool isRefused = one.tried.answer.status >= 400 && one.tried.answer.status < 500;
        told += fault || isRefused || (!one.tried.wasTaken && isSuccess(one.tried.answer)) ? 1 : 0;
    }
    QString notTested = run.notTested;
    if (notTested.isEmpty() && told == 0)
        notTested = Text::tr("%1: no answer told whether inner addresses are refused.").arg(name);
    QJsonObject row{{u"route"_s, name}, {u"field"_s, run.field}, {u"addresses"_s, addresses}};
    if (!notTested.isEmpty()) {
        row.insert(u"not_tested"_s, notTested);
        tally.open.append(notTested);
    }
    tally.rows.append(row);
    tally.tested += notTested.isEmpty() ? 1 : 0;
    tally.sent += static_cast<int>(run.tried.size());
}

std::vector<Finding> findingsOf(const CallbackLook &look, const CallbackTally &tally)
{
    std::vector<Finding> findings;
    QStringList done;
    for (const CallbackCase &one : tally.cases) {
        if (done.contains(one.fault.code))
            continue;
        done.append(one.fault.code);
        std::vector<const CallbackCase *> alike;
        for (const CallbackCase &other : tally.cases) {
            if (other.fault.code == one.fault.code)
                alike.push_back(&other);
        }
        findings.push_back(findingOf(look, alike));
    }
    return findings;
}

} // namespace

Judged judgeCallbacks(const CallbackLook &look)
{
    CallbackTally tally;
    for (const CallbackRun &run : look.routes)
        countRoute(run, tally);
    QJsonArray notTried;
    for (const UntriedWrite &one : look.notTried) {
        notTried.append(QJsonObject{{u"route"_s, routeName(one.route)}, {u"why"_s, toWord(one.why)}});
        tally.open.append(describe(one.why, one.route));
    }
    if (!look.brokenOff.isEmpty())
        tally.open.prepend(look.brokenOff);
    QJsonObject observed{{u"actor"_s, look.actor},
                         {u"routes"_s, tally.rows},
                         {u"not_tried"_s, notTried},
                         {u"requests"_s, look.requests}};
    if (!look.brokenOff.isEmpty())
        observed.insert(u"broken_off"_s, look.brokenOff);
    std::vector<Unseen> unseen;
    if (!tally.open.isEmpty())
        unseen.push_back({});
    noteUnseen(unseen, observed);
    const QString summary = Text::tr("%n inner address(es) sent", nullptr, tally.sent);
    if (!tally.cases.empty()) {
        Judged judged = concluded(findingsOf(look, tally), summary, observed, {});
        judged.reason = tally.open.join(u' ');
        return judged;
    }
    Judged judged;
    if (tally.tested == 0 || !look.brokenOff.isEmpty()) {
        judged = notRun(tally.open.join(u' '));
    } else if (!tally.open.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = tally.open.join(u' ');
    }
    judged.observed = observed;
    judged.summary = summary;
    return judged;
}

} // namespace cockpit
