#include "checks/abuse/badinput.h"

#include "checks/abuse/badreads.h"
#include "checks/abuse/badtrials.h"
#include "checks/abuse/describedanswers.h"
#include "checks/actors/crew.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"abuse.schema"_s;

Result<std::shared_ptr<const BadInputRun>> sendTrials(const BadInputTrials &question, ProbeContext &context,
                                                      const TestActor &actor)
{
    WritePlaces places = writePlaces(question.routes, question.samples);
    ReadChoice reads = readsToTry(question.routes, question.readsFirst);
    Wire wire(context.observations, kCheck, question.most);
    if (!wire.isReady())
        return tl::unexpected<Error>(wire.isReady().error());
    ActorSession session(actor, wire);
    if (auto ready = session.signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    BadInputRun run = BadTrials(question, context, wire, session).run(std::move(places), std::move(reads));
    run.documents = readDocuments(question.documents, context.observations);
    run.requests = wire.sent();
    return std::make_shared<const BadInputRun>(std::move(run));
}

} // namespace

Result<std::shared_ptr<const BadInputRun>> probe(const BadInputTrials &question, ProbeContext &context)
{
    const TestActor *actor = inputActorOf(question.actors);
    if (!context.active)
        return failure(ErrorKind::NotPermitted, labelOf(Need::Consent));
    if (!actor)
        return failure(ErrorKind::BadInput, labelOf(Need::TestAccounts));
    auto run = sendTrials(question, context, *actor);
    // Asked once in a run: who waits for what is left over need not wait for each look that reads the answer.
    if (question.isLast)
        context.active->finish(kCheck);
    return run;
}

} // namespace cockpit
