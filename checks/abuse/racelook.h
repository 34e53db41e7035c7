// Ten times the same at the same moment, of what counts once (facts 19): a check and a change that are not one step let
// several through before the first of them is booked.
#pragma once

#include "checks/abuse/loginsiege.h"
#include "checks/actors/entrycaller.h"

#include <optional>

namespace cockpit {

constexpr int kRaceTries = 10;
// The form with the hidden fields, the tries, one more by itself, and one when a limit has ended.
constexpr int kRaceRequests = kRaceTries + 3;
// What one race may wait for beside its requests: until what was taken is booked, and the end of a limit.
std::chrono::seconds waitsOfRace(const BlockPatience &patience);

// What one more, sent by itself afterwards, got: how it is known that the product counts at all.
enum class RaceAfter {
    NotTold,  // not asked, no answer, or one that says neither yes nor no
    Accepted, // again: it does not count once, or not yet
    Refused,  // for what it is: what may be had was had
    HeldBack, // by a limit: 429 and its kind, which is a rule of so many in a time, or nothing of that
};

struct RaceLook
{
    QString route;
    int tries = 0;     // that were sent
    int successes = 0; // 2xx that does not say no
    int refused = 0;   // 4xx that is no limit, a 2xx that says no, the way back to the form
    int limited = 0;   // held back
    int broken = 0;    // 5xx, or a connection that ended: what became of it is not known
    int waited = 0;    // no answer in our time: the same
    int odd = 0;       // another answer, such as a redirect to somewhere
    RaceAfter after = RaceAfter::NotTold;
    std::optional<qint64> quota = {}; // the largest that the product announced for such requests
    std::optional<AbuseTry> success = {}, afterwards = {};
    QString notTested = {}; // a sentence

    // Those that may have been accepted without our being told.
    int unknown() const { return broken + waited + odd; }
};

enum class RaceVerdict {
    Raced,     // several got what is refused afterwards
    Perhaps,   // several got it, and then a limit of unknown size held us back
    Once,      // one got it, the others and the next did not
    KeepsTo,   // no more than the limit that is announced
    Repeats,   // the next got it as well: nothing is counted
    TooFewMet, // one got it, and too few others came as far
    NotTold,
};
// Pure.
RaceVerdict verdictOf(const RaceLook &race);

// What one answer is, counted. now: for dates in it.
void countRaceAnswer(const Result<HttpResponse> &answer, const EntryPoint &entry, const QDateTime &now, RaceLook &race);
RaceAfter raceAfterIn(const HttpResponse &answer, const EntryPoint &entry, const QDateTime &now);

// As that account, or a visitor; signed in before, so that all of them go out together. The error of Wire::send() that
// ends the whole look; what ends this race alone is in notTested.
[[nodiscard]] Result<RaceLook> raceAt(const EntryPoint &entry, const QString &mail, Wire &wire, ActorSession *session,
                                      const BlockPatience &patience);

} // namespace cockpit
