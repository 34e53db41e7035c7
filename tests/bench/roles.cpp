// access.roles at the practice shop, 50 routes as 5 accounts and signed out: how many requests that takes, at the pace
// that the shop allows and at the usual budget of a run, and its time against that of as many bare requests.
#include "checks/access/roles.h"
#include "checks/access/rolerun.h"
#include "models/testcells.h"
#include "tests/checks/access/accesslab.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kRoutes = 50;
constexpr int kAmple = 5000;

struct Figures
{
    double wall = 0;
    int sent = 0;     // as the accounts, with their sign-ins
    int received = 0; // by the shop, with those of a stranger
    std::vector<TestCell> cells;
    std::size_t findings = 0;
    Outcome outcome = Outcome::Error;
};

Figures measured(ShopRun &run)
{
    Figures figures;
    QElapsedTimer clock;
    clock.start();
    const Judged judged = run.run(rolesCheck());
    figures.wall = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    figures.sent = run.gate->sent();
    figures.received = run.shop.shop().journal().count();
    CheckResult result;
    result.observed = judged.observed;
    figures.cells = cellsOf(result);
    figures.findings = judged.findings.size();
    figures.outcome = judged.outcome;
    return figures;
}

void print(const char *title, const Figures &figures)
{
    const auto told = std::ranges::count_if(figures.cells, [](const TestCell &cell) {
        return cell.outcome == Outcome::Pass || cell.outcome == Outcome::Fail || cell.outcome == Outcome::Warn;
    });
    std::printf("%s\n", title);
    std::printf("  cells                %6zu      told: %lld\n", figures.cells.size(), static_cast<long long>(told));
    std::printf("  requests             %6d      at 5 a second %d s\n", figures.sent, figures.sent / 5);
    std::printf("  with the stranger's  %6d\n", figures.received);
    std::printf("  wall time            %6.0f ms\n", figures.wall);
    std::printf("  findings             %6zu      aim: none\n", figures.findings);
    std::printf("  outcome              %6s\n", qPrintable(toWord(figures.outcome)));
}

// As many requests, one after the other, on one kept connection.
double bareTime(ShopRun &run, int requests)
{
    run.allow(kAmple, 1e6);
    Wire wire(*run.seen, u"bare"_s, requests);
    ActiveRequest request;
    request.url = run.shop.url("/api/health");
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < requests; ++i) {
        if (!wire.send(request))
            std::fprintf(stderr, "a request was not answered\n");
    }
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    ShopRun run;
    if (!run.shop.isReady()) {
        std::fprintf(stderr, "%s\n", qPrintable(run.shop.problem()));
        return 1;
    }
    run.facts.routes.resize(std::min(run.facts.routes.size(), kRoutes));
    run.allow(kAmple, 1e6);
    const Figures whole = measured(run);
    std::printf("%zu routes, signed out and as %zu accounts\n", run.facts.routes.size(),
                roleActors(run.facts.actors).size());
    print("all that is to be asked", whole);
    const double bare = bareTime(run, whole.received);
    std::printf("  wall / bare requests %6.2f      bare: %.0f ms\n", whole.wall / bare, bare);
    run.shop.reset();
    run.allow(ActiveBudget().requests, 1e6);
    print("within the usual budget of a run", measured(run));
    return 0;
}
