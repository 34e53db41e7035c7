#include "models/recordwatch.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// After a look without answers: a network is back long before the next ordinary look.
constexpr std::chrono::seconds kRetry{std::chrono::minutes(15)};

QDateTime after(const QDateTime &time, std::chrono::seconds pause)
{
    return time.addSecs(pause.count());
}

// A difference that was seen for the first time counts once a second look agrees.
QDateTime confirmationOf(const CheckResult &drift, const QDateTime &last)
{
    QDateTime first;
    for (const DnsSighting &sighting : sightingsIn(drift)) {
        const QDateTime due = after(sighting.firstSeen, kSightingsAgreeAfter);
        if (due > last && (!first.isValid() || due < first))
            first = due;
    }
    return first;
}

} // namespace

std::chrono::seconds knownRecordWatch(std::chrono::seconds interval)
{
    const bool isKnown = std::ranges::find(kRecordWatchChoices, interval) != kRecordWatchChoices.end();
    return isKnown ? interval : kUsualRecordWatch;
}

const DnsBaseline *currentBaseline(const ProjectState &project)
{
    const bool isCurrent = project.dnsBaseline && project.dnsBaseline->domain == project.settings.target.domain;
    return isCurrent ? &*project.dnsBaseline : nullptr;
}

const CheckResult *lastDrift(const ProjectState &project)
{
    const auto results = latestOf(u"dns.drift"_s, project);
    return results.empty() ? nullptr : results.front();
}

bool isAbout(const CheckResult *drift, const DnsBaseline &baseline)
{
    return drift && drift->observed.value("accepted_at"_L1).toString() == baseline.acceptedAt.toString(Qt::ISODate);
}

bool isRecordLook(const Run &run)
{
    const auto isDrift = [](const CheckResult &result) { return result.checkId == "dns.drift"_L1; };
    return !run.results.empty() && std::ranges::all_of(run.results, isDrift);
}

QDateTime lastRecordLook(const ProjectState &project)
{
    const CheckResult *drift = lastDrift(project);
    return drift ? QDateTime::fromString(drift->observed.value("looked_at"_L1).toString(), Qt::ISODate) : QDateTime();
}

QDateTime nextRecordLook(const ProjectState &project, const QDateTime &tried, const QDateTime &now)
{
    const DnsBaseline *baseline = currentBaseline(project);
    const std::chrono::seconds interval = project.recordWatch;
    if (!baseline || interval <= std::chrono::seconds(0))
        return {};
    const QDateTime last = lastRecordLook(project);    // to the second
    const bool isPast = last.isValid() && last <= now; // or the clock was wrong then, or is now
    if (tried.isValid() && tried <= now && (!isPast || last.addSecs(1) < tried))
        return after(tried, std::min(interval, kRetry));
    const CheckResult *drift = lastDrift(project);
    if (!isPast || !isAbout(drift, *baseline))
        return baseline->acceptedAt; // at once
    if (drift->outcome == Outcome::Error || drift->outcome == Outcome::NotRun)
        return after(last, std::min(interval, kRetry));
    const QDateTime ordinary = after(last, interval);
    const QDateTime confirmation = confirmationOf(*drift, last);
    return confirmation.isValid() ? std::min(ordinary, confirmation) : ordinary;
}

} // namespace cockpit
