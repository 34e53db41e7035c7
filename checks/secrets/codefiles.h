// Where files that name packages stand in the product's code: folders that are somebody else's, and manifests that no
// lock file answers for.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <set>
#include <utility>

namespace cockpit {

struct LockForm;

// "a/b/": the folder of "a/b/c"; empty: the root.
QString folderOf(const QString &path);

// Folders called "vendor". Composer, Go, Bundler and Cargo copy packages there; others keep their own pages for vendors
// in one.
class VendorFolders
{
public:
    explicit VendorFolders(const QString &root) : m_root(root) {}
    bool isFetched(const QString &path); // the file lies in a copy; path below the root

private:
    const QString m_root;
    QHash<QString, bool> m_known; // by folder
};

// Lock files of a source, whether they could be read or not.
class LockPlaces
{
public:
    void add(const QString &path, const LockForm *form); // null: of a form that nothing reads
    bool hasFor(const QString &manifest) const;          // path below the root

private:
    std::set<std::pair<QString, QString>> m_places; // folder, file name
};

} // namespace cockpit
