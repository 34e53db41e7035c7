#include "checks/access/methodtampering.h"

#include "checks/access/overridewrites.h"
#include "checks/access/rolerun.h"
#include "checks/access/tamperings.h"
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
constexpr int kAskMethods = 2 * static_cast<int>(kMostAdminTargets + kMostSignedInTargets + kMostPageTargets);

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

// The methods that an answer names (RFC 9110, sections 10.2.1 and 15.5.6); empty when it names none.
QByteArrayList methodsIn(const Result<HttpResponse> &answer)
{
    QByteArrayList methods;
    const auto allow = answer ? answer->header("allow") : std::nullopt;
    if (allow) {
        for (const QByteArray &method : allow->toUpper().split(','))
            methods.append(method.trimmed());
    }
    methods.removeAll(QByteArray());
    return methods;
}

// By OPTIONS, or by what is said to a method that nobody has: neither changes anything.
void learnMethods(BypassRun &run)
{
    for (BypassTarget &target : run.result().targets) {
        for (const QByteArray &method : {QByteArray("OPTIONS"), QByteArray("LCGET")}) {
            if (!run.mayGoOn())
                return;
            ActiveRequest request;
            request.method = method;
            request.url = target.url;
            request.routeName = target.route.path;
            const QByteArrayList methods = methodsIn(run.accounts().ask(&target.owner, request));
            if (methods.isEmpty())
                continue;
            target.deniesPost = !methods.contains("POST");
            break;
        }
    }
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

RequestNeed needOf()
{
    return {.account = kId,
            .most = bypassCeiling(kTamperings + 1) + kAskMethods + kOverrideWriteRequests,
            .fewest = kFewestForBypass,
            .parts = kPartsOfBudget};
}

std::vector<RequestNeed> requestsOf(const Outlook & /*outlook*/)
{
    return {needOf()};
}

Judged look(const Look &look)
{
    const std::vector<TestActor> actors = roleActors(look.facts.actors);
    Wire wire(look, needOf());
    if (!wire.isReady())
        return couldNotAsk(wire.isReady().error());
    BypassRun run(look, actors, wire); // what is to be undone goes out by it
    Judged judged = withUndo(look.seen, [&](UndoList &undo) {
        if (const auto ready = run.findTargets(); !ready)
            return couldNotAsk(ready.error());
        askPublicPages(look, run);
        tryOverrideWrites(look, actors, run, undo);
        run.ask(
            [&](const BypassTarget &target) { return tamperings(target, publicPathFor(look.facts.routes, target)); });
        learnMethods(run);
        run.ask([&](const BypassTarget &target) { return postTamperings(target, look.facts.routes); });
        run.confirm();
        return look.seen.token().isCancelled() ? stoppedAsking() : judgeMethodTampering(run.take());
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
