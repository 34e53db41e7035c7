#include "checks/secrets/dependencyreading.h"

#include "checks/secrets/codefiles.h"
#include "checks/secrets/dependencies/lockfiles.h"
#include "checks/secrets/lockfilecollector.h"
#include "checks/secrets/shownnames.h"

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

constexpr size_t kMostPackages = 100'000; // in all files; each is a row in memory
constexpr qsizetype kMostProblems = 5;
constexpr int kMostRounds = 5; // of files that include files

class Reader
{
public:
    Reader(const Observations &seen, ShownNames names, bool isNamed)
        : m_seen(seen), m_names(std::move(names)), m_isNamed(isNamed)
    {
    }

    void take(const LocalSource &source)
    {
        LockFileCollector collector(m_seen, source.path);
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
    void readAllOf(LockFileCollector &collector)
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

    void readOne(const QString &path, const HeldFile &held, const LockForm &form,
                 const std::map<QString, HeldFile> &all)
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
                                  .arg(file.file, QString::number(kMostPackagesOfFile));
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
