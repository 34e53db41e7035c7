// The names-and-mail part of a look (dns.*, mail.*) at the practice company with a delay added to each answer: its time
// against the longest chain of answers that had to wait for each other, and what was asked against how many different
// questions there were. Arguments are checks to leave out: the search for DKIM selectors alone asks a hundred
// questions, at most twenty at a time so that no name server is crowded, which is longer than any chain.
#include "practicelook.h"

#include <QCoreApplication>

#include <cstdio>

using namespace cockpit;
using namespace cockpit::bench;
using namespace Qt::StringLiterals;

namespace {

void print(const Runner &runner, const Run &run, const Tally &tally, double wall)
{
    const auto chain = static_cast<double>(runner.longestChain() * kDelay.count());
    std::printf("  checks               %6zu\n", run.results.size());
    std::printf("  wall time            %6.0f ms\n", wall);
    std::printf("  longest chain        %6.0f ms   %d round trips of %lld ms\n", chain, runner.longestChain(),
                static_cast<long long>(kDelay.count()));
    std::printf("  wall / chain         %6.2f      aim: 1.5 or less\n", wall / chain);
    std::printf("  DNS queries          %6d      on the wire\n", tally.arrived("DNS"_L1));
    std::printf("  distinct questions   %6d\n", tally.distinct("DNS"_L1));
    std::printf("  asked more than once %6d      aim: none\n", tally.printRepeated());
    printSlowest(run);
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
    QObject::connect(&runner, &Runner::finished, &runner, [&](const Run &run) {
        print(runner, run, tally, static_cast<double>(clock.elapsed()));
        QCoreApplication::quit();
    });
    RunRequest request = requestFor(*composition, **company);
    request.plan.only = {u"dns.*"_s, u"mail.*"_s};
    request.plan.skip = QCoreApplication::arguments().mid(1);
    clock.start();
    if (const auto started = runner.start(request); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().message));
        return 1;
    }
    return QCoreApplication::exec();
}
