#include "checks/exposure/pathreport.h"

#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>

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
    if (asked.path.contains("/."_L1))
        finding.fix.paste = u"location ~ /\\.(?!well-known/) { deny all; return 404; }"_s;
    finding.effortMinutes = asked.rule->severity == Severity::Critical ? 120 : 30;
    return finding;
}

} // namespace

std::vector<Finding> onePerRule(const std::vector<const AskedPath *> &proven)
{
    std::vector<Finding> findings;
    for (const AskedPath *hit : proven) {
        const auto known = std::ranges::find(findings, hit->rule->id, &Finding::code);
        if (known == findings.end())
            findings.push_back(exposed(*hit));
        else
            known->whatWeSaw += u' ' + Text::tr("So does %1.").arg(hit->path);
    }
    return findings;
}

QJsonObject observedPaths(const PathLook &look, const std::vector<const AskedPath *> &proven)
{
    QJsonArray statuses;
    for (const HttpResponse &baseline : look.baselines)
        statuses.append(baseline.status);
    QJsonArray rows;
    for (const AskedPath *hit : proven)
        rows.append(QJsonObject{{u"path"_s, hit->path}, {u"rule"_s, hit->rule->id}, {u"status"_s, hit->first->status}});
    return {{u"asked"_s, static_cast<int>(look.asked.size())},
            {u"baseline_statuses"_s, statuses},
            {u"exposed"_s, rows},
            {u"blocked"_s, QJsonArray::fromStringList(blockedAmong(look.asked, look.baselines))}};
}

void admitUntold(Judged &judged, int untold)
{
    if (!judged.findings.empty() || untold == 0)
        return;
    judged.outcome = Outcome::Error;
    judged.summary.clear();
    judged.reason = Text::tr("%n of the files asked for got no answer that tells: the server stopped answering us "
                             "half-way. Let the user agent \"LaunchCockpit\" through in your firewall, wait a few "
                             "minutes and check again.",
                             nullptr, untold);
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
