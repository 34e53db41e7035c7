#include "app/practice/practicedesk.h"

#include "app/practice/names.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

// A block ends soon, as nobody here has a minute to wait.
constexpr TryLimits kShortLimits{.perAccount = 8, .perAddress = 15, .heldFor = std::chrono::seconds(3)};

const QByteArray kForm = "application/x-www-form-urlencoded";

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

QString address(const QByteArray &path)
{
    return u"https://"_s + text(kDeskHost + path);
}

// Invoices are made up and can be removed again; one's own name can be put back.
bool isSafeToWrite(const DeskRouteLine &line)
{
    static const std::array<QByteArray, 4> safe{"/invoices", "/invoices/{id}", "/account", "/graphql"};
    return line.writes && std::ranges::find(safe, line.path) != safe.end();
}

SignIn deskSignIn()
{
    SignIn how;
    how.kind = SignInKind::Form;
    how.url = address("/login");
    how.contentType = kForm;
    how.bodyTemplate = u"email={{user}}&password={{password}}&csrf_token={{csrf}}"_s;
    how.csrfSource = address("/login");
    how.logoutMethod = u"POST"_s;
    how.logoutUrl = address("/logout");
    return how;
}

struct Recorded
{
    const char *path;
    QByteArray contentType;
    const char *body;
};

// As a browser sent them.
const std::vector<Recorded> &recorded()
{
    static const QByteArray json = "application/json";
    static const std::vector<Recorded> all{
        {"/invoices", kForm, "csrf_token=x&memo=Bread+and+rolls&amount_cents=1250"},
        {"/invoices/{id}", kForm, "csrf_token=x&memo=Bread+and+rolls"},
        {"/account", kForm, "csrf_token=x&name=Alex+Moreau"},
        {"/forgot", kForm, "csrf_token=x&email=person%40example.com"},
        {"/graphql", json, R"({"query":"{ me { id name email tenantId } }"})"},
        {"/graphql", json, R"({"query":"{ invoices { id memo status } }"})"},
        {"/graphql", json,
         R"({"query":"query($id: ID!) { node(id: $id) { ... on Invoice { id memo } } }","variables":{"id":"x"}})"},
        {"/graphql", json,
         R"({"query":"query($tenantId: Int) { invoices(tenantId: $tenantId) { id memo } }","variables":{"tenantId":1}})"},
        {"/graphql", json,
         R"({"query":"mutation($id: ID!, $memo: String!) { updateInvoice(id: $id, memo: $memo) { id memo } }",)"
         R"("variables":{"id":"x","memo":"Paper"}})"},
        {"/graphql", json,
         R"({"query":"mutation($id: ID!) { deleteInvoice(id: $id) { ok } }","variables":{"id":"x"}})"},
        {"/graphql", json,
         R"({"query":"mutation($email: String!, $password: String!) )"
         R"({ login(email: $email, password: $password) { ok } }",)"
         R"("variables":{"email":"person@example.com","password":"as it was typed"}})"},
    };
    return all;
}

} // namespace

FaultSet<DeskFault> practiceDeskFaults()
{
    using enum DeskFault;
    return {CrossExport,     FileUnsigned,       GraphQlNode,   GraphQlAliasesUnlimited,   MethodOverride, MassRole,
            SessionFixation, LogoutKeepsSession, SignOnUnbound, SignOnRedirectByBeginning, SqlError};
}

PracticeDesk::PracticeDesk(const FaultSet<DeskFault> &faults)
    : m_desk({.faults = faults, .host = kDeskHost, .limits = kShortLimits}),
      m_cache([this](const PageRequest &request) { return m_desk.answer(request); })
{
    m_cache.setKeepsByExtension(true);
    for (const PracticeAccount &account : crewOf(m_desk)) {
        m_keepers.push_back(
            keeperOf(account, deskSignIn(), u"practice-desk-"_s + account.id, Text::tr("desk", "a product")));
        m_keepers.back().actor.whoAmIUrl = address("/account");
    }
}

std::vector<Route> PracticeDesk::routes() const
{
    std::vector<Route> routes;
    for (const DeskRouteLine &line : m_desk.routes()) {
        routes.push_back({.method = text(line.method),
                          .path = text(line.path),
                          .access = fromWord<AccessClass>(text(line.access)).value_or(AccessClass::SignedIn),
                          .host = text(kDeskHost),
                          .safeToWrite = isSafeToWrite(line),
                          .source = Text::tr("practice company")});
    }
    return routes;
}

std::vector<RouteSample> PracticeDesk::samples() const
{
    std::vector<RouteSample> samples;
    for (const Recorded &one : recorded())
        samples.push_back(
            {u"POST"_s, QString::fromLatin1(one.path), text(kDeskHost), one.contentType, QByteArray(one.body), {}});
    return samples;
}

} // namespace cockpit
