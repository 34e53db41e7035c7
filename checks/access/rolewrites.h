// The writing cells of the table: on records of our own, made for it and removed again, and only on routes that the
// person marked as safe to write. What happened is read back by the record's owner.
#pragma once

#include "checks/access/actorsessions.h"
#include "checks/access/rolecells.h"
#include "checks/actors/canary.h"
#include "checks/engine/check.h"

#include <functional>
#include <map>

namespace cockpit {

// For so many kinds of records.
constexpr std::size_t kMostWritePlans = 4;
int roleWritesCeiling(const ProjectFacts &facts, int actors);

class RoleWrites
{
public:
    // rows: those of the table; their writing cells are filled in. mayGoOn: asked before each step.
    RoleWrites(const Look &look, const std::vector<TestActor> &actors, ActorSessions &accounts,
               std::vector<RoleRow> &rows, std::function<bool()> mayGoOn);

    // What could not be removed, for each kind of record.
    std::vector<UndoReport> run(const std::function<bool(const TestActor &)> &isUsable);
    // Why a test record was not even sent; empty: all that was to be made was.
    const QString &problem() const { return m_problem; }

private:
    struct Planted
    {
        const TestActor *owner = nullptr;
        Canary canary;
    };

    RoleCell *cellOf(const Route &route, const TestActor *actor);
    void runPlan(const CanaryPlan &plan, UndoList &undo);
    void noteGap(const CanaryPlan &plan);
    void plantForTenants(const CanaryPlan &plan, UndoList &undo);
    std::optional<Canary> plantAs(const CanaryPlan &plan, RoleCell &cell, UndoList &undo);
    void createAsOthers(const CanaryPlan &plan, UndoList &undo);
    void changeAsAll(const CanaryPlan &plan);
    void removeAsAll(const CanaryPlan &plan);

    bool mayAsk(RoleCell &cell);
    const Planted *ownFor(const RoleCell &cell) const;
    const Planted *foreignFor(const RoleCell &cell) const;
    RoleTry change(const CanaryPlan &plan, const RoleCell &cell, const Planted &planted);
    RoleTry remove(const CanaryPlan &plan, const RoleCell &cell, const Planted &planted);
    RoleTry send(const TestActor *actor, const ActiveRequest &request);
    // Whether the owner sees the text in its record. Empty: it could not be read.
    std::optional<bool> shows(const CanaryPlan &plan, const Planted &planted, const QString &text);
    std::optional<bool> isGone(const CanaryPlan &plan, const Planted &planted);

    const Look &m_look;
    const std::vector<TestActor> &m_actors;
    ActorSessions &m_accounts;
    std::vector<RoleRow> &m_rows;
    const std::function<bool()> m_mayGoOn;
    std::function<bool(const TestActor &)> m_isUsable;
    QString m_problem;
    std::vector<Planted> m_planted;    // one for each tenant
    std::map<QString, Planted> m_made; // what the others made: by TestActor::id
};

} // namespace cockpit
