// The lock files and manifests below a folder of code, held in memory until they are read side by side.
#pragma once

#include "checks/engine/observations.h"
#include "checks/secrets/codefiles.h"
#include "checks/secrets/dependencies/lockfiles.h"
#include "checks/secrets/treewalk.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <map>
#include <set>

namespace cockpit {

struct HeldFile
{
    QByteArray bytes;
    QString problem; // instead of bytes
};

// Of one source; all paths are relative to its root, as shownPath() writes them.
class LockFileCollector
{
public:
    LockFileCollector(const Observations &seen, const QString &root) : m_seen(seen), m_root(root), m_vendors(root) {}

    // Once; and again for what want() asked for. Errors are of the root.
    [[nodiscard]] Result<WalkTotals> walk();

    // Files that a lock file includes; the next walk reads them, whatever their names are.
    void want(const std::set<QString> &paths) { m_wanted.insert(paths.begin(), paths.end()); }

    // Null for what is no lock file.
    const LockForm *formFor(const QString &path) const;

    const std::map<QString, HeldFile> &files() const { return m_files; }
    bool isCut() const { return m_isCut; }
    // The first lock files of forms that are not read.
    const QStringList &unread() const { return m_unread; }
    // Lock files that are links to what was not read under another name.
    QStringList linked() const;
    // Manifests that ask for packages of which no lock file says which they get.
    QStringList unanswered() const;

private:
    Result<void> visit(const WalkedFile &file);
    void noteUnread(const QString &path);

    const Observations &m_seen;
    const QString m_root;
    VendorFolders m_vendors;
    std::map<QString, HeldFile> m_files;
    std::set<QString> m_wanted;
    std::set<QString> m_links;
    LockPlaces m_locks;
    qint64 m_held = 0;
    bool m_isCut = false;
    QStringList m_unread;
};

} // namespace cockpit
