// What was found in the names and addresses of those who made commits and tags, and which commits and tags have them.
// Internal to the folder.
#pragma once

#include "checks/secrets/githandles.h"
#include "checks/secrets/hitledger.h"
#include "checks/secrets/wipedmemory.h"

#include <map>
#include <mutex>

namespace cockpit {

class PeopleHits
{
public:
    // The ledger must outlive it.
    explicit PeopleHits(HitLedger &ledger) : m_ledger(ledger) {}

    // From any thread. text: as a reader handed it out, once in a history.
    void add(const BlobText &text, std::vector<SecretHit> hits);

    // Behind the last add(). Gives the ledger a hit for each of the walk's commits and tags that has the name or
    // address: it is searched once, and any of them may have been the one that was met. All of them are read again for
    // that, if anything was found. One that wrote and committed is the author. When cancelled, or where they cannot be
    // read any more, the one that was met stands for them.
    void place(const BlobWalk &walk, git_odb *odb, const CancelToken &cancel);

private:
    struct Person
    {
        HitOrigin met;
        std::vector<SecretHit> hits;
        bool isPlaced = false;
    };
    void placeIn(const QByteArray &id, git_odb *odb);

    HitLedger &m_ledger;
    std::mutex m_mutex;
    std::map<WipedBytes, Person, std::less<>> m_people; // by name or address: few of a history hold a secret
};

} // namespace cockpit
