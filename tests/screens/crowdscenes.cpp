// Who can do what in a product with many routes and accounts that is not on this computer: from a permission that is
// yet to be given to one that has expired.
#include "tests/screens/camera.h"

#include "models/projectstore.h"
#include "ui/widgets/page.h"

#include <QJsonArray>
#include <QTableView>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kRoutes = 60;
constexpr std::array kRoles{"admin", "member", "viewer", "billing", "support"};

std::vector<TestActor> manyAccounts()
{
    std::vector<TestActor> actors;
    for (const QString &tenant : {u"Acme"_s, u"Wolfeschlegelsteinhausen Logistics"_s}) {
        for (const char *role : kRoles) {
            TestActor actor;
            actor.id = newActorId();
            actor.role = QString::fromLatin1(role);
            actor.name = u"%1 of %2"_s.arg(actor.role, tenant);
            actor.tenant = tenant;
            actor.userName = actor.role + u"@test.example"_s;
            actor.signIn.kind = SignInKind::BearerToken;
            actors.push_back(actor);
        }
    }
    return actors;
}

std::vector<Route> manyRoutes()
{
    constexpr std::array methods{"GET", "POST", "PATCH", "DELETE"};
    std::vector<Route> routes;
    for (int i = 0; i < kRoutes; ++i) {
        Route route;
        route.method = QString::fromLatin1(methods[static_cast<std::size_t>(i) % methods.size()]);
        route.path = i == 2 ? u"/api/v2/organisations/{organisation}/workspaces/{workspace}/invoices/{id}/attachments"_s
                            : u"/api/v2/things-%1/{id}"_s.arg(i);
        route.access = i % 7 == 0 ? AccessClass::Admin : AccessClass::SignedIn;
        route.host = i > 55 ? u"left.example"_s : QString(); // of a host that the project does not have
        routes.push_back(route);
    }
    return routes;
}

QJsonObject cellSeen(const char *role, const char *wanted, const char *seen, int status)
{
    return {{u"actor"_s, QString::fromLatin1(role) + u" of Acme"_s},
            {u"role"_s, QString::fromLatin1(role)},
            {u"wanted"_s, QString::fromLatin1(wanted)},
            {u"seen"_s, QString::fromLatin1(seen)},
            {u"status"_s, status},
            {u"why"_s, u"The answer had the invoice of another customer."_s}};
}

QJsonArray seenIn(const std::vector<Route> &routes)
{
    QJsonArray rows;
    for (std::size_t i = 0; i < routes.size(); i += 2) {
        QJsonArray cells{cellSeen("admin", "allowed", "allowed", 200),
                         cellSeen("viewer", "allowed", i % 6 == 0 ? "denied" : "allowed", 403),
                         cellSeen("member", "denied", i % 4 == 0 ? "allowed" : "denied", 200)};
        rows.append(QJsonObject{
            {u"method"_s, routes[i].method}, {u"path"_s, routes[i].path}, {u"host"_s, u""_s}, {u"cells"_s, cells}});
    }
    return rows;
}

Finding crossingFinding()
{
    Finding finding;
    finding.checkId = u"access.tenant-isolation"_s;
    finding.code = u"crosses"_s;
    finding.severity = Severity::Critical;
    finding.proof = Proof::Proven;
    finding.impact = Impact::DataExposure;
    finding.title = u"A customer can read another company's invoices"_s;
    finding.whatWeSaw = u"GET /api/v2/things-4/1043 answered the member of Wolfeschlegelsteinhausen Logistics with the "
                        "invoice of Acme."_s;
    finding.whyItMatters = u"One curious customer can read everyone's invoices by counting upwards."_s;
    finding.fix.steps = {u"On the server, look the invoice up by id and company of the signed-in user together."_s,
                         u"Answer 404 otherwise."_s};
    finding.fix.aiPrompt = u"Look every record up by its id and the tenant of the signed-in user."_s;
    finding.evidence = {
        {u"GET https://app.tidy-ops.example/api/v2/things-4/1043 (member of Wolfeschlegelsteinhausen Logistics)"_s,
         u"Authorization: Bearer \u2022\u2022\u2022\u2022\n\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n"
         "{\"id\":1043,\"company\":\"\u2022\u2022\u2022\u2022\",\"total\":1200,\"lines\":[{\"text\":\"a long line that "
         "has no "
         "end and no break in it for a hundred characters or more\"}]}\n\n"
         "curl -sS -H \"Authorization: Bearer $TOKEN\" 'https://app.tidy-ops.example/api/v2/things-4/1043'"_s}};
    finding.effortMinutes = 45;
    return finding;
}

// One fault at many routes: the page of risks tells it once.
std::vector<Finding> faultOfManyRoutes(const std::vector<Route> &routes)
{
    constexpr std::size_t kMost = 12;
    std::vector<Finding> findings;
    for (std::size_t at = 0; at < std::min(kMost, routes.size()); ++at) {
        Finding finding;
        finding.checkId = u"abuse.schema"_s;
        finding.code = u"crash"_s;
        finding.host = u"app.tidy-ops.example"_s;
        finding.subject = routes[at].method + u' ' + routes[at].path;
        finding.severity = Severity::Medium;
        finding.impact = Impact::Downtime;
        finding.proof = Proof::Proven;
        finding.title = u"A route breaks when it is sent the wrong kind of value"_s;
        finding.whatWeSaw = u"%1 answered 500 to a number where a text is expected."_s.arg(finding.subject);
        finding.effortMinutes = 20;
        findings.push_back(finding);
    }
    return findings;
}

Run attackRun(const std::vector<Route> &routes, const QString &roadmap)
{
    CheckResult roles;
    roles.checkId = u"access.roles"_s;
    roles.outcome = Outcome::Pass;
    roles.summary = u"Some cells do not match the rules."_s;
    roles.observed = {{u"matrix"_s, seenIn(routes)}};
    CheckResult crossing;
    crossing.checkId = u"access.tenant-isolation"_s;
    crossing.outcome = Outcome::Fail;
    crossing.findings = {crossingFinding()};
    crossing.summary = crossing.findings.front().title;
    CheckResult schema;
    schema.checkId = u"abuse.schema"_s;
    schema.outcome = Outcome::Warn;
    schema.findings = faultOfManyRoutes(routes);
    schema.summary = schema.findings.front().title;
    Run run;
    run.started = QDateTime::currentDateTimeUtc().addSecs(-90);
    run.finished = run.started.addSecs(60);
    run.roadmapId = roadmap;
    run.results = {roles, crossing, schema};
    return run;
}

Result<void> writeCrowd(const QString &path, const ProjectSettings &settings)
{
    const auto store = ProjectStore::create(path, settings);
    if (!store)
        return tl::unexpected(store.error());
    const std::vector<Route> routes = manyRoutes();
    if (auto saved = (*store)->saveRoutes(routes); !saved)
        return saved;
    if (auto saved = (*store)->saveActors(manyAccounts()); !saved)
        return saved;
    if (auto saved = (*store)->saveRun(attackRun(routes, settings.roadmapId)); !saved)
        return tl::unexpected(saved.error());
    return {};
}

Permission permissionOf(int daysOld, const Target &target, const QString &token)
{
    Permission permission;
    permission.token = token;
    const QDateTime then = QDateTime::currentDateTimeUtc().addDays(-daysOld);
    permission.proof = ControlProof{ControlMethod::TxtRecord, target.domain, then};
    return withAgreement(permission, target, u"Dana"_s, then).value_or(permission);
}

} // namespace

bool Camera::shootCrowd()
{
    const QString path = m_scratch.filePath(u"crowd.cockpit"_s);
    ProjectSettings settings = m_company.settings();
    settings.target = {u"tidy-ops.example"_s,
                       {{HostRole::Site, u"tidy-ops.example"_s, 443}, {HostRole::App, u"app.tidy-ops.example"_s, 443}}};
    settings.name = u"Tidy Ops"_s;
    if (const auto written = writeCrowd(path, settings); !written) {
        std::fprintf(stderr, "%s\n", qPrintable(written.error().message));
        return false;
    }
    m_session.openProject(path, OpenMode::ReadWrite);
    if (!waitForProject(path))
        return false;
    m_window.showPage(pages::kAccess);
    shoot(u"crowd-access"_s);
    if (!shootDialog(u"permissionNext"_s, u"dialog-consent-proof"_s) ||
        !shootDialog(u"testAccounts"_s, u"dialog-accounts-many"_s))
        return false;
    auto *matrix = currentPage()->findChild<QTableView *>(u"accessMatrix"_s);
    m_session.setPermission(permissionOf(1, settings.target, m_session.controlToken()));
    matrix->setCurrentIndex(matrix->model()->index(4, 2));
    shoot(u"crowd-access-allowed"_s);
    matrix->scrollToBottom();
    m_session.setPermission(permissionOf(8, settings.target, m_session.controlToken()));
    shoot(u"crowd-access-expired"_s);
    m_window.showPage(pages::kRisks);
    const auto foundBy = [this](const QString &checkId) {
        return std::ranges::find(m_session.risks(), checkId, [](const Risk &risk) { return risk.finding.checkId; })
            ->finding.id();
    };
    if (!currentPage()->select(foundBy(u"access.tenant-isolation"_s)))
        return false;
    shoot(u"crowd-risks-fault"_s);
    if (!press(u"evidence"_s))
        return false;
    shoot(u"crowd-risks-proof"_s);
    if (!currentPage()->select(foundBy(u"abuse.schema"_s)))
        return false;
    shoot(u"crowd-risks-fault-open"_s);
    m_session.setActors({});
    m_session.setRoutes({});
    m_window.showPage(pages::kAccess);
    shoot(u"crowd-access-nothing"_s);
    return shootDialog(u"testAccounts"_s, u"dialog-accounts-none"_s);
}

} // namespace cockpit
