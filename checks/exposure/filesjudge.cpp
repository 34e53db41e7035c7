// What the answers for well-known files mean.
#include "checks/exposure/baseline.h"
#include "checks/exposure/files.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExposedFiles)
};

constexpr int kMostLines = 12; // of an excerpt
constexpr int kLongestLine = 100;

QByteArray typeOf(const HttpResponse &answer)
{
    return answer.header("content-type").value_or(QByteArray());
}

Finding exposed(const AskedPath &asked)
{
    const HttpResponse &answer = *asked.first;
    Finding finding =
        makeFinding(asked.rule->id, asked.rule->severity, Proof::Proven, asked.rule->impact, asked.rule->title,
                    Text::tr("%1 answers with its content (status %2). Wanted: not found.")
                        .arg(answer.url.toDisplayString())
                        .arg(answer.status));
    // No subject: which of a rule's files answers first may change between two looks, the leak stays the same.
    finding.evidence = {evidenceOf(answer), {Text::tr("Its first lines, masked"), maskedExcerpt(answer.body)}};
    finding.fix.paste = u"location ~ /\\.(?!well-known/) { deny all; return 404; }"_s;
    finding.effortMinutes = asked.rule->severity == Severity::Critical ? 120 : 30;
    return finding;
}

// One leak, one finding: the files of one rule lie side by side and are removed together.
std::vector<Finding> onePerRule(const std::vector<const AskedPath *> &hits)
{
    std::vector<Finding> findings;
    for (const AskedPath *hit : hits) {
        const auto known = std::ranges::find(findings, hit->rule->id, &Finding::code);
        if (known == findings.end())
            findings.push_back(exposed(*hit));
        else
            known->whatWeSaw += u' ' + Text::tr("So does %1.").arg(hit->path);
    }
    return findings;
}

QJsonObject observedOf(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines,
                       const std::vector<const AskedPath *> &hits)
{
    QJsonArray statuses;
    for (const HttpResponse &baseline : baselines)
        statuses.append(baseline.status);
    QJsonArray rows;
    for (const AskedPath *hit : hits)
        rows.append(QJsonObject{{u"path"_s, hit->path}, {u"rule"_s, hit->rule->id}, {u"status"_s, hit->first->status}});
    QJsonArray blocked;
    for (const AskedPath &one : asked) {
        if (one.first && one.first->status == 403)
            blocked.append(one.path);
    }
    return {{u"asked"_s, static_cast<int>(asked.size())},
            {u"baseline_statuses"_s, statuses},
            {u"exposed"_s, rows},
            {u"blocked"_s, blocked}};
}

// Challenges, rate limits and silence half-way: the server stopped telling. A 403 is what an edge says to such paths, a
// few cut connections are another edge's way to say it, and a 5xx hands out no file.
int untoldOf(const std::vector<AskedPath> &asked)
{
    constexpr int kFewSilent = 20; // one in so many
    int silent = 0;
    int heldBack = 0;
    for (const AskedPath &one : asked) {
        const auto obstacle = one.first ? obstacleIn(*one.first) : std::nullopt;
        silent += one.first ? 0 : 1;
        heldBack += obstacle == Obstacle::Challenge || obstacle == Obstacle::TooManyRequests ? 1 : 0;
    }
    return heldBack + (silent * kFewSilent > static_cast<int>(asked.size()) ? silent : 0);
}

} // namespace

bool isCandidate(const PathRule &rule, const HttpResponse &answer, const std::vector<HttpResponse> &baselines)
{
    if (answer.status != 200 && answer.status != 206)
        return false;
    return rule.accepts(answer.body, typeOf(answer)) && !isBaseline(answer, baselines);
}

Judged judgeFiles(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines)
{
    const auto answered = std::ranges::count_if(asked, [](const AskedPath &one) { return one.first.has_value(); });
    if (answered == 0)
        return couldNotLook(
            {ErrorKind::Unreachable,
             Text::tr("None of %n file(s) asked for got an answer.", nullptr, static_cast<int>(asked.size())),
             {}});
    std::vector<const AskedPath *> hits;
    for (const AskedPath &one : asked) {
        const bool twice = one.first && one.second && isCandidate(*one.rule, *one.first, baselines) &&
                           isCandidate(*one.rule, *one.second, baselines);
        if (twice)
            hits.push_back(&one);
    }
    const QString summary =
        hits.empty() ? Text::tr("None of %n well-known file(s) can be downloaded", nullptr, static_cast<int>(answered))
                     : Text::tr("%n file(s) can be downloaded", nullptr, static_cast<int>(hits.size()));
    Judged judged =
        concluded(onePerRule(hits), summary, observedOf(asked, baselines, hits), {evidenceOf(baselines.front())});
    if (const int untold = untoldOf(asked); hits.empty() && untold > 0) {
        judged.outcome = Outcome::Error;
        judged.summary.clear();
        judged.reason = Text::tr("%n of the files asked for got no answer that tells: the server stopped answering us "
                                 "half-way. Let the user agent \"LaunchCockpit\" through in your firewall, wait a few "
                                 "minutes and check again.",
                                 nullptr, untold);
    }
    return judged;
}

QString maskedExcerpt(const QByteArray &body)
{
    QStringList lines;
    for (const QString &line : QString::fromUtf8(body).split(u'\n', Qt::SkipEmptyParts)) {
        if (lines.size() == kMostLines)
            break;
        const qsizetype at = line.indexOf(u'=');
        // Whatever the name of a setting is, its value is nobody's business.
        const QString shown = at > 0 ? line.first(at + 1) + maskValue(line.mid(at + 1).trimmed()) : redact(line);
        lines.append(plainText(shown, kLongestLine));
    }
    return redact(lines.join(u'\n'));
}

} // namespace cockpit
