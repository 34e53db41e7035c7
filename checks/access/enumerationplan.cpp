// What is asked of which entry, and how often.
#include "checks/access/enumerationlook.h"

#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

constexpr int kFewestPairs = 8;   // below, times tell nothing
constexpr int kOtherRequests = 7; // controls, the form, one more unknown name, the sign-in at the end

// Those that show a state go into a list of their own.
void put(EnumerationPlan::Series &series, const TestActor &actor, int times, bool first)
{
    const AccountState state = accountStateOf(actor);
    const KnownName name{actor.userName, state == AccountState::Usual ? times : kAsksForState, state};
    std::vector<KnownName> &list = state == AccountState::Usual ? series.known : series.states;
    if (std::ranges::find(list, name.name, &KnownName::name) == list.end())
        list.insert(first ? list.begin() : list.end(), name);
}

void putNamesForLogin(const Outlook &look, const AccountsKnown &known, EnumerationPlan::Series &series)
{
    for (const TestActor &actor : look.facts.actors) {
        const auto own = loginOf(actor);
        if (!own || own->url != series.entry.url)
            continue;
        const bool isUsual = accountStateOf(actor) == AccountState::Usual;
        const bool mayLock = isUsual && known.mayLock(actor);
        put(series, actor, mayLock ? kWrongForThrowAway : kWrongEach, mayLock);
    }
}

void putNamesForLetters(const Outlook &look, const TestActor *without, EnumerationPlan::Series &series)
{
    const bool sendsLetters = series.entry.kind != EntryKind::Discovery;
    for (const TestActor &actor : look.facts.actors) {
        const int letters = actor.isThrowAway ? kLettersForThrowAway : kLettersEach;
        if (&actor != without && actor.userName.contains(u'@'))
            put(series, actor, sendsLetters ? letters : kMostPairs, false);
    }
}

QString whyNot(const EntryPoint &entry, const EnumerationPlan &plan, bool hasNames)
{
    const QString route = routeName(entry.route);
    // A letter to an account of the project, or a question: nothing stays of them.
    const bool leavesNothing =
        entry.kind == EntryKind::Login || entry.kind == EntryKind::Forgot || entry.kind == EntryKind::Discovery;
    if (!leavesNothing && !maySafelyWrite(entry.route))
        return Text::tr("%1 was not tried: it is not marked as safe to write.").arg(route);
    if (entry.kind == EntryKind::Invite && !plan.inviter)
        return Text::tr("%1 was not tried: it needs a test account of an administrator.").arg(route);
    if (!hasNames)
        return Text::tr("%1 was not tried: it needs test accounts with an address of mail.").arg(route);
    return {};
}

// One door of each kind is asked: what another one says may differ, and stays open.
void skipFurtherDoors(const Outlook &look, const std::vector<EntryPoint> &entries, const EntryPoint &asked,
                      EnumerationPlan &plan)
{
    const std::vector<EntryPoint> doors =
        asked.kind == EntryKind::Login ? loginDoorsOf(look.target, look.facts) : entries;
    for (const EntryPoint &door : doors) {
        if (door.kind != asked.kind || door.url == asked.url)
            continue;
        const QString route = routeName(door.route);
        plan.skipped.push_back({.kind = door.kind,
                                .route = route,
                                .notTested = Text::tr("%1 was not tried: one door of a kind is asked in a run, and "
                                                      "this time it was %2.")
                                                 .arg(route, routeName(asked.route))});
    }
}

// A name without an @ is one that profiles are called by.
QString knownFor(const PublicLookup &lookup, const std::vector<TestActor> &actors)
{
    const auto fits = [&](const TestActor &one) {
        return accountStateOf(one) == AccountState::Usual && !one.userName.isEmpty() &&
               one.userName.contains(u'@') == lookup.byMail;
    };
    const auto found = std::ranges::find_if(actors, fits);
    return found == actors.end() ? QString() : found->userName;
}

void addInquiries(const Outlook &look, EnumerationPlan &plan)
{
    for (PublicLookup &lookup : publicLookupsOf(look.target, look.facts)) {
        const QString known = knownFor(lookup, look.facts.actors);
        const QString route = lookupName(lookup);
        if (!known.isEmpty() && plan.inquiries.size() >= kMostLookups) {
            plan.skipped.push_back(
                {.kind = EntryKind::Lookup,
                 .route = route,
                 .notTested = Text::tr("%1 was not tried: a run asks %2 routes that look people up, the public ones "
                                       "first.")
                                  .arg(route, QString::number(kMostLookups))});
            continue;
        }
        if (!known.isEmpty()) {
            plan.inquiries.push_back({std::move(lookup), known});
            continue;
        }
        plan.skipped.push_back(
            {.kind = EntryKind::Lookup,
             .route = route,
             .notTested =
                 lookup.byMail
                     ? Text::tr("%1 was not tried: it needs test accounts with an address of mail.").arg(route)
                     : Text::tr("%1 was not tried: it needs a test account that signs in with a name.").arg(route)});
    }
}

} // namespace

int EnumerationPlan::Series::mostPairs() const
{
    const auto times =
        std::accumulate(known.begin(), known.end(), 0, [](int sum, const KnownName &one) { return sum + one.times; });
    // Each new address is asked for as often as a known one may be, and no more often.
    const int most = makesAccounts(entry.kind) ? kMostNewNames * kLettersEach : kMostPairs;
    return std::min(times, most);
}

int EnumerationPlan::Series::beside() const
{
    return kOtherRequests + kAsksForState * static_cast<int>(states.size());
}

int EnumerationPlan::ceiling() const
{
    return std::accumulate(series.begin(), series.end(), forInquiries(),
                           [](int sum, const Series &one) { return sum + 2 * one.pairs + one.beside(); });
}

RequestNeed EnumerationPlan::need() const
{
    EnumerationPlan fewest = *this;
    EnumerationPlan most = *this;
    for (Series &one : fewest.series)
        one.pairs = std::min(kFewestPairs, one.mostPairs());
    for (Series &one : most.series)
        one.pairs = one.mostPairs();
    return {.account = u"access.enumeration"_s, .most = most.ceiling(), .fewest = fewest.ceiling(), .parts = 2};
}

// A pair more for each in turn, as far as they go.
void EnumerationPlan::share(int requests)
{
    for (Series &one : series)
        one.pairs = std::min(kFewestPairs, one.mostPairs());
    for (bool isGiven = true; isGiven;) {
        isGiven = false;
        for (Series &one : series) {
            if (one.pairs == one.mostPairs() || ceiling() + 2 > requests)
                continue;
            ++one.pairs;
            isGiven = true;
        }
    }
}

EnumerationPlan enumerationPlanOf(const Look &look)
{
    ActiveGate &gate = *look.seen.active();
    EnumerationPlan plan = enumerationPlanOf(
        {look.target, look.facts}, {.hasSecret = [&](const TestActor &one) { return gate.secretOf(one.id) != nullptr; },
                                    .mayLock = [&](const TestActor &one) { return gate.mayLock(one.id); }});
    if (!plan.series.empty())
        plan.share(mayAnnounce(look, plan.need()));
    return plan;
}

EnumerationPlan enumerationPlanOf(const Outlook &look, const AccountsKnown &known)
{
    EnumerationPlan plan;
    const std::vector<EntryPoint> entries = entryPointsOf(look.target, look.facts);
    const Crew crew = crewOf(look.facts.actors);
    plan.inviter = crew.admin ? crew.admin : crew.otherAdmin;
    for (const TestActor &actor : look.facts.actors) {
        const bool isUsual = accountStateOf(actor) == AccountState::Usual;
        if (!plan.control && isUsual && loginOf(actor) && known.hasSecret(actor))
            plan.control = &actor;
    }
    for (const EntryKind kind : {EntryKind::Login, EntryKind::SignUp, EntryKind::Forgot, EntryKind::MagicLink,
                                 EntryKind::Discovery, EntryKind::Invite}) {
        const EntryPoint *entry = entryOf(kind, entries);
        if (!entry || (kind == EntryKind::Login && !(plan.control && entry->isOfAccount)))
            continue;
        EnumerationPlan::Series series{.entry = *entry, .known = {}, .like = {}};
        if (kind == EntryKind::Login)
            putNamesForLogin(look, known, series);
        else
            putNamesForLetters(look, kind == EntryKind::Invite ? plan.inviter : nullptr, series);
        if (const QString why = whyNot(*entry, plan, !series.known.empty()); !why.isEmpty()) {
            plan.skipped.push_back({.kind = kind, .route = routeName(entry->route), .notTested = why});
            continue;
        }
        series.like = series.known.front().name;
        plan.series.push_back(std::move(series));
        skipFurtherDoors(look, entries, *entry, plan);
    }
    addInquiries(look, plan);
    return plan;
}

} // namespace cockpit
