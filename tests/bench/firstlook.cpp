// A first look at the practice company with a delay added to each network answer, against what no number of workers
// could shorten: the longest chain of answers that had to wait for each other. The servers count what they are asked.
#include "app/composition.h"
#include "app/practice/practicecompany.h"
#include "checks/engine/runner.h"
#include "checks/http/latency.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>

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

// What arrived at the practice company's servers; they tell from their own threads.
class Tally
{
public:
    void add(const QString &question)
    {
        const std::lock_guard lock(m_mutex);
        ++m_counts[question];
    }

    void print()
    {
        const std::lock_guard lock(m_mutex);
        for (const auto kind : {"DNS"_L1, "TLS"_L1, "HTTP"_L1})
            std::printf("  arrived, %-4s        %6d\n", kind.data(), arrived(kind));
        std::printf("  asked more than once %6d      aim: only what is asked again to confirm a find\n",
                    printRepeated());
    }

private:
    int arrived(QLatin1StringView kind) const
    {
        int sum = 0;
        for (const auto &[question, count] : m_counts)
            sum += question.startsWith(kind) ? count : 0;
        return sum;
    }

    // A handshake is a connection and no question. A page is sampled many times on purpose.
    int printRepeated() const
    {
        int repeated = 0;
        for (const auto &[question, count] : m_counts) {
            const int asked = count > kLatencySamples ? count - kLatencySamples : count;
            if (asked == 1 || question.startsWith("TLS"_L1))
                continue;
            ++repeated;
            std::printf("    %3d times  %s\n", asked, qPrintable(question));
        }
        return repeated;
    }

    std::mutex m_mutex;
    std::map<QString, int> m_counts;
};

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
    Tally tally;
    const auto company = PracticeCompany::start({kDelay, [&tally](const QString &question) { tally.add(question); }});
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
        std::printf("  probes               %6d\n", runner.probesSent());
        tally.print();
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
