// The desk as a project would have it: its pages, its forms as a browser sent them, its questions of GraphQL, and two
// customers that sign in by a form with an anti-forgery token.
#pragma once

#include "tests/checks/access/shopscene.h"

#include <array>

namespace cockpit::lab {

inline std::vector<RouteSample> deskSamples(const QString &host)
{
    const QByteArray form = "application/x-www-form-urlencoded";
    std::vector<RouteSample> samples{{QStringLiteral("POST"),
                                      QStringLiteral("/invoices"),
                                      host,
                                      form,
                                      "csrf_token=x&memo=Paper&amount_cents=100",
                                      {}}};
    static constexpr std::array kQuestions{
        R"({"query":"{ me { id name email tenantId } }"})",
        R"({"query":"{ invoices { id memo status } }"})",
        R"({"query":"query($id: ID!) { node(id: $id) { ... on Invoice { id memo } } }","variables":{"id":"x"}})",
        R"({"query":"query($tenantId: Int) { invoices(tenantId: $tenantId) { id memo } }","variables":{"tenantId":1}})",
        R"({"query":"mutation($id: ID!, $memo: String!) { updateInvoice(id: $id, memo: $memo) { id memo } }",)"
        R"("variables":{"id":"x","memo":"Paper"}})",
        R"({"query":"mutation($id: ID!) { deleteInvoice(id: $id) { ok } }","variables":{"id":"x"}})"};
    for (const char *question : kQuestions)
        samples.push_back({QStringLiteral("POST"), QStringLiteral("/graphql"), host, "application/json", question, {}});
    return samples;
}

// Invoices may be written.
inline ProjectFacts factsOf(DeskLab &lab)
{
    ProjectFacts facts;
    const QString host = QString::fromLatin1(lab.desk().host());
    for (const DeskRouteLine &line : lab.desk().routes()) {
        Route route;
        route.method = QString::fromLatin1(line.method);
        route.path = QString::fromLatin1(line.path);
        route.host = host;
        route.access = fromWord<AccessClass>(QString::fromLatin1(line.access)).value_or(AccessClass::SignedIn);
        route.safeToWrite = line.writes && (line.path.startsWith("/invoices") || line.path == "/graphql");
        facts.routes.push_back(route);
    }
    facts.samples = deskSamples(host);
    SignIn signIn;
    signIn.kind = SignInKind::Form;
    signIn.url = lab.url("/login").toString();
    signIn.contentType = "application/x-www-form-urlencoded";
    signIn.bodyTemplate = QStringLiteral("email={{user}}&password={{password}}&csrf_token={{csrf}}");
    signIn.csrfSource = lab.url("/login").toString();
    facts.actors = actorsOf(lab.desk(), signIn, lab.url("/account").toString(), {});
    return facts;
}

} // namespace cockpit::lab
