// Secrets that somebody has looked at and accepted, so that only new ones are findings: a file beside the product's
// code.
//
// It brings the key of its fingerprints, because they must be the same on each machine that looks; so who has the file
// can test guesses against them. What may be guessed (guessable.h) is in it by a slow hash of its fingerprint alone
// (slowhash.h); the random key of a service, which nobody guesses, by its fingerprint, for the slow hash would cost a
// tenth of a second for each key and protect nothing. Values are never in it.
//
//     {"schema": 2, "key": hex, "scrypt": {"n", "r", "p", "salt": hex},
//      "accepted": [{"fingerprint" or "slow": hex, "rule", "file", "line"}]}
//
// Either form of an entry is taken of any value: earlier versions had most keys of services by the slow one. Schema 1,
// of earlier versions, has fingerprints alone. It is read, and never written.
#pragma once

#include "checks/secrets/slowhash.h"
#include "checks/secrets/treescan.h"

#include <optional>
#include <set>

class QJsonObject;

namespace cockpit {

struct LeakBaseline
{
    QByteArray key; // the scan that is compared with it must use this one
    std::set<QByteArray> fingerprints;
    SlowHashing hashing;            // its salt is empty in a file of schema 1
    std::set<QByteArray> slow;      // hashes of fingerprints
    std::set<QString> slowRules;    // of these: no other value need be hashed, unless it stands in
    std::set<QByteArray> slowFiles; // one of these (shown)
    bool isGuessable = false;       // of schema 1: has the fingerprints of values that can be guessed

    bool isEmpty() const { return fingerprints.empty() && slow.empty(); }
};

// One of the file's entries.
struct BaselineEntry
{
    QByteArray hash;     // 64 hexadecimal digits
    bool isSlow = false; // of a fingerprint, by the slow hash
};

// Whoever takes an entry and whoever compares one reads it by this, so that what one of them overlooks is nothing for
// the other, either. Nothing: it has no hash, or both, of which one could hide the other.
std::optional<BaselineEntry> baselineEntryIn(const QJsonObject &entry);
// Of a file with the same key and hashing.
bool accepts(const LeakBaseline &baseline, const BaselineEntry &entry);

// NotFound, or BadInput that names the file: of a wrong form, or of a later version of the program.
[[nodiscard]] Result<LeakBaseline> readLeakBaseline(const QString &file);
// The same from its bytes; shown: how the sentence of BadInput names the file.
[[nodiscard]] Result<LeakBaseline> parseLeakBaseline(const QByteArray &bytes, const QString &shown);

// The fingerprints of those of the found that it accepts. Hashes only those that may be in it, and fails as the hashes
// do.
[[nodiscard]] Result<std::set<QByteArray>>
acceptedOf(const LeakBaseline &baseline, const std::vector<const FoundSecret *> &found, SlowHashes &hashes);

// The file for these secrets, found with the key of `kept`: each once, with its rule and one place for people. kept:
// what stays of the file before, its key and its hashing (a fresh one where it is empty), and the form of an entry that
// it has by its fingerprint: the guard, which compares the two, has to know it again. Fails as the hashes do.
[[nodiscard]] Result<QByteArray> leakBaselineFile(const LeakBaseline &kept, const std::vector<FoundSecret> &accepted,
                                                  SlowHashes &hashes);

} // namespace cockpit
