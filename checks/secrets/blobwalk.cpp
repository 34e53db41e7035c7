#include "checks/secrets/blobwalk.h"

#include "checks/secrets/blobwalkstate.h"
#include "checks/secrets/commitgraph.h"
#include "checks/secrets/githeads.h"
#include "checks/secrets/newblobs.h"
#include "checks/secrets/objectlist.h"
#include "checks/secrets/stagedfiles.h"
#include "checks/secrets/structureobject.h"
#include "checks/secrets/treeentries.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BlobWalk)
};

// A configuration that is longer is no configuration.
constexpr qint64 kLongestConfiguration = qint64(1) << 20;

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

// In the top folder of the commit that is checked out.
std::optional<git_oid> entryOfHead(git_repository *repository, git_odb *odb, QByteArrayView name)
{
    git_oid head;
    GitOdbObject object;
    const auto bytesOf = [&object] {
        return QByteArrayView(static_cast<const char *>(git_odb_object_data(object.get())),
                              static_cast<qsizetype>(git_odb_object_size(object.get())));
    };
    if (git_reference_name_to_id(&head, repository, "HEAD") < 0 || readStructure(odb, head, object) < 0)
        return std::nullopt;
    const auto commit = parseCommit(bytesOf());
    if (!commit || readStructure(odb, commit->tree, object) < 0)
        return std::nullopt;
    std::optional<git_oid> found;
    forEachTreeEntry(bytesOf(), [&](const TreeEntry &entry) {
        if (entry.kind == TreeEntryKind::File && entry.name == name)
            found = entry.id;
    });
    return found;
}

// The paths of submodules in a tree's .gitmodules, by its lines "path = …".
std::vector<QByteArray> submodulesOf(git_repository *repository)
{
    std::vector<QByteArray> paths;
    git_odb *opened = nullptr;
    if (git_repository_odb(&opened, repository) < 0)
        return paths;
    const GitOdb odb(opened);
    const auto id = entryOfHead(repository, opened, ".gitmodules");
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    git_object *found = nullptr;
    if (!id || git_odb_read_header(&size, &type, opened, &*id) < 0 ||
        size > static_cast<size_t>(kLongestConfiguration) ||
        git_object_lookup(&found, repository, &*id, GIT_OBJECT_BLOB) < 0)
        return paths;
    const GitObject object(found);
    const auto *blob = reinterpret_cast<const git_blob *>(found);
    // No copy is made of it: the addresses beside the paths may hold a password.
    QByteArrayView text(static_cast<const char *>(git_blob_rawcontent(blob)), static_cast<qsizetype>(size));
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

std::vector<QByteArray> namesOf(const std::vector<git_oid> &ids)
{
    std::vector<QByteArray> names;
    names.reserve(ids.size());
    for (const git_oid &id : ids)
        names.push_back(hexOf(id));
    return names;
}

} // namespace

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
    state->readsNames = true;
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
    GitHeads heads = checkedOutHead(repository);
    auto objects = newObjects(odb->get(), heads, *git_object_id(peeled), cancel);
    if (!objects)
        return tl::unexpected(objects.error());
    auto state = std::make_shared<State>(std::move(*own), cancel);
    state->texts = {{BlobKind::ReferenceNames, std::move(heads.names)}};
    state->ids = std::move(objects->ids);
    state->earlier = std::move(objects->earlier);
    state->unreadable = objects->unreadable;
    state->tooDeep = objects->tooDeep;
    state->gaps.isOfChange = true;
    state->gaps.isShallow = repository.isShallow();
    state->gaps.isPartial = repository.isPartial();
    return BlobWalk(std::move(state));
}

Result<BlobWalk> BlobWalk::staged(const GitRepository &repository, const QString &indexFile, const CancelToken &cancel)
{
    auto own = repository.openAgain();
    if (!own)
        return tl::unexpected(own.error());
    const auto files = stagedFiles(repository, indexFile);
    if (!files)
        return tl::unexpected(files.error());
    auto state = std::make_shared<State>(std::move(*own), cancel);
    state->gaps.isOfChange = true;
    for (const StagedFile &file : *files) {
        const auto [number, isFirst] = state->ids.insert(file.id);
        if (isFirst)
            state->paths.push_back(file.path);
        state->earlier[number].add(file.before);
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
            .largeMedia = m_state->largeMedia,
            .tooLarge = m_state->tooLarge,
            .unreadable = m_state->unreadable,
            .tooDeep = m_state->tooDeep};
}

BlobGaps BlobWalk::gaps() const
{
    const std::lock_guard held(m_state->lock);
    return m_state->gaps;
}

std::vector<QByteArray> BlobWalk::commits() const
{
    const std::lock_guard held(m_state->lock);
    return namesOf(m_state->commits);
}

std::vector<QByteArray> BlobWalk::tags() const
{
    const std::lock_guard held(m_state->lock);
    return namesOf(m_state->tags);
}

} // namespace cockpit
