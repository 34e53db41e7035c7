// What is asked of which entry, and how often.
#include "checks/access/enumerationlook.h"

#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

constexpr int kFewestPairs = 8;   // below, times tell nothing
constexpr int kOtherRequests = 6; // controls, the form, the sign-in at the end

std::vector<KnownName> namesForLogin(const Outlook &look, const AccountsKnown &known, const EntryPoint &login)
{
    std::vector<KnownName> names;
    for (const TestActor &actor : look.facts.actors) {
        const auto own = loginOf(actor);
        if (!own || own->url != login.url)
            continue;
        const bool mayLock = known.mayLock(actor);
        const KnownName name{actor.userName, mayLock ? kWrongForThrowAway : kWrongEach};
        names.insert(mayLock ? names.begin() : names.end(), name);
    }
    return names;
}

std::vector<KnownName> namesForLetters(const Outlook &look, const TestActor *without)
{
    std::vector<KnownName> names;
    for (const TestActor &actor : look.facts.actors) {
        const bool isListed = std::ranges::find(names, actor.userName, &KnownName::name) != names.end();
        if (&actor != without && actor.userName.contains(u'@') && !isListed)
            names.push_back({actor.userName, kLettersEach});
    }
    return names;
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
        return !one.userName.isEmpty() && one.userName.contains(u'@') == lookup.byMail;
    };
    const auto found = std::ranges::find_if(actors, fits);
    return found == actors.end() ? QString() : found->userName;
}

void addInquiries(const Outlook &look, EnumerationPlan &plan)
{
    for (PublicLookup &lookup : publicLookupsOf(look.target, look.facts)) {
        const QString known = knownFor(lookup, look.facts.actors);
        if (!known.isEmpty()) {
            plan.inquiries.push_back({std::move(lookup), known});
            continue;
        }
        const QString route = lookupName(lookup);
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

int EnumerationPlan::ceiling() const
{
    return static_cast<int>(series.size()) * (2 * pairs + kOtherRequests) + forInquiries();
}

RequestNeed EnumerationPlan::need() const
{
    EnumerationPlan fewest = *this;
    fewest.pairs = kFewestPairs;
    EnumerationPlan most = *this;
    most.pairs = kMostPairs;
    return {.account = u"access.enumeration"_s, .most = most.ceiling(), .fewest = fewest.ceiling(), .parts = 2};
}

EnumerationPlan enumerationPlanOf(const Look &look)
{
    ActiveGate &gate = *look.seen.active();
    EnumerationPlan plan = enumerationPlanOf(
        {look.target, look.facts}, {.hasSecret = [&](const TestActor &one) { return gate.secretOf(one.id) != nullptr; },
                                    .mayLock = [&](const TestActor &one) { return gate.mayLock(one.id); }});
    if (!plan.series.empty()) {
        const int forSeries = mayAnnounce(look, plan.need()) - plan.forInquiries();
        const int each = forSeries / static_cast<int>(plan.series.size());
        plan.pairs = std::clamp((each - kOtherRequests) / 2, kFewestPairs, kMostPairs);
    }
    return plan;
}

EnumerationPlan enumerationPlanOf(const Outlook &look, const AccountsKnown &known)
{
    EnumerationPlan plan;
    const std::vector<EntryPoint> entries = entryPointsOf(look.target, look.facts);
    const Crew crew = crewOf(look.facts.actors);
    plan.inviter = crew.admin ? crew.admin : crew.otherAdmin;
    for (const TestActor &actor : look.facts.actors) {
        if (!plan.control && loginOf(actor) && known.hasSecret(actor))
            plan.control = &actor;
    }
    for (const EntryKind kind : {EntryKind::Login, EntryKind::SignUp, EntryKind::Forgot, EntryKind::MagicLink,
                                 EntryKind::Discovery, EntryKind::Invite}) {
        const EntryPoint *entry = entryOf(kind, entries);
        if (!entry || (kind == EntryKind::Login && !(plan.control && entry->isOfAccount)))
            continue;
        auto names = kind == EntryKind::Login
                         ? namesForLogin(look, known, *entry)
                         : namesForLetters(look, kind == EntryKind::Invite ? plan.inviter : nullptr);
        if (const QString why = whyNot(*entry, plan, !names.empty()); !why.isEmpty()) {
            plan.skipped.push_back({.kind = kind, .route = routeName(entry->route), .notTested = why});
            continue;
        }
        const QString like = names.front().name;
        plan.series.push_back({*entry, std::move(names), like});
        skipFurtherDoors(look, entries, *entry, plan);
    }
    addInquiries(look, plan);
    return plan;
}

} // namespace cockpit
