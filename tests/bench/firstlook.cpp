// A first look at the practice company with a delay added to each network answer, against what no number of workers
// could shorten: the longest chain of answers that had to wait for each other.
#include "app/composition.h"
#include "app/practice/practicecompany.h"
#include "checks/engine/runner.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kDelay(20);
constexpr size_t kSlowestShown = 8;

RunRequest requestFor(const Composition &composition, const PracticeCompany &company)
{
    const ProjectSettings settings = company.settings();
    RunRequest request;
    request.plan.target = settings.target;
    request.plan.roadmap = composition.roadmap(settings.roadmapId).value_or(Roadmap());
    request.plan.facts.routes = company.routes();
    request.plan.facts.dkimSelectors = settings.dkimSelectors;
    request.net = company.netOptions();
    request.language = u"en"_s;
    return request;
}

void printSlowest(Run run)
{
    std::ranges::sort(run.results, std::ranges::greater(), &CheckResult::duration);
    std::printf("  slowest checks:\n");
    for (const CheckResult &result : std::span(run.results).first(std::min(kSlowestShown, run.results.size()))) {
        std::printf("    %6lld ms  %s %s\n", static_cast<long long>(result.duration.count()),
                    qPrintable(result.checkId), qPrintable(result.host));
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const auto composition = compose(u"en"_s);
    const auto company = PracticeCompany::start(kDelay);
    if (!composition || !company) {
        std::fprintf(stderr, "the practice company could not be opened\n");
        return 1;
    }
    Runner runner(composition->runServices());
    QElapsedTimer clock;
    qint64 firstFinding = -1;
    QObject::connect(&runner, &Runner::resultsReady, &runner, [&](const std::vector<CheckResult> &results) {
        const bool found = std::ranges::any_of(results, [](const CheckResult &r) { return !r.findings.empty(); });
        if (firstFinding < 0 && found)
            firstFinding = clock.elapsed();
    });
    QObject::connect(&runner, &Runner::finished, &runner, [&](const Run &run) {
        const auto wall = static_cast<double>(clock.elapsed());
        const auto chain = static_cast<double>(runner.longestChain() * kDelay.count());
        std::printf("  wall time            %6.0f ms\n", wall);
        std::printf("  longest chain        %6.0f ms   %d round trips of %lld ms\n", chain, runner.longestChain(),
                    static_cast<long long>(kDelay.count()));
        std::printf("  wall / chain         %6.2f      aim: 2 or less\n", wall / chain);
        std::printf("  first finding        %6lld ms   aim: under 1000\n", static_cast<long long>(firstFinding));
        std::printf("  questions sent       %6d      each once: the engine remembers answers by question\n",
                    runner.probesSent());
        printSlowest(run);
        QCoreApplication::quit();
    });
    clock.start();
    if (const auto started = runner.start(requestFor(*composition, **company)); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().message));
        return 1;
    }
    return QCoreApplication::exec();
}
