#include "checks/abuse/seriesplan.h"

#include "checks/abuse/racelook.h"
#include "checks/actors/crew.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/throwaway.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using enum EntryKind;
using Why = UntriedDoor::Why;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RouteSeries)
};

// In the order in which further doors of a kind are tried: what costs most first. Not uploads: each would leave a file,
// and a limit of theirs is for the product to choose.
constexpr std::array kMeasured{SignUp, Forgot, MagicLink, Chat, OnceOnly, Webhook, Heavy};

std::size_t rankOf(EntryKind kind)
{
    return static_cast<std::size_t>(std::ranges::find(kMeasured, kind) - kMeasured.begin());
}

bool isMeasured(EntryKind kind)
{
    return rankOf(kind) < kMeasured.size();
}

bool wantsMailbox(EntryKind kind)
{
    return kind == Forgot || kind == MagicLink;
}

int requestsFor(const EntryPoint &entry)
{
    if (entry.kind == OnceOnly)
        return kRaceRequests;
    return mostTriesOf(entry.kind) + 2 + kSeriesConfirmations + (entry.formPage.isEmpty() ? 0 : 1) +
           (isCostly(entry.kind) ? kAtOnceTries + 1 : 0);
}

// Why it may not be tried; nothing when it may.
std::optional<Why> whyNot(const EntryPoint &entry, const QString &mail)
{
    if (wantsMailbox(entry.kind)) // a letter to an account of our own
        return mail.isEmpty() ? std::optional(Why::NoMailbox) : std::nullopt;
    const bool mayAsk = entry.route.method == "GET"_L1 || maySafelyWrite(entry.route);
    return mayAsk ? std::nullopt : std::optional(Why::NotSafe);
}

QString describe(Why why, const QString &routes, int count)
{
    switch (why) {
    case Why::NotSafe:
        return Text::tr("Limits not measured, as they are not marked as safe to write: %1.").arg(routes);
    case Why::NoMailbox:
        return Text::tr("Limits not measured without a test account that may be locked and gets the letters: %1.")
            .arg(routes);
    case Why::NoExample:
        return Text::tr("Limits not measured without an example of what is sent there: %1.").arg(routes);
    case Why::TooMany:
        return Text::tr("For %n more door(s) this run had no requests left, so that their limits were not measured: "
                        "%1. Allow more requests, or check this alone.",
                        nullptr, count)
            .arg(routes);
    case Why::NoAccount:
        return Text::tr("Limits not measured without a test account that may be locked: %1.").arg(routes);
    }
    Q_UNREACHABLE();
}

void addNoExamples(const Target &target, const ProjectFacts &facts, const std::vector<EntryPoint> &known,
                   std::vector<UntriedDoor> &notTried)
{
    for (const Route &route : facts.routes) {
        const auto kind = entryKindOf(route);
        const bool isKnown = std::ranges::any_of(known, [&](const EntryPoint &one) { return one.route == route; });
        if (kind && isMeasured(*kind) && !isKnown && hostFor(target, route))
            notTried.push_back({routeName(route), Why::NoExample});
    }
}

// The first of each kind before the others, which follow by what they cost.
void sortDoors(SeriesPlan &plan)
{
    std::vector<EntryPoint> firsts;
    std::vector<EntryPoint> further;
    for (EntryPoint &entry : plan.entries)
        (entryOf(entry.kind, firsts) ? further : firsts).push_back(std::move(entry));
    std::stable_sort(further.begin(), further.end(),
                     [](const EntryPoint &a, const EntryPoint &b) { return rankOf(a.kind) < rankOf(b.kind); });
    plan.firsts = firsts.size();
    plan.entries = std::move(firsts);
    std::ranges::move(further, std::back_inserter(plan.entries));
}

} // namespace

int mostTriesOf(EntryKind kind)
{
    return wantsMailbox(kind) || kind == SignUp ? kMostLetterTries : kMostRouteTries;
}

bool isCostly(EntryKind kind)
{
    return kind == Chat || kind == Heavy;
}

QString toWord(Why value)
{
    switch (value) {
    case Why::NotSafe:
        return u"not_safe"_s;
    case Why::NoMailbox:
        return u"no_mailbox"_s;
    case Why::NoExample:
        return u"no_example"_s;
    case Why::TooMany:
        return u"too_many"_s;
    case Why::NoAccount:
        return u"no_account"_s;
    }
    Q_UNREACHABLE();
}

QStringList describe(const std::vector<UntriedDoor> &doors)
{
    constexpr qsizetype kMostNamed = 8;
    QStringList sentences;
    for (const Why why : {Why::TooMany, Why::NoAccount, Why::NoMailbox, Why::NotSafe, Why::NoExample}) {
        QStringList routes;
        for (const UntriedDoor &door : doors) {
            if (door.why == why)
                routes.append(door.route);
        }
        if (routes.isEmpty())
            continue;
        const auto count = static_cast<int>(routes.size());
        const auto more = static_cast<int>(std::max<qsizetype>(0, routes.size() - kMostNamed));
        routes = routes.first(std::min(routes.size(), kMostNamed));
        if (more > 0)
            routes.append(Text::tr("and %n more", "doors", more));
        sentences.append(describe(why, routes.join(u", "_s), count));
    }
    return sentences;
}

int SeriesPlan::ceiling() const
{
    int requests = 0;
    for (const EntryPoint &entry : entries)
        requests += requestsFor(entry);
    return requests;
}

int SeriesPlan::fewest() const
{
    int requests = 0;
    for (std::size_t i = 0; i < firsts; ++i)
        requests += requestsFor(entries[i]);
    return requests;
}

int SeriesPlan::races() const
{
    return static_cast<int>(std::ranges::count(entries, OnceOnly, &EntryPoint::kind));
}

void SeriesPlan::keepWithin(int requests)
{
    std::vector<EntryPoint> kept;
    int left = requests;
    for (EntryPoint &entry : entries) {
        const int needs = requestsFor(entry);
        if (needs > left) { // those behind it may need less
            notTried.push_back({routeName(entry.route), Why::TooMany});
            continue;
        }
        left -= needs;
        kept.push_back(std::move(entry));
    }
    entries = std::move(kept);
    firsts = std::min(firsts, entries.size());
}

SeriesPlan seriesPlanOf(const Target &target, const ProjectFacts &facts)
{
    SeriesPlan plan;
    if (const TestActor *throwAway = throwAwayAmong(facts.actors))
        plan.mail = throwAway->userName;
    const Crew crew = crewOf(facts.actors);
    plan.asker = crew.member ? crew.member : crew.anybody;
    const std::vector<EntryPoint> known = entryPointsOf(target, facts);
    for (const EntryPoint &entry : known) {
        if (!isMeasured(entry.kind))
            continue;
        if (const auto why = whyNot(entry, plan.mail))
            plan.notTried.push_back({routeName(entry.route), *why});
        else
            plan.entries.push_back(entry);
    }
    addNoExamples(target, facts, known, plan.notTried);
    sortDoors(plan);
    return plan;
}

} // namespace cockpit
