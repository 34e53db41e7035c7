// One run over the table route × account: what is asked for, in which order, within which bounds.
#pragma once

#include "checks/access/actorsessions.h"
#include "checks/access/rolecells.h"
#include "checks/access/roleids.h"
#include "checks/engine/check.h"

#include <map>

namespace cockpit {

constexpr std::size_t kMostRoleRoutes = 200;
// So often the product may say "too many" before nothing more is asked for.
constexpr int kMostRefusedAsTooMany = 3;

// Those that are asked as: throw-away accounts may be locked by other checks meanwhile, and count only where there is
// nobody else.
std::vector<TestActor> roleActors(const std::vector<TestActor> &actors);

// How many requests a run over this table sends at most.
int roleCeiling(const ProjectFacts &facts);
// Of these, for reads that went beyond a rule and are asked once more.
int confirmingCeiling(const std::vector<Route> &routes, int actors);
// Of these, what is asked on each host to know what it answers at invented addresses.
constexpr int kBaselineRequests = 2;
// With fewer, a table of two accounts would hardly have a cell that was asked.
constexpr int kFewestForRoles = 20;

// Belongs to one look, which outlives it, as do the accounts and the wire.
class RoleRun
{
public:
    RoleRun(const Look &look, const std::vector<TestActor> &actors, Wire &wire);
    Q_DISABLE_COPY_MOVE(RoleRun)

    // Signs in; the first error when nobody can.
    [[nodiscard]] Result<void> begin();
    // Reads, records with one of the asker's own and then with another tenant's, writes on records of our own, which
    // are removed again; what was left out of the reads for lack of requests, if there are some in the end; once more
    // the reads that went beyond a rule; and whether all are still signed in.
    void ask();

    RoleLook take() { return std::move(m_result); }
    const std::vector<UndoReport> &undone() const { return m_undone; }

private:
    enum class Round { Chosen, LeftOut };

    void makeRows();
    void askBaselines();
    void askAsStrangers();
    void askReads(Round round);
    void askRecords(Round round);
    void askWrites();
    void confirmExceeding();
    void confirmSessions();

    bool isOf(Round round, const RoleCell &cell) const;
    bool mayGoOn();
    bool isUsable(const TestActor &actor) const { return !m_failed.contains(actor.id); }
    RoleTry tryAs(const TestActor *actor, const ActiveRequest &request);
    void askCell(RoleCell &cell, std::optional<RoleTry> RoleCell::*place, const ActiveRequest &request);
    void askRecordRow(RoleRow &row, const RoleIds &ids, Round round);
    void askForeign(RoleRow &row);
    QUrl recordFor(const RoleRow &row, const TestActor &actor, const RoleIds &ids) const;
    bool isLost(const TestActor &actor);

    const Look &m_look;
    const std::vector<TestActor> &m_actors;
    Wire &m_wire;
    ActorSessions m_accounts;
    RoleLook m_result;
    std::vector<UndoReport> m_undone;
    std::map<QString, QString> m_failed; // TestActor::id: why it could not sign in
    int m_refusedAsTooMany = 0;
};

} // namespace cockpit
