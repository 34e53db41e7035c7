// Every text that a git repository holds beside its working tree, each once: files of all times, messages, names.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/gitrepository.h"

#include <QByteArrayView>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

enum class BlobKind {
    File,       // or the target of a symbolic link
    LfsPointer, // stands for a file that Git LFS keeps and that is not here; one that is here is a File
    CommitMessage,
    TagMessage,     // of an annotated tag
    ReferenceNames, // of branches and tags, one a line
    ReflogMessages, // one a line
    Configuration,  // the repository's own, with the addresses that it pulls from
    EntryNames,     // of files and folders of all times, each once, with a NUL behind it
    Author,         // a name or an address in the head of a commit
    Committer,
    Tagger,
};

// Whom a commit or a tag names.
constexpr bool isPerson(BlobKind kind)
{
    return kind == BlobKind::Author || kind == BlobKind::Committer || kind == BlobKind::Tagger;
}

// The object is the tag itself: no commit has the text.
constexpr bool isOfTag(BlobKind kind)
{
    return kind == BlobKind::TagMessage || kind == BlobKind::Tagger;
}

struct BlobText
{
    // 40 hexadecimal digits; empty for names of references and files, reflogs and configuration. A person's name or
    // address comes once, with any of the commits and tags that have it.
    QByteArray id;
    QByteArrayView bytes; // until the reader's next call
    BlobKind kind = BlobKind::File;
    QByteArray path = {}; // where it is known at once (staged changes); else findPlaces knows
};

// Counts so far; any thread may ask.
struct BlobCounts
{
    qint64 objects = 0; // to look at, folders included
    qint64 done = 0;
    qint64 files = 0; // handed out, LFS pointers included
    qint64 messages = 0;
    qint64 bytes = 0;       // handed out
    qint64 lfsPointers = 0; // of the files: not here, and not read
    qint64 largeMedia = 0;  // of the files: too large to be handed out, and by their beginning pictures and their like
    qint64 tooLarge = 0;    // the others
    qint64 unreadable = 0;  // objects and packs that are broken
    qint64 tooDeep = 0;     // folders of a change that lie in more than kDeepestFolder others: not gone into
};

struct BlobGaps
{
    static constexpr size_t kMostNamed = 20; // of each kind: the counts say how many there are

    std::vector<QString> tooLarge;      // ids, behind the path where it is known: "web/list.csv (3b18e512dba7)"
    std::vector<QString> unreadable;    // ids, or names of packs
    std::vector<QByteArray> submodules; // paths: repositories of their own
    bool isShallow = false;
    bool isPartial = false;
    bool isOfChange = false; // that somebody guards: what is kept elsewhere counts as not read
};

class BlobReader;
class BroughtLines;

// What is to be read. Made in one thread; after that any number of threads may read, each with its own reader.
class BlobWalk
{
public:
    // A larger file is counted and named, not read, unless its beginning tells that it is a picture, a film or their
    // like (largefile.h). GitHub warns at 50 MiB and refuses at 100; keys stand in small ones.
    static constexpr qint64 kLargestBlob = qint64(64) << 20;
    // Of those beyond this size, one is in memory at a time, however many threads read; and with it the version before
    // a change that it is compared with.
    static constexpr qint64 kLargeBlob = qint64(8) << 20;

    // All objects: of all references, tags, notes, stashes and reflogs, packed and loose, and those that nothing leads
    // to any more (findPlaces tells which); and the names in their folders.
    [[nodiscard]] static Result<BlobWalk> history(const GitRepository &repository, const CancelToken &cancel);
    // What the commit that is checked out leads to and this revision does not: the files that a commit brought in,
    // unless the revision's own tree has them, the messages, and the name of the branch; broughtLines() tells what is
    // new in the files. A file that had been deleted before the revision and came back counts as new. Other branches,
    // tags and stashes are other people's work: a CI job has all of them. Fails with BadInput for an unknown revision.
    [[nodiscard]] static Result<BlobWalk> since(const GitRepository &repository, const QString &revision,
                                                const CancelToken &cancel);
    // The files that the next commit would add or change, as they stand in the index. indexFile: the index to read
    // (GIT_INDEX_FILE of a hook, relative to the working tree), empty for the repository's own.
    [[nodiscard]] static Result<BlobWalk> staged(const GitRepository &repository, const QString &indexFile,
                                                 const CancelToken &cancel);

    // From any thread; keeps what it needs of the walk.
    [[nodiscard]] Result<BlobReader> reader() const;
    BlobCounts counts() const;
    // Complete when all readers are at their end.
    BlobGaps gaps() const;
    std::vector<QByteArray> commits() const; // ids of all that were read
    std::vector<QByteArray> tags() const;    // the same of annotated tags

private:
    friend class BlobReader;
    struct State;
    explicit BlobWalk(std::shared_ptr<State> state) : m_state(std::move(state)) {}

    std::shared_ptr<State> m_state;
};

// Takes texts out of the walk, for one thread: a thread has one reader of a walk at a time.
class BlobReader
{
public:
    BlobReader(BlobReader &&other) noexcept;
    BlobReader &operator=(BlobReader &&other) = delete;
    ~BlobReader();

    // Nothing at the end, and when cancelled (the token tells). What is broken is counted and passed over.
    std::optional<BlobText> next();
    // Of the text that was handed out last: what a change (since, staged) brought into it. All of a history is brought.
    BroughtLines broughtLines(const BlobText &text) const;

private:
    friend class BlobWalk;
    struct Place;
    explicit BlobReader(std::unique_ptr<Place> place);

    std::unique_ptr<Place> m_place;
};

// What was not looked at, a sentence each; empty when all was.
QStringList gapSentences(const BlobCounts &counts, const BlobGaps &gaps);

} // namespace cockpit
