#include "checks/exposure/debug.h"

#include "checks/exposure/pathreport.h"
#include "checks/web/address.h"
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

// An article about error pages is none: only an answer that is an error may show one. Each mark once.
std::vector<Marked> marksIn(const DebugLook &look, const std::vector<DebugMark> &marks)
{
    constexpr int kFirstError = 400;
    std::vector<Marked> shown;
    for (const DebugMark &mark : marks) {
        if (mark.where == DebugMark::Where::Page) {
            if (auto one = look.page ? found(mark, *look.page) : std::nullopt)
                shown.push_back(*one);
            continue;
        }
        for (const HttpResponse &answer : look.paths.baselines) {
            const auto one = answer.status >= kFirstError ? found(mark, answer) : std::nullopt;
            if (!one)
                continue;
            shown.push_back(*one);
            break;
        }
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
    if (const auto page = look.seen.ask(HttpGet{httpsAddress(*look.host)}); *page && (*page)->status == 200)
        seen.page = **page;
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
    admitUntold(judged, untoldAmong(look.paths.asked));
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
