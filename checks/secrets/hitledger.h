// The hits of a history while it is read, and what becomes of them once their places are known. Internal to the
// folder.
#pragma once

#include "checks/secrets/foundsecret.h"

#include <QHash>

#include <mutex>

namespace cockpit {

struct HitOrigin
{
    QByteArray object = {};
    BlobKind kind = BlobKind::File;
    QByteArray path = {};  // where it is known at once
    QByteArray inner = {}; // of an archive
    bool isInName = false; // of what is in the archive, or:
    QByteArray name = {};  // of a file or a folder of the history, which has it itself; there is no object then
    bool isBrought = true; // by the change that is looked at: else it stood there before
};

// Any thread may add; the rest is for after they ended.
class HitLedger
{
public:
    // Takes the hits' texts over.
    void add(const HitOrigin &origin, std::vector<SecretHit> &hits);

    bool isCut() const { return m_isCut; }
    std::vector<QByteArray> objectsWithoutPath() const; // each once
    std::vector<QByteArray> names() const;              // that have a secret in them, each once
    // One for each value and path, unless no version of the file brought it. places: of those objects and names, in any
    // order; of what has none there is the object or the name alone. isHalfRead: commits or folders are damaged, so
    // that what no branch seems to have may stand in one.
    std::vector<FoundSecret> found(const std::vector<BlobPlace> &places, bool isHalfRead = false) const;

private:
    struct Kept
    {
        HitOrigin origin;
        SecretHit hit;
    };

    std::mutex m_mutex;
    QHash<QByteArray, QString> m_values; // fingerprints and masked values: the hits share them
    std::vector<Kept> m_kept;
    bool m_isCut = false;
};

} // namespace cockpit
