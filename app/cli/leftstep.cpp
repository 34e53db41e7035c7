#include "app/cli/leftstep.h"

#include "checks/engine/guarded.h"
#include "ui/widgets/whendone.h"

#include <QCoreApplication>
#include <QtConcurrentRun>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

// The secrets of those who are asked alone: the gate keeps requests for the sign-in of each.
ActiveTerms termsFor(const ActiveTerms &given, const LeftQuestion &question)
{
    ActiveTerms terms = given;
    const std::vector<TestActor> needed = actorsToRemove(question.entries, question.actors);
    std::erase_if(terms.secrets, [&](const auto &one) {
        return std::ranges::find(needed, one.first, &TestActor::id) == needed.end();
    });
    return terms;
}

// Where nobody said how long the run may take, as long as so many requests need.
Deadline deadlineOf(const RunRequest &request)
{
    return request.isDeadlineFixed ? Deadline::in(request.net.runDeadline) : Deadline::never();
}

Result<void> keep(AuditSetup &setup, const LeftReport &report)
{
    setup.left.outcomes = report.each;
    ActiveBudget &budget = setup.request.plan.active->budget;
    const int agreed = budget.requests;
    budget.requests = std::max(0, agreed - static_cast<int>(report.sent.size()));
    if (budget.requests == 0)
        setup.left.tookAll = Text::tr("Taking away what earlier runs left took all %n request(s) that this run may "
                                      "send, so that no test attacks were sent. Allow more by --requests, or leave "
                                      "--remove-left to a run of its own.",
                                      nullptr, agreed);
    Result<void> kept = setup.store->strikeFromJournal(report.gone());
    return kept ? setup.store->appendRequests(report.sent) : kept;
}

} // namespace

void removeLeftFirst(AuditSetup &setup, const Composition &composition, const CancelToken &cancel, QObject *context,
                     std::function<void(const Result<void> &)> done)
{
    if (!setup.removesLeft)
        return done({});
    if (!setup.request.plan.active) {
        setup.left.notAsked = Text::tr("Nothing was taken away, as test attacks are not allowed.");
        return done({});
    }
    const LeftQuestion question{.target = setup.known.settings.target,
                                .routes = setup.known.routes,
                                .actors = setup.known.actors,
                                .entries = setup.left.before,
                                .until = deadlineOf(setup.request)};
    const auto work = [remove = composition.removeLeft, question,
                       terms = termsFor(*setup.request.plan.active, question), net = setup.request.net,
                       cancel] { return guarded([&] { return remove(question, terms, net, cancel); }); };
    whenDone(QtConcurrent::run(work), context,
             [&setup, until = question.until, done = std::move(done)](const Result<LeftReport> &report) {
                 if (!report)
                     setup.left.notAsked = report.error().message;
                 if (setup.request.isDeadlineFixed)
                     setup.request.net.runDeadline = until.remaining();
                 done(report ? keep(setup, *report) : Result<void>());
             });
}

} // namespace cockpit
