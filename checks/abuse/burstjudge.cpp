#include "checks/abuse/burst.h"
#include "checks/actors/requestproof.h"
#include "checks/engine/lookgaps.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Burst)
};

using Reads = std::vector<VisitorRead>;

constexpr int kSlowerBy = 5;
constexpr std::chrono::milliseconds kLongRead{2000};
constexpr std::ptrdiff_t kFewestSlow = 2; // waves: what happens once is an accident

std::ptrdiff_t countOf(const Reads &reads, VisitEnd end)
{
    return std::ranges::count(reads, end, &VisitorRead::end);
}

std::ptrdiff_t countFailed(const Reads &reads)
{
    return std::ranges::count_if(reads, &VisitorRead::isFailed);
}

std::chrono::milliseconds longestOf(const Reads &reads)
{
    std::chrono::milliseconds longest{0};
    for (const VisitorRead &read : reads)
        longest = std::max(longest, read.took);
    return longest;
}

bool isSlow(const Reads &wave, const Reads &before)
{
    const auto typical = typicalTime(wave);
    return typical > kLongRead && typical > kSlowerBy * typicalTime(before);
}

QJsonObject rowOf(const Reads &reads)
{
    return {{u"reads"_s, static_cast<int>(reads.size())},
            {u"served"_s, static_cast<int>(countOf(reads, VisitEnd::Served))},
            {u"limited"_s, static_cast<int>(countOf(reads, VisitEnd::Limited))},
            {u"failed"_s, static_cast<int>(countFailed(reads))},
            {u"typical_ms"_s, static_cast<qint64>(typicalTime(reads).count())},
            {u"longest_ms"_s, static_cast<qint64>(longestOf(reads).count())}};
}

QStringList namesOf(const BurstVisits &visits)
{
    QStringList names;
    for (const ActiveRequest &read : visits.reads)
        names.append(u"GET "_s + read.url.toString(QUrl::RemoveQuery));
    return names;
}

QJsonObject observedIn(const BurstVisits &visits)
{
    QJsonArray waves;
    for (const Reads &wave : visits.waves) {
        QJsonObject row = rowOf(wave);
        row.insert(u"size"_s, static_cast<int>(wave.size()));
        waves.append(row);
    }
    return {{u"routes"_s, QJsonArray::fromStringList(namesOf(visits))},
            {u"cached"_s, visits.isCached},
            {u"before"_s, rowOf(visits.before)},
            {u"waves"_s, waves},
            {u"after"_s, rowOf(visits.after)},
            {u"announced"_s, visits.announced},
            {u"requests"_s, visits.requests}};
}

QString lineOf(const QString &when, const Reads &reads)
{
    return Text::tr("%1: %2 of %3 served, %4 limited, %5 failed; typically %6 ms, at most %7 ms")
        .arg(when, QString::number(countOf(reads, VisitEnd::Served)), QString::number(reads.size()),
             QString::number(countOf(reads, VisitEnd::Limited)), QString::number(countFailed(reads)),
             QString::number(typicalTime(reads).count()), QString::number(longestOf(reads).count()));
}

QStringList problemsIn(const Reads &reads)
{
    QStringList problems;
    for (const VisitorRead &read : reads) {
        if (read.isFailed())
            problems.append(read.status > 0 ? Text::tr("status %1").arg(read.status) : read.problem);
    }
    problems.removeDuplicates();
    return problems.first(std::min<qsizetype>(3, problems.size()));
}

Evidence evidenceIn(const BurstVisits &visits)
{
    QStringList lines{lineOf(Text::tr("One by one, before"), visits.before)};
    for (const Reads &wave : visits.waves) {
        lines.append(lineOf(Text::tr("%n side by side", nullptr, static_cast<int>(wave.size())), wave));
        lines += problemsIn(wave);
    }
    lines.append(lineOf(Text::tr("One by one, afterwards"), visits.after));
    const int size = visits.waves.empty() ? 0 : static_cast<int>(visits.waves.back().size());
    const QString again = u"for i in $(seq %1); do %2 & done; wait"_s.arg(QString::number(size),
                                                                          curlLine(visits.reads.front(), visits.known));
    return {namesOf(visits).join(u", "_s), lines.join(u'\n') + u"\n\n"_s + again};
}

Finding withPlace(Finding finding, const BurstVisits &visits)
{
    finding.host = hostOf(visits.reads.front().url);
    finding.effortMinutes = 120;
    finding.evidence = {evidenceIn(visits)};
    return finding;
}

Finding failing(const BurstVisits &visits, const Reads &wave)
{
    return withPlace(
        makeFinding(u"burst_fails"_s, Severity::High, Proof::Strong, Impact::Downtime,
                    Text::tr("A handful of visitors at once brings the product down"),
                    Text::tr("Of %n ordinary visit(s) at the same time, %1 failed (%2), twice in a row. One by one, "
                             "before and after, all were served.",
                             nullptr, static_cast<int>(wave.size()))
                        .arg(QString::number(countFailed(wave)), problemsIn(wave).join(u"; "_s))),
        visits);
}

Finding slow(const BurstVisits &visits, const Reads &wave)
{
    return withPlace(makeFinding(u"burst_slow"_s, Severity::Medium, Proof::Strong, Impact::Downtime,
                                 Text::tr("A handful of visitors at once makes the product very slow"),
                                 Text::tr("%n ordinary visit(s) at the same time typically took %1 ms, and one alone "
                                          "%2 ms.",
                                          nullptr, static_cast<int>(wave.size()))
                                     .arg(QString::number(typicalTime(wave).count()),
                                          QString::number(typicalTime(visits.before).count()))),
                     visits);
}

// Why nothing is told about the product; empty when something is.
QString whyNot(const BurstVisits &visits)
{
    if (!visits.brokenOff.isEmpty())
        return visits.brokenOff;
    if (!visits.notTested.isEmpty())
        return visits.notTested;
    if (countOf(visits.before, VisitEnd::Limited) > 0)
        return Text::tr("The product limited our requests before there was a burst. Let this program through at your "
                        "edge, or try again later.");
    if (visits.waves.empty() || countOf(visits.before, VisitEnd::Served) < std::ssize(visits.before))
        return Text::tr("The pages were not always served even one by one, so that a burst would tell nothing.");
    const auto isLimited = [](const Reads &reads) { return countOf(reads, VisitEnd::Limited) > 0; };
    if (!isLimited(visits.after) && countOf(visits.after, VisitEnd::Served) < std::ssize(visits.before))
        return Text::tr("After the burst the pages were not served any more for a while. Look whether your product "
                        "still runs, and what its log says of that moment.");
    return {};
}

// What there is to be said beside "it stands".
QString noteOn(const BurstVisits &visits)
{
    int sent = 0;
    for (const Reads &wave : visits.waves) {
        sent += static_cast<int>(wave.size());
        if (countOf(wave, VisitEnd::Limited) > 0)
            return Text::tr("The product limits visitors: of %n at the same time it refused %1 with a limit (429), "
                            "which is fine. More than that was not tried.",
                            nullptr, static_cast<int>(wave.size()))
                .arg(countOf(wave, VisitEnd::Limited));
    }
    if (countOf(visits.after, VisitEnd::Limited) > 0)
        return Text::tr("The product limits visitors: after %n visit(s) it refused with a limit (429), which is fine.",
                        nullptr, sent);
    const auto isOdd = [&](const Reads &wave) {
        return countOf(wave, VisitEnd::Served) < std::ssize(wave) || isSlow(wave, visits.before);
    };
    const auto odd = std::ranges::find_if(visits.waves, isOdd);
    if (odd == visits.waves.end() && visits.isCached)
        return Text::tr("All pages that were read may come from a cache, which bears more than the product behind it. "
                        "Add a route that anybody may read and no cache keeps to your list of routes.");
    return odd == visits.waves.end()
               ? QString()
               : Text::tr("Once, some visits were not served in time, and the next ones were: %1. Run the check again.")
                     .arg(lineOf(Text::tr("%n side by side", nullptr, static_cast<int>(odd->size())), *odd));
}

std::vector<Finding> findingsIn(const BurstVisits &visits)
{
    if (const Reads *wave = failedTwice(visits.waves))
        return {failing(visits, *wave)};
    const auto isSlowOne = [&](const Reads &wave) { return isSlow(wave, visits.before); };
    if (std::ranges::count_if(visits.waves, isSlowOne) >= kFewestSlow)
        return {slow(visits, *std::find_if(visits.waves.rbegin(), visits.waves.rend(), isSlowOne))};
    return {};
}

} // namespace

Judged judgeBurst(const BurstVisits &visits)
{
    QJsonObject observed = observedIn(visits);
    const int most = visits.waves.empty() ? 0 : static_cast<int>(visits.waves.back().size());
    const QString summary = Text::tr("%n ordinary visit(s) side by side", nullptr, most);
    const QString why = whyNot(visits);
    if (why.isEmpty()) {
        if (auto found = findingsIn(visits); !found.empty())
            return concluded(std::move(found), summary, observed, {});
    }
    Judged judged = why.isEmpty() ? Judged() : notRun(why);
    judged.hasNothingToTry = visits.hasNoRead && visits.brokenOff.isEmpty();
    if (why.isEmpty()) {
        judged.reason = noteOn(visits);
        judged.outcome = judged.reason.isEmpty() ? Outcome::Pass : Outcome::Info;
        judged.evidence = {evidenceIn(visits)};
    }
    judged.observed = observed;
    judged.summary = summary;
    if (judged.outcome != Outcome::Pass)
        leaveOpen(judged, LookGap{.hides = {{}}}); // the reason is there
    return judged;
}

} // namespace cockpit
