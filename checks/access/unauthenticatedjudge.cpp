#include "checks/access/unauthenticated.h"

#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Unauthenticated)
};

constexpr int kLongestExcerpt = 400;

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
    if (admission == Admission::Unclear && one.answer.status == 200 && isPage(one.answer) && fromProject)
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
    int untold = 0;   // obstacles and answers that do not tell
    int notFound = 0; // of the untold: 404
    int bare = 0;     // the shell of the app, an empty list: nothing private was handed out, but nothing refused either
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
        else if (admission == Admission::Denied)
            ++tally.denied;
        else if (admission == Admission::Shell || admission == Admission::Empty)
            ++tally.bare;
        else
            ++tally.untold;
        tally.notFound += one.answer.status == 404 ? 1 : 0;
    }
    return tally;
}

// What would make the untold ones tell.
QString adviceFor(const Tally &tally)
{
    if (tally.notFound == 0)
        return Text::tr("%n private address(es) gave an answer that does not tell. Check again when the server "
                        "answers all of them.",
                        nullptr, tally.untold);
    return Text::tr("%n private address(es) answered \"not found\" (404), which does not tell whether strangers are "
                    "refused. Name addresses of records that exist, like /invoices/17 for /invoices/{id}.",
                    nullptr, tally.notFound);
}

QString whyNothingTells(const Tally &tally)
{
    return tally.notFound > 0
               ? adviceFor(tally)
               : Text::tr("None of your private routes gave an answer that tells. Add routes that can be read (GET).");
}

} // namespace

Judged judgeUnauthenticated(const RouteLook &look)
{
    Tally tally = tallyOf(look);
    const QJsonObject observed{{u"asked"_s, tally.rows},
                               {u"not_tested"_s, QJsonArray::fromStringList(look.notTested)},
                               {u"source"_s, look.fromProject ? u"routes"_s : u"well_known"_s},
                               {u"mined"_s, look.mined}};
    if (tally.findings.empty() && tally.denied == 0) {
        Judged judged = notRun(look.fromProject ? whyNothingTells(tally) : labelOf(Need::Routes));
        judged.observed = observed;
        return judged;
    }
    QString summary = Text::tr("%n private address(es) refuse strangers", nullptr, tally.denied);
    if (tally.untold + tally.bare > 0)
        summary += Text::tr(", %n do not tell", nullptr, tally.untold + tally.bare);
    std::vector<Evidence> evidence;
    for (const AskedRoute &one : look.asked)
        evidence.push_back(evidenceOf(one.answer));
    Judged judged = concluded(std::move(tally.findings), summary, observed, std::move(evidence));
    if (look.fromProject && judged.outcome == Outcome::Pass && tally.untold > 0) {
        // A route that was not answered is not known to be closed.
        judged.outcome = Outcome::Info;
        judged.reason = adviceFor(tally);
    }
    if (!look.fromProject && judged.outcome == Outcome::Pass) {
        // A few guesses that were refused do not prove that every private route is.
        judged.outcome = Outcome::Info;
        judged.reason = labelOf(Need::Routes);
    }
    return judged;
}

} // namespace cockpit
