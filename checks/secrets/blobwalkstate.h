// What a walk over git's objects knows, and where a reader of it stands. Internal to the folder.
#pragma once

#include "checks/secrets/blobwalk.h"
#include "checks/secrets/broughtlines.h"
#include "checks/secrets/githandles.h"
#include "checks/secrets/lfsfile.h"
#include "checks/secrets/oidset.h"
#include "checks/secrets/treewalk.h"
#include "checks/secrets/wipedmemory.h"

#include <atomic>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace cockpit {

constexpr qsizetype kTellingDigits = 12; // of an object's id: git takes them for it

struct SideText
{
    BlobKind kind;
    WipedBytes bytes;
};

struct BlobWalk::State
{
    State(GitRepository opened, const CancelToken &token) : repository(std::move(opened)), cancel(token) {}

    GitRepository repository; // only to open it again
    mutable std::mutex repositoryLock;
    CancelToken cancel;

    // Fixed before the first reader.
    std::vector<SideText> texts;
    OidSet ids;
    std::vector<QByteArray> paths; // of the ids, where they are known
    // Of a change: what its files were before, by the numbers of their ids.
    std::unordered_map<quint32, EarlierVersions> earlier;
    bool readsNames = false; // of the entries of folders
    qint64 tooDeep = 0;      // of a change (BlobCounts)

    std::atomic<size_t> nextText{0};
    std::atomic<size_t> nextId{0};
    std::timed_mutex largeBlob; // held while one is in memory

    std::atomic<qint64> done{0};
    std::atomic<qint64> files{0};
    std::atomic<qint64> messages{0};
    std::atomic<qint64> bytes{0};
    std::atomic<qint64> lfsPointers{0};
    std::atomic<qint64> largeMedia{0};
    std::atomic<qint64> tooLarge{0};
    std::atomic<qint64> unreadable{0};

    std::mutex namesLock;
    std::unordered_set<size_t> namesSeen; // their hashes: histories have as many folders as commits, and few names

    std::mutex peopleLock;
    std::unordered_set<size_t> peopleSeen; // hashes of their names and addresses

    mutable std::mutex lock; // of what follows
    BlobGaps gaps;
    std::vector<git_oid> commits;
    std::vector<git_oid> tags;

    void noteUnreadable(const QString &name)
    {
        ++unreadable;
        const std::lock_guard held(lock);
        if (gaps.unreadable.size() < BlobGaps::kMostNamed)
            gaps.unreadable.push_back(name);
    }
    void noteTooLarge(const git_oid &id, const QByteArray &path)
    {
        ++tooLarge;
        const QString object = QString::fromLatin1(hexOf(id).first(kTellingDigits));
        const std::lock_guard held(lock);
        if (gaps.tooLarge.size() < BlobGaps::kMostNamed)
            gaps.tooLarge.push_back(path.isEmpty() ? object : QStringLiteral("%1 (%2)").arg(shownPath(path), object));
    }
    void noteMessage(const git_oid &id, BlobKind kind)
    {
        ++messages;
        const std::lock_guard held(lock);
        (kind == BlobKind::CommitMessage ? commits : tags).push_back(id);
    }
};

struct Person
{
    QByteArray object;
    BlobKind role;
    WipedBytes text;
};

struct BlobReader::Place
{
    std::shared_ptr<BlobWalk::State> state;
    GitRepository repository;
    GitOdb odb;
    size_t at = 0; // of the row of objects that this reader took
    size_t end = 0;
    size_t last = 0;                               // number of the text that was handed out
    GitOdbObject object = {};                      // whose bytes were handed out
    std::unique_lock<std::timed_mutex> large = {}; // while they are many

    WipedBytes lfsFile = {};  // whose bytes were handed out in the place of its pointer
    WipedBytes names = {};    // that nobody saw before
    WipedBytes namesOut = {}; // handed out

    std::vector<Person> people = {}; // of the commit or tag that was handed out last, whom nobody saw before
    WipedBytes personOut = {};       // handed out

    std::optional<BlobText> nextText();
    std::optional<BlobText> takePerson();
    void notePeople(const QByteArray &id);
    std::optional<BlobText> takeNames();
    void noteNames();
    std::optional<BlobText> read(size_t number);
    std::optional<BlobText> textOf(const git_oid &id, size_t number);
    enum class Lfs { Read, Media, NotHere };
    Lfs readLfs(BlobText &text);
    std::optional<WipedBytes> earlierLfs(QByteArrayView pointer) const;
    void noteLarge(const git_oid &id, qint64 size, size_t number);
    bool waitForRoom();
};

Result<GitOdb> openOdb(const GitRepository &repository);

} // namespace cockpit
