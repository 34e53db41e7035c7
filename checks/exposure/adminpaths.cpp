#include "checks/exposure/adminpaths.h"

#include "checks/engine/lookgaps.h"
#include "checks/exposure/baseline.h"
#include "checks/exposure/pathreport.h"
#include "checks/web/address.h"
#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"
#include "checks/web/report.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AdminPaths)
};

struct Found
{
    const AskedPath *asked = nullptr;
    AdminVerdict verdict = AdminVerdict::Absent;
};

QString subjectOf(const AskedPath &asked)
{
    return asked.rule ? asked.rule->id : asked.path;
}

// An answer that came and cannot be read is as silent as none.
void addUntold(Untold &untold, const AskedPath &asked)
{
    untold.gaps.push_back({.subject = subjectOf(asked)});
    if (!untold.heldBack.contains(asked.path) && !untold.silent.contains(asked.path))
        untold.silent.append(asked.path);
}

// A script that nobody ran here draws what a stranger sees.
QString undecidedWords(const QStringList &paths)
{
    constexpr qsizetype kNamed = 5;
    return Text::tr("%n page(s) of administration draw by their script what a stranger sees, so whether "
                    "they ask for a login is not known, for example %1. Open them in a private window.",
                    nullptr, static_cast<int>(paths.size()))
        .arg(paths.mid(0, kNamed).join(u", "_s));
}

Finding findingOf(const QString &code, Severity severity, Proof proof, const Found &one, const QString &title,
                  const QString &saw)
{
    Finding finding = makeFinding(code, severity, proof,
                                  one.asked->rule ? one.asked->rule->impact : Impact::DataExposure, title, saw);
    finding.subject = subjectOf(*one.asked);
    finding.evidence = {evidenceOf(*one.asked->first)};
    finding.effortMinutes = 60;
    return finding;
}

Finding reachable(const Found &one, const QString &saw)
{
    return findingOf(u"reachable_tool"_s, Severity::Medium, Proof::Proven, one,
                     Text::tr("A tool for insiders can be reached from the internet"), saw);
}

Finding unclear(const Found &one)
{
    const HttpResponse &answer = *one.asked->second;
    const QString where = answer.url.toDisplayString();
    const QString code = u"unclear_admin_page"_s;
    if (!isPage(answer))
        return findingOf(code, Severity::Medium, Proof::Lead, one,
                         Text::tr("An address for administration answers without a login"),
                         Text::tr("%1 answers a stranger with data, and nothing in it shows whose it is. Look whether "
                                  "any of it is private.")
                             .arg(where));
    const auto page = parseHtml(answer.body, answer.url);
    return findingOf(code, Severity::Medium, Proof::Lead, one,
                     Text::tr("A page about administration opens without a login"),
                     page && page->hasPasswordField
                         ? Text::tr("%1 shows a page of its own about administration. It has a field for a password, "
                                    "but does not look like a login. Look whether it shows anything private.")
                               .arg(where)
                         : Text::tr("%1 shows a page of its own about administration and asks for no password. Look "
                                    "whether it shows anything private.")
                               .arg(where));
}

std::optional<Finding> findingFor(const Found &one)
{
    const QString where = one.asked->first->url.toDisplayString();
    const PathRule *tool = one.asked->rule;
    switch (one.verdict) {
    case AdminVerdict::Open:
        return findingOf(u"open_admin"_s, tool ? tool->severity : Severity::Critical, Proof::Proven, one,
                         tool ? tool->title : Text::tr("The administration of your product is open to everyone"),
                         Text::tr("%1 answers a stranger with its content and asks for no login.").arg(where));
    case AdminVerdict::Reachable:
        return reachable(
            one, Text::tr("%1 shows the login page of a tool that only your own network should reach.").arg(where));
    case AdminVerdict::Undecided:
        if (!tool || !tool->isInside)
            return std::nullopt;
        return reachable(one, Text::tr("%1 shows a tool that only your own network should reach. Whether it asks for a "
                                       "login, its script decides: look.")
                                  .arg(where));
    case AdminVerdict::Unclear:
        return unclear(one);
    case AdminVerdict::Absent:
    case AdminVerdict::Locked:
    case AdminVerdict::Untold:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

// One tool, one finding: it often answers at several of its addresses.
void addOnce(std::vector<Finding> &findings, std::optional<Finding> finding)
{
    if (!finding)
        return;
    const bool isKnown = std::ranges::any_of(findings, [&](const Finding &other) {
        return other.code == finding->code && other.subject == finding->subject;
    });
    if (!isKnown)
        findings.push_back(std::move(*finding));
}

QJsonObject rowOf(const Found &one)
{
    return {{u"path"_s, one.asked->path},
            {u"status"_s, one.asked->first->status},
            {u"verdict"_s, toWord(one.verdict)},
            {u"tool"_s, one.asked->rule ? one.asked->rule->id : QString()}};
}

// The project's own administrators' routes stand first: those that take no id.
QStringList pagesFor(const Look &look, const AdminPaths &paths)
{
    QStringList pages;
    for (const Route &route : look.facts.routes) {
        const bool isHere = route.host.isEmpty() || route.host == look.host->name;
        if (isHere && route.access == AccessClass::Admin && onlyReads(route) && !hasHoles(route.path))
            pages.append(route.path);
    }
    constexpr qsizetype kMostOwn = 20;
    pages = pages.mid(0, kMostOwn) + paths.pages;
    pages.removeDuplicates();
    return pages;
}

// The second look (facts 13.1) is at the whole page: a login often stands behind a long head.
void askThemWhole(const Look &look, std::vector<AskedPath> &pages, const std::vector<HttpResponse> &baselines)
{
    std::vector<AskedPath *> there;
    std::vector<HttpGet> questions;
    for (AskedPath &page : pages) {
        if (!page.first || !isHandedOut(page.first->status) || isBaseline(*page.first, baselines))
            continue;
        there.push_back(&page);
        questions.push_back({.url = httpsAddress(*look.host, page.path), .repetition = 1});
    }
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < there.size(); ++i) {
        if (*answers[i])
            there[i]->second = **answers[i];
    }
}

void askPages(const Look &look, PathLook &seen, const QStringList &pages)
{
    std::vector<HttpGet> questions;
    questions.reserve(static_cast<size_t>(pages.size()));
    for (const QString &page : pages)
        questions.push_back(firstBytesOf(httpsAddress(*look.host, page)));
    const auto answers = look.seen.askAll(questions);
    std::vector<AskedPath> asked;
    asked.reserve(answers.size());
    for (size_t i = 0; i < answers.size(); ++i) {
        asked.push_back({pages.at(static_cast<qsizetype>(i)), nullptr, std::nullopt, std::nullopt});
        if (*answers[i])
            asked.back().first = **answers[i];
    }
    askThemWhole(look, asked, seen.baselines);
    std::ranges::move(asked, std::back_inserter(seen.asked));
}

Result<AdminPaths> loadAdminPaths()
{
    const auto json = readRuleFile(u"admin-paths"_s);
    if (!json)
        return tl::unexpected(json.error());
    return parseAdminPaths(*json);
}

Judged look(const Look &look)
{
    static const Result<AdminPaths> paths = loadAdminPaths();
    if (!paths)
        return couldNotLook(paths.error());
    auto seen = lookAtPaths(look, paths->tools, SecondLook::Whole);
    if (!seen)
        return seen.error();
    askPages(look, *seen, pagesFor(look, *paths));
    return judgeAdminPaths(*seen);
}

} // namespace

QString toWord(AdminVerdict value)
{
    switch (value) {
    case AdminVerdict::Absent:
        return u"absent"_s;
    case AdminVerdict::Locked:
        return u"locked"_s;
    case AdminVerdict::Reachable:
        return u"reachable"_s;
    case AdminVerdict::Open:
        return u"open"_s;
    case AdminVerdict::Undecided:
        return u"undecided"_s;
    case AdminVerdict::Unclear:
        return u"unclear"_s;
    case AdminVerdict::Untold:
        return u"untold"_s;
    }
    Q_UNREACHABLE();
}

Result<AdminPaths> parseAdminPaths(const QByteArray &json)
{
    auto tools = parsePathRules(json);
    if (!tools)
        return tl::unexpected(tools.error());
    AdminPaths paths{{}, std::move(*tools)};
    for (const QJsonValue page : QJsonDocument::fromJson(json).object().value("pages"_L1).toArray())
        paths.pages.append(page.toString());
    const bool isUsable = !paths.pages.isEmpty() &&
                          std::ranges::all_of(paths.pages, [](const QString &page) { return page.startsWith(u'/'); });
    if (!isUsable)
        return failure(ErrorKind::BadInput, Text::tr("The list of admin pages is not usable."));
    return paths;
}

Judged judgeAdminPaths(const PathLook &look)
{
    std::vector<Finding> findings;
    QJsonArray rows;
    int locked = 0;
    int there = 0;
    Untold untold = untoldAmong(look.asked, look.baselines);
    untold.gaps.clear(); // findings here go by their subject
    QStringList undecided;
    LookGap byScript;
    for (const AskedPath &asked : look.asked) {
        const Found one{&asked, adminVerdict(asked, look.baselines)};
        if (one.verdict == AdminVerdict::Untold)
            addUntold(untold, asked);
        if (one.verdict == AdminVerdict::Absent || one.verdict == AdminVerdict::Untold)
            continue;
        ++there;
        locked += one.verdict == AdminVerdict::Locked ? 1 : 0;
        if (one.verdict == AdminVerdict::Undecided) {
            undecided.append(asked.path);
            byScript.hides.push_back({.subject = subjectOf(asked), .code = u"open_admin"_s});
        }
        rows.append(rowOf(one));
        addOnce(findings, findingFor(one));
    }
    QJsonArray statuses;
    for (const HttpResponse &baseline : look.baselines)
        statuses.append(baseline.status);
    const QJsonObject observed{
        {u"asked"_s, static_cast<int>(look.asked.size())}, {u"baseline_statuses"_s, statuses}, {u"found"_s, rows}};
    QString summary = Text::tr("No admin page at %n usual address(es)", nullptr, static_cast<int>(look.asked.size()));
    if (there > 0)
        summary = Text::tr("%n admin page(s) found, %1 locked", nullptr, there).arg(locked);
    Judged judged = concluded(std::move(findings), summary, observed, {evidenceOf(look.baselines.front())});
    admitUntold(judged, untold);
    if (judged.outcome != Outcome::Error && !undecided.isEmpty()) {
        byScript.sentence = undecidedWords(undecided);
        leaveOpen(judged, byScript);
    }
    return judged;
}

Check adminPathsCheck()
{
    return {.id = u"exposure.admin-paths"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure},
            .needs = {},
            .look = look};
}

} // namespace cockpit
