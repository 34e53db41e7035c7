// A first look at the practice company with a delay added to each network answer, against what no number of workers
// could shorten: the longest chain of answers that had to wait for each other. The servers count what they are asked.
#include "practicelook.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>

using namespace cockpit;
using namespace cockpit::bench;
using namespace Qt::StringLiterals;

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
        for (const auto kind : {"DNS"_L1, "TLS"_L1, "HTTP"_L1})
            std::printf("  arrived, %-4s        %6d\n", kind.data(), tally.arrived(kind));
        std::printf("  asked more than once %6d      aim: only what is asked again to confirm a find\n",
                    tally.printRepeated());
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
