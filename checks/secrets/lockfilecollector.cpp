#include "checks/secrets/lockfilecollector.h"

#include "checks/secrets/dependencies/manifests.h"
#include "checks/secrets/descriptorreading.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dependencies)
};

constexpr qint64 kLargestManifest = qint64(1) << 20;
constexpr qint64 kMostHeld = qint64(128) << 20; // of all files at once; a monorepo with 200 lock files has 100 MB
constexpr size_t kMostFiles = 5'000;
constexpr qsizetype kMostUnread = 5;

Result<QByteArray> readWhole(const WalkedFile &file, qint64 most)
{
    QByteArray bytes;
    bytes.resize(std::min(file.size, most) + 1); // one more: it may have grown
    const auto got = readFully(file.descriptor, bytes.data(), bytes.size());
    if (!got)
        return tl::unexpected(got.error());
    if (*got > most || file.size > most)
        return failure(ErrorKind::TooLarge, Text::tr("It is larger than %1 MB.").arg(most >> 20));
    bytes.truncate(*got);
    return bytes;
}

} // namespace

Result<WalkTotals> LockFileCollector::walk()
{
    static const QList<QByteArray> fetched{"node_modules",  "bower_components", ".pnpm-store", ".yarn",
                                           "site-packages", "__pycache__",      ".venv",       "venv",
                                           ".tox",          ".gradle",          ".dart_tool",  "Pods"};
    const auto noteLink = [this](const QByteArray &path) { m_links.insert(shownPath(path)); };
    return walkTree(m_root, {1, m_seen.token(), fetched, noteLink},
                    [this](const WalkedFile &file, size_t) { return visit(file); });
}

const LockForm *LockFileCollector::formFor(const QString &path) const
{
    const LockForm *const form = lockFormFor(path);
    return form || !m_wanted.contains(path) ? form : &includedForm();
}

QStringList LockFileCollector::linked() const
{
    const QString root = QFileInfo(m_root).canonicalFilePath() + u'/';
    QStringList paths;
    for (const QString &path : m_links) {
        const QString target = QFileInfo(m_root + u'/' + path).canonicalFilePath();
        if (lockFormFor(path) && !(target.startsWith(root) && m_files.contains(target.sliced(root.size()))))
            paths += path;
    }
    return paths;
}

QStringList LockFileCollector::unanswered() const
{
    LockPlaces locks = m_locks;
    for (const QString &path : m_links)
        locks.add(path, lockFormFor(path));
    QStringList paths;
    for (const auto &[path, held] : m_files) {
        if (asksForPackages(path.section(u'/', -1), held.bytes) && !locks.hasFor(path))
            paths += path;
    }
    return paths;
}

Result<void> LockFileCollector::visit(const WalkedFile &file)
{
    const QString path = shownPath(file.path);
    if (m_seen.isOver() || m_files.contains(path) || m_vendors.isFetched(path))
        return {};
    const QString name = path.section(u'/', -1);
    const LockForm *const form = formFor(path);
    if (isUnreadLockFile(name))
        noteUnread(path);
    if (form)
        m_locks.add(path, form);
    if (!form && !isManifest(name) && !isAskingManifest(name))
        return {};
    if (m_files.size() >= kMostFiles || m_held > kMostHeld) {
        m_isCut = true;
        return {};
    }
    auto bytes = readWhole(file, form ? kLargestLockFile : kLargestManifest);
    if (bytes) {
        m_held += bytes->size();
        m_files[path] = {std::move(*bytes), {}};
    } else if (form) {
        m_files[path] = {{}, bytes.error().message};
    }
    return {};
}

void LockFileCollector::noteUnread(const QString &path)
{
    m_locks.add(path, nullptr);
    if (m_unread.size() < kMostUnread && !m_unread.contains(path))
        m_unread += path;
}

} // namespace cockpit
