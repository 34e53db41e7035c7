#include "checks/secrets/dependencyreading.h"

#include "checks/secrets/codefiles.h"
#include "checks/secrets/dependencies/lockfiles.h"
#include "checks/secrets/dependencies/manifests.h"
#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/shownnames.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <set>
#include <utility>

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
constexpr size_t kMostPackages = 100'000; // in all files; each is a row in memory
constexpr qsizetype kMostProblems = 5;
constexpr int kMostRounds = 5; // of files that include files

struct Held
{
    QByteArray bytes;
    QString problem; // instead of bytes
};

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

// Lock files and manifests of one source, by path.
class Collector
{
public:
    Collector(const Observations &seen, const QString &root) : m_seen(seen), m_root(root), m_vendors(root) {}

    [[nodiscard]] Result<WalkTotals> walk()
    {
        static const QList<QByteArray> fetched{"node_modules",  "bower_components", ".pnpm-store", ".yarn",
                                               "site-packages", "__pycache__",      ".venv",       "venv",
                                               ".tox",          ".gradle",          ".dart_tool",  "Pods"};
        const auto noteLink = [this](const QByteArray &path) { m_links.insert(shownPath(path)); };
        auto walked = walkTree(m_root, {1, m_seen.token(), fetched, noteLink},
                               [this](const WalkedFile &file, size_t) { return visit(file); });
        return walked;
    }

    // Files that a lock file includes; the next walk reads them, whatever their names are.
    void want(const std::set<QString> &paths) { m_wanted.insert(paths.begin(), paths.end()); }

    const LockForm *formFor(const QString &path) const
    {
        const LockForm *const form = lockFormFor(path);
        return form || !m_wanted.contains(path) ? form : &includedForm();
    }

    const std::map<QString, Held> &files() const { return m_files; }
    bool isCut() const { return m_isCut; }
    const QStringList &unread() const { return m_unread; }

    // Lock files that are links to what was not read under another name.
    QStringList linked() const
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

    // Manifests that ask for packages of which no lock file says which they get.
    QStringList unanswered() const
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

private:
    Result<void> visit(const WalkedFile &file)
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

    void noteUnread(const QString &path)
    {
        m_locks.add(path, nullptr);
        if (m_unread.size() < kMostProblems && !m_unread.contains(path))
            m_unread += path;
    }

    const Observations &m_seen;
    const QString m_root;
    VendorFolders m_vendors;
    std::map<QString, Held> m_files;
    std::set<QString> m_wanted;
    std::set<QString> m_links;
    LockPlaces m_locks;
    qint64 m_held = 0;
    bool m_isCut = false;
    QStringList m_unread; // the first lock files of other forms
};

class Reader
{
public:
    Reader(const Observations &seen, ShownNames names, bool isNamed)
        : m_seen(seen), m_names(std::move(names)), m_isNamed(isNamed)
    {
    }

    void take(const LocalSource &source)
    {
        Collector collector(m_seen, source.path);
        const auto walk = collector.walk();
        if (!walk) {
            addGap(walk.error().message);
            return;
        }
        noteProblems(*walk);
        m_before = m_isNamed ? QFileInfo(source.path).fileName() + u'/' : QString();
        readAllOf(collector);
        if (collector.isCut())
            addGap(Text::tr("%1 has more lock files than are read at once.").arg(source.path));
        for (const QString &path : collector.unread())
            addGap(Text::tr("%1 is a lock file of a form that is not read.").arg(path));
        for (const QString &path : collector.linked())
            m_linked += m_before + path;
        for (const QString &path : collector.unanswered())
            m_unanswered += m_before + path;
    }

    CodeReading end()
    {
        if (m_isCut)
            m_reading.gaps +=
                Text::tr("The lock files name more than %1 packages; the rest was left out.").arg(kMostPackages);
        if (!m_partial.isEmpty())
            m_reading.gaps += Text::tr("%n file(s) need not name what their packages bring along, so that was not "
                                       "looked up: %1.",
                                       nullptr, static_cast<int>(m_partial.size()))
                                  .arg(firstOf(m_partial));
        if (!m_unanswered.isEmpty())
            m_reading.gaps += Text::tr("%n file(s) ask for packages, and no lock file says which versions they get: "
                                       "%1. Let your package manager write one and keep it with the code.",
                                       nullptr, static_cast<int>(m_unanswered.size()))
                                  .arg(firstOf(m_unanswered));
        if (!m_linked.isEmpty())
            m_reading.gaps += Text::tr("%n lock file(s) are links, which are not followed: %1.", nullptr,
                                       static_cast<int>(m_linked.size()))
                                  .arg(firstOf(m_linked));
        m_reading.packages.reserve(m_packages.size());
        for (auto &[place, package] : m_packages)
            m_reading.packages.push_back(std::move(package));
        return std::move(m_reading);
    }

private:
    // Names in it may hold a secret.
    void addGap(const QString &sentence) { m_reading.gaps += m_names.text(sentence); }
    QString firstOf(const QStringList &paths)
    {
        return m_names.text(paths.first(std::min(paths.size(), kMostProblems)).join(", "_L1));
    }

    // What a lock file includes is found on another walk, and may include more.
    void readAllOf(Collector &collector)
    {
        std::set<QString> done;
        for (int round = 0; round <= kMostRounds; ++round) {
            for (const auto &[path, held] : collector.files()) {
                const LockForm *const form = collector.formFor(path);
                if (form && done.insert(path).second)
                    readOne(path, held, *form, collector.files());
            }
            std::erase_if(m_included, [&](const QString &path) { return done.contains(path); });
            if (m_included.empty() || m_seen.isOver())
                return;
            collector.want(m_included);
            if (round == kMostRounds || !collector.walk())
                break;
            for (const QString &path : std::exchange(m_included, {})) {
                if (!collector.files().contains(path))
                    noteNotComparable(path);
            }
        }
        for (const QString &path : std::exchange(m_included, {}))
            noteNotComparable(path);
    }

    // "base.txt" is taken from the folder of who includes it.
    void noteIncludes(const QString &path, const QStringList &names)
    {
        for (const QString &name : names) {
            const QString whole = QDir::cleanPath(folderOf(path) + name);
            if (isOwnPath({{}, {}, {}, path}, name))
                m_included.insert(whole);
            else
                noteNotComparable(whole);
        }
    }

    void noteNotComparable(const QString &path)
    {
        ++m_reading.notComparable;
        noteNames({path.section(u'/', -1).section(u'?', 0, 0).section(u'@', -1)});
    }

    void noteNames(const QStringList &names)
    {
        for (const QString &given : names) {
            const QString name = m_names.text(given);
            if (m_reading.notComparableNamed.size() < LockReading::kMostNamed &&
                !m_reading.notComparableNamed.contains(name))
                m_reading.notComparableNamed += name;
        }
    }

    void noteProblems(const WalkTotals &walk)
    {
        if (m_seen.isOver())
            m_reading.gaps += Text::tr("The look ended before all folders were read.");
        for (const WalkProblem &problem : walk.problems) {
            if (m_reading.gaps.size() < kMostProblems)
                addGap(Text::tr("%1 could not be read: %2").arg(problem.place, problem.why));
        }
    }

    void readOne(const QString &path, const Held &held, const LockForm &form, const std::map<QString, Held> &all)
    {
        if (m_seen.isOver())
            return;
        LockFileSeen file{.file = m_names.text(m_before + path), .ecosystem = form.ecosystem, .problem = held.problem};
        if (file.problem.isEmpty()) {
            LockText text{held.bytes, {}, m_token};
            for (const QString &manifest : form.manifests) {
                const auto beside = all.find(folderOf(path) + manifest);
                if (beside != all.end() && beside->second.problem.isEmpty())
                    text.beside.insert(manifest, beside->second.bytes);
            }
            const auto reading = lockFormFor(path) ? readLockFile(path, text) : readLockFile(form, path, text);
            if (reading)
                keep(*reading, path, file);
            else
                file.problem = reading.error().message;
        }
        if (!file.problem.isEmpty())
            addGap(Text::tr("%1: %2").arg(file.file, file.problem));
        m_reading.files.push_back(std::move(file));
    }

    void keep(const LockReading &reading, const QString &path, LockFileSeen &file)
    {
        file.packages = reading.packages.size();
        file.notComparable = reading.notComparable;
        m_reading.notComparable += reading.notComparable;
        noteNames(reading.named);
        noteIncludes(path, reading.includes);
        if (reading.isPartial)
            m_partial += file.file;
        if (reading.isCut)
            m_reading.gaps += Text::tr("%1 names more than %2 packages; the rest was left out.")
                                  .arg(file.file)
                                  .arg(kMostPackagesOfFile);
        for (Dependency package : reading.packages) {
            if (++m_places > kMostPackages) {
                m_isCut = true;
                return;
            }
            package.file = file.file;
            UsedPackage &used = m_packages[packageKey(package.ecosystem, package.name) + u'@' + package.version];
            if (used.places.empty())
                used.package = package;
            used.places.push_back(std::move(package));
        }
    }

    const Observations &m_seen;
    ShownNames m_names;
    const bool m_isNamed;
    const CancelToken m_token = m_seen.token().boundedBy(m_seen.deadline());
    QString m_before;             // of the source that is being read: its name, where there are several
    std::set<QString> m_included; // files that are still to be read
    QStringList m_partial;
    QStringList m_unanswered;
    QStringList m_linked;
    CodeReading m_reading;
    std::map<QString, UsedPackage> m_packages;
    size_t m_places = 0;
    bool m_isCut = false;
};

} // namespace

bool UsedPackage::isForDevelopmentAlone() const
{
    return std::ranges::all_of(places, [](const Dependency &one) { return one.use == PackageUse::Development; });
}

bool UsedPackage::isDirect() const
{
    return std::ranges::any_of(places, [](const Dependency &one) { return one.reach == PackageReach::Direct; });
}

CodeReading readDependencies(const std::vector<LocalSource> &code, Observations &seen)
{
    auto names = ShownNames::make(seen);
    if (!names)
        return {.gaps = {names.error().message}};
    Reader reader(seen, std::move(*names), code.size() > 1);
    for (const LocalSource &source : code)
        reader.take(source);
    return reader.end();
}

} // namespace cockpit
