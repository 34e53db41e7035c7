// What each cell of the table is, from the answers alone. A cell is measured by what those who may got at the same
// address; another tenant's records by texts that only that tenant sees.
#include "checks/access/rolecells.h"
#include "checks/access/roletenants.h"
#include "checks/actors/forgeryrefusal.h"
#include "checks/actors/likeness.h"
#include "models/routes/pathtemplate.h"
#include "models/routes/routelist.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// One row, as its cells are measured.
class RowReach
{
public:
    RowReach(const RoleLook &look, const RoleTenants &tenants, const InventedAnswers &invented, std::size_t row)
        : m_look(look), m_tenants(tenants), m_invented(invented), m_index(row), m_row(look.rows[row])
    {
    }

    RoleVerdict of(const RoleCell &cell) const;

private:
    bool isRead() const { return onlyReads(m_row.route); }
    Yardstick yardstickFor(const RoleCell &cell, ReachOf question) const;
    bool isRefusedToStrangers() const;
    const HttpResponse *goodFor(const RoleCell &cell, const RoleTry &asked) const;
    const HttpResponse *signedOutAnswer() const;
    RoleVerdict ofOwn(const RoleCell &cell) const;
    RoleVerdict ofForeign(const RoleCell &cell) const;
    RoleVerdict ofRead(const RoleCell &cell) const;
    RoleVerdict ofWrite(const RoleTry &asked, CellSeen ifChanged) const;
    bool couldAnother(const RoleTry &asked) const;
    RoleVerdict together(const RoleCell &cell, RoleVerdict own, const RoleVerdict &foreign) const;

    const RoleLook &m_look;
    const RoleTenants &m_tenants;
    const InventedAnswers &m_invented;
    const std::size_t m_index;
    const RoleRow &m_row;
};

RoleVerdict told(CellSeen seen, const QString &why, const RoleTry &asked)
{
    RoleVerdict verdict;
    verdict.seen = seen;
    verdict.why = why;
    verdict.status = asked.answer ? asked.answer->status : 0;
    verdict.told = &asked;
    return verdict;
}

// Of a write: by its words or its status. Who may not know that a record is there is told that it is not.
bool isRefusal(const RoleTry &asked)
{
    return asked.answer && (asked.answer->status == 404 || asked.answer->status == 410 ||
                            reachOf(*asked.answer, {}).reach == ActorReach::Refused);
}

// The address alone is not enough for it.
bool wantsInput(const HttpResponse &answer)
{
    return answer.status == 400 || answer.status == 422;
}

const HttpResponse *RowReach::signedOutAnswer() const
{
    const auto cell = std::ranges::find_if(m_row.cells, [](const RoleCell &one) { return !one.actor; });
    return cell != m_row.cells.end() && cell->own && cell->own->answer ? &*cell->own->answer : nullptr;
}

// Of those who may: at the same address, with a good answer, another one than the asker. Without any, the one that
// should have been good, so that a route that is broken for everybody proves nothing.
const HttpResponse *RowReach::goodFor(const RoleCell &cell, const RoleTry &asked) const
{
    const HttpResponse *last = nullptr;
    const Yardstick bare{.invented = &m_invented};
    for (const RoleCell &other : m_row.cells) {
        const bool mayAsk = other.wanted.allowance != Allowance::Denied && other.own && other.own->answer;
        if (!mayAsk || (cell.own && &*other.own == &asked))
            continue;
        const HttpResponse *answer = &*other.own->answer;
        if (isGoodAnswer(*answer, bare) && answer->url == asked.request.url)
            return answer;
        if (!last || (!isGoodAnswer(*last, bare) && isGoodAnswer(*answer, bare)))
            last = answer;
    }
    if (!last && cell.wanted.allowance != Allowance::Denied && cell.own && cell.own->answer)
        last = &*cell.own->answer;
    return last;
}

Yardstick RowReach::yardstickFor(const RoleCell &cell, ReachOf question) const
{
    return {.question = question, .signedOut = cell.actor ? signedOutAnswer() : nullptr, .invented = &m_invented};
}

bool RowReach::isRefusedToStrangers() const
{
    const HttpResponse *answer = signedOutAnswer();
    return answer &&
           reachOf(*answer, {.question = ReachOf::Route, .invented = &m_invented}).reach == ActorReach::Refused;
}

// What everybody gets needs no other one to be measured by.
RoleVerdict RowReach::ofRead(const RoleCell &cell) const
{
    const RoleTry &asked = *cell.own;
    Yardstick yardstick = yardstickFor(cell, ReachOf::Route);
    const bool isGood = isGoodAnswer(*asked.answer, yardstick);
    if (m_row.route.access == AccessClass::Public && isGood && cell.wanted.allowance == Allowance::Allowed)
        return told(CellSeen::Public, u"same_content"_s, asked);
    yardstick.good = goodFor(cell, asked);
    if (!yardstick.good && isGood && cell.wanted.allowance != Allowance::Denied)
        yardstick.good = &*asked.answer;
    const ReachVerdict reach = reachOf(*asked.answer, yardstick);
    RoleVerdict verdict = told(CellSeen::Unclear, toWord(reach.why), asked);
    verdict.proof = reach.proof;
    const bool isMeantToGet = cell.actor && cell.wanted.allowance != Allowance::Denied;
    if (reach.reach == ActorReach::Allowed)
        verdict.seen = reach.isPublic ? CellSeen::Public : CellSeen::Allowed;
    else if (reach.reach == ActorReach::Refused)
        verdict.seen = CellSeen::Denied;
    else if (isMeantToGet && wantsInput(*asked.answer))
        verdict.why = u"needs_input"_s;
    // Pages differ from one to the other: that a stranger is refused tells that this one was let in.
    else if (isMeantToGet && isGood && reach.why == ReachWhy::Other && isRefusedToStrangers())
        verdict.seen = CellSeen::Allowed;
    return verdict; // given less than others, or told nothing: unclear
}

// Some other asker changed something by this route.
bool RowReach::couldAnother(const RoleTry &asked) const
{
    const auto could = [&](const std::optional<RoleTry> &one) {
        return one && &*one != &asked && one->tookEffect.value_or(false);
    };
    return std::ranges::any_of(m_row.cells,
                               [&](const RoleCell &other) { return could(other.own) || could(other.foreign); });
}

// A change that the owner sees has happened, whatever the answer said; one that he does not see has not. A refusal
// tells something where another one could: else it may be for another reason than who asks.
RoleVerdict RowReach::ofWrite(const RoleTry &asked, CellSeen ifChanged) const
{
    if (asked.tookEffect.value_or(false)) {
        RoleVerdict verdict = told(ifChanged, u"changed"_s, asked);
        verdict.proof = Proof::Proven;
        return verdict;
    }
    if (!asked.answer)
        return told(CellSeen::Unclear, u"no_answer"_s, asked);
    if (isForgeryRefusal(*asked.answer))
        return told(CellSeen::Unclear, toWord(ReachWhy::ForgeryToken), asked);
    const bool isLookedAt = asked.tookEffect.has_value();
    // Not looked at: the record may not be there.
    if (!isRefusal(asked) || (!isLookedAt && asked.answer->status == 404))
        return told(CellSeen::Unclear, isLookedAt ? u"not_changed"_s : u"other"_s, asked);
    if (!couldAnother(asked))
        return told(CellSeen::Unclear, u"nobody_could"_s, asked);
    return told(CellSeen::Denied, isLookedAt ? u"not_changed"_s : u"status"_s, asked);
}

RoleVerdict RowReach::ofOwn(const RoleCell &cell) const
{
    const RoleTry &asked = *cell.own;
    if (!isRead())
        return ofWrite(asked, CellSeen::Allowed);
    if (!asked.answer)
        return told(CellSeen::Unclear, u"no_answer"_s, asked);
    if (asked.isFleeting)
        return told(CellSeen::Unclear, u"fleeting"_s, asked);
    RoleVerdict verdict = ofRead(cell);
    // A list may hold more than its own. What a person allows as a whole may.
    const bool isWhole = cell.wanted.allowance == Allowance::Allowed && !cell.wanted.isGuessed;
    if (cell.actor && !isWhole && !hasHoles(m_row.route.path) && m_row.route.access != AccessClass::Public) {
        const std::vector<Marker> strangers = m_tenants.strangersIn(*cell.actor, m_index, *asked.answer);
        const auto proof = proofOf(strangers);
        if (proof && *proof != Proof::Lead) {
            verdict = told(CellSeen::ReadsOthers, u"marker"_s, asked);
            verdict.markers = strangers;
            verdict.proof = proof;
        }
    }
    return verdict;
}

RoleVerdict RowReach::ofForeign(const RoleCell &cell) const
{
    const RoleTry &asked = *cell.foreign;
    if (asked.tookEffect)
        return ofWrite(asked, CellSeen::ReadsOthers);
    if (!asked.answer)
        return told(CellSeen::Unclear, u"no_answer"_s, asked);
    if (asked.isFleeting)
        return told(CellSeen::Unclear, u"fleeting"_s, asked);
    const auto owner = std::ranges::find_if(m_row.cells, [&](const RoleCell &other) {
        return other.actor && other.own && other.own->answer && other.own->request.url == asked.request.url;
    });
    if (owner == m_row.cells.end())
        return told(CellSeen::Unclear, u"no_control"_s, asked);
    const Markers markers = m_tenants.markersFor(cell.who(), *owner->actor);
    Yardstick yardstick = yardstickFor(cell, ReachOf::Record);
    yardstick.signedOut = nullptr;
    yardstick.good = &*owner->own->answer;
    yardstick.markers = &markers;
    yardstick.sent = asked.request.url.toEncoded() + asked.request.body;
    const ReachVerdict reach = reachOf(*asked.answer, yardstick);
    RoleVerdict verdict = told(CellSeen::Unclear, toWord(reach.why), asked);
    if (reach.reach == ActorReach::Allowed)
        verdict.seen = CellSeen::ReadsOthers;
    else if (reach.reach != ActorReach::Unclear)
        verdict.seen = CellSeen::Denied;
    verdict.markers = reach.markers;
    verdict.proof = reach.proof;
    return verdict;
}

RoleVerdict RowReach::together(const RoleCell &cell, RoleVerdict own, const RoleVerdict &foreign) const
{
    if (foreign.seen == CellSeen::ReadsOthers)
        return foreign;
    if (own.seen != CellSeen::Allowed)
        return own;
    if (foreign.seen == CellSeen::Denied)
        own.seen = CellSeen::OwnOnly;
    else if (cell.wanted.allowance == Allowance::OwnOnly)
        own.why = cell.foreign ? foreign.why : u"one_tenant"_s;
    return own;
}

RoleVerdict RowReach::of(const RoleCell &cell) const
{
    if (!cell.own && !cell.foreign) {
        RoleVerdict none;
        none.why = toWord(cell.gap);
        return none;
    }
    const RoleVerdict foreign = cell.foreign ? ofForeign(cell) : RoleVerdict();
    RoleVerdict verdict = cell.own ? together(cell, ofOwn(cell), foreign) : foreign;
    // Whoever was signed out meanwhile was refused for that.
    const bool isLost = cell.actor && m_look.lost.contains(cell.actor->id);
    if (isLost && (verdict.seen == CellSeen::Denied || verdict.seen == CellSeen::OwnOnly)) {
        verdict.seen = CellSeen::Unclear;
        verdict.why = u"session_lost"_s;
    }
    return verdict;
}

} // namespace

std::vector<std::vector<RoleVerdict>> verdictsOf(const RoleLook &look)
{
    const RoleTenants tenants(look);
    const InventedAnswers invented(look.baselines);
    std::vector<std::vector<RoleVerdict>> all;
    for (std::size_t row = 0; row < look.rows.size(); ++row) {
        const RowReach reach(look, tenants, invented, row);
        std::vector<RoleVerdict> verdicts;
        for (const RoleCell &cell : look.rows[row].cells)
            verdicts.push_back(reach.of(cell));
        all.push_back(std::move(verdicts));
    }
    return all;
}

} // namespace cockpit
