#include "ui/monitoring/baselineview.h"

#include "models/recordwatch.h"

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

QString sentenceAbout(const CheckResult &drift, const QString &acceptedOn)
{
    if (drift.outcome == Outcome::Error || drift.outcome == Outcome::NotRun)
        return Text::tr("Accepted on %1. The last look could not compare: %2").arg(acceptedOn, drift.reason);
    return Text::tr("Accepted on %1. %2.", "what the last look found").arg(acceptedOn, drift.summary);
}

// The day only when it is another one.
QString momentOf(const QDateTime &time, const QDateTime &now)
{
    const QDateTime local = time.toLocalTime();
    return local.date() == now.toLocalTime().date() ? QLocale().toString(local.time(), QLocale::ShortFormat)
                                                    : QLocale().toString(local, QLocale::ShortFormat);
}

QString looksOf(const ProjectState &project, const QDateTime &next, const QDateTime &now)
{
    QStringList sentences;
    if (const QDateTime last = lastRecordLook(project); last.isValid())
        sentences << Text::tr("Last look: %1.", "a time").arg(momentOf(last, now));
    if (project.recordWatch == std::chrono::seconds(0))
        sentences << Text::tr("The program does not look again by itself.");
    else if (next.isValid() && next <= now)
        sentences << Text::tr("The next look comes as soon as nothing else is being checked.");
    else if (next.isValid())
        sentences << Text::tr("Next look: %1.", "a time").arg(momentOf(next, now));
    return sentences.join(u' ');
}

} // namespace

QString recordWatchLabel(std::chrono::seconds interval)
{
    const auto minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(interval).count());
    constexpr int anHour = 60;
    if (minutes == 0)
        return Text::tr("Only when I ask");
    return minutes % anHour == 0 ? Text::tr("Every %n hour(s)", nullptr, minutes / anHour)
                                 : Text::tr("Every %n minute(s)", nullptr, minutes);
}

BaselineView baselineView(const ProjectState &project, const QDateTime &next, const QDateTime &now)
{
    const CheckResult *drift = lastDrift(project);
    const DnsBaseline *baseline = currentBaseline(project);
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
    view.looks = looksOf(project, next, now);
    view.canChoose = true;
    view.interval = project.recordWatch;
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
