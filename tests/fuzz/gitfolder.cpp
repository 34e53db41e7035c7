// The files of a repository's folder that are read before anything else is, as a stranger may have written them. Parts
// between NULs: ".git" in the working tree (empty: a folder, with what follows), and of the folder that it leads to
// config, HEAD, gitdir, commondir and alternates.
#include "fuzz/fuzz.h"

#include "checks/secrets/gitfolder.h"
#include "checks/secrets/gitrepository.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <array>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    promise(file.open(QIODevice::WriteOnly) && file.write(text) == text.size(), "a place for the file");
}

// What leads out of the folder of this run would have the rest of the machine read.
bool staysInside(const QByteArray &text)
{
    return text.count("..") <= 1 && !text.startsWith('/') && !text.contains(" /") && !text.contains("\n/") &&
           !text.contains("=/") && !text.contains("\"/") && !text.contains("\t/") && !text.contains("\\/") &&
           !text.contains('~') && !text.contains("%(");
}

// The folder of a repository as git makes it, with the parts from "first" on.
void writeGitFolder(const QString &folder, const QList<QByteArray> &parts)
{
    QDir(folder).removeRecursively();
    for (const auto name : {"objects/info"_L1, "objects/pack"_L1, "refs/heads"_L1})
        promise(QDir().mkpath(folder + u'/' + name), "a folder");
    constexpr std::array files{"config"_L1, "HEAD"_L1, "gitdir"_L1, "commondir"_L1, "objects/info/alternates"_L1};
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (const QByteArray text = parts.value(static_cast<qsizetype>(i) + 1); !text.isEmpty())
            write(folder + u'/' + files[i], text);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray given = inputOf(bytes, size);
    if (!staysInside(given))
        return 0;
    static const QTemporaryDir root;
    static const bool isAlone = qputenv("HOME", QFile::encodeName(root.path())) && qputenv("GIT_CONFIG_NOSYSTEM", "1");
    promise(isAlone, "no configuration of this machine");
    const QList<QByteArray> parts = given.split('\0');
    const QString work = root.filePath(u"work"_s);
    QDir(work).removeRecursively();
    promise(QDir().mkpath(work), "a folder");
    writeGitFolder(parts.value(0).isEmpty() ? work + "/.git"_L1 : root.filePath(u"apart"_s), parts);
    if (!parts.value(0).isEmpty())
        write(work + "/.git"_L1, parts.value(0));
    const auto located = locateGitFolder(work);
    const auto checked = located ? checkGitFolder(*located, CancelToken()) : Result<void>();
    promise(checked || checked.error().kind == ErrorKind::NotPermitted, "refused for what leads elsewhere");
    const auto opened = GitRepository::open(work);
    promise(checked || !opened, "what is refused is not opened");
    if (!opened)
        return 0;
    promise(QDir(opened->commonFolder()).exists(), "a folder that is there");
    const bool mayHaveTree = !opened->isBare() || opened->workTree().isEmpty();
    promise(mayHaveTree, "a bare one has no working tree");
    opened->hooksPath();
    opened->excludesPath();
    opened->isEmpty();
    opened->isShallow();
    opened->isPartial();
    return 0;
}
