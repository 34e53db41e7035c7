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
        lines << finding.title + u". "_s + finding.whatWeSaw;
    if (lines.size() > kMostDifferences) {
        const auto more = static_cast<int>(lines.size() - kMostDifferences);
        lines = lines.first(kMostDifferences);
        lines << Text::tr("… and %n more", nullptr, more);
    }
    return lines;
}

Tone toneOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Pass:
        return Tone::Pass;
    case Outcome::Warn:
        return Tone::Warn;
    case Outcome::Fail:
        return Tone::Fail;
    case Outcome::Info:
    case Outcome::NotRun:
    case Outcome::NotApplicable:
    case Outcome::Error:
        return Tone::Neutral;
    }
    Q_UNREACHABLE();
}

QString sentenceAbout(const CheckResult *drift, const DnsBaseline &baseline)
{
    const QString accepted = Text::tr("Accepted on %1.").arg(dateOf(baseline.acceptedAt));
    if (!drift || drift->observed.value("accepted_at"_L1).toString() != baseline.acceptedAt.toString(Qt::ISODate))
        return accepted + u' ' + Text::tr("Not compared since then.");
    if (drift->outcome == Outcome::Error || drift->outcome == Outcome::NotRun)
        return accepted + u' ' + Text::tr("The last look could not compare: %1").arg(drift->reason);
    return accepted + u' ' + drift->summary + u'.';
}

} // namespace

BaselineView baselineView(const ProjectState &project)
{
    const auto results = latestOf(u"dns.drift"_s, project);
    const CheckResult *drift = results.empty() ? nullptr : results.front();
    const std::vector<DnsRecordSet> seen = drift ? recordSetsSeen(*drift) : std::vector<DnsRecordSet>();
    const DnsBaseline *baseline = baselineOf(project);
    BaselineView view;
    view.canAccept = !seen.empty() && (!baseline || baseline->sets != seen);
    if (!baseline) {
        view.status = seen.empty()
                          ? Text::tr("Nothing is accepted yet. Let the program look at the DNS records once.")
                          : Text::tr("Nothing is accepted yet. If today's records are right, accept them: from "
                                     "then on every look compares with them.");
        return view;
    }
    view.status = sentenceAbout(drift, *baseline);
    if (drift) {
        view.tone = toneOf(drift->outcome);
        view.differences = differencesIn(*drift);
    }
    return view;
}

} // namespace cockpit
