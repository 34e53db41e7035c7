// Which doors of each kind are knocked at again and again beside the login, how often, and which are not.
#pragma once

#include "checks/actors/entrypoints.h"

#include <QString>

#include <vector>

namespace cockpit {

// Letters to one address, and tries of routes that are only answered.
constexpr int kMostLetterTries = 10;
constexpr int kMostRouteTries = 20;
constexpr int kAtOnceTries = 10;
constexpr int kSeriesConfirmations = 2; // of a refusal that says nothing of a limit

int mostTriesOf(EntryKind kind);
// What an AI or a database works on for a while: asked at once as well.
bool isCostly(EntryKind kind);

// A door that has a limit to be measured, and was not tried.
struct UntriedDoor
{
    enum class Why {
        NotSafe,   // not marked as safe to write
        NoMailbox, // letters go to an account of our own alone, and there is none
        NoExample, // nobody knows what it is asked with: no body, or an id that nobody has seen in use
        TooMany,   // the run has no requests left for it
        NoAccount, // nobody may be locked there
    };

    QString route; // "POST /api/login"
    Why why = Why::TooMany;

    bool operator==(const UntriedDoor &) const = default;
};
QString toWord(UntriedDoor::Why value);
// One sentence for all doors with that reason, of which it names a few; empty when there is none.
QStringList describe(const std::vector<UntriedDoor> &doors);

struct SeriesPlan
{
    // The first of each kind, in the project's order; then further ones of these kinds.
    std::vector<EntryPoint> entries;
    std::size_t firsts = 0; // so many of them are the first of their kind
    std::vector<UntriedDoor> notTried = {};
    QString mail; // of an account that may get letters; empty: none
    const TestActor *asker = nullptr;

    int ceiling() const; // the most requests for all entries
    int fewest() const;  // for the first of each kind
    int races() const;   // entries that are tried several times at the same moment (racelook.h)
    // Leaves out the last entries that so many requests do not reach for.
    void keepWithin(int requests);
};
// What may be tried: the reset letter of a throw-away account, reads, and writes on routes marked as safe.
SeriesPlan seriesPlanOf(const Target &target, const ProjectFacts &facts);

} // namespace cockpit
