#include "checks/secrets/blobwalk.h"

#include "checks/secrets/githandles.h"
#include "checks/secrets/githeads.h"
#include "checks/secrets/newblobs.h"
#include "checks/secrets/objectlist.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocale>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobWalk)
};

// Objects that follow each other in a pack are made of each other, so a reader takes a row of them.
constexpr size_t kObjectsATime = 128;
// Pointers are three short lines.
constexpr qsizetype kLongestLfsPointer = 1024;
// A configuration that is longer is no configuration.
constexpr qint64 kLongestConfiguration = qint64(1) << 20;

bool isLfsPointer(QByteArrayView bytes)
{
    return bytes.size() <= kLongestLfsPointer && bytes.startsWith("version https://git-lfs.github.com/spec/v1\n");
}

Result<GitOdb> openOdb(const GitRepository &repository)
{
    git_odb *opened = nullptr;
    if (git_repository_odb(&opened, repository.handle()) < 0)
        return failure(
            ErrorKind::Protocol,
            Text::tr("The objects of the repository at %1 could not be opened.").arg(repository.commonFolder()),
            lastGitError());
    return GitOdb(opened);
}

struct SideText
{
    BlobKind kind;
    WipedBytes bytes;
};

struct StagedFile
{
    git_oid id;
    QByteArray path;
};

WipedBytes configurationOf(const GitRepository &repository)
{
    QFile file(QDir(repository.commonFolder()).filePath(u"config"_s));
    WipedBytes text;
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) // its buffer would not be wiped
        return text;
    text.resize(static_cast<size_t>(std::min(file.size(), kLongestConfiguration)));
    const qint64 got = file.read(text.data(), static_cast<qint64>(text.size()));
    text.resize(static_cast<size_t>(std::max<qint64>(got, 0)));
    return text;
}

// The paths of submodules in a tree's .gitmodules, by its lines "path = …".
std::vector<QByteArray> submodulesOf(git_repository *repository)
{
    std::vector<QByteArray> paths;
    git_object *found = nullptr;
    if (git_revparse_single(&found, repository, "HEAD:.gitmodules") < 0)
        return paths;
    const GitObject object(found);
    if (git_object_type(found) != GIT_OBJECT_BLOB)
        return paths;
    const auto *blob = reinterpret_cast<const git_blob *>(found);
    // No copy is made of it: the addresses beside the paths may hold a password.
    QByteArrayView text(
        static_cast<const char *>(git_blob_rawcontent(blob)),
        static_cast<qsizetype>(std::min<git_object_size_t>(git_blob_rawsize(blob), kLongestConfiguration)));
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        const QByteArrayView line = end < 0 ? text : text.first(end);
        text = text.sliced(end < 0 ? text.size() : end + 1);
        const qsizetype equals = line.indexOf('=');
        if (equals > 0 && line.first(equals).trimmed() == "path" && paths.size() < BlobGaps::kMostNamed)
            paths.push_back(line.sliced(equals + 1).trimmed().toByteArray());
    }
    return paths;
}

} // namespace

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

    std::atomic<size_t> nextText{0};
    std::atomic<size_t> nextId{0};
    std::timed_mutex largeBlob; // held while one is in memory

    std::atomic<qint64> done{0};
    std::atomic<qint64> files{0};
    std::atomic<qint64> messages{0};
    std::atomic<qint64> bytes{0};
    std::atomic<qint64> lfsPointers{0};
    std::atomic<qint64> tooLarge{0};
    std::atomic<qint64> unreadable{0};

    mutable std::mutex lock; // of what follows
    BlobGaps gaps;
    std::vector<git_oid> commits;

    void noteUnreadable(const QString &name)
    {
        ++unreadable;
        const std::lock_guard held(lock);
        if (gaps.unreadable.size() < BlobGaps::kMostNamed)
            gaps.unreadable.push_back(name);
    }
    void noteTooLarge(const git_oid &id)
    {
        ++tooLarge;
        const std::lock_guard held(lock);
        if (gaps.tooLarge.size() < BlobGaps::kMostNamed)
            gaps.tooLarge.push_back(hexOf(id));
    }
    void noteCommit(const git_oid &id)
    {
        const std::lock_guard held(lock);
        commits.push_back(id);
    }
};

struct BlobReader::Place
{
    std::shared_ptr<BlobWalk::State> state;
    GitRepository repository;
    GitOdb odb;
    size_t at = 0; // of the row of objects that this reader took
    size_t end = 0;
    GitOdbObject object = {};                      // whose bytes were handed out
    std::unique_lock<std::timed_mutex> large = {}; // while they are many

    std::optional<BlobText> nextText();
    std::optional<BlobText> read(size_t number);
    std::optional<BlobText> textOf(const git_oid &id, size_t number);
    bool waitForRoom();
};

Result<BlobWalk> BlobWalk::history(const GitRepository &repository, const CancelToken &cancel)
{
    auto own = repository.openAgain();
    if (!own)
        return tl::unexpected(own.error());
    auto state = std::make_shared<State>(std::move(*own), cancel);
    GitHeads heads = gitHeads(repository, cancel);
    state->texts = {{BlobKind::ReferenceNames, std::move(heads.names)},
                    {BlobKind::ReflogMessages, std::move(heads.reflogTexts)},
                    {BlobKind::Configuration, configurationOf(repository)}};
    ObjectList list = listObjects(QDir(repository.commonFolder()).filePath(u"objects"_s), cancel);
    state->ids = std::move(list.ids);
    for (const QString &pack : list.brokenPacks)
        state->noteUnreadable(pack);
    state->gaps.submodules = submodulesOf(repository.handle());
    state->gaps.isShallow = repository.isShallow();
    state->gaps.isPartial = repository.isPartial();
    return BlobWalk(std::move(state));
}

Result<BlobWalk> BlobWalk::since(const GitRepository &repository, const QString &revision, const CancelToken &cancel)
{
    git_object *found = nullptr;
    const int code = git_revparse_single(&found, repository.handle(), revision.toUtf8().constData());
    const GitObject object(found);
    git_object *peeled = nullptr;
    if (code < 0 || git_object_peel(&peeled, found, GIT_OBJECT_COMMIT) < 0) {
        const QString sentence =
            repository.isShallow()
                ? Text::tr("There is no commit \"%1\" in this shallow clone: fetch more of its history (git fetch "
                           "--unshallow, or fetch-depth: 0 in the CI job).")
                : Text::tr("There is no commit \"%1\" in this repository.");
        return failure(ErrorKind::BadInput, sentence.arg(revision), lastGitError());
    }
    const GitObject base(peeled);
    auto own = repository.openAgain();
    if (!own)
        return tl::unexpected(own.error());
    const auto odb = openOdb(repository);
    if (!odb)
        return tl::unexpected(odb.error());
    GitHeads heads = gitHeads(repository, cancel);
    auto objects = newObjects(odb->get(), heads, *git_object_id(peeled), cancel);
    if (!objects)
        return tl::unexpected(objects.error());
    auto state = std::make_shared<State>(std::move(*own), cancel);
    state->texts = {{BlobKind::ReferenceNames, std::move(heads.names)}};
    state->ids = std::move(objects->ids);
    state->unreadable = objects->unreadable;
    state->gaps.isShallow = repository.isShallow();
    state->gaps.isPartial = repository.isPartial();
    return BlobWalk(std::move(state));
}

namespace {

// The index to compare, and its owner where it is another file than the repository's.
Result<GitIndex> openIndex(const GitRepository &repository, const QString &indexFile)
{
    git_index *opened = nullptr;
    int code = 0;
    if (indexFile.isEmpty()) {
        code = git_repository_index(&opened, repository.handle());
    } else {
        const QDir base(repository.isBare() ? repository.commonFolder() : repository.workTree());
        code = git_index_open(&opened, QFile::encodeName(base.absoluteFilePath(indexFile)).constData());
    }
    if (code < 0)
        return failure(ErrorKind::Protocol, Text::tr("The index of the repository could not be read."), lastGitError());
    return GitIndex(opened);
}

// The tree of HEAD; null before the first commit, where everything is new.
Result<GitObject> headTree(const GitRepository &repository)
{
    if (git_repository_head_unborn(repository.handle()) == 1)
        return GitObject();
    git_object *tree = nullptr;
    if (git_revparse_single(&tree, repository.handle(), "HEAD^{tree}") < 0)
        return failure(ErrorKind::Protocol, Text::tr("The last commit of the repository could not be read."),
                       lastGitError());
    return GitObject(tree);
}

int addStaged(const git_diff_delta *delta, float, void *payload)
{
    auto *files = static_cast<std::vector<StagedFile> *>(payload);
    const bool isSubmodule = delta->new_file.mode == GIT_FILEMODE_COMMIT;
    if (!isSubmodule && !git_oid_is_zero(&delta->new_file.id))
        files->push_back({delta->new_file.id, delta->new_file.path});
    return 0;
}

// Both sides of a conflict may stand in the index, and none is what HEAD has.
void addConflicts(git_index *index, std::vector<StagedFile> &files)
{
    git_index_conflict_iterator *conflicts = nullptr;
    if (git_index_conflict_iterator_new(&conflicts, index) < 0)
        return;
    const git_index_entry *ancestor = nullptr;
    const git_index_entry *ours = nullptr;
    const git_index_entry *theirs = nullptr;
    while (git_index_conflict_next(&ancestor, &ours, &theirs, conflicts) == 0) {
        if (theirs)
            files.push_back({theirs->id, theirs->path});
    }
    git_index_conflict_iterator_free(conflicts);
}

Result<std::vector<StagedFile>> stagedFiles(const GitRepository &repository, const QString &indexFile)
{
    const auto tree = headTree(repository);
    if (!tree)
        return tl::unexpected(tree.error());
    const auto index = openIndex(repository, indexFile);
    if (!index)
        return tl::unexpected(index.error());
    git_diff *made = nullptr;
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
    if (git_diff_tree_to_index(&made, repository.handle(), reinterpret_cast<git_tree *>(tree->get()), index->get(),
                               &options) < 0)
        return failure(ErrorKind::Protocol, Text::tr("The staged changes could not be compared with the last commit."),
                       lastGitError());
    const GitDiff diff(made);
    std::vector<StagedFile> files;
    git_diff_foreach(made, addStaged, nullptr, nullptr, nullptr, &files);
    addConflicts(index->get(), files);
    return files;
}

} // namespace

Result<BlobWalk> BlobWalk::staged(const GitRepository &repository, const QString &indexFile, const CancelToken &cancel)
{
    auto own = repository.openAgain();
    if (!own)
        return tl::unexpected(own.error());
    const auto files = stagedFiles(repository, indexFile);
    if (!files)
        return tl::unexpected(files.error());
    auto state = std::make_shared<State>(std::move(*own), cancel);
    for (const StagedFile &file : *files) {
        if (state->ids.insert(file.id).second)
            state->paths.push_back(file.path);
    }
    return BlobWalk(std::move(state));
}

Result<BlobReader> BlobWalk::reader() const
{
    auto opened = [this] {
        const std::lock_guard held(m_state->repositoryLock);
        return m_state->repository.openAgain();
    }();
    if (!opened)
        return tl::unexpected(opened.error());
    auto odb = openOdb(*opened);
    if (!odb)
        return tl::unexpected(odb.error());
    return BlobReader(std::make_unique<BlobReader::Place>(
        BlobReader::Place{.state = m_state, .repository = std::move(*opened), .odb = std::move(*odb)}));
}

BlobCounts BlobWalk::counts() const
{
    return {.objects = m_state->ids.size(),
            .done = m_state->done,
            .files = m_state->files,
            .messages = m_state->messages,
            .bytes = m_state->bytes,
            .lfsPointers = m_state->lfsPointers,
            .tooLarge = m_state->tooLarge,
            .unreadable = m_state->unreadable};
}

BlobGaps BlobWalk::gaps() const
{
    const std::lock_guard held(m_state->lock);
    return m_state->gaps;
}

std::vector<QByteArray> BlobWalk::commits() const
{
    const std::lock_guard held(m_state->lock);
    std::vector<QByteArray> ids;
    ids.reserve(m_state->commits.size());
    for (const git_oid &id : m_state->commits)
        ids.push_back(hexOf(id));
    return ids;
}

BlobReader::BlobReader(std::unique_ptr<Place> place) : m_place(std::move(place)) {}
BlobReader::BlobReader(BlobReader &&other) noexcept = default;
BlobReader::~BlobReader() = default;

std::optional<BlobText> BlobReader::Place::nextText()
{
    while (state->nextText < state->texts.size()) {
        const size_t number = state->nextText++;
        if (number >= state->texts.size() || state->texts[number].bytes.empty())
            continue;
        const SideText &text = state->texts[number];
        const auto size = static_cast<qsizetype>(text.bytes.size());
        state->bytes += size;
        return BlobText{.bytes = QByteArrayView(text.bytes.data(), size), .kind = text.kind};
    }
    return std::nullopt;
}

// False when cancelled.
bool BlobReader::Place::waitForRoom()
{
    large = std::unique_lock(state->largeBlob, std::defer_lock);
    while (!large.try_lock_for(kLongestBlindWait)) {
        if (state->cancel.isCancelled())
            return false;
    }
    return true;
}

std::optional<BlobText> BlobReader::Place::textOf(const git_oid &id, size_t number)
{
    const auto size = static_cast<qsizetype>(git_odb_object_size(object.get()));
    const QByteArrayView bytes(static_cast<const char *>(git_odb_object_data(object.get())), size);
    BlobText text{.id = hexOf(id), .bytes = bytes};
    switch (git_odb_object_type(object.get())) {
    case GIT_OBJECT_BLOB:
        ++state->files;
        if (isLfsPointer(bytes)) {
            text.kind = BlobKind::LfsPointer;
            ++state->lfsPointers;
        }
        if (number < state->paths.size())
            text.path = state->paths[number];
        break;
    case GIT_OBJECT_COMMIT:
    case GIT_OBJECT_TAG: {
        // Names and signatures stand before the empty line.
        const qsizetype head = bytes.indexOf("\n\n");
        const bool isCommit = git_odb_object_type(object.get()) == GIT_OBJECT_COMMIT;
        if (isCommit)
            state->noteCommit(id);
        ++state->messages;
        text.kind = isCommit ? BlobKind::CommitMessage : BlobKind::TagMessage;
        text.bytes = head < 0 ? QByteArrayView() : bytes.sliced(head + 2);
        break;
    }
    default:
        return std::nullopt;
    }
    state->bytes += text.bytes.size();
    return text;
}

std::optional<BlobText> BlobReader::Place::read(size_t number)
{
    const git_oid &id = state->ids.at(static_cast<quint32>(number));
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_read_header(&size, &type, odb.get(), &id) < 0) {
        state->noteUnreadable(QString::fromLatin1(hexOf(id)));
        return std::nullopt;
    }
    if (type == GIT_OBJECT_TREE)
        return std::nullopt;
    if (size > size_t(BlobWalk::kLargestBlob)) {
        state->noteTooLarge(id);
        return std::nullopt;
    }
    if (size > size_t(BlobWalk::kLargeBlob) && !waitForRoom())
        return std::nullopt;
    git_odb_object *opened = nullptr;
    const int code = git_odb_read(&opened, odb.get(), &id);
    object.reset(opened);
    if (code < 0) {
        state->noteUnreadable(QString::fromLatin1(hexOf(id)));
        return std::nullopt;
    }
    return textOf(id, number);
}

std::optional<BlobText> BlobReader::next()
{
    Place &place = *m_place;
    const auto release = [&place] {
        place.object.reset();
        if (place.large.owns_lock())
            place.large.unlock();
    };
    release();
    if (auto text = place.nextText())
        return text;
    BlobWalk::State &state = *place.state;
    while (!state.cancel.isCancelled()) {
        if (place.at == place.end) {
            const size_t all = state.ids.size();
            place.at = std::min(state.nextId.fetch_add(kObjectsATime), all);
            place.end = std::min(place.at + kObjectsATime, all);
            if (place.at == place.end)
                return std::nullopt;
        }
        auto text = place.read(place.at++);
        ++state.done;
        if (text)
            return text;
        release();
    }
    return std::nullopt;
}

QStringList gapSentences(const BlobCounts &counts, const BlobGaps &gaps)
{
    QStringList sentences;
    if (counts.tooLarge > 0)
        sentences += Text::tr("%n file(s) of more than %1 were not read.", nullptr, static_cast<int>(counts.tooLarge))
                         .arg(QLocale().formattedDataSize(BlobWalk::kLargestBlob));
    if (counts.lfsPointers > 0)
        sentences += Text::tr("%n file(s) are kept in Git LFS, outside of the repository, and were not read.", nullptr,
                              static_cast<int>(counts.lfsPointers));
    if (counts.unreadable > 0) {
        QStringList names(gaps.unreadable.begin(), gaps.unreadable.end());
        constexpr qsizetype mostInOneSentence = 3;
        sentences += Text::tr("%n object(s) or pack(s) are broken and could not be read: %1. Run: git fsck", nullptr,
                              static_cast<int>(counts.unreadable))
                         .arg(names.mid(0, mostInOneSentence).join(u", "_s));
    }
    if (gaps.isShallow)
        sentences +=
            Text::tr("This is a shallow clone: older commits are not on this machine. Run: git fetch --unshallow");
    if (gaps.isPartial)
        sentences += Text::tr("This is a partial clone: files that were not fetched yet were not read.");
    if (!gaps.submodules.empty()) {
        QStringList paths;
        for (const QByteArray &path : gaps.submodules)
            paths += shownPath(path);
        sentences += Text::tr("%n submodule(s) have a history of their own: %1. Look at each by itself.", nullptr,
                              static_cast<int>(paths.size()))
                         .arg(paths.join(u", "_s));
    }
    return sentences;
}

} // namespace cockpit
