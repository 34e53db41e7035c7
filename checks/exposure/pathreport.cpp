#include "checks/exposure/pathreport.h"

#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExposedFiles)
};

constexpr qsizetype kMostNames = 12;
constexpr int kLongestName = 100;

// A server that knows of ranges says how long the whole is: "bytes 0-4095/123456".
QString sizeOf(const HttpResponse &answer)
{
    bool isKnown = false;
    const qint64 whole =
        answer.header("content-range").value_or(QByteArray()).split('/').back().trimmed().toLongLong(&isKnown);
    const QString size = QLocale().formattedDataSize(isKnown ? whole : answer.body.size());
    return !isKnown && answer.bodyTruncated ? Text::tr("Size: more than %1").arg(size) : Text::tr("Size: %1").arg(size);
}

// The only secret in it opens nothing but a database on the reader's own machine.
bool isLowered(const AskedPath &asked)
{
    return asked.rule->needsSecret && asked.firstHolds == HeldKeys::OwnMachine;
}

Finding exposed(const AskedPath &asked)
{
    const HttpResponse &answer = *asked.first;
    Finding finding =
        makeFinding(asked.rule->id, asked.rule->severity, Proof::Proven, asked.rule->impact, asked.rule->title,
                    Text::tr("%1 answers with its content (status %2). Wanted: not found.")
                        .arg(answer.url.toDisplayString(), QString::number(answer.status)));
    if (isLowered(asked)) {
        finding.severity = std::max(finding.severity, Severity::Medium);
        finding.proof = Proof::Lead;
        finding.whatWeSaw += u' ' + Text::tr("The password in it is for a database on the same machine. Look whether "
                                             "it is used on your server.");
    }
    // No subject: which of a rule's files answers first may change between two looks, the leak stays the same.
    finding.evidence = {evidenceOf(answer), {Text::tr("What it is, without its values"), shownOf(*asked.rule, answer)}};
    if (asked.path.contains("/."_L1))
        finding.fix.paste = u"location ~ /\\.(?!well-known/) { deny all; return 404; }"_s;
    finding.effortMinutes = asked.rule->severity == Severity::Critical ? 120 : 30;
    return finding;
}

} // namespace

std::vector<Finding> onePerRule(const std::vector<const AskedPath *> &proven)
{
    // A rule has several paths: the file that is worse for the founder is the one that is told about.
    std::vector<const AskedPath *> worstFirst = proven;
    // Clang 14 cannot read the form for ranges.
    std::stable_partition(worstFirst.begin(), worstFirst.end(), [](const AskedPath *hit) { return !isLowered(*hit); });
    std::vector<Finding> findings;
    for (const AskedPath *hit : worstFirst) {
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

void admitUntold(Judged &judged, const Untold &untold)
{
    if (untold.isEmpty())
        return;
    const auto count = static_cast<int>(untold.heldBack.size() + untold.silent.size());
    if (judged.findings.empty() && untold.isMuch()) {
        judged.outcome = Outcome::Error;
        judged.summary.clear();
        judged.reason = Text::tr("%n of the files asked for got no answer that tells: the server stopped answering us "
                                 "half-way. Let the user agent \"LaunchCockpit\" through in your firewall, wait a few "
                                 "minutes and check again.",
                                 nullptr, count);
        return;
    }
    constexpr qsizetype kNamed = 5;
    const QString names = QStringList((untold.heldBack + untold.silent).mid(0, kNamed)).join(u", "_s);
    const QString gap = Text::tr("%n address(es) gave no answer that tells whether anything is there, for example %1. "
                                 "Check again.",
                                 nullptr, count)
                            .arg(names);
    leaveOpen(judged, LookGap{untold.gaps, gap});
}

// The content itself is never quoted: a redactor knows the shapes of keys, not those of people's names, of a password
// in a command, or of the second line of a value.
QString shownOf(const PathRule &rule, const HttpResponse &answer)
{
    static const QRegularExpression title(u"<title>\\s*([^<]{1,100})"_s, QRegularExpression::CaseInsensitiveOption);
    QStringList lines{sizeOf(answer)};
    const bool isPage = rule.shows.pattern().isEmpty() && rule.allowsHtml;
    const QRegularExpression &shows = isPage ? title : rule.shows;
    if (shows.pattern().isEmpty())
        return lines.front();
    for (auto it = shows.globalMatch(QString::fromUtf8(answer.body)); it.hasNext() && lines.size() <= kMostNames;) {
        const QRegularExpressionMatch match = it.next();
        const QString name = plainText(match.captured(match.lastCapturedIndex()).trimmed(), kLongestName);
        if (!name.isEmpty() && !lines.contains(name))
            lines.append(name);
    }
    return redact(lines.join(u'\n'));
}

} // namespace cockpit
