#include "checks/abuse/callback.h"
#include "checks/actors/answertext.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
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

CaseFault contentFault()
{
    return {u"inner_content"_s,
            Severity::Critical,
            Proof::Proven,
            Impact::DataExposure,
            Text::tr("Customers can read from inside your servers"),
            Text::tr("The answer holds what only the inside could say. Wanted: the address refused.")};
}

CaseFault connectFault()
{
    return {u"inner_connection"_s,
            Severity::High,
            Proof::Lead,
            Impact::DataExposure,
            Text::tr("Your server seems to call addresses inside its own network"),
            Text::tr("The error speaks of a connection that was tried. Wanted: the address refused before anything is "
                     "called.")};
}

// A refusal needs no time; a server that calls the address waits until its own limit.
CaseFault waitFault()
{
    CaseFault fault = connectFault();
    fault.wanted = Text::tr("No answer came in time, asked twice, while a good address was answered before and "
                            "afterwards: your server may have waited for what it called. Wanted: the address refused "
                            "before anything is called.");
    return fault;
}

CaseFault keptFault()
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

std::optional<CaseFault> faultOf(const TriedAddress &one, const CallbackRun &run)
{
    if (saysContent(one, run))
        return contentFault();
    if (saysConnecting(one, run))
        return connectFault();
    return isKept(one) ? std::optional(keptFault()) : std::nullopt;
}

struct CallbackCase
{
    CaseFault fault;
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
    const TriedBody &shown = first.address->tried;
    finding.host = hostOf(shown.answer.status > 0 ? shown.answer.url : shown.request.url);
    finding.effortMinutes = 90;
    for (std::size_t i = 0; i < std::min(cases.size(), kMostShown); ++i) {
        const TriedBody &tried = cases[i]->address->tried;
        if (tried.answer.status > 0)
            finding.evidence.push_back(
                requestProof(tried.request, tried.answer, {.actor = look.actor, .known = look.known}));
        else
            finding.evidence.push_back(
                {Text::tr("No answer in time"), cases[i]->route + u'\n' + shownUrl(*cases[i]->address)});
    }
    return finding;
}

QJsonObject rowOf(const TriedAddress &one)
{
    return {{u"kind"_s, toWord(one.address.kind)},
            {u"url"_s, shownUrl(one)},
            {u"status"_s, one.tried.answer.status},
            {u"taken"_s, one.tried.wasTaken},
            {u"kept"_s, isKept(one)}};
}

// Of an address without an answer nobody knows whether it is refused; empty: there is none of the kind.
QString describeUnheard(const CallbackRun &run)
{
    QStringList urls;
    for (const TriedAddress &one : run.hungUp)
        urls.append(shownUrl(one));
    for (const TriedAddress &one : run.unanswered) {
        if (!run.stillTakes)
            urls.append(shownUrl(one));
    }
    return urls.isEmpty() ? QString() : Text::tr("%1: no answer came to %2.").arg(run.place.name(), urls.join(u", "_s));
}

void countRoute(const CallbackRun &run, CaseTally &tally, std::vector<CallbackCase> &cases)
{
    const QString name = run.place.name();
    QJsonArray addresses;
    bool isTold = false;
    for (const TriedAddress &one : run.tried) {
        addresses.append(rowOf(one));
        const auto fault = faultOf(one, run);
        if (fault)
            cases.push_back({*fault, &one, name});
        const bool isRefused = one.tried.answer.status >= 400 && one.tried.answer.status < 500;
        isTold = isTold || fault || isRefused || (!one.tried.wasTaken && isSuccess(one.tried.answer));
    }
    for (const TriedAddress &one : run.unanswered) {
        addresses.append(rowOf(one));
        if (!run.stillTakes)
            continue;
        cases.push_back({waitFault(), &one, name});
        isTold = true;
    }
    for (const TriedAddress &one : run.hungUp)
        addresses.append(rowOf(one));
    QString notTested = run.notTested;
    if (notTested.isEmpty() && !isTold)
        notTested = Text::tr("%1: no answer told whether inner addresses are refused.").arg(name);
    if (const QString unheard = describeUnheard(run); !unheard.isEmpty())
        tally.gaps.say(unheard);
    tally.addRow(
        {{u"route"_s, routeName(run.place.write.route)}, {u"field"_s, run.place.field}, {u"addresses"_s, addresses}},
        notTested);
}

} // namespace

QString CallbackPlace::name() const
{
    const QString route = routeName(write.route);
    return isFurther ? u"%1 (%2)"_s.arg(route, field) : route;
}

Judged judgeCallbacks(const CallbackLook &look)
{
    CaseTally tally{.gaps = LookGaps(look.brokenOff)};
    std::vector<CallbackCase> cases;
    int sent = 0;
    for (const CallbackRun &run : look.routes) {
        countRoute(run, tally, cases);
        sent += static_cast<int>(run.tried.size() + run.unanswered.size() + run.hungUp.size());
    }
    for (const auto &alike : groupedByCode(cases, [](const CallbackCase &one) { return one.fault.code; }))
        tally.findings.push_back(findingOf(look, alike));
    const QJsonArray notTried = tally.addNotTried(look.notTried);
    tally.gaps.say(leftOutGap(look.leftOut, kMostCallbacks).sentence);
    if (tally.gaps.isSaid())
        tally.gaps.hideAll(); // a finding speaks of all routes together
    const QJsonObject observed{{u"actor"_s, look.actor},
                               {u"routes"_s, tally.rows},
                               {u"not_tried"_s, notTried},
                               {u"left_out"_s, QJsonArray::fromStringList(look.leftOut)},
                               {u"requests"_s, look.requests}};
    return judgedFrom(std::move(tally), Text::tr("%n inner address(es) sent", nullptr, sent), observed);
}

} // namespace cockpit
