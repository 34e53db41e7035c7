// One secret, wherever it stands: what the checks of this family judge and the reports list.
#pragma once

#include "checks/secrets/gitstanding.h"
#include "checks/secrets/leakhistory.h"
#include "checks/secrets/treescan.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <vector>

namespace cockpit {

struct LeakPlace
{
    QString path;    // below the source, to be shown
    qint64 line = 0; // from 1; 0: unknown, or in the name itself
    // Of what stands in a history: the commit that brought it, and who made it.
    QString commit = {}; // 40 hexadecimal digits; empty: a file of now, or the message of a tag
    QString author = {};
    QDateTime at = {};
    bool isInHead = false; // of a history: HEAD still has it there
    bool isInName = false; // the path's last name has it, and no line

    bool operator==(const LeakPlace &) const = default;
};

// A value with all its places. It is told from another by its fingerprint and never kept.
struct Leak
{
    static constexpr size_t kMostPlaces = 20; // kept: a key in a thousand files needs no thousand lines

    QString ruleId;
    QString name; // of the rule: "Stripe secret key (live)"
    LeakKind kind = LeakKind::Secret;
    Severity severity = Severity::Critical; // of the place where it matters most
    bool isGeneric = false;                 // known by the name that it is given to, not by a shape of its own
    std::vector<Opens> opens;
    QUrl rotate; // where one replaces it; empty: no such page
    QString masked;
    QByteArray fingerprint;
    std::vector<LeakPlace> places; // the gravest first, at least one
    qint64 placeCount = 1;
    std::optional<LeakHistory> history = {}; // of all its places; empty: nobody looked at git, or git has it nowhere
    // git has none of its places now: each lies in a file that it ignores, or Untracked: one of them that it does not.
    // Of files alone.
    std::optional<GitStanding> outsideGit = {};
    bool isHalfLookedUp = false; // the same, and not all of the history could be read: a commit may have it
    // Somebody said at each of its places that it may stay; the last one's reason.
    std::optional<QString> allowed = {};
    MarkTrouble markTrouble = MarkTrouble::None; // why what somebody said at one of them counts for nothing
    bool isWeak = false;                         // a password that everybody tries first, of a host that all can ask

    bool operator==(const Leak &) const = default;
};

// Secrets in a file of settings that lies beside the code and that git does not have (ownsettings.h).
struct OwnSettingsFile
{
    QString path;                                // below the source, to be shown
    GitStanding standing = GitStanding::Ignored; // Ignored, Untracked or NoRepository
    std::vector<Leak> leaks;                     // worst first, at least one
};

// What was looked through, what is in it, and what could not be seen.
struct LeakReport
{
    std::vector<Leak> leaks;                       // worst first
    std::vector<OwnSettingsFile> ownSettings = {}; // of code alone; none of their secrets is a leak by that
    qint64 files = 0;
    qint64 programs = 0;   // of the files: programs and others that are no text: their strings were looked at
    qint64 passedOver = 0; // pictures and their like, and what keeps something compressed or encrypted
    qint64 bytes = 0;
    qint64 links = 0;   // that were not followed; those that matter are a gap
    qint64 special = 0; // pipes, devices and the like, which were not opened
    QStringList gaps;   // a sentence for each kind of thing that was not looked at
};

// Somebody has to do something about it: it is not meant to be public, and nobody said that it may stay.
bool isOpenLeak(const Leak &leak);
using LeakRefs = std::vector<const Leak *>;
LeakRefs openOnes(const std::vector<Leak> &leaks); // in their order

// One for each fingerprint.
std::vector<Leak> leaksOf(const std::vector<FoundSecret> &found);
// Both lists as one, in the order of gravity: what stands in both is one leak with the places of both.
std::vector<Leak> mergedLeaks(std::vector<Leak> leaks, const std::vector<Leak> &more);

// "money", "customer data": what a key gives to whoever has it.
QString labelOf(Opens value);
// The same of all that is worth a word, as a list. Empty: nothing.
QString labelsOf(const std::vector<Opens> &opens);
// The gravest harm that what it opens does.
Impact impactOf(const std::vector<Opens> &opens);

} // namespace cockpit
