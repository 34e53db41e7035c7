#include "models/deliverables/makers.h"
#include "models/targetchange.h"

#include <QCoreApplication>

namespace cockpit::deliverables {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverable)
};

QString mark(bool allowed)
{
    return allowed ? Text::tr("yes") : Text::tr("no");
}

} // namespace

void writeAccessMatrix(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Route"), Text::tr("Guest"), Text::tr("Signed-in user"), Text::tr("Administrator")};
    table.emptyText = Text::tr("No route is known yet.");
    for (const Route &route : routesOnTarget(input.project))
        table.rows.push_back({u"%1 %2"_s.arg(route.method, route.path), mark(route.access == AccessClass::Public),
                              mark(route.access != AccessClass::Admin), mark(true)});
    if (table.rows.empty())
        draft.missing(Text::tr("No route list yet: import an OpenAPI file, a HAR recording or a Postman collection."));
    draft.paragraph(Text::tr("As intended by the route list. The lines below say what was proven."));
    draft.add(std::move(table));
    handover::listChecks(
        draft, input.project,
        {u"access.unauthenticated"_s, u"access.roles"_s, u"access.admin-separation"_s, u"access.tenant-isolation"_s});
}

void writeAuthFlowMap(Draft &draft, const HandoverInput &input)
{
    draft.paragraph(Text::tr("Sign-in from start to end, and what was proven about each step."));
    draft.heading(Text::tr("Getting in"), 3);
    handover::listChecks(draft, input.project,
                         {u"access.login-flow"_s, u"access.enumeration"_s, u"access.reset-link"_s, u"access.invite"_s});
    draft.heading(Text::tr("While signed in"), 3);
    handover::listChecks(draft, input.project,
                         {u"http.cookies"_s, u"access.session-expiry"_s, u"access.refresh-token"_s, u"access.roles"_s});
    draft.heading(Text::tr("Getting out, or being refused"), 3);
    handover::listChecks(draft, input.project,
                         {u"access.logout"_s, u"access.forged-token"_s, u"access.unauthenticated"_s});
}

void writeTestSet(Draft &draft, const HandoverInput &input)
{
    draft.paragraph(Text::tr("Repeat these after each release. Each one must be refused or must work as it says."));
    handover::listChecks(draft, input.project,
                         {u"access.login-flow"_s, u"access.logout"_s, u"access.reset-link"_s, u"access.invite"_s,
                          u"access.unauthenticated"_s, u"access.forged-token"_s, u"access.tenant-isolation"_s,
                          u"access.roles"_s});
    QStringList commands;
    for (const Route &route : routesOnTarget(input.project))
        if (route.access != AccessClass::Public && route.method == "GET"_L1) {
            const QString host = route.host.isEmpty() ? input.project.settings.target.domain : route.host;
            commands << u"curl -s -o /dev/null -w '%{http_code}\\n' 'https://%1%2'"_s.arg(host, route.path);
        }
    if (commands.isEmpty())
        draft.missing(Text::tr("No private route is known: import a route list to get a command for each."));
    else
        draft.add(CodeBlock{Text::tr("Private routes, asked without signing in: expect 401 or 403 from each"),
                            commands.join(u'\n')});
}

void writeRateLimitPolicy(Draft &draft, const HandoverInput &input)
{
    Table table;
    table.header = {Text::tr("Type of route"), Text::tr("Start with"), Text::tr("What a caller gets beyond it")};
    const QString refusal = Text::tr("status 429 with Retry-After");
    table.rows = {
        {Text::tr("Sign-in"), Text::tr("5 tries a minute for one account and for one address"), refusal},
        {Text::tr("Sign-up, reset, invitation"), Text::tr("3 an hour for one address"), refusal},
        {Text::tr("Chat and AI"), Text::tr("20 a minute for one user, and a daily cap on cost"), refusal},
        {Text::tr("Uploads and exports"), Text::tr("10 an hour for one user"), refusal},
        {Text::tr("Webhooks"), Text::tr("60 a minute for one sender, signed only"), refusal},
        {Text::tr("Everything else"), Text::tr("120 a minute for one user"), refusal},
    };
    draft.paragraph(Text::tr("A starting point to adjust to your traffic; what was measured stands below."));
    draft.add(std::move(table));
    handover::listChecks(draft, input.project,
                         {u"abuse.rate-limit"_s, u"abuse.lockout"_s, u"abuse.timeouts"_s, u"abuse.spend-cap"_s});
}

void writeAiTestPack(Draft &draft, const HandoverInput &input)
{
    draft.paragraph(Text::tr("Repeat these after each change of the model, the prompt or the tools."));
    handover::listChecks(draft, input.project,
                         {u"ai.injection"_s, u"ai.system-prompt"_s, u"ai.exfiltration"_s, u"ai.tenant-leak"_s,
                          u"ai.tool-abuse"_s, u"ai.tool-approval"_s, u"ai.jailbreak"_s, u"ai.upload"_s,
                          u"ai.output-handling"_s, u"ai.escalation"_s, u"ai.cost"_s, u"ai.prompt-content"_s});
}

} // namespace cockpit::deliverables
