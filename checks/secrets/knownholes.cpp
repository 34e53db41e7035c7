#include "checks/secrets/knownholes.h"

#include "checks/secrets/advisoryexport.h"
#include "checks/secrets/dependencies/osvapi.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dependencies)
};

KnownHole holeOf(const Advisory &advisory, const QString &fixed)
{
    return {advisory.id,       shownId(advisory), advisory.aliases,     advisory.summary,
            advisory.severity, advisory.score,    advisory.isMalicious, fixed};
}

KnownHole unreadHole(const QString &id)
{
    KnownHole hole{.id = id, .shownId = id};
    hole.isMalicious = id.startsWith("MAL-"_L1);
    return hole;
}

// One hole is often in two collections, each naming the other: "GHSA-…" and "PYSEC-…". The one with a severity stays.
void dropTwins(std::vector<KnownHole> &holes)
{
    std::ranges::stable_sort(holes, [](const KnownHole &one, const KnownHole &other) {
        return one.severity.has_value() > other.severity.has_value();
    });
    std::vector<KnownHole> kept;
    for (KnownHole &hole : holes) {
        const bool isTwin = std::ranges::any_of(kept, [&](const KnownHole &other) {
            return other.id == hole.id || other.aliases.contains(hole.id) || hole.aliases.contains(other.id) ||
                   (hole.shownId.startsWith("CVE-"_L1) && hole.shownId == other.shownId);
        });
        if (!isTwin)
            kept.push_back(std::move(hole));
    }
    holes = std::move(kept);
}

class Finder
{
public:
    Finder(const std::vector<UsedPackage> &packages, Observations &seen) : m_packages(packages), m_seen(seen)
    {
        m_answer.holes.resize(packages.size());
    }

    void takeExports(const std::vector<LocalSource> &exports)
    {
        QSet<QString> keys;
        for (const UsedPackage &one : m_packages)
            keys.insert(one.key());
        for (const LocalSource &source : exports) {
            const auto read = readAdvisoryExport(source.path, keys, m_seen);
            if (read)
                takeExport(*read);
            else
                m_answer.gaps += read.error().message;
        }
    }

    void askTheRest()
    {
        std::vector<Dependency> asked;
        std::vector<size_t> places;
        for (size_t i = 0; i < m_packages.size(); ++i) {
            if (m_exported.contains(m_packages[i].package.ecosystem))
                continue;
            asked.push_back(m_packages[i].package);
            places.push_back(i);
        }
        if (asked.empty())
            return;
        const OsvAnswer answer = askOsv(m_seen, asked);
        for (size_t i = 0; i < asked.size(); ++i)
            takeIds(places[i], answer.ids[i], answer);
        for (const size_t unasked : answer.unasked)
            m_answer.unasked.push_back(places[unasked]);
        m_answer.isFromApi = answer.unasked.size() < asked.size();
        if (answer.gap)
            m_answer.gaps += answer.gap->message;
    }

    HoleAnswer end()
    {
        for (std::vector<KnownHole> &holes : m_answer.holes)
            dropTwins(holes);
        if (m_notCompared > 0)
            m_answer.gaps += Text::tr("%n version(s) cannot be compared with what the export says.", nullptr,
                                      static_cast<int>(m_notCompared));
        std::ranges::sort(m_answer.unasked);
        const auto twice = std::ranges::unique(m_answer.unasked);
        m_answer.unasked.erase(twice.begin(), twice.end());
        return std::move(m_answer);
    }

private:
    void takeExport(const AdvisoryExport &read)
    {
        m_answer.isFromExport = m_answer.isFromExport || read.records > 0;
        m_answer.exportNewest = std::max(m_answer.exportNewest, read.newest);
        m_answer.gaps += read.gaps;
        m_exported.insert(read.ecosystems.begin(), read.ecosystems.end());
        std::map<QString, std::vector<const Advisory *>> byPackage;
        for (const auto &[id, advisory] : read.advisories) {
            for (const AffectedPackage &affected : advisory.affected)
                byPackage[packageKey(affected.ecosystem, affected.name)].push_back(&advisory);
        }
        for (size_t i = 0; i < m_packages.size(); ++i) {
            if (const auto found = byPackage.find(m_packages[i].key()); found != byPackage.end())
                judgePackage(i, found->second);
        }
    }

    void judgePackage(size_t place, const std::vector<const Advisory *> &advisories)
    {
        for (const Advisory *const advisory : advisories) {
            const VersionVerdict verdict = judgeVersion(*advisory, m_packages[place].package);
            if (verdict.affects == Affects::Yes) {
                m_answer.holes[place].push_back(holeOf(*advisory, verdict.fixed));
            } else if (verdict.affects == Affects::Unknown) {
                ++m_notCompared;
                m_answer.unasked.push_back(place);
            }
        }
    }

    void takeIds(size_t place, const QStringList &ids, const OsvAnswer &answer)
    {
        for (const QString &id : ids) {
            const auto advisory = answer.advisories.find(id);
            if (advisory == answer.advisories.end())
                m_answer.holes[place].push_back(unreadHole(id));
            else if (!advisory->second.isWithdrawn)
                m_answer.holes[place].push_back(
                    holeOf(advisory->second, nextFixed(advisory->second, m_packages[place].package)));
        }
    }

    const std::vector<UsedPackage> &m_packages;
    Observations &m_seen;
    HoleAnswer m_answer;
    std::set<Ecosystem> m_exported;
    qint64 m_notCompared = 0;
};

} // namespace

HoleAnswer findKnownHoles(const std::vector<UsedPackage> &packages, const std::vector<LocalSource> &exports,
                          Observations &seen)
{
    Finder finder(packages, seen);
    finder.takeExports(exports);
    finder.askTheRest();
    return finder.end();
}

} // namespace cockpit
