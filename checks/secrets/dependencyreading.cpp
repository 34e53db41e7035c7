#include "checks/secrets/dependencyreading.h"

#include "checks/secrets/dependencies/lockfiles.h"
#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/shownnames.h"
#include "checks/secrets/treewalk.h"

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
constexpr qint64 kMostHeld = qint64(256) << 20; // of all files at once; a monorepo with 200 lock files has 100 MB
constexpr size_t kMostFiles = 5'000;
constexpr size_t kMostPackages = 100'000; // in all files; each is a row in memory
constexpr qsizetype kMostProblems = 5;

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

QString folderOf(const QString &path)
{
    return path.left(path.lastIndexOf(u'/') + 1);
}

// Lock files and manifests of one source, by path.
class Collector
{
public:
    explicit Collector(const Observations &seen) : m_seen(seen) {}

    Result<void> visit(const WalkedFile &file)
    {
        if (m_seen.isOver())
            return {};
        const QString path = shownPath(file.path);
        const bool isLock = lockFormFor(path) != nullptr;
        if (isUnreadLockFile(path.section(u'/', -1)) && m_unread.size() < kMostProblems)
            m_unread += path;
        if (!isLock && !isManifest(path.section(u'/', -1)))
            return {};
        if (m_files.size() >= kMostFiles || m_held > kMostHeld) {
            m_isCut = true;
            return {};
        }
        auto bytes = readWhole(file, isLock ? kLargestLockFile : kLargestManifest);
        if (bytes) {
            m_held += bytes->size();
            m_files[path] = {std::move(*bytes), {}};
        } else if (isLock) {
            m_files[path] = {{}, bytes.error().message};
        }
        return {};
    }

    const std::map<QString, Held> &files() const { return m_files; }
    bool isCut() const { return m_isCut; }
    const QStringList &unread() const { return m_unread; }

private:
    const Observations &m_seen;
    std::map<QString, Held> m_files;
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
        static const QList<QByteArray> fetched{
            "node_modules", "bower_components", "vendor",      "site-packages", ".venv",   "venv",      "Pods",
            ".yarn",        ".pnpm-store",      "__pycache__", ".tox",          ".gradle", ".dart_tool"};
        Collector collector(m_seen);
        const auto walk = walkTree(source.path, {1, m_seen.token(), fetched},
                                   [&](const WalkedFile &file, size_t) { return collector.visit(file); });
        if (!walk) {
            addGap(walk.error().message);
            return;
        }
        noteProblems(*walk);
        if (collector.isCut())
            addGap(Text::tr("%1 has more lock files than are read at once.").arg(source.path));
        for (const QString &path : collector.unread())
            addGap(Text::tr("%1 is a lock file of a form that is not read.").arg(path));
        const QString before = m_isNamed ? QFileInfo(source.path).fileName() + u'/' : QString();
        for (const auto &[path, held] : collector.files()) {
            if (const LockForm *const form = lockFormFor(path))
                readOne(before, path, held, *form, collector.files());
        }
    }

    CodeReading end()
    {
        if (m_isCut)
            m_reading.gaps +=
                Text::tr("The lock files name more than %1 packages; the rest was left out.").arg(kMostPackages);
        for (auto &[place, package] : m_packages)
            m_reading.packages.push_back(std::move(package));
        return std::move(m_reading);
    }

private:
    void noteProblems(const WalkTotals &walk)
    {
        if (m_seen.isOver())
            m_reading.gaps += Text::tr("The look ended before all folders were read.");
        for (const WalkProblem &problem : walk.problems) {
            if (m_reading.gaps.size() < kMostProblems)
                addGap(Text::tr("%1 could not be read: %2").arg(problem.place, problem.why));
        }
    }

    // Names in it may hold a secret.
    void addGap(const QString &sentence) { m_reading.gaps += m_names.text(sentence); }

    void readOne(const QString &before, const QString &path, const Held &held, const LockForm &form,
                 const std::map<QString, Held> &all)
    {
        if (m_seen.isOver())
            return;
        LockFileSeen file{.file = m_names.text(before + path), .ecosystem = form.ecosystem, .problem = held.problem};
        if (file.problem.isEmpty()) {
            LockText text{held.bytes, {}};
            for (const QString &manifest : form.manifests) {
                const auto beside = all.find(folderOf(path) + manifest);
                if (beside != all.end() && beside->second.problem.isEmpty())
                    text.beside.insert(manifest, beside->second.bytes);
            }
            const auto reading = readLockFile(path, text);
            if (reading)
                keep(*reading, file);
            else
                file.problem = reading.error().message;
        }
        if (!file.problem.isEmpty())
            addGap(Text::tr("%1: %2").arg(file.file, file.problem));
        m_reading.files.push_back(std::move(file));
    }

    void keep(const LockReading &reading, LockFileSeen &file)
    {
        file.packages = reading.packages.size();
        file.notComparable = reading.notComparable;
        m_reading.notComparable += reading.notComparable;
        for (const QString &given : reading.named) {
            const QString name = m_names.text(given);
            if (m_reading.notComparableNamed.size() < LockReading::kMostNamed &&
                !m_reading.notComparableNamed.contains(name))
                m_reading.notComparableNamed += name;
        }
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
