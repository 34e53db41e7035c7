#include "checks/abuse/errorleak.h"
#include "checks/abuse/leaksowed.h"
#include "checks/actors/requestproof.h"
#include "checks/engine/lookgaps.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ErrorLeak)
};

constexpr std::size_t kMostShown = 3;

struct FoundLeak
{
    const ForcedError *error;
    PageLeak leak;
};

struct LeakFault
{
    Severity severity;
    QString title;
};

LeakFault faultOf(PageLeakKind kind)
{
    switch (kind) {
    case PageLeakKind::Debug:
        return {Severity::High, Text::tr("Bad input opens a page for developers")};
    case PageLeakKind::Trace:
        return {Severity::Medium, Text::tr("Bad input shows how the program is built")};
    case PageLeakKind::Database:
        return {Severity::Medium, Text::tr("Bad input shows messages of the database")};
    case PageLeakKind::Path:
        return {Severity::Low, Text::tr("Bad input shows folders of the server")};
    case PageLeakKind::Version:
        return {Severity::Low, Text::tr("Bad input shows which software runs")};
    }
    Q_UNREACHABLE();
}

// What the good answer says as well is content, and what was sent comes back as it is.
bool isNews(const PageLeak &leak, const ForcedError &error, const std::vector<PageLeak> &usual)
{
    const bool isUsual = std::ranges::any_of(usual, [&](const PageLeak &one) { return one.ruleId == leak.ruleId; });
    return !isUsual && !QString::fromUtf8(error.request.body).contains(leak.shown);
}

std::vector<FoundLeak> leaksOf(const ErrorLook &look, const std::vector<PageLeakRule> &rules)
{
    std::vector<FoundLeak> found;
    for (const ForcedError &error : look.errors) {
        const auto leaks = leaksIn(error.answer.body, rules);
        if (leaks.empty())
            continue;
        const auto usual = leaksIn(error.usual, rules);
        for (const PageLeak &leak : leaks) {
            if (isNews(leak, error, usual))
                found.push_back({&error, leak});
        }
    }
    return found;
}

Finding findingOf(const ErrorLook &look, PageLeakKind kind, const std::vector<const FoundLeak *> &cases)
{
    const LeakFault fault = faultOf(kind);
    const FoundLeak &first = *cases.front();
    QString saw = Text::tr("%1 (%2) is answered with status %3 and %4: %5.")
                      .arg(first.error->route, first.error->what, QString::number(first.error->answer.status),
                           first.leak.name, first.leak.shown);
    if (const int more = static_cast<int>(cases.size()) - 1; more > 0)
        saw += u' ' + Text::tr("And %n more answer(s) like it.", nullptr, more);
    saw += u' ' + Text::tr("Wanted: a plain message.");
    Finding finding =
        makeFinding(leakCode(toWord(kind)), fault.severity, Proof::Proven, Impact::DataExposure, fault.title, saw);
    finding.host = hostOf(first.error->answer.url);
    finding.effortMinutes = 45;
    for (std::size_t i = 0; i < std::min(cases.size(), kMostShown); ++i) {
        ActiveRequest shown = cases[i]->error->request;
        constexpr qsizetype kLongestShown = 2000;
        if (shown.body.size() > kLongestShown)
            shown.body = shown.body.left(kLongestShown) + "...";
        Evidence evidence = requestProof(shown, cases[i]->error->answer, {.actor = look.actor, .known = look.known});
        evidence.body += u'\n' + cases[i]->leak.shown;
        finding.evidence.push_back(std::move(evidence));
    }
    return finding;
}

std::vector<Finding> findingsOf(const ErrorLook &look, const std::vector<FoundLeak> &leaks)
{
    std::vector<Finding> findings;
    using enum PageLeakKind;
    for (const PageLeakKind kind : {Debug, Trace, Database, Path, Version}) {
        QStringList hosts;
        for (const FoundLeak &one : leaks) {
            if (one.leak.kind == kind && !hosts.contains(hostOf(one.error->answer.url)))
                hosts.append(hostOf(one.error->answer.url));
        }
        for (const QString &host : hosts) {
            std::vector<const FoundLeak *> cases;
            for (const FoundLeak &one : leaks) {
                if (one.leak.kind == kind && hostOf(one.error->answer.url) == host)
                    cases.push_back(&one);
            }
            findings.push_back(findingOf(look, kind, cases));
        }
    }
    return findings;
}

QJsonObject observedOf(const ErrorLook &look, const std::vector<FoundLeak> &leaks)
{
    std::set<int> statuses;
    for (const ForcedError &error : look.errors)
        statuses.insert(error.answer.status);
    QJsonArray statusRows;
    for (const int status : statuses)
        statusRows.append(status);
    QJsonArray rows;
    for (const FoundLeak &one : leaks)
        rows.append(QJsonObject{{u"route"_s, one.error->route},
                                {u"what"_s, one.error->what},
                                {u"status"_s, one.error->answer.status},
                                {u"usual_status"_s, one.error->usualStatus},
                                {u"kind"_s, toWord(one.leak.kind)},
                                {u"rule"_s, one.leak.ruleId},
                                {u"host"_s, hostOf(one.error->answer.url)}});
    QJsonObject observed{{u"actor"_s, look.actor},
                         {u"errors"_s, static_cast<int>(look.errors.size())},
                         {u"statuses"_s, statusRows},
                         {u"leaks"_s, rows},
                         {u"left_out"_s, QJsonArray::fromStringList(look.without + look.beyond)},
                         {u"requests"_s, look.requests}};
    noteOwed(owedLeaks(look), observed);
    return observed;
}

// Beside what ended it.
QString whyNot(const ErrorLook &look)
{
    if (!look.brokenOff.isEmpty())
        return {};
    return look.good == 0 ? Text::tr("No good request was answered well, so that errors tell nothing. Look at the test "
                                     "accounts and the list of routes.")
                          : Text::tr("No error could be forced. Mark routes as safe to write, so that bad input can be "
                                     "sent.");
}

// All that was broken was answered well. Where nothing was asked for, nothing is known to ask for.
bool hadNothing(const ErrorLook &look)
{
    const bool wasAsked = look.good > 0 || look.requests > 0;
    return look.brokenOff.isEmpty() && look.errors.empty() && look.silent == 0 && look.notSignedIn.isEmpty() &&
           look.without.isEmpty() && look.beyond.isEmpty() && owedLeaks(look).empty() &&
           (wasAsked ? look.good > 0 : !look.hasRoutes);
}

} // namespace

Judged judgeErrorLeak(const ErrorLook &look, const std::vector<PageLeakRule> &rules)
{
    const std::vector<FoundLeak> leaks = leaksOf(look, rules);
    const QJsonObject observed = observedOf(look, leaks);
    const LookGaps gaps = leakGaps(look);
    const QString summary = Text::tr("%n error(s) forced and read", nullptr, static_cast<int>(look.errors.size()));
    Judged judged;
    // Where nothing is answered well, the errors are those of a product that is down or of a door before it.
    if (look.good == 0 || (leaks.empty() && (look.errors.empty() || !look.brokenOff.isEmpty()))) {
        judged = notRun(whyNot(look));
        judged.observed = observed;
        judged.hasNothingToTry = hadNothing(look);
    } else {
        judged = concluded(findingsOf(look, leaks), summary, observed, {});
    }
    leaveOpen(judged, gaps);
    return judged;
}

} // namespace cockpit
