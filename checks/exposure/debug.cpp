#include "checks/exposure/debug.h"

#include "checks/engine/lookgaps.h"
#include "checks/exposure/pathreport.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/firstbytes.h"
#include "checks/web/landing.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DebugPages)
};

constexpr int kFirstError = 400;

struct Marked
{
    const DebugMark *mark = nullptr;
    const HttpResponse *answer = nullptr;
    QString words; // that gave it away
};

std::optional<Marked> found(const DebugMark &mark, const HttpResponse &answer)
{
    const QRegularExpressionMatch match = mark.pattern.match(QString::fromUtf8(answer.body));
    if (!match.hasMatch())
        return std::nullopt;
    return Marked{&mark, &answer, match.captured(0)};
}

// An article about error pages is none: only an answer that is an error may show one.
std::optional<Marked> foundInErrors(const DebugMark &mark, const std::vector<HttpResponse> &answers)
{
    for (const HttpResponse &answer : answers) {
        if (auto one = answer.status >= kFirstError ? found(mark, answer) : std::nullopt)
            return one;
    }
    return std::nullopt;
}

// Each mark once.
std::vector<Marked> marksIn(const DebugLook &look, const std::vector<DebugMark> &marks)
{
    std::vector<Marked> shown;
    for (const DebugMark &mark : marks) {
        if (mark.where == DebugMark::Where::Page) {
            if (auto one = look.page ? found(mark, *look.page) : std::nullopt)
                shown.push_back(*one);
            continue;
        }
        auto one = foundInErrors(mark, look.errors);
        one = one ? one : foundInErrors(mark, look.paths.baselines);
        if (one)
            shown.push_back(*one);
    }
    return shown;
}

Finding talkative(const Marked &one)
{
    const bool runsCode = one.mark->severity == Severity::Critical;
    Finding finding = makeFinding(
        one.mark->id, one.mark->severity, Proof::Proven, runsCode ? Impact::AccountTakeover : Impact::DataExposure,
        one.mark->title,
        one.mark->where == DebugMark::Where::Page
            ? Text::tr("%1 shows \"%2\", which only a program in its workshop does.")
                  .arg(one.answer->url.toDisplayString(), quoted(one.words.toUtf8()))
            : Text::tr("An address that does not exist answers with status %1 and \"%2\". Wanted: a plain error page.")
                  .arg(QString::number(one.answer->status), quoted(one.words.toUtf8())));
    // Not the invented address: it is another one each time.
    finding.evidence = {{Text::tr("What gave it away"), quoted(one.words.toUtf8(), 400)}};
    finding.effortMinutes = 20;
    return finding;
}

// Django says what it is in the last lines of a page that lists every address it knows.
void askErrorsWhole(const Look &look, DebugLook &seen)
{
    std::vector<HttpGet> questions;
    for (const HttpResponse &answer : seen.paths.baselines) {
        if (answer.status >= kFirstError && answer.body.size() >= kFirstBytes)
            questions.push_back({.url = answer.url});
    }
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer)
            seen.errors.push_back(**answer);
        else
            ++seen.errorsMissed;
    }
}

// Where visitors arrive: "/" often only sends them on, to "/en" or "/app".
void askPage(const Look &look, DebugLook &seen)
{
    const auto walk = look.seen.ask(FollowRedirects{httpsAddress(*look.host)});
    if (!*walk || (*walk)->end != RedirectEnd::Arrived) {
        seen.isPageMissed = true;
        return;
    }
    const HttpResponse &last = (*walk)->last;
    if (landingOwner(look, hostOf(last.url)) != LandingOwner::ThisHost)
        return; // looked at by itself, or somebody else's
    seen.isPageMissed = obstacleIn(last).has_value();
    if (last.status == 200)
        seen.page = last;
}

// What was not read may show a mark.
void admitGaps(Judged &judged, const DebugLook &look)
{
    if (!look.isPageMissed && look.errorsMissed == 0)
        return;
    leaveOpen(judged, anyBehind({look.isPageMissed ? Text::tr("The page that visitors get could not be read. Check "
                                                              "again when it answers.")
                                                   : Text::tr("An error page could not be read to its end. Check "
                                                              "again.")}));
}

Judged look(const Look &look)
{
    static const Result<std::vector<PathRule>> rules = loadPathRules(u"debug-paths"_s);
    static const Result<std::vector<DebugMark>> marks = loadDebugMarks();
    if (!rules || !marks)
        return couldNotLook(rules ? marks.error() : rules.error());
    auto paths = lookAtPaths(look, *rules);
    if (!paths)
        return paths.error();
    DebugLook seen{std::move(*paths), std::nullopt};
    askErrorsWhole(look, seen);
    askPage(look, seen);
    return judgeDebug(seen, *marks);
}

} // namespace

Judged judgeDebug(const DebugLook &look, const std::vector<DebugMark> &marks)
{
    const std::vector<const AskedPath *> proven = provenAmong(look.paths.asked, look.paths.baselines);
    const std::vector<Marked> shown = marksIn(look, marks);
    std::vector<Finding> findings = onePerRule(proven);
    QJsonArray rows;
    for (const Marked &one : shown) {
        rows.append(QJsonObject{{u"id"_s, one.mark->id}, {u"url"_s, one.answer->url.toDisplayString()}});
        findings.push_back(talkative(one));
    }
    QJsonObject observed = observedPaths(look.paths, proven);
    observed.insert(u"marks"_s, rows);
    const QString summary = findings.empty() ? Text::tr("None of %n debug page(s) answers, and error pages keep quiet",
                                                        nullptr, static_cast<int>(look.paths.asked.size()))
                                             : Text::tr("%n debug page(s) or talkative error page(s)", nullptr,
                                                        static_cast<int>(findings.size()));
    Judged judged = concluded(std::move(findings), summary, observed, {evidenceOf(look.paths.baselines.front())});
    Untold untold = untoldAmong(look.paths.asked, look.paths.baselines);
    admitGaps(judged, look);
    if (look.isPageMissed || look.errorsMissed > 0)
        untold.gaps = {{}};
    admitUntold(judged, untold);
    return judged;
}

Check debugCheck()
{
    return {.id = u"exposure.debug"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::Maintainability},
            .needs = {},
            .look = look};
}

} // namespace cockpit
