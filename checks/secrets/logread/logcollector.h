// Gathers what one source's files show.
#pragma once

#include "checks/secrets/logread/countedvalues.h"
#include "checks/secrets/logread/linefeed.h"

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
    void count(const SensitiveFound &found, const LinePiece &piece);
    void addKnown(const LinePiece &piece);

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
    CountedValues m_counted; // of the file at hand
};

} // namespace cockpit
