// The audit for a terminal: verdict first, then findings worst first, then what was not looked at, then what to do
// next.
#include "app/report/auditreport.h"
#include "checks/engine/inwords.h"
#include "models/redactor.h"
#include "models/samefault.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <numeric>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AuditText)
};

constexpr qsizetype kWidth = 96;
constexpr int kNextSteps = 3;
constexpr int kLongestPlace = 120;
constexpr int kLongestLine = 4000; // DKIM records are the longest that anybody pastes

// As it is, for copying: nothing is wrapped, and blanks stay as many as they are.
QString verbatim(const QString &text, const QString &indent)
{
    QString out;
    for (const QString &line : text.split(u'\n'))
        out += indent + plainText(line, kLongestLine) + u'\n';
    return out;
}

// Wraps at blanks; every line starts with `indent`.
QString wrapped(const QString &text, const QString &indent)
{
    QString out;
    QString line;
    for (const QString &word : plainText(text).simplified().split(u' ')) {
        if (!line.isEmpty() && indent.size() + line.size() + 1 + word.size() > kWidth) {
            out += indent + line + u'\n';
            line.clear();
        }
        line += (line.isEmpty() ? QString() : u" "_s) + word;
    }
    return out + indent + line + u'\n';
}

QString coloured(const QString &text, Severity severity, TextColour colour)
{
    if (colour == TextColour::Off)
        return text;
    switch (severity) {
    case Severity::Critical:
        return u"\x1b[1;31m"_s + text + u"\x1b[0m"_s;
    case Severity::High:
        return u"\x1b[31m"_s + text + u"\x1b[0m"_s;
    case Severity::Medium:
        return u"\x1b[33m"_s + text + u"\x1b[0m"_s;
    case Severity::Low:
        return u"\x1b[36m"_s + text + u"\x1b[0m"_s;
    }
    Q_UNREACHABLE();
}

QString headline(const AuditReport &report)
{
    const QString name = displayName(report.target.domain);
    if (report.verdict.nothingLookedAt)
        return Text::tr("%1: nothing could be looked at, so there is no verdict").arg(name);
    return Text::tr("%1: %2, score %3 of 100")
        .arg(name, labelOf(report.verdict.decision), QString::number(report.verdict.score));
}

QString verdictText(const AuditReport &report)
{
    QString out = headline(report) + u'\n';
    for (const QString &reason : report.verdict.reasons)
        out += wrapped(reason, u"  "_s);
    if (report.run.stopped)
        out += wrapped(Text::tr("Stopped before everything was looked at: this is what was found so far."), u"  "_s);
    return out;
}

// Of limits and bad input, told once (samefault.h). Who can reach what is told of each route.
using SameFaults = std::vector<const Finding *>;

std::vector<SameFaults> faultsOf(const AuditReport &report)
{
    SameFaults all;
    for (const Finding &finding : report.findings)
        all.push_back(&finding);
    return groupsOf(all, [&report](const Finding *a, const Finding *b) {
        return a->checkId.startsWith("abuse."_L1) && isSameFault(*a, *b) && !acceptanceOf(*a, report) &&
               !acceptanceOf(*b, report);
    });
}

QString otherPlaces(const SameFaults &same)
{
    QStringList places;
    for (std::size_t at = 1; at < same.size(); ++at)
        places << plainText(same[at]->subject, kLongestPlace);
    return places.isEmpty() ? QString() : Text::tr("The same at %1.").arg(namesInWords(places));
}

QString findingText(const SameFaults &same, int rank, const AuditReport &report, TextColour colour)
{
    const Finding &finding = *same.front();
    const QString severity = coloured(labelOf(finding.severity).toUpper(), finding.severity, colour);
    QString out = u"%1. %2  %3"_s.arg(QString::number(rank).rightJustified(2), severity, plainText(finding.title, 200));
    if (!finding.host.isEmpty())
        out += u"  ["_s + displayName(finding.host) + u']';
    out += u'\n';
    const QString indent = u"    "_s;
    if (!finding.whatWeSaw.isEmpty())
        out += wrapped(finding.whatWeSaw, indent);
    if (const QString others = otherPlaces(same); !others.isEmpty())
        out += wrapped(others, indent);
    if (!finding.fix.steps.isEmpty())
        out += wrapped(Text::tr("Fix: %1").arg(finding.fix.steps.first()), indent);
    if (!finding.fix.paste.isEmpty())
        out += indent + Text::tr("Paste:") + u'\n' + verbatim(finding.fix.paste, indent + u"  "_s);
    if (const auto accepted = acceptanceOf(finding, report))
        out += wrapped(Text::tr("Accepted by %1: %2").arg(accepted->by, accepted->reason), indent);
    const int minutes = std::accumulate(same.begin(), same.end(), 0,
                                        [](int sum, const Finding *one) { return sum + one->effortMinutes; });
    out += wrapped(Text::tr("%1, %2, about %n minute(s), check %3", nullptr, minutes)
                       .arg(labelOf(finding.impact), labelOf(finding.proof).toLower(), finding.checkId),
                   indent);
    return out;
}

QString findingsText(const AuditReport &report, TextColour colour)
{
    if (report.findings.empty() && report.verdict.nothingLookedAt)
        return {}; // "No findings" would sound like good news
    if (report.findings.empty())
        return Text::tr("No findings.") + u'\n';
    const auto count = static_cast<int>(report.findings.size());
    QString out = Text::tr("%n finding(s), worst first", nullptr, count) + u"\n\n"_s;
    int rank = 0;
    for (const SameFaults &same : faultsOf(report))
        out += findingText(same, ++rank, report, colour) + u'\n';
    return out.chopped(1);
}

QString looksText(const AuditReport &report)
{
    const auto counts = countOutcomes(report.run);
    const auto count = [&](Outcome outcome) { return counts.contains(outcome) ? counts.at(outcome) : 0; };
    const int problems = count(Outcome::Fail) + count(Outcome::Warn);
    return Text::tr("Looked at: %1 good, %2 with problems, %3 notes.")
               .arg(QString::number(count(Outcome::Pass)), QString::number(problems),
                    QString::number(count(Outcome::Info))) +
           u'\n';
}

// "Not looked at: 120" and below it how many for which reason, the most frequent first.
QString unseenText(const AuditReport &report)
{
    std::map<QString, int> byReason;
    int total = 0;
    for (const CheckResult &result : report.run.results) {
        if (result.outcome != Outcome::NotRun)
            continue;
        ++byReason[result.reason];
        ++total;
    }
    if (total == 0)
        return {};
    std::vector<std::pair<QString, int>> reasons(byReason.begin(), byReason.end());
    std::ranges::stable_sort(reasons, std::ranges::greater(), &std::pair<QString, int>::second);
    QString out = Text::tr("Not looked at: %1. This counts as unknown, never as good.").arg(total) + u'\n';
    for (const auto &[reason, count] : reasons)
        out += u"  %1  %2\n"_s.arg(QString::number(count).rightJustified(4), plainText(reason, 200));
    return out;
}

QString errorsText(const AuditReport &report)
{
    QString out;
    for (const CheckResult &result : report.run.results) {
        if (result.outcome != Outcome::Error)
            continue;
        const QString where = result.host.isEmpty() ? result.checkId : result.checkId + u' ' + result.host;
        out += wrapped(where + u": "_s + result.reason, u"  "_s);
    }
    return out.isEmpty() ? out : Text::tr("Could not be checked:") + u'\n' + out;
}

QString everyCheckText(const AuditReport &report)
{
    QString out = Text::tr("Every check") + u'\n';
    for (const CheckResult &result : report.run.results) {
        const QString said = result.summary.isEmpty() ? result.reason : result.summary;
        const QString host = result.host.isEmpty() ? QString() : u" ["_s + displayName(result.host) + u']';
        out += u"  %1  %2%3: %4\n"_s.arg(toWord(result.outcome).leftJustified(14), result.checkId, host,
                                         plainText(said, 300));
    }
    return out;
}

QString leftText(const AuditReport &report)
{
    QString out;
    for (const QString &line : leftLines(report.left))
        out += wrapped(line, line.startsWith(u'-') ? u"  "_s : QString());
    return out;
}

// Mailboxes of people may hold them.
QString lettersText(const AuditReport &report)
{
    return report.letters.isEmpty() ? QString() : wrapped(report.letters.sentence(), {});
}

QString nextStepsText(const AuditReport &report)
{
    QStringList steps;
    for (const Finding &finding : report.findings) {
        const QString step = finding.fix.steps.isEmpty() ? finding.title : finding.fix.steps.first();
        if (steps.size() < kNextSteps && !steps.contains(step))
            steps << step;
    }
    QString out;
    for (qsizetype at = 0; at < steps.size(); ++at)
        out += wrapped(u"%1. %2"_s.arg(QString::number(at + 1), steps[at]), u"  "_s);
    return out.isEmpty() ? out : Text::tr("Next steps") + u'\n' + out;
}

} // namespace

QString auditText(const AuditReport &report, TextDetail detail, TextColour colour)
{
    QStringList parts{verdictText(report), findingsText(report, colour), looksText(report) + unseenText(report),
                      errorsText(report), lettersText(report)};
    switch (detail) {
    case TextDetail::EveryCheck:
        parts << everyCheckText(report);
        break;
    case TextDetail::Findings:
        break;
    }
    parts << leftText(report) << nextStepsText(report);
    parts.removeAll(QString());
    return parts.join(u'\n');
}

} // namespace cockpit
