#include "practicelook.h"

#include "checks/http/latency.h"

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace cockpit::bench {

RunRequest requestFor(const Composition &composition, const PracticeCompany &company)
{
    const ProjectSettings settings = company.settings();
    RunRequest request;
    request.plan.target = settings.target;
    request.plan.roadmap = composition.roadmap(settings.roadmapId).value_or(Roadmap());
    request.plan.facts.routes = company.project().routes;
    request.plan.facts.dkimSelectors = settings.dkimSelectors;
    request.net = company.netOptions();
    request.language = u"en"_s;
    return request;
}

void Tally::add(const QString &question)
{
    const std::lock_guard lock(m_mutex);
    ++m_counts[question];
}

int Tally::arrived(QLatin1StringView kind) const
{
    const std::lock_guard lock(m_mutex);
    int sum = 0;
    for (const auto &[question, count] : m_counts)
        sum += question.startsWith(kind) ? count : 0;
    return sum;
}

int Tally::distinct(QLatin1StringView kind) const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(
        std::ranges::count_if(m_counts, [kind](const auto &entry) { return entry.first.startsWith(kind); }));
}

int Tally::printRepeated() const
{
    const std::lock_guard lock(m_mutex);
    int repeated = 0;
    for (const auto &[question, count] : m_counts) {
        constexpr int samples = kLatencySamples + 1; // the first contact is told apart from the others
        const int asked = count > samples ? count - samples : count;
        if (asked == 1 || question.startsWith("TLS"_L1))
            continue;
        ++repeated;
        std::printf("    %3d times  %s\n", asked, qPrintable(question));
    }
    return repeated;
}

void printSlowest(Run run)
{
    constexpr size_t slowestShown = 8;
    std::ranges::sort(run.results, std::ranges::greater(), &CheckResult::duration);
    std::printf("  slowest checks:\n");
    for (const CheckResult &result : std::span(run.results).first(std::min(slowestShown, run.results.size()))) {
        std::printf("    %6lld ms  %s %s\n", static_cast<long long>(result.duration.count()),
                    qPrintable(result.checkId), qPrintable(result.host));
    }
}

} // namespace cockpit::bench
