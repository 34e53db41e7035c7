#include "checks/access/unauthenticated.h"

#include "checks/net/urlhost.h"
#include "checks/web/htmlpage.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "models/unseen.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(NotTried value)
{
    switch (value) {
    case NotTried::Writes:
        return u"writes"_s;
    case NotTried::NoSeenId:
        return u"no_seen_id"_s;
    case NotTried::OtherHost:
        return u"other_host"_s;
    case NotTried::TooMany:
        return u"too_many"_s;
    }
    Q_UNREACHABLE();
}

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Unauthenticated)
};

constexpr int kForbidden = 403;

// What came back, without a word of it: records of people do not belong into a report, and which those are, the names
// of the fields do not tell for sure.
QString excerpt(const PrivateData &data, const HttpResponse &answer)
{
    if (data.isPersonal())
        return Text::tr("%n record(s) with the fields: %1. The values are left out.", nullptr, data.records)
            .arg(quoted(data.fields.join(", "_L1).toUtf8()));
    const QString type = quoted(answer.header("content-type").value_or("an unnamed type"));
    const auto bytes = static_cast<int>(answer.body.size());
    const QStringList names = fieldNamesIn(answer.body);
    if (names.isEmpty())
        return Text::tr("%n byte(s) of %1. What stands in them is left out.", nullptr, bytes).arg(type);
    return Text::tr("%n byte(s) of %1 with the fields: %2. The values are left out.", nullptr, bytes)
        .arg(type, quoted(names.join(", "_L1).toUtf8()));
}

QString subjectOf(const Route &route)
{
    return route.method + u' ' + route.path;
}

Finding open(const AskedRoute &one, const PrivateData &data, bool isDeclared)
{
    const QString where = one.route.method + u' ' + one.answer.url.toDisplayString();
    const bool isAdmin = one.route.access == AccessClass::Admin;
    Finding finding = makeFinding(u"open_route"_s, data.isPersonal() || isAdmin ? Severity::Critical : Severity::High,
                                  isDeclared ? Proof::Proven : Proof::Strong, Impact::DataExposure,
                                  data.isPersonal() ? Text::tr("Customer data is readable without signing in")
                                                    : Text::tr("A private address answers without signing in"),
                                  Text::tr("%1 answers a stranger with status %2 and data. Wanted: 401 or 403.")
                                      .arg(where)
                                      .arg(one.answer.status));
    finding.host = hostOf(one.answer.url);
    finding.subject = subjectOf(one.route);
    finding.evidence = {evidenceOf(one.answer), {Text::tr("What came back"), excerpt(data, one.answer)}};
    finding.effortMinutes = 90;
    return finding;
}

Finding pageToLookAt(const AskedRoute &one)
{
    const QString where = one.answer.url.toDisplayString();
    const auto page = parseHtml(one.answer.body, one.answer.url);
    Finding finding =
        makeFinding(u"page_without_login"_s, Severity::Medium, Proof::Lead, Impact::DataExposure,
                    Text::tr("A private page opens without a login form"),
                    page && page->hasPasswordField
                        ? Text::tr("%1 answers a stranger with a page of its own. It has a field for a password, but "
                                   "does not look like a login. Look whether it shows anything private.")
                              .arg(where)
                        : Text::tr("%1 answers a stranger with a page of its own that asks for no password. Look "
                                   "whether it shows anything private.")
                              .arg(where));
    finding.host = hostOf(one.answer.url);
    finding.subject = subjectOf(one.route);
    finding.evidence = {evidenceOf(one.answer)};
    return finding;
}

// isDeclared: a person or a document says that the route is private; else its name is all there is.
std::optional<Finding> findingFor(const AskedRoute &one, Admission admission, bool isDeclared)
{
    if (admission == Admission::Allowed) {
        const PrivateData data = privateDataIn(one.answer.body);
        return isDeclared || data.isPersonal() ? std::optional(open(one, data, isDeclared)) : std::nullopt;
    }
    if (admission == Admission::Unclear && one.answer.status == 200 && isPage(one.answer) && isDeclared)
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

// What shields and filters write below a refusal. A product that denies by default writes none of it.
bool isOfFirewall(const HttpResponse &answer)
{
    static constexpr std::array marks{"Attention Required! | Cloudflare",
                                      "error code: 10",
                                      "Generated by cloudfront",
                                      "Reference&#32;&#35;",
                                      "errors.edgesuite.net",
                                      "Incapsula",
                                      "Sucuri",
                                      "The requested URL was rejected. Please consult with your administrator",
                                      "Mod_Security",
                                      "ModSecurity",
                                      "Wordfence"};
    return obstacleIn(answer) == Obstacle::Challenge ||
           std::ranges::any_of(marks, [&](const char *mark) { return answer.body.contains(mark); });
}

// The hosts at which every invented address is refused with a 403 or a test for robots, and the first page, too: a
// firewall does that, or a gateway that knows no address like it. What it says about a real one is no answer of the
// product. Who shows us the first page and refuses the rest denies by default, as Spring Security does.
QStringList blockedHosts(const RouteLook &look)
{
    QStringList blocked;
    QStringList open;
    for (const HttpResponse &invented : look.baselines) {
        const auto obstacle = obstacleIn(invented);
        const bool isRefused = obstacle == Obstacle::Refused || obstacle == Obstacle::Challenge;
        const bool isBlocked = isRefused && (isOfFirewall(invented) || !look.open.contains(hostOf(invented.url)));
        (isBlocked ? blocked : open).append(hostOf(invented.url));
    }
    blocked.removeDuplicates();
    blocked.removeIf([&](const QString &host) { return open.contains(host); });
    return blocked;
}

// Those at which every invented address is refused although the first page is shown. A 403 there does not even tell
// whether the address exists: a store of files says so for whatever it does not have.
QStringList refusingHosts(const RouteLook &look, const QStringList &blocked)
{
    QStringList refusing;
    QStringList telling;
    for (const HttpResponse &invented : look.baselines) {
        const bool isRefused = obstacleIn(invented) == Obstacle::Refused;
        (isRefused ? refusing : telling).append(hostOf(invented.url));
    }
    refusing.removeDuplicates();
    refusing.removeIf([&](const QString &host) { return telling.contains(host) || blocked.contains(host); });
    return refusing;
}

// 403 is a refusal here, which is what is wanted, unless the host gives it to every address; the other obstacles tell
// nothing about the route.
bool isObstructed(const HttpResponse &answer, const QStringList &blocked)
{
    const auto obstacle = obstacleIn(answer);
    return obstacle && (*obstacle != Obstacle::Refused || blocked.contains(hostOf(answer.url)));
}

struct Tally
{
    int denied = 0;
    int likeAny = 0;                          // refused, as any address of the host is
    int untold = 0;                           // obstacles and answers that do not tell
    int notFound = 0;                         // of the untold: 404
    std::optional<HttpResponse> refusal = {}; // of a host that refuses every address
    int bare = 0; // the shell of the app, an empty list: nothing private was handed out, but nothing refused either
    QJsonArray rows;
    std::vector<Finding> findings;
    std::vector<Unseen> unseen; // routes that were asked for and gave no answer to read
};

// A guess that leads nowhere is no open question, where the product has a list of its own.
bool isQuestion(const Route &route, const RouteLook &look)
{
    return !look.fromProject || !route.isGuessed;
}

Tally tallyOf(const RouteLook &look)
{
    Tally tally;
    const InventedAnswers invented(look.baselines);
    const QStringList blocked = blockedHosts(look);
    const QStringList refusing = refusingHosts(look, blocked);
    for (const AskedRoute &one : look.asked) {
        if (look.isOver() || isObstructed(one.answer, blocked)) {
            if (one.answer.status == 403 && !tally.refusal)
                tally.refusal = one.answer;
            tally.untold += isQuestion(one.route, look) ? 1 : 0;
            tally.unseen.push_back({.subject = subjectOf(one.route)});
            tally.rows.append(observedRow(one, u"no_answer"_s));
            continue;
        }
        const Admission admission = admissionOf(one.answer, invented);
        tally.rows.append(observedRow(one, toWord(admission)));
        if (auto finding = findingFor(one, admission, look.fromProject && !one.route.isGuessed))
            tally.findings.push_back(std::move(*finding));
        else if (admission == Admission::Denied)
            ++(one.answer.status == kForbidden && refusing.contains(hostOf(one.answer.url)) ? tally.likeAny
                                                                                            : tally.denied);
        else if (admission == Admission::Shell || admission == Admission::Empty)
            ++tally.bare;
        else
            tally.untold += isQuestion(one.route, look) ? 1 : 0;
        tally.notFound += one.answer.status == 404 && isQuestion(one.route, look) ? 1 : 0;
    }
    for (const Route &route : look.silent) {
        // A private address that the product itself does not list and that says nothing is no open question.
        tally.untold += look.fromProject && !route.isGuessed ? 1 : 0;
        tally.unseen.push_back({.subject = subjectOf(route)});
        tally.rows.append(QJsonObject{{u"method"_s, route.method},
                                      {u"path"_s, route.path},
                                      {u"access"_s, toWord(route.access)},
                                      {u"verdict"_s, u"no_answer"_s}});
    }
    return tally;
}

QJsonArray rowsOf(const std::vector<UntriedRoute> &untried)
{
    QJsonArray rows;
    for (const UntriedRoute &one : untried) {
        rows.append(QJsonObject{{u"method"_s, one.route.method},
                                {u"path"_s, one.route.path},
                                {u"host"_s, one.route.host},
                                {u"why"_s, toWord(one.why)}});
    }
    return rows;
}

QStringList namesOf(const std::vector<UntriedRoute> &untried)
{
    QStringList names;
    for (const UntriedRoute &one : untried)
        names.append(one.route.method + u' ' + one.route.path);
    return names;
}

// Which routes stayed out, and what would let them in.
QString untriedWords(const std::vector<UntriedRoute> &untried)
{
    const auto count = [&](NotTried why) {
        return static_cast<int>(std::ranges::count(untried, why, &UntriedRoute::why));
    };
    QStringList parts;
    if (const int n = count(NotTried::Writes); n > 0)
        parts.append(Text::tr("%n because it would change something", nullptr, n));
    if (const int n = count(NotTried::NoSeenId); n > 0)
        parts.append(Text::tr("%n because no id of a real record is known for it", nullptr, n));
    if (const int n = count(NotTried::OtherHost); n > 0)
        parts.append(Text::tr("%n because its address is not in your list of addresses", nullptr, n));
    if (const int n = count(NotTried::TooMany); n > 0)
        parts.append(Text::tr("%n because there are too many", nullptr, n));
    return parts.join(u", "_s);
}

// What would make the untold ones tell.
QString adviceFor(const Tally &tally)
{
    if (tally.refusal)
        return describe(Obstacle::Refused, *tally.refusal);
    if (tally.notFound == 0)
        return Text::tr("%n private address(es) gave an answer that does not tell. Check again when the server "
                        "answers all of them.",
                        nullptr, tally.untold);
    return Text::tr("%n private address(es) answered \"not found\" (404), which does not tell whether strangers are "
                    "refused. Name addresses of records that exist, like /invoices/17 for /invoices/{id}.",
                    nullptr, tally.notFound);
}

// What keeps a look without findings from being a proof; empty when nothing does.
QString whatIsOpen(const Tally &tally)
{
    QStringList sentences;
    if (tally.untold > 0) // a route that was not answered is not known to be closed
        sentences << adviceFor(tally);
    if (tally.likeAny > 0)
        sentences << Text::tr(
            "%n private address(es) refuse strangers with the status 403, as every address there does, "
            "also one that does not exist. Sign in and look whether they are there.",
            nullptr, tally.likeAny);
    return sentences.join(u' ');
}

QString whyNothingTells(const Tally &tally)
{
    return tally.notFound > 0 || tally.refusal
               ? adviceFor(tally)
               : Text::tr("None of your private routes gave an answer that tells. Add routes that can be read (GET).");
}

} // namespace

Judged judgeUnauthenticated(const RouteLook &look)
{
    Tally tally = tallyOf(look);
    QJsonObject observed{{u"asked"_s, tally.rows},
                         {u"not_tested"_s, QJsonArray::fromStringList(namesOf(look.notTried))},
                         {u"not_tried"_s, rowsOf(look.notTried)},
                         {u"source"_s, look.fromProject ? u"routes"_s : u"well_known"_s},
                         {u"mined"_s, look.mined}};
    noteUnseen(tally.unseen, observed);
    if (tally.findings.empty() && tally.denied + tally.likeAny == 0) {
        QString why = look.fromProject || tally.refusal ? whyNothingTells(tally) : labelOf(Need::Routes);
        if (const QString untried = untriedWords(look.notTried); look.fromProject && !untried.isEmpty())
            why += u' ' + Text::tr("Not tried: %1.").arg(untried);
        Judged judged = notRun(why);
        judged.observed = observed;
        return judged;
    }
    QString summary = Text::tr("%n private address(es) refuse strangers", nullptr, tally.denied + tally.likeAny);
    if (tally.untold + tally.bare > 0)
        summary += Text::tr(", %n do not tell", nullptr, tally.untold + tally.bare);
    if (const QString untried = untriedWords(look.notTried); !untried.isEmpty())
        summary += Text::tr("; not tried: %1").arg(untried);
    std::vector<Evidence> evidence;
    for (const AskedRoute &one : look.asked)
        evidence.push_back(evidenceOf(one.answer));
    Judged judged = concluded(std::move(tally.findings), summary, observed, std::move(evidence));
    const bool isOnlyGuessed =
        std::ranges::all_of(look.asked, [](const AskedRoute &one) { return one.route.isGuessed; });
    if (look.fromProject && judged.outcome == Outcome::Pass && isOnlyGuessed) {
        judged.outcome = Outcome::Info;
        judged.reason =
            Text::tr("Who may call these routes is only guessed from their names. Confirm it in your list of "
                     "routes.");
    } else if (const QString open = whatIsOpen(tally);
               look.fromProject && judged.outcome == Outcome::Pass && !open.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = open;
    }
    if (!look.fromProject && judged.outcome == Outcome::Pass) {
        // A few guesses that were refused do not prove that every private route is.
        judged.outcome = Outcome::Info;
        judged.reason = labelOf(Need::Routes);
    }
    return judged;
}

} // namespace cockpit
