#include "app/practice/workspacerepository.h"

#include "checks/secrets/gitlibrary.h"

#include <git2.h>

#include <QCoreApplication>
#include <QFile>

#include <memory>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

template<auto Free>
struct Freed
{
    template<typename T>
    void operator()(T *handle) const
    {
        Free(handle);
    }
};
template<typename T, auto Free>
using Held = std::unique_ptr<T, Freed<Free>>;

using HeldRepository = Held<git_repository, git_repository_free>;
using HeldIndex = Held<git_index, git_index_free>;
using HeldTree = Held<git_tree, git_tree_free>;
using HeldCommit = Held<git_commit, git_commit_free>;
using HeldSignature = Held<git_signature, git_signature_free>;

// Gives what a call of libgit2 makes to its holder; null when the call failed.
template<typename Holder, typename Call>
Holder made(Call call)
{
    typename Holder::pointer handle = nullptr;
    return call(&handle) == 0 ? Holder(handle) : Holder();
}

HeldRepository openOrMake(const QByteArray &folder)
{
    auto known = made<HeldRepository>([&](auto handle) { return git_repository_open(handle, folder.constData()); });
    if (known)
        return known;
    git_repository_init_options options;
    git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
    options.initial_head = "main";
    options.flags = GIT_REPOSITORY_INIT_MKPATH;
    return made<HeldRepository>(
        [&](auto handle) { return git_repository_init_ext(handle, folder.constData(), &options); });
}

HeldTree treeOfAllFiles(git_repository *repository)
{
    const auto index = made<HeldIndex>([&](auto handle) { return git_repository_index(handle, repository); });
    git_oid id;
    if (!index || git_index_add_all(index.get(), nullptr, GIT_INDEX_ADD_DEFAULT, nullptr, nullptr) != 0 ||
        git_index_write(index.get()) != 0 || git_index_write_tree(&id, index.get()) != 0)
        return {};
    return made<HeldTree>([&](auto handle) { return git_tree_lookup(handle, repository, &id); });
}

HeldCommit headOf(git_repository *repository)
{
    git_oid id;
    if (git_reference_name_to_id(&id, repository, "HEAD") != 0)
        return {};
    return made<HeldCommit>([&](auto handle) { return git_commit_lookup(handle, repository, &id); });
}

bool isCommitted(git_repository *repository, const git_tree *tree, const QByteArray &message)
{
    const auto who = made<HeldSignature>(
        [](auto handle) { return git_signature_now(handle, "Robin Practice", "robin@acme-ops.example"); });
    const HeldCommit parent = headOf(repository);
    const git_commit *parents[] = {parent.get()};
    git_oid id;
    return who && git_commit_create(&id, repository, "HEAD", who.get(), who.get(), nullptr, message.constData(), tree,
                                    parent ? 1 : 0, parents) == 0;
}

QString whyNot()
{
    const git_error *error = git_error_last();
    return error ? QString::fromUtf8(error->message) : QString();
}

} // namespace

Result<void> commitAll(const QString &folder, const QByteArray &message)
{
    startGitLibrary();
    const HeldRepository repository = openOrMake(QFile::encodeName(folder));
    const HeldTree tree = repository ? treeOfAllFiles(repository.get()) : HeldTree();
    if (tree && isCommitted(repository.get(), tree.get(), message))
        return {};
    return failure(ErrorKind::Storage,
                   Text::tr("The practice company could not write the history of its code to %1.").arg(folder),
                   whyNot());
}

} // namespace cockpit
