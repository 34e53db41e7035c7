// The shop of two tenants with what a run that was cut off left in it, and the removal of that.
#pragma once

#include "checks/access/leftremoval.h"
#include "checks/actors/actorsession.h"
#include "checks/actors/canary.h"
#include "checks/actors/recordowner.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/access/memoryjournal.h"

namespace cockpit::test {

using Reply = std::optional<PageReply>;

// The shop, with one record that a run which was cut off made in it.
struct LeftScene
{
    explicit LeftScene(const BentShop::Manner &manner = [](const PageRequest &, BentShop &) { return Reply(); })
        : lab(manner), scene(lab)
    {
        scene.keepCustomers();
        question.target = targetOf({scene.host});
        question.routes = scene.facts.routes;
        question.actors = scene.facts.actors;
    }

    // Made as a check makes it, by a run that never gets to its undoing.
    void plant()
    {
        AttackRun run = scene.newRun();
        run.journal->to = journal;
        const auto plans = canaryPlans(scene.facts.routes, scene.facts.samples);
        const auto admin = std::ranges::find(scene.facts.actors, u"admin"_s, &TestActor::role);
        Wire wire(run.seen, u"access.tenant-isolation"_s, 20);
        ActorSession session(*admin, wire);
        RecordOwner owner = recordOwner(session);
        owner.send = [send = owner.send](const ActiveRequest &request) {
            return request.errand == ActiveErrand::Undo
                       ? Result<HttpResponse>(failure(ErrorKind::Cancelled, u"killed"_s))
                       : send(request);
        };
        UndoList undo([] { return false; });
        const auto made = plantCanary(plans.at(0), question.target, owner, undo);
        canary = made ? *made : Canary();
        undo.run();
        question.entries = journal->entries();
    }

    // By the shop's own records.
    bool isThere()
    {
        const auto lines = lab.shop().journal().lines();
        return std::ranges::none_of(lines, [&](const JournalLine &line) {
            return line.method == "DELETE" && line.status == 204 && line.target.endsWith('/' + canary.id.toUtf8());
        });
    }
    int writesSeen() { return lab.shop().journal().writes(); }

    Result<LeftReport> remove(int requests = 200)
    {
        ActiveTerms terms{.budget = {.requests = requests, .perSecond = 2000},
                          .hosts = {scene.host},
                          .secrets = secretsOf(lab.shop()),
                          .killed = killed};
        return removeLeft(question, std::move(terms), lab.netOptions(), token);
    }

    CancelToken token;
    std::shared_ptr<std::atomic_bool> killed = std::make_shared<std::atomic_bool>(false);

    BentShop lab;
    ShopScene<BentShop> scene;
    LeftQuestion question;
    std::shared_ptr<MemoryJournal> journal = std::make_shared<MemoryJournal>();
    Canary canary;
};

} // namespace cockpit::test
