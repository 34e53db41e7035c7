#include "checks/access/methodtampering.h"

#include "checks/access/bypassowed.h"
#include "checks/access/overridewrites.h"
#include "checks/access/postrule.h"
#include "checks/access/rolerun.h"
#include "checks/access/tamperings.h"
#include "checks/actors/routeaddress.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MethodTampering)
};

const QString kId = u"access.method-tampering"_s;
constexpr int kPartsOfBudget = 3;
constexpr int kAskMethods = static_cast<int>(kMethodQuestions.size() * kMostBypassTargets);

// Behind which a private address is named: on the same host, for everybody, the shortest.
QString publicPathFor(const std::vector<Route> &routes, const BypassTarget &target)
{
    QString shortest = u"/"_s;
    bool isKnown = false;
    for (const Route &route : routes) {
        const bool isFit = route.access == AccessClass::Public && onlyReads(route) && !hasHoles(route.path) &&
                           route.host == target.route.host;
        if (isFit && (!isKnown || route.path.size() < shortest.size())) {
            shortest = route.path;
            isKnown = true;
        }
    }
    return shortest;
}

// What comes when the private address behind it is passed over.
void askPublicPages(const Look &look, BypassRun &run)
{
    std::vector<HttpGet> questions;
    for (const BypassTarget &target : run.result().targets) {
        QUrl url = target.url;
        url.setPath(publicPathFor(look.facts.routes, target));
        questions.push_back(HttpGet{url});
    }
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer)
            run.result().baselines.push_back(**answer);
    }
}

// By OPTIONS, or by what is said to a method that nobody has: neither changes anything.
void learnMethods(BypassRun &run)
{
    for (BypassTarget &target : run.result().targets) {
        for (const char *method : kMethodQuestions) {
            if (!run.mayGoOn())
                return;
            ActiveRequest request = requestAt(target.route, target.url);
            request.method = method;
            const auto answer = run.accounts().ask(&target.owner, request);
            const QByteArrayList methods = answer ? methodsIn(*answer) : QByteArrayList();
            if (methods.isEmpty())
                continue;
            target.deniesPost = !methods.contains("POST");
            break;
        }
    }
}

// Where a POST may change something none goes out (postTamperings()): what it would have found stays as it was. That is
// so at most products, and the other ways tell: no pass is lost by it.
void noteUnposted(BypassRun &run)
{
    const bool isPosted = std::ranges::any_of(
        run.result().tries, [](const BypassTry &one) { return one.isAsked && one.way.request.method == "POST"; });
    if (!isPosted)
        run.result().unsent.push_back({.hides = {{.subject = {}, .code = u"method_override"_s}}, .isSlight = true});
}

QString titleOf(const QString &code, const QString &label)
{
    if (code == "internal_address"_L1)
        return Text::tr("Whoever claims to be the server itself is let in");
    if (code == "middleware_header"_L1)
        return Text::tr("A header field skips the check of the sign-in");
    if (code == "original_url"_L1)
        return Text::tr("A header field leads past the rules to any address");
    if (code == "method_override"_L1 || code == "unknown_method"_L1 || code == "head_request"_L1)
        return Text::tr("Another method gets past the rules");
    if (code == "version_alias"_L1)
        return Text::tr("Another version of the interface has no rules");
    return Text::tr("Another spelling of the address gets past the rules: %1").arg(label);
}

// The public page behind which each private address is named is read as a visitor, too.
RequestNeed needOf(const Target &target)
{
    const int visits = bypassBaselines(target) + static_cast<int>(kMostBypassTargets);
    return {.account = kId,
            .most = bypassCeiling(kTamperings + 1) + kAskMethods + kOverrideWriteRequests + visits,
            .fewest = kFewestForBypass + visits,
            .parts = kPartsOfBudget};
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    return {needOf(outlook.target)};
}

Judged look(const Look &look)
{
    const std::vector<TestActor> actors = roleActors(look.facts.actors);
    Wire wire(look, needOf(look.target));
    const QJsonObject before = look.facts.lastObserved(kId);
    if (!wire.isReady())
        return withOwed(couldNotAsk(wire.isReady().error()), before);
    BypassRun run(look, actors, wire); // what is to be undone goes out by it
    run.result().before = before;
    Judged judged = withUndo(look.seen, [&](UndoList &undo) {
        if (const auto ready = run.findTargets(); !ready)
            return withOwed(couldNotAsk(ready.error()), before);
        askPublicPages(look, run);
        tryOverrideWrites(look, actors, run, undo);
        run.ask(
            [&](const BypassTarget &target) { return tamperings(target, publicPathFor(look.facts.routes, target)); });
        learnMethods(run);
        run.ask([&](const BypassTarget &target) { return postTamperings(target, look.facts.routes); });
        noteUnposted(run);
        run.confirm();
        return look.seen.token().isCancelled() ? withOwed(stoppedAsking(), before) : judgeMethodTampering(run.take());
    });
    judged.observed.insert(u"sent"_s, wire.sent());
    return judged;
}

} // namespace

Judged judgeMethodTampering(const BypassLook &look)
{
    return judgeBypass(look, {.title = titleOf,
                              .nothingToTry = Text::tr("No address was found that lets one of the test accounts in and "
                                                       "refuses others. Add routes that can be read (GET) and that "
                                                       "take a session."),
                              .passed = Text::tr("%1 other ways to ask for private addresses were refused")});
}

Check methodTamperingCheck()
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::AccountTakeover},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
