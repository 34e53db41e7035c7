#include "ui/monitoring/baselineview.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DnsBaseline)
};

constexpr qsizetype kMostDifferences = 6;

const DnsBaseline *baselineOf(const ProjectState &project)
{
    const bool isCurrent = project.dnsBaseline && project.dnsBaseline->domain == project.settings.target.domain;
    return isCurrent ? &*project.dnsBaseline : nullptr;
}

QString dateOf(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime().date(), QLocale::LongFormat);
}

QStringList differencesIn(const CheckResult &drift)
{
    std::vector<Finding> findings = drift.findings;
    std::ranges::stable_sort(findings, {}, &Finding::severity); // the most severe is the first of the enum
    QStringList lines;
    for (const Finding &finding : findings)
        lines << Text::tr("%1. %2", "a title, and what was seen").arg(finding.title, finding.whatWeSaw);
    if (lines.size() > kMostDifferences) {
        const auto more = static_cast<int>(lines.size() - kMostDifferences);
        lines = lines.first(kMostDifferences);
        lines << Text::tr("… and %n more", nullptr, more);
    }
    return lines;
}

bool isAbout(const CheckResult *drift, const DnsBaseline &baseline)
{
    return drift && drift->observed.value("accepted_at"_L1).toString() == baseline.acceptedAt.toString(Qt::ISODate);
}

QString sentenceAbout(const CheckResult &drift, const QString &acceptedOn)
{
    if (drift.outcome == Outcome::Error || drift.outcome == Outcome::NotRun)
        return Text::tr("Accepted on %1. The last look could not compare: %2").arg(acceptedOn, drift.reason);
    return Text::tr("Accepted on %1. %2.", "what the last look found").arg(acceptedOn, drift.summary);
}

} // namespace

BaselineView baselineView(const ProjectState &project)
{
    const auto results = latestOf(u"dns.drift"_s, project);
    const CheckResult *drift = results.empty() ? nullptr : results.front();
    const DnsBaseline *baseline = baselineOf(project);
    BaselineView view;
    const auto seen =
        drift ? acceptedSets(project.dnsBaseline, *drift, project.settings.target.domain) : std::vector<DnsRecordSet>();
    view.canAccept = !seen.empty() && (!baseline || baseline->sets != seen);
    if (!baseline) {
        view.status = seen.empty()
                          ? Text::tr("Nothing is accepted yet. Let the program look at the DNS records once.")
                          : Text::tr("Nothing is accepted yet. If today's records are right, accept them: from "
                                     "then on every look compares with them.");
        return view;
    }
    const QString acceptedOn = dateOf(baseline->acceptedAt);
    if (!isAbout(drift, *baseline)) { // what an earlier look said is about other records
        view.status = Text::tr("Accepted on %1. Not compared since then.").arg(acceptedOn);
        return view;
    }
    view.status = sentenceAbout(*drift, acceptedOn);
    view.outcome = drift->outcome;
    view.differences = differencesIn(*drift);
    return view;
}

} // namespace cockpit
