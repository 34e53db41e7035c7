#include "checks/secrets/objectlist.h"

#include "checks/secrets/githandles.h"

#include <git2/odb_backend.h>

#include <QDir>
#include <QFile>
#include <QSet>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Listing
{
    OidSet &ids;
    const CancelToken &cancel;
};

int addObject(const git_oid *id, void *payload)
{
    auto *listing = static_cast<Listing *>(payload);
    listing->ids.insert(*id);
    // Cancelled is seen soon enough every thousand objects.
    return listing->ids.size() % 1024 == 0 && listing->cancel.isCancelled() ? GIT_EUSER : 0;
}

// Takes the backend. Each pack alone, so that a broken one does not hide the others.
bool addAllOf(git_odb_backend *backend, Listing &listing)
{
    git_odb *made = nullptr;
    git_odb_new(&made);
    const GitOdb odb(made);
    git_odb_add_backend(made, backend, 1);
    const int code = git_odb_foreach(made, addObject, &listing);
    return code == 0 || code == GIT_EUSER;
}

void addPacks(const QDir &folder, Listing &listing, ObjectList &list)
{
    for (const QString &pack : folder.entryList({u"*.pack"_s}, QDir::Files | QDir::Hidden, QDir::Name)) {
        const QString index = folder.filePath(pack.chopped(5) + ".idx"_L1);
        git_odb_backend *backend = nullptr;
        if (!QFile::exists(index) || git_odb_backend_one_pack(&backend, QFile::encodeName(index).constData()) < 0 ||
            !addAllOf(backend, listing))
            list.brokenPacks.push_back(pack);
    }
    // What it lists is gone: git passes over it without a word.
    for (const QString &index : folder.entryList({u"*.idx"_s}, QDir::Files | QDir::Hidden, QDir::Name)) {
        if (!QFile::exists(folder.filePath(index.chopped(4) + ".pack"_L1)))
            list.brokenPacks.push_back(index);
    }
}

void addFolder(const QString &path, const CancelToken &cancel, QSet<QString> &seen, ObjectList &list)
{
    const QDir folder(path);
    constexpr qsizetype mostFolders = 16; // alternates of alternates; git itself follows five
    if (seen.contains(folder.canonicalPath()) || seen.size() >= mostFolders || cancel.isCancelled())
        return;
    seen.insert(folder.canonicalPath());
    Listing listing{list.ids, cancel};
    addPacks(QDir(folder.filePath(u"pack"_s)), listing, list);
    git_odb_backend *loose = nullptr;
    if (git_odb_backend_loose(&loose, QFile::encodeName(path).constData(), -1, 0, 0, 0) == 0 &&
        !addAllOf(loose, listing))
        list.brokenPacks.push_back(folder.dirName());

    QFile alternates(folder.filePath(u"info/alternates"_s));
    constexpr qint64 longest = qint64(64) << 10;
    if (!alternates.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : alternates.read(longest).split('\n')) {
        if (!line.trimmed().isEmpty() && !line.startsWith('#'))
            addFolder(QDir::cleanPath(folder.absoluteFilePath(QFile::decodeName(line.trimmed()))), cancel, seen, list);
    }
}

} // namespace

ObjectList listObjects(const QString &objectsFolder, const CancelToken &cancel)
{
    ObjectList list;
    QSet<QString> seen;
    addFolder(objectsFolder, cancel, seen, list);
    return list;
}

} // namespace cockpit
