#include "checks/http/errorpages.h"

#include "checks/engine/lookgaps.h"
#include "checks/http/exchange.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "models/wordtable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ErrorPages)
};

constexpr std::array kProvocations{
    WordRow<Provocation>{Provocation::NotFound, "not_found"},
    WordRow<Provocation>{Provocation::NotFoundInApi, "not_found_in_api"},
    WordRow<Provocation>{Provocation::BadRequest, "bad_request"},
    WordRow<Provocation>{Provocation::WrongMethod, "wrong_method"},
    WordRow<Provocation>{Provocation::Front, "front"},
};

constexpr int kFirstError = 400;

struct Shown
{
    const ErrorAnswer *page = nullptr;
    std::vector<PageLeak> leaks;
};

// A refusal of a firewall is its own page, and a broken server is what we look for.
bool isObstacle(const ErrorAnswer &one)
{
    const auto obstacle = obstacleIn(one.answer);
    return obstacle == Obstacle::Challenge || obstacle == Obstacle::TooManyRequests;
}

std::vector<Shown> pagesWithErrors(const std::vector<ErrorAnswer> &answers, const std::vector<PageLeakRule> &rules)
{
    std::vector<Shown> pages;
    for (const ErrorAnswer &one : answers) {
        if (one.answer.status >= kFirstError && !isObstacle(one))
            pages.push_back({&one, leaksIn(one.answer.body, rules)});
    }
    return pages;
}

struct Verdict
{
    QString code;
    Severity severity;
    Impact impact;
    QString title;
};

Verdict verdictOn(PageLeakKind kind)
{
    switch (kind) {
    case PageLeakKind::Debug:
        return {u"debug_page"_s, Severity::High, Impact::DataExposure,
                Text::tr("Your error pages are those for developers")};
    case PageLeakKind::Trace:
        return {u"stack_trace"_s, Severity::Medium, Impact::DataExposure,
                Text::tr("Your error pages show the inside of your program")};
    case PageLeakKind::Database:
        return {u"database_message"_s, Severity::Medium, Impact::DataExposure,
                Text::tr("Your error pages repeat what the database says")};
    case PageLeakKind::Path:
        return {u"server_path"_s, Severity::Low, Impact::Maintainability,
                Text::tr("Your error pages name folders of your server")};
    case PageLeakKind::Version:
        return {u"version_on_page"_s, Severity::Low, Impact::Maintainability,
                Text::tr("Your error pages name the version of your software")};
    }
    Q_UNREACHABLE();
}

Finding leakFinding(const ErrorAnswer &page, const PageLeak &leak)
{
    const Verdict verdict = verdictOn(leak.kind);
    Finding finding = makeFinding(
        verdict.code, verdict.severity, Proof::Proven, verdict.impact, verdict.title,
        Text::tr("%1 answers with status %2 and shows %3: \"%4\".")
            .arg(page.answer.url.toDisplayString(), QString::number(page.answer.status), leak.name, leak.shown));
    finding.evidence = {exchangeOf(page.answer, page.method)};
    finding.effortMinutes = 30;
    return finding;
}

// One finding a kind, from the first page that shows it. Where the page for developers is on, traces and folders on it
// say nothing new.
std::vector<Finding> findingsFor(const std::vector<Shown> &pages)
{
    std::map<PageLeakKind, Finding> byKind;
    for (const Shown &page : pages) {
        for (const PageLeak &leak : page.leaks)
            byKind.try_emplace(leak.kind, leakFinding(*page.page, leak));
    }
    if (byKind.contains(PageLeakKind::Debug)) {
        byKind.erase(PageLeakKind::Trace);
        byKind.erase(PageLeakKind::Path);
    }
    std::vector<Finding> findings;
    findings.reserve(byKind.size());
    for (auto &[kind, finding] : byKind)
        findings.push_back(std::move(finding));
    return findings;
}

QJsonArray observedPages(const std::vector<ErrorAnswer> &answers, const std::vector<Shown> &pages)
{
    QJsonArray rows;
    for (const ErrorAnswer &one : answers) {
        QJsonArray leaks;
        for (const Shown &page : pages) {
            for (const PageLeak &leak : page.page == &one ? page.leaks : std::vector<PageLeak>())
                leaks.append(QJsonObject{{u"rule"_s, leak.ruleId}, {u"kind"_s, toWord(leak.kind)}});
        }
        rows.append(QJsonObject{{u"url"_s, one.answer.url.toDisplayString()},
                                {u"method"_s, QString::fromLatin1(one.method)},
                                {u"status"_s, one.answer.status},
                                {u"kind"_s, toWord(one.how)},
                                {u"leaks"_s, leaks}});
    }
    return rows;
}

Judged look(const Look &look)
{
    const auto rules = loadPageLeakRules();
    if (!rules)
        return couldNotLook(rules.error());
    const QString word = probeWord(look.host->name + look.startedAt.toString(Qt::ISODateWithMs));
    const std::vector<ErrorQuestion> asked = errorQuestions(*look.host, word);
    std::vector<HttpGet> questions;
    questions.reserve(asked.size());
    for (const ErrorQuestion &question : asked)
        questions.push_back(question.get);
    const auto replies = look.seen.askAll(questions);
    std::vector<ErrorAnswer> answers;
    answers.reserve(replies.size());
    for (size_t i = 0; i < replies.size(); ++i) {
        if (*replies[i])
            answers.push_back({asked[i].how, asked[i].get.method, **replies[i]});
    }
    if (answers.empty())
        return couldNotLook(replies.front()->error());
    return judgeErrorPages(answers, *rules, static_cast<int>(replies.size() - answers.size()));
}

// What keeps a look without findings from being a pass.
QString reasonFor(const std::vector<Shown> &pages, int heldBack)
{
    if (heldBack > 0) {
        return Text::tr("%n request(s) that lead to error pages got no answer, or a limit or a test for robots in its "
                        "place. Check again later.",
                        nullptr, heldBack);
    }
    if (pages.empty()) {
        return Text::tr("The server answers every address as if the page were there, so that no error page could be "
                        "looked at.");
    }
    return {};
}

} // namespace

QString toWord(Provocation value)
{
    return wordOf(kProvocations, value);
}

std::vector<ErrorQuestion> errorQuestions(const Host &host, const QString &word)
{
    // A percent sign before what is no UTF-8: routers of many frameworks fail on it (status 400).
    QUrl broken = httpsAddress(host, u"/"_s);
    broken.setPath(u"/%ff%fe"_s, QUrl::TolerantMode);
    return {{Provocation::NotFound, HttpGet{httpsAddress(host, u'/' + word)}},
            {Provocation::NotFoundInApi, HttpGet{httpsAddress(host, u"/api/"_s + word)}},
            {Provocation::BadRequest, HttpGet{broken}},
            // Safe by its registration (RFC 4918 section 9.1), and unknown to almost every product.
            {Provocation::WrongMethod,
             HttpGet{.url = httpsAddress(host), .method = "PROPFIND", .headers = {{"Depth", "0"}}}},
            {Provocation::Front, HttpGet{httpsAddress(host)}}};
}

Judged judgeErrorPages(const std::vector<ErrorAnswer> &answers, const std::vector<PageLeakRule> &rules, int unanswered)
{
    if (std::ranges::all_of(answers, isObstacle))
        return couldNotVerify(*obstacleIn(answers.front().answer), answers.front().answer);
    const std::vector<Shown> pages = pagesWithErrors(answers, rules);
    QJsonObject observed = observedOf(answers.front().answer, {"content-type"});
    observed.insert(u"pages"_s, observedPages(answers, pages));
    const int heldBack = unanswered + static_cast<int>(std::ranges::count_if(answers, isObstacle));
    observed.insert(u"held_back"_s, heldBack);
    std::vector<Finding> findings = findingsFor(pages);
    QString summary = Text::tr("%n error page(s) looked at", nullptr, static_cast<int>(pages.size()));
    if (pages.empty())
        summary = Text::tr("No request led to an error page");
    Judged judged =
        concluded(std::move(findings), summary, observed, {exchangeOf(answers.front().answer, answers.front().method)});
    leaveOpen(judged, anyBehind({reasonFor(pages, heldBack)}));
    return judged;
}

Check errorPagesCheck()
{
    return {.id = u"http.error-pages"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Maintainability},
            .needs = {},
            .look = look};
}

} // namespace cockpit
