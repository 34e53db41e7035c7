#include "checks/access/unauthenticated.h"

#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Unauthenticated)
};

constexpr size_t kMostRoutes = 60;
constexpr int kLongestExcerpt = 400;

// Where products built on common frameworks keep what is private.
constexpr std::array kCommonPaths{"/admin",         "/api/users",       "/api/me",       "/api/user",
                                  "/api/customers", "/api/admin/users", "/api/accounts", "/api/orders",
                                  "/api/invoices",  "/api/v1/users",    "/users",        "/me"};

const Host *hostFor(const Target &target, const Route &route)
{
    if (!route.host.isEmpty()) {
        const auto it = std::ranges::find(target.hosts, route.host, &Host::name);
        return it == target.hosts.end() ? nullptr : &*it;
    }
    for (const HostRole role : {HostRole::Api, HostRole::App, HostRole::Site}) {
        const auto it = std::ranges::find(target.hosts, role, &Host::role);
        if (it != target.hosts.end())
            return &*it;
    }
    return target.hosts.empty() ? nullptr : &target.hosts.front();
}

// /invoices/{id} is asked for as /invoices/1.
QString filledPath(const QString &path)
{
    static const QRegularExpression hole(u"\\{[^}]*\\}|:[A-Za-z_]+"_s);
    QString filled = path;
    filled.replace(hole, u"1"_s);
    return filled.startsWith(u'/') ? filled : u'/' + filled;
}

bool onlyReads(const Route &route)
{
    return route.method == "GET"_L1 || route.method == "HEAD"_L1;
}

std::vector<Route> commonRoutes(const Target &target)
{
    std::vector<Route> routes;
    for (const Host &host : target.hosts) {
        if (host.role == HostRole::Mail || host.role == HostRole::Www)
            continue;
        for (const char *path : kCommonPaths) {
            Route route;
            route.path = QString::fromLatin1(path);
            route.host = host.name;
            routes.push_back(route);
        }
    }
    return routes;
}

void askBaselines(const Look &look, RouteLook &result, const QStringList &hosts)
{
    std::vector<HttpGet> questions;
    for (const Host &host : look.target.hosts) {
        if (!hosts.contains(host.name))
            continue;
        const QString word = probeWord(host.name + look.startedAt.toString(Qt::ISODateWithMs));
        questions.push_back(HttpGet{httpsAddress(host, u'/' + word)});
        questions.push_back(HttpGet{httpsAddress(host, u"/api/"_s + word)});
    }
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer)
            result.baselines.push_back(**answer);
    }
}

struct Asked
{
    std::vector<Route> routes;
    std::vector<HttpGet> questions;
    QStringList hosts;
};

Asked questionsFor(const Look &look, RouteLook &result, const std::vector<Route> &routes)
{
    Asked asked;
    for (const Route &route : routes) {
        if (route.access == AccessClass::Public)
            continue;
        const Host *host = hostFor(look.target, route);
        if (!onlyReads(route) || !host || asked.routes.size() >= kMostRoutes) {
            result.notTested.append(route.method + u' ' + route.path);
            continue;
        }
        asked.routes.push_back(route);
        asked.questions.push_back(
            HttpGet{.url = httpsAddress(*host, filledPath(route.path)), .method = route.method.toLatin1()});
        if (!asked.hosts.contains(host->name))
            asked.hosts.append(host->name);
    }
    return asked;
}

Judged look(const Look &look)
{
    RouteLook result;
    result.fromProject =
        std::ranges::any_of(look.facts.routes, [](const Route &r) { return r.access != AccessClass::Public; });
    const Asked asked = questionsFor(look, result, result.fromProject ? look.facts.routes : commonRoutes(look.target));
    askBaselines(look, result, asked.hosts);
    const auto answers = look.seen.askAll(asked.questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        if (*answers[i])
            result.asked.push_back({asked.routes[i], **answers[i]});
    }
    if (result.asked.empty() && !answers.empty())
        return couldNotLook(answers.front()->error());
    return judgeUnauthenticated(result);
}

// A masked line is proof enough; records of people do not belong into a report.
QString excerpt(const PrivateData &data, const HttpResponse &answer)
{
    if (!data.isPersonal())
        return quoted(answer.body, kLongestExcerpt);
    return Text::tr("%n record(s) with the fields: %1. The values are left out.", nullptr, data.records)
        .arg(quoted(data.fields.join(", "_L1).toUtf8()));
}

Finding open(const AskedRoute &one, const PrivateData &data, bool fromProject)
{
    const QString where = one.route.method + u' ' + one.answer.url.toDisplayString();
    const bool isAdmin = one.route.access == AccessClass::Admin;
    Finding finding = makeFinding(u"open_route"_s, data.isPersonal() || isAdmin ? Severity::Critical : Severity::High,
                                  fromProject ? Proof::Proven : Proof::Strong, Impact::DataExposure,
                                  data.isPersonal() ? Text::tr("Customer data is readable without signing in")
                                                    : Text::tr("A private address answers without signing in"),
                                  Text::tr("%1 answers a stranger with status %2 and data. Wanted: 401 or 403.")
                                      .arg(where)
                                      .arg(one.answer.status));
    finding.host = one.answer.url.host();
    finding.subject = one.route.method + u' ' + one.route.path;
    finding.evidence = {evidenceOf(one.answer), {Text::tr("What came back"), excerpt(data, one.answer)}};
    finding.effortMinutes = 90;
    return finding;
}

Finding pageToLookAt(const AskedRoute &one)
{
    Finding finding = makeFinding(u"page_without_login"_s, Severity::Medium, Proof::Lead, Impact::DataExposure,
                                  Text::tr("A private page opens without a login form"),
                                  Text::tr("%1 answers a stranger with a page of its own that asks for no password. "
                                           "Look whether it shows anything private.")
                                      .arg(one.answer.url.toDisplayString()));
    finding.host = one.answer.url.host();
    finding.subject = one.route.method + u' ' + one.route.path;
    finding.evidence = {evidenceOf(one.answer)};
    return finding;
}

std::optional<Finding> findingFor(const AskedRoute &one, Admission admission, bool fromProject)
{
    const PrivateData data = privateDataIn(one.answer.body);
    if (admission == Admission::Allowed && (fromProject || data.isPersonal()))
        return open(one, data, fromProject);
    const bool isPage = admission == Admission::Unclear && one.answer.status == 200;
    if (isPage && fromProject)
        return pageToLookAt(one);
    return std::nullopt;
}

QJsonObject observedRow(const AskedRoute &one, const QString &verdict)
{
    return {{u"method"_s, one.route.method},
            {u"url"_s, one.answer.url.toDisplayString()},
            {u"access"_s, toWord(one.route.access)},
            {u"status"_s, one.answer.status},
            {u"verdict"_s, verdict}};
}

// 403 is a refusal here, which is what is wanted; the other obstacles tell nothing about the route.
bool isObstructed(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    return obstacle && *obstacle != Obstacle::Refused;
}

struct Tally
{
    int denied = 0;
    int untold = 0; // obstacles and answers that do not tell
    QJsonArray rows;
    std::vector<Finding> findings;
};

Tally tallyOf(const RouteLook &look)
{
    Tally tally;
    for (const AskedRoute &one : look.asked) {
        if (isObstructed(one.answer)) {
            ++tally.untold;
            tally.rows.append(observedRow(one, u"no_answer"_s));
            continue;
        }
        const Admission admission = admissionOf(one.answer, look.baselines);
        tally.rows.append(observedRow(one, toWord(admission)));
        if (auto finding = findingFor(one, admission, look.fromProject))
            tally.findings.push_back(std::move(*finding));
        else if (admission == Admission::Denied && (look.fromProject || one.answer.status != 404))
            ++tally.denied;
        else
            ++tally.untold;
    }
    return tally;
}

} // namespace

Judged judgeUnauthenticated(const RouteLook &look)
{
    Tally tally = tallyOf(look);
    const QJsonObject observed{{u"asked"_s, tally.rows},
                               {u"not_tested"_s, QJsonArray::fromStringList(look.notTested)},
                               {u"source"_s, look.fromProject ? u"routes"_s : u"well_known"_s}};
    if (tally.findings.empty() && tally.denied == 0) {
        Judged judged = notRun(
            look.fromProject
                ? Text::tr("None of your private routes gave an answer that tells. Add routes that can be read (GET).")
                : labelOf(Need::Routes));
        judged.observed = observed;
        return judged;
    }
    QString summary = Text::tr("%n private address(es) refuse strangers", nullptr, tally.denied);
    if (tally.untold > 0)
        summary += Text::tr(", %n do not tell", nullptr, tally.untold);
    std::vector<Evidence> evidence;
    for (const AskedRoute &one : look.asked)
        evidence.push_back(evidenceOf(one.answer));
    Judged judged = concluded(std::move(tally.findings), summary, observed, std::move(evidence));
    if (!look.fromProject && judged.outcome == Outcome::Pass) {
        // A few guesses that were refused do not prove that every private route is.
        judged.outcome = Outcome::Info;
        judged.reason = labelOf(Need::Routes);
    }
    return judged;
}

Check unauthenticatedCheck()
{
    return {.id = u"access.unauthenticated"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {}, // without routes it tries common private addresses
            .look = look};
}

} // namespace cockpit
