// Gathers what one source's files show.
#pragma once

#include "checks/secrets/logread/linefeed.h"
#include "checks/secrets/logread/logdigest.h"
#include "checks/secrets/textscanner.h"

#include <set>

namespace cockpit {

// One thread. Files come one after the other: begin(), the bytes, the scan of the same bytes, end().
class LogCollector
{
public:
    LogCollector(KnownFinder known, QDateTime now, bool isBuildLog);

    void begin(const QString &file);
    void add(const LinePiece &piece);
    // hits: of the rules, in the same bytes. What stands under the name of a secret was counted already.
    void end(const std::vector<SecretHit> &hits, qint64 lines);

    LogDigest &digest() { return m_digest; }
    LogDigest take();

private:
    // A value that was counted by its name: a rule may know it, too.
    struct Counted
    {
        qint64 start = 0;
        qint64 end = 0;
        SensitiveKind kind = SensitiveKind::Token;
        qint64 line = 0;
    };
    void count(const SensitiveFound &found, const LinePiece &piece);
    void uncount(const Counted &counted);
    const Counted *countedAt(const SecretHit &hit) const;
    void addRule(const SecretHit &hit);
    void addKnown(const LinePiece &piece);

    static constexpr size_t kMostCounted = 50'000; // of a file

    LogDigest m_digest;
    QString m_file;
    LineReader m_reader;
    SensitiveFinder m_finder;
    EventCounter m_events;
    IdCounter m_ids;
    KnownFinder m_known;
    const bool m_isBuildLog;
    std::unique_ptr<CiCounter> m_ci;
    std::vector<SensitiveFound> m_found;
    std::vector<KnownFound> m_knownFound;
    std::vector<Counted> m_counted; // by place
    std::set<qint64> m_uncounted;   // their beginnings
};

} // namespace cockpit
