#include "checks/secrets/knownholes.h"

#include "checks/secrets/advisoryexport.h"
#include "checks/secrets/dependencies/osvapi.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>

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

bool isTwin(const KnownHole &one, const KnownHole &other)
{
    return other.id == one.id || other.aliases.contains(one.id) || one.aliases.contains(other.id) ||
           (one.shownId.startsWith("CVE-"_L1) && one.shownId == other.shownId);
}

// What the other collection says beside: that it is an attack ("MAL-…" names no severity), or the repair.
void takeOver(KnownHole &kept, const KnownHole &twin)
{
    kept.isMalicious = kept.isMalicious || twin.isMalicious;
    if (!kept.severity) {
        kept.severity = twin.severity;
        kept.score = twin.score;
    }
    if (kept.fixed.isEmpty())
        kept.fixed = twin.fixed;
    if (kept.summary.isEmpty())
        kept.summary = twin.summary;
    if (kept.id != twin.id && !kept.aliases.contains(twin.id))
        kept.aliases += twin.id;
}

// One hole is often in two collections, each naming the other: "GHSA-…" and "PYSEC-…". The one with a severity stays.
void dropTwins(std::vector<KnownHole> &holes)
{
    std::ranges::stable_sort(holes, [](const KnownHole &one, const KnownHole &other) {
        return one.severity.has_value() > other.severity.has_value();
    });
    std::vector<KnownHole> kept;
    for (KnownHole &hole : holes) {
        const auto twin = std::ranges::find_if(kept, [&](const KnownHole &other) { return isTwin(hole, other); });
        if (twin == kept.end())
            kept.push_back(std::move(hole));
        else
            takeOver(*twin, hole);
    }
    holes = std::move(kept);
}

class Finder
{
public:
    Finder(const std::vector<UsedPackage> &packages, const PackagePurposes &purposes, Observations &seen)
        : m_packages(packages), m_purposes(purposes), m_seen(seen)
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
        std::vector<size_t> places;
        for (size_t i = 0; i < m_packages.size(); ++i) {
            if (!m_exported.contains(m_packages[i].package.ecosystem))
                places.push_back(i);
        }
        if (places.empty())
            return;
        std::ranges::stable_sort(places, {}, [this](size_t place) { return rankOf(m_packages[place]); });
        std::vector<Dependency> asked;
        asked.reserve(places.size());
        for (const size_t place : places)
            asked.push_back(m_packages[place].package);
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
        m_answer.unasked.erase(std::unique(m_answer.unasked.begin(), m_answer.unasked.end()), m_answer.unasked.end());
        return std::move(m_answer);
    }

private:
    // Details are read for some hundred holes alone: first where one hurts most.
    std::tuple<bool, bool, bool> rankOf(const UsedPackage &one) const
    {
        return {one.isForDevelopmentAlone(), !m_purposes.contains(one.key()), !one.isDirect()};
    }

    void noteNewest(const AdvisoryExport &read)
    {
        for (const UsedPackage &one : m_packages) {
            const auto newest = read.newest.find(one.package.ecosystem);
            if (newest == read.newest.end() || newest->second.isEmpty())
                continue;
            QString &known = m_answer.exportNewest[newest->first];
            known = std::max(known, newest->second);
        }
    }

    void takeExport(const AdvisoryExport &read)
    {
        m_answer.isFromExport = m_answer.isFromExport || read.records > 0;
        noteNewest(read);
        m_answer.gaps += read.gaps;
        m_exported.insert(read.ecosystems.begin(), read.ecosystems.end());
        std::map<QString, std::vector<const Advisory *>> byPackage;
        for (const auto &[id, advisory] : read.advisories) {
            for (const AffectedPackage &affected : advisory.affected)
                byPackage[packageKey(affected.ecosystem, affected.name)].push_back(&advisory);
        }
        for (size_t i = 0; i < m_packages.size(); ++i) {
            if (m_seen.isOver()) {
                m_answer.unasked.push_back(i);
                continue;
            }
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
    const PackagePurposes &m_purposes;
    Observations &m_seen;
    HoleAnswer m_answer;
    std::set<Ecosystem> m_exported;
    qint64 m_notCompared = 0;
};

} // namespace

HoleAnswer findKnownHoles(const std::vector<UsedPackage> &packages, const std::vector<LocalSource> &exports,
                          const PackagePurposes &purposes, Observations &seen)
{
    Finder finder(packages, purposes, seen);
    finder.takeExports(exports);
    finder.askTheRest();
    return finder.end();
}

} // namespace cockpit
