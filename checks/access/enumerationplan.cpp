// What is asked of which entry, and how often.
#include "checks/access/enumerationlook.h"

#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"

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

// Accounts that sign in there; where nobody is known to, those that wrong passwords may lock.
void putNamesForLogin(const Outlook &look, const AccountsKnown &known, EnumerationPlan::Series &series)
{
    for (const TestActor &actor : look.facts.actors) {
        const auto own = loginOf(actor);
        const bool isAtHome = own && own->url == series.entry.url;
        if (!own || (series.entry.isOfAccount && !isAtHome))
            continue;
        const bool isUsual = accountStateOf(actor) == AccountState::Usual;
        const bool mayLock = isUsual && known.mayLock(actor);
        if (isAtHome || mayLock)
            put(series, actor, mayLock ? kWrongForThrowAway : kWrongEach, mayLock);
    }
}

int lettersFor(const TestActor &actor, bool isFurther)
{
    if (isFurther)
        return kLettersAtFurtherDoor;
    return actor.isThrowAway ? kLettersForThrowAway : kLettersEach;
}

void putNamesForLetters(const Outlook &look, const TestActor *without, EnumerationPlan::Series &series)
{
    const bool sendsLetters = series.entry.kind != EntryKind::Discovery;
    for (const TestActor &actor : look.facts.actors) {
        if (&actor != without && actor.userName.contains(u'@'))
            put(series, actor, sendsLetters ? lettersFor(actor, series.isFurther) : kMostPairs, false);
    }
}

QString whyNot(const EnumerationPlan::Series &series, const EnumerationPlan &plan)
{
    const EntryPoint &entry = series.entry;
    const QString route = series.name();
    // A letter to an account of the project, or a question: nothing stays of them.
    const bool leavesNothing =
        entry.kind == EntryKind::Login || entry.kind == EntryKind::Forgot || entry.kind == EntryKind::Discovery;
    if (!leavesNothing && !maySafelyWrite(entry.route))
        return Text::tr("%1 was not tried: it is not marked as safe to write.").arg(route);
    if (entry.kind == EntryKind::Invite && !plan.inviter)
        return Text::tr("%1 was not tried: it needs a test account of an administrator.").arg(route);
    if (!series.known.empty())
        return {};
    return entry.kind == EntryKind::Login
               ? Text::tr("%1 was not tried: it needs a test account that signs in there, or one that may be locked.")
                     .arg(route)
               : Text::tr("%1 was not tried: it needs test accounts with an address of mail.").arg(route);
}

void skip(EnumerationPlan &plan, const EnumerationPlan::Series &series, const QString &why)
{
    plan.skipped.push_back(
        {.kind = series.entry.kind, .route = series.name(), .host = hostOf(series.entry.url), .notTested = why});
}

// Each door of a kind, the one that is known best first.
std::vector<EntryPoint> doorsOf(EntryKind kind, const Outlook &look, const std::vector<EntryPoint> &entries)
{
    if (kind == EntryKind::Login)
        return loginDoorsOf(look.target, look.facts);
    std::vector<EntryPoint> doors;
    for (const EntryPoint &entry : entries) {
        if (entry.kind == kind && std::ranges::find(doors, entry.url, &EntryPoint::url) == doors.end())
            doors.push_back(entry);
    }
    return doors;
}

// Who has a right password: whoever signs in there, else anybody, as one product often has the same accounts behind
// several doors. The control shows whether that is so.
const TestActor *controlFor(const EntryPoint &door, const Outlook &look, const AccountsKnown &known)
{
    const TestActor *anybody = nullptr;
    for (const TestActor &actor : look.facts.actors) {
        const auto own = accountStateOf(actor) == AccountState::Usual ? loginOf(actor) : std::nullopt;
        if (!own || !known.hasSecret(actor))
            continue;
        if (own->url == door.url)
            return &actor;
        anybody = anybody ? anybody : &actor;
    }
    return anybody;
}

// Whether a door takes what is asked with: a route that is called like a login may be something else.
bool takesPasswords(const EntryPoint &door)
{
    return door.body.contains("{{user}}"_L1) && door.body.contains("{{password}}"_L1);
}

void addDoors(EntryKind kind, const std::vector<EntryPoint> &doors, const Outlook &look, const AccountsKnown &known,
              EnumerationPlan &plan)
{
    QStringList names;
    int asked = 0;
    for (const EntryPoint &door : doors) {
        EnumerationPlan::Series series{.entry = door, .known = {}, .like = {}};
        series.isFurther = asked > 0;
        series.needsHost = names.contains(routeName(door.route));
        names.append(routeName(door.route));
        if (asked > kMostFurtherDoors) {
            skip(plan, series,
                 Text::tr("%1 was not tried: it is one door more than a run asks of a kind.").arg(series.name()));
            continue;
        }
        if (kind == EntryKind::Login) {
            series.control = controlFor(door, look, known);
            putNamesForLogin(look, known, series);
        } else {
            putNamesForLetters(look, kind == EntryKind::Invite ? plan.inviter : nullptr, series);
        }
        if (const QString why = whyNot(series, plan); !why.isEmpty()) {
            skip(plan, series, why);
            continue;
        }
        series.like = series.known.front().name;
        plan.series.push_back(std::move(series));
        ++asked;
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

QString EnumerationPlan::Series::name() const
{
    const QString route = routeName(entry.route);
    return needsHost ? u"%1 (%2)"_s.arg(route, hostOf(entry.url)) : route;
}

RequestNeed EnumerationPlan::need() const
{
    EnumerationPlan fewest = *this;
    EnumerationPlan most = *this;
    std::erase_if(fewest.series, [](const Series &one) { return one.isFurther; });
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
    while (!series.empty() && series.back().isFurther && ceiling() > requests) {
        skip(*this, series.back(),
             Text::tr("%1 was not tried: this run had no requests left for it. Allow more requests, or check this "
                      "alone.")
                 .arg(series.back().name()));
        series.pop_back();
    }
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
    for (const EntryKind kind : {EntryKind::Login, EntryKind::SignUp, EntryKind::Forgot, EntryKind::MagicLink,
                                 EntryKind::Discovery, EntryKind::Invite}) {
        std::vector<EntryPoint> doors = doorsOf(kind, look, entries);
        if (kind == EntryKind::Login) {
            const bool isKnown = !doors.empty() && doors.front().isOfAccount && controlFor(doors.front(), look, known);
            std::erase_if(
                doors, [&](const EntryPoint &door) { return !isKnown || !(door.isOfAccount || takesPasswords(door)); });
        }
        addDoors(kind, doors, look, known, plan);
    }
    // What a further door does to us, such as a block, must not reach the first ones.
    std::ranges::stable_sort(plan.series, {}, &EnumerationPlan::Series::isFurther);
    addInquiries(look, plan);
    return plan;
}

} // namespace cockpit
